//! The words in which a difference is told, whoever shows them: on a page, in Markdown, in HTML.

use crate::number::Number;

use super::impact::{Impact, Standing};
use super::structure::{Change, Kind, Remarks, Reworded, Structure, Subject, Text};
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

/// The sign before a change.
pub(super) fn mark(kind: Kind) -> &'static str {
    match kind {
        Kind::Added => "+",
        Kind::Removed => "-",
        Kind::Changed => "~",
        Kind::Moved => ">",
    }
}

/// More words than these that stay the same are not all shown.
const MOST_SAME: usize = 16;
/// So many of them are shown at each end.
const SHOWN_SAME: usize = 6;
/// A change of no more words than these is shown in its place: `40 → 50`.
const FEW_WORDS: usize = 4;

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

/// What else there is to say of a change.
pub(super) fn notes(change: &Change) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(from) = &change.moved_from {
        let to = change.section.title();
        notes.push(format!("moved from {from} to {to}"));
    }
    if !change.through.is_empty() {
        let names: Vec<String> = change.through.iter().map(|name| format!("`{name}`")).collect();
        let verb = if names.len() == 1 { "stands" } else { "stand" };
        notes.push(format!("{} {verb} for something else", names.join(" and ")));
    }
    let is_same = change.kind == Kind::Changed && change.runs.iter().all(|run| matches!(run, Run::Same(_)));
    if is_same && change.rows.is_empty() && change.through.is_empty() {
        notes.push(match change.subject {
            Subject::Table | Subject::Class => "its rows stand in another order".to_owned(),
            Subject::Test => "its lines say something else".to_owned(),
            _ => "what it reads has changed".to_owned(),
        });
    }
    notes
}

/// Where a change stands: `line 12`, `was line 10`.
pub(super) fn place(change: &Change) -> String {
    let line = |text: &Option<Text>| text.as_ref().and_then(|text| text.line);
    match (line(&change.old), line(&change.new), &change.new) {
        (_, Some(line), _) => format!("line {line}"),
        (Some(line), None, None) => format!("was line {line}"),
        _ => String::new(),
    }
}

/// Which sides are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Show {
    Both,
    Old,
    New,
}

