//! Random conditions and values as text, over the names of a scope.
//!
//! They are right by construction: of the right types, and in parentheses where two people would read them in two ways.

use proptest::prelude::*;
use proptest::sample::select;

use super::patterns::{aggregate, pattern};
use super::vocabulary::{DAYS, INDUSTRIES, NEEDLES, NUMBERS, REGEXES, quoted};

/// A place at which a line may end.
pub(crate) const BREAK: char = '\0';

/// A piece of an expression.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) text: String,
    pub(super) tightness: Tightness,
    /// Whether it ends in the bare test of a `where`, so that no `and` may follow.
    pub(super) open: bool,
}

/// How tightly a piece holds together, from the loosest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tightness {
    Or,
    And,
    Not,
    Comparison,
    Sum,
    Product,
    Minus,
    Primary,
}

impl Piece {
    pub(super) fn new(text: impl Into<String>, tightness: Tightness) -> Piece {
        Piece {
            text: text.into(),
            tightness,
            open: false,
        }
    }

    /// The text, in parentheses unless it is at least so tight.
    fn at_least(&self, tightness: Tightness) -> String {
        if self.tightness >= tightness {
            self.text.clone()
        } else {
            format!("({})", self.text)
        }
    }

    /// The text as an operand of `and` or `or` that another one follows.
    fn operand(&self, tightness: Tightness) -> String {
        if self.open {
            format!("({})", self.text)
        } else {
            self.at_least(tightness)
        }
    }

    /// The text as the condition beside a pattern: "no bare `or` in it".
    pub(crate) fn beside_a_pattern(&self) -> String {
        self.at_least(Tightness::And)
    }
}

