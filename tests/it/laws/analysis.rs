//! What the analysis says of all contacts holds of every contact that is scored.

use leadscore::analyze::{Comparison, Part, PartKind, analyze, compare};
use leadscore::model::Labelled;
use leadscore::score::Scores;
use proptest::prelude::*;

use super::cases;
use super::checking::{compiled, model};
use super::data::{Data, raw_data};
use super::engine::{Feeding, scores};
use super::files::{rules_file, rules_rearranged};
use super::said::{examples_show, holds};

proptest! {
    #![proptest_config(cases(2))]

    #[test]
    fn nobody_lies_outside_of_what_can_be(rules in rules_file(), raw in raw_data()) {
        let model = model(&rules);
        let analysis = analyze(&model);
        examples_show(&model, &analysis).map_err(TestCaseError::fail)?;
        let data = raw.of(&model);
        let feeding = Feeding::plain(&data);
        let (contacts, events) = (data.contacts_in(&feeding.contacts), data.batch(&feeding.events, &feeding.contacts));
        // Of days beside that of the data much lies at another end of its window.
        for aside in [0, 1, 31, 366] {
            let day = leadscore::Day::from_number(data.as_of.number() + aside).unwrap();
            let held = holds(&model, &analysis, day, (&contacts, &events));
            prop_assert!(held.is_ok(), "as of {}: {:?}\n{:?}", day, held, data);
        }
    }
}

proptest! {
    #![proptest_config(cases(8))]

    #[test]
    fn other_rules_in_another_order_are_not_different((rules, rearranged) in rules_rearranged()) {
        let (model, rearranged) = (model(&rules), model(&rearranged));
        // The first of several exclusions gives the reason.
        prop_assume!(model.exclusions.len() < 2);
        let verdict = compare(&model, &rearranged, leadscore::Day::new(2025, 1, 1).unwrap());
        prop_assert!(!matches!(verdict, Comparison::Different(_)), "{:?}", verdict);
    }

    #[test]
    fn a_difference_is_one(rules in rules_file(), raw in raw_data(), at in any::<usize>()) {
        let old = model(&rules);
        let Ok(new) = compiled(&changed(&rules.0, at)).into_model() else { return Ok(()) };
        let data = raw.of(&old);
        match compare(&old, &new, data.as_of) {
            Comparison::Equivalent => {
                let again = data.with_fields_of(&old, &new);
                let (one, other) = (scores(&old, &data), scores(&new, &again));
                prop_assert_eq!(shown(&one, &data), shown(&other, &again), "{:?}\n{}\n{:?}", changed(&rules.0, at), rules.0, data);
            }
            Comparison::Different(difference) => {
                let both = [&old, &new].map(|model| {
                    let example = difference.example.clone();
                    let text = example.test(&difference.model, "x", &["not excluded".to_owned()]);
                    let mut model = model.clone();
                    let source = leadscore::Source::new("x", &text);
                    let parsed = leadscore::syntax::parse(&source);
                    model.tests.clear();
                    let errors = leadscore::check::check_tests(&mut model, &source, &parsed.file);
                    // A field or an event that only one of the two knows can't be given to the other.
                    errors.is_empty().then(|| format!("{:?}", leadscore::testing::run(&model).outcomes.iter().map(|o| (o.score, o.band.clone(), o.excluded.clone())).collect::<Vec<_>>()))
                });
                if let [Some(one), Some(other)] = &both && difference.column == "score" {
                    prop_assert_ne!(one, other, "{}", difference.example.test(&difference.model, "x", &[]));
                }
            }
            Comparison::Undecided { .. } => {}
        }
    }
}

/// The rules with one number changed.
fn changed(rules: &str, at: usize) -> String {
    let digits: Vec<usize> = rules
        .char_indices()
        .filter(|(_, character)| character.is_ascii_digit())
        .map(|(at, _)| at)
        .collect();
    let Some(place) = digits.get(at % digits.len().max(1)) else {
        return rules.to_owned();
    };
    let mut changed = rules.to_owned();
    let digit = changed.as_bytes()[*place] - b'0';
    changed.replace_range(*place..=*place, &((digit + 1) % 10).to_string());
    changed
}

fn shown(scores: &Scores, data: &Data) -> Vec<String> {
    let contacts = data.contacts_in(&Feeding::plain(data).contacts);
    let row = |row| {
        let columns = 0..scores.columns().len();
        columns
            .map(|column| format!("{:?} ", scores.cell(&contacts, column, row)))
            .collect()
    };
    (0..scores.len()).map(row).collect()
}

#[test]
fn what_applies_is_told_in_the_order_of_the_model() {
    let rules = super::files::RulesText("when a = \"x\" add 1\nhot >= 1\nexclude when b = \"y\"\n".to_owned());
    let model = model(&rules);
    let kinds: Vec<PartKind> = analyze(&model).parts.iter().map(|part: &Part| part.kind).collect();
    assert_eq!(
        kinds,
        [PartKind::Exclusion, PartKind::Rule, PartKind::Band(Labelled::Band)]
    );
}
