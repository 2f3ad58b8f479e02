//! What is settled before the grammar reads a text: its comments, how deep its brackets go, characters that are never
//! leadscore, and what is opened but never closed.
//!
//! The grammar then reads a mended text of the same length, so that one no-break space costs no statement and no
//! bracket can exhaust the stack.

mod elsewhere;

use std::borrow::Cow;

use super::error::Error;
use super::foreign;
use super::words;
use crate::source::{Span, Spanned};

/// How deep parentheses, braces, `not` and `-` may go into each other.
const MOST_DEPTH: usize = 32;
/// Stands where nothing can be read: the grammar refuses it, and the text itself cannot hold it.
const REFUSED: &str = "\u{1}";

/// A text made ready for the grammar.
pub(super) struct Scan<'a> {
    /// The mended text, each part at its old place.
    pub(super) text: Cow<'a, str>,
    /// The comments in their order.
    pub(super) comments: Vec<Spanned<String>>,
    /// What was wrong.
    pub(super) errors: Vec<Error>,
    /// Where something could not be mended, in order: the statement there has its error already.
    pub(super) refused: Vec<Span>,
}

/// Scans a whole text.
pub(super) fn scan(text: &str) -> Scan<'_> {
    let mut scanner = Scanner::new(text);
    scanner.run();
    scanner.close_braces();
    scanner.finish()
}

/// A bracket that is open.
struct Bracket {
    brace: bool,
    at: usize,
    /// The `not`s and `-`s right before it.
    prefixes: usize,
    /// Too deep for the grammar to see.
    refused: bool,
}

struct Scanner<'a> {
    source: &'a str,
    at: usize,
    line_start: usize,
    /// The end of the line on which `at` stood when somebody last asked.
    line_end: Option<usize>,
    /// Whether only blanks stand before `at` on its line.
    fresh_line: bool,
    /// Lines that begin with a statement word: where, and after how many blanks.
    statements: Vec<(usize, usize)>,
    brackets: Vec<Bracket>,
    depth: usize,
    prefixes: usize,
    too_deep_told: bool,
    /// Whether `*/` is known to stand nowhere ahead.
    no_comment_end: bool,
    comments: Vec<Spanned<String>>,
    errors: Vec<Error>,
    refused: Vec<Span>,
    /// What stands instead, each as long as what it replaces, not always in order.
    patches: Vec<(usize, String)>,
}

impl<'a> Scanner<'a> {
    fn new(source: &'a str) -> Self {
        Self {
            source,
            at: 0,
            line_start: 0,
            line_end: None,
            fresh_line: true,
            statements: Vec::new(),
            brackets: Vec::new(),
            depth: 0,
            prefixes: 0,
            too_deep_told: false,
            no_comment_end: false,
            comments: Vec::new(),
            errors: Vec::new(),
            refused: Vec::new(),
            patches: Vec::new(),
        }
    }

    fn run(&mut self) {
        if self.source.starts_with('\u{FEFF}') {
            self.blank_out(Span::new(0, '\u{FEFF}'.len_utf8()));
            self.at = '\u{FEFF}'.len_utf8();
        }
        while let Some(character) = self.peek() {
            match character {
                ' ' | '\t' => self.at += 1,
                '\n' => self.next_line(),
                '\r' if self.rest().starts_with("\r\n") => self.at += 1,
                '#' => self.comment(),
                _ => {
                    self.token(character);
                    self.fresh_line = false;
                }
            }
        }
    }

    fn token(&mut self, character: char) {
        match character {
            'a'..='z' | 'A'..='Z' | '_' => return self.word(),
            '-' if self.fresh_line && self.rest().starts_with("-- ") => return self.foreign_line_comment(),
            '-' => return self.prefix(1),
            '(' | '{' => return self.open(character),
            ')' => self.close_parenthesis(),
            '}' => self.close_brace(),
            '"' => self.text(),
            '`' => self.quoted_name(),
            ';' => self.semicolon(),
            '/' if self.rest().starts_with("//") => self.foreign_line_comment(),
            '/' if self.rest().starts_with("/*") => self.foreign_block_comment(),
            '!' if !self.rest().starts_with("!=") => return self.prefix(1),
            _ if foreign::closing_quotes(character).is_some() => self.foreign_text(character),
            _ if character.is_ascii() && !character.is_control() => self.at += 1,
            _ => self.other_character(character),
        }
        self.prefixes = 0;
    }

    fn rest(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// From here up to, not including, the line end.
    fn rest_of_line(&mut self) -> &'a str {
        if self.line_end.is_none_or(|end| end < self.at) {
            let rest = self.rest();
            self.line_end = Some(self.at + rest.find('\n').unwrap_or(rest.len()));
        }
        let line = self
            .source
            .get(self.at..self.line_end.unwrap_or(self.at))
            .unwrap_or_default();
        line.strip_suffix('\r').unwrap_or(line)
    }

    fn next_line(&mut self) {
        self.at += 1;
        self.line_start = self.at;
        self.fresh_line = true;
    }

    fn comment(&mut self) {
        let line = self.rest_of_line();
        let text = line.trim_end();
        let span = Span::new(self.at, self.at + text.len());
        self.comments.push(Spanned::new(text.to_owned(), span));
        self.at += line.len();
    }

    fn word(&mut self) {
        let rest = self.rest();
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        let length = rest.bytes().position(|byte| !is_part(byte)).unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or_default();
        if word.eq_ignore_ascii_case("not") {
            return self.prefix(length);
        }
        if self.fresh_line && words::is_statement_word(word) {
            self.begin_statement();
        }
        self.prefixes = 0;
        self.at += length;
    }

