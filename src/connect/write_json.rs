//! Results as JSON: an object a contact, one a line, or all of them in an array.

use std::io::{self, Write};

use super::format::Results;
use crate::score::ResultCell;

/// Writes an object a line.
pub(super) fn write_lines(
    results: &Results<'_>,
    rows: &mut dyn Iterator<Item = usize>,
    into: &mut dyn Write,
) -> io::Result<()> {
    let keys = keys(results)?;
    for row in rows {
        write_object(results, &keys, row, into)?;
        into.write_all(b"\n")?;
    }
    into.flush()
}

/// Writes an array, an object a line.
pub(super) fn write_array(
    results: &Results<'_>,
    rows: &mut dyn Iterator<Item = usize>,
    into: &mut dyn Write,
) -> io::Result<()> {
    let keys = keys(results)?;
    let mut before = "[\n";
    for row in rows {
        into.write_all(before.as_bytes())?;
        write_object(results, &keys, row, into)?;
        before = ",\n";
    }
    let end = if before == "[\n" { "[]\n" } else { "\n]\n" };
    into.write_all(end.as_bytes())?;
    into.flush()
}

/// What stands before each value of an object: a brace or a comma, and the key.
fn keys(results: &Results<'_>) -> io::Result<Vec<String>> {
    let columns = results.scores.columns().iter().enumerate();
    let key = |(at, column): (usize, &crate::plan::ResultColumn)| {
        let mark = if at == 0 { '{' } else { ',' };
        Ok(format!("{mark}{}:", serde_json::to_string(&column.name)?))
    };
    columns.map(key).collect()
}

fn write_object(results: &Results<'_>, keys: &[String], row: usize, into: &mut dyn Write) -> io::Result<()> {
    for (column, key) in keys.iter().enumerate() {
        into.write_all(key.as_bytes())?;
        match results.scores.cell(results.contacts, column, row) {
            ResultCell::Number(number) => write!(into, "{number}")?,
            ResultCell::Text(text) => serde_json::to_writer(&mut *into, text)?,
            ResultCell::Missing => into.write_all(b"null")?,
        }
    }
    into.write_all(b"}")
}
