//! Whatever file the data comes from, in however many pieces and on however many threads, the scores are the same.

use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;

use leadscore::connect::{Config, EventsFile, Intake, read_contacts, read_events, read_in_parts};
use leadscore::model::Model;
use leadscore::plan::{DayPlan, Plan};
use leadscore::score::{ResultCell, Run, Scorer, Scores};
use leadscore::table::{Contacts, Events};
use proptest::prelude::*;
use serde_json::{Map, Value};

use super::cases;
use super::checking::model;
use super::data::{Data, raw_data};
use super::engine::scores;
use super::files::rules_file;
use crate::oracle::Datum;

/// The id of a contact, and each of its results.
type Line = (String, Vec<String>);

/// Files of so many bytes come in several pieces.
const SEVERAL_PIECES: usize = 5 << 19;

proptest! {
    #![proptest_config(cases(8))]

    #[test]
    fn no_way_of_reading_changes_a_score(rules in rules_file(), raw in raw_data()) {
        let model = model(&rules);
        let data = raw.of(&model);
        let whole = scores(&model, &data);
        let contacts = data.contacts_in(&(0..data.contacts.len()).collect::<Vec<_>>());
        let of_one: Vec<Line> = lines(&whole, &contacts);
        let (plan, folder) = (Plan::new(&model), tempfile::tempdir().unwrap());
        let day = plan.on(data.as_of);
        let copies = SEVERAL_PIECES / written(&model, &data, 0).iter().map(String::len).sum::<usize>();
        let expected: Vec<Line> = (0..copies)
            .flat_map(|copy| of_one.iter().map(move |(id, cells)| (format!("{copy}_{id}"), cells.clone())))
            .collect();
        write(&model, &data, copies, folder.path());
        for threads in [1, 2, 5] {
            for way in [held, in_parts, in_files] {
                let told = way(&model, &day, folder.path(), NonZeroUsize::new(threads).unwrap());
                prop_assert_eq!(told.len(), expected.len());
                for (told, right) in told.iter().zip(&expected) {
                    prop_assert_eq!(told, right, "on {} threads:\n{:?}", threads, data);
                }
            }
        }
    }
}

/// Contacts that hold their events, all scored together.
fn held(model: &Model, day: &DayPlan<'_>, folder: &Path, threads: NonZeroUsize) -> Vec<Line> {
    at_once(model, day, &config(folder, "jsonl", false), threads)
}

/// Contacts and events in files of their own.
fn in_files(model: &Model, day: &DayPlan<'_>, folder: &Path, threads: NonZeroUsize) -> Vec<Line> {
    at_once(model, day, &config(folder, "csv", true), threads)
}

fn at_once(model: &Model, day: &DayPlan<'_>, config: &Config, threads: NonZeroUsize) -> Vec<Line> {
    let (mut intake, mut first) = (Intake::default(), Run::new(day));
    let contacts = read_contacts(model, config, &mut intake, threads, |events| first.events(events)).unwrap();
    let mut runs: Vec<Run<'_>> = (0..threads.get())
        .map(|_| Run::with_contacts(day, contacts.len()))
        .collect();
    let mut takers: Vec<_> = runs
        .iter_mut()
        .map(|run| |events: &Events| run.events(events))
        .collect();
    read_events(model, config, &mut intake, &contacts, &mut takers).unwrap();
    drop(takers);
    assert_eq!(intake.rejected, []);
    runs.into_iter().for_each(|run| first.merge(run));
    lines(&first.finish_on(&contacts, threads), &contacts)
}

/// Contacts that hold their events, part by part.
fn in_parts(model: &Model, day: &DayPlan<'_>, folder: &Path, threads: NonZeroUsize) -> Vec<Line> {
    let mut intake = Intake::default();
    let mut scorers: Vec<Scorer<'_>> = (0..threads.get()).map(|_| Scorer::new(day)).collect();
    let mut all = Vec::new();
    read_in_parts(
        model,
        &config(folder, "jsonl", false),
        &mut intake,
        &mut scorers,
        |scorer, part| lines(&scorer.score(part.contacts(), part.events()), part.contacts()),
        |part| {
            all.extend(part);
            Ok(())
        },
    )
    .unwrap();
    assert_eq!(intake.rejected, []);
    all
}

