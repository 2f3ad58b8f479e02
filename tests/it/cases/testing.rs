//! Rules with tests, which of them pass, what they cover and notice; and the small changes of rules.

use std::fs;
use std::num::NonZeroUsize;

use leadscore::testing::{self, Fate};

use crate::given;

#[test]
fn cases() {
    insta::glob!("../../cases/testing", "*.ls", |path| {
        let text = fs::read_to_string(path).unwrap();
        let model = given::model(&text);
        let report = testing::render(&testing::run(&model), 96);
        let coverage = testing::render_coverage(&testing::coverage(&model), 96);
        insta::assert_snapshot!(format!("{}\n---\n{report}---\n{coverage}", text.trim_end()));
    });
}

#[test]
fn changes() {
    insta::glob!("../../cases/mutation", "*.ls", |path| {
        let text = fs::read_to_string(path).unwrap();
        let model = given::model(&text);
        let mut changes = testing::changes(&model);
        changes.sort_by_key(|change| change.span.start);
        let told = changes.iter().map(|change| {
            let operator = format!("{:?}", change.operator).to_lowercase();
            format!("{:>3}  {operator:<10}  {change}\n", change.line)
        });
        insta::assert_snapshot!(format!("{}\n---\n{}", text.trim_end(), told.collect::<String>()));
    });
}

#[test]
fn survivors_are_told_below_their_lines() {
    let model = given::model(
        r#"
when employees >= 50 and title contains word "DRH" add 10
when event open_email within 90 days add 1 at most 5 times
test "a large company" {
  given employees = 60, title = "DRH"
  given event open_email 10 days ago
  expect score = 11
}
"#,
    );
    let mutation = testing::mutate(&model, NonZeroUsize::MIN);
    insta::assert_snapshot!(testing::render_mutation(&mutation, &model.source, 80));
}

#[test]
fn the_test_of_a_survivor_passes_on_the_rules_and_fails_on_the_mutant() {
    let text = r#"
exclude when country = "BE" because "elsewhere"
score behaviour {
  when event visit where pages > 3 within 3 months add 5 at most 4 times
  decay 2 per month
  strong >= 15
}
score company {
  when employees >= 50 add 20
  when employees >= 50 and title contains word "drh" add 10
}
score = behaviour + 0.5 * company
hot >= 25
cold otherwise
classify size {
  large when employees > 1_000
}
"#;
    let model = given::model(text);
    let mutation = testing::mutate(&model, NonZeroUsize::MIN);
    let mut changes: Vec<_> = testing::changes(&model).into_iter().enumerate().collect();
    changes.sort_by_key(|(_, change)| change.span.start);
    let mut caught = 0;
    for (mutant, (place, change)) in mutation.mutants.iter().zip(changes) {
        if let Fate::Survived { test } = &mutant.fate {
            let with_test = given::model(&format!("{text}{test}"));
            assert_eq!(testing::run(&with_test).failed(), 0, "{change}: {test}");
            assert_eq!(
                testing::run(&testing::changed(&with_test, place)).failed(),
                1,
                "{change}: {test}"
            );
            caught += 1;
        }
    }
    assert!(
        caught * 10 >= mutation.mutants.len() * 9,
        "{caught} of {}",
        mutation.mutants.len()
    );
}
