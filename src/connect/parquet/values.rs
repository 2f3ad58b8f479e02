//! Values of a column, decoded, and each of them as a [`Raw`].

use std::borrow::Cow;

use parquet::basic::Type;
use parquet::schema::types::ColumnDescriptor;

use super::kind::Kind;
use super::numbers;
use crate::calendar::Day;
use crate::connect::block::Raw;
use crate::connect::dates::Moment;

/// Values of one kind, none of them missing.
#[derive(Debug)]
pub(super) enum Values {
    /// Texts.
    Texts(Texts),
    /// True or false.
    Booleans(Vec<bool>),
    /// Numbers with so many places after the point.
    Numbers(Vec<i64>, u32),
    /// Numbers of more bits; one that needs more than 128 is none.
    Wide(Vec<Option<i128>>, u32),
    /// Floating-point numbers.
    Singles(Vec<f32>),
    /// Floating-point numbers.
    Doubles(Vec<f64>),
    /// Days since 1970-01-01.
    Days(Vec<i32>),
    /// Seconds since 1970, and whether they are instants.
    Moments(Vec<i64>, bool),
    /// Seconds since midnight.
    Times(Vec<i64>),
    /// So many of a kind that cannot be used.
    Others(usize, &'static str),
}

/// Texts in one buffer, each from one place to another. One that is no UTF-8 ends before it begins.
#[derive(Debug, Default)]
pub(super) struct Texts {
    buffer: String,
    places: Vec<(u32, u32)>,
}

/// How the values of a column lie in its pages.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    physical: Type,
    /// How many bytes each value takes, where all take the same.
    length: usize,
    kind: Kind,
}

impl Layout {
    /// The layout of a column.
    pub(super) fn of(column: &ColumnDescriptor) -> Layout {
        let physical = column.physical_type();
        let length = match physical {
            Type::INT32 | Type::FLOAT => 4,
            Type::INT64 | Type::DOUBLE => 8,
            Type::INT96 => 12,
            Type::FIXED_LEN_BYTE_ARRAY => usize::try_from(column.type_length()).unwrap_or(0),
            Type::BOOLEAN | Type::BYTE_ARRAY => 0,
        };
        let kind = match Kind::of(column) {
            kind if fit(kind, physical, length) => kind,
            _ => Kind::Other("a value of a type that is none"),
        };
        Layout { physical, length, kind }
    }

    /// Whether the values are true or false, a bit each.
    pub(super) fn is_boolean(self) -> bool {
        self.physical == Type::BOOLEAN
    }

    /// The values that codes stand for before any dictionary is read: of booleans, the two that there are.
    pub(super) fn dictionary(self) -> Values {
        match self.values() {
            Values::Booleans(_) => Values::Booleans(vec![false, true]),
            none => none,
        }
    }

    /// No values yet.
    pub(super) fn values(self) -> Values {
        let is_long = self.length > 8 || self.physical == Type::BYTE_ARRAY;
        match self.kind {
            Kind::Text | Kind::Uuid => Values::Texts(Texts::default()),
            Kind::Boolean => Values::Booleans(Vec::new()),
            Kind::Number { places } if is_long => Values::Wide(Vec::new(), places),
            Kind::Number { places } => Values::Numbers(Vec::new(), places),
            Kind::Unsigned => Values::Wide(Vec::new(), 0),
            Kind::Float if self.physical == Type::DOUBLE => Values::Doubles(Vec::new()),
            Kind::Float => Values::Singles(Vec::new()),
            Kind::Day => Values::Days(Vec::new()),
            Kind::Moment { is_instant, .. } => Values::Moments(Vec::new(), is_instant),
            Kind::Time { .. } => Values::Times(Vec::new()),
            Kind::Other(what) => Values::Others(0, what),
        }
    }

