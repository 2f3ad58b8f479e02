//! Rows as every format gives them: a value for each column that is read, as the file writes it.

use std::borrow::Cow;

use super::Error;
use crate::suggest;

/// The most bytes that one row may have; more is a file that is not what it is taken for.
pub(super) const MOST_ROW_BYTES: u64 = 256 * 1024 * 1024;

/// A column that is read.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// Its name in the file.
    pub(super) name: String,
    /// What it holds, where the rows mean nothing without it.
    pub(super) holds: Option<&'static str>,
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
}

impl Raw<'_> {
    /// What people see in the file, trimmed.
    pub(super) fn written(&self) -> &str {
        match self {
            Raw::Missing => "",
            Raw::Text(text) => text.trim(),
            Raw::Literal(text) | Raw::Array(text) | Raw::Other(text) => text,
        }
    }
}

/// A row of a file.
pub(super) trait Row {
    /// The line on which it begins, counted from 1.
    fn line(&self) -> u64;

    /// The value of a column, by its place among those that are wanted.
    fn value(&self, wanted: usize) -> Raw<'_>;

    /// Whether nothing at all is written in it.
    fn is_blank(&self) -> bool;

    /// How many cells it has and how many its header has, where these differ.
    fn unevenness(&self) -> Option<(usize, usize)>;
}

/// Takes the rows of a file as they come.
pub(super) trait TakeRows {
    /// The columns of the file, or the keys of its first object. Comes before the first row.
    fn columns(&mut self, names: &[&str]) -> Result<(), Error>;

    /// The next row.
    fn row(&mut self, row: &dyn Row) -> Result<(), Error>;
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
