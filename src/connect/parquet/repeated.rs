//! Columns with several entries a row, by whom they belong to: the rows, or the events that rows hold.

use std::ops::Range;

use parquet::schema::types::ColumnDescriptor;

use super::broken::Broken;
use super::records::{Decoded, Records};
use super::values::{Layout, Values};
use crate::connect::block::Raw;

/// A column of entries, and those of the rows that were decoded last.
pub(super) struct Repeated {
    records: Records,
    layout: Layout,
    holders: Holders,
    /// From how much of an entry on its value is there.
    value: i16,
    values: Values,
    /// The row of each holder.
    rows: Vec<u32>,
    /// The first entry of each holder, which has one at least.
    starts: Vec<u32>,
    entries: Vec<Entry>,
}

/// Whose entries are told apart.
#[derive(Clone, Copy, Debug)]
pub(super) enum Holders {
    /// The rows.
    Rows,
    /// The elements of the list that a row is.
    Elements {
        /// How much of an entry is there where it belongs to one.
        least: i16,
    },
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    /// How much of it is there.
    definition: i16,
    /// The place of its value, where it has one.
    place: u32,
}

impl Repeated {
    /// A column from its first row on.
    pub(super) fn new(records: Records, column: &ColumnDescriptor, holders: Holders) -> Repeated {
        let layout = Layout::of(column);
        Repeated {
            records,
            layout,
            holders,
            value: column.max_def_level(),
            values: layout.values(),
            rows: Vec::new(),
            starts: Vec::new(),
            entries: Vec::new(),
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
        read.ok_or(Broken::new("a page ends early"))?;
        self.take(&decoded);
        match self.holders {
            Holders::Rows if self.rows.len() != rows => Err(Broken::new("its rows begin where none should")),
            Holders::Rows | Holders::Elements { .. } => Ok(()),
        }
    }

    /// Leaves rows out.
    pub(super) fn skip(&mut self, rows: usize) -> Result<(), Broken> {
        match self.records.skip(rows)? == rows {
            true => Ok(()),
            false => Err(Broken::new("it has fewer rows than the file says")),
        }
    }

    fn take(&mut self, decoded: &Decoded) {
        self.rows.clear();
        self.starts.clear();
        self.entries.clear();
        let (depth, least) = match self.holders {
            Holders::Rows => (0, 0),
            Holders::Elements { least } => (1, least),
        };
        let (mut rows, mut place) = (0u32, 0);
        for at in 0..decoded.entries() {
            // Where there is nothing to tell apart, no levels are written.
            let definition = decoded.definition.get(at).copied().unwrap_or(self.value);
            let repetition = decoded.repetition.get(at).copied().unwrap_or(0);
            rows += u32::from(repetition == 0);
            if definition >= least {
                if repetition <= depth || self.starts.is_empty() {
                    self.rows.push(rows.saturating_sub(1));
                    self.starts.push(self.entries.len() as u32);
                }
                self.entries.push(Entry { definition, place });
            }
            place += u32::from(definition >= self.value);
        }
    }

    /// The row of each holder, in their order.
    pub(super) fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// The entries of a holder; none for one that there is not.
    pub(super) fn entries_of(&self, holder: usize) -> Range<usize> {
        let Some(start) = self.starts.get(holder) else {
            return 0..0;
        };
        let end = self.starts.get(holder + 1);
        *start as usize..end.map_or(self.entries.len(), |end| *end as usize)
    }

    /// How much is there of the first entry of a holder.
    pub(super) fn definition(&self, holder: usize) -> i16 {
        let entry = self.entries.get(self.entries_of(holder).start);
        entry.map_or(0, |entry| entry.definition)
    }

    /// Whether so much of an entry is there.
    pub(super) fn is_there(&self, entry: usize, least: i16) -> bool {
        self.entries.get(entry).is_some_and(|entry| entry.definition >= least)
    }

    /// The value of an entry.
    pub(super) fn raw(&self, entry: usize) -> Raw<'_> {
        match self.entries.get(entry) {
            Some(entry) if entry.definition >= self.value => self.values.raw(entry.place as usize),
            _ => Raw::Missing,
        }
    }
}
