//! What a block is worth: profile, behaviour, decay, and its ends.

use leadscore::calendar::Day;
use leadscore::model::{
    Amount, Block, Bound, Condition, ConditionKind, Decay, LetValue, Pattern, Rule, RuleKind, Value, ValueKind,
};
use leadscore::number::Number;

use super::{BlockOutcome, OracleEvent, World, band, calendar, decimal};

impl World<'_> {
    /// "1. P, the sum over its rules and tables that read no events; B, the sum over those that read events in whatever
    /// way; 2. B less the decay; 3. P + B, clamped to the block's `min` and `max`."
    pub(crate) fn block(&self, block: &Block) -> BlockOutcome {
        let rules: Vec<Number> = block.rules.iter().map(|rule| self.points(rule)).collect();
        let (mut profile, mut behaviour) = (Vec::new(), Vec::new());
        for (rule, points) in block.rules.iter().zip(&rules) {
            let kind = if self.rule_reads_events(rule) {
                &mut behaviour
            } else {
                &mut profile
            };
            kind.push(*points);
        }
        let profile = decimal::sum(profile.into_iter());
        let behaviour = decimal::sum(behaviour.into_iter());
        let left = self.decayed(block, behaviour);
        let value = decimal::clamp(decimal::sum([profile, left].into_iter()), block.clamp);
        let band = band(&block.bands, value);
        BlockOutcome {
            rules,
            profile,
            behaviour,
            left,
            value,
            band,
        }
    }

    /// "It acts on B alone and only if B > 0, and never takes B below 0." "A contact without activity doesn't decay."
    fn decayed(&self, block: &Block, behaviour: Number) -> Number {
        let Some(decay) = &block.decay else {
            return behaviour;
        };
        let Some(activity) = self.activity(block, decay) else {
            return behaviour;
        };
        if behaviour <= Number::ZERO {
            return behaviour;
        }
        let periods = calendar::full_periods(activity, decay.period, self.as_of);
        match decay.amount {
            // "takes 5 for each full period without activity"
            Amount::Points(step) => decimal::toward_zero(behaviour, step, periods),
            // "leaves B × f(full periods without activity), rounded once; f as for fading"
            Amount::Part(part) => decimal::shrink(behaviour, part, periods),
        }
    }

    /// "`since PATTERN` names it instead, window, passive events and all; where that picks none, it is as without
    /// `since`."
    fn activity(&self, block: &Block, decay: &Decay) -> Option<Day> {
        let named = decay.since.as_ref().and_then(|pattern| newest(self.picks(pattern)));
        named.or_else(|| self.rewarded_activity(block))
    }

    /// "Activity is what the block rewards: the newest non-passive event that one of these patterns picks, windows left
    /// out … If the block has no such pattern, activity is the newest non-passive event."
    fn rewarded_activity(&self, block: &Block) -> Option<Day> {
        let patterns: Vec<&Pattern> = block.rules.iter().flat_map(|rule| self.rewarded_by(rule)).collect();
        let mut events = match patterns.as_slice() {
            [] => self.events(),
            patterns => patterns
                .iter()
                .flat_map(|pattern| self.picks_at_any_time(pattern))
                .collect(),
        };
        events.retain(|event| !self.is_passive(event));
        newest(events)
    }

    /// "the patterns of its occurrence rules with positive points, and of the `any event` and `at least … events` tests
    /// in its other rules with positive points (… not those inside functions or tables …). Limits and the conditions
    /// beside a pattern don't matter."
    fn rewarded_by<'a>(&'a self, rule: &'a Rule) -> Vec<&'a Pattern> {
        match &rule.kind {
            RuleKind::Each { pattern, points, .. } if *points > Number::ZERO => vec![pattern],
            RuleKind::Once { condition, points, .. } if *points > Number::ZERO => self.tests_in(condition),
            RuleKind::Each { .. } | RuleKind::Once { .. } | RuleKind::Table { .. } => Vec::new(),
        }
    }

    /// "through lets too; not those … under `not` or `none of`"
    fn tests_in<'a>(&'a self, condition: &'a Condition) -> Vec<&'a Pattern> {
        use ConditionKind::*;
        match &condition.node {
            Events(Bound::AtLeast(_), pattern) => vec![pattern],
            Events(Bound::AtMost(_) | Bound::Exactly(_), _) | Not(_) => Vec::new(),
            All(parts) | Any(parts) | Quantity(_, parts) => parts.iter().flat_map(|part| self.tests_in(part)).collect(),
            Let(id) => self.tests_in_let(&self.model.lets[id.index()].value),
            Compare(left, _, right) => [self.tests_in_value(left), self.tests_in_value(right)].concat(),
            True(value) | Known(value) => self.tests_in_value(value),
            Constant(_) | Between(..) | OneOf(..) | OneOfDays(..) | Text(..) | Holds(..) | Label(..) | Excluded => {
                Vec::new()
            }
        }
    }

    fn tests_in_let<'a>(&'a self, value: &'a LetValue) -> Vec<&'a Pattern> {
        match value {
            LetValue::Condition(condition) => self.tests_in(condition),
            LetValue::Value(value) => self.tests_in_value(value),
        }
    }

    /// A condition may stand where a boolean does.
    fn tests_in_value<'a>(&'a self, value: &'a Value) -> Vec<&'a Pattern> {
        match &value.kind {
            ValueKind::Condition(condition) => self.tests_in(condition),
            ValueKind::Let(id) => self.tests_in_let(&self.model.lets[id.index()].value),
            _ => Vec::new(),
        }
    }

    /// "read events in whatever way"
    fn rule_reads_events(&self, rule: &Rule) -> bool {
        match &rule.kind {
            RuleKind::Each { .. } => true,
            RuleKind::Once { condition, .. } => self.reads_events(condition),
            RuleKind::Table { value, .. } => self.value_reads_events(value),
        }
    }

    fn reads_events(&self, condition: &Condition) -> bool {
        use ConditionKind::*;
        match &condition.node {
            Events(..) => true,
            Not(part) => self.reads_events(part),
            All(parts) | Any(parts) | Quantity(_, parts) => parts.iter().any(|part| self.reads_events(part)),
            Let(id) => self.let_reads_events(&self.model.lets[id.index()].value),
            Compare(left, _, right) => self.value_reads_events(left) || self.value_reads_events(right),
            Between(value, least, greatest) => [value, least, greatest]
                .iter()
                .any(|value| self.value_reads_events(value)),
            OneOf(value, _) | OneOfDays(value, _) | Text(value, _) | Holds(value, _) | Known(value) | True(value) => {
                self.value_reads_events(value)
            }
            Constant(_) | Label(..) | Excluded => false,
        }
    }

    fn let_reads_events(&self, value: &LetValue) -> bool {
        match value {
            LetValue::Condition(condition) => self.reads_events(condition),
            LetValue::Value(value) => self.value_reads_events(value),
        }
    }

    fn value_reads_events(&self, value: &Value) -> bool {
        use ValueKind::*;
        match &value.kind {
            Aggregate { .. } => true,
            Condition(condition) => self.reads_events(condition),
            Let(id) => self.let_reads_events(&self.model.lets[id.index()].value),
            Arithmetic(first, rest) => {
                self.value_reads_events(first) || rest.iter().any(|(_, value)| self.value_reads_events(value))
            }
            Negate(value) | Domain(value) | Elapsed { date: value, .. } => self.value_reads_events(value),
            Number(_) | Text(_) | Date(_) | Field(_) | Property(_) | Score(_) | Label(_) => false,
        }
    }
}

fn newest(events: Vec<&OracleEvent>) -> Option<Day> {
    events.iter().map(|event| event.day).max()
}
