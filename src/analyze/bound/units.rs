//! The units in which bounds are added up: parts of ten-thousandths, so that factors of formulas leave whole numbers, and
//! what has no limit among them.

use super::eliminate::IMPOSSIBLE;
use crate::analyze::space::range::{ENDLESS, Range};

/// One, as the factors of a formula are counted.
pub(in crate::analyze) const WHOLE: i128 = 100_000_000;

/// Greater factors are left where they stand, so that no product leaves what an `i128` holds.
pub(in crate::analyze) const MOST_FACTOR: i128 = WHOLE * 1_000_000;

/// What has no limit, counted in the parts in which factors are; and the greatest of what has one.
// INVARIANT: a bound is a sum of fewer than 2^16 of these. What has limits comes to less than half of `UNLIMITED`
// together, so that what has none is seen in every sum of which it is a part; and all together come to less than half
// of `IMPOSSIBLE`, so that a sum lies below that half exactly where something in it cannot be.
pub(super) const UNLIMITED: i128 = ENDLESS * WHOLE;
pub(super) const MOST_LIMITED: i128 = UNLIMITED >> 17;
pub(super) const MOST_TERMS: usize = 1 << 16;
const _: () = assert!(UNLIMITED << 16 < -(IMPOSSIBLE >> 1));

/// The greatest product of what a node comes to and a factor.
pub(super) fn best(range: Range, factor: i128) -> i128 {
    if !range.may_be_known() {
        return 0;
    }
    product(if factor > 0 { range.high } else { range.low }, factor)
}

/// The product of an end and a factor.
pub(super) fn product(end: i128, factor: i128) -> i128 {
    match end.abs() >= ENDLESS >> 1 {
        true => limited(end.signum() * factor.signum() * UNLIMITED),
        false => limited(end.saturating_mul(factor)),
    }
}

/// A number, in parts, as it counts in a sum of which nothing greater comes: `UNLIMITED` from `MOST_LIMITED` on.
pub(super) fn limited(parts: i128) -> i128 {
    match parts > MOST_LIMITED {
        true => UNLIMITED,
        false => parts.max(-MOST_LIMITED),
    }
}

/// The sum of two bounds, in parts: without limit where one of them is.
pub(super) fn together(one: i128, other: i128) -> i128 {
    match one.max(other) >= UNLIMITED >> 1 {
        true => UNLIMITED,
        false => one.saturating_add(other),
    }
}

/// Hundred-millionths of ten-thousandths, cut down to whole ones.
pub(super) fn floor(parts: i128) -> i128 {
    parts.div_euclid(WHOLE)
}
