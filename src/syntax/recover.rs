//! What could not be read: which bad lines belong together, and what is wrong with them.

use pest::Parser;
use pest::error::{ErrorVariant, InputLocation};

use super::error::Error;
use super::expected;
use super::grammar::{Grammar, Rule};
use super::words;
use crate::source::Span;
use crate::suggest::nearest;

/// What a line should be, by the place where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Statement,
    Row,
    Class,
    TestLine,
}

impl Kind {
    /// What people call it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Kind::Statement => "statement",
            Kind::Row => "row",
            Kind::Class => "class",
            Kind::TestLine => "line of a test",
        }
    }

    /// Whether a rule of the grammar reads an item, good or bad, and no word or sign around the items.
    pub(super) fn reads(self, rule: Rule) -> bool {
        let statement = matches!(
            rule,
            Rule::points_rule
                | Rule::table
                | Rule::field
                | Rule::event
                | Rule::list
                | Rule::binding
                | Rule::ignore
                | Rule::block
                | Rule::score
                | Rule::decay
                | Rule::classify
                | Rule::exclude
                | Rule::promise
                | Rule::on
                | Rule::test
                | Rule::model
                | Rule::timezone
                | Rule::band
        );
        let test_line = matches!(rule, Rule::as_of | Rule::given | Rule::given_events | Rule::expect);
        statement || test_line || matches!(rule, Rule::row | Rule::class | Rule::bad_line)
    }

    /// The rule that reads one alone.
    fn rule(self) -> Rule {
        match self {
            Kind::Statement => Rule::lone_statement,
            Kind::Row => Rule::lone_row,
            Kind::Class => Rule::lone_class,
            Kind::TestLine => Rule::lone_test_line,
        }
    }
}

/// Bad lines that follow each other and are one mistake.
#[derive(Debug, Default)]
pub(super) struct BadLines {
    span: Option<Span>,
    /// How many more parentheses are opened than closed.
    open: isize,
}

impl BadLines {
    /// Whether a line goes on what is bad already: it is indented deeper, or on the line on which that ends, or
    /// begins with a word that cannot begin anything.
    pub(super) fn goes_on(&self, text: &str, line: Span) -> bool {
        let Some(bad) = self.span else { return false };
        let written = text.get(line.range()).unwrap_or_default();
        let first_word = leading_word(written);
        let between = text.get(bad.end..line.start).unwrap_or_default();
        let begins = words::is_statement_word(first_word) || words::TEST_WORDS.contains(&first_word);
        let continues = matches!(first_word, "and" | "or" | "add" | "because" | "then" | "else");
        let closes = written.starts_with([')', ',']);
        let deeper = indentation(text, line.start) > indentation(text, bad.start);
        !begins && (continues || closes || deeper || self.open > 0 || !between.contains('\n'))
    }

    pub(super) fn add(&mut self, text: &str, line: Span) {
        for byte in text.get(line.range()).unwrap_or_default().bytes() {
            self.open += isize::from(byte == b'(') - isize::from(byte == b')');
        }
        self.span = Some(self.span.map_or(line, |bad| bad.to(line)));
    }

    pub(super) fn take(&mut self) -> Option<Span> {
        std::mem::take(self).span
    }
}

/// How many characters stand before a place on its line.
fn indentation(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    at - line_start
}

/// What stands between the braces behind a bad first line; `None` where no block was meant.
pub(super) fn body_kind(text: &str, header: Span) -> Option<Kind> {
    let word = leading_word(text.get(header.range()).unwrap_or_default());
    let blocks = ["score", "by", "classify", "test"];
    let meant = blocks
        .into_iter()
        .find(|block| *block == word)
        .or_else(|| nearest(word, blocks))?;
    Some(match meant {
        "by" => Kind::Row,
        "classify" => Kind::Class,
        "test" => Kind::TestLine,
        _ => Kind::Statement,
    })
}

/// The word at the beginning of a text; empty where there is none.
pub(super) fn leading_word(text: &str) -> &str {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    let length = text.find(|character| !is_part(character)).unwrap_or(text.len());
    text.get(..length).unwrap_or_default()
}

/// What is wrong with a piece of the text that could not be read.
pub(super) fn explain(source: &str, text: &str, span: Span, kind: Kind) -> Error {
    let piece = text.get(span.range()).unwrap_or_default();
    if let Some(error) = unknown_beginning(piece, span, kind) {
        return error;
    }
    let Err(refusal) = Grammar::parse(kind.rule(), piece) else {
        return expected::error(source, span, piece.len(), &[]);
    };
    let at = match refusal.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    match refusal.variant {
        ErrorVariant::ParsingError { positives, .. } => expected::error(source, span, at, &positives),
        ErrorVariant::CustomError { .. } => expected::error(source, span, at, &[]),
    }
}

/// The answer to a line whose first word begins nothing.
fn unknown_beginning(piece: &str, span: Span, kind: Kind) -> Option<Error> {
    let word = leading_word(piece);
    let candidates: &[&'static str] = match kind {
        Kind::Statement => &words::STATEMENT_WORDS,
        Kind::TestLine => &words::TEST_WORDS,
        Kind::Row | Kind::Class => return None,
    };
    let behind = piece.get(word.len()..).unwrap_or_default().trim_start();
    let band = kind == Kind::Statement && (behind.starts_with(['>', '<', '=']) || behind.starts_with("otherwise"));
    if word.is_empty() || candidates.contains(&word) || band {
        return None;
    }
    let (meant, advice) = expected::beginning(word, candidates);
    let gives_a_number = behind.starts_with(|character: char| character == ':' || character.is_ascii_digit());
    if kind == Kind::Statement && meant.is_none() && gives_a_number {
        // A band without its sign: `hot 100`, `hot: 100`.
        return None;
    }
    Some(Error::UnknownStatement {
        word: word.to_owned(),
        what: kind.word(),
        advice,
        meant,
        span: Span::new(span.start, span.start + word.len()),
    })
}
