//! Kinds of events: what a name as the data write it is to the rules.

use crate::model::{EventId, Model};
use crate::table::{Events, Texts};
use crate::text::canonical_name;

/// The names that were met, each once.
pub(super) struct Kinds<'a> {
    model: &'a Model,
    /// The names as they are written in the data.
    written: Texts,
    met: Vec<Met>,
    /// For each event of the model, which properties it has.
    has: Vec<Vec<bool>>,
}

/// A kind of event: a place among the names that were met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Kind(pub(super) u32);

impl Kind {
    /// No kind: an event without a name.
    pub(super) const NONE: Kind = Kind(u32::MAX);
}

/// What a name is.
struct Met {
    /// Its code in the vocabulary, where it is in Unicode NFC.
    code: u32,
    event: Option<EventId>,
    /// Whether the rules count it.
    counts: bool,
}

impl<'a> Kinds<'a> {
    /// No name was met yet.
    pub(super) fn new(model: &'a Model) -> Self {
        let has = |event: &crate::model::Event| {
            let mut has = vec![!model.events_are_declared; model.properties.len()];
            for property in event.properties.iter() {
                if let Some(has) = has.get_mut(property.index()) {
                    *has = true;
                }
            }
            has
        };
        Self {
            model,
            written: Texts::default(),
            met: Vec::new(),
            has: model.events.iter().map(has).collect(),
        }
    }

    /// The kind of a name as the data write it; `events` learns the name.
    pub(super) fn of(&mut self, written: &str, events: &mut Events) -> Kind {
        let code = self.written.code(written);
        if code as usize == self.met.len() {
            self.meet(written, events);
        }
        Kind(code)
    }

    fn meet(&mut self, written: &str, events: &mut Events) {
        let name = canonical_name(written);
        let event = self.model.event(&name);
        let counts = event.is_some() || !self.model.events_are_declared;
        self.met.push(Met {
            // Of names that do not count there may be any number.
            code: if counts { events.name_code(&name) } else { u32::MAX },
            event,
            counts,
        });
    }

    /// Forgets all names: other events will learn them.
    pub(super) fn forget(&mut self) {
        self.written.clear();
        self.met.clear();
    }

    /// How many bytes the names take.
    pub(super) fn bytes(&self) -> usize {
        self.written.bytes()
    }

    /// How many kinds were met.
    pub(super) fn len(&self) -> usize {
        self.met.len()
    }

    /// The event of the model that a kind is; `None` for any other.
    pub(super) fn event(&self, kind: Kind) -> Option<EventId> {
        self.met(kind)?.event
    }

    /// Whether the rules count all kinds that were met.
    pub(super) fn all_count(&self) -> bool {
        self.met.iter().all(|met| met.counts)
    }

    /// Whether the rules count a kind: they declare it, or declare none.
    pub(super) fn count(&self, kind: Kind) -> bool {
        self.met(kind).is_some_and(|met| met.counts)
    }

    /// The name of a kind as the data write it.
    pub(super) fn written(&self, kind: Kind) -> &str {
        self.written.text(kind.0)
    }

    /// The code of a kind's name in the vocabulary of the events.
    pub(super) fn code(&self, kind: Kind) -> u32 {
        self.met(kind).map_or(u32::MAX, |met| met.code)
    }

    /// For each kind, whether it has a property.
    pub(super) fn having(&self, property: usize) -> Vec<bool> {
        let has = |met: &Met| {
            let event = met.event.and_then(|event| self.has.get(event.index()));
            event.is_none_or(|has| has.get(property) == Some(&true))
        };
        self.met.iter().map(has).collect()
    }

    fn met(&self, kind: Kind) -> Option<&Met> {
        self.met.get(kind.0 as usize)
    }
}
