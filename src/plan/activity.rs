//! What counts as activity for the decay of a block: the events that the block rewards, or those that the file names.

use std::collections::{BTreeSet, HashSet};

use crate::model::{self, Bound, Condition, ConditionKind, EventId, EventSet, Part, Pattern, RuleKind};
use crate::number::Number;

use super::build::{Builder, Scope};
use super::graph::{NodeId, Operation, Shape};
use super::signal::{Collect, Interned, Signal};

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
    /// in particular. Windows do not matter here.
    fn rewarded_activity(&mut self, block: &'m model::Block) -> NodeId {
        let mut patterns = Vec::new();
        for rule in &block.rules {
            rewarded(self.model, &rule.kind, &mut patterns);
        }
        if patterns.is_empty() {
            return self.newest(EventSet::Active, None);
        }
        let (whole, filtered): (Vec<_>, Vec<_>) = patterns.into_iter().partition(|pattern| pattern.filter.is_none());
        let mut names = BTreeSet::new();
        for pattern in whole {
            match self.not_passive(&pattern.events) {
                EventSet::Active => return self.newest(EventSet::Active, None),
                EventSet::Named(more) => names.extend(more),
            }
        }
        let mut days = self.newest_filtered(&filtered, &names);
        if !names.is_empty() {
            days.push(self.newest(EventSet::Named(names.into_iter().collect()), None));
        }
        days.sort_unstable();
        match days.as_slice() {
            [day] => *day,
            several => self.contact(Shape::Date, Operation::Newest(several.into())),
        }
    }

    /// The days of the newest events that these patterns pick, but for names of which every event counts anyway: one
    /// for all patterns of the same names.
    fn newest_filtered(&mut self, patterns: &[&'m Pattern], whole: &BTreeSet<EventId>) -> Vec<NodeId> {
        let mut sets = Interned::default();
        let mut filters: Vec<Vec<NodeId>> = Vec::new();
        for pattern in patterns {
            let mut events = self.not_passive(&pattern.events);
            if let EventSet::Named(names) = &mut events {
                names.retain(|name| !whole.contains(name));
                names.sort_unstable();
                if names.is_empty() {
                    continue;
                }
            }
            let filter = pattern.filter.as_ref();
            let filter = filter.map(|filter| self.condition(Scope::Event, filter).node);
            let place = sets.place(events) as usize;
            filters.resize(filters.len().max(place + 1), Vec::new());
            if let Some(filters) = filters.get_mut(place) {
                filters.extend(filter);
            }
        }
        let sets = sets.things.into_iter().zip(filters);
        sets.map(|(events, filters)| self.newest_of_any(events, filters))
            .collect()
    }

    fn newest_of_any(&mut self, events: EventSet, mut filters: Vec<NodeId>) -> NodeId {
        filters.sort_unstable();
        filters.dedup();
        let filter = match filters.as_slice() {
            [one] => *one,
            several => self.add(Scope::Event, Shape::Condition, Operation::Any(several.into())),
        };
        self.newest(events, Some(filter))
    }

    /// Those of some events that are not passive.
    fn not_passive(&self, events: &EventSet) -> EventSet {
        match events {
            EventSet::Active => EventSet::Active,
            EventSet::Named(names) => {
                let is_passive = |id: &EventId| self.model.events.get(id.index()).is_some_and(|one| one.passive);
                EventSet::Named(names.iter().copied().filter(|id| !is_passive(id)).collect())
            }
        }
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
        if let Some(id) = part.named() {
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
