//! Rules and data, and why each contact has its score. Each explanation adds up.

use std::fs;

use leadscore::explain::{Layout, explain, render};
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

/// The pages of all contacts of a case.
fn pages(text: &str) -> String {
    let (rules, as_of, data) = given::parts(text);
    let model = given::model(rules);
    let plan = Plan::new(&model);
    let (contacts, events) = given::data(&model, data);
    let pages = (0..contacts.len()).map(|row| {
        let subject = Subject {
            contacts: &contacts,
            events: &events,
            row,
        };
        let explanation = explain(&model, &plan, subject, as_of);
        assert_adds_up(&explanation);
        render(&explanation, Layout { width: 96, all: true }).to_string()
    });
    pages.collect::<Vec<_>>().join("\n\n")
}
