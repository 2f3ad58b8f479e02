//! The rules as models of dbt: what `leadscore sql --dbt` writes of the examples and of the cases is built by dbt itself,
//! with the tests of the data and the unit tests, and gives each contact what the engine gives it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use leadscore::calendar::Day;
use leadscore::connect::{self, Config, DataArguments, Intake};
use leadscore::model::Model;
use leadscore::plan::Plan;
use leadscore::score::score;
use leadscore::sql::{self, EventName};
use leadscore::table::{Contacts, Events};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::databases::{Answer, Table, folder, python_with_dbt, texts};
use super::written::{Written, model_with_tests, tables_of};
use super::{differences, result, sorted};
use crate::folder::entries;

#[test]
fn dbt_builds_the_examples_and_cases_on_duckdb() {
    builds_all("duckdb");
}

#[test]
fn dbt_builds_the_examples_and_cases_on_postgres() {
    builds_all("postgres");
}

/// Of the examples, those whose data differ in kind: events nested in contacts, one table for each event, other names of
/// columns and another time zone. dbt takes half a second for each unit test.
const EXAMPLES: [&str; 5] = ["card", "investilead", "lifecycle", "marketo", "pardot"];

/// The day of the first build. The second is as of today, of one model.
const AS_OF: &str = "2026-11-01";
const OF_TODAY: &str = "lifecycle";

