//! Results as CSV with a header, its cells quoted where that is needed.

use super::format::{Results, TextFormat};
use crate::number::Number;
use crate::plan::ResultColumn;
use crate::score::{ResultValues, Scores};
use crate::table::Column;

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
    let columns = 0..results.scores.columns().len();
    let columns: Vec<Fields<'_>> = columns.map(|column| Fields::of(results.scores, column)).collect();
    let mut lines = Vec::new();
    for row in rows {
        for (at, column) in columns.iter().enumerate() {
            if at > 0 {
                lines.push(b',');
            }
            column.write(results, row, &mut lines);
        }
        lines.push(b'\n');
    }
    lines
}

/// A column as its fields are written.
enum Fields<'a> {
    Ids,
    Numbers(&'a [i64]),
    /// Texts, each as it is written, and the place of each contact's.
    Texts(&'a [u32], Vec<Vec<u8>>),
}

impl<'a> Fields<'a> {
    fn of(scores: &'a Scores, column: usize) -> Fields<'a> {
        match scores.column(column) {
            Some(ResultValues::Ids) => Fields::Ids,
            Some(ResultValues::Numbers(numbers)) => Fields::Numbers(numbers),
            Some(ResultValues::Texts { places, texts }) => {
                Fields::Texts(places, texts.iter().map(|text| quoted(text)).collect())
            }
            None => Fields::Texts(&[], Vec::new()),
        }
    }

    /// Writes the field of a contact: nothing where it is missing.
    fn write(&self, results: Results<'_>, row: usize, line: &mut Vec<u8>) {
        match self {
            Fields::Ids => {
                let id = results.contacts.id(row);
                match is_plain(id) {
                    true => line.extend_from_slice(id.as_bytes()),
                    false => line.extend(quoted(id)),
                }
            }
            Fields::Numbers(numbers) => {
                let units = numbers.get(row).filter(|units| **units != Column::NO_NUMBER);
                if let Some(units) = units {
                    Number::saturating_from_units(i128::from(*units)).write(line);
                }
            }
            Fields::Texts(places, texts) => {
                let text = places.get(row).and_then(|place| texts.get(*place as usize));
                line.extend_from_slice(text.map_or(&[][..], |text| text));
            }
        }
    }
}

/// Whether a text needs no quotes, seen quickly: most ids are of letters and digits.
fn is_plain(text: &str) -> bool {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'@');
    !text.is_empty() && text.as_bytes().iter().all(is_plain)
}

/// A text as a field, between quotes where that is needed.
fn quoted(text: &str) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    written(writer.write_record([text]));
    let mut field = finished(writer);
    field.pop();
    field
}

/// Nothing fails that is written to memory, with as many cells in each line.
fn written(_: csv::Result<()>) {}

fn finished(writer: csv::Writer<Vec<u8>>) -> Vec<u8> {
    writer.into_inner().unwrap_or_default()
}
