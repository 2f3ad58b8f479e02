//! `leadscore diff`: what a change of rules changes, in the rules and for the contacts.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::connect::{self, Config, Intake};
use crate::diff::{self, Compared, Difference, Followed, Impact, Structure};
use crate::model::Model;
use crate::number::Number;
use crate::plan::{DayPlan, Plan};

use super::apart::{self, Read, Written};
use super::console::Console;
use super::data::DataArgs;
use super::failure::Failure;
use super::findings::counted;
use super::moved::{Cases, Traced};
use super::place::Place;
use super::reading::Reading;
use super::rules::{Project, RulesArg};
use super::scoring::{Findings, Scoring};
use super::target::Target;

/// Show what a change of rules changes
///
/// The rules that are added, removed and changed, by what they mean, whatever the layout; whether any contact that could
/// exist gets another result, and the smallest that does, as a test; and, with contacts, who changes band, from which to
/// which, whom each change moves, and the greatest moves with the rules behind them.
///
/// Exit codes: 0 also where something differs; 1 with `--detailed-exitcode` where anything but layout, comments, order
/// and reasons differs, and with `--max-band-changes` where more contacts change band.
#[derive(Debug, clap::Args)]
pub(crate) struct Diff {
    /// The old rules: a file, `-` for standard input, or `REVISION:PATH` for a file as it was in git
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The new rules, named likewise. Where none are given, those of the `leadscore.toml` here or above
    #[arg(value_name = "NEW")]
    new: Option<PathBuf>,
    /// How to write; what the ending of `-o FILE` says where none is given
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
    /// The file to write, whole or not at all; `-` for standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Name so many contacts of those that move most, and that enter and leave the highest band
    #[arg(long, value_name = "N", default_value_t = 10)]
    top: usize,
    /// Compare the rules alone, though `leadscore.toml` names contacts
    #[arg(long, conflicts_with_all = ["contacts", "events", "max_band_changes"])]
    no_data: bool,
    /// Exit with 1 where more contacts than these change band, a number or a share such as 5%; to have none and to be
    /// excluded count as bands
    #[arg(long, value_name = "MOST", value_parser = most)]
    max_band_changes: Option<Most>,
    /// Exit with 1 where the rules differ in anything but layout, comments, order and reasons
    #[arg(long)]
    detailed_exitcode: bool,
    #[command(flatten)]
    data: DataArgs,
}

/// How a difference is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A page for people
    Human,
    /// One JSON object
    Json,
    /// Markdown, for a comment on a pull request
    Markdown,
    /// One HTML page that needs nothing else
    Html,
}

/// How many contacts may change band.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Most {
    /// So many.
    Contacts(usize),
    /// So many in a hundred.
    Percent(Number),
}

impl Diff {
    pub(crate) fn run(&self, console: &Console) -> Result<(), Failure> {
        let format = self.format()?;
        let config = self.data.config(self.new.as_deref())?;
        let place = Place::new(&self.old);
        if place == Place::Stdin && self.new.as_deref().is_some_and(connect::is_standard) {
            return Err(connect::Error::StdinTwice.into());
        }
        let (old, mut files) = read_old(place, console)?;
        let (new, more) = RulesArg {
            rules: self.new.clone(),
        }
        .read(&config, console)?;
        files.extend(more);
        let has_data = !self.no_data && (config.contacts.path.is_some() || !config.events.is_empty());
        if self.max_band_changes.is_some() && !has_data {
            let failure = Failure::usage("`--max-band-changes` counts contacts, and there are none");
            return Err(failure.with_help("name them with `--contacts FILE`, or in `leadscore.toml`"));
        }
        self.keep_apart(&config, files)?;
        let mut structure = diff::compare(&old, &new);
        diff::prove(&old, &new, &mut structure);
        let impact = match has_data {
            true => Some(self.impact(&config, [&old, &new], &mut structure, console)?),
            false => None,
        };
        let difference = Difference {
            old: old.source.name().to_owned(),
            new: new.source.name().to_owned(),
            structure,
            impact,
        };
        self.write(format, &difference, console)?;
        self.judge(&difference, console)
    }

