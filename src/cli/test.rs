//! `leadscore test`: runs the tests, and tells what of the rules they cover.

use std::path::PathBuf;

use clap::ValueEnum;
use serde::Serialize;

use crate::diagnostic::{Diagnostic, Lines, github};
use crate::number::Number;
use crate::testing::{self, Coverage, Report};

use super::console::Console;
use super::failure::Failure;
use super::place::Place;
use super::reading::Reading;
use super::rules::{Project, is_tests};

/// Run the tests
///
/// Those in the rules and in the files that are named; where none are named, in the files beside the rules whose names
/// end with `_test.ls`.
#[derive(Debug, clap::Args)]
pub(crate) struct Test {
    /// The rules file, then files of tests; a file of tests alone belongs to the rules beside it. Where none is given,
    /// the rules of the `leadscore.toml` here or above
    #[arg(value_name = "RULES")]
    files: Vec<PathBuf>,
    /// Also show the rules, rows, bands, classes and exclusions that no test reaches
    #[arg(long)]
    coverage: bool,
    /// Fail where the tests reach less than so many percent of them
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    min_coverage: Option<Number>,
    /// How to report
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,
}

/// How the outcome of tests is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A line for each test, and what is wrong with those that failed
    #[default]
    Human,
    /// One JSON object
    Json,
    /// JUnit XML, for CI systems
    Junit,
    /// Annotations of GitHub Actions
    Github,
}

/// The JSON of a run.
#[derive(Serialize)]
struct Run<'a> {
    #[serde(flatten)]
    report: &'a Report,
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage: Option<&'a Coverage>,
}

impl Test {
    pub(crate) fn run(&self, console: &Console) -> Result<(), Failure> {
        let project = self.project()?;
        let model = Reading::new(&project)?.into_model(console)?;
        let report = testing::run(&model);
        if report.outcomes.is_empty() {
            console.warn(&format!(
                "there are no tests in {}, nor beside it",
                project.rules.name()
            ));
        }
        let wants_coverage = self.coverage || self.min_coverage.is_some();
        let coverage = wants_coverage.then(|| testing::coverage(&model));
        self.show(&report, coverage.as_ref(), console)?;
        let is_covered = self.is_covered(coverage.as_ref(), console);
        match report.failed() == 0 && is_covered {
            true => Ok(()),
            false => Err(Failure::Findings),
        }
    }

    fn project(&self) -> Result<Project, Failure> {
        match self.files.split_first() {
            Some((rules, tests)) if !is_tests(rules) && !tests.is_empty() => Ok(Project {
                rules: Place::new(rules),
                tests: tests.to_vec(),
            }),
            _ => {
                let projects = Project::of(&self.files)?;
                let one = <[Project; 1]>::try_from(projects).map(|[project]| project);
                one.map_err(|_| Failure::usage("these tests belong to different rules: run them one after the other"))
            }
        }
    }

    fn show(&self, report: &Report, coverage: Option<&Coverage>, console: &Console) -> Result<(), Failure> {
        match self.format {
            Format::Human => self.show_to_people(report, coverage, console),
            Format::Json => console.print_json(&Run { report, coverage }),
            Format::Junit => console.print(&testing::junit(report)),
            Format::Github => console.print(&github::render(&diagnostics(report))),
        }
    }

    fn show_to_people(&self, report: &Report, coverage: Option<&Coverage>, console: &Console) -> Result<(), Failure> {
        let look = console.out;
        if !console.is_quiet() {
            console.print(&look.page(&testing::render(report, look.width)))?;
        } else if report.failed() > 0 {
            let failed = report.outcomes.iter().filter(|outcome| !outcome.passed);
            let outcomes = failed.cloned().collect();
            console.print(&look.page(&testing::render(&Report { outcomes }, look.width)))?;
        }
        match coverage {
            Some(coverage) if self.coverage || !self.reaches(coverage) => console.print(&format!(
                "\n{}",
                look.page(&testing::render_coverage(coverage, look.width))
            )),
            _ => Ok(()),
        }
    }

    fn reaches(&self, coverage: &Coverage) -> bool {
        self.min_coverage.is_none_or(|least| coverage.reaches(least))
    }

    /// Whether the tests reach as much as is asked for; where not, it is told.
    fn is_covered(&self, coverage: Option<&Coverage>, console: &Console) -> bool {
        match (coverage, self.min_coverage) {
            (Some(coverage), Some(least)) if !coverage.reaches(least) => {
                let found = coverage.percent();
                let text = format!("the tests reach {found}% of the rules, less than {least}%");
                console.tell(&format!("{}: {text}", console.err.bad("error")));
                false
            }
            _ => true,
        }
    }
}

/// The expectations that do not hold, in their places.
fn diagnostics(report: &Report) -> Vec<Diagnostic> {
    let failed = report.outcomes.iter().filter(|outcome| !outcome.passed);
    let diagnostics = failed.flat_map(|outcome| {
        let lines = Lines::new(&outcome.source);
        let failures = outcome.failures.iter();
        let drawn: Vec<Diagnostic> = failures.map(|failure| Diagnostic::new(failure, &lines, None)).collect();
        drawn
    });
    diagnostics.collect()
}

fn percent(text: &str) -> Result<Number, String> {
    let number = Number::parse(text.trim_end_matches('%'));
    let between = |number: &Number| (Number::whole(0)..=Number::whole(100)).contains(number);
    number
        .filter(between)
        .ok_or_else(|| "write a percentage from 0 to 100, such as 90".to_owned())
}
