//! `leadscore snapshot`: compares every contact's result with the accepted one, and accepts new ones.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::calendar::Day;
use crate::connect::{self, Config, Intake};
use crate::diagnostic::{Diagnostic, Label, Region, Severity};
use crate::snapshot::{self, Accepted, Change, DataFile, Fingerprint, Layout, Outcome, Review, Shift};
use crate::source::Span;

use super::apart::{self, Read, Written};
use super::console::Console;
use super::data::DataArgs;
use super::failure::Failure;
use super::findings::{annotations, counted};
use super::place::Place;
use super::rules::RulesArg;
use super::scoring::{Findings, Scoring};
use super::target;

/// Compare every contact's result with the accepted one
///
/// The accepted results, with the rules that gave their points, stand in the folder `snapshots` beside the rules, in a
/// file named after them: keep it in git. Contacts are scored as of the day of the accepted snapshot, so that time alone
/// changes nothing; a first snapshot, and one that is moved to another day, takes `--as-of`, or today.
#[derive(Debug, clap::Args)]
pub(crate) struct Snapshot {
    #[command(flatten)]
    rules: RulesArg,
    /// Accept the results as they are now
    #[arg(long)]
    accept: bool,
    /// Name the rules behind each change, adding up to the difference
    #[arg(long)]
    why: bool,
    /// So many contacts of each kind of change, the greatest first; 20 where none is given
    #[arg(long, value_name = "N", conflicts_with = "all")]
    top: Option<usize>,
    /// All contacts that changed
    #[arg(long)]
    all: bool,
    /// How to report
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t, conflicts_with = "accept")]
    format: Format,
    /// Fail where anything in the data cannot be used
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    data: DataArgs,
}

/// How a review is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A page for people
    #[default]
    Human,
    /// One JSON object
    Json,
    /// Annotations of GitHub Actions
    Github,
}

/// So many contacts of each kind are shown.
const TOP: usize = 20;

/// Where accepted snapshots are, beside the rules.
const FOLDER: &str = "snapshots";

impl Snapshot {
    pub(crate) fn run(&self, console: &Console) -> Result<(), Failure> {
        let config = self.data.config(self.rules.named())?;
        let path = path_of(&config.rules_file(self.rules.named())?)?;
        let accepted = self.accepted(&path, console)?;
        let now = self.now(
            &config,
            &path,
            accepted.as_ref().map(|accepted| accepted.snapshot.as_of),
            console,
        )?;
        if now.contacts.is_empty() {
            console.warn("there are no contacts: a snapshot without any notices no change of the rules");
        }
        match (&accepted, self.accept) {
            (None, false) => Err(no_snapshot(&path)),
            (None, true) => {
                write(&now, &path)?;
                console.note(&format!(
                    "accepted {}: {} as of {}",
                    connect::display(&path),
                    counted(now.contacts.len(), "contact"),
                    now.as_of
                ));
                Ok(())
            }
            (Some(accepted), true) => accept(&snapshot::compare(&accepted.snapshot, &now), &path, console),
            (Some(accepted), false) => {
                let review = snapshot::compare(&accepted.snapshot, &now);
                self.show(&review, accepted, &path, console)?;
                match review.is_unchanged() {
                    true => Ok(()),
                    false => Err(Failure::Findings),
                }
            }
        }
    }

