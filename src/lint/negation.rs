//! Negations that also hold where their value is missing, and so move points for blanks.
//!
//! Only what decides on points is looked at: rules, the lets that they use, patterns, and exclusions. A negation is
//! quiet where the file shows that its author thought of blanks: where the same value is tested by `is known`,
//! `is unknown` or a positive test beside it.

use std::collections::HashSet;

use crate::builtins::Aggregate;
use crate::check::Checked;
use crate::model::{Condition, ConditionKind, LetId, LetValue, Model, Operator, Part, Value, ValueKind};

use super::Warning;

/// A warning for each value whose absence makes a negation hold.
pub(super) fn lint(checked: &Checked) -> Vec<Warning> {
    let model = checked.understood();
    let mut search = Search {
        model,
        lets: HashSet::new(),
        pending: Vec::new(),
        warnings: Vec::new(),
    };
    roots(model)
        .into_iter()
        .for_each(|part| search.part(part, Reads::Contact));
    while let Some(part) = search.pending.pop() {
        search.part(part, Reads::Contact);
    }
    search.warnings
}

/// What decides on points: rules, ignored events, activity and exclusions.
fn roots(model: &Model) -> Vec<Part<'_>> {
    let rules = model
        .blocks
        .iter()
        .flat_map(|block| &block.rules)
        .flat_map(|rule| rule.kind.parts());
    let ignored = model.ignored.iter().map(|ignore| Part::Pattern(&ignore.pattern));
    let activity = model
        .blocks
        .iter()
        .filter_map(|block| block.decay.as_ref()?.since.as_ref())
        .map(Part::Pattern);
    let exclusions = model
        .exclusions
        .iter()
        .map(|exclusion| Part::Condition(&exclusion.condition));
    rules.chain(ignored).chain(activity).chain(exclusions).collect()
}

/// Whether a condition reads a contact, or an event in a pattern's filter.
#[derive(Clone, Copy)]
enum Reads {
    Contact,
    Event,
}

struct Search<'a> {
    model: &'a Model,
    /// The lets that have been met.
    lets: HashSet<LetId>,
    /// What lets stand for, still to be looked at.
    pending: Vec<Part<'a>>,
    warnings: Vec<Warning>,
}

impl<'a> Search<'a> {
    fn part(&mut self, part: Part<'a>, reads: Reads) {
        match part {
            Part::Condition(condition) => self.condition(condition, &[], reads),
            Part::Value(value) => self.value(value, reads),
            Part::Pattern(pattern) => {
                if let Some(filter) = &pattern.filter {
                    self.condition(filter, &[], Reads::Event);
                }
            }
        }
    }

