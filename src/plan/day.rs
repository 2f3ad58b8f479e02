//! A plan on a day: windows as ranges of days, and what an event of each age is worth.

use std::sync::OnceLock;

use crate::calendar::{Day, Period};
use crate::model::{Amount, Fading, Window};
use crate::number::{Number, divide_rounding, divide_rounding_narrow};

use super::{Node, Operation, Plan, SignalId, Worth, WorthId};

/// One, in the parts that fading and decay leave: they have 12 places.
const WHOLE: i64 = 1_000_000_000_000;

/// A plan on a day of scoring. Cheap to make.
#[derive(Clone, Debug)]
pub struct DayPlan<'a> {
    plan: &'a Plan,
    as_of: Day,
    windows: Vec<Days>,
    values: Vec<ValueByAge<'a>>,
    /// The full periods from each age to the day, for each period in which nodes count, once many were asked for.
    periods: Vec<(Period, OnceLock<Vec<u16>>)>,
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
            periods: counted_periods(plan).map(|period| (period, OnceLock::new())).collect(),
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

    /// What inactivity takes from so many numbers.
    pub fn decay(&self, amount: Amount, period: Period, count: usize) -> Decay<'_> {
        let takes = match amount {
            Amount::Points(points) => Takes::Points(points.units()),
            Amount::Part(part) => Takes::Part(self.plan.remaining(part)),
        };
        let ages = self.ages(period, count);
        Decay { ages, takes }
    }

    /// The full periods to the as-of day from so many days.
    pub fn ages(&self, period: Period, count: usize) -> Ages<'_> {
        let known = self.periods.iter().find(|(known, _)| *known == period);
        let full = known.map_or(&[][..], |(_, full)| match full.get() {
            None if count <= FEW => &[],
            Some(full) => full,
            None => full.get_or_init(|| periods_by_age(period, self.as_of)),
        });
        Ages {
            as_of: self.as_of,
            period,
            full,
        }
    }
}

/// How many full periods lie between days and the as-of day.
#[derive(Clone, Copy, Debug)]
pub struct Ages<'a> {
    as_of: Day,
    period: Period,
    full: &'a [u16],
}

impl Ages<'_> {
    /// The full periods from a day, given by its number; negative for one after the as-of day, `None` for none.
    pub fn full_periods(self, day: i32) -> Option<i64> {
        // What is no day, or lies after the as-of day, lies far behind the table.
        let age = self.as_of.number().wrapping_sub(day) as u32;
        match self.full.get(age as usize) {
            Some(periods) => Some(i64::from(*periods)),
            None => Some(Day::from_number(day)?.full_periods(self.period, self.as_of)),
        }
    }
}

/// What inactivity leaves of numbers.
#[derive(Clone, Copy, Debug)]
pub struct Decay<'a> {
    ages: Ages<'a>,
    takes: Takes<'a>,
}

/// What each full period takes.
#[derive(Clone, Copy, Debug)]
enum Takes<'a> {
    Points(i64),
    /// A part; this is what remains after so many periods.
    Part(&'a [i64]),
}

impl Decay<'_> {
    /// What is left of a number, in ten-thousandths, since the day of the last activity, given by its number: all of
    /// it where there is no such day, or where it is not above zero.
    pub fn left(self, value: i64, activity: i32) -> i64 {
        if value <= 0 {
            return value;
        }
        match (self.ages.full_periods(activity), self.takes) {
            (None, _) => value,
            (Some(periods), Takes::Points(amount)) => (value - amount.saturating_mul(periods.max(0))).max(0),
            (Some(periods), Takes::Part(remaining)) => part_of(value, remaining, periods),
        }
    }
}

/// So few days do not pay for a table.
const FEW: usize = 64;

/// So many ages are looked up, in days: those of nearly all that is looked at.
const AGES: i32 = 1 << 12;

/// The periods in which a plan's nodes count, each once.
fn counted_periods(plan: &Plan) -> impl Iterator<Item = Period> {
    let of_contacts = plan.steps.iter().filter_map(|step| plan.contacts.node(*step));
    let nodes = of_contacts.chain(plan.events.nodes());
    let mut periods: Vec<Period> = nodes.filter_map(counted_period).collect();
    periods.sort_unstable_by_key(|period| (period.unit, period.count));
    periods.dedup();
    periods.into_iter()
}

