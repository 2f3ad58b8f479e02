//! What the analysis says of the rules in `examples/` holds of their data and of the contacts of their tests, on
//! several days.

use std::fs;
use std::path::{Path, PathBuf};

use leadscore::analyze::{Analysis, Example, analyze, needs, tables};
use leadscore::calendar::Day;
use leadscore::check::{check_tests, compile};
use leadscore::connect::{self, Config, DataArguments, Intake};
use leadscore::model::Model;
use leadscore::source::Source;
use leadscore::syntax::parse;
use leadscore::table::{Contacts, Events};

use super::needed;
use super::said::{examples_show, holds};
use crate::folder::entries;

/// The days of the stories and of the exports of other tools, days around them, and ends of months.
const DAYS: &[&str] = &[
    "2026-11-01",
    "2026-10-31",
    "2026-12-01",
    "2027-02-28",
    "2027-03-01",
    "2020-05-15",
    "2020-02-29",
    "2019-12-31",
];

#[test]
fn what_is_said_of_the_examples_holds_of_their_contacts() {
    let mut all = 0;
    for path in rules_files() {
        let model = read(&path);
        let analysis = analyze(&model);
        examples_show(&model, &analysis).unwrap_or_else(|what| panic!("{}: {what}", path.display()));
        let of_tests: Vec<Example> = model.tests.iter().map(given).collect();
        let (contacts, events) = tables(&model, &of_tests);
        all += held(&path, &model, &analysis, (&contacts, &events));
        let (contacts, events) = data(&path, &model);
        all += held(&path, &model, &analysis, (&contacts, &events));
    }
    assert!(all > 300, "{all} contacts");
}

/// Holds what is said of a model against contacts on all days; how many there are.
fn held(path: &Path, model: &Model, analysis: &Analysis, data: (&Contacts, &Events)) -> usize {
    let needs = needs(model);
    for day in DAYS.iter().map(|day| Day::parse(day).unwrap()) {
        if let Err(wrong) = needed::hold(model, &needs, day, data) {
            panic!("{}: {wrong}", path.display());
        }
        if let Err(wrong) = holds(model, analysis, day, data) {
            let contact = data.0.id(wrong.row);
            panic!("{} as of {day}: {} (contact {contact})", path.display(), wrong.what);
        }
    }
    data.0.len()
}

fn rules_files() -> Vec<PathBuf> {
    let folders = entries(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples"));
    let mut files: Vec<PathBuf> = folders
        .iter()
        .filter(|path| path.is_dir())
        .flat_map(|folder| entries(folder))
        .collect();
    files.retain(|path| {
        let name = path.to_string_lossy();
        name.ends_with(".ls") && !name.ends_with("_test.ls")
    });
    assert!(files.len() > 8);
    files
}

/// The model of a rules file, with the tests beside it.
fn read(path: &Path) -> Model {
    let source = |path: &Path| Source::new(&path.to_string_lossy(), &fs::read_to_string(path).unwrap());
    let beside = |name: &str| fs::read_to_string(path.with_file_name(name)).map_err(|error| error.to_string());
    let mut model = compile(&source(path), &beside).into_model().unwrap();
    let tests = path.with_file_name(format!("{}_test.ls", path.file_stem().unwrap().to_string_lossy()));
    if tests.exists() {
        let tests = source(&tests);
        assert!(check_tests(&mut model, &tests, &parse(&tests).file).is_empty());
    }
    model
}

fn given(test: &leadscore::model::Test) -> Example {
    Example {
        as_of: test.as_of,
        fields: test.fields.clone(),
        events: test.events.clone(),
    }
}

fn data(path: &Path, model: &Model) -> (Contacts, Events) {
    let config = Config::load(Some(path), &DataArguments::default()).unwrap();
    let (mut events, mut intake) = (Events::new(model.property_types()), Intake::default());
    let contacts = connect::read(model, &config, &mut intake, |batch: &Events| events.append(batch)).unwrap();
    (contacts, events)
}
