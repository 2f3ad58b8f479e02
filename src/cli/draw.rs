//! Diagnostics as people see them: the lines of the file with what is wrong underlined.

use std::fmt;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan,
};
use miette::{SpanContents, ThemeCharacters, ThemeStyles};

use crate::diagnostic::{Diagnostic, Lines, Severity};
use crate::source::Span;

use super::look::Look;

/// Draws a diagnostic whose places are in these lines.
pub(crate) fn draw(diagnostic: &Diagnostic, lines: &Lines, look: Look) -> String {
    let drawn = Drawn {
        diagnostic,
        excerpt: Excerpt { lines },
    };
    draw_error(&drawn, look)
}

/// Draws an error that has its own source.
pub(crate) fn draw_error(error: &dyn miette::Diagnostic, look: Look) -> String {
    let handler = GraphicalReportHandler::new_themed(theme(look))
        .with_width(look.width)
        .with_links(false)
        .without_cause_chain();
    let mut text = String::new();
    match handler.render_report(&mut text, error) {
        Ok(()) => text,
        Err(fmt::Error) => format!("{error}\n"),
    }
}

fn theme(look: Look) -> GraphicalTheme {
    GraphicalTheme {
        characters: match look.unicode {
            true => ThemeCharacters::unicode(),
            false => ThemeCharacters::ascii(),
        },
        styles: match look.color {
            true => ThemeStyles::ansi(),
            false => ThemeStyles::none(),
        },
    }
}

/// A diagnostic as the drawing library wants it.
#[derive(Debug)]
struct Drawn<'a> {
    diagnostic: &'a Diagnostic,
    excerpt: Excerpt<'a>,
}

impl fmt::Display for Drawn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.diagnostic.message)
    }
}

impl std::error::Error for Drawn<'_> {}

impl miette::Diagnostic for Drawn<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let code = Some(&self.diagnostic.code).filter(|code| !code.is_empty())?;
        Some(Box::new(code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.diagnostic.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = self.diagnostic.help.as_ref()?;
        Some(Box::new(help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let labels = self.diagnostic.labels.iter().enumerate();
        Some(Box::new(labels.map(|(at, label)| {
            let span = self.excerpt.shortened(label.span);
            match at {
                0 => LabeledSpan::new_primary_with_span(label.text.clone(), span),
                _ => LabeledSpan::new_with_span(label.text.clone(), span),
            }
        })))
    }
}

/// A source that shows at most a few lines and, of a very long line, what stands around a place.
#[derive(Debug)]
struct Excerpt<'a> {
    lines: &'a Lines,
}

/// How many bytes of a place are underlined, and how many around it are shown.
const MOST_BYTES: usize = 400;
/// How many lines of a place are underlined.
const MOST_LINES: usize = 10;
/// How many bytes two places may be apart and still be shown together.
const MOST_TOGETHER: usize = 4_000;

impl Excerpt<'_> {
    /// The span, or where it covers too much the beginning of it, on its first line.
    fn shortened(&self, span: Span) -> Span {
        let (first, _) = self.lines.position(span.start);
        let (last, _) = self.lines.position(span.end);
        let is_short = last - first < MOST_LINES && span.end.saturating_sub(span.start) <= MOST_BYTES;
        if is_short {
            return span;
        }
        let first_line_end = self.lines.start(first + 1).saturating_sub(1).max(span.start);
        Span::new(span.start, self.boundary(first_line_end.min(span.start + MOST_BYTES)))
    }

    /// The nearest place before that is not within a character.
    fn boundary(&self, offset: usize) -> usize {
        let text = self.lines.source().text();
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }

    /// The lines that a span covers with lines before and after it, without what is far away in them.
    fn around(&self, span: Span, before: usize, after: usize) -> Span {
        if before == 0 && after == 0 {
            return span;
        }
        let (first, _) = self.lines.position(span.start);
        let (last, _) = self.lines.position(span.end);
        let start = self.lines.start(first.saturating_sub(before).max(1));
        let end = self.lines.start(last + after + 1);
        Span::new(
            start.max(self.boundary(span.start.saturating_sub(MOST_BYTES))),
            end.min(self.boundary(span.end.saturating_add(MOST_BYTES))),
        )
    }
}

impl SourceCode for Excerpt<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let length = self.lines.source().text().len();
        let asked = Span::new(span.offset().min(length), (span.offset() + span.len()).min(length));
        if asked.end - asked.start > MOST_TOGETHER {
            return Err(MietteError::OutOfBounds);
        }
        let shown = self.around(asked, before, after);
        let text = self.lines.source().slice(shown);
        let (line, column) = self.lines.position(shown.start);
        Ok(Box::new(MietteSpanContents::new_named(
            self.lines.source().name().to_owned(),
            text.as_bytes(),
            shown.into(),
            line - 1,
            column - 1,
            text.lines().count(),
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Label;
    use crate::source::Source;

    const PLAIN: Look = Look {
        color: false,
        unicode: true,
        width: 80,
        is_terminal: false,
    };

    fn drawn(text: &str, places: &[(usize, usize)]) -> String {
        let lines = Lines::new(&Source::new("rules.ls", text));
        let label = |(start, end): &(usize, usize)| Label {
            region: lines.region(Span::new(*start, *end)),
            text: Some("here".to_owned()),
            span: Span::new(*start, *end),
        };
        let diagnostic = Diagnostic {
            code: "LS1001".to_owned(),
            severity: Severity::Error,
            message: "what is this".to_owned(),
            help: Some("write something else".to_owned()),
            file: "rules.ls".to_owned(),
            labels: places.iter().map(label).collect(),
            edit: None,
        };
        draw(&diagnostic, &lines, PLAIN)
    }

    #[test]
    fn a_place_is_underlined_in_its_lines() {
        let text = drawn("one\ntwo three\nfour\nfive", &[(8, 13)]);
        assert!(text.contains("rules.ls:2:5"), "{text}");
        assert!(text.contains("2 │ two three") && text.contains("3 │ four"), "{text}");
        assert!(!text.contains("five"), "{text}");
        assert!(text.contains("──┬──"), "{text}");
    }

    #[test]
    fn two_places_are_shown_and_places_at_the_end() {
        let text = drawn("one\ntwo\nthree\nfour\nfive\nsix", &[(4, 7), (24, 27)]);
        assert!(text.contains("two") && text.contains("six"), "{text}");
        let end = drawn("one\n", &[(4, 4)]);
        assert!(end.contains("rules.ls:2:1"), "{end}");
        let empty = drawn("", &[(0, 0)]);
        assert!(empty.contains("rules.ls:1:1"), "{empty}");
        let beyond = drawn("é", &[(7, 9)]);
        assert!(beyond.contains("what is this"), "{beyond}");
    }

    #[test]
    fn of_endless_lines_only_the_places_are_shown() {
        let long = "é".repeat(1_000_000);
        let text = drawn(&long, &[(1_000_000, 1_000_002), (1_900_000, 1_900_002), (0, 2_000_000)]);
        assert!(text.len() < 20_000, "{} bytes", text.len());
        assert!(text.contains("rules.ls:1:500001"), "{text}");
        let many = "when x\n".repeat(100_000);
        let text = drawn(&many, &[(0, many.len())]);
        assert!(text.len() < 2_000, "{text}");
    }
}
