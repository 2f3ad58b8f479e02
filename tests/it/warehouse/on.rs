//! `score --on`: contacts scored where they are, through the database's own command line.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::databases::{installed, postgres};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Engine {
    DuckDb,
    Postgres,
}

const ENGINES: [Engine; 2] = [Engine::DuckDb, Engine::Postgres];

/// A rules file in a folder of its own, and a database of its own with three contacts.
struct Project {
    engine: Engine,
    folder: TempDir,
    /// As `--on` takes it.
    database: String,
}

const RULES: &str = "when title contains word \"DRH\" add 40.5\nwhen event visit add 10 at most 2 times\nhot >= 50\ncold otherwise\n\
                     exclude when title = \"Stagiaire\" because \"an intern\"\n";

const TABLES: &str = "create table contacts (id varchar, title varchar);\n\
                      insert into contacts values ('a', 'DRH'), ('b', null), ('c', 'stagiaire');\n\
                      create table events (contact varchar, event varchar, \"at\" timestamp);\n\
                      insert into events values ('a', 'visit', '2026-10-30 10:00:00'), ('a', 'visit', '2026-11-01 23:59:59'),\n\
                      ('b', 'visit', '2026-11-02 00:00:00');\n";

/// The scores as of 2026-11-01.
const SCORES: &str = "id,score,band,excluded\na,60.5,hot,\nb,0,cold,\nc,,excluded,an intern\n";

impl Project {
    fn new(engine: Engine) -> Project {
        let database = match engine {
            Engine::DuckDb => "duckdb:crm.duckdb".to_owned(),
            Engine::Postgres => server_database(),
        };
        let project = Project {
            engine,
            folder: tempfile::tempdir().unwrap(),
            database,
        };
        project.write("rules.ls", RULES);
        project.query(TABLES);
        project
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path().join(name), text).unwrap();
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path().join(name)).unwrap()
    }

    /// The database's own command line.
    fn client(&self) -> Command {
        let mut command = match self.engine {
            Engine::DuckDb => {
                let mut command = Command::new(installed("duckdb"));
                command.args(["-no-init", "-csv", "-bail", "-nullvalue", ""]);
                command
            }
            Engine::Postgres => psql(&self.database),
        };
        command.current_dir(self.path());
        command
    }

    /// What the database says of statements, as CSV.
    fn query(&self, statements: &str) -> String {
        let mut client = self.client();
        match self.engine {
            Engine::DuckDb => client.args(["crm.duckdb", statements]),
            Engine::Postgres => client.args(["--command", statements]),
        };
        said(&mut client)
    }

    fn score(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = leadscore(self.path(), with_duckdb());
        command
            .args(["score", "rules.ls", "--on", &self.database])
            .args(arguments);
        command
    }
}

/// The program, started in a folder, with these folders of programs.
fn leadscore(folder: &Path, programs: OsString) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("leadscore"));
    command.current_dir(folder).env("PATH", programs);
    command
}

/// The folders of programs, with that of DuckDB's.
fn with_duckdb() -> OsString {
    let usual = env::var_os("PATH").unwrap_or_default();
    let duckdb = installed("duckdb").parent().unwrap().to_owned();
    env::join_paths([duckdb].into_iter().chain(env::split_paths(&usual))).unwrap()
}

/// A new database of the server's, by its URL.
fn server_database() -> String {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let url = |name: &str| format!("postgres:///{name}?host={}&user=postgres", postgres());
    let name = format!("crm{}", COUNT.fetch_add(1, Ordering::Relaxed));
    let create = format!("create database {name} template template0");
    said(psql(&url("postgres")).args(["--command", &create]));
    url(&name)
}

fn psql(url: &str) -> Command {
    let mut command = Command::new("psql");
    let options = ["--no-psqlrc", "--quiet", "--csv", "--set", "ON_ERROR_STOP=1"];
    command.args(options).args(["--dbname", url]);
    command
}

