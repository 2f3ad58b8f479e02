//! Where the lines of a source begin, so that a place is found without reading the text from its start.

use crate::source::{Source, Span};

use super::Region;

/// A source with the places where its lines begin.
#[derive(Clone, Debug)]
pub struct Lines {
    source: Source,
    starts: Vec<usize>,
}

impl Lines {
    /// Finds the lines of a source.
    pub fn new(source: &Source) -> Lines {
        let newlines = source.text().match_indices('\n');
        let starts = std::iter::once(0).chain(newlines.map(|(at, _)| at + 1)).collect();
        Lines {
            source: source.clone(),
            starts,
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
        let start = self.start(line);
        let column = self.source.slice(Span::new(start, offset)).chars().count() + 1;
        (line, column)
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
}
