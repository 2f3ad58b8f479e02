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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Unit;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    /// What an event of a day is worth as of 2026-03-31, as people write it.
    fn worth(points: &str, fading: Fading, on: &str) -> String {
        let part = match fading {
            Fading::Per(Amount::Part(part), _) => remaining_after(part),
            Fading::Per(Amount::Points(_), _) | Fading::Over(_) => Vec::new(),
        };
        let as_of = day("2026-03-31");
        let faded = match fading {
            Fading::Over(period) => Faded::Over {
                days: i64::from(as_of.number() - as_of.minus(1, period).number()),
            },
            Fading::Per(Amount::Points(amount), period) => Faded::ByPoints { amount, period },
            Fading::Per(Amount::Part(_), period) => Faded::ByPart {
                remaining: &part,
                period,
            },
        };
        let value = ValueByAge {
            points: number(points),
            fading: faded,
        };
        Number::saturating_from_units(i128::from(value.on(day(on), as_of))).to_string()
    }

    fn months(count: u32) -> Period {
        Period {
            count,
            unit: Unit::Month,
        }
    }

    #[test]
    fn what_remains_is_cut_down_to_twelve_places() {
        let remaining = remaining_after(number("0.3333"));
        assert_eq!(remaining.get(..3).unwrap(), [WHOLE, 666_700_000_000, 444_488_890_000]);
        assert_eq!(remaining.get(3), Some(&296_340_742_963));
        assert_eq!(remaining.last(), Some(&0));
        assert_eq!(remaining_after(number("1")), [WHOLE, 0]);
    }

    #[test]
    fn straight_fading_ends_after_as_many_days_as_the_period_covers() {
        // Two months back from 2026-03-31 is 2026-01-31, 59 days.
        let fading = Fading::Over(months(2));
        assert_eq!(worth("10", fading, "2026-03-31"), "10");
        assert_eq!(worth("10", fading, "2026-03-30"), "9.8305");
        assert_eq!(worth("-10", fading, "2026-02-01"), "-0.1695");
        assert_eq!(worth("10", fading, "2026-01-31"), "0");
        assert_eq!(worth("10", fading, "2020-01-01"), "0");
    }

    #[test]
    fn fading_by_points_never_passes_zero() {
        let fading = Fading::Per(Amount::Points(number("4")), months(1));
        assert_eq!(worth("10", fading, "2026-03-01"), "10");
        assert_eq!(worth("10", fading, "2026-02-28"), "6");
        assert_eq!(worth("-10", fading, "2026-01-31"), "-2");
        assert_eq!(worth("-10", fading, "2025-01-31"), "0");
    }

    #[test]
    fn fading_by_a_part_rounds_each_event_once_half_away_from_zero() {
        let fading = Fading::Per(Amount::Part(number("0.5")), months(1));
        assert_eq!(worth("0.0001", fading, "2026-02-28"), "0.0001");
        assert_eq!(worth("-0.0001", fading, "2026-02-28"), "-0.0001");
        assert_eq!(worth("0.0001", fading, "2026-01-31"), "0");
        assert_eq!(worth("10", fading, "2026-01-31"), "2.5");
    }

    #[test]
    fn windows_leave_the_days_after_their_border_or_those_up_to_it() {
        let as_of = day("2026-03-31");
        let window = |earlier| {
            window_days(
                Some(Window {
                    earlier,
                    period: months(1),
                }),
                as_of,
            )
        };
        assert!(!window(false).contain(day("2026-02-28").number()));
        assert!(window(false).contain(day("2026-03-01").number()));
        assert!(window(true).contain(day("2026-02-28").number()));
        assert!(!window(true).contain(day("2026-03-01").number()));
        assert!(window(false).contain(as_of.number()));
        assert!(!window(false).contain(as_of.number() + 1));
        assert!(window_days(None, as_of).contain(Day::MIN.number()));
    }
}
