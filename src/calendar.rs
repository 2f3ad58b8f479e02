//! Days, durations and time zones: the calendar arithmetic of every window, count and decay.

use std::fmt;

use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};

/// A calendar day, as the number of days since 1970-01-01. Years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(i32);

/// Days from 0001-01-01, chrono's day 1, to 1970-01-01.
const EPOCH: i32 = 719_163;

impl Day {
    /// 0001-01-01, the first day that data can name.
    pub const MIN: Day = Day(1 - EPOCH);
    /// 9999-12-31, the last day that data can name.
    pub const MAX: Day = Day(2_932_896);

    /// The day of a year, month and day of the month; `None` where the calendar has no such day.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Day> {
        Self::from_date(NaiveDate::from_ymd_opt(year, month, day)?)
    }

    /// The day with a number of days since 1970-01-01; `None` outside the years 1 to 9999.
    pub fn from_number(number: i32) -> Option<Day> {
        (Self::MIN.0..=Self::MAX.0).contains(&number).then_some(Day(number))
    }

    /// The number of days since 1970-01-01.
    pub const fn number(self) -> i32 {
        self.0
    }

    /// A day as `chrono` knows it; `None` outside the years 1 to 9999.
    pub fn from_date(date: NaiveDate) -> Option<Day> {
        Self::from_number(date.num_days_from_ce() - EPOCH)
    }

    /// The day as `chrono` knows it.
    pub fn date(self) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(self.0 + EPOCH).unwrap_or_default()
    }

    /// Reads `2026-11-01`.
    pub fn parse(text: &str) -> Option<Day> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
            return None;
        };
        let digits = [y1, y2, y3, y4, m1, m2, d1, d2].map(|digit| u32::from(digit.wrapping_sub(b'0')));
        if digits.iter().any(|digit| *digit > 9) {
            return None;
        }
        let [y1, y2, y3, y4, m1, m2, d1, d2] = digits;
        let year = y1 * 1_000 + y2 * 100 + y3 * 10 + y4;
        Self::new(year as i32, m1 * 10 + m2, d1 * 10 + d2)
    }

    /// The next day; the last day stays.
    pub fn next(self) -> Day {
        Day((self.0 + 1).min(Self::MAX.0))
    }

    /// This day minus a number of times a period, subtracted at once. A day that its month does not have becomes
    /// the month's last. Past the ends of the calendar, the end.
    pub fn minus(self, times: i64, period: Period) -> Day {
        let count = times.saturating_mul(i64::from(period.count));
        match period.unit {
            Unit::Day => self.minus_days(count),
            Unit::Week => self.minus_days(count.saturating_mul(7)),
            Unit::Month => self.minus_months(count),
            Unit::Year => self.minus_months(count.saturating_mul(12)),
        }
    }

    fn minus_days(self, days: i64) -> Day {
        let number = i64::from(self.0).saturating_sub(days);
        Day(number.clamp(i64::from(Self::MIN.0), i64::from(Self::MAX.0)) as i32)
    }

    fn minus_months(self, months: i64) -> Day {
        let magnitude = Months::new(u32::try_from(months.unsigned_abs()).unwrap_or(u32::MAX));
        let (moved, end) = if months < 0 {
            (self.date().checked_add_months(magnitude), Self::MAX)
        } else {
            (self.date().checked_sub_months(magnitude), Self::MIN)
        };
        moved.and_then(Self::from_date).unwrap_or(end)
    }

    /// Whether this day is within a period up to the as-of day: after as-of minus the period, and not after as-of.
    pub fn is_within(self, period: Period, as_of: Day) -> bool {
        as_of.minus(1, period) < self && self <= as_of
    }

    /// The number of full periods from this day to the as-of day: the largest whole n with
    /// this day ≤ as-of − n·period; negative for a day after as-of.
    pub fn full_periods(self, period: Period, as_of: Day) -> i64 {
        let units = match period.unit {
            Unit::Day => i64::from(as_of.0) - i64::from(self.0),
            Unit::Week => (i64::from(as_of.0) - i64::from(self.0)).div_euclid(7),
            Unit::Month => self.full_months(as_of),
            Unit::Year => self.full_months(as_of).div_euclid(12),
        };
        units.div_euclid(i64::from(period.count.max(1)))
    }

    /// The difference of the month numbers, less one where this day of the month is greater than as-of's.
    fn full_months(self, as_of: Day) -> i64 {
        let (from, to) = (self.date(), as_of.date());
        let month_number = |date: NaiveDate| i64::from(date.year()) * 12 + i64::from(date.month0());
        month_number(to) - month_number(from) - i64::from(from.day() > to.day())
    }

    /// The day of the month, from 1 to 31.
    pub fn day_of_month(self) -> u32 {
        self.date().day()
    }

    /// A number that all days of one calendar day, week (from Monday), month or year share, and no others.
    pub fn calendar_period(self, unit: Unit) -> i32 {
        match unit {
            Unit::Day => self.0,
            // 1970-01-01 was a Thursday, three days after a Monday.
            Unit::Week => (self.0 + 3).div_euclid(7),
            Unit::Month => self.date().year() * 12 + self.date().month0() as i32,
            Unit::Year => self.date().year(),
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.date().format("%Y-%m-%d").to_string())
    }
}

