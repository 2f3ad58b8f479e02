//! `leadscore test`: runs the tests, and tells what of the rules they cover.

use std::path::PathBuf;

use crate::diagnostic::Diagnostic;
use crate::format::format_source;
use crate::model::Model;
use crate::number::Number;
use crate::source::Source;
use crate::testing::{self, Coverage, Mutation, Report, Share};

use super::console::Console;
use super::data::cores;
use super::failure::Failure;
use super::outcome::{Format, Limit, Run, no_tests};
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
    /// Also show the rules, rows, bands, classes, exclusions and sides of conditions that no test reaches
    #[arg(long)]
    coverage: bool,
    /// Fail where the tests reach less than so many percent of them
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    min_coverage: Option<Number>,
    /// Also change the rules in one small way at a time, and show the changes that no test notices
    #[arg(long)]
    mutate: bool,
    /// Fail where the tests notice less than so many percent of the changes
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    min_mutation: Option<Number>,
    /// Print tests for what no test reaches, instead of running them: they expect what the rules give now, to be read
    /// and kept where it is right
    #[arg(long, conflicts_with_all = ["coverage", "min_coverage", "mutate", "min_mutation", "format"])]
    generate: bool,
    /// How to report
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,
}

impl Test {
    pub(crate) fn run(&self, console: &Console) -> Result<(), Failure> {
        let project = self.project()?;
        let model = self.model(&project, console)?;
        if self.generate {
            return propose(&model, console);
        }
        let run = self.run_tests(&model);
        self.show(&run, &model.source, console)?;
        self.judge(&run, &model.source, console)
    }

    /// The model. What is wrong with its files is told to people, and in the format in which the tests would be.
    fn model(&self, project: &Project, console: &Console) -> Result<Model, Failure> {
        let reading = Reading::new(project);
        let wrong: Vec<Diagnostic> = match &reading {
            Ok(reading) => reading.findings.errors().cloned().collect(),
            Err(failure) => failure.diagnostic().into_iter().map(|(_, wrong)| wrong).collect(),
        };
        if !wrong.is_empty() {
            self.format.show_unread(&wrong, console)?;
        }
        reading?.into_model(console)
    }

    /// Whether all is as it should be; what isn't, and that there are no tests, is told.
    fn judge(&self, run: &Run, rules: &Source, console: &Console) -> Result<(), Failure> {
        let failed = run.report.failed();
        if run.report.outcomes.is_empty() {
            console.warn(&no_tests(rules));
        }
        if failed > 0 && self.mutate && self.min_mutation.is_none() {
            console.tell(&format!("{}: {NOT_TRIED}", console.err.bad("error")));
        }
        let missed: Vec<&String> = run.limits.iter().filter_map(|limit| limit.missed.as_ref()).collect();
        for text in &missed {
            console.tell(&format!("{}: {text}", console.err.bad("error")));
        }
        match failed == 0 && missed.is_empty() {
            true => Ok(()),
            false => Err(Failure::Findings),
        }
    }

    /// Runs the tests, and what else is wanted. Tests that fail notice nothing.
    fn run_tests(&self, model: &Model) -> Run {
        let report = testing::run(model);
        let wants_coverage = self.coverage || self.min_coverage.is_some();
        let wants_mutation = self.wants_mutation() && report.failed() == 0;
        let coverage = wants_coverage.then(|| testing::coverage(model));
        let mutation = wants_mutation.then(|| testing::mutate(model, cores()));
        Run {
            limits: self.limits(&report, coverage.as_ref(), mutation.as_ref()),
            report,
            coverage,
            mutation,
        }
    }

    /// The limits that are asked for. Where there are no tests, none is reached.
    fn limits(&self, report: &Report, coverage: Option<&Coverage>, mutation: Option<&Mutation>) -> Vec<Limit> {
        let has_tests = !report.outcomes.is_empty();
        let covered = coverage.filter(|_| has_tests).map(Coverage::covered);
        let killed = mutation.filter(|_| has_tests).map(Mutation::killed);
        let why = if has_tests { NOT_TRIED } else { "there are no tests" };
        let reach = |least| Limit::new("reach", "rules", least, covered.ok_or(why));
        let notice = |least| Limit::new("notice", "small changes", least, killed.ok_or(why));
        let limits = [self.min_coverage.map(reach), self.min_mutation.map(notice)];
        limits.into_iter().flatten().collect()
    }

    fn wants_mutation(&self) -> bool {
        self.mutate || self.min_mutation.is_some()
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

    fn show(&self, run: &Run, rules: &Source, console: &Console) -> Result<(), Failure> {
        match self.format {
            Format::Human => self.show_to_people(run, rules, console),
            Format::Json => console.print_json(run),
            Format::Junit => console.print(&run.junit(rules)),
            Format::Github => console.print(&run.github(rules)),
        }
    }

    fn show_to_people(&self, run: &Run, rules: &Source, console: &Console) -> Result<(), Failure> {
        let (look, report) = (console.out, &run.report);
        if !console.is_quiet() {
            console.print(&look.page(&testing::render(report, look.width)))?;
        } else if report.failed() > 0 {
            let failed = report.outcomes.iter().filter(|outcome| !outcome.passed);
            let outcomes = failed.cloned().collect();
            console.print(&look.page(&testing::render(&Report { outcomes }, look.width)))?;
        }
        let coverage = run.coverage.as_ref();
        if let Some(coverage) =
            coverage.filter(|coverage| self.coverage || lacks(coverage.covered(), self.min_coverage))
        {
            let page = testing::render_coverage(coverage, look.width);
            console.print(&format!("\n{}", look.page(&page)))?;
        }
        let mutation = run.mutation.as_ref();
        if let Some(mutation) = mutation.filter(|mutation| self.mutate || lacks(mutation.killed(), self.min_mutation)) {
            let page = testing::render_mutation(mutation, rules, look.width);
            console.print(&format!("\n{}", look.page(&page)))?;
        }
        Ok(())
    }
}

/// Prints the tests that are proposed, and tells for what there are none.
fn propose(model: &Model, console: &Console) -> Result<(), Failure> {
    let proposal = testing::generate(model);
    // A file that the formatter would not write is printed as it is: nothing is lost by it.
    let source = Source::new("proposal", &proposal.text);
    console.print(&format_source(&source).unwrap_or(proposal.text))?;
    match (proposal.tests, proposal.uncovered.as_slice()) {
        (0, []) => console.tell("the tests cover everything: none is proposed"),
        (_, []) => {}
        (_, uncovered) => {
            let told = uncovered
                .iter()
                .map(|item| format!("`{}` on line {}", item.title, item.line));
            let told: Vec<String> = told.collect();
            console.warn(&format!("no contact was found for {}", told.join(", ")));
        }
    }
    Ok(())
}

/// Why no change of the rules was tried.
const NOT_TRIED: &str = "no change of the rules was tried: mend the tests that fail first";

/// Whether a share is less than what is asked for.
fn lacks(share: Share, least: Option<Number>) -> bool {
    least.is_some_and(|least| !share.reaches(least))
}

fn percent(text: &str) -> Result<Number, String> {
    let number = Number::parse(text.trim_end_matches('%'));
    let between = |number: &Number| (Number::whole(0)..=Number::whole(100)).contains(number);
    number
        .filter(between)
        .ok_or_else(|| "write a percentage from 0 to 100, such as 90".to_owned())
}
