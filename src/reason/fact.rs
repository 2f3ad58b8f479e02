//! Facts: values that were read, for people and for programs.

use serde::Serialize;

use crate::calendar::Day;
use crate::number::Number;
use crate::table::Column;

/// A value that is not missing. In JSON: a text, a number, a boolean, a day as the text `2026-11-01`, or an array of
/// texts.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Fact {
    /// A text, or a label.
    Text(String),
    /// A number.
    Number(Number),
    /// A boolean.
    Boolean(bool),
    /// A day.
    Date(Day),
    /// A set of texts.
    List(Vec<String>),
}

impl Fact {
    /// What stands in a row of a column; `None` where it is missing.
    pub fn of(column: &Column, row: usize) -> Option<Fact> {
        let shown = column.display(row)?;
        Some(match column {
            Column::Text { .. } => Fact::Text(shown),
            Column::Number(_) => Fact::Number(Number::parse(&shown)?),
            Column::Boolean(_) => Fact::Boolean(shown == "true"),
            Column::Date(_) => Fact::Date(Day::parse(&shown)?),
            Column::List { texts, .. } => Fact::List(
                column
                    .list(row)
                    .iter()
                    .map(|code| texts.text(*code).to_owned())
                    .collect(),
            ),
        })
    }
}

/// Something that was read of a contact.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reading {
    /// What, as it is written: a field, a property, a function.
    pub of: String,
    /// Its value; `None` where it is missing.
    pub value: Option<Fact>,
}

/// A value for people: texts in quotes, `missing`.
pub fn shown(value: Option<&Fact>) -> String {
    match value {
        None => "missing".to_owned(),
        Some(Fact::Text(text)) => quoted(text),
        Some(Fact::Number(number)) => number.to_string(),
        Some(Fact::Boolean(boolean)) => boolean.to_string(),
        Some(Fact::Date(day)) => day.to_string(),
        Some(Fact::List(texts)) => texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "),
    }
}

/// A text in quotes, on one line, cut where it is long.
pub(super) fn quoted(text: &str) -> String {
    const MOST: usize = 80;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("\"{}…\"", line.get(..end).unwrap_or(&line)),
        None => format!("\"{line}\""),
    }
}
