//! Evaluates numbers and scores: arithmetic, what signals collected, points, sums, decay, bands.

use crate::calendar::{Day, Period, Unit};
use crate::model::{Amount, Bound, Operator};
use crate::number::{MOST_UNITS, Number, divide_rounding};
use crate::plan::{Limits, NodeId, Operation, Shape, SignalId, WorthId};
use crate::table::Column;

use super::evaluate::{Step, repeat};
use super::limits::keep_newest;
use super::values::Values;
use super::views::View;

/// A missing number.
const MISSING: i64 = Column::NO_NUMBER;

impl Step<'_> {
    pub(super) fn events(&self, bound: Bound, signal: SignalId, out: &mut Values) {
        let counts = self.input.collected.counts(signal, self.input.rows.range());
        match bound {
            Bound::AtLeast(least) => out.set_conditions(counts.map(|count| count >= least)),
            Bound::AtMost(most) => out.set_conditions(counts.map(|count| count <= most)),
            Bound::Exactly(exact) => out.set_conditions(counts.map(|count| count == exact)),
        }
    }

    pub(super) fn arithmetic(&self, operator: Operator, left: NodeId, right: NodeId, out: &mut Values) {
        match operator {
            Operator::Plus => self.operate(left, right, out, |left, right| in_range(left.checked_add(right))),
            Operator::Minus => self.operate(left, right, out, |left, right| in_range(left.checked_sub(right))),
            Operator::Times => self.operate(left, right, out, multiply),
            Operator::Over => self.operate(left, right, out, divide),
        }
    }

    fn operate(&self, left: NodeId, right: NodeId, out: &mut Values, operation: impl Fn(i64, i64) -> i64) {
        let known = |left: i64, right: i64| {
            if (left == MISSING) | (right == MISSING) {
                MISSING
            } else {
                operation(left, right)
            }
        };
        let missing = (MISSING, MISSING);
        self.numbers(left)
            .zip(self.numbers(right), &mut out.numbers, missing, known);
    }

    pub(super) fn saturating(&self, operator: Operator, left: NodeId, right: NodeId, out: &mut Values) {
        let (left, right, out) = (self.numbers(left), self.numbers(right), &mut out.numbers);
        let missing = (MISSING, MISSING);
        match operator {
            Operator::Plus => left.zip(right, out, missing, |left, right| clamped(left.saturating_add(right))),
            Operator::Minus => left.zip(right, out, missing, |left, right| clamped(left.saturating_sub(right))),
            Operator::Times => left.zip(right, out, missing, |left, right| {
                saturated(number(left).times(number(right)))
            }),
            // A formula's divisor is a literal other than zero.
            Operator::Over => left.zip(right, out, missing, |left, right| {
                saturated(number(left).over(number(right)).unwrap_or(0))
            }),
        }
    }

    pub(super) fn negate(&self, of: NodeId, out: &mut Values) {
        // The missing number is its own negative.
        self.numbers(of).map(&mut out.numbers, MISSING, i64::wrapping_neg);
    }

    pub(super) fn elapsed(&self, unit: Unit, until: bool, date: NodeId, out: &mut Values) {
        let ages = self.input.day.ages(Period::one(unit), self.input.rows.len());
        let sign = if until { -1 } else { 1 };
        let elapsed = |day: i32| {
            let periods = ages.full_periods(day);
            periods.map_or(MISSING, |periods| Number::whole(sign * periods).units())
        };
        self.days(date).map(&mut out.numbers, Column::NO_DAY, elapsed);
    }

    pub(super) fn collected(&self, signal: SignalId, out: &mut Values) {
        self.input.collected.read(signal, self.input.rows.range(), out);
    }

    pub(super) fn average(&self, sum: SignalId, known: SignalId, out: &mut Values) {
        let rows = self.input.rows.range();
        let sums = self.input.collected.sums(sum, rows.clone());
        let pairs = sums.zip(self.input.collected.counts(known, rows));
        out.set_numbers(pairs.map(|(sum, known)| match known {
            0 => MISSING,
            known => Number::from_units(divide_rounding(sum, i128::from(known))).map_or(MISSING, Number::units),
        }));
    }

    pub(super) fn newest(&self, days: &[NodeId], out: &mut Values) {
        out.set_days(repeat(Column::NO_DAY, self.input.rows.len()));
        for days in days {
            // A missing day is the least.
            self.days(*days).onto(&mut out.days, Column::NO_DAY, |newest, day| {
                *newest = (*newest).max(day);
            });
        }
    }

    pub(super) fn first_known(&self, first: NodeId, second: NodeId, out: &mut Values) {
        let missing = (Column::NO_DAY, Column::NO_DAY);
        self.days(first)
            .zip(self.days(second), &mut out.days, missing, |first, second| {
                if first == Column::NO_DAY { second } else { first }
            });
    }

    pub(super) fn when(&self, condition: NodeId, number: NodeId, out: &mut Values) {
        let (holds, numbers) = (self.flags(condition), self.numbers(number));
        holds.zip(
            numbers,
            &mut out.numbers,
            (0, 0),
            |holds, number| if holds == 1 { number } else { 0 },
        );
    }

    pub(super) fn times(&self, count: SignalId, worth: WorthId, most: Option<u64>, out: &mut Values) {
        out.set_numbers(repeat(0, self.input.rows.len()));
        self.add_times(count, worth, most, &mut out.numbers);
    }

    /// Adds to each number what the events are worth that a signal counted.
    fn add_times(&self, count: SignalId, worth: WorthId, most: Option<u64>, out: &mut [i64]) {
        let counts = self.input.collected.counts(count, self.input.rows.range());
        let points = self.input.day.worth(worth, self.input.day.as_of());
        // No signal counts further than this.
        let most = most.unwrap_or(u64::MAX).min(u64::from(u32::MAX));
        if points.saturating_abs().saturating_mul(most as i64) <= MOST_UNITS {
            for (sum, count) in out.iter_mut().zip(counts) {
                *sum += points * count.min(most) as i64;
            }
        } else {
            for (sum, count) in out.iter_mut().zip(counts) {
                *sum += saturated(i128::from(points) * i128::from(count.min(most)));
            }
        }
    }

    pub(super) fn kept(&self, days: SignalId, worth: WorthId, limits: Limits, out: &mut Values) {
        let rows = self.input.rows.range();
        out.set_numbers(repeat(0, rows.len()));
        let tallied = self.input.collected.days(days, rows.clone());
        for of_contact in tallied.chunk_by(|(one, _), (two, _)| one.contact() == two.contact()) {
            let contact = of_contact.first().map_or(0, |(key, _)| key.contact() as usize);
            let newest_first = of_contact.iter().rev();
            let newest_first =
                newest_first.filter_map(|(key, count)| Some((Day::from_number(key.day())?, u64::from(*count))));
            let mut sum = 0i128;
            keep_newest(newest_first, limits, |day, kept| {
                sum += i128::from(kept) * i128::from(self.input.day.worth(worth, day));
            });
            if let Some(points) = contact.checked_sub(rows.start).and_then(|at| out.numbers.get_mut(at)) {
                *points = saturated(sum);
            }
        }
    }

    pub(super) fn sum(&self, parts: &[NodeId], out: &mut Values) {
        match self.input.day.plan().bounds.of_sum(parts) {
            Some(most) => {
                out.set_numbers(repeat(0, self.input.rows.len()));
                for part in parts {
                    self.add_part(*part, &mut out.numbers);
                }
                if most > MOST_UNITS {
                    out.numbers.iter_mut().for_each(|sum| *sum = clamped(*sum));
                }
            }
            None => self.sum_wide(parts, out),
        }
    }

    /// The sum of so many or so large numbers that it does not fit.
    fn sum_wide(&self, parts: &[NodeId], out: &mut Values) {
        let mut sums = vec![0i128; self.input.rows.len()];
        let mut numbers = Vec::new();
        for part in parts {
            numbers.clear();
            numbers.resize(sums.len(), 0);
            self.add_part(*part, &mut numbers);
            for (sum, number) in sums.iter_mut().zip(&numbers) {
                *sum += i128::from(*number);
            }
        }
        out.set_numbers(sums.into_iter().map(saturated));
    }

    /// Adds a part of a sum to each of the sums, which must fit.
    fn add_part(&self, part: NodeId, sums: &mut [i64]) {
        match self.graph.node(part).map(|node| &node.operation) {
            Some(Operation::When(condition, number)) if self.is_in_place(part) => {
                self.add_when(*condition, self.numbers(*number), sums);
            }
            Some(Operation::Points(choice, points)) if self.is_in_place(part) => {
                self.codes(*choice).onto(sums, Column::NO_TEXT, |sum, place| {
                    *sum += of_place(points, place);
                });
            }
            Some(Operation::Times { count, worth, most }) if self.is_in_place(part) => {
                self.add_times(*count, *worth, *most, sums);
            }
            _ => self.numbers(part).onto(sums, 0, |sum, number| *sum += number),
        }
    }

    fn add_when(&self, condition: NodeId, numbers: View<'_, i64>, sums: &mut [i64]) {
        match numbers {
            View::Same(number, _) => self.flags(condition).onto(sums, 0, |sum, holds| {
                *sum += if holds == 1 { number } else { 0 };
            }),
            numbers => {
                let holds = self.flags(condition);
                for (row, sum) in sums.iter_mut().enumerate() {
                    *sum += if holds.at(row, 0) == 1 { numbers.at(row, 0) } else { 0 };
                }
            }
        }
    }

    pub(super) fn decayed(&self, [value, activity]: [NodeId; 2], amount: Amount, period: Period, out: &mut Values) {
        let decay = self.input.day.decay(amount, period, self.input.rows.len());
        let (values, days) = (self.numbers(value), self.days(activity));
        values.zip(days, &mut out.numbers, (0, Column::NO_DAY), |value, day| {
            decay.left(value, day)
        });
    }

    pub(super) fn clamped(&self, value: NodeId, min: Option<Number>, max: Option<Number>, out: &mut Values) {
        let min = min.unwrap_or(Number::MIN).units();
        let max = max.unwrap_or(Number::MAX).units();
        self.numbers(value)
            .map(&mut out.numbers, 0, |value| value.max(min).min(max));
    }

    pub(super) fn points(&self, choice: NodeId, points: &[Number], out: &mut Values) {
        self.codes(choice)
            .map(&mut out.numbers, Column::NO_TEXT, |place| of_place(points, place));
    }

    pub(super) fn band(&self, score: NodeId, thresholds: &[(Number, u16)], otherwise: Option<u16>, out: &mut Values) {
        let otherwise = otherwise.map_or(Column::NO_TEXT, u32::from);
        self.numbers(score).map(&mut out.codes, 0, |score| {
            let reached = thresholds.iter().find(|(threshold, _)| threshold.units() <= score);
            reached.map_or(otherwise, |(_, label)| u32::from(*label))
        });
    }

    pub(super) fn unless(&self, chosen: NodeId, value: NodeId, out: &mut Values) {
        let chosen = self.codes(chosen);
        let nobody = Column::NO_TEXT;
        // Scores are numbers and labels codes; nothing else depends on an exclusion.
        match self.graph.shape(value) {
            Shape::Number => {
                let missing = (nobody, MISSING);
                chosen.zip(self.numbers(value), &mut out.numbers, missing, |chosen, number| {
                    if chosen == nobody { number } else { MISSING }
                });
            }
            _ => chosen.zip(self.codes(value), &mut out.codes, (nobody, nobody), |chosen, code| {
                if chosen == nobody { code } else { nobody }
            }),
        }
    }
}

/// The points of a place; zero for none.
fn of_place(points: &[Number], place: u32) -> i64 {
    points.get(place as usize).map_or(0, |points| points.units())
}

/// A number of ten-thousandths that lies in the range, else the missing one.
fn in_range(units: Option<i64>) -> i64 {
    match units {
        Some(units) if units.unsigned_abs() <= MOST_UNITS.unsigned_abs() => units,
        Some(_) | None => MISSING,
    }
}

fn multiply(left: i64, right: i64) -> i64 {
    number(left).multiply(number(right)).map_or(MISSING, Number::units)
}

fn divide(left: i64, right: i64) -> i64 {
    number(left).divide(number(right)).map_or(MISSING, Number::units)
}

/// The nearest number in the range, in ten-thousandths.
pub(super) fn saturated(units: i128) -> i64 {
    Number::saturating_from_units(units).units()
}

fn clamped(units: i64) -> i64 {
    units.clamp(-MOST_UNITS, MOST_UNITS)
}

fn number(units: i64) -> Number {
    Number::saturating_from_units(i128::from(units))
}
