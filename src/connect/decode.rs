//! Bytes of any encoding as a stream of UTF-8.

use std::fmt;
use std::io::{self, BufRead, BufReader, Cursor, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8};

use super::lines::LineCounter;

/// How many bytes are read at once.
const CHUNK: usize = 256 * 1024;

/// So many bytes at the beginning tell what a stream is. A pipe may give them one by one.
const FIRST: u64 = 1_024;

/// A stream as UTF-8, without a byte order mark. UTF-8 itself is passed on unchecked: whoever takes the lines apart
/// sees where it fails. Bytes that another encoding does not have, and those that begin as no text does, are an
/// [`Undecodable`] error.
pub(super) fn as_utf8(
    mut bytes: Box<dyn Read + Send>,
    encoding: &'static Encoding,
) -> io::Result<Box<dyn BufRead + Send>> {
    let mut first = Vec::new();
    bytes.by_ref().take(FIRST).read_to_end(&mut first)?;
    if let Some(likely) = Likely::of(&first, encoding) {
        let (encoding, line) = (encoding.name(), 1);
        let likely = Some(likely);
        return Err(invalid(Undecodable { encoding, line, likely }));
    }
    let mark = if encoding == UTF_8 && first.starts_with(b"\xEF\xBB\xBF") {
        3
    } else {
        0
    };
    let mut first = Cursor::new(first);
    first.set_position(mark);
    let reader = BufReader::with_capacity(CHUNK, first.chain(bytes));
    if encoding == UTF_8 {
        return Ok(Box::new(reader));
    }
    let decoding = Decoding {
        reader,
        encoding,
        decoder: encoding.new_decoder(),
        ended: false,
        lines: LineCounter::new(),
    };
    Ok(Box::new(BufReader::with_capacity(CHUNK, decoding)))
}

/// Why bytes are not text in their encoding.
#[derive(Debug)]
pub(super) struct Undecodable {
    /// The encoding that was expected.
    pub(super) encoding: &'static str,
    /// The line of the first byte that does not fit.
    pub(super) line: u64,
    /// What the bytes seem to be.
    pub(super) likely: Option<Likely>,
}

impl fmt::Display for Undecodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} is not {} text", self.line, self.encoding)
    }
}

impl std::error::Error for Undecodable {}

/// What bytes are that are not text as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Likely {
    /// Text in this encoding.
    Encoded(&'static str),
    /// Something compressed, which this command unpacks.
    Compressed(&'static str),
    /// A Parquet file.
    Parquet,
    /// An archive, as workbooks of spreadsheets are.
    Archive,
}

impl Likely {
    /// What the beginning of a file says that it is, where that is no text in this encoding.
    fn of(first: &[u8], encoding: &'static Encoding) -> Option<Likely> {
        match first {
            [0x1F, 0x8B, ..] => return Some(Likely::Compressed("gunzip -c")),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => return Some(Likely::Compressed("zstd -dc")),
            [b'P', b'A', b'R', b'1', rest @ ..] if rest.iter().take(16).any(|byte| *byte < b'\t') => {
                return Some(Likely::Parquet);
            }
            [b'P', b'K', 3, 4, ..] => return Some(Likely::Archive),
            _ if encoding != UTF_8 => return None,
            [0xFF, 0xFE, ..] => return Some(Likely::Encoded("utf-16le")),
            [0xFE, 0xFF, ..] => return Some(Likely::Encoded("utf-16be")),
            _ => {}
        }
        // Every second byte of most texts in UTF-16 is zero.
        let zeros = |from: usize| first.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
        let pairs = first.len() / 2;
        match (zeros(0), zeros(1)) {
            (0, zeros) if pairs > 1 && zeros * 2 > pairs => Some(Likely::Encoded("utf-16le")),
            (zeros, 0) if pairs > 1 && zeros * 2 > pairs => Some(Likely::Encoded("utf-16be")),
            _ => None,
        }
    }
}

fn invalid(undecodable: Undecodable) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, undecodable)
}