    /// The accepted snapshot; none where there is none, or where it cannot be read and everything is given to replace it.
    fn accepted(&self, path: &Path, console: &Console) -> Result<Option<Accepted>, Failure> {
        if !path.exists() {
            return match self.accept {
                true => Ok(None),
                false => Err(no_snapshot(path)),
            };
        }
        let source = Place::File(path.to_owned()).read()?;
        match snapshot::read(&source) {
            Ok(accepted) => Ok(Some(accepted)),
            Err(error) if self.accept && self.data.has_day() => {
                console.warn(&format!(
                    "what stood in {} is replaced: {error}",
                    connect::display(path)
                ));
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Today's results, as of the day that is given, else of the accepted ones.
    fn now(
        &self,
        config: &Config,
        path: &Path,
        accepted: Option<Day>,
        console: &Console,
    ) -> Result<snapshot::Snapshot, Failure> {
        let (model, mut read) = self.rules.read(config, console)?;
        read.extend(Read::data(config));
        let option = "--accept";
        apart::keep_apart(&[Written { option, path }], &read)?;
        let plan = snapshot::plan(&model);
        let mut scoring = Scoring {
            model: &model,
            config,
            day: &plan.on(self.data.as_of_or(accepted, &model)),
            threads: self.data.threads(),
            intake: Intake::of(plan.reads.clone()),
            console,
            findings: Findings::default(),
        };
        let (contacts, scores) = scoring.at_once()?;
        scoring.end(self.strict)?;
        Ok(snapshot::take(&model, &plan, &scores, &contacts, data_files(config)?))
    }

    fn show(&self, review: &Review<'_>, accepted: &Accepted, path: &Path, console: &Console) -> Result<(), Failure> {
        let file = connect::display(path);
        let most = match self.all {
            true => None,
            false => Some(self.top.unwrap_or(TOP)),
        };
        match self.format {
            Format::Json => {
                let most = most.filter(|_| self.top.is_some());
                return console.print_json(&snapshot::report(review, &file, most, self.why));
            }
            Format::Github => {
                return console.print(&annotations(&diagnostics(review, accepted, &file, most)));
            }
            Format::Human if review.is_unchanged() && console.is_quiet() => return Ok(()),
            Format::Human if review.is_unchanged() => return console.print(&unchanged(review, &file)),
            Format::Human => {}
        }
        let layout = Layout {
            width: console.out.width,
            most: most.unwrap_or(usize::MAX),
            why: self.why,
        };
        console.print(&console.out.page(&snapshot::render(review, layout)))?;
        let why = match self.why {
            true => "",
            false => ", `--why` names the rules behind each change",
        };
        console.note(&format!(
            "\n{} as accepted in {file}; `leadscore snapshot --accept` takes them{why}",
            console.err.bad("the results are not")
        ));
        Ok(())
    }
}

/// `snapshots/rules.snap` beside `rules.ls`.
fn path_of(rules: &Path) -> Result<PathBuf, Failure> {
    let place = Place::new(rules);
    let Some(file) = place.path_now() else {
        let failure = Failure::usage("a snapshot is kept beside the rules, and these come from standard input");
        return Err(failure.with_help("name their file"));
    };
    let name = file.file_stem().unwrap_or_default().to_owned();
    let mut name = PathBuf::from(name).into_os_string();
    name.push(".snap");
    Ok(file.with_file_name(FOLDER).join(name))
}

fn no_snapshot(path: &Path) -> Failure {
    Failure::NoSnapshot {
        name: connect::display(path),
    }
}

/// Accepts the new results, and says what of the old ones they replace.
fn accept(review: &Review<'_>, path: &Path, console: &Console) -> Result<(), Failure> {
    write(review.now, path)?;
    let file = connect::display(path);
    let counts = [
        (
            review.changes.len() - review.count(Shift::New) - review.count(Shift::Gone),
            "changed",
        ),
        (review.count(Shift::New), "new"),
        (review.count(Shift::Gone), "gone"),
    ];
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, what)| format!("{count} {what}")).collect();
    let counts = match counts.as_slice() {
        [] => "the results are as before".to_owned(),
        counts => counts.join(", "),
    };
    let contacts = counted(review.now.contacts.len(), "contact");
    console.note(&format!(
        "accepted {file}: {contacts} as of {}; {counts}",
        review.now.as_of
    ));
    Ok(())
}

/// Writes a snapshot whole or not at all, and makes its folder where there is none.
fn write(now: &snapshot::Snapshot, path: &Path) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| Failure::unwritable(folder, &error))?;
    }
    let mut output = target::create(path)?;
    let written = snapshot::write(now, &mut output).and_then(|()| output.flush());
    written.map_err(|error| output.failed(error))?;
    Ok(output.finish()?)
}

