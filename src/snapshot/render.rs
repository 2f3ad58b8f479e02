//! The review for people: what changed in rules and data, how many contacts went where, and then who, the most telling
//! first.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::number::Number;
use crate::page::{Entry, Page, Segment, Style, columns, plain, styled};

use super::{Change, Difference, Migration, OVERALL, Outcome, Review, Section, Shift, Value, why};

/// How a review is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// How many columns a line takes.
    pub width: usize,
    /// So many contacts of each kind are shown.
    pub most: usize,
    /// Whether the rules behind each change are shown.
    pub why: bool,
}

/// So many rules are shown that are different, or behind changes.
const MOST_RULES: usize = 20;

/// The page of a review.
pub fn render(review: &Review<'_>, layout: Layout) -> Page {
    let mut page = Page::new(layout.width);
    page.line(headline(review));
    page.gap();
    circumstances(&mut page, review);
    migrations(&mut page, &review.migrations());
    if layout.why {
        causes(&mut page, review);
    }
    for shift in [
        Shift::Band,
        Shift::Score,
        Shift::Other,
        Shift::Reasons,
        Shift::New,
        Shift::Gone,
    ] {
        group(&mut page, review, shift, layout);
    }
    page
}

/// `12 of 9000 contacts changed, 1 new, 1 gone`.
fn headline(review: &Review<'_>) -> Vec<Segment> {
    let count = |shifts: &[Shift]| shifts.iter().map(|shift| review.count(*shift)).sum::<usize>();
    let changed = count(&[Shift::Band, Shift::Score, Shift::Other]);
    let mut text = format!("{changed} of {} changed", contacts(review.accepted.contacts.len()));
    for (shift, what) in [
        (Shift::Reasons, "as before for other reasons"),
        (Shift::New, "new"),
        (Shift::Gone, "gone"),
    ] {
        let count = review.count(shift);
        if count > 0 {
            text.push_str(&format!(", {count} {what}"));
        }
    }
    vec![styled(Style::Title, text)]
}

fn contacts(count: usize) -> String {
    format!("{count} contact{}", if count == 1 { "" } else { "s" })
}

/// The day, the rules, the data and the columns.
fn circumstances(page: &mut Page, review: &Review<'_>) {
    let (accepted, now) = (review.accepted.as_of, review.now.as_of);
    let day = match accepted == now {
        true => vec![plain(format!("as of {now}"))],
        false => vec![plain(format!("as of {now}; accepted as of {accepted}"))],
    };
    fact(page, "day", day);
    let rules = &review.rules.rules;
    fact(
        page,
        "rules",
        vec![plain(match review.rules.same {
            true => "mean the same",
            false if rules.iter().all(|rule| rule.change == "reworded") => {
                "changed, but not in what gives points: bands, limits of scores, exclusions or the like"
            }
            false => "changed",
        })],
    );
    for rule in rules.iter().take(MOST_RULES) {
        let title = match &rule.now {
            Some(now) => format!("{} → {now}", rule.title),
            None => rule.title.clone(),
        };
        let lead = vec![
            plain("          "),
            styled(style_of(rule.change), format!("{:8} ", rule.change)),
        ];
        let text = vec![styled(Style::Faint, format!("{}: ", rule.score)), plain(title)];
        page.entry(Entry {
            lead,
            text,
            right: None,
        });
    }
    left_out(page, rules.len(), MOST_RULES, "          ");
    fact(
        page,
        "data",
        match &review.data {
            None => vec![plain("not known")],
            Some(files) if files.is_empty() => vec![plain("the same")],
            Some(files) => {
                let files = files.iter().map(|file| format!("{} {}", file.file, file.change));
                vec![plain(files.collect::<Vec<_>>().join(", "))]
            }
        },
    );
    for (names, what) in [(&review.new_columns, "new"), (&review.gone_columns, "gone")] {
        for name in names {
            fact(
                page,
                "results",
                vec![styled(style_of(what), what), plain(format!(" {name}"))],
            );
        }
    }
}

fn style_of(change: &str) -> Style {
    match change {
        "new" => Style::Good,
        "gone" => Style::Bad,
        "reworded" => Style::Faint,
        _ => Style::Strong,
    }
}

fn fact(page: &mut Page, name: &str, text: Vec<Segment>) {
    let lead = vec![styled(Style::Faint, format!("  {name:8}"))];
    page.entry(Entry {
        lead,
        text,
        right: None,
    });
}

