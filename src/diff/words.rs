//! Words: how alike two statements are, and where they differ, word by word.

use std::collections::HashMap;

use serde::Serialize;

/// A part of a statement beside the same statement as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Run {
    /// It was the same.
    Same(String),
    /// It was otherwise: what it was and what it is, either of which may be empty.
    Other(String, String),
}

/// Statements of more words than these are told apart as a whole between what they have in common at their ends.
const MOST_WORDS: usize = 400;

/// The words of a text: names, numbers, texts in quotes, and each other sign alone.
pub(super) fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (word, after) = rest.split_at_checked(word_length(rest)).unwrap_or((rest, ""));
        words.push(word);
        rest = after.trim_start();
    }
    words
}

/// How many bytes the first word takes.
fn word_length(text: &str) -> usize {
    let is_letter = |character: char| character.is_alphanumeric() || "_.%".contains(character);
    let mut characters = text.char_indices();
    match characters.next() {
        None => 0,
        Some(_) if begins_with_date(text) => DATE.len(),
        Some((_, quote @ ('"' | '`'))) => quoted_length(text, quote),
        Some((_, first)) if is_letter(first) => text.find(|character| !is_letter(character)).unwrap_or(text.len()),
        // A sign belongs to its number, and `>=` is one word.
        Some((_, '-')) => {
            1 + text.get(1..).map_or(0, |rest| {
                rest.find(|other: char| !other.is_ascii_digit() && other != '.')
                    .unwrap_or(rest.len())
            })
        }
        Some((_, '<' | '>' | '!')) if text.get(1..2) == Some("=") => 2,
        Some((_, other)) => other.len_utf8(),
    }
}

/// The shape of a date.
const DATE: &[u8] = b"0000-00-00";

fn begins_with_date(text: &str) -> bool {
    let bytes = text.as_bytes().get(..DATE.len()).unwrap_or_default();
    let fits = |(byte, shape): (&u8, &u8)| {
        if *shape == b'-' {
            byte == shape
        } else {
            byte.is_ascii_digit()
        }
    };
    bytes.len() == DATE.len() && bytes.iter().zip(DATE).all(fits)
}

fn quoted_length(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if character == '\\' && quote == '"' {
            escaped = true;
        } else if character == quote {
            return at + quote.len_utf8();
        }
    }
    text.len()
}

/// How many words two texts have in common, in thousandths of all their words.
pub(super) fn likeness(one: &[&str], other: &[&str]) -> usize {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in one {
        *counts.entry(word).or_default() += 1;
    }
    let mut common = 0;
    for word in other {
        if let Some(count) = counts.get_mut(word).filter(|count| **count > 0) {
            *count -= 1;
            common += 1;
        }
    }
    common * 2_000 / (one.len() + other.len()).max(1)
}

/// A text beside what it was, from its beginning to its end.
pub(super) fn runs(old: &str, new: &str) -> Vec<Run> {
    let (old, new) = (words(old), words(new));
    let before = common(old.iter().zip(&new));
    let (old_rest, new_rest) = (
        old.get(before..).unwrap_or_default(),
        new.get(before..).unwrap_or_default(),
    );
    let after = common(old_rest.iter().rev().zip(new_rest.iter().rev()));
    let old_middle = old_rest.get(..old_rest.len() - after).unwrap_or_default();
    let new_middle = new_rest.get(..new_rest.len() - after).unwrap_or_default();

    let mut runs = Runs::default();
    runs.same(new.get(..before).unwrap_or_default());
    if old_middle.len().max(new_middle.len()) > MOST_WORDS {
        runs.other(old_middle, new_middle);
    } else {
        runs.apart(old_middle, new_middle);
    }
    runs.same(new_rest.get(new_middle.len()..).unwrap_or_default());
    runs.end()
}

fn common<'a>(pairs: impl Iterator<Item = (&'a &'a str, &'a &'a str)>) -> usize {
    pairs.take_while(|(one, other)| one == other).count()
}

/// Runs in the making.
#[derive(Default)]
struct Runs<'a> {
    done: Vec<Run>,
    same: Vec<&'a str>,
    old: Vec<&'a str>,
    new: Vec<&'a str>,
}