impl serde::Serialize for Day {
    /// As the text `2026-11-01`.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A unit of calendar time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// One day.
    Day,
    /// Seven days.
    Week,
    /// A calendar month.
    Month,
    /// Twelve calendar months.
    Year,
}

impl Unit {
    /// All units, the shortest first.
    pub const ALL: [Unit; 4] = [Unit::Day, Unit::Week, Unit::Month, Unit::Year];

    /// The word for one of it.
    pub fn word(self) -> &'static str {
        match self {
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Year => "year",
        }
    }

    /// The greatest duration in this unit: 200 years.
    pub fn most(self) -> u32 {
        match self {
            Unit::Day => 73_000,
            Unit::Week => 10_400,
            Unit::Month => 2_400,
            Unit::Year => 200,
        }
    }
}

/// A duration: a positive whole number of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Period {
    /// How many, from 1 to [`Unit::most`].
    pub count: u32,
    /// Of what.
    pub unit: Unit,
}

impl Period {
    /// One of a unit.
    pub fn one(unit: Unit) -> Period {
        Period { count: 1, unit }
    }
}

impl fmt::Display for Period {
    /// `1 day`, `3 months`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.count == 1 { "" } else { "s" };
        write!(f, "{} {}{plural}", self.count, self.unit.word())
    }
}

/// A time zone, in which instants become days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone(chrono_tz::Tz);

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Zone = Zone(chrono_tz::UTC);

    /// The zone of an IANA name such as `Europe/Paris`; `None` where there is none.
    pub fn named(name: &str) -> Option<Zone> {
        name.parse().ok().map(Zone)
    }

    /// The IANA name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The names of all zones.
    pub fn names() -> impl Iterator<Item = &'static str> {
        chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())
    }

    /// The day on which an instant falls here.
    pub fn day_of(self, instant: DateTime<Utc>) -> Option<Day> {
        Day::from_date(instant.with_timezone(&self.0).date_naive())
    }

    /// The day of a date or a moment as data writes it: an ISO date or date-time (`T` or a space; seconds and
    /// fractions optional; with or without an offset), or epoch milliseconds of 11 digits or more. A time with an
    /// offset is moved to this zone, one without is in it already. `None` for anything else.
    pub fn read_day(self, text: &str) -> Option<Day> {
        let text = text.trim();
        if let Some(day) = Day::parse(text) {
            return Some(day);
        }
        if is_epoch_milliseconds(text) {
            return self.day_of(DateTime::from_timestamp_millis(text.parse().ok()?)?);
        }
        let (local, offset) = split_offset(text)?;
        let moment = read_moment(local)?;
        match offset {
            None => Day::from_date(moment.date()),
            Some(minutes) => {
                let shifted = moment.checked_sub_signed(chrono::TimeDelta::minutes(minutes))?;
                self.day_of(Utc.from_utc_datetime(&shifted))
            }
        }
    }
}

/// The day that was read last: logs are in the order of time, so that most days are that of the event before.
#[derive(Clone, Debug, Default)]
pub struct LastDay {
    date: [u8; 10],
    day: Option<Day>,
}

