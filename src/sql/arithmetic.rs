//! Exact arithmetic on ten-thousandths with nothing but whole numbers of 64 bits, which every engine has: products and
//! quotients are made of parts that fit, and rounded half away from zero.

use crate::model::Operator;
use crate::number::{MOST_UNITS, Number};

use super::tree::{Expr, Function, Sign, Type};

/// Ten-thousandths in one.
pub(super) const ONE: i64 = 10_000;

/// Twice as many halves.
const TWO: i64 = 2 * ONE;

/// What becomes of a result outside the range of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beyond {
    /// It is missing.
    Missing,
    /// It is the end of the range.
    End,
}

/// A number whose expression is short enough to be written several times, and how large it can be.
#[derive(Clone, Debug)]
pub(super) struct Operand {
    pub(super) number: Expr,
    /// Its greatest magnitude, in ten-thousandths.
    pub(super) most: i64,
    /// Whether it is a count, and so never below zero.
    pub(super) is_count: bool,
}

impl Operand {
    fn magnitude(&self) -> Expr {
        match self.number {
            Expr::Integer(number) => Expr::Integer(number.saturating_abs()),
            ref count if self.is_count => count.clone(),
            _ => Expr::call(Function::Absolute, [self.number.clone()]),
        }
    }

    fn is_negative(&self) -> Expr {
        match self.number {
            Expr::Integer(number) => Expr::Boolean(number < 0),
            _ if self.is_count => Expr::Boolean(false),
            _ => self.number.clone().infix(Sign::Less, Expr::Integer(0)),
        }
    }
}

/// Two numbers and an operator.
pub(super) fn operation(operator: Operator, left: &Operand, right: &Operand, beyond: Beyond) -> Expr {
    match operator {
        Operator::Plus => within_range(left.number.clone().plus(right.number.clone()), left, right, beyond),
        Operator::Minus => within_range(left.number.clone().minus(right.number.clone()), left, right, beyond),
        Operator::Times => product(left, right, beyond),
        Operator::Over => quotient(left, right, beyond),
    }
}

/// A sum or difference, whose magnitude is at most that of both together.
fn within_range(result: Expr, left: &Operand, right: &Operand, beyond: Beyond) -> Expr {
    match left.most.saturating_add(right.most) <= MOST_UNITS {
        true => result,
        false => ended(result, beyond),
    }
}

/// A result of 64 bits as it is in the range, and what becomes of it outside.
pub(super) fn ended(result: Expr, beyond: Beyond) -> Expr {
    match beyond {
        Beyond::Missing => {
            let magnitude = Expr::call(Function::Absolute, [result.clone()]);
            Expr::only_if(magnitude.infix(Sign::LessOrEqual, Expr::Integer(MOST_UNITS)), result)
        }
        Beyond::End => clamped(result, Number::MIN, Number::MAX),
    }
}

/// The nearest number between two ends.
pub(super) fn clamped(value: Expr, min: Number, max: Number) -> Expr {
    let most = Expr::call(Function::Least, [value, Expr::Integer(max.units())]);
    Expr::call(Function::Greatest, [most, Expr::Integer(min.units())])
}

fn product(left: &Operand, right: &Operand, beyond: Beyond) -> Expr {
    let most = i128::from(left.most) * i128::from(right.most);
    let simple = left.number.clone().times(right.number.clone());
    if most <= i128::from(i64::MAX - ONE) {
        let half = Expr::case(
            differ_in_sign(left, right),
            Expr::Integer(-ONE / 2),
            Expr::Integer(ONE / 2),
        );
        let rounded = simple.plus(half).over(Expr::Integer(ONE));
        return match most / i128::from(ONE) < i128::from(MOST_UNITS) {
            true => rounded,
            false => ended(rounded, beyond),
        };
    }
    let (one, two) = (left.magnitude(), right.magnitude());
    let whole = one.clone().over(Expr::Integer(ONE));
    let places = one.remainder(Expr::Integer(ONE));
    // Where the greatest part alone leaves the range, nothing else is looked at.
    let at_least_one = Expr::call(Function::Greatest, [whole.clone(), Expr::Integer(1)]);
    let too_large = two
        .clone()
        .infix(Sign::Greater, Expr::Integer(MOST_UNITS).over(at_least_one));
    let last = places.clone().times(two.clone().remainder(Expr::Integer(ONE)));
    let last = last.plus(Expr::Integer(ONE / 2)).over(Expr::Integer(ONE));
    let parts = whole
        .times(two.clone())
        .plus(places.times(two.over(Expr::Integer(ONE))));
    signed(too_large, parts.plus(last), differ_in_sign(left, right), beyond)
}

