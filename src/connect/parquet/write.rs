//! Results as Parquet: ids and labels as strings, scores as exact decimals, what is missing as null.

use std::io::{self, Write};
use std::sync::Arc;

use bytes::{BufMut, BytesMut};
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{ColumnPath, Type, TypePtr};

use crate::connect::format::Results;
use crate::plan::{Holds, ResultColumn};
use crate::score::ResultCell;

/// So many contacts make a group of rows: enough for other programs to read at once, few enough to hold.
const GROUP: usize = 256 * 1024;

/// A decimal of the digits that a score has, four of them after the point.
const DECIMAL: (i32, i32) = (18, 4);

/// Writes the results of contacts.
pub(in crate::connect) fn write(results: Results<'_>, rows: &[usize], into: &mut dyn Write) -> io::Result<()> {
    let columns = results.scores.columns();
    let mut written = begin(columns).map_err(io::Error::other)?;
    for rows in rows.chunks(GROUP) {
        let group = written.next_row_group().map_err(io::Error::other)?;
        write_group(group, results, rows).map_err(io::Error::other)?;
        into.write_all(written.inner())?;
        written.inner_mut().clear();
    }
    into.write_all(&written.into_inner().map_err(io::Error::other)?)?;
    into.flush()
}

fn begin(columns: &[ResultColumn]) -> Result<SerializedFileWriter<Vec<u8>>> {
    let mut properties = WriterProperties::builder()
        .set_created_by(concat!("leadscore version ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::Chunk);
    for column in columns.iter().filter(|column| matches!(column.holds, Holds::Id)) {
        // No id comes twice.
        let path = ColumnPath::new(vec![column.name.clone()]);
        properties = properties.set_column_dictionary_enabled(path, false);
    }
    let fields = columns.iter().map(field).collect::<Result<_>>()?;
    let schema = Type::group_type_builder("scores").with_fields(fields).build()?;
    SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties.build()))
}

fn field(column: &ResultColumn) -> Result<TypePtr> {
    let (precision, scale) = DECIMAL;
    let (physical, logical) = match column.holds {
        Holds::Score { .. } => (Physical::INT64, LogicalType::decimal(scale, precision)),
        Holds::Id | Holds::Label { .. } | Holds::Exclusion => (Physical::BYTE_ARRAY, LogicalType::String),
    };
    let repetition = match column.holds {
        Holds::Id => Repetition::REQUIRED,
        Holds::Score { .. } | Holds::Label { .. } | Holds::Exclusion => Repetition::OPTIONAL,
    };
    let of_numbers = physical == Physical::INT64;
    let field = Type::primitive_type_builder(&column.name, physical)
        .with_logical_type(Some(logical))
        .with_repetition(repetition)
        .with_precision(if of_numbers { precision } else { -1 })
        .with_scale(if of_numbers { scale } else { -1 });
    Ok(Arc::new(field.build()?))
}

fn write_group(mut group: SerializedRowGroupWriter<'_, Vec<u8>>, results: Results<'_>, rows: &[usize]) -> Result<()> {
    let mut at = 0;
    while let Some(mut column) = group.next_column()? {
        let cells = rows.iter().map(|row| results.scores.cell(results.contacts, at, *row));
        match results.scores.columns().get(at).map(|column| &column.holds) {
            Some(Holds::Score { .. }) => {
                let (values, levels) = numbers(cells);
                column.typed::<Int64Type>().write_batch(&values, Some(&levels), None)?;
            }
            Some(Holds::Id | Holds::Label { .. } | Holds::Exclusion) => {
                let (values, levels) = texts(cells);
                column
                    .typed::<ByteArrayType>()
                    .write_batch(&values, Some(&levels), None)?;
            }
            None => return Err(ParquetError::IndexOutOfBound(at, results.scores.columns().len())),
        }
        column.close()?;
        at += 1;
    }
    group.close().map(drop)
}

/// The numbers that are there, and for each cell whether it is.
fn numbers<'a>(cells: impl Iterator<Item = ResultCell<'a>>) -> (Vec<i64>, Vec<i16>) {
    let mut values = Vec::new();
    let levels = cells.map(|cell| match cell {
        ResultCell::Number(number) => {
            values.push(number.units());
            1
        }
        ResultCell::Text(_) | ResultCell::Missing => 0,
    });
    let levels = levels.collect();
    (values, levels)
}

/// The texts that are there, in one buffer, and for each cell whether it is.
fn texts<'a>(cells: impl Iterator<Item = ResultCell<'a>>) -> (Vec<ByteArray>, Vec<i16>) {
    let (mut buffer, mut ends) = (BytesMut::new(), Vec::new());
    let levels = cells.map(|cell| match cell {
        ResultCell::Text(text) => {
            buffer.put_slice(text.as_bytes());
            ends.push(buffer.len());
            1
        }
        ResultCell::Number(_) | ResultCell::Missing => 0,
    });
    let levels = levels.collect();
    let buffer = buffer.freeze();
    let mut start = 0;
    let texts = ends
        .into_iter()
        .map(|end| ByteArray::from(buffer.slice(std::mem::replace(&mut start, end)..end)));
    (texts.collect(), levels)
}
