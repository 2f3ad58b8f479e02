//! The engine gives every contact what the interpreter gives it, in whatever order and pieces its data comes.

use leadscore::format::format_source;
use leadscore::model::Model;
use leadscore::plan::{Holds, ResultColumn};
use leadscore::score::{ResultCell, Scores};
use leadscore::source::Source;
use leadscore::testing;
use proptest::prelude::*;

use super::cases;
use super::checking::{compiled, model};
use super::data::{Data, raw_data};
use super::engine::{Feeding, merged_scores, outcomes, scores, values};
use super::files::{RulesText, rules_file, rules_rearranged};
use super::mutation::mistaken_file;
use crate::oracle::{self, Datum};

proptest! {
    #![proptest_config(cases(4_000))]

    #[test]
    fn the_engine_agrees_with_the_interpreter(rules in rules_file(), raw in raw_data()) {
        let model = model(&rules);
        let data = raw.of(&model);
        agrees(&model, &data)?;
        values_agree(&model, &data)?;
    }
}

proptest! {
    #![proptest_config(cases(300))]

    /// "A checked model never fails."
    #[test]
    fn what_passes_the_checker_is_scored(rules in mistaken_file(), raw in raw_data()) {
        if let Ok(model) = compiled(&rules.0).into_model() {
            agrees(&model, &raw.of(&model))?;
        }
    }

    #[test]
    fn tests_find_what_the_interpreter_finds(rules in rules_file()) {
        let model = model(&rules);
        for (test, told) in model.tests.iter().zip(testing::run(&model).outcomes) {
            let right = oracle::expectations(&model, test);
            let failed = right.iter().filter(|holds| !**holds).count();
            prop_assert_eq!((told.failures.len(), told.passed), (failed, failed == 0), "{:?}", &test.name);
        }
    }

    #[test]
    fn order_and_pieces_of_the_data_change_nothing(rules in rules_file(), raw in raw_data(), seed in any::<u64>()) {
        let model = model(&rules);
        let data = raw.of(&model);
        let plain = outcomes(&model, &data, &Feeding::plain(&data));
        for batch in [1, 7, usize::MAX] {
            let mut feeding = Feeding::plain(&data);
            shuffle(&mut feeding.contacts, seed);
            shuffle(&mut feeding.events, seed);
            feeding.batch = batch;
            prop_assert_eq!(&outcomes(&model, &data, &feeding), &plain, "in batches of {}:\n{:?}", batch, data);
        }
    }

    #[test]
    fn events_in_several_runs_change_nothing(rules in rules_file(), raw in raw_data(), seed in any::<u64>(), runs in 1..5usize, known in 0..5usize) {
        let model = model(&rules);
        let data = raw.of(&model);
        let mut events = data.events();
        shuffle(&mut events, seed);
        let mut parts = vec![Vec::new(); runs];
        for (at, event) in events.into_iter().enumerate() {
            parts[(seed >> (at % 60)) as usize % runs].push(event);
        }
        let whole = scores(&model, &data);
        let merged = merged_scores(&model, &data, &parts, known);
        prop_assert_eq!(whole.events(), merged.events());
        for column in 0..whole.columns().len() {
            prop_assert_eq!(shown(&whole, &data, column), shown(&merged, &data, column), "{:?}", data);
        }
    }

    #[test]
    fn the_order_of_the_rules_changes_nothing((rules, rearranged) in rules_rearranged(), raw in raw_data()) {
        same_results(&model(&rules), &model(&rearranged), &|model| raw.of(model))?;
    }

    #[test]
    fn formatting_changes_no_score(rules in rules_file(), raw in raw_data()) {
        let formatted = format_source(&Source::new("rules.ls", &rules.0)).unwrap();
        same_results(&model(&rules), &model(&RulesText(formatted)), &|model| raw.of(model))?;
    }
}

pub(super) fn agrees(model: &Model, data: &Data) -> Result<(), TestCaseError> {
    let told = outcomes(model, data, &Feeding::plain(data));
    for (at, (contact, told)) in data.contacts.iter().zip(told).enumerate() {
        let right = oracle::score(model, data.as_of, contact);
        prop_assert_eq!(&told, &right, "the engine (left) of contact {}:{:?}", at, data);
    }
    Ok(())
}

/// Values that hardly ever tip a scale are compared themselves; of lists, whether they are known.
fn values_agree(model: &Model, data: &Data) -> Result<(), TestCaseError> {
    for (contact, told) in data.contacts.iter().zip(values(model, data)) {
        let right = oracle::values(model, data.as_of, contact);
        for (told, right) in told.into_iter().zip(right) {
            match (told, right) {
                (None, _) | (_, None) => {}
                (Some(told), Some(Some(Datum::List(_)))) => prop_assert!(told.is_some()),
                (Some(told), Some(right)) => prop_assert_eq!(told, right, "the engine (left) of {:?}", data),
            }
        }
    }
    Ok(())
}

/// Two models give the same results, column by column, though their fields and columns stand in other orders.
pub(super) fn same_results(one: &Model, other: &Model, data_for: &dyn Fn(&Model) -> Data) -> Result<(), TestCaseError> {
    let data = data_for(one);
    let (before, after) = (results(one, &data), results(other, &data.with_fields_of(one, other)));
    prop_assert_eq!(before, after, "{:?}", data);
    Ok(())
}

/// The columns of a result by name, each with what it says of each contact.
fn results(model: &Model, data: &Data) -> std::collections::BTreeMap<String, Vec<String>> {
    let scores = scores(model, data);
    let column = |(at, column): (usize, &ResultColumn)| (column.name.clone(), shown(&scores, data, at));
    scores.columns().iter().enumerate().map(column).collect()
}

fn shown(scores: &Scores, data: &Data, column: usize) -> Vec<String> {
    let contacts = data.contacts_in(&(0..data.contacts.len()).collect::<Vec<_>>());
    // Which exclusion is the first, and how it is written, is for people.
    let is_reason = matches!(scores.columns()[column].holds, Holds::Exclusion);
    let cell = |row| match scores.cell(&contacts, column, row) {
        ResultCell::Text(_) if is_reason => "yes".to_owned(),
        ResultCell::Number(number) => number.to_string(),
        ResultCell::Text(text) => text.to_owned(),
        ResultCell::Missing => String::new(),
    };
    (0..scores.len()).map(cell).collect()
}

/// Another order, the same for the same seed.
fn shuffle<T>(things: &mut [T], seed: u64) {
    let mut state = seed;
    for at in (1..things.len()).rev() {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        things.swap(at, (state >> 33) as usize % (at + 1));
    }
}
