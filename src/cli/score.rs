//! `leadscore score`: the scores of all contacts, or of the best.

use std::cmp::Reverse;
use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;

use crate::connect::{self, Config, Intake, OutputFormat, Results};
use crate::plan::{Holds, Plan};
use crate::score::{ResultCell, Scores};

use super::apart::{self, Read, Written};
use super::console::Console;
use super::data::DataArgs;
use super::failure::Failure;
use super::findings::counted;
use super::grid::{Align, Grid};
use super::on::{OnArgs, Scored};
use super::rules::RulesArg;
use super::scoring::{Findings, Scoring};
use super::target::{self, Target};

/// Score contacts
///
/// On a terminal a table of the best; otherwise, and with `--format` or `-o`, all contacts in their order.
#[derive(Debug, clap::Args)]
pub(crate) struct Score {
    #[command(flatten)]
    rules: RulesArg,
    #[command(flatten)]
    data: DataArgs,
    /// How to write the scores; what the ending of `-o FILE` says where none is given, csv where it has none
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(OutputFormat::names()))]
    format: Option<String>,
    /// The file to write, whole or not at all; `-` for standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Only the N contacts with the highest scores, the highest first; 20 in the table
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// Write everything in the data that cannot be used to a CSV file
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// Fail where anything in the data cannot be used
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    on: OnArgs,
}

/// So many contacts are in the table.
const TOP: usize = 20;

impl Score {
    pub(crate) fn run(&self, console: &Console) -> Result<(), Failure> {
        if self.on.is_given() {
            return self.run_there(console);
        }
        let config = self.data.config(self.rules.named())?;
        let (model, files) = self.rules.read(&config, console)?;
        self.keep_apart(&config, files)?;
        let plan = Plan::new(&model);
        let format = self.format()?;
        let mut scoring = Scoring {
            model: &model,
            config: &config,
            day: &plan.on(self.data.as_of(&model)),
            threads: self.data.threads(),
            intake: Intake::of(plan.reads.clone()),
            console,
            findings: Findings::default(),
        };
        if let Some(path) = &self.rejects {
            scoring.intake.list_rejects(target::create(path)?);
        }
        let in_parts = self.top.is_none() && connect::comes_in_parts(&config);
        let text = format.filter(|_| in_parts).and_then(OutputFormat::text);
        match (Target::new(self.output.as_deref()), text) {
            // A file that is written whole or not at all may be written as the scores come.
            (Target::File(path), Some(text)) => {
                let mut output = target::create(&path)?;
                scoring.in_parts(text, &mut output)?;
                scoring.end(self.strict)?;
                Ok(output.finish()?)
            }
            (target, _) => {
                let (contacts, scores) = scoring.at_once()?;
                scoring.end(self.strict)?;
                let results = Results {
                    scores: &scores,
                    contacts: &contacts,
                };
                match (format, target) {
                    (None, Target::Stdout) if console.out.is_terminal => self.show(results, console),
                    (format, target) => self.write(format, results, &target, console),
                }
            }
        }
    }

    /// Scores the contacts in a database.
    fn run_there(&self, console: &Console) -> Result<(), Failure> {
        if let Some(format) = self.format()?.filter(|format| format.name() != "csv") {
            let message = format!("scores from a database are written as CSV, not as {}", format.name());
            let help = "write them to a file that ends in `.csv`, or store them there with `--into TABLE`";
            return Err(Failure::usage(message).with_help(help));
        }
        let (config, tables) = self.data.tables(self.rules.named())?;
        let (model, mut files) = self.rules.read(&config, console)?;
        files.extend(self.on.read());
        self.keep_apart(&config, files)?;
        let scored = Scored {
            model: &model,
            config: &config,
            as_of: self.data.as_of(&model),
            contacts: tables.contacts,
            events: tables.events,
            target: Target::new(self.output.as_deref()),
        };
        self.on.run(&scored, console)
    }

