//! Names of what the query makes: readable, and each there once in every engine, whatever it thinks of capitals.

use std::collections::HashSet;

/// The names that are taken.
#[derive(Debug, Default)]
pub(super) struct Names(HashSet<String>);

impl Names {
    /// A name of its own: the one that is wanted, or one with a number behind it.
    pub(super) fn take(&mut self, wanted: &str) -> String {
        let plain = shortened(wanted);
        let mut name = plain.clone();
        let mut number = 2;
        while !self.0.insert(name.to_lowercase()) {
            name = format!("{plain}_{number}");
            number += 1;
        }
        name
    }
}

/// PostgreSQL cuts names after 63 bytes; a number must fit behind.
const LONGEST: usize = 52;

/// So many bytes at the end of a long name are kept: they say what is made of what the beginning names.
const END: usize = 16;

/// A long name without its middle.
fn shortened(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let beginning = cut(name, LONGEST - END);
    let end = (name.len() - END..name.len()).find_map(|from| name.get(from..));
    format!("{beginning}{}", end.unwrap_or_default())
}

/// As much of the beginning of a text as fits into so many bytes.
pub(super) fn cut(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len()))
        .rev()
        .find(|end| text.is_char_boundary(*end));
    end.and_then(|end| text.get(..end)).unwrap_or_default()
}
