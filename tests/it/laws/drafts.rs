//! What random rules files are made of: declarations, blocks, formulas, labels, tests.
//!
//! What a name may refer to depends on what else the file has, so statements are drawn with gaps (`⟦score 3⟧`) which
//! are filled when the file is put together.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::expressions::{Piece, Scope, joined, leaf, minus, signed_number};
use super::statements::{because, decay, pattern_without_window, rule};
use super::vocabulary::{DAYS, DURATIONS, EVENTS, FIELDS, NEEDLES, NUMBERS, TEXTS, THRESHOLDS, quoted};

#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) declares_fields: bool,
    pub(super) declares_events: bool,
    pub(super) zone: Option<&'static str>,
    pub(super) lets: Vec<String>,
    pub(super) ignored: Vec<String>,
    pub(super) top: Vec<String>,
    pub(super) top_decay: Option<String>,
    pub(super) blocks: Vec<BlockDraft>,
    pub(super) formulas: Vec<(Ends, String)>,
    pub(super) overall: Option<(Ends, Option<String>)>,
    pub(super) bands: Vec<String>,
    pub(super) classes: Vec<ClassDraft>,
    pub(super) exclusions: Vec<String>,
    pub(super) promises: Vec<String>,
    pub(super) actions: Vec<String>,
    pub(super) tests: Vec<TestDraft>,
}

#[derive(Clone, Debug)]
pub(super) struct BlockDraft {
    pub(super) ends: Ends,
    pub(super) rules: Vec<String>,
    pub(super) decay: Option<String>,
    pub(super) bands: Vec<String>,
}

#[derive(Clone, Debug)]
pub(super) struct ClassDraft {
    pub(super) rows: Vec<String>,
    pub(super) otherwise: bool,
}

#[derive(Clone, Debug)]
pub(super) struct TestDraft {
    pub(super) given: Vec<String>,
    pub(super) events: Vec<String>,
    pub(super) expected: Vec<String>,
}

pub(super) type Ends = (Option<&'static str>, Option<&'static str>);

pub(super) const BLOCKS: &[&str] = &["fit", "engagement", "`Mon score`"];
pub(super) const FORMULAS: &[&str] = &["priority", "blend"];
pub(super) const CLASSES: &[(&str, &[&str])] = &[
    ("lifecycle", &["customer", "ready", "`à voir`"]),
    ("stage", &["one", "two"]),
];
pub(super) const OVERALL_LABELS: &[&str] = &["hot", "warm", "`très tiède`"];
pub(super) const BLOCK_LABELS: &[&str] = &["A", "B", "C"];

/// The lets, each with what it may refer to: those before it of its kind, so that there are no circles. Conditions,
/// numbers, texts, days; the last reads scores.
pub(super) const LETS: &[&str] = &["c_a", "c_b", "n_a", "n_b", "t_a", "d_a", "s_a"];

pub(super) fn lets() -> BoxedStrategy<Vec<String>> {
    let first = Scope::contact();
    let mut second = first.clone();
    second.conditions = vec!["c_a"];
    second.numbers.push("n_a");
    let mut scored = full_scope();
    scored.scores = true;
    let text = |piece: Piece| piece.text;
    (
        first.condition(1).prop_map(text),
        second.condition(2).prop_map(text),
        first.number(1).prop_map(text),
        second.number(1).prop_map(text),
        select(&["title", "domain(email)", "`Lead Source`"][..]).prop_map(str::to_owned),
        select(
            &[
                "created",
                "last(event open_email)",
                "first(event in (order, visit_page) within 1 year)",
            ][..],
        )
        .prop_map(str::to_owned),
        scored.condition(1).prop_map(text),
    )
        .prop_map(|(a, b, c, d, e, f, g)| vec![a, b, c, d, e, f, g])
        .boxed()
}

/// All that a rule may read.
pub(super) fn full_scope() -> Scope {
    let mut scope = Scope::contact();
    scope.conditions = vec!["c_a", "c_b"];
    scope.numbers.extend(["n_a", "n_b"]);
    scope.texts.push("t_a");
    scope.dates.push("d_a");
    scope
}

/// All that a class, a promise or a test may read.
pub(super) fn scored_scope() -> Scope {
    let mut scope = full_scope();
    scope.scores = true;
    scope.conditions.push("s_a");
    scope
}