    /// A statement closes the parentheses that the one before left open.
    fn begin_statement(&mut self) {
        self.statements.push((self.line_start, self.at - self.line_start));
        while self.brackets.last().is_some_and(|bracket| !bracket.brace) {
            self.pop();
        }
        self.too_deep_told = false;
    }

    /// A `not` or a `-`: each one goes a level deeper, until something else comes.
    fn prefix(&mut self, length: usize) {
        self.prefixes += 1;
        if self.depth + self.prefixes > MOST_DEPTH {
            self.too_deep(length);
        }
        self.at += length;
    }

    fn open(&mut self, character: char) {
        let brace = character == '{';
        let refused = self.depth + self.prefixes + 1 > MOST_DEPTH;
        if refused {
            self.too_deep(1);
        }
        if !refused || brace {
            let (at, prefixes) = (self.at, self.prefixes);
            self.brackets.push(Bracket {
                brace,
                at,
                prefixes,
                refused,
            });
            self.depth += prefixes + 1;
        }
        self.prefixes = 0;
        self.at += 1;
    }

    fn pop(&mut self) -> Option<Bracket> {
        let bracket = self.brackets.pop()?;
        self.depth -= bracket.prefixes + 1;
        Some(bracket)
    }

    fn close_parenthesis(&mut self) {
        if self.brackets.last().is_some_and(|bracket| !bracket.brace) {
            self.pop();
        }
        self.at += 1;
    }

    fn close_brace(&mut self) {
        let span = Span::new(self.at, self.at + 1);
        self.at += 1;
        while let Some(bracket) = self.pop() {
            if bracket.refused {
                self.refuse(span);
            }
            if bracket.brace {
                return;
            }
        }
        self.errors.push(Error::NothingToClose { span });
        self.refuse(span);
    }

    fn too_deep(&mut self, length: usize) {
        let span = Span::new(self.at, self.at + length);
        if !self.too_deep_told {
            self.errors.push(Error::TooDeep { most: MOST_DEPTH, span });
            self.too_deep_told = true;
        }
        self.refuse(Span::new(self.at, self.at + 1));
    }

    fn text(&mut self) {
        let start = self.at;
        let line = self.rest_of_line();
        let mut characters = line.char_indices().skip(1);
        while let Some((offset, character)) = characters.next() {
            match character {
                '\\' => _ = characters.next(),
                '"' => {
                    self.at = start + offset + 1;
                    return self.check_content(start);
                }
                _ => {}
            }
        }
        self.never_closed(start, line.len(), "text");
    }

    fn quoted_name(&mut self) {
        let start = self.at;
        let line = self.rest_of_line();
        match line.get(1..).and_then(|inner| inner.find('`')) {
            Some(0) => {
                self.at += 2;
                let span = Span::new(start, self.at);
                self.errors.push(Error::EmptyName { span });
                self.refuse(span);
            }
            Some(length) => {
                self.at += length + 2;
                self.check_content(start);
            }
            None => self.never_closed(start, line.len(), "name"),
        }
    }

    fn never_closed(&mut self, start: usize, length: usize, what: &'static str) {
        let line = Span::new(start, start + length);
        let opener = self.peek().map_or(1, char::len_utf8);
        self.errors.push(Error::NeverClosed {
            what,
            span: Span::new(start, start + opener),
        });
        self.refuse(line);
        self.at = line.end;
    }

    /// Ends each block that is never closed before the next statement that is not indented deeper than it.
    fn close_braces(&mut self) {
        for bracket in std::mem::take(&mut self.brackets) {
            if !bracket.brace || bracket.refused {
                continue;
            }
            let span = Span::new(bracket.at, bracket.at + 1);
            self.errors.push(Error::NeverClosed { what: "block", span });
            let end = self.end_of_block(bracket.at).filter(|end| *end > bracket.at);
            match end {
                Some(line_end) => self.patches.push((line_end, "}".to_owned())),
                None => self.refuse(span),
            }
        }
    }

    /// The line end in whose place a block's missing brace can stand.
    fn end_of_block(&self, opened_at: usize) -> Option<usize> {
        let behind = self.statements.partition_point(|(line, _)| *line <= opened_at);
        let (before, after) = self.statements.split_at_checked(behind)?;
        let indentation = before.last().map_or(0, |(_, indentation)| *indentation);
        let next = after.iter().find(|(_, other)| *other <= indentation);
        match next {
            Some((line, _)) => line.checked_sub(1),
            None => self.source.ends_with('\n').then(|| self.source.len() - 1),
        }
    }

    fn blank_out(&mut self, span: Span) {
        let keeps_lines = |byte: u8| if byte == b'\n' { '\n' } else { ' ' };
        let content = self.source.get(span.range()).unwrap_or_default();
        self.patches
            .push((span.start, content.bytes().map(keeps_lines).collect()));
    }

    fn refuse(&mut self, span: Span) {
        self.refused.push(span);
        self.patches.push((span.start, REFUSED.repeat(span.end - span.start)));
    }

    fn finish(self) -> Scan<'a> {
        let mut refused = self.refused;
        refused.sort_unstable();
        Scan {
            text: patched(self.source, self.patches),
            comments: self.comments,
            errors: self.errors,
            refused,
        }
    }
}

/// The text with its patches, of which the later one wins where two meet.
fn patched(source: &str, patches: Vec<(usize, String)>) -> Cow<'_, str> {
    if patches.is_empty() {
        return Cow::Borrowed(source);
    }
    let mut bytes = source.as_bytes().to_vec();
    for (start, patch) in patches {
        if let Some(place) = bytes.get_mut(start..start + patch.len()) {
            place.copy_from_slice(patch.as_bytes());
        }
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}