/// The files of data with their marks; none where one of them is standard input, which can be read only once.
fn data_files(config: &Config) -> Result<Vec<DataFile>, Failure> {
    let paths = Read::data(config).map(|read| read.path).collect::<Vec<_>>();
    if paths.iter().any(|path| connect::is_standard(path)) {
        return Ok(Vec::new());
    }
    let files = paths.into_iter().map(|path| {
        let fingerprint = Fingerprint::of_data(connect::open(&path)?).map_err(|cause| connect::Error::Read {
            file: connect::display(&path),
            cause,
            help: None,
        })?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(DataFile { name, fingerprint })
    });
    files.collect()
}

/// `9 contacts as accepted in snapshots/rules.snap, as of 2026-11-01`, and what is different all the same.
fn unchanged(review: &Review<'_>, file: &str) -> String {
    let (now, accepted) = (review.now, review.accepted);
    let mut text = format!(
        "{} as accepted in {file}, as of {}",
        counted(now.contacts.len(), "contact"),
        now.as_of
    );
    if now.as_of != accepted.as_of {
        text.push_str(&format!(" (accepted as of {})", accepted.as_of));
    }
    let rules = match &review.rules {
        rules if rules.same && rules.rules.is_empty() => None,
        rules if rules.same => Some("some rules have other words"),
        _ => Some("the rules changed"),
    };
    let data = review
        .data
        .as_ref()
        .filter(|files| !files.is_empty())
        .map(|_| "the data changed");
    let others: Vec<&str> = rules.into_iter().chain(data).collect();
    if !others.is_empty() {
        text.push_str(&format!("; {}, no result did", others.join(" and ")));
    }
    text + "\n"
}

/// An annotation that sums up, at the head of the snapshot, and one beside each contact that changed.
fn diagnostics(review: &Review<'_>, accepted: &Accepted, file: &str, most: Option<usize>) -> Vec<Diagnostic> {
    if review.is_unchanged() {
        return Vec::new();
    }
    let annotation = |line: usize, message: String, help: Option<String>| Diagnostic {
        code: String::new(),
        severity: Severity::Error,
        message,
        help,
        file: file.to_owned(),
        labels: vec![Label {
            region: Region {
                line,
                column: 1,
                end_line: line,
                end_column: 1,
                utf16_columns: (1, 1),
            },
            text: None,
            span: Span::new(0, 0),
        }],
        edit: None,
    };
    let contacts = counted(review.changes.len(), "contact");
    let advice = "look at it with `leadscore snapshot --why`, then take it with `--accept`";
    let summary = annotation(
        1,
        format!("the results are not as accepted: {contacts}"),
        Some(advice.to_owned()),
    );
    let changes = review.changes.iter().take(most.unwrap_or(usize::MAX)).map(|change| {
        let line = change.place.and_then(|place| accepted.lines.get(place));
        annotation(line.copied().unwrap_or(1), in_words(change), None)
    });
    std::iter::once(summary).chain(changes).collect()
}

/// `martino: score 215 → 190, band hot → warm`.
fn in_words(change: &Change<'_>) -> String {
    let words = |outcome: &Outcome| {
        let score = outcome.score().map(|score| score.to_string());
        let words: Vec<String> = score.into_iter().chain(outcome.band().map(str::to_owned)).collect();
        words.join(" ")
    };
    let says = match (change.before.map(words), change.after.map(words)) {
        (Some(before), Some(after)) if before == after => format!("{after}, for other reasons or in other parts"),
        (Some(before), Some(after)) => format!("{before} → {after}"),
        (None, Some(after)) => format!("new, {after}"),
        (Some(before), None) => format!("gone, was {before}"),
        (None, None) => String::new(),
    };
    format!("{}: {says}", change.id)
}
