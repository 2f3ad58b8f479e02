//! Random tables, and the same ones as CSV and as Parquet: in every type that can hold a column's values, in many
//! encodings, pages and groups of rows.

use std::fmt::Write as _;
use std::sync::Arc;

use parquet::basic::{Compression, Encoding, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, FixedLenByteArray, FixedLenByteArrayType, Int32Type,
    Int64Type,
};
use parquet::file::properties::{WriterProperties, WriterPropertiesBuilder, WriterVersion};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{ColumnPath, Type, TypePtr};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use leadscore::calendar::Day;

/// A table: columns of as many values each.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) columns: Vec<Column>,
}

/// A column of a table.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    name: &'static str,
    of: Of,
    values: Vec<Datum>,
}

/// What the values of a column are, and where in Parquet they lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Of {
    Text,
    /// Texts of 16 digits, as bytes of that many.
    Bytes,
    Int32,
    Int64,
    Double,
    /// A decimal of so many places, in so many bytes; 0 for as many as each needs.
    Decimal(usize, i32),
    Boolean,
    Day,
    Moment(TimeUnit, bool),
    List,
}

/// A value, as it is written.
#[derive(Clone, Debug, PartialEq)]
enum Datum {
    Missing,
    Text(String),
    Units(i128),
    Boolean(bool),
    Seconds(i64),
    List(Vec<Option<String>>),
}

/// How a table lies in a Parquet file.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    version: WriterVersion,
    dictionary: bool,
    rare: bool,
    compression: Compression,
    pub(crate) rows_of_group: usize,
    rows_of_page: usize,
    bytes_of_dictionary: usize,
    batch: usize,
}

pub(crate) fn settings() -> impl Strategy<Value = Settings> {
    let compressions = [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(Default::default()),
        Compression::LZ4_RAW,
        Compression::ZSTD(Default::default()),
    ];
    let version = select(vec![WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0]);
    let shape = (
        select(vec![3usize, 50, 1_000]),
        select(vec![1usize, 7, 64, 1_000]),
        select(vec![1usize, 40, 1 << 20]),
    );
    let encodings = (any::<bool>(), proptest::bool::weighted(0.3));
    (
        version,
        encodings,
        select(compressions.to_vec()),
        shape,
        select(vec![1usize, 5, 1_024]),
    )
        .prop_map(
            |(version, (dictionary, rare), compression, (rows_of_group, rows_of_page, bytes_of_dictionary), batch)| {
                Settings {
                    version,
                    dictionary,
                    rare,
                    compression,
                    rows_of_group,
                    rows_of_page,
                    bytes_of_dictionary,
                    batch,
                }
            },
        )
}

/// A table with these columns, each of any of the kinds that are given for it.
pub(crate) fn table(columns: &'static [(&'static str, &'static [Of])]) -> impl Strategy<Value = Table> {
    let rows = prop_oneof![1 => 0usize..3, 3 => 1usize..40, 1 => 200usize..300];
    rows.prop_flat_map(move |rows| {
        let columns: Vec<_> = columns
            .iter()
            .map(|(name, kinds)| {
                (select(kinds.to_vec()), vec(any::<u32>(), rows), 0u32..3).prop_map(|(of, seeds, gaps)| Column {
                    name,
                    of,
                    values: seeds
                        .iter()
                        .enumerate()
                        .map(|(row, seed)| datum(of, name, row, *seed, gaps))
                        .collect(),
                })
            })
            .collect();
        columns.prop_map(|columns| Table { columns })
    })
}

