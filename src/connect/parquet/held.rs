//! The events that contacts hold in a column of structures.

use super::broken::Broken;
use super::nested::Nested;
use crate::connect::block::{Block, Fault, Held, NoEvents, Raw};

/// The elements of the lists of the rows that were decoded last, which should be events.
pub(super) struct HeldEvents {
    /// A column of which only the places are read, where no other is wanted.
    places: Option<Nested>,
    elements: ElementsAre,
    events: Events,
    holders: Vec<u32>,
    faults: Vec<Fault>,
}

/// What the elements are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ElementsAre {
    /// Structures: an event each of which so much is there, any other being null.
    Structures(i16),
    /// No structures, and so no events.
    Others,
}

/// The events, by what is wanted of them.
pub(in crate::connect) struct Events {
    columns: Vec<Option<Nested>>,
    /// The place of each event among the elements.
    elements: Vec<u32>,
    /// The number of each event's row in the file.
    lines: Vec<u64>,
}

impl HeldEvents {
    /// The events in these columns; `places` is any of the list, where none of them is there.
    pub(super) fn new(places: Option<Nested>, elements: ElementsAre, columns: Vec<Option<Nested>>) -> HeldEvents {
        HeldEvents {
            places,
            elements,
            events: Events {
                columns,
                elements: Vec::new(),
                lines: Vec::new(),
            },
            holders: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// Decodes the events of so many of the next rows, of which the first has a number in the file. What was decoded
    /// before is forgotten.
    pub(super) fn decode(&mut self, rows: usize, first_line: u64) -> Result<(), Broken> {
        let Events {
            columns,
            elements,
            lines,
        } = &mut self.events;
        for column in self.places.iter_mut().chain(columns.iter_mut().flatten()) {
            column.decode(rows)?;
        }
        let mut columns = self.places.iter().chain(columns.iter().flatten());
        let Some(places) = columns.next() else { return Ok(()) };
        if columns.any(|column| column.rows() != places.rows()) {
            return Err(Broken::new("an event has more of one column than of another"));
        }
        elements.clear();
        lines.clear();
        self.holders.clear();
        self.faults.clear();
        for (element, row) in places.rows().iter().enumerate() {
            match self.elements {
                ElementsAre::Structures(least) if places.definition(element) >= least => {
                    elements.push(element as u32);
                    lines.push(first_line + u64::from(*row));
                    self.holders.push(*row);
                }
                ElementsAre::Structures(_) | ElementsAre::Others => {
                    self.faults.push(no_event(*row, &places.raw(element)));
                }
            }
        }
        Ok(())
    }

    /// Leaves rows out.
    pub(super) fn skip(&mut self, rows: usize) -> Result<(), Broken> {
        let columns = self.events.columns.iter_mut().flatten();
        let mut columns = self.places.iter_mut().chain(columns);
        columns.try_for_each(|column| column.skip(rows))
    }

    /// The events and who holds them.
    pub(super) fn held(&self) -> Held<'_, Events> {
        Held {
            events: &self.events,
            holders: &self.holders,
            faults: &self.faults,
        }
    }
}

fn no_event(row: u32, element: &Raw<'_>) -> Fault {
    let written = match element {
        Raw::Missing => "null".to_owned(),
        element => element.written().into_owned(),
    };
    Fault { holder: row, written }
}

impl Block for Events {
    type Events = NoEvents;

    fn rows(&self) -> usize {
        self.elements.len()
    }

    fn value(&self, row: usize, wanted: usize) -> Raw<'_> {
        match (self.columns.get(wanted), self.elements.get(row)) {
            (Some(Some(column)), Some(element)) => column.raw(*element as usize),
            _ => Raw::Missing,
        }
    }

    fn line(&self, row: usize) -> u64 {
        self.lines.get(row).copied().unwrap_or(0)
    }
}