fn quotient(left: &Operand, right: &Operand, beyond: Beyond) -> Expr {
    if right.number == Expr::Integer(0) {
        return Expr::Null(Type::Integer);
    }
    let dividend = left.magnitude();
    let divisor = match right.magnitude() {
        literal @ Expr::Integer(_) => literal,
        // Some engines divide in rows of which they throw the result away.
        magnitude => Expr::call(Function::Greatest, [magnitude, Expr::Integer(1)]),
    };
    let halves = |of: Expr| of.times(Expr::Integer(TWO)).over(divisor.clone());
    let rounded = |halves: Expr| halves.plus(Expr::Integer(1)).over(Expr::Integer(2));
    let negative = differ_in_sign(left, right);
    let least = if let Expr::Integer(number) = divisor {
        number.max(1)
    } else {
        1
    };
    let most = i128::from(left.most) * i128::from(ONE) / i128::from(least);
    let unless_it_fits = |too_large: Expr| match most < i128::from(MOST_UNITS) {
        true => Expr::Boolean(false),
        false => too_large,
    };
    let result = if left.most <= i64::MAX / TWO {
        let magnitude = rounded(halves(dividend));
        let too_large = unless_it_fits(magnitude.clone().infix(Sign::Greater, Expr::Integer(MOST_UNITS)));
        signed(too_large, magnitude, negative, beyond)
    } else {
        let whole = dividend.clone().over(divisor.clone());
        let rest = dividend.remainder(divisor.clone());
        let too_large = unless_it_fits(whole.clone().infix(Sign::Greater, Expr::Integer(MOST_UNITS / ONE)));
        let narrow = match divisor {
            Expr::Integer(number) => Expr::Boolean(number < i64::MAX / TWO),
            ref number => number.clone().infix(Sign::Less, Expr::Integer(i64::MAX / TWO)),
        };
        let halves = Expr::case(narrow, halves(rest.clone()), halves_of_wide(&rest, &divisor));
        signed(
            too_large,
            whole.times(Expr::Integer(ONE)).plus(rounded(halves)),
            negative,
            beyond,
        )
    };
    match right.number {
        Expr::Integer(number) if number != 0 => result,
        _ => {
            let zero = right.number.clone().equals(Expr::Integer(0));
            Expr::only_if(zero.not(), result)
        }
    }
}

/// How often a divisor of 4 · 10^14 or more goes into so many halves of a rest that is less than it. The divisor without its
/// last places, and one more, goes into the rest so often or once less; which of the two is seen by what is left.
fn halves_of_wide(rest: &Expr, divisor: &Expr) -> Expr {
    let (first, last) = (
        divisor.clone().over(Expr::Integer(TWO)),
        divisor.clone().remainder(Expr::Integer(TWO)),
    );
    let at_least = rest.clone().over(first.clone().plus(Expr::Integer(1)));
    let next = at_least.clone().plus(Expr::Integer(1));
    let left = rest.clone().minus(next.clone().times(first)).times(Expr::Integer(TWO));
    let fits = next.times(last).infix(Sign::LessOrEqual, left);
    at_least.plus(Expr::case(fits, Expr::Integer(1), Expr::Integer(0)))
}

fn differ_in_sign(left: &Operand, right: &Operand) -> Expr {
    match (left.is_negative(), right.is_negative()) {
        (one, Expr::Boolean(false)) | (Expr::Boolean(false), one) => one,
        (one, Expr::Boolean(true)) | (Expr::Boolean(true), one) => one.not(),
        (one, two) => {
            let only_one = Expr::all(vec![one.clone(), two.clone().not()]);
            let only_two = Expr::all(vec![one.not(), two]);
            Expr::any(vec![only_one, only_two])
        }
    }
}

