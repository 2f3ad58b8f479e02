//! Rules files and their plans in words.

use std::fs;

use leadscore::check::compile;
use leadscore::plan::{Plan, describe};
use leadscore::source::Source;

#[test]
fn cases() {
    insta::glob!("../../cases/plan", "*.ls", |path| {
        let text = fs::read_to_string(path).unwrap();
        let compiled = compile(&Source::new("rules.ls", &text), &|_| Err("no lists here".to_owned()));
        let model = compiled.into_model().unwrap();
        insta::assert_snapshot!(format!("{text}---\n{}", describe(&Plan::new(&model), &model)));
    });
}
