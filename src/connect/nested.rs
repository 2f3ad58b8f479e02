//! Events that stand in the object of their contact, under `events`.

use super::Error;
use super::batches::Batches;
use super::cell::Habits;
use super::events::{EventColumns, EventReader, Place};
use super::intake::{Intake, Reject, RejectKind};
use super::read_json;
use super::row::Raw;
use crate::model::Model;

/// The key under which a contact holds its events.
pub(super) const EVENTS: &str = "events";

/// Reads the events of one contact after the other.
pub(super) struct NestedEvents {
    columns: EventColumns,
    reader: EventReader,
}

impl NestedEvents {
    /// Events in objects of a file with these habits.
    pub(super) fn new(model: &Model, habits: Habits) -> Self {
        let columns = EventColumns::nested(model, habits);
        let reader = EventReader::new(&columns);
        Self { columns, reader }
    }

    /// Gives on the events that a contact holds.
    pub(super) fn take(
        &mut self,
        contact: u32,
        events: &Raw<'_>,
        (file, line): (&str, u64),
        intake: &mut Intake,
        batches: &mut Batches<'_>,
    ) -> Result<(), Error> {
        let reject = |intake: &mut Intake, value: &str, reason: &str| {
            let reject = Reject {
                kind: RejectKind::BadValue,
                file,
                row: line,
                column: EVENTS,
                value,
            };
            intake.reject(&reject, || reason.to_owned());
        };
        let Raw::Array(array) = events else {
            reject(intake, events.written(), "not an array of events");
            return Ok(());
        };
        let (columns, reader) = (&self.columns, &mut self.reader);
        read_json::read_nested(array, (file, line), &columns.wanted, &mut |row, written| {
            let Some(row) = row else {
                reject(intake, written, "not an event");
                return Ok(());
            };
            let place = Place { file, row, columns };
            if let Some(kind) = place.kind(None, batches, intake) {
                reader.add((contact, kind), &place, batches, intake);
            }
            Ok(())
        })
    }
}