    /// The format that is asked for, by its name or by the ending of the file.
    fn format(&self) -> Result<Format, Failure> {
        let ending = self.output.as_deref().and_then(Path::extension).and_then(OsStr::to_str);
        match (self.format, ending.map(str::to_ascii_lowercase).as_deref()) {
            (Some(format), _) => Ok(format),
            (None, None | Some("txt")) => Ok(Format::Human),
            (None, Some("json")) => Ok(Format::Json),
            (None, Some("md" | "markdown")) => Ok(Format::Markdown),
            (None, Some("html" | "htm")) => Ok(Format::Html),
            (None, Some(other)) => Err(
                Failure::usage(format!("the ending `.{other}` is no format of a difference"))
                    .with_help("say it with `--format`: human, json, markdown or html"),
            ),
        }
    }

    /// Refuses to write over a file that is read.
    fn keep_apart(&self, config: &Config, mut read: Vec<Read>) -> Result<(), Failure> {
        let data = config.events.iter().map(|file| ("the events", &file.path));
        let data = data.chain([
            ("the contacts", &config.contacts.path),
            ("the configuration", &config.file),
        ]);
        read.extend(data.filter_map(|(what, path)| {
            Some(Read {
                what,
                path: path.clone()?,
            })
        }));
        let written = self.output.as_deref().filter(|path| !connect::is_standard(path));
        let written = written.map(|path| Written {
            option: "--output",
            path,
        });
        apart::keep_apart(written.as_slice(), &read)
    }

    /// What becomes of the contacts. The data are read by each of the two models, since they may read them otherwise;
    /// then again for the few contacts of which more is told.
    fn impact(
        &self,
        config: &Config,
        [old, new]: [&Model; 2],
        structure: &mut Structure,
        console: &Console,
    ) -> Result<Impact, Failure> {
        refuse_streams(config)?;
        let as_of = self.data.as_of(new);
        let (old_plan, new_plan) = (Plan::new(old), Plan::new(new));
        let followed = Followed::new(structure, &old_plan, &new_plan, new);
        let old_plan = old_plan.keeping(followed.old.iter().copied());
        let new_plan = new_plan.keeping(followed.new.iter().copied());
        let (old_day, new_day) = (old_plan.on(as_of), new_plan.on(as_of));
        let mut of_old = self.scoring(old, config, &old_day, console);
        let (contacts_before, old_scores) = of_old.at_once()?;
        let count_before = contacts_before.len();
        drop(contacts_before);
        let mut of_new = self.scoring(new, config, &new_day, console);
        let (contacts, new_scores) = of_new.at_once()?;
        of_new.end(false)?;
        tell_of_old(&of_old, &of_new, console);
        if contacts.len() != count_before {
            return Err(Failure::usage("the contacts changed while they were read").with_help("compare again"));
        }
        let compared = Compared {
            old,
            new,
            old_scores: &old_scores,
            new_scores: &new_scores,
            contacts: &contacts,
        };
        let mut impact = Impact::new(compared, &followed, structure, self.top);
        drop((contacts, old_scores, new_scores));
        if !impact.rows.is_empty() {
            let before = self.cases(old, config, &old_day).read(&impact.rows)?;
            let after = self.cases(new, config, &new_day).read(&impact.rows)?;
            tell_movers(&mut impact, [&before, &after], structure);
        }
        Ok(impact)
    }

    fn scoring<'a>(
        &self,
        model: &'a Model,
        config: &'a Config,
        day: &'a DayPlan<'a>,
        console: &'a Console,
    ) -> Scoring<'a> {
        Scoring {
            model,
            config,
            day,
            threads: self.data.threads(),
            intake: Intake::of(day.plan().reads.clone()),
            console,
            findings: Findings::default(),
        }
    }

    fn cases<'a>(&self, model: &'a Model, config: &'a Config, day: &'a DayPlan<'a>) -> Cases<'a> {
        Cases {
            model,
            config,
            day,
            threads: self.data.threads(),
        }
    }

    fn write(&self, format: Format, difference: &Difference, console: &Console) -> Result<(), Failure> {
        let target = Target::new(self.output.as_deref());
        let text = match format {
            Format::Json => {
                return target.write(console, |output| {
                    serde_json::to_writer_pretty(&mut *output, difference)?;
                    output.write_all(b"\n")
                });
            }
            Format::Human => {
                let page = diff::render(difference, console.out.width);
                match target {
                    Target::Stdout => console.out.page(&page),
                    Target::File(_) => page.to_string(),
                }
            }
            Format::Markdown => diff::markdown(difference),
            Format::Html => diff::html(difference),
        };
        target.write(console, |output| output.write_all(text.as_bytes()))
    }

    /// Whether what differs is a finding.
    fn judge(&self, difference: &Difference, console: &Console) -> Result<(), Failure> {
        let mut is_finding = self.detailed_exitcode && !difference.structure.is_empty();
        if self.max_band_changes.is_some() && difference.impact.as_ref().is_some_and(|impact| impact.contacts == 0) {
            console.warn("`--max-band-changes` has no contacts to count: it says nothing of this change");
        }
        if let (Some(most), Some(impact)) = (self.max_band_changes, &difference.impact)
            && most.is_exceeded(impact.bands.changed, impact.contacts)
        {
            is_finding = true;
            let allowed = match most {
                Most::Contacts(contacts) => contacts.to_string(),
                Most::Percent(percent) => format!("{percent}%"),
            };
            let changed = impact.bands.changed;
            let change = if changed == 1 { "changes" } else { "change" };
            let text = format!(
                "{} of {} {change} band, more than the {allowed} of `--max-band-changes`",
                changed,
                counted(impact.contacts, "contact"),
            );
            console.tell(&format!("{}: {text}", console.err.bad("error")));
        }
        match is_finding {
            true => Err(Failure::Findings),
            false => Ok(()),
        }
    }
}

