//! How things near those of a model are written: a source with one place of it written differently, a negation without
//! its `not`, numbers a step away.

use crate::model::{Bound, Model};
use crate::number::Number;
use crate::reason::percentage;
use crate::source::Span;

/// The most characters of what is shown of a condition or a statement.
const MOST_CHARACTERS: usize = 100;

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
/// written, 1 for `30`, 0.01 for `0.50`, 1% for `30%`.
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
fn events(bound: Bound) -> String {
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

/// `at least 3 events visit_page`, in place of another number of what a pattern picks.
pub(super) fn so_many(bound: Bound, model: &Model, pattern: Span) -> String {
    let pattern = model.written(pattern);
    let rest = pattern.strip_prefix("events").or_else(|| pattern.strip_prefix("event"));
    events(bound) + rest.unwrap_or_default()
}

/// What is written as a negation, written as what it negates: `country = "FR"` for `country != "FR"`.
pub(super) fn positive(negation: &str) -> String {
    let words = [
        ("!=", "="),
        ("is unknown", "is known"),
        ("none of", "any of"),
        ("not ", ""),
    ];
    let found = words
        .iter()
        .filter_map(|(was, becomes)| Some((negation.find(was)?, was, becomes)));
    match found.min_by_key(|(at, ..)| *at) {
        Some((_, was, becomes)) => negation.replacen(was, becomes, 1),
        None => negation.to_owned(),
    }
}

/// A text that people can take in.
pub(super) fn clipped(text: &str) -> String {
    match text.char_indices().nth(MOST_CHARACTERS) {
        Some((end, _)) => format!("{} …", text.get(..end).unwrap_or_default().trim_end()),
        None => text.to_owned(),
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
