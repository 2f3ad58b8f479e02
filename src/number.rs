//! The exact decimal: every number of leadscore, with four places and a magnitude below 10^14.

use std::fmt;

/// The most characters of a number as it is written: a sign, fourteen digits, a point and four more.
const MOST_DIGITS: usize = 20;

/// Units in one: a number is held as a count of ten-thousandths.
const SCALE: i64 = 10_000;

/// The greatest magnitude of a number, in ten-thousandths.
pub const MOST_UNITS: i64 = Number::MAX.units();

/// An exact decimal with four places, its magnitude below 10^14.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Number(i64);

impl Number {
    /// Zero.
    pub const ZERO: Number = Number(0);
    /// The greatest number, 99999999999999.9999.
    pub const MAX: Number = Number(100_000_000_000_000 * SCALE - 1);
    /// The least number.
    pub const MIN: Number = Number(-Self::MAX.0);

    /// The number of ten-thousandths; `None` outside the range.
    pub fn from_units(units: i128) -> Option<Number> {
        let in_range = (Self::MIN.0 as i128..=Self::MAX.0 as i128).contains(&units);
        in_range.then_some(Number(units as i64))
    }

    /// The number of ten-thousandths, or the end of the range that lies nearest.
    pub fn saturating_from_units(units: i128) -> Number {
        Number(units.clamp(Self::MIN.0 as i128, Self::MAX.0 as i128) as i64)
    }

    /// A whole number, or the end of the range that lies nearest.
    pub fn whole(value: i64) -> Number {
        Self::saturating_from_units(value as i128 * SCALE as i128)
    }

    /// How many ten-thousandths it is.
    pub const fn units(self) -> i64 {
        self.0
    }

    /// The sum; `None` outside the range.
    #[expect(
        clippy::should_implement_trait,
        reason = "unlike the operator, it may have no result"
    )]
    pub fn add(self, other: Number) -> Option<Number> {
        Self::from_units(self.0 as i128 + other.0 as i128)
    }

    /// The difference; `None` outside the range.
    pub fn subtract(self, other: Number) -> Option<Number> {
        Self::from_units(self.0 as i128 - other.0 as i128)
    }

    /// The product, rounded half away from zero; `None` outside the range.
    pub fn multiply(self, other: Number) -> Option<Number> {
        Self::from_units(self.times(other))
    }

    /// The quotient, rounded half away from zero; `None` outside the range or where the divisor is zero.
    pub fn divide(self, other: Number) -> Option<Number> {
        self.over(other).and_then(Self::from_units)
    }

    /// The product in ten-thousandths, rounded, whatever its magnitude.
    pub fn times(self, other: Number) -> i128 {
        match self.0.checked_mul(other.0) {
            Some(product) => divide_rounding_narrow(product, SCALE) as i128,
            None => divide_rounding(self.0 as i128 * other.0 as i128, SCALE as i128),
        }
    }

    /// The quotient in ten-thousandths, rounded, whatever its magnitude; `None` for a divisor of zero.
    pub fn over(self, other: Number) -> Option<i128> {
        if other.0 == 0 {
            return None;
        }
        Some(match self.0.checked_mul(SCALE) {
            Some(dividend) => divide_rounding_narrow(dividend, other.0) as i128,
            None => divide_rounding(self.0 as i128 * SCALE as i128, other.0 as i128),
        })
    }

    /// The number with the other sign.
    pub fn negate(self) -> Number {
        Number(-self.0)
    }

    /// Adds the number as it is written: exactly, without trailing zeros.
    pub fn write(self, to: &mut Vec<u8>) {
        if self.0 < 0 {
            to.push(b'-');
        }
        let magnitude = self.0.unsigned_abs();
        let (mut whole, mut fraction) = (magnitude / SCALE as u64, magnitude % SCALE as u64);
        let start = to.len();
        loop {
            to.push(digit(whole));
            whole /= 10;
            if whole == 0 {
                break;
            }
        }
        if let Some(digits) = to.get_mut(start..) {
            digits.reverse();
        }
        if fraction > 0 {
            to.push(b'.');
        }
        while fraction > 0 {
            to.push(digit(fraction / 1_000));
            fraction = fraction % 1_000 * 10;
        }
    }

    /// Written exactly, with its sign, a plus too: `+2.5`, `-20`, `0`.
    pub fn signed(self) -> String {
        if self > Self::ZERO {
            format!("+{self}")
        } else {
            self.to_string()
        }
    }

    /// Reads a number without a sign and an exponent, of few digits: what nearly all data are. `None` for all others,
    /// right or wrong.
    fn parse_plain(text: &[u8]) -> Option<Number> {
        let ([b'0'..=b'9'], [b'0'..=b'9']) = (text.get(..1)?, text.get(text.len() - 1..)?) else {
            return None;
        };
        let (mut units, mut places) = (0i64, None);
        for byte in text.get(..text.len().min(15)).filter(|some| some.len() == text.len())? {
            match byte {
                b'0'..=b'9' => {
                    units = units * 10 + i64::from(byte - b'0');
                    places = places.map(|places: usize| places + 1);
                }
                b'.' if places.is_none() => places = Some(0),
                _ => return None,
            }
        }
        let missing = 4usize.checked_sub(places.unwrap_or(0))?;
        let digits = text.len() - usize::from(places.is_some());
        let scale = [1, 10, 100, 1_000, SCALE].get(missing)?;
        // Fourteen digits before the point are the most that a number has.
        (digits + missing <= 18).then(|| Number(units * scale))
    }

    /// Reads decimal notation, with a sign and an exponent where there are any, rounding half away from zero to
    /// four places. `None` for anything else and outside the range.
    pub fn parse(text: &str) -> Option<Number> {
        if let Some(number) = Self::parse_plain(text.as_bytes()) {
            return Some(number);
        }
        let (mantissa, exponent) = parts(text)?;
        let units = scaled_digits(mantissa, exponent)?;
        Self::from_units(if text.starts_with('-') { -units } else { units })
    }

    /// Whether a text is written as a number is and no [`Number`] is so large.
    pub fn is_beyond(text: &str) -> bool {
        Self::parse(text).is_none() && parts(text).is_some_and(|(mantissa, _)| split_mantissa(mantissa).is_some())
    }
}

