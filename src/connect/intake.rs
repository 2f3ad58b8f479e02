//! What was read, and what could not be used: counted, with an example, and written whole where that is asked for.

use std::collections::BTreeMap;
use std::io::{self, Write as _};

use serde::Serialize;

use super::Error;
use super::files::Output;

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
    /// Undeclared events beyond the first thousand names.
    pub more_undeclared_events: u64,
    /// Fields of the rules that no contact has.
    pub absent_fields: Vec<AbsentField>,
    #[serde(skip)]
    list: Option<List>,
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

/// A field that no contact has.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AbsentField {
    /// The field.
    pub field: String,
    /// The column that was looked for.
    pub column: String,
    /// The file.
    pub file: String,
    /// The column of the file that may be meant.
    pub nearest: Option<String>,
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
            lines: self.lists.then(|| csv::Writer::from_writer(Vec::new())),
        }
    }
}

/// The account of one piece of a file. Pieces are read at the same time, and [taken over](Intake::take_over) in their
/// order.
pub(super) struct Part {
    told: Intake,
    /// The lines for the list of rejects, where one is written.
    lines: Option<csv::Writer<Vec<u8>>>,
}

impl Intake {
    /// The most names of undeclared events that are told apart.
    const MOST_NAMES: usize = 1_000;

    /// An account of the data of one contact: what cannot be used of others is left out.
    pub fn of_contact(id: &str) -> Intake {
        Intake {
            only: Some(id.trim().to_owned()),
            ..Intake::default()
        }
    }

    /// Also writes everything that cannot be used to a CSV file, with the columns `file`, `row`, `column`, `value`
    /// and `reason`.
    pub fn list_rejects(&mut self, mut output: Output) {
        let failure = output.write_all(b"file,row,column,value,reason\n").err();
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

    /// How many things of a kind could not be used.
    pub fn count(&self, kind: RejectKind) -> u64 {
        let of_kind = self.rejected.iter().filter(|rejected| rejected.kind == kind);
        of_kind.map(|rejected| rejected.count).sum()
    }

    /// Fails where anything could not be used: `--strict`.
    pub fn strict(&self) -> Result<(), Error> {
        match self.rejected.iter().map(|rejected| rejected.count).sum() {
            0 => Ok(()),
            count => Err(Error::Strict { count }),
        }
    }

    /// What people should know before they trust the scores, a line each; nothing where all is well.
    pub fn lines(&self) -> Vec<String> {
        let rejected = self.rejected.iter().map(Rejected::line);
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
        let absent = self.absent_fields.iter().map(AbsentField::line);
        rejected.chain(undeclared).chain(more).chain(absent).collect()
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
        let Part { told, lines } = part;
        self.contacts += told.contacts;
        self.events += told.events;
        for rejected in told.rejected {
            match self.rejected.iter_mut().find(|known| known.is_of(&rejected)) {
                Some(known) => known.count += rejected.count,
                None => self.rejected.push(rejected),
            }
        }
        for (name, count) in told.undeclared_events {
            self.count_undeclared(&name, count);
        }
        self.more_undeclared_events += told.more_undeclared_events;
        if let (Some(list), Some(lines)) = (&mut self.list, lines) {
            list.add(lines);
        }
    }

    fn count_undeclared(&mut self, name: &str, events: u64) {
        if let Some(count) = self.undeclared_events.get_mut(name) {
            *count += events;
        } else if self.undeclared_events.len() < Self::MOST_NAMES {
            self.undeclared_events.insert(name.to_owned(), events);
        } else {
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

    /// Counts events of a name that the rules do not declare.
    pub(super) fn undeclared_events(&mut self, name: &str, count: u64) {
        self.told.count_undeclared(name, count);
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

    fn line(&self) -> String {
        let Example { row, value, reason } = &self.example;
        let (one, several, fate) = self.kind.words();
        let (things, first) = if self.count == 1 {
            (one, "")
        } else {
            (several, "first: ")
        };
        let what = match (value.as_str(), self.column.as_str()) {
            ("", "") => reason.clone(),
            ("", column) => format!("{reason} in `{column}`"),
            (value, "") => format!("`{value}` is {reason}"),
            (value, column) => format!("`{value}` in `{column}` is {reason}"),
        };
        let (count, file) = (self.count, &self.file);
        format!("{count} {things} {fate} ({first}line {row} of {file}: {what})")
    }
}

impl AbsentField {
    fn line(&self) -> String {
        let AbsentField {
            field,
            column,
            file,
            nearest,
        } = self;
        let hint = match nearest {
            Some(nearest) => format!("; did you mean its column `{nearest}`?"),
            None => String::new(),
        };
        match field == column {
            true => format!("no contact has the field `{field}`: {file} has no values for it{hint}"),
            false => format!("no contact has the field `{field}`: {file} has no values in the column `{column}`{hint}"),
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