/// The old model, and the files from which it was made.
fn read_old(place: Place, console: &Console) -> Result<(Model, Vec<Read>), Failure> {
    let file = place.file().map(Path::to_owned);
    let mut reading = Reading::new(&Project {
        rules: place,
        tests: Vec::new(),
    })?;
    let lists = std::mem::take(&mut reading.lists);
    let lists = lists.into_iter().map(|path| Read {
        what: "a list that the old rules read",
        path,
    });
    let files = file.map(|path| Read {
        what: "the old rules",
        path,
    });
    Ok((reading.into_model(console)?, files.into_iter().chain(lists).collect()))
}

/// Refuses data that can be read only once.
fn refuse_streams(config: &Config) -> Result<(), Failure> {
    let paths = config.events.iter().map(|file| &file.path);
    for path in paths.chain([&config.contacts.path]).flatten() {
        let is_stream = || std::fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir());
        if connect::is_standard(path) || is_stream() {
            let name = connect::display(path);
            return Err(Failure::usage(format!(
                "the data are read by the old rules and by the new ones, and `{name}` only once"
            ))
            .with_help("write them to a file first"));
        }
    }
    Ok(())
}

/// Tells what only the old rules find wrong with the data.
fn tell_of_old(old: &Scoring<'_>, new: &Scoring<'_>, console: &Console) {
    let told = new.intake.lines();
    for line in old.intake.lines().into_iter().filter(|line| !told.contains(line)) {
        console.warn(&format!("by the old rules, {line}"));
    }
}

/// Tells what moves the movers.
fn tell_movers(impact: &mut Impact, [before, after]: [&Traced<'_>; 2], structure: &Structure) {
    for (at, mover) in impact.movers.iter_mut().enumerate() {
        let lines = before.case(at, |old| after.case(at, |new| diff::lines(old, new, structure)));
        mover.lines = lines.flatten().unwrap_or_default();
    }
}

impl Most {
    fn is_exceeded(self, changed: usize, contacts: usize) -> bool {
        match self {
            Most::Contacts(most) => changed > most,
            // A percentage has four places, too.
            Most::Percent(percent) => changed as i128 * 1_000_000 > i128::from(percent.units()) * contacts as i128,
        }
    }
}

fn most(text: &str) -> Result<Most, String> {
    let answer = || "write a number of contacts, such as 200, or a share of them, such as 5%".to_owned();
    match text.strip_suffix('%') {
        Some(percent) => Number::parse(percent.trim())
            .filter(|percent| (Number::ZERO..=Number::whole(100)).contains(percent))
            .map(Most::Percent)
            .ok_or_else(answer),
        None => text
            .replace([',', '_'], "")
            .parse()
            .map(Most::Contacts)
            .map_err(|_| answer()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_exact() {
        assert!(!most("5%").unwrap().is_exceeded(5, 100));
        assert!(most("5%").unwrap().is_exceeded(6, 100));
        assert!(most("0%").unwrap().is_exceeded(1, 1_000_000));
        assert!(!most("0%").unwrap().is_exceeded(0, 0));
        assert!(most("33.3%").unwrap().is_exceeded(1, 3));
        assert!(!most("1,000").unwrap().is_exceeded(1_000, 1_000));
        for wrong in ["", "-1", "101%", "a", "%"] {
            assert!(most(wrong).is_err(), "{wrong}");
        }
    }
}
