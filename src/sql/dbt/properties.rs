//! What dbt is to know of a model and to test: its columns, what may stand in them, and the tests of the rules.

use crate::model::{Labelled, Model, Test};
use crate::plan::{Holds, ResultColumn};

use super::super::dialect::Dialect;
use super::super::jinja;
use super::super::names::Names;
use super::cells::Row;
use super::descriptions::description;
use super::inputs::Input;
use super::rows::Stored;
use super::yaml::Yaml;
use super::{DbtRequest, LeftOut, WhyLeftOut, snake_case};

/// The properties of a model.
#[derive(Debug)]
pub(super) struct Properties<'a> {
    stored: Stored<'a>,
    request: &'a DbtRequest<'a>,
    inputs: &'a [Input],
    tests: Vec<(&'a Test, Result<Yaml, WhyLeftOut>)>,
}

impl<'a> Properties<'a> {
    /// The properties of the model of a request, which reads what is stored by these names.
    pub(super) fn new(stored: Stored<'a>, request: &'a DbtRequest<'a>, inputs: &'a [Input]) -> Properties<'a> {
        let tests = Vec::new();
        let mut properties = Properties {
            stored,
            request,
            inputs,
            tests,
        };
        let mut names = Names::default();
        let tests = stored
            .model
            .tests
            .iter()
            .map(|test| (test, properties.unit_test(test, &mut names)));
        properties.tests = tests.collect();
        properties
    }

    /// How many tests are unit tests.
    pub(super) fn unit_tests(&self) -> usize {
        self.tests.iter().filter(|(_, unit_test)| unit_test.is_ok()).count()
    }

    /// The tests that are none.
    pub(super) fn left_out(&self) -> Vec<LeftOut> {
        let left_out = self.tests.iter().filter_map(|(test, unit_test)| {
            Some(LeftOut {
                test: test.name.clone(),
                why: unit_test.as_ref().err()?.clone(),
            })
        });
        left_out.collect()
    }

    /// The whole text, below a heading.
    pub(super) fn written(&self, heading: Option<&String>) -> String {
        let left_out = self.left_out().into_iter();
        let left_out = left_out.map(|left| format!("No unit test: {}: {}.", left.test, left.why));
        let comments: String = heading
            .cloned()
            .into_iter()
            .chain(left_out)
            .map(|line| comment(&line))
            .collect();
        let unit_tests: Vec<Yaml> = self
            .tests
            .iter()
            .filter_map(|(_, test)| test.as_ref().ok())
            .cloned()
            .collect();
        let mut parts = vec![
            Yaml::map([("version", Yaml::Whole(2))]),
            Yaml::map([("models", Yaml::List(vec![self.model()]))]),
        ];
        if !unit_tests.is_empty() {
            parts.push(Yaml::map([("unit_tests", Yaml::List(unit_tests))]));
        }
        let parts: Vec<String> = parts.iter().map(Yaml::written).collect();
        comments + &parts.join("\n")
    }

    fn model(&self) -> Yaml {
        let model = self.stored.model;
        let what = match &model.name {
            Some(name) => format!("{name}: the score of each contact, with its bands and classes"),
            None => "The score of each contact, with its bands and classes".to_owned(),
        };
        let mut columns: Vec<Yaml> = self
            .stored
            .plan
            .columns
            .iter()
            .map(|column| self.column(column))
            .collect();
        if self.request.query.reasons {
            columns.push(literally(Yaml::map([
                ("name", Yaml::text("reasons")),
                ("description", Yaml::text("The rules that gave or took points")),
            ])));
        }
        let description = literally(Yaml::Text(format!(
            "{what}. As of the variable `as_of`, a day such as 2026-11-01. The rules are in {}.",
            model.source.name()
        )));
        Yaml::map([
            ("name", Yaml::text(self.request.name)),
            ("description", description),
            ("columns", Yaml::List(columns)),
        ])
    }

    fn column(&self, column: &ResultColumn) -> Yaml {
        let dialect = self.request.query.dialect.0;
        let mut entries = vec![("name".to_owned(), Yaml::text(&column.name))];
        if dialect.identifier(&column.name) != column.name {
            entries.push(("quote".to_owned(), Yaml::Boolean(true)));
        }
        entries.push((
            "description".to_owned(),
            Yaml::Text(description(self.stored.model, &column.holds)),
        ));
        let tests = self.data_tests(&column.holds);
        if !tests.is_empty() {
            entries.push(("data_tests".to_owned(), Yaml::List(tests)));
        }
        literally(Yaml::Map(entries))
    }

    /// What must hold of a column in the data.
    fn data_tests(&self, holds: &Holds) -> Vec<Yaml> {
        let dialect = self.request.query.dialect.0;
        match holds {
            Holds::Id => vec![Yaml::text("unique"), Yaml::text("not_null")],
            Holds::Score { .. } => vec![self.not_null(holds)],
            Holds::Label { node: None, .. } | Holds::Exclusion => Vec::new(),
            Holds::Label { texts, .. } => {
                let accepted = accepted_values(texts, dialect);
                let known = is_never_missing(self.stored.model, holds).then(|| self.not_null(holds));
                std::iter::once(accepted).chain(known).collect()
            }
        }
    }

    /// That nothing is missing; of contacts that are excluded, all may be but the band.
    fn not_null(&self, holds: &Holds) -> Yaml {
        let is_for_all = self.stored.model.exclusions.is_empty() || holds.excluded().is_some();
        if is_for_all {
            return Yaml::text("not_null");
        }
        let excluded = self.request.query.dialect.0.identifier("excluded");
        let those = Yaml::map([("where", Yaml::Text(format!("{excluded} IS NULL")))]);
        Yaml::map([("not_null", Yaml::map([("config", those)]))])
    }

    /// A test of the rules as dbt runs it.
    fn unit_test(&self, test: &Test, names: &mut Names) -> Result<Yaml, WhyLeftOut> {
        let given = self.stored.given(test)?;
        let expected = self.stored.expected(test)?;
        let mut inputs = Vec::new();
        for ((input, columns), rows) in self.inputs.iter().zip(self.stored.columns).zip(given) {
            if self.inputs.iter().filter(|other| *other == input).count() > 1 {
                return Err(WhyLeftOut::Twice(input.expression.clone()));
            }
            if !columns.is_empty() {
                inputs.push(literally(Yaml::map([
                    ("input", Yaml::text(&input.expression)),
                    ("rows", all_rows(rows)),
                ])));
            }
        }
        let name = snake_case(&test.name, "test_").unwrap_or_else(|| "test".to_owned());
        let day = Yaml::map([("as_of", Yaml::Text(test.as_of.to_string()))]);
        Ok(Yaml::map([
            ("name", Yaml::Text(names.take(&name))),
            // The one text in which dbt looks for nothing to fill in.
            ("description", Yaml::text(&test.name)),
            ("model", Yaml::text(self.request.name)),
            ("overrides", Yaml::map([("vars", day)])),
            ("given", Yaml::List(inputs)),
            ("expect", literally(Yaml::map([("rows", all_rows(vec![expected]))]))),
        ]))
    }
}