    /// Adds so many values that lie plainly one after the other. Returns how many bytes they take; `None` where there
    /// are fewer.
    pub(super) fn read_plain(self, bytes: &[u8], count: usize, into: &mut Values) -> Option<usize> {
        match self.physical {
            Type::BYTE_ARRAY => return self.read_long(bytes, count, into),
            Type::BOOLEAN => return read_bits(bytes, count, into),
            _ => {}
        }
        let length = self.length.checked_mul(count)?;
        let bytes = bytes.get(..length)?;
        match into {
            Values::Texts(texts) if self.kind == Kind::Uuid => {
                bytes.chunks_exact(16).for_each(|id| texts.push_uuid(id))
            }
            Values::Texts(texts) => bytes.chunks_exact(self.length.max(1)).for_each(|text| texts.push(text)),
            Values::Booleans(_) => return None,
            Values::Numbers(values, _) => match self.physical {
                Type::INT32 => values.extend(of_4(bytes).map(|value| i64::from(i32::from_le_bytes(value)))),
                Type::INT64 => values.extend(of_8(bytes).map(i64::from_le_bytes)),
                _ => values.extend(bytes.chunks_exact(self.length.max(1)).map(big_endian_short)),
            },
            Values::Wide(values, _) => match self.physical {
                Type::INT32 => values.extend(of_4(bytes).map(|value| Some(u32::from_le_bytes(value).into()))),
                Type::INT64 => values.extend(of_8(bytes).map(|value| Some(u64::from_le_bytes(value).into()))),
                _ => values.extend(bytes.chunks_exact(self.length.max(1)).map(big_endian)),
            },
            Values::Singles(values) => match self.physical {
                Type::FLOAT => values.extend(of_4(bytes).map(f32::from_le_bytes)),
                _ => values.extend(
                    bytes
                        .as_chunks()
                        .0
                        .iter()
                        .map(|bits| numbers::half(u16::from_le_bytes(*bits))),
                ),
            },
            Values::Doubles(values) => values.extend(of_8(bytes).map(f64::from_le_bytes)),
            Values::Days(values) => values.extend(of_4(bytes).map(i32::from_le_bytes)),
            Values::Moments(values, _) => self.read_seconds(bytes, values),
            Values::Times(values) => self.read_seconds(bytes, values),
            Values::Others(number, _) => *number += count,
        }
        Some(length)
    }

    /// Adds values each of which has its length before it.
    fn read_long(self, bytes: &[u8], count: usize, into: &mut Values) -> Option<usize> {
        let mut end = 0;
        let mut next = || {
            let rest = bytes.get(end..)?;
            let (length, rest) = rest.split_first_chunk()?;
            let length = u32::from_le_bytes(*length) as usize;
            end += 4 + length;
            rest.get(..length)
        };
        match into {
            Values::Texts(texts) => return texts.read_plain(bytes, count),
            Values::Wide(values, _) => {
                for _ in 0..count {
                    values.push(big_endian(next()?));
                }
            }
            Values::Others(number, _) => {
                for _ in 0..count {
                    next()?;
                }
                *number += count;
            }
            _ => return None,
        }
        Some(end)
    }

    fn read_seconds(self, bytes: &[u8], into: &mut Vec<i64>) {
        // One match outside of the loop, so that each division is by a number that is known.
        let per_second = match self.kind {
            Kind::Moment { per_second, .. } | Kind::Time { per_second } => per_second,
            _ => 1,
        };
        match (self.physical, per_second) {
            (Type::INT96, _) => into.extend(bytes.as_chunks().0.iter().map(seconds_of_96_bits)),
            (Type::INT32, _) => {
                into.extend(of_4(bytes).map(|value| i64::from(i32::from_le_bytes(value)).div_euclid(per_second)));
            }
            (_, 1_000) => into.extend(of_8(bytes).map(|value| i64::from_le_bytes(value).div_euclid(1_000))),
            (_, 1_000_000) => into.extend(of_8(bytes).map(|value| i64::from_le_bytes(value).div_euclid(1_000_000))),
            _ => into.extend(of_8(bytes).map(|value| i64::from_le_bytes(value).div_euclid(per_second))),
        }
    }
}

