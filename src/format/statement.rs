//! Statements as text, each without the lines between its braces.

use unicode_width::UnicodeWidthStr;

use super::expression::{events_word, expression, pattern, repeated};
use super::layout::Layout;
use super::literal;
use crate::number::Number;
use crate::source::{Source, Spanned};
use crate::syntax::tree::{
    Assignment, Band, Block, Clamp, Class, Decay, Delay, Event, Exclude, Expr, ExprKind, Fading, Field, GivenEvents,
    Ignore, Items, LabelOwner, Let, Limit, List, Literal, Moment, On, Promise, Row, RowValues, Rule, Score, Statement,
    TestLine, Text, Transition, Trigger, Type,
};
use crate::syntax::{written_name, written_text};

/// A statement, or the first line of one that has braces.
pub(super) fn statement(source: &Source, statement: &Statement) -> Layout {
    match statement {
        Statement::Model(name) => worded("model", name),
        Statement::Timezone(name) => worded("timezone", name),
        Statement::Field(field) => Layout::Text(format!("field {}", typed_name(field))),
        Statement::Event(event) => self::event(event),
        Statement::List(list) => self::list(source, list),
        Statement::Let(binding) => self::binding(source, binding),
        Statement::Ignore(ignore) => self::ignore(source, ignore),
        Statement::Rule(rule) => self::rule(source, rule),
        Statement::Table(table) => between(source, "by ", &table.value, " {"),
        Statement::Decay(decay) => self::decay(source, decay),
        Statement::Band(band) => Layout::Text(self::band(source, band)),
        Statement::Block(block) => Layout::Text(self::block(source, block)),
        Statement::Score(score) => self::score(source, score),
        Statement::Classify(classify) => Layout::Text(format!("classify {} {{", written_name(&classify.name.node))),
        Statement::Exclude(exclude) => self::exclude(source, exclude),
        Statement::Promise(promise) => self::promise(source, promise),
        Statement::On(on) => Layout::Text(self::on(on)),
        Statement::Test(test) => Layout::Text(format!("test {} {{", written_text(&test.name.node))),
    }
}

fn worded(word: &str, text: &Text) -> Layout {
    Layout::Text(format!("{word} {}", written_text(&text.node)))
}

/// An expression between words: a chain goes on deeper than its statement, a list closes where that begins.
fn between(source: &Source, before: &str, middle: &Expr, after: &str) -> Layout {
    let written = expression(source, middle);
    let middle = match &middle.node {
        ExprKind::Logic(..) => Layout::deeper(vec![written]),
        _ => written,
    };
    Layout::group(vec![Layout::text(before), middle, Layout::text(after)])
}

fn typed_name(field: &Field) -> String {
    let of = match &field.of.node {
        Type::Text => "text".to_owned(),
        Type::Number => "number".to_owned(),
        Type::Boolean => "boolean".to_owned(),
        Type::Date => "date".to_owned(),
        Type::List => "list of text".to_owned(),
        Type::OneOf(values) => {
            let values: Vec<String> = values.iter().map(|value| written_text(&value.node)).collect();
            format!("one of {}", values.join(", "))
        }
    };
    format!("{}: {of}", written_name(&field.name.node))
}

fn event(event: &Event) -> Layout {
    let properties: Vec<String> = event.properties.iter().map(typed_name).collect();
    let properties = if properties.is_empty() {
        String::new()
    } else {
        format!("({})", properties.join(", "))
    };
    let passive = if event.passive { " passive" } else { "" };
    Layout::Text(format!("event {}{properties}{passive}", written_name(&event.name.node)))
}

fn list(source: &Source, list: &List) -> Layout {
    let name = written_name(&list.name.node);
    match &list.items {
        Items::File(path) => Layout::Text(format!("list {name} from {}", written_text(&path.node))),
        Items::Literals(literals) => {
            let items = literals.iter().map(|item| Layout::Text(written_literal(source, item)));
            let broken = Layout::deeper(vec![Layout::Break(" "), Layout::listed(items)]);
            Layout::group(vec![Layout::Text(format!("list {name} =")), broken])
        }
    }
}

fn written_literal(source: &Source, value: &Spanned<Literal>) -> String {
    literal::written(source, &value.node, value.span)
}

fn written_number(source: &Source, value: &Spanned<Number>) -> String {
    literal::number(source, value.node, value.span)
}

fn binding(source: &Source, binding: &Let) -> Layout {
    let before = format!("let {} = ", written_name(&binding.name.node));
    between(source, &before, &binding.value, "")
}

fn ignore(source: &Source, ignore: &Ignore) -> Layout {
    let pattern = pattern(source, 1, &ignore.pattern.node);
    Layout::group(vec![
        Layout::text("ignore "),
        Layout::deeper(vec![pattern, because(ignore.because.as_ref())]),
    ])
}

