//! Laws of mutants: each is another model, that scores as the interpreter says; coverage and mutation find what the tests
//! say.

use std::num::NonZeroUsize;

use leadscore::model::Model;
use leadscore::testing::{self, Fate};
use proptest::prelude::*;

use super::agreement::{agrees, same_results};
use super::cases;
use super::checking::model;
use super::data::raw_data;
use super::files::rules_file;

/// So many mutants of a model are looked at.
const MUTANTS: usize = 12;

/// Of each mutant that no test notices it is found out on every day whether it is the same: few are enough.
const MOST_CHANGES: usize = 30;

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn a_mutant_is_another_model_and_scores_by_the_language(rules in rules_file(), raw in raw_data(), seed in any::<usize>()) {
        let model = model(&rules);
        let changes = testing::changes(&model);
        let original = shown(&model);
        let step = (changes.len() / MUTANTS).max(1);
        for place in (seed % step..changes.len()).step_by(step) {
            let mutant = testing::changed(&model, place);
            prop_assert_ne!(&shown(&mutant), &original, "{}", changes[place]);
            let told = |error: TestCaseError| TestCaseError::fail(format!("{}: {error}", changes[place]));
            agrees(&mutant, &raw.of(&model)).map_err(told)?;
        }
    }
}

proptest! {
    #![proptest_config(cases(6))]

    #[test]
    fn a_mutant_is_killed_where_a_test_fails_on_it(
        rules in rules_file().prop_filter("is short", |rules| testing::changes(&model(rules)).len() <= MOST_CHANGES),
        raw in raw_data(),
    ) {
        let model = model(&rules);
        let threads = NonZeroUsize::new(2).unwrap();
        let mutation = testing::mutate(&model, threads);
        let mut changes: Vec<_> = testing::changes(&model).into_iter().enumerate().collect();
        changes.sort_by_key(|(_, change)| change.span.start);
        prop_assert_eq!(mutation.mutants.len(), changes.len());
        for (mutant, (place, change)) in mutation.mutants.iter().zip(changes) {
            prop_assert_eq!(&mutant.change, &change);
            let mutated = testing::changed(&model, place);
            let report = testing::run(&mutated);
            let failed: Vec<_> = report.outcomes.iter().filter(|outcome| !outcome.passed).collect();
            match &mutant.fate {
                Fate::Killed { by } => prop_assert!(failed.iter().any(|outcome| outcome.name == *by), "{change}"),
                Fate::Equivalent => {
                    let told = |error: TestCaseError| TestCaseError::fail(format!("{change}: {error}"));
                    same_results(&model, &mutated, &|model| raw.of(model)).map_err(told)?;
                }
                Fate::Survived { .. } | Fate::Undecided { .. } => prop_assert!(failed.is_empty(), "{change}"),
            }
        }
    }

    #[test]
    fn no_more_is_covered_than_tests_are_there(rules in rules_file()) {
        let model = model(&rules);
        let coverage = testing::coverage(&model);
        prop_assert!(coverage.items.iter().all(|item| item.tests <= model.tests.len()));
        prop_assert!(coverage.items.is_sorted_by_key(|item| item.span.start));
    }
}

/// A model without its tests, which no change concerns.
fn shown(model: &Model) -> String {
    let tests = Vec::new();
    format!("{:?}", Model { tests, ..model.clone() })
}