    /// Looks at a condition; `thought_of` are the values whose absence the author has thought of.
    fn condition(&mut self, condition: &'a Condition, thought_of: &[&'a Value], reads: Reads) {
        match &condition.node {
            ConditionKind::Not(inner) => self.negation(condition, inner, thought_of, reads),
            ConditionKind::All(parts) | ConditionKind::Any(parts) | ConditionKind::Quantity(_, parts) => {
                let thought_of = [thought_of, &self.tested_in(parts)].concat();
                parts.iter().for_each(|part| self.condition(part, &thought_of, reads));
            }
            ConditionKind::Let(id) => self.enter(*id),
            _ => Part::Condition(condition)
                .parts()
                .into_iter()
                .for_each(|part| self.part(part, reads)),
        }
    }

    fn value(&mut self, value: &'a Value, reads: Reads) {
        if let ValueKind::Let(id) = value.kind {
            self.enter(id);
        }
        Part::Value(value)
            .parts()
            .into_iter()
            .for_each(|part| self.part(part, reads));
    }

    fn enter(&mut self, id: LetId) {
        if let Some(definition) = self.model.lets.get(id.index()).filter(|_| self.lets.insert(id)) {
            self.pending.push(definition.value.part());
        }
    }

    fn negation(&mut self, whole: &'a Condition, inner: &'a Condition, thought_of: &[&'a Value], reads: Reads) {
        let mut seen: Vec<&Value> = Vec::new();
        for value in self.negated_values(inner) {
            let is_thought_of = |known: &&Value| contains(value, known);
            if self.may_be_missing(value) && !thought_of.iter().any(is_thought_of) && !seen.contains(&value) {
                seen.push(value);
                self.warn(whole, value, reads);
            }
        }
        let thought_of = [thought_of, &self.tested_in(std::slice::from_ref(inner))].concat();
        self.condition(inner, &thought_of, reads);
    }

    fn warn(&mut self, negation: &Condition, value: &Value, reads: Reads) {
        let (value, condition) = (
            self.model.written(source_of(value).span),
            self.model.written(negation.span),
        );
        let span = negation.span;
        self.warnings.push(match reads {
            Reads::Contact => Warning::NegationCatchesMissing { value, condition, span },
            Reads::Event => Warning::FilterCatchesMissing { value, condition, span },
        });
    }

    /// The values whose absence makes a condition false, and so its negation true. A name for a single test stands
    /// for the test; a name for more ("not ideal") is a word of its own and means everyone else.
    fn negated_values(&self, inner: &'a Condition) -> Vec<&'a Value> {
        match &inner.node {
            ConditionKind::All(parts) | ConditionKind::Any(parts) => {
                let tested: Vec<&Value> = parts.iter().filter_map(known_or_unknown).collect();
                let all = parts.iter().flat_map(|part| self.negated_values(part));
                all.filter(|value| !tested.iter().any(|known| contains(value, known)))
                    .collect()
            }
            ConditionKind::Let(id) => match self.model.lets.get(id.index()).map(|definition| &definition.value) {
                Some(LetValue::Condition(condition)) => positive_operands(&condition.node),
                Some(LetValue::Value(value)) => vec![value],
                None => Vec::new(),
            },
            kind => positive_operands(kind),
        }
    }

    /// The values that conditions side by side show to be thought of: tested positively, or for being known. A name
    /// for a test stands for the test.
    fn tested_in(&self, parts: &'a [Condition]) -> Vec<&'a Value> {
        let tests = || parts.iter().map(|part| self.named_by(part));
        let explicit = tests().filter_map(known_or_unknown);
        let positive = tests().flat_map(|test| positive_operands(&test.node));
        // Each once: a long chain says the same of few values.
        let mut tested = Vec::new();
        for value in explicit.chain(positive) {
            if !tested.contains(&value) {
                tested.push(value);
            }
        }
        tested
    }

    /// The condition that a name stands for, or the condition itself.
    fn named_by(&self, condition: &'a Condition) -> &'a Condition {
        let ConditionKind::Let(id) = &condition.node else {
            return condition;
        };
        match self.model.lets.get(id.index()).map(|definition| &definition.value) {
            Some(LetValue::Condition(named)) => named,
            Some(LetValue::Value(_)) | None => condition,
        }
    }

    fn may_be_missing(&self, value: &Value) -> bool {
        match &value.kind {
            ValueKind::Field(_) | ValueKind::Property(_) | ValueKind::Domain(_) => true,
            ValueKind::Let(id) => match self.model.lets.get(id.index()).map(|definition| &definition.value) {
                Some(LetValue::Value(value)) => self.may_be_missing(value),
                Some(LetValue::Condition(_)) | None => false,
            },
            ValueKind::Elapsed { date, .. } => self.may_be_missing(date),
            ValueKind::Negate(inner) => self.may_be_missing(inner),
            ValueKind::Arithmetic(first, rest) => {
                let divides = |(operator, right): &(Operator, Value)| {
                    *operator == Operator::Over && !matches!(right.kind, ValueKind::Number(_))
                };
                self.may_be_missing(first) || rest.iter().any(|part| divides(part) || self.may_be_missing(&part.1))
            }
            ValueKind::Aggregate { function, .. } => match function {
                Aggregate::Count | Aggregate::Distinct | Aggregate::Sum => false,
                Aggregate::Average | Aggregate::Smallest | Aggregate::Largest | Aggregate::First | Aggregate::Last => {
                    true
                }
            },
            ValueKind::Number(_)
            | ValueKind::Text(_)
            | ValueKind::Date(_)
            | ValueKind::Condition(_)
            | ValueKind::Score(_)
            | ValueKind::Label(_) => false,
        }
    }
}

/// The value that has to be known for another one to be: a date for the days since it.
fn source_of(value: &Value) -> &Value {
    match &value.kind {
        ValueKind::Elapsed { date: inner, .. } | ValueKind::Negate(inner) => source_of(inner),
        _ => value,
    }
}

/// The values that a positive test needs.
fn positive_operands(kind: &ConditionKind) -> Vec<&Value> {
    match kind {
        ConditionKind::Compare(left, _, right) => vec![left, right],
        ConditionKind::Between(value, low, high) => vec![value, low, high],
        ConditionKind::OneOf(value, _)
        | ConditionKind::OneOfDays(value, _)
        | ConditionKind::Text(value, _)
        | ConditionKind::Holds(value, _)
        | ConditionKind::True(value) => vec![value],
        ConditionKind::Constant(_)
        | ConditionKind::Not(_)
        | ConditionKind::All(_)
        | ConditionKind::Any(_)
        | ConditionKind::Quantity(..)
        | ConditionKind::Known(_)
        | ConditionKind::Events(..)
        | ConditionKind::Label(..)
        | ConditionKind::Let(_)
        | ConditionKind::Excluded => Vec::new(),
    }
}

/// The value of `is known` or `is unknown`.
fn known_or_unknown(condition: &Condition) -> Option<&Value> {
    match &condition.node {
        ConditionKind::Known(value) => Some(value),
        ConditionKind::Not(inner) => match &inner.node {
            ConditionKind::Known(value) => Some(value),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a value is another one, or is computed from it.
fn contains(value: &Value, part: &Value) -> bool {
    let mut found = false;
    Part::Value(value).walk(&mut |inner| {
        if let Part::Value(inner) = inner {
            found |= inner == part;
        }
    });
    found
}
