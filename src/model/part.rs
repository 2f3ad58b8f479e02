//! The parts of conditions, values and patterns, for those who look for something wherever it may stand.

use super::{Condition, ConditionKind, LetId, Model, Pattern, RuleKind, Value, ValueKind};

/// A condition, a value or a pattern.
#[derive(Clone, Copy, Debug)]
pub enum Part<'a> {
    /// A condition.
    Condition(&'a Condition),
    /// A value.
    Value(&'a Value),
    /// A pattern.
    Pattern(&'a Pattern),
}

impl<'a> Part<'a> {
    /// The parts one level down, in the order in which they are written. A let is not entered.
    pub fn parts(self) -> Vec<Part<'a>> {
        match self {
            Part::Condition(condition) => condition_parts(&condition.node),
            Part::Value(value) => value_parts(&value.kind),
            Part::Pattern(pattern) => pattern.filter.iter().map(|filter| Part::Condition(filter)).collect(),
        }
    }

    /// The let that it names, if it does nothing else.
    pub fn named(self) -> Option<LetId> {
        match self {
            Part::Condition(condition) => match condition.node {
                ConditionKind::Let(id) => Some(id),
                _ => None,
            },
            Part::Value(value) => match value.kind {
                ValueKind::Let(id) => Some(id),
                _ => None,
            },
            Part::Pattern(_) => None,
        }
    }

    /// Shows this part and all below it, each before its own parts.
    pub fn walk(self, visit: &mut impl FnMut(Part<'a>)) {
        visit(self);
        for part in self.parts() {
            part.walk(visit);
        }
    }
}

fn condition_parts(kind: &ConditionKind) -> Vec<Part<'_>> {
    match kind {
        ConditionKind::Constant(_) | ConditionKind::Label(..) | ConditionKind::Let(_) | ConditionKind::Excluded => {
            Vec::new()
        }
        ConditionKind::Not(inner) => vec![Part::Condition(inner)],
        ConditionKind::All(parts) | ConditionKind::Any(parts) | ConditionKind::Quantity(_, parts) => {
            parts.iter().map(Part::Condition).collect()
        }
        ConditionKind::Compare(left, _, right) => vec![Part::Value(left), Part::Value(right)],
        ConditionKind::Between(value, low, high) => vec![Part::Value(value), Part::Value(low), Part::Value(high)],
        ConditionKind::OneOf(value, _)
        | ConditionKind::OneOfDays(value, _)
        | ConditionKind::Text(value, _)
        | ConditionKind::Holds(value, _)
        | ConditionKind::Known(value)
        | ConditionKind::True(value) => vec![Part::Value(value)],
        ConditionKind::Events(_, pattern) => vec![Part::Pattern(pattern)],
    }
}

fn value_parts(kind: &ValueKind) -> Vec<Part<'_>> {
    match kind {
        ValueKind::Condition(condition) => vec![Part::Condition(condition)],
        ValueKind::Arithmetic(first, rest) => {
            let operands = rest.iter().map(|(_, operand)| Part::Value(operand));
            std::iter::once(Part::Value(first)).chain(operands).collect()
        }
        ValueKind::Negate(inner) | ValueKind::Domain(inner) | ValueKind::Elapsed { date: inner, .. } => {
            vec![Part::Value(inner)]
        }
        ValueKind::Aggregate { pattern, .. } => vec![Part::Pattern(pattern)],
        ValueKind::Number(_)
        | ValueKind::Text(_)
        | ValueKind::Date(_)
        | ValueKind::Field(_)
        | ValueKind::Property(_)
        | ValueKind::Let(_)
        | ValueKind::Score(_)
        | ValueKind::Label(_) => Vec::new(),
    }
}

impl RuleKind {
    /// What the rule tests: its condition, its pattern, or its table's value.
    pub fn parts(&self) -> Vec<Part<'_>> {
        match self {
            RuleKind::Once { condition, .. } => vec![Part::Condition(condition)],
            RuleKind::Each { pattern, condition, .. } => {
                let besides = condition.iter().map(Part::Condition);
                std::iter::once(Part::Pattern(pattern)).chain(besides).collect()
            }
            RuleKind::Table { value, .. } => vec![Part::Value(value)],
        }
    }
}

impl Model {
    /// Every condition, value and pattern of the file but those of its tests, in no order that matters.
    pub fn parts(&self) -> Vec<Part<'_>> {
        let lets = self.lets.iter().map(|definition| definition.value.part());
        let ignored = self.ignored.iter().map(|ignore| Part::Pattern(&ignore.pattern));
        let rules = self
            .blocks
            .iter()
            .flat_map(|block| &block.rules)
            .flat_map(|rule| rule.kind.parts());
        let decays = self
            .blocks
            .iter()
            .filter_map(|block| block.decay.as_ref()?.since.as_ref())
            .map(Part::Pattern);
        let rows = self.classes.iter().flat_map(|class| &class.rows);
        let classes = rows.filter_map(|row| row.condition.as_ref()).map(Part::Condition);
        let exclusions = self
            .exclusions
            .iter()
            .map(|exclusion| Part::Condition(&exclusion.condition));
        let promises = self.promises.iter().map(|promise| Part::Condition(&promise.condition));
        lets.chain(ignored)
            .chain(rules)
            .chain(decays)
            .chain(classes)
            .chain(exclusions)
            .chain(promises)
            .collect()
    }
}
