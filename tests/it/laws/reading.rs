//! Laws of the parser: it takes every text, places its errors in it, and its edits mend them.

use leadscore::source::{Edit, Source};
use leadscore::syntax;
use miette::Diagnostic;
use proptest::prelude::*;

use super::cases;
use super::files::{RulesText, rules_file};
use super::mutation::{mistaken_file, noise, repetition, word_salad};

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn a_rules_file_that_is_right_is_read(rules in rules_file()) {
        let errors = syntax::parse(&Source::new("rules.ls", &rules.0)).errors;
        prop_assert!(errors.is_empty(), "{errors:#?}");
    }

    #[test]
    fn mistakes_are_placed_and_mended(rules in mistaken_file()) {
        errors_are_sound(&rules)?;
    }

    #[test]
    fn word_salad_is_read(rules in word_salad()) {
        errors_are_sound(&rules)?;
    }

    #[test]
    fn noise_is_read(rules in noise()) {
        errors_are_sound(&rules)?;
    }
}

proptest! {
    #![proptest_config(cases(50))]

    #[test]
    fn no_repetition_is_too_long(rules in repetition()) {
        errors_are_placed(&rules)?;
    }
}

fn errors_are_sound(rules: &RulesText) -> Result<(), TestCaseError> {
    let errors = syntax::parse(&Source::new("rules.ls", &rules.0)).errors;
    for error in &errors {
        is_placed(&rules.0, error)?;
        if let Some(edit) = error.edit() {
            let mended = mended(&rules.0, &edit)?;
            let left = syntax::parse(&Source::new("rules.ls", &mended)).errors;
            prop_assert!(
                mends(error, &errors, &left),
                "{edit:?} does not mend {error:?}:\n{mended}"
            );
        }
    }
    Ok(())
}

fn errors_are_placed(rules: &RulesText) -> Result<(), TestCaseError> {
    let errors = syntax::parse(&Source::new("rules.ls", &rules.0)).errors;
    errors.iter().try_for_each(|error| is_placed(&rules.0, error))
}

/// Whether an error is gone: nothing says the same at its place, unless another one that said the same moved there.
fn mends(error: &syntax::Error, before: &[syntax::Error], after: &[syntax::Error]) -> bool {
    let alike = |other: &&syntax::Error| other.to_string() == error.to_string();
    let fewer = after.iter().filter(alike).count() < before.iter().filter(alike).count();
    fewer
        || !after
            .iter()
            .filter(alike)
            .any(|other| other.span().start == error.span().start)
}

/// "a stable code, a span, what is wrong and why": every label lies in the text, between characters.
pub(super) fn is_placed(text: &str, error: &dyn Diagnostic) -> Result<(), TestCaseError> {
    prop_assert!(error.code().is_some(), "{error:?} has no code");
    let labels: Vec<_> = error.labels().into_iter().flatten().collect();
    prop_assert!(!labels.is_empty(), "{error:?} has no place");
    for label in labels {
        let covered = text.get(label.offset()..label.offset() + label.len());
        prop_assert!(covered.is_some(), "{error:?} at {label:?} is not in the text");
    }
    Ok(())
}

/// The text after an edit.
pub(super) fn mended(text: &str, edit: &Edit) -> Result<String, TestCaseError> {
    prop_assert!(text.get(edit.span.range()).is_some(), "{edit:?} is not in the text");
    let mut mended = text.to_owned();
    mended.replace_range(edit.span.range(), &edit.text);
    prop_assert_ne!(&mended, text, "{:?} changes nothing", edit);
    Ok(mended)
}
