//! How the dates of a column are written, and the days that they are.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use chrono::format::{Item, Parsed, StrftimeItems, parse};
use chrono::{DateTime, TimeZone, Utc};
use serde::Deserialize;

use super::block::{Moments, column_name};
use crate::calendar::{Day, LastDay, Zone};
use crate::table::Column;

/// How dates are written where they are not written as usual: a value of `dates` in `leadscore.toml`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "String")]
pub enum DateFormat {
    /// `"utc"`: the UTC day of an instant, whatever the model's time zone.
    Utc,
    /// A format of chrono's `strftime` such as `"%d/%m/%Y"`.
    Pattern(Pattern),
}

/// A format of days or moments.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// As it is written.
    text: String,
    items: Vec<Item<'static>>,
}

impl TryFrom<String> for DateFormat {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text.eq_ignore_ascii_case("utc") {
            return Ok(DateFormat::Utc);
        }
        let items = StrftimeItems::new(&text).parse_to_owned();
        match items {
            Ok(items) if tells_days(&items) => Ok(DateFormat::Pattern(Pattern { text, items })),
            _ => Err(format!(
                "no date format: {text:?}; write one such as \"%d/%m/%Y\" or \"%Y-%m-%d %H:%M:%S %z\", or \"utc\""
            )),
        }
    }
}

/// How the dates of a column are written, where `leadscore.toml` says so. Names are compared as those of columns are.
pub(super) fn dates_of<'d>(dates: &'d BTreeMap<String, DateFormat>, column: &str) -> Option<&'d DateFormat> {
    let column = column_name(column);
    let said = dates.iter().find(|(name, _)| column_name(name) == column);
    said.map(|(_, format)| format)
}

