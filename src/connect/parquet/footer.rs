//! The end of a Parquet file: where its metadata stand, and whether their schema nests no deeper than the library, which
//! goes down into it level by level, has room for.

use bytes::{Buf, Bytes};
use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader};
use parquet::file::reader::{ChunkReader, Length};

use super::broken::{Broken, guarded};
use super::input::Input;

/// No schema that means anything nests so deep.
const MOST_LEVELS: usize = 200;

/// The metadata of a file.
pub(super) fn metadata(input: &Input) -> Result<ParquetMetaData, Broken> {
    const MARK: usize = 4;
    let view = input.view()?;
    let length = view.len();
    let is_long = length >= 3 * MARK as u64;
    let mark = |at| -> Result<Bytes, Broken> { Ok(view.get_bytes(at, MARK)?) };
    let (first, last) = match is_long {
        true => (mark(0)?, mark(length - MARK as u64)?),
        false => (Bytes::new(), Bytes::new()),
    };
    match (&*first, &*last) {
        (_, b"PAR1") => {
            let end = length - 2 * MARK as u64;
            let size = mark(end)?.get_u32_le();
            let start = end.checked_sub(u64::from(size));
            let start = start.ok_or(Broken::new("its index would begin before the file does"))?;
            decode(&view.get_bytes(start, size as usize)?)
        }
        (_, b"PARE") => Err(Broken::new("it is encrypted").with_help("write it without encryption")),
        (b"PAR1", _) => Err(Broken::new("its end is missing")
            .with_help("its index stands at the end: write or copy it once more, and wait until that is done")),
        _ => Err(Broken::new("its bytes are none of that format")
            .with_help("name the format that it has with `--input-format`, or give the file its ending")),
    }
}

fn decode(bytes: &[u8]) -> Result<ParquetMetaData, Broken> {
    let levels = levels_of_schema(bytes).ok_or(Broken::new("its index is broken"))?;
    match levels {
        ..=MOST_LEVELS => guarded(|| Ok(ParquetMetaDataReader::decode_metadata(bytes)?)),
        _ => Err(Broken::new(format!("its schema nests {levels} levels deep"))),
    }
}

/// How deep the schema in some metadata nests; `None` where the bytes are no metadata.
fn levels_of_schema(metadata: &[u8]) -> Option<usize> {
    const SCHEMA: i64 = 2;
    const CHILDREN: i64 = 5;
    let (mut thrift, mut levels) = (Thrift(metadata), 0);
    let mut field = 0;
    while let Some(kind) = thrift.field(&mut field)? {
        if field != SCHEMA || kind != LIST {
            thrift.skip(kind, 0)?;
            continue;
        }
        let (elements, _) = thrift.list()?;
        // How many children of each group that is open are still to come.
        let mut open: Vec<i64> = Vec::new();
        for _ in 0..elements {
            let (mut children, mut field) = (0, 0);
            while let Some(kind) = thrift.field(&mut field)? {
                match field {
                    CHILDREN => children = thrift.number()?,
                    _ => thrift.skip(kind, 0)?,
                }
            }
            while open.pop_if(|left| *left == 0).is_some() {}
            if let Some(left) = open.last_mut() {
                *left -= 1;
            }
            if children > 0 {
                open.push(children);
                levels = levels.max(open.len());
            }
        }
    }
    Some(levels)
}

/// Bytes of Thrift's compact protocol.
struct Thrift<'b>(&'b [u8]);

const LIST: u8 = 9;

impl Thrift<'_> {
    /// The next field of a structure: its kind, and its number after the one before; none at the end.
    fn field(&mut self, number: &mut i64) -> Option<Option<u8>> {
        let head = self.byte()?;
        let (step, kind) = (head >> 4, head & 0xF);
        if kind == 0 {
            return Some(None);
        }
        *number = match step {
            0 => self.number()?,
            step => number.checked_add(i64::from(step))?,
        };
        Some(Some(kind))
    }

    /// How many elements a list has, and their kind.
    fn list(&mut self) -> Option<(u64, u8)> {
        let head = self.byte()?;
        match (head >> 4, head & 0xF) {
            (15, kind) => Some((self.varint()?, kind)),
            (elements, kind) => Some((elements.into(), kind)),
        }
    }

    /// Leaves a value out, which stands in so many others.
    fn skip(&mut self, kind: u8, depth: usize) -> Option<()> {
        // Metadata nest less than half as deep.
        const MOST_DEPTH: usize = 32;
        if depth > MOST_DEPTH {
            return None;
        }
        match kind {
            // True and false are kinds of fields.
            1 | 2 => Some(()),
            3 => self.skip_bytes(1),
            4..=6 => self.varint().map(drop),
            7 => self.skip_bytes(8),
            8 => {
                let length = self.varint()?;
                self.skip_bytes(length)
            }
            LIST | 10 => {
                let (elements, kind) = self.list()?;
                (0..elements).try_for_each(|_| self.skip_element(kind, depth + 1))
            }
            11 => {
                let elements = self.varint()?;
                let kinds = if elements == 0 { 0 } else { self.byte()? };
                (0..elements).try_for_each(|_| {
                    self.skip_element(kinds >> 4, depth + 1)?;
                    self.skip_element(kinds & 0xF, depth + 1)
                })
            }
            12 => {
                let mut number = 0;
                while let Some(kind) = self.field(&mut number)? {
                    self.skip(kind, depth + 1)?;
                }
                Some(())
            }
            13 => self.skip_bytes(16),
            _ => None,
        }
    }

    fn skip_element(&mut self, kind: u8, depth: usize) -> Option<()> {
        match kind {
            1 | 2 => self.skip_bytes(1),
            kind => self.skip(kind, depth),
        }
    }

    fn skip_bytes(&mut self, count: u64) -> Option<()> {
        self.0 = self.0.get(usize::try_from(count).ok()?..)?;
        Some(())
    }

    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*byte)
    }

    /// A number of seven bits a byte, the least first.
    fn varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    /// A number with a sign, which is its last bit.
    fn number(&mut self) -> Option<i64> {
        let value = self.varint()?;
        Some((value >> 1) as i64 ^ -((value & 1) as i64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Metadata with a schema of groups of so many children each.
    fn metadata(children: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0x15, 2, 0x19, 0xFC, children.len() as u8];
        for children in children {
            bytes.extend([0x48, 1, b'g', 0x15, children * 2, 0]);
        }
        // A list of true and false, a map of nothing, a structure and a text after it.
        bytes.extend([0x19, 0x21, 1, 2, 0x1B, 0, 0x1C, 0x11, 0, 0x18, 2, b'a', b'b', 0]);
        bytes
    }

    #[test]
    fn the_levels_of_a_schema_are_counted() {
        for (children, levels) in [
            (&[0][..], 0),
            (&[2, 0, 0], 1),
            (&[2, 1, 0, 1, 0], 2),
            (&[1, 1, 1, 0], 3),
            (&[1; 100], 100),
        ] {
            assert_eq!(levels_of_schema(&metadata(children)), Some(levels), "{children:?}");
        }
    }

    #[test]
    fn bytes_that_end_early_are_no_metadata() {
        let whole = metadata(&[1, 0]);
        for end in 0..whole.len() {
            assert_eq!(levels_of_schema(&whole[..end]), None, "{end}");
        }
        assert_eq!(levels_of_schema(&[0x1C; 1000]), None);
        assert_eq!(levels_of_schema(&[0x19, 0xF1, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]), None);
    }
}