/// The names that an expression may use, by type; in lets' names too.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    pub(crate) texts: Vec<&'static str>,
    pub(crate) choices: Vec<(&'static str, &'static [&'static str])>,
    pub(crate) numbers: Vec<&'static str>,
    pub(crate) booleans: Vec<&'static str>,
    pub(crate) dates: Vec<&'static str>,
    pub(crate) lists: Vec<&'static str>,
    /// Lets that are conditions.
    pub(crate) conditions: Vec<&'static str>,
    /// Whether events may be read.
    pub(crate) events: bool,
    /// Whether scores, bands and classes may be read.
    pub(crate) scores: bool,
}

impl Scope {
    /// The fields of contacts, and their events.
    pub(crate) fn contact() -> Scope {
        Scope {
            events: true,
            ..Scope::of(super::vocabulary::FIELDS, INDUSTRIES)
        }
    }

    pub(super) fn of(names: &[(&'static str, &'static str)], choices: &'static [&'static str]) -> Scope {
        let mut scope = Scope::default();
        for (name, of) in names {
            match *of {
                "text" => scope.texts.push(name),
                "number" => scope.numbers.push(name),
                "boolean" => scope.booleans.push(name),
                "date" => scope.dates.push(name),
                "list of text" => scope.lists.push(name),
                _ => scope.choices.push((name, choices)),
            }
        }
        scope
    }

    /// The conditions over these names.
    pub(crate) fn condition(&self, depth: u32) -> BoxedStrategy<Piece> {
        let leaf = self.test(depth);
        if depth == 0 {
            return leaf;
        }
        let inner = self.condition(depth - 1);
        prop_oneof![
            6 => leaf,
            2 => inner.clone().prop_map(negated),
            2 => chain(inner.clone(), "and", Tightness::And),
            2 => chain(inner.clone(), "or", Tightness::Or),
            2 => quantity(inner.clone()),
            1 => inner.prop_map(|inner| Piece::new(format!("({})", inner.text), Tightness::Primary)),
        ]
        .boxed()
    }

    /// One test.
    fn test(&self, depth: u32) -> BoxedStrategy<Piece> {
        let mut tests: Vec<(u32, BoxedStrategy<Piece>)> = Vec::new();
        if !self.texts.is_empty() {
            tests.push((6, self.text_test()));
        }
        if !self.choices.is_empty() {
            tests.push((2, self.choice_test()));
        }
        if !self.numbers.is_empty() || self.events {
            tests.push((5, self.number_test(depth)));
        }
        if !self.dates.is_empty() {
            tests.push((2, self.date_test()));
        }
        if !self.booleans.is_empty() {
            tests.push((2, self.boolean_test(depth)));
        }
        if !self.lists.is_empty() {
            tests.push((2, self.list_test()));
        }
        if !self.conditions.is_empty() {
            let lets = select(self.conditions.clone());
            tests.push((2, lets.prop_map(|name| Piece::new(name, Tightness::Primary)).boxed()));
        }
        if self.events {
            tests.push((5, event_test(depth)));
        }
        if self.scores {
            tests.push((12, score_test()));
        }
        if tests.is_empty() {
            tests.push((1, Just(Piece::new("true", Tightness::Primary)).boxed()));
        }
        proptest::strategy::Union::new_weighted(tests).boxed()
    }

    /// A text: a name, or a domain.
    fn text(&self) -> BoxedStrategy<String> {
        let names = select(self.texts.clone());
        prop_oneof![
            4 => names.clone().prop_map(str::to_owned),
            1 => names.prop_map(|name| format!("domain({name})")),
        ]
        .boxed()
    }

    fn text_test(&self) -> BoxedStrategy<Piece> {
        let text = self.text();
        let tests = prop_oneof![
            2 => equality(needle().boxed()),
            1 => equality(text.clone()),
            1 => membership(needle().boxed(), "words"),
            2 => word_search(),
            1 => (not(), select(&["starts", "ends"][..]), needle())
                .prop_map(|(not, side, needle)| format!("{not}{side} with {needle}")),
            1 => (not(), select(REGEXES)).prop_map(|(not, regex)| format!("{not}matches \"{regex}\"")),
            1 => knowledge(),
        ];
        (text, tests).prop_map(compared).boxed()
    }

    fn choice_test(&self) -> BoxedStrategy<Piece> {
        let named = select(self.choices.clone());
        let chosen = named.prop_flat_map(|(name, values)| {
            let value = select(values).prop_map(quoted).boxed();
            let tests = prop_oneof![
                2 => equality(value.clone()),
                1 => (not(), prop::collection::vec(value, 1..3))
                    .prop_map(|(not, values)| format!("{not}in ({})", values.join(", "))),
                1 => (not(), needle()).prop_map(|(not, needle)| format!("{not}contains {needle}")),
                1 => knowledge(),
            ];
            (Just(name.to_owned()), tests)
        });
        chosen.prop_map(compared).boxed()
    }

    fn list_test(&self) -> BoxedStrategy<Piece> {
        let tests = prop_oneof![
            2 => (not(), needle()).prop_map(|(not, needle)| format!("{not}contains {needle}")),
            1 => (not(), prop::collection::vec(needle(), 1..4))
                .prop_map(|(not, needles)| format!("{not}contains any of ({})", needles.join(", "))),
            1 => not().prop_map(|not| format!("{not}contains any of words")),
            1 => knowledge(),
        ];
        (select(self.lists.clone()).prop_map(str::to_owned), tests)
            .prop_map(compared)
            .boxed()
    }

    fn boolean_test(&self, depth: u32) -> BoxedStrategy<Piece> {
        let names = select(self.booleans.clone());
        let bare = names.clone().prop_map(|name| Piece::new(name, Tightness::Primary));
        let literal = (
            names.clone(),
            equality(select(&["true", "false"][..]).prop_map(str::to_owned).boxed()),
        );
        let known = (names.clone(), knowledge());
        let tests = prop_oneof![
            3 => bare,
            1 => literal.prop_map(|(name, test)| compared((name.to_owned(), test))),
            1 => known.prop_map(|(name, test)| compared((name.to_owned(), test))),
        ];
        if depth == 0 {
            return tests.boxed();
        }
        let conditions = self.condition(0).prop_map(|inner| format!("({})", inner.text)).boxed();
        let condition = (names, equality(conditions));
        prop_oneof![8 => tests, 1 => condition.prop_map(|(name, test)| compared((name.to_owned(), test)))].boxed()
    }

    fn date_test(&self) -> BoxedStrategy<Piece> {
        let (date, literal) = (self.date(), select(DAYS).prop_map(str::to_owned));
        let other = prop_oneof![3 => literal.clone(), 1 => date.clone()].boxed();
        let tests = prop_oneof![
            4 => order(other.clone()),
            2 => between(other),
            1 => (not(), prop::collection::vec(literal, 1..3))
                .prop_map(|(not, days)| format!("{not}in ({})", days.join(", "))),
            1 => knowledge(),
        ];
        (date, tests).prop_map(compared).boxed()
    }

    /// A day that is no literal.
    fn date(&self) -> BoxedStrategy<String> {
        let names = select(self.dates.clone()).prop_map(str::to_owned);
        if !self.events {
            return names.boxed();
        }
        let ends = (select(&["first", "last"][..]), pattern(0, false));
        prop_oneof![3 => names, 1 => ends.prop_map(|(end, pattern)| format!("{end}({})", pattern.text))].boxed()
    }

    fn number_test(&self, depth: u32) -> BoxedStrategy<Piece> {
        let number = self.number(depth);
        let operand = number
            .clone()
            .prop_map(|number| number.at_least(Tightness::Sum))
            .boxed();
        let literal = signed_number().boxed();
        let other = prop_oneof![3 => literal.clone(), 1 => operand.clone()].boxed();
        let tests = prop_oneof![
            5 => order(other.clone()),
            2 => between(other),
            1 => membership(literal, "amounts"),
            1 => knowledge(),
        ];
        (operand, tests).prop_map(compared).boxed()
    }

    /// A number.
    pub(crate) fn number(&self, depth: u32) -> BoxedStrategy<Piece> {
        let mut leaves: Vec<(u32, BoxedStrategy<Piece>)> = Vec::new();
        let primary = |text: String| Piece::new(text, Tightness::Primary);
        if !self.numbers.is_empty() {
            leaves.push((
                5,
                select(self.numbers.clone())
                    .prop_map(str::to_owned)
                    .prop_map(primary)
                    .boxed(),
            ));
        }
        if !self.dates.is_empty() {
            leaves.push((3, self.elapsed()));
        }
        if self.events {
            leaves.push((4, aggregate(depth.min(1)).prop_map(primary).boxed()));
        }
        if self.scores {
            leaves.push((
                6,
                any::<u8>()
                    .prop_map(|at| format!("⟦score {at}⟧"))
                    .prop_map(primary)
                    .boxed(),
            ));
        }
        leaves.push((1, select(NUMBERS).prop_map(str::to_owned).prop_map(primary).boxed()));
        leaves.push((1, Just(primary("30%".to_owned())).boxed()));
        let leaf = proptest::strategy::Union::new_weighted(leaves).boxed();
        if depth == 0 {
            leaf
        } else {
            prop_oneof![3 => leaf.clone(), 1 => arithmetic(leaf)].boxed()
        }
    }

    fn elapsed(&self) -> BoxedStrategy<Piece> {
        let dates = prop_oneof![6 => self.date(), 1 => select(DAYS).prop_map(str::to_owned)];
        (unit(), select(&["since", "since", "until"][..]), dates)
            .prop_map(|(unit, which, date)| Piece::new(format!("{unit}s {which} {date}"), Tightness::Primary))
            .boxed()
    }
}

