//! A plan on a day: windows as ranges of days, and what an event of each age is worth.

use crate::calendar::{Day, Period};
use crate::model::{Amount, Fading, Window};
use crate::number::{Number, divide_rounding};

use super::{Plan, SignalId, Worth, WorthId};

/// One, in the parts that fading and decay leave: they have 12 places.
const WHOLE: i64 = 1_000_000_000_000;

/// A plan on a day of scoring. Cheap to make.
#[derive(Clone, Debug)]
pub struct DayPlan<'a> {
    plan: &'a Plan,
    as_of: Day,
    windows: Vec<Days>,
    values: Vec<ValueByAge<'a>>,
}

/// A range of days by their numbers, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first.
    pub first: i32,
    /// The last.
    pub last: i32,
}

impl Days {
    /// Whether a day lies in the range.
    pub fn contain(self, day: i32) -> bool {
        self.first <= day && day <= self.last
    }
}

impl<'a> DayPlan<'a> {
    pub(super) fn new(plan: &'a Plan, as_of: Day) -> DayPlan<'a> {
        DayPlan {
            plan,
            as_of,
            windows: plan
                .signals
                .iter()
                .map(|signal| window_days(signal.window, as_of))
                .collect(),
            values: plan
                .worths
                .iter()
                .map(|worth| ValueByAge::new(plan, *worth, as_of))
                .collect(),
        }
    }

    /// The plan.
    pub fn plan(&self) -> &'a Plan {
        self.plan
    }

    /// The day.
    pub fn as_of(&self) -> Day {
        self.as_of
    }

    /// The days of whose events a signal collects something.
    pub fn window(&self, signal: SignalId) -> Days {
        let nothing = Days {
            first: i32::MAX,
            last: i32::MIN,
        };
        self.windows.get(signal.index()).copied().unwrap_or(nothing)
    }

    /// What an event of a day up to the as-of day is worth, in ten-thousandths.
    pub fn worth(&self, worth: WorthId, day: Day) -> i64 {
        self.values
            .get(worth.index())
            .map_or(0, |value| value.on(day, self.as_of))
    }

    /// What inactivity leaves of a number above zero.
    pub fn decayed(&self, value: i64, activity: Day, amount: Amount, period: Period) -> i64 {
        let periods = activity.full_periods(period, self.as_of);
        match amount {
            Amount::Points(points) => toward_zero(value, points, periods),
            Amount::Part(part) => part_of(value, self.plan.remaining(part), periods),
        }
    }
}

/// The days that a window leaves, none after the as-of day.
fn window_days(window: Option<Window>, as_of: Day) -> Days {
    let (first, last) = (i32::MIN + 1, as_of.number());
    match window {
        None => Days { first, last },
        Some(Window { earlier: false, period }) => Days {
            first: as_of.minus(1, period).number() + 1,
            last,
        },
        Some(Window { earlier: true, period }) => Days {
            first,
            last: as_of.minus(1, period).number().min(last),
        },
    }
}

/// What an event is worth by its age, on a day.
#[derive(Clone, Copy, Debug)]
struct ValueByAge<'a> {
    points: Number,
    fading: Faded<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Faded<'a> {
    Never,
    Over { days: i64 },
    ByPoints { amount: Number, period: Period },
    ByPart { remaining: &'a [i64], period: Period },
}

impl<'a> ValueByAge<'a> {
    fn new(plan: &'a Plan, worth: Worth, as_of: Day) -> ValueByAge<'a> {
        let fading = match worth.fading {
            None => Faded::Never,
            Some(Fading::Over(period)) => {
                let days = i64::from(as_of.number()) - i64::from(as_of.minus(1, period).number());
                Faded::Over { days }
            }
            Some(Fading::Per(Amount::Points(amount), period)) => Faded::ByPoints { amount, period },
            Some(Fading::Per(Amount::Part(part), period)) => Faded::ByPart {
                remaining: plan.remaining(part),
                period,
            },
        };
        ValueByAge {
            points: worth.points,
            fading,
        }
    }

    fn on(&self, day: Day, as_of: Day) -> i64 {
        let points = self.points.units();
        match self.fading {
            Faded::Never => points,
            Faded::Over { days } => {
                let left = days - (i64::from(as_of.number()) - i64::from(day.number()));
                if left <= 0 {
                    return 0;
                }
                divide_rounding(i128::from(points) * i128::from(left), i128::from(days)) as i64
            }
            Faded::ByPoints { amount, period } => toward_zero(points, amount, day.full_periods(period, as_of)),
            Faded::ByPart { remaining, period } => part_of(points, remaining, day.full_periods(period, as_of)),
        }
    }
}

/// A number moved by an amount toward zero so many times, never past it.
fn toward_zero(value: i64, amount: Number, times: i64) -> i64 {
    let taken = i128::from(amount.units()) * i128::from(times.max(0));
    let left = (i128::from(value).abs() - taken).max(0) as i64;
    left * value.signum()
}

/// The part of a number that so many periods leave, rounded half away from zero.
fn part_of(value: i64, remaining: &[i64], periods: i64) -> i64 {
    let after = usize::try_from(periods.max(0)).unwrap_or(usize::MAX);
    let part = remaining.get(after).copied().unwrap_or(0);
    divide_rounding(i128::from(value) * i128::from(part), i128::from(WHOLE)) as i64
}

/// What remains of one after 0, 1, 2, … periods that each take a part, cut down to 12 places, up to where nothing
/// remains.
pub(super) fn remaining_after(part: Number) -> Vec<i64> {
    let one = Number::whole(1).units();
    let kept = (one - part.units()).clamp(0, one - 1);
    let mut remaining = vec![WHOLE];
    let mut last = WHOLE;
    while last > 0 {
        // Below 10^12 · 10^4, which fits.
        last = last * kept / one;
        remaining.push(last);
    }
    remaining
}