/// `because "…"`, on a line of its own where it does not fit.
fn because(reason: Option<&Text>) -> Layout {
    let Some(reason) = reason else { return Layout::text("") };
    let reason = Layout::Text(format!("because {}", written_text(&reason.node)));
    Layout::group(vec![Layout::Break(" "), reason])
}

fn rule(source: &Source, rule: &Rule) -> Layout {
    let mut added = format!("add {}", written_number(source, &rule.points));
    for limit in in_order(&rule.limits) {
        added += &format!(" {}", self::limit(&limit.node));
    }
    if let Some(fading) = &rule.fading {
        added += &format!(" {}", self::fading(source, &fading.node));
    }
    let parts = vec![
        trigger(source, &rule.trigger),
        Layout::Break(" "),
        Layout::Text(added),
        because(rule.because.as_ref()),
    ];
    Layout::group(vec![Layout::text("when "), Layout::deeper(parts)])
}

fn trigger(source: &Source, trigger: &Trigger) -> Layout {
    match trigger {
        Trigger::Condition(condition) => expression(source, condition),
        Trigger::Each { pattern, condition } => {
            let mut parts = vec![self::pattern(source, 1, &pattern.node)];
            if let Some(condition) = condition {
                parts.extend([Layout::Break(" "), Layout::text("and "), expression(source, condition)]);
            }
            Layout::Parts(parts)
        }
    }
}

/// Limits as they take effect: the ones with a period first.
pub(super) fn in_order(limits: &[Spanned<Limit>]) -> Vec<Spanned<Limit>> {
    let mut ordered = limits.to_vec();
    ordered.sort_by_key(|limit| matches!(limit.node, Limit::AtMost { per: None, .. }));
    ordered
}

fn limit(limit: &Limit) -> String {
    match limit {
        Limit::EveryTime => "every time".to_owned(),
        Limit::AtMost { times, per } => {
            let times = match times.node {
                1 => "once".to_owned(),
                times => format!("at most {times} times"),
            };
            let per = per.map_or_else(String::new, |unit| format!(" per {}", unit.word()));
            format!("{times}{per}")
        }
    }
}

fn fading(source: &Source, fading: &Fading) -> String {
    match fading {
        Fading::Over(period) => format!("fading over {}", period.node),
        Fading::Per { amount, period } => {
            let amount = literal::amount(source, amount.node, amount.span);
            format!("fading {amount} per {}", repeated(period.node))
        }
    }
}

/// Rows of a table, aligned on `add`.
pub(super) fn rows(source: &Source, rows: &[Spanned<Row>]) -> Vec<Layout> {
    let values: Vec<String> = rows
        .iter()
        .map(|row| row_values(source, &row.node.values.node))
        .collect();
    let width = widest(&values);
    let row = |(row, values): (&Spanned<Row>, &String)| {
        let points = written_number(source, &row.node.points);
        let padding = " ".repeat(width.saturating_sub(values.width()));
        let because = because(row.node.because.as_ref());
        let added = Layout::Text(format!("{values}{padding}  add {points}"));
        Layout::group(vec![added, Layout::deeper(vec![because])])
    };
    rows.iter().zip(&values).map(row).collect()
}

fn widest(texts: &[String]) -> usize {
    texts.iter().map(|text| text.width()).max().unwrap_or_default()
}

fn row_values(source: &Source, values: &RowValues) -> String {
    match values {
        RowValues::Literals(literals) => {
            let written: Vec<String> = literals
                .iter()
                .map(|literal| written_literal(source, literal))
                .collect();
            written.join(", ")
        }
        RowValues::Range(low, high) => format!("{} to {}", written_literal(source, low), written_literal(source, high)),
        RowValues::Compared(comparison, value) => format!("{} {}", comparison.sign(), written_literal(source, value)),
        RowValues::Unknown => "unknown".to_owned(),
        RowValues::Otherwise => "otherwise".to_owned(),
    }
}

fn decay(source: &Source, decay: &Decay) -> Layout {
    let amount = literal::amount(source, decay.amount.node, decay.amount.span);
    let mut parts = vec![Layout::Text(format!(
        "decay {amount} per {}",
        repeated(decay.period.node)
    ))];
    if let Some(since) = &decay.since {
        parts.extend([Layout::text(" since "), pattern(source, 1, &since.node)]);
    }
    Layout::Parts(parts)
}

fn band(source: &Source, band: &Band) -> String {
    let label = written_name(&band.label.node);
    match &band.threshold {
        Some(threshold) => format!("{label} >= {}", written_number(source, threshold)),
        None => format!("{label} otherwise"),
    }
}

fn block(source: &Source, block: &Block) -> String {
    format!(
        "score {}{} {{",
        written_name(&block.name.node),
        clamp(source, &block.clamp)
    )
}

