//! `leadscore sql --dbt`: which files it writes, and what it does not take.

use std::fs;
use std::path::Path;

use super::{RULES, folder, run};

const TEST: &str = "test \"a director\" {\n  given title = \"Director\"\n  expect score = 10\n}\n";

/// Writes into `models`.
fn written(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let fixed = ["sql", "rules.ls", "--dialect", "duckdb", "--dbt", "models"];
    let (code, out, err) = run(folder, &[&fixed, arguments].concat());
    assert_eq!(out, "");
    (code, err)
}

fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder.join("models")).into_iter().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn read(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join("models").join(file)).unwrap()
}

#[test]
fn two_files_are_replaced_and_nothing_else_is_touched() {
    let folder = folder(&[
        ("rules.ls", RULES),
        ("rules_test.ls", TEST),
        ("models/lead_scores.sql", "old"),
        ("models/other.sql", "other"),
    ]);
    let (code, said) = written(folder.path(), &[]);
    assert_eq!(
        (code, said.as_str()),
        (
            0,
            "wrote lead_scores.sql and lead_scores.yml in `models`: 1 unit test\n"
        )
    );
    assert_eq!(
        files(folder.path()),
        ["lead_scores.sql", "lead_scores.yml", "other.sql"]
    );
    assert!(read(folder.path(), "lead_scores.sql").starts_with("{{ config(materialized='view') }}"));
    assert!(read(folder.path(), "lead_scores.yml").contains("description: \"a director\""));
    assert_eq!(read(folder.path(), "other.sql"), "other");
}

#[test]
fn the_folder_is_made_and_the_options_say_what_stands_in_it() {
    let named = format!("model \"The élite\"\n{RULES}");
    let folder = folder(&[("rules.ls", named.as_str())]);
    let (code, _) = written(folder.path(), &["--as-of", "2026-11-01", "--contacts", "crm.leads"]);
    assert_eq!(
        (code, files(folder.path())),
        (0, vec!["the_elite.sql".to_owned(), "the_elite.yml".to_owned()])
    );
    let query = read(folder.path(), "the_elite.sql");
    assert!(
        query.contains("{%- else -%} DATE '2026-11-01' {%- endif -%}"),
        "{query}"
    );
    assert!(query.contains("FROM {{ source('crm', 'leads') }} AS c"), "{query}");
    let (code, _) = written(folder.path(), &["--create", "table", "fct__scores"]);
    assert_eq!(code, 0);
    assert!(read(folder.path(), "fct__scores.sql").starts_with("{{ config(materialized='table') }}"));
}

#[test]
fn what_dbt_cannot_have_is_a_usage_error_and_writes_nothing() {
    let folder = folder(&[("rules.ls", RULES)]);
    for (arguments, answer) in [
        (&["--output", "out.sql"][..], "cannot be used with"),
        (
            &["--create", "view", "crm.scores"],
            "a dbt model has a name of one part",
        ),
        (
            &["--create", "view", "Lead scores"],
            "`Lead scores` is no name of a dbt model",
        ),
        (&["--create", "index", "scores"], "`index` cannot be made of a query"),
        (
            &["--events", "lake.crm.events"],
            "dbt cannot name the table `lake.crm.events`",
        ),
        (
            &["--events", "lead_scores"],
            "the model `lead_scores` would read itself",
        ),
    ] {
        let (code, said) = written(folder.path(), arguments);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(answer), "{said}");
    }
    let (code, _, said) = run(
        folder.path(),
        &["sql", "rules.ls", "--dialect", "sqlite", "--dbt", "models"],
    );
    assert_eq!(code, 2);
    assert!(said.contains("there is no adapter of dbt for SQLite"), "{said}");
    assert!(
        said.contains("`duckdb`, `postgres`, `spark`, `clickhouse`, `snowflake`, `bigquery`"),
        "{said}"
    );
    assert_eq!(files(folder.path()), [""; 0]);
}

#[test]
fn tests_that_fail_are_no_unit_tests() {
    let wrong = TEST.replace("10", "11");
    let folder = folder(&[("rules.ls", RULES), ("rules_test.ls", wrong.as_str())]);
    let (code, said) = written(folder.path(), &[]);
    assert_eq!((code, files(folder.path()).len()), (1, 0));
    assert!(said.starts_with("error: 1 of 1 tests fail"), "{said}");
}

#[test]
fn a_test_that_no_table_can_hold_is_left_out_with_a_warning() {
    let toml = "[[events]]\ntable = \"opens\"\nname = \"open\"\n";
    let test = "test \"a visit\" {\n  given event visit today\n  expect score = 5\n}\n";
    let folder = folder(&[("rules.ls", RULES), ("rules_test.ls", test), ("leadscore.toml", toml)]);
    let (code, said) = written(folder.path(), &[]);
    assert_eq!(code, 0, "{said}");
    let answer = "the test `a visit` is no unit test: no table holds events `visit`";
    assert!(said.contains(answer) && said.contains("0 unit tests"), "{said}");
    assert!(read(folder.path(), "lead_scores.yml").contains("# No unit test: a visit: no table holds events `visit`."));
}
