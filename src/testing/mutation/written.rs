//! How changed things are written: a source with one place of it written differently, numbers a step away.

use crate::model::{Bound, Model};
use crate::number::Number;
use crate::reason::percentage;
use crate::source::Span;

/// What is written at a span, with something else at a place in it.
pub(super) fn spliced(model: &Model, whole: Span, at: Span, with: &str) -> String {
    let (before, after) = (Span::new(whole.start, at.start), Span::new(at.end, whole.end));
    let mut text = model.written(before);
    if model.source.slice(before).ends_with(char::is_whitespace) {
        text.push(' ');
    }
    text.push_str(with);
    if model.source.slice(after).starts_with(char::is_whitespace) {
        text.push(' ');
    }
    text + &model.written(after)
}

/// The numbers a step below and above one, where there are such: a step is one in the last place in which it is
/// written, `1` of `30`, `0.5` of nothing, `1%` of `30%`.
pub(super) fn neighbours(number: Number, written: &str) -> Vec<Number> {
    let step = step(written);
    let steps = [number.subtract(step), number.add(step)];
    steps.into_iter().flatten().collect()
}

fn step(written: &str) -> Number {
    let digits = written.trim_end_matches('%');
    let places = digits.split_once('.').map_or(0, |(_, places)| places.len());
    let places = places + if digits.len() < written.len() { 2 } else { 0 };
    let units = 10_i128.pow(4_u32.saturating_sub(u32::try_from(places).unwrap_or(u32::MAX)));
    Number::saturating_from_units(units)
}

/// A number written in the way of another one: as a percentage where that is one.
pub(super) fn in_the_way_of(written: &str, number: Number) -> String {
    if written.ends_with('%') {
        percentage(number)
    } else {
        number.to_string()
    }
}

/// `any event`, `no event`, `at least 3 events`.
pub(super) fn events(bound: Bound) -> String {
    match bound {
        Bound::AtLeast(1) => "any event".to_owned(),
        Bound::AtMost(0) => "no event".to_owned(),
        Bound::AtLeast(1..) | Bound::AtMost(_) | Bound::Exactly(_) | Bound::AtLeast(0) => {
            format!("{} event{}", quantity(bound), if count(bound) == 1 { "" } else { "s" })
        }
    }
}

/// `at least 3`.
pub(super) fn quantity(bound: Bound) -> String {
    match bound {
        Bound::AtLeast(count) => format!("at least {count}"),
        Bound::AtMost(count) => format!("at most {count}"),
        Bound::Exactly(count) => format!("exactly {count}"),
    }
}

/// The number of a bound.
pub(super) fn count(bound: Bound) -> u64 {
    match bound {
        Bound::AtLeast(count) | Bound::AtMost(count) | Bound::Exactly(count) => count,
    }
}

/// The same bound with another number.
pub(super) fn with_count(bound: Bound, count: u64) -> Bound {
    match bound {
        Bound::AtLeast(_) => Bound::AtLeast(count),
        Bound::AtMost(_) => Bound::AtMost(count),
        Bound::Exactly(_) => Bound::Exactly(count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_one_in_the_last_place_that_is_written() {
        let around = |written: &str, number: &str| {
            let number = Number::parse(number).unwrap();
            let shown = neighbours(number, written).into_iter();
            shown.map(|number| in_the_way_of(written, number)).collect::<Vec<_>>()
        };
        assert_eq!(around("30", "30"), ["29", "31"]);
        assert_eq!(around("0.50", "0.5"), ["0.49", "0.51"]);
        assert_eq!(around("30%", "0.3"), ["29%", "31%"]);
        assert_eq!(around("2.5%", "0.025"), ["2.4%", "2.6%"]);
        assert_eq!(around("0.1234", "0.1234"), ["0.1233", "0.1235"]);
        assert_eq!(around("1_000", "-1000"), ["-1001", "-999"]);
    }
}
