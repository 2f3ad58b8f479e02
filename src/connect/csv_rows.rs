//! The rows and cells of CSV text: where each stands, without a copy.
//!
//! A row ends at a line feed, a carriage return, or both together; an empty line is no row. A cell that begins with a
//! quote goes on to the next quote that is not doubled, whatever is in between; what follows that quote up to the
//! delimiter belongs to the cell as it stands. A quote elsewhere is a quote.

use std::borrow::Cow;

use memchr::{memchr, memrchr};

use super::block::{OddRow, Oddity};
use super::marks::Marks;

/// The rows of a text: where their cells end.
#[derive(Clone, Debug, Default)]
pub(super) struct CsvRows {
    delimiter: u8,
    /// How many cells the header has.
    width: usize,
    /// Where each cell ends.
    ends: Vec<u32>,
    /// Where each row begins, and which of the cells is its first; at the last place, where the text ends.
    rows: Vec<(u32, u32)>,
    odd: Vec<OddRow>,
}

/// A quote in a row that begins here is never closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OpenQuote {
    pub(super) row_start: usize,
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

    /// The cells of the first row of a text, and where it ends; `None` where there is no row.
    pub(super) fn first(text: &str, delimiter: u8) -> Result<Option<(Vec<String>, usize)>, OpenQuote> {
        let mut rows = CsvRows::new(delimiter, 0);
        let end = rows.take_apart(text, 1)?;
        let cells = |row| (0..).map_while(move |place| Some((row, place)));
        let cells = cells(0).map_while(|(row, place)| rows.cell(text, row, place).map(Cow::into_owned));
        Ok((rows.len() > 0).then(|| (cells.collect(), end)))
    }

    /// Finds the rows of a text, which begins with one, up to so many; returns where it stopped. Those before a row whose
    /// quote is open are there all the same.
    pub(super) fn take_apart(&mut self, text: &str, most_rows: usize) -> Result<usize, OpenQuote> {
        self.ends.clear();
        self.rows.clear();
        self.odd.clear();
        let bytes = text.as_bytes();
        let has_quotes = memchr(b'"', bytes).is_some();
        let mut marks = Marks::new(bytes, [self.delimiter, b'\n', b'\r']);
        let mut row = Row {
            start: 0,
            first: 0,
            cell: 0,
        };
        while self.rows.len() < most_rows {
            if has_quotes && bytes.get(row.cell) == Some(&b'"') {
                let Some((close, _)) = closing(bytes, row.cell + 1) else {
                    self.ends.truncate(row.first);
                    self.rows.push((row.start as u32, row.first as u32));
                    return Err(OpenQuote { row_start: row.start });
                };
                marks.skip_to(close + 1);
            }
            let Some(end) = marks.next() else { break };
            if bytes.get(end) == Some(&self.delimiter) {
                self.ends.push(end as u32);
                row.cell = end + 1;
            } else {
                row = self.end_row(bytes, row, end);
            }
        }
        // The last row may end with the text.
        if self.rows.len() < most_rows && row.start < bytes.len() {
            row = self.end_row(bytes, row, bytes.len());
        }
        self.rows.push((row.start as u32, row.first as u32));
        Ok(row.start.min(bytes.len()))
    }

    /// Ends a row, unless nothing stands between two line ends; returns the next.
    #[inline]
    fn end_row(&mut self, bytes: &[u8], row: Row, end: usize) -> Row {
        if end > row.start {
            self.ends.push(end as u32);
            let (count, text) = (
                self.ends.len() - row.first,
                bytes.get(row.start..end).unwrap_or_default(),
            );
            if count != self.width || may_be_blank(text, self.delimiter) {
                let number = self.rows.len() as u32;
                let oddity = self.oddity(text, count);
                self.odd.extend(oddity.map(|oddity| OddRow { row: number, oddity }));
            }
            self.rows.push((row.start as u32, row.first as u32));
        }
        Row {
            start: end + 1,
            first: self.ends.len(),
            cell: end + 1,
        }
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
        self.rows.len().saturating_sub(1)
    }

    /// Where a row begins.
    pub(super) fn start(&self, row: usize) -> usize {
        self.rows.get(row).map_or(0, |(start, _)| *start as usize)
    }

    /// The text of a cell of a row; `None` where it is not there.
    #[inline]
    pub(super) fn cell<'t>(&self, text: &'t str, row: usize, place: usize) -> Option<Cow<'t, str>> {
        let (&(start, first), &(_, next)) = (self.rows.get(row)?, self.rows.get(row + 1)?);
        let at = first as usize + place;
        if at >= next as usize {
            return None;
        }
        let start = match place {
            0 => start as usize,
            _ => *self.ends.get(at - 1)? as usize + 1,
        };
        let written = text.get(start..*self.ends.get(at)? as usize)?;
        Some(match written.as_bytes().first() {
            Some(b'"') => unquoted(written),
            _ => Cow::Borrowed(written),
        })
    }

    /// The text of a cell of a row without quotes; `None` for any other.
    #[inline]
    pub(super) fn plain<'t>(&self, text: &'t str, row: usize, place: usize) -> Option<&'t str> {
        let [(start, first), (_, next)] = self.rows.get(row..row + 2)? else {
            return None;
        };
        let at = *first as usize + place;
        if at >= *next as usize {
            return None;
        }
        let (start, end) = match place {
            0 => (*start, *self.ends.get(at)?),
            _ => match self.ends.get(at - 1..=at)? {
                [before, end] => (before + 1, *end),
                _ => return None,
            },
        };
        let written = text.get(start as usize..end as usize)?;
        (written.as_bytes().first() != Some(&b'"')).then_some(written)
    }

    /// The rows that are blank or uneven.
    pub(super) fn odd(&self) -> &[OddRow] {
        &self.odd
    }
}

/// A row whose end is looked for.
#[derive(Clone, Copy)]
struct Row {
    /// Where it begins.
    start: usize,
    /// Which of all cells is its first.
    first: usize,
    /// Where the cell begins whose end is looked for.
    cell: usize,
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
fn unquoted(written: &str) -> Cow<'_, str> {
    let inner = written.strip_prefix('"').unwrap_or(written);
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
        let mut rows = CsvRows::new(b',', 0);
        rows.take_apart(text, usize::MAX)?;
        let cell = |row, place| rows.cell(text, row, place).map(Cow::into_owned);
        let cells = |row| (0..).map_while(|place| cell(row, place)).collect();
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