fn builds_all(engine: &str) {
    let folder = tempfile::tempdir().unwrap();
    let models = folder.path().join("models");
    let all: Vec<Project> = examples().chain(cases()).collect();
    let left_out: String = all.iter().map(|project| project.write_model(engine, &models)).collect();
    assert_eq!(left_out, LEFT_OUT);
    let names: Vec<&str> = all.iter().map(|project| project.name.as_str()).collect();
    let job = json!({
        "tables": all.iter().flat_map(Project::tables).map(|table| table.json()).collect::<Vec<_>>(),
        "builds": [
            {"vars": {"as_of": AS_OF}, "show": names},
            {"vars": {}, "select": [OF_TODAY], "show": [OF_TODAY]},
        ],
    });
    let answer = build(engine, folder.path(), &job);
    let days = |project: &Project| [Day::parse(AS_OF), project.model.zone.day_of(chrono::Utc::now())];
    let (mut unit_tests, mut wrong) = (0, String::new());
    for (build, which) in answer["builds"].as_array().unwrap().iter().zip(0..) {
        assert_eq!(build["wrong"], "");
        let nodes = build["nodes"].as_object().unwrap();
        unit_tests += nodes.keys().filter(|name| name.starts_with("unit_test.")).count();
        for project in all.iter().filter(|project| build["shown"].get(&project.name).is_some()) {
            let told = differences(
                &shown(&build["shown"][&project.name]),
                &project.scored(days(project)[which].unwrap()),
            );
            wrong += &format!("{}{told}", if told.is_empty() { "" } else { &project.name });
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    let tests: usize = all.iter().map(|project| project.model.tests.len()).sum();
    let today = all.iter().find(|project| project.name == OF_TODAY).unwrap();
    assert_eq!(unit_tests, tests + today.model.tests.len() - LEFT_OUT.lines().count());
}

/// What cannot be a unit test.
const LEFT_OUT: &str = "warning: the test `a part of a list cannot be two` is no unit test: the column `interests` cannot hold what it gives\n";

/// Rules with their data, in a folder of their own whose `leadscore.toml` names tables.
struct Project {
    name: String,
    folder: TempDir,
    config: Config,
    model: Model,
    contacts: Contacts,
    events: Events,
}

/// The examples with their data.
fn examples() -> impl Iterator<Item = Project> {
    EXAMPLES.into_iter().map(|name| {
        let example = root().join("examples").join(name);
        let folder = tempfile::tempdir().unwrap();
        for file in entries(&example).iter().filter(|path| path.is_file()) {
            fs::copy(file, folder.path().join(file.file_name().unwrap())).unwrap();
        }
        let rules = example.join("rules.ls");
        let toml = fs::read_to_string(example.join("leadscore.toml")).unwrap();
        let mut project = Project::new(name.to_owned(), folder, &toml);
        let config = Config::load(Some(&rules), &DataArguments::default()).unwrap();
        let events = |batch: &Events| project.events.append(batch);
        project.contacts = connect::read(&project.model, &config, &mut Intake::default(), events).unwrap();
        project
    })
}

/// The cases, whose tables are empty.
fn cases() -> impl Iterator<Item = Project> {
    let files = entries(&root().join("tests/cases/dbt")).into_iter();
    files
        .filter(|path| path.extension().is_some_and(|ending| ending == "ls"))
        .map(|case| {
            let folder = tempfile::tempdir().unwrap();
            fs::copy(&case, folder.path().join("rules.ls")).unwrap();
            Project::new(stem(&case), folder, "[contacts]\n")
        })
}

impl Project {
    /// A project without data, whose tables have its name in theirs. Contacts are in a source, events in models.
    fn new(name: String, folder: TempDir, toml: &str) -> Project {
        let mut toml = toml.replace(
            "[contacts]\n",
            &format!("[contacts]\ntable = \"raw.{name}_contacts\"\n"),
        );
        if !toml.contains("[[events]]\n") {
            toml += "\n[[events]]\n";
        }
        let mut parts = toml.split("[[events]]\n");
        let mut named = parts.next().unwrap().to_owned();
        for (part, number) in parts.zip(1..) {
            named += &format!("[[events]]\ntable = \"{name}_events_{number}\"\n{part}");
        }
        fs::write(folder.path().join("leadscore.toml"), named).unwrap();
        let rules = folder.path().join("rules.ls");
        let model = model_with_tests(&rules);
        Project {
            name,
            config: Config::load(Some(&rules), &DataArguments::default()).unwrap(),
            contacts: Contacts::new(model.field_types()),
            events: Events::new(model.property_types()),
            folder,
            model,
        }
    }

    /// Lets leadscore write the model, and returns what it warns of.
    fn write_model(&self, engine: &str, models: &Path) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_leadscore"));
        command.args([
            "sql",
            "rules.ls",
            "--dialect",
            engine,
            "--create",
            "view",
            &self.name,
            "--dbt",
        ]);
        let output = command.arg(models).current_dir(self.folder.path()).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{}: {said}", self.name);
        let warnings = said.lines().filter(|line| line.starts_with("warning"));
        warnings.map(|line| format!("{line}\n")).collect()
    }

    /// The data in the tables and columns that the configuration names.
    fn tables(&self) -> Vec<Table> {
        let named = self.config.tables(None, None).unwrap();
        let written = Written {
            name: self.name.clone(),
            model: self.model.clone(),
            as_of: Day::MIN,
            is_today: false,
            contacts: self.contacts.clone(),
            events: self.events.clone(),
        };
        let [mut contacts, events] = <[Table; 2]>::try_from(tables_of(&written)).ok().unwrap();
        contacts.name = name_of(&named.contacts.table);
        let fields = named.contacts.fields.iter();
        for (column, other) in fields.chain([(&"id".to_owned(), &named.contacts.id)]) {
            rename(&mut contacts, column, other);
        }
        let events = named.events.iter().map(|table| events_of(table, &events));
        std::iter::once(contacts).chain(events).collect()
    }

    /// What the engine gives.
    fn scored(&self, as_of: Day) -> Answer {
        let scores = score(&Plan::new(&self.model), as_of, &self.contacts, [&self.events]);
        sorted(result(&scores, &self.contacts))
    }
}

/// The events that one table holds.
fn events_of(table: &sql::EventsTable, all: &Table) -> Table {
    let fixed = match &table.event {
        EventName::Fixed(name) => Some(name),
        EventName::Column(_) => None,
    };
    let is_there = |row: &&Vec<Option<String>>| fixed.is_none_or(|name| row[1].as_ref() == Some(name));
    let mut events = Table {
        name: name_of(&table.table),
        columns: all.columns.clone(),
        rows: all.rows.iter().filter(is_there).cloned().collect(),
    };
    rename(&mut events, "contact", &table.contact);
    rename(&mut events, "at", &table.at);
    if let EventName::Column(column) = &table.event {
        rename(&mut events, "event", column);
    }
    if let Some(id) = &table.id {
        events.columns.push((id.clone(), "integer"));
        for (row, number) in events.rows.iter_mut().zip(1..) {
            row.push(Some(number.to_string()));
        }
    }
    events
}

fn rename(table: &mut Table, column: &str, other: &str) {
    if let Some((name, _)) = table.columns.iter_mut().find(|(name, _)| name == column) {
        *name = other.to_owned();
    }
}

fn name_of(table: &sql::Table) -> String {
    match table {
        sql::Table::Named(parts) => parts.last().unwrap().clone(),
        sql::Table::Template(written) => written.clone(),
    }
}

/// Lets dbt build a project on an engine.
fn build(engine: &str, project: &Path, job: &Value) -> Value {
    let mut command = Command::new(python_with_dbt());
    command.arg(folder().join("dbt_project.py")).arg(engine).arg(project);
    let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    process
        .stdin
        .take()
        .unwrap()
        .write_all(job.to_string().as_bytes())
        .unwrap();
    let output = process.wait_with_output().unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

fn shown(model: &Value) -> Answer {
    sorted(Answer {
        columns: texts(&model["columns"]).into_iter().flatten().collect(),
        rows: model["rows"].as_array().unwrap().iter().map(texts).collect(),
    })
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