/// The mantissa of a number as it is written, without its sign, and the exponent.
fn parts(text: &str) -> Option<(&str, i64)> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    match unsigned.find(['e', 'E']) {
        Some(at) => Some((unsigned.get(..at)?, parse_exponent(unsigned.get(at + 1..)?)?)),
        None => Some((unsigned, 0)),
    }
}

/// The exponent, bounded: past ±1,000,000 every mantissa that fits a file is zero or out of range all the same.
fn parse_exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let magnitude = digits
        .bytes()
        .fold(0i64, |sum, byte| (sum * 10 + i64::from(byte - b'0')).min(1_000_000_000));
    Some(if text.starts_with('-') { -magnitude } else { magnitude })
}

/// The digits before and after the point; `None` where there are none, or others stand among them.
fn split_mantissa(mantissa: &str) -> Option<(&str, &str)> {
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all_digits = whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
    (whole.len() + fraction.len() > 0 && all_digits).then_some((whole, fraction))
}

/// The mantissa times 10^exponent in ten-thousandths, rounded half away from zero (it has no sign here).
fn scaled_digits(mantissa: &str, exponent: i64) -> Option<i128> {
    let (whole, fraction) = split_mantissa(mantissa)?;
    // The digits before `kept` are those of the ten-thousandths; the digit at `kept` rounds.
    let kept = whole.len() as i64 + exponent + 4;
    let mut units: i128 = 0;
    for (place, byte) in whole.bytes().chain(fraction.bytes()).enumerate() {
        let digit = i128::from(byte - b'0');
        if (place as i64) < kept {
            units = (units * 10 + digit).min(i64::MAX as i128);
        } else {
            let rounds_up = place as i64 == kept && digit >= 5;
            return Some(units + i128::from(rounds_up));
        }
    }
    let missing_zeros = kept - (whole.len() + fraction.len()) as i64;
    for _ in 0..missing_zeros.min(20) {
        units = (units * 10).min(i64::MAX as i128);
    }
    Some(units)
}

/// A quotient of integers, rounded half away from zero. The divisor is not zero.
pub(crate) fn divide_rounding(dividend: i128, divisor: i128) -> i128 {
    let quotient = dividend / divisor;
    let remainder = (dividend % divisor).unsigned_abs();
    let away = if (dividend < 0) == (divisor < 0) { 1 } else { -1 };
    if remainder * 2 >= divisor.unsigned_abs() {
        quotient + away
    } else {
        quotient
    }
}

/// As [`divide_rounding`], many times as fast. The divisor is not zero, and the quotient fits.
pub(crate) fn divide_rounding_narrow(dividend: i64, divisor: i64) -> i64 {
    let quotient = dividend / divisor;
    let remainder = (dividend % divisor).unsigned_abs();
    let away = if (dividend < 0) == (divisor < 0) { 1 } else { -1 };
    if remainder >= divisor.unsigned_abs() - remainder {
        quotient + away
    } else {
        quotient
    }
}

