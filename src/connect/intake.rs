//! What was read, and what could not be used: counted, with an example, and written whole where that is asked for.

use std::collections::BTreeMap;
use std::io::{self, Write as _};

use serde::Serialize;

use super::Error;
use super::absent::{Absent, EventSource, MOST_NAMES, Met};
use super::config::Config;
use super::files::Output;
use crate::model::Model;
use crate::plan::Reads;

/// The account of what was read.
#[derive(Default, Serialize)]
pub struct Intake {
    /// How many contacts there are.
    pub contacts: u64,
    /// How many events were given to the rules.
    pub events: u64,
    /// What could not be used as it is, by kind, file and column.
    pub rejected: Vec<Rejected>,
    /// Events that the rules do not declare, by name.
    pub undeclared_events: BTreeMap<String, u64>,
    /// Undeclared events beyond the first thousand names of the alphabet.
    pub more_undeclared_events: u64,
    /// What the rules read and the data do not have.
    pub absent: Absent,
    /// What is looked for in the data.
    #[serde(skip)]
    pub(super) reads: Reads,
    /// The files that were read for events, and what was met there.
    #[serde(skip)]
    sources: Vec<EventSource>,
    #[serde(skip)]
    list: Option<List>,
    #[serde(skip)]
    is_listed: bool,
    /// The one contact whose data is told of, where not all are.
    #[serde(skip)]
    only: Option<String>,
}

/// Things of one kind that could not be used, of one column of one file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rejected {
    /// What they are.
    pub kind: RejectKind,
    /// The file.
    pub file: String,
    /// The column; empty where it is the whole row.
    pub column: String,
    /// How many there are.
    pub count: u64,
    /// The first of them.
    pub example: Example,
}

/// The first of several things that could not be used.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Example {
    /// The line of the file, counted from 1.
    pub row: u64,
    /// What is written there, cut where it is long.
    pub value: String,
    /// Why it could not be used.
    pub reason: String,
}

/// Why something could not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RejectKind {
    /// A value that is none of its type. It is missing.
    BadValue,
    /// A row with more or fewer cells than the header. It is kept; cells that are not there are missing.
    UnevenRow,
    /// An event whose time is missing or no date. It is left out.
    EventWithoutDay,
    /// An event without a name. It is left out.
    EventWithoutName,
    /// An event whose contact is missing or not among the contacts. It is left out.
    UnknownContact,
    /// An event whose id came before in the file. It is left out.
    DuplicateEvent,
}

impl RejectKind {
    /// What it is, for one and for several, and what became of it.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            RejectKind::BadValue => ("bad value", "bad values", "taken as missing"),
            RejectKind::UnevenRow => ("row", "rows", "with more or fewer cells than the header"),
            RejectKind::EventWithoutDay => ("event", "events", "without a usable day left out"),
            RejectKind::EventWithoutName => ("event", "events", "without a name left out"),
            RejectKind::UnknownContact => ("event", "events", "of unknown contacts left out"),
            RejectKind::DuplicateEvent => ("duplicate event", "duplicate events", "left out"),
        }
    }
}

/// One thing that cannot be used, where it stands.
pub(super) struct Reject<'a> {
    pub(super) kind: RejectKind,
    pub(super) file: &'a str,
    pub(super) row: u64,
    pub(super) column: &'a str,
    pub(super) value: &'a str,
    /// The id of the contact that it is of, where it tells one.
    pub(super) contact: Option<&'a str>,
}

/// The list of all rejects, being written.
struct List {
    output: Output,
    failure: Option<io::Error>,
}

/// Makes accounts for pieces of a file.
pub(super) struct Accounts {
    only: Option<String>,
    lists: bool,
}

impl Accounts {
    /// An empty account.
    pub(super) fn one(&self) -> Part {
        Part {
            told: Intake {
                only: self.only.clone(),
                ..Intake::default()
            },
            met: Met::default(),
            lines: self.lists.then(|| csv::Writer::from_writer(Vec::new())),
        }
    }
}

/// The account of one piece of a file. Pieces are read at the same time, and [taken over](Intake::take_over) in their
/// order.
pub(super) struct Part {
    told: Intake,
    met: Met,
    /// The lines for the list of rejects, where one is written.
    lines: Option<csv::Writer<Vec<u8>>>,
}

impl Intake {
    /// An account that also tells what scores depend on and the data do not have.
    pub fn of(reads: Reads) -> Intake {
        Intake {
            reads,
            ..Intake::default()
        }
    }

    /// The account of the data of one contact: what cannot be used of others is left out.
    pub fn of_contact(self, id: &str) -> Intake {
        Intake {
            only: Some(id.trim().to_owned()),
            ..self
        }
    }

