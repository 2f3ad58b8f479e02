//! The plan in words, for engineers to read: what each event's name triggers, what is collected, what is computed.
//!
//! A node is written `#7`, a signal `s7`; columns and literals stand where they are used.

use std::collections::HashSet;
use std::fmt;

use crate::model::Model;

use super::graph::NodeId;
use super::words::Words;
use super::{Plan, Route};

/// A plan in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// What each event's name triggers.
    pub events: Vec<EventDescription>,
    /// What filters compute of events.
    pub filters: Vec<Line>,
    /// What is collected of each contact's events.
    pub signals: Vec<Line>,
    /// What is computed of each contact, in order.
    pub contacts: Vec<Line>,
    /// What each rule adds, block by block.
    pub blocks: Vec<BlockDescription>,
    /// The columns of a result.
    pub results: Vec<Line>,
}

/// What an event's name triggers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventDescription {
    /// The name; `None` for all names that the model does not have.
    pub name: Option<String>,
    /// Whether all its events are ignored.
    pub ignored: bool,
    /// The nodes that tell which of its events are ignored.
    pub ignored_where: Vec<String>,
    /// The signals that it concerns.
    pub signals: Vec<String>,
}

/// Something with a name and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// What it is.
    pub is: String,
}

/// What the rules of a block add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockDescription {
    /// Its name; `None` for the top level.
    pub name: Option<String>,
    /// The node of its value.
    pub value: String,
    /// The node of each rule's points, by the line of the rule, and the rule as it is written.
    pub rules: Vec<Line>,
}

/// Puts a plan in words, with the names of the model from which it was made.
pub fn describe(plan: &Plan, model: &Model) -> Description {
    let contacts = Words {
        plan,
        model,
        graph: &plan.contacts,
        columns: model.fields.iter().map(|field| field.name.as_str()).collect(),
    };
    let events = Words {
        plan,
        model,
        graph: &plan.events,
        columns: model.properties.iter().map(|property| property.name.as_str()).collect(),
    };
    let signals = plan.signals.iter().enumerate();
    let routed = plan.routes.routes.iter().flat_map(|route| &route.signals);
    let collected: HashSet<usize> = routed.map(|signal| signal.index()).collect();
    let mut filters: Vec<NodeId> = plan.routes.routes.iter().flat_map(Route::filters).collect();
    filters.sort_unstable();
    filters.dedup();
    Description {
        events: plan.routes.routes.iter().map(event_description).collect(),
        filters: filters.into_iter().filter_map(|filter| events.line(filter)).collect(),
        signals: signals
            .filter(|(at, _)| collected.contains(at))
            .map(|(at, signal)| Line {
                name: format!("s{at}"),
                is: events.signal(signal),
            })
            .collect(),
        contacts: plan.steps.iter().filter_map(|step| contacts.line(*step)).collect(),
        blocks: plan
            .blocks
            .iter()
            .zip(&model.blocks)
            .map(|(block, of)| contacts.block(block, of))
            .collect(),
        results: plan.columns.iter().map(|column| contacts.result(column)).collect(),
    }
}

fn event_description(route: &Route) -> EventDescription {
    EventDescription {
        name: route.name.clone(),
        ignored: route.ignored,
        ignored_where: route.ignores.iter().map(|node| format!("#{}", node.0)).collect(),
        signals: route.signals.iter().map(|signal| format!("s{}", signal.0)).collect(),
    }
}

impl fmt::Display for Description {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "events")?;
        for event in &self.events {
            writeln!(f, "  {event}")?;
        }
        section(f, "filters, of each event", &self.filters)?;
        section(f, "signals, of each contact's events", &self.signals)?;
        section(f, "nodes, of each contact", &self.contacts)?;
        for block in &self.blocks {
            let name = block.name.as_deref().unwrap_or("top level");
            section(f, &format!("rules of {name}, {}", block.value), &block.rules)?;
        }
        section(f, "results", &self.results)
    }
}

fn section(f: &mut fmt::Formatter<'_>, title: &str, lines: &[Line]) -> fmt::Result {
    if lines.is_empty() {
        return Ok(());
    }
    let width = lines.iter().map(|line| line.name.chars().count()).max().unwrap_or(0);
    writeln!(f, "\n{title}")?;
    for Line { name, is } in lines {
        writeln!(f, "  {name:width$}  {is}")?;
    }
    Ok(())
}

impl fmt::Display for EventDescription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name.as_deref().unwrap_or("any other name"))?;
        if self.ignored {
            return f.write_str(": ignored");
        }
        if !self.ignored_where.is_empty() {
            write!(f, ": ignored where {}", self.ignored_where.join(" or "))?;
        }
        match self.signals.as_slice() {
            [] => f.write_str(": nothing is collected"),
            signals => write!(f, ": {}", signals.join(", ")),
        }
    }
}
