//! Snapshots: the text of one, the review of another, and what is no snapshot.
//!
//! A case is rules and data as for explanations; behind a line `--- now`, those of another day or version. A file
//! `.snap` is a bad snapshot.

use std::fs;

use leadscore::score::Run;
use leadscore::snapshot::{self, Layout, Snapshot, compare, render};
use leadscore::source::Source;

use crate::{draw, given};

#[test]
fn cases() {
    insta::glob!("../../cases/snapshot", "*.ls", |path| {
        let case = fs::read_to_string(path).unwrap();
        let (before, after) = case
            .split_once("\n--- now\n")
            .map_or((&*case, None), |(one, two)| (one, Some(two)));
        let accepted = taken(before);
        let mut drawn = format!("{}\n---\n{}", case.trim_end(), text(&accepted));
        if let Some(after) = after {
            let now = taken(after);
            let review = compare(&accepted, &now);
            let layout = Layout {
                width: 96,
                most: 20,
                why: true,
            };
            drawn += &format!("---\nunchanged: {}\n{}", review.is_unchanged(), render(&review, layout));
            assert!(compare(&now, &now).is_unchanged());
        }
        insta::assert_snapshot!(drawn);
    });
}

#[test]
fn what_is_no_snapshot() {
    insta::glob!("../../cases/snapshot", "*.snap", |path| {
        let text = fs::read_to_string(path).unwrap();
        let source = Source::new("rules.snap", &text);
        let error = snapshot::read(&source).unwrap_err();
        insta::assert_snapshot!(format!("{text}\n---\n{}", draw::diagnostic(&source, &error, None)));
    });
}

/// What programs read, of one case.
#[test]
fn json() {
    insta::glob!("../../cases/snapshot", "contacts_come_*.ls", |path| {
        let case = fs::read_to_string(path).unwrap();
        let (before, after) = case.split_once("\n--- now\n").unwrap();
        let (accepted, now) = (taken(before), taken(after));
        let review = compare(&accepted, &now);
        let report = snapshot::report(&review, "snapshots/rules.snap", None, true);
        insta::assert_snapshot!(serde_json::to_string_pretty(&report).unwrap());
    });
}

/// The snapshot of a case, which is read back as it was.
fn taken(case: &str) -> Snapshot {
    let (rules, as_of, data) = given::parts(case);
    let model = given::model(rules);
    let plan = snapshot::plan(&model);
    let (contacts, events) = given::data(&model, data);
    let day = plan.on(as_of);
    let mut run = Run::new(&day);
    run.events(&events);
    let taken = snapshot::take(&model, &plan, &run.finish(&contacts), &contacts, Vec::new());
    let read = snapshot::read(&Source::new("rules.snap", &text(&taken))).unwrap();
    assert_eq!(read.snapshot, taken);
    taken
}

fn text(snapshot: &Snapshot) -> String {
    let mut text = Vec::new();
    snapshot::write(snapshot, &mut text).unwrap();
    String::from_utf8(text).unwrap()
}
