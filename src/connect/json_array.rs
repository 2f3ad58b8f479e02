//! Takes the elements of a JSON array out of a stream, without knowing whether they are JSON: many at once, so that each
//! lot can be taken apart on its own.

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use super::block::MOST_ROW_BYTES;
use super::chunks::Chunk;
use super::lines::line_ends;
use super::marks::Marks;

/// So many bytes are read at once.
const AT_ONCE: usize = 1 << 20;

/// The elements of an array.
pub(super) struct Elements {
    text: Box<dyn BufRead + Send>,
    /// What was read and not given, from the beginning of an element on.
    rest: Vec<u8>,
    /// How much of it was looked through.
    seen: usize,
    nesting: Nesting,
    /// The line on which it begins.
    line: u64,
    at_once: usize,
    state: State,
    /// Whether elements were given.
    has_begun: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// There is more to read.
    Reading,
    /// The stream ended before the array did.
    Broken,
    /// The array ended.
    Closed,
}

/// Why there is no array, or no next element.
#[derive(Debug)]
pub(super) enum NoElement {
    /// The stream broke off.
    Failed(io::Error),
    /// The stream begins with something else on this line, or with nothing.
    NoArray(u64, Option<u8>),
    /// The element that begins on this line has more bytes than a row may have.
    TooLong(u64),
    /// The stream ends on this line without an end of the array.
    NeverClosed(u64),
    /// Something follows the end of the array on this line.
    Followed(u64),
}

impl Elements {
    /// The elements of the array that a stream is.
    pub(super) fn new(text: Box<dyn BufRead + Send>) -> Result<Self, NoElement> {
        Self::of(text, AT_ONCE)
    }

    fn of(mut text: Box<dyn BufRead + Send>, at_once: usize) -> Result<Self, NoElement> {
        let mut line = 1;
        match next_visible(&mut text, &mut line)? {
            Some(b'[') => {}
            first => return Err(NoElement::NoArray(line, first)),
        }
        Ok(Self {
            text,
            rest: Vec::new(),
            seen: 0,
            nesting: Nesting::default(),
            line,
            at_once,
            state: State::Reading,
            has_begun: false,
        })
    }

    /// The next elements and the commas between them; none at the end of the array. Where an element is left out, as
    /// between two commas, there are only blanks.
    pub(super) fn next(&mut self) -> Result<Option<Chunk>, NoElement> {
        match self.state {
            State::Reading => {}
            State::Broken => return Err(NoElement::NeverClosed(self.line)),
            State::Closed => return self.end(),
        }
        let end = self.read()?;
        let chunk = self.give(end);
        let is_empty_array = self.state == State::Closed && !self.has_begun && chunk.bytes.trim_ascii().is_empty();
        self.has_begun = true;
        if is_empty_array { self.end() } else { Ok(Some(chunk)) }
    }

    /// Reads until elements are there, and returns where they end.
    fn read(&mut self) -> Result<usize, NoElement> {
        loop {
            let stream = self.text.by_ref().take(self.at_once as u64);
            let read = { stream }.read_to_end(&mut self.rest).map_err(NoElement::Failed)?;
            if let Some(end) = self.look_through() {
                return Ok(end);
            }
            if read < self.at_once {
                self.state = State::Broken;
                return Ok(self.rest.len());
            }
            if self.rest.len() as u64 >= MOST_ROW_BYTES {
                let blank = self.rest.len() - self.rest.trim_ascii_start().len();
                return Err(NoElement::TooLong(self.line + line_ends(&self.rest, 0, blank)));
            }
        }
    }

    /// Looks through what was not, for the end of the array or of its last element that is whole.
    fn look_through(&mut self) -> Option<usize> {
        let (seen, mut end) = (self.seen, None);
        let new = self.rest.get(seen..).unwrap_or_default();
        let state = &mut self.state;
        self.seen += self.nesting.follow(new, |place, byte| {
            end = Some(seen + place);
            if byte == b',' {
                return ControlFlow::Continue(());
            }
            *state = State::Closed;
            ControlFlow::Break(())
        });
        end
    }

    /// Takes what stands before a comma or the end, and leaves what stands after it.
    fn give(&mut self, end: usize) -> Chunk {
        let mut bytes = std::mem::take(&mut self.rest);
        self.rest = bytes.split_off(bytes.len().min(end + 1));
        self.seen = self.seen.saturating_sub(end + 1);
        let line = self.line;
        self.line += line_ends(&bytes, 0, bytes.len());
        bytes.truncate(end);
        Chunk::new(bytes, line)
    }

    fn end(&mut self) -> Result<Option<Chunk>, NoElement> {
        let mut after = self.rest.as_slice().chain(&mut self.text);
        match next_visible(&mut after, &mut self.line)? {
            None => Ok(None),
            Some(_) => Err(NoElement::Followed(self.line)),
        }
    }
}

