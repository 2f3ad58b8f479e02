//! Evaluates conditions: of several, of comparisons, of texts and lists; and choices among them.

use crate::model::{Bound, Comparison};
use crate::plan::{NodeId, Shape};
use crate::table::Column;

use super::evaluate::{Rows, Step};
use super::values::Values;
use super::views::{Ordered, View, ends};

impl Step<'_> {
    pub(super) fn all(&self, parts: &[NodeId], out: &mut Values) {
        self.combine(parts, 1, out, |all, flag| all & flag);
    }

    pub(super) fn any(&self, parts: &[NodeId], out: &mut Values) {
        self.combine(parts, 0, out, |any, flag| any | flag);
    }

    fn combine(&self, parts: &[NodeId], neutral: u8, out: &mut Values, join: impl Fn(u8, u8) -> u8) {
        let out = &mut out.flags;
        out.clear();
        out.resize(self.input.rows.len(), neutral);
        for part in parts {
            self.flags(*part)
                .onto(out, Column::NO_BOOLEAN, |all, flag| *all = join(*all, flag));
        }
    }

    pub(super) fn quantity(&self, bound: Bound, parts: &[NodeId], out: &mut Values) {
        let mut held = vec![0u32; self.input.rows.len()];
        for part in parts {
            self.flags(*part)
                .onto(&mut held, 0, |held, flag| *held += u32::from(flag));
        }
        out.set_conditions(held.iter().map(|held| bound.holds(u64::from(*held))));
    }

    pub(super) fn compare(&self, left: NodeId, order: Comparison, right: NodeId, out: &mut Values) {
        let out = &mut out.flags;
        match self.graph.shape(left) {
            Shape::Number => compare(self.numbers(left), order, self.numbers(right), out),
            Shape::Date => compare(self.days(left), order, self.days(right), out),
            Shape::Condition | Shape::Boolean => compare(self.flags(left), order, self.flags(right), out),
            Shape::Text | Shape::List | Shape::Choice => nothing(self.input.rows.len(), out),
        }
    }

    pub(super) fn same_text(&self, left: NodeId, right: NodeId, out: &mut Values) {
        let [one, two] = [left, right].map(|node| self.input.texts.folded(node));
        let folded = |codes: &[u32], code: u32| codes.get(code as usize).copied().unwrap_or(Column::NO_TEXT);
        let missing = (Column::NO_TEXT, Column::NO_TEXT);
        self.codes(left)
            .zip(self.codes(right), &mut out.flags, missing, |left, right| {
                let (left, right) = (folded(one, left), folded(two, right));
                u8::from(left != Column::NO_TEXT && left == right)
            });
    }

    pub(super) fn between(&self, [value, low, high]: [NodeId; 3], out: &mut Values) {
        let out = &mut out.flags;
        match self.graph.shape(value) {
            Shape::Number => between(self.numbers(value), self.numbers(low), self.numbers(high), out),
            Shape::Date => between(self.days(value), self.days(low), self.days(high), out),
            Shape::Condition | Shape::Boolean | Shape::Text | Shape::List | Shape::Choice => {
                nothing(self.input.rows.len(), out);
            }
        }
    }

    pub(super) fn one_of(&self, value: NodeId, literals: &[i64], out: &mut Values) {
        // A missing value is none of the literals, since no number or day is as small.
        let is_one = |value: i64| u8::from(literals.binary_search(&value).is_ok());
        let out = &mut out.flags;
        match self.graph.shape(value) {
            Shape::Number => self.numbers(value).map(out, Column::NO_NUMBER, is_one),
            Shape::Date => self.days(value).map(out, Column::NO_DAY, |day| is_one(i64::from(day))),
            Shape::Condition | Shape::Boolean | Shape::Text | Shape::List | Shape::Choice => {
                nothing(self.input.rows.len(), out);
            }
        }
    }

    pub(super) fn text(&self, text: NodeId, out: &mut Values) {
        let results = self.input.texts.results(self.id);
        self.codes(text)
            .map(&mut out.flags, Column::NO_TEXT, |code| results.of(code));
    }

    pub(super) fn holds(&self, column: u32, out: &mut Values) {
        let results = self.input.texts.results(self.id);
        self.each_list(column, out, |codes| codes.iter().any(|code| results.of(*code) == 1));
    }

    /// Whether the list of each row is as asked.
    pub(super) fn each_list(&self, column: u32, out: &mut Values, is_so: impl Fn(&[u32]) -> bool) {
        let is_so = |list: &Column, row: usize| u8::from(is_so(list.list(row)));
        match (self.input.columns.get(column as usize), self.input.rows) {
            (Some(list @ Column::List { .. }), Rows::Range(start, end)) => {
                out.set_flags((start..end).map(|row| is_so(list, row)));
            }
            (Some(list @ Column::List { .. }), Rows::Chosen(rows)) => {
                out.set_flags(rows.iter().map(|row| is_so(list, *row as usize)));
            }
            (_, rows) => nothing(rows.len(), &mut out.flags),
        }
    }

    pub(super) fn known(&self, value: NodeId, out: &mut Values) {
        let out = &mut out.flags;
        match self.graph.shape(value) {
            Shape::List => self.flags(value).map(out, 0, |flag| flag),
            Shape::Condition | Shape::Boolean => {
                let missing = Column::NO_BOOLEAN;
                self.flags(value).map(out, missing, |flag| u8::from(flag != missing));
            }
            Shape::Number => {
                let missing = Column::NO_NUMBER;
                self.numbers(value)
                    .map(out, missing, |number| u8::from(number != missing));
            }
            Shape::Date => {
                let missing = Column::NO_DAY;
                self.days(value).map(out, missing, |day| u8::from(day != missing));
            }
            Shape::Text if self.input.texts.is_tested(self.id) => {
                let results = self.input.texts.results(self.id);
                self.codes(value).map(out, Column::NO_TEXT, |code| results.of(code));
            }
            Shape::Text | Shape::Choice => {
                let missing = Column::NO_TEXT;
                self.codes(value).map(out, missing, |code| u8::from(code != missing));
            }
        }
    }

    pub(super) fn chosen(&self, choice: NodeId, places: &[u16], out: &mut Values) {
        let is_chosen = |code: u32| u8::from(places.iter().any(|place| u32::from(*place) == code));
        self.codes(choice).map(&mut out.flags, Column::NO_TEXT, is_chosen);
    }

    pub(super) fn first(&self, conditions: &[NodeId], out: &mut Values) {
        let out = &mut out.codes;
        out.clear();
        out.resize(self.input.rows.len(), Column::NO_TEXT);
        // From the last to the first, so that the first has the last word.
        for (place, condition) in conditions.iter().enumerate().rev() {
            self.flags(*condition).onto(out, 0, |choice, flag| {
                *choice = if flag == 1 { place as u32 } else { *choice };
            });
        }
    }
}

