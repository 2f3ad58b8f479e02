//! Blocks: rows as every format gives them, with a value for each column that is read, as the file writes it.

use std::borrow::Cow;

use super::Error;
use super::dates::Moment;
use crate::calendar::Day;
use crate::number::Number;
use crate::suggest;

/// The most bytes that one row may have; more is a file that is not what it is taken for.
pub(super) const MOST_ROW_BYTES: u64 = 256 * 1024 * 1024;

/// The most bytes that a dictionary may keep from one block to the next.
pub(super) const MOST_DICTIONARY_BYTES: usize = 16 * 1024 * 1024;

/// A column that is read.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// Its name in the file.
    pub(super) name: String,
    /// What it holds, where the rows mean nothing without it.
    pub(super) holds: Option<&'static str>,
}

impl Wanted {
    /// The same column, where the rows mean something without it.
    pub(super) fn optional(&self) -> Wanted {
        Wanted {
            name: self.name.clone(),
            holds: None,
        }
    }
}

/// A value as a file writes it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Raw<'a> {
    /// No value.
    Missing,
    /// A text, not trimmed.
    Text(Cow<'a, str>),
    /// A JSON number, `true` or `false`, as it is written.
    Literal(&'a str),
    /// A JSON array, as it is written.
    Array(&'a str),
    /// A JSON object, or what is no value at all, as it is written.
    Other(&'a str),
    /// A number of a typed column.
    Number(Number),
    /// A boolean of a typed column.
    Boolean(bool),
    /// A number of a typed column that is no [`Number`] exactly, as it is written.
    LongNumber(String),
    /// A day of a typed column.
    Day(Day),
    /// A moment of a typed column.
    Moment(Moment),
}

impl Raw<'_> {
    /// What people see in the file, trimmed.
    pub(super) fn written(&self) -> Cow<'_, str> {
        match self {
            Raw::Missing => Cow::Borrowed(""),
            Raw::Text(text) => Cow::Borrowed(text.trim()),
            Raw::Literal(text) | Raw::Array(text) | Raw::Other(text) => Cow::Borrowed(text),
            Raw::Number(number) => Cow::Owned(number.to_string()),
            Raw::Boolean(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
            Raw::LongNumber(text) => Cow::Borrowed(text),
            Raw::Day(day) => Cow::Owned(day.to_string()),
            Raw::Moment(moment) => Cow::Owned(moment.to_string()),
        }
    }
}

/// Rows of a file, one after the other.
pub(super) trait Block {
    /// The events that rows of contacts hold.
    type Events: Block;

    /// How many there are.
    fn rows(&self) -> usize;

    /// The value of a row in a column, by its place among those that are wanted.
    fn value(&self, row: usize, wanted: usize) -> Raw<'_>;

    /// As [`value`](Self::value), where that is a text that stands in the file as it is, quickly; `None` for any other, and
    /// where it would take long.
    #[inline]
    fn text(&self, _row: usize, _wanted: usize) -> Option<&str> {
        None
    }

    /// A column of moments that are not [coded](Self::coded).
    fn moments(&self, _wanted: usize) -> Option<Moments<'_>> {
        None
    }

    /// The line on which a row begins, or its number in a file without lines, counted from 1.
    fn line(&self, row: usize) -> u64;

    /// The rows, in their order, of which something is to be told before their values are read.
    fn odd_rows(&self) -> &[OddRow] {
        &[]
    }

    /// A column whose values are codes of a dictionary, so that each distinct one need be read only once.
    fn coded(&self, _wanted: usize) -> Option<Coded<'_>> {
        None
    }

    /// A distinct value of a coded column, by its code.
    fn distinct(&self, _wanted: usize, _code: u32) -> Raw<'_> {
        Raw::Missing
    }

    /// The events that the rows hold, where they are contacts of a format that nests events.
    fn held(&self) -> Option<Held<'_, Self::Events>> {
        None
    }
}