fn said(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", told(&output));
    String::from_utf8(output.stdout).unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What went to standard output of a run that ended well.
fn given(output: &Output) -> String {
    assert!(output.status.success(), "{}", told(output));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What went to standard error of a run that ended otherwise, and gave nothing.
fn refused(output: &Output, code: i32) -> String {
    assert_eq!(output.status.code(), Some(code), "{}", told(output));
    assert!(output.stdout.is_empty());
    told(output)
}

#[test]
fn scores_come_as_files_would_give_them() {
    for engine in ENGINES {
        let project = Project::new(engine);
        assert_eq!(given(&project.score(&["--as-of", "2026-11-01"])), SCORES, "{engine:?}");
        for file in ["scores.csv", "scores"] {
            let output = project.score(&["--as-of", "2026-11-01", "-o", file]);
            assert_eq!(given(&output), "", "{engine:?}");
            assert_eq!(String::from_utf8_lossy(&project.read(file)), SCORES, "{engine:?}");
        }
    }
}

#[test]
fn scores_are_stored_with_their_day_and_the_rules_and_each_day_once_in_the_history() {
    for engine in ENGINES {
        let project = Project::new(engine);
        for day in ["2026-11-01", "2026-11-02", "2026-11-02"] {
            let output = project.score(&["--as-of", day, "--into", "scores", "--history", "bands"]);
            assert_eq!(given(&output), "", "{engine:?}");
        }
        assert_eq!(
            project.query("select id, score, band, as_of, length(rules) as length from scores order by id"),
            "id,score,band,as_of,length\na,60.5000,hot,2026-11-02,12\nb,10.0000,cold,2026-11-02,12\nc,,excluded,2026-11-02,12\n",
            "{engine:?}"
        );
        assert_eq!(
            project.query("select as_of, band, count(*) as contacts from bands group by 1, 2 order by 1, 2"),
            "as_of,band,contacts\n2026-11-01,cold,1\n2026-11-01,excluded,1\n2026-11-01,hot,1\n\
             2026-11-02,cold,1\n2026-11-02,excluded,1\n2026-11-02,hot,1\n",
            "{engine:?}"
        );
    }
}

#[test]
fn scores_that_only_a_history_keeps_are_given_too() {
    for engine in ENGINES {
        let project = Project::new(engine);
        let output = project.score(&["--as-of", "2026-11-01", "--history", "crm_bands"]);
        assert_eq!(given(&output), SCORES, "{engine:?}");
        let kept = project.query("select count(*) as contacts from crm_bands");
        assert_eq!(kept, "contacts\n3\n", "{engine:?}");
    }
}

#[test]
fn a_contact_that_comes_twice_is_an_error_and_nothing_is_stored() {
    for engine in ENGINES {
        let project = Project::new(engine);
        given(&project.score(&["--into", "scores"]));
        project.query("insert into contacts values ('a', 'twice')");
        let told = refused(&project.score(&["--into", "scores"]), 3);
        insta::allow_duplicates! { insta::assert_snapshot!("a_contact_that_comes_twice", told) };
        let stored = project.query("select count(*) as contacts from scores");
        assert_eq!(stored, "contacts\n3\n", "{engine:?}");
    }
}

#[test]
fn a_contact_without_an_id_is_an_error() {
    for engine in ENGINES {
        let project = Project::new(engine);
        for id in ["null", "''", "' \t'"] {
            project.query(&format!("insert into contacts values ({id}, 'DRH')"));
            let told = refused(&project.score(&["--into", "scores"]), 3);
            assert!(
                told.contains("a contact in the table has no id"),
                "{engine:?} {id}: {told}"
            );
            insta::allow_duplicates! { insta::assert_snapshot!("a_contact_without_an_id", told) };
            project.query("delete from contacts where title = 'DRH' and (id is null or id <> 'a')");
        }
        given(&project.score(&["--into", "scores"]));
    }
}

#[test]
fn ids_that_are_numbers_are_looked_at_too() {
    for engine in ENGINES {
        let project = Project::new(engine);
        project.query("create table leads (id bigint, title varchar); insert into leads values (7, 'DRH'), (8, null)");
        let score = || project.score(&["--as-of", "2026-11-01", "--contacts", "leads"]);
        assert_eq!(
            given(&score()),
            "id,score,band,excluded\n7,40.5,cold,\n8,0,cold,\n",
            "{engine:?}"
        );
        project.query("insert into leads values (7, null)");
        assert!(
            refused(&score(), 3).contains("the contact `7` comes twice"),
            "{engine:?}"
        );
    }
}

#[test]
fn what_a_database_has_against_the_query_is_told_in_its_words() {
    for engine in ENGINES {
        let output = Project::new(engine).score(&["--contacts", "leads"]);
        let told = refused(&output, 2);
        assert!(told.contains("leads"), "{told}");
        insta::assert_snapshot!(
            format!("in_the_words_of_{engine:?}"),
            told.lines().next().unwrap_or_default()
        );
    }
}

#[test]
fn scores_that_are_not_stored_need_no_right_to_write() {
    let project = Project::new(Engine::Postgres);
    project.query("do $$ begin execute format('alter database %I set default_transaction_read_only = on', current_database()); end $$");
    assert_eq!(given(&project.score(&["--as-of", "2026-11-01"])), SCORES);
    assert!(refused(&project.score(&["--into", "scores"]), 2).contains("read-only"));

    // As long as somebody reads a file of DuckDB's, nobody may open it to write.
    let project = Project::new(Engine::DuckDb);
    let mut reader = project.client();
    reader.args(["-readonly", "crm.duckdb"]);
    let mut reader = reader.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut statements = reader.stdin.take().unwrap();
    writeln!(statements, "select 1 as open;").unwrap();
    let mut line = String::new();
    BufReader::new(reader.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    assert_eq!(line, "open\n");
    assert_eq!(given(&project.score(&["--as-of", "2026-11-01"])), SCORES);
    assert!(refused(&project.score(&["--into", "scores"]), 2).contains("lock"));
    drop(statements);
    reader.wait().unwrap();
}

#[test]
fn of_two_runs_at_once_one_waits_and_each_contact_stays_once() {
    let project = Project::new(Engine::Postgres);
    given(&project.score(&["--as-of", "2026-11-01", "--into", "scores"]));
    let mut first = project.client().stdin(Stdio::piped()).spawn().unwrap();
    let mut statements = first.stdin.take().unwrap();
    let stored = "begin; create temporary table again as select * from scores; delete from scores;\n\
                  insert into scores select * from again;";
    writeln!(statements, "{stored}").unwrap();
    let mut second = project.command(&["--as-of", "2026-11-02", "--into", "scores"]);
    let second = thread::spawn(move || second.output().unwrap());
    let deadline = Instant::now() + Duration::from_secs(30);
    let waiting =
        "select count(*) as runs from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
    while project.query(waiting) != "runs\n1\n" {
        assert!(
            Instant::now() < deadline && !second.is_finished(),
            "the second run waits"
        );
        thread::sleep(Duration::from_millis(20));
    }
    writeln!(statements, "commit;").unwrap();
    drop(statements);
    assert!(first.wait().unwrap().success());
    given(&second.join().unwrap());
    assert_eq!(
        project.query("select id, as_of from scores order by id"),
        "id,as_of\na,2026-11-02\nb,2026-11-02\nc,2026-11-02\n"
    );
}

#[test]
fn the_settings_of_a_server_do_not_matter() {
    let project = Project::new(Engine::Postgres);
    project.write(
        "rules.ls",
        "when title contains word \"équipe\" add 40 because \"é\\\\\"\nwhen size = 1234.5678 add 1\nwhen started = \"2026-10-31\" add 2\n\
         exclude when title = \"Exclu\" because \"hors périmètre\"\n",
    );
    project.query(
        "create table leads (id varchar, title varchar, size double precision, started date);\n\
         insert into leads values ('é', 'L’ÉQUIPE', 1234.5678, '2026-10-31'), ('x', 'Exclu', 1, null)",
    );
    for setting in [
        "standard_conforming_strings = off",
        "extra_float_digits = -12",
        "datestyle = 'SQL, DMY'",
        "client_encoding = latin1",
    ] {
        project.query(&format!(
            "do $do$ begin execute format($$alter database %I set {setting}$$, current_database()); end $do$"
        ));
    }
    let scores = given(&project.score(&["--contacts", "leads"]));
    assert_eq!(scores, "id,score,band,excluded\nx,,excluded,hors périmètre\né,43,,\n");
}

#[test]
fn a_table_of_other_rules_stays_as_it_is_and_it_is_told_what_to_do() {
    for engine in ENGINES {
        let project = Project::new(engine);
        given(&project.score(&["--as-of", "2026-11-01", "--into", "scores"]));
        let more = format!("{RULES}score fit {{\n  when title contains \"DRH\" add 5\n  good >= 5\n}}\n");
        project.write("rules.ls", &more);
        let told = refused(&project.score(&["--as-of", "2026-11-02", "--into", "scores"]), 2);
        insta::assert_snapshot!(format!("a_table_of_other_rules_in_{engine:?}"), told);
        let stored = project.query("select distinct as_of from scores");
        assert_eq!(stored, "as_of\n2026-11-01\n", "{engine:?}");
        project.query("drop table scores");
        given(&project.score(&["--as-of", "2026-11-02", "--into", "scores"]));
        // Columns that the rules no longer have are left empty.
        project.write("rules.ls", RULES);
        given(&project.score(&["--as-of", "2026-11-03", "--into", "scores"]));
        assert_eq!(
            project.query("select id, fit, score from scores order by id"),
            "id,fit,score\na,,60.5000\nb,,10.0000\nc,,\n",
            "{engine:?}"
        );
    }
}

#[test]
fn a_column_that_is_added_to_stored_scores_is_no_name_for_a_score_or_class() {
    let project = Project::new(Engine::DuckDb);
    let rules = format!(
        "{RULES}score as_of {{\n  when title contains \"DRH\" add 5\n}}\nclassify Rules {{\n  other otherwise\n}}\n"
    );
    project.write("rules.ls", &rules);
    insta::assert_snapshot!(refused(&project.score(&["--into", "scores"]), 1));
    given(&project.score(&["--history", "bands"]));
}

#[test]
fn neither_a_file_nor_a_table_that_is_read_is_written() {
    let project = Project::new(Engine::DuckDb);
    project.write("leadscore.toml", "rules = \"rules.ls\"\n");
    project.write("big.txt", "acme\n");
    project.write(
        "rules.ls",
        &format!("list big from \"big.txt\"\nwhen company in big add 10\n{RULES}"),
    );
    project.query("alter table contacts add column company varchar");
    for (file, what) in [
        ("rules.ls", "the rules"),
        ("big.txt", "a list that the rules read"),
        ("leadscore.toml", "the configuration"),
        ("crm.duckdb", "the database"),
    ] {
        let before = project.read(file);
        let told = refused(&project.score(&["--format", "csv", "-o", file]), 2);
        assert!(
            told.contains(&format!("`--output {file}` would overwrite {what}")),
            "{told}"
        );
        assert_eq!(project.read(file), before, "{file}");
    }
    for (options, what) in [
        (["--into", "contacts"], "`--into contacts` would overwrite the contacts"),
        (["--history", "Events"], "`--history Events` would overwrite the events"),
        (
            ["--into", "main.contacts"],
            "`--into main.contacts` would overwrite the contacts",
        ),
    ] {
        let told = refused(&project.score(&options), 2);
        assert!(told.contains(what), "{told}");
    }
    given(&project.score(&["--as-of", "2026-11-01"]));
}

#[test]
fn options_that_contradict_each_other_are_refused() {
    let project = Project::new(Engine::DuckDb);
    let told = [
        &["-o", "scores.parquet"][..],
        &["-o", "scores.csv", "--format", "json"],
        &["--into", "crm.Scores", "--history", "crm.scores"],
        &["--into", "scores", "-o", "scores.csv"],
        &["--into", "scores", "--format", "csv"],
        &["--input-format", "csv"],
    ]
    .map(|options| refused(&project.score(options), 2));
    insta::assert_snapshot!(told.join("\n"));
    assert!(!project.path().join("scores.parquet").exists());
}

#[test]
fn a_database_that_cannot_be_reached_is_told() {
    let project = Project::new(Engine::DuckDb);
    let output = |database: &str| {
        let mut command = leadscore(project.path(), "/nowhere".into());
        let output = command.args(["score", "rules.ls", "--on", database]).output().unwrap();
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

#[test]
#[cfg(unix)]
fn what_a_client_gives_that_is_no_table_of_texts_is_told() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("rules.ls"), RULES).unwrap();
    let psql = folder.path().join("psql");
    let told = ["id,count\\n\\351,2\\n", "id,count\\na,2,3\\n"].map(|text| {
        fs::write(&psql, format!("#!/bin/sh\nprintf '{text}'\n")).unwrap();
        fs::set_permissions(&psql, fs::Permissions::from_mode(0o755)).unwrap();
        let mut command = leadscore(folder.path(), folder.path().into());
        let output = command
            .args(["score", "rules.ls", "--on", "postgres://crm.example/crm"])
            .output();
        refused(&output.unwrap(), 3)
    });
    insta::assert_snapshot!(told.join("\n"));
}
