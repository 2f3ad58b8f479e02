//! One small change of a model, in words.

use miette::Diagnostic;
use serde::Serialize;
use thiserror::Error as ThisError;

use crate::model::Model;
use crate::source::Span;

use super::super::written::clipped;
use super::operator::Operator;
use super::walk::Note;

/// Words that are the same before and after a change: so many of them are shown.
const WORDS_AROUND: usize = 6;

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
        let (was, becomes) = match note.becomes.is_empty() {
            true => (clipped(&note.was), None),
            false => {
                let (was, becomes) = around_difference(&note.was, &note.becomes);
                (was, Some(becomes))
            }
        };
        Change {
            operator,
            line: model.source.line(note.span.start),
            span: note.span,
            was,
            becomes,
        }
    }
}

impl Change {
    /// Whether it is of the same thing as another change.
    pub(in crate::testing) fn is_of_thing(&self, other: &Change) -> bool {
        self.was == other.was && self.span == other.span
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

/// A change that no test notices, as a warning in its place.
#[derive(Clone, Debug, PartialEq, ThisError, Diagnostic)]
#[error("no test notices when {change}")]
#[diagnostic(severity(Warning))]
pub struct Unnoticed {
    /// The change.
    pub change: Change,
    /// Its place in the rules.
    #[label("nothing holds this fast")]
    pub span: Span,
}

/// Two texts without most of the words that are the same at their beginnings and ends.
fn around_difference(one: &str, two: &str) -> (String, String) {
    let (one, two): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), two.split(' ').collect());
    let alike = |(one, two): &(&&str, &&str)| one == two;
    let before = one.iter().zip(&two).take_while(alike).count();
    let most_after = one.len().min(two.len()) - before;
    let after = one
        .iter()
        .rev()
        .zip(two.iter().rev())
        .take(most_after)
        .take_while(alike)
        .count();
    let shown = |words: &[&str]| {
        let start = if before > WORDS_AROUND + 1 {
            before - WORDS_AROUND
        } else {
            0
        };
        let end = words.len()
            - if after > WORDS_AROUND + 1 {
                after - WORDS_AROUND
            } else {
                0
            };
        let text = words.get(start..end).unwrap_or_default().join(" ");
        let start = if start > 0 { "… " } else { "" };
        let end = if end < words.len() { " …" } else { "" };
        format!("{start}{text}{end}")
    };
    (shown(&one), shown(&two))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_change_is_shown_around_its_difference() {
        let list = "any of ( \"a\", \"b\", \"c\", \"d\", \"e\" )";
        let texts = around_difference(
            &format!("title contains word {list}"),
            &format!("title contains {list}"),
        );
        assert_eq!(
            texts,
            (
                "title contains word any of ( \"a\", \"b\", \"c\", …".to_owned(),
                "title contains any of ( \"a\", \"b\", \"c\", …".to_owned(),
            )
        );
        let chain = "a and b and c and d and e";
        let texts = around_difference(&format!("{chain} and x > 1"), &format!("{chain} and x > 2"));
        assert_eq!(texts.0, "… d and e and x > 1");
        assert_eq!(
            around_difference("add 1", "add 2"),
            ("add 1".to_owned(), "add 2".to_owned())
        );
    }
}
