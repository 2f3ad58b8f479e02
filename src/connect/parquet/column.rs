//! One column of a row group, decoded a few rows at a time.

use bytes::{Buf, Bytes};
use parquet::basic::Encoding;
use parquet::column::page::{Page, PageReader};

use super::broken::{Broken, guarded};
use super::hybrid::Hybrid;
use super::records::Records;
use super::values::{Layout, Values};
use crate::connect::block::{Coded, Moments, Raw};

/// A column, and the rows of it that were decoded last.
pub(super) struct Column {
    layout: Layout,
    /// Whether values may be missing.
    is_optional: bool,
    source: Source,
    page: Rest,
    /// The values that codes stand for.
    dictionary: Values,
    /// The number of the dictionary among those of this column of the file.
    number: u64,
    /// For each row 1 where it has a value.
    levels: Vec<u32>,
    /// The place of each row's value among those of the dictionary, or among the plain ones.
    places: Vec<u32>,
    is_coded: bool,
    plain: Values,
    spare: Vec<u32>,
}

/// Where the pages come from.
pub(super) enum Source {
    /// As they lie in the file.
    Pages(Box<dyn PageReader>),
    /// Decoded by the library, where they are encoded in a rare way.
    Records(Box<Records>),
}

/// What is left of a page.
pub(super) struct Rest {
    /// How many rows.
    pub(super) rows: usize,
    /// For each of them 1 where it has a value, unless all have.
    pub(super) levels: Option<Hybrid>,
    /// The values.
    pub(super) values: Encoded,
}

/// Values that are there.
pub(super) enum Encoded {
    /// Codes of the dictionary.
    Codes(Hybrid),
    /// One after the other.
    Plain(Bytes),
}

/// The place of a value that is missing.
const MISSING: u32 = u32::MAX;

/// So many rows of a page are left out at once.
const SKIPPED_AT_ONCE: usize = 8 * 1024;

const ENDS_EARLY: &str = "a page ends early";

impl Column {
    /// A column of a group of rows, from its first row on.
    pub(super) fn new(layout: Layout, is_optional: bool, source: Source, group: usize) -> Column {
        Column {
            layout,
            is_optional,
            source,
            page: Rest {
                rows: 0,
                levels: None,
                values: Encoded::Plain(Bytes::new()),
            },
            dictionary: layout.dictionary(),
            number: (group as u64) << 32,
            levels: Vec::new(),
            places: Vec::new(),
            is_coded: false,
            plain: layout.values(),
            spare: Vec::new(),
        }
    }

    /// How many of the next rows can be decoded at once; 0 at the end.
    pub(super) fn at_hand(&mut self) -> Result<usize, Broken> {
        while self.page.rows == 0 {
            let page = match &mut self.source {
                Source::Records(records) => guarded(|| records.page())?,
                Source::Pages(pages) => match guarded(|| Ok(pages.get_next_page()?))? {
                    Some(page) => self.begin(page)?,
                    None => None,
                },
            };
            match page {
                Some(page) => self.page = page,
                None => return Ok(0),
            }
        }
        Ok(self.page.rows)
    }

    /// Leaves rows out, without a look at the pages in which no others are.
    pub(super) fn skip(&mut self, mut rows: usize) -> Result<(), Broken> {
        while rows > 0 {
            if self.page.rows == 0 {
                rows -= self.skip_pages(rows)?;
            }
            if rows == 0 {
                break;
            }
            // A page of a few bytes may say that it has more rows than memory has room for.
            let some = self.at_hand()?.min(rows).min(SKIPPED_AT_ONCE);
            if some == 0 {
                return Err(Broken::new("a column has fewer rows than the others"));
            }
            self.decode(some)?;
            rows -= some;
        }
        Ok(())
    }

    fn skip_pages(&mut self, rows: usize) -> Result<usize, Broken> {
        let Source::Pages(pages) = &mut self.source else {
            return Ok(0);
        };
        let mut skipped = 0;
        while let Some(next) = guarded(|| Ok(pages.peek_next_page()?))? {
            let count = next.num_rows.or(next.num_levels).unwrap_or(usize::MAX);
            if next.is_dict || count > rows - skipped {
                break;
            }
            guarded(|| Ok(pages.skip_next_page()?))?;
            skipped += count;
        }
        Ok(skipped)
    }

