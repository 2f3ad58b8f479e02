//! CSV, with any delimiter, line end and quoting that spreadsheets write.

use std::cell::{Cell, OnceCell};

use super::Error;
use super::block::{Block, NoEvents, OddRow, Raw, locate};
use super::chunks::{Chunk, Chunks, NoChunk};
use super::csv_rows::{CsvRows, OpenQuote, end_of_rows, first_row};
use super::format::{Columns, FileToRead, Format, Opened, Parser, Pieces};
use super::lines::line_ends;
use super::stream;

/// The format.
pub(super) struct Csv;

impl Format for Csv {
    type Piece = Chunk;
    type Pieces<'a> = CsvPieces<'a>;
    type Parser<'a> = CsvParser<'a>;

    fn open<'a>(file: FileToRead<'a>, wanted: Columns<'a>) -> Result<Opened<'a, Self>, Error> {
        let text = stream::open(file.path, file.encoding)?;
        let mut pieces = CsvPieces {
            file: file.name,
            chunks: Chunks::new(text, file.name, file.delimiter.0, end_of_rows),
            first: None,
        };
        let header = pieces.header(file.delimiter.0)?;
        let names: Vec<&str> = header.iter().map(String::as_str).collect();
        let parser = CsvParser {
            file: file.name,
            places: locate(file.name, wanted.rows, &names, Some(file.delimiter.0))?,
            rows: CsvRows::new(file.delimiter.0, header.len()),
        };
        Ok(Opened {
            columns: header,
            pieces,
            parser,
        })
    }
}

/// The pieces of a file below its header.
pub(super) struct CsvPieces<'a> {
    file: &'a str,
    chunks: Chunks<'a>,
    /// What follows the header in the first chunk.
    first: Option<Chunk>,
}

impl CsvPieces<'_> {
    /// Takes the header off.
    fn header(&mut self, delimiter: u8) -> Result<Vec<String>, Error> {
        while let Some(mut chunk) = self.next_chunk()? {
            let text = text_of(self.file, &chunk)?;
            let first = first_row(text, delimiter).map_err(|open| open_quote(self.file, text, chunk.line, open))?;
            let Some((header, end)) = first else { continue };
            chunk.line += line_ends(text.as_bytes(), 0, end);
            chunk.bytes.drain(..end);
            self.first = Some(chunk);
            return Ok(header);
        }
        let help = "its first line is the header: the columns' names";
        Err(malformed(self.file, 1, "it is empty", Some(help)))
    }

    fn next_chunk(&mut self) -> Result<Option<Chunk>, Error> {
        self.chunks.next().map_err(|no_chunk| match no_chunk {
            NoChunk::Broken(error) => error,
            NoChunk::TooLong(line) => {
                let help = "a quote may be open, or the file is not CSV";
                malformed(self.file, line, "a row has more than 256 MB", Some(help))
            }
        })
    }
}

impl Pieces for CsvPieces<'_> {
    type Piece = Chunk;

    fn next(&mut self) -> Result<Option<Chunk>, Error> {
        match self.first.take() {
            Some(chunk) => Ok(Some(chunk)),
            None => self.next_chunk(),
        }
    }
}

/// Takes chunks of rows apart.
#[derive(Clone)]
pub(super) struct CsvParser<'a> {
    file: &'a str,
    /// The place of each wanted column in the header.
    places: Vec<Option<usize>>,
    rows: CsvRows,
}

impl Parser for CsvParser<'_> {
    type Piece = Chunk;
    type Block<'b> = CsvBlock<'b>;

    fn read(&mut self, piece: Chunk, show: &mut impl FnMut(&CsvBlock<'_>) -> Result<(), Error>) -> Result<(), Error> {
        let (text, not_text) = match text_of(self.file, &piece) {
            Ok(text) => (text, None),
            Err(error) => (self.text_before(&piece), Some(error)),
        };
        let taken = self.rows.take_apart(text);
        // What stands before a mistake comes first: it may have a mistake of its own.
        show(&CsvBlock {
            text,
            first_line: piece.line,
            places: &self.places,
            rows: &self.rows,
            line: Cell::new((0, piece.line)),
            rows_are_lines: OnceCell::new(),
        })?;
        taken.map_err(|open| open_quote(self.file, text, piece.line, open))?;
        not_text.map_or(Ok(()), Err)
    }
}

