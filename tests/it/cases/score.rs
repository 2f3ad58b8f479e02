//! Rules and data, and what comes of them: after a line `---`, the day (`as of 2026-11-01`), then the contacts as JSON
//! Lines with their events.

#![expect(clippy::unwrap_used, reason = "a case that cannot be read fails")]

use std::fs;

use leadscore::connect::{self, Config, Intake};
use leadscore::model::Model;
use leadscore::plan::Plan;
use leadscore::score::{ResultCell, Run, Scores, TracedRun};
use leadscore::source::Source;
use leadscore::table::{Contacts, Events};

#[test]
fn cases() {
    insta::glob!("../../cases/score", "*.ls", |path| {
        let text = fs::read_to_string(path).unwrap();
        insta::assert_snapshot!(format!("{text}---\n{}", scored(&text)));
    });
}

/// The result of a case as a table, and what else a run tells.
fn scored(text: &str) -> String {
    let (rules, data) = text.split_once("\n---\n").unwrap();
    let (day, contacts) = data.split_once('\n').unwrap();
    let as_of = leadscore::calendar::Day::parse(day.strip_prefix("as of ").unwrap()).unwrap();
    let model = checked(rules);
    let plan = Plan::new(&model);
    let day = plan.on(as_of);
    let (contacts, batches) = read(&model, contacts);

    let mut run = Run::new(&day);
    batches.iter().for_each(|batch| run.events(batch));
    let scores = run.finish(&contacts);
    let shown = table(&scores, &contacts) + &notes(&model, &scores, &contacts);

    let mut traced = TracedRun::new(&day);
    batches.iter().rev().for_each(|batch| traced.events(batch));
    let (again, _) = traced.finish(&contacts);
    assert_eq!(
        shown,
        table(&again, &contacts) + &notes(&model, &again, &contacts),
        "a trace changes nothing"
    );
    shown
}

/// The model of rules without mistakes.
fn checked(rules: &str) -> Model {
    let compiled = leadscore::check::compile(&Source::new("rules.ls", rules), &|_| Err("no lists here".to_owned()));
    compiled.into_model().unwrap()
}

/// The contacts and their events, a batch for each call.
fn read(model: &Model, contacts: &str) -> (Contacts, Vec<Events>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("contacts.jsonl");
    fs::write(&path, contacts).unwrap();
    let mut config = Config::default();
    config.contacts.path = Some(path);
    let mut batches = Vec::new();
    let mut intake = Intake::default();
    let take = |batch: &Events| batches.push(batch.clone());
    let contacts = connect::read(model, &config, &mut intake, take).unwrap();
    assert_eq!(intake.rejected, [], "all data of a case can be used");
    (contacts, batches)
}

/// The columns of the result, one contact a line.
fn table(scores: &Scores, contacts: &Contacts) -> String {
    let names: Vec<&str> = scores.columns().iter().map(|column| column.name.as_str()).collect();
    let mut table = names.join(" | ") + "\n";
    for row in 0..scores.len() {
        let cells = (0..names.len()).map(|column| match scores.cell(contacts, column, row) {
            ResultCell::Number(number) => number.to_string(),
            ResultCell::Text(text) => text.to_owned(),
            ResultCell::Missing => "-".to_owned(),
        });
        table += &(cells.collect::<Vec<_>>().join(" | ") + "\n");
    }
    table
}

/// Broken promises, and events that did not count.
fn notes(model: &Model, scores: &Scores, contacts: &Contacts) -> String {
    let mut notes = String::new();
    for (promise, broken) in model.promises.iter().zip(scores.broken_promises()) {
        for row in broken {
            notes += &format!(
                "{}: broken by {}\n",
                model.written(promise.span),
                contacts.id(*row as usize)
            );
        }
    }
    let counts = scores.events();
    if counts.future + counts.undeclared + counts.ignored > 0 {
        notes += &format!("{counts:?}\n");
    }
    notes
}