/// The end of the first element, of those that are given together.
pub(super) fn first_end(elements: &[u8]) -> usize {
    let mut end = elements.len();
    Nesting::default().follow(elements, |place, _| {
        end = place;
        ControlFlow::Break(())
    });
    end
}

/// How deep a byte stands in an element.
#[derive(Default)]
struct Nesting {
    depth: u64,
    in_text: bool,
}

impl Nesting {
    /// Follows the bytes, and tells the place of each comma or bracket that ends an element. Returns how many were
    /// looked at: all, but for a backslash at the end, of which nobody knows what it escapes.
    fn follow(&mut self, bytes: &[u8], mut ends: impl FnMut(usize, u8) -> ControlFlow<()>) -> usize {
        let mut marks = Marks::new(bytes, [b'"', b'\\', b'[', b']', b'{', b'}', b',']);
        while let Some(place) = marks.next() {
            match bytes.get(place).copied().unwrap_or_default() {
                b'"' => self.in_text = !self.in_text,
                b'\\' if self.in_text && place + 1 == bytes.len() => return place,
                b'\\' if self.in_text => marks.skip_to(place + 2),
                _ if self.in_text => {}
                b'[' | b'{' => self.depth += 1,
                byte @ (b',' | b']') if self.depth == 0 => match ends(place, byte) {
                    ControlFlow::Continue(()) => {}
                    ControlFlow::Break(()) => return place + 1,
                },
                b']' | b'}' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
        bytes.len()
    }
}

/// Takes the next byte that is no white space, and counts lines.
fn next_visible(text: &mut impl BufRead, line: &mut u64) -> Result<Option<u8>, NoElement> {
    let mut before = 0;
    loop {
        let bytes = text.fill_buf().map_err(NoElement::Failed)?;
        let Some(byte) = bytes.first().copied() else {
            return Ok(None);
        };
        text.consume(1);
        match byte {
            b'\n' if before == b'\r' => {}
            b'\n' | b'\r' => *line += 1,
            byte if byte.is_ascii_whitespace() => {}
            byte => return Ok(Some(byte)),
        }
        before = byte;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The elements of an array in lots, as they come of a stream that gives so many bytes at once.
    fn lots(text: &str, at_once: usize) -> Result<Vec<String>, NoElement> {
        let stream = io::Cursor::new(text.to_owned().into_bytes());
        let mut elements = Elements::of(Box::new(stream), at_once)?;
        let mut lots = Vec::new();
        while let Some(chunk) = elements.next()? {
            lots.push(format!(
                "{}:{}",
                chunk.line,
                String::from_utf8(chunk.bytes.clone()).unwrap()
            ));
        }
        Ok(lots)
    }

    #[test]
    fn elements_end_where_they_end_however_they_are_read() {
        let elements = [
            "{\"a\": [1, 2]}",
            " {\"b\": \"],}\\\"\\\\\"}",
            "\n3 ",
            "\"\\\\\"",
            "[]",
            "{}}",
            "",
            "\n\n null\n",
        ];
        let text = format!(" \n[{}] \n", elements.join(","));
        for at_once in 1..=text.len() + 1 {
            let lots = lots(&text, at_once).unwrap();
            let (mut line, mut found) = (2, Vec::new());
            for lot in &lots {
                let (given, lot) = lot.split_once(':').unwrap();
                assert_eq!(given, line.to_string(), "{at_once}");
                line += lot.matches('\n').count();
                let mut lot = lot;
                loop {
                    let end = first_end(lot.as_bytes());
                    found.push(&lot[..end]);
                    match lot.get(end + 1..) {
                        Some(rest) => lot = rest,
                        None => break,
                    }
                }
            }
            assert_eq!(found, elements, "{at_once}");
        }
    }

    #[test]
    fn an_array_may_be_empty() {
        for at_once in [1, 2, 100] {
            assert!(lots("[]", at_once).unwrap().is_empty());
            assert!(lots("\n[ \n ]\n", at_once).unwrap().is_empty());
            // Two elements that are left out are no array without elements.
            assert_eq!(lots("[ ,]", 1).unwrap(), ["1: ", "1:"]);
            assert_eq!(lots("[ ,]", 100).unwrap(), ["1: ,"]);
        }
    }

    #[test]
    fn what_is_no_array_is_told_with_its_line() {
        for at_once in [1, 3, 100] {
            let no_element = |text| lots(text, at_once).unwrap_err();
            assert!(matches!(no_element(""), NoElement::NoArray(1, None)));
            assert!(matches!(no_element("\n{}"), NoElement::NoArray(2, Some(b'{'))));
            assert!(matches!(no_element("[{}\n"), NoElement::NeverClosed(2)));
            assert!(matches!(no_element("[{},\n"), NoElement::NeverClosed(2)));
            assert!(matches!(no_element("[\"\\"), NoElement::NeverClosed(1)));
            assert!(matches!(no_element("[{}]\n\n ]"), NoElement::Followed(3)));
            assert!(matches!(no_element("[]]"), NoElement::Followed(1)));
        }
    }
}
