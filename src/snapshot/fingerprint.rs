//! Fingerprints: short marks that tell whether something is what it was, the same on every machine and for ever.

use std::fmt;
use std::io::{self, Read};

/// The mark of a content: twelve hexadecimal digits. It tells accidents apart, not forgeries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint(u64);

/// The bits of a mark.
const BITS: u32 = 48;

impl Fingerprint {
    /// The mark of a text.
    pub fn of(text: &str) -> Fingerprint {
        let mut hash = Hash::default();
        hash.add(text.as_bytes());
        hash.end()
    }

    /// The mark of all bytes that a reader gives. Whether lines end with LF or CRLF does not matter.
    pub fn of_data(mut reader: impl Read) -> io::Result<Fingerprint> {
        let mut hash = Hash::default();
        let mut buffer = vec![0; 1 << 16];
        let mut held = false;
        loop {
            let bytes = match reader.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => buffer.get(..count).unwrap_or_default(),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            for byte in bytes {
                if held && *byte != b'\n' {
                    hash.add(b"\r");
                }
                held = *byte == b'\r';
                if !held {
                    hash.add(&[*byte]);
                }
            }
        }
        if held {
            hash.add(b"\r");
        }
        Ok(hash.end())
    }

    /// The mark of several things whose order does not matter.
    pub fn of_all(of: impl IntoIterator<Item = Fingerprint>) -> Fingerprint {
        let mut all: Vec<Fingerprint> = of.into_iter().collect();
        all.sort_unstable();
        let words: Vec<String> = all.iter().map(Fingerprint::to_string).collect();
        Fingerprint::of(&words.join(" "))
    }

    /// Reads a mark as it is written; `None` for anything else.
    pub fn parse(text: &str) -> Option<Fingerprint> {
        let mark = Fingerprint(u64::from_str_radix(text, 16).ok()?);
        (mark.to_string() == text).then_some(mark)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012x}", self.0)
    }
}

impl serde::Serialize for Fingerprint {
    /// As its digits.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// FNV-1a, which needs no table and is the same everywhere, and a last stir for its upper bits.
struct Hash(u64);

impl Default for Hash {
    fn default() -> Hash {
        Hash(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn end(self) -> Fingerprint {
        let stirred = (self.0 ^ (self.0 >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Fingerprint(stirred >> (u64::BITS - BITS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_do_not_matter_and_everything_else_does() {
        let of = |text: &str| Fingerprint::of_data(text.as_bytes()).unwrap();
        assert_eq!(of("a\r\nb\r\n"), of("a\nb\n"));
        assert_eq!(of("a\n"), Fingerprint::of("a\n"));
        for (one, two) in [
            ("a\rb", "ab"),
            ("a\r", "a"),
            ("a\r\r\n", "a\r\n"),
            ("a\n", "a"),
            ("ab", "ba"),
        ] {
            assert_ne!(of(one), of(two), "{one:?} {two:?}");
        }
    }

    #[test]
    fn a_mark_is_read_as_it_is_written() {
        let mark = Fingerprint::of("hot");
        assert_eq!(Fingerprint::parse(&mark.to_string()), Some(mark));
        for text in ["", "0", "+00000000000", "00000000000G", "0000000000000", "00000000000A"] {
            assert_eq!(Fingerprint::parse(text), None, "{text}");
        }
    }
}
