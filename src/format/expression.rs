//! Expressions and patterns as text.

use super::layout::Layout;
use super::literal;
use crate::calendar::Period;
use crate::source::{Source, Spanned};
use crate::syntax::tree::{
    Additive, Argument, Connective, EventCount, Expr, ExprKind, Literal, Multiplicative, Name, Needles, Pattern,
    Quantity, ValueTest, Window,
};
use crate::syntax::{begins_statement, written_name, written_regex};

/// An expression; a chain of `and` and `or` breaks where what holds it breaks.
pub(super) fn expression(source: &Source, expression: &Expr) -> Layout {
    match &expression.node {
        ExprKind::Literal(value) => Layout::Text(literal::written(source, value, expression.span)),
        ExprKind::Name(name) => Layout::Text(written_name(name)),
        ExprKind::Score => Layout::text("score"),
        ExprKind::Band => Layout::text("band"),
        ExprKind::Excluded => Layout::text("excluded"),
        ExprKind::BandOf(name) => Layout::Text(format!("{}.band", written_name(&name.node))),
        ExprKind::Logic(first, others) => logic(source, first, others),
        ExprKind::Not(operand) => prefixed(source, "not ", operand),
        ExprKind::Compare(first, others) => chain(
            source,
            first,
            others.iter().map(|(operator, operand)| (operator.node.sign(), operand)),
        ),
        ExprKind::Test { value, negated, test } => {
            let not = if *negated { " not " } else { " " };
            let value = self::expression(source, value);
            Layout::Parts(vec![value, Layout::text(not), value_test(source, &test.node)])
        }
        ExprKind::Sum(first, others) => chain(
            source,
            first,
            others
                .iter()
                .map(|(operator, operand)| (additive(operator.node), operand)),
        ),
        ExprKind::Product(first, others) => chain(
            source,
            first,
            others
                .iter()
                .map(|(operator, operand)| (multiplicative(operator.node), operand)),
        ),
        ExprKind::Negate(operand) => prefixed(source, "-", operand),
        ExprKind::Parentheses(inner) => between_parentheses("(", [self::expression(source, inner)]),
        ExprKind::Quantity(quantity, conditions) => {
            list(source, &format!("{} of (", self::quantity(quantity.node)), conditions)
        }
        ExprKind::Events(count, pattern) => event_test(source, count.node, &pattern.node),
        ExprKind::Elapsed { unit, until, date } => {
            let word = if *until { "until" } else { "since" };
            prefixed(source, &format!("{}s {word} ", unit.node.word()), date)
        }
        ExprKind::Call(name, argument) => call(source, name, &argument.node),
    }
}

fn prefixed(source: &Source, prefix: &str, operand: &Expr) -> Layout {
    Layout::Parts(vec![Layout::text(prefix), expression(source, operand)])
}

fn logic(source: &Source, first: &Expr, others: &[(Spanned<Connective>, Expr)]) -> Layout {
    let mut parts = vec![expression(source, first)];
    for (connective, operand) in others {
        let word = match connective.node {
            Connective::And => "and ",
            Connective::Or => "or ",
        };
        parts.extend([Layout::Break(" "), Layout::text(word), expression(source, operand)]);
    }
    Layout::Parts(parts)
}

fn chain<'a>(source: &Source, first: &Expr, others: impl Iterator<Item = (&'static str, &'a Expr)>) -> Layout {
    let mut parts = vec![expression(source, first)];
    for (sign, operand) in others {
        parts.extend([Layout::Text(format!(" {sign} ")), expression(source, operand)]);
    }
    Layout::Parts(parts)
}

fn additive(operator: Additive) -> &'static str {
    match operator {
        Additive::Plus => "+",
        Additive::Minus => "-",
    }
}

fn multiplicative(operator: Multiplicative) -> &'static str {
    match operator {
        Multiplicative::Times => "*",
        Multiplicative::Over => "/",
    }
}

/// Things between parentheses, each on a line of its own where they do not fit on one. Where one begins with a
/// statement word, which cannot begin a line, they never break.
fn between_parentheses(opening: &str, items: impl IntoIterator<Item = Layout>) -> Layout {
    let items: Vec<Layout> = items.into_iter().collect();
    if items.iter().any(|item| begins_statement(item.first_text())) {
        let items = Layout::listed(items).on_one_line();
        return Layout::Text(format!("{opening}{items})"));
    }
    Layout::group(vec![
        Layout::text(opening),
        Layout::deeper(vec![Layout::Break(""), Layout::listed(items)]),
        Layout::Break(""),
        Layout::text(")"),
    ])
}

