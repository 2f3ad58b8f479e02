//! Limits: which of the picked events count.

use crate::calendar::Day;
use crate::plan::Limits;

/// Tells how many events of each day count, from the newest day down to the last of which one does.
///
/// The limit with a period keeps the newest of each calendar period, then the other the newest of what is left. Of two
/// events of one day the later in the data is newer, so that the last of a day's events are those that count.
pub(super) fn keep_newest(
    newest_first: impl Iterator<Item = (Day, u64)>,
    limits: Limits,
    mut keep: impl FnMut(Day, u64),
) {
    let mut left = limits.total.unwrap_or(u64::MAX);
    let mut period = None;
    let mut left_in_period = u64::MAX;
    for (day, count) in newest_first {
        if let Some((most, unit)) = limits.per {
            let of_day = Some(day.calendar_period(unit));
            if period != of_day {
                (period, left_in_period) = (of_day, most);
            }
        }
        let kept = count.min(left_in_period).min(left);
        if kept > 0 {
            keep(day, kept);
        }
        left -= kept;
        left_in_period -= kept;
        if left == 0 {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Unit;

    fn kept(limits: Limits, days: &[(&str, u64)]) -> Vec<(String, u64)> {
        let mut all = Vec::new();
        let days = days.iter().map(|(day, count)| (Day::parse(day).unwrap(), *count));
        keep_newest(days, limits, |day, count| all.push((day.to_string(), count)));
        all
    }

    #[test]
    fn each_period_keeps_its_newest_then_the_newest_of_all_are_kept() {
        let limits = Limits {
            per: Some((2, Unit::Month)),
            total: Some(3),
        };
        let days = [
            ("2026-03-05", 1),
            ("2026-03-01", 4),
            ("2026-02-28", 3),
            ("2026-01-01", 1),
        ];
        let newest = [
            ("2026-03-05".to_owned(), 1),
            ("2026-03-01".to_owned(), 1),
            ("2026-02-28".to_owned(), 1),
        ];
        assert_eq!(kept(limits, &days), newest);
    }

    #[test]
    fn weeks_begin_on_monday() {
        // 2026-11-01 was a Sunday.
        let limits = Limits {
            per: Some((1, Unit::Week)),
            total: None,
        };
        let days = [
            ("2026-11-02", 1),
            ("2026-11-01", 2),
            ("2026-10-26", 1),
            ("2026-10-25", 1),
        ];
        let days_kept: Vec<_> = kept(limits, &days).into_iter().map(|(day, _)| day).collect();
        assert_eq!(days_kept, ["2026-11-02", "2026-11-01", "2026-10-25"]);
    }
}