pub(super) fn draft() -> impl Strategy<Value = Draft> {
    let rule = rule();
    let scored = scored_scope().condition(1).prop_map(|piece| piece.text).boxed();
    let excluding = full_scope().condition(1).prop_map(|piece| piece.text).boxed();
    let choices = (
        any::<bool>(),
        any::<bool>(),
        option::of(select(&["Europe/Paris", "America/New_York"][..])),
        lets(),
    );
    let ignored = vec(
        (pattern_without_window(), because()).prop_map(|(a, b)| format!("ignore {a}{b}")),
        0..2,
    );
    let exclusion =
        (excluding, because()).prop_map(|(condition, because)| format!("exclude when {condition}{because}"));
    let score = (
        vec(rule.clone(), 1..6),
        option::weighted(0.4, decay()),
        vec(block(rule), 0..3),
        vec((ends(), formula()), 0..3),
        option::of((ends(), option::of(formula()))),
        bands(OVERALL_LABELS),
    );
    let rest = (
        vec(class(scored.clone()), 0..3),
        prop_oneof![3 => Just(Vec::new()), 1 => vec(exclusion, 1..3)],
        prop_oneof![3 => Just(Vec::new()), 1 => vec(promise(scored.clone()), 1..2)],
        vec(action(), 0..2),
        prop_oneof![2 => Just(Vec::new()), 1 => vec(test(scored), 1..2)],
    );
    (choices, ignored, score, rest).prop_map(|(choices, ignored, score, rest)| {
        let (declares_fields, declares_events, zone, lets) = choices;
        let (top, top_decay, blocks, formulas, overall, bands) = score;
        let (classes, exclusions, promises, actions, tests) = rest;
        Draft {
            declares_fields,
            declares_events,
            zone,
            lets,
            ignored,
            top,
            top_decay,
            blocks,
            formulas,
            overall,
            bands,
            classes,
            exclusions,
            promises,
            actions,
            tests,
        }
    })
}

pub(super) fn block(rule: BoxedStrategy<String>) -> BoxedStrategy<BlockDraft> {
    (
        ends(),
        vec(rule, 1..5),
        option::weighted(0.6, decay()),
        bands(BLOCK_LABELS),
    )
        .prop_map(|(ends, rules, decay, bands)| BlockDraft {
            ends,
            rules,
            decay,
            bands,
        })
        .boxed()
}

pub(super) fn ends() -> BoxedStrategy<Ends> {
    let end = || option::weighted(0.3, 0..THRESHOLDS.len());
    (end(), end())
        .prop_map(|(min, max)| match (min, max) {
            (Some(min), Some(max)) => (Some(THRESHOLDS[min.min(max)]), Some(THRESHOLDS[min.max(max)])),
            (min, max) => (min.map(|at| THRESHOLDS[at]), max.map(|at| THRESHOLDS[at])),
        })
        .boxed()
}

pub(super) fn bands(labels: &'static [&'static str]) -> BoxedStrategy<Vec<String>> {
    let thresholds = subsequence(THRESHOLDS, 0..=labels.len());
    (thresholds, option::of(Just("cold otherwise")), any::<u8>())
        .prop_map(|(thresholds, otherwise, turn)| {
            let bands = labels
                .iter()
                .zip(thresholds)
                .map(|(label, threshold)| format!("{label} >= {threshold}"));
            let mut bands: Vec<String> = bands.chain(otherwise.map(str::to_owned)).collect();
            let turn = usize::from(turn) % bands.len().max(1);
            bands.rotate_left(turn);
            bands
        })
        .boxed()
}

pub(super) fn formula() -> BoxedStrategy<String> {
    let score = any::<u8>().prop_map(|at| leaf(format!("⟦part {at}⟧")));
    let number = select(NUMBERS).prop_map(|number| leaf(number.to_owned()));
    let part = prop_oneof![5 => score, 1 => number, 1 => Just(leaf("30%".to_owned()))].boxed();
    let two = operation(part.clone());
    let operand = prop_oneof![2 => part.clone(), 2 => two.clone()].boxed();
    let negative = operand.clone().prop_map(minus);
    prop_oneof![2 => part, 3 => two, 2 => operation(operand), 1 => negative]
        .prop_map(|piece| piece.text)
        .boxed()
}