fn left_out(page: &mut Page, all: usize, shown: usize, indent: &str) {
    if all > shown {
        page.line(vec![styled(
            Style::Faint,
            format!("{indent}… and {} more", all - shown),
        )]);
    }
}

/// How many contacts went from band to band.
fn migrations(page: &mut Page, migrations: &[Migration<'_>]) {
    if migrations.is_empty() {
        return;
    }
    title(page, "bands".to_owned());
    let name = |band: Option<&str>| band.unwrap_or("no band").to_owned();
    let words = migrations
        .iter()
        .map(|migration| format!("{} → {}", name(migration.from), name(migration.to)));
    let words: Vec<String> = words.collect();
    let width = words.iter().map(|words| columns(words)).max().unwrap_or(0);
    for (words, migration) in words.iter().zip(migrations) {
        page.line(vec![plain(format!(
            "  {}  {:>7}",
            padded(words, width),
            migration.contacts
        ))]);
    }
}

/// What is behind the changes of all contacts: for each rule, of how many, and by how much.
fn causes(page: &mut Page, review: &Review<'_>) {
    let mut causes: BTreeMap<(String, String), (usize, Number, Number)> = BTreeMap::new();
    for change in &review.changes {
        for section in why(review, change) {
            for step in section.steps.into_iter().filter(|step| !is_part(review, &step.title)) {
                let found = causes.entry((section.score.clone(), step.title));
                let (count, least, most) = found.or_insert((0, step.points, step.points));
                (*count, *least, *most) = (*count + 1, step.points.min(*least), step.points.max(*most));
            }
        }
    }
    if causes.is_empty() {
        return;
    }
    title(page, "behind the changes".to_owned());
    let mut causes: Vec<_> = causes.into_iter().collect();
    causes.sort_by_key(|(_, (count, ..))| Reverse(*count));
    let words = |least: &Number, most: &Number| match least == most {
        true => least.signed(),
        false => format!("{} to {}", least.signed(), most.signed()),
    };
    let shown = causes.iter().take(MOST_RULES);
    let width = shown
        .clone()
        .map(|(_, (_, least, most))| columns(&words(least, most)))
        .max();
    for ((score, cause), (count, least, most)) in shown {
        let points = words(least, most);
        let space = " ".repeat(width.unwrap_or(0).saturating_sub(columns(&points)));
        page.entry(Entry {
            lead: vec![plain(format!("  {count:>7} × {points}{space}  "))],
            text: vec![styled(Style::Faint, format!("{score}: ")), plain(cause)],
            right: None,
        });
    }
    left_out(page, causes.len(), MOST_RULES, "  ");
}

/// Whether a step of the overall score is the value of another score, whose own steps tell why.
fn is_part(review: &Review<'_>, title: &str) -> bool {
    let is_block = |rules: &super::Rules| rules.score(title).is_some();
    is_block(&review.now.rules) || is_block(&review.accepted.rules)
}

fn title(page: &mut Page, title: String) {
    page.gap();
    page.line(vec![styled(Style::Title, title)]);
}

/// The contacts that changed in one way, the greatest difference first.
fn group(page: &mut Page, review: &Review<'_>, shift: Shift, layout: Layout) {
    let of_group: Vec<&Change<'_>> = review.changes.iter().filter(|change| change.shift == shift).collect();
    if of_group.is_empty() {
        return;
    }
    let name = match shift {
        Shift::Band => "another band",
        Shift::Score => "another score",
        Shift::Other => "other results",
        Shift::Reasons => "the same result for other reasons",
        Shift::New => "new",
        Shift::Gone => "gone",
    };
    title(page, format!("{name} · {}", contacts(of_group.len())));
    let shown: Vec<_> = of_group
        .iter()
        .take(layout.most)
        .map(|change| (change, cells(change)))
        .collect();
    let width = |cell: usize| {
        shown
            .iter()
            .filter_map(|(_, cells)| Some(columns(cells.get(cell)?)))
            .max()
            .unwrap_or(0)
    };
    let widths = [width(0), width(1), width(2), width(3)];
    for (change, [id, scores, points, bands]) in &shown {
        let points = styled(Style::of(change.points().cmp(&Number::ZERO)), right(points, widths[2]));
        let lead = vec![
            plain("  "),
            styled(Style::Strong, padded(id, widths[0])),
            plain(format!("  {}  ", padded(scores, widths[1]))),
            points,
            plain(if widths[2] > 0 { "  " } else { "" }),
        ];
        let others = others(review, change);
        let bands = if others.is_empty() {
            bands.clone()
        } else {
            padded(bands, widths[3]) + "  "
        };
        let text = vec![plain(bands), styled(Style::Faint, others)];
        page.entry(Entry {
            lead,
            text,
            right: None,
        });
        if layout.why {
            reasons(page, review, change);
        }
    }
    left_out(page, of_group.len(), layout.most, "  ");
}

/// The id, the scores, their difference and the bands.
fn cells(change: &Change<'_>) -> [String; 4] {
    let scores = [change.before, change.after].map(|outcome| outcome.map(score_words));
    let bands = [change.before, change.after].map(|outcome| outcome.and_then(Outcome::band));
    let arrow = |before: String, after: String| match before == after {
        true => after,
        false => format!("{before} → {after}"),
    };
    let points = match change.points() {
        Number::ZERO => String::new(),
        points => points.signed(),
    };
    let [before, after] = scores;
    let scores = match (before, after) {
        (Some(before), Some(after)) => arrow(before, after),
        (one, other) => one.or(other).unwrap_or_default(),
    };
    let bands = match (change.shift, bands) {
        (Shift::New, [_, only]) | (Shift::Gone, [only, _]) => only.unwrap_or_default().to_owned(),
        (_, [None, None]) => String::new(),
        (_, bands) => {
            let [before, after] = bands.map(|band| band.unwrap_or("no band").to_owned());
            arrow(before, after)
        }
    };
    [change.id.to_string(), scores, points, bands]
}

fn score_words(outcome: &Outcome) -> String {
    outcome.score().map_or("–".to_owned(), |score| score.to_string())
}

/// What else of the result is different: `fit 150 → 130, lifecycle known → ready`.
fn others(review: &Review<'_>, change: &Change<'_>) -> String {
    let mut words = Vec::new();
    let (accepted, now) = (&review.accepted.rules, &review.now.rules);
    match (change.before, change.after) {
        (Some(Outcome::Scored(before)), Some(Outcome::Scored(after))) => {
            for (score, new) in now.scores.iter().zip(&after.values).skip(1) {
                let old = accepted.score(&score.name).and_then(|place| before.values.get(place));
                let told = |value: &Value| match &value.band {
                    Some(band) => format!("{} {band}", value.value),
                    None => value.value.to_string(),
                };
                if let Some(old) = old.map(told).filter(|old| *old != told(new)) {
                    words.push(format!("{} {old} → {}", score.name, told(new)));
                }
            }
            for (class, new) in now.classes.iter().zip(&after.classes) {
                let old = accepted.class(class).and_then(|place| before.classes.get(place));
                let told = |label: &Option<Arc<str>>| label.as_deref().unwrap_or("none").to_owned();
                if let Some(old) = old.filter(|old| *old != new) {
                    words.push(format!("{class} {} → {}", told(old), told(new)));
                }
            }
        }
        (Some(Outcome::Excluded { reason: before }), Some(Outcome::Excluded { reason: after })) => {
            words.push(format!("{before} → {after}"));
        }
        (_, Some(Outcome::Excluded { reason })) | (Some(Outcome::Excluded { reason }), None) => {
            words.push(reason.to_string())
        }
        _ => {}
    }
    words.join(", ")
}

/// Why a contact changed: a section for each score, whose steps add up to its difference.
fn reasons(page: &mut Page, review: &Review<'_>, change: &Change<'_>) {
    for Section {
        score,
        before,
        after,
        steps,
        ..
    } in why(review, change)
    {
        // That the overall score is the sum of the others needs no telling.
        if score == OVERALL && steps.iter().all(|step| is_part(review, &step.title)) {
            continue;
        }
        let values = match before == after {
            true => format!("  {after}"),
            false => format!("  {before} → {after}"),
        };
        page.line(vec![plain("      "), styled(Style::Strong, score), plain(values)]);
        let width = steps
            .iter()
            .map(|step| columns(&step.points.signed()))
            .max()
            .unwrap_or(0);
        for Difference {
            title,
            before,
            after,
            points,
        } in steps
        {
            let lead = vec![
                plain("        "),
                styled(Style::of(points.cmp(&Number::ZERO)), right(&points.signed(), width)),
                plain("  "),
            ];
            page.entry(Entry {
                lead,
                text: vec![plain(title)],
                right: Some(styled(Style::Faint, format!("{before} → {after}"))),
            });
        }
    }
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

fn right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(columns(text))))
}
