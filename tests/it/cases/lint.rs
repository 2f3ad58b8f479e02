//! Warnings, each with its labels, its help and its edit.

use std::fs;

use leadscore::analyze::analyze;
use leadscore::check;
use leadscore::lint;
use leadscore::source::Source;

use crate::draw;

#[test]
fn cases() {
    insta::glob!("../../cases/lint", "*.ls", |path| {
        let source = Source::new("rules.ls", &fs::read_to_string(path).unwrap());
        insta::assert_snapshot!(warnings(&source));
    });
}

/// The source, and its warnings. A case of a warning has no errors.
fn warnings(source: &Source) -> String {
    let compiled = check::compile(source, &|_| Err("no list files here".to_owned()));
    let mut drawn = format!("{}\n---\n", source.text().trim_end());
    for problem in &compiled.problems {
        drawn += &format!("an error: {problem}\n");
    }
    let analysis = compiled
        .problems
        .is_empty()
        .then(|| analyze(compiled.checked.understood()));
    let warnings = match &analysis {
        Some(analysis) => lint::lint_all(&compiled.checked, analysis),
        None => lint::lint(&compiled.checked),
    };
    for warning in warnings {
        drawn += &draw::diagnostic(source, &warning, warning.edit().as_ref());
    }
    drawn
}
