//! Rules as queries: the whole for DuckDB, and of the other dialects the lines that are not the same there.
//!
//! Below a line `---` a case may say `as of current`, `reasons` or `create view NAME`, and then, from a line `[` on, what
//! stands in its `leadscore.toml`.

use std::fs;
use std::path::Path;

use leadscore::calendar::Day;
use leadscore::connect::Config;
use leadscore::model::Model;
use leadscore::plan::Plan;
use leadscore::sql::{self, AsOf, Create, DialectName, Refusal, Request, Table};
use regex::Regex;
use similar::{DiffTag, TextDiff};

use crate::draw;
use crate::given::model;

#[test]
fn cases() {
    insta::glob!("../../cases/sql", "*.ls", |path| {
        let case = Case::read(path);
        insta::assert_snapshot!(format!("{}\n---\n{}", case.text.trim_end(), case.drawn()));
    });
}

/// Rules, and what is asked for.
pub(crate) struct Case {
    text: String,
    model: Model,
    options: Vec<String>,
    config: Config,
}

impl Case {
    pub(crate) fn read(path: &Path) -> Case {
        let text = fs::read_to_string(path).unwrap();
        let (rules, said) = text.split_once("\n---\n").unwrap_or((&text, ""));
        let config = said.find('[').unwrap_or(said.len());
        Case {
            model: model(rules),
            options: said[..config].lines().map(str::to_owned).collect(),
            config: Config::parse("leadscore.toml", &said[config..]).unwrap(),
            text,
        }
    }

    /// The query in a dialect, or why there is none.
    pub(crate) fn query(&self, dialect: DialectName) -> Result<String, Vec<Refusal>> {
        let mut request = Request {
            dialect,
            as_of: AsOf::Day(Day::parse("2026-11-01").unwrap()),
            tables: self.config.tables(None, None).unwrap(),
            reasons: false,
            create: None,
            heading: Vec::new(),
        };
        for option in &self.options {
            match option.split_once(' ').unwrap_or((option, "")) {
                ("as", "of current") => request.as_of = AsOf::Today(self.model.zone),
                ("reasons", "") => request.reasons = true,
                ("create", said) => {
                    let name = said.strip_prefix("view ").unwrap();
                    request.create = Some((Create::View, Table::named(name).unwrap()));
                }
                other => panic!("{other:?}"),
            }
        }
        sql::compile(&self.model, &Plan::new(&self.model), &request)
    }

    fn drawn(&self) -> String {
        let draw = |refusal: &Refusal| draw::diagnostic(&self.model.source, refusal, None);
        let mut drawn = String::new();
        let (mut first, mut refused): (Option<String>, Option<String>) = (None, None);
        for dialect in DialectName::all() {
            let shown = match (self.query(dialect), &first) {
                (Err(refusals), _) => {
                    let told: String = refusals.iter().map(draw).collect();
                    let by_all = told.replace(dialect.title(), "");
                    match refused.replace(by_all.clone()) {
                        Some(known) if known == by_all => "as before\n".to_owned(),
                        _ => told,
                    }
                }
                (Ok(query), Some(first)) => differing(first, &abridged(&query)),
                (Ok(query), None) => first.insert(abridged(&query)).clone(),
            };
            drawn += &format!("--- {}\n{shown}", dialect.title());
        }
        drawn
    }
}

/// A query with its long literals shortened: tables of letters and classes of characters.
fn abridged(query: &str) -> String {
    let literal = Regex::new(r"'(?:[^'\\\n]|''|\\.)*'|\((?:\d+, ){12,}\d+\)").unwrap();
    let shortened = literal.replace_all(query, |found: &regex::Captures<'_>| {
        let characters = found[0].chars().count();
        match characters > 70 {
            true => found[0].chars().take(20).collect::<String>() + &format!("…{characters}…"),
            false => found[0].to_owned(),
        }
    });
    shortened.into_owned()
}

/// The lines of a query that differ from those of another, by the numbers of the lines in whose place they stand; `+`
/// where they stand between its lines, and numbers alone where it has more.
fn differing(first: &str, other: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (first.lines().collect(), other.lines().collect());
    let diff = TextDiff::from_slices(&old, &new);
    let mut drawn = String::new();
    for (tag, before, after) in diff.ops().iter().map(|op| op.as_tag_tuple()) {
        if tag == DiffTag::Equal {
            continue;
        }
        for at in 0..before.len().max(after.len()) {
            let number = if at < before.len() {
                (before.start + at + 1).to_string()
            } else {
                "+".to_owned()
            };
            let line = after.clone().nth(at).map_or("", |line| new[line]);
            drawn += format!("{number:>4} {line}").trim_end();
            drawn.push('\n');
        }
    }
    drawn
}
