//! Diagnostics as data: what the errors and warnings of every stage become before they are drawn or written.
//!
//! The words of a diagnostic stand where it is defined; here it only gets lines and columns. Drawing it for people
//! is left to the command line; [`json`], [`sarif`] and [`github`] write it for machines, [`pages`] tells its story.

pub mod github;
pub mod json;
mod lines;
pub mod pages;
pub mod sarif;

use serde::Serialize;

use crate::source::{Edit, Source, Span};

pub use lines::Lines;

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It stops.
    Error,
    /// It is worth a look.
    Warning,
}

/// Something that is wrong or doubtful in a file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Diagnostic {
    /// The stable code, `LS` and four digits; empty where there is none.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The name of the source in which all its places are.
    pub file: String,
    /// The places, the main one first; empty where it concerns the whole file.
    pub labels: Vec<Label>,
    /// The replacement that mends it, where there is one.
    pub edit: Option<Replacement>,
}

/// A place that a diagnostic points at.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Label {
    /// Where it begins and ends.
    #[serde(flatten)]
    pub region: Region,
    /// What this place is; `None` where it needs no words.
    pub text: Option<String>,
    /// The same place in bytes.
    #[serde(skip)]
    pub span: Span,
}

/// A text that should stand in place of another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Replacement {
    /// What it replaces; empty to insert.
    #[serde(flatten)]
    pub region: Region,
    /// The text.
    pub text: String,
    /// Whether it may be applied unseen, as `check --fix` does.
    pub safe: bool,
    /// What it replaces, in bytes.
    #[serde(skip)]
    pub span: Span,
}

/// A part of a source: lines and columns counted from 1, columns in characters, the end excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Region {
    /// The line of the first character.
    pub line: usize,
    /// Its column.
    pub column: usize,
    /// The line of the character after the last.
    pub end_line: usize,
    /// Its column.
    pub end_column: usize,
    /// The two columns as editors count them, in units of UTF-16, of which a rare character takes two.
    #[serde(skip)]
    pub utf16_columns: (usize, usize),
}

impl Diagnostic {
    /// The diagnostic that an error or a warning of some stage is, with the lines of the source in which it stands and
    /// the edit that mends it.
    pub fn new(problem: &dyn miette::Diagnostic, lines: &Lines, edit: Option<&Edit>) -> Diagnostic {
        Diagnostic {
            code: problem.code().map(|code| code.to_string()).unwrap_or_default(),
            severity: severity(problem),
            message: problem.to_string(),
            help: problem.help().map(|help| help.to_string()),
            file: lines.source().name().to_owned(),
            labels: labels(problem, lines),
            edit: edit.map(|edit| Replacement {
                region: lines.region(edit.span),
                text: edit.text.clone(),
                safe: edit.is_sure,
                span: edit.span,
            }),
        }
    }

    /// The diagnostics of one source.
    pub fn all<'a, P: miette::Diagnostic + 'a>(
        problems: impl IntoIterator<Item = &'a P>,
        source: &Source,
        edit: impl Fn(&P) -> Option<Edit>,
    ) -> Vec<Diagnostic> {
        let lines = Lines::new(source);
        let diagnostics = problems.into_iter();
        diagnostics
            .map(|problem| Diagnostic::new(problem, &lines, edit(problem).as_ref()))
            .collect()
    }

    /// The main place, where there is one.
    pub fn place(&self) -> Option<Region> {
        self.labels.first().map(|label| label.region)
    }

    /// All that it says, for those who show no places: a line for what is wrong, one for its only place where that says
    /// more, one for what to do.
    pub fn text(&self) -> String {
        let label = match self.labels.as_slice() {
            [only] => only.text.as_ref().filter(|text| !self.message.contains(*text)),
            _ => None,
        };
        let lines = [Some(&self.message), label, self.help.as_ref()];
        let lines: Vec<&str> = lines.into_iter().flatten().map(String::as_str).collect();
        lines.join("\n")
    }

    /// Whether it stops.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

fn severity(problem: &dyn miette::Diagnostic) -> Severity {
    match problem.severity() {
        None | Some(miette::Severity::Error) => Severity::Error,
        Some(miette::Severity::Warning | miette::Severity::Advice) => Severity::Warning,
    }
}

/// The labels in the order of their variant, the primary one, if any is marked, moved to the front.
fn labels(problem: &dyn miette::Diagnostic, lines: &Lines) -> Vec<Label> {
    let mut marked: Vec<miette::LabeledSpan> = problem.labels().into_iter().flatten().collect();
    marked.sort_by_key(|label| !label.primary());
    let labels = marked.iter().map(|label| {
        let span = Span::new(label.offset(), label.offset().saturating_add(label.len()));
        Label {
            region: lines.region(span),
            text: label.label().map(str::to_owned),
            span,
        }
    });
    labels.collect()
}
