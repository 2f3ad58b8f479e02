//! Laws of the checker: it takes every right file, places its errors, and its edits mend them.

use leadscore::check::{Compiled, Problem, compile};
use leadscore::model::Model;
use leadscore::source::Source;
use proptest::prelude::*;

use super::cases;
use super::files::{RulesText, rules_file};
use super::mutation::{mistaken_file, word_salad};
use super::reading::{is_placed, mended};

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn a_rules_file_that_is_right_is_a_model(rules in rules_file()) {
        let problems = compiled(&rules.0).problems;
        prop_assert!(problems.is_empty(), "{problems:#?}");
    }

    #[test]
    fn problems_are_placed_and_mended(rules in prop_oneof![4 => mistaken_file(), 1 => word_salad()]) {
        let problems = compiled(&rules.0).problems;
        for problem in &problems {
            is_placed(&rules.0, problem)?;
            if let Some(edit) = problem.edit() {
                let mended = mended(&rules.0, &edit)?;
                let left = compiled(&mended).problems;
                prop_assert!(mends(problem, &problems, &left), "{edit:?} does not mend {problem:?}:\n{mended}");
            }
        }
    }
}

/// Whether a problem is gone: fewer say the same, or none at its place.
fn mends(problem: &Problem, before: &[Problem], after: &[Problem]) -> bool {
    let alike = |other: &&Problem| other.to_string() == problem.to_string();
    let start =
        |problem: &Problem| miette::Diagnostic::labels(problem).and_then(|mut labels| Some(labels.next()?.offset()));
    let fewer = after.iter().filter(alike).count() < before.iter().filter(alike).count();
    fewer || !after.iter().filter(alike).any(|other| start(other) == start(problem))
}

pub(crate) fn compiled(text: &str) -> Compiled {
    compile(
        &Source::new("rules.ls", text),
        &|_| Err("there are no files".to_owned()),
    )
}

/// The model of a rules file that is right.
pub(crate) fn model(rules: &RulesText) -> Model {
    let problems = |problems| panic!("{problems:#?}");
    compiled(&rules.0).into_model().unwrap_or_else(problems)
}
