//! The words of reasons: plain English for what a condition found.

use crate::calendar::Day;
use crate::model::{Bound, Comparison, TextTest};

use super::fact::{Fact, Reading, quoted, shown};

/// A value that a condition reads, with what it is computed from.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    /// What it is, as it is written.
    pub(super) of: String,
    /// Whether it is written there, and so needs no telling.
    pub(super) literal: bool,
    /// The value.
    pub(super) value: Option<Fact>,
    /// What it is computed from.
    pub(super) sources: Vec<Reading>,
}

impl Seen {
    /// The value where it is written there, else what it is: `12`, `target (12)`.
    fn told(&self) -> String {
        let value = shown(self.value.as_ref());
        if self.literal {
            value
        } else {
            format!("{} ({value})", self.of)
        }
    }

    fn is_date(&self) -> bool {
        matches!(self.value, Some(Fact::Date(_)))
    }
}

/// What a pattern picked.
#[derive(Clone, Debug)]
pub(super) struct Picked {
    /// The pattern as it is written, without `event`.
    pub(super) of: String,
    /// How many events it picked.
    pub(super) count: u64,
    /// The day of the newest of them.
    pub(super) last: Option<Day>,
    /// The day of the newest that it would pick without its window.
    pub(super) last_outside: Option<Day>,
}

/// How a reason is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Telling {
    /// The test failed: the value, and what it should have been.
    Fails,
    /// The test holds, as it should: the value.
    Holds,
    /// The test holds, and should not, under a `not`: the value, and what it should not have been.
    HoldsAmiss,
}

/// `employees is 12`, `open_rate is 0.25 (opened is 1, sent is 4)`.
pub(super) fn found(seen: &Seen) -> String {
    let found = read(&seen.of, seen.value.as_ref());
    let sources: Vec<String> = seen
        .sources
        .iter()
        .map(|source| read(&source.of, source.value.as_ref()))
        .collect();
    if sources.is_empty() {
        found
    } else {
        format!("{found} ({})", sources.join(", "))
    }
}

fn read(of: &str, value: Option<&Fact>) -> String {
    format!("{of} is {}", shown(value))
}

/// `employees is 12, not between 30 and 500`. `test` says, after a comma, what was tested.
pub(super) fn tested(seen: &Seen, telling: Telling, test: &Test) -> String {
    let found = found(seen);
    match (telling, &seen.value) {
        (_, None) | (Telling::Holds, _) => found,
        (Telling::Fails, Some(_)) => format!("{found}, {}", test.negative),
        (Telling::HoldsAmiss, Some(_)) => match &test.positive {
            Some(positive) => format!("{found}, {positive}"),
            None => found,
        },
    }
}

/// What a test asks of a value, in words that follow a comma.
#[derive(Clone, Debug)]
pub(super) struct Test {
    /// `None` where the value says it itself: `title is "CEO"` needs no `"CEO"` after it.
    positive: Option<String>,
    negative: String,
}

impl Test {
    fn is(what: &str) -> Test {
        Test {
            positive: Some(what.to_owned()),
            negative: format!("not {what}"),
        }
    }

    fn equals(literals: &[String]) -> Test {
        Test {
            positive: None,
            negative: format!("not {}", either(literals)),
        }
    }

    fn equal_to(what: &str) -> Test {
        Test {
            positive: Some(format!("equal to {what}")),
            negative: format!("not {what}"),
        }
    }

    fn with(what: &str) -> Test {
        Test {
            positive: Some(format!("with {what}")),
            negative: format!("without {what}"),
        }
    }

    /// A comparison with a value.
    pub(super) fn compared(order: Comparison, right: &Seen) -> Test {
        let date = right.is_date();
        let words = match order {
            Comparison::Equal if right.literal => return Test::equals(&[right.told()]),
            Comparison::Equal => return Test::equal_to(&right.told()),
            Comparison::Less if date => "before ",
            Comparison::Less => "less than ",
            Comparison::LessOrEqual if date => "up to ",
            Comparison::LessOrEqual => "at most ",
            Comparison::Greater if date => "after ",
            Comparison::Greater => "more than ",
            Comparison::GreaterOrEqual if date => "from ",
            Comparison::GreaterOrEqual => "at least ",
        };
        Test::is(&format!("{words}{}", right.told()))
    }

    /// Between two values.
    pub(super) fn between(low: &Seen, high: &Seen) -> Test {
        Test::is(&format!("between {} and {}", low.told(), high.told()))
    }

