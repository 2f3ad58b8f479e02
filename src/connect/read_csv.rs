//! CSV, with any delimiter, line end and quoting that spreadsheets write.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use csv::{ErrorKind, ReaderBuilder, StringRecord};

use super::Error;
use super::format::About;
use super::row::{MOST_ROW_BYTES, Raw, Row, TakeRows, Wanted, locate};
use super::stream;

/// Follows the text, so that a quote that nobody closes is found: its cell goes on into this line.
const END: &[u8] = b"\nend\n";

/// The cell of that line.
const LAST: &str = "end";

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
    meter: Rc<Meter>,
}

impl<'a> Records<'a> {
    fn new(text: Box<dyn BufRead>, about: About<'a>) -> Self {
        let meter = Rc::new(Meter::default());
        let metered = Metered {
            text,
            end: END,
            meter: Rc::clone(&meter),
        };
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(about.delimiter)
            .buffer_capacity(256 * 1024)
            .from_reader(metered);
        Self { about, reader, meter }
    }

    /// Reads the next record; false at the end of the file.
    fn next(&mut self, record: &mut StringRecord) -> Result<bool, Error> {
        self.meter.of_row.set(0);
        if !self.reader.read_record(record).map_err(|error| self.failed(error))? {
            return Ok(false);
        }
        let Some(length) = self.meter.length.get() else {
            return Ok(true);
        };
        // The line end before the last line may belong to the row before it, and nothing else does.
        if self.reader.position().byte() <= length + 1 {
            return Ok(true);
        }
        match record.len() == 1 && record.get(0) == Some(LAST) {
            true => Ok(false),
            false => Err(self.malformed(
                line_of(record),
                "a quote in this row is never closed",
                Some("close it, or write a quote that belongs to the text twice and the text between quotes"),
            )),
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

/// What is known of the bytes that were read.
#[derive(Default)]
struct Meter {
    /// How many were read for one row.
    of_row: Cell<u64>,
    /// How many were read at all.
    read: Cell<u64>,
    /// How many the file has, once its end was met.
    length: Cell<Option<u64>>,
}

/// Counts the bytes that are read, stops where no row can be so long, and adds the last line.
struct Metered {
    text: Box<dyn BufRead>,
    end: &'static [u8],
    meter: Rc<Meter>,
}

impl Read for Metered {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let meter = &self.meter;
        if meter.length.get().is_some() {
            return self.end.read(into);
        }
        let count = self.text.read(into)?;
        if count == 0 && !into.is_empty() {
            meter.length.set(Some(meter.read.get()));
            return self.end.read(into);
        }
        meter.read.set(meter.read.get() + count as u64);
        meter.of_row.set(meter.of_row.get() + count as u64);
        match meter.of_row.get() {
            0..=MOST_ROW_BYTES => Ok(count),
            _ => Err(io::ErrorKind::FileTooLarge.into()),
        }
    }
}
