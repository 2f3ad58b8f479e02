//! Random rules and tables, with their limits, fading and reasons.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::drafts::full_scope;
use super::expressions::{BREAK, signed_number, unit};
use super::patterns::pattern;
use super::vocabulary::{DURATIONS, NEEDLES, NUMBERS, POINTS, REPEATED, TEXTS, quoted};

pub(super) fn rule() -> BoxedStrategy<String> {
    prop_oneof![3 => once(), 4 => each(), 3 => table()].boxed()
}

pub(super) fn once() -> BoxedStrategy<String> {
    (full_scope().condition(2), select(POINTS), because())
        .prop_map(|(condition, points, because)| format!("when {}{BREAK}add {points}{because}", condition.text))
        .boxed()
}

pub(super) fn each() -> BoxedStrategy<String> {
    let alone = pattern(1, false).prop_map(|pattern| pattern.text);
    let beside = (pattern(1, true), full_scope().condition(1))
        .prop_map(|(pattern, condition)| format!("{}{BREAK}and {}", pattern.text, condition.beside_a_pattern()));
    let trigger = prop_oneof![3 => alone, 1 => beside];
    (trigger, select(POINTS), limits(), fading(), because())
        .prop_map(|(trigger, points, limits, fading, because)| {
            format!("when {trigger}{BREAK}add {points}{limits}{fading}{because}")
        })
        .boxed()
}

pub(super) fn limits() -> BoxedStrategy<String> {
    let times = select(&["once", "at most 2 times", "at most 1 time", "at most 3 times"][..]);
    let total = times.clone().prop_map(|times| format!(" {times}")).boxed();
    let per = (times, unit())
        .prop_map(|(times, unit)| format!(" {times} per {unit}"))
        .boxed();
    let both = (total.clone(), per.clone(), any::<bool>());
    prop_oneof![
        2 => Just(String::new()),
        1 => Just(" every time".to_owned()),
        2 => total,
        2 => per,
        2 => both.prop_map(|(total, per, first)| if first { total + &per } else { per + &total }),
    ]
    .boxed()
}

pub(super) fn fading() -> BoxedStrategy<String> {
    let amount = amount();
    prop_oneof![
        2 => Just(String::new()),
        1 => select(DURATIONS).prop_map(|duration| format!(" fading over {duration}")),
        2 => (amount, select(REPEATED)).prop_map(|(amount, per)| format!(" fading {amount} per {per}")),
    ]
    .boxed()
}

pub(super) fn amount() -> BoxedStrategy<&'static str> {
    select(
        &[
            "5", "1", "0.3333", "2.5", "10%", "50%", "33.33%", "100%", "0.01%", "1_000",
        ][..],
    )
    .boxed()
}

pub(super) fn decay() -> BoxedStrategy<String> {
    let since = prop_oneof![
        2 => Just(String::new()),
        1 => pattern(1, false).prop_map(|pattern| format!(" since {}", pattern.text)),
    ];
    (amount(), select(REPEATED), since)
        .prop_map(|(amount, per, since)| format!("decay {amount} per {per}{since}"))
        .boxed()
}

pub(super) fn pattern_without_window() -> BoxedStrategy<String> {
    let plain = select(&["event call", "event open_email where true", "event in (order, call)"][..]);
    let filters = select(
        &[
            "event visit_page where duration > 10",
            "event order where (gift or amount < 5)",
            "event visit_page where url contains \"é\"",
            "event where duration is unknown",
        ][..],
    );
    prop_oneof![1 => plain, 3 => filters].prop_map(str::to_owned).boxed()
}

pub(super) fn because() -> BoxedStrategy<String> {
    let reason = select(TEXTS).prop_map(|text| format!("{BREAK}because {}", quoted(text)));
    prop_oneof![4 => Just(String::new()), 1 => reason].boxed()
}

pub(super) fn table() -> BoxedStrategy<String> {
    let texts = select(&["title", "`Lead Source`", "domain(email)", "t_a", "interests"][..]).prop_map(str::to_owned);
    let text_row = vec(select(NEEDLES).prop_map(quoted), 1..3).prop_map(|texts| texts.join(", "));
    let choices = select(
        &[
            "\"industry\"",
            "\"Énergie\"",
            "\"services\"",
            "\"Énergie\", \"services\"",
        ][..],
    );
    let booleans = prop_oneof![2 => select(&["trial", "été", "c_a"][..])].prop_map(str::to_owned);
    let numbers = full_scope().number(1).prop_map(|number| number.text);
    prop_oneof![
        2 => table_of(texts.boxed(), text_row.boxed()),
        1 => table_of(Just("industry".to_owned()).boxed(), choices.prop_map(str::to_owned).boxed()),
        1 => table_of(booleans.boxed(), select(&["true", "false", "true, false"][..]).prop_map(str::to_owned).boxed()),
        4 => table_of(numbers.boxed(), number_row()),
    ]
    .boxed()
}

pub(super) fn number_row() -> BoxedStrategy<String> {
    let range = (select(NUMBERS), select(NUMBERS), any::<bool>()).prop_map(|(one, other, negative)| {
        let (least, most) = if value_of(one) <= value_of(other) {
            (one, other)
        } else {
            (other, one)
        };
        format!("{}{least} to {most}", if negative { "-" } else { "" })
    });
    let compared = (select(&["<", "<=", ">", ">="][..]), signed_number());
    prop_oneof![
        1 => vec(signed_number(), 1..3).prop_map(|numbers| numbers.join(", ")),
        2 => range,
        2 => compared.prop_map(|(sign, number)| format!("{sign} {number}")),
    ]
    .boxed()
}

pub(super) fn value_of(number: &str) -> leadscore::number::Number {
    leadscore::number::Number::parse(&number.replace('_', "")).unwrap()
}

pub(super) fn table_of(value: BoxedStrategy<String>, row: BoxedStrategy<String>) -> BoxedStrategy<String> {
    let points = prop_oneof![6 => select(POINTS), 1 => Just("0")].boxed();
    let points = (points, because())
        .prop_map(|(points, because)| format!(" add {points}{because}"))
        .boxed();
    let rows = vec((row, points.clone()).prop_map(|(row, points)| row + &points), 1..5);
    (
        value,
        rows,
        option::of((any::<u8>(), points.clone())),
        option::of(points),
    )
        .prop_map(|(value, mut rows, unknown, otherwise)| {
            if let Some((at, points)) = unknown {
                rows.insert(usize::from(at) % (rows.len() + 1), format!("unknown{points}"));
            }
            rows.extend(otherwise.map(|points| format!("otherwise{points}")));
            format!("by {value} {{\n  {}\n}}", rows.join("\n  "))
        })
        .boxed()
}
