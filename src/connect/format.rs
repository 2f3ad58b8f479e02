//! The formats of data: one table of those that are read, and one of those that are written.

use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::Path;

use serde::Deserialize;

use super::Error;
use super::block::{Block, Wanted};
use super::config::{Delimiter, Encoding};
#[cfg(feature = "parquet")]
use super::parquet;
use super::{read_csv, read_json, write_csv, write_json};
use crate::plan::ResultColumn;
use crate::score::Scores;
use crate::table::Contacts;
use crate::threads;

/// A format that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum InputFormat {
    /// Comma-separated values, or any other delimiter.
    Csv,
    /// The same, with a tab where no delimiter is given.
    Tsv,
    /// An object a line.
    JsonLines,
    /// An array of objects.
    Json,
    /// Apache Parquet.
    #[cfg(feature = "parquet")]
    Parquet,
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
    pub(super) delimiter: Delimiter,
    /// Its encoding, where that can be chosen.
    pub(super) encoding: Encoding,
}

/// The columns that are wanted of a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns<'a> {
    /// Those of its rows.
    pub(super) rows: &'a [Wanted],
    /// Which of them holds the events of rows, and the columns of those, where such are wanted. A format that nests
    /// events takes its lists apart, and gives what else stands there as the value of the row.
    pub(super) held: Option<(usize, &'a [Wanted])>,
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
    (InputFormat::Tsv, "tsv"),
    (InputFormat::JsonLines, "jsonl"),
    (InputFormat::Json, "json"),
    #[cfg(feature = "parquet")]
    (InputFormat::Parquet, "parquet"),
];

/// Other endings of files.
const OTHER_ENDINGS: &[(InputFormat, &str)] = &[(InputFormat::Tsv, "tab"), (InputFormat::JsonLines, "ndjson")];

impl InputFormat {
    /// The format of a name such as `csv`.
    pub fn named(name: &str) -> Option<InputFormat> {
        let wanted = name.to_ascii_lowercase();
        let formats = INPUT_FORMATS.iter().chain(OTHER_ENDINGS);
        let format = { formats }.find(|(_, name)| *name == wanted);
        format.map(|(format, _)| *format)
    }

    /// The format that a file's ending tells.
    pub fn of(path: &Path) -> Option<InputFormat> {
        Self::named(path.extension()?.to_str()?)
    }

    /// The name.
    pub(super) fn name(self) -> &'static str {
        let named = INPUT_FORMATS.iter().find(|(format, _)| *format == self);
        named.map_or("", |(_, name)| name)
    }

    /// The names of all formats that are read.
    pub fn names() -> impl Iterator<Item = &'static str> {
        INPUT_FORMATS.iter().map(|(_, name)| *name)
    }

    /// What separates the cells, where that can be chosen and is not.
    pub(super) fn delimiter(self) -> Delimiter {
        match self {
            InputFormat::Tsv => Delimiter::TAB,
            InputFormat::Csv | InputFormat::JsonLines | InputFormat::Json => Delimiter::COMMA,
            #[cfg(feature = "parquet")]
            InputFormat::Parquet => Delimiter::COMMA,
        }
    }

    /// Does something in the way of the format.
    pub(super) fn run<T: ForFormat>(self, what: T) -> T::Output {
        match self {
            InputFormat::Csv | InputFormat::Tsv => what.run::<read_csv::Csv>(),
            InputFormat::JsonLines => what.run::<read_json::JsonLines>(),
            InputFormat::Json => what.run::<read_json::JsonArray>(),
            #[cfg(feature = "parquet")]
            InputFormat::Parquet => what.run::<parquet::Parquet>(),
        }
    }
}

impl TryFrom<String> for InputFormat {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::named(&name).ok_or_else(|| {
            left_out(&name).unwrap_or_else(|| format!("no format {name:?} is read; those that are: {}", known_inputs()))
        })
    }
}

/// The names of the formats, for messages.
pub(super) fn known_inputs() -> String {
    InputFormat::names().collect::<Vec<_>>().join(", ")
}

/// The formats that this program was built without: the names of their features.
const LEFT_OUT: &[&str] = &[
    #[cfg(not(feature = "parquet"))]
    "parquet",
];

/// How to get a format that this program was built without.
pub fn left_out(name: &str) -> Option<String> {
    let feature = LEFT_OUT.iter().find(|feature| name.eq_ignore_ascii_case(feature))?;
    Some(format!(
        "this leadscore was built without {feature}: `cargo install leadscore --features {feature}` has it"
    ))
}