// ---- Conditions ------------------------------------------------------------------------------------------------------

fn negated(inner: Piece) -> Piece {
    let text = format!("not {}", inner.at_least(Tightness::Not));
    Piece {
        text,
        tightness: Tightness::Not,
        open: inner.open && inner.tightness >= Tightness::Not,
    }
}

fn chain(inner: BoxedStrategy<Piece>, word: &'static str, tightness: Tightness) -> BoxedStrategy<Piece> {
    let parts = prop::collection::vec(inner, 2..4);
    let chained = parts.prop_map(move |parts| {
        let operands: Vec<String> = parts.iter().map(|part| part.operand(Tightness::Not)).collect();
        Piece::new(operands.join(&format!("{BREAK}{word} ")), tightness)
    });
    chained.boxed()
}

fn quantity(inner: BoxedStrategy<Piece>) -> BoxedStrategy<Piece> {
    let words = &["all", "any", "none", "at least ", "at most ", "exactly "][..];
    (select(words), any::<u8>(), prop::collection::vec(inner, 1..4))
        .prop_map(|(word, number, parts)| {
            let number = usize::from(number) % parts.len() + 1;
            let texts: Vec<String> = parts.into_iter().map(|part| part.text).collect();
            let how_many = if word.ends_with(' ') {
                format!("{word}{number}")
            } else {
                word.to_owned()
            };
            Piece::new(
                format!("{how_many} of ({})", texts.join(&format!(",{BREAK}"))),
                Tightness::Primary,
            )
        })
        .boxed()
}

fn event_test(depth: u32) -> BoxedStrategy<Piece> {
    let words = &[
        "any",
        "no",
        "at least 2",
        "at most 2",
        "exactly 1",
        "at least 1",
        "exactly 3",
    ][..];
    (select(words), pattern(depth, false))
        .prop_map(|(how_many, pattern)| Piece {
            text: format!("{how_many} {}", pattern.text),
            ..pattern
        })
        .boxed()
}