/// Adds values of a bit each, the least of a byte first.
fn read_bits(bytes: &[u8], count: usize, into: &mut Values) -> Option<usize> {
    let length = count.div_ceil(8);
    let bytes = bytes.get(..length)?;
    match into {
        Values::Booleans(values) => {
            let bits = bytes
                .iter()
                .flat_map(|byte| (0..8).map(move |bit| byte >> bit & 1 == 1));
            values.extend(bits.take(count));
        }
        Values::Others(number, _) => *number += count,
        _ => return None,
    }
    Some(length)
}

/// Whether values of a kind can lie so.
fn fit(kind: Kind, physical: Type, length: usize) -> bool {
    let is_whole = matches!(physical, Type::INT32 | Type::INT64);
    let is_bytes = physical == Type::BYTE_ARRAY || physical == Type::FIXED_LEN_BYTE_ARRAY && length > 0;
    match kind {
        Kind::Text => is_bytes,
        Kind::Uuid => physical == Type::FIXED_LEN_BYTE_ARRAY && length == 16,
        Kind::Boolean => physical == Type::BOOLEAN,
        Kind::Number { .. } => is_whole || is_bytes,
        Kind::Unsigned => is_whole,
        Kind::Float => matches!(physical, Type::FLOAT | Type::DOUBLE) || length == 2,
        Kind::Day => physical == Type::INT32,
        Kind::Moment { .. } => matches!(physical, Type::INT64 | Type::INT96),
        Kind::Time { .. } => is_whole,
        Kind::Other(_) => true,
    }
}

fn of_4(bytes: &[u8]) -> impl Iterator<Item = [u8; 4]> {
    bytes.as_chunks().0.iter().copied()
}

fn of_8(bytes: &[u8]) -> impl Iterator<Item = [u8; 8]> {
    bytes.as_chunks().0.iter().copied()
}

/// A number of at most eight bytes, the greatest first.
fn big_endian_short(bytes: &[u8]) -> i64 {
    let negative = bytes.first().is_some_and(|byte| byte & 0x80 != 0);
    let filled = if negative { -1 } else { 0 };
    bytes.iter().fold(filled, |value, byte| value << 8 | i64::from(*byte))
}

/// A number of any length, the greatest byte first; `None` where it needs more than 128 bits.
fn big_endian(bytes: &[u8]) -> Option<i128> {
    let negative = bytes.first().is_some_and(|byte| byte & 0x80 != 0);
    let filled = if negative { 0xFF } else { 0 };
    let (beyond, last) = bytes.split_at_checked(bytes.len().saturating_sub(16))?;
    let fits = last
        .first()
        .is_none_or(|byte| beyond.is_empty() || byte & 0x80 == filled & 0x80);
    let value = last
        .iter()
        .fold(-i128::from(negative), |value, byte| value << 8 | i128::from(*byte));
    (fits && beyond.iter().all(|byte| *byte == filled)).then_some(value)
}

/// Nanoseconds of a day, and the day by the Julian count.
fn seconds_of_96_bits(bytes: &[u8; 12]) -> i64 {
    const EPOCH: i64 = 2_440_588;
    let [a, b, c, d, e, f, g, h, day @ ..] = *bytes;
    let nanoseconds = i64::from_le_bytes([a, b, c, d, e, f, g, h]);
    (i64::from(u32::from_le_bytes(day)) - EPOCH) * 86_400 + nanoseconds.div_euclid(1_000_000_000)
}

impl Texts {
    fn push(&mut self, bytes: &[u8]) {
        let start = self.buffer.len() as u32;
        match std::str::from_utf8(bytes) {
            Ok(text) => {
                self.buffer.push_str(text);
                self.places.push((start, self.buffer.len() as u32));
            }
            Err(_) => self.places.push((1, 0)),
        }
    }

    fn push_uuid(&mut self, bytes: &[u8]) {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let digit = |half: u8| {
            DIGITS
                .get(usize::from(half & 0xF))
                .map_or('0', |digit| char::from(*digit))
        };
        let start = self.buffer.len() as u32;
        for (at, byte) in bytes.iter().enumerate() {
            if matches!(at, 4 | 6 | 8 | 10) {
                self.buffer.push('-');
            }
            self.buffer.extend([digit(byte >> 4), digit(*byte)]);
        }
        self.places.push((start, self.buffer.len() as u32));
    }