    /// Also writes everything that cannot be used to a CSV file, with the columns `file`, `row`, `column`, `value`
    /// and `reason`.
    pub fn list_rejects(&mut self, mut output: Output) {
        let failure = output.write_all(b"file,row,column,value,reason\n").err();
        self.is_listed = true;
        self.list = Some(List { output, failure });
    }

    /// Ends the list of rejects, and puts it in its place.
    pub fn finish_list(&mut self) -> Result<(), Error> {
        match self.list.take() {
            None => Ok(()),
            Some(List { output, failure: None }) => output.finish(),
            Some(List {
                output,
                failure: Some(cause),
            }) => Err(output.failed(cause)),
        }
    }

    /// Fails where anything could not be used, or is not there: `--strict`.
    pub fn strict(&self) -> Result<(), Error> {
        let unusable = self.rejected.iter().map(|rejected| rejected.count).sum();
        match (unusable, self.absent.count()) {
            (0, 0) => Ok(()),
            (unusable, absent) => Err(Error::Strict {
                unusable,
                absent,
                help: match (unusable, self.is_listed) {
                    (0, _) => "without `--strict` they count as missing",
                    (_, true) => "the list of rejects has them all; without `--strict` they are counted and left out",
                    (_, false) => "`--rejects FILE` lists them all; without `--strict` they are counted and left out",
                },
            }),
        }
    }

    /// What people should know before they trust the scores, a line each; nothing where all is well.
    pub fn lines(&self) -> Vec<String> {
        let rejected = self
            .rejected
            .iter()
            .map(|rejected| rejected.line(self.events_of(&rejected.file)));
        let undeclared = self.undeclared_events.iter().map(|(name, count)| {
            let events = if *count == 1 { "event" } else { "events" };
            format!("{count} {events} `{name}`, which the rules do not declare, left out")
        });
        let more = (self.more_undeclared_events > 0).then(|| {
            format!(
                "{} events of other names, which the rules do not declare, left out",
                self.more_undeclared_events
            )
        });
        rejected
            .chain(undeclared)
            .chain(more)
            .chain(self.absent.lines())
            .collect()
    }

    /// What may be as it should be, and people may want to know; a line each.
    pub fn notes(&self) -> Vec<String> {
        self.absent.note().into_iter().collect()
    }

    /// How the pieces of a file are accounted for.
    pub(super) fn accounts(&self) -> Accounts {
        Accounts {
            only: self.only.clone(),
            lists: self.list.is_some(),
        }
    }

    /// Adds the account of the next piece.
    pub(super) fn take_over(&mut self, part: Part) {
        let Part { told, met, lines } = part;
        self.contacts += told.contacts;
        self.events += told.events;
        for rejected in told.rejected {
            match self.rejected.iter_mut().find(|known| known.is_of(&rejected)) {
                Some(known) => known.count += rejected.count,
                None => self.rejected.push(rejected),
            }
        }
        for (name, count) in told.undeclared_events {
            self.count_undeclared(name, count);
        }
        if let Some(source) = self.sources.last_mut() {
            source.met.add(met);
        }
        if let (Some(list), Some(lines)) = (&mut self.list, lines) {
            list.add(lines);
        }
    }

    /// Begins a file that is read for events. Its columns are known where it has events of its own.
    pub(super) fn begin_events(&mut self, file: &str, columns: Option<Vec<String>>) {
        self.sources.push(EventSource {
            file: file.to_owned(),
            columns,
            met: Met::default(),
        });
    }

    /// Finds what is absent, once all was read.
    pub(super) fn end(&mut self, model: &Model, config: &Config) {
        self.absent.find_keys(model, config);
        self.absent.find_events(model, &self.reads, &self.sources);
    }

    /// How many rows of events a file has.
    fn events_of(&self, file: &str) -> u64 {
        let sources = self.sources.iter().filter(|source| source.file == file);
        sources.map(|source| source.met.rows).sum()
    }

    /// Of more names than can be told apart, those that stand first in the alphabet are, so that it does not matter in
    /// which pieces they came.
    fn count_undeclared(&mut self, name: String, events: u64) {
        *self.undeclared_events.entry(name).or_default() += events;
        if self.undeclared_events.len() > MOST_NAMES
            && let Some((_, events)) = self.undeclared_events.pop_last()
        {
            self.more_undeclared_events += events;
        }
    }
}

impl Part {
    /// Counts contacts.
    pub(super) fn contacts(&mut self, count: usize) {
        self.told.contacts += count as u64;
    }

    /// Counts events that were given to the rules.
    pub(super) fn events(&mut self, count: usize) {
        self.told.events += count as u64;
    }

