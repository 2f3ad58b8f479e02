//! Rules with tests, which of them pass, what they cover and notice; and the small changes of rules.

use std::fs;
use std::num::NonZeroUsize;

use leadscore::testing;

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
