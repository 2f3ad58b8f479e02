//! What is the case where a test of a value holds, and what where it fails.

use crate::model::{Bound, Comparison, Condition, ConditionKind, Model, Value};
use crate::source::{Span, Spanned};
use crate::table::Type;

use super::super::written::{count, positive, quantity, so_many, spliced};

/// The sides of a test, each with its words; none of what only joins tests. A comparison fails on the other side, and not
/// where a value is missing. `negated` says that it is written as a negation, such as `country != "FR"`.
pub(super) fn both(model: &Model, tested: &Condition, negated: bool) -> Vec<(String, Condition)> {
    let sides = Sides { model, tested, negated };
    match &tested.node {
        ConditionKind::Compare(left, order, right) if !is_unordered(left) => sides.compared(left, *order, right),
        ConditionKind::Between(value, low, high) => sides.between(value, low, high),
        ConditionKind::Quantity(bound, parts) => sides.quantity(*bound, parts),
        ConditionKind::Events(bound, pattern) => sides.events(*bound, pattern.span),
        ConditionKind::Compare(value, ..)
        | ConditionKind::OneOf(value, _)
        | ConditionKind::OneOfDays(value, _)
        | ConditionKind::Text(value, _)
        | ConditionKind::Holds(value, _)
        | ConditionKind::Known(value) => sides.either(value.span.end),
        ConditionKind::Label(..) => sides.either(sides.first_word()),
        ConditionKind::True(_) => sides.either(tested.span.start),
        ConditionKind::Constant(_)
        | ConditionKind::Not(_)
        | ConditionKind::All(_)
        | ConditionKind::Any(_)
        | ConditionKind::Let(_)
        | ConditionKind::Excluded => Vec::new(),
    }
}

/// Whether the values of a comparison have no order.
fn is_unordered(value: &Value) -> bool {
    match value.of {
        Type::Number | Type::Date => false,
        Type::Text | Type::Boolean | Type::List | Type::OneOf(_) => true,
    }
}

struct Sides<'a> {
    model: &'a Model,
    tested: &'a Condition,
    negated: bool,
}

impl Sides<'_> {
    /// As it is written, without its negation.
    fn holds(&self) -> (String, Condition) {
        let written = self.model.written(self.tested.span);
        let title = if self.negated { positive(&written) } else { written };
        (title, self.tested.clone())
    }

    fn side(&self, title: String, node: ConditionKind) -> (String, Condition) {
        (title, Spanned::new(node, self.tested.span))
    }

    fn compared(&self, left: &Value, order: Comparison, right: &Value) -> Vec<(String, Condition)> {
        let node = |order| ConditionKind::Compare(left.clone(), order, right.clone());
        let (sign, other) = match order {
            Comparison::Equal => {
                let either =
                    [Comparison::Less, Comparison::Greater].map(|order| self.side(String::new(), node(order)).1);
                ("!=", ConditionKind::Any(either.into()))
            }
            Comparison::Less => (">=", node(Comparison::GreaterOrEqual)),
            Comparison::LessOrEqual => (">", node(Comparison::Greater)),
            Comparison::Greater => ("<=", node(Comparison::LessOrEqual)),
            Comparison::GreaterOrEqual => ("<", node(Comparison::Less)),
        };
        let title = match self.negated {
            true => self.model.written(self.tested.span),
            false => {
                let place = Span::new(left.span.end, right.span.start);
                let sign = self.model.written(place).replacen(order.sign(), sign, 1);
                spliced(self.model, self.tested.span, place, &format!(" {sign} "))
            }
        };
        vec![self.holds(), self.side(title, other)]
    }

    /// Below, between and above.
    fn between(&self, value: &Value, low: &Value, high: &Value) -> Vec<(String, Condition)> {
        let outside = |order: Comparison, end: &Value| {
            let [of, written] = [value.span, end.span].map(|span| self.model.written(span));
            let node = ConditionKind::Compare(value.clone(), order, end.clone());
            self.side(format!("{of} {} {written}", order.sign()), node)
        };
        vec![
            outside(Comparison::Less, low),
            self.holds(),
            outside(Comparison::Greater, high),
        ]
    }

    fn quantity(&self, bound: Bound, parts: &[Condition]) -> Vec<(String, Condition)> {
        let written = self.model.written(self.tested.span);
        let rest = written.split_once(" of").map_or("", |(_, rest)| rest);
        let node = |bound| ConditionKind::Quantity(bound, parts.to_vec());
        let other = match opposite(bound) {
            Some(Bound::AtMost(0)) => self.side(format!("none of{rest}"), node(Bound::AtMost(0))),
            Some(Bound::AtLeast(least)) if least > parts.len() as u64 => return vec![self.holds()],
            Some(other) => self.side(format!("{} of{rest}", quantity(other)), node(other)),
            None => self.side(format!("not {written}"), self.not()),
        };
        vec![self.holds(), other]
    }

    fn events(&self, bound: Bound, pattern: Span) -> Vec<(String, Condition)> {
        let ConditionKind::Events(_, picked) = &self.tested.node else {
            return Vec::new();
        };
        let other = match opposite(bound) {
            Some(other) => {
                let node = ConditionKind::Events(other, picked.clone());
                self.side(so_many(other, self.model, pattern), node)
            }
            None => self.side(format!("not {}", self.model.written(self.tested.span)), self.not()),
        };
        vec![self.holds(), other]
    }

    /// It and its negation, whose words stand somewhere behind a place.
    fn either(&self, behind: usize) -> Vec<(String, Condition)> {
        let written = self.model.written(self.tested.span);
        let title = match self.negated {
            true => written,
            false => {
                let value = self.model.written(Span::new(self.tested.span.start, behind));
                let test = self.model.written(Span::new(behind, self.tested.span.end));
                negative(&value, &test)
            }
        };
        vec![self.holds(), self.side(title, self.not())]
    }

    /// Where the first word ends: of a test of a band or class, its name.
    fn first_word(&self) -> usize {
        let written = self.model.source.slice(self.tested.span);
        let end = written.find(char::is_whitespace).unwrap_or_default();
        self.tested.span.start + end
    }

    fn not(&self) -> ConditionKind {
        ConditionKind::Not(Box::new(self.tested.clone()))
    }
}

/// The bound that holds where another one does not.
fn opposite(bound: Bound) -> Option<Bound> {
    match bound {
        Bound::AtLeast(_) => Some(Bound::AtMost(count(bound).saturating_sub(1))),
        Bound::AtMost(_) => Some(Bound::AtLeast(count(bound).saturating_add(1))),
        Bound::Exactly(_) => None,
    }
}

/// A test of a value as a negation: `country != "FR"`, `title not contains "x"`, `email is unknown`, `not opted_in`.
fn negative(value: &str, test: &str) -> String {
    let test = match (test.strip_prefix("="), test.strip_prefix("is known")) {
        (Some(rest), _) => format!("!={rest}"),
        (_, Some(rest)) => format!("is unknown{rest}"),
        (None, None) => format!("not {test}"),
    };
    format!("{value} {test}").trim().to_owned()
}
