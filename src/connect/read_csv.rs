//! CSV, with any delimiter, line end and quoting that spreadsheets write.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use csv::{ErrorKind, ReaderBuilder, StringRecord};

use super::Error;
use super::format::About;
use super::row::{MOST_ROW_BYTES, Raw, Row, TakeRows, Wanted, locate};
use super::stream;

/// Follows the text, so that a quote that nobody closes is found: it would swallow this line, too.
const END: &str = "\n\u{1}leadscore: end of file\n";

/// Reads the rows of a CSV file with a header.
pub(super) fn read(
    text: Box<dyn BufRead>,
    about: About<'_>,
    wanted: &[Wanted],
    take: &mut dyn TakeRows,
) -> Result<(), Error> {
    let mut records = Records::new(text, about);
    let mut record = StringRecord::new();
    if !records.next(&mut record)? {
        return Err(records.malformed(
            1,
            "it is empty",
            Some("its first line is the header: the columns' names"),
        ));
    }
    let header: Vec<&str> = record.iter().collect();
    let places = locate(about.file, wanted, &header, Some(about.delimiter))?;
    let width = header.len();
    take.columns(&header)?;
    while records.next(&mut record)? {
        take.row(&CsvRow {
            record: &record,
            places: &places,
            width,
        })?;
    }
    Ok(())
}

struct CsvRow<'a> {
    record: &'a StringRecord,
    places: &'a [Option<usize>],
    width: usize,
}

impl Row for CsvRow<'_> {
    fn line(&self) -> u64 {
        line_of(self.record)
    }

    fn value(&self, wanted: usize) -> Raw<'_> {
        let place = self.places.get(wanted).copied().flatten();
        match place.and_then(|place| self.record.get(place)) {
            Some(text) => Raw::Text(text.into()),
            None => Raw::Missing,
        }
    }

    fn is_blank(&self) -> bool {
        self.record.iter().all(|cell| cell.trim().is_empty())
    }

    fn unevenness(&self) -> Option<(usize, usize)> {
        let cells = self.record.len();
        // A delimiter too many at the end of a line adds nothing.
        let extra_are_blank = || self.record.iter().skip(self.width).all(|cell| cell.trim().is_empty());
        let uneven = cells < self.width || (cells > self.width && !extra_are_blank());
        uneven.then_some((cells, self.width))
    }
}

fn line_of(record: &StringRecord) -> u64 {
    record.position().map_or(1, csv::Position::line)
}

/// The records of a file, up to its end.
struct Records<'a> {
    about: About<'a>,
    reader: csv::Reader<Metered>,
    bytes_of_row: Rc<Cell<u64>>,
}

impl<'a> Records<'a> {
    fn new(text: Box<dyn BufRead>, about: About<'a>) -> Self {
        let bytes_of_row = Rc::new(Cell::new(0));
        let metered = Metered {
            text: text.chain(END.as_bytes()),
            bytes: Rc::clone(&bytes_of_row),
        };
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(about.delimiter)
            .buffer_capacity(256 * 1024)
            .from_reader(metered);
        Self {
            about,
            reader,
            bytes_of_row,
        }
    }

    /// Reads the next record; false at the end of the file.
    fn next(&mut self, record: &mut StringRecord) -> Result<bool, Error> {
        self.bytes_of_row.set(0);
        match self.reader.read_record(record) {
            Ok(true) if is_end(record) => Ok(false),
            Ok(true) => Ok(true),
            // The end was not seen as a record of its own.
            Ok(false) => Err(self.malformed(
                line_of(record),
                "a quote in this row is never closed",
                Some("close it, or write a quote that belongs to the text twice and the text between quotes"),
            )),
            Err(error) => Err(self.failed(error)),
        }
    }

    fn failed(&self, error: csv::Error) -> Error {
        let line = error.position().map_or(1, csv::Position::line);
        match error.into_kind() {
            ErrorKind::Utf8 { pos, .. } => {
                stream::not_utf8(self.about.file, pos.as_ref().map_or(line, csv::Position::line))
            }
            ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => self.malformed(
                self.reader.position().line(),
                "a row has more than 256 MB",
                Some("a quote may be open, or the file is not CSV"),
            ),
            ErrorKind::Io(error) => stream::failed(self.about.file, error),
            // Without a fixed number of cells and without headers of its own, the reader has no other errors.
            _ => self.malformed(line, "it cannot be taken apart", None),
        }
    }

    fn malformed(&self, row: u64, message: &str, help: Option<&str>) -> Error {
        Error::Malformed {
            file: self.about.file.to_owned(),
            row,
            format: "CSV",
            message: message.to_owned(),
            help: help.map(str::to_owned),
        }
    }
}

fn is_end(record: &StringRecord) -> bool {
    record.len() == 1 && record.get(0) == Some(END.trim_ascii())
}

/// Counts the bytes that are read for one row, and stops where no row can be so long.
struct Metered {
    text: io::Chain<Box<dyn BufRead>, &'static [u8]>,
    bytes: Rc<Cell<u64>>,
}

impl Read for Metered {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.text.read(into)?;
        self.bytes.set(self.bytes.get() + read as u64);
        if self.bytes.get() > MOST_ROW_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(read)
    }
}
