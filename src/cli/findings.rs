//! What was found in the files of a run, shown to people or written for machines.

use clap::ValueEnum;
use serde::Serialize;

use crate::diagnostic::{Diagnostic, Lines, Severity, github, json, sarif};
use crate::source::Source;

use super::draw::draw;
use super::look::Look;
use super::workspace::from_top;

/// How findings are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// The lines of the file, underlined, for people
    #[default]
    Human,
    /// One JSON object
    Json,
    /// SARIF 2.1.0, for code hosts and editors
    Sarif,
    /// Annotations of GitHub Actions
    Github,
}

/// Errors and warnings by file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Findings {
    files: Vec<(Lines, Vec<Diagnostic>)>,
}

/// More than these nobody reads; the summary counts them all.
const MOST_DRAWN: usize = 100;

impl Findings {
    /// Adds a file with what was found in it, which is put in the order of its places.
    pub(crate) fn add(&mut self, source: &Source, mut diagnostics: Vec<Diagnostic>) {
        diagnostics.sort_by_key(|diagnostic| diagnostic.labels.first().map(|label| label.span));
        self.files.push((Lines::new(source), diagnostics));
    }

    /// Adds the files of another run.
    pub(crate) fn append(&mut self, other: Findings) {
        self.files.extend(other.files);
    }

    /// Forgets the warnings.
    pub(crate) fn only_errors(&mut self) {
        for (_, diagnostics) in &mut self.files {
            diagnostics.retain(Diagnostic::is_error);
        }
    }

    /// Those of a file, counted from 0 in the order in which they were added.
    pub(crate) fn of_file(&self, file: usize) -> &[Diagnostic] {
        self.files.get(file).map_or(&[], |(_, diagnostics)| diagnostics)
    }

    /// How many there are of a severity.
    pub(crate) fn count(&self, severity: Severity) -> usize {
        self.all().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// Whether there are errors.
    pub(crate) fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Whether no file was looked at.
    pub(crate) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The errors.
    pub(crate) fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.all().filter(|diagnostic| diagnostic.is_error())
    }

    fn all(&self) -> impl Iterator<Item = &Diagnostic> {
        self.files.iter().flat_map(|(_, diagnostics)| diagnostics)
    }

    /// All of them as JSON, with the bounds of the rules where these are wanted.
    pub(crate) fn json(&self, bounds: Option<&impl Serialize>) -> String {
        let all: Vec<Diagnostic> = self.all().cloned().collect();
        let mut report = json::report(&all);
        if let (Some(fields), Some(bounds)) = (report.as_object_mut(), bounds) {
            fields.insert("bounds".to_owned(), serde_json::json!(bounds));
        }
        format!("{report:#}\n")
    }

    /// All of them as SARIF.
    pub(crate) fn sarif(&self) -> String {
        let files = self.files.iter();
        let files = files.map(|(lines, found)| (lines.clone(), found.iter().map(from_top).collect()));
        sarif::render(&files.collect::<Vec<_>>())
    }

    /// All of them as annotations.
    pub(crate) fn github(&self) -> String {
        annotations(self.all())
    }

    /// The findings as people read them, the first hundred.
    pub(crate) fn draw(&self, look: Look) -> String {
        let all = || {
            let files = self.files.iter();
            files.flat_map(|(lines, diagnostics)| diagnostics.iter().map(move |diagnostic| (lines, diagnostic)))
        };
        let mut text: String = all()
            .take(MOST_DRAWN)
            .map(|(lines, diagnostic)| draw(diagnostic, lines, look) + "\n")
            .collect();
        let left_out = all().count().saturating_sub(MOST_DRAWN);
        if left_out > 0 {
            text.push_str(&format!("… and {left_out} more\n\n"));
        }
        text
    }

    /// `3 errors, 1 warning in rules.ls`
    pub(crate) fn summary(&self, look: Look) -> String {
        let errors = counted(self.count(Severity::Error), "error");
        let warnings = counted(self.count(Severity::Warning), "warning");
        let found = match (self.count(Severity::Error), self.count(Severity::Warning)) {
            (0, 0) => look.good("no errors, no warnings"),
            (0, _) => look.doubtful(&warnings),
            (_, 0) => look.bad(&errors),
            _ => format!("{}, {}", look.bad(&errors), look.doubtful(&warnings)),
        };
        format!("{found} in {}", self.names())
    }

    fn names(&self) -> String {
        match self.files.as_slice() {
            [(lines, _)] => lines.source().name().to_owned(),
            files => format!("{} files", files.len()),
        }
    }
}

/// Diagnostics as annotations of GitHub Actions, which have their files from the top of the repository.
pub(crate) fn annotations<'a>(diagnostics: impl IntoIterator<Item = &'a Diagnostic>) -> String {
    let diagnostics: Vec<Diagnostic> = diagnostics.into_iter().map(from_top).collect();
    github::render(&diagnostics)
}

/// `1 error`, `3 errors`.
pub(crate) fn counted(count: usize, word: &str) -> String {
    match count {
        1 => format!("1 {word}"),
        _ => format!("{count} {word}s"),
    }
}
