//! Rules files in the one style.

use std::fs;

use leadscore::format::format_source;
use leadscore::source::Source;

#[test]
fn cases() {
    insta::glob!("../../cases/format", "*.ls", |path| {
        let text = fs::read_to_string(path).unwrap();
        let formatted = match format_source(&Source::new("rules.ls", &text)) {
            Ok(formatted) => formatted,
            Err(refused) => format!("refused: {refused}\n"),
        };
        insta::assert_snapshot!(format!("{text}---\n{formatted}"));
    });
}

#[test]
fn every_example_is_read_and_keeps_its_meaning() {
    let mut examples = 0;
    insta::glob!("../../../examples", "*/*.ls", |path| {
        let source = Source::new("example.ls", &fs::read_to_string(path).unwrap());
        if let Err(refused) = format_source(&source) {
            panic!("{}: {refused}: {refused:?}", path.display());
        }
        examples += 1;
    });
    assert!(examples > 0);
}