fn lines(scores: &Scores, contacts: &Contacts) -> Vec<Line> {
    let cell = |column, row| match scores.cell(contacts, column, row) {
        ResultCell::Number(number) => number.to_string(),
        ResultCell::Text(text) => text.to_owned(),
        ResultCell::Missing => String::new(),
    };
    // The first column is the id.
    let cells = |row| (1..scores.columns().len()).map(|column| cell(column, row)).collect();
    (0..scores.len())
        .map(|row| (contacts.id(row).to_owned(), cells(row)))
        .collect()
}

fn config(folder: &Path, format: &str, has_events: bool) -> Config {
    let mut config = Config::default();
    config.contacts.path = Some(folder.join(format!("contacts.{format}")));
    if has_events {
        config.events.push(EventsFile {
            path: Some(folder.join("events.csv")),
            ..EventsFile::default()
        });
    }
    config
}

/// Writes so many copies of all contacts: with their events, and apart from them.
fn write(model: &Model, data: &Data, copies: usize, folder: &Path) {
    let fields: Vec<&str> = model.fields.iter().map(|field| field.name.as_str()).collect();
    let properties = property_names(model);
    let header = |own: &[&str], names: &[&str]| {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(own.iter().chain(names)).unwrap();
        String::from_utf8(writer.into_inner().unwrap()).unwrap()
    };
    let mut files = [
        String::new(),
        header(&["id"], &fields),
        header(&["contact", "event", "at"], &properties),
    ];
    for copy in 0..copies {
        for (file, more) in files.iter_mut().zip(written(model, data, copy)) {
            file.push_str(&more);
        }
    }
    for (name, file) in ["contacts.jsonl", "contacts.csv", "events.csv"].iter().zip(files) {
        fs::write(folder.join(name), file).unwrap();
    }
}

/// One copy of all contacts: with their events as JSON, without them as CSV, and their events as CSV.
fn written(model: &Model, data: &Data, copy: usize) -> [String; 3] {
    let (mut json, mut contacts, mut events) = (String::new(), Vec::new(), Vec::new());
    for (at, contact) in data.contacts.iter().enumerate() {
        let id = format!("{copy}_{at}");
        let names = model.fields.iter().map(|field| &field.name);
        let mut object: Map<String, Value> = known(names.zip(&contact.fields));
        object.insert("id".to_owned(), id.as_str().into());
        let held = contact.events.iter().map(|event| {
            let names = model.properties.iter().map(|property| &property.name);
            let mut object: Map<String, Value> = known(names.zip(&event.properties));
            object.insert("event".to_owned(), event.name.as_str().into());
            object.insert("at".to_owned(), event.day.to_string().into());
            Value::Object(object)
        });
        object.insert("events".to_owned(), held.collect());
        json += &format!("{}\n", Value::Object(object));
        contacts.push([vec![id.clone()], cells(&contact.fields)].concat());
        events.extend(contact.events.iter().map(|event| {
            let head = vec![id.clone(), event.name.clone(), event.day.to_string()];
            // Events of several kinds may have properties of one name and of different types: an event has one of them.
            let value = |name: &&str| {
                let mut named = model.properties.iter().zip(&event.properties);
                named.find_map(|(property, value)| value.clone().filter(|_| property.name == **name))
            };
            let values: Vec<Option<Datum>> = property_names(model).iter().map(value).collect();
            [head, cells(&values)].concat()
        }));
    }
    [json, csv(&contacts), csv(&events)]
}

fn property_names(model: &Model) -> Vec<&str> {
    let mut names: Vec<&str> = model.properties.iter().map(|property| property.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn known<'a>(values: impl Iterator<Item = (&'a String, &'a Option<Datum>)>) -> Map<String, Value> {
    let known = values.filter_map(|(name, value)| Some((name.clone(), json(value.as_ref()?))));
    known.collect()
}

fn json(value: &Datum) -> Value {
    match value {
        Datum::Text(text) => text.as_str().into(),
        Datum::Number(number) => serde_json::from_str(&number.to_string()).unwrap(),
        Datum::Boolean(value) => (*value).into(),
        Datum::Date(day) => day.to_string().into(),
        Datum::List(elements) => elements.iter().map(String::as_str).collect(),
    }
}

fn cells(values: &[Option<Datum>]) -> Vec<String> {
    let cell = |value: &Option<Datum>| match value.as_ref().map(json) {
        None => String::new(),
        Some(Value::String(text)) => text,
        Some(other) => other.to_string(),
    };
    values.iter().map(cell).collect()
}

fn csv(rows: &[Vec<String>]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}