/// A format in which results are written: a row of the table.
#[derive(Clone, Copy, Debug)]
pub struct OutputFormat(&'static Writing);

#[derive(Debug)]
struct Writing {
    name: &'static str,
    /// How it is written part by part, where it can be.
    text: Option<TextFormat>,
    write: WriteResults,
}

/// Writes the results of contacts, given by their rows, on so many threads.
type WriteResults = fn(Results<'_>, &[usize], NonZeroUsize, &mut (dyn Write + Send)) -> io::Result<()>;

/// The name of a format is also the ending of its files.
const OUTPUT_FORMATS: &[Writing] = &[
    Writing {
        name: "csv",
        text: Some(write_csv::CSV),
        write: |results, rows, threads, into| write_csv::CSV.write(results, rows, threads, into),
    },
    Writing {
        name: "jsonl",
        text: Some(write_json::LINES),
        write: |results, rows, threads, into| write_json::LINES.write(results, rows, threads, into),
    },
    Writing {
        name: "json",
        text: Some(write_json::ARRAY),
        write: |results, rows, threads, into| write_json::ARRAY.write(results, rows, threads, into),
    },
    #[cfg(feature = "parquet")]
    Writing {
        name: "parquet",
        text: None,
        write: parquet::write,
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

/// A format whose results can be written part by part: each on its own, on any thread.
#[derive(Clone, Copy, Debug)]
pub struct TextFormat {
    /// What stands before the first part, by the columns.
    pub(super) begin: fn(&[ResultColumn]) -> Vec<u8>,
    /// What a part adds for some of its rows, which are one at least.
    pub(super) rows: fn(Results<'_>, &mut dyn Iterator<Item = usize>) -> Vec<u8>,
    /// What stands between two parts.
    pub(super) between: &'static [u8],
    /// What stands behind the last part.
    pub(super) end: &'static [u8],
    /// What stands at the end where there is no part.
    pub(super) end_of_none: &'static [u8],
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

    /// The way to write it part by part, where there is one.
    pub fn text(self) -> Option<TextFormat> {
        self.0.text
    }

    /// Writes the results of contacts, given by their rows in this order, made on so many threads. Columns stand in
    /// their order; numbers are written exactly; what is missing is empty, or `null`.
    pub fn write(
        self,
        results: Results<'_>,
        rows: &[usize],
        threads: NonZeroUsize,
        into: &mut (dyn Write + Send),
    ) -> io::Result<()> {
        (self.0.write)(results, rows, threads, into)
    }
}

/// So many rows are written at once.
const ROWS_AT_ONCE: usize = 1 << 14;

impl TextFormat {
    /// Writes the results of contacts in parts that are made on so many threads.
    fn write(
        self,
        results: Results<'_>,
        rows: &[usize],
        threads: NonZeroUsize,
        into: &mut (dyn Write + Send),
    ) -> io::Result<()> {
        let mut writer = self.begin(results.scores.columns(), into)?;
        let mut parts = rows.chunks(ROWS_AT_ONCE);
        threads::in_order(
            &mut vec![(); threads.get()],
            || Ok(parts.next()),
            |(), rows| Ok(self.rows(results, &mut rows.iter().copied())),
            |part| writer.part(&part),
        )?;
        writer.end()
    }

    /// Begins a text of parts.
    pub fn begin<'w>(self, columns: &[ResultColumn], into: &'w mut (dyn Write + Send)) -> io::Result<Parts<'w>> {
        into.write_all(&(self.begin)(columns))?;
        Ok(Parts {
            format: self,
            into,
            is_first: true,
        })
    }

    /// What the results of some contacts add; nothing for none.
    pub fn rows(self, results: Results<'_>, rows: &mut dyn ExactSizeIterator<Item = usize>) -> Vec<u8> {
        match rows.len() {
            0 => Vec::new(),
            _ => (self.rows)(results, &mut &mut *rows),
        }
    }
}

/// Results that are written part by part.
pub struct Parts<'w> {
    format: TextFormat,
    into: &'w mut (dyn Write + Send),
    is_first: bool,
}

impl Parts<'_> {
    /// Writes what [`TextFormat::rows`] made of the next contacts.
    pub fn part(&mut self, rows: &[u8]) -> io::Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        if !std::mem::take(&mut self.is_first) {
            self.into.write_all(self.format.between)?;
        }
        self.into.write_all(rows)
    }

    /// Ends the text.
    pub fn end(self) -> io::Result<()> {
        let end = if self.is_first {
            self.format.end_of_none
        } else {
            self.format.end
        };
        self.into.write_all(end)?;
        self.into.flush()
    }
}
