//! Ranges: all that a node can come to, as far as it is known. A range may hold too much, but never too little.

use crate::number::Number;

/// More than any number: what has no limit.
pub(in crate::analyze) const ENDLESS: i128 = 1 << 80;

/// The numbers that a node can come to, both ends included, and whether it may be missing. A truth is 0 or 1, a day is
/// its number, a choice its place; none of several is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::analyze) struct Range {
    /// The least.
    pub(in crate::analyze) low: i128,
    /// The greatest; below `low` where it is always missing.
    pub(in crate::analyze) high: i128,
    /// Whether it may be missing.
    pub(in crate::analyze) missing: bool,
}

impl Range {
    /// Nothing is known of it.
    pub(in crate::analyze) const ANY: Range = Range::of(-ENDLESS, ENDLESS, true);
    /// True or false.
    pub(in crate::analyze) const EITHER: Range = Range::of(0, 1, false);
    /// Always missing.
    pub(in crate::analyze) const MISSING: Range = Range::of(1, 0, true);

    /// The range with these ends.
    pub(in crate::analyze) const fn of(low: i128, high: i128, missing: bool) -> Range {
        Range { low, high, missing }
    }

    /// One value.
    pub(in crate::analyze) const fn exactly(value: i128) -> Range {
        Range::of(value, value, false)
    }

    /// A truth.
    pub(in crate::analyze) fn truth(holds: bool) -> Range {
        Range::exactly(i128::from(holds))
    }

    /// A truth that may hold, and may fail.
    pub(in crate::analyze) fn of_truths(may_hold: bool, may_fail: bool) -> Range {
        Range::of(i128::from(!may_fail), i128::from(may_hold), false)
    }

    /// A number.
    pub(in crate::analyze) fn number(number: Number) -> Range {
        Range::exactly(i128::from(number.units()))
    }

    /// Whether it may have a value.
    pub(in crate::analyze) fn may_be_known(self) -> bool {
        self.low <= self.high
    }

    /// Whether this truth may hold.
    pub(in crate::analyze) fn may_hold(self) -> bool {
        self.may_be_known() && self.high >= 1
    }

    /// Whether this truth may fail.
    pub(in crate::analyze) fn may_fail(self) -> bool {
        !self.may_be_known() || self.missing || self.low <= 0
    }

    /// Whether it is one value, or surely missing.
    pub(in crate::analyze) fn is_settled(self) -> bool {
        if self.missing {
            !self.may_be_known()
        } else {
            self.low == self.high
        }
    }

    /// All of both.
    pub(in crate::analyze) fn or(self, other: Range) -> Range {
        let missing = self.missing || other.missing;
        match (self.may_be_known(), other.may_be_known()) {
            (true, true) => Range::of(self.low.min(other.low), self.high.max(other.high), missing),
            (true, false) => Range { missing, ..self },
            (false, true) => Range { missing, ..other },
            (false, false) => Range::MISSING,
        }
    }

    /// What a monotone function makes of it.
    pub(in crate::analyze) fn map(self, map: impl Fn(i128) -> i128) -> Range {
        if !self.may_be_known() {
            return self;
        }
        let (one, other) = (map(self.low), map(self.high));
        Range::of(one.min(other), one.max(other), self.missing)
    }

    /// What a function of two numbers, monotone in each, makes of two ranges; missing where one is.
    pub(in crate::analyze) fn zip(self, other: Range, map: impl Fn(i128, i128) -> i128) -> Range {
        if !self.may_be_known() || !other.may_be_known() {
            return Range::MISSING;
        }
        let ends = [
            map(self.low, other.low),
            map(self.low, other.high),
            map(self.high, other.low),
            map(self.high, other.high),
        ];
        let low = ends.iter().copied().min().unwrap_or(-ENDLESS);
        let high = ends.iter().copied().max().unwrap_or(ENDLESS);
        Range::of(low, high, self.missing || other.missing)
    }
}

/// A number of the range that numbers have, or without limit as it is.
pub(in crate::analyze) fn saturated(units: i128) -> i128 {
    if units.abs() >= ENDLESS >> 1 {
        return units.signum() * ENDLESS;
    }
    i128::from(Number::saturating_from_units(units).units())
}

/// The product of a number and how often it counts, without limit where one of them has none.
pub(in crate::analyze) fn times(units: i128, count: i128) -> i128 {
    if units == 0 || count == 0 {
        return 0;
    }
    if count >= ENDLESS || units.abs() >= ENDLESS {
        return units.signum() * count.signum() * ENDLESS;
    }
    units.saturating_mul(count).clamp(-ENDLESS, ENDLESS)
}
