//! The words in which a difference is told, whoever shows them: on a page, in Markdown, in HTML.

use crate::number::Number;

use super::headline::shortened;
use super::impact::{Impact, Standing};
use super::ledger::Line;
use super::structure::{Change, Kind, Reach, Remarks, Reworded, Structure, Subject, Text};
use super::words::Run;

/// The sign before a change.
pub(super) fn mark(kind: Kind) -> &'static str {
    match kind {
        Kind::Added => "+",
        Kind::Removed => "-",
        Kind::Changed => "~",
        Kind::Moved => ">",
    }
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
    if remarks.columns_reordered {
        lines.push("the columns of the result stand in another order".to_owned());
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

/// What a line about a mover says of its points, beside what it adds: what it was, where it is gone or was something else.
pub(super) fn was_and_is(line: &Line) -> Option<String> {
    let (old, new) = (line.old, line.new);
    match line.change {
        Some(Kind::Removed) => Some(format!("gone, {old} → 0")),
        _ if line.is_made => Some(made(old, new)),
        _ if old != Number::ZERO && new != Number::ZERO => Some(format!("{old} → {new}")),
        _ => None,
    }
}

/// What is made of the points of others: `takes 40 of the points, took 14`. What is or was nothing has the verb of the
/// other.
fn made(old: Number, new: Number) -> String {
    let is_taken =
        |points: Number, other: Number| points < Number::ZERO || (points == Number::ZERO && other < Number::ZERO);
    let many = |points: Number| match points {
        Number::ZERO => "none".to_owned(),
        points => points.to_string().trim_start_matches('-').to_owned(),
    };
    let now = match is_taken(new, old) {
        true => format!("takes {} of the points", many(new)),
        false => format!("adds {} to the points", many(new)),
    };
    let before = if is_taken(old, new) { "took" } else { "added" };
    format!("{now}, {before} {}", many(old))
}

/// What moves contacts besides the changes, where anything does.
pub(super) fn rest(impact: &Impact) -> Option<Reach> {
    Some(impact.rest).filter(|rest| rest.contacts > 0)
}

/// How it is called.
pub(super) const REST: &str = "what limits, decay and formulas make of other points";

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
    fn what_is_made_of_points_is_taken_or_added() {
        let made = |old, new| made(Number::whole(old), Number::whole(new));
        assert_eq!(made(-14, -40), "takes 40 of the points, took 14");
        assert_eq!(made(-10, 0), "takes none of the points, took 10");
        assert_eq!(made(0, -10), "takes 10 of the points, took none");
        assert_eq!(made(-5, 7), "adds 7 to the points, took 5");
        assert_eq!(made(0, 7), "adds 7 to the points, added none");
    }

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
