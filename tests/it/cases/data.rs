//! Data as it is read: what becomes of contacts and events, and what could not be used.
//!
//! A case is a rules file, then files under lines `--- NAME`. `--- arguments` holds what the command line says, an
//! argument a line.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use leadscore::calendar::Day;
use leadscore::check::compile;
use leadscore::connect::{Config, DataArguments, Error, Intake, Output, read};
use leadscore::model::Model;
use leadscore::source::Source;
use leadscore::table::{Contacts, Events};

use crate::draw;

#[test]
fn cases() {
    insta::glob!("../../cases/data", "*.ls", |path| {
        let case = fs::read_to_string(path).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (rules, files) = sections(&case);
        for (name, contents) in &files {
            fs::write(folder.path().join(name), contents).unwrap();
        }
        let drawn = outcome(folder.path(), rules, &files);
        let inside = format!("{}/", folder.path().display());
        let drawn = format!("{}\n---\n{}", case.trim_end(), drawn.replace(&inside, ""));
        insta::assert_snapshot!(drawn);
    });
}

/// The rules, and each file with its name.
fn sections(case: &str) -> (&str, Vec<(&str, String)>) {
    let mut parts = case.split("\n--- ");
    let rules = parts.next().unwrap();
    let files = parts.map(|part| {
        let (name, contents) = part.split_once('\n').unwrap();
        (name, format!("{}\n", contents.trim_end_matches('\n')))
    });
    (rules, files.collect())
}

fn outcome(folder: &Path, rules: &str, files: &[(&str, String)]) -> String {
    let model = model(rules);
    let text_of = |wanted: &str| {
        files
            .iter()
            .find(|(name, _)| *name == wanted)
            .map(|(_, text)| text.as_str())
    };
    let arguments = arguments(folder, text_of("arguments").unwrap_or_default());
    let mut intake = Intake::default();
    let rejects = folder.join("rejects.csv");
    intake.list_rejects(Output::create(&rejects).unwrap());
    let mut drawn = String::new();
    let contacts = Config::load(Some(&folder.join("rules.ls")), &arguments).and_then(|config| {
        read(&model, &config, &mut intake, &mut |events| {
            drawn += &draw_events(&model, events)
        })
    });
    intake.finish_list().unwrap();
    match contacts {
        Ok(contacts) => drawn.insert_str(0, &draw_contacts(&model, &contacts)),
        Err(error) => drawn += &draw_error(&error, text_of("leadscore.toml").unwrap_or_default()),
    }
    for line in intake.lines() {
        writeln!(drawn, "! {line}").unwrap();
    }
    let rejected = fs::read_to_string(rejects).unwrap();
    if rejected.lines().count() > 1 {
        drawn += &format!("rejects.csv\n{rejected}");
    }
    drawn
}

fn model(rules: &str) -> Model {
    let source = Source::new("rules.ls", rules);
    compile(&source, &|_| Err("no lists here".to_owned()))
        .into_model()
        .unwrap()
}

fn arguments(folder: &Path, lines: &str) -> DataArguments {
    let mut arguments = DataArguments::default();
    for line in lines.lines() {
        let (name, value) = line.split_once(' ').unwrap();
        match name {
            "--contacts" => arguments.contacts = Some(folder.join(value)),
            "--events" => arguments.events = Some(folder.join(value)),
            "--set" => arguments.set.push(value.to_owned()),
            "--input-format" => arguments.input_format = Some(value.to_owned()),
            other => panic!("{other}"),
        }
    }
    arguments
}

fn draw_contacts(model: &Model, contacts: &Contacts) -> String {
    let mut drawn = String::new();
    for row in 0..contacts.len() {
        write!(drawn, "contact {}", contacts.id(row)).unwrap();
        for (field, column) in model.fields.iter().zip(contacts.columns()) {
            if let Some(value) = column.display(row) {
                write!(drawn, " {}={value:?}", field.name).unwrap();
            }
        }
        drawn.push('\n');
    }
    drawn
}

fn draw_events(model: &Model, events: &Events) -> String {
    let mut drawn = String::new();
    for row in 0..events.len() {
        let day = Day::from_number(events.days()[row]).unwrap();
        let name = events.vocabulary().text(events.names()[row]);
        write!(drawn, "event of {} {day} {name}", events.contacts()[row]).unwrap();
        for (property, column) in model.properties.iter().zip(events.columns()) {
            if let Some(value) = column.display(row) {
                write!(drawn, " {}={value:?}", property.name).unwrap();
            }
        }
        drawn.push('\n');
    }
    drawn
}

fn draw_error(error: &Error, config: &str) -> String {
    draw::diagnostic(&Source::new("leadscore.toml", config), error, None)
}
