//! One small change of a model, in words.

use serde::Serialize;

use crate::model::Model;
use crate::source::Span;

use super::operator::Operator;
use super::walk::Note;

/// The most characters of what a change shows.
const MOST_CHARACTERS: usize = 120;

/// One small change of a model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Its kind.
    pub operator: Operator,
    /// The line on which it is.
    pub line: usize,
    /// The place that it is about: the statement, where its part has no place of its own.
    #[serde(skip)]
    pub span: Span,
    /// What stands there: `add 10`.
    pub was: String,
    /// What it becomes: `add 11`; `None` where it is left out.
    pub becomes: Option<String>,
}

impl Change {
    pub(super) fn new(model: &Model, operator: Operator, note: Note) -> Change {
        Change {
            operator,
            line: model.source.line(note.span.start),
            span: note.span,
            was: clipped(note.was),
            becomes: Some(clipped(note.becomes)).filter(|becomes| !becomes.is_empty()),
        }
    }
}

impl std::fmt::Display for Change {
    /// `` `add 10` becomes `add 11` ``, `` `once per day` is left out ``.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.becomes {
            Some(becomes) => write!(f, "`{}` becomes `{becomes}`", self.was),
            None => write!(f, "`{}` is left out", self.was),
        }
    }
}

/// A text that people can take in.
fn clipped(text: String) -> String {
    match text.char_indices().nth(MOST_CHARACTERS) {
        Some((end, _)) => format!("{} …", text.get(..end).unwrap_or_default().trim_end()),
        None => text,
    }
}
