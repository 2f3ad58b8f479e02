//! Expressions and patterns.

use super::Builder;
use crate::calendar::Unit;
use crate::source::{Span, Spanned};
use crate::syntax::grammar::{Node, Rule};
use crate::syntax::tree::{
    Additive, Argument, Comparison, Connective, EventCount, Expr, ExprKind, Multiplicative, Needles, Pattern, Quantity,
    ValueTest, Window,
};

/// How the operands and operators of a chain become one expression.
type Join<O> = fn(Box<Expr>, Vec<(Spanned<O>, Expr)>) -> ExprKind;
/// How an operand becomes another expression, by what stands before it.
type Prefix = fn(Box<Expr>) -> ExprKind;

/// What a chain of operands is made of: how its operators are read, and what becomes of all of it.
struct Chain<'b, 'a, O> {
    operator: fn(&mut Builder<'a>, &Node<'_>) -> Option<Spanned<O>>,
    operand: fn(&mut Builder<'a>, &Node<'_>) -> Option<Expr>,
    join: Join<O>,
    builder: &'b mut Builder<'a>,
}

impl<O> Chain<'_, '_, O> {
    /// One operand stays itself; several become a chain. `not` and `-` belong to the operand behind them.
    fn build<'i>(self, parts: impl Iterator<Item = Node<'i>>) -> Option<Expr> {
        let mut prefixes: Vec<Spanned<Prefix>> = Vec::new();
        let mut first: Option<Expr> = None;
        let mut others = Vec::new();
        let mut operator = None;
        for part in parts {
            match part.rule() {
                Rule::not => prefixes.push(Spanned::new(ExprKind::Not, self.builder.not(&part))),
                Rule::minus => prefixes.push(Spanned::new(ExprKind::Negate, part.span())),
                Rule::connective | Rule::comparison_operator | Rule::additive | Rule::multiplicative => {
                    operator = Some((self.operator)(self.builder, &part)?);
                }
                _ => {
                    let operand = (self.operand)(self.builder, &part)?;
                    let operand = prefixes.drain(..).rev().fold(operand, prefixed);
                    match operator.take() {
                        Some(operator) => others.push((operator, operand)),
                        None => first = Some(operand),
                    }
                }
            }
        }
        let first = first?;
        let Some((_, last)) = others.last() else {
            return Some(first);
        };
        let span = first.span.to(last.span);
        Some(Spanned::new((self.join)(Box::new(first), others), span))
    }
}

fn prefixed(operand: Expr, prefix: Spanned<Prefix>) -> Expr {
    let span = prefix.span.to(operand.span);
    Spanned::new((prefix.node)(Box::new(operand)), span)
}

impl<'a> Builder<'a> {
    pub(super) fn expression(&mut self, node: &Node<'_>) -> Option<Expr> {
        let chain = Chain {
            operator: Self::connective,
            operand: Self::comparison,
            join: ExprKind::Logic,
            builder: self,
        };
        chain.build(node.children())
    }

    /// Reports a `not` of another language.
    fn not(&mut self, node: &Node<'_>) -> Span {
        if node.text() != "not" {
            self.foreign(node, "not");
        }
        node.span()
    }

    pub(super) fn connective(&mut self, node: &Node<'_>) -> Option<Spanned<Connective>> {
        let (connective, word) = match node.text().to_ascii_lowercase().as_str() {
            "and" | "&&" | "&" => (Connective::And, "and"),
            "or" | "||" | "|" => (Connective::Or, "or"),
            _ => return None,
        };
        if node.text() != word {
            self.foreign(node, word);
        }
        Some(Spanned::new(connective, node.span()))
    }

    fn comparison(&mut self, node: &Node<'_>) -> Option<Expr> {
        if let Some(test) = node.child(Rule::value_test) {
            let value = self.sum(&node.first()?)?;
            return self.value_test(value, &test);
        }
        let chain = Chain {
            operator: Self::comparison_operator,
            operand: Self::compared,
            join: ExprKind::Compare,
            builder: self,
        };
        chain.build(node.children())
    }

