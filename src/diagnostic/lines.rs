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
    /// How many characters begin before each multiple of [`STRIDE`].
    characters: Vec<usize>,
}

impl Lines {
    /// Finds the lines of a source.
    pub fn new(source: &Source) -> Lines {
        let newlines = source.text().match_indices('\n');
        let starts = std::iter::once(0).chain(newlines.map(|(at, _)| at + 1)).collect();
        let counts = source.text().as_bytes().chunks(STRIDE).scan(0, |before, chunk| {
            let so_far = *before;
            *before += characters_in(chunk);
            Some(so_far)
        });
        Lines {
            source: source.clone(),
            starts,
            characters: counts.collect(),
        }
    }

    /// The source.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Line and column of a byte, both counted from 1, the column in characters. Past the end, the end.
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let offset = offset.min(self.source.text().len());
        let line = self.starts.partition_point(|start| *start <= offset);
        let column = self.characters_before(offset) - self.characters_before(self.start(line)) + 1;
        (line, column)
    }

    /// How many characters begin before a byte.
    fn characters_before(&self, offset: usize) -> usize {
        let stride = (offset / STRIDE).min(self.characters.len().saturating_sub(1));
        let counted = self.characters.get(stride).copied().unwrap_or(0);
        let rest = self.source.text().as_bytes().get(stride * STRIDE..offset);
        counted + rest.map_or(0, characters_in)
    }

    /// Lines and columns of a span.
    pub fn region(&self, span: Span) -> Region {
        let (line, column) = self.position(span.start);
        let (end_line, end_column) = self.position(span.end.max(span.start));
        Region {
            line,
            column,
            end_line,
            end_column,
        }
    }

    /// The byte with which a line, counted from 1, begins; for lines past the end, the end of the text.
    pub fn start(&self, line: usize) -> usize {
        let at = line.saturating_sub(1);
        self.starts.get(at).copied().unwrap_or(self.source.text().len())
    }
}

/// How many characters begin in a piece of UTF-8: the bytes that do not go on with one.
fn characters_in(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
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
    fn positions_on_a_long_line_agree_with_the_source() {
        let source = Source::new("a.ls", &format!("x\n{}", "aé€".repeat(2_000)));
        let lines = Lines::new(&source);
        for (offset, _) in source.text().char_indices().step_by(97) {
            assert_eq!(lines.position(offset), source.position(offset), "{offset}");
        }
        assert_eq!(Lines::new(&Source::new("a.ls", "")).position(0), (1, 1));
    }
}
