//! What the values of a column are, by the file's schema.

use parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type};
use parquet::schema::types::ColumnDescriptor;

/// What the bytes and numbers of a column mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// UTF-8.
    Text,
    /// A universally unique identifier.
    Uuid,
    /// True or false.
    Boolean,
    /// A number with so many places after the point.
    Number {
        /// The places.
        places: u32,
    },
    /// A whole number without a sign.
    Unsigned,
    /// A floating-point number, of a half, a single or a double.
    Float,
    /// Days since 1970-01-01.
    Day,
    /// Since 1970, so many in a second.
    Moment {
        /// How many make a second.
        per_second: i64,
        /// Whether it is an instant, rather than a time of an unnamed place.
        is_instant: bool,
    },
    /// Since midnight, so many in a second.
    Time {
        /// How many make a second.
        per_second: i64,
    },
    /// None that can be used.
    Other(&'static str),
}

impl Kind {
    /// The kind of a column that holds single values.
    pub(super) fn of(column: &ColumnDescriptor) -> Kind {
        match column.logical_type_ref() {
            Some(logical) => Self::of_logical(logical, column),
            None => Self::of_converted(column),
        }
    }

    fn of_logical(logical: &LogicalType, column: &ColumnDescriptor) -> Kind {
        match logical {
            LogicalType::Uuid => Kind::Uuid,
            LogicalType::Decimal(of) => Self::decimal(of.scale),
            LogicalType::Date => Kind::Day,
            LogicalType::Time(of) => Kind::Time {
                per_second: per_second(&of.unit),
            },
            LogicalType::Timestamp(of) => Kind::Moment {
                per_second: per_second(&of.unit),
                is_instant: of.is_adjusted_to_u_t_c,
            },
            LogicalType::Integer(of) if !of.is_signed => Kind::Unsigned,
            LogicalType::Float16 => Kind::Float,
            LogicalType::Bson => Kind::Other("a BSON document"),
            LogicalType::Variant(_) => Kind::Other("a variant"),
            LogicalType::Geometry(_) | LogicalType::Geography(_) => Kind::Other("a place on a map"),
            _ => Self::of_physical(column.physical_type()),
        }
    }

    /// What older files say in other words.
    fn of_converted(column: &ColumnDescriptor) -> Kind {
        let moment = |per_second| Kind::Moment {
            per_second,
            is_instant: true,
        };
        match column.converted_type() {
            ConvertedType::DECIMAL => Self::decimal(column.type_scale()),
            ConvertedType::DATE => Kind::Day,
            ConvertedType::TIME_MILLIS => Kind::Time { per_second: 1_000 },
            ConvertedType::TIME_MICROS => Kind::Time { per_second: 1_000_000 },
            ConvertedType::TIMESTAMP_MILLIS => moment(1_000),
            ConvertedType::TIMESTAMP_MICROS => moment(1_000_000),
            ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32 | ConvertedType::UINT_64 => {
                Kind::Unsigned
            }
            ConvertedType::BSON => Kind::Other("a BSON document"),
            ConvertedType::INTERVAL => Kind::Other("a duration"),
            _ => Self::of_physical(column.physical_type()),
        }
    }

    fn of_physical(physical: Type) -> Kind {
        match physical {
            Type::BOOLEAN => Kind::Boolean,
            Type::INT32 | Type::INT64 => Kind::Number { places: 0 },
            // The moments of older programs are instants, in nanoseconds of a day.
            Type::INT96 => Kind::Moment {
                per_second: 1,
                is_instant: true,
            },
            Type::FLOAT | Type::DOUBLE => Kind::Float,
            Type::BYTE_ARRAY | Type::FIXED_LEN_BYTE_ARRAY => Kind::Text,
        }
    }

    fn decimal(scale: i32) -> Kind {
        // The widest decimals that programs have are of 256 bits, which are 76 digits.
        const MOST_PLACES: u32 = 76;
        match u32::try_from(scale) {
            Ok(places @ ..=MOST_PLACES) => Kind::Number { places },
            Ok(_) => Kind::Other("a number of more than 76 places after the point"),
            Err(_) => Kind::Other("a number of a negative scale"),
        }
    }
}

fn per_second(unit: &TimeUnit) -> i64 {
    match unit {
        TimeUnit::MILLIS => 1_000,
        TimeUnit::MICROS => 1_000_000,
        TimeUnit::NANOS => 1_000_000_000,
    }
}
