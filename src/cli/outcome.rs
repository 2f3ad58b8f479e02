//! What came of the tests, as `leadscore test` writes it for machines.

use clap::ValueEnum;
use serde::Serialize;

use crate::diagnostic::{Diagnostic, Lines, Severity};
use crate::number::Number;
use crate::source::Source;
use crate::testing::{self, Beside, Coverage, Finding, Mutant, Mutation, Report, Share};

use super::console::Console;
use super::failure::Failure;
use super::findings::annotations;

/// How the outcome of tests is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
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

/// What came of the tests. As JSON, the fields of the report with those of what else was wanted.
#[derive(Serialize)]
pub(crate) struct Run {
    #[serde(flatten)]
    pub(crate) report: Report,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) coverage: Option<Coverage>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) mutation: Option<Mutation>,
    /// So many percent that were asked for.
    #[serde(skip)]
    pub(crate) limits: Vec<Limit>,
}

/// So many percent that the tests should reach, or notice.
pub(crate) struct Limit {
    /// What is asked of the tests.
    pub(crate) asks: String,
    /// Why it is not so; `None` where it is.
    pub(crate) missed: Option<String>,
}

/// What is told where there are no tests.
pub(crate) fn no_tests(rules: &Source) -> String {
    format!("there are no tests in {}, nor beside it", rules.name())
}

impl Limit {
    /// The limit of a share, or why there is none.
    pub(crate) fn new(does: &str, of: &str, least: Number, share: Result<Share, &str>) -> Limit {
        let asks = format!("the tests {does} {least}% of the {of} or more");
        let missed = match share {
            Ok(share) if share.reaches(least) => None,
            Ok(share) => {
                let percent = share.percent();
                Some(format!("the tests {does} {percent}% of the {of}, less than {least}%"))
            }
            Err(why) => Some(format!("{why} (asked for: {asks})")),
        };
        Limit { asks, missed }
    }
}

impl Format {
    /// Writes why no test could be run. People have it on standard error.
    pub(crate) fn show_unread(self, wrong: &[Diagnostic], console: &Console) -> Result<(), Failure> {
        let report = Report { outcomes: Vec::new() };
        match self {
            Format::Human => Ok(()),
            Format::Json => console.print_json(&Unread {
                report,
                diagnostics: wrong,
            }),
            Format::Junit => {
                let beside: Vec<Beside> = wrong.iter().map(of_error).collect();
                console.print(&testing::junit(&report, &beside))
            }
            Format::Github => console.print(&annotations(wrong)),
        }
    }
}

/// What is written of tests that could not be run: no outcomes, and what is wrong.
#[derive(Serialize)]
struct Unread<'a> {
    #[serde(flatten)]
    report: Report,
    diagnostics: &'a [Diagnostic],
}

fn of_error(wrong: &Diagnostic) -> Beside {
    Beside {
        name: format!("{} {}", wrong.code, wrong.message),
        file: wrong.file.clone(),
        line: wrong.place().map(|region| region.line),
        finding: Finding::Error(wrong.text()),
    }
}

impl Run {
    /// The outcomes and the limits as JUnit XML.
    pub(crate) fn junit(&self, rules: &Source) -> String {
        let limits = self.limits.iter().map(|limit| Beside {
            name: limit.asks.clone(),
            file: rules.name().to_owned(),
            line: None,
            finding: limit.missed.clone().map_or(Finding::Fine, Finding::Failure),
        });
        testing::junit(&self.report, &limits.collect::<Vec<_>>())
    }

    /// What is wrong as annotations.
    pub(crate) fn github(&self, rules: &Source) -> String {
        annotations(&self.diagnostics(rules))
    }

    /// The expectations that do not hold, and the changes that no test notices, in their places; then what concerns the
    /// rules as a whole.
    fn diagnostics(&self, rules: &Source) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        for outcome in self.report.outcomes.iter().filter(|outcome| !outcome.passed) {
            let lines = Lines::new(&outcome.source);
            let failures = outcome.failures.iter();
            diagnostics.extend(failures.map(|failure| Diagnostic::new(failure, &lines, None)));
        }
        if let Some(mutation) = &self.mutation {
            let lines = Lines::new(rules);
            let unnoticed = mutation.mutants.iter().filter_map(Mutant::unnoticed);
            diagnostics.extend(unnoticed.map(|unnoticed| Diagnostic::new(&unnoticed, &lines, None)));
        }
        let none = self.report.outcomes.is_empty().then(|| no_tests(rules));
        diagnostics.extend(none.map(|message| of_all(rules, Severity::Warning, message)));
        let missed = self.limits.iter().filter_map(|limit| limit.missed.clone());
        diagnostics.extend(missed.map(|message| of_all(rules, Severity::Error, message)));
        diagnostics
    }
}

/// What concerns the rules as a whole.
fn of_all(rules: &Source, severity: Severity, message: String) -> Diagnostic {
    Diagnostic {
        code: String::new(),
        severity,
        message,
        help: None,
        file: rules.name().to_owned(),
        labels: Vec::new(),
        edit: None,
    }
}