/// Ids and numbers of rows are all there; of others, one in `gaps + 1` is missing, or none where that is 1.
fn datum(of: Of, name: &str, row: usize, seed: u32, gaps: u32) -> Datum {
    let seed_of_value = seed / 4;
    if matches!(name, "id" | "row") {
        return match of {
            Of::Int64 => Datum::Units(row as i128),
            Of::Bytes => Datum::Text(format!("{row:016}")),
            _ => Datum::Text(format!("c{row}é")),
        };
    }
    if gaps > 0 && seed.is_multiple_of(gaps + 1) {
        return Datum::Missing;
    }
    let texts = [
        "a",
        "Énergie",
        "x y",
        " padded ",
        "12",
        "true",
        "a;b",
        "2026-11-01",
        "c1é",
        "c2é",
        "visit",
        "\u{1F980}",
    ];
    let long = "long ".repeat(40);
    let text = match seed_of_value % 14 {
        12 => &long,
        13 => "",
        place => texts[place as usize],
    };
    match of {
        Of::Text => Datum::Text(text.to_owned()),
        Of::Bytes => Datum::Text(format!("{:016}", seed_of_value % 5)),
        Of::Int32 => Datum::Units(i128::from(seed_of_value as i32 % 1_000)),
        Of::Int64 => {
            Datum::Units([i128::from(seed_of_value), -7, 1_761_998_400_000, i128::from(i64::MAX)][seed as usize % 4])
        }
        Of::Double => Datum::Units(i128::from(seed_of_value % 64) - 32),
        Of::Decimal(bytes, _) => {
            let wide = i128::from(seed_of_value).pow(if bytes == 0 || bytes > 8 { 3 } else { 1 });
            Datum::Units(if seed.is_multiple_of(3) { -wide } else { wide })
        }
        Of::Boolean => Datum::Boolean(seed_of_value.is_multiple_of(2)),
        Of::Day => Datum::Seconds(i64::from(seed_of_value % 40_000) * 86_400),
        Of::Moment(..) => Datum::Seconds(i64::from(seed_of_value) * 3 - 1_000_000_000),
        Of::List => Datum::List(
            (0..seed_of_value % 4)
                .map(|at| (at != 2).then(|| format!("{text}{at}")))
                .collect(),
        ),
    }
}

impl Settings {
    /// The same, for the library.
    pub(crate) fn properties(&self) -> WriterPropertiesBuilder {
        WriterProperties::builder()
            .set_writer_version(self.version)
            .set_dictionary_enabled(self.dictionary)
            .set_dictionary_page_size_limit(self.bytes_of_dictionary)
            .set_compression(self.compression)
            .set_data_page_row_count_limit(self.rows_of_page)
            .set_write_batch_size(self.batch)
    }
}

impl Table {
    /// The table as CSV.
    pub(crate) fn csv(&self) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer
            .write_record(self.columns.iter().map(|column| column.name))
            .unwrap();
        for row in 0..self.rows() {
            writer
                .write_record(self.columns.iter().map(|column| column.written(row)))
                .unwrap();
        }
        writer.into_inner().unwrap()
    }

    /// The table as Parquet.
    pub(crate) fn parquet(&self, settings: &Settings) -> Vec<u8> {
        let fields = self.columns.iter().map(Column::field).collect();
        let schema = Type::group_type_builder("table").with_fields(fields).build().unwrap();
        let mut properties = settings.properties();
        for column in self.columns.iter().filter(|_| settings.rare) {
            let path = ColumnPath::from(column.name);
            properties = match column.rare_encoding() {
                Some(encoding) => properties.set_column_encoding(path, encoding),
                None => properties,
            };
        }
        let properties = Arc::new(properties.build());
        let mut writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), properties).unwrap();
        for start in (0..self.rows()).step_by(settings.rows_of_group) {
            let rows = start..self.rows().min(start + settings.rows_of_group);
            let mut group = writer.next_row_group().unwrap();
            for column in &self.columns {
                let mut into = group.next_column().unwrap().unwrap();
                column.write(&column.values[rows.clone()], &mut into);
                into.close().unwrap();
            }
            group.close().unwrap();
        }
        writer.into_inner().unwrap()
    }

    fn rows(&self) -> usize {
        self.columns.first().map_or(0, |column| column.values.len())
    }
}

impl Column {
    fn written(&self, row: usize) -> String {
        match &self.values[row] {
            Datum::Missing => String::new(),
            Datum::Text(text) => text.clone(),
            Datum::Units(units) => match self.of {
                Of::Decimal(_, places) => decimal(*units, places as usize),
                Of::Double => decimal(*units * 25, 2),
                _ => units.to_string(),
            },
            Datum::Boolean(value) => value.to_string(),
            Datum::Seconds(seconds) => self.moment(*seconds),
            Datum::List(elements) => serde_json::to_string(elements).unwrap(),
        }
    }

