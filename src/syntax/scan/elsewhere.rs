//! Characters, quotes and comments that come from elsewhere, and characters that nobody sees.

use super::Scanner;
use crate::source::Span;
use crate::syntax::error::Error;
use crate::syntax::foreign;

impl Scanner<'_> {
    /// Control characters and marks that turn the direction of writing are no part of a text or a name.
    pub(super) fn check_content(&mut self, start: usize) {
        let span = Span::new(start, self.at);
        let Some(content) = self.source.get(span.range()) else {
            return;
        };
        for (offset, character) in content.char_indices() {
            let hidden = character.is_control() && character != '\t' || foreign::turns_direction(character);
            if hidden {
                self.hidden_character(start + offset, character);
            }
        }
    }

    pub(super) fn semicolon(&mut self) {
        let span = Span::new(self.at, self.at + 1);
        self.at += 1;
        let behind = self.rest_of_line().trim_start();
        if behind.is_empty() || behind.starts_with('#') {
            let written = ";".to_owned();
            self.errors.push(Error::Superfluous { written, span });
            self.blank_out(span);
        }
    }

    pub(super) fn foreign_line_comment(&mut self) {
        let line = self.rest_of_line();
        let span = Span::new(self.at, self.at + line.len());
        let marker = Span::new(self.at, self.at + 2);
        let written = line.get(..2).unwrap_or_default().to_owned();
        self.errors.push(Error::ForeignComment {
            written,
            span: marker,
            mended: Some("#".to_owned()),
        });
        self.blank_out(span);
        self.at = span.end;
    }

    pub(super) fn foreign_block_comment(&mut self) {
        let rest = self.rest();
        let content = rest.get(2..).filter(|_| !self.no_comment_end);
        let end = content.and_then(|content| content.find("*/"));
        self.no_comment_end = end.is_none();
        let length = end.map_or_else(|| self.rest_of_line().len(), |end| end + 4);
        let span = Span::new(self.at, self.at + length);
        self.at = span.end;
        let ends_line = self.rest_of_line().trim().is_empty();
        let content = rest.get(..length).unwrap_or_default();
        self.errors.push(Error::ForeignComment {
            written: "/*".to_owned(),
            span,
            mended: ends_line.then(|| foreign::as_line_comments(content)),
        });
        self.blank_out(span);
    }

    /// A text between curly, angular or single quotes.
    pub(super) fn foreign_text(&mut self, opening: char) {
        let start = self.at;
        let line = self.rest_of_line();
        let inner = line.get(opening.len_utf8()..).unwrap_or_default();
        let closing = foreign::closing_quotes(opening).unwrap_or_default();
        let Some(length) = inner.find(closing) else {
            return self.never_closed(start, line.len(), "text");
        };
        let content = inner.get(..length).unwrap_or_default();
        let closer = inner.get(length..).and_then(|rest| rest.chars().next());
        self.at += opening.len_utf8() + length + closer.map_or(0, char::len_utf8);
        let span = Span::new(start, self.at);
        let mended = foreign::quoted(content);
        self.patches.push((start, foreign::padded(&mended, content, span)));
        // An apostrophe is no end of a text; blanks inside of quotes mean something in most countries.
        let goes_on = self.rest().starts_with(char::is_alphanumeric);
        let is_plain = !goes_on && (matches!(opening, '«' | '»' | '‹') || content.trim() == content);
        self.errors.push(Error::ForeignQuotes { mended, is_plain, span });
    }

    pub(super) fn other_character(&mut self, character: char) {
        let start = self.at;
        self.at += character.len_utf8();
        let span = Span::new(start, self.at);
        if let Some(write) = foreign::written_as(character) {
            let padding = " ".repeat(character.len_utf8().saturating_sub(write.len()));
            self.patches.push((start, format!("{padding}{write}")));
            self.errors.push(foreign::error(self.source, span, write));
        } else if foreign::is_hidden(character) {
            self.hidden_run(character, start);
        }
    }

    /// Hidden characters often come in runs; a run is one mistake.
    fn hidden_run(&mut self, character: char, start: usize) {
        let run = self.rest().chars().take_while(|next| *next == character).count();
        self.at += run * character.len_utf8();
        let span = Span::new(start, self.at);
        self.errors.push(Error::HiddenCharacter {
            character: foreign::described(character),
            blank: foreign::is_blank(character),
            span,
        });
        self.blank_out(span);
    }

    fn hidden_character(&mut self, start: usize, character: char) {
        let span = Span::new(start, start + character.len_utf8());
        self.errors.push(Error::HiddenCharacter {
            character: foreign::described(character),
            blank: false,
            span,
        });
        self.blank_out(span);
    }
}
