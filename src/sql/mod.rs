//! The same rules in a database: a plan as one query of named steps, in one of several dialects of SQL.
//!
//! The query gives what the engine gives, to the last digit. Whatever a dialect cannot say exactly is
//! [refused](Refusal), never said nearly. Running the query is left to others.

mod arithmetic;
mod choices;
mod columns;
mod compile;
mod dbt;
mod dialect;
mod dialects;
mod events;
mod expression;
mod folding;
mod jinja;
mod limits;
mod literals;
mod names;
mod once;
mod picked;
mod piece;
mod pipeline;
mod points;
mod print;
mod reading;
mod reasons;
mod refusal;
mod refusals;
mod regular;
mod spelling;
mod store;
mod tables;
mod texts;
mod time;
mod tree;
mod widths;

pub use dbt::{DbtError, DbtModel, DbtRequest, LeftOut, WhyLeftOut, dbt, dbt_name};
pub use refusal::Refusal;
pub use store::{ADDED, Store, Stored, columns_of, repeated, script};
pub use tables::{ColumnType, ContactsTable, EventName, EventsTable, Table, Tables};
pub use time::AsOf;

use crate::model::Model;
use crate::plan::Plan;

use compile::Compiler;
use dialect::{DIALECTS, Dialect};
use print::Printer;
use tree::Query;

/// What a query is to be.
#[derive(Clone, Debug)]
pub struct Request {
    /// In which dialect.
    pub dialect: DialectName,
    /// As of which day.
    pub as_of: AsOf,
    /// Where the data is.
    pub tables: Tables,
    /// Whether a last column tells the rules that gave points.
    pub reasons: bool,
    /// What is made of the query; `None` for a query that gives its rows.
    pub create: Option<(Create, Table)>,
    /// What stands above it, for the reader.
    pub heading: Vec<String>,
}

/// What is made of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Create {
    /// A view, which is computed whenever it is read.
    View,
    /// A table of what the query gives now.
    Table,
}

/// A dialect of SQL.
#[derive(Clone, Copy)]
pub struct DialectName(&'static dyn Dialect);

impl std::fmt::Debug for DialectName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.name())
    }
}

impl DialectName {
    /// That of DuckDB.
    pub const DUCKDB: DialectName = DialectName(&dialects::DuckDb);

    /// That of PostgreSQL.
    pub const POSTGRES: DialectName = DialectName(&dialects::Postgres);

    /// The dialect of a name.
    pub fn named(name: &str) -> Option<DialectName> {
        let found = DIALECTS.iter().find(|dialect| dialect.name() == name);
        found.map(|dialect| DialectName(*dialect))
    }

    /// All dialects.
    pub fn all() -> impl Iterator<Item = DialectName> {
        DIALECTS.iter().map(|dialect| DialectName(*dialect))
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The name of its engine.
    pub fn title(self) -> &'static str {
        self.0.title()
    }
}

/// The query of a model and its plan, or why there is none.
pub fn compile(model: &Model, plan: &Plan, request: &Request) -> Result<String, Vec<Refusal>> {
    let query = query(model, plan, request)?;
    let dialect = request.dialect.0;
    let printer = Printer::new(dialect);
    let created = request
        .create
        .as_ref()
        .map(|(kind, table)| dialect.create(*kind, &printer.table(table)));
    let text = printer.query(&query, created.as_deref());
    Ok(match dialect.note_on_length(text.len()) {
        Some(note) => printer.comment(&note) + &text,
        None => text,
    })
}

/// The same before it is written.
fn query(model: &Model, plan: &Plan, request: &Request) -> Result<Query, Vec<Refusal>> {
    let refusals = refusals::refusals(model, plan, request);
    match refusals.is_empty() {
        true => Ok(Compiler { model, plan, request }.query()),
        false => Err(refusals),
    }
}
