//! What scores depend on in data: of what is not there, people should know before they trust the scores.

use std::collections::BTreeSet;

use crate::model::EventSet;

use super::build::Builder;
use super::graph::{Graph, NodeId, Operation};
use super::routes::Ignored;
use super::signal::{Collect, Signal, SignalId};

/// What scores depend on in data.
#[derive(Clone, Debug, Default)]
pub struct Reads {
    /// The fields: columns of [`Contacts`](crate::table::Contacts).
    pub fields: BTreeSet<u32>,
    /// Kinds of events, with the properties that are read of them: columns of [`Events`](crate::table::Events).
    pub events: Vec<(EventSet, BTreeSet<u32>)>,
}

impl Reads {
    /// What these steps, the signals that they read and the ignored events depend on.
    pub(super) fn of(
        builder: &Builder<'_>,
        steps: &[NodeId],
        signals: &[(SignalId, &Signal)],
        ignored: &[Ignored<'_>],
    ) -> Reads {
        let of_filter = |filter: Option<NodeId>| columns(&builder.events, &builder.events.closure(filter));
        let collected = signals.iter().map(|(_, signal)| {
            let mut properties = of_filter(signal.filter);
            properties.extend(signal.collect.property());
            (signal.events.clone(), properties)
        });
        let ignored = ignored
            .iter()
            .map(|ignored| (ignored.events.clone(), of_filter(ignored.filter)));
        Reads {
            fields: columns(&builder.contacts, steps),
            events: collected.chain(ignored).collect(),
        }
    }
}

fn columns(graph: &Graph, steps: &[NodeId]) -> BTreeSet<u32> {
    let nodes = steps.iter().filter_map(|step| graph.node(*step));
    let columns = nodes.filter_map(|node| match node.operation {
        Operation::Column(column) | Operation::Holds(column, _) => Some(column),
        _ => None,
    });
    columns.collect()
}

impl Collect {
    /// The property that is collected, where it is one.
    pub fn property(self) -> Option<u32> {
        match self {
            Collect::Known(property)
            | Collect::Sum(property)
            | Collect::Smallest(property)
            | Collect::Largest(property)
            | Collect::Distinct(property) => Some(property),
            Collect::Count | Collect::First | Collect::Last | Collect::Days | Collect::Worth(_) => None,
        }
    }
}
