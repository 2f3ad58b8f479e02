//! Texts and places in them: a named source, byte spans, things that stand somewhere, and edits.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// A text with the name under which people know it, cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    name: Arc<str>,
    text: Arc<str>,
}

impl Source {
    /// A source from its name, usually a path, and its text.
    pub fn new(name: &str, text: &str) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
        }
    }

    /// The name, as diagnostics show it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text that a span covers; empty where the span does not lie in this source.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The line, counted from 1, on which a byte stands.
    pub fn line(&self, offset: usize) -> usize {
        self.position(offset).0
    }

    /// Line and column of a byte, both counted from 1, the column in characters.
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let before = self.text.get(..offset).unwrap_or(&self.text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
        (line, column)
    }
}

/// A range of bytes of a source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The span as a range of bytes.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start..self.end
    }

    /// The smallest span that covers both.
    pub fn to(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The smallest span around this one that begins and ends between the characters of a text.
    pub fn widened(self, text: &str) -> Span {
        let (mut start, mut end) = (self.start.min(text.len()), self.end.min(text.len()));
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        while !text.is_char_boundary(end) {
            end += 1;
        }
        Span::new(start, end)
    }

    /// Whether the other span lies within this one.
    pub fn covers(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

impl From<Span> for miette::SourceSpan {
    fn from(span: Span) -> Self {
        (span.start, span.end.saturating_sub(span.start)).into()
    }
}

/// Something that stands at a place.
///
/// Two of them are equal when they say the same, wherever they stand: this is what lets a formatted
/// file be compared with the one it came from.
#[derive(Clone, Copy, Debug)]
pub struct Spanned<T> {
    /// What stands there.
    pub node: T,
    /// Where.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Puts something at a place.
    pub fn new(node: T, span: Span) -> Self {
        Self { node, span }
    }

    /// Another thing at the same place.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned::new(change(self.node), self.span)
    }
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl<T: Eq> Eq for Spanned<T> {}

impl<T: Hash> Hash for Spanned<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.node.hash(state);
    }
}

/// A replacement that mends a mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
    /// Whether it may be applied unseen: what was meant is plain, and this says it.
    pub is_sure: bool,
}

impl Edit {
    /// Proposes to replace what the span covers, for somebody to look at.
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self {
            span,
            text: text.into(),
            is_sure: false,
        }
    }

    /// The same edit, that may be applied unseen where so.
    pub fn sure_if(self, is_sure: bool) -> Self {
        Self { is_sure, ..self }
    }

    /// The same edit, that may be applied unseen.
    pub fn sure(self) -> Self {
        self.sure_if(true)
    }

    /// Applies edits, in the order of their places, to a text. One that reaches into the one before it is left out, and
    /// so is one whose span is no part of the text. Also tells how many were applied.
    pub fn apply(edits: &[Edit], text: &str) -> (String, usize) {
        let (mut edited, mut from, mut applied) = (String::with_capacity(text.len()), 0, 0);
        for edit in edits {
            let kept = text.get(from..edit.span.start);
            let fits = edit.span.start >= from && text.get(edit.span.range()).is_some();
            if let Some(kept) = kept.filter(|_| fits) {
                edited.push_str(kept);
                edited.push_str(&edit.text);
                from = edit.span.end;
                applied += 1;
            }
        }
        edited.push_str(text.get(from..).unwrap_or_default());
        (edited, applied)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_that_overlap_are_left_for_later() {
        let edit = |start, end, text: &str| Edit::replace(Span::new(start, end), text);
        let edits = [
            edit(0, 1, "é"),
            edit(2, 4, ""),
            edit(3, 5, "x"),
            edit(5, 5, "!"),
            edit(9, 12, "y"),
        ];
        assert_eq!(Edit::apply(&edits, "a bcd"), ("é d!".to_owned(), 3));
        assert_eq!(Edit::apply(&[edit(1, 2, "x")], "é"), ("é".to_owned(), 0));
    }
}
