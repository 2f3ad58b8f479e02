//! The rows and cells of CSV text: where each stands, without a copy.
//!
//! A row ends at a line feed, a carriage return, or both together; an empty line is no row. A cell that begins with a
//! quote goes on to the next quote that is not doubled, whatever is in between; what follows that quote up to the
//! delimiter belongs to the cell as it stands. A quote elsewhere is a quote.

use std::borrow::Cow;

use memchr::{memchr, memrchr};

use super::block::{OddRow, Oddity};
use super::marks::Marks;

/// The rows of a text under a header: where their cells end.
#[derive(Clone, Debug, Default)]
pub(super) struct CsvRows {
    delimiter: u8,
    /// How many cells the header has.
    width: usize,
    rows: usize,
    /// For each row the place before its first cell, then where each cell ends, as many as the header has: a cell that is
    /// not there ends before it begins.
    places: Vec<u32>,
    odd: Vec<OddRow>,
}

/// A quote in a row that begins here is never closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OpenQuote {
    pub(super) row_start: usize,
}

/// The place before a text.
const BEFORE: u32 = u32::MAX;

/// The cells of the first row of a text, and where it ends; `None` where there is no row.
pub(super) fn first_row(text: &str, delimiter: u8) -> Result<Option<(Vec<String>, usize)>, OpenQuote> {
    let (mut row, mut end) = (Vec::new(), None);
    each_cell(text.as_bytes(), delimiter, |cell| {
        if cell.is_last && cell.end == cell.row_start {
            return true;
        }
        let written = text.get(cell.start..cell.end).unwrap_or_default();
        row.push(unquoted(written).into_owned());
        end = cell.is_last.then_some(text.len().min(cell.end + 1));
        !cell.is_last
    })?;
    Ok(end.map(|end| (row, end)))
}

impl CsvRows {
    /// No rows yet, under a header of so many cells.
    pub(super) fn new(delimiter: u8, width: usize) -> Self {
        Self {
            delimiter,
            width,
            ..Self::default()
        }
    }

    /// Finds the rows of a text, which begins with one. Those before a row whose quote is open are there all the same.
    pub(super) fn take_apart(&mut self, text: &str) -> Result<(), OpenQuote> {
        self.rows = 0;
        self.places.clear();
        self.odd.clear();
        self.places.push(BEFORE);
        let bytes = text.as_bytes();
        let taken = each_cell(bytes, self.delimiter, |cell| {
            self.places.push(cell.end as u32);
            if cell.is_last {
                self.end_row(bytes, cell.row_start, cell.end);
            }
            true
        });
        // A row may have begun that does not end.
        self.places.truncate(self.rows * self.stride());
        taken
    }

    /// Ends a row, unless nothing stands between two line ends, and begins the next.
    #[inline]
    fn end_row(&mut self, bytes: &[u8], start: usize, end: usize) {
        let (row, first) = (bytes.get(start..end).unwrap_or_default(), self.rows * self.stride());
        if row.is_empty() {
            self.places.truncate(first);
        } else {
            let count = self.places.len() - first - 1;
            if count != self.width || may_be_blank(row, self.delimiter) {
                let number = self.rows as u32;
                let oddity = self.oddity(row, count);
                self.odd.extend(oddity.map(|oddity| OddRow { row: number, oddity }));
                self.places.resize(first + self.stride(), end as u32);
            }
            self.rows += 1;
        }
        self.places.push(end as u32);
    }

    fn stride(&self) -> usize {
        self.width + 1
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

    /// What separates the cells.
    pub(super) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.rows
    }

    /// Where a row begins.
    pub(super) fn start(&self, row: usize) -> usize {
        let before = self.places.get(row * self.stride());
        before.map_or(0, |before| before.wrapping_add(1) as usize)
    }

