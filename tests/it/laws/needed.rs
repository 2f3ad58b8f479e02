//! What bands are said to need holds of everybody whom a small model can tell apart, and of the contacts of the
//! examples.

use leadscore::analyze::{Needs, RuleOrRow, needs};
use leadscore::calendar::Day;
use leadscore::model::{Model, RuleKind, ScoreId};
use leadscore::number::Number;
use leadscore::plan::{Plan, RuleParts};
use leadscore::score::{Trace, TracedRun};
use leadscore::table::{Contacts, Events};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::cases;
use super::checking::model;
use super::enumerated::days_of_scoring;
use super::everybody::{data, everybody};
use super::small::small_file;

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn what_bands_are_said_to_need_holds_of_everybody(rules in small_file(), days in days_of_scoring()) {
        let model = model(&rules);
        let needs = needs(&model);
        for day in days {
            let everybody = everybody(&[&model], day);
            let (contacts, events) = data(&model, &everybody, day);
            hold(&model, &needs, day, (&contacts, &events)).map_err(TestCaseError::fail)?;
        }
    }
}

/// To say nothing would be right, too: of some small models it is known what their bands need.
#[test]
fn of_some_small_models_it_is_known_what_bands_need() {
    let mut runner = TestRunner::deterministic();
    let (mut known, mut fewest, mut barriers) = (0, 0, 0);
    for _ in 0..cases(60).cases {
        let model = model(&small_file().new_tree(&mut runner).unwrap().current());
        for needs in needs(&model).into_iter().flatten() {
            known += 1;
            fewest += usize::from(needs.are_fewest);
            barriers += usize::from(!needs.always.is_empty());
        }
    }
    eprintln!("of {known} bands the fewest rules are known of {fewest}, and rules that {barriers} always need");
    assert!(known >= 20 && fewest * 10 >= known * 8 && barriers * 10 >= known * 2);
}

/// Holds what bands are said to need against contacts as of a day.
pub(super) fn hold(
    model: &Model,
    needs: &[Option<Needs<'_>>],
    as_of: Day,
    data: (&Contacts, &Events),
) -> Result<(), String> {
    let plan = Plan::new(model);
    let day = plan.on(as_of);
    let mut run = TracedRun::new(&day);
    run.events(data.1);
    let (scores, trace) = run.finish(data.0);
    for (band, needs) in model.overall.bands.iter().zip(needs) {
        let Some((needs, threshold)) = needs.as_ref().zip(band.threshold) else {
            continue;
        };
        let rows = (0..scores.len()).filter(|row| {
            let score = scores.score(ScoreId::Overall, *row);
            score.is_some_and(|score| score >= threshold)
        });
        for row in rows {
            let applying = applying(model, &plan, &trace, row);
            let wrong = |what: &str| {
                Err(format!(
                    "{} {what}, and contact {row} as of {as_of} is there",
                    band.label
                ))
            };
            if needs.are_fewest && applying < needs.with.len() {
                return wrong(&format!("needs {} rules", needs.with.len()));
            }
            for barrier in &needs.always {
                if !barrier.iter().any(|signal| applies(signal, model, &plan, &trace, row)) {
                    return wrong(&format!("is never without {barrier:?}"));
                }
            }
        }
    }
    Ok(())
}

/// How many of the rules and rows that may raise the score apply to a contact. What a formula turns round may.
fn applying(model: &Model, plan: &Plan, trace: &Trace<'_>, row: usize) -> usize {
    let all = model.overall.term.is_some();
    let raises = |points: Number| all || points > Number::ZERO;
    let rules = model.blocks.iter().flat_map(|block| &block.rules);
    let signals = rules.flat_map(|rule| match &rule.kind {
        RuleKind::Once { points, .. } | RuleKind::Each { points, .. } => match raises(*points) {
            true => vec![RuleOrRow { rule, row: None }],
            false => Vec::new(),
        },
        RuleKind::Table { rows, .. } => {
            let raising = rows.iter().filter(|row| raises(row.points));
            raising.map(|row| RuleOrRow { rule, row: Some(row) }).collect()
        }
    });
    signals
        .filter(|signal| applies(signal, model, plan, trace, row))
        .count()
}

/// Whether a rule, or a row by itself, applies to a contact.
fn applies(signal: &RuleOrRow<'_>, model: &Model, plan: &Plan, trace: &Trace<'_>, row: usize) -> bool {
    let blocks = model.blocks.iter().zip(&plan.blocks);
    let mut rules = blocks.flat_map(|(block, planned)| block.rules.iter().zip(&planned.rules));
    let (rule, planned) = rules.find(|(rule, _)| std::ptr::eq(*rule, signal.rule)).unwrap();
    match (&rule.kind, &planned.parts) {
        (_, RuleParts::Once { condition }) => trace.holds(condition.node, row) == Some(true),
        (_, RuleParts::Each { condition, signal, .. }) => {
            let besides = condition
                .as_ref()
                .is_none_or(|condition| trace.holds(condition.node, row) == Some(true));
            besides && !trace.picked(*signal, row).is_empty()
        }
        (RuleKind::Table { rows, .. }, RuleParts::Table { rows: fits, .. }) => {
            let own = rows
                .iter()
                .zip(fits)
                .find(|(row, _)| signal.row.is_some_and(|of| std::ptr::eq(*row, of)));
            trace.holds(*own.unwrap().1, row) == Some(true)
        }
        (_, RuleParts::Table { .. }) => unreachable!("a table has rows"),
    }
}
