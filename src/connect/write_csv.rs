//! Results as CSV with a header, its cells quoted where that is needed.

use super::format::{Results, TextFormat};
use crate::plan::ResultColumn;
use crate::score::ResultCell;

/// A line a contact.
pub(super) const CSV: TextFormat = TextFormat {
    begin: header,
    rows,
    between: b"",
    end: b"",
    end_of_none: b"",
};

fn header(columns: &[ResultColumn]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    written(writer.write_record(columns.iter().map(|column| column.name.as_str())));
    finished(writer)
}

fn rows(results: Results<'_>, rows: &mut dyn Iterator<Item = usize>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let columns = results.scores.columns().len();
    let mut number = Vec::new();
    for row in rows {
        for column in 0..columns {
            written(match results.scores.cell(results.contacts, column, row) {
                ResultCell::Text(text) => writer.write_field(text),
                ResultCell::Missing => writer.write_field(""),
                ResultCell::Number(value) => {
                    number.clear();
                    value.write(&mut number);
                    writer.write_field(&number)
                }
            });
        }
        written(writer.write_record(None::<&[u8]>));
    }
    finished(writer)
}

/// Nothing fails that is written to memory, with as many cells in each line.
fn written(_: csv::Result<()>) {}

fn finished(writer: csv::Writer<Vec<u8>>) -> Vec<u8> {
    writer.into_inner().unwrap_or_default()
}
