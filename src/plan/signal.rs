//! Signals: what is collected of each contact's events.

use std::collections::HashMap;
use std::hash::Hash;

use crate::calendar::Unit;
use crate::model::{EventSet, Fading, Regex, Window};
use crate::number::Number;

use super::NodeId;

/// A signal: a place in [`Plan::signals`](super::Plan::signals).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SignalId(pub u32);

impl SignalId {
    /// The place in the plan's list.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Something collected, for each contact, of some of its events.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Signal {
    /// Of which kinds of events.
    pub events: EventSet,
    /// Of those that pass: a node of [`Plan::events`](super::Plan::events).
    pub filter: Option<NodeId>,
    /// On which days.
    pub window: Option<Window>,
    /// What.
    pub collect: Collect,
}

/// What is collected. A property is a column of [`Events`](crate::table::Events).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Collect {
    /// How many events.
    Count,
    /// How many events have this property.
    Known(u32),
    /// The sum of a property.
    Sum(u32),
    /// The least value of a property.
    Smallest(u32),
    /// The greatest value of a property.
    Largest(u32),
    /// The earliest day.
    First,
    /// The latest day.
    Last,
    /// How many different values of a property, texts folded.
    Distinct(u32),
    /// The days, each with how many events.
    Days,
    /// What the events are worth together, each by its age.
    Worth(WorthId),
}

/// What events are worth: a place in [`Plan::worths`](super::Plan::worths).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WorthId(pub u32);

impl WorthId {
    /// The place in the plan's list.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What an event is worth by its age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Worth {
    /// The points of an event of today.
    pub points: Number,
    /// How they fade.
    pub fading: Option<Fading>,
}

/// How many of the picked events count: first the newest of each calendar period, then the newest of what is left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Limits {
    /// So many in each calendar day, week, month or year.
    pub per: Option<(u64, Unit)>,
    /// So many altogether.
    pub total: Option<u64>,
}

/// What a text is tested for. All literals but the regex are folded, sorted and each there once.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TextTest {
    /// Folded, it equals one of these.
    Is(Box<[Box<str>]>),
    /// Folded, it holds one of these.
    Contains(Box<[Box<str>]>),
    /// Folded, it holds one of these as a word.
    ContainsWord(Box<[Box<str>]>),
    /// Folded, it starts with this.
    StartsWith(Box<str>),
    /// Folded, it ends with this.
    EndsWith(Box<str>),
    /// The regex is found in it as it is.
    Matches(Regex),
}

/// A list of things, each there once.
#[derive(Clone, Debug)]
pub(super) struct Interned<T> {
    pub(super) things: Vec<T>,
    places: HashMap<T, u32>,
}

impl<T> Default for Interned<T> {
    fn default() -> Self {
        Self {
            things: Vec::new(),
            places: HashMap::new(),
        }
    }
}

impl<T: Clone + Eq + Hash> Interned<T> {
    /// The thing's place; it is added where it is new.
    pub(super) fn place(&mut self, thing: T) -> u32 {
        let next = self.things.len() as u32;
        let place = *self.places.entry(thing.clone()).or_insert(next);
        if place == next {
            self.things.push(thing);
        }
        place
    }
}