    /// One of several literals.
    pub(super) fn one_of(literals: &[String]) -> Test {
        Test::equals(literals)
    }

    /// A list that holds one of several texts.
    pub(super) fn holding(texts: &[String]) -> Test {
        Test::with(&either(&all_quoted(texts)))
    }

    /// A test of a text.
    pub(super) fn text(test: &TextTest) -> Test {
        match test {
            TextTest::Is(texts) => Test::equals(&all_quoted(texts)),
            TextTest::Contains(texts) => Test::with(&either(&all_quoted(texts))),
            TextTest::ContainsWord(texts) if texts.len() == 1 => {
                Test::with(&format!("the word {}", either(&all_quoted(texts))))
            }
            TextTest::ContainsWord(texts) => Test::with(&format!("the words {}", either(&all_quoted(texts)))),
            TextTest::StartsWith(text) => Test::with(&format!("{} at its start", quoted(text))),
            TextTest::EndsWith(text) => Test::with(&format!("{} at its end", quoted(text))),
            TextTest::Matches(regex) => Test {
                positive: Some(format!("matching {}", quoted(regex.0.as_str()))),
                negative: format!("not matching {}", quoted(regex.0.as_str())),
            },
        }
    }
}

fn all_quoted(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| quoted(text)).collect()
}

/// `a, b or c`; of many, the first few and how many more there are.
fn either(options: &[String]) -> String {
    const MOST: usize = 4;
    match options {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] if options.len() <= MOST => format!("{} or {last}", first.join(", ")),
        _ => {
            let first: Vec<&str> = options.iter().take(MOST - 1).map(String::as_str).collect();
            format!("{} or {} others", first.join(", "), options.len() - first.len())
        }
    }
}

/// `2 events visit_page, the last on 2026-10-30`; `no event visit_page within 30 days: the last was on 2026-08-03`.
pub(super) fn events(bound: Bound, picked: &Picked, telling: Telling) -> String {
    let found = picked_words(picked);
    if telling == Telling::Holds {
        return found;
    }
    match (bound, picked.count, telling) {
        (Bound::AtLeast(1) | Bound::Exactly(1), 0, Telling::Fails) => found,
        (Bound::AtLeast(least), _, Telling::Fails) => format!("{found}; needs {least}"),
        (Bound::AtMost(0), _, Telling::Fails) => found,
        (Bound::AtMost(most), _, Telling::Fails) => format!("{found}; at most {most} may be"),
        (Bound::Exactly(exact), _, Telling::Fails) => format!("{found}; needs exactly {exact}"),
        (Bound::AtLeast(_) | Bound::AtMost(_) | Bound::Exactly(_), _, _) => found,
    }
}

/// How many events a pattern picked, and when the last was.
fn picked_words(picked: &Picked) -> String {
    let Picked {
        of,
        count,
        last,
        last_outside,
    } = picked;
    let of = if of.is_empty() { String::new() } else { format!(" {of}") };
    match (count, last, last_outside) {
        (0, _, Some(day)) => format!("no event{of}: the last was on {day}"),
        (0, _, None) => format!("no event{of}"),
        (1, Some(day), _) => format!("1 event{of}, on {day}"),
        (count, Some(day), _) => format!("{count} events{of}, the last on {day}"),
        (count, None, _) => format!("{count} events{of}"),
    }
}

/// `3 of 5 hold`, and how many are needed where that is not enough, or too many.
pub(super) fn quantity(bound: Bound, count: usize, of: usize, holds: bool) -> String {
    let found = if count == 1 {
        format!("1 of {of} holds")
    } else {
        format!("{count} of {of} hold")
    };
    match bound {
        _ if holds => found,
        Bound::AtLeast(least) => format!("{found}, {least} needed"),
        Bound::AtMost(most) => format!("{found}, at most {most} may"),
        Bound::Exactly(exact) => format!("{found}, exactly {exact} needed"),
    }
}

/// `band is warm, not hot`; `no band`.
pub(super) fn label(of: &str, found: Option<&str>, labels: &[String], telling: Telling) -> String {
    match (found, telling) {
        (None, _) => format!("there is no {of}"),
        (Some(found), Telling::Fails) => format!("{of} is {found}, not {}", either(labels)),
        (Some(found), Telling::Holds | Telling::HoldsAmiss) => format!("{of} is {found}"),
    }
}

/// `is_ideal does not hold`.
pub(super) fn named(name: &str, holds: bool) -> String {
    format!("{name} {}", if holds { "holds" } else { "does not hold" })
}
