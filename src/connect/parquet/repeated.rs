//! Columns whose rows hold several values: lists, and the events of contacts.

use parquet::schema::types::{ColumnDescriptor, Type};

use super::broken::Broken;
use super::records::{Decoded, Records};
use super::values::{Layout, Values};
use crate::connect::block::Raw;

/// A column of values that stand in lists, and the rows of it that were decoded last.
pub(super) struct Repeated {
    records: Records,
    layout: Layout,
    levels: Levels,
    values: Values,
    /// Which rows have anything at all.
    pub(super) filled: Vec<bool>,
    /// The elements, row by row.
    pub(super) elements: Vec<Element>,
}

/// From how much of an entry on something is there.
#[derive(Clone, Copy, Debug)]
struct Levels {
    /// The list.
    list: i16,
    /// An element, which may be null.
    element: i16,
    /// Its value.
    value: i16,
}

/// An element of a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element {
    /// The row.
    pub(super) row: u32,
    /// How much of it is there.
    definition: i16,
    /// The place of its value, where it has one.
    place: u32,
}

impl Repeated {
    /// A column from its first row on.
    pub(super) fn new(records: Records, column: &ColumnDescriptor, root: &Type) -> Repeated {
        let layout = Layout::of(column);
        Repeated {
            records,
            layout,
            levels: Levels {
                list: i16::from(root.is_optional()),
                element: column.repeated_ancestor_def_level(),
                value: column.max_def_level(),
            },
            values: layout.values(),
            filled: Vec::new(),
            elements: Vec::new(),
        }
    }

    /// Decodes so many of the next rows. What was decoded before is forgotten.
    pub(super) fn decode(&mut self, rows: usize) -> Result<(), Broken> {
        let decoded = self.records.read(rows)?;
        if decoded.rows < rows {
            return Err(Broken::new("it has fewer rows than the file says"));
        }
        self.values.clear();
        let read = self
            .layout
            .read_plain(&decoded.values, decoded.present, &mut self.values);
        if read.is_none() && !self.layout.is_boolean() {
            return Err(Broken::new("a page ends early"));
        }
        self.take(&decoded);
        Ok(())
    }

    /// Leaves rows out.
    pub(super) fn skip(&mut self, rows: usize) -> Result<(), Broken> {
        match self.records.skip(rows)? == rows {
            true => Ok(()),
            false => Err(Broken::new("it has fewer rows than the file says")),
        }
    }

    fn take(&mut self, decoded: &Decoded) {
        self.filled.clear();
        self.elements.clear();
        let mut place = 0;
        for at in 0..decoded.definition.len().max(decoded.repetition.len()) {
            let definition = decoded.definition.get(at).copied().unwrap_or(self.levels.value);
            if decoded.repetition.get(at).is_none_or(|level| *level == 0) {
                self.filled.push(definition >= self.levels.list);
            }
            if definition >= self.levels.element {
                self.elements.push(Element {
                    row: (self.filled.len() as u32).saturating_sub(1),
                    definition,
                    place,
                });
            }
            place += u32::from(definition >= self.levels.value);
        }
    }
}

impl Repeated {
    /// The value of an element.
    pub(super) fn raw(&self, element: usize) -> Raw<'_> {
        match self.elements.get(element) {
            Some(element) if element.definition >= self.levels.value => self.values.raw(element.place as usize),
            _ => Raw::Missing,
        }
    }

    /// Whether an element is there, be it without this value: one that may be null has a level of its own.
    pub(super) fn is_there(&self, element: usize, may_be_null: bool) -> bool {
        let least = self.levels.element + i16::from(may_be_null);
        self.elements
            .get(element)
            .is_some_and(|element| element.definition >= least)
    }
}
