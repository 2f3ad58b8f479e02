//! A file of contacts becomes [`Contacts`], the events that they hold become [`Events`](crate::table::Events).

use std::collections::HashSet;

use super::batches::Batches;
use super::cell::{Habits, Outcome, Reading};
use super::config::ContactsFile;
use super::format::{About, InputFormat};
use super::intake::{AbsentField, Intake, Reject, RejectKind, shortened};
use super::nested::{EVENTS, Holder, NestedEvents};
use super::row::{Raw, Row, TakeRows, Wanted, column_name};
use super::{Error, files, stream};
use crate::model::Model;
use crate::plan::{Operation, Plan};
use crate::suggest;
use crate::table::Contacts;

/// Reads all contacts.
pub(super) fn read(
    file: &ContactsFile,
    format: InputFormat,
    model: &Model,
    intake: &mut Intake,
    batches: &mut Batches<'_>,
) -> Result<Contacts, Error> {
    let path = file.path.as_deref().ok_or(Error::NoContacts)?;
    let name = files::display(path);
    let text = stream::open(path, file.encoding)?;
    let mut wanted = wanted(file, model);
    let nested = format.nests_events().then(|| {
        wanted.push(optional(EVENTS));
        NestedEvents::new(model, habits(file, model))
    });
    let mut take = TakeContacts {
        file: &name,
        mapping: file,
        habits: habits(file, model),
        readings: readings(file, model),
        wanted: &wanted,
        contacts: Contacts::new(model.field_types()),
        seen: vec![false; model.fields.len()],
        columns: Vec::new(),
        nested,
        intake,
        batches,
    };
    let about = About {
        file: &name,
        delimiter: file.delimiter.0,
    };
    format.read(text, about, &wanted, &mut take)?;
    take.report_absent_fields(model);
    Ok(take.contacts)
}

fn habits(file: &ContactsFile, model: &Model) -> Habits {
    Habits {
        missing: file.missing.as_slice().into(),
        decimal: file.decimal,
        zone: model.zone,
    }
}

/// The column of ids, then one for each field.
fn wanted(file: &ContactsFile, model: &Model) -> Vec<Wanted> {
    let id = Wanted {
        name: file.id.clone(),
        holds: Some("the contacts' ids"),
    };
    let fields = model.fields.iter().map(|field| optional(mapped(file, &field.name)));
    std::iter::once(id).chain(fields).collect()
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

fn readings(file: &ContactsFile, model: &Model) -> Vec<Reading> {
    let dates = |field: &str| file.dates.iter().find(|(name, _)| column_name(name) == field);
    let reading = |field: &crate::model::Field| {
        let dates = dates(&field.name).map(|(_, format)| format);
        Reading::new(&field.of, habits(file, model), dates)
    };
    model.fields.iter().map(reading).collect()
}

struct TakeContacts<'a, 'b> {
    file: &'a str,
    mapping: &'a ContactsFile,
    habits: Habits,
    readings: Vec<Reading>,
    wanted: &'a [Wanted],
    contacts: Contacts,
    /// Which fields any contact has.
    seen: Vec<bool>,
    columns: Vec<String>,
    nested: Option<NestedEvents>,
    intake: &'a mut Intake,
    batches: &'a mut Batches<'b>,
}

impl TakeRows for TakeContacts<'_, '_> {
    fn columns(&mut self, names: &[&str]) -> Result<(), Error> {
        self.columns = names.iter().map(|name| column_name(name)).collect();
        Ok(())
    }

    fn row(&mut self, row: &dyn Row) -> Result<(), Error> {
        if row.is_blank() {
            return Ok(());
        }
        let id = row.value(0);
        report_uneven(self.intake, self.file, row, self.habits.name(&id));
        let Some(id) = self.habits.name(&id) else {
            return Err(Error::ContactWithoutId {
                file: self.file.to_owned(),
                row: row.line(),
                column: self.mapping.id.clone(),
            });
        };
        let contact = self.add(id, row)?;
        self.batches.contact(id, contact);
        self.intake.contacts += 1;
        match (&mut self.nested, row.value(self.wanted.len() - 1)) {
            (None, _) | (_, Raw::Missing) => Ok(()),
            (Some(nested), events) => {
                let holder = Holder {
                    id,
                    contact,
                    file: self.file,
                    line: row.line(),
                };
                nested.take(&holder, &events, self.intake, self.batches)
            }
        }
    }
}

impl TakeContacts<'_, '_> {
    fn add(&mut self, id: &str, row: &dyn Row) -> Result<u32, Error> {
        let (readings, seen, intake) = (&mut self.readings, &mut self.seen, &mut *self.intake);
        let (file, wanted) = (self.file, self.wanted);
        let added = self.contacts.push_each(id, |field, column| {
            let Some(reading) = readings.get_mut(field) else {
                return;
            };
            let value = row.value(field + 1);
            let outcome = reading.push(&value, column);
            if let Some(seen) = seen.get_mut(field) {
                *seen |= outcome != Outcome::Missing;
            }
            if outcome == Outcome::Bad {
                let reject = Reject {
                    kind: RejectKind::BadValue,
                    file,
                    row: row.line(),
                    column: wanted.get(field + 1).map_or("", |wanted| &wanted.name),
                    value: value.written(),
                    contact: Some(id),
                };
                intake.reject(&reject, || reading.complaint());
            }
        });
        added.map_err(|first| Error::RepeatedContact {
            file: self.file.to_owned(),
            row: row.line(),
            id: shortened(id),
            first: u64::from(first) + 1,
        })
    }

    fn report_absent_fields(&mut self, model: &Model) {
        if self.contacts.is_empty() {
            return;
        }
        let read = fields_read(model);
        for (at, field) in model.fields.iter().enumerate() {
            if !read.contains(&at) || self.seen.get(at) != Some(&false) {
                continue;
            }
            let column = mapped(self.mapping, &field.name);
            let is_there = self.columns.iter().any(|name| *name == column_name(column));
            let candidates = self.columns.iter().map(String::as_str);
            let nearest = if is_there {
                None
            } else {
                suggest::nearest(column, candidates)
            };
            self.intake.absent_fields.push(AbsentField {
                field: field.name.clone(),
                column: column.to_owned(),
                file: self.file.to_owned(),
                nearest: nearest.map(str::to_owned),
            });
        }
    }
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

/// Counts a row, of a contact where it names one, with more or fewer cells than the header.
pub(super) fn report_uneven(intake: &mut Intake, file: &str, row: &dyn Row, contact: Option<&str>) {
    if let Some((cells, columns)) = row.unevenness() {
        let reject = Reject {
            kind: RejectKind::UnevenRow,
            file,
            row: row.line(),
            column: "",
            value: "",
            contact,
        };
        let of = if cells == 1 { "cell" } else { "cells" };
        intake.reject(&reject, || format!("{cells} {of} under {columns} columns"));
    }
}