    fn compared(&mut self, node: &Node<'_>) -> Option<Expr> {
        match node.rule() {
            Rule::number_with_comma => self.literal_expression(node),
            _ => self.sum(node),
        }
    }

    pub(super) fn comparison_operator(&mut self, node: &Node<'_>) -> Option<Spanned<Comparison>> {
        let comparison = match node.text() {
            "=" | "==" | "===" | "is" | "equals" => Comparison::Equal,
            "!=" | "!==" | "<>" => Comparison::NotEqual,
            "<" => Comparison::Less,
            "<=" | "=<" => Comparison::LessOrEqual,
            ">" => Comparison::Greater,
            ">=" | "=>" => Comparison::GreaterOrEqual,
            words if words.starts_with("is") => Comparison::NotEqual,
            words if words.starts_with("equal") => Comparison::Equal,
            _ => return None,
        };
        if node.text() != comparison.sign() {
            self.foreign(node, comparison.sign());
        }
        Some(Spanned::new(comparison, node.span()))
    }

    fn value_test(&mut self, value: Expr, node: &Node<'_>) -> Option<Expr> {
        let negated = node.has(Rule::negated);
        let written = node.children().find(|child| child.rule() != Rule::negated)?;
        let test_span = self.span(&written);
        let test = Spanned::new(self.test_kind(&written)?, test_span);
        let span = value.span.to(test_span);
        let value = Box::new(value);
        Some(Spanned::new(ExprKind::Test { value, negated, test }, span))
    }

    fn test_kind(&mut self, node: &Node<'_>) -> Option<ValueTest> {
        match node.rule() {
            Rule::in_test => self.in_test(node),
            Rule::between => {
                let is_border = |child: &Node<'_>| matches!(child.rule(), Rule::sum | Rule::number_with_comma);
                let mut borders = node.children().filter(is_border);
                let (low, high) = (self.compared(&borders.next()?)?, self.compared(&borders.next()?)?);
                Some(ValueTest::Between(Box::new(low), Box::new(high)))
            }
            Rule::contains => self.contains(node),
            Rule::starts_with => self.sum_in(node).map(ValueTest::StartsWith),
            Rule::ends_with => self.sum_in(node).map(ValueTest::EndsWith),
            Rule::matches => self.matches(node).map(ValueTest::Matches),
            Rule::is_known => self.known(node, ValueTest::IsKnown),
            Rule::is_unknown => self.known(node, ValueTest::IsUnknown),
            _ => None,
        }
    }

    fn in_test(&mut self, node: &Node<'_>) -> Option<ValueTest> {
        match node.child(Rule::choices) {
            Some(choices) => Some(ValueTest::In(self.choices(&choices))),
            None => self.name_in(node).map(ValueTest::InList),
        }
    }

    /// The expressions between the parentheses of a list.
    fn choices(&mut self, node: &Node<'_>) -> Vec<Expr> {
        self.superfluous(node);
        let expressions = node.all(Rule::expression);
        expressions
            .filter_map(|expression| self.expression(&expression))
            .collect()
    }

    fn contains(&mut self, node: &Node<'_>) -> Option<ValueTest> {
        if let Some(word) = node.child(Rule::contains_word).filter(|word| word.text() != "contains") {
            self.foreign(&word, "contains");
        }
        let word = node.has(Rule::word);
        let needles = match node.child(Rule::any_of) {
            None => Needles::One(self.sum_in(node)?),
            Some(any_of) => match any_of.child(Rule::choices) {
                Some(choices) => Needles::AnyOf(self.choices(&choices)),
                None => Needles::List(self.name_in(&any_of)?),
            },
        };
        Some(ValueTest::Contains { word, needles })
    }

