//! Queries that are run at once: a script that computes the scores, stores them where that is wanted, and gives them.

use crate::calendar::Day;
use crate::model::Model;
use crate::plan::Plan;

use super::print::Printer;
use super::{Refusal, Request, Table, compile};

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

/// The script that gives an id that several contacts have, or that one lacks; nothing where each has its own.
pub fn repeated(request: &Request) -> String {
    let dialect = request.dialect.0;
    let printer = Printer::new(dialect);
    let contacts = &request.tables.contacts;
    let (table, id) = (printer.table(&contacts.table), dialect.identifier(&contacts.id));
    let many = format!("GROUP BY {id} HAVING COUNT(*) > 1 OR {id} IS NULL");
    format!("SELECT {id} FROM {table} {many} ORDER BY {id} LIMIT 1;\n")
}

/// The script that computes the scores in one transaction, stores them, and gives them by id where no table holds them.
pub fn script(model: &Model, plan: &Plan, request: &Request, store: &Store) -> Result<String, Vec<Refusal>> {
    let dialect = request.dialect.0;
    let printer = Printer::new(dialect);
    let query = compile(model, plan, request)?;
    let column = |name: &str| dialect.identifier(name);
    let columns: Vec<String> = plan.columns.iter().map(|named| column(&named.name)).collect();
    let columns = columns.join(", ");
    let id = column("id");
    let noted = format!(
        "{} AS {}, {} AS {}",
        dialect.day(store.as_of),
        column(AS_OF),
        dialect.text(&store.rules),
        column(RULES)
    );
    let mut text = format!("BEGIN;\nCREATE TEMPORARY TABLE {SCORES} AS\n{query};\n");
    if let Some(into) = &store.into {
        let into = printer.table(into);
        text += &format!("CREATE TABLE IF NOT EXISTS {into} AS SELECT {columns}, {noted} FROM {SCORES} LIMIT 0;\n");
        text += &format!("DELETE FROM {into};\n");
        let all = format!("{columns}, {}, {}", column(AS_OF), column(RULES));
        text += &format!("INSERT INTO {into} ({all}) SELECT {columns}, {noted} FROM {SCORES};\n");
    }
    if let Some(history) = &store.history {
        let history = printer.table(history);
        let outcome = ["id", "score", "band"].map(column).join(", ");
        let day = dialect.day(store.as_of);
        text += &format!("CREATE TABLE IF NOT EXISTS {history} AS SELECT {outcome}, {noted} FROM {SCORES} LIMIT 0;\n");
        text += &format!("DELETE FROM {history} WHERE {} = {day};\n", column(AS_OF));
        let all = format!("{outcome}, {}, {}", column(AS_OF), column(RULES));
        text += &format!("INSERT INTO {history} ({all}) SELECT {outcome}, {noted} FROM {SCORES};\n");
    }
    if store.into.is_none() {
        text += &format!("SELECT {columns} FROM {SCORES} ORDER BY {id};\n");
    }
    text += &format!("DROP TABLE {SCORES};\nCOMMIT;\n");
    Ok(text)
}

/// Where the scores stand until they are stored.
const SCORES: &str = "leadscore_scores";

const AS_OF: &str = "as_of";
const RULES: &str = "rules";
