//! Rules files as they are checked: what is wrong with each, and what was understood of it.

use std::fmt::Write as _;
use std::fs;

use leadscore::check::{Compiled, check_tests, compile};
use leadscore::model::{LetValue, Model};
use leadscore::source::Source;
use leadscore::syntax;

use crate::draw;

#[test]
fn cases() {
    insta::glob!("../../cases/check", "*.ls", |path| {
        let source = Source::new("rules.ls", &fs::read_to_string(path).unwrap());
        insta::assert_snapshot!(checked(&source));
    });
}

#[test]
fn ten_thousand_lets_in_a_chain_or_a_circle_need_no_deep_stack() {
    let chain: String = (0..10_000).map(|i| format!("let l{i} = l{}\n", i + 1)).collect();
    for (last, errors) in [("let l10000 = a\nwhen l0 > 5 add 1\n", 0), ("let l10000 = l0\n", 1)] {
        let source = Source::new("rules.ls", &format!("{chain}{last}"));
        let checker = std::thread::Builder::new().stack_size(1 << 20);
        let checker = checker.spawn(move || compile(&source, &list_file).problems.len());
        assert_eq!(checker.unwrap().join().unwrap(), errors);
    }
}

/// The list files that cases and pages may name.
pub(crate) fn list_file(path: &str) -> Result<String, String> {
    match path {
        "free_mail.txt" => Ok("# free mail\r\ngmail.com\r\n\r\n  yahoo.fr  \r\n".to_owned()),
        "empty.txt" => Ok("# nothing yet\n".to_owned()),
        _ => Err("there is no such file".to_owned()),
    }
}

/// The source, then what is wrong with it; where nothing is, an outline of its model.
fn checked(source: &Source) -> String {
    let (rules, tests) = source.text().split_once("\n---\n").unwrap_or((source.text(), ""));
    let Compiled { checked, problems, .. } = compile(&Source::new("rules.ls", rules), &list_file);
    let mut drawn = format!("{}\n---\n", source.text().trim_end());
    if !tests.is_empty() {
        return drawn + &tests_checked(checked.into_model().unwrap(), &Source::new("rules_test.ls", tests));
    }
    for problem in &problems {
        drawn += &draw::diagnostic(source, problem, problem.edit().as_ref());
    }
    if problems.is_empty() {
        drawn += &outline(checked.understood());
        for unused in checked.unused() {
            writeln!(drawn, "unused {:?} {}", unused.declared, unused.name).unwrap();
        }
    }
    drawn
}

/// What is wrong with a file of tests, and the model with its tests.
fn tests_checked(mut model: Model, source: &Source) -> String {
    let parsed = syntax::parse(source);
    assert!(parsed.errors.is_empty());
    let mut drawn = String::new();
    for error in check_tests(&mut model, source, &parsed.file) {
        drawn += &draw::diagnostic(source, &error, error.edit().as_ref());
    }
    drawn + &outline(&model)
}

/// A model in few lines: its names and their types, and what each statement became.
fn outline(model: &Model) -> String {
    let mut lines = String::new();
    for field in &model.fields {
        writeln!(lines, "field {}: {}", field.name, field.of).unwrap();
    }
    for event in &model.events {
        let properties: Vec<&str> = event
            .properties
            .iter()
            .map(|id| model.properties[id.index()].name.as_str())
            .collect();
        writeln!(lines, "event {}({})", event.name, properties.join(", ")).unwrap();
    }
    for property in &model.properties {
        writeln!(lines, "property {}: {}", property.name, property.of).unwrap();
    }
    for definition in &model.lets {
        let of = match &definition.value {
            LetValue::Condition(_) => "condition".to_owned(),
            LetValue::Value(value) => value.of.to_string(),
        };
        let (events, scores) = (definition.reads_events, definition.reads_scores);
        writeln!(
            lines,
            "let {}: {of}, reads events {events}, scores {scores}",
            definition.name
        )
        .unwrap();
    }
    writeln!(lines, "order {:?}", model.order).unwrap();
    for block in &model.blocks {
        writeln!(
            lines,
            "block {:?} {:?} decay {:?}",
            block.name,
            block.clamp,
            block.decay.is_some()
        )
        .unwrap();
        for rule in &block.rules {
            let written = model.written(rule.span);
            writeln!(
                lines,
                "  {} ({})",
                written,
                if rule.reads_events { "behaviour" } else { "profile" }
            )
            .unwrap();
        }
    }
    for formula in &model.formulas {
        writeln!(lines, "formula {} = {:?}", formula.name, formula.term).unwrap();
    }
    for exclusion in &model.exclusions {
        writeln!(lines, "excluded: {}", exclusion.reason).unwrap();
    }
    for test in &model.tests {
        writeln!(lines, "test {:?} as of {}: {:?}", test.name, test.as_of, test.fields).unwrap();
        for events in &test.events {
            writeln!(
                lines,
                "  {} {} on {} {:?}",
                events.count, events.name, events.day, events.properties
            )
            .unwrap();
        }
        writeln!(lines, "  {} expectations", test.expectations.len()).unwrap();
    }
    lines
}