impl LastDay {
    /// The day of a date or a moment in a zone, as [`Zone::read_day`]; always in the same zone.
    #[inline]
    pub fn read_day(&mut self, text: &str, zone: Zone) -> Option<Day> {
        let Some((date, _)) = text.as_bytes().split_first_chunk().filter(|(_, time)| is_plain(time)) else {
            return zone.read_day(text);
        };
        if *date != self.date {
            // Without an offset, a moment is on the day that it names.
            let day = text.get(..date.len()).and_then(Day::parse);
            (self.date, self.day) = (*date, day);
        }
        self.day
    }
}

/// Whether what follows a date is a time as most data write it, `T09:30:00`, or nothing.
#[inline]
fn is_plain(time: &[u8]) -> bool {
    let [b'T' | b' ', time @ ..] = time else {
        return time.is_empty();
    };
    let Ok(time) = <[u8; 8]>::try_from(time) else {
        return false;
    };
    // All eight bytes at once: digits become their values and colons 0, and each is compared with the most that may
    // stand in its place by adding what is missing to 128.
    let values = u64::from_le_bytes(time) ^ u64::from_le_bytes(*b"00:00:00");
    const MOST: [u8; 8] = [2, 9, 0, 5, 9, 0, 5, 9];
    const LACKS: u64 = u64::from_le_bytes([0x7F; 8]) - u64::from_le_bytes(MOST);
    const HIGH: u64 = u64::from_le_bytes([0x80; 8]);
    let hour = (values & 0xFF) * 10 + (values >> 8 & 0xFF);
    values & HIGH == 0 && (values + LACKS) & HIGH == 0 && hour < 24
}

fn is_epoch_milliseconds(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.len() >= 11 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// A date-time's local part and its offset from UTC in minutes, where it has one.
fn split_offset(text: &str) -> Option<(&str, Option<i64>)> {
    for utc in [" UTC", "Z", "z"] {
        if let Some(local) = text.strip_suffix(utc) {
            return Some((local, Some(0)));
        }
    }
    // The first ten bytes are the date, whose hyphens are no signs.
    let sign_at = match text.get(10..)?.rfind(['+', '-']) {
        Some(at) => at + 10,
        None => return Some((text, None)),
    };
    let (local, offset) = (text.get(..sign_at)?, text.get(sign_at..)?);
    Some((local.trim_end(), Some(read_offset(offset)?)))
}

/// `+02`, `+0200` or `+02:00` in minutes.
fn read_offset(text: &str) -> Option<i64> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let digits = text.get(1..)?;
    let (hours, minutes) = match digits.len() {
        2 => (digits, "00"),
        4 => (digits.get(..2)?, digits.get(2..)?),
        5 if digits.get(2..3) == Some(":") => (digits.get(..2)?, digits.get(3..)?),
        _ => return None,
    };
    let two_digits = |part: &str| {
        part.bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| part.parse::<i64>().ok())?
    };
    let (hours, minutes) = (two_digits(hours)?, two_digits(minutes)?);
    (hours <= 23 && minutes <= 59).then_some(sign * (hours * 60 + minutes))
}

/// A local date-time: the date, `T` or a space, the hour (of one digit too, as spreadsheets write it) and minute,
/// then seconds and their fraction where there are any.
fn read_moment(text: &str) -> Option<NaiveDateTime> {
    let (date, time) = (text.get(..10)?, text.get(11..)?);
    if !matches!(text.as_bytes().get(10), Some(b'T' | b't' | b' ')) {
        return None;
    }
    let day = Day::parse(date)?;
    Some(day.date().and_time(read_time(time)?))
}

