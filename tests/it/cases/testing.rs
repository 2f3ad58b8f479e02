//! Rules with tests, which of them pass, and what they cover.

use std::fs;

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
