//! Rules and data, and why each contact has its score. Each explanation adds up.

use std::fs;

use leadscore::explain::{Explanation, Layout, Outcome, explain, render};
use leadscore::number::Number;
use leadscore::plan::Plan;
use leadscore::reason::Subject;

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

/// Every sum of the explanation is that of its steps.
fn assert_adds_up(explanation: &Explanation) {
    let Outcome::Scored(scored) = &explanation.outcome else {
        return;
    };
    for block in &scored.blocks {
        let (mut sum, mut profile) = (0, 0);
        for rule in &block.rules {
            sum += rule.points.units();
            profile += if rule.reads_events { 0 } else { rule.points.units() };
            assert_eq!(rule.sum.units(), sum, "{}", rule.title);
            if !rule.events.is_empty() {
                let counted: i64 = rule.events.iter().map(|event| event.points.units()).sum();
                assert_eq!(counted, rule.points.units(), "{}", rule.title);
            }
        }
        assert_eq!(
            (block.profile.units(), block.behaviour.units()),
            (profile, sum - profile)
        );
        let decay = block.decay.as_ref().map_or(0, |decay| decay.points.units());
        let clamp = block.clamp.as_ref().map_or(0, |clamp| clamp.points.units());
        assert_eq!(block.value.units(), sum + decay + clamp);
    }
    for formula in scored.formulas.iter().chain([&scored.overall]) {
        let clamp = formula.clamp.as_ref().map_or(0, |clamp| clamp.points.units());
        assert_eq!(formula.value.units(), formula.result.units() + clamp);
    }
    assert_eq!(scored.overall.value, scored.score);
    if scored.overall.line.is_none() {
        let blocks: i64 = scored.blocks.iter().map(|block| block.value.units()).sum();
        assert_eq!(Number::saturating_from_units(i128::from(blocks)), scored.score);
    }
}
