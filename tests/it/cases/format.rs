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
