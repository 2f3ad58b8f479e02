//! Patterns: which of a contact's events are meant.

use std::hash::{Hash, Hasher};

use crate::calendar::Period;
use crate::source::Span;

use super::{Condition, EventId};

/// Picks some of a contact's events up to the as-of day. Two patterns are equal when they say the same, wherever they
/// stand.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// The kinds of events.
    pub events: EventSet,
    /// What an event's properties must fulfil.
    pub filter: Option<Box<Condition>>,
    /// On which days.
    pub window: Option<Window>,
    /// Where it stands.
    pub span: Span,
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.events == other.events && self.filter == other.filter && self.window == other.window
    }
}

impl Eq for Pattern {}

impl Hash for Pattern {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.events, &self.filter, self.window).hash(state);
    }
}

/// Kinds of events.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum EventSet {
    /// All that are not passive, also those that no rule names.
    Active,
    /// These, each once.
    Named(Vec<EventId>),
}

/// The days within a period up to the as-of day, or the earlier ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    /// Whether the earlier days are meant.
    pub earlier: bool,
    /// The period.
    pub period: Period,
}
