//! Random rules files as text: every construct of the language, right by construction.
//!
//! What a name may refer to depends on what else the file has, so statements are drawn with gaps (`⟦score 3⟧`) which
//! are filled when the file is put together.

use std::fmt;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::expressions::{BREAK, Piece, Scope, joined, leaf, minus, pattern, signed_number, unit};
use super::vocabulary::{
    DAYS, DURATIONS, EVENTS, FIELDS, NEEDLES, NUMBERS, POINTS, REPEATED, TEXTS, THRESHOLDS, quoted,
};

/// A rules file; shown as it is.
#[derive(Clone)]
pub(crate) struct RulesText(pub(crate) String);

impl fmt::Debug for RulesText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{}\n", self.0)
    }
}

/// Rules files with line ends, comments and blanks in unusual places.
pub(crate) fn rules_file() -> BoxedStrategy<RulesText> {
    (draft(), layout())
        .prop_map(|(draft, layout)| RulesText(layout.laid_out(&draft.statements())))
        .boxed()
}

/// The same file twice, with its declarations and rules in two orders.
pub(crate) fn rules_rearranged() -> BoxedStrategy<(RulesText, RulesText)> {
    let files = (draft(), layout(), layout());
    let both = files.prop_map(|(draft, one, other)| {
        let (plain, rearranged) = (draft.clone().statements(), draft.rearranged().statements());
        (RulesText(one.laid_out(&plain)), RulesText(other.laid_out(&rearranged)))
    });
    both.boxed()
}

// ---- What a file is made of ------------------------------------------------------------------------------------------

#[derive(Clone, Debug)]
struct Draft {
    declares_fields: bool,
    declares_events: bool,
    zone: Option<&'static str>,
    lets: Vec<String>,
    ignored: Vec<String>,
    top: Vec<String>,
    top_decay: Option<String>,
    blocks: Vec<BlockDraft>,
    formulas: Vec<(Ends, String)>,
    overall: Option<(Ends, Option<String>)>,
    bands: Vec<String>,
    classes: Vec<ClassDraft>,
    exclusions: Vec<String>,
    promises: Vec<String>,
    actions: Vec<String>,
    tests: Vec<TestDraft>,
}

#[derive(Clone, Debug)]
struct BlockDraft {
    ends: Ends,
    rules: Vec<String>,
    decay: Option<String>,
    bands: Vec<String>,
}

#[derive(Clone, Debug)]
struct ClassDraft {
    rows: Vec<String>,
    otherwise: bool,
}

#[derive(Clone, Debug)]
struct TestDraft {
    given: Vec<String>,
    events: Vec<String>,
    expected: Vec<String>,
}

type Ends = (Option<&'static str>, Option<&'static str>);

const BLOCKS: &[&str] = &["fit", "engagement", "`Mon score`"];
const FORMULAS: &[&str] = &["priority", "blend"];
const CLASSES: &[(&str, &[&str])] = &[
    ("lifecycle", &["customer", "ready", "`à voir`"]),
    ("stage", &["one", "two"]),
];
const OVERALL_LABELS: &[&str] = &["hot", "warm", "`très tiède`"];
const BLOCK_LABELS: &[&str] = &["A", "B", "C"];

/// The lets, each with what it may refer to: those before it of its kind, so that there are no circles. Conditions,
/// numbers, texts, days; the last reads scores.
const LETS: &[&str] = &["c_a", "c_b", "n_a", "n_b", "t_a", "d_a", "s_a"];