    /// The text of a cell of a row under a column of the header; `None` where it is not there.
    #[inline]
    pub(super) fn cell<'t>(&self, text: &'t str, row: usize, place: usize) -> Option<Cow<'t, str>> {
        self.written(text, row, place).map(unquoted)
    }

    /// As [`cell`](Self::cell), of a cell without quotes; `None` for any other.
    #[inline]
    pub(super) fn plain<'t>(&self, text: &'t str, row: usize, place: usize) -> Option<&'t str> {
        let written = self.written(text, row, place)?;
        (written.as_bytes().first() != Some(&b'"')).then_some(written)
    }

    #[inline]
    fn written<'t>(&self, text: &'t str, row: usize, place: usize) -> Option<&'t str> {
        let at = row * self.stride() + place;
        match self.places.get(at..at + 2)? {
            [before, end] => text.get(before.wrapping_add(1) as usize..*end as usize),
            _ => None,
        }
    }

    /// The rows that are blank or uneven.
    pub(super) fn odd(&self) -> &[OddRow] {
        &self.odd
    }
}

/// Where a cell stands.
struct Cell {
    row_start: usize,
    start: usize,
    end: usize,
    /// Whether its row ends with it.
    is_last: bool,
}

/// Shows the cells of a text, row after row, as long as `show` wants more. The last row may end with the text.
#[inline]
fn each_cell(text: &[u8], delimiter: u8, mut show: impl FnMut(Cell) -> bool) -> Result<(), OpenQuote> {
    let has_quotes = memchr(b'"', text).is_some();
    let mut marks = Marks::new(text, [delimiter, b'\n', b'\r']);
    let (mut row_start, mut start) = (0, 0);
    loop {
        if has_quotes && text.get(start) == Some(&b'"') {
            let (close, _) = closing(text, start + 1).ok_or(OpenQuote { row_start })?;
            marks.skip_to(close + 1);
        }
        let end = match marks.next() {
            Some(end) => end,
            None if row_start < text.len() => text.len(),
            None => return Ok(()),
        };
        let is_last = text.get(end) != Some(&delimiter);
        let cell = Cell {
            row_start,
            start,
            end,
            is_last,
        };
        if !show(cell) {
            return Ok(());
        }
        start = end + 1;
        if is_last {
            row_start = start;
        }
    }
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

/// The text of a cell.
fn unquoted(written: &str) -> Cow<'_, str> {
    let Some(inner) = written.strip_prefix('"') else {
        return Cow::Borrowed(written);
    };
    let Some((close, has_doubled)) = closing(inner.as_bytes(), 0) else {
        return Cow::Borrowed(inner);
    };
    let (inside, behind) = (
        inner.get(..close).unwrap_or_default(),
        inner.get(close + 1..).unwrap_or_default(),
    );
    match has_doubled || !behind.is_empty() {
        true => Cow::Owned(inside.replace("\"\"", "\"") + behind),
        false => Cow::Borrowed(inside),
    }
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
        // Under a header that is wider than any row.
        let mut rows = CsvRows::new(b',', 70);
        rows.take_apart(text)?;
        let cell = |row, place| rows.cell(text, row, place).map(Cow::into_owned);
        let cells = |row| (0..70).map_while(|place| cell(row, place)).collect();
        let all: Vec<Vec<String>> = (0..rows.len()).map(cells).collect();
        let first = first_row(text, b',')?.map(|(first, _)| first);
        assert_eq!(first.as_ref(), all.first());
        Ok(all)
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
            if let (Ok(whole), Some(end)) = (rows(&text), end_of_rows(&text.as_bytes()[..start], b',')) {
                let (before, behind) = (rows(&text[..end]).unwrap(), rows(&text[end..]).unwrap());
                proptest::prop_assert_eq!([before, behind].concat(), whole);
            }
        }
    }

    #[test]
    fn odd_rows_are_blank_or_uneven() {
        let mut rows = CsvRows::new(b',', 3);
        let text = "a,b,c\n,,\n \"\" \n\"\",\"\",\"\"\na,b\na,b,c,d\na,b,c,,\"\"\n\"\",,x\n";
        rows.take_apart(text).unwrap();
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