    /// What `matches` looks for: a text in which backslashes stand for themselves.
    fn matches(&mut self, node: &Node<'_>) -> Option<Box<Expr>> {
        let sum = node.child(Rule::sum)?;
        let Some(text) = only_text(&sum) else {
            return self.sum(&sum).map(Box::new);
        };
        let literal = self.regex(&text).map(crate::syntax::tree::Literal::Text);
        Some(Box::new(literal.map(ExprKind::Literal)))
    }

    /// `is known`, `is unknown`, and what other languages write for them.
    fn known(&mut self, node: &Node<'_>, test: ValueTest) -> Option<ValueTest> {
        let plain = !node.has(Rule::negated) && !node.has(Rule::missing) && !node.has(Rule::null);
        if !plain {
            let write = if test == ValueTest::IsKnown {
                "is known"
            } else {
                "is unknown"
            };
            let span = self.span(node);
            self.errors
                .push(crate::syntax::foreign::error(self.source, span, write));
        }
        Some(test)
    }

    fn sum_in(&mut self, node: &Node<'_>) -> Option<Box<Expr>> {
        self.sum(&node.child(Rule::sum)?).map(Box::new)
    }

    fn sum(&mut self, node: &Node<'_>) -> Option<Expr> {
        let chain = Chain {
            operator: additive,
            operand: Self::product,
            join: ExprKind::Sum,
            builder: self,
        };
        chain.build(node.children())
    }

    fn product(&mut self, node: &Node<'_>) -> Option<Expr> {
        let chain = Chain {
            operator: multiplicative,
            operand: Self::primary,
            join: ExprKind::Product,
            builder: self,
        };
        chain.build(node.children())
    }

    fn primary(&mut self, node: &Node<'_>) -> Option<Expr> {
        match node.rule() {
            Rule::text | Rule::date | Rule::number | Rule::boolean => return self.literal_expression(node),
            Rule::reference => return self.reference(node),
            _ => {}
        }
        let kind = match node.rule() {
            Rule::parentheses => {
                let inner = self.expression(&node.child(Rule::expression)?)?;
                ExprKind::Parentheses(Box::new(inner))
            }
            Rule::quantity => ExprKind::Quantity(self.how_many(node)?, self.choices(node)),
            Rule::event_test => ExprKind::Events(self.event_count(node)?, self.pattern_in(node)?),
            Rule::elapsed => self.elapsed(node)?,
            Rule::score_word => ExprKind::Score,
            Rule::band_word => ExprKind::Band,
            Rule::excluded_word => ExprKind::Excluded,
            _ => return None,
        };
        Some(Spanned::new(kind, self.span(node)))
    }

    fn literal_expression(&mut self, node: &Node<'_>) -> Option<Expr> {
        self.literal(node).map(|literal| literal.map(ExprKind::Literal))
    }

    /// A name, `fit.band`, or a function with its argument.
    fn reference(&mut self, node: &Node<'_>) -> Option<Expr> {
        let name = self.name_in(node)?;
        let span = self.span(node);
        if node.has(Rule::band_word) {
            return Some(Spanned::new(ExprKind::BandOf(name), span));
        }
        let Some(arguments) = node.child(Rule::arguments) else {
            return Some(name.map(ExprKind::Name));
        };
        let argument = self.argument(&arguments.first()?)?;
        Some(Spanned::new(ExprKind::Call(name, argument), span))
    }

    fn argument(&mut self, node: &Node<'_>) -> Option<Spanned<Argument>> {
        let argument = match node.rule() {
            Rule::pattern => Argument::Pattern(self.pattern(node)?.node),
            Rule::property_of => Argument::PropertyOf(self.name_in(node)?, self.pattern_in(node)?),
            _ => Argument::Value(Box::new(self.expression(node)?)),
        };
        Some(Spanned::new(argument, self.span(node)))
    }

