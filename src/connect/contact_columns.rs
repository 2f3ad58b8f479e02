//! Which columns of a file of contacts hold what, and which fields none holds.

use std::collections::HashSet;

use super::block::{Wanted, column_name};
use super::cell::{Habits, Reading};
use super::config::ContactsFile;
use super::intake::AbsentField;
use crate::model::Model;
use crate::plan::{Operation, Plan};
use crate::suggest;

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
    Habits {
        missing: file.missing.as_slice().into(),
        decimal: file.decimal,
        zone: model.zone,
    }
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
    let dates = |field: &str| file.dates.iter().find(|(name, _)| column_name(name) == field);
    let reading = |field: &crate::model::Field| {
        let dates = dates(&field.name).map(|(_, format)| format);
        Reading::new(&field.of, habits(file, model), dates)
    };
    model.fields.iter().map(reading).collect()
}

/// The fields that scores depend on and no contact has.
pub(super) fn absent_fields(
    file: &ContactsFile,
    name: &str,
    model: &Model,
    seen: &[bool],
    columns: &[String],
) -> Vec<AbsentField> {
    let columns: Vec<String> = columns.iter().map(|name| column_name(name)).collect();
    let read = fields_read(model);
    let fields = model.fields.iter().zip(seen).enumerate();
    let absent = fields.filter(|(at, (_, seen))| !**seen && read.contains(at));
    absent
        .map(|(_, (field, _))| {
            let column = mapped(file, &field.name);
            let is_there = columns.iter().any(|name| *name == column_name(column));
            let nearest = match is_there {
                true => None,
                false => suggest::nearest(column, columns.iter().map(String::as_str)),
            };
            AbsentField {
                field: field.name.clone(),
                column: column.to_owned(),
                file: name.to_owned(),
                nearest: nearest.map(str::to_owned),
            }
        })
        .collect()
}

/// The places of the fields that scores depend on.
fn fields_read(model: &Model) -> HashSet<usize> {
    let plan = Plan::new(model);
    let nodes = plan.steps.iter().filter_map(|step| plan.node(*step));
    let columns = nodes.filter_map(|node| match node.operation {
        Operation::Column(column) => Some(column as usize),
        _ => None,
    });
    columns.collect()
}
