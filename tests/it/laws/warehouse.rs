//! SQL = engine: for random rules over random data, the query on a real database gives each contact what the engine
//! gives it from files with the same cells.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;

use leadscore::connect::{self, Config, Intake};
use leadscore::model::Model;
use leadscore::plan::Plan;
use leadscore::score::{ResultCell, Run};
use leadscore::sql::{self, AsOf, DialectName, Request};
use leadscore::table::Type;
use proptest::prelude::*;
use proptest::test_runner::{TestError, TestRunner};

use super::cases;
use super::checking::model;
use super::data::{Data, raw_data};
use super::files::rules_file;
use crate::databases::{Answer, Database, Table};
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
    agrees_on("postgres", 500);
}

#[test]
fn datafusion_gives_what_the_engine_gives() {
    agrees_on("datafusion", 300);
}

#[test]
fn clickhouse_gives_what_the_engine_gives() {
    agrees_on("clickhouse", 300);
}

#[test]
fn spark_gives_what_the_engine_gives() {
    agrees_on("spark", 40);
}

fn agrees_on(dialect: &str, number: u32) {
    let database = RefCell::new(Database::start(dialect));
    let dialect = DialectName::named(dialect).unwrap();
    let mut runner = TestRunner::new(cases(number));
    let agreed = runner.run(&(rules_file(), raw_data()), |(rules, raw)| {
        let model = model(&rules);
        let stored = Stored::new(&model, &raw.of(&model));
        let Ok(query) = sql::compile(&model, &Plan::new(&model), &stored.request(dialect)) else {
            return Ok(());
        };
        let told = match database.borrow_mut().ask(&stored.tables, &query) {
            Ok(answer) => differences(&sorted(answer), &stored.scored(&model)),
            Err(error) => error,
        };
        prop_assert!(told.is_empty(), "{}\n{}\nover {:?}\nby\n{}", told, rules.0, stored.data, query);
        Ok(())
    });
    if let Err(TestError::Fail(reason, _)) = agreed {
        panic!("{reason}");
    }
}

/// The rows in which what a database gives is not what the engine gives.
fn differences(told: &Answer, right: &Answer) -> String {
    if told.columns != right.columns || told.rows.len() != right.rows.len() {
        return format!("the database gives {told:?}, the engine {right:?}");
    }
    let rows = told.rows.iter().zip(&right.rows).filter(|(told, right)| told != right);
    rows.map(|(told, right)| format!("the database gives {told:?},\n     the engine {right:?}\n")).collect()
}

/// Data as it stands in tables and files.
struct Stored {
    data: Data,
    tables: Vec<Table>,
    config: Config,
}

impl Stored {
    fn new(model: &Model, data: &Data) -> Stored {
        let kinds = |columns: Vec<(String, Type)>| -> Vec<(String, &'static str)> {
            let mut kinds: BTreeMap<String, &'static str> = BTreeMap::new();
            for (name, of) in columns {
                let kind = kind(&of);
                kinds.entry(name).and_modify(|known| if *known != kind { *known = "text" }).or_insert(kind);
            }
            kinds.into_iter().collect()
        };
        let fields = kinds(model.fields.iter().map(|field| (field.name.clone(), field.of.clone())).collect());
        let properties = kinds(model.properties.iter().map(|property| (property.name.clone(), property.of.clone())).collect());
        let mut contacts = Table { name: "contacts".to_owned(), columns: vec![("Record ID".to_owned(), "text")], rows: Vec::new() };
        contacts.columns.extend(fields.iter().cloned());
        let mut events = Table {
            name: "crm events".to_owned(),
            columns: vec![("contact".to_owned(), "text"), ("type".to_owned(), "text"), ("at".to_owned(), "date")],
            rows: Vec::new(),
        };
        events.columns.extend(properties.iter().cloned());
        for (at, contact) in data.contacts.iter().enumerate() {
            let cell = |(name, _): &(String, &str)| {
                let place = model.fields.iter().position(|field| field.name == *name)?;
                written(contact.fields[place].as_ref()?, at)
            };
            contacts.rows.push(std::iter::once(Some(id(at))).chain(fields.iter().map(cell)).collect());
            for (number, event) in contact.events.iter().enumerate() {
                let cell = |(name, _): &(String, &str)| {
                    let named = model.properties.iter().zip(&event.properties).filter(|(property, _)| property.name == *name);
                    let known = named.filter_map(|(_, value)| value.as_ref()).next()?;
                    written(known, number)
                };
                let first = [id(at), event.name.clone(), event.day.to_string()].map(Some);
                events.rows.push(first.into_iter().chain(properties.iter().map(cell)).collect());
            }
        }
        let orphan = ["nobody".to_owned(), "open_email".to_owned(), data.as_of.to_string()].map(Some);
        events.rows.push(orphan.into_iter().chain(properties.iter().map(|_| None)).collect());
        let config = Config::parse(
            "leadscore.toml",
            "[contacts]\nid = \"Record ID\"\n[[events]]\ntable = '\"crm events\"'\nevent = \"type\"\n",
        );
        Stored { data: data.clone(), tables: vec![contacts, events], config: config.unwrap() }
    }

