//! What comes of ranges that are compared, added up or tested: one function a kind of operation.

use crate::model::{Bound, Comparison, Operator};
use crate::number::Number;

use crate::analyze::space::atoms::MOST_EVENTS;
use crate::analyze::space::range::{ENDLESS, Range, saturated};

/// A number of events, of which there may be any number.
pub(in crate::analyze) fn count_of(count: u64) -> i128 {
    if count >= MOST_EVENTS {
        ENDLESS
    } else {
        i128::from(count)
    }
}

pub(in crate::analyze) fn bounded((least, most): (u64, u64), bound: Bound) -> Range {
    match bound {
        Bound::AtLeast(wanted) => Range::of_truths(most >= wanted, least < wanted),
        Bound::AtMost(wanted) => Range::of_truths(least <= wanted, most > wanted),
        Bound::Exactly(wanted) => Range::of_truths((least..=most).contains(&wanted), least != most || least != wanted),
    }
}

pub(in crate::analyze) fn compared(one: Range, comparison: Comparison, other: Range) -> Range {
    if !one.may_be_known() || !other.may_be_known() {
        return Range::truth(false);
    }
    let missing = one.missing || other.missing;
    let (may_hold, may_fail) = match comparison {
        Comparison::Equal => (
            one.low <= other.high && other.low <= one.high,
            !(one.low == one.high && other.low == other.high && one.low == other.low),
        ),
        Comparison::Less => (one.low < other.high, one.high >= other.low),
        Comparison::LessOrEqual => (one.low <= other.high, one.high > other.low),
        Comparison::Greater => (one.high > other.low, one.low <= other.high),
        Comparison::GreaterOrEqual => (one.high >= other.low, one.low < other.high),
    };
    Range::of_truths(may_hold, may_fail || missing)
}

pub(in crate::analyze) fn one_of(one: Range, constants: &[i64]) -> Range {
    let inside = |constant: &&i64| one.low <= i128::from(**constant) && i128::from(**constant) <= one.high;
    let may_hold = one.may_be_known() && constants.iter().any(|constant| inside(&constant));
    Range::of_truths(may_hold, !(may_hold && one.is_settled()))
}

pub(in crate::analyze) fn arithmetic(operator: Operator, one: Range, other: Range) -> Range {
    let inside = i128::from(Number::MAX.units());
    let exact = |range: Range| {
        let within = range.low >= -inside && range.high <= inside;
        let missing = range.missing || !within;
        Range::of(range.low.max(-inside), range.high.min(inside), missing)
    };
    match operator {
        Operator::Plus => exact(one.zip(other, |left, right| left + right)),
        Operator::Minus => exact(one.zip(other, |left, right| left - right)),
        Operator::Times | Operator::Over => {
            let of = |units: i128| Number::from_units(units);
            let settled = one.is_settled() && other.is_settled() && one.may_be_known() && other.may_be_known();
            let numbers = of(one.low).zip(of(other.low)).filter(|_| settled);
            match numbers.map(|(left, right)| operator.exact(left, right)) {
                Some(Some(result)) => Range::number(result),
                Some(None) => Range::MISSING,
                None => Range::ANY,
            }
        }
    }
}

pub(in crate::analyze) fn saturating(operator: Operator, one: Range, other: Range) -> Range {
    match operator {
        Operator::Plus => one.zip(other, |left, right| saturated(left + right)),
        Operator::Minus => one.zip(other, |left, right| saturated(left - right)),
        // A formula multiplies by a literal, and divides by one.
        Operator::Times | Operator::Over => one.zip(other, |left, right| {
            let number = |units: i128| Number::from_units(units);
            match (number(left), number(right)) {
                (Some(left), Some(right)) => i128::from(operator.saturating(left, right).units()),
                (None, _) | (_, None) => left.signum() * right.signum() * ENDLESS,
            }
        }),
    }
}

pub(in crate::analyze) fn clamped(value: Range, min: Option<Number>, max: Option<Number>) -> Range {
    let least = min.map(|min| i128::from(min.units()));
    let most = max.map(|max| i128::from(max.units()));
    value.map(|units| {
        let units = least.map_or(units, |least| units.max(least));
        most.map_or(units, |most| units.min(most))
    })
}

pub(in crate::analyze) fn band(score: Range, thresholds: &[(Number, u16)], otherwise: Option<u16>) -> Range {
    let mut range = Range::MISSING;
    range.missing = false;
    let mut reached_from = ENDLESS << 1;
    let rows = thresholds
        .iter()
        .map(|(threshold, label)| (i128::from(threshold.units()), Some(*label)));
    for (threshold, label) in rows.chain([(-(ENDLESS << 1), otherwise)]) {
        if score.may_be_known() && score.high >= threshold && score.low < reached_from {
            range = match label {
                Some(label) => Range::of(
                    if range.may_be_known() {
                        range.low.min(i128::from(label))
                    } else {
                        i128::from(label)
                    },
                    if range.may_be_known() {
                        range.high.max(i128::from(label))
                    } else {
                        i128::from(label)
                    },
                    range.missing,
                ),
                None => Range { missing: true, ..range },
            };
        }
        reached_from = threshold;
    }
    Range {
        missing: range.missing || score.missing || !range.may_be_known(),
        ..range
    }
}

pub(in crate::analyze) fn first_known(one: Range, other: Range) -> Range {
    match (one.missing, one.may_be_known()) {
        (false, _) => one,
        (true, false) => other,
        (true, true) => {
            let known = Range { missing: false, ..one };
            known.or(other)
        }
    }
}