    fn moment(&self, seconds: i64) -> String {
        let day = Day::from_number(seconds.div_euclid(86_400) as i32).unwrap();
        let within = seconds.rem_euclid(86_400);
        let time = format!("{:02}:{:02}:{:02}", within / 3_600, within / 60 % 60, within % 60);
        match self.of {
            Of::Moment(_, true) => format!("{day}T{time}Z"),
            Of::Moment(_, false) => format!("{day}T{time}"),
            _ => day.to_string(),
        }
    }

    fn has_gaps(&self) -> bool {
        self.values.contains(&Datum::Missing)
    }

    fn field(&self) -> TypePtr {
        let repetition = if self.has_gaps() {
            Repetition::OPTIONAL
        } else {
            Repetition::REQUIRED
        };
        if self.of == Of::List {
            let element = Type::primitive_type_builder("element", Physical::BYTE_ARRAY)
                .with_repetition(Repetition::OPTIONAL)
                .with_logical_type(Some(LogicalType::String));
            let entry = Type::group_type_builder("list")
                .with_repetition(Repetition::REPEATED)
                .with_fields(vec![Arc::new(element.build().unwrap())]);
            let list = Type::group_type_builder(self.name)
                .with_repetition(Repetition::OPTIONAL)
                .with_logical_type(Some(LogicalType::List))
                .with_fields(vec![Arc::new(entry.build().unwrap())]);
            return Arc::new(list.build().unwrap());
        }
        let (physical, logical) = match self.of {
            Of::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Of::Bytes => (Physical::FIXED_LEN_BYTE_ARRAY, None),
            Of::Int32 => (Physical::INT32, None),
            Of::Int64 => (Physical::INT64, None),
            Of::Double => (Physical::DOUBLE, None),
            Of::Decimal(bytes, places) => {
                let (physical, precision) = match bytes {
                    0 => (Physical::BYTE_ARRAY, 38),
                    4 => (Physical::INT32, 9),
                    8 => (Physical::INT64, 18),
                    _ => (Physical::FIXED_LEN_BYTE_ARRAY, if bytes > 8 { 35 } else { 14 }),
                };
                (physical, Some(LogicalType::decimal(places, precision)))
            }
            Of::Boolean => (Physical::BOOLEAN, None),
            Of::Day => (Physical::INT32, Some(LogicalType::Date)),
            Of::Moment(unit, is_instant) => (Physical::INT64, Some(LogicalType::timestamp(is_instant, unit))),
            Of::List => unreachable!("a list is a group"),
        };
        let mut field = Type::primitive_type_builder(self.name, physical)
            .with_repetition(repetition)
            .with_logical_type(logical.clone());
        if let Some(LogicalType::Decimal(of)) = logical {
            field = field.with_precision(of.precision).with_scale(of.scale);
        }
        if physical == Physical::FIXED_LEN_BYTE_ARRAY {
            field = field.with_length(self.length() as i32);
        }
        Arc::new(field.build().unwrap())
    }

    fn length(&self) -> usize {
        match self.of {
            Of::Decimal(bytes, _) => bytes,
            _ => 16,
        }
    }

    /// An encoding that is not the usual one, where there is one.
    fn rare_encoding(&self) -> Option<Encoding> {
        match self.of {
            Of::Text => Some(Encoding::DELTA_BYTE_ARRAY),
            Of::Int32 | Of::Int64 | Of::Day | Of::Moment(..) => Some(Encoding::DELTA_BINARY_PACKED),
            Of::Double => Some(Encoding::BYTE_STREAM_SPLIT),
            Of::Boolean => Some(Encoding::RLE),
            Of::Bytes | Of::Decimal(..) | Of::List => None,
        }
    }

