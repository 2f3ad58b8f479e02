//! Rules files gone wrong: words and signs left out, doubled, swapped, put in; bytes of no kind.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::files::{RulesText, rules_file};

/// What is put in where it does not belong: every word of the language, what people bring from elsewhere, and
/// characters of more than one byte.
const INTRUDERS: &[&str] = &[
    "model",
    "timezone",
    "field",
    "event",
    "events",
    "list",
    "let",
    "ignore",
    "score",
    "when",
    "by",
    "decay",
    "classify",
    "exclude",
    "promise",
    "on",
    "test",
    "and",
    "or",
    "not",
    "of",
    "in",
    "is",
    "between",
    "contains",
    "starts",
    "ends",
    "matches",
    "where",
    "within",
    "any",
    "all",
    "none",
    "no",
    "at",
    "least",
    "most",
    "exactly",
    "true",
    "false",
    "add",
    "because",
    "otherwise",
    "once",
    "every",
    "time",
    "times",
    "fading",
    "over",
    "per",
    "since",
    "until",
    "passive",
    "known",
    "unknown",
    "band",
    "excluded",
    "from",
    "to",
    "min",
    "max",
    "word",
    "with",
    "days",
    "month",
    "text",
    "number",
    "date",
    "one",
    "as",
    "given",
    "expect",
    "enter",
    "stay",
    "for",
    "notify",
    "do",
    "count",
    "sum",
    "domain",
    "hot",
    "==",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "=",
    "=>",
    "&&",
    "||",
    "!",
    "+",
    "-",
    "*",
    "/",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    ",",
    ".",
    ":",
    ";",
    "#",
    "\"",
    "`",
    "\\",
    "\n",
    "\n\n",
    "\t",
    "0",
    "1",
    "5",
    "-3",
    "2,5",
    "50 000",
    "30 %",
    "30%",
    "0.00001",
    "1e5",
    "99999999999999999999",
    "2026-02-30",
    "2026-1-1",
    "0000-00-00",
    "days days",
    "0 days",
    "300 years",
    "\"\"",
    "\"\u{301}\"",
    "matches \"[\"",
    "« x »",
    "“x”",
    "’",
    "\u{a0}",
    "\u{2028}",
    "\u{feff}",
    "é",
    "e\u{301}",
    "日本",
    "😀",
    "if",
    "then",
    "points",
    "null",
    "`Lead Source`",
    "title",
    "visit_page",
    "fit",
    "zzz",
];

/// Valid rules files with a few mistakes.
pub(crate) fn mistaken_file() -> BoxedStrategy<RulesText> {
    (rules_file(), vec(mistake(), 1..6))
        .prop_map(|(RulesText(text), mistakes)| {
            let mut tokens = tokens(&text);
            mistakes.iter().for_each(|mistake| mistake.make(&mut tokens));
            RulesText(tokens.concat())
        })
        .boxed()
}

/// Words and signs in no order.
pub(crate) fn word_salad() -> BoxedStrategy<RulesText> {
    let pieces = prop_oneof![6 => select(INTRUDERS).prop_map(|word| format!(" {word}")), 1 => any::<String>()];
    vec(pieces, 0..60).prop_map(|pieces| RulesText(pieces.concat())).boxed()
}

/// A few words again and again, in a statement or not: as deep, or as long, as nobody writes.
pub(crate) fn repetition() -> BoxedStrategy<RulesText> {
    let words = |most| vec(select(INTRUDERS), 0..most).prop_map(|words| words.join(" "));
    (words(4), words(4), 1usize..3_000, words(3))
        .prop_map(|(start, part, times, end)| RulesText(format!("{start} {}{end}", format!("{part} ").repeat(times))))
        .boxed()
}

/// Bytes as they come, read as far as they are UTF-8.
pub(crate) fn noise() -> BoxedStrategy<RulesText> {
    let bytes = vec(any::<u8>(), 0..300).prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    prop_oneof![bytes, any::<String>()].prop_map(RulesText).boxed()
}

#[derive(Clone, Debug)]
enum Mistake {
    LeaveOut(usize),
    Double(usize),
    Swap(usize, usize),
    PutIn(usize, String),
    CutOff(usize),
}

fn mistake() -> impl Strategy<Value = Mistake> {
    let at = any::<u16>().prop_map(usize::from);
    let intruder = prop_oneof![
        8 => select(INTRUDERS).prop_map(|word| format!(" {word} ")),
        1 => any::<char>().prop_map(String::from),
    ];
    prop_oneof![
        4 => at.clone().prop_map(Mistake::LeaveOut),
        2 => at.clone().prop_map(Mistake::Double),
        3 => (at.clone(), at.clone()).prop_map(|(one, other)| Mistake::Swap(one, other)),
        6 => (at.clone(), intruder).prop_map(|(at, word)| Mistake::PutIn(at, word)),
        1 => at.prop_map(Mistake::CutOff),
    ]
}

impl Mistake {
    fn make(&self, tokens: &mut Vec<String>) {
        let count = tokens.len().max(1);
        match self {
            Mistake::LeaveOut(at) => drop(tokens.drain(at % count..(at % count + 1).min(tokens.len()))),
            Mistake::Double(at) => {
                let token = tokens.get(at % count).cloned().unwrap_or_default();
                tokens.insert((at % count).min(tokens.len()), token);
            }
            Mistake::Swap(one, other) if !tokens.is_empty() => tokens.swap(one % count, other % count),
            Mistake::Swap(..) => {}
            Mistake::PutIn(at, word) => tokens.insert((at % count).min(tokens.len()), word.clone()),
            Mistake::CutOff(at) => tokens.truncate(at % count),
        }
    }
}

/// A text in words, numbers, blanks and single signs, which joined again give the text.
fn tokens(text: &str) -> Vec<String> {
    let kind = |character: char| match character {
        ' ' => 0,
        letter if letter.is_alphanumeric() || letter == '_' => 1,
        sign => u32::from(sign) + 2,
    };
    let mut tokens: Vec<String> = Vec::new();
    let mut last = None;
    for character in text.chars() {
        match tokens.last_mut() {
            Some(token) if last == Some(kind(character)) => token.push(character),
            _ => tokens.push(character.to_string()),
        }
        last = Some(kind(character));
    }
    tokens
}
