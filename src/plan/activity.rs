//! What counts as activity for the decay of a block: the events that the block rewards, or those that the file names.

use std::collections::HashSet;

use crate::model::{self, Bound, Condition, ConditionKind, EventSet, LetId, Part, Pattern, RuleKind, Value, ValueKind};
use crate::number::Number;

use super::build::{Builder, Scope};
use super::graph::{NodeId, Operation, Shape};
use super::signal::{Collect, Signal};

impl<'m> Builder<'m> {
    /// The day of a contact's last activity.
    pub(super) fn activity(&mut self, block: &'m model::Block, decay: &'m model::Decay) -> NodeId {
        let rewarded = self.rewarded_activity(block);
        match &decay.since {
            None => rewarded,
            Some(pattern) => {
                let signal = self.signal(pattern, Collect::Last);
                let named = self.contact(Shape::Date, Operation::Collected(signal));
                self.contact(Shape::Date, Operation::Or(named, rewarded))
            }
        }
    }

    /// The day of the newest non-passive event that the block rewards; of the newest of all, where it rewards none
    /// in particular.
    fn rewarded_activity(&mut self, block: &'m model::Block) -> NodeId {
        let mut patterns = Vec::new();
        for rule in &block.rules {
            rewarded(self.model, &rule.kind, &mut patterns);
        }
        if patterns.is_empty() {
            return self.newest(EventSet::Active, None);
        }
        let mut days: Vec<NodeId> = patterns
            .into_iter()
            .filter_map(|pattern| self.newest_picked(pattern))
            .collect();
        days.sort_unstable();
        days.dedup();
        match days.as_slice() {
            [day] => *day,
            several => self.contact(Shape::Date, Operation::Newest(several.into())),
        }
    }

    /// The newest non-passive event that a pattern picks, whatever its window; `None` where it picks none ever.
    fn newest_picked(&mut self, pattern: &'m Pattern) -> Option<NodeId> {
        let events = match &pattern.events {
            EventSet::Active => EventSet::Active,
            EventSet::Named(names) => {
                let is_passive = |id: &model::EventId| self.model.events.get(id.index()).is_some_and(|one| one.passive);
                let active: Vec<_> = names.iter().copied().filter(|id| !is_passive(id)).collect();
                if active.is_empty() {
                    return None;
                }
                EventSet::Named(active)
            }
        };
        let filter = pattern
            .filter
            .as_ref()
            .map(|filter| self.condition(Scope::Event, filter).node);
        Some(self.newest(events, filter))
    }

    fn newest(&mut self, events: EventSet, filter: Option<NodeId>) -> NodeId {
        let signal = self.add_signal(Signal {
            events,
            filter,
            window: None,
            collect: Collect::Last,
        });
        self.contact(Shape::Date, Operation::Collected(signal))
    }
}

/// The patterns that a rule rewards.
fn rewarded<'m>(model: &'m model::Model, rule: &'m RuleKind, patterns: &mut Vec<&'m Pattern>) {
    match rule {
        RuleKind::Each { pattern, points, .. } if *points > Number::ZERO => patterns.push(pattern),
        RuleKind::Once { condition, points, .. } if *points > Number::ZERO => {
            tested(model, condition, patterns);
        }
        RuleKind::Each { .. } | RuleKind::Once { .. } | RuleKind::Table { .. } => {}
    }
}

/// The patterns of the `any event` and `at least` tests of a condition and of the lets that it names, not those inside
/// functions or under a negation. A list of what is still to be looked at, since chains of lets may be long.
fn tested<'m>(model: &'m model::Model, condition: &'m Condition, patterns: &mut Vec<&'m Pattern>) {
    let mut pending = vec![Part::Condition(condition)];
    let mut entered = HashSet::new();
    while let Some(part) = pending.pop() {
        if let Some(id) = named_let(part) {
            let definition = model.lets.get(id.index()).filter(|_| entered.insert(id));
            pending.extend(definition.map(|definition| definition.value.part()));
        } else if let Part::Condition(condition) = part {
            match &condition.node {
                ConditionKind::Events(Bound::AtLeast(_), pattern) => patterns.push(pattern),
                ConditionKind::Events(Bound::AtMost(_) | Bound::Exactly(_), _) | ConditionKind::Not(_) => {}
                _ => pending.extend(part.parts()),
            }
        } else if let Part::Value(_) = part {
            pending.extend(part.parts());
        }
    }
}

/// The let that a condition or value names.
fn named_let(part: Part<'_>) -> Option<LetId> {
    match part {
        Part::Condition(Condition {
            node: ConditionKind::Let(id),
            ..
        }) => Some(*id),
        Part::Value(Value {
            kind: ValueKind::Let(id),
            ..
        }) => Some(*id),
        Part::Condition(_) | Part::Value(_) | Part::Pattern(_) => None,
    }
}
