//! What the random worlds reach: laws that are tried only where nothing happens say nothing.

use std::collections::BTreeMap;

use leadscore::model::{Amount, Block, Fading, LetValue, Model, RuleKind};
use leadscore::number::Number;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use super::checking::model;
use super::data::{Data, raw_data};
use super::files::rules_file;
use crate::oracle::{self, BlockOutcome, Outcome, Scored};

/// How often something could happen, and how often it did.
#[derive(Default)]
struct Tally(BTreeMap<&'static str, (u32, u32)>);

impl Tally {
    fn note(&mut self, what: &'static str, happened: bool) {
        let (possible, done) = self.0.entry(what).or_default();
        *possible += 1;
        *done += u32::from(happened);
    }
}

#[test]
fn random_worlds_are_eventful() {
    let mut runner = TestRunner::deterministic();
    let worlds = (rules_file(), raw_data());
    let mut tally = Tally::default();
    for _ in 0..300 {
        let (rules, raw) = worlds.new_tree(&mut runner).unwrap().current();
        let model = model(&rules);
        observe(&mut tally, &model, &raw.of(&model));
    }
    for (what, (possible, done)) in &tally.0 {
        assert!(*done >= 8, "{what}: {done} of {possible}");
    }
    let (possible, done) = tally.0["a rule gives points"];
    assert!(
        done * 3 > possible,
        "{done} of {possible} rules give points to somebody"
    );
    assert_eq!(tally.0.len(), 25, "something never could happen: {:?}", tally.0.keys());
}

fn observe(tally: &mut Tally, model: &Model, data: &Data) {
    let outcomes: Vec<Outcome> = data
        .contacts
        .iter()
        .map(|contact| oracle::score(model, data.as_of, contact))
        .collect();
    let scored: Vec<&Scored> = (outcomes.iter())
        .filter_map(|outcome| match outcome {
            Outcome::Scored(scored) => Some(scored),
            Outcome::Excluded(_) => None,
        })
        .collect();
    if !model.exclusions.is_empty() {
        tally.note("an exclusion excludes", scored.len() < outcomes.len());
    }
    for (at, block) in model.blocks.iter().enumerate() {
        let outcomes: Vec<&BlockOutcome> = scored.iter().map(|scored| &scored.blocks[at]).collect();
        observe_block(tally, block, &outcomes);
    }
    for at in 0..model.promises.len() {
        tally.note(
            "a promise is broken",
            scored.iter().any(|scored| scored.broken.contains(&at)),
        );
        tally.note(
            "a promise is kept",
            scored.iter().any(|scored| !scored.broken.contains(&at)),
        );
    }
    for at in 0..model.classes.len() {
        let first = scored.iter().any(|scored| scored.classes[at] == Some(0));
        tally.note("the first class holds", first);
        tally.note(
            "a later class holds",
            scored.iter().any(|scored| scored.classes[at] > Some(0)),
        );
    }
    if !model.overall.bands.is_empty() {
        tally.note("a band holds", scored.iter().any(|scored| scored.band.is_some()));
    }
    if model.overall.term.is_some() {
        tally.note(
            "a formula gives something",
            scored.iter().any(|scored| scored.overall != Number::ZERO),
        );
    }
    for binding in &model.lets {
        let what = match binding.value {
            LetValue::Condition(_) => "a named condition is used",
            LetValue::Value(_) => "a named value is used",
        };
        tally.note(what, true);
    }
}

fn observe_block(tally: &mut Tally, block: &Block, outcomes: &[&BlockOutcome]) {
    for (at, rule) in block.rules.iter().enumerate() {
        let gives = outcomes.iter().any(|outcome| outcome.rules[at] != Number::ZERO);
        tally.note("a rule gives points", gives);
        match &rule.kind {
            RuleKind::Once { .. } => tally.note("a condition gives points", gives),
            RuleKind::Table { .. } => tally.note("a table gives points", gives),
            RuleKind::Each {
                condition,
                points,
                limits,
                fading,
                ..
            } => {
                tally.note("events give points", gives);
                let bound = |outcome: &&BlockOutcome| outcome.rules[at].units() % points.units() != 0;
                let faded = outcomes.iter().any(bound);
                match fading {
                    Some(Fading::Over(_)) => tally.note("fading over a period takes points", faded),
                    Some(Fading::Per(Amount::Points(_), _)) => tally.note("fading by points takes points", faded),
                    Some(Fading::Per(Amount::Part(_), _)) => tally.note("fading by a part takes points", faded),
                    None => {}
                }
                match (limits.per, limits.total) {
                    (Some(_), Some(_)) => tally.note("both limits and points", gives),
                    (Some(_), None) => tally.note("a limit for each period and points", gives),
                    (None, Some(_)) => tally.note("a limit and points", gives),
                    (None, None) => {}
                }
                if condition.is_some() {
                    tally.note("a condition beside a pattern lets it", gives);
                }
            }
        }
    }
    if let Some(decay) = &block.decay {
        let some = outcomes
            .iter()
            .any(|outcome| Number::ZERO < outcome.left && outcome.left < outcome.behaviour);
        match decay.amount {
            Amount::Points(_) => tally.note("decay by points leaves something", some),
            Amount::Part(_) => tally.note("decay by a part leaves something", some),
        }
        let all = outcomes
            .iter()
            .any(|outcome| outcome.left == Number::ZERO && outcome.behaviour > Number::ZERO);
        tally.note("decay leaves nothing", all);
    }
    let sum = |outcome: &&BlockOutcome| outcome.profile.add(outcome.left);
    if block.clamp.min.or(block.clamp.max).is_some() {
        tally.note(
            "a clamp binds",
            outcomes.iter().any(|outcome| sum(outcome) != Some(outcome.value)),
        );
    }
    if !block.bands.is_empty() {
        tally.note(
            "a block's band holds",
            outcomes.iter().any(|outcome| outcome.band.is_some()),
        );
    }
}
