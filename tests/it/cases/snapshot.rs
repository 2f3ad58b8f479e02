//! Snapshots: the text of one, the review of another, and what is no snapshot.
//!
//! A case is rules and data as for explanations; behind a line `--- now`, those of another day or version. A file
//! `.snap` is a bad snapshot.

use std::fs;

use leadscore::calendar::Day;
use leadscore::score::Run;
use leadscore::snapshot::{self, Layout, Snapshot, compare, render};
use leadscore::source::Source;
use leadscore::table::Contacts;

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

/// Rules in which much can change.
const RULES: &str = "timezone \"UTC\"
field title: text
field employees: number
event visit(url: text)
event send passive
event demo
let boss = title contains word \"director\"
ignore event visit where url contains \"bot\"
score fit max 90 {
  when boss add 40
  by employees {
    < 30       add -10
    30 to 500  add 10
  }
  A >= 40
}
score engagement {
  when event visit add 5 at most 3 times fading over 30 days
  when at least 2 events within 30 days add 1
  decay 5 per month
}
score = fit + engagement
hot >= 50
cold otherwise
classify stage {
  ready when band = hot
  known when title is known
}
exclude when title contains \"test\" because \"a test\"
promise score <= 1000
";

#[test]
fn what_changes_results_changes_the_mark_of_the_rules_and_nothing_else_does() {
    let mark = |rules: &str| {
        let model = given::model(rules);
        let plan = snapshot::plan(&model);
        let scores = Run::new(&plan.on(Day::new(2026, 11, 1).unwrap())).finish(&Contacts::default());
        snapshot::take(&model, &plan, &scores, &Contacts::default(), Vec::new())
            .rules
            .fingerprint
    };
    let changed = |from: &str, to: &str| {
        assert_eq!(RULES.matches(from).count(), 1, "{from}");
        mark(&RULES.replace(from, to))
    };
    for (from, to) in [
        ("UTC", "Europe/Paris"),
        ("word \"director\"", "\"director\""),
        ("\"director\"", "\"directors\""),
        ("contains \"bot\"", "contains \"bots\""),
        ("send passive", "send"),
        ("max 90", "max 91"),
        ("add 40", "add 41"),
        ("< 30 ", "< 29 "),
        ("30 to 500", "31 to 500"),
        ("A >= 40", "B >= 40"),
        ("A >= 40", "A >= 41"),
        ("at most 3", "at most 2"),
        ("over 30 days", "over 31 days"),
        ("within 30 days", "not within 30 days"),
        ("5 per month", "5 per 2 months"),
        ("5 per month", "5% per month"),
        ("fit + engagement", "fit - engagement"),
        ("hot >= 50", "hot >= 51"),
        ("band = hot", "band = cold"),
        ("ready when", "done when"),
        ("because \"a test\"", "because \"tests\""),
        ("contains \"test\"", "starts with \"test\""),
    ] {
        assert_ne!(changed(from, to), mark(RULES), "{from}: {to}");
    }
    for (from, to) in [
        (
            "field title: text\nfield employees: number",
            "field employees: number\nfield title: text",
        ),
        ("add 40", "add 40.0 because \"signs\""),
        ("\"director\"", "\"DIRÉCTOR\""),
        ("hot >= 50\ncold otherwise", "cold otherwise\nhot >= 50"),
        ("when boss", "when title contains word \"director\""),
        ("promise score <= 1000", "on enter hot notify sales do \"call\""),
        ("score = fit", "# all of it\nscore\n  = fit"),
    ] {
        assert_eq!(changed(from, to), mark(RULES), "{from}: {to}");
    }
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
