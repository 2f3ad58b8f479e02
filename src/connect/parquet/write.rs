//! Results as Parquet: ids and labels as strings, scores as exact decimals, what is missing as null.

use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::sync::Arc;

use bytes::{BufMut, Bytes, BytesMut};
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::{ColumnCloseResult, ColumnWriter, get_column_writer};
use parquet::data_type::ByteArray;
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedFileWriter, SerializedPageWriter, TrackedWrite};
use parquet::schema::types::{ColumnPath, Type, TypePtr};

use crate::connect::format::Results;
use crate::plan::{Holds, ResultColumn};
use crate::score::ResultValues;
use crate::table::Column;
use crate::threads::in_order;

/// So many contacts make a group of rows: enough for other programs to read at once, few enough to hold.
const GROUP: usize = 256 * 1024;

/// A decimal of the digits that a score has, four of them after the point.
const DECIMAL: (i32, i32) = (18, 4);

/// Writes the results of contacts, whose columns are encoded on so many threads.
pub(in crate::connect) fn write(
    results: Results<'_>,
    rows: &[usize],
    threads: NonZeroUsize,
    into: &mut (dyn Write + Send),
) -> io::Result<()> {
    let columns = results.scores.columns();
    let mut written = begin(columns).map_err(io::Error::other)?;
    for rows in rows.chunks(GROUP) {
        write_group(&mut written, results, rows, threads).map_err(io::Error::other)?;
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

fn write_group(
    written: &mut SerializedFileWriter<Vec<u8>>,
    results: Results<'_>,
    rows: &[usize],
    threads: NonZeroUsize,
) -> Result<()> {
    let (properties, columns) = (
        Arc::clone(written.properties()),
        written.schema_descr().columns().to_vec(),
    );
    let mut group = written.next_row_group()?;
    let mut numbered = columns.into_iter().enumerate();
    in_order(
        &mut vec![(); threads.get()],
        || Ok(numbered.next()),
        |(), (at, column)| {
            let mut bytes = TrackedWrite::new(Vec::new());
            let pages = Box::new(SerializedPageWriter::new(&mut bytes));
            let writer = get_column_writer(column, Arc::clone(&properties), pages);
            let closed = write_column(writer, results, at, rows)?;
            Ok((Bytes::from(bytes.into_inner()?), closed))
        },
        |(bytes, closed)| group.append_column(&bytes, closed),
    )?;
    group.close().map(drop)
}

fn write_column(
    mut column: ColumnWriter<'_>,
    results: Results<'_>,
    at: usize,
    rows: &[usize],
) -> Result<ColumnCloseResult> {
    let values = results.scores.column(at);
    match (&mut column, values) {
        (ColumnWriter::Int64ColumnWriter(column), Some(ResultValues::Numbers(numbers))) => {
            let cells = rows.iter().map(|row| numbers.get(*row).copied());
            let (values, levels) = present(cells.map(|number| number.filter(|units| *units != Column::NO_NUMBER)));
            column.write_batch(&values, Some(&levels), None)?;
        }
        (ColumnWriter::ByteArrayColumnWriter(column), Some(ResultValues::Ids)) => {
            let (values, levels) = texts(rows.iter().map(|row| Some(results.contacts.id(*row))));
            column.write_batch(&values, Some(&levels), None)?;
        }
        (ColumnWriter::ByteArrayColumnWriter(column), Some(ResultValues::Texts { places, texts: of })) => {
            let place = |row: &usize| places.get(*row).map(|place| *place as usize);
            let (values, levels) = texts(rows.iter().map(|row| of.get(place(row)?).map(String::as_str)));
            column.write_batch(&values, Some(&levels), None)?;
        }
        _ => return Err(ParquetError::IndexOutOfBound(at, results.scores.columns().len())),
    }
    column.close()
}

/// The values that are there, and for each cell whether it is.
fn present<T>(cells: impl Iterator<Item = Option<T>>) -> (Vec<T>, Vec<i16>) {
    let mut values = Vec::new();
    let levels = cells.map(|cell| match cell {
        Some(value) => {
            values.push(value);
            1
        }
        None => 0,
    });
    let levels = levels.collect();
    (values, levels)
}

/// The texts that are there, in one buffer, and for each cell whether it is.
fn texts<'a>(cells: impl Iterator<Item = Option<&'a str>>) -> (Vec<ByteArray>, Vec<i16>) {
    let mut buffer = BytesMut::new();
    let (ends, levels) = present(cells.map(|text| {
        buffer.put_slice(text?.as_bytes());
        Some(buffer.len())
    }));
    let buffer = buffer.freeze();
    let mut start = 0;
    let texts = ends
        .into_iter()
        .map(|end| ByteArray::from(buffer.slice(std::mem::replace(&mut start, end)..end)));
    (texts.collect(), levels)
}
