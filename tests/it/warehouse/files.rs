//! What the engine makes of tables that are files with the same cells, and whether databases make the same of them.

use std::fs;

use leadscore::calendar::Day;
use leadscore::connect::{self, Config, Intake};
use leadscore::model::Model;
use leadscore::plan::Plan;
use leadscore::score::Run;
use leadscore::sql::{AsOf, DialectName};

use super::databases::{Answer, Database, Table};
use super::{query, result, wrong};

/// The engines on which queries are run, by their dialects.
pub(super) const ENGINES: [&str; 6] = ["duckdb", "sqlite", "postgres", "datafusion", "clickhouse", "spark"];

/// What the engine makes of tables as files: the first holds contacts, the others events.
pub(super) fn scored(model: &Model, config: &Config, tables: &[Table], as_of: Day) -> Answer {
    let folder = tempfile::tempdir().unwrap();
    let mut paths = tables.iter().map(|table| {
        let path = folder.path().join(format!("{}.csv", table.name));
        fs::write(&path, csv(table)).unwrap();
        path
    });
    let mut config = config.clone();
    config.contacts.path = paths.next();
    let files = config.events.iter_mut().zip(paths);
    files.for_each(|(events, path)| events.path = Some(path));
    let plan = Plan::new(model);
    let day = plan.on(as_of);
    let mut run = Run::new(&day);
    let contacts = connect::read(model, &config, &mut Intake::default(), |batch| run.events(batch)).unwrap();
    result(&run.finish(&contacts), &contacts)
}

/// Runs the query of a model on every engine, over tables of which the engine makes what is right.
pub(super) fn agrees_everywhere(model: &Model, config: &Config, tables: &[Table], as_of: Day, right: &Answer) {
    let mut told = String::new();
    for engine in ENGINES {
        let dialect = DialectName::named(engine).unwrap();
        let read = config.tables(None, None).unwrap();
        let query = query(model, dialect, AsOf::Day(as_of), read).unwrap();
        let wrong = wrong(&mut Database::start(engine), tables, &query, right.clone());
        if !wrong.is_empty() {
            told += &format!("{engine}:\n{wrong}\n");
        }
    }
    assert!(told.is_empty(), "{told}");
}

/// A table as a file.
fn csv(table: &Table) -> String {
    let names = table.columns.iter().map(|(name, _)| Some(name.as_str()));
    let rows = table.rows.iter();
    let rows = rows.map(|row| line(row.iter().map(Option::as_deref)));
    std::iter::once(line(names)).chain(rows).collect()
}

fn line<'c>(cells: impl Iterator<Item = Option<&'c str>>) -> String {
    let quoted = cells.map(|cell| cell.map_or_else(String::new, |cell| format!("\"{}\"", cell.replace('"', "\"\""))));
    format!("{}\n", quoted.collect::<Vec<_>>().join(","))
}
