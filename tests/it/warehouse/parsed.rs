//! The queries for engines that nobody can run here are parsed by somebody else's parser.

use leadscore::calendar::Day;
use leadscore::connect::Config;
use leadscore::sql::{AsOf, DialectName};

use super::databases::parse;
use super::query;
use super::written::{examples, files, root};
use crate::cases::sql::Case;

#[test]
fn every_query_for_snowflake_and_bigquery_parses() {
    let mut named = Vec::new();
    let mut queries = Vec::new();
    for dialect in ["snowflake", "bigquery"] {
        let known = DialectName::named(dialect).unwrap();
        for path in files(&root().join("tests/cases/sql"), "ls") {
            if let Ok(query) = Case::read(&path).query(known) {
                named.push((dialect, path.display().to_string()));
                queries.push((dialect, query));
            }
        }
        for example in examples() {
            let as_of = AsOf::Day(Day::parse("2026-11-01").unwrap());
            let tables = Config::default().tables(None, None).unwrap();
            if let Ok(query) = query(&example.model, known, as_of, tables) {
                named.push((dialect, example.name));
                queries.push((dialect, query));
            }
        }
    }
    assert!(queries.len() > 60, "{}", queries.len());
    let wrong: Vec<String> = named
        .iter()
        .zip(parse(&queries))
        .filter_map(|((dialect, name), problem)| Some(format!("{dialect}, {name}: {}", problem?)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The parser finds what it is there to find.
#[test]
fn what_is_no_query_does_not_parse() {
    let queries = ["SELECT 1 +", "SELECT 1; SELECT 2", "SHOW TABLES", "SELECT 1 AS a"];
    let wrong = parse(&queries.map(|query| ("snowflake", query.to_owned())));
    assert_eq!(
        wrong.iter().map(Option::is_some).collect::<Vec<_>>(),
        [true, true, true, false]
    );
}
