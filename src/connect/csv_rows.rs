//! The rows and cells of CSV text: where each stands, without a copy.
//!
//! A row ends at a line feed, a carriage return, or both together; an empty line is no row. A cell that begins with a
//! quote goes on to the next quote that is not doubled, whatever is in between; what follows that quote up to the
//! delimiter belongs to the cell as it stands. A quote elsewhere is a quote.

use std::borrow::Cow;

use memchr::{memchr, memrchr};

use super::block::{OddRow, Oddity};
use super::marks::Marks;

/// The rows of a text: where the cells stand that are read.
#[derive(Clone, Debug)]
pub(super) struct CsvRows {
    delimiter: u8,
    /// How many cells the header has.
    width: usize,
    /// For each cell of a row up to the last that is read, its place among those that are; [`UNREAD`] for others.
    places: Vec<usize>,
    /// How many cells of a row are read.
    read: usize,
    /// The cells that are read, row by row.
    cells: Vec<Span>,
    /// Where each row begins.
    starts: Vec<u32>,
    odd: Vec<OddRow>,
}

/// The place of a cell that is not read.
const UNREAD: usize = usize::MAX;

/// A cell: a part of the text, without its quotes.
#[derive(Clone, Copy, Debug, Default)]
struct Span {
    start: u32,
    end: u32,
    writing: Writing,
}

/// How a cell is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Writing {
    /// It is not there.
    #[default]
    Absent,
    /// As it is.
    Plain,
    /// Between quotes, some of them doubled, or with something behind the last.
    Quoted,
}

/// A quote in a row that begins here is never closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OpenQuote {
    pub(super) row_start: usize,
}

impl CsvRows {
    /// Reads of each row the cells at these places of the header, which has so many cells.
    pub(super) fn new(delimiter: u8, width: usize, wanted: &[usize]) -> Self {
        let last = wanted.iter().copied().max().map_or(0, |last| last + 1);
        let mut places = vec![UNREAD; last];
        let mut read = 0;
        for place in wanted {
            if let Some(free) = places.get_mut(*place).filter(|place| **place == UNREAD) {
                *free = read;
                read += 1;
            }
        }
        Self {
            delimiter,
            width,
            places,
            read,
            cells: Vec::new(),
            starts: Vec::new(),
            odd: Vec::new(),
        }
    }

    /// All cells of the first row of a text, and where the next begins; `None` where there is no row.
    pub(super) fn first(text: &str, delimiter: u8) -> Result<Option<(Vec<String>, usize)>, OpenQuote> {
        // INVARIANT: a row has fewer cells than it has bytes and one, but nobody needs so many.
        let most = text.bytes().filter(|byte| *byte == delimiter).count() + 1;
        let all: Vec<usize> = (0..most).collect();
        let mut rows = CsvRows::new(delimiter, 0, &all);
        let end = rows.take_apart(text, 1)?;
        let cells = rows.cells.iter().filter(|cell| cell.writing != Writing::Absent);
        let cells: Vec<String> = cells.map(|cell| cell.text(text).into_owned()).collect();
        Ok((!rows.starts.is_empty()).then_some((cells, end)))
    }

    /// The place among the cells that are read of a cell of the header.
    pub(super) fn place(&self, of_header: usize) -> Option<usize> {
        self.places.get(of_header).copied().filter(|place| *place != UNREAD)
    }

    /// Finds the rows of a text, which begins with one, up to so many; returns where it stopped.
    pub(super) fn take_apart(&mut self, text: &str, most_rows: usize) -> Result<usize, OpenQuote> {
        self.cells.clear();
        self.starts.clear();
        self.odd.clear();
        let bytes = text.as_bytes();
        let mut marks = Marks::new(bytes, [self.delimiter, b'\n', b'\r']);
        let mut at = 0;
        while self.starts.len() < most_rows {
            while matches!(bytes.get(at), Some(b'\n' | b'\r')) {
                at += 1;
            }
            if at >= bytes.len() {
                break;
            }
            marks.skip_to(at);
            at = self.row(bytes, at, &mut marks)?;
        }
        Ok(at)
    }

