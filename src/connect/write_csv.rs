//! Results as CSV with a header, its cells quoted where that is needed.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::format::Results;
use crate::score::ResultCell;

/// Writes a line for each row.
pub(super) fn write(
    results: &Results<'_>,
    rows: &mut dyn Iterator<Item = usize>,
    into: &mut dyn Write,
) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(into);
    let columns = results.scores.columns();
    writer.write_record(columns.iter().map(|column| column.name.as_str()))?;
    let mut number = String::new();
    for row in rows {
        for column in 0..columns.len() {
            match results.scores.cell(results.contacts, column, row) {
                ResultCell::Text(text) => writer.write_field(text)?,
                ResultCell::Missing => writer.write_field("")?,
                ResultCell::Number(value) => {
                    number.clear();
                    write!(number, "{value}").map_err(io::Error::other)?;
                    writer.write_field(&number)?;
                }
            }
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}
