//! The rules as a model of dbt: the query, and beside it what dbt is to know of it and to test. Each test of the rules
//! becomes a unit test, so that the engine of the warehouse shows that it gives what the rules promise.
//!
//! This makes texts; writing them to files is left to others.

mod cells;
mod descriptions;
mod inputs;
mod properties;
mod rows;
mod yaml;

use thiserror::Error;

use crate::model::Model;
use crate::plan::Plan;
use crate::text;

use super::dialect::{DIALECTS, Dialect};
use super::print::Printer;
use super::refusal::Refusal;
use super::time::AsOf;
use super::{Create, Request};

use inputs::{Inputs, columns_of};
use properties::Properties;
use rows::Stored;

/// What a model of dbt is to be.
#[derive(Clone, Copy, Debug)]
pub struct DbtRequest<'a> {
    /// The name of the model.
    pub name: &'a str,
    /// What dbt makes of it.
    pub materialized: Create,
    /// The query. Its day is that of a run in which the variable `as_of` is not set. What it creates does not matter.
    pub query: &'a Request,
}

/// A model of dbt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DbtModel {
    /// The model: the text of `NAME.sql`.
    pub query: String,
    /// What dbt is to know of it, and to test: the text of `NAME.yml`.
    pub properties: String,
    /// How many tests of the rules became unit tests.
    pub unit_tests: usize,
    /// The other tests.
    pub left_out: Vec<LeftOut>,
}

/// A test of the rules that is no unit test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its name.
    pub test: String,
    /// Why.
    pub why: WhyLeftOut,
}

/// Why a test cannot be a unit test.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WhyLeftOut {
    /// It gives events of a name that no table holds.
    #[error("no table holds events `{0}`")]
    NoTable(String),
    /// It gives a value that a column cannot hold, or that would mean something else there.
    #[error("the column `{0}` cannot hold what it gives")]
    Value(String),
    /// It gives so many events.
    #[error("it gives {0} events, more than one query can list")]
    Rows(u64),
    /// Contacts and events, or two kinds of events, are in one table, which dbt can give only once.
    #[error("{0} is read twice")]
    Twice(String),
}

/// Why there is no model.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DbtError {
    /// The dialect cannot say all of the rules.
    #[error("the rules cannot be said in this dialect")]
    Refused(Vec<Refusal>),
    /// dbt does not know the engine.
    #[error("there is no adapter of dbt for {0}")]
    Adapter(&'static str),
    /// What is no name of a model.
    #[error("`{0}` is no name of a dbt model")]
    Name(String),
    /// A table of a third part: dbt says the database elsewhere.
    #[error("dbt cannot name the table `{0}`")]
    Table(String),
    /// The model has the name of what it reads.
    #[error("the model `{0}` would read itself")]
    ReadsItself(String),
}

impl DbtError {
    /// What to do about it.
    pub fn help(&self) -> Option<String> {
        match self {
            DbtError::Refused(_) => None,
            DbtError::Adapter(_) => {
                let known = DIALECTS.iter().filter(|dialect| dialect.has_dbt_adapter()).map(|dialect| dialect.name());
                Some(format!("there are adapters for `{}`", known.collect::<Vec<_>>().join("`, `")))
            }
            DbtError::Name(_) => {
                Some(format!("a name has lower-case letters, digits and `_`, at most {LONGEST_NAME}, a letter first"))
            }
            DbtError::Table(_) => Some(
                "`contacts` becomes `ref('contacts')` and `crm.contacts` becomes `source('crm', 'contacts')`; the database of a \
                 source is told in its YAML"
                    .to_owned(),
            ),
            DbtError::ReadsItself(_) => {
                Some("name the model otherwise, such as `--create view lead_scores`, or the table".to_owned())
            }
        }
    }
}

/// PostgreSQL has names of 63 bytes at most, and dbt puts something behind them.
const LONGEST_NAME: usize = 48;

/// The name of a model that nothing names.
const USUAL_NAME: &str = "lead_scores";

/// The name of the rules of which a file tells nothing more.
const USUAL_STEM: &str = "rules";

/// A name for the model of dbt: that of the model in the way of dbt, else that of its file; `lead_scores` where neither
/// tells anything.
pub fn dbt_name(model: &Model, stem: Option<&str>) -> String {
    let stem = stem.filter(|stem| *stem != USUAL_STEM);
    let names = [model.name.as_deref(), stem].into_iter().flatten();
    names
        .filter_map(|name| snake_case(name, "scores_"))
        .next()
        .unwrap_or_else(|| USUAL_NAME.to_owned())
}

