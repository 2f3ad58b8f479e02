//! Queries that are run at once: a script that computes the scores, stores them where that is wanted, and gives them.

use crate::calendar::Day;
use crate::model::Model;
use crate::plan::Plan;

use super::dialect::Dialect;
use super::piece::Piece;
use super::print::Printer;
use super::refusals::added_columns;
use super::{DialectName, Refusal, Request, Table, compile};

/// Where scores are stored, and what is noted beside them.
#[derive(Clone, Debug)]
pub struct Store {
    /// The table that holds the scores of the last run: made where there is none, filled anew where there is one.
    pub into: Option<Table>,
    /// The table that holds the score and the band of each run: made where there is none. A run of the same day takes the place
    /// of the one before.
    pub history: Option<Table>,
    /// The day of scoring.
    pub as_of: Day,
    /// The fingerprint of the rules.
    pub rules: String,
}

/// A table in which scores are stored.
#[derive(Clone, Debug)]
pub struct Stored<'a> {
    /// Where it is.
    pub table: &'a Table,
    /// The columns of the result that it takes; those that are [added](ADDED) stand behind them.
    pub columns: Vec<&'a str>,
    /// Whether it keeps the scores of other days.
    keeps_days: bool,
}

/// The columns that stored scores have besides those of the result: the day of scoring, and the fingerprint of the rules.
pub const ADDED: [&str; 2] = ["as_of", "rules"];

/// The columns of the result that a history keeps.
const HISTORY: [&str; 3] = ["id", "score", "band"];

/// Where the scores stand until they are stored. It is no name that anybody's table has.
const SCORES: &str = "leadscore_not_yet_stored";

impl Store {
    /// The tables in which scores are stored, in the order in which they are filled.
    pub fn tables<'a>(&'a self, plan: &'a Plan) -> Vec<Stored<'a>> {
        let into = self.into.as_ref().map(|table| Stored {
            table,
            columns: result(plan),
            keeps_days: false,
        });
        let history = self.history.as_ref().map(|table| Stored {
            table,
            columns: HISTORY.to_vec(),
            keeps_days: true,
        });
        into.into_iter().chain(history).collect()
    }
}

/// The script that gives an id that several contacts have, or that is missing, and how many have it; nothing where each
/// contact has its own.
pub fn repeated(request: &Request) -> String {
    let dialect = request.dialect.0;
    let contacts = &request.tables.contacts;
    let (table, id) = (
        Printer::new(dialect).table(&contacts.table),
        dialect.identifier(&contacts.id),
    );
    let written = dialect.trimmed(&dialect.as_text(&Piece::atom(&*id)));
    let many = format!("COUNT(*) > 1 OR {} IS NULL", written.tight());
    let query = format!("SELECT {id}, COUNT(*) FROM {table} GROUP BY {id} HAVING {many} ORDER BY 1 LIMIT 1;\n");
    transaction(dialect, &query)
}

/// The script that gives the columns of a table, and no rows.
pub fn columns_of(dialect: DialectName, table: &Table) -> String {
    format!("SELECT * FROM {} LIMIT 0;\n", Printer::new(dialect.0).table(table))
}

/// The script that computes the scores, stores them all or none, and gives them by id where no table holds them.
pub fn script(model: &Model, plan: &Plan, request: &Request, store: &Store) -> Result<String, Vec<Refusal>> {
    let dialect = request.dialect.0;
    let query = compile(model, plan, request)?;
    let taken = added_columns(model, plan, dialect, &ADDED, "`--into`");
    if store.into.is_some() && !taken.is_empty() {
        return Err(taken);
    }
    let columns = listed(dialect, &result(plan));
    let by_id = dialect.identifier("id");
    let given = |from: &str| format!("SELECT {columns} FROM {from} ORDER BY {by_id};\n");
    let tables = store.tables(plan);
    // Whoever stores nothing may have no right to make a table, not even one for the time being.
    if tables.is_empty() {
        return Ok(transaction(dialect, &given(&format!("(\n{query}) AS {SCORES}"))));
    }
    let mut text = format!("CREATE TEMPORARY TABLE {SCORES} AS\n{query};\n");
    for table in &tables {
        text += &filled(dialect, table, store);
    }
    if store.into.is_none() {
        text += &given(SCORES);
    }
    text += &format!("DROP TABLE {SCORES};\n");
    Ok(transaction(dialect, &text))
}

/// How scores are put in the place of those of the last run, or of the same day. A table that is there stays, and with it
/// the rights to it and the views on it.
fn filled(dialect: &dyn Dialect, stored: &Stored<'_>, store: &Store) -> String {
    let table = Printer::new(dialect).table(stored.table);
    let columns = listed(dialect, &stored.columns);
    let (day, rules) = (dialect.day(store.as_of), dialect.text(&store.rules));
    let added = ADDED.map(|name| dialect.identifier(name));
    let [as_of, fingerprint] = &added;
    let scores = format!("SELECT {columns}, {day} AS {as_of}, {rules} AS {fingerprint} FROM {SCORES}");
    let earlier = match stored.keeps_days {
        true => format!(" WHERE {as_of} = {day}"),
        false => String::new(),
    };
    let mut text = format!("CREATE TABLE IF NOT EXISTS {table} AS {scores} LIMIT 0;\n");
    // Two runs at once would each take away what was there before both, and both add theirs.
    if let Some(lock) = dialect.lock(&table) {
        text += &format!("{lock};\n");
    }
    text += &format!("DELETE FROM {table}{earlier};\n");
    text += &format!("INSERT INTO {table} ({columns}, {}) {scores};\n", added.join(", "));
    text
}

/// Statements that all take place or none.
fn transaction(dialect: &dyn Dialect, statements: &str) -> String {
    format!("BEGIN;\n{}{statements}COMMIT;\n", dialect.settings())
}

fn result(plan: &Plan) -> Vec<&str> {
    plan.columns.iter().map(|column| column.name.as_str()).collect()
}

fn listed(dialect: &dyn Dialect, columns: &[&str]) -> String {
    let columns: Vec<String> = columns.iter().map(|name| dialect.identifier(name)).collect();
    columns.join(", ")
}
