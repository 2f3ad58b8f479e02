//! Kinds of events of one name: told apart by their properties as far as signals tell them apart.

use std::collections::{BTreeSet, HashSet};

use crate::model::{Given, GivenEvents, Model, PropertyId};
use crate::number::Number;
use crate::plan::{DayPlan, NodeId, Route, SignalId};
use crate::score::{TracedRun, conditions_of_events};
use crate::source::Span;
use crate::table::Type;

use super::cells::Asked;
use super::leaves::Looks;
use crate::analyze::example::{Example, tables};

/// So many combinations of properties are looked at for one event.
const MOST_COMBINATIONS: usize = 2_000;

/// Events that signals do not tell apart, but for their days.
pub(in crate::analyze) struct Kind {
    /// Their properties.
    pub(in crate::analyze) properties: Vec<(PropertyId, Given)>,
    /// The signals whose filters they pass.
    pub(in crate::analyze) signals: Vec<SignalId>,
    /// What is collected of them.
    pub(in crate::analyze) collected: Vec<String>,
}

/// What is asked of the events of one name.
pub(in crate::analyze) struct Kinds<'a> {
    pub(in crate::analyze) model: &'a Model,
    pub(in crate::analyze) day: &'a DayPlan<'a>,
    pub(in crate::analyze) route: &'a Route,
    pub(in crate::analyze) name: String,
    /// What the tests of events look at.
    pub(in crate::analyze) looks: &'a [Looks],
    /// The tests of these events.
    pub(in crate::analyze) tests: Vec<NodeId>,
    /// Numbers with which what is collected of properties is compared.
    pub(in crate::analyze) sums: &'a [Given],
}

/// Numbers with which something of events is compared, and a large one.
pub(in crate::analyze) fn sums_that_matter(looks: &[Looks]) -> Vec<Given> {
    let looks = looks.iter().filter(|looks| looks.signals);
    let units: BTreeSet<i64> = looks.flat_map(|looks| looks.numbers.iter().copied()).take(6).collect();
    let numbers = units.iter().filter_map(|units| Number::from_units(i128::from(*units)));
    numbers.chain([Number::whole(1_000)]).map(Given::Number).collect()
}

impl Kinds<'_> {
    /// The kinds of events, told apart by their properties; and whether there are no others.
    pub(in crate::analyze) fn all(&self) -> (Vec<Kind>, bool) {
        let mut complete = self.tests.iter().all(|test| {
            let looks = self.looks.get(test.index());
            looks.is_some_and(|looks| !looks.opaque && looks.only_column().is_some())
        });
        let collected: BTreeSet<u32> = (self.route.signals.iter())
            .filter_map(|signal| self.day.plan().signal(*signal)?.collect.property())
            .collect();
        let looked_at = self.tests.iter().filter_map(|test| self.looks.get(test.index()));
        let columns: BTreeSet<u32> = looked_at.flat_map(|looks| looks.columns.iter().copied()).collect();
        let mut combinations: Vec<Vec<(PropertyId, Given)>> = vec![Vec::new()];
        for column in columns
            .union(&collected)
            .filter(|column| self.has(PropertyId(**column)))
        {
            let (values, all) = self.values(PropertyId(*column), collected.contains(column));
            complete &= all;
            let with = |given: &Vec<(PropertyId, Given)>| {
                let more = |value: &Given| [given.as_slice(), &[(PropertyId(*column), value.clone())]].concat();
                values.iter().map(more).collect::<Vec<_>>()
            };
            // One more than is kept tells that there are too many.
            let longer: Vec<_> = combinations.iter().flat_map(with).take(MOST_COMBINATIONS + 1).collect();
            combinations.extend(longer);
            complete &= combinations.len() <= MOST_COMBINATIONS;
            combinations.truncate(MOST_COMBINATIONS);
        }
        (self.told_apart(combinations, &collected), complete)
    }

    /// Whether events of this name have a property: others never read it.
    fn has(&self, property: PropertyId) -> bool {
        let event = self.model.event(&self.name).filter(|_| self.model.events_are_declared);
        let event = event.and_then(|id| self.model.events.get(id.index()));
        event.is_none_or(|event| event.properties.contains(&property))
    }

    /// Values of a property, one for each way in which its tests come out; and whether those are all ways.
    fn values(&self, property: PropertyId, is_collected: bool) -> (Vec<Given>, bool) {
        let Some(of) = self.model.properties.get(property.index()) else {
            return (Vec::new(), true);
        };
        let looks_at = |test: &NodeId| {
            let looks = self.looks.get(test.index());
            looks.is_some_and(|looks| looks.columns.contains(&property.0))
        };
        let own: Vec<NodeId> = self.tests.iter().copied().filter(looks_at).collect();
        let asked = Asked {
            graph: &self.day.plan().events,
            texts: &self.day.plan().event_texts,
            looks: self.looks,
            tests: &own,
            as_of: self.day.as_of(),
        };
        let found = asked.values(&of.of);
        let complete = found.are_complete();
        let mut values = found.values;
        if is_collected && of.of == Type::Number {
            values.extend(self.sums.iter().cloned());
        }
        let examples: Vec<Example> = values
            .iter()
            .map(|value| self.example(&[(property, value.clone())]))
            .collect();
        let (_, events) = tables(self.model, &examples);
        let truths = conditions_of_events(self.day, &own, &events);
        let mut seen = HashSet::new();
        let mut row = 0;
        values.retain(|value| {
            let of_row: Vec<bool> = truths.iter().map(|of| of.get(row) == Some(&true)).collect();
            row += 1;
            seen.insert((of_row, is_collected.then(|| format!("{value:?}"))))
        });
        (values, complete)
    }

    /// Of properties, those that signals tell apart, with the signals whose filters they pass; none that are ignored.
    fn told_apart(&self, combinations: Vec<Vec<(PropertyId, Given)>>, collected: &BTreeSet<u32>) -> Vec<Kind> {
        let examples: Vec<Example> = combinations.iter().map(|properties| self.example(properties)).collect();
        let (contacts, events) = tables(self.model, &examples);
        let mut run = TracedRun::new(self.day);
        run.events(&events);
        let (_, trace) = run.finish(&contacts);
        let mut kinds: Vec<Kind> = Vec::new();
        let mut seen = HashSet::new();
        for (row, properties) in combinations.into_iter().enumerate() {
            let passes =
                |signal: &SignalId| !trace.picked(*signal, row).is_empty() || !trace.outside(*signal, row).is_empty();
            let signals: Vec<SignalId> = self.route.signals.iter().copied().filter(passes).collect();
            let is_collected = |(property, _): &&(PropertyId, Given)| collected.contains(&property.0);
            let values: Vec<String> = properties
                .iter()
                .filter(is_collected)
                .map(|given| format!("{given:?}"))
                .collect();
            if !signals.is_empty() && seen.insert((signals.clone(), values.clone())) {
                kinds.push(Kind {
                    properties,
                    signals,
                    collected: values,
                });
            }
        }
        kinds
    }

    fn example(&self, properties: &[(PropertyId, Given)]) -> Example {
        Example {
            as_of: self.day.as_of(),
            fields: Vec::new(),
            events: vec![GivenEvents {
                count: 1,
                name: self.name.clone(),
                properties: properties.to_vec(),
                day: self.day.as_of(),
                span: Span::default(),
            }],
        }
    }
}