/// Of no row does it hold.
fn nothing(rows: usize, out: &mut Vec<u8>) {
    out.clear();
    out.resize(rows, 0);
}

fn compare<T: Ordered>(left: View<'_, T>, order: Comparison, right: View<'_, T>, out: &mut Vec<u8>) {
    match (left, right) {
        (_, View::Same(literal, _)) if literal != T::MISSING => within(left, ends(order, literal), out),
        (View::Same(literal, _), _) if literal != T::MISSING => within(right, ends(turned(order), literal), out),
        _ => match order {
            Comparison::Equal => compare_by(left, right, out, |left, right| left == right),
            Comparison::Less => compare_by(left, right, out, |left, right| left < right),
            Comparison::LessOrEqual => compare_by(left, right, out, |left, right| left <= right),
            Comparison::Greater => compare_by(left, right, out, |left, right| left > right),
            Comparison::GreaterOrEqual => compare_by(left, right, out, |left, right| left >= right),
        },
    }
}

/// The order in which the right one stands to the left one.
fn turned(order: Comparison) -> Comparison {
    match order {
        Comparison::Equal => Comparison::Equal,
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
    }
}

/// One loop an order, so that none decides anything for each row.
fn compare_by<T: Ordered>(left: View<'_, T>, right: View<'_, T>, out: &mut Vec<u8>, holds: impl Fn(T, T) -> bool) {
    let both = |left: T, right: T| u8::from((left != T::MISSING) & (right != T::MISSING) & holds(left, right));
    left.zip(right, out, (T::MISSING, T::MISSING), both);
}

fn between<T: Ordered>(value: View<'_, T>, low: View<'_, T>, high: View<'_, T>, out: &mut Vec<u8>) {
    if let (View::Same(low, _), View::Same(high, _)) = (low, high)
        && low != T::MISSING
        && high != T::MISSING
    {
        return within(value, Some((low, high)), out);
    }
    compare(low, Comparison::LessOrEqual, value, out);
    let missing = T::MISSING;
    let mut rows = 0..;
    for flag in out.iter_mut() {
        let row = rows.next().unwrap_or(0);
        let (value, high) = (value.at(row, missing), high.at(row, missing));
        *flag &= u8::from((high != missing) & (value <= high));
    }
}

/// Whether values lie between two ends, both included and neither missing.
fn within<T: Ordered>(values: View<'_, T>, ends: Option<(T, T)>, out: &mut Vec<u8>) {
    match ends {
        Some((low, high)) => {
            values.map(out, T::MISSING, |value| {
                u8::from((value != T::MISSING) & (low <= value) & (value <= high))
            });
        }
        None => nothing(values.len(), out),
    }
}