fn lets() -> BoxedStrategy<Vec<String>> {
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
fn full_scope() -> Scope {
    let mut scope = Scope::contact();
    scope.conditions = vec!["c_a", "c_b"];
    scope.numbers.extend(["n_a", "n_b"]);
    scope.texts.push("t_a");
    scope.dates.push("d_a");
    scope
}

/// All that a class, a promise or a test may read.
fn scored_scope() -> Scope {
    let mut scope = full_scope();
    scope.scores = true;
    scope.conditions.push("s_a");
    scope
}

fn draft() -> impl Strategy<Value = Draft> {
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

// ---- Rules -----------------------------------------------------------------------------------------------------------

fn rule() -> BoxedStrategy<String> {
    prop_oneof![3 => once(), 4 => each(), 3 => table()].boxed()
}

fn once() -> BoxedStrategy<String> {
    (full_scope().condition(2), select(POINTS), because())
        .prop_map(|(condition, points, because)| format!("when {}{BREAK}add {points}{because}", condition.text))
        .boxed()
}

fn each() -> BoxedStrategy<String> {
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

fn limits() -> BoxedStrategy<String> {
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

fn fading() -> BoxedStrategy<String> {
    let amount = amount();
    prop_oneof![
        2 => Just(String::new()),
        1 => select(DURATIONS).prop_map(|duration| format!(" fading over {duration}")),
        2 => (amount, select(REPEATED)).prop_map(|(amount, per)| format!(" fading {amount} per {per}")),
    ]
    .boxed()
}

fn amount() -> BoxedStrategy<&'static str> {
    select(
        &[
            "5", "1", "0.3333", "2.5", "10%", "50%", "33.33%", "100%", "0.01%", "1_000",
        ][..],
    )
    .boxed()
}

fn decay() -> BoxedStrategy<String> {
    let since = prop_oneof![
        2 => Just(String::new()),
        1 => pattern(1, false).prop_map(|pattern| format!(" since {}", pattern.text)),
    ];
    (amount(), select(REPEATED), since)
        .prop_map(|(amount, per, since)| format!("decay {amount} per {per}{since}"))
        .boxed()
}

fn pattern_without_window() -> BoxedStrategy<String> {
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

fn because() -> BoxedStrategy<String> {
    let reason = select(TEXTS).prop_map(|text| format!("{BREAK}because {}", quoted(text)));
    prop_oneof![4 => Just(String::new()), 1 => reason].boxed()
}

fn table() -> BoxedStrategy<String> {
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

fn number_row() -> BoxedStrategy<String> {
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

fn value_of(number: &str) -> leadscore::number::Number {
    leadscore::number::Number::parse(&number.replace('_', "")).unwrap()
}

fn table_of(value: BoxedStrategy<String>, row: BoxedStrategy<String>) -> BoxedStrategy<String> {
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

// ---- Scores and labels -----------------------------------------------------------------------------------------------

fn block(rule: BoxedStrategy<String>) -> BoxedStrategy<BlockDraft> {
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

fn ends() -> BoxedStrategy<Ends> {
    let end = || option::weighted(0.3, 0..THRESHOLDS.len());
    (end(), end())
        .prop_map(|(min, max)| match (min, max) {
            (Some(min), Some(max)) => (Some(THRESHOLDS[min.min(max)]), Some(THRESHOLDS[min.max(max)])),
            (min, max) => (min.map(|at| THRESHOLDS[at]), max.map(|at| THRESHOLDS[at])),
        })
        .boxed()
}

fn bands(labels: &'static [&'static str]) -> BoxedStrategy<Vec<String>> {
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

fn formula() -> BoxedStrategy<String> {
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

fn operation(part: BoxedStrategy<Piece>) -> BoxedStrategy<Piece> {
    let divisors = select(&["3", "7", "0.0001", "-2.5", "50%", "0.3333"][..]);
    prop_oneof![
        3 => (part.clone(), select(&["+", "-", "*"][..]), part.clone())
            .prop_map(|(left, sign, right)| joined(left, sign, right)),
        1 => (part, divisors).prop_map(|(left, divisor)| joined(left, "/", leaf(divisor.to_owned()))),
    ]
    .boxed()
}

fn class(condition: BoxedStrategy<String>) -> BoxedStrategy<ClassDraft> {
    (vec(condition, 1..4), any::<bool>())
        .prop_map(|(rows, otherwise)| ClassDraft { rows, otherwise })
        .boxed()
}

fn promise(condition: BoxedStrategy<String>) -> BoxedStrategy<String> {
    (condition.clone(), option::of(condition))
        .prop_map(|(claim, when)| match when {
            Some(when) => format!("promise {claim} when {when}"),
            None => format!("promise {claim}"),
        })
        .boxed()
}

fn action() -> BoxedStrategy<String> {
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

// ---- Tests -----------------------------------------------------------------------------------------------------------

fn test(condition: BoxedStrategy<String>) -> BoxedStrategy<TestDraft> {
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

fn given(name: &'static str, of: &'static str) -> BoxedStrategy<String> {
    literal_of(of)
        .prop_map(move |value| format!("{name} = {value}"))
        .boxed()
}

fn literal_of(of: &'static str) -> BoxedStrategy<String> {
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

// ---- Putting a file together -----------------------------------------------------------------------------------------

/// What the gaps may be filled with.
#[derive(Default)]
struct Names {
    scores: Vec<String>,
    /// Blocks and formulas that a formula may use.
    parts: Vec<String>,
    /// Whose label (`band`, `fit.band`, `lifecycle`), and the labels.
    labels: Vec<(String, Vec<String>)>,
}

impl Draft {
    /// The same rules in the opposite order.
    fn rearranged(mut self) -> Draft {
        self.top.reverse();
        self.blocks.iter_mut().for_each(|block| block.rules.reverse());
        self
    }

    /// The statements in their text, the gaps filled.
    fn statements(mut self) -> Vec<String> {
        let has_formula = matches!(self.overall, Some((_, Some(_))));
        if has_formula {
            // "With an overall formula, rules at the top level are an error": they go into a block.
            let rules = std::mem::take(&mut self.top);
            self.blocks.push(BlockDraft {
                ends: (None, None),
                rules,
                decay: self.top_decay.take(),
                bands: Vec::new(),
            });
        }
        self.blocks.truncate(BLOCKS.len());
        let mut names = Names {
            scores: vec!["score".to_owned()],
            ..Names::default()
        };
        names.note_bands("band", &self.bands);
        for (block, name) in self.blocks.iter().zip(BLOCKS) {
            names.scores.push((*name).to_owned());
            names.parts.push((*name).to_owned());
            names.note_bands(&format!("{name}.band"), &block.bands);
        }
        let mut statements = self.scoring(&mut names);
        statements.extend(
            self.lets
                .iter()
                .zip(LETS)
                .map(|(value, name)| names.filled(&format!("let {name} = {value}"))),
        );
        statements.extend(self.labelling(&mut names));
        let keep = |statement: &String| !statement.is_empty();
        let mut used: Vec<String> = statements.into_iter().filter(keep).collect();
        drop_unused_lets(&mut used);
        let mut all = self.declarations(&used);
        all.extend(used);
        let note = if self.declares_events { "note" } else { "note_2" };
        all.into_iter()
            .map(|statement| statement.replace("⟦number note⟧", note))
            .collect()
    }

    fn scoring(&self, names: &mut Names) -> Vec<String> {
        let mut statements = self.ignored.clone();
        statements.extend(self.top.iter().cloned());
        if let Some(decay) = &self.top_decay
            && !self.top.is_empty()
        {
            statements.push(format!("{}\n{decay}", "when event open_email add 5"));
        }
        for (block, name) in self.blocks.iter().zip(BLOCKS) {
            statements.push(block.written(name));
        }
        for ((ends, formula), name) in self.formulas.iter().zip(FORMULAS) {
            // "[A formula] is made of … names of blocks and of other formulas": there must be one.
            if names.parts.is_empty() {
                break;
            }
            statements.push(names.filled(&format!("score {name}{} = {formula}", written_ends(*ends))));
            names.scores.push((*name).to_owned());
            names.parts.push((*name).to_owned());
        }
        match &self.overall {
            Some((ends, Some(formula))) => {
                statements.push(names.filled(&format!("score{} = {formula}", written_ends(*ends))));
            }
            Some((ends, None)) if *ends != (None, None) => statements.push(format!("score{}", written_ends(*ends))),
            _ => {}
        }
        statements.push(self.bands.join("\n"));
        statements
    }

    fn labelling(&self, names: &mut Names) -> Vec<String> {
        let mut statements = Vec::new();
        for (class, (name, labels)) in self.classes.iter().zip(CLASSES) {
            let mut used: Vec<String> = labels.iter().map(|label| (*label).to_owned()).collect();
            used.truncate(class.rows.len());
            let mut rows: Vec<String> = (class.rows.iter().zip(&used))
                .map(|(condition, label)| names.filled(&format!("  {label} when {condition}")))
                .collect();
            if class.otherwise {
                rows.push("  nobody otherwise".to_owned());
                used.push("nobody".to_owned());
            }
            names.labels.push(((*name).to_owned(), used));
            statements.push(format!("classify {name} {{\n{}\n}}", rows.join("\n")));
        }
        statements.extend(self.exclusions.iter().cloned());
        statements.extend(self.promises.iter().map(|promise| names.filled(promise)));
        if !names.labels.is_empty() {
            statements.extend(self.actions.iter().map(|action| names.filled(action)));
        }
        if self.declares_fields && self.declares_events {
            let tests = self.tests.iter().enumerate();
            statements.extend(tests.map(|(at, test)| names.filled(&test.written(at))));
        }
        statements
    }

    /// Declarations; of fields and lists, those that something uses. Events all: a pattern may mean any of them.
    fn declarations(&self, used: &[String]) -> Vec<String> {
        let uses = |name: &str| used.iter().any(|statement| mentions(statement, name.trim_matches('`')));
        let mut declarations = vec!["model \"Random\"".to_owned()];
        declarations.extend(self.zone.map(|zone| format!("timezone \"{zone}\"")));
        if self.declares_fields {
            let fields = FIELDS.iter().filter(|(name, _)| *name == "title" || uses(name));
            declarations.extend(fields.map(|(name, of)| format!("field {name}: {of}")));
        }
        if self.declares_events {
            declarations.extend(EVENTS.iter().map(|event| {
                let properties: Vec<String> = event
                    .properties
                    .iter()
                    .map(|(name, of)| format!("{name}: {of}"))
                    .collect();
                let properties = if properties.is_empty() {
                    String::new()
                } else {
                    format!("({})", properties.join(", "))
                };
                format!(
                    "event {}{properties}{}",
                    event.name,
                    if event.passive { " passive" } else { "" }
                )
            }));
        }
        if uses("words") {
            declarations.push("list words = \"cto\", \"Énergie\", \"été\", \"acme.com\", \"a\"".to_owned());
        }
        if uses("amounts") {
            declarations.push("list amounts = 0, 2.5, -1, 30, 0.3333".to_owned());
        }
        declarations
    }
}

impl BlockDraft {
    fn written(&self, name: &str) -> String {
        let mut lines = self.rules.clone();
        if let Some(decay) = &self.decay {
            lines.push("when event open_email add 5".to_owned());
            lines.push(decay.clone());
        }
        lines.extend(self.bands.iter().cloned());
        let body = lines.join("\n").replace('\n', "\n  ");
        format!("score {name}{} {{\n  {body}\n}}", written_ends(self.ends))
    }
}

impl TestDraft {
    fn written(&self, at: usize) -> String {
        let mut lines = vec!["as of 2026-03-01".to_owned()];
        if !self.given.is_empty() {
            lines.push(format!("given {}", self.given.join(", ")));
        }
        lines.extend(self.events.iter().cloned());
        lines.extend(self.expected.iter().map(|condition| format!("expect {condition}")));
        format!("test \"number {at}\" {{\n  {}\n}}", lines.join("\n  "))
    }
}

fn written_ends((min, max): Ends) -> String {
    let end = |word: &str, end: Option<&str>| end.map(|end| format!(" {word} {end}")).unwrap_or_default();
    end("min", min) + &end("max", max)
}

/// Leaves out lets that nothing uses; again, as one let uses another.
fn drop_unused_lets(statements: &mut Vec<String>) {
    for name in LETS.iter().rev() {
        let definition = format!("let {name} = ");
        let used = statements
            .iter()
            .any(|other| !other.starts_with(&definition) && mentions(other, name));
        statements.retain(|statement| used || !statement.starts_with(&definition));
    }
}

/// Whether a statement has a word, in whatever role.
fn mentions(statement: &str, word: &str) -> bool {
    let letter = |character: char| character.is_alphanumeric() || character == '_';
    let apart = |at: usize| !statement[..at].ends_with(letter) && !statement[at + word.len()..].starts_with(letter);
    statement.match_indices(word).any(|(at, _)| apart(at))
}

impl Names {
    fn note_bands(&mut self, owner: &str, bands: &[String]) {
        let labels: Vec<String> = bands.iter().map(|band| label_of(band)).collect();
        if !labels.is_empty() {
            self.labels.push((owner.to_owned(), labels));
        }
    }

    /// The statement with its gaps filled, by a number that is taken modulo how many possibilities there are.
    fn filled(&self, statement: &str) -> String {
        let mut filled = String::new();
        let mut rest = statement;
        while let Some((before, after)) = rest.split_once('⟦') {
            let (gap, after) = after.split_once('⟧').unwrap();
            filled.push_str(before);
            filled.push_str(&self.filling(gap));
            rest = after;
        }
        filled + rest
    }

    fn filling(&self, gap: &str) -> String {
        let (kind, number) = gap.rsplit_once(' ').unwrap();
        let Ok(number) = number.parse::<usize>() else {
            return format!("⟦{gap}⟧");
        };
        match kind {
            "score" => self.scores[number % self.scores.len()].clone(),
            "part" => self.parts[number % self.parts.len()].clone(),
            _ if self.labels.is_empty() => "score >= 5".to_owned(),
            "label" => self.label_test(number),
            "label of" => self.label_of(number),
            other => panic!("a gap {other}"),
        }
    }

    fn label_test(&self, number: usize) -> String {
        let (owner, labels) = &self.labels[number % self.labels.len()];
        let label = &labels[number / 7 % labels.len()];
        match number / 31 % 5 {
            0 => format!("{owner} = {label}"),
            1 => format!("{owner} != {label}"),
            2 => format!("{owner} is known"),
            3 => format!("{owner} not in ({label})"),
            _ => format!("{owner} in ({})", labels.join(", ")),
        }
    }

    /// A label as an action names it: `hot`, `fit.band A`, `lifecycle customer`.
    fn label_of(&self, number: usize) -> String {
        let (owner, labels) = &self.labels[number % self.labels.len()];
        let label = &labels[number / 7 % labels.len()];
        if owner == "band" {
            label.clone()
        } else {
            format!("{owner} {label}")
        }
    }
}

fn label_of(band: &str) -> String {
    match band.strip_suffix(" otherwise") {
        Some(label) => label.to_owned(),
        None => band.split(" >= ").next().unwrap().to_owned(),
    }
}

// ---- Layout ----------------------------------------------------------------------------------------------------------

/// How a file looks: nothing of it means anything.
#[derive(Clone, Debug)]
struct Layout {
    /// One number for each place, used again from the start when they are used up; 0 is the plain look.
    turns: Vec<u8>,
    order: u64,
    windows_line_ends: bool,
    byte_order_mark: bool,
}

fn layout() -> impl Strategy<Value = Layout> {
    let turns = prop_oneof![1 => Just(vec![0]), 1 => vec(any::<u8>(), 1..40)];
    (
        turns,
        prop_oneof![1 => Just(0), 1 => any::<u64>()],
        prop::bool::weighted(0.1),
        prop::bool::weighted(0.1),
    )
        .prop_map(|(turns, order, windows_line_ends, byte_order_mark)| Layout {
            turns,
            order,
            windows_line_ends,
            byte_order_mark,
        })
}

impl Layout {
    fn laid_out(&self, statements: &[String]) -> String {
        let mut turns = self.turns.iter().cycle();
        let mut turn = move || *turns.next().unwrap();
        let mut text = if self.byte_order_mark {
            "\u{feff}".to_owned()
        } else {
            String::new()
        };
        for statement in self.ordered(statements) {
            for (at, character) in statement.char_indices() {
                // A line that began with `score` would begin a statement.
                let breaks = !statement[at + character.len_utf8()..].starts_with("score");
                match (character, turn_at(character, &mut turn)) {
                    (BREAK, 1 | 2) if !breaks => text.push(' '),
                    (BREAK, 1) => text.push_str("\n      "),
                    (BREAK, 2) => text.push_str("  # why not {\n\t"),
                    (BREAK, _) => text.push(' '),
                    ('\n', 1) => text.push_str(" # \"remark\n"),
                    ('\n', 2) => text.push_str("  \n\n# a line of its own\n"),
                    (other, _) => text.push(other),
                }
            }
            text.push_str(match turn() % 16 {
                1 => " #\n",
                2 => " # été\n",
                3 => "\n\n\n# between statements\n\n",
                4 => "\n# right above\n",
                _ => "\n",
            });
        }
        if self.windows_line_ends {
            text.replace('\n', "\r\n")
        } else {
            text
        }
    }

    /// "A declaration holds in the whole file, wherever it stands."
    fn ordered(&self, statements: &[String]) -> Vec<String> {
        let mut statements = statements.to_vec();
        if self.order != 0 {
            let mut state = self.order;
            for at in (1..statements.len()).rev() {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                statements.swap(at, (state >> 33) as usize % (at + 1));
            }
        }
        statements
    }
}

fn turn_at(character: char, turn: &mut impl FnMut() -> u8) -> u8 {
    if matches!(character, BREAK | '\n') {
        turn() % 8
    } else {
        0
    }
}