/// The rows of a block in which something is written. Shows those that are uneven, with how many cells they have and how
/// many their header has.
pub(super) fn filled_rows<B: Block>(block: &B, mut uneven: impl FnMut(u32, usize, usize)) -> Vec<u32> {
    let (mut rows, mut next) = (Vec::with_capacity(block.rows()), 0);
    for odd in block.odd_rows() {
        match odd.oddity {
            Oddity::Blank => {
                rows.extend(next..odd.row);
                next = odd.row + 1;
            }
            Oddity::Uneven { cells, columns } => uneven(odd.row, cells, columns),
        }
    }
    rows.extend(next..block.rows() as u32);
    rows
}

/// A row of which something is to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OddRow {
    /// The row.
    pub(super) row: u32,
    /// What.
    pub(super) oddity: Oddity,
}

/// What is odd about a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Oddity {
    /// Nothing at all is written in it, so it is none.
    Blank,
    /// It has more or fewer cells than the header.
    Uneven {
        /// How many it has.
        cells: usize,
        /// How many the header has.
        columns: usize,
    },
}

/// A column of moments.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moments<'a> {
    /// Seconds since the beginning of 1970.
    pub(super) seconds: &'a [i64],
    /// The place of each row's moment among them; outside of them where there is none.
    pub(super) places: &'a [u32],
    /// Whether they are instants, counted in UTC, rather than times of an unnamed place.
    pub(super) are_instants: bool,
}

impl Moments<'_> {
    /// The seconds of a row.
    #[inline]
    pub(super) fn seconds(&self, row: u32) -> Option<i64> {
        let place = self.places.get(row as usize)?;
        self.seconds.get(*place as usize).copied()
    }
}

/// A column of codes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Coded<'a> {
    /// The place of each row's value among the distinct ones; outside of them where there is none.
    pub(super) codes: &'a [u32],
    /// How many distinct values there are.
    pub(super) distinct: usize,
    /// Which dictionary holds them: no other that this column of the file has has this number.
    pub(super) dictionary: u64,
}

/// What was found of the distinct values of a column, as long as the dictionary stays the same.
#[derive(Clone, Debug)]
pub(super) struct OfDistinct<T> {
    dictionary: Option<u64>,
    found: Vec<Option<T>>,
}

impl<T> Default for OfDistinct<T> {
    fn default() -> Self {
        Self {
            dictionary: None,
            found: Vec::new(),
        }
    }
}

impl<T: Copy> OfDistinct<T> {
    /// Forgets what was found, unless it was of this dictionary. Returns whether it was.
    pub(super) fn renew(&mut self, coded: Coded<'_>) -> bool {
        let is_of_it = self.dictionary == Some(coded.dictionary);
        if !is_of_it {
            self.dictionary = Some(coded.dictionary);
            self.found.clear();
            self.found.resize(coded.distinct, None);
        }
        is_of_it
    }

    /// Takes what was found of all distinct values.
    pub(super) fn learn(&mut self, found: impl Iterator<Item = T>) {
        self.found.clear();
        self.found.extend(found.map(Some));
    }

    /// Forgets what was found.
    pub(super) fn forget(&mut self) {
        self.dictionary = None;
    }

    /// What is found of the value of a row, for which `find` is asked only once for each distinct value; `None` where the
    /// row has none. The dictionary is the one that this was [renewed](Self::renew) for.
    #[inline]
    pub(super) fn of(&mut self, coded: Coded<'_>, row: u32, find: impl FnOnce() -> T) -> Option<T> {
        let code = *coded.codes.get(row as usize)?;
        let found = self.found.get_mut(code as usize)?;
        Some(*found.get_or_insert_with(find))
    }

    /// Adds what `find` finds of each of these rows. In a coded column it is asked only once for each distinct value.
    #[inline]
    pub(super) fn find_all(
        &mut self,
        coded: Option<Coded<'_>>,
        rows: &[u32],
        into: &mut Vec<T>,
        mut find: impl FnMut(u32) -> T,
    ) {
        let Some(coded) = coded else {
            into.extend(rows.iter().map(|row| find(*row)));
            return;
        };
        self.renew(coded);
        into.extend(rows.iter().map(|row| {
            let found = self.of(coded, *row, || find(*row));
            found.unwrap_or_else(|| find(*row))
        }));
    }
}

