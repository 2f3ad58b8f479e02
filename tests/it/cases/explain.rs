//! Rules and data, and why each contact has its score. Each explanation adds up.

use std::fs;

use leadscore::explain::{Explanation, Layout, explain, render};
use leadscore::plan::Plan;
use leadscore::reason::Subject;

use crate::adds_up::assert_adds_up;
use crate::given;

#[test]
fn cases() {
    insta::glob!("../../cases/explain", "*.ls", |path| {
        let text = fs::read_to_string(path).unwrap();
        insta::assert_snapshot!(format!("{}\n---\n{}", text.trim_end(), pages(&text)));
    });
}

/// What programs read, of one case.
#[test]
fn json() {
    insta::glob!("../../cases/explain", "formulas_*.ls", |path| {
        let text = fs::read_to_string(path).unwrap();
        let pretty = |one| serde_json::to_string_pretty(&one).unwrap();
        let written: Vec<String> = explanations(&text).into_iter().map(pretty).collect();
        insta::assert_snapshot!(written.join("\n"));
    });
}

/// Names may stand for names for ever, and twice in each.
#[test]
fn chains_of_names_stay_short() {
    let mut rules = "let a0 = x > 1\nlet b0 = x\n".to_owned();
    for at in 1..3_000 {
        let before = at - 1;
        rules += &format!("let a{at} = a{before} and at least 1 of (a{before}, not a{before})\n");
        rules += &format!("let b{at} = b{before} + b{before}\n");
    }
    rules += "when a2999 add 1\nwhen b2999 > 1 add 1\nhot >= 1\n---\nas of 2026-11-01\n{\"id\": \"one\", \"x\": 0}\n";
    assert!(pages(&rules).lines().count() < 50);
}

/// The pages of all contacts of a case.
fn pages(text: &str) -> String {
    let layout = Layout { width: 96, all: true };
    let pages = explanations(text)
        .into_iter()
        .map(|one| render(&one, layout).to_string());
    pages.collect::<Vec<_>>().join("\n\n")
}

/// The explanations of all contacts of a case; each adds up.
fn explanations(text: &str) -> Vec<Explanation> {
    let (rules, as_of, data) = given::parts(text);
    let model = given::model(rules);
    let plan = Plan::new(&model);
    let (contacts, events) = given::data(&model, data);
    let explained = (0..contacts.len()).map(|row| {
        let subject = Subject {
            contacts: &contacts,
            events: &events,
            row,
        };
        let explanation = explain(&model, &plan, subject, as_of);
        assert_adds_up(&explanation);
        explanation
    });
    explained.collect()
}