fn clamp(source: &Source, clamp: &Clamp) -> String {
    let end = |word: &str, end: &Option<Spanned<Number>>| {
        let written = end
            .as_ref()
            .map(|end| format!(" {word} {}", written_number(source, end)));
        written.unwrap_or_default()
    };
    end("min", &clamp.min) + &end("max", &clamp.max)
}

fn score(source: &Source, score: &Score) -> Layout {
    let name = score.name.as_ref().map(|name| format!(" {}", written_name(&name.node)));
    let header = format!("score{}{}", name.unwrap_or_default(), clamp(source, &score.clamp));
    match &score.formula {
        Some(formula) => between(source, &format!("{header} = "), formula, ""),
        None => Layout::Text(header),
    }
}

/// Rows of a classification, aligned behind their labels.
pub(super) fn classes(source: &Source, rows: &[Spanned<Class>]) -> Vec<Layout> {
    let labels: Vec<String> = rows.iter().map(|row| written_name(&row.node.label.node)).collect();
    let width = widest(&labels);
    let class = |(row, label): (&Spanned<Class>, &String)| {
        let padding = " ".repeat(width.saturating_sub(label.width()));
        match &row.node.condition {
            Some(condition) => between(source, &format!("{label}{padding}  when "), condition, ""),
            None => Layout::Text(format!("{label}{padding}  otherwise")),
        }
    };
    rows.iter().zip(&labels).map(class).collect()
}

fn exclude(source: &Source, exclude: &Exclude) -> Layout {
    let condition = expression(source, &exclude.condition);
    let because = because(exclude.because.as_ref());
    Layout::group(vec![
        Layout::text("exclude when "),
        Layout::deeper(vec![condition, because]),
    ])
}

fn promise(source: &Source, promise: &Promise) -> Layout {
    let claim = between(source, "promise ", &promise.claim, "");
    match &promise.condition {
        None => claim,
        // A line cannot begin with `when`, which begins a statement.
        Some(condition) => Layout::Parts(vec![claim, between(source, " when ", condition, "")]),
    }
}

fn on(on: &On) -> String {
    let label = written_name(&on.label.node);
    let label = match &on.of {
        None => label,
        Some(LabelOwner::BandOf(block)) => format!("{}.band {label}", written_name(&block.node)),
        Some(LabelOwner::Class(classification)) => format!("{} {label}", written_name(&classification.node)),
    };
    let transition = match &on.transition.node {
        Transition::Enter => format!("enter {label}"),
        Transition::Leave => format!("leave {label}"),
        Transition::Stay(period) => format!("stay {label} for {}", period.node),
    };
    let within = on
        .within
        .as_ref()
        .map(|delay| format!(" within {}", written_delay(delay.node)));
    let action = on
        .action
        .as_ref()
        .map(|action| format!(" do {}", written_text(&action.node)));
    let notify = written_name(&on.notify.node);
    let (within, action) = (within.unwrap_or_default(), action.unwrap_or_default());
    format!("on {transition} notify {notify}{within}{action}")
}

fn written_delay(delay: Delay) -> String {
    let counted = |count: u32, unit: &str| {
        let plural = if count == 1 { "" } else { "s" };
        format!("{count} {unit}{plural}")
    };
    match delay {
        Delay::Minutes(minutes) => counted(minutes, "minute"),
        Delay::Hours(hours) => counted(hours, "hour"),
        Delay::Period(period) => period.to_string(),
    }
}

/// A line of a test.
pub(super) fn test_line(source: &Source, line: &TestLine) -> Layout {
    match line {
        TestLine::AsOf(day) => Layout::Text(format!("as of {}", day.node)),
        TestLine::Given(assignments) => {
            let items = Layout::listed(assignments.iter().map(|item| Layout::Text(assignment(source, item))));
            Layout::group(vec![Layout::text("given "), Layout::deeper(vec![items])])
        }
        TestLine::Events(events) => Layout::Text(given_events(source, events)),
        TestLine::Expect(condition) => between(source, "expect ", condition, ""),
    }
}

fn assignment(source: &Source, assignment: &Assignment) -> String {
    let values: Vec<String> = assignment
        .values
        .iter()
        .map(|value| written_literal(source, value))
        .collect();
    format!("{} = {}", written_name(&assignment.name.node), values.join(", "))
}

fn given_events(source: &Source, events: &GivenEvents) -> String {
    let properties: Vec<String> = events.properties.iter().map(|item| assignment(source, item)).collect();
    let properties = if properties.is_empty() {
        String::new()
    } else {
        format!("({})", properties.join(", "))
    };
    let count = match events.count.node {
        1 => String::new(),
        count => format!("{count} "),
    };
    let when = match &events.when.node {
        Moment::On(day) => format!("on {day}"),
        Moment::Ago(period) => format!("{period} ago"),
        Moment::Today => "today".to_owned(),
    };
    let name = written_name(&events.name.node);
    format!(
        "given {count}{} {name}{properties} {when}",
        events_word(events.count.node)
    )
}
