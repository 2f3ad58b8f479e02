//! Where the lines of a source begin, so that a place is found without reading the text, or a long line, from its
//! start.

use crate::source::{Source, Span};

use super::Region;

/// So many bytes are read at most to count characters up to a place.
const STRIDE: usize = 1 << 12;

/// A source with the places where its lines begin.
#[derive(Clone, Debug)]
pub struct Lines {
    source: Source,
    starts: Vec<usize>,
    /// How much stands before each multiple of [`STRIDE`].
    counts: Vec<Count>,
}

impl Lines {
    /// Finds the lines of a source.
    pub fn new(source: &Source) -> Lines {
        let newlines = source.text().match_indices('\n');
        let starts = std::iter::once(0).chain(newlines.map(|(at, _)| at + 1)).collect();
        let counts = source
            .text()
            .as_bytes()
            .chunks(STRIDE)
            .scan(Count::default(), |before, chunk| {
                let so_far = *before;
                *before = before.and(Count::of(chunk));
                Some(so_far)
            });
        Lines {
            source: source.clone(),
            starts,
            counts: counts.collect(),
        }
    }

    /// The source.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Line and column of a byte, both counted from 1, the column in characters. Past the end, the end.
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let Position { line, column, .. } = self.place(offset);
        (line, column)
    }

    fn place(&self, offset: usize) -> Position {
        let offset = offset.min(self.source.text().len());
        let line = self.starts.partition_point(|start| *start <= offset);
        let (before, start) = (self.count_before(offset), self.count_before(self.start(line)));
        Position {
            line,
            column: before.characters - start.characters + 1,
            utf16_column: before.utf16_units - start.utf16_units + 1,
        }
    }

    fn count_before(&self, offset: usize) -> Count {
        let stride = (offset / STRIDE).min(self.counts.len().saturating_sub(1));
        let counted = self.counts.get(stride).copied().unwrap_or_default();
        let rest = self.source.text().as_bytes().get(stride * STRIDE..offset);
        counted.and(rest.map_or(Count::default(), Count::of))
    }

    /// Lines and columns of a span.
    pub fn region(&self, span: Span) -> Region {
        let (first, end) = (self.place(span.start), self.place(span.end.max(span.start)));
        Region {
            line: first.line,
            column: first.column,
            end_line: end.line,
            end_column: end.column,
            utf16_columns: (first.utf16_column, end.utf16_column),
        }
    }

    /// The text of a line, counted from 1, without its end; empty where there is no such line.
    pub fn line(&self, line: usize) -> &str {
        let text = self
            .source
            .text()
            .get(self.start(line)..self.start(line.saturating_add(1)));
        text.unwrap_or_default().trim_end_matches(['\r', '\n'])
    }

    /// The byte with which a line, counted from 1, begins; for lines past the end, the end of the text.
    pub fn start(&self, line: usize) -> usize {
        let at = line.saturating_sub(1);
        self.starts.get(at).copied().unwrap_or(self.source.text().len())
    }
}

/// Where a byte is, counted from 1.
struct Position {
    line: usize,
    column: usize,
    utf16_column: usize,
}

/// How much a piece of text is.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    characters: usize,
    utf16_units: usize,
}

impl Count {
    /// How many characters begin in a piece of UTF-8: the bytes that do not go on with one. Those of four bytes take
    /// two units of UTF-16.
    fn of(bytes: &[u8]) -> Count {
        let characters = bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        let of_four_bytes = bytes.iter().filter(|byte| **byte >= 0xF0).count();
        Count {
            characters,
            utf16_units: characters + of_four_bytes,
        }
    }

    fn and(self, other: Count) -> Count {
        Count {
            characters: self.characters + other.characters,
            utf16_units: self.utf16_units + other.utf16_units,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_agree_with_the_source() {
        let source = Source::new("a.ls", "été\nx\n\r\n€ b");
        let lines = Lines::new(&source);
        for (offset, _) in source.text().char_indices() {
            assert_eq!(lines.position(offset), source.position(offset), "{offset}");
        }
        assert_eq!(lines.position(9_999), (4, 4));
    }

    #[test]
    fn editors_count_a_rare_character_twice() {
        let lines = Lines::new(&Source::new("a.ls", "x\né🎯 y\n"));
        let region = lines.region(Span::new(9, 10));
        assert_eq!((region.column, region.utf16_columns), (4, (5, 6)));
        assert_eq!((lines.line(2), lines.line(3), lines.line(9)), ("é🎯 y", "", ""));
    }

    #[test]
    fn positions_on_a_long_line_agree_with_the_source() {
        let source = Source::new("a.ls", &format!("x\n{}", "aé€".repeat(2_000)));
        let lines = Lines::new(&source);
        for (offset, _) in source.text().char_indices().step_by(97) {
            assert_eq!(lines.position(offset), source.position(offset), "{offset}");
        }
        assert_eq!(Lines::new(&Source::new("a.ls", "")).position(0), (1, 1));
    }
}
