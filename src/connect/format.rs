//! The formats of data: one table of those that are read, and one of those that are written.

use std::io::{self, Write};
use std::path::Path;

use serde::Deserialize;

use super::Error;
use super::block::{Block, Wanted};
use super::config::Encoding;
use super::{read_csv, read_json, write_csv, write_json};
use crate::score::Scores;
use crate::table::Contacts;

/// A format that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum InputFormat {
    /// Comma-separated values, or any other delimiter.
    Csv,
    /// An object a line.
    JsonLines,
    /// An array of objects.
    Json,
}

/// A way to read files. A file comes in pieces, which are handed out in order and taken apart on any thread.
pub(super) trait Format {
    /// A part of a file that can be taken apart on its own.
    type Piece: Send;
    /// Hands out the pieces.
    type Pieces<'a>: Pieces<Piece = Self::Piece> + Send;
    /// Takes pieces apart. Each thread has its own.
    type Parser<'a>: Parser<Piece = Self::Piece> + Clone + Send;

    /// Opens a file to read the columns that are wanted.
    fn open<'a>(file: FileToRead<'a>, wanted: Columns<'a>) -> Result<Opened<'a, Self>, Error>;
}

/// A file that was opened.
pub(super) struct Opened<'a, F: Format + ?Sized> {
    /// The names of its columns, or the keys of its first object.
    pub(super) columns: Vec<String>,
    /// Its pieces.
    pub(super) pieces: F::Pieces<'a>,
    /// What takes them apart.
    pub(super) parser: F::Parser<'a>,
}

/// Hands out the pieces of a file.
pub(super) trait Pieces {
    /// A piece.
    type Piece;

    /// The next piece; none at the end.
    fn next(&mut self) -> Result<Option<Self::Piece>, Error>;
}

/// Takes pieces of a file apart.
pub(super) trait Parser {
    /// A piece.
    type Piece;
    /// Rows of it.
    type Block<'b>: Block;

    /// Shows the rows of a piece in their order, in one block or several.
    fn read(
        &mut self,
        piece: Self::Piece,
        show: &mut impl FnMut(&Self::Block<'_>) -> Result<(), Error>,
    ) -> Result<(), Error>;
}

/// A file, and what a reader needs to know of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct FileToRead<'a> {
    /// Where it is.
    pub(super) path: &'a Path,
    /// Its name, for messages.
    pub(super) name: &'a str,
    /// What separates its cells, where that can be chosen.
    pub(super) delimiter: u8,
    /// Its encoding, where that can be chosen.
    pub(super) encoding: Encoding,
}

/// The columns that are wanted of a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns<'a> {
    /// Those of its rows.
    pub(super) rows: &'a [Wanted],
    /// The column that holds the events of rows, and the columns of those, where such are wanted.
    pub(super) held: Option<(&'static str, &'a [Wanted])>,
}

/// Something done in one way for all formats.
pub(super) trait ForFormat {
    /// What comes of it.
    type Output;

    /// Does it for one.
    fn run<F: Format>(self) -> Self::Output;
}

/// The name of a format is also the ending of its files.
const INPUT_FORMATS: &[(InputFormat, &str)] = &[
    (InputFormat::Csv, "csv"),
    (InputFormat::JsonLines, "jsonl"),
    (InputFormat::Json, "json"),
];

impl InputFormat {
    /// The format of a name such as `csv`.
    pub fn named(name: &str) -> Option<InputFormat> {
        let wanted = name.to_ascii_lowercase();
        let format = INPUT_FORMATS.iter().find(|(_, name)| *name == wanted);
        format.map(|(format, _)| *format)
    }

    /// The format that a file's ending tells.
    pub fn of(path: &Path) -> Option<InputFormat> {
        Self::named(path.extension()?.to_str()?)
    }

    /// The names of all formats that are read.
    pub fn names() -> impl Iterator<Item = &'static str> {
        INPUT_FORMATS.iter().map(|(_, name)| *name)
    }

    /// Does something in the way of the format.
    pub(super) fn run<T: ForFormat>(self, what: T) -> T::Output {
        match self {
            InputFormat::Csv => what.run::<read_csv::Csv>(),
            InputFormat::JsonLines => what.run::<read_json::JsonLines>(),
            InputFormat::Json => what.run::<read_json::JsonArray>(),
        }
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
