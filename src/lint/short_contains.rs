//! A short `contains` that common words hold: `"cto"` stands in "director".

use crate::check::Checked;
use crate::model::{Condition, ConditionKind, Model, Part, TextTest};
use crate::source::{Edit, Span};
use crate::text::{fold, is_word_character};

use super::Warning;

/// Longer texts are rarely a part of another word by chance.
const MOST_LETTERS: usize = 6;

/// Common words of job titles, departments, industries and their French sisters, one a line, folded,
/// those that make the best examples first.
const COMMON_WORDS: &str = include_str!("common_words.txt");

/// A warning for each short text that is looked for and stands in a common word by chance.
pub(super) fn lint(checked: &Checked) -> Vec<Warning> {
    let model = checked.understood();
    let mut warnings = Vec::new();
    for part in model.parts() {
        part.walk(&mut |part| {
            if let Part::Condition(condition) = part {
                warnings.extend(of_condition(model, condition));
            }
        });
    }
    warnings
}

fn of_condition(model: &Model, condition: &Condition) -> Vec<Warning> {
    let ConditionKind::Text(_, TextTest::Contains(texts)) = &condition.node else {
        return Vec::new();
    };
    let edit = match texts.as_slice() {
        [_] => word_inserted(model, condition.span),
        _ => None,
    };
    texts
        .iter()
        .filter_map(|text| {
            Some(Warning::ShortContains {
                text: text.clone(),
                word: word_holding(&fold(text))?,
                span: condition.span,
                edit: edit.clone(),
            })
        })
        .collect()
}

/// A common word that holds a folded text by chance.
fn word_holding(text: &str) -> Option<String> {
    let is_short = text.chars().count() <= MOST_LETTERS && text.chars().all(is_word_character);
    let word = COMMON_WORDS
        .lines()
        .find(|word| is_short && holds_by_chance(word, text))?;
    Some(word.replace('!', ""))
}

/// Whether a word holds a text in its middle, or begins with one so short that it says nothing of the word. A longer
/// beginning ("market" of "marketing") is mostly meant; the words that begin like another one and mean something
/// else are marked with `!`, where that other one ends: `intern!ational`.
fn holds_by_chance(word: &str, text: &str) -> bool {
    if let Some((trap, _)) = word.split_once('!') {
        return trap == text;
    }
    match word.find(text) {
        Some(0) => text.chars().count() <= 3 && word != text && !is_its_plural(word, text),
        Some(_) => true,
        None => false,
    }
}

fn is_its_plural(word: &str, text: &str) -> bool {
    word.strip_prefix(text).is_some_and(|rest| rest == "s")
}

/// The edit that puts `word` behind `contains`, where the condition is written with a plain `contains`.
fn word_inserted(model: &Model, span: Span) -> Option<Edit> {
    let written = model.source.slice(span);
    // The word stands right before the text; a field may have it in its name.
    let (before, _) = written.strip_suffix('"')?.rsplit_once('"')?;
    let behind = span.start + before.rfind("contains")? + "contains".len();
    Some(Edit::replace(Span::new(behind, behind), " word"))
}