    fn request(&self, dialect: DialectName) -> Request {
        Request {
            dialect,
            as_of: AsOf::Day(self.data.as_of),
            tables: self.config.tables(None, None).unwrap(),
            reasons: false,
            create: None,
            heading: Vec::new(),
        }
    }

    /// What the engine makes of the same cells in files.
    fn scored(&self, model: &Model) -> Answer {
        let folder = tempfile::tempdir().unwrap();
        let mut config = self.config.clone();
        let paths = [folder.path().join("contacts.csv"), folder.path().join("events.csv")];
        for (table, path) in self.tables.iter().zip(&paths) {
            fs::write(path, csv(table)).unwrap();
        }
        let [contacts, events] = paths;
        config.contacts.path = Some(contacts);
        config.events[0].path = Some(events);
        let plan = Plan::new(model);
        let day = plan.on(self.data.as_of);
        let mut run = Run::new(&day);
        let contacts = connect::read(model, &config, &mut Intake::default(), |batch| run.events(batch)).unwrap();
        let scores = run.finish(&contacts);
        let columns = scores.columns();
        let cell = |row, column| match scores.cell(&contacts, column, row) {
            ResultCell::Number(number) => Some(number.to_string()),
            ResultCell::Text(text) => Some(text.to_owned()),
            ResultCell::Missing => None,
        };
        sorted(Answer {
            columns: columns.iter().map(|column| column.name.clone()).collect(),
            rows: (0..scores.len()).map(|row| (0..columns.len()).map(|column| cell(row, column)).collect()).collect(),
        })
    }
}

/// An id that has to be written with care.
fn id(at: usize) -> String {
    format!("c{at} 'é\\\"")
}

fn kind(of: &Type) -> &'static str {
    match of {
        Type::Text | Type::OneOf(_) | Type::List => "text",
        Type::Number => "decimal",
        Type::Boolean => "boolean",
        Type::Date => "date",
    }
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

fn csv(table: &Table) -> Vec<u8> {
    let mut writer = csv_text();
    writer.line(table.columns.iter().map(|(name, _)| Some(name.as_str())));
    for row in &table.rows {
        writer.line(row.iter().map(Option::as_deref));
    }
    writer.0.into_bytes()
}

struct CsvText(String);

fn csv_text() -> CsvText {
    CsvText(String::new())
}

impl CsvText {
    fn line<'c>(&mut self, cells: impl Iterator<Item = Option<&'c str>>) {
        let quoted: Vec<String> =
            cells.map(|cell| cell.map_or_else(String::new, |cell| format!("\"{}\"", cell.replace('"', "\"\"")))).collect();
        self.0 += &format!("{}\n", quoted.join(","));
    }
}

/// The rows by id.
fn sorted(mut answer: Answer) -> Answer {
    answer.rows.sort();
    answer
}
