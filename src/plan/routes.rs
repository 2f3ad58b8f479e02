//! Routes: which filters and signals an event's name concerns, so that no other is looked at.

use std::collections::HashMap;

use crate::model::{EventId, EventSet, Model, Pattern};

use super::build::{Builder, Scope};
use super::graph::{Graph, NodeId};
use super::signal::{Signal, SignalId};

/// What is done with the events of one name.
#[derive(Clone, Debug, Default)]
pub struct Route {
    /// The event's name; `None` for all names that the model does not have.
    pub name: Option<String>,
    /// Whether all its events are ignored.
    pub ignored: bool,
    /// The nodes that tell which of its events are ignored: one that holds is enough.
    pub ignores: Vec<NodeId>,
    /// What those are made of, in order.
    pub ignore_steps: Vec<NodeId>,
    /// What the filters of its signals are made of, in order.
    pub steps: Vec<NodeId>,
    /// The signals that it concerns.
    pub signals: Vec<SignalId>,
}

impl Route {
    /// What is computed of its events, in no order that matters.
    pub(super) fn filters(&self) -> impl Iterator<Item = NodeId> {
        self.ignore_steps.iter().chain(&self.steps).copied()
    }
}

/// The routes of all names.
#[derive(Clone, Debug)]
pub struct Routes {
    /// A route for each event of the model, then, where undeclared events count, the one of all other names.
    pub routes: Vec<Route>,
    names: HashMap<String, usize>,
    others_count: bool,
}

impl Routes {
    /// The place of the route of a name, in Unicode NFC; `None` where such events are left out.
    pub fn place(&self, name: &str) -> Option<usize> {
        let known = self.names.get(name).copied();
        known.or_else(|| self.others_count.then(|| self.routes.len().saturating_sub(1)))
    }

    /// The nodes of all filters, in order.
    pub(super) fn steps(&self) -> Vec<NodeId> {
        let mut steps: Vec<NodeId> = self.routes.iter().flat_map(Route::filters).collect();
        steps.sort_unstable();
        steps.dedup();
        steps
    }
}

/// A pattern of an `ignore` statement, with its filter as a node.
pub(super) struct Ignored<'m> {
    pub(super) events: &'m EventSet,
    pub(super) filter: Option<NodeId>,
}

impl<'m> Builder<'m> {
    /// What the file ignores.
    pub(super) fn ignored(&mut self) -> Vec<Ignored<'m>> {
        let model = self.model;
        let patterns = model.ignored.iter().map(|ignore| &ignore.pattern);
        patterns.map(|pattern| self.ignored_pattern(pattern)).collect()
    }

    fn ignored_pattern(&mut self, pattern: &'m Pattern) -> Ignored<'m> {
        let filter = pattern
            .filter
            .as_ref()
            .map(|filter| self.condition(Scope::Event, filter).node);
        Ignored {
            events: &pattern.events,
            filter,
        }
    }
}

/// The routes of a model's events to the signals that are read.
pub(super) fn routes(model: &Model, graph: &Graph, signals: &[(SignalId, &Signal)], ignored: &[Ignored<'_>]) -> Routes {
    let known = (0..model.events.len() as u32).map(EventId).map(Some);
    let others = (!model.events_are_declared).then_some(None);
    let routes = known
        .chain(others)
        .map(|event| route(model, graph, signals, ignored, event))
        .collect();
    let names = model.events.iter().map(|event| event.name.clone()).zip(0..).collect();
    Routes {
        routes,
        names,
        others_count: !model.events_are_declared,
    }
}

fn route(
    model: &Model,
    graph: &Graph,
    signals: &[(SignalId, &Signal)],
    ignored: &[Ignored<'_>],
    event: Option<EventId>,
) -> Route {
    let declared = event.and_then(|event| model.events.get(event.index()));
    let concerns = |events: &EventSet| match events {
        EventSet::Active => !declared.is_some_and(|event| event.passive),
        EventSet::Named(names) => event.is_some_and(|event| names.contains(&event)),
    };
    let concerning: Vec<&Ignored<'_>> = ignored.iter().filter(|ignored| concerns(ignored.events)).collect();
    let ignores: Vec<NodeId> = concerning.iter().filter_map(|ignored| ignored.filter).collect();
    let chosen: Vec<_> = signals.iter().filter(|(_, signal)| concerns(&signal.events)).collect();
    Route {
        name: declared.map(|event| event.name.clone()),
        ignored: concerning.iter().any(|ignored| ignored.filter.is_none()),
        ignore_steps: graph.closure(ignores.iter().copied()),
        ignores,
        steps: graph.closure(chosen.iter().filter_map(|(_, signal)| signal.filter)),
        signals: chosen.iter().map(|(id, _)| *id).collect(),
    }
}
