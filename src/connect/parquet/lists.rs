//! Lists, as the arrays of JSON that they would be.

use super::broken::Broken;
use super::repeated::Repeated;
use crate::connect::block::Raw;

/// A column of lists, and the rows of it that were decoded last.
pub(super) struct Lists {
    elements: Repeated,
    arrays: String,
    /// Where the array of each row ends.
    ends: Vec<usize>,
}

impl Lists {
    /// The lists of these elements.
    pub(super) fn new(elements: Repeated) -> Lists {
        Lists {
            elements,
            arrays: String::new(),
            ends: Vec::new(),
        }
    }

    /// Decodes so many of the next rows. What was decoded before is forgotten.
    pub(super) fn decode(&mut self, rows: usize) -> Result<(), Broken> {
        self.elements.decode(rows)?;
        self.arrays.clear();
        self.ends.clear();
        let mut next = 0;
        for row in 0..rows {
            let mut before = '[';
            while self
                .elements
                .elements
                .get(next)
                .is_some_and(|element| element.row as usize == row)
            {
                self.arrays.push(before);
                write(&self.elements.raw(next), &mut self.arrays);
                before = ',';
                next += 1;
            }
            if before == ',' {
                self.arrays.push(']');
            }
            self.ends.push(self.arrays.len());
        }
        Ok(())
    }

    /// Leaves rows out.
    pub(super) fn skip(&mut self, rows: usize) -> Result<(), Broken> {
        self.elements.skip(rows)
    }

    /// The list of a row; an empty one is missing.
    pub(super) fn raw(&self, row: usize) -> Raw<'_> {
        let end_of = |row: usize| self.ends.get(row).copied().unwrap_or(0);
        let start = row.checked_sub(1).map_or(0, end_of);
        match self.arrays.get(start..end_of(row)) {
            Some(array) if !array.is_empty() => Raw::Array(array),
            _ => Raw::Missing,
        }
    }
}

/// Writes a value as JSON; what cannot be used as an object, which no list of texts has.
fn write(value: &Raw<'_>, into: &mut String) {
    match value {
        Raw::Missing => into.push_str("null"),
        Raw::Other(_) => into.push_str("{}"),
        Raw::Literal(_) | Raw::Array(_) | Raw::Number(_) | Raw::Boolean(_) => into.push_str(&value.written()),
        Raw::Text(_) | Raw::Day(_) | Raw::Moment(_) | Raw::LongNumber(_) => {
            into.push_str(&serde_json::Value::from(&*value.written()).to_string());
        }
    }
}