/// Whether a day that is written so can be read again.
fn tells_days(items: &[Item<'static>]) -> bool {
    let Some(moment) = DateTime::from_timestamp_secs(1_709_211_845) else {
        return false;
    };
    let mut written = String::new();
    let formatted = moment.format_with_items(items.iter());
    write!(written, "{formatted}").is_ok()
        && day_written(&written, items, Zone::UTC) == Day::from_date(moment.date_naive())
}

/// The day that a text in a format is; `None` where it is not written so.
fn day_written(text: &str, items: &[Item<'static>], zone: Zone) -> Option<Day> {
    let mut parsed = Parsed::new();
    parse(&mut parsed, text, items.iter()).ok()?;
    match (parsed.offset(), parsed.timestamp()) {
        (None, None) => Day::from_date(parsed.to_naive_date().ok()?),
        (offset, _) => {
            let offset = offset.unwrap_or(0);
            let local = parsed.to_naive_datetime_with_offset(offset).ok()?;
            let instant = local.checked_sub_signed(chrono::TimeDelta::seconds(i64::from(offset)))?;
            zone.day_of(Utc.from_utc_datetime(&instant))
        }
    }
}

/// Whether a text that is no date is one of a year that there is not: `0000-01-01`, or too many milliseconds.
fn is_beyond(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let digits = unsigned.bytes().take_while(u8::is_ascii_digit).count();
    let (year, rest) = unsigned.split_at(digits);
    let is_moment = rest.is_empty() && digits >= 11 || rest == " seconds after 1970";
    is_moment || rest.starts_with('-') && (digits > 4 || year == "0000" || unsigned.len() < text.len())
}

/// Reads the dates of one column.
#[derive(Clone, Debug)]
pub(super) struct DateReading {
    zone: Zone,
    pattern: Option<Pattern>,
    last: LastDay,
}

impl DateReading {
    /// Dates in a format, or as usual; a time with an offset is moved to the zone.
    pub(super) fn new(format: Option<&DateFormat>, zone: Zone) -> DateReading {
        match format {
            None => DateReading {
                zone,
                pattern: None,
                last: LastDay::default(),
            },
            Some(DateFormat::Utc) => DateReading {
                zone: Zone::UTC,
                pattern: None,
                last: LastDay::default(),
            },
            Some(DateFormat::Pattern(pattern)) => DateReading {
                zone,
                pattern: Some(pattern.clone()),
                last: LastDay::default(),
            },
        }
    }

    /// What a text is not that is none of these dates.
    pub(super) fn complaint(&self, written: &str) -> String {
        match &self.pattern {
            None if is_beyond(written) => "beyond the range of dates, the years 1 to 9999".to_owned(),
            None => "not a date".to_owned(),
            Some(pattern) => format!("not a date written {:?}", pattern.text),
        }
    }

    /// The day of a moment, whatever the format of texts; `None` outside of the calendar.
    #[inline]
    pub(super) fn day_of(&self, moment: Moment) -> Option<Day> {
        if moment.is_instant && self.zone != Zone::UTC {
            return self.zone.day_of(DateTime::from_timestamp_secs(moment.seconds)?);
        }
        Day::from_number(i32::try_from(moment.seconds.div_euclid(86_400)).ok()?)
    }

    /// Adds the [numbers](Day::number) of the days of rows, [`Column::NO_DAY`] where there is none.
    pub(super) fn days_of(&self, moments: Moments<'_>, rows: &[u32], days: &mut Vec<i32>) {
        let day = |seconds| {
            let is_instant = moments.are_instants;
            self.day_of(Moment { seconds, is_instant })
        };
        let days_of_rows = rows.iter().map(|row| moments.seconds(*row).and_then(day));
        days.extend(days_of_rows.map(|day| day.map_or(Column::NO_DAY, Day::number)));
    }

    /// The day of a trimmed text; `None` where it is not written so.
    #[inline]
    pub(super) fn day(&mut self, text: &str) -> Option<Day> {
        match &self.pattern {
            None => self.last.read_day(text, self.zone),
            Some(pattern) => day_written(text, &pattern.items, self.zone),
        }
    }
}

/// A moment of a typed column, to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    /// Seconds since the beginning of 1970.
    pub(super) seconds: i64,
    /// Whether it is an instant, counted in UTC, rather than a time of an unnamed place.
    pub(super) is_instant: bool,
}

impl fmt::Display for Moment {
    /// `2026-11-01T23:30:00`, an instant with a `Z`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.is_instant { "Z" } else { "" };
        match DateTime::from_timestamp_secs(self.seconds) {
            Some(moment) => write!(f, "{}{mark}", moment.naive_utc().format("%Y-%m-%dT%H:%M:%S")),
            None => write!(f, "{} seconds after 1970", self.seconds),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(format: &str, zone: &str, text: &str) -> Option<String> {
        let format = DateFormat::try_from(format.to_owned()).unwrap();
        let mut reading = DateReading::new(Some(&format), Zone::named(zone).unwrap());
        reading.day(text).map(|day| day.to_string())
    }

    #[test]
    fn a_format_reads_days_moments_and_instants() {
        let paris = "Europe/Paris";
        for (format, text, day) in [
            ("%d/%m/%Y", "01/11/2026", "2026-11-01"),
            ("%d/%m/%Y %H:%M", "01/11/2026 23:30", "2026-11-01"),
            ("%d/%m/%Y %H:%M %z", "01/11/2026 23:30 +0000", "2026-11-02"),
            ("%Y-%m-%dT%H:%M:%S%:z", "2026-11-01T00:30:00+05:00", "2026-10-31"),
            ("%s", "1793575800", "2026-11-02"),
            ("%d %B %Y", "1 November 2026", "2026-11-01"),
            ("utc", "2026-11-01T23:30:00Z", "2026-11-01"),
            ("utc", "1793575800000", "2026-11-01"),
        ] {
            assert_eq!(read(format, paris, text).as_deref(), Some(day), "{format} {text}");
        }
        for text in ["2026-11-01", "31/02/2026", "", "01/11/2026 x"] {
            assert_eq!(read("%d/%m/%Y", paris, text), None, "{text}");
        }
        assert_eq!(read("%d/%m/%Y %H:%M", paris, "01/11/2026 25:30"), None);
    }

    #[test]
    fn moments_are_days_of_the_zone_if_they_are_instants() {
        let mut paris = DateReading::new(None, Zone::named("Europe/Paris").unwrap());
        let mut utc = DateReading::new(Some(&DateFormat::Utc), Zone::named("Europe/Paris").unwrap());
        let day = |reading: &mut DateReading, seconds, is_instant| {
            let moment = Moment { seconds, is_instant };
            let day = reading.day_of(moment).map(|day| day.to_string());
            assert_eq!(
                reading.day(&moment.to_string()).map(|day| day.to_string()),
                day,
                "{moment}"
            );
            day
        };
        for (seconds, local, instant) in [
            (1_793_575_800, "2026-11-01", "2026-11-02"),
            (-1, "1969-12-31", "1970-01-01"),
            (0, "1970-01-01", "1970-01-01"),
        ] {
            assert_eq!(day(&mut paris, seconds, false).as_deref(), Some(local));
            assert_eq!(day(&mut paris, seconds, true).as_deref(), Some(instant));
            assert_eq!(day(&mut utc, seconds, true).as_deref(), Some(local));
        }
        assert_eq!(day(&mut paris, i64::MAX, true), None);
        assert_eq!(day(&mut paris, i64::MIN, false), None);
    }

    #[test]
    fn what_is_no_format_is_refused() {
        for text in ["", "dd/mm/yyyy", "%", "%Q", "UTC+1", "%d/%q", "%d/%m", "%H:%M"] {
            assert!(DateFormat::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
