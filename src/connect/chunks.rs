//! A stream of text in chunks of whole rows, each of which can be taken apart on its own.

use std::io::{BufRead, Read};
use std::sync::{Arc, Mutex};

use super::Error;
use super::block::MOST_ROW_BYTES;
use super::lines::line_ends;
use super::stream;

/// So many bytes are read at once: enough that handing them out costs nothing, few enough that they stay in a cache.
pub(super) const AT_ONCE: usize = 1 << 18;

/// Whole rows of a text.
#[derive(Debug)]
pub(super) struct Chunk {
    /// The bytes, which need not be UTF-8.
    pub(super) bytes: Vec<u8>,
    /// The line of the first byte, counted from 1.
    pub(super) line: u64,
    /// Where the memory goes that the bytes took.
    spare: Spare,
}

impl Chunk {
    /// Rows that are whole, the first of which begins on this line.
    pub(super) fn new(bytes: Vec<u8>, line: u64) -> Self {
        Self {
            bytes,
            line,
            spare: Spare::default(),
        }
    }
}

/// Memory of chunks that nobody needs any more, for the next ones.
type Spare = Arc<Mutex<Vec<Vec<u8>>>>;

impl Drop for Chunk {
    fn drop(&mut self) {
        if let Ok(mut spare) = self.spare.lock() {
            spare.push(std::mem::take(&mut self.bytes));
        }
    }
}

/// Where the last whole row of some bytes ends; `None` where none does. The bytes begin with a row.
pub(super) type EndOfRows = fn(&[u8], u8) -> Option<usize>;

/// Takes a stream apart.
pub(super) struct Chunks<'a> {
    text: Box<dyn BufRead + Send>,
    file: &'a str,
    end_of_rows: EndOfRows,
    delimiter: u8,
    at_once: usize,
    /// The beginning of a row that was not whole.
    rest: Vec<u8>,
    line: u64,
    ended: bool,
    spare: Spare,
}

/// Why there is no next chunk.
#[derive(Debug)]
pub(super) enum NoChunk {
    /// The stream broke off.
    Broken(Error),
    /// A row that begins on this line has more bytes than a row may have.
    TooLong(u64),
}

impl<'a> Chunks<'a> {
    /// The chunks of a stream, whose rows end where `end_of_rows` says, which is given the delimiter.
    pub(super) fn new(text: Box<dyn BufRead + Send>, file: &'a str, delimiter: u8, end_of_rows: EndOfRows) -> Self {
        Self {
            text,
            file,
            end_of_rows,
            delimiter,
            at_once: AT_ONCE,
            rest: Vec::new(),
            line: 1,
            ended: false,
            spare: Spare::default(),
        }
    }

    /// The next chunk; none at the end. The last one may end in the middle of a row.
    pub(super) fn next(&mut self) -> Result<Option<Chunk>, NoChunk> {
        let spare = self.spare.lock().ok().and_then(|mut spare| spare.pop());
        let mut bytes = spare.unwrap_or_default();
        bytes.clear();
        bytes.append(&mut self.rest);
        let mut more = self.at_once;
        while !self.ended {
            bytes.reserve(more);
            let read = self.text.by_ref().take(more as u64).read_to_end(&mut bytes);
            let read = read.map_err(|error| NoChunk::Broken(stream::failed(self.file, error)))?;
            self.ended = read < more;
            let end = if self.ended {
                None
            } else {
                (self.end_of_rows)(&bytes, self.delimiter)
            };
            if let Some(end) = end {
                self.rest.extend(bytes.drain(end..));
                break;
            }
            if bytes.len() as u64 >= MOST_ROW_BYTES {
                return Err(NoChunk::TooLong(self.line));
            }
            // The row is looked through again from its beginning, so that what is added must grow with it.
            more = bytes.len();
        }
        if bytes.is_empty() {
            return Ok(None);
        }
        let line = self.line;
        self.line += line_ends(&bytes, 0, bytes.len());
        Ok(Some(Chunk {
            bytes,
            line,
            spare: Arc::clone(&self.spare),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The chunks of a text, of which so many bytes are read at once.
    fn chunks(text: &str, at_once: usize, end_of_rows: EndOfRows) -> Vec<(u64, String)> {
        let text: Box<dyn BufRead + Send> = Box::new(std::io::Cursor::new(text.to_owned()));
        let mut chunks = Chunks::new(text, "x", b',', end_of_rows);
        chunks.at_once = at_once;
        let next = || chunks.next().unwrap();
        let chunks = std::iter::from_fn(next);
        chunks
            .map(|chunk| (chunk.line, String::from_utf8(chunk.bytes.clone()).unwrap()))
            .collect()
    }

    #[test]
    fn chunks_are_whole_rows_with_the_line_of_the_first() {
        let text = "a\nbc\n\ndefghijkl\nm";
        for at_once in 1..30 {
            let end = |bytes: &[u8], _| memchr::memrchr(b'\n', bytes).map(|end| end + 1);
            let chunks = chunks(text, at_once, end);
            let whole: String = chunks.iter().map(|(_, text)| text.as_str()).collect();
            assert_eq!(whole, text);
            let mut line = 1;
            for (at, (first, text)) in chunks.iter().enumerate() {
                assert_eq!(*first, line, "{at_once}");
                assert!(text.ends_with('\n') || at + 1 == chunks.len(), "{text:?}");
                line += text.matches('\n').count() as u64;
            }
        }
        assert!(chunks("", 8, |_, _| None).is_empty());
    }
}
