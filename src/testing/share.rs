//! A part of a whole, in percent.

use crate::number::Number;

/// So many of so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// How many.
    pub part: usize,
    /// Of how many.
    pub whole: usize,
}

impl Share {
    /// Whether it is the whole.
    pub fn is_whole(self) -> bool {
        self.part == self.whole
    }

    /// In percent, cut down to whole ones, so that only the whole is 100; 100 where there is nothing.
    pub fn percent(self) -> usize {
        (self.part * 100).checked_div(self.whole).unwrap_or(100)
    }

    /// Whether it is so many percent or more, exactly.
    pub fn reaches(self, percent: Number) -> bool {
        let one = i128::from(Number::whole(1).units());
        self.part as i128 * 100 * one >= self.whole as i128 * i128::from(percent.units())
    }
}
