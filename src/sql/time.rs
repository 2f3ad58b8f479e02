//! Days and periods up to the day of scoring, which is given, or known only when the query runs: months by their
//! numbers, never by an engine's own arithmetic of dates.

use crate::calendar::{Day, Period, Unit, Zone};
use crate::model::Window;

use super::tree::{Expr, Function, Sign};

/// The day of scoring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsOf {
    /// This one.
    Day(Day),
    /// The engine's today in the model's time zone.
    Today(Zone),
    /// One that a tool puts in the place of this, as it is written.
    Template(&'static str),
}

impl AsOf {
    /// The day.
    pub(super) fn day(self) -> Expr {
        match self {
            AsOf::Day(day) => Expr::Day(day),
            AsOf::Today(zone) => Expr::Call(Function::Today(zone), Vec::new()),
            AsOf::Template(written) => Expr::Call(Function::Template(written), Vec::new()),
        }
    }

    fn month_number(self) -> Expr {
        match self {
            // January is the first month.
            AsOf::Day(day) => Expr::Integer(i64::from(day.calendar_period(Unit::Month)) + 1),
            AsOf::Today(_) | AsOf::Template(_) => Expr::call(Function::MonthNumber, [self.day()]),
        }
    }

    /// Whether a day lies in a window.
    pub(super) fn within(self, day: &Expr, window: Window) -> Expr {
        let Window { earlier, period } = window;
        match self {
            AsOf::Day(as_of) => {
                let border = Expr::Day(as_of.minus(1, period));
                let sign = if earlier { Sign::LessOrEqual } else { Sign::Greater };
                day.clone().infix(sign, border)
            }
            AsOf::Today(_) | AsOf::Template(_) => {
                let sign = if earlier { Sign::GreaterOrEqual } else { Sign::Less };
                let full = self.units_since(day, period.unit);
                full.infix(sign, Expr::Integer(i64::from(period.count)))
            }
        }
    }

    /// The full periods since a day that is not after the day of scoring.
    pub(super) fn full_periods(self, day: &Expr, period: Period) -> Expr {
        let units = self.units_since(day, period.unit);
        match period.count {
            1 => units,
            count => units.over(Expr::Integer(i64::from(count))),
        }
    }

    /// The full units since a day that is not after the day of scoring.
    fn units_since(self, day: &Expr, unit: Unit) -> Expr {
        match unit {
            Unit::Day => self.days_since(day),
            Unit::Week => self.days_since(day).over(Expr::Integer(DAYS_OF_WEEK)),
            Unit::Month => self.months_since(day),
            Unit::Year => self.months_since(day).over(Expr::Integer(MONTHS_OF_YEAR)),
        }
    }

    /// The full units since any day, less than zero for one to come.
    pub(super) fn elapsed(self, day: &Expr, unit: Unit) -> Expr {
        let floored = |number: Expr, divisor: i64| {
            // Divisions cut toward zero, so that they are made of what is above it.
            let above = number.plus(Expr::Integer(divisor * SHIFT));
            above.over(Expr::Integer(divisor)).minus(Expr::Integer(SHIFT))
        };
        match unit {
            Unit::Day => self.days_since(day),
            Unit::Week => floored(self.days_since(day), DAYS_OF_WEEK),
            Unit::Month => self.months_since(day),
            Unit::Year => floored(self.months_since(day), MONTHS_OF_YEAR),
        }
    }

    /// The days since a day.
    pub(super) fn days_since(self, day: &Expr) -> Expr {
        Expr::call(Function::DaysBetween, [day.clone(), self.day()])
    }

    /// The difference of the month numbers, less one where the day of the month is greater than the day of scoring's.
    fn months_since(self, day: &Expr) -> Expr {
        let day_of_month = Expr::call(Function::DayOfMonth, [day.clone()]);
        let not_full = match self {
            AsOf::Day(as_of) => {
                let last = i64::from(as_of.day_of_month());
                day_of_month.infix(Sign::Greater, Expr::Integer(last))
            }
            AsOf::Today(_) | AsOf::Template(_) => {
                day_of_month.infix(Sign::Greater, Expr::call(Function::DayOfMonth, [self.day()]))
            }
        };
        let months = self
            .month_number()
            .minus(Expr::call(Function::MonthNumber, [day.clone()]));
        months.minus(Expr::case(not_full, Expr::Integer(1), Expr::Integer(0)))
    }

    /// How many days a period covers back from the day of scoring.
    pub(super) fn days_of(self, period: Period) -> Expr {
        match self {
            AsOf::Day(day) => Expr::Integer(i64::from(day.number()) - i64::from(day.minus(1, period).number())),
            AsOf::Today(_) | AsOf::Template(_) => match period.unit {
                Unit::Day => Expr::Integer(i64::from(period.count)),
                Unit::Week => Expr::Integer(i64::from(period.count) * DAYS_OF_WEEK),
                Unit::Month | Unit::Year => self.days_since(&Expr::call(Function::Minus(period), [self.day()])),
            },
        }
    }
}

const DAYS_OF_WEEK: i64 = 7;
const MONTHS_OF_YEAR: i64 = 12;

/// No two days of the calendar are so many weeks, or years, apart.
const SHIFT: i64 = 1_000_000;