/// A test of a band, a class or a score; which there are is not known yet.
fn score_test() -> BoxedStrategy<Piece> {
    let labels = any::<u16>().prop_map(|at| Piece::new(format!("⟦label {at}⟧"), Tightness::Comparison));
    let scores =
        (any::<u8>(), order(signed_number().boxed())).prop_map(|(at, test)| compared((format!("⟦score {at}⟧"), test)));
    prop_oneof![labels, scores].boxed()
}

fn compared((value, test): (String, String)) -> Piece {
    Piece::new(format!("{value} {test}"), Tightness::Comparison)
}

pub(super) fn not() -> impl Strategy<Value = &'static str> {
    select(&["", "", "not "][..])
}

fn equality(other: BoxedStrategy<String>) -> BoxedStrategy<String> {
    (select(&["=", "!="][..]), other)
        .prop_map(|(sign, other)| format!("{sign} {other}"))
        .boxed()
}

fn order(other: BoxedStrategy<String>) -> BoxedStrategy<String> {
    (select(&[">=", "<", "<=", ">", "=", "!="][..]), other)
        .prop_map(|(sign, other)| format!("{sign} {other}"))
        .boxed()
}

fn between(end: BoxedStrategy<String>) -> BoxedStrategy<String> {
    (not(), end.clone(), end)
        .prop_map(|(not, least, most)| format!("{not}between {least} and {most}"))
        .boxed()
}

fn membership(literal: BoxedStrategy<String>, list: &'static str) -> BoxedStrategy<String> {
    let literals = prop::collection::vec(literal, 1..4).prop_map(|all| format!("({})", all.join(", ")));
    (not(), prop_oneof![2 => literals, 1 => Just(list.to_owned())])
        .prop_map(|(not, literals)| format!("{not}in {literals}"))
        .boxed()
}

fn word_search() -> BoxedStrategy<String> {
    let needles = prop_oneof![
        3 => needle(),
        2 => prop::collection::vec(needle(), 1..4).prop_map(|needles| format!("any of ({})", needles.join(", "))),
        1 => Just("any of words".to_owned()),
    ];
    (not(), select(&["", "word "][..]), needles)
        .prop_map(|(not, word, needles)| format!("{not}contains {word}{needles}"))
        .boxed()
}

fn knowledge() -> BoxedStrategy<String> {
    select(&["is known", "is unknown"][..]).prop_map(str::to_owned).boxed()
}

fn needle() -> impl Strategy<Value = String> + Clone {
    select(NEEDLES).prop_map(quoted)
}

pub(crate) fn signed_number() -> impl Strategy<Value = String> + Clone {
    (select(&["", "", "-"][..]), select(NUMBERS)).prop_map(|(sign, number)| format!("{sign}{number}"))
}

pub(crate) fn unit() -> impl Strategy<Value = &'static str> + Clone {
    select(&["day", "week", "month", "year"][..])
}

// ---- Values ----------------------------------------------------------------------------------------------------------

fn arithmetic(leaf: BoxedStrategy<Piece>) -> BoxedStrategy<Piece> {
    let operators = select(&["+", "-", "*", "/"][..]);
    let two = (leaf.clone(), operators.clone(), leaf.clone()).prop_map(|(left, sign, right)| joined(left, sign, right));
    let operand = prop_oneof![3 => leaf.clone(), 2 => two.clone()].boxed();
    let three = (operand.clone(), operators, operand).prop_map(|(left, sign, right)| joined(left, sign, right));
    let minus = leaf.prop_map(|inner| Piece::new(format!("-{}", inner.at_least(Tightness::Primary)), Tightness::Minus));
    prop_oneof![4 => two, 3 => three, 1 => minus].boxed()
}

pub(crate) fn joined(left: Piece, sign: &str, right: Piece) -> Piece {
    let (here, tighter) = match sign {
        "+" | "-" => (Tightness::Sum, Tightness::Product),
        _ => (Tightness::Product, Tightness::Minus),
    };
    Piece::new(
        format!("{} {sign} {}", left.at_least(here), right.at_least(tighter)),
        here,
    )
}

/// A leaf of a formula.
pub(crate) fn leaf(text: String) -> Piece {
    Piece::new(text, Tightness::Primary)
}

/// The other sign of a part of a formula.
pub(crate) fn minus(inner: Piece) -> Piece {
    Piece::new(format!("-{}", inner.at_least(Tightness::Primary)), Tightness::Minus)
}
