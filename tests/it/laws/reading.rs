//! Laws of the parser: it takes every text, places its errors in it, and its edits mend them.

use leadscore::source::{Edit, Source};
use leadscore::syntax;
use miette::Diagnostic;
use proptest::prelude::*;

use super::cases;
use super::files::{RulesText, rules_file};
use super::mutation::{mistaken_file, noise, word_salad};

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

/// Texts of a size and shape that nobody writes: read in good time and without falling over.
#[test]
fn no_depth_and_no_length_is_too_much() {
    let shapes = [
        ("(", ""),
        ("not ", "x"),
        ("-", "1"),
        ("{", ""),
        ("[", ""),
        ("\"", ""),
        ("`", ""),
        ("any of (", ""),
        ("count(event x where ", ""),
        ("a and (", ""),
        ("a or ", "b"),
        ("a + ", "1"),
        ("a < ", "1"),
        ("days since ", "x"),
        ("score fit {\n", ""),
        ("test \"x\" {\n", ""),
        ("by x {\n", ""),
        ("#", ""),
        ("\n", ""),
        ("é", ""),
        ("1,", "1"),
        ("1 ", "1"),
        ("\\", ""),
        ("in (", ""),
        ("contains ", ""),
        ("\u{301}", ""),
        ("!", "x"),
        ("}", ""),
        (")", ""),
    ];
    for (part, end) in shapes {
        for start in ["", "when ", "let x = ", "by ", "when event x where "] {
            let text = format!(
                "{start}{}{end} add 5\nwhen title contains \"x\" add 1\n",
                part.repeat(100_000)
            );
            let started = std::time::Instant::now();
            let errors = syntax::parse(&Source::new("rules.ls", &text)).errors;
            let took = started.elapsed();
            if took.as_millis() > 700 {
                eprintln!("{start}{part:?} {took:?}");
            }
            assert!(took.as_secs() < 20, "{start}{part}… took {took:?}");
            assert!(
                errors.iter().all(|error| text.get(error.span().range()).is_some()),
                "{start}{part}…"
            );
        }
    }
}
