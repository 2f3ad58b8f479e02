//! Laws of differences: rules don't differ from themselves, in whatever layout and order; what moves a contact adds up.

use leadscore::check::{check_tests, compile};
use leadscore::diff::{Verdict, compare, prove};
use leadscore::model::Model;
use leadscore::number::Number;
use leadscore::source::Source;
use leadscore::syntax::parse;
use proptest::prelude::*;

use super::cases;
use super::data::{Data, raw_data};
use super::engine::scores;
use super::files::{rules_file, rules_rearranged};
use crate::compared::{Side, difference};

/// Words that are put in the place of others: a file that nearly says the same.
const SWAPS: &[(&str, &str)] = &[
    (" < ", " <= "),
    (" >= ", " > "),
    (" and ", " or "),
    (" or ", " and "),
    ("all of", "any of"),
    ("any of (", "none of ("),
    ("at least", "exactly"),
    ("at most", "at least"),
    ("any event", "no event"),
    ("when not ", "when "),
    ("contains word", "contains"),
    ("starts with", "ends with"),
    ("not within", "within"),
    ("days since", "weeks since"),
    (" is known", " is unknown"),
    ("otherwise", "unknown"),
    ("once per day", "once per week"),
    (" 30", " 31"),
    ("per month", "per week"),
    ("min 0", "min -1"),
    ("true", "false"),
];

/// The text with one of the swaps done at one place, chosen by a number; `None` where there is nothing to swap.
fn swapped(text: &str, number: usize) -> Option<String> {
    let places: Vec<(usize, &str, &str)> = SWAPS
        .iter()
        .flat_map(|(from, to)| text.match_indices(from).map(move |(at, _)| (at, *from, *to)))
        .collect();
    let (at, from, to) = places.get(number % places.len().max(1))?;
    Some(format!("{}{to}{}", &text[..*at], &text[at + from.len()..]))
}

/// The scores, bands and reasons of all contacts.
fn results(model: &Model, data: &Data) -> Vec<(Option<Number>, Option<String>, Option<String>)> {
    let scores = scores(model, data);
    let of = |row| {
        let (band, reason) = (scores.band(row), scores.exclusion(row));
        (
            scores.overall(row),
            band.map(str::to_owned),
            reason.map(|_| "excluded".to_owned()),
        )
    };
    (0..scores.len()).map(of).collect()
}

fn model(rules: &str) -> Option<Model> {
    let compiled = compile(&Source::new("rules.ls", rules), &|path| Err(path.to_owned()));
    compiled.into_model().ok()
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn rules_do_not_differ_from_themselves(rules in rules_file()) {
        let model = model(&rules.0);
        prop_assume!(model.is_some());
        let model = model.unwrap();
        let structure = compare(&model, &model);
        prop_assert!(structure.is_empty() && structure.remarks.is_empty(), "{structure:#?}");
        prop_assert_eq!(structure.verdict, Some(Verdict::Equivalent));
    }

    #[test]
    fn layout_and_order_are_no_change((one, other) in rules_rearranged()) {
        let (one, other) = (model(&one.0), model(&other.0));
        prop_assume!(one.is_some() && other.is_some());
        let structure = compare(&one.unwrap(), &other.unwrap());
        prop_assert!(structure.is_empty(), "{:#?}", structure.changes);
        prop_assert_eq!(structure.verdict, Some(Verdict::Equivalent));
    }

    /// `difference` holds each mover to it.
    #[test]
    fn what_moves_a_contact_adds_up(old in rules_file(), new in rules_file(), raw in raw_data()) {
        let (old, new) = (model(&old.0), model(&new.0));
        prop_assume!(old.is_some() && new.is_some());
        let (old, new) = (old.unwrap(), new.unwrap());
        let (was, is) = (raw.of(&old), raw.of(&new));
        let order: Vec<usize> = (0..was.contacts.len()).collect();
        let (old_contacts, old_events) = (was.contacts_in(&order), was.batch(&was.events(), &order));
        let (new_contacts, new_events) = (is.contacts_in(&order), is.batch(&is.events(), &order));
        let difference = difference(
            Side { model: &old, contacts: &old_contacts, events: &old_events },
            Side { model: &new, contacts: &new_contacts, events: &new_events },
            raw.as_of,
        );
        let impact = difference.impact.as_ref().unwrap();
        let scores = &impact.score;
        let excluded = &impact.excluded;
        let all = scores.unchanged + scores.raised + scores.lowered + excluded.newly + excluded.no_longer + excluded.still;
        prop_assert_eq!(all, impact.contacts);
        let migrated: usize = impact.bands.contacts.iter().flatten().sum();
        prop_assert_eq!(migrated, impact.contacts);
        leadscore::diff::render(&difference, 0);
        leadscore::diff::markdown(&difference);
        leadscore::diff::html(&difference);
    }
}

proptest! {
    #![proptest_config(cases(4))]

    /// Files that are told to be equivalent are, though one word of them is another.
    #[test]
    fn what_is_told_to_be_equivalent_is(rules in rules_file(), number in any::<usize>(), raw in raw_data()) {
        // Not every word can be another.
        let other = swapped(&rules.0, number).and_then(|other| model(&other));
        let (Some(one), Some(other)) = (model(&rules.0), other) else { return Ok(()) };
        let mut structure = compare(&one, &other);
        prove(&one, &other, &mut structure);
        if structure.verdict == Some(Verdict::Equivalent) {
            let data = raw.of(&one);
            let again = data.with_fields_of(&one, &other);
            prop_assert_eq!(results(&one, &data), results(&other, &again), "{:#?}", structure);
        }
    }

    #[test]
    fn a_difference_that_is_told_is_one(rules in rules_file(), at in any::<usize>()) {
        let other = swapped(&rules.0, at).and_then(|other| model(&other));
        let (Some(old), Some(new)) = (model(&rules.0), other) else { return Ok(()) };
        let mut structure = compare(&old, &new);
        prove(&old, &new, &mut structure);
        prop_assert!(structure.verdict.is_some());
        let Some(example) = structure.proof.and_then(|proof| proof.example) else { return Ok(()) };
        prop_assert_eq!(passes(&new, &example.test), Some(true), "{}", example.test);
        // A label that is gone, and fields that only the new rules know, the old ones can't be asked for.
        if example.new.value.is_some() || example.column == "excluded" {
            prop_assert_ne!(passes(&old, &example.test), Some(true), "{}", example.test);
        }
    }
}

/// Whether a model passes a test; `None` where it can't be asked that.
fn passes(model: &Model, test: &str) -> Option<bool> {
    let mut model = model.clone();
    let source = Source::new("test.ls", test);
    let parsed = parse(&source);
    model.tests.clear();
    let is_right = parsed.errors.is_empty() && check_tests(&mut model, &source, &parsed.file).is_empty();
    is_right.then(|| leadscore::testing::run(&model).failed() == 0)
}
