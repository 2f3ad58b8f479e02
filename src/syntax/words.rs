//! The words of the language: which begin a statement, and which can be names only between backticks.

use pest::Parser;

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
    let keyword = is_statement_word(name) || TEST_WORDS.contains(&name) || VALUE_WORDS.contains(&name);
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

/// Whether a word is one that can be a name only between backticks in some place.
pub(super) fn is_keyword(word: &str) -> bool {
    let spelled_like_a_name = Grammar::parse(Rule::lone_spelling, word).is_ok();
    spelled_like_a_name && !is_plain_name(word)
}