/// A magnitude with its sign, and what becomes of one that is too large.
fn signed(too_large: Expr, magnitude: Expr, negative: Expr, beyond: Beyond) -> Expr {
    let negated = Expr::Integer(0).minus(magnitude.clone());
    let value = Expr::case(negative.clone(), negated, magnitude.clone());
    if too_large == Expr::Boolean(false) {
        return value;
    }
    let end = match beyond {
        Beyond::Missing => Expr::Null(Type::Integer),
        Beyond::End => Expr::case(negative, Expr::Integer(-MOST_UNITS), Expr::Integer(MOST_UNITS)),
    };
    let beyond_range = magnitude.infix(Sign::Greater, Expr::Integer(MOST_UNITS));
    // One after the other: where the first holds, the magnitude does not fit.
    let mut whens = vec![(too_large, end.clone())];
    if whens.iter().all(|(known, _)| *known != beyond_range) {
        whens.push((beyond_range, end));
    }
    Expr::Case(whens, Some(Box::new(value)))
}

/// The part of a number above zero that is left, in parts of 10^12, rounded.
pub(super) fn part_of(value: &Operand, left: &Expr) -> Expr {
    if value.most < i64::MAX / WHOLE {
        let product = value.number.clone().times(left.clone()).plus(Expr::Integer(WHOLE / 2));
        return product.over(Expr::Integer(WHOLE));
    }
    let split = |number: &Expr| {
        let million = || Expr::Integer(MILLION);
        (number.clone().over(million()), number.clone().remainder(million()))
    };
    let ((high, low), (left_high, left_low)) = (split(&value.number), split(left));
    let middle = high
        .clone()
        .times(left_low.clone())
        .plus(low.clone().times(left_high.clone()));
    let last = middle
        .clone()
        .remainder(Expr::Integer(MILLION))
        .times(Expr::Integer(MILLION));
    let last = last
        .plus(low.times(left_low))
        .plus(Expr::Integer(WHOLE / 2))
        .over(Expr::Integer(WHOLE));
    high.times(left_high)
        .plus(middle.over(Expr::Integer(MILLION)))
        .plus(last)
}

/// One, in the parts that fading and decay leave.
const WHOLE: i64 = 1_000_000_000_000;

/// Its root.
const MILLION: i64 = 1_000_000;

/// The sum of numbers that together may not fit: thousands of millions and what is below them are added apart.
pub(super) fn wide_sum(parts: &[Expr]) -> Expr {
    let sum_of = |part: &dyn Fn(&Expr) -> Expr| Expr::Sum(parts.iter().map(|number| (None, part(number))).collect());
    let high = sum_of(&|number| number.clone().over(Expr::Integer(BILLION)));
    let low = sum_of(&|number| number.clone().remainder(Expr::Integer(BILLION)));
    let carried = high.plus(low.clone().over(Expr::Integer(BILLION)));
    let above = carried.clone().infix(Sign::Greater, Expr::Integer(BILLION));
    let below = carried.clone().infix(Sign::Less, Expr::Integer(-BILLION));
    let whole = carried
        .times(Expr::Integer(BILLION))
        .plus(low.remainder(Expr::Integer(BILLION)));
    let whens = vec![(above, Expr::Integer(MOST_UNITS)), (below, Expr::Integer(-MOST_UNITS))];
    ended(Expr::Case(whens, Some(Box::new(whole))), Beyond::End)
}

const BILLION: i64 = 1_000_000_000;

/// A sum of any size over a count above zero, rounded.
pub(super) fn average(sum: &Expr, count: &Expr) -> Expr {
    let magnitude = Expr::call(Function::Absolute, [sum.clone()]);
    let divisor = Expr::call(Function::Greatest, [count.clone(), Expr::Integer(1)]);
    let whole = Expr::call(Function::WideQuotient, [magnitude.clone(), divisor.clone()]);
    let rest = magnitude.minus(whole.clone().times(divisor.clone()));
    let up = rest.clone().infix(Sign::GreaterOrEqual, divisor.minus(rest));
    let rounded = Expr::call(Function::Narrow, [whole]).plus(Expr::case(up, Expr::Integer(1), Expr::Integer(0)));
    let negative = sum.clone().infix(Sign::Less, Expr::Integer(0));
    Expr::case(negative, Expr::Integer(0).minus(rounded.clone()), rounded)
}
