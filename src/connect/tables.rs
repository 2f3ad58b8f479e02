//! Tables of a database in place of files: what `leadscore.toml` and the command line say of them.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Error;
use super::config::{Config, EventsFile};
use super::dates::DateFormat;
use crate::sql::{self, ContactsTable, EventsTable, Table, Tables};

/// The name of a table.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "String")]
pub struct TableName(pub(super) Table);

impl TryFrom<String> for TableName {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let answer = "write a table as \"contacts\" or \"crm.contacts\", parts that hold points in double quotes";
        Table::named(&text)
            .map(Self)
            .ok_or_else(|| format!("no name of a table: {text:?}; {answer}"))
    }
}

/// What is known of a column of a table: a value of `types` in `leadscore.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct ColumnType(sql::ColumnType);

impl TryFrom<String> for ColumnType {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match text.as_str() {
            "integer" => Ok(Self(sql::ColumnType::Integer)),
            "decimal" => Ok(Self(sql::ColumnType::Decimal)),
            "timestamptz" => Ok(Self(sql::ColumnType::Instant)),
            _ => Err(format!(
                "a type is \"integer\", \"decimal\" (up to four places) or \"timestamptz\" (moments with their time zone), \
                 not {text:?}"
            )),
        }
    }
}

impl Config {
    /// The tables that it names, or the command line in their place: `contacts` and `events` where nobody does.
    pub fn tables(&self, contacts: Option<TableName>, events: Option<TableName>) -> Result<Tables, Error> {
        let file = &self.contacts;
        let given = file.types.keys().chain(file.dates.keys());
        for key in given {
            let is_column = file.id == *key || file.fields.values().any(|column| column == key);
            if let Some(column) = file.fields.get(key).filter(|_| !is_column) {
                let (key, column) = (key.clone(), column.clone());
                return Err(Error::FieldForColumn { key, column });
            }
        }
        let names = std::iter::once(&file.id).chain(file.fields.values());
        names
            .chain(self.events.iter().flat_map(EventsFile::columns))
            .try_for_each(|name| seen(name))?;
        let table = contacts.or_else(|| file.table.clone()).map(|name| name.0);
        let contacts = ContactsTable {
            table: table.unwrap_or_else(|| usual("contacts")),
            id: file.id.clone(),
            fields: file.fields.clone(),
            missing: file.missing.clone(),
            types: types(&file.types, &file.dates),
        };
        let events = match (self.events.as_slice(), events) {
            ([], table) => vec![events_table(&EventsFile::default(), table)],
            ([file], table) => vec![events_table(file, table)],
            (several, Some(_)) => {
                return Err(Error::ManyEvents {
                    count: several.len(),
                    key: "table",
                    value: "TABLE",
                });
            }
            (several, None) => {
                if let Some(place) = several.iter().position(|file| file.table.is_none()) {
                    return Err(Error::NoTable { place: place + 1 });
                }
                several.iter().map(|file| events_table(file, None)).collect()
            }
        };
        Ok(Tables { contacts, events })
    }
}

/// Whether each character of a column's name can be seen.
fn seen(name: &str) -> Result<(), Error> {
    match name.contains(char::is_control) {
        true => Err(Error::UnseenInColumn { name: name.to_owned() }),
        false => Ok(()),
    }
}

impl EventsFile {
    /// The columns that are named.
    fn columns(&self) -> impl Iterator<Item = &String> {
        [&self.contact, &self.at].into_iter().chain(&self.event).chain(&self.id)
    }
}

fn usual(name: &str) -> Table {
    Table::Named(vec![name.to_owned()])
}

fn events_table(file: &EventsFile, table: Option<TableName>) -> EventsTable {
    let table = table.or_else(|| file.table.clone()).map(|name| name.0);
    EventsTable {
        table: table.unwrap_or_else(|| usual("events")),
        contact: file.contact.clone(),
        event: match (&file.name, &file.event) {
            (Some(name), _) => sql::EventName::Fixed(name.0.clone()),
            (None, Some(column)) => sql::EventName::Column(column.clone()),
            (None, None) => sql::EventName::Column("event".to_owned()),
        },
        at: file.at.clone(),
        id: file.id.clone(),
        missing: file.missing.clone(),
        types: types(&file.types, &file.dates),
        properties: file.properties.clone(),
    }
}

/// What is known of columns. Of the formats of dates, the UTC day alone concerns columns that are dates already.
fn types(
    types: &BTreeMap<String, ColumnType>,
    dates: &BTreeMap<String, DateFormat>,
) -> BTreeMap<String, sql::ColumnType> {
    let known = types.iter().map(|(column, of)| (column.clone(), of.0));
    let utc = dates.iter().filter(|(_, format)| **format == DateFormat::Utc);
    known
        .chain(utc.map(|(column, _)| (column.clone(), sql::ColumnType::UtcInstant)))
        .collect()
}