struct Decoding<R> {
    reader: BufReader<R>,
    encoding: &'static Encoding,
    decoder: Decoder,
    ended: bool,
    lines: LineCounter,
}

impl<R: Read> Read for Decoding<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while !self.ended && !into.is_empty() {
            let bytes = self.reader.fill_buf()?;
            let last = bytes.is_empty();
            let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(bytes, into, last);
            self.reader.consume(read);
            let text = into.get(..written).unwrap_or_default();
            self.lines.pass(text);
            match result {
                DecoderResult::Malformed(..) => return Err(self.undecodable()),
                DecoderResult::InputEmpty => self.ended = last,
                // A buffer too small for one character cannot be filled; nobody reads with one.
                DecoderResult::OutputFull if written == 0 => return Err(io::ErrorKind::WriteZero.into()),
                DecoderResult::OutputFull => {}
            }
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}

impl<R> Decoding<R> {
    fn undecodable(&self) -> io::Error {
        invalid(Undecodable {
            encoding: self.encoding.name(),
            line: self.lines.line(),
            likely: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &'static [u8], label: &str) -> io::Result<String> {
        let encoding = Encoding::for_label(label.as_bytes()).unwrap();
        let mut text = String::new();
        as_utf8(Box::new(bytes), encoding)?.read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn encodings_become_utf_8_without_a_byte_order_mark() {
        assert_eq!(decoded(b"caf\xE9;\x80", "windows-1252").unwrap(), "café;€");
        assert_eq!(decoded(b"\xEF\xBB\xBFid", "utf-8").unwrap(), "id");
        assert_eq!(decoded(b"\xFF\xFEi\0d\0", "utf-16le").unwrap(), "id");
        assert_eq!(decoded(b"\xEF\xBB\xBFid", "windows-1252").unwrap(), "id");
        assert_eq!(decoded(b"", "utf-16le").unwrap(), "");
    }

    /// A pipe that gives one byte at a time.
    struct Trickle(&'static [u8]);

    impl Read for Trickle {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let (Some(to), Some((first, rest))) = (into.first_mut(), self.0.split_first()) else {
                return Ok(0);
            };
            (*to, self.0) = (*first, rest);
            Ok(1)
        }
    }

    #[test]
    fn a_byte_order_mark_may_come_byte_by_byte() {
        let mut text = String::new();
        let stream = as_utf8(Box::new(Trickle(b"\xEF\xBB\xBFid\n1\n")), UTF_8);
        stream.unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "id\n1\n");
    }

    #[test]
    fn what_is_no_text_is_recognised_by_its_first_bytes() {
        let likely = |bytes| Likely::of(bytes, UTF_8);
        assert_eq!(likely(b"\x1F\x8B\x08\x00"), Some(Likely::Compressed("gunzip -c")));
        assert_eq!(likely(b"\x28\xB5\x2F\xFDxx"), Some(Likely::Compressed("zstd -dc")));
        assert_eq!(likely(b"PAR1\x15\x04\x15"), Some(Likely::Parquet));
        assert_eq!(likely(b"PK\x03\x04\x14"), Some(Likely::Archive));
        assert_eq!(likely(b"i\0d\0,\0"), Some(Likely::Encoded("utf-16le")));
        assert_eq!(likely(b"\0i\0d\0,"), Some(Likely::Encoded("utf-16be")));
        assert_eq!(Likely::of(b"i\0d\0,\0", encoding_rs::UTF_16LE), None);
        for text in ["", "i", "PAR1,id\n", "PK,id\n", "id,x\n1,\0\n", "\u{FEFF}id"] {
            assert_eq!(likely(text.as_bytes()), None, "{text:?}");
        }
    }

    #[test]
    fn what_an_encoding_does_not_have_is_an_error_with_its_line() {
        let error = decoded(b"a\nb\nc\xFF\xFF\n", "shift_jis").unwrap_err();
        assert_eq!(error.to_string(), "line 3 is not Shift_JIS text");
        let error = decoded(b"\xFF\xFEi\0", "utf-8").unwrap_err();
        assert_eq!(error.to_string(), "line 1 is not UTF-8 text");
    }
}