/// A text as a name that dbt takes, with something before a digit at its beginning; `None` where nothing is left of it.
fn snake_case(text: &str, before_digit: &str) -> Option<String> {
    let folded = text::fold(text);
    let words = folded
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let name = words.collect::<Vec<_>>().join("_");
    let before = if name.starts_with(|first: char| first.is_ascii_digit()) {
        before_digit
    } else {
        ""
    };
    let name: String = before.chars().chain(name.chars()).take(LONGEST_NAME).collect();
    let name = name.trim_end_matches('_');
    (!name.is_empty()).then(|| name.to_owned())
}

/// Whether a text is a name that dbt takes and every engine reads alike.
fn is_name(text: &str) -> bool {
    let begins = |first: char| first.is_ascii_lowercase() || first == '_';
    let goes_on = |character: char| begins(character) || character.is_ascii_digit();
    text.len() <= LONGEST_NAME && text.starts_with(begins) && text.chars().all(goes_on)
}

/// The model of dbt of some rules, with a unit test for each of their tests that dbt can run. These expect what the
/// rules give: the tests are taken to pass.
pub fn dbt(model: &Model, plan: &Plan, request: &DbtRequest<'_>) -> Result<DbtModel, DbtError> {
    let dialect = request.query.dialect.0;
    if !dialect.has_dbt_adapter() {
        return Err(DbtError::Adapter(dialect.title()));
    }
    if !is_name(request.name) {
        return Err(DbtError::Name(request.name.to_owned()));
    }
    let printer = Printer::of_templates(dialect);
    let inputs = Inputs::new(&request.query.tables, printer)?;
    if inputs
        .all
        .iter()
        .any(|input| input.model.as_deref() == Some(request.name))
    {
        return Err(DbtError::ReadsItself(request.name.to_owned()));
    }
    let templated = Request {
        as_of: AsOf::Template("{{ as_of }}"),
        tables: inputs.tables.clone(),
        create: None,
        ..request.query.clone()
    };
    let query = super::query(model, plan, &templated).map_err(DbtError::Refused)?;
    let columns: Vec<_> = inputs
        .all
        .iter()
        .map(|input| columns_of(&input.table(), &query))
        .collect();
    let stored = Stored {
        model,
        plan,
        tables: &inputs.tables,
        columns: &columns,
    };
    let properties = Properties::new(stored, request, &inputs.all);
    Ok(DbtModel {
        query: head(request, dialect) + &printer.query(&query, None),
        properties: properties.written(request.query.heading.first()),
        unit_tests: properties.unit_tests(),
        left_out: properties.left_out(),
    })
}

/// What stands before the query: what dbt makes of it, and its day.
fn head(request: &DbtRequest<'_>, dialect: &dyn Dialect) -> String {
    let materialized = match request.materialized {
        Create::View => "view",
        Create::Table => "table",
    };
    let today = match request.query.as_of {
        AsOf::Day(day) => dialect.day(day),
        AsOf::Today(zone) => dialect.today(zone).bare().to_owned(),
        AsOf::Template(written) => written.to_owned(),
    };
    let given = dialect.day_in_text("'{{ var('as_of') }}'");
    format!(
        "{{{{ config(materialized='{materialized}') }}}}\n\n\
         {{%- set as_of -%}}\n  \
         {{%- if var('as_of', none) -%}} {} {{%- else -%}} {today} {{%- endif -%}}\n\
         {{%- endset %}}\n\n",
        given.bare(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_such_as_dbt_takes() {
        let name = |text: &str| snake_case(text, "scores_");
        assert_eq!(
            name("HR and payroll: Œuvres n°2").as_deref(),
            Some("hr_and_payroll_oeuvres_n_2")
        );
        assert_eq!(name("2026 rules").as_deref(), Some("scores_2026_rules"));
        assert_eq!(name("評価"), None);
        assert!(is_name("fct__lead_scores") && !is_name("Scores") && !is_name("2026") && !is_name(""));
        assert_eq!(name(&"ab ".repeat(40)).map(|name| name.len()), Some(LONGEST_NAME - 1));
    }
}
