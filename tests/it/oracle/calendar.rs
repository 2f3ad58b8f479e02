//! Calendar arithmetic, from its definitions.

use chrono::{Datelike, NaiveDate};
use leadscore::calendar::{Day, Period, Unit};

/// As-of − n·P, "the n·P subtracted at once". The result may lie outside the days that data can name; it is the first or
/// last day of all where not even `chrono` has it.
pub(crate) fn minus(as_of: Day, n: i64, period: Period) -> NaiveDate {
    let count = n * i64::from(period.count);
    match period.unit {
        Unit::Day => minus_days(as_of.date(), count),
        Unit::Week => minus_days(as_of.date(), count * 7),
        Unit::Month => minus_months(as_of.date(), count),
        Unit::Year => minus_months(as_of.date(), count * 12),
    }
}

fn minus_days(day: NaiveDate, days: i64) -> NaiveDate {
    let moved = chrono::TimeDelta::try_days(days).and_then(|days| day.checked_sub_signed(days));
    moved.unwrap_or(end_of_time(days))
}

/// "A day minus n months is the same day of that earlier month, or that month's last day where it has no such day."
fn minus_months(day: NaiveDate, months: i64) -> NaiveDate {
    let month_number = i64::from(day.year()) * 12 + i64::from(day.month0()) - months;
    let (year, month) = (
        month_number.div_euclid(12) as i32,
        month_number.rem_euclid(12) as u32 + 1,
    );
    let mut same_day_or_last = (1..=day.day()).rev();
    let moved = same_day_or_last.find_map(|day| NaiveDate::from_ymd_opt(year, month, day));
    moved.unwrap_or(end_of_time(months))
}

fn end_of_time(moved_back: i64) -> NaiveDate {
    if moved_back > 0 { NaiveDate::MIN } else { NaiveDate::MAX }
}

/// "a day x is within D if x > as-of − D (and x ≤ as-of)"
pub(crate) fn is_within(x: Day, period: Period, as_of: Day) -> bool {
    x.date() > minus(as_of, 1, period) && x <= as_of
}

/// "the number of full periods P since x is the largest whole n (negative for a future x) with x ≤ as-of − n·P": found
/// by halving, as the later day only moves back with n.
pub(crate) fn full_periods(x: Day, period: Period, as_of: Day) -> i64 {
    let fits = |n: i64| x.date() <= minus(as_of, n, period);
    let days = i64::from(as_of.number()) - i64::from(x.number());
    let (mut fitting, mut too_many) = (-days.abs() - 1, days.abs() + 1);
    // One period has at least one day, so that neither end lies further off than the days between.
    while too_many - fitting > 1 {
        let middle = fitting + (too_many - fitting) / 2;
        if fits(middle) {
            fitting = middle;
        } else {
            too_many = middle;
        }
    }
    fitting
}

/// "a span in months or years has as many days as it covers back from the as-of day"
pub(crate) fn days_of(period: Period, as_of: Day) -> i64 {
    (as_of.date() - minus(as_of, 1, period)).num_days()
}

/// Which calendar period a day lies in: "`per day`, `per week` (Monday to Sunday), `per month`, `per year` (calendar
/// ones)", as that period's first day.
pub(crate) fn period_of(day: Day, unit: Unit) -> NaiveDate {
    let day = day.date();
    match unit {
        Unit::Day => day,
        Unit::Week => minus_days(day, i64::from(day.weekday().num_days_from_monday())),
        Unit::Month => day.with_day(1).unwrap(),
        Unit::Year => day.with_day(1).and_then(|day| day.with_month(1)).unwrap(),
    }
}
