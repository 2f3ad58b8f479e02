//! `leadscore sql`: where the query goes, and what it takes.

use std::fs;

use tempfile::TempDir;

use super::{RULES, folder, run};

/// Tables of events, each of which has to be named.
const SEVERAL: &str = "rules = \"rules.ls\"\n[[events]]\ntable = \"web.events\"\n[[events]]\nname = \"open\"\n";

fn project() -> TempDir {
    folder(&[
        ("rules.ls", RULES),
        ("wrong.ls", "when title contains \"director\" add\n"),
        ("regex.ls", "when title matches \"^dir\" add 10\nhot >= 5\n"),
        ("several/rules.ls", RULES),
        ("several/leadscore.toml", SEVERAL),
        ("field/rules.ls", RULES),
        (
            "field/leadscore.toml",
            "[contacts]\nfields = { signup = \"Created At\" }\ntypes = { signup = \"timestamptz\" }\n",
        ),
        ("unseen/rules.ls", RULES),
        ("unseen/leadscore.toml", "[[events]]\nat = \"occurred\\nat\"\n"),
    ])
}

fn said(arguments: &[&str]) -> (i32, String, String) {
    run(project().path(), &[&["sql"], arguments].concat())
}

#[test]
fn the_query_goes_to_standard_output() {
    let (code, out, err) = said(&["rules.ls", "--dialect", "duckdb", "--as-of", "2026-01-31"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(
        out.starts_with("-- rules.ls, as of 2026-01-31. Written by leadscore for DuckDB;"),
        "{out}"
    );
    assert!(
        out.contains("FROM contacts AS c") && out.contains("FROM events AS e"),
        "{out}"
    );
    assert!(out.ends_with("FROM scores\n"), "{out}");
    let (_, again, _) = said(&["rules.ls", "--dialect", "duckdb", "--as-of", "2026-01-31", "-o", "-"]);
    assert_eq!(out, again);
}

#[test]
fn or_to_a_file() {
    let folder = project();
    let arguments = ["sql", "rules.ls", "--dialect", "postgres", "-o", "scores.sql"];
    let (code, out, _) = run(folder.path(), &arguments);
    assert_eq!((code, out.as_str()), (0, ""));
    let query = fs::read_to_string(folder.path().join("scores.sql")).unwrap();
    assert!(query.contains("for PostgreSQL"), "{query}");
}

#[test]
fn tables_a_day_and_a_view_may_be_named() {
    let (code, out, err) = said(&[
        "rules.ls",
        "--dialect",
        "snowflake",
        "--contacts",
        "crm.contacts",
        "--events",
        "web.\"All Events\"",
        "--as-of",
        "current",
        "--set",
        "contacts.id=\"Record ID\"",
        "--create",
        "view",
        "marts.lead_scores",
        "--with-reasons",
    ]);
    assert_eq!((code, err.as_str()), (0, ""));
    for part in [
        "FROM crm.contacts AS c",
        "FROM web.\"All Events\" AS e",
        "c.\"Record ID\"",
        "CURRENT_TIMESTAMP()",
        "\nCREATE OR REPLACE VIEW marts.lead_scores AS\nWITH",
        " AS reasons",
    ] {
        assert!(out.contains(part), "{part}:\n{out}");
    }
}

#[test]
fn what_cannot_be_asked_for_is_a_usage_error() {
    for (arguments, told) in [
        (&["rules.ls"][..], "--dialect"),
        (&["rules.ls", "--dialect", "oracle"], "duckdb"),
        (
            &["rules.ls", "--dialect", "duckdb", "--create", "index", "scores"],
            "--create view NAME",
        ),
        (&["rules.ls", "--dialect", "duckdb", "--create", "view"], "--create"),
        (&["rules.ls", "--dialect", "duckdb", "--create", "view", "a..b"], "a..b"),
        (
            &["rules.ls", "--dialect", "duckdb", "--contacts", "crm."],
            "crm.contacts",
        ),
        (
            &["rules.ls", "--dialect", "duckdb", "--as-of", "yesterday"],
            "yesterday",
        ),
        (&["no.ls", "--dialect", "duckdb"], "no.ls"),
        (
            &["rules.ls", "--dialect", "duckdb", "--create", "view", "Contacts"],
            "would take the place of a table that it reads",
        ),
        (&["several/rules.ls", "--dialect", "duckdb"], "LS6022"),
        (&["field/rules.ls", "--dialect", "duckdb"], "`\"Created At\" = …`"),
        (&["unseen/rules.ls", "--dialect", "duckdb"], "LS6027"),
        (
            &["several/rules.ls", "--dialect", "duckdb", "--events", "e"],
            "events.0.table=TABLE",
        ),
    ] {
        let (code, out, err) = said(arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}: {err}");
        assert!(err.contains(told), "{arguments:?}: {err}");
    }
}

#[test]
fn each_of_several_tables_of_events_has_to_be_named() {
    let (_, _, err) = said(&["several/rules.ls", "--dialect", "duckdb"]);
    insta::assert_snapshot!(err);
}

#[test]
fn what_is_said_of_columns_has_to_be_of_columns_that_a_query_can_read() {
    for (folder, name) in [("field", "a_type_of_a_field"), ("unseen", "a_column_with_a_line_break")] {
        let (_, _, err) = said(&[&format!("{folder}/rules.ls"), "--dialect", "duckdb"]);
        insta::assert_snapshot!(name, err);
    }
}

#[test]
fn rules_with_errors_and_rules_that_a_dialect_cannot_say_are_findings() {
    let (code, out, err) = said(&["wrong.ls", "--dialect", "duckdb"]);
    assert_eq!((code, out.as_str()), (1, ""), "{err}");
    let (code, out, err) = said(&["regex.ls", "--dialect", "sqlite", "-o", "scores.sql"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(
        err.contains("LS7001") && err.contains("regex.ls:1:6") && err.contains("1 error"),
        "{err}"
    );
    let (code, ..) = said(&["regex.ls", "--dialect", "duckdb"]);
    assert_eq!(code, 0);
}
