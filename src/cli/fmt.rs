//! `leadscore fmt`: rewrites rules in the one style.

use std::path::PathBuf;

use similar::TextDiff;

use crate::connect;
use crate::diagnostic::Diagnostic;
use crate::format::{Refused, format_source};
use crate::source::Source;
use crate::syntax;

use super::console::Console;
use super::failure::Failure;
use super::findings::Findings;
use super::look::Look;
use super::place::Place;
use super::rules::Project;

/// Rewrite rules in the one style
///
/// A file with a mistake in its writing stays as it is.
#[derive(Debug, clap::Args)]
pub(crate) struct Fmt {
    /// Files of rules and tests; `-` formats standard input to standard output. Where none is given, those of the
    /// `leadscore.toml` here or above
    #[arg(value_name = "FILES")]
    files: Vec<PathBuf>,
    /// Write nothing; fail where something would change
    #[arg(long)]
    check: bool,
    /// Write nothing; show what would change, and fail where something would
    #[arg(long)]
    diff: bool,
}

impl Fmt {
    pub(crate) fn run(&self, console: &Console) -> Result<(), Failure> {
        let (mut findings, mut failures, mut found) = (Findings::default(), Vec::new(), false);
        for place in self.places()? {
            match self.format(&place, &mut findings, console) {
                Ok(finding) => found |= finding,
                Err(failure) => failures.push(failure),
            }
        }
        if findings.has_errors() {
            console.tell(&findings.draw(console.err));
        }
        Failure::last(failures, console)?;
        match found || findings.has_errors() {
            true => Err(Failure::Findings),
            false => Ok(()),
        }
    }

    /// Formats a file, and tells whether that is a finding; mistakes in its writing are put to the others.
    fn format(&self, place: &Place, findings: &mut Findings, console: &Console) -> Result<bool, Failure> {
        let source = place.read()?;
        match format_source(&source) {
            Ok(text) => self.finish(place, &source, &text, console),
            Err(Refused::Mistakes(errors)) => {
                findings.add(&source, Diagnostic::all(&errors, &source, syntax::Error::edit));
                Ok(false)
            }
            Err(refused @ (Refused::MeaningChanged | Refused::CommentsLost | Refused::NotSettled)) => {
                let name = source.name();
                console.fail(&Failure::usage(format!("`{name}` stays as it is: {refused}")));
                Ok(true)
            }
        }
    }

    /// The files that are named, or those of the configuration.
    fn places(&self) -> Result<Vec<Place>, Failure> {
        if self.files.is_empty() {
            return Ok(Project::of(&[])?.iter().flat_map(Project::files).collect());
        }
        let place = |path: &PathBuf| match connect::is_standard(path) {
            true => Place::Stdin,
            false => Place::File(path.clone()),
        };
        Ok(self.files.iter().map(place).collect())
    }

    /// Does what is asked with a formatted file, and tells whether it is a finding.
    fn finish(&self, place: &Place, source: &Source, text: &str, console: &Console) -> Result<bool, Failure> {
        let changes = source.text() != text;
        if self.diff && changes {
            console.print(&diff(source, text, console.out))?;
        }
        if self.check && changes && !self.diff {
            console.print(&format!("{}\n", source.name()))?;
        }
        if self.check || self.diff {
            return Ok(changes);
        }
        match place.file() {
            None => console.print(text)?,
            Some(_) if !changes => {}
            Some(path) => {
                connect::write(path, text.as_bytes())?;
                console.note(&format!("formatted {}", source.name()));
            }
        }
        Ok(false)
    }
}

/// The change in the unified format.
fn diff(source: &Source, text: &str, look: Look) -> String {
    let diff = TextDiff::from_lines(source.text(), text);
    let unified = diff.unified_diff().header(source.name(), source.name()).to_string();
    let lines = unified.split_inclusive('\n').map(|line| match line.chars().next() {
        Some('+') => look.good(line),
        Some('-') => look.bad(line),
        _ => line.to_owned(),
    });
    lines.collect()
}
