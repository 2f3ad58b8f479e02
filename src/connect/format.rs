//! The formats of data: one table of those that are read, and one of those that are written.

use std::io::{self, BufRead, Write};
use std::path::Path;

use serde::Deserialize;

use super::Error;
use super::row::{TakeRows, Wanted};
use super::{read_csv, read_json, write_csv, write_json};
use crate::score::Scores;
use crate::table::Contacts;

/// A format that is read: a row of the table.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct InputFormat(&'static Input);

#[derive(Debug)]
struct Input {
    name: &'static str,
    nests_events: bool,
    read: ReadRows,
}

/// Reads the rows of a file: its text, what is known of it, the columns that are read, and who takes the rows.
type ReadRows = fn(Box<dyn BufRead>, About<'_>, &[Wanted], &mut dyn TakeRows) -> Result<(), Error>;

/// What a reader needs to know of a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct About<'a> {
    /// Its name, for messages.
    pub(super) file: &'a str,
    /// What separates its cells, where that can be chosen.
    pub(super) delimiter: u8,
}

/// The name of a format is also the ending of its files.
const INPUT_FORMATS: &[Input] = &[
    Input {
        name: "csv",
        nests_events: false,
        read: read_csv::read,
    },
    Input {
        name: "jsonl",
        nests_events: true,
        read: read_json::read_lines,
    },
    Input {
        name: "json",
        nests_events: true,
        read: read_json::read_array,
    },
];

impl InputFormat {
    /// The format of a name such as `csv`.
    pub fn named(name: &str) -> Option<InputFormat> {
        let wanted = name.to_ascii_lowercase();
        INPUT_FORMATS.iter().find(|format| format.name == wanted).map(Self)
    }

    /// The format that a file's ending tells.
    pub fn of(path: &Path) -> Option<InputFormat> {
        Self::named(path.extension()?.to_str()?)
    }

    /// The names of all formats that are read.
    pub fn names() -> impl Iterator<Item = &'static str> {
        INPUT_FORMATS.iter().map(|format| format.name)
    }

    /// The name.
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// Whether a contact may hold its events.
    pub(super) fn nests_events(self) -> bool {
        self.0.nests_events
    }

    /// Reads the rows of a file.
    pub(super) fn read(
        self,
        text: Box<dyn BufRead>,
        about: About<'_>,
        wanted: &[Wanted],
        take: &mut dyn TakeRows,
    ) -> Result<(), Error> {
        (self.0.read)(text, about, wanted, take)
    }
}

impl TryFrom<String> for InputFormat {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::named(&name).ok_or_else(|| format!("no format {name:?} is read; those that are: {}", known_inputs()))
    }
}

/// The names of the formats, for messages.
pub(super) fn known_inputs() -> String {
    InputFormat::names().collect::<Vec<_>>().join(", ")
}

/// A format in which results are written: a row of the table.
#[derive(Clone, Copy, Debug)]
pub struct OutputFormat(&'static Writing);

#[derive(Debug)]
struct Writing {
    name: &'static str,
    write: WriteResults,
}

/// Writes results of contacts.
type WriteResults = fn(&Results<'_>, &mut dyn Iterator<Item = usize>, &mut dyn Write) -> io::Result<()>;

/// The name of a format is also the ending of its files.
const OUTPUT_FORMATS: &[Writing] = &[
    Writing {
        name: "csv",
        write: write_csv::write,
    },
    Writing {
        name: "jsonl",
        write: write_json::write_lines,
    },
    Writing {
        name: "json",
        write: write_json::write_array,
    },
];

/// What is written.
#[derive(Clone, Copy, Debug)]
pub struct Results<'a> {
    /// The scores.
    pub scores: &'a Scores,
    /// The contacts that were scored.
    pub contacts: &'a Contacts,
}

impl OutputFormat {
    /// The format of a name such as `csv`.
    pub fn named(name: &str) -> Option<OutputFormat> {
        let wanted = name.to_ascii_lowercase();
        OUTPUT_FORMATS.iter().find(|format| format.name == wanted).map(Self)
    }

    /// The format that a file's ending tells.
    pub fn of(path: &Path) -> Option<OutputFormat> {
        Self::named(path.extension()?.to_str()?)
    }

    /// The names of all formats that are written.
    pub fn names() -> impl Iterator<Item = &'static str> {
        OUTPUT_FORMATS.iter().map(|format| format.name)
    }

    /// The name.
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// Writes the results of contacts, given by their rows, in this order. Columns stand in their order; numbers are
    /// written exactly; what is missing is empty, or `null`.
    pub fn write(
        self,
        results: &Results<'_>,
        rows: &mut dyn Iterator<Item = usize>,
        into: &mut dyn Write,
    ) -> io::Result<()> {
        (self.0.write)(results, rows, into)
    }
}