    /// Decodes the next rows, of which so many are at hand. What was decoded before is forgotten.
    pub(super) fn decode(&mut self, rows: usize) -> Result<(), Broken> {
        self.places.clear();
        self.plain.clear();
        self.page.rows -= rows;
        let present = self.read_levels(rows).ok_or(Broken::new(ENDS_EARLY))?;
        match &mut self.page.values {
            Encoded::Codes(codes) => {
                self.is_coded = true;
                codes.read(present, &mut self.places).ok_or(Broken::new(ENDS_EARLY))?;
                let greatest = self.places.iter().fold(0, |greatest, code| greatest.max(*code));
                if present > 0 && greatest as usize >= self.dictionary.len() {
                    return Err(Broken::new("a code is beyond its dictionary"));
                }
            }
            Encoded::Plain(bytes) => {
                self.is_coded = false;
                let taken = self.layout.read_plain(bytes, present, &mut self.plain);
                bytes.advance(taken.ok_or(Broken::new(ENDS_EARLY))?);
                self.places.extend(0..present as u32);
            }
        }
        if present < rows {
            self.spread();
        }
        Ok(())
    }

    /// Reads the levels of rows. Returns how many of these have a value.
    fn read_levels(&mut self, rows: usize) -> Option<usize> {
        let Some(levels) = &mut self.page.levels else {
            return Some(rows);
        };
        if levels.pass_ones(rows)? {
            return Some(rows);
        }
        self.levels.clear();
        levels.read(rows, &mut self.levels)?;
        Some(self.levels.iter().sum::<u32>() as usize)
    }

    /// Gives each row the place of its value.
    fn spread(&mut self) {
        std::mem::swap(&mut self.places, &mut self.spare);
        let mut next = 0;
        let places = self.levels.iter().map(|level| {
            let place = self.spare.get(next).copied().unwrap_or(MISSING);
            next += *level as usize;
            if *level == 1 { place } else { MISSING }
        });
        self.places.clear();
        self.places.extend(places);
    }

    /// The value of a row of those that were decoded.
    #[inline]
    pub(super) fn raw(&self, row: usize) -> Raw<'_> {
        match self.places.get(row) {
            Some(place) if *place != MISSING => self.values().raw(*place as usize),
            _ => Raw::Missing,
        }
    }

    /// A row's text, where the column has texts.
    #[inline]
    pub(super) fn text(&self, row: usize) -> Option<&str> {
        self.values().text(*self.places.get(row)? as usize)
    }

    /// The rows as moments, where they lie plainly.
    pub(super) fn moments(&self) -> Option<Moments<'_>> {
        match &self.plain {
            Values::Moments(seconds, are_instants) if !self.is_coded => Some(Moments {
                seconds,
                places: &self.places,
                are_instants: *are_instants,
            }),
            _ => None,
        }
    }

    /// The rows as codes of their dictionary, where they are.
    pub(super) fn coded(&self) -> Option<Coded<'_>> {
        self.is_coded.then(|| Coded {
            codes: &self.places,
            distinct: self.dictionary.len(),
            dictionary: self.number,
        })
    }

    /// The value that a code stands for.
    #[inline]
    pub(super) fn distinct(&self, code: u32) -> Raw<'_> {
        self.dictionary.raw(code as usize)
    }

    #[inline]
    fn values(&self) -> &Values {
        if self.is_coded { &self.dictionary } else { &self.plain }
    }

    /// Takes a page apart, but for its rows; none of a dictionary.
    fn begin(&mut self, page: Page) -> Result<Option<Rest>, Broken> {
        match page {
            Page::DictionaryPage { .. } if self.layout.is_boolean() => {
                Err(Broken::new("its dictionary is one of true and false"))
            }
            Page::DictionaryPage { buf, num_values, .. } => {
                self.dictionary.clear();
                self.number += 1;
                let read = self.layout.read_plain(&buf, num_values as usize, &mut self.dictionary);
                read.ok_or(Broken::new("a dictionary ends early"))?;
                Ok(Some(Rest {
                    rows: 0,
                    levels: None,
                    values: Encoded::Plain(Bytes::new()),
                }))
            }
            Page::DataPage {
                mut buf,
                num_values,
                encoding,
                def_level_encoding,
                ..
            } => {
                let levels = self
                    .is_optional
                    .then(|| levels(&mut buf, num_values, def_level_encoding));
                let levels = levels.transpose()?;
                self.rest(num_values, levels, encoding, buf).map(Some)
            }
            Page::DataPageV2 {
                mut buf,
                num_values,
                encoding,
                def_levels_byte_len,
                rep_levels_byte_len,
                ..
            } => {
                let _repetition = split(&mut buf, rep_levels_byte_len as usize)?;
                let levels = split(&mut buf, def_levels_byte_len as usize)?;
                let levels = self.is_optional.then(|| Hybrid::new(levels, 1));
                self.rest(num_values, levels, encoding, buf).map(Some)
            }
        }
    }

    fn rest(&self, rows: u32, levels: Option<Hybrid>, encoding: Encoding, mut values: Bytes) -> Result<Rest, Broken> {
        let values = match encoding {
            Encoding::RLE_DICTIONARY | Encoding::PLAIN_DICTIONARY => {
                let width = values.first().copied().unwrap_or(0);
                values.advance(1.min(values.len()));
                Encoded::Codes(Hybrid::new(values, usize::from(width)))
            }
            Encoding::PLAIN if self.layout.is_boolean() => Encoded::Codes(Hybrid::packed(values, 1)),
            Encoding::RLE if self.layout.is_boolean() => Encoded::Codes(Hybrid::new(sized(&mut values)?, 1)),
            Encoding::PLAIN => Encoded::Plain(values),
            other => {
                return Err(Broken::new(format!(
                    "its metadata do not tell that a page is encoded as {other}"
                )));
            }
        };
        Ok(Rest {
            rows: rows as usize,
            levels,
            values,
        })
    }
}

