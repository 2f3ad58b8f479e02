//! The same rules in real databases: the query gives each contact what the engine gives it, for the examples, the cases
//! of the language, and random rules over random data.

pub(crate) mod databases;
mod days;
mod dbt;
mod files;
mod many;
mod numbers;
mod on;
mod parsed;
mod random;
mod repeated;
mod several;
mod written;

use leadscore::model::Model;
use leadscore::plan::Plan;
use leadscore::score::{ResultCell, Scores};
use leadscore::sql::{self, AsOf, DialectName, Refusal, Request, Tables};
use leadscore::table::{Contacts, Type};

use databases::{Answer, Database, Table};

/// The query of a model, as of a day.
fn query(model: &Model, dialect: DialectName, as_of: AsOf, tables: Tables) -> Result<String, Vec<Refusal>> {
    let request = Request {
        dialect,
        as_of,
        tables,
        reasons: false,
        create: None,
        heading: Vec::new(),
    };
    sql::compile(model, &Plan::new(model), &request)
}

/// What is wrong with what a database gives; nothing where that is what the engine gives.
fn wrong(database: &mut Database, tables: &[Table], query: &str, right: Answer) -> String {
    match database.ask(tables, query) {
        Ok(told) => differences(&sorted(told), &sorted(right)),
        Err(error) => error,
    }
}

/// The result of the engine.
fn result(scores: &Scores, contacts: &Contacts) -> Answer {
    let columns = scores.columns();
    let cell = |row, column| match scores.cell(contacts, column, row) {
        ResultCell::Number(number) => Some(number.to_string()),
        ResultCell::Text(text) => Some(text.to_owned()),
        ResultCell::Missing => None,
    };
    Answer {
        columns: columns.iter().map(|column| column.name.clone()).collect(),
        rows: (0..scores.len())
            .map(|row| (0..columns.len()).map(|column| cell(row, column)).collect())
            .collect(),
    }
}

/// The rows in which what a database gives is not what the engine gives.
fn differences(told: &Answer, right: &Answer) -> String {
    if told.columns != right.columns || told.rows.len() != right.rows.len() {
        return format!("the database gives {told:?}, the engine {right:?}");
    }
    let rows = told.rows.iter().zip(&right.rows).filter(|(told, right)| told != right);
    rows.map(|(told, right)| format!("the database gives {told:?},\n     the engine {right:?}\n"))
        .collect()
}

/// The rows by id.
fn sorted(mut answer: Answer) -> Answer {
    answer.rows.sort();
    answer
}

/// What a table holds for values of a type.
fn kind(of: &Type) -> &'static str {
    match of {
        Type::Text | Type::OneOf(_) | Type::List => "text",
        Type::Number => "decimal",
        Type::Boolean => "boolean",
        Type::Date => "date",
    }
}
