//! Events that stand in the objects of their contacts.

use super::block::{Fault, Held, Wanted};
use super::json_keys::Column;
use super::json_rows::{Objects, Rows};
use super::json_text::Json;

/// Takes the events of contacts apart.
#[derive(Clone, Debug)]
pub(super) struct HeldEvents {
    objects: Objects,
    /// The row of the contact that holds each of them.
    holders: Vec<u32>,
    faults: Vec<Fault>,
    repeated: Option<Column>,
}

/// The contact whose events are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Holder {
    pub(super) row: usize,
    pub(super) line: u64,
}

/// How many events and faults there were at some moment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    events: usize,
    faults: usize,
}

impl HeldEvents {
    /// Events of which these columns are wanted.
    pub(super) fn new(wanted: &[Wanted]) -> Self {
        Self {
            objects: Objects::new(wanted),
            holders: Vec::new(),
            faults: Vec::new(),
            repeated: None,
        }
    }

    /// Forgets all of them.
    pub(super) fn clear(&mut self) {
        self.forget_since(Mark { events: 0, faults: 0 });
    }

    /// How many there are.
    pub(super) fn mark(&self) -> Mark {
        Mark {
            events: self.holders.len(),
            faults: self.faults.len(),
        }
    }

    /// Forgets those that were added since.
    pub(super) fn forget_since(&mut self, mark: Mark) {
        self.objects.truncate(mark.events);
        self.holders.truncate(mark.events);
        self.faults.truncate(mark.faults);
        self.repeated = None;
    }

    /// The name of a column that one of the events has twice, which nobody can read.
    pub(super) fn repeated(&self) -> Option<&str> {
        self.repeated.map(|column| self.objects.name(column))
    }

    /// The events as rows of the text that was taken apart.
    pub(super) fn rows<'a>(&'a self, json: Json<'a>) -> Rows<'a> {
        let objects = &self.objects;
        Rows { json, objects }
    }

    /// Which contacts hold these rows, and what is none of them.
    pub(super) fn held<'a, 't>(&'a self, events: &'a Rows<'t>) -> Held<'a, Rows<'t>> {
        Held {
            events,
            holders: &self.holders,
            faults: &self.faults,
        }
    }

    /// Adds the events of the array that begins here; where it ends, if it is one.
    pub(super) fn add(&mut self, json: Json<'_>, start: usize, holder: Holder) -> Option<usize> {
        let mut place = json.visible(start + 1);
        if json.at(place) == b']' {
            return Some(place + 1);
        }
        loop {
            place = json.visible(self.element(json, place, holder)?);
            match json.at(place) {
                b',' => place = json.visible(place + 1),
                b']' => return Some(place + 1),
                _ => return None,
            }
        }
    }

    fn element(&mut self, json: Json<'_>, start: usize, holder: Holder) -> Option<usize> {
        match self.objects.add(json, start, holder.line, |_| None) {
            Some(object) => {
                self.holders.push(holder.row as u32);
                self.repeated = self.repeated.or(object.repeated);
                Some(object.end)
            }
            None => {
                let end = json.value(start)?.end;
                self.faults.push(Fault {
                    holder: holder.row as u32,
                    written: json.slice(start, end).to_owned(),
                });
                Some(end)
            }
        }
    }
}
