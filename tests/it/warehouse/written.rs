//! What people wrote: the examples with their data and their tests, and the cases of scoring, on every engine.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use leadscore::calendar::Day;
use leadscore::connect::{self, Config, DataArguments, Intake};
use leadscore::model::{Given, Model};
use leadscore::plan::Plan;
use leadscore::score::score;
use leadscore::source::Source;
use leadscore::sql::{AsOf, DialectName};
use leadscore::table::{Cell, Contacts, Events, Type};

use super::databases::{Database, Table};
use super::{query, result, wrong};
use crate::folder::entries;
use crate::given;

#[test]
fn duckdb_runs_the_examples_and_cases() {
    runs_all("duckdb");
}

#[test]
fn sqlite_runs_the_examples_and_cases() {
    runs_all("sqlite");
}

#[test]
fn postgres_runs_the_examples_and_cases() {
    runs_all("postgres");
}

#[test]
fn datafusion_runs_the_examples_and_cases() {
    runs_all("datafusion");
}

#[test]
fn clickhouse_runs_the_examples_and_cases() {
    runs_all("clickhouse");
}

#[test]
fn spark_runs_the_examples_and_cases() {
    runs_all("spark");
}

/// Rules and data that somebody wrote.
pub(super) struct Written {
    pub(super) name: String,
    pub(super) model: Model,
    pub(super) as_of: Day,
    /// Whether the day is today, which the database is to find by itself.
    pub(super) is_today: bool,
    pub(super) contacts: Contacts,
    pub(super) events: Events,
}

fn runs_all(engine: &str) {
    let dialect = DialectName::named(engine).unwrap();
    let mut database = Database::start(engine);
    let (mut told, mut refused) = (String::new(), Vec::new());
    let mut ran = 0;
    for written in cases().into_iter().chain(examples()) {
        let config = Config::default();
        let tables = config.tables(None, None).unwrap();
        let as_of = match written.is_today {
            true => AsOf::Today(written.model.zone),
            false => AsOf::Day(written.as_of),
        };
        match query(&written.model, dialect, as_of, tables) {
            Err(refusals) => refused.push(format!("{}: {}", written.name, refusals[0])),
            Ok(query) => {
                let tables = tables_of(&written);
                let right = score(
                    &Plan::new(&written.model),
                    written.as_of,
                    &written.contacts,
                    [&written.events],
                );
                let wrong = wrong(&mut database, &tables, &query, result(&right, &written.contacts));
                if !wrong.is_empty() {
                    told += &format!("{}\n{wrong}\n", written.name);
                }
                ran += 1;
            }
        }
    }
    assert!(told.is_empty(), "{told}");
    assert!(ran > 60, "{ran} were run");
    insta::assert_snapshot!(format!("{engine}_refuses"), refused.join("\n"));
}

/// The cases of scoring.
fn cases() -> Vec<Written> {
    let paths = files(&root().join("tests/cases/score"), "ls");
    assert!(paths.len() > 30, "the cases were found");
    let case = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let (rules, as_of, data) = given::parts(&text);
        let model = given::model(rules);
        let (contacts, events) = given::data(&model, data);
        Written {
            name: path.file_stem().unwrap().to_string_lossy().into_owned(),
            model,
            as_of,
            is_today: false,
            contacts,
            events,
        }
    };
    paths.into_iter().map(case).collect()
}

/// The examples with their data as of a day on which they tell their stories, and with what their tests give.
pub(super) fn examples() -> Vec<Written> {
    let mut all = Vec::new();
    for folder in entries(&root().join("examples")) {
        let rules = folder.join("rules.ls");
        let name = rules.strip_prefix(root()).unwrap().display().to_string();
        let model = model_with_tests(&rules);
        let config = Config::load(Some(&rules), &DataArguments::default()).unwrap();
        let mut events = Events::new(model.property_types());
        let contacts = connect::read(&model, &config, &mut Intake::default(), |batch| events.append(batch)).unwrap();
        let days = ["2026-11-01", "2020-05-15"].map(|day| Day::parse(day).unwrap());
        let today = model.zone.day_of(chrono::Utc::now()).unwrap();
        for as_of in days.into_iter().chain([today]) {
            all.push(Written {
                name: match as_of == today {
                    true => format!("{name} as of today"),
                    false => format!("{name} as of {as_of}"),
                },
                model: model.clone(),
                as_of,
                is_today: as_of == today,
                contacts: contacts.clone(),
                events: events.clone(),
            });
        }
        all.extend(tests_of(&name, &model));
    }
    all
}

/// The model of a rules file, with the tests beside it.
pub(super) fn model_with_tests(rules: &Path) -> Model {
    let text = fs::read_to_string(rules).unwrap();
    let list = |path: &str| fs::read_to_string(rules.with_file_name(path)).map_err(|error| error.to_string());
    let compiled = leadscore::compile(&Source::new(&rules.display().to_string(), &text), &list);
    let mut model = compiled.into_model().unwrap();
    if let Ok(tests) = fs::read_to_string(rules.with_file_name("rules_test.ls")) {
        let source = Source::new("rules_test.ls", &tests);
        let parsed = leadscore::syntax::parse(&source);
        assert!(leadscore::check::check_tests(&mut model, &source, &parsed.file).is_empty());
    }
    model
}