fn is_inline(runs: &[Run]) -> bool {
    let is_few = |text: &str| (1..=FEW_WORDS).contains(&words(text).len());
    runs.iter().all(|run| match run {
        Run::Same(_) => true,
        Run::Other(old, new) => is_few(old) && is_few(new),
    })
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

/// How many changes there are of what.
pub(super) fn summary(structure: &Structure) -> String {
    if structure.changes.is_empty() {
        return "the rules say the same".to_owned();
    }
    let is_rule = |change: &&Change| matches!(change.subject, Subject::Rule | Subject::Table);
    let of_rules = |kind: Kind| {
        structure
            .changes
            .iter()
            .filter(is_rule)
            .filter(|change| change.kind == kind)
            .count()
    };
    let mut parts = Vec::new();
    for (kind, word) in [
        (Kind::Added, "added"),
        (Kind::Removed, "removed"),
        (Kind::Changed, "changed"),
        (Kind::Moved, "moved"),
    ] {
        let count = of_rules(kind);
        if count > 0 {
            let what = if parts.is_empty() {
                counted(count, "rule")
            } else {
                grouped(count)
            };
            parts.push(format!("{what} {word}"));
        }
    }
    let others = structure.changes.iter().filter(|change| !is_rule(change)).count();
    if others > 0 {
        let other = if parts.is_empty() { "change" } else { "other change" };
        parts.push(counted(others, other));
    }
    let same = match structure.same_rules {
        0 => "no rule stays as it is".to_owned(),
        1 => "1 rule stays as it is".to_owned(),
        same => format!("{} rules stay as they are", grouped(same)),
    };
    format!("{}; {same}", parts.join(", "))
}

/// What differs without a difference to any contact.
pub(super) fn remarks(remarks: &Remarks) -> Vec<String> {
    let mut lines = Vec::new();
    if remarks.layout_only {
        lines.push("nothing but the layout differs".to_owned());
    }
    if remarks.comments {
        lines.push("the comments differ".to_owned());
    }
    if !remarks.reordered.is_empty() {
        lines.push(format!(
            "statements stand in another order in {}",
            remarks.reordered.join(", ")
        ));
    }
    for one in &remarks.reworded {
        let (old, new) = (
            one.old.as_deref().unwrap_or_default(),
            one.new.as_deref().unwrap_or_default(),
        );
        lines.push(format!(
            "{} says the same in other words: {}, was {}",
            on_line(one),
            shortened(new),
            shortened(old)
        ));
    }
    for one in &remarks.reasons {
        let said = |reason: &Option<String>| {
            reason
                .as_ref()
                .map_or("no reason".to_owned(), |text| format!("\"{text}\""))
        };
        lines.push(format!(
            "{} gives another reason: {}, was {}",
            on_line(one),
            said(&one.new),
            said(&one.old)
        ));
    }
    lines
}

fn on_line(one: &Reworded) -> String {
    one.line.map_or_else(|| "it".to_owned(), |line| format!("line {line}"))
}

/// What becomes of scores, bands and exclusions: titles and sentences.
pub(super) fn overview(impact: &Impact) -> Vec<(&'static str, String)> {
    let score = &impact.score;
    let mut moves = vec![
        format!("{} as before", grouped(score.unchanged)),
        format!("{} raised", grouped(score.raised)),
        format!("{} lowered", grouped(score.lowered)),
    ];
    if score.raised + score.lowered > 0 {
        moves.extend(score.mean.map(|mean| format!("mean {}", mean.signed())));
        moves.extend(score.median.map(|median| format!("median {}", median.signed())));
    }
    let mut lines = vec![("scores", moves.join(", "))];
    let changed = impact.bands.changed;
    let share = share(changed, impact.contacts);
    lines.push((
        "bands",
        format!(
            "{} ({share})",
            plural(changed, "contact changes band", "contacts change band")
        ),
    ));
    let excluded = &impact.excluded;
    if excluded.newly + excluded.no_longer > 0 {
        lines.push((
            "excluded",
            format!(
                "{} newly, {} no longer",
                grouped(excluded.newly),
                grouped(excluded.no_longer)
            ),
        ));
    }
    let others: Vec<String> = (impact.results.iter().filter(|one| one.changed > 0))
        .map(|one| format!("{} of {}", one.name, counted(one.changed, "contact")))
        .collect();
    if !others.is_empty() {
        lines.push(("also", format!("{} changed", others.join(", "))));
    }
    lines
}

/// The title of what becomes of contacts.
pub(super) fn impact_title(impact: &Impact) -> String {
    format!(
        "impact on {} as of {}",
        counted(impact.contacts, "contact"),
        impact.as_of
    )
}

/// Who enters and leaves the highest band: titles, and the contacts.
pub(super) fn crowds(impact: &Impact) -> Vec<(String, &super::impact::Crowd)> {
    let Some(top) = &impact.top else { return Vec::new() };
    let named = |label: &Option<String>| label.clone().unwrap_or_else(|| "the highest band".to_owned());
    let both = [
        (format!("entering {}", named(&top.new)), &top.entering),
        (format!("leaving {}", named(&top.old)), &top.leaving),
    ];
    both.into_iter().filter(|(_, crowd)| crowd.count > 0).collect()
}

/// `65 warm → 90 hot`.
pub(super) fn standings(old: &Standing, new: &Standing) -> String {
    format!("{} → {}", standing(old), standing(new))
}

fn standing(standing: &Standing) -> String {
    match (&standing.score, &standing.band) {
        (Some(score), Some(band)) => format!("{score} {band}"),
        (Some(score), None) => score.to_string(),
        (None, Some(band)) => band.clone(),
        (None, None) => "nothing".to_owned(),
    }
}

/// A band for people.
pub(super) fn label(label: &Option<String>) -> &str {
    label.as_deref().unwrap_or("no band")
}

/// `3 rules`, `12,345 contacts`.
pub(super) fn counted(count: usize, word: &str) -> String {
    plural(count, word, &format!("{word}s"))
}

fn plural(count: usize, one: &str, several: &str) -> String {
    let word = if count == 1 { one } else { several };
    format!("{} {word}", grouped(count))
}

/// `12,345`.
pub(super) fn grouped(count: usize) -> String {
    with_commas(&count.to_string())
}

/// `+12,345.5`.
pub(super) fn grouped_points(points: Number) -> String {
    let written = points.signed();
    let (sign, digits) = written
        .split_at_checked(usize::from(points != Number::ZERO))
        .unwrap_or(("", &written));
    match digits.split_once('.') {
        Some((whole, fraction)) => format!("{sign}{}.{fraction}", with_commas(whole)),
        None => format!("{sign}{}", with_commas(digits)),
    }
}

fn with_commas(digits: &str) -> String {
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `2.3%`, `less than 0.1%`.
pub(super) fn share(count: usize, all: usize) -> String {
    let (count, all) = (count as u128, (all as u128).max(1));
    let thousandths = (count * 2_000 + all) / (all * 2);
    match thousandths {
        0 if count > 0 => "less than 0.1%".to_owned(),
        _ if thousandths.is_multiple_of(10) => format!("{}%", thousandths / 10),
        _ => format!("{}.{}%", thousandths / 10, thousandths % 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_easy_to_read() {
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(100), "100");
        assert_eq!(grouped_points(Number::parse("-12345.5").unwrap()), "-12,345.5");
        assert_eq!(grouped_points(Number::whole(1_000)), "+1,000");
        assert_eq!(grouped_points(Number::ZERO), "0");
        assert_eq!(
            (share(1, 3), share(1, 4), share(1, 5_000), share(0, 0)),
            (
                "33.3%".to_owned(),
                "25%".to_owned(),
                "less than 0.1%".to_owned(),
                "0%".to_owned()
            )
        );
    }
}
