//! Views of the values that an operation reads, where they lie: in another node's values, in a column, in a literal.

use crate::model::Comparison;
use crate::table::Column;

/// A value for each row.
#[derive(Clone, Copy, Debug)]
pub(super) enum View<'a, T> {
    /// Those of the rows, in their order.
    Rows(&'a [T]),
    /// Those of a whole column, of which these rows are meant.
    Chosen(&'a [T], &'a [u32]),
    /// The same for so many rows.
    Same(T, usize),
}

impl<'a, T: Copy> View<'a, T> {
    /// How many rows there are.
    pub(super) fn len(self) -> usize {
        match self {
            View::Rows(values) => values.len(),
            View::Chosen(_, rows) => rows.len(),
            View::Same(_, rows) => rows,
        }
    }

    /// Puts what comes of each value in the place of what was there. One loop for each kind, so that none decides
    /// anything for each row.
    pub(super) fn map<U: Copy>(self, out: &mut Vec<U>, missing: T, of: impl Fn(T) -> U) {
        out.clear();
        match self {
            View::Rows(values) => out.extend(values.iter().map(|value| of(*value))),
            View::Chosen(values, rows) => {
                let value = |row: &u32| values.get(*row as usize).copied().unwrap_or(missing);
                out.extend(rows.iter().map(|row| of(value(row))));
            }
            View::Same(value, rows) => out.resize(rows, of(value)),
        }
    }

    /// Puts what comes of each pair of values in the place of what was there.
    pub(super) fn zip<V: Copy, U: Copy>(
        self,
        other: View<'_, V>,
        out: &mut Vec<U>,
        missing: (T, V),
        of: impl Fn(T, V) -> U,
    ) {
        out.clear();
        match (self, other) {
            (View::Rows(one), View::Rows(two)) => {
                out.extend(one.iter().zip(two).map(|(one, two)| of(*one, *two)));
            }
            (View::Rows(one), View::Same(two, _)) => out.extend(one.iter().map(|one| of(*one, two))),
            (View::Same(one, _), View::Rows(two)) => out.extend(two.iter().map(|two| of(one, *two))),
            (one, two) => {
                let rows = 0..one.len().min(two.len());
                out.extend(rows.map(|row| of(one.at(row, missing.0), two.at(row, missing.1))));
            }
        }
    }

    /// Changes what was there by each value.
    pub(super) fn onto<U>(self, all: &mut [U], missing: T, change: impl Fn(&mut U, T)) {
        match self {
            View::Rows(values) => all.iter_mut().zip(values).for_each(|(one, value)| change(one, *value)),
            View::Chosen(values, rows) => {
                for (one, row) in all.iter_mut().zip(rows) {
                    change(one, values.get(*row as usize).copied().unwrap_or(missing));
                }
            }
            View::Same(value, _) => all.iter_mut().for_each(|one| change(one, value)),
        }
    }

    /// The value of one row.
    pub(super) fn at(self, row: usize, missing: T) -> T {
        let value = match self {
            View::Rows(values) => values.get(row),
            View::Chosen(values, rows) => rows.get(row).and_then(|row| values.get(*row as usize)),
            View::Same(value, _) => return value,
        };
        value.copied().unwrap_or(missing)
    }
}

/// A number, a day or a boolean, with its missing value.
pub(super) trait Ordered: Copy + Ord {
    /// What stands for a missing one.
    const MISSING: Self;
    /// The least that is not missing.
    const LEAST: Self;
    /// The greatest that is not missing.
    const GREATEST: Self;

    /// The one before; `None` before the very least.
    fn before(self) -> Option<Self>;

    /// The one after; `None` after the very greatest.
    fn after(self) -> Option<Self>;
}

impl Ordered for i64 {
    const MISSING: i64 = Column::NO_NUMBER;
    const LEAST: i64 = i64::MIN + 1;
    const GREATEST: i64 = i64::MAX;

    fn before(self) -> Option<i64> {
        self.checked_sub(1)
    }

    fn after(self) -> Option<i64> {
        self.checked_add(1)
    }
}

impl Ordered for i32 {
    const MISSING: i32 = Column::NO_DAY;
    const LEAST: i32 = i32::MIN + 1;
    const GREATEST: i32 = i32::MAX;

    fn before(self) -> Option<i32> {
        self.checked_sub(1)
    }

    fn after(self) -> Option<i32> {
        self.checked_add(1)
    }
}

impl Ordered for u8 {
    const MISSING: u8 = Column::NO_BOOLEAN;
    const LEAST: u8 = 0;
    const GREATEST: u8 = 1;

    fn before(self) -> Option<u8> {
        self.checked_sub(1)
    }

    fn after(self) -> Option<u8> {
        self.checked_add(1)
    }
}

/// The least and the greatest value that stand in an order to a value, which is not missing; `None` where none does.
pub(super) fn ends<T: Ordered>(order: Comparison, than: T) -> Option<(T, T)> {
    match order {
        Comparison::Equal => Some((than, than)),
        Comparison::Less => Some((T::LEAST, than.before()?)),
        Comparison::LessOrEqual => Some((T::LEAST, than)),
        Comparison::Greater => Some((than.after()?, T::GREATEST)),
        Comparison::GreaterOrEqual => Some((than, T::GREATEST)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agree<T: Ordered + std::fmt::Debug>(values: &[T]) {
        let orders = [
            (Comparison::Equal, (|one, two| one == two) as fn(T, T) -> bool),
            (Comparison::Less, |one, two| one < two),
            (Comparison::LessOrEqual, |one, two| one <= two),
            (Comparison::Greater, |one, two| one > two),
            (Comparison::GreaterOrEqual, |one, two| one >= two),
        ];
        for (order, holds) in orders {
            for literal in values.iter().filter(|value| **value != T::MISSING) {
                for value in values {
                    let in_range = ends(order, *literal).is_some_and(|(low, high)| low <= *value && *value <= high);
                    let right = *value != T::MISSING && holds(*value, *literal);
                    assert_eq!(in_range, right, "{value:?} {order:?} {literal:?}");
                }
            }
        }
    }

    #[test]
    fn an_order_is_a_range_without_what_is_missing() {
        agree(&[i64::MIN, i64::MIN + 1, i64::MIN + 2, -1, 0, 1, i64::MAX - 1, i64::MAX]);
        agree(&[i32::MIN, i32::MIN + 1, -1, 0, 1, i32::MAX - 1, i32::MAX]);
        agree(&[0u8, 1, 2]);
    }

    #[test]
    fn views_of_every_kind_show_the_same_values() {
        let column = [5, 6, 7, 8];
        let views = [
            View::Rows(&[6, 8][..]),
            View::Chosen(&column, &[1, 3]),
            View::Same(6, 2),
        ];
        let mut out = Vec::new();
        for (view, values) in views.into_iter().zip([[6, 8], [6, 8], [6, 6]]) {
            view.map(&mut out, -1, |value| value);
            assert_eq!(out, values);
            for (other, others) in views.into_iter().zip([[6, 8], [6, 8], [6, 6]]) {
                view.zip(other, &mut out, (-1, -1), |one, two| 10 * one + two);
                let right: Vec<i32> = values.iter().zip(others).map(|(one, two)| 10 * one + two).collect();
                assert_eq!(out, right);
            }
        }
        View::Chosen(&column, &[9]).map(&mut out, -1, |value| value);
        assert_eq!(out, [-1]);
    }
}