    /// Finds the cells of the row that begins here; returns where it ended.
    fn row(&mut self, bytes: &[u8], start: usize, marks: &mut Marks<'_, 3>) -> Result<usize, OpenQuote> {
        let first = self.cells.len();
        self.cells.resize(first + self.read, Span::default());
        let (mut at, mut count) = (start, 0);
        loop {
            let (cell, end) = match bytes.get(at) {
                Some(b'"') => quoted(bytes, at, marks).ok_or(OpenQuote { row_start: start })?,
                _ => plain(bytes, at, marks),
            };
            let place = self.places.get(count).map(|place| first.wrapping_add(*place));
            if let Some(read) = place.and_then(|place| self.cells.get_mut(place)) {
                *read = cell;
            }
            count += 1;
            at = end;
            if bytes.get(end) != Some(&self.delimiter) {
                break;
            }
            at += 1;
        }
        let row = bytes.get(start..at).unwrap_or_default();
        if count != self.width || may_be_blank(row, self.delimiter) {
            let row_number = self.starts.len() as u32;
            let oddity = self.oddity(row, count);
            self.odd.extend(oddity.map(|oddity| OddRow {
                row: row_number,
                oddity,
            }));
        }
        self.starts.push(start as u32);
        Ok(at)
    }

    /// What is odd about a row with so many cells.
    fn oddity(&self, row: &[u8], count: usize) -> Option<Oddity> {
        if row.split(|byte| *byte == self.delimiter).all(is_blank) {
            return Some(Oddity::Blank);
        }
        // A delimiter too many at the end of a line adds nothing.
        let extra = count.saturating_sub(self.width);
        let mut last = row.rsplitn(extra + 1, |byte| *byte == self.delimiter).take(extra);
        let is_even = count == self.width || (extra > 0 && last.all(is_blank));
        (!is_even).then_some(Oddity::Uneven {
            cells: count,
            columns: self.width,
        })
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    /// Where a row begins.
    pub(super) fn start(&self, row: usize) -> usize {
        self.starts.get(row).map_or(0, |start| *start as usize)
    }

    /// The text of a cell of a row by its [place](Self::place); `None` where it is not there.
    #[inline]
    pub(super) fn cell<'t>(&self, text: &'t str, row: usize, place: usize) -> Option<Cow<'t, str>> {
        let cell = self.cells.get(row * self.read + place)?;
        (cell.writing != Writing::Absent).then(|| cell.text(text))
    }

    /// The rows that are blank or uneven.
    pub(super) fn odd(&self) -> &[OddRow] {
        &self.odd
    }
}

impl Span {
    #[inline]
    fn text(self, text: &str) -> Cow<'_, str> {
        let written = text.get(self.start as usize..self.end as usize).unwrap_or_default();
        match self.writing {
            Writing::Absent | Writing::Plain => Cow::Borrowed(written),
            Writing::Quoted => Cow::Owned(unquoted(written)),
        }
    }
}

/// A cell without quotes, and where it ends.
#[inline]
fn plain(bytes: &[u8], start: usize, marks: &mut Marks<'_, 3>) -> (Span, usize) {
    let end = marks.next().unwrap_or(bytes.len());
    let cell = Span {
        start: start as u32,
        end: end as u32,
        writing: Writing::Plain,
    };
    (cell, end)
}

/// A cell that begins with a quote, and where it ends; `None` where the quote is never closed.
fn quoted(bytes: &[u8], start: usize, marks: &mut Marks<'_, 3>) -> Option<(Span, usize)> {
    let (close, has_doubled) = closing(bytes, start + 1)?;
    marks.skip_to(close + 1);
    let end = marks.next().unwrap_or(bytes.len());
    let is_simple = !has_doubled && end == close + 1;
    let (from, to) = if is_simple { (start + 1, close) } else { (start, end) };
    let cell = Span {
        start: from as u32,
        end: to as u32,
        writing: if is_simple { Writing::Plain } else { Writing::Quoted },
    };
    Some((cell, end))
}

/// Whether a row must be looked through to know whether anything is written in it: others begin with a letter, a digit
/// or a sign.
fn may_be_blank(row: &[u8], delimiter: u8) -> bool {
    match row {
        [b'"', next, ..] => *next == b'"' || !next.is_ascii_graphic(),
        [first, ..] => *first == delimiter || !first.is_ascii_graphic(),
        [] => true,
    }
}

/// Whether nothing is written in a cell.
fn is_blank(cell: &[u8]) -> bool {
    let cell = std::str::from_utf8(cell).map_or("?", str::trim);
    let inner = cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.unwrap_or(cell).trim().is_empty()
}

/// Where the quote is that closes a cell whose text begins here, and whether quotes in it are doubled.
fn closing(bytes: &[u8], start: usize) -> Option<(usize, bool)> {
    let (mut at, mut has_doubled) = (start, false);
    loop {
        let quote = at + memchr(b'"', bytes.get(at..)?)?;
        if bytes.get(quote + 1) != Some(&b'"') {
            return Some((quote, has_doubled));
        }
        has_doubled = true;
        at = quote + 2;
    }
}