impl CsvParser<'_> {
    /// The whole rows of a piece before the first byte that is no text.
    fn text_before<'c>(&self, piece: &'c Chunk) -> &'c str {
        let Err(error) = std::str::from_utf8(&piece.bytes) else {
            return "";
        };
        let valid = piece.bytes.get(..error.valid_up_to()).unwrap_or_default();
        let rows = end_of_rows(valid, self.rows.delimiter()).and_then(|end| valid.get(..end));
        rows.and_then(|rows| std::str::from_utf8(rows).ok()).unwrap_or_default()
    }
}

/// Rows of a CSV file.
pub(super) struct CsvBlock<'a> {
    text: &'a str,
    first_line: u64,
    places: &'a [Option<usize>],
    rows: &'a CsvRows,
    /// Where the row begins whose line was asked for last, and the line.
    line: Cell<(usize, u64)>,
    /// Whether each row is a line, once it was asked.
    rows_are_lines: OnceCell<bool>,
}

impl CsvBlock<'_> {
    /// Whether each row is a line: between the first and the last there are no more line ends than rows.
    fn rows_are_lines(&self) -> bool {
        *self.rows_are_lines.get_or_init(|| {
            let last = self.rows.len().saturating_sub(1);
            line_ends(self.text.as_bytes(), 0, self.rows.start(last)) == last as u64
        })
    }
}

impl Block for CsvBlock<'_> {
    type Events = NoEvents;

    fn rows(&self) -> usize {
        self.rows.len()
    }

    #[inline]
    fn value(&self, row: usize, wanted: usize) -> Raw<'_> {
        let place = self.places.get(wanted).copied().flatten();
        let cell = place.and_then(|place| self.rows.cell(self.text, row, place));
        cell.map_or(Raw::Missing, Raw::Text)
    }

    #[inline]
    fn text(&self, row: usize, wanted: usize) -> Option<&str> {
        let place = self.places.get(wanted).copied().flatten()?;
        self.rows.plain(self.text, row, place)
    }

    fn line(&self, row: usize) -> u64 {
        if self.rows_are_lines() {
            return self.first_line + row as u64;
        }
        let start = self.rows.start(row);
        // Lines are asked for in the order of the rows, or nearly.
        let (at, line) = match self.line.get() {
            (at, line) if at <= start => (at, line),
            _ => (0, self.first_line),
        };
        let line = line + line_ends(self.text.as_bytes(), at, start);
        self.line.set((start, line));
        line
    }

    fn odd_rows(&self) -> &[OddRow] {
        self.rows.odd()
    }
}

fn text_of<'c>(file: &str, chunk: &'c Chunk) -> Result<&'c str, Error> {
    std::str::from_utf8(&chunk.bytes).map_err(|error| {
        let lines = line_ends(&chunk.bytes, 0, error.valid_up_to());
        stream::not_utf8(file, chunk.line + lines)
    })
}

fn open_quote(file: &str, text: &str, first_line: u64, open: OpenQuote) -> Error {
    let line = first_line + line_ends(text.as_bytes(), 0, open.row_start);
    let help = "close it, or write a quote that belongs to the text twice and the text between quotes";
    malformed(file, line, "a quote in this row is never closed", Some(help))
}

fn malformed(file: &str, row: u64, message: &str, help: Option<&str>) -> Error {
    Error::Malformed {
        file: file.to_owned(),
        row,
        format: "CSV",
        message: message.to_owned(),
        help: help.map(str::to_owned),
    }
}
