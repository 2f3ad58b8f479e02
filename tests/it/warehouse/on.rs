//! `score --on`: contacts scored where they are, through the database's own command line.

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;

use super::databases::installed;

/// A rules file and a database of DuckDB's with two contacts, in a folder of their own.
struct Folder(tempfile::TempDir);

const RULES: &str = "when title contains word \"DRH\" add 40.5\nwhen event visit add 10 at most 2 times\nhot >= 50\ncold otherwise\n\
                     exclude when title = \"Stagiaire\" because \"an intern\"\n";

const TABLES: &str = "create table contacts (id varchar, title varchar);\n\
                      insert into contacts values ('a', 'DRH'), ('b', null), ('c', 'stagiaire');\n\
                      create table events (contact varchar, event varchar, \"at\" timestamp);\n\
                      insert into events values ('a', 'visit', '2026-10-30 10:00:00'), ('a', 'visit', '2026-11-01 23:59:59'),\n\
                      ('b', 'visit', '2026-11-02 00:00:00');\n";

impl Folder {
    fn new() -> Folder {
        let folder = Folder(tempfile::tempdir().unwrap());
        std::fs::write(folder.path().join("rules.ls"), RULES).unwrap();
        folder.query(TABLES);
        folder
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// What DuckDB's own command line says.
    fn query(&self, statement: &str) -> String {
        let duckdb = installed("duckdb");
        let output = std::process::Command::new(duckdb)
            .current_dir(self.path())
            .args(["-csv", "crm.duckdb", statement])
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn score(&self, arguments: &[&str]) -> Output {
        let path = installed("duckdb").parent().unwrap().to_owned();
        Command::cargo_bin("leadscore")
            .unwrap()
            .current_dir(self.path())
            .env("PATH", path)
            .args(["score", "rules.ls", "--on", "duckdb:crm.duckdb"])
            .args(arguments)
            .output()
            .unwrap()
    }
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn scores_come_as_files_would_give_them() {
    let output = Folder::new().score(&["--as-of", "2026-11-01"]);
    let scores = String::from_utf8_lossy(&output.stdout);
    assert_eq!(
        scores,
        "id,score,band,excluded\na,60.5,hot,\nb,0,cold,\nc,,excluded,an intern\n",
        "{}",
        told(&output)
    );
}

#[test]
fn scores_are_stored_with_their_day_and_the_rules_and_each_day_once_in_the_history() {
    let folder = Folder::new();
    for day in ["2026-11-01", "2026-11-02", "2026-11-02"] {
        let output = folder.score(&["--as-of", day, "--into", "scores", "--history", "bands"]);
        assert!(output.status.success(), "{}", told(&output));
        assert!(output.stdout.is_empty());
    }
    assert_eq!(
        folder.query("select id, score, band, as_of, length(rules) as length from scores order by id"),
        "id,score,band,as_of,length\na,60.5000,hot,2026-11-02,12\nb,10.0000,cold,2026-11-02,12\nc,NULL,excluded,2026-11-02,12\n"
    );
    assert_eq!(
        folder.query("select as_of, band, count(*) as contacts from bands group by all order by all"),
        "as_of,band,contacts\n2026-11-01,cold,1\n2026-11-01,excluded,1\n2026-11-01,hot,1\n\
         2026-11-02,cold,1\n2026-11-02,excluded,1\n2026-11-02,hot,1\n"
    );
}

#[test]
fn a_contact_that_comes_twice_is_an_error_and_nothing_is_stored() {
    let folder = Folder::new();
    assert!(folder.score(&["--into", "scores"]).status.success());
    folder.query("insert into contacts values ('a', 'twice')");
    let output = folder.score(&["--into", "scores"]);
    assert_eq!(output.status.code(), Some(3));
    insta::assert_snapshot!("a_contact_that_comes_twice", told(&output));
    assert_eq!(folder.query("select count(*) as contacts from scores"), "contacts\n3\n");
}

#[test]
fn what_a_database_has_against_the_query_is_told_in_its_words() {
    let output = Folder::new().score(&["--contacts", "leads"]);
    assert_eq!(output.status.code(), Some(2));
    let told = told(&output);
    assert!(told.contains("leads"), "{told}");
    insta::assert_snapshot!(told.lines().next().unwrap_or_default());
}

#[test]
fn a_database_that_cannot_be_reached_is_told() {
    let folder = Folder::new();
    let output = |database: &str| {
        let mut command = Command::cargo_bin("leadscore").unwrap();
        let command = command
            .current_dir(folder.path())
            .env("PATH", "/nowhere")
            .args(["score", "rules.ls", "--on"]);
        let output = command.arg(database).output().unwrap();
        (output.status.code(), told(&output))
    };
    let told = [
        "postgres://localhost/crm",
        "duckdb:none.duckdb",
        "mysql://localhost/crm",
    ]
    .map(output);
    insta::assert_snapshot!(told.map(|(code, text)| format!("{code:?} {text}")).join("\n"));
}
