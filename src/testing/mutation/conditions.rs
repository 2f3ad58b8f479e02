//! The changes of conditions: of tests, of what holds them together, and of how many there must be.

use crate::model::{Bound, Comparison, Condition, ConditionKind, Labelled, TextTest, Value};
use crate::source::Span;

use super::super::written::{count, positive, quantity, so_many, spliced, with_count};
use super::operator::Operator;
use super::walk::{Note, Walk, leave_out};

impl Walk<'_> {
    /// The changes of a condition and of all that it is made of.
    pub(super) fn condition(&mut self, condition: &mut Condition) {
        self.whole(condition);
        let span = condition.span;
        match &mut condition.node {
            ConditionKind::Not(inner) => self.condition(inner),
            ConditionKind::All(parts) | ConditionKind::Any(parts) => self.conditions(parts),
            ConditionKind::Quantity(bound, parts) => self.quantity(bound, parts, span),
            ConditionKind::Compare(left, order, right) => self.compared([left, right], order, span),
            ConditionKind::Between(value, low, high) => {
                for value in [value, low, high] {
                    self.operand(Operator::Threshold, value, span);
                }
            }
            ConditionKind::Text(value, test) => self.text(value, test, span),
            ConditionKind::Events(bound, pattern) => {
                self.events(bound, pattern.span, span);
                self.pattern(pattern);
            }
            ConditionKind::Label(of, labels) => self.labels(*of, labels, span),
            ConditionKind::OneOf(value, _)
            | ConditionKind::OneOfDays(value, _)
            | ConditionKind::Holds(value, _)
            | ConditionKind::Known(value)
            | ConditionKind::True(value) => self.value(value),
            ConditionKind::Constant(_) | ConditionKind::Let(_) | ConditionKind::Excluded => {}
        }
    }

    fn conditions(&mut self, conditions: &mut [Condition]) {
        for condition in conditions {
            self.condition(condition);
        }
    }

    /// The changes of a condition that make it another kind of condition.
    fn whole(&mut self, condition: &mut Condition) {
        match &condition.node {
            ConditionKind::Not(inner) => self.affirmed(inner.span, condition),
            ConditionKind::All(_) | ConditionKind::Any(_) => {
                self.logic(condition);
                self.without_parts(condition);
            }
            ConditionKind::Quantity(..) => self.without_parts(condition),
            ConditionKind::Constant(_)
            | ConditionKind::Compare(..)
            | ConditionKind::Between(..)
            | ConditionKind::OneOf(..)
            | ConditionKind::OneOfDays(..)
            | ConditionKind::Text(..)
            | ConditionKind::Holds(..)
            | ConditionKind::Known(_)
            | ConditionKind::True(_)
            | ConditionKind::Events(..)
            | ConditionKind::Label(..)
            | ConditionKind::Let(_)
            | ConditionKind::Excluded => {}
        }
    }

    /// What is negated, without its negation.
    fn affirmed(&mut self, inner: Span, condition: &mut Condition) {
        let span = condition.span;
        let affirm = |condition: &mut Condition| {
            if let ConditionKind::Not(inner) = &mut condition.node {
                condition.node = std::mem::replace(&mut inner.node, ConditionKind::Constant(true));
            }
        };
        self.offer(Operator::Negation, condition, affirm, |model| {
            let was = model.written(span);
            let becomes = if inner == span {
                positive(&was)
            } else {
                model.written(inner)
            };
            Note::new(span, was, becomes)
        });
    }

    /// `and` and `or`, `all of` and `any of`.
    fn logic(&mut self, condition: &mut Condition) {
        let span = condition.span;
        let (words, parts) = match &condition.node {
            ConditionKind::All(parts) => (["all of", "any of", " or "], parts),
            ConditionKind::Any(parts) => (["any of", "all of", " and "], parts),
            _ => return,
        };
        let parts: Vec<(Span, bool)> = parts.iter().map(|part| (part.span, is_logic(part))).collect();
        let turn = |condition: &mut Condition| {
            let node = std::mem::replace(&mut condition.node, ConditionKind::Constant(true));
            condition.node = match node {
                ConditionKind::All(parts) => ConditionKind::Any(parts),
                ConditionKind::Any(parts) => ConditionKind::All(parts),
                other => other,
            };
        };
        self.offer(Operator::Logic, condition, turn, |model| {
            let [was, becomes, joins] = words;
            let written = model.written(span);
            if written.starts_with(was) {
                return Note::new(span, was, becomes);
            }
            if written.starts_with("none of") {
                return Note::new(span, "none of", "not all of");
            }
            let parts = parts.iter().map(|(part, is_logic)| {
                let part = model.written(*part);
                if *is_logic { format!("({part})") } else { part }
            });
            Note::new(span, written, parts.collect::<Vec<_>>().join(joins))
        });
    }

    /// Each part of a condition left out, where there are more.
    fn without_parts(&mut self, condition: &mut Condition) {
        let parts = match &condition.node {
            ConditionKind::All(parts) | ConditionKind::Any(parts) | ConditionKind::Quantity(_, parts) => parts,
            _ => return,
        };
        let spans: Vec<Span> = parts.iter().map(|part| part.span).collect();
        if spans.len() < 2 {
            return;
        }
        for (place, span) in spans.into_iter().enumerate() {
            let leave_out = |condition: &mut Condition| without_part(condition, place);
            self.offer(Operator::Part, condition, leave_out, |model| {
                Note::without(span, model.written(span))
            });
        }
    }

    /// `at least 3 of`: one more, one less.
    fn quantity(&mut self, bound: &mut Bound, parts: &mut [Condition], span: Span) {
        let of = |bound: Bound| quantity(bound) + " of";
        let was = *bound;
        for other in [count(was).saturating_sub(1), count(was).saturating_add(1)] {
            if (1..=parts.len() as u64).contains(&other) {
                let other = with_count(was, other);
                self.replacement(Operator::Count, bound, other, |_| Note::new(span, of(was), of(other)));
            }
        }
        self.conditions(parts);
    }

    fn compared(&mut self, sides: [&mut Value; 2], order: &mut Comparison, span: Span) {
        let [left, right] = sides;
        let place = Span::new(left.span.end, right.span.start);
        let was = *order;
        if let Some(other) = neighbouring(was) {
            self.replacement(Operator::Comparison, order, other, |model| {
                let sign = model.written(place).replacen(was.sign(), other.sign(), 1);
                let becomes = spliced(model, span, place, &format!(" {sign} "));
                Note::new(span, model.written(span), becomes)
            });
        }
        self.operand(Operator::Threshold, left, span);
        self.operand(Operator::Threshold, right, span);
    }

    /// `contains` and `contains word`; `starts with` and `ends with` become `contains`.
    fn text(&mut self, value: &mut Value, test: &mut TextTest, span: Span) {
        let after = Span::new(value.span.end, span.end);
        if let Some((was, becomes, other)) = other_text(test) {
            self.replacement(Operator::Text, test, other, |model| {
                let test = model.written(after).replacen(was, becomes, 1);
                let becomes = format!("{} {test}", model.written(Span::new(span.start, after.start)));
                Note::new(span, model.written(span), becomes)
            });
        }
        self.value(value);
    }

    /// How many events: `any` and `no`, one more, one less.
    fn events(&mut self, bound: &mut Bound, pattern: Span, span: Span) {
        for (operator, other) in other_bounds(*bound) {
            self.replacement(operator, bound, other, |model| {
                Note::new(span, model.written(span), so_many(other, model, pattern))
            });
        }
    }

    /// Each of several labels left out.
    fn labels(&mut self, of: Labelled, labels: &mut Vec<u16>, span: Span) {
        let places = labels.clone();
        if places.len() < 2 {
            return;
        }
        for (place, label) in places.into_iter().enumerate() {
            let leave_out = |labels: &mut Vec<u16>| leave_out(labels, place);
            self.offer(Operator::Part, labels, leave_out, |model| {
                let label = model.labels(of).get(usize::from(label)).copied().unwrap_or_default();
                let was = model.written(span);
                Note::new(
                    span,
                    &was,
                    was.replacen(label, "", 1).replace("(, ", "(").replace(", )", ")"),
                )
            });
        }
    }
}

