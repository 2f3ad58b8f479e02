//! Lines of a text, as people count them: a line ends at a line feed, a carriage return, or both together.

use memchr::memchr_iter;

/// How many lines end in a part of some bytes. A line feed behind the part belongs to a carriage return at its end, and
/// is counted with what follows.
pub(super) fn line_ends(bytes: &[u8], from: usize, to: usize) -> u64 {
    let part = bytes.get(from..to).unwrap_or_default();
    let is_alone = |at: &usize| bytes.get(from + at + 1) != Some(&b'\n');
    let returns = memchr_iter(b'\r', part).filter(is_alone).count();
    (memchr_iter(b'\n', part).count() + returns) as u64
}

/// The line on which a stream is.
#[derive(Clone, Copy, Debug)]
pub(super) struct LineCounter {
    line: u64,
    /// Whether the last byte was a carriage return, whose line feed may follow.
    after_return: bool,
}

impl LineCounter {
    /// The first line.
    pub(super) fn new() -> LineCounter {
        LineCounter {
            line: 1,
            after_return: false,
        }
    }

    /// Goes past the next bytes.
    pub(super) fn pass(&mut self, bytes: &[u8]) {
        let Some(last) = bytes.last() else { return };
        let is_counted = self.after_return && bytes.first() == Some(&b'\n');
        self.line += line_ends(bytes, 0, bytes.len()) - u64::from(is_counted);
        self.after_return = *last == b'\r';
    }

    /// The line, counted from 1.
    pub(super) fn line(self) -> u64 {
        self.line
    }
}

/// The lines of rows, which mostly follow one upon the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    rows: u32,
    /// Each row that does not stand on the line behind that of the row before, and its line.
    jumps: Vec<(u32, u64)>,
}

impl Lines {
    /// Adds the lines of the next rows.
    pub(super) fn extend(&mut self, lines: &[u64]) {
        for line in lines {
            if self.line(self.rows) != Some(*line) {
                self.jumps.push((self.rows, *line));
            }
            self.rows += 1;
        }
    }

    /// The line of a row; of the next one, where it would stand.
    pub(super) fn line(&self, row: u32) -> Option<u64> {
        let behind = self.jumps.partition_point(|(first, _)| *first <= row);
        let (first, line) = self.jumps.get(behind.checked_sub(1)?)?;
        Some(line + u64::from(row - first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_ends_once_however_it_ends_and_however_it_is_cut() {
        for (text, ends) in [("", 0), ("a", 0), ("a\nb\r\nc\rd", 3), ("\r\r\n\n\r", 4), ("\n\r", 2)] {
            let bytes = text.as_bytes();
            assert_eq!(line_ends(bytes, 0, bytes.len()), ends, "{text:?}");
            for cut in 0..=bytes.len() {
                let parts = line_ends(bytes, 0, cut) + line_ends(bytes, cut, bytes.len());
                assert_eq!(parts, ends, "{text:?} {cut}");
                let mut counter = LineCounter::new();
                counter.pass(&bytes[..cut]);
                counter.pass(&bytes[cut..]);
                assert_eq!(counter.line(), ends + 1, "{text:?} {cut}");
            }
        }
    }

    #[test]
    fn the_line_of_each_row_is_known() {
        let written = [2, 3, 4, 7, 8, 20, 20, 21];
        let mut lines = Lines::default();
        let (before, behind) = written.split_at(3);
        lines.extend(before);
        lines.extend(behind);
        let found: Vec<u64> = (0..8).map(|row| lines.line(row).unwrap()).collect();
        assert_eq!(found, written);
        assert_eq!(lines.jumps.len(), 4);
        assert_eq!(Lines::default().line(0), None);
    }
}
