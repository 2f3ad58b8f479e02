//! The pages of the diagnostics: what a page shows as failing gives its code, and what it shows instead is fine.

use std::fs;
use std::path::{Path, PathBuf};

use leadscore::analyze::analyze;
use leadscore::calendar::Day;
use leadscore::check::{check_tests, compile};
use leadscore::connect::Config;
use leadscore::lint::lint_all;
use leadscore::plan::Plan;
use leadscore::source::Source;
use leadscore::sql::{self, AsOf, DialectName, Request};
use leadscore::syntax;
use miette::{Diagnostic, Severity};

use crate::cases::check::list_file;

#[test]
fn an_error_page_fails_with_its_code_and_is_mended_by_what_it_says() {
    let pages = pages(&["LS2", "LS3", "LS4"]);
    assert!(pages.len() > 50, "the pages were found");
    let mut wrong = Vec::new();
    for (code, path) in pages {
        let page = fs::read_to_string(&path).unwrap();
        assert!(page.starts_with(&format!("# {code}: ")), "{code} has its title");
        let (fails, instead) = page.split_once("## Write instead").unwrap();
        let fails = fails.split_once("## Fails").unwrap().1;
        assert!(
            !blocks(fails).is_empty() && !blocks(instead).is_empty(),
            "{code} has its blocks"
        );
        for block in blocks(fails) {
            let found = match codes(&block) {
                none if none.is_empty() => codes_as_tests(&block),
                found => found,
            };
            if found != [code.as_str()] {
                wrong.push(format!("{code} fails with {found:?}:\n{block}"));
            }
        }
        for block in blocks(instead) {
            let found = codes(&block);
            if !found.is_empty() {
                wrong.push(format!("{code} is not mended, {found:?}:\n{block}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A page of what a dialect cannot say names the options under which it fails.
#[test]
fn a_page_of_a_refused_query_fails_with_its_code_and_is_mended_by_what_it_says() {
    let pages = pages(&["LS7"]);
    assert!(pages.len() > 5, "the pages were found");
    for (code, path) in pages {
        let page = fs::read_to_string(&path).unwrap();
        assert!(page.starts_with(&format!("# {code}: ")), "{code} has its title");
        let (fails, instead) = page.split_once("## Write instead").unwrap();
        let (_, fails) = fails.split_once("## Fails").unwrap();
        for (text, wrong) in [(fails, vec![code.clone()]), (instead, Vec::new())] {
            assert!(!blocks(text).is_empty(), "{code} has its blocks");
            for block in blocks(text) {
                assert_eq!(refused(&block, fails), wrong, "{code}: {block}");
            }
        }
    }
}

/// What stands behind an option in a piece of a page.
fn option<'p>(page: &'p str, option: &str) -> Option<&'p str> {
    let (_, behind) = page.split_once(option)?;
    behind
        .split(|character: char| character.is_whitespace() || character == '`')
        .nth(1)
}

/// The codes of what a dialect cannot say of rules without mistakes, under the options that a text names.
fn refused(rules: &str, options: &str) -> Vec<String> {
    let dialect = option(options, "--dialect").unwrap();
    let as_of = option(options, "--as-of").unwrap_or_default();
    let model = compile(&Source::new("rules.ls", rules), &list_file)
        .into_model()
        .unwrap();
    let request = Request {
        dialect: DialectName::named(dialect).unwrap(),
        as_of: match as_of {
            "current" => AsOf::Today(model.zone),
            _ => AsOf::Day(Day::parse("2026-11-01").unwrap()),
        },
        tables: Config::default().tables(None, None).unwrap(),
        reasons: options.contains("--with-reasons"),
        create: None,
        heading: Vec::new(),
    };
    match sql::compile(&model, &Plan::new(&model), &request) {
        Ok(_) => Vec::new(),
        Err(refusals) => refusals.iter().map(code).collect(),
    }
}

#[test]
fn a_syntax_page_fails_with_its_code_and_is_mended_by_what_it_says() {
    let pages = pages(&["LS1"]);
    assert!(!pages.is_empty());
    for (code, path) in pages {
        let page = fs::read_to_string(&path).unwrap();
        let (fails, instead) = page.split_once("## Write instead").unwrap();
        for block in blocks(fails) {
            let found = syntax_codes(&block);
            assert!(found.contains(&code), "{code}: {found:?} in {block}");
        }
        for block in blocks(instead) {
            assert_eq!(syntax_codes(&block), [""; 0], "{code}: {block}");
        }
    }
}

/// The pages of codes that begin so.
fn pages(beginnings: &[&str]) -> Vec<(String, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics");
    let mut pages: Vec<(String, PathBuf)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), path))
        .filter(|(code, _)| beginnings.iter().any(|beginning| code.starts_with(beginning)))
        .collect();
    pages.sort();
    pages
}

/// The blocks of rules in a piece of a page.
fn blocks(text: &str) -> Vec<String> {
    text.split("```leadscore\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap().to_owned())
        .collect()
}

/// The codes of what is wrong with some rules.
fn codes(rules: &str) -> Vec<String> {
    match compile(&Source::new("rules.ls", rules), &list_file).into_model() {
        Ok(_) => refuted(rules),
        Err(problems) => problems.iter().map(code).collect(),
    }
}

/// The codes of the promises that a contact can break.
fn refuted(rules: &str) -> Vec<String> {
    let compiled = compile(&Source::new("rules.ls", rules), &list_file);
    let analysis = analyze(compiled.checked.understood());
    let warnings = lint_all(&compiled.checked, &analysis);
    let errors = warnings
        .iter()
        .filter(|warning| warning.severity() == Some(Severity::Error));
    errors.map(code).collect()
}

/// The codes of what is wrong with the writing of some rules.
fn syntax_codes(text: &str) -> Vec<String> {
    let parsed = syntax::parse(&Source::new("page.ls", text));
    parsed.errors.iter().map(code).collect()
}

/// The codes of what is wrong with a file of tests, beside rules that say nothing.
fn codes_as_tests(tests: &str) -> Vec<String> {
    let rules = compile(&Source::new("rules.ls", ""), &list_file);
    let source = Source::new("rules_test.ls", tests);
    let parsed = syntax::parse(&source);
    let errors = check_tests(&mut rules.into_model().unwrap(), &source, &parsed.file);
    errors.iter().map(code).collect()
}

fn code<D: Diagnostic>(diagnostic: &D) -> String {
    diagnostic.code().unwrap().to_string()
}