/// Events that rows of contacts hold.
pub(super) struct Held<'a, E> {
    /// The events.
    pub(super) events: &'a E,
    /// The row of the contact that holds each event, in their order.
    pub(super) holders: &'a [u32],
    /// What stands among the events and is none, in the order of the contacts.
    pub(super) faults: &'a [Fault],
}

/// Something that stands where events do and is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The row of the contact.
    pub(super) holder: u32,
    /// As it is written.
    pub(super) written: String,
}

/// The events of a format that nests none.
#[derive(Clone, Copy, Debug)]
pub(super) enum NoEvents {}

impl Block for NoEvents {
    type Events = NoEvents;

    fn rows(&self) -> usize {
        match *self {}
    }

    fn value(&self, _row: usize, _wanted: usize) -> Raw<'_> {
        match *self {}
    }

    fn line(&self, _row: usize) -> u64 {
        match *self {}
    }
}

/// The place of each wanted column in a header.
pub(super) fn locate(
    file: &str,
    wanted: &[Wanted],
    header: &[&str],
    delimiter: Option<u8>,
) -> Result<Vec<Option<usize>>, Error> {
    let header: Vec<String> = header.iter().map(|name| column_name(name)).collect();
    let place = |column: &Wanted| {
        let name = column_name(&column.name);
        let mut places = (0..header.len()).filter(|at| header.get(*at) == Some(&name));
        let first = places.next();
        if places.next().is_some() {
            return Err(Error::RepeatedColumn {
                file: file.to_owned(),
                row: 1,
                column: column.name.clone(),
            });
        }
        match (first, column.holds) {
            (None, Some(holds)) => Err(Error::MissingColumn {
                file: file.to_owned(),
                column: column.name.clone(),
                holds,
                help: suggest_column(&column.name, &header, delimiter),
            }),
            _ => Ok(first),
        }
    };
    wanted.iter().map(place).collect()
}

/// The form in which names of columns are compared: trimmed, and in Unicode NFC as names of rules are.
pub(super) fn column_name(name: &str) -> String {
    crate::text::canonical_name(name.trim())
}

fn suggest_column(wanted: &str, header: &[String], delimiter: Option<u8>) -> String {
    let looks_separated =
        |mark: &str| delimiter != mark.bytes().next() && header.iter().any(|name| name.contains(mark));
    if header.iter().any(|name| name.contains('\0')) {
        return "its header looks like UTF-16: write `encoding = \"utf-16le\"`".to_owned();
    }
    if let (Some(_), Some(first)) = (delimiter, header.first()) {
        let format = match first.as_bytes() {
            [b'{', ..] => Some("jsonl"),
            [b'[', ..] => Some("json"),
            _ => None,
        };
        if let Some(format) = format {
            return format!("it looks like JSON: `--input-format {format}`");
        }
    }
    if let ([_], Some(_), Some(mark)) = (
        header,
        delimiter,
        [";", "\t", "|", ","].iter().find(|mark| looks_separated(mark)),
    ) {
        return format!("its header looks separated by {mark:?}: write `delimiter = {mark:?}`");
    }
    let names: Vec<&str> = header.iter().map(String::as_str).collect();
    match suggest::nearest(wanted, names.iter().copied()) {
        Some(nearest) => format!("did you mean `{nearest}`? The columns are {}", list(&names)),
        None => format!("name the column in `leadscore.toml`; the columns are {}", list(&names)),
    }
}

/// The first columns, so that a wide file does not fill the screen.
fn list(names: &[&str]) -> String {
    const MOST: usize = 40;
    let shown: Vec<String> = names.iter().take(MOST).map(|name| format!("`{name}`")).collect();
    match names.len().saturating_sub(MOST) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
