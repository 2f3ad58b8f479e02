//! Numbers of typed columns, exact: as a [`Number`] where they are one, else as they would be written.

use crate::connect::block::Raw;
use crate::number::Number;

/// The places of a [`Number`].
const PLACES: u32 = 4;

/// A decimal with so many places after the point.
pub(super) fn decimal(value: i128, places: u32) -> Raw<'static> {
    match exact(value, places) {
        Some(number) => Raw::Number(number),
        None => Raw::LongNumber(written(value, places)),
    }
}

fn exact(value: i128, places: u32) -> Option<Number> {
    if places <= PLACES {
        return Number::from_units(value.checked_mul(10i128.checked_pow(PLACES - places)?)?);
    }
    let divisor = 10i128.checked_pow(places - PLACES)?;
    (value % divisor == 0).then(|| Number::from_units(value / divisor))?
}

fn written(value: i128, places: u32) -> String {
    let places = places as usize;
    let digits = format!("{:0>1$}", value.unsigned_abs(), places + 1);
    let sign = if value < 0 { "-" } else { "" };
    match digits.split_at_checked(digits.len() - places) {
        Some((whole, fraction)) if !fraction.is_empty() => format!("{sign}{whole}.{fraction}"),
        _ => format!("{sign}{digits}"),
    }
}

/// The decimal of fewest digits that is nearest to no other double.
pub(super) fn double(value: f64) -> Raw<'static> {
    match near(value) {
        Some(number) => Raw::Number(number),
        None => shortest(&value.to_string()),
    }
}

/// The decimal of fewest digits that is nearest to no other single.
pub(super) fn single(value: f32) -> Raw<'static> {
    shortest(&value.to_string())
}

fn shortest(text: &str) -> Raw<'static> {
    let places = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    match Number::parse(text) {
        Some(number) if places <= PLACES as usize => Raw::Number(number),
        _ => Raw::LongNumber(text.to_owned()),
    }
}

/// The number that a double is the nearest to, where it has at most 15 digits: no two of these share a double, so it
/// is the one of fewest digits.
#[expect(
    clippy::float_arithmetic,
    reason = "the data's own, before it becomes a number; the result is checked to be exact"
)]
fn near(value: f64) -> Option<Number> {
    const MOST: f64 = 1e15;
    let units = (value * 1e4).round();
    let is_near = units.abs() < MOST && units / 1e4 == value;
    is_near.then(|| Number::from_units(units as i128))?
}

/// A half as a single.
pub(super) fn half(bits: u16) -> f32 {
    let (sign, exponent, fraction) = (
        u32::from(bits >> 15),
        u32::from(bits >> 10 & 0x1F),
        u32::from(bits & 0x3FF),
    );
    let magnitude = match (exponent, fraction) {
        (0, 0) => 0,
        (0, fraction) => {
            // A fraction without a leading one: it gets one, and the exponent that goes with it.
            let shift = fraction.leading_zeros() - 21;
            (113 - shift) << 23 | (fraction << shift & 0x3FF) << 13
        }
        (0x1F, fraction) => 0xFF << 23 | fraction << 13,
        (exponent, fraction) => (exponent + 112) << 23 | fraction << 13,
    };
    f32::from_bits(sign << 31 | magnitude)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(raw: Raw<'_>) -> String {
        let mark = if matches!(raw, Raw::Number(_)) { "=" } else { "" };
        format!("{mark}{}", raw.written())
    }

    #[test]
    fn decimals_of_every_scale_are_exact() {
        for (value, places, expected) in [
            (0, 0, "=0"),
            (-1250, 2, "=-12.5"),
            (12_345, 4, "=1.2345"),
            (12_300_000, 9, "=0.0123"),
            (12_345_678, 9, "0.012345678"),
            (-5, 5, "-0.00005"),
            (99_999_999_999_999, 0, "=99999999999999"),
            (100_000_000_000_000, 0, "100000000000000"),
            (i128::from(i64::MIN), 0, "-9223372036854775808"),
            (1, 38, "0.00000000000000000000000000000000000001"),
            (0, 60, "0.000000000000000000000000000000000000000000000000000000000000"),
        ] {
            assert_eq!(shown(decimal(value, places)), expected);
        }
    }

    #[test]
    fn floating_point_numbers_are_their_shortest_decimals() {
        for (value, expected) in [
            (12.0, "=12"),
            (-0.0, "=0"),
            (0.1 + 0.2, "0.30000000000000004"),
            (0.3, "=0.3"),
            (1234.5678, "=1234.5678"),
            (0.00005, "0.00005"),
            (99_999_999_999_999.98, "=99999999999999.98"),
            (1e14, "100000000000000"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "inf"),
        ] {
            assert_eq!(shown(double(value)), expected, "{value}");
        }
        assert_eq!(shown(single(0.1)), "=0.1");
        assert_eq!(shown(single(16_777_216.0)), "=16777216");
        assert_eq!(shown(single(0.123_456_79)), "0.12345679");
    }

    #[test]
    fn the_short_way_agrees_with_the_written_one() {
        for at in 0..200_000u32 {
            let value = f64::from(at.wrapping_mul(0x9E37_79B9)) / [1e4, 1e3, 7.0, 1e9][at as usize % 4];
            assert_eq!(shown(double(value)), shown(shortest(&value.to_string())));
        }
    }

    #[test]
    fn halves_are_numbers() {
        for (bits, value) in [
            (0x0000, 0.0),
            (0x3C00, 1.0),
            (0xC500, -5.0),
            (0x0001, 5.960_464_5e-8),
            (0x03FF, 6.097_555e-5),
            (0x7BFF, 65_504.0),
            (0x7C00, f32::INFINITY),
        ] {
            assert_eq!(half(bits), value, "{bits:x}");
        }
        assert!(half(0x7E00).is_nan());
    }
}