pub(super) fn operation(part: BoxedStrategy<Piece>) -> BoxedStrategy<Piece> {
    let divisors = select(&["3", "7", "0.0001", "-2.5", "50%", "0.3333"][..]);
    prop_oneof![
        3 => (part.clone(), select(&["+", "-", "*"][..]), part.clone())
            .prop_map(|(left, sign, right)| joined(left, sign, right)),
        1 => (part, divisors).prop_map(|(left, divisor)| joined(left, "/", leaf(divisor.to_owned()))),
    ]
    .boxed()
}

pub(super) fn class(condition: BoxedStrategy<String>) -> BoxedStrategy<ClassDraft> {
    (vec(condition, 1..4), any::<bool>())
        .prop_map(|(rows, otherwise)| ClassDraft { rows, otherwise })
        .boxed()
}

pub(super) fn promise(condition: BoxedStrategy<String>) -> BoxedStrategy<String> {
    (condition.clone(), option::of(condition))
        .prop_map(|(claim, when)| match when {
            Some(when) => format!("promise {claim} when {when}"),
            None => format!("promise {claim}"),
        })
        .boxed()
}

pub(super) fn action() -> BoxedStrategy<String> {
    let transition = select(&["enter ⟦⟧", "leave ⟦⟧", "stay ⟦⟧ for 90 days", "stay ⟦⟧ for 2 months"][..]);
    let delay = select(&["", " within 24 hours", " within 30 minutes", " within 2 days"][..]);
    let what =
        prop_oneof![1 => Just(String::new()), 1 => select(TEXTS).prop_map(|text| format!(" do {}", quoted(text)))];
    (transition, any::<u16>(), delay, what)
        .prop_map(|(transition, at, delay, what)| {
            let transition = transition.replace("⟦⟧", &format!("⟦label of {at}⟧"));
            format!("on {transition} notify sales{delay}{what}")
        })
        .boxed()
}

pub(super) fn test(condition: BoxedStrategy<String>) -> BoxedStrategy<TestDraft> {
    let fields = subsequence(FIELDS, 0..4).prop_flat_map(|fields| {
        let given = fields.into_iter().map(|(name, of)| given(name, of));
        given.collect::<Vec<_>>()
    });
    let event = (0..EVENTS.len()).prop_flat_map(|at| {
        let event = &EVENTS[at];
        let properties: Vec<BoxedStrategy<String>> =
            (event.properties.iter()).map(|(name, of)| given(name, of)).collect();
        let when = prop_oneof![
            Just("today".to_owned()),
            select(DURATIONS).prop_map(|duration| format!("{duration} ago")),
            select(DAYS).prop_map(|day| format!("on {day}")),
        ];
        let count = select(&["event", "2 events", "event", "9 events"][..]);
        (count, properties, when).prop_map(|(count, properties, when)| {
            let properties = if properties.is_empty() {
                String::new()
            } else {
                format!("({})", properties.join(", "))
            };
            format!("given {count} {}{properties} {when}", event.name)
        })
    });
    let expected = prop_oneof![8 => condition, 1 => Just("excluded".to_owned()), 1 => Just("not excluded".to_owned())];
    (fields, vec(event, 0..3), vec(expected, 1..3))
        .prop_map(|(given, events, expected)| TestDraft {
            given,
            events,
            expected,
        })
        .boxed()
}

pub(super) fn given(name: &'static str, of: &'static str) -> BoxedStrategy<String> {
    literal_of(of)
        .prop_map(move |value| format!("{name} = {value}"))
        .boxed()
}

pub(super) fn literal_of(of: &'static str) -> BoxedStrategy<String> {
    match of {
        "text" => select(NEEDLES).prop_map(quoted).boxed(),
        "number" => signed_number().boxed(),
        "boolean" => select(&["true", "false"][..]).prop_map(str::to_owned).boxed(),
        "date" => select(DAYS).prop_map(str::to_owned).boxed(),
        "list of text" => vec(select(NEEDLES).prop_map(quoted), 1..3)
            .prop_map(|texts| texts.join(", "))
            .boxed(),
        choice => {
            let values: Vec<String> = choice.split('"').skip(1).step_by(2).map(quoted).collect();
            select(values).boxed()
        }
    }
}
