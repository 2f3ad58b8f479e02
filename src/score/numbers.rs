//! Evaluates numbers and scores: arithmetic, what signals collected, points, sums, decay, bands.

use crate::calendar::{Day, Period, Unit};
use crate::model::{Amount, Bound, Operator};
use crate::number::{Number, divide_rounding};
use crate::plan::{Limits, NodeId, SignalId, WorthId};
use crate::table::Column;

use super::evaluate::{Step, repeat};
use super::limits::keep_newest;
use super::values::Values;

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
        let pairs = self.operands.numbers(left).iter().zip(self.operands.numbers(right));
        out.set_numbers(pairs.map(|(left, right)| {
            if (*left == MISSING) | (*right == MISSING) {
                MISSING
            } else {
                operation(*left, *right)
            }
        }));
    }

    pub(super) fn saturating(&self, operator: Operator, left: NodeId, right: NodeId, out: &mut Values) {
        let pairs = self.operands.numbers(left).iter().zip(self.operands.numbers(right));
        out.set_numbers(pairs.map(|(left, right)| saturating(operator, *left, *right)));
    }

    pub(super) fn negate(&self, of: NodeId, out: &mut Values) {
        // The missing number is its own negative.
        out.set_numbers(self.operands.numbers(of).iter().map(|number| number.wrapping_neg()));
    }

    pub(super) fn elapsed(&self, unit: Unit, until: bool, date: NodeId, out: &mut Values) {
        let as_of = self.input.day.as_of();
        let sign = if until { -1 } else { 1 };
        out.set_numbers(
            self.operands
                .days(date)
                .iter()
                .map(|number| match Day::from_number(*number) {
                    Some(day) => Number::whole(sign * day.full_periods(Period::one(unit), as_of)).units(),
                    None => MISSING,
                }),
        );
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
        let Values::Days(out) = out else { return };
        for days in days {
            for (newest, day) in out.iter_mut().zip(self.operands.days(*days)) {
                // A missing day is the least.
                *newest = (*newest).max(*day);
            }
        }
    }

    pub(super) fn first_known(&self, first: NodeId, second: NodeId, out: &mut Values) {
        let pairs = self.operands.days(first).iter().zip(self.operands.days(second));
        out.set_days(pairs.map(|(first, second)| if *first == Column::NO_DAY { *second } else { *first }));
    }

    pub(super) fn when(&self, condition: NodeId, number: NodeId, out: &mut Values) {
        let pairs = self.operands.flags(condition).iter().zip(self.operands.numbers(number));
        out.set_numbers(pairs.map(|(holds, number)| if *holds == 1 { *number } else { 0 }));
    }

    pub(super) fn times(&self, count: SignalId, worth: WorthId, most: Option<u64>, out: &mut Values) {
        let counts = self.input.collected.counts(count, self.input.rows.range());
        let points = i128::from(self.input.day.worth(worth, self.input.day.as_of()));
        let most = most.unwrap_or(u64::MAX);
        out.set_numbers(counts.map(|count| saturated(points * i128::from(count.min(most)))));
    }

    pub(super) fn kept(&self, days: SignalId, worth: WorthId, limits: Limits, out: &mut Values) {
        let rows = self.input.rows.range();
        out.set_numbers(repeat(0, rows.len()));
        let Values::Numbers(out) = out else { return };
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
            if let Some(points) = contact.checked_sub(rows.start).and_then(|at| out.get_mut(at)) {
                *points = saturated(sum);
            }
        }
    }

    pub(super) fn sum(&self, parts: &[NodeId], out: &mut Values) {
        let mut sums = vec![0i128; self.input.rows.len()];
        for part in parts {
            for (sum, number) in sums.iter_mut().zip(self.operands.numbers(*part)) {
                *sum += i128::from(*number);
            }
        }
        out.set_numbers(sums.into_iter().map(saturated));
    }

    pub(super) fn decayed(&self, [value, activity]: [NodeId; 2], amount: Amount, period: Period, out: &mut Values) {
        let day = self.input.day;
        let pairs = self.operands.numbers(value).iter().zip(self.operands.days(activity));
        out.set_numbers(pairs.map(|(value, activity)| match Day::from_number(*activity) {
            Some(activity) if *value > 0 => day.decayed(*value, activity, amount, period),
            Some(_) | None => *value,
        }));
    }

    pub(super) fn clamped(&self, value: NodeId, min: Option<Number>, max: Option<Number>, out: &mut Values) {
        let min = min.unwrap_or(Number::MIN).units();
        let max = max.unwrap_or(Number::MAX).units();
        out.set_numbers(
            self.operands
                .numbers(value)
                .iter()
                .map(|value| (*value).max(min).min(max)),
        );
    }

    pub(super) fn points(&self, choice: NodeId, points: &[Number], out: &mut Values) {
        let of_place = |place: &u32| points.get(*place as usize).map_or(0, |points| points.units());
        out.set_numbers(self.operands.codes(choice).iter().map(of_place));
    }

    pub(super) fn band(&self, score: NodeId, thresholds: &[(Number, u16)], otherwise: Option<u16>, out: &mut Values) {
        let otherwise = otherwise.map_or(Column::NO_TEXT, u32::from);
        out.set_codes(self.operands.numbers(score).iter().map(|score| {
            let reached = thresholds.iter().find(|(threshold, _)| threshold.units() <= *score);
            reached.map_or(otherwise, |(_, label)| u32::from(*label))
        }));
    }

    pub(super) fn unless(&self, chosen: NodeId, value: NodeId, out: &mut Values) {
        let chosen = self.operands.codes(chosen).iter().map(|code| *code != Column::NO_TEXT);
        match self.operands.of(value) {
            Values::Numbers(numbers) => {
                let pairs = chosen.zip(numbers);
                out.set_numbers(pairs.map(|(chosen, number)| if chosen { MISSING } else { *number }));
            }
            Values::Codes(codes) => {
                let pairs = chosen.zip(codes);
                out.set_codes(pairs.map(|(chosen, code)| if chosen { Column::NO_TEXT } else { *code }));
            }
            // Scores are numbers and labels codes; nothing else depends on an exclusion.
            Values::Flags(_) | Values::Days(_) => {}
        }
    }
}

/// A number of ten-thousandths that lies in the range, else the missing one.
fn in_range(units: Option<i64>) -> i64 {
    match units {
        Some(units) if units.unsigned_abs() <= Number::MAX.units().unsigned_abs() => units,
        Some(_) | None => MISSING,
    }
}

fn multiply(left: i64, right: i64) -> i64 {
    number(left).multiply(number(right)).map_or(MISSING, Number::units)
}

fn divide(left: i64, right: i64) -> i64 {
    number(left).divide(number(right)).map_or(MISSING, Number::units)
}

fn saturating(operator: Operator, left: i64, right: i64) -> i64 {
    match operator {
        Operator::Plus => saturated(i128::from(left) + i128::from(right)),
        Operator::Minus => saturated(i128::from(left) - i128::from(right)),
        Operator::Times => saturated(number(left).times(number(right))),
        // A formula's divisor is a literal other than zero.
        Operator::Over => saturated(number(left).over(number(right)).unwrap_or(0)),
    }
}

/// The nearest number in the range, in ten-thousandths.
pub(super) fn saturated(units: i128) -> i64 {
    Number::saturating_from_units(units).units()
}

fn number(units: i64) -> Number {
    Number::saturating_from_units(i128::from(units))
}
