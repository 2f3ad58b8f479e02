//! Names of what the query makes: readable, and each there once in every engine, whatever it thinks of capitals.

use std::collections::HashSet;

/// The names that are taken.
#[derive(Debug, Default)]
pub(super) struct Names(HashSet<String>);

impl Names {
    /// A name of its own: the one that is wanted, or one with a number behind it.
    pub(super) fn take(&mut self, wanted: &str) -> String {
        let plain: String = wanted.chars().take(LONGEST).collect();
        let mut name = plain.clone();
        let mut number = 2;
        while !self.0.insert(name.to_lowercase()) {
            name = format!("{plain}_{number}");
            number += 1;
        }
        name
    }
}

/// PostgreSQL cuts names after 63 bytes; a number and what a name's letters may take in bytes must fit too.
const LONGEST: usize = 40;