    /// Refuses to write the rejects into the scores, and either over a file that is read.
    fn keep_apart(&self, config: &Config, mut read: Vec<Read>) -> Result<(), Failure> {
        let options = [("--output", &self.output), ("--rejects", &self.rejects)];
        let target = |path: &Option<PathBuf>| Target::new(path.as_deref());
        if self.rejects.is_some() && options.iter().all(|(_, path)| target(path) == Target::Stdout) {
            let mixed = "`--rejects -` would mix the rejects with the scores on standard output";
            return Err(Failure::usage(mixed)
                .with_help("write one of the two to a file: `--rejects rejects.csv`, or `-o scores.csv`"));
        }
        read.extend(Read::data(config));
        read.extend(Read::configuration(config));
        let written = options.iter().filter_map(|(option, path)| {
            let path = path.as_deref().filter(|path| !connect::is_standard(path))?;
            Some(Written { option, path })
        });
        apart::keep_apart(&written.collect::<Vec<_>>(), &read)
    }

    /// The format that is asked for, by its name or by the ending of the file.
    fn format(&self) -> Result<Option<OutputFormat>, Failure> {
        Ok(match (&self.format, &self.output) {
            (Some(name), _) => OutputFormat::named(name),
            (None, Some(path)) if path.extension().is_some() => Some(OutputFormat::of(path).ok_or_else(|| {
                let names: Vec<&str> = OutputFormat::names().collect();
                let known = || format!("say it with `--format`; the formats are {}", names.join(", "));
                let ending = path.extension().and_then(OsStr::to_str).unwrap_or_default();
                Failure::usage(format!("the ending of `{}` is no format of scores", path.display()))
                    .with_help(connect::left_out(ending).unwrap_or_else(known))
            })?),
            (None, Some(_)) => OutputFormat::named("csv"),
            (None, None) => None,
        })
    }

    fn write(
        &self,
        format: Option<OutputFormat>,
        results: Results<'_>,
        target: &Target,
        console: &Console,
    ) -> Result<(), Failure> {
        let Some(format) = format.or(OutputFormat::named("csv")) else {
            return Ok(());
        };
        let rows = match self.top {
            Some(count) => best(results.scores, count),
            None => (0..results.scores.len()).collect(),
        };
        target.write(console, |output| {
            format.write(results, &rows, self.data.threads(), output)
        })
    }

    /// Shows a table of the best.
    fn show(&self, results: Results<'_>, console: &Console) -> Result<(), Failure> {
        let rows = best(results.scores, self.top.unwrap_or(TOP));
        console.print(&table(results, &rows).draw(console.out))?;
        let left_out = results.scores.len().saturating_sub(rows.len());
        let count = match left_out {
            0 => counted(rows.len(), "contact"),
            _ => format!("and {}", counted(left_out, "more contact")),
        };
        let below = format!("{count}, as of {}", results.scores.as_of());
        console.print(&(console.out.dim(&below) + "\n"))
    }
}

/// The rows of the contacts with the highest scores; of equal ones, the first in the data.
fn best(scores: &Scores, count: usize) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..scores.len()).collect();
    rows.sort_by_cached_key(|row| Reverse(scores.overall(*row)));
    rows.truncate(count);
    rows
}

fn table(results: Results<'_>, rows: &[usize]) -> Grid {
    let columns = results.scores.columns();
    let mut grid = Grid::new(columns.iter().map(|column| {
        let align = match column.holds {
            Holds::Score { .. } => Align::Right,
            Holds::Id | Holds::Label { .. } | Holds::Exclusion => Align::Left,
        };
        (column.name.clone(), align)
    }));
    for row in rows {
        let cells = (0..columns.len()).map(|column| results.scores.cell(results.contacts, column, *row));
        grid.push(cells.map(shown).collect());
    }
    grid
}

fn shown(cell: ResultCell<'_>) -> String {
    match cell {
        ResultCell::Number(score) => score.to_string(),
        ResultCell::Text(text) => text.to_owned(),
        ResultCell::Missing => String::new(),
    }
}
