//! The words of the language: which begin a statement, and which can be names only between backticks.

use pest::Parser;

use super::foreign;
use super::grammar::{Grammar, Rule};

/// The words that begin a statement where they begin a line.
pub(super) const STATEMENT_WORDS: [&str; 16] = [
    "model", "timezone", "field", "event", "list", "let", "ignore", "score", "when", "by", "decay", "classify",
    "exclude", "promise", "on", "test",
];

/// The words that begin a line of a test.
pub(super) const TEST_WORDS: [&str; 3] = ["as", "given", "expect"];

/// The words that are values of their own in an expression.
const VALUE_WORDS: [&str; 3] = ["score", "band", "excluded"];

/// Whether a word begins a statement where it begins a line.
pub(super) fn is_statement_word(word: &str) -> bool {
    STATEMENT_WORDS.contains(&word)
}

/// Whether a name can stand without backticks in every place: it is spelled like a name, and is no keyword.
pub fn is_plain_name(name: &str) -> bool {
    let value = VALUE_WORDS.contains(&name) || name.eq_ignore_ascii_case("null");
    let keyword = is_statement_word(name) || TEST_WORDS.contains(&name) || value;
    !keyword && Grammar::parse(Rule::lone_name, name).is_ok()
}

/// A name as it is written: between backticks where it needs them.
pub fn written_name(name: &str) -> String {
    if is_plain_name(name) {
        name.to_owned()
    } else {
        format!("`{name}`")
    }
}

/// Whether a text would begin a statement, if it began a line outside of tests.
pub fn begins_statement(text: &str) -> bool {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    let length = text.find(|character| !is_part(character)).unwrap_or(text.len());
    text.get(..length).is_some_and(is_statement_word)
}

/// A text as it is written between quotes.
pub fn written_text(text: &str) -> String {
    let mut written = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => written.push_str("\\\""),
            '\\' => written.push_str("\\\\"),
            '\n' => written.push_str("\\n"),
            '\t' => written.push_str("\\t"),
            hidden if hidden.is_control() || foreign::turns_direction(hidden) => {
                written.push_str(&format!("\\u{{{:X}}}", u32::from(hidden)));
            }
            plain => written.push(plain),
        }
    }
    written.push('"');
    written
}

/// A text behind `matches` as it is written between quotes: backslashes stand for themselves there.
pub fn written_regex(text: &str) -> String {
    let mut written = String::from("\"");
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => written.push_str("\\\""),
            '\\' => written.extend(std::iter::once('\\').chain(characters.next())),
            plain => written.push(plain),
        }
    }
    written.push('"');
    written
}

/// Whether a word is one that can be a name only between backticks in some place.
pub(super) fn is_keyword(word: &str) -> bool {
    let spelled_like_a_name = Grammar::parse(Rule::lone_spelling, word).is_ok();
    spelled_like_a_name && !is_plain_name(word)
}
