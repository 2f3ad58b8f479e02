//! Which columns of a file of contacts hold what, and which fields none holds.

use super::absent::{AbsentColumn, RowKind};
use super::block::{Wanted, column_name};
use super::cell::Reading;
use super::config::ContactsFile;
use super::dates::dates_of;
use super::habits::Habits;
use crate::model::{Field, Model};

/// The column of ids stands before those of the fields.
pub(super) const ID: usize = 0;

/// The name of the column in which contacts hold their events.
pub(super) const EVENTS: &str = "events";

/// The place of that column: behind those of the fields.
pub(super) fn events_column(model: &Model) -> usize {
    model.fields.len() + 1
}

/// What the columns of a file have in common.
pub(super) fn habits(file: &ContactsFile, model: &Model) -> Habits {
    Habits::new(&file.missing, file.decimal, model)
}

/// The column of ids, then one for each field, then the one of events.
pub(super) fn wanted(file: &ContactsFile, model: &Model) -> Vec<Wanted> {
    let id = Wanted {
        name: file.id.clone(),
        holds: Some("the contacts' ids"),
    };
    let fields = model.fields.iter().map(|field| optional(mapped(file, &field.name)));
    std::iter::once(id).chain(fields).chain([optional(EVENTS)]).collect()
}

fn mapped<'a>(file: &'a ContactsFile, field: &'a str) -> &'a str {
    let mapping = file.fields.iter().find(|(name, _)| column_name(name) == field);
    mapping.map_or(field, |(_, column)| column)
}

fn optional(name: &str) -> Wanted {
    Wanted {
        name: name.to_owned(),
        holds: None,
    }
}

/// How the values of each field are read.
pub(super) fn readings(file: &ContactsFile, model: &Model) -> Vec<Reading> {
    let reading = |field: &Field| Reading::new(&field.of, habits(file, model), dates_of(&file.dates, &field.name));
    model.fields.iter().map(reading).collect()
}

/// The fields that scores depend on and no contact has. `seen` tells of each field whether any has it.
pub(super) fn absent_fields<'a>(
    file: &'a ContactsFile,
    name: &'a str,
    read: impl Iterator<Item = (&'a Field, bool)> + 'a,
    columns: &'a [String],
) -> impl Iterator<Item = AbsentColumn> + 'a {
    let absent = read.filter(|(_, seen)| !seen);
    absent.map(|(field, _)| AbsentColumn::new(RowKind::Contact, &field.name, mapped(file, &field.name), name, columns))
}
