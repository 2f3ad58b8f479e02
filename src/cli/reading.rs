//! Reads the files of a project and checks them: the model, and what is wrong or doubtful.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use crate::analyze::{Analysis, analyze};
use crate::check::{self, Compiled, Problem};
use crate::diagnostic::Diagnostic;
use crate::lint;
use crate::model::Model;
use crate::source::Source;
use crate::syntax;

use super::console::Console;
use super::failure::Failure;
use super::findings::Findings;
use super::place::Place;
use super::rules::Project;

/// A project that was read.
pub(crate) struct Reading {
    /// The model with the tests of all files, which is to be trusted only where there are no errors.
    model: Model,
    /// Errors and warnings by file.
    pub(crate) findings: Findings,
    /// The files of lists that were read.
    pub(crate) lists: Vec<PathBuf>,
    /// What can be of all contacts that could exist, where that was asked for and there are no errors in the rules.
    pub(crate) analysis: Option<Analysis>,
}

impl Reading {
    /// Reads and checks a project.
    pub(crate) fn new(project: &Project) -> Result<Reading, Failure> {
        Ok(Reading::of(project, &project.read()?))
    }

    /// Checks a project whose files were [read](Project::read): the rules, then the tests.
    pub(crate) fn of(project: &Project, sources: &[Source]) -> Reading {
        Self::check(project, sources, |_| None)
    }

    /// Checks a project whose files were read, and looks at all contacts that could exist.
    pub(crate) fn analysed_of(project: &Project, sources: &[Source]) -> Reading {
        Self::check(project, sources, |model| Some(analyze(model)))
    }

    fn check(project: &Project, sources: &[Source], analyze: impl Fn(&Model) -> Option<Analysis>) -> Reading {
        let (rules, tests) = sources
            .split_first()
            .map_or((None, sources), |(rules, tests)| (Some(rules), tests));
        let source = rules.cloned().unwrap_or_else(|| Source::new(&project.rules.name(), ""));
        let lists = RefCell::new(Vec::new());
        let compiled = check::compile(&source, &|path| {
            let place = project.rules.beside(Path::new(path));
            lists.borrow_mut().extend(place.file().map(Path::to_owned));
            list_text(&place)
        });
        let is_sound = compiled.problems.is_empty();
        let analysis = is_sound.then(|| analyze(compiled.checked.understood())).flatten();
        let mut findings = Findings::default();
        findings.add(&source, diagnostics(&source, &compiled, analysis.as_ref()));
        let mut model = compiled.checked.understood().clone();
        for source in tests {
            let parsed = syntax::parse(source);
            let mut diagnostics = Diagnostic::all(&parsed.errors, source, syntax::Error::edit);
            // What is wrong with the rules would be told again for each test.
            if is_sound {
                let errors = check::check_tests(&mut model, source, &parsed.file);
                diagnostics.extend(Diagnostic::all(&errors, source, check::Error::edit));
            }
            findings.add(source, diagnostics);
        }
        Reading {
            model,
            findings,
            lists: lists.into_inner(),
            analysis,
        }
    }

    /// The model, to be trusted only where there are no errors.
    pub(crate) fn model(&self) -> &Model {
        &self.model
    }

    /// The model; where there are errors, they are shown, and there is none.
    pub(crate) fn into_model(mut self, console: &Console) -> Result<Model, Failure> {
        if !self.findings.has_errors() {
            return Ok(self.model);
        }
        self.findings.only_errors();
        console.tell(&self.findings.draw(console.err));
        console.tell(&self.findings.summary(console.err));
        Err(Failure::Findings)
    }
}

/// The errors of a rules file, and its warnings. A file that could not be read as a whole has none: what is left out
/// may be what they miss.
fn diagnostics(source: &Source, compiled: &Compiled, analysis: Option<&Analysis>) -> Vec<Diagnostic> {
    let mut diagnostics = Diagnostic::all(&compiled.problems, source, Problem::edit);
    let is_read = |problem: &Problem| matches!(problem, Problem::Meaning(_));
    if compiled.problems.iter().all(is_read) {
        let warnings = match analysis {
            Some(analysis) => lint::lint_all(&compiled.checked, analysis),
            None => lint::lint(&compiled.checked),
        };
        diagnostics.extend(Diagnostic::all(&warnings, source, lint::Warning::edit));
    }
    diagnostics
}

/// The text of a list file, or why it cannot be read.
fn list_text(place: &Place) -> Result<String, String> {
    match place.read() {
        Ok(source) => Ok(source.text().to_owned()),
        Err(Failure::Unreadable { reason, .. }) => Err(reason),
        Err(other) => Err(other.to_string()),
    }
}
