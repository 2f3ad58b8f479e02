//! What a case gives: rules without mistakes, and contacts as JSON Lines with their events.

use std::fs;

use leadscore::calendar::Day;
use leadscore::check::compile;
use leadscore::connect::{self, Config, Intake};
use leadscore::model::Model;
use leadscore::source::Source;
use leadscore::table::{Contacts, Events};

/// The model of a text of rules, which has no mistakes.
pub(crate) fn model(rules: &str) -> Model {
    let source = Source::new("rules.ls", rules);
    let compiled = compile(&source, &|path| Err(format!("a case has no file {path}")));
    compiled.into_model().unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// The rules of a case, its day, and its data: what stands before a line `---`, on the line `as of` after it, and below.
pub(crate) fn parts(case: &str) -> (&str, Day, &str) {
    let (rules, rest) = case.split_once("\n---\n").expect("a line --- after the rules");
    let (day, data) = rest.split_once('\n').expect("data after the day");
    let day = day.strip_prefix("as of ").and_then(Day::parse).expect("as of a day");
    (rules, day, data)
}

/// Contacts and all their events.
pub(crate) fn data(model: &Model, contacts: &str) -> (Contacts, Events) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("contacts.jsonl");
    fs::write(&path, contacts).unwrap();
    let mut config = Config::default();
    config.contacts.path = Some(path);
    let mut events = Events::new(model.property_types());
    let mut intake = Intake::default();
    let take = |batch: &Events| events.append(batch);
    let contacts = connect::read(model, &config, &mut intake, take).unwrap();
    assert_eq!(intake.rejected, [], "all data of a case can be used");
    (contacts, events)
}
