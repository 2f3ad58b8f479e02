//! Events are given on in batches, so that memory does not grow with their number.

use crate::calendar::Day;
use crate::model::{EventId, Model};
use crate::table::{Column, Events, Texts};
use crate::text::canonical_name;

/// How many events are given on at once.
const BATCH: usize = 64 * 1024;

/// The most bytes that a dictionary may keep from one batch to the next.
const MOST_DICTIONARY_BYTES: usize = 16 * 1024 * 1024;

/// A kind of event that the rules count: its place among the names that were met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind(u32);

/// An event, but for its properties.
pub(super) struct NewEvent {
    pub(super) contact: u32,
    pub(super) kind: Kind,
    pub(super) day: Day,
}

/// Gathers events, and gives them on.
pub(super) struct Batches<'a> {
    model: &'a Model,
    events: Events,
    /// The names as they are written in the data, and what each of them is.
    written: Texts,
    met: Vec<Met>,
    /// For each event of the model, which properties it has.
    has: Vec<Vec<bool>>,
    /// The one contact whose events are wanted, where not all are.
    only: Option<Only>,
    give: &'a mut dyn FnMut(&Events),
}

/// A contact by its id, and its row once that is known.
struct Only {
    id: String,
    row: Option<u32>,
}

/// What a name as the data write it is.
struct Met {
    /// Its code in the vocabulary, where it is in Unicode NFC.
    code: u32,
    event: Option<EventId>,
}

impl<'a> Batches<'a> {
    /// Batches of events for a model.
    pub(super) fn new(model: &'a Model, give: &'a mut dyn FnMut(&Events)) -> Self {
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
            events: Events::new(model.property_types()),
            written: Texts::default(),
            met: Vec::new(),
            has: model.events.iter().map(has).collect(),
            only: None,
            give,
        }
    }

    /// One batch of the events of one contact.
    pub(super) fn of_one(model: &'a Model, id: &str, give: &'a mut dyn FnMut(&Events)) -> Self {
        let only = Only {
            id: id.to_owned(),
            row: None,
        };
        Self {
            only: Some(only),
            ..Self::new(model, give)
        }
    }

    /// Learns the row of a contact, whose events come later.
    pub(super) fn contact(&mut self, id: &str, row: u32) {
        if let Some(only) = self.only.as_mut().filter(|only| only.id == id) {
            only.row = Some(row);
        }
    }

    /// The model whose events these are.
    pub(super) fn model(&self) -> &'a Model {
        self.model
    }

    /// What a name as the data write it is; `None` where events are declared, and this one isn't.
    pub(super) fn kind(&mut self, written: &str) -> Option<Kind> {
        let code = match self.written.find(written) {
            Some(code) => code,
            None => self.meet(written),
        };
        let event = self.met.get(code as usize)?.event;
        (event.is_some() || !self.model.events_are_declared).then_some(Kind(code))
    }

    fn meet(&mut self, written: &str) -> u32 {
        let name = canonical_name(written);
        self.met.push(Met {
            code: self.events.name_code(&name),
            event: self.model.event(&name),
        });
        self.written.code(written)
    }

    /// Adds an event. `fill` is given the place of each property that it may have, and the property's column.
    pub(super) fn add(&mut self, event: NewEvent, mut fill: impl FnMut(usize, &mut Column)) {
        if self.only.as_ref().is_some_and(|only| only.row != Some(event.contact)) {
            return;
        }
        let Some(met) = self.met.get(event.kind.0 as usize) else {
            return;
        };
        let has = met.event.and_then(|event| self.has.get(event.index()));
        self.events
            .push_each(event.contact, met.code, event.day, |property, column| {
                if has.is_none_or(|has| has.get(property) == Some(&true)) {
                    fill(property, column);
                }
            });
        if self.events.len() >= BATCH && self.only.is_none() {
            self.finish();
        }
    }

    /// Gives on what is left.
    pub(super) fn finish(&mut self) {
        if !self.events.is_empty() {
            (self.give)(&self.events);
            self.events.clear(MOST_DICTIONARY_BYTES);
        }
    }
}