    /// The one contact whose data is told of, where not all are.
    pub(super) fn only(&self) -> Option<&str> {
        self.told.only.as_deref()
    }

    /// Counts one thing that cannot be used, and writes it down where that is wanted.
    pub(super) fn reject(&mut self, reject: &Reject<'_>, reason: impl FnOnce() -> String) {
        if self.told.only.is_some() && self.told.only.as_deref() != reject.contact {
            return;
        }
        let known = self.told.rejected.iter_mut().find(|rejected| rejected.is_like(reject));
        let is_new = known.is_none();
        if let Some(known) = known {
            known.count += 1;
        }
        if !is_new && self.lines.is_none() {
            return;
        }
        let reason = reason();
        if let Some(lines) = &mut self.lines {
            let row = reject.row.to_string();
            // What is written to memory does not fail.
            let _ = lines.write_record([reject.file, &row, reject.column, reject.value, &reason]);
        }
        if is_new {
            self.told.rejected.push(Rejected::first(reject, reason));
        }
    }

    /// Counts events of a name that the rules do not declare. There are never more names than events in a piece.
    pub(super) fn undeclared_events(&mut self, name: &str, count: u64) {
        *self.told.undeclared_events.entry(name.to_owned()).or_default() += count;
    }

    /// What is met of events.
    pub(super) fn met(&mut self) -> &mut Met {
        &mut self.met
    }
}

impl Rejected {
    fn first(reject: &Reject<'_>, reason: String) -> Rejected {
        Rejected {
            kind: reject.kind,
            file: reject.file.to_owned(),
            column: reject.column.to_owned(),
            count: 1,
            example: Example {
                row: reject.row,
                value: shortened(reject.value),
                reason,
            },
        }
    }

    fn is_like(&self, reject: &Reject<'_>) -> bool {
        self.kind == reject.kind && self.column == reject.column && self.file == reject.file
    }

    fn is_of(&self, other: &Rejected) -> bool {
        self.kind == other.kind && self.column == other.column && self.file == other.file
    }

    /// What is told of them, if the file has so many events.
    fn line(&self, events: u64) -> String {
        let Example { row, value, reason } = &self.example;
        let what = match (value.as_str(), self.column.as_str()) {
            ("", "") => reason.clone(),
            ("", column) => format!("{reason} in `{column}`"),
            (value, "") => format!("`{value}` is {reason}"),
            (value, column) => format!("`{value}` in `{column}` is {reason}"),
        };
        let first = if self.count == 1 { "" } else { "first: " };
        format!("{} ({first}line {row} of {}: {what})", self.all(events), self.file)
    }

    /// What they all are, and what became of them.
    fn all(&self, events: u64) -> String {
        let (count, (one, several, fate)) = (self.count, self.kind.words());
        match self.kind {
            RejectKind::UnknownContact if count == events && count > 1 => {
                format!(
                    "none of the {count} events of {} is of a known contact, so all were left out",
                    self.file
                )
            }
            RejectKind::EventWithoutDay if count == events && count > 1 => {
                format!(
                    "none of the {count} events of {} has a usable day, so all were left out",
                    self.file
                )
            }
            _ if count == 1 => format!("1 {one} {fate}"),
            _ => format!("{count} {several} {fate}"),
        }
    }
}

impl List {
    /// Adds lines as they are.
    fn add(&mut self, lines: csv::Writer<Vec<u8>>) {
        if self.failure.is_none() {
            let lines = lines.into_inner().map_err(csv::IntoInnerError::into_error);
            self.failure = lines.and_then(|lines| self.output.write_all(&lines)).err();
        }
    }
}

/// A value as an example shows it: on one line, and not longer than one.
pub(super) fn shortened(value: &str) -> String {
    const MOST: usize = 80;
    let mut short: String = value
        .chars()
        .take(MOST)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if value.chars().nth(MOST).is_some() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undeclared_events_are_counted_alike_whatever_the_pieces() {
        // Names of which the first thousand are told apart, and met again behind all others.
        let names: Vec<String> = (0..2_500).chain(0..1_200).map(|name| format!("event {name}")).collect();
        let counted = |piece: usize| {
            let mut intake = Intake::default();
            for names in names.chunks(piece) {
                let mut part = intake.accounts().one();
                names.iter().for_each(|name| part.undeclared_events(name, 1));
                intake.take_over(part);
            }
            (intake.undeclared_events, intake.more_undeclared_events)
        };
        let (told, more) = counted(1);
        assert_eq!((told.len(), told.values().sum::<u64>() + more), (MOST_NAMES, 3_700));
        for piece in [7, 400, 1_300, 5_000] {
            let (_, in_pieces) = counted(piece);
            assert_eq!(in_pieces, more, "{piece}");
        }
    }
}