/// Whether a condition is `and` or `or`, that stands in parentheses among others. (`all of` and `any of` may.)
fn is_logic(condition: &Condition) -> bool {
    matches!(condition.node, ConditionKind::All(_) | ConditionKind::Any(_))
}

/// A condition without one of its parts; where a single one is left of `and` or `or`, that one.
fn without_part(condition: &mut Condition, place: usize) {
    match &mut condition.node {
        ConditionKind::All(parts) | ConditionKind::Any(parts) => {
            leave_out(parts, place);
            if parts.len() == 1
                && let Some(part) = parts.pop()
            {
                *condition = part;
            }
        }
        ConditionKind::Quantity(bound, parts) => {
            leave_out(parts, place);
            *bound = with_count(*bound, count(*bound).min(parts.len() as u64));
        }
        _ => {}
    }
}

/// The comparison that differs for equal values alone.
pub(super) fn neighbouring(order: Comparison) -> Option<Comparison> {
    match order {
        Comparison::Equal => None,
        Comparison::Less => Some(Comparison::LessOrEqual),
        Comparison::LessOrEqual => Some(Comparison::Less),
        Comparison::Greater => Some(Comparison::GreaterOrEqual),
        Comparison::GreaterOrEqual => Some(Comparison::Greater),
    }
}

/// A test of texts that is near another one, with the words of both.
fn other_text(test: &TextTest) -> Option<(&'static str, &'static str, TextTest)> {
    match test {
        TextTest::Contains(texts) => Some(("contains", "contains word", TextTest::ContainsWord(texts.clone()))),
        TextTest::ContainsWord(texts) => Some(("contains word", "contains", TextTest::Contains(texts.clone()))),
        TextTest::StartsWith(text) => Some(("starts with", "contains", TextTest::Contains(vec![text.clone()]))),
        TextTest::EndsWith(text) => Some(("ends with", "contains", TextTest::Contains(vec![text.clone()]))),
        TextTest::Is(_) | TextTest::Matches(_) => None,
    }
}

/// The numbers of events near another one, and what such a change is.
fn other_bounds(bound: Bound) -> Vec<(Operator, Bound)> {
    let near = |least: u64| {
        let around = [count(bound).checked_sub(1), count(bound).checked_add(1)];
        let counts = around.into_iter().flatten().filter(move |count| *count >= least);
        counts.map(move |count| (Operator::Count, with_count(bound, count)))
    };
    match bound {
        Bound::AtLeast(1) => std::iter::once((Operator::Negation, Bound::AtMost(0)))
            .chain(near(1))
            .collect(),
        Bound::AtMost(0) => std::iter::once((Operator::Negation, Bound::AtLeast(1)))
            .chain(near(1))
            .collect(),
        Bound::AtLeast(_) | Bound::Exactly(_) => near(1).collect(),
        Bound::AtMost(_) => near(0).collect(),
    }
}