/// What the tests of a model give, those of one day together.
fn tests_of(name: &str, model: &Model) -> Vec<Written> {
    let mut days: BTreeMap<Day, Vec<&leadscore::model::Test>> = BTreeMap::new();
    for test in &model.tests {
        days.entry(test.as_of).or_default().push(test);
    }
    let of_day = |(as_of, tests): (Day, Vec<&leadscore::model::Test>)| {
        let mut contacts = Contacts::new(model.field_types());
        let mut events = Events::new(model.property_types());
        for test in tests {
            let fields = test.fields.iter().map(|(field, given)| (field.index(), given));
            let row = with_cells(model.fields.len(), fields, |cells| contacts.push(&test.name, cells));
            for given in &test.events {
                let properties = given
                    .properties
                    .iter()
                    .map(|(property, given)| (property.index(), given));
                with_cells(model.properties.len(), properties, |cells| {
                    (0..given.count).for_each(|_| events.push(row.unwrap(), &given.name, given.day, cells));
                });
            }
        }
        Written {
            name: format!("{name}, tests as of {as_of}"),
            model: model.clone(),
            as_of,
            is_today: false,
            contacts,
            events,
        }
    };
    days.into_iter().map(of_day).collect()
}

fn with_cells<'g, T>(
    count: usize,
    given: impl Iterator<Item = (usize, &'g Given)>,
    then: impl FnOnce(&[Cell<'_>]) -> T,
) -> T {
    let given: Vec<(usize, &Given)> = given.collect();
    let lists: Vec<Vec<&str>> = given
        .iter()
        .map(|(_, given)| match given {
            Given::List(elements) => elements.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        })
        .collect();
    let mut cells = vec![Cell::Missing; count];
    for ((place, given), list) in given.iter().zip(&lists) {
        cells[*place] = match given {
            Given::Text(text) => Cell::Text(text),
            Given::Number(number) => Cell::Number(*number),
            Given::Boolean(value) => Cell::Boolean(*value),
            Given::Date(day) => Cell::Date(*day),
            Given::List(_) => Cell::List(list),
        };
    }
    then(&cells)
}

/// The data as tables.
pub(super) fn tables_of(written: &Written) -> Vec<Table> {
    let Written {
        model,
        contacts,
        events,
        ..
    } = written;
    let fields = model
        .fields
        .iter()
        .map(|field| (field.name.clone(), super::kind(&field.of)));
    let contact = |row: usize| {
        let cells = contacts.columns().iter().map(|column| column.display(row));
        std::iter::once(Some(contacts.id(row).to_owned()))
            .chain(cells)
            .collect()
    };
    let properties = distinct(
        model
            .properties
            .iter()
            .map(|property| (property.name.clone(), &property.of)),
    );
    let event = |row: usize| {
        let id = contacts.id(events.contacts()[row] as usize).to_owned();
        let name = events.vocabulary().text(events.names()[row]).to_owned();
        let day = Day::from_number(events.days()[row]).unwrap().to_string();
        let of_name = |wanted: &String| {
            let named = model
                .properties
                .iter()
                .zip(events.columns())
                .filter(|(property, _)| property.name == *wanted);
            named.filter_map(|(_, column)| column.display(row)).next()
        };
        let cells = properties.iter().map(|(name, _)| of_name(name));
        [id, name, day].map(Some).into_iter().chain(cells).collect()
    };
    let first = ["contact", "event"].map(|name| (name.to_owned(), "text"));
    let at = ("at".to_owned(), "date");
    vec![
        Table {
            name: "contacts".to_owned(),
            columns: std::iter::once(("id".to_owned(), "text")).chain(fields).collect(),
            rows: (0..contacts.len()).map(contact).collect(),
        },
        Table {
            name: "events".to_owned(),
            columns: first
                .into_iter()
                .chain([at])
                .chain(properties.iter().cloned())
                .collect(),
            rows: (0..events.len()).map(event).collect(),
        },
    ]
}

/// The columns of some properties; one that has several types holds texts.
pub(super) fn distinct<'t>(properties: impl Iterator<Item = (String, &'t Type)>) -> Vec<(String, &'static str)> {
    let mut kinds: BTreeMap<String, &'static str> = BTreeMap::new();
    for (name, of) in properties {
        let kind = super::kind(of);
        kinds
            .entry(name)
            .and_modify(|known| {
                if *known != kind {
                    *known = "text";
                }
            })
            .or_insert(kind);
    }
    kinds.into_iter().collect()
}

pub(super) fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .collect();
    files.sort();
    files
}

pub(super) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
