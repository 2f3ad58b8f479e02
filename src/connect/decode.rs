//! Bytes of any encoding as a stream of UTF-8.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8};

/// How many bytes are read at once.
const CHUNK: usize = 256 * 1024;

/// A stream as UTF-8, without a byte order mark. UTF-8 itself is passed on unchecked: whoever takes the lines apart
/// sees where it fails. Bytes that another encoding does not have are an [`Undecodable`] error.
pub(super) fn as_utf8(bytes: Box<dyn Read + Send>, encoding: &'static Encoding) -> io::Result<Box<dyn BufRead + Send>> {
    let mut reader = BufReader::with_capacity(CHUNK, bytes);
    if encoding != UTF_8 {
        let decoding = Decoding {
            reader,
            encoding,
            decoder: encoding.new_decoder(),
            ended: false,
            line: 1,
        };
        return Ok(Box::new(BufReader::with_capacity(CHUNK, decoding)));
    }
    match reader.fill_buf()? {
        [0xEF, 0xBB, 0xBF, ..] => reader.consume(3),
        [0xFF, 0xFE, ..] => return Err(looks_like("utf-16le")),
        [0xFE, 0xFF, ..] => return Err(looks_like("utf-16be")),
        _ => {}
    }
    Ok(Box::new(reader))
}

/// Why bytes are not text in their encoding.
#[derive(Debug)]
pub(super) struct Undecodable {
    /// The encoding that was expected.
    pub(super) encoding: &'static str,
    /// The line of the first byte that does not fit.
    pub(super) line: u64,
    /// The encoding that the bytes seem to have.
    pub(super) likely: Option<&'static str>,
}

impl fmt::Display for Undecodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} is not {} text", self.line, self.encoding)
    }
}

impl std::error::Error for Undecodable {}

fn looks_like(likely: &'static str) -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        Undecodable {
            encoding: "UTF-8",
            line: 1,
            likely: Some(likely),
        },
    )
}

struct Decoding<R> {
    reader: BufReader<R>,
    encoding: &'static Encoding,
    decoder: Decoder,
    ended: bool,
    line: u64,
}

impl<R: Read> Read for Decoding<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while !self.ended && !into.is_empty() {
            let bytes = self.reader.fill_buf()?;
            let last = bytes.is_empty();
            let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(bytes, into, last);
            self.reader.consume(read);
            let text = into.get(..written).unwrap_or_default();
            self.line += text.iter().filter(|byte| **byte == b'\n').count() as u64;
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
        io::Error::new(
            io::ErrorKind::InvalidData,
            Undecodable {
                encoding: self.encoding.name(),
                line: self.line,
                likely: None,
            },
        )
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

    #[test]
    fn what_an_encoding_does_not_have_is_an_error_with_its_line() {
        let error = decoded(b"a\nb\nc\xFF\xFF\n", "shift_jis").unwrap_err();
        assert_eq!(error.to_string(), "line 3 is not Shift_JIS text");
        let error = decoded(b"\xFF\xFEi\0", "utf-8").unwrap_err();
        assert_eq!(error.to_string(), "line 1 is not UTF-8 text");
    }
}