/// Takes the levels of rows off a page of the first version.
fn levels(page: &mut Bytes, rows: u32, encoding: Encoding) -> Result<Hybrid, Broken> {
    if encoding == Encoding::RLE {
        return Ok(Hybrid::new(sized(page)?, 1));
    }
    // Packed bits alone, as older programs wrote them: a bit a row, the greatest of a byte first.
    let bits = split(page, rows.div_ceil(8) as usize)?;
    let bits: Vec<u8> = bits.iter().map(|byte| byte.reverse_bits()).collect();
    Ok(Hybrid::packed(bits.into(), 1))
}

/// Takes bytes with their length before them.
fn sized(bytes: &mut Bytes) -> Result<Bytes, Broken> {
    let length = split(bytes, 4)?;
    let length = length.first_chunk().map_or(0, |length| u32::from_le_bytes(*length));
    split(bytes, length as usize)
}

fn split(bytes: &mut Bytes, length: usize) -> Result<Bytes, Broken> {
    match length <= bytes.len() {
        true => Ok(bytes.split_to(length)),
        false => Err(Broken::new(ENDS_EARLY)),
    }
}

#[cfg(test)]
mod tests {
    use parquet::column::page::PageMetadata;
    use parquet::errors::Result;
    use parquet::schema::parser::parse_message_type;
    use parquet::schema::types::SchemaDescriptor;

    use super::*;

    /// Pages of so many rows, all of one code without a bit; of the dictionary nothing more.
    struct Pages(Vec<u32>);

    impl Iterator for Pages {
        type Item = Result<Page>;

        fn next(&mut self) -> Option<Result<Page>> {
            self.get_next_page().transpose()
        }
    }

    impl PageReader for Pages {
        fn get_next_page(&mut self) -> Result<Option<Page>> {
            Ok(self.0.pop().map(|rows| Page::DataPage {
                buf: Bytes::from_static(&[0]),
                num_values: rows,
                encoding: Encoding::RLE_DICTIONARY,
                def_level_encoding: Encoding::RLE,
                rep_level_encoding: Encoding::RLE,
                statistics: None,
            }))
        }

        fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
            Ok(self.0.last().map(|rows| PageMetadata {
                num_rows: None,
                num_levels: Some(*rows as usize),
                is_dict: false,
            }))
        }

        fn skip_next_page(&mut self) -> Result<()> {
            self.0.pop();
            Ok(())
        }
    }

    fn column(pages: &[u32]) -> Column {
        let schema = parse_message_type("message m { required boolean x; }").unwrap();
        let layout = Layout::of(&SchemaDescriptor::new(schema.into()).column(0));
        let pages = Pages(pages.iter().rev().copied().collect());
        Column::new(layout, false, Source::Pages(Box::new(pages)), 0)
    }

    #[test]
    fn rows_are_left_out_without_room_for_all_of_them() {
        let mut column = column(&[3_000_000]);
        column.skip(2_999_999).unwrap();
        assert!(column.places.capacity() < 100_000, "{}", column.places.capacity());
        assert_eq!(column.at_hand().unwrap(), 1);
        assert!(column.skip(2).is_err());
    }

    #[test]
    fn pages_of_which_no_row_is_wanted_are_not_read() {
        let mut column = column(&[10, 20, 30]);
        column.skip(0).unwrap();
        column.skip(30).unwrap();
        assert_eq!(column.page.rows, 0);
        column.skip(5).unwrap();
        assert_eq!(column.at_hand().unwrap(), 25);
        column.skip(25).unwrap();
        assert_eq!(column.at_hand().unwrap(), 0);
        assert!(column.skip(1).is_err());
    }
}
