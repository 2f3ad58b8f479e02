//! Rows that the library decodes: those whose encoding is rare, and those that hold several values.

use bytes::{BufMut, Bytes, BytesMut};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{AsBytes, DataType};

use super::broken::{Broken, guarded};
use super::column::{Encoded, Rest};
use super::hybrid::Hybrid;

/// So many rows of a page are decoded at once.
const AT_ONCE: usize = 8 * 1024;

/// A column that the library decodes.
pub(super) struct Records(ColumnReader);

/// Rows, decoded.
pub(super) struct Decoded {
    /// How many.
    pub(super) rows: usize,
    /// How much of each entry is there; empty where all of all are.
    pub(super) definition: Vec<i16>,
    /// For each entry 0 where it begins a row; empty where all do.
    pub(super) repetition: Vec<i16>,
    /// How many entries have a value.
    pub(super) present: usize,
    /// These values, one after the other.
    pub(super) values: Bytes,
}

impl Decoded {
    /// How many entries there are.
    pub(super) fn entries(&self) -> usize {
        match self.definition.len().max(self.repetition.len()) {
            0 => self.rows,
            entries => entries,
        }
    }
}

impl Records {
    /// The rows of a column.
    pub(super) fn new(reader: ColumnReader) -> Records {
        Records(reader)
    }

    /// The next rows of a column of single values, as a page; none at the end.
    pub(super) fn page(&mut self) -> Result<Option<Rest>, Broken> {
        let decoded = self.read(AT_ONCE)?;
        let levels = || Hybrid::packed(bits(decoded.definition.iter().map(|level| *level == 1)), 1);
        let levels = (!decoded.definition.is_empty()).then(levels);
        let values = match self.0 {
            ColumnReader::BoolColumnReader(_) => Encoded::Codes(Hybrid::packed(decoded.values, 1)),
            _ => Encoded::Plain(decoded.values),
        };
        let rest = Rest {
            rows: decoded.rows,
            levels,
            values,
        };
        Ok((rest.rows > 0).then_some(rest))
    }

    /// Leaves rows out. Returns how many.
    pub(super) fn skip(&mut self, rows: usize) -> Result<usize, Broken> {
        guarded(|| {
            Ok(match &mut self.0 {
                ColumnReader::BoolColumnReader(reader) => reader.skip_records(rows)?,
                ColumnReader::ByteArrayColumnReader(reader) => reader.skip_records(rows)?,
                ColumnReader::Int32ColumnReader(reader) => reader.skip_records(rows)?,
                ColumnReader::Int64ColumnReader(reader) => reader.skip_records(rows)?,
                ColumnReader::Int96ColumnReader(reader) => reader.skip_records(rows)?,
                ColumnReader::FloatColumnReader(reader) => reader.skip_records(rows)?,
                ColumnReader::DoubleColumnReader(reader) => reader.skip_records(rows)?,
                ColumnReader::FixedLenByteArrayColumnReader(reader) => reader.skip_records(rows)?,
            })
        })
    }

    /// Decodes the next rows, at most so many.
    pub(super) fn read(&mut self, most: usize) -> Result<Decoded, Broken> {
        guarded(|| match &mut self.0 {
            ColumnReader::BoolColumnReader(reader) => read(reader, most, |values, bytes| {
                bytes.put(bits(values.iter().copied()));
            }),
            ColumnReader::ByteArrayColumnReader(reader) => read(reader, most, |values, bytes| {
                for value in values {
                    bytes.put_u32_le(value.len() as u32);
                    bytes.put_slice(value.data());
                }
            }),
            ColumnReader::Int32ColumnReader(reader) => read(reader, most, put_all),
            ColumnReader::Int64ColumnReader(reader) => read(reader, most, put_all),
            ColumnReader::Int96ColumnReader(reader) => read(reader, most, put_all),
            ColumnReader::FloatColumnReader(reader) => read(reader, most, put_all),
            ColumnReader::DoubleColumnReader(reader) => read(reader, most, put_all),
            ColumnReader::FixedLenByteArrayColumnReader(reader) => read(reader, most, put_all),
        })
    }
}

/// Decodes rows, whose values `put` lays out.
fn read<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    most: usize,
    put: impl FnOnce(&[T::T], &mut BytesMut),
) -> Result<Decoded, Broken> {
    let (mut definition, mut repetition, mut values) = (Vec::new(), Vec::new(), Vec::new());
    let (rows, present, _) = reader.read_records(most, Some(&mut definition), Some(&mut repetition), &mut values)?;
    let mut bytes = BytesMut::new();
    put(&values, &mut bytes);
    Ok(Decoded {
        rows,
        definition,
        repetition,
        present,
        values: bytes.freeze(),
    })
}

fn put_all<T: AsBytes>(values: &[T], bytes: &mut BytesMut) {
    for value in values {
        bytes.put_slice(value.as_bytes());
    }
}

/// A bit for each, the least of a byte first.
fn bits(each: impl Iterator<Item = bool>) -> Bytes {
    let mut bytes = BytesMut::new();
    for (at, is_set) in each.enumerate() {
        if at % 8 == 0 {
            bytes.put_u8(0);
        }
        if let Some(byte) = bytes.last_mut() {
            *byte |= u8::from(is_set) << (at % 8);
        }
    }
    bytes.freeze()
}