fn counted_period(node: &Node) -> Option<Period> {
    match &node.operation {
        Operation::Decayed { period, .. } => Some(*period),
        Operation::Elapsed { unit, .. } => Some(Period::one(*unit)),
        _ => None,
    }
}

/// The full periods to a day from each of the ages before it, as far as there are days.
fn periods_by_age(period: Period, as_of: Day) -> Vec<u16> {
    let days = (0..AGES).map_while(|age| Day::from_number(as_of.number() - age));
    let (mut full, mut next) = (0, as_of.minus(1, period));
    let counted = days.map(|day| {
        // Only at the borders between periods is the calendar asked.
        if day <= next {
            full = day.full_periods(period, as_of);
            next = as_of.minus(full + 1, period);
        }
        full as u16
    });
    counted.collect()
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
pub(super) fn part_of(value: i64, remaining: &[i64], periods: i64) -> i64 {
    let after = usize::try_from(periods.max(0)).unwrap_or(usize::MAX);
    let part = remaining.get(after).copied().unwrap_or(0);
    match value.checked_mul(part) {
        Some(product) => divide_rounding_narrow(product, WHOLE),
        None => divide_rounding(i128::from(value) * i128::from(part), i128::from(WHOLE)) as i64,
    }
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
    fn periods_are_looked_up_as_the_calendar_counts_them() {
        for as_of in ["2024-02-29", "2026-03-31", "2026-02-28", "0001-03-31", "9999-12-31"].map(day) {
            for unit in Unit::ALL {
                for count in [1, 2, 5, unit.most()] {
                    let period = Period { count, unit };
                    let full = periods_by_age(period, as_of);
                    let ages = Ages {
                        as_of,
                        period,
                        full: &full,
                    };
                    let offsets = (-40..AGES + 40).chain([Day::MAX.number() - as_of.number()]);
                    for number in offsets.map(|offset| as_of.number() - offset) {
                        let counted = Day::from_number(number).map(|day| day.full_periods(period, as_of));
                        assert_eq!(ages.full_periods(number), counted, "{number} {period} {as_of}");
                    }
                    assert_eq!(ages.full_periods(i32::MIN), None);
                    assert_eq!(ages.full_periods(i32::MAX), None);
                }
            }
        }
    }

    #[test]
    fn decay_takes_each_full_period_and_never_more_than_there_is() {
        let as_of = day("2026-03-31");
        let full = periods_by_age(months(1), as_of);
        let half = remaining_after(number("0.5"));
        let decay = |takes| Decay {
            ages: Ages {
                as_of,
                period: months(1),
                full: &full,
            },
            takes,
        };
        let points = decay(Takes::Points(40_000));
        for (since, left) in [
            ("2026-03-31", 100_000),
            ("2026-03-01", 100_000),
            ("2026-02-28", 60_000),
            ("2026-01-31", 20_000),
            ("2025-12-31", 0),
            ("1970-01-01", 0),
        ] {
            assert_eq!(points.left(100_000, day(since).number()), left, "{since}");
        }
        assert_eq!(points.left(-100_000, day("1970-01-01").number()), -100_000);
        assert_eq!(points.left(100_000, i32::MIN), 100_000);
        let most = decay(Takes::Points(Number::MAX.units()));
        assert_eq!(most.left(Number::MAX.units(), day("1970-01-01").number()), 0);
        let part = decay(Takes::Part(&half));
        assert_eq!(part.left(1, day("2026-02-28").number()), 1);
        assert_eq!(part.left(1, day("2026-01-31").number()), 0);
        // The last product that fits is of 18446744.
        for value in [18_446_743, 18_446_744, 18_446_745, Number::MAX.units()] {
            let wide = divide_rounding(i128::from(value) * 500_000_000_000, i128::from(WHOLE));
            assert_eq!(i128::from(part.left(value, day("2026-02-28").number())), wide);
        }
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
