//! How a change is said: in one line, `add 40 → 50`, where that is plain; else as it is and as it was.

use crate::number::Number;

use super::structure::{Change, Text};
use super::words::{Run, joined, words};

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Something that is and was.
    Plain(String),
    /// Something that was.
    Old(String),
    /// Something that is.
    New(String),
}

impl Piece {
    pub(super) fn text(&self) -> &str {
        match self {
            Piece::Plain(text) | Piece::Old(text) | Piece::New(text) => text,
        }
    }
}

/// The pieces as one text.
pub(super) fn plain(pieces: &[Piece]) -> String {
    pieces.iter().map(Piece::text).collect()
}

/// More words than these that stay the same are not all shown.
const MOST_SAME: usize = 16;
/// So many of them are shown at each end.
const SHOWN_SAME: usize = 6;
/// What a change says: in one line where little differs, else what it is now.
pub(super) fn headline(change: &Change) -> Vec<Piece> {
    match (&change.old, &change.new) {
        (Some(_), Some(_)) if is_inline(&change.runs) => pieces(&change.runs, Show::Both),
        (Some(_), Some(_)) => pieces(&change.runs, Show::New),
        (None, Some(Text { text, .. })) => vec![Piece::New(shortened(text))],
        (Some(Text { text, .. }), None) => vec![Piece::Old(shortened(text))],
        (None, None) => Vec::new(),
    }
}

/// What a change was, where its headline does not say so.
pub(super) fn before(change: &Change) -> Option<Vec<Piece>> {
    let is_other = change.runs.iter().any(|run| matches!(run, Run::Other(..)));
    (is_other && !is_inline(&change.runs)).then(|| pieces(&change.runs, Show::Old))
}

/// Which sides are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Show {
    Both,
    Old,
    New,
}

/// Whether a change is shown in its place, `40 → 50`: of one number or name each, at the end of what it belongs to, and of
/// no more than one in a condition. Else arrows and signs would have to be told apart.
fn is_inline(runs: &[Run]) -> bool {
    let mut is_other_before = false;
    for (at, run) in runs.iter().enumerate() {
        match run {
            Run::Same(text) => is_other_before &= !words(text).contains(&"add"),
            Run::Other(..) if is_other_before => return false,
            Run::Other(old, new) => {
                let after = match runs.get(at + 1) {
                    Some(Run::Same(text)) => words(text).first().copied(),
                    Some(Run::Other(..)) | None => None,
                };
                if !is_one_thing(old) || !is_one_thing(new) || after.is_some_and(is_operator) {
                    return false;
                }
                is_other_before = true;
            }
        }
    }
    true
}

/// Whether a text is one number, name or text, or so much time.
fn is_one_thing(text: &str) -> bool {
    match words(text).as_slice() {
        [word] => !is_operator(word),
        [number, unit] => Number::parse(number).is_some() && UNITS.contains(&unit.trim_end_matches('s')),
        _ => false,
    }
}

/// Units of time.
const UNITS: [&str; 5] = ["hour", "day", "week", "month", "year"];

/// Whether a word stands between what it says something of.
fn is_operator(word: &str) -> bool {
    let is_sign = |character: char| !character.is_alphanumeric() && !"_.%\"`)],:".contains(character);
    let first = word.chars().next();
    let is_number = word.len() > 1 && word.starts_with('-');
    let is_word = [
        "and", "or", "not", "is", "in", "contains", "starts", "ends", "matches", "between",
    ]
    .contains(&word);
    is_word || (!is_number && first.is_some_and(is_sign))
}

fn pieces(runs: &[Run], show: Show) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for run in runs {
        match (run, show) {
            (Run::Same(text), _) => add(&mut pieces, Piece::Plain(shortened(text))),
            (Run::Other(old, new), Show::Both) => {
                add(&mut pieces, Piece::Old(shortened(old)));
                add(&mut pieces, Piece::Plain("→".to_owned()));
                add(&mut pieces, Piece::New(shortened(new)));
            }
            (Run::Other(old, _), Show::Old) => add(&mut pieces, Piece::Old(shortened(old))),
            (Run::Other(_, new), Show::New) => add(&mut pieces, Piece::New(shortened(new))),
        }
    }
    pieces
}

/// Adds a piece behind a blank, but where a parenthesis or a comma joins them.
fn add(pieces: &mut Vec<Piece>, piece: Piece) {
    let text = piece.text();
    if text.is_empty() {
        return;
    }
    let is_joined = pieces.last().is_none_or(|last| last.text().ends_with('(')) || text.starts_with([')', ',', ':']);
    if !is_joined {
        pieces.push(Piece::Plain(" ".to_owned()));
    }
    pieces.push(piece);
}

/// A text of many words with those in its middle left out.
pub(super) fn shortened(text: &str) -> String {
    let words = words(text);
    if words.len() <= MOST_SAME {
        return joined(&words);
    }
    let before = words.get(..SHOWN_SAME).unwrap_or_default();
    let after = words.get(words.len() - SHOWN_SAME..).unwrap_or_default();
    let (before, after) = (joined(before), joined(after));
    let gap = if after.starts_with([',', ')']) { "" } else { " " };
    format!("{before} …{gap}{after}")
}
