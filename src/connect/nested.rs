//! Events that stand in the object of their contact, under `events`.

use super::Error;
use super::batches::Batches;
use super::cell::Habits;
use super::events::{EventColumns, EventReader, Place};
use super::intake::{Intake, Reject, RejectKind};
use super::read_json::{self, JsonRow, Keys, NoRow};
use super::row::Raw;
use crate::model::Model;

/// The key under which a contact holds its events.
pub(super) const EVENTS: &str = "events";

/// The contact that holds events.
pub(super) struct Holder<'a> {
    pub(super) id: &'a str,
    /// Its row.
    pub(super) contact: u32,
    pub(super) file: &'a str,
    pub(super) line: u64,
}

/// Reads the events of one contact after the other.
pub(super) struct NestedEvents {
    columns: EventColumns,
    keys: Keys,
    reader: EventReader,
}

impl NestedEvents {
    /// Events in objects of a file with these habits.
    pub(super) fn new(model: &Model, habits: Habits) -> Self {
        let columns = EventColumns::nested(model, habits);
        Self {
            keys: Keys::new(&columns.wanted),
            reader: EventReader::new(&columns),
            columns,
        }
    }

    /// Gives on the events that a contact holds.
    pub(super) fn take(
        &mut self,
        holder: &Holder<'_>,
        events: &Raw<'_>,
        intake: &mut Intake,
        batches: &mut Batches<'_>,
    ) -> Result<(), Error> {
        let Raw::Array(array) = events else {
            reject(intake, holder, events.written(), "not an array of events");
            return Ok(());
        };
        let columns = &self.columns;
        let mut spare = JsonRow::default();
        for element in read_json::elements(array) {
            let row = match self.keys.row(element.get(), holder.line, spare) {
                Ok(row) => row,
                Err(no_row) => {
                    refuse(no_row, holder, element.get(), intake)?;
                    spare = JsonRow::default();
                    continue;
                }
            };
            let place = Place {
                file: holder.file,
                row: &row,
                columns,
                contact: Some(holder.id),
            };
            if let Some(kind) = place.kind(None, batches, intake) {
                self.reader.add((holder.contact, kind), &place, batches, intake);
            }
            spare = row.emptied();
        }
        Ok(())
    }
}

/// An element that is no event is left out; one with a key twice nobody can read.
fn refuse(no_row: NoRow, holder: &Holder<'_>, written: &str, intake: &mut Intake) -> Result<(), Error> {
    match no_row {
        NoRow::NoObject => {
            reject(intake, holder, written, "not an event");
            Ok(())
        }
        NoRow::Repeated(column) => Err(Error::RepeatedColumn {
            file: holder.file.to_owned(),
            row: holder.line,
            column,
        }),
    }
}

fn reject(intake: &mut Intake, holder: &Holder<'_>, written: &str, reason: &str) {
    let reject = Reject {
        kind: RejectKind::BadValue,
        file: holder.file,
        row: holder.line,
        column: EVENTS,
        value: written,
        contact: Some(holder.id),
    };
    intake.reject(&reject, || reason.to_owned());
}
