//! Where the data stands: tables, which of their columns is what, and what is known of these columns.

use std::collections::BTreeMap;

use crate::model::Model;
use crate::table::Type;

/// The tables of contacts and events.
#[derive(Clone, Debug)]
pub struct Tables {
    /// The contacts.
    pub contacts: ContactsTable,
    /// The events, in as many tables as there are.
    pub events: Vec<EventsTable>,
}

/// A table of contacts, a row each.
#[derive(Clone, Debug)]
pub struct ContactsTable {
    /// Where it is.
    pub table: Table,
    /// The column of ids.
    pub id: String,
    /// The column of each field that has another name there.
    pub fields: BTreeMap<String, String>,
    /// Texts that mean missing.
    pub missing: Vec<String>,
    /// What is known of columns.
    pub types: BTreeMap<String, ColumnType>,
}

/// A table of events, a row each.
#[derive(Clone, Debug)]
pub struct EventsTable {
    /// Where it is.
    pub table: Table,
    /// The column of the contact's id.
    pub contact: String,
    /// What the event of each row is.
    pub event: EventName,
    /// The column of the time.
    pub at: String,
    /// The column of the event's own id, where a row may be there twice.
    pub id: Option<String>,
    /// Texts that mean missing.
    pub missing: Vec<String>,
    /// What is known of columns.
    pub types: BTreeMap<String, ColumnType>,
    /// The properties that it has; `None` for all that are asked of its events.
    pub properties: Option<Vec<String>>,
}

/// What the event of a row is.
#[derive(Clone, Debug)]
pub enum EventName {
    /// What a column says.
    Column(String),
    /// The same in every row.
    Fixed(String),
}

/// Where a table is.
#[derive(Clone, Debug, PartialEq)]
pub enum Table {
    /// A table or view by the parts of its name, such as a schema and a table.
    Named(Vec<String>),
    /// What a tool puts a table in the place of, as it is written.
    Template(String),
}

/// What is known of a column, so that it can be read faster, or read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// Whole numbers.
    Integer,
    /// Decimal numbers with up to four places.
    Decimal,
    /// Instants: moments of which the engine knows where in time they are.
    Instant,
    /// Instants of which the day in UTC is meant, whatever the model's time zone.
    UtcInstant,
}

impl Tables {
    /// Whether a table is one of these, whatever an engine thinks of capitals.
    pub fn contains(&self, table: &Table) -> bool {
        let events = self.events.iter().map(|events| &events.table);
        let mut tables = std::iter::once(&self.contacts.table).chain(events);
        tables.any(|known| known.is_same(table))
    }

    /// The names of the tables, without that of a schema: what the query makes must not have one of them.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let events = self.events.iter().map(|table| &table.table);
        let tables = std::iter::once(&self.contacts.table).chain(events);
        tables.filter_map(|table| match table {
            Table::Named(parts) => parts.last().map(String::as_str),
            Table::Template(_) => None,
        })
    }
}

impl ContactsTable {
    /// The column of a field.
    pub(super) fn column<'a>(&'a self, field: &'a str) -> &'a str {
        self.fields.get(field).map_or(field, String::as_str)
    }

    /// The columns that hold moments whose day is that of the model's time zone.
    pub(super) fn moments<'a>(&'a self, model: &'a Model) -> Vec<&'a str> {
        let dates = model.fields.iter().filter(|field| field.of == Type::Date);
        let columns = dates.map(|field| self.column(&field.name));
        columns.filter(|column| is_moment(&self.types, column)).collect()
    }
}

impl EventsTable {
    /// Whether it has a column for a property.
    pub(super) fn has(&self, property: &str) -> bool {
        let known = self.properties.as_ref();
        known.is_none_or(|known| known.iter().any(|known| known == property))
    }

    /// The columns that hold moments whose day is that of the model's time zone.
    pub(super) fn moments<'a>(&'a self, model: &'a Model) -> Vec<&'a str> {
        let dates = model.properties.iter().filter(|property| property.of == Type::Date);
        let columns = std::iter::once(&*self.at).chain(dates.map(|property| &*property.name));
        columns.filter(|column| is_moment(&self.types, column)).collect()
    }
}

fn is_moment(types: &BTreeMap<String, ColumnType>, column: &str) -> bool {
    types.get(column) == Some(&ColumnType::Instant)
}

impl Table {
    /// Whether two names may mean one table: engines differ in what they think of capitals, and a name without a schema may
    /// be short for one with it.
    pub fn is_same(&self, other: &Table) -> bool {
        match (self, other) {
            (Table::Named(parts), Table::Named(others)) => {
                let mut pairs = parts.iter().rev().zip(others.iter().rev());
                pairs.all(|(part, other)| part.to_lowercase() == other.to_lowercase())
            }
            (Table::Template(text), Table::Template(other)) => text == other,
            (Table::Named(_), Table::Template(_)) | (Table::Template(_), Table::Named(_)) => false,
        }
    }

    /// A table by its name: parts between points, in double quotes or backticks where they hold points themselves.
    /// `None` for what is no name.
    pub fn named(name: &str) -> Option<Table> {
        let mut parts = Vec::new();
        let mut rest = name.trim();
        loop {
            let (part, behind) = match rest.chars().next()? {
                quote @ ('"' | '`') => {
                    let inside = rest.get(1..)?;
                    let end = inside.find(quote)?;
                    (inside.get(..end)?, inside.get(end + 1..)?)
                }
                _ => rest.split_at(rest.find('.').unwrap_or(rest.len())),
            };
            if part.is_empty() || part.contains(char::is_control) {
                return None;
            }
            parts.push(part.to_owned());
            match behind.strip_prefix('.') {
                Some(more) => rest = more,
                None if behind.is_empty() => return Some(Table::Named(parts)),
                None => return None,
            }
        }
    }
}
