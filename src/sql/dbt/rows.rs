//! A test of the rules as rows: what stands in each table that is read, and what comes of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::analyze::{self, Example};
use crate::model::{Given, GivenEvents, Model, Test};
use crate::plan::{Holds, Plan, ResultColumn};
use crate::score::{ResultCell, score};

use super::super::tables::{ColumnType, ContactsTable, EventName, EventsTable, Tables};
use super::WhyLeftOut;
use super::cells::{Cells, Row, exact};
use super::yaml::Yaml;

/// The contact of a test that names no id.
const ID: &str = "1";

/// More rows are more than engines take in one query.
const MOST_ROWS: u64 = 1_000;

/// Tables of which the columns that are read are known, the contacts first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stored<'a> {
    pub(super) model: &'a Model,
    pub(super) plan: &'a Plan,
    pub(super) tables: &'a Tables,
    pub(super) columns: &'a [BTreeSet<String>],
}

impl<'a> Stored<'a> {
    /// What a test gives, as rows of each table, the contacts first.
    pub(super) fn given(self, test: &Test) -> Result<Vec<Vec<Row>>, WhyLeftOut> {
        let rows: u64 = test.events.iter().map(|given| given.count).sum();
        if rows > MOST_ROWS {
            return Err(WhyLeftOut::Rows(rows));
        }
        let id = self.id(test)?;
        let mut all = vec![vec![self.contact(test, &id)?]];
        all.resize(self.columns.len(), Vec::new());
        for given in &test.events {
            let place = self.table_of(given)?;
            let Some(rows) = all.get_mut(place + 1) else { continue };
            for _ in 0..given.count {
                let number = rows.len() as i64 + 1;
                rows.push(self.event(given, place, (&id, number))?);
            }
        }
        Ok(all)
    }

    /// What the engine makes of it: a row of the result.
    pub(super) fn expected(self, test: &Test) -> Result<Row, WhyLeftOut> {
        let example = Example {
            as_of: test.as_of,
            fields: test.fields.clone(),
            events: test.events.clone(),
        };
        let (contacts, events) = analyze::tables(self.model, [&example]);
        let scores = score(self.plan, test.as_of, &contacts, [&events]);
        let id = self.id(test)?;
        let cell = |(at, column): (usize, &ResultColumn)| {
            let cell = match (&column.holds, scores.cell(&contacts, at, 0)) {
                (Holds::Id, _) => Yaml::text(&id),
                (_, ResultCell::Number(number)) => exact(number),
                (_, ResultCell::Text(text)) => Yaml::text(text),
                (_, ResultCell::Missing) => Yaml::Null,
            };
            (column.name.clone(), cell)
        };
        Ok(scores.columns().iter().enumerate().map(cell).collect())
    }

    /// The contact's id: that of a field which stands in the column of ids, where there is one.
    fn id(self, test: &Test) -> Result<String, WhyLeftOut> {
        let table = &self.tables.contacts;
        let of_id = self
            .model
            .fields
            .iter()
            .zip(0..)
            .find(|(field, id)| self.plan.reads.fields.contains(id) && stored_as(table, &field.name) == table.id);
        let Some((_, field)) = of_id else {
            return Ok(ID.to_owned());
        };
        match test.fields.iter().find(|(id, _)| id.0 == field) {
            Some((_, Given::Text(text))) => Ok(text.clone()),
            _ => Err(WhyLeftOut::Value(table.id.clone())),
        }
    }

    fn contact(self, test: &Test, id: &str) -> Result<Row, WhyLeftOut> {
        let table = &self.tables.contacts;
        let mut row = self.row(0, &table.types, &table.missing);
        row.put(&table.id, Yaml::text(id))?;
        let read = self
            .model
            .fields
            .iter()
            .zip(0..)
            .filter(|(_, id)| self.plan.reads.fields.contains(id));
        for (field, place) in read {
            let given = test.fields.iter().find(|(id, _)| id.0 == place).map(|(_, given)| given);
            row.put_given(stored_as(table, &field.name), given)?;
        }
        Ok(row.finish())
    }

    /// The table that can hold events of a name: one of these alone before one of several.
    fn table_of(self, given: &GivenEvents) -> Result<usize, WhyLeftOut> {
        let tables = || self.tables.events.iter();
        let fixed = |table: &EventsTable| matches!(&table.event, EventName::Fixed(name) if *name == given.name);
        let any = |table: &EventsTable| matches!(table.event, EventName::Column(_));
        let place = tables().position(fixed).or_else(|| tables().position(any));
        place.ok_or_else(|| WhyLeftOut::NoTable(given.name.clone()))
    }

    fn event(self, given: &GivenEvents, place: usize, (contact, number): (&str, i64)) -> Result<Row, WhyLeftOut> {
        let Some(table) = self.tables.events.get(place) else {
            return Ok(Row::new());
        };
        let mut row = self.row(place + 1, &table.types, &table.missing);
        row.put(&table.contact, Yaml::text(contact))?;
        if let EventName::Column(column) = &table.event {
            row.put(column, Yaml::text(&given.name))?;
        }
        row.put_day(&table.at, given.day)?;
        if let Some(id) = &table.id {
            row.put(id, Yaml::Whole(number))?;
        }
        for (property, value) in &given.properties {
            if let Some(property) = self.model.properties.get(property.index()) {
                if !table.has(&property.name) {
                    return Err(WhyLeftOut::Value(property.name.clone()));
                }
                row.put_given(&property.name, Some(value))?;
            }
        }
        Ok(row.finish())
    }

    fn row(self, place: usize, types: &'a BTreeMap<String, ColumnType>, missing: &'a [String]) -> Cells<'a> {
        Cells::new(self.columns.get(place), types, missing, self.model.zone)
    }
}

fn stored_as<'a>(table: &'a ContactsTable, field: &'a str) -> &'a str {
    table.fields.get(field).map_or(field, String::as_str)
}
