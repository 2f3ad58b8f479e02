//! Results as JSON: an object a contact, one a line, or all of them in an array.

use super::format::{Results, TextFormat};
use crate::plan::ResultColumn;
use crate::score::ResultCell;

/// An object a line.
pub(super) const LINES: TextFormat = TextFormat {
    begin: |_| Vec::new(),
    rows: |results, rows| objects(results, rows, b"", b"\n"),
    between: b"",
    end: b"",
    end_of_none: b"",
};

/// An array, an object a line.
pub(super) const ARRAY: TextFormat = TextFormat {
    begin: |_| b"[".to_vec(),
    rows: |results, rows| {
        let mut objects = objects(results, rows, b"\n", b",");
        objects.pop();
        objects
    },
    between: b",",
    end: b"\n]\n",
    end_of_none: b"]\n",
};

/// The objects of contacts, each between two marks.
fn objects(results: Results<'_>, rows: &mut dyn Iterator<Item = usize>, before: &[u8], behind: &[u8]) -> Vec<u8> {
    let keys = keys(results.scores.columns());
    let mut objects = Vec::new();
    for row in rows {
        objects.extend_from_slice(before);
        for (column, key) in keys.iter().enumerate() {
            objects.extend_from_slice(key);
            match results.scores.cell(results.contacts, column, row) {
                ResultCell::Number(number) => number.write(&mut objects),
                ResultCell::Text(text) => add_text(text, &mut objects),
                ResultCell::Missing => objects.extend_from_slice(b"null"),
            }
        }
        objects.push(b'}');
        objects.extend_from_slice(behind);
    }
    objects
}

/// What stands before each value of an object: a brace or a comma, and the key.
fn keys(columns: &[ResultColumn]) -> Vec<Vec<u8>> {
    let key = |(at, column): (usize, &ResultColumn)| {
        let mut key = vec![if at == 0 { b'{' } else { b',' }];
        add_text(&column.name, &mut key);
        key.push(b':');
        key
    };
    columns.iter().enumerate().map(key).collect()
}

fn add_text(text: &str, to: &mut Vec<u8>) {
    // A text can be written as JSON, and to memory.
    let _ = serde_json::to_writer(to, text);
}