/// The last digit of a number.
fn digit(number: u64) -> u8 {
    b'0' + (number % 10) as u8
}

impl fmt::Display for Number {
    /// Exactly, without trailing zeros: `2.5`, `-0.0001`, `0`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = Vec::with_capacity(MOST_DIGITS);
        self.write(&mut text);
        f.pad(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl serde::Serialize for Number {
    /// As a number, written exactly.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let exact: serde_json::Number = serde_json::from_str(&self.to_string()).map_err(serde::ser::Error::custom)?;
        exact.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> Option<i64> {
        Number::parse(text).map(Number::units)
    }

    #[test]
    fn decimal_notation_is_read_exactly() {
        assert_eq!(units("12"), Some(120_000));
        assert_eq!(units("-0.5"), Some(-5_000));
        assert_eq!(units("+.25"), Some(2_500));
        assert_eq!(units("7."), Some(70_000));
        assert_eq!(units("1.5e3"), Some(15_000_000));
        assert_eq!(units("15E-1"), Some(15_000));
        assert_eq!(units("0e999999999999"), Some(0));
        assert_eq!(units("1e-999999999999"), Some(0));
    }

    #[test]
    fn reading_rounds_half_away_from_zero_to_four_places() {
        assert_eq!(units("0.00005"), Some(1));
        assert_eq!(units("-0.00005"), Some(-1));
        assert_eq!(units("0.000049999"), Some(0));
        assert_eq!(units("5e-5"), Some(1));
        assert_eq!(units("4e-6"), Some(0));
    }

    #[test]
    fn what_is_no_number_or_outside_the_range_is_refused() {
        for text in [
            "",
            "-",
            ".",
            "e5",
            "1e",
            "1 000",
            "1,5",
            "0x10",
            "NaN",
            "inf",
            "1e14",
            "100000000000000",
            "--1",
        ] {
            assert_eq!(units(text), None, "{text}");
        }
        assert_eq!(Number::parse("99999999999999.9999"), Some(Number::MAX));
        assert_eq!(units("99999999999999.99995"), None);
    }

    #[test]
    fn numbers_are_written_without_trailing_zeros() {
        for text in ["0", "-0.0001", "2.5", "1000000", "-20", "0.05"] {
            assert_eq!(Number::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Number::parse("-0").unwrap().to_string(), "0");
    }

    #[test]
    fn each_operation_rounds_once() {
        let third = Number::whole(1).divide(Number::whole(3)).unwrap();
        assert_eq!(third.units(), 3_333);
        assert_eq!(Number::whole(2).divide(Number::whole(-3)).unwrap().units(), -6_667);
        assert_eq!(Number(1).multiply(Number(5_000)).unwrap().units(), 1);
        assert_eq!(Number::whole(1).divide(Number::ZERO), None);
        assert_eq!(Number::MAX.add(Number(1)), None);
    }

    #[test]
    fn narrow_division_rounds_as_the_wide_one() {
        let most = i64::MAX;
        for dividend in [
            0,
            1,
            2,
            4_999,
            5_000,
            5_001,
            15_000,
            most / 2,
            most / 2 + 1,
            most - 1,
            most,
        ] {
            for divisor in [
                1,
                2,
                3,
                4,
                9_999,
                10_000,
                10_001,
                1_000_000_000_000,
                most / 2,
                most - 1,
                most,
            ] {
                for (dividend, divisor) in [(dividend, divisor), (-dividend, divisor), (dividend, -divisor)] {
                    let wide = divide_rounding(i128::from(dividend), i128::from(divisor));
                    let narrow = divide_rounding_narrow(dividend, divisor);
                    assert_eq!(i128::from(narrow), wide, "{dividend} / {divisor}");
                }
            }
        }
    }

    #[test]
    fn products_and_quotients_are_exact_where_they_do_not_fit_and_just_before() {
        // The product of 3037000499 with itself is the last square that fits.
        for left in [
            3_037_000_499,
            3_037_000_500,
            922_337_203_685_477,
            922_337_203_685_478,
            Number::MAX.0,
        ] {
            for right in [3_037_000_499, 3_037_000_500, 10_000, 9_999, 7, Number::MAX.0] {
                for (left, right) in [(left, right), (-left, right), (left, -right), (-left, -right)] {
                    let product = divide_rounding(left as i128 * right as i128, SCALE as i128);
                    assert_eq!(Number(left).times(Number(right)), product);
                    let quotient = divide_rounding(left as i128 * SCALE as i128, right as i128);
                    assert_eq!(Number(left).over(Number(right)), Some(quotient));
                }
            }
        }
    }
}