/// A value in which dbt finds nothing to fill in.
fn literally(value: Yaml) -> Yaml {
    value.with_texts(jinja::literally)
}

fn all_rows(rows: Vec<Row>) -> Yaml {
    Yaml::List(rows.into_iter().map(Yaml::Row).collect())
}

fn comment(line: &str) -> String {
    let words: Vec<&str> = line
        .split(|character: char| character.is_whitespace() || character.is_control())
        .collect();
    format!("# {}\n", words.join(" "))
}

/// That nothing but these texts stands in a column. dbt puts them between quotes as they are.
fn accepted_values(texts: &[String], dialect: &dyn Dialect) -> Yaml {
    let is_plain = texts.iter().all(|text| dialect.text(text) == format!("'{text}'"));
    let values = texts
        .iter()
        .map(|text| if is_plain { text.clone() } else { dialect.text(text) });
    let mut arguments = vec![("values".to_owned(), Yaml::Short(values.map(Yaml::Text).collect()))];
    if !is_plain {
        arguments.push(("quote".to_owned(), Yaml::Boolean(false)));
    }
    Yaml::map([("accepted_values", Yaml::map([("arguments", Yaml::Map(arguments))]))])
}

/// Whether every contact that is not excluded has a label: whether there is an `otherwise`.
fn is_never_missing(model: &Model, holds: &Holds) -> bool {
    let Holds::Label { of, .. } = holds else { return false };
    match of {
        Labelled::Band => model.overall.bands.iter().any(|band| band.threshold.is_none()),
        Labelled::BandOf(block) => {
            let bands = model.blocks.get(block.index()).map(|block| &block.bands);
            bands.into_iter().flatten().any(|band| band.threshold.is_none())
        }
        Labelled::Class(class) => {
            let rows = model.classes.get(class.index()).map(|class| &class.rows);
            rows.into_iter().flatten().any(|row| row.condition.is_none())
        }
    }
}
