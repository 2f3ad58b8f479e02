//! Rules files as they are read: what is wrong with each, and what is in its tree.

use std::fs;

use leadscore::source::Source;
use leadscore::syntax;

use crate::draw;

#[test]
fn cases() {
    insta::glob!("../../cases/parse", "*.ls", |path| {
        let source = Source::new("rules.ls", &fs::read_to_string(path).unwrap());
        insta::assert_snapshot!(read(&source));
    });
}

/// The source, its errors, and one line for each statement of the tree.
fn read(source: &Source) -> String {
    let parsed = syntax::parse(source);
    let mut drawn = format!("{}\n---\n", source.text().trim_end());
    for error in &parsed.errors {
        drawn += &draw::diagnostic(source, error, error.edit().as_ref());
    }
    drawn += "---\n";
    for statement in &parsed.file.statements {
        drawn += &format!("{}\n", source.slice(statement.span));
    }
    drawn
}

#[test]
fn a_file_that_no_person_wrote_is_refused_whole() {
    let source = Source::new("rules.ls", &"when a add 1\n".repeat(1 << 20));
    let parsed = syntax::parse(&source);
    let [error] = parsed.errors.as_slice() else {
        panic!("one error, not {}", parsed.errors.len());
    };
    insta::assert_snapshot!(draw::diagnostic(&source, error, None));
}