/// A time to the second: its fraction decides no day.
fn read_time(text: &str) -> Option<NaiveTime> {
    let (hour, rest) = text.split_once(':')?;
    let (minute, seconds) = rest.split_once(':').unwrap_or((rest, "0"));
    let (second, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
    if [hour, minute, second].iter().any(|part| part.len() > 2) || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // A leap second belongs to the minute before it.
    let second = read_digits(second).filter(|second| *second <= 60)?.min(59);
    NaiveTime::from_hms_opt(read_digits(hour)?, read_digits(minute)?, second)
}

/// A number of ASCII digits only, at least one.
fn read_digits(text: &str) -> Option<u32> {
    let are_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    are_digits.then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn months(count: u32) -> Period {
        Period {
            count,
            unit: Unit::Month,
        }
    }

    #[test]
    fn a_day_that_the_month_lacks_becomes_its_last() {
        assert_eq!(day("2026-03-31").minus(1, months(1)), day("2026-02-28"));
        assert_eq!(day("2024-02-29").minus(1, Period::one(Unit::Year)), day("2023-02-28"));
        assert_eq!(day("2026-03-31").minus(2, months(1)), day("2026-01-31"));
        assert_eq!(Day::MIN.minus(5, Period::one(Unit::Year)), Day::MIN);
    }

    #[test]
    fn a_day_is_the_same_after_another() {
        let (mut last, zone) = (LastDay::default(), Zone::named("Europe/Paris").unwrap());
        for text in [
            "2026-11-01T23:30:00",
            "2026-11-01 00:00:59",
            "2026-11-01T24:00:00",
            "2026-11-01T23:30:00Z",
            "2026-11-01",
            "2026-11-31T10:00:00",
            "2026-11-31",
            "2026-11-31T99:00:00",
            "2026-11-01T10:0a:00",
        ] {
            assert_eq!(last.read_day(text, zone), zone.read_day(text), "{text}");
        }
    }

    #[test]
    fn full_months_agree_with_their_definition() {
        let as_of = day("2026-03-01");
        assert_eq!(day("2026-01-31").full_periods(months(1), as_of), 1);
        assert_eq!(day("2026-01-31").full_periods(months(1), day("2026-02-28")), 0);
        for as_of in [day("2024-02-29"), day("2026-01-31"), day("2026-02-28")] {
            for unit in Unit::ALL {
                for count in [1, 2, 3] {
                    let period = Period { count, unit };
                    for offset in -800..800 {
                        let x = Day(as_of.0 + offset);
                        let n = x.full_periods(period, as_of);
                        assert!(x <= as_of.minus(n, period), "{x} {period} {as_of}");
                        assert!(x > as_of.minus(n + 1, period), "{x} {period} {as_of}");
                        if x <= as_of {
                            assert_eq!(x.is_within(period, as_of), n < 1);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn weeks_begin_on_monday() {
        let monday = day("2026-11-16");
        let sunday = day("2026-11-22");
        assert_eq!(monday.calendar_period(Unit::Week), sunday.calendar_period(Unit::Week));
        assert_ne!(
            sunday.calendar_period(Unit::Week),
            sunday.next().calendar_period(Unit::Week)
        );
    }

    #[test]
    fn moments_become_days_of_the_zone() {
        let paris = Zone::named("Europe/Paris").unwrap();
        for (text, expected) in [
            ("2026-11-01", "2026-11-01"),
            ("2026-11-01 23:30", "2026-11-01"),
            ("2026-11-01T23:30:00.123456", "2026-11-01"),
            ("2026-11-01T23:30:00Z", "2026-11-02"),
            ("2018-10-26 21:20:34.481 UTC", "2018-10-26"),
            ("2026-11-01T23:30:00+02", "2026-11-01"),
            ("2026-11-01T23:30:00-0200", "2026-11-02"),
            ("2026-11-01 01:30:00 +02:00", "2026-11-01"),
            ("2020-12-30 3:15:52", "2020-12-30"),
            ("2026-06-30T23:59:60Z", "2026-07-01"),
            ("1762000000000", "2025-11-01"),
        ] {
            assert_eq!(paris.read_day(text), Some(day(expected)), "{text}");
        }
        for text in [
            "",
            "2026-02-30",
            "01/11/2026",
            "2026-11-01T25:00",
            "2026-11-01T10",
            "2026-11-01T10:60",
            "2026-11-01T10:00:61",
            "2026-11-01T10:00:00.x",
            "2026-11-01T010:00",
            "2026-11-01T:00",
            "2026-+1-01",
            "20261-1-01",
            "2026-11-01T10:00+99",
            "1762000000",
            "2026-11-01x",
        ] {
            assert_eq!(paris.read_day(text), None, "{text}");
        }
    }
}