    /// Adds texts with their lengths before them. They are looked at together where they are short: the lengths are
    /// UTF-8 then, too.
    fn read_plain(&mut self, bytes: &[u8], count: usize) -> Option<usize> {
        let (first, base) = (self.places.len(), self.buffer.len());
        let mut end = 0;
        for _ in 0..count {
            let (length, rest) = bytes.get(end..)?.split_first_chunk()?;
            let length = u32::from_le_bytes(*length) as usize;
            rest.get(..length)?;
            let start = base + end + 4;
            self.places.push((start as u32, (start + length) as u32));
            end += 4 + length;
        }
        let bytes = bytes.get(..end)?;
        match std::str::from_utf8(bytes) {
            Ok(text) => self.buffer.push_str(text),
            Err(_) => {
                let places = self.places.split_off(first);
                for (start, end) in places {
                    let within = start as usize - base..end as usize - base;
                    self.push(bytes.get(within)?);
                }
            }
        }
        Some(end)
    }

    #[inline]
    fn get(&self, at: usize) -> Option<&str> {
        let (start, end) = *self.places.get(at)?;
        self.buffer.get(start as usize..end as usize)
    }
}

impl Values {
    /// Forgets the values, and keeps their memory.
    pub(super) fn clear(&mut self) {
        match self {
            Values::Texts(texts) => {
                texts.buffer.clear();
                texts.places.clear();
            }
            Values::Booleans(values) => values.clear(),
            Values::Numbers(values, _) | Values::Moments(values, _) | Values::Times(values) => values.clear(),
            Values::Wide(values, _) => values.clear(),
            Values::Singles(values) => values.clear(),
            Values::Doubles(values) => values.clear(),
            Values::Days(values) => values.clear(),
            Values::Others(number, _) => *number = 0,
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Values::Texts(texts) => texts.places.len(),
            Values::Booleans(values) => values.len(),
            Values::Numbers(values, _) | Values::Moments(values, _) | Values::Times(values) => values.len(),
            Values::Wide(values, _) => values.len(),
            Values::Singles(values) => values.len(),
            Values::Doubles(values) => values.len(),
            Values::Days(values) => values.len(),
            Values::Others(number, _) => *number,
        }
    }

    /// One of them; missing where there are fewer.
    #[inline]
    pub(super) fn raw(&self, at: usize) -> Raw<'_> {
        self.get(at).unwrap_or(Raw::Missing)
    }

    /// A text, where these are texts.
    #[inline]
    pub(super) fn text(&self, at: usize) -> Option<&str> {
        match self {
            Values::Texts(texts) => texts.get(at),
            _ => None,
        }
    }

    #[inline]
    fn get(&self, at: usize) -> Option<Raw<'_>> {
        Some(match self {
            Values::Texts(texts) => match texts.get(at) {
                Some(text) => Raw::Text(Cow::Borrowed(text)),
                None => Raw::Other("bytes that are no UTF-8 text"),
            },
            Values::Booleans(values) => Raw::Boolean(*values.get(at)?),
            Values::Numbers(values, places) => numbers::decimal(i128::from(*values.get(at)?), *places),
            Values::Wide(values, places) => match values.get(at)? {
                Some(value) => numbers::decimal(*value, *places),
                None => Raw::Other("a number of more than 128 bits"),
            },
            Values::Singles(values) => numbers::single(*values.get(at)?),
            Values::Doubles(values) => numbers::double(*values.get(at)?),
            Values::Days(values) => day(*values.get(at)?),
            Values::Moments(values, is_instant) => Raw::Moment(Moment {
                seconds: *values.get(at)?,
                is_instant: *is_instant,
            }),
            Values::Times(values) => Raw::Text(Cow::Owned(time(*values.get(at)?))),
            Values::Others(_, what) => Raw::Other(what),
        })
    }
}

fn day(number: i32) -> Raw<'static> {
    match Day::from_number(number) {
        Some(day) => Raw::Day(day),
        None => Raw::Other("a day outside of the years 1 to 9999"),
    }
}

fn time(seconds: i64) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}
