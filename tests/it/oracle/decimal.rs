//! Exact numbers: "an exact decimal, 4 places, magnitude below 10^14", as whole ten-thousandths.

use leadscore::model::{Clamp, Operator};
use leadscore::number::Number;

/// Ten-thousandths in one.
const ONE: i128 = 10_000;

/// The least magnitude that is out of range, in ten-thousandths: 10^14.
const LIMIT: i128 = 100_000_000_000_000 * ONE;

/// The whole number nearest to a fraction, "half away from zero".
pub(crate) fn round(numerator: i128, denominator: i128) -> i128 {
    let magnitude = (2 * numerator.abs() + denominator.abs()) / (2 * denominator.abs());
    if (numerator < 0) == (denominator < 0) {
        magnitude
    } else {
        -magnitude
    }
}

/// "Arithmetic is exact, each operation's result rounded half away from zero to 4 places." In ten-thousandths,
/// whatever the magnitude; `None` for a "division by zero".
pub(crate) fn operate(left: Number, operator: Operator, right: Number) -> Option<i128> {
    let (left, right) = (i128::from(left.units()), i128::from(right.units()));
    match operator {
        Operator::Plus => Some(left + right),
        Operator::Minus => Some(left - right),
        Operator::Times => Some(round(left * right, ONE)),
        Operator::Over if right == 0 => None,
        Operator::Over => Some(round(left * ONE, right)),
    }
}

/// The number; `None` for "a result outside the number range".
pub(crate) fn in_range(units: i128) -> Option<Number> {
    (units.abs() < LIMIT).then(|| Number::from_units(units).unwrap())
}

/// The number, or the end of the range that was left.
pub(crate) fn nearest_in_range(units: i128) -> Number {
    in_range(units.clamp(1 - LIMIT, LIMIT - 1)).unwrap()
}

/// The sum of numbers that people give as points: far from the ends of the range.
pub(crate) fn sum(numbers: impl Iterator<Item = Number>) -> Number {
    nearest_in_range(numbers.map(|number| i128::from(number.units())).sum())
}

/// "clamped to the block's `min` and `max`"
pub(crate) fn clamp(value: Number, to: Clamp) -> Number {
    if to.min.is_some_and(|min| value < min) {
        to.min.unwrap()
    } else if to.max.is_some_and(|max| value > max) {
        to.max.unwrap()
    } else {
        value
    }
}

/// Trillionths in one: 12 places.
const FINE: i128 = 1_000_000_000_000;

/// "points × f(full periods of age), with f(0) = 1 and f(n) = f(n−1) × 0.9 cut down to 12 places", "rounded once, half
/// away from zero, to 4 places". The part is the 10% that each period takes.
pub(crate) fn shrink(points: Number, part: Number, periods: i64) -> Number {
    let mut f = FINE;
    for _ in 0..periods {
        f = f * (ONE - i128::from(part.units())) / ONE;
        if f == 0 {
            break;
        }
    }
    nearest_in_range(round(i128::from(points.units()) * f, FINE))
}

/// "moved 5 toward zero for each full period of age, never past it"
pub(crate) fn toward_zero(points: Number, step: Number, periods: i64) -> Number {
    let (points, taken) = (
        i128::from(points.units()),
        i128::from(step.units()) * i128::from(periods),
    );
    nearest_in_range(if points > 0 {
        (points - taken).max(0)
    } else {
        (points + taken).min(0)
    })
}

/// "points × (1 − age in days / 90), 0 from there on"
pub(crate) fn straight_down(points: Number, age: i64, span: i64) -> Number {
    if age >= span {
        return Number::ZERO;
    }
    let left = i128::from(span - age);
    nearest_in_range(round(i128::from(points.units()) * left, i128::from(span)))
}
