//! `leadscore check`: reports what is wrong or doubtful in rules, and explains the codes of what it reports.

use std::path::PathBuf;

use clap::ValueEnum;
use unicode_width::UnicodeWidthStr;

use crate::analyze::{Analysis, Limit};
use crate::diagnostic::{Severity, pages};
use crate::model::ScoreId;
use crate::suggest;
use crate::syntax::written_name;

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
    /// Also show how far every score goes, with a contact that attains each end, and a contact with little in each band
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
        let projects = Project::of(&self.rules)?;
        let mut findings = Findings::default();
        let mut bounds = String::new();
        if self.fix {
            refuse_revisions(&projects)?;
        }
        for project in &projects {
            let reading = if self.fix {
                fix(project, console)?
            } else {
                Reading::analysed(project)?
            };
            if let (true, Some(analysis)) = (self.bounds, &reading.analysis) {
                bounds += &told(&reading, analysis, console.out);
            }
            findings.append(reading.findings);
        }
        let denied = self.deny == Some(Deny::Warnings) && findings.count(Severity::Warning) > 0;
        if console.is_quiet() && !denied {
            findings.only_errors();
        }
        let mended_stdin = self.fix && projects.iter().any(|project| project.rules == Place::Stdin);
        let look = if mended_stdin { console.err } else { console.out };
        let report = self.report(&findings, console, look);
        if !mended_stdin {
            console.print(&report)?;
        } else if !report.is_empty() {
            console.tell(&report);
        }
        if self.format == ReportFormat::Human && !mended_stdin {
            console.print(&bounds)?;
        }
        match findings.has_errors() || denied {
            true => Err(Failure::Findings),
            false => Ok(()),
        }
    }

    fn report(&self, findings: &Findings, console: &Console, look: Look) -> String {
        let mut report = findings.render(self.format, look);
        if self.format == ReportFormat::Human && !console.is_quiet() {
            report.push_str(&(findings.summary(look) + "\n"));
        }
        report
    }
}

/// How far the scores of a model go, and who is in its bands.
fn told(reading: &Reading, analysis: &Analysis, look: Look) -> String {
    let model = reading.model();
    let width = analysis
        .scores
        .iter()
        .map(|bounds| bounds.name.width())
        .max()
        .unwrap_or(0);
    let mut text = format!("\n{}\n", look.bold("how far each score goes"));
    for bounds in &analysis.scores {
        let room = " ".repeat(width - bounds.name.width());
        let ends = format!(
            "from {} to {}",
            end(&bounds.least, "at least "),
            end(&bounds.greatest, "at most ")
        );
        text += &format!("  {}{room}  {ends}\n", bounds.name);
    }
    for bounds in &analysis.scores {
        for (word, limit) in [("lowest", &bounds.least), ("highest", &bounds.greatest)] {
            let Some((number, example)) = &limit.attained else {
                continue;
            };
            if limit.number.is_none() {
                continue;
            }
            let name = format!("the {word} {}", bounds.name);
            // The overall score is no name, though it is spelled like one.
            let score = if bounds.of == ScoreId::Overall {
                "score".to_owned()
            } else {
                written_name(&bounds.name)
            };
            text += &format!("\n{}", example.test(model, &name, &[format!("{score} = {number}")]));
        }
    }
    for (band, example) in model.overall.bands.iter().zip(&analysis.reaching) {
        if let (Some(example), true) = (example, band.threshold.is_some()) {
            let label = written_name(&band.label);
            let name = format!("with little, {}", band.label);
            text += &format!("\n{}", example.test(model, &name, &[format!("band = {label}")]));
        }
    }
    text
}

/// An end of a score: where it may lie further in, so much is said.
fn end(limit: &Limit, inexact: &str) -> String {
    match (limit.number, limit.exact) {
        (Some(number), true) => number.to_string(),
        (Some(number), false) => format!("{inexact}{number}"),
        (None, true) => "∞".to_owned(),
        (None, false) => "∞, or less: not decided".to_owned(),
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