    fn write(&self, values: &[Datum], into: &mut SerializedColumnWriter<'_>) {
        match self.of {
            Of::List => write_lists(values, into),
            Of::Text => self.put::<ByteArrayType>(values, into, |datum| match datum {
                Datum::Text(text) => text.as_str().into(),
                other => panic!("{other:?}"),
            }),
            Of::Bytes => self.put::<FixedLenByteArrayType>(values, into, |datum| match datum {
                Datum::Text(text) => FixedLenByteArray::from(text.clone().into_bytes()),
                other => panic!("{other:?}"),
            }),
            Of::Int32 | Of::Day | Of::Decimal(4, _) => {
                self.put::<Int32Type>(values, into, |datum| i32::try_from(self.number(datum)).unwrap());
            }
            Of::Int64 | Of::Moment(..) | Of::Decimal(8, _) => {
                self.put::<Int64Type>(values, into, |datum| i64::try_from(self.number(datum)).unwrap());
            }
            Of::Double => self.put::<DoubleType>(values, into, |datum| quarters(self.number(datum))),
            Of::Boolean => self.put::<BoolType>(values, into, |datum| *datum == Datum::Boolean(true)),
            Of::Decimal(0, _) => self.put::<ByteArrayType>(values, into, |datum| {
                let bytes = self.number(datum).to_be_bytes();
                ByteArray::from(bytes.to_vec())
            }),
            Of::Decimal(length, _) => self.put::<FixedLenByteArrayType>(values, into, |datum| {
                let bytes = self.number(datum).to_be_bytes();
                FixedLenByteArray::from(bytes[16 - length..].to_vec())
            }),
        }
    }

    /// The number that stands in the file.
    fn number(&self, datum: &Datum) -> i128 {
        match (datum, self.of) {
            (Datum::Seconds(seconds), Of::Day) => i128::from(seconds / 86_400),
            (Datum::Seconds(seconds), Of::Moment(unit, _)) => {
                let per_second = match unit {
                    TimeUnit::MILLIS => 1_000,
                    TimeUnit::MICROS => 1_000_000,
                    TimeUnit::NANOS => 1_000_000_000,
                };
                // A part of a second decides no day.
                i128::from(*seconds) * per_second + per_second / 3
            }
            (Datum::Units(units), _) => *units,
            other => panic!("{other:?}"),
        }
    }

    fn put<T: DataType>(
        &self,
        values: &[Datum],
        into: &mut SerializedColumnWriter<'_>,
        value: impl Fn(&Datum) -> T::T,
    ) {
        let levels: Vec<i16> = values.iter().map(|datum| i16::from(*datum != Datum::Missing)).collect();
        let there: Vec<T::T> = values
            .iter()
            .filter(|datum| **datum != Datum::Missing)
            .map(value)
            .collect();
        let levels = self.has_gaps().then_some(levels.as_slice());
        into.typed::<T>().write_batch(&there, levels, None).unwrap();
    }
}

fn write_lists(values: &[Datum], into: &mut SerializedColumnWriter<'_>) {
    let (mut texts, mut definition, mut repetition) = (Vec::<ByteArray>::new(), Vec::new(), Vec::new());
    for datum in values {
        let elements = match datum {
            Datum::List(elements) => elements.as_slice(),
            _ => &[],
        };
        if elements.is_empty() {
            definition.push(i16::from(*datum != Datum::Missing));
            repetition.push(0);
        }
        for (at, element) in elements.iter().enumerate() {
            repetition.push(i16::from(at > 0));
            definition.push(if element.is_some() { 3 } else { 2 });
            texts.extend(element.as_deref().map(ByteArray::from));
        }
    }
    into.typed::<ByteArrayType>()
        .write_batch(&texts, Some(&definition), Some(&repetition))
        .unwrap();
}

fn decimal(units: i128, places: usize) -> String {
    let digits = format!("{:0>1$}", units.unsigned_abs(), places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    let mut text = String::from(if units < 0 { "-" } else { "" }) + whole;
    if places > 0 {
        write!(text, ".{fraction}").unwrap();
    }
    text
}

/// So many quarters, which a binary fraction says exactly.
#[expect(clippy::float_arithmetic, reason = "the column's values are floats")]
fn quarters(count: i128) -> f64 {
    count as f64 / 4.0
}