    fn how_many(&mut self, node: &Node<'_>) -> Option<Spanned<Quantity>> {
        let written = node.child(Rule::how_many)?;
        let quantity = match written.first()?.rule() {
            Rule::all => Quantity::All,
            Rule::any => Quantity::Any,
            Rule::none => Quantity::None,
            Rule::at_least => Quantity::AtLeast(self.whole_in(&written)?.node),
            Rule::at_most => Quantity::AtMost(self.whole_in(&written)?.node),
            _ => Quantity::Exactly(self.whole_in(&written)?.node),
        };
        Some(Spanned::new(quantity, self.span(&written)))
    }

    fn event_count(&mut self, node: &Node<'_>) -> Option<Spanned<EventCount>> {
        let written = node.child(Rule::event_count)?;
        let count = match written.first()?.rule() {
            Rule::any => EventCount::Any,
            Rule::no => EventCount::No,
            Rule::at_least => EventCount::AtLeast(self.whole_in(&written)?.node),
            Rule::at_most => EventCount::AtMost(self.whole_in(&written)?.node),
            _ => EventCount::Exactly(self.whole_in(&written)?.node),
        };
        Some(Spanned::new(count, self.span(&written)))
    }

    fn elapsed(&mut self, node: &Node<'_>) -> Option<ExprKind> {
        let written = node.child(Rule::elapsed_unit)?;
        let singular = written.text().trim_end_matches('s');
        let unit = Unit::ALL.into_iter().find(|unit| unit.word() == singular)?;
        let date = node.children().last()?;
        Some(ExprKind::Elapsed {
            unit: Spanned::new(unit, written.span()),
            until: node.has(Rule::until),
            date: Box::new(self.primary(&date)?),
        })
    }

    pub(super) fn pattern(&mut self, node: &Node<'_>) -> Option<Spanned<Pattern>> {
        let named = node.first()?;
        self.superfluous(&named);
        let events = named.all(Rule::name).map(|name| self.name(&name)).collect();
        let filter = node.child(Rule::filter).and_then(|filter| self.filter(&filter));
        let window = node.child(Rule::window).and_then(|window| self.window(&window));
        let pattern = Pattern { events, filter, window };
        Some(Spanned::new(pattern, self.span(node)))
    }

    fn filter(&mut self, node: &Node<'_>) -> Option<Box<Expr>> {
        let chain = Chain {
            operator: Self::connective,
            operand: Self::comparison,
            join: ExprKind::Logic,
            builder: self,
        };
        let parts = node.children().filter(|child| child.rule() != Rule::where_word);
        chain.build(parts).map(Box::new)
    }

    fn window(&mut self, node: &Node<'_>) -> Option<Spanned<Window>> {
        let negated = node.has(Rule::negated);
        let period = self.period(&node.child(Rule::duration)?)?;
        Some(Spanned::new(Window { negated, period }, self.span(node)))
    }
}

fn additive(_: &mut Builder<'_>, node: &Node<'_>) -> Option<Spanned<Additive>> {
    let operator = match node.text() {
        "+" => Additive::Plus,
        "-" => Additive::Minus,
        _ => return None,
    };
    Some(Spanned::new(operator, node.span()))
}

fn multiplicative(_: &mut Builder<'_>, node: &Node<'_>) -> Option<Spanned<Multiplicative>> {
    let operator = match node.text() {
        "*" => Multiplicative::Times,
        "/" => Multiplicative::Over,
        _ => return None,
    };
    Some(Spanned::new(operator, node.span()))
}

/// The text literal that a sum is, where it is nothing else.
fn only_text<'i>(sum: &Node<'i>) -> Option<Node<'i>> {
    let mut operands = sum.children();
    let product = operands.next().filter(|_| operands.next().is_none())?;
    let mut parts = product.children();
    let only = parts.next().filter(|_| parts.next().is_none())?;
    (only.rule() == Rule::text).then_some(only)
}
