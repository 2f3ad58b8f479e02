//! `leadscore check`: reports what is wrong or doubtful in rules, and explains the codes of what it reports.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::diagnostic::{Severity, pages};
use crate::suggest;

use super::bounds::Bounds;
use super::console::Console;
use super::failure::Failure;
use super::findings::{Findings, ReportFormat};
use super::fix::{fix, refuse_revisions};
use super::look::Look;
use super::place::Place;
use super::reading::Reading;
use super::rules::Project;

/// Report errors and warnings
///
/// The tests beside a rules file are checked with it; a file of tests alone is checked against the rules beside it.
#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    /// Rules files; `-` for standard input, `REVISION:PATH` for a file as it was in git. Where none is given, those of
    /// the `leadscore.toml` here or above
    #[arg(value_name = "RULES")]
    rules: Vec<PathBuf>,
    /// How to report
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: ReportFormat,
    /// What should fail besides errors
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,
    /// Also show how far every score goes, with a contact that attains each end, what each band needs, and a contact
    /// with little in it; for people and as JSON
    #[arg(long)]
    bounds: bool,
    /// Apply the edits that are sure, and tell what is left; standard input goes, mended, to standard output, and the
    /// report to standard error
    #[arg(long)]
    fix: bool,
    /// Show the page of a diagnostic, such as LS2001, and check nothing
    #[arg(long, value_name = "CODE", conflicts_with_all = ["rules", "format", "deny", "fix", "bounds"])]
    explain: Option<String>,
}

/// What should fail besides errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Warnings
    Warnings,
}

impl Check {
    pub(crate) fn run(&self, console: &Console) -> Result<(), Failure> {
        match &self.explain {
            Some(code) => explain(code, console),
            None => self.check(console),
        }
    }

    fn check(&self, console: &Console) -> Result<(), Failure> {
        self.refuse_bounds()?;
        let projects = Project::of(&self.rules)?;
        if self.fix {
            refuse_revisions(&projects)?;
        }
        let mut checked = Checked::default();
        for project in &projects {
            match self.read(project, &mut checked, console) {
                Ok(reading) => checked.add(reading, self.bounds),
                Err(failure) => checked.failures.push(failure),
            }
        }
        let denied = self.deny == Some(Deny::Warnings) && checked.findings.count(Severity::Warning) > 0;
        if console.is_quiet() && !denied {
            checked.findings.only_errors();
        }
        let mended_stdin = self.fix && projects.iter().any(|project| project.rules == Place::Stdin);
        match self.report(&checked, console, if mended_stdin { console.err } else { console.out }) {
            report if report.is_empty() => {}
            report if mended_stdin => console.tell(&report),
            report => console.print(&report)?,
        }
        checked.verdict(denied, console)
    }

    /// Reads a project and looks at it, and mends it before where that is wanted. A file of tests that cannot be read
    /// keeps nothing else from being checked.
    fn read(&self, project: &Project, checked: &mut Checked, console: &Console) -> Result<Reading, Failure> {
        if self.fix {
            return fix(project, console);
        }
        let mut sources = vec![project.rules.read()?];
        for test in &project.tests {
            match Place::File(test.clone()).read() {
                Ok(source) => sources.push(source),
                Err(failure) => checked.failures.push(failure),
            }
        }
        Ok(Reading::analysed_of(project, &sources))
    }

    /// Refuses to lose what a format cannot tell.
    fn refuse_bounds(&self) -> Result<(), Failure> {
        match self.format {
            ReportFormat::Sarif | ReportFormat::Github if self.bounds => {
                let failure = Failure::usage("`--bounds` is told by `--format human` and `--format json` alone");
                Err(failure.with_help("ask for the bounds in a run of their own"))
            }
            ReportFormat::Human | ReportFormat::Json | ReportFormat::Sarif | ReportFormat::Github => Ok(()),
        }
    }

    fn report(&self, checked: &Checked, console: &Console, look: Look) -> String {
        let (findings, bounds) = (&checked.findings, &checked.bounds);
        match self.format {
            ReportFormat::Human => {
                let mut report = findings.draw(look);
                if !console.is_quiet() && !findings.is_empty() {
                    report.push_str(&(findings.summary(look) + "\n"));
                }
                report + &bounds.iter().map(|bounds| bounds.text(look)).collect::<String>()
            }
            ReportFormat::Json => checked.with_unread().json(self.bounds.then_some(bounds)),
            ReportFormat::Sarif => checked.with_unread().sarif(),
            ReportFormat::Github => checked.with_unread().github(),
        }
    }
}

/// What came of the files of a run.
#[derive(Default)]
struct Checked {
    findings: Findings,
    bounds: Vec<Bounds>,
    /// Why files could not be read or written.
    failures: Vec<Failure>,
}

impl Checked {
    fn add(&mut self, reading: Reading, with_bounds: bool) {
        let analysis = reading.analysis.as_ref().filter(|_| with_bounds);
        self.bounds
            .extend(analysis.map(|analysis| Bounds::new(reading.model(), analysis)));
        self.findings.append(reading.findings);
    }

    /// The findings, with the files that could not be read among them.
    fn with_unread(&self) -> Findings {
        let mut findings = self.findings.clone();
        for failure in &self.failures {
            if let Some((source, diagnostic)) = failure.diagnostic() {
                findings.add(&source, vec![diagnostic]);
            }
        }
        findings
    }

    /// What the run comes to: what could not be read or written weighs more than what was found.
    fn verdict(self, denied: bool, console: &Console) -> Result<(), Failure> {
        Failure::last(self.failures, console)?;
        match self.findings.has_errors() || denied {
            true => Err(Failure::Findings),
            false => Ok(()),
        }
    }
}

/// Shows the page of a code.
fn explain(code: &str, console: &Console) -> Result<(), Failure> {
    let code = code.to_ascii_uppercase();
    match pages::page(&code) {
        Some(page) if console.out.is_terminal => console.print(&plain(page, console.out)),
        Some(page) => console.print(page),
        None => {
            let failure = Failure::usage(format!("there is no diagnostic `{code}`"));
            Err(match suggest::nearest(&code, pages::codes()) {
                Some(nearest) => failure.with_help(format!("did you mean `{nearest}`?")),
                None => failure.with_help("a code is `LS` and four digits, as it stands above the message"),
            })
        }
    }
}

/// Markdown as a terminal shows it: headings in bold, blocks of code indented.
fn plain(page: &str, look: Look) -> String {
    let mut in_code = false;
    let mut text = String::new();
    for line in page.lines() {
        if line.starts_with("```") {
            in_code = !in_code;
        } else if in_code {
            text.push_str(&format!("    {line}\n"));
        } else if line.starts_with('#') {
            text.push_str(&(look.bold(line.trim_start_matches(['#', ' '])) + "\n"));
        } else {
            text.push_str(&format!("{line}\n"));
        }
    }
    text
}
