//! Which keys of an object are columns that are read. Objects of a file have the same keys in the same order, nearly
//! always: so the key that followed last time is looked for first.

use std::collections::HashMap;

use super::block::{Wanted, column_name};
use super::json_text::Json;

/// The keys that are read, and what was learned of those that are written.
#[derive(Clone, Debug)]
pub(super) struct Keys {
    names: Vec<String>,
    /// The column of each name. Of columns with one name, the first.
    columns: HashMap<String, Column>,
    /// Each column whose name an earlier one has, after that one.
    twins: Vec<(Column, Column)>,
    known: Vec<Known>,
    known_as: HashMap<Box<[u8]>, Place>,
    first: Place,
}

/// The place of a column among those that are wanted.
pub(super) type Column = usize;

/// A key as it was met, with its quotes and escapes.
#[derive(Clone, Debug)]
struct Known {
    written: Box<[u8]>,
    column: Option<Column>,
    /// The key that followed last time.
    next: Place,
}

/// The place of a key among those that are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place(usize);

/// A key that was found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// Its column, where it is read.
    pub(super) column: Option<Column>,
    /// Where its text ends.
    pub(super) end: usize,
    /// For the search of the next one.
    pub(super) place: Option<Place>,
}

/// The most keys that are remembered, and the longest: more is a file whose keys are data.
const MOST_KNOWN: usize = 4_096;
const LONGEST_KNOWN: usize = 256;

impl Keys {
    /// The keys of the columns that are wanted.
    pub(super) fn new(wanted: &[Wanted]) -> Self {
        let names: Vec<String> = wanted.iter().map(|wanted| column_name(&wanted.name)).collect();
        let mut columns = HashMap::new();
        let mut twins = Vec::new();
        for (column, name) in names.iter().enumerate() {
            let first = *columns.entry(name.clone()).or_insert(column);
            if first != column {
                twins.push((first, column));
            }
        }
        Self {
            names,
            columns,
            twins,
            known: Vec::new(),
            known_as: HashMap::new(),
            first: Place::default(),
        }
    }

    /// How many columns there are.
    #[inline]
    pub(super) fn width(&self) -> usize {
        self.names.len()
    }

    /// The name of a column.
    pub(super) fn name(&self, column: Column) -> &str {
        self.names.get(column).map_or("", String::as_str)
    }

    /// The first column of the same name.
    pub(super) fn first_of(&self, column: Column) -> Column {
        let twin = self.twins.iter().find(|(_, twin)| *twin == column);
        twin.map_or(column, |(first, _)| *first)
    }

    /// The columns that have the name of an earlier one, each after that one.
    pub(super) fn twins(&self) -> &[(Column, Column)] {
        &self.twins
    }

    /// The key that begins here, after the one at `before`; `None` where there is none.
    #[inline]
    pub(super) fn find(&mut self, json: Json<'_>, start: usize, before: Option<Place>) -> Option<Found> {
        let place = match before.and_then(|before| self.known.get(before.0)) {
            Some(before) => before.next,
            None => self.first,
        };
        if let Some(known) = self.known.get(place.0)
            && json.continues(start, &known.written)
        {
            return Some(Found {
                column: known.column,
                end: start + known.written.len(),
                place: Some(place),
            });
        }
        self.look_up(json, start, before)
    }

    fn look_up(&mut self, json: Json<'_>, start: usize, before: Option<Place>) -> Option<Found> {
        let end = json.key(start)?;
        let written = json.slice(start, end);
        let place = match self.known_as.get(written.as_bytes()) {
            Some(place) => *place,
            None => {
                let column = self.column(written)?;
                if self.known.len() == MOST_KNOWN || written.len() > LONGEST_KNOWN {
                    return Some(Found {
                        column,
                        end,
                        place: None,
                    });
                }
                self.learn(written, column)
            }
        };
        match before {
            Some(before) => self.known.get_mut(before.0)?.next = place,
            None => self.first = place,
        }
        let column = self.known.get(place.0)?.column;
        let place = Some(place);
        Some(Found { column, end, place })
    }

    /// The column of a key; `None` where the key has half a character, which nobody can read.
    fn column(&self, written: &str) -> Option<Option<Column>> {
        let key: String = serde_json::from_str(written).ok()?;
        Some(self.columns.get(&column_name(&key)).copied())
    }

    fn learn(&mut self, written: &str, column: Option<Column>) -> Place {
        let place = Place(self.known.len());
        self.known.push(Known {
            written: written.as_bytes().into(),
            column,
            next: Place::default(),
        });
        self.known_as.insert(written.as_bytes().into(), place);
        place
    }
}
