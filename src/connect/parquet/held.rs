//! The events that contacts hold in a column of structures.

use super::broken::Broken;
use super::repeated::Repeated;
use crate::connect::block::{Block, Fault, Held, NoEvents, Raw};

/// The events of the rows that were decoded last.
pub(super) struct HeldEvents {
    /// A column that every event has a place in.
    places: Repeated,
    /// Whether an event may be null.
    may_be_null: bool,
    events: Events,
    holders: Vec<u32>,
    faults: Vec<Fault>,
}

/// The events, by what is wanted of them.
pub(in crate::connect) struct Events {
    columns: Vec<Option<Repeated>>,
    /// The place of each event among the elements.
    elements: Vec<u32>,
    /// The number of each event's row in the file.
    lines: Vec<u64>,
}

impl HeldEvents {
    /// The events in these columns.
    pub(super) fn new(places: Repeated, may_be_null: bool, columns: Vec<Option<Repeated>>) -> HeldEvents {
        HeldEvents {
            places,
            may_be_null,
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
        self.places.decode(rows)?;
        for column in self.events.columns.iter_mut().flatten() {
            column.decode(rows)?;
            if column.elements.len() != self.places.elements.len() {
                return Err(Broken::new("an event has more of one column than of another"));
            }
        }
        let Events { elements, lines, .. } = &mut self.events;
        elements.clear();
        lines.clear();
        self.holders.clear();
        self.faults.clear();
        for (at, element) in self.places.elements.iter().enumerate() {
            if self.places.is_there(at, self.may_be_null) {
                elements.push(at as u32);
                lines.push(first_line + u64::from(element.row));
                self.holders.push(element.row);
            } else {
                self.faults.push(Fault {
                    holder: element.row,
                    written: "null".to_owned(),
                    reason: "not an event",
                });
            }
        }
        Ok(())
    }

    /// Leaves rows out.
    pub(super) fn skip(&mut self, rows: usize) -> Result<(), Broken> {
        self.places.skip(rows)?;
        let mut columns = self.events.columns.iter_mut().flatten();
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