fn list(source: &Source, opening: &str, items: &[Expr]) -> Layout {
    between_parentheses(opening, items.iter().map(|item| expression(source, item)))
}

fn value_test(source: &Source, test: &ValueTest) -> Layout {
    match test {
        ValueTest::Between(low, high) => {
            let (low, high) = (expression(source, low), expression(source, high));
            Layout::Parts(vec![Layout::text("between "), low, Layout::text(" and "), high])
        }
        ValueTest::In(choices) => list(source, "in (", choices),
        ValueTest::InList(name) => named("in", name),
        ValueTest::Contains { word, needles } => {
            contains(source, if *word { "contains word" } else { "contains" }, needles)
        }
        ValueTest::StartsWith(text) => prefixed(source, "starts with ", text),
        ValueTest::EndsWith(text) => prefixed(source, "ends with ", text),
        ValueTest::Matches(regex) => match &regex.node {
            ExprKind::Literal(Literal::Text(text)) => Layout::Text(format!("matches {}", written_regex(text))),
            _ => prefixed(source, "matches ", regex),
        },
        ValueTest::IsKnown => Layout::text("is known"),
        ValueTest::IsUnknown => Layout::text("is unknown"),
    }
}

fn named(words: &str, name: &Name) -> Layout {
    Layout::Text(format!("{words} {}", written_name(&name.node)))
}

fn contains(source: &Source, words: &str, needles: &Needles) -> Layout {
    match needles {
        Needles::One(needle) => prefixed(source, &format!("{words} "), needle),
        Needles::AnyOf(choices) => list(source, &format!("{words} any of ("), choices),
        Needles::List(name) => named(&format!("{words} any of"), name),
    }
}

fn quantity(quantity: Quantity) -> String {
    match quantity {
        Quantity::All => "all".to_owned(),
        Quantity::Any => "any".to_owned(),
        Quantity::None => "none".to_owned(),
        Quantity::AtLeast(count) => format!("at least {count}"),
        Quantity::AtMost(count) => format!("at most {count}"),
        Quantity::Exactly(count) => format!("exactly {count}"),
    }
}

fn event_test(source: &Source, count: EventCount, pattern: &Pattern) -> Layout {
    let (words, count) = match count {
        EventCount::Any => ("any".to_owned(), 1),
        EventCount::No => ("no".to_owned(), 1),
        EventCount::AtLeast(count) => (format!("at least {count}"), count),
        EventCount::AtMost(count) => (format!("at most {count}"), count),
        EventCount::Exactly(count) => (format!("exactly {count}"), count),
    };
    Layout::Parts(vec![
        Layout::Text(format!("{words} ")),
        self::pattern(source, count, pattern),
    ])
}

fn call(source: &Source, name: &Name, argument: &Argument) -> Layout {
    let inner = match argument {
        Argument::Value(value) => expression(source, value),
        Argument::Pattern(pattern) => self::pattern(source, 1, pattern),
        Argument::PropertyOf(property, pattern) => Layout::Parts(vec![
            Layout::Text(format!("{} of ", written_name(&property.node))),
            self::pattern(source, 1, &pattern.node),
        ]),
    };
    let opening = format!("{}(", written_name(&name.node));
    Layout::Parts(vec![Layout::Text(opening), inner, Layout::text(")")])
}

/// A pattern behind a number of events.
pub(super) fn pattern(source: &Source, count: u64, pattern: &Pattern) -> Layout {
    let mut parts = vec![Layout::text(events_word(count))];
    let names: Vec<String> = pattern.events.iter().map(|name| written_name(&name.node)).collect();
    match names.as_slice() {
        [] => {}
        [name] => parts.push(Layout::Text(format!(" {name}"))),
        names => parts.push(between_parentheses(" in (", names.iter().map(Layout::text))),
    }
    if let Some(filter) = &pattern.filter {
        parts.extend([Layout::text(" where "), expression(source, filter)]);
    }
    if let Some(window) = &pattern.window {
        parts.push(Layout::Text(written_window(window.node)));
    }
    Layout::Parts(parts)
}

/// The word for events behind a number of them.
pub(super) fn events_word(count: u64) -> &'static str {
    if count == 1 { "event" } else { "events" }
}

fn written_window(window: Window) -> String {
    let not = if window.negated { " not" } else { "" };
    format!("{not} within {}", window.period.node)
}

/// A period behind `per`.
pub(super) fn repeated(period: Period) -> String {
    if period.count == 1 {
        period.unit.word().to_owned()
    } else {
        period.to_string()
    }
}
