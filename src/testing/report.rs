//! What came of the tests.
//!
//! The JSON of a report is stable: an object with the counts `passed` and `failed`, and `tests`, an array of
//! [`Outcome`]s. Numbers are exact JSON numbers, days texts such as `2026-11-01`.

use miette::Diagnostic;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use thiserror::Error as ThisError;

use crate::calendar::Day;
use crate::number::Number;
use crate::reason::Reason;
use crate::source::{Source, Span};

/// What came of all tests of a model.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// What came of each test, in the order of the model.
    pub outcomes: Vec<Outcome>,
}

impl Report {
    /// How many tests passed.
    pub fn passed(&self) -> usize {
        self.outcomes.iter().filter(|outcome| outcome.passed).count()
    }

    /// How many tests failed.
    pub fn failed(&self) -> usize {
        self.outcomes.len() - self.passed()
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut report = serializer.serialize_struct("Report", 3)?;
        report.serialize_field("passed", &self.passed())?;
        report.serialize_field("failed", &self.failed())?;
        report.serialize_field("tests", &self.outcomes)?;
        report.end()
    }
}

/// What came of one test.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// The test's name.
    pub name: String,
    /// The file in which it stands.
    #[serde(rename = "file", serialize_with = "source_name")]
    pub source: Source,
    /// The statement.
    #[serde(skip)]
    pub span: Span,
    /// The line on which it begins.
    pub line: usize,
    /// The day of scoring.
    pub as_of: Day,
    /// Whether all that it expects holds.
    pub passed: bool,
    /// What it expects and does not hold.
    pub failures: Vec<Failure>,
    /// Why the contact is excluded, if it is.
    pub excluded: Option<String>,
    /// The overall score; `None` for an excluded contact.
    pub score: Option<Number>,
    /// The band of the overall score; `None` for none.
    pub band: Option<String>,
    /// What gave or took points, in the order of the rules file.
    pub steps: Vec<Step>,
}

/// An expectation that does not hold. As a diagnostic it has no code: it finds fault with an example, not with how the
/// rules are written. Its span is a place in the source of its [`Outcome`].
#[derive(Clone, Debug, PartialEq, Serialize, ThisError, Diagnostic)]
#[error("expected `{expected}`, but {found}")]
pub struct Failure {
    /// The condition as it is written.
    pub expected: String,
    /// Its line.
    pub line: usize,
    /// The line of the test.
    #[serde(skip)]
    #[label("{found}")]
    pub span: Span,
    /// What is the case instead, on one line: `score is 12, not 10`.
    pub found: String,
    /// The same, part by part.
    pub reasons: Vec<Reason>,
}

/// Something that gave or took points.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// Its line in the rules file.
    pub line: usize,
    /// The name of its block; `None` for the rules outside of any block.
    pub block: Option<String>,
    /// What the rule rewards, or the decay as it is written.
    pub title: String,
    /// What it gave, less than zero for what it took.
    pub points: Number,
}

fn source_name<S: Serializer>(source: &Source, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(source.name())
}
