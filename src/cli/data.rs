//! The arguments of every command that reads data.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use crate::calendar::Day;
use crate::connect::{Config, DataArguments};
use crate::model::Model;

use super::clock;
use super::failure::Failure;
use super::place::Place;

/// Where the data is, and on which day it is scored.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Data")]
pub(crate) struct DataArgs {
    /// The contacts, in place of those of `leadscore.toml`; `-` for standard input
    #[arg(long, value_name = "FILE")]
    contacts: Option<PathBuf>,
    /// The events, in place of those of `leadscore.toml`; `-` for standard input
    #[arg(long, value_name = "FILE")]
    events: Option<PathBuf>,
    /// The day of scoring, such as 2026-11-01; today in the model's time zone where none is given
    #[arg(long, value_name = "DAY", value_parser = day)]
    as_of: Option<Day>,
    /// A key of `leadscore.toml` with its value, such as `contacts.delimiter=;`, as often as needed
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// The format of files whose ending does not tell: csv, tsv, jsonl, json or parquet
    #[arg(long, value_name = "FORMAT")]
    input_format: Option<String>,
    /// How many threads read and score, 1 to 1,024; as many as there are cores where none are given. No result depends on it
    #[arg(long, value_name = "N", value_parser = threads)]
    threads: Option<NonZeroUsize>,
}

impl DataArgs {
    /// The configuration for the rules that are named, or for the current folder.
    pub(crate) fn config(&self, rules: Option<&Path>) -> Result<Config, Failure> {
        let arguments = DataArguments {
            contacts: self.contacts.clone(),
            events: self.events.clone(),
            set: self.set.clone(),
            input_format: self.input_format.clone(),
        };
        let place = rules.map(Place::new);
        Ok(Config::load(place.as_ref().and_then(Place::path_now), &arguments)?)
    }

    /// The configuration for the rules that are named, and the tables that `--contacts` and `--events` name where these are no
    /// files.
    pub(crate) fn tables(&self, rules: Option<&Path>) -> Result<(Config, TableArgs<'_>), Failure> {
        let arguments = DataArguments {
            set: self.set.clone(),
            ..DataArguments::default()
        };
        let place = rules.map(Place::new);
        let config = Config::load(place.as_ref().and_then(Place::path_now), &arguments)?;
        let tables = TableArgs {
            contacts: self.contacts.as_deref(),
            events: self.events.as_deref(),
        };
        Ok((config, tables))
    }

    /// How many threads read and score.
    pub(crate) fn threads(&self) -> NonZeroUsize {
        self.threads.unwrap_or_else(cores)
    }

    /// The day of scoring.
    pub(crate) fn as_of(&self, model: &Model) -> Day {
        self.as_of_or(None, model)
    }

    /// The day of scoring: the one that is given, else another that is known, else today.
    pub(crate) fn as_of_or(&self, known: Option<Day>, model: &Model) -> Day {
        self.as_of.or(known).unwrap_or_else(|| clock::today(model.zone))
    }

    /// Whether a day is given.
    pub(crate) fn has_day(&self) -> bool {
        self.as_of.is_some()
    }
}

/// The tables that the command line names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TableArgs<'a> {
    pub(crate) contacts: Option<&'a Path>,
    pub(crate) events: Option<&'a Path>,
}

/// More threads than these only get in each other's way.
const MOST_THREADS: usize = 1_024;

/// How many threads work where nobody says how many: one for each core.
pub(crate) fn cores() -> NonZeroUsize {
    let cores = std::thread::available_parallelism().ok();
    cores.min(NonZeroUsize::new(MOST_THREADS)).unwrap_or(NonZeroUsize::MIN)
}

fn threads(text: &str) -> Result<NonZeroUsize, String> {
    let count = text.trim().parse().ok().and_then(NonZeroUsize::new);
    count
        .filter(|count| count.get() <= MOST_THREADS)
        .ok_or_else(|| "write a whole number, 1 to 1,024".to_owned())
}

/// A day as the command line takes it.
pub(super) fn day(text: &str) -> Result<Day, String> {
    let answer = || "write a day as year-month-day, such as 2026-11-01".to_owned();
    Day::parse(text).ok_or_else(|| too_late_in_month(text).unwrap_or_else(answer))
}

/// `February 2025 has 28 days`, of a day beyond them; `None` of any other text.
fn too_late_in_month(text: &str) -> Option<String> {
    let (month, day) = text.rsplit_once('-')?;
    let days = (28..=31)
        .rev()
        .find(|day| Day::parse(&format!("{month}-{day}")).is_some())?;
    let is_beyond = day.len() == 2 && day.parse().is_ok_and(|day: u32| day > days);
    let (year, month) = month.split_once('-')?;
    let name = MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
    is_beyond.then(|| format!("{name} {year} has {days} days"))
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_beyond_its_month_is_told_how_many_there_are() {
        let says = |text| day(text).unwrap_err();
        assert_eq!(says("2025-02-30"), "February 2025 has 28 days");
        assert_eq!(says("2024-02-30"), "February 2024 has 29 days");
        assert_eq!(says("2025-11-31"), "November 2025 has 30 days");
        for other in ["2025-13-01", "2025-02-00", "30-02-2025", "2025-2-30", "2025-02-3x", ""] {
            assert!(says(other).starts_with("write a day"), "{other}");
        }
        assert!(day("2024-02-29").is_ok());
    }
}
