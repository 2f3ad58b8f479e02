//! What stands in lists or structures: of rows, or of the events that rows hold, as the JSON that it would be.

use std::ops::Range;

use super::broken::Broken;
use super::repeated::Repeated;
use super::shape::Shape;
use crate::connect::block::Raw;

/// A column whose holders, rows or events, hold one thing each, and what was decoded of it last.
pub(super) struct Nested {
    entries: Repeated,
    shape: Shape,
    levels: Levels,
    /// The lists of all holders, as arrays of JSON, and where the one of each ends.
    arrays: String,
    ends: Vec<usize>,
}

/// How much of an entry is there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Levels {
    /// Where its holder has anything.
    pub(super) held: i16,
    /// Where that, if it is a list, has an element.
    pub(super) element: i16,
}

impl Nested {
    /// What these entries hold.
    pub(super) fn new(entries: Repeated, shape: Shape, levels: Levels) -> Nested {
        Nested {
            entries,
            shape,
            levels,
            arrays: String::new(),
            ends: Vec::new(),
        }
    }

    /// Decodes so many of the next rows. What was decoded before is forgotten.
    pub(super) fn decode(&mut self, rows: usize) -> Result<(), Broken> {
        self.entries.decode(rows)?;
        if self.shape == Shape::List {
            self.write_arrays();
        }
        Ok(())
    }

    /// Leaves rows out.
    pub(super) fn skip(&mut self, rows: usize) -> Result<(), Broken> {
        self.entries.skip(rows)
    }

    /// The row of each holder.
    pub(super) fn rows(&self) -> &[u32] {
        self.entries.rows()
    }

    /// How much is there of what a holder holds.
    pub(super) fn definition(&self, holder: usize) -> i16 {
        self.entries.definition(holder)
    }

    /// What a holder holds.
    pub(super) fn raw(&self, holder: usize) -> Raw<'_> {
        match self.shape {
            Shape::Single => self.entries.raw(self.entries.entries_of(holder).start),
            Shape::List => self.array(holder),
            Shape::Parts => match self.entries.definition(holder) {
                definition if definition < self.levels.held => Raw::Missing,
                definition if definition < self.levels.element => Raw::Array("[]"),
                _ => Raw::Other("a value of several parts"),
            },
        }
    }

    fn array(&self, holder: usize) -> Raw<'_> {
        let end_of = |holder: usize| self.ends.get(holder).copied().unwrap_or(0);
        let start = holder.checked_sub(1).map_or(0, end_of);
        match self.arrays.get(start..end_of(holder)) {
            Some(array) if !array.is_empty() => Raw::Array(array),
            _ => Raw::Missing,
        }
    }

    fn write_arrays(&mut self) {
        self.arrays.clear();
        self.ends.clear();
        for holder in 0..self.entries.rows().len() {
            if self.entries.definition(holder) >= self.levels.held {
                self.write_array(self.entries.entries_of(holder));
            }
            self.ends.push(self.arrays.len());
        }
    }

    fn write_array(&mut self, entries: Range<usize>) {
        self.arrays.push('[');
        let first = entries.start;
        for entry in entries.filter(|entry| self.entries.is_there(*entry, self.levels.element)) {
            if entry > first {
                self.arrays.push(',');
            }
            write(&self.entries.raw(entry), &mut self.arrays);
        }
        self.arrays.push(']');
    }
}

/// Writes a value as JSON; what cannot be used as an object, which no list of texts has.
fn write(value: &Raw<'_>, into: &mut String) {
    match value {
        Raw::Missing => into.push_str("null"),
        Raw::Other(_) => into.push_str("{}"),
        Raw::Literal(_) | Raw::Array(_) | Raw::Number(_) | Raw::Boolean(_) => into.push_str(&value.written()),
        Raw::Text(text) => write_text(text, into),
        Raw::Day(_) | Raw::Moment(_) | Raw::LongNumber(_) => write_text(&value.written(), into),
    }
}

fn write_text(text: &str, into: &mut String) {
    into.push_str(&serde_json::Value::from(text).to_string());
}
