//! SQL = engine: for random rules over random data, the query on a real database gives each contact what the engine
//! gives it from files with the same cells.

use std::cell::RefCell;

use leadscore::connect::Config;
use leadscore::model::Model;
use leadscore::sql::{AsOf, DialectName};
use proptest::prelude::*;
use proptest::test_runner::{TestCaseError, TestError, TestRunner};

use super::databases::{Database, Table};
use super::files::scored;
use super::written::distinct;
use super::{query, wrong};
use crate::laws::cases;
use crate::laws::checking::model;
use crate::laws::data::{Data, raw_data};
use crate::laws::files::rules_file;
use crate::oracle::Datum;

#[test]
fn duckdb_gives_what_the_engine_gives() {
    agrees_on("duckdb", 1_000);
}

#[test]
fn sqlite_gives_what_the_engine_gives() {
    agrees_on("sqlite", 1_000);
}

#[test]
fn postgres_gives_what_the_engine_gives() {
    agrees_on("postgres", 1_000);
}

#[test]
fn datafusion_gives_what_the_engine_gives() {
    agrees_on("datafusion", 200);
}

#[test]
fn clickhouse_gives_what_the_engine_gives() {
    agrees_on("clickhouse", 250);
}

#[test]
fn spark_gives_what_the_engine_gives() {
    agrees_on("spark", 30);
}

fn agrees_on(dialect: &str, number: u32) {
    let database = RefCell::new(Database::start(dialect));
    let dialect = DialectName::named(dialect).unwrap();
    let mut config = cases(number);
    // What a dialect refuses is no case: another takes its place.
    config.max_global_rejects = 10 * config.cases;
    let mut runner = TestRunner::new(config);
    let agreed = runner.run(
        &(rules_file(), raw_data(), any::<[bool; 3]>()),
        |(rules, raw, [floats, times, instants])| {
            let model = model(&rules);
            let kinds = Kinds {
                floats,
                times,
                instants,
            };
            let stored = Stored::new(&model, &raw.of(&model), kinds);
            let tables = stored.config.tables(None, None).unwrap();
            let Ok(query) = query(&model, dialect, AsOf::Day(stored.data.as_of), tables) else {
                return Err(TestCaseError::reject("the dialect refuses it"));
            };
            let told = wrong(
                &mut database.borrow_mut(),
                &stored.tables,
                &query,
                scored(&model, &stored.config, &stored.tables, stored.data.as_of),
            );
            prop_assert!(
                told.is_empty(),
                "{}\n{}\nover {:?}\nby\n{}",
                told,
                rules.0,
                stored.data,
                query
            );
            Ok(())
        },
    );
    match agreed {
        Err(TestError::Fail(reason, _)) => panic!("{reason}"),
        Err(TestError::Abort(reason)) => panic!("no models: {reason}"),
        Ok(()) => {}
    }
}

/// What kinds of columns hold numbers and days.
#[derive(Clone, Copy)]
struct Kinds {
    /// Whether numbers are floats, where these have digits enough.
    floats: bool,
    /// Whether days are moments without a time zone.
    times: bool,
    /// Whether days are instants.
    instants: bool,
}

/// A float has so many digits.
const FLOAT_DIGITS: usize = 15;

impl Kinds {
    /// Changes the kinds of a table's columns. Returns what has to be known of them.
    fn change(self, table: &mut Table) -> String {
        let mut types = Vec::new();
        for (place, (name, kind)) in table.columns.iter_mut().enumerate() {
            let cells = || table.rows.iter().filter_map(|row| row[place].as_deref());
            if *kind == "decimal" && self.floats && cells().all(|cell| cell.len() <= FLOAT_DIGITS) {
                *kind = "float";
            }
            if *kind != "date" || !(self.times || self.instants) {
                continue;
            }
            *kind = if self.instants { "timestamptz" } else { "timestamp" };
            if self.instants {
                types.push(format!("{name:?} = \"timestamptz\""));
            }
            for (at, row) in table.rows.iter_mut().enumerate() {
                let time = if at % 2 == 0 { "00:15:00" } else { "23:45:00" };
                let offset = if self.instants { "+00:00" } else { "" };
                row[place] = row[place].take().map(|day| format!("{day} {time}{offset}"));
            }
        }
        types.join(", ")
    }
}

/// Data as it stands in tables and files.
struct Stored {
    data: Data,
    tables: Vec<Table>,
    config: Config,
}

impl Stored {
    fn new(model: &Model, data: &Data, kinds: Kinds) -> Stored {
        let fields = distinct(model.fields.iter().map(|field| (field.name.clone(), &field.of)));
        let properties = distinct(
            model
                .properties
                .iter()
                .map(|property| (property.name.clone(), &property.of)),
        );
        let mut contacts = Table {
            name: "contacts".to_owned(),
            columns: vec![("Record ID".to_owned(), "text")],
            rows: Vec::new(),
        };
        contacts.columns.extend(fields.iter().cloned());
        let mut events = Table {
            name: "crm events".to_owned(),
            columns: vec![
                ("contact".to_owned(), "text"),
                ("type".to_owned(), "text"),
                ("at".to_owned(), "date"),
            ],
            rows: Vec::new(),
        };
        events.columns.extend(properties.iter().cloned());
        for (at, contact) in data.contacts.iter().enumerate() {
            let cell = |(name, _): &(String, &str)| {
                let place = model.fields.iter().position(|field| field.name == *name)?;
                written(contact.fields[place].as_ref()?, at)
            };
            contacts
                .rows
                .push(std::iter::once(Some(id(at))).chain(fields.iter().map(cell)).collect());
            for (number, event) in contact.events.iter().enumerate() {
                let cell = |(name, _): &(String, &str)| {
                    let named = model
                        .properties
                        .iter()
                        .zip(&event.properties)
                        .filter(|(property, _)| property.name == *name);
                    let known = named.filter_map(|(_, value)| value.as_ref()).next()?;
                    written(known, number)
                };
                let first = [id(at), event.name.clone(), event.day.to_string()].map(Some);
                events
                    .rows
                    .push(first.into_iter().chain(properties.iter().map(cell)).collect());
            }
        }
        let orphan = ["nobody".to_owned(), "open_email".to_owned(), data.as_of.to_string()].map(Some);
        events
            .rows
            .push(orphan.into_iter().chain(properties.iter().map(|_| None)).collect());
        let types = [&mut contacts, &mut events].map(|table| kinds.change(table));
        let config = Config::parse(
            "leadscore.toml",
            &format!(
                "[contacts]\nid = \"Record ID\"\ntypes = {{ {} }}\n\
                 [[events]]\ntable = '\"crm events\"'\nevent = \"type\"\ntypes = {{ {} }}\n",
                types[0], types[1]
            ),
        );
        Stored {
            data: data.clone(),
            tables: vec![contacts, events],
            config: config.unwrap(),
        }
    }
}

/// An id that has to be written with care.
fn id(at: usize) -> String {
    format!("c{at} 'é\\\"")
}

/// A value as a cell has it; every third text stands between white space.
fn written(value: &Datum, number: usize) -> Option<String> {
    Some(match value {
        Datum::Text(text) if number.is_multiple_of(3) => format!(" \u{a0}{text}\t"),
        Datum::Text(text) => text.clone(),
        Datum::Number(number) => number.to_string(),
        Datum::Boolean(value) => value.to_string(),
        Datum::Date(day) => day.to_string(),
        Datum::List(elements) => elements.join("; "),
    })
}