/// The text of a cell that begins with a quote.
fn unquoted(written: &str) -> String {
    let inner = written.strip_prefix('"').unwrap_or(written);
    let Some((close, _)) = closing(inner.as_bytes(), 0) else {
        return inner.to_owned();
    };
    let (inside, behind) = (
        inner.get(..close).unwrap_or_default(),
        inner.get(close + 1..).unwrap_or_default(),
    );
    inside.replace("\"\"", "\"") + behind
}

/// Where the last whole row of some bytes ends, which begin with one; `None` where none does. Line ends between quotes
/// end no row. A carriage return at the very end does not yet tell whether a line feed follows.
pub(super) fn end_of_rows(bytes: &[u8], delimiter: u8) -> Option<usize> {
    let mut end = None;
    // Everything before `at` was looked through; no quote is open there.
    let mut at = 0;
    while let Some(quote) = memchr(b'"', bytes.get(at..)?).map(|found| at + found) {
        let before = quote.checked_sub(1).and_then(|before| bytes.get(before));
        let is_opening = before.is_none_or(|before| *before == delimiter || matches!(before, b'\n' | b'\r'));
        end = last_line_end(bytes, at, quote).or(end);
        if !is_opening {
            at = quote + 1;
            continue;
        }
        match closing(bytes, quote + 1) {
            // A quote at the very end may be the first of two.
            Some((close, _)) if close + 1 < bytes.len() => at = close + 1,
            Some(_) | None => return end,
        }
    }
    last_line_end(bytes, at, bytes.len()).or(end)
}

/// Behind the last line end of a part of the bytes.
fn last_line_end(bytes: &[u8], from: usize, to: usize) -> Option<usize> {
    let part = bytes.get(from..to)?;
    let feed = memrchr(b'\n', part);
    let end = feed.or_else(|| memrchr(b'\r', part).filter(|end| from + end + 1 < bytes.len()))?;
    Some(from + end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All cells of all rows.
    fn rows(text: &str) -> Result<Vec<Vec<String>>, OpenQuote> {
        let all: Vec<usize> = (0..text.len() + 1).collect();
        let mut rows = CsvRows::new(b',', 0, &all);
        rows.take_apart(text, usize::MAX)?;
        let cell = |row, place| rows.cell(text, row, place).map(Cow::into_owned);
        let cells = |row| all.iter().map_while(|place| cell(row, *place)).collect();
        Ok((0..rows.len()).map(cells).collect())
    }

    /// The same by the `csv` crate.
    fn records(text: &str) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let records = reader.records().map(|record| record.unwrap());
        records
            .map(|record| record.iter().map(str::to_owned).collect())
            .collect()
    }

    /// Texts of signs that mean something to CSV.
    fn texts() -> impl proptest::strategy::Strategy<Value = String> {
        "(a|é|,|\"|\"\"|\n|\r|\r\n| |bcdefghijklmnopqrstuvwxyz){0,60}"
    }

    proptest::proptest! {
        #[test]
        fn rows_are_those_of_the_csv_crate(text in texts()) {
            let mut closed = records(&format!("{text}\nend\n"));
            let last = closed.pop();
            match rows(&text) {
                Ok(rows) => {
                    proptest::prop_assert_eq!(last, Some(vec!["end".to_owned()]));
                    proptest::prop_assert_eq!(rows, closed);
                }
                Err(_) => proptest::prop_assert_ne!(last, Some(vec!["end".to_owned()])),
            }
        }

        #[test]
        fn whole_rows_end_where_a_row_ends(text in texts(), at in 0usize..200) {
            let start = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
            if let (Ok(whole), Some(end)) = (rows(&text), end_of_rows(text[..start].as_bytes(), b',')) {
                let (before, behind) = (rows(&text[..end]).unwrap(), rows(&text[end..]).unwrap());
                proptest::prop_assert_eq!([before, behind].concat(), whole);
            }
        }
    }

    #[test]
    fn odd_rows_are_blank_or_uneven() {
        let mut rows = CsvRows::new(b',', 3, &[0, 2]);
        let text = "a,b,c\n,,\n \"\" \n\"\",\"\",\"\"\na,b\na,b,c,d\na,b,c,,\"\"\n\"\",,x\n";
        rows.take_apart(text, usize::MAX).unwrap();
        let odd: Vec<_> = rows.odd().iter().map(|odd| (odd.row, odd.oddity)).collect();
        let uneven = |cells| Oddity::Uneven { cells, columns: 3 };
        let expected = [
            (1, Oddity::Blank),
            (2, Oddity::Blank),
            (3, Oddity::Blank),
            (4, uneven(2)),
            (5, uneven(4)),
        ];
        assert_eq!(odd, expected);
    }
}