impl<'a> Runs<'a> {
    fn same(&mut self, words: &[&'a str]) {
        if words.is_empty() {
            return;
        }
        self.settle_other();
        self.same.extend(words);
    }

    fn other(&mut self, old: &[&'a str], new: &[&'a str]) {
        self.settle_same();
        self.old.extend(old);
        self.new.extend(new);
    }

    /// Adds two texts by the longest row of words that they have in common.
    fn apart(&mut self, old: &[&'a str], new: &[&'a str]) {
        let width = new.len() + 1;
        // How many words are in common from a pair of places on.
        let mut lengths = vec![0u32; (old.len() + 1) * width];
        let length = |lengths: &[u32], from: usize, to: usize| lengths.get(from * width + to).copied().unwrap_or(0);
        for (from, one) in old.iter().enumerate().rev() {
            for (to, other) in new.iter().enumerate().rev() {
                let best = match one == other {
                    true => length(&lengths, from + 1, to + 1) + 1,
                    false => length(&lengths, from + 1, to).max(length(&lengths, from, to + 1)),
                };
                if let Some(place) = lengths.get_mut(from * width + to) {
                    *place = best;
                }
            }
        }
        let (mut from, mut to) = (0, 0);
        loop {
            match (old.get(from), new.get(to)) {
                (None, None) => return,
                (Some(one), Some(other)) if one == other => {
                    self.same(&[*other]);
                    (from, to) = (from + 1, to + 1);
                }
                (Some(_), Some(other)) if length(&lengths, from + 1, to) < length(&lengths, from, to + 1) => {
                    self.other(&[], &[*other]);
                    to += 1;
                }
                (Some(one), _) => {
                    self.other(&[*one], &[]);
                    from += 1;
                }
                (None, Some(other)) => {
                    self.other(&[], &[*other]);
                    to += 1;
                }
            }
        }
    }

    fn settle_same(&mut self) {
        if !self.same.is_empty() {
            self.done.push(Run::Same(joined(&std::mem::take(&mut self.same))));
        }
    }

    fn settle_other(&mut self) {
        if !self.old.is_empty() || !self.new.is_empty() {
            let (old, new) = (std::mem::take(&mut self.old), std::mem::take(&mut self.new));
            self.done.push(Run::Other(joined(&old), joined(&new)));
        }
    }

    fn end(mut self) -> Vec<Run> {
        self.settle_other();
        self.settle_same();
        self.done
    }
}

/// Words as they are written in the one style.
pub(super) fn joined(words: &[&str]) -> String {
    let mut text = String::new();
    let mut opening = true;
    for word in words {
        let closes = matches!(*word, ")" | "," | ":");
        let is_call = *word == "(" && is_called(&text);
        if !opening && !closes && !is_call {
            text.push(' ');
        }
        text.push_str(word);
        opening = *word == "(";
    }
    text
}

/// Whether a text ends with the name of something that is called: `count(`, not `of (`.
fn is_called(text: &str) -> bool {
    let last = text.rsplit([' ', '(']).next().unwrap_or_default();
    let is_name = last
        .chars()
        .all(|character| character.is_alphanumeric() || "_`.".contains(character));
    is_name
        && !last.is_empty()
        && ![
            "of", "in", "and", "or", "not", "where", "when", "between", "since", "until",
        ]
        .contains(&last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_taken_apart_and_put_together_again() {
        for text in [
            "when title contains word any of (\"VP, \\\"x\\\"\", \"CEO\") add -20",
            "let rate = count(event `a b` within 90 days) / 2.5",
            "when event visit_page where (url contains \"/a\" and duration >= 30) add 5 once per day",
            "by employees {",
            "decay 10% per month since event in (a, b)",
            "when created between 2026-01-01 and 2026-12-31 add -5",
            "let late = days until closing - 3 < -2.5",
        ] {
            assert_eq!(joined(&words(text)), text);
        }
    }

    #[test]
    fn what_differs_is_told_word_by_word() {
        let same = |text: &str| Run::Same(text.to_owned());
        let other = |old: &str, new: &str| Run::Other(old.to_owned(), new.to_owned());
        assert_eq!(
            runs("when a contains \"x\" add 40", "when a contains \"x\" add 50"),
            [same("when a contains \"x\" add"), other("40", "50")]
        );
        assert_eq!(
            runs("when a add 40", "when a and b add 40 once"),
            [same("when a"), other("", "and b"), same("add 40"), other("", "once")]
        );
        assert_eq!(
            runs("created >= 2026-01-05", "created >= 2026-02-05"),
            [same("created >="), other("2026-01-05", "2026-02-05")]
        );
        assert_eq!(runs("", "a"), [other("", "a")]);
        assert_eq!(runs("a", "a"), [same("a")]);
    }

    #[test]
    fn likeness_counts_words() {
        assert_eq!(likeness(&["a", "b"], &["a", "b"]), 1_000);
        assert_eq!(likeness(&["a", "b"], &["a", "c"]), 500);
        assert_eq!(likeness(&[], &[]), 0);
    }
}
