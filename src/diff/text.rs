//! The page of a difference, set to be read as a review: what changes, then what becomes of the contacts.

use crate::number::Number;
use crate::page::{Entry, Page, Style, columns, plain, styled};

use super::Difference;
use super::headline::{Piece, before, headline, shortened};
use super::impact::{Crowd, Impact, Migration, Mover};
use super::judging::{self, example};
use super::structure::{Change, Kind, Reach, Structure, Verdict};
use super::telling::{
    REST, counted, crowds, grouped, grouped_points, impact_title, label, mark, notes, overview, place, remarks, rest,
    standings, summary, was_and_is,
};

/// More rows of a table or list than these are counted.
const MOST_ROWS: usize = 12;

/// The page of a difference, so many columns wide.
pub fn render(difference: &Difference, width: usize) -> Page {
    let mut page = Page::new(width);
    let structure = &difference.structure;
    page.entry(Entry {
        text: vec![
            styled(Style::Title, &difference.old),
            plain(" → "),
            styled(Style::Title, &difference.new),
        ],
        ..Entry::default()
    });
    changes(&mut page, &structure.changes);
    page.gap();
    sentence(&mut page, "", &summary(structure));
    for line in remarks(&structure.remarks) {
        sentence(&mut page, "", &line);
    }
    self::verdict(&mut page, structure);
    if let Some(impact) = &difference.impact {
        self::impact(&mut page, impact, &structure.changes);
    }
    page
}

fn sentence(page: &mut Page, lead: &str, text: &str) {
    page.entry(Entry {
        lead: vec![plain(lead)],
        text: vec![plain(text)],
        ..Entry::default()
    });
}

fn title(page: &mut Page, text: &str) {
    page.gap();
    page.line(vec![styled(Style::Title, text)]);
}

fn style(kind: Kind) -> Style {
    match kind {
        Kind::Added => Style::Good,
        Kind::Removed => Style::Bad,
        Kind::Changed | Kind::Moved => Style::Strong,
    }
}

fn segments(pieces: Vec<Piece>) -> Vec<crate::page::Segment> {
    let segment = |piece| match piece {
        Piece::Plain(text) => plain(text),
        Piece::Old(text) => styled(Style::Bad, text),
        Piece::New(text) => styled(Style::Good, text),
    };
    pieces.into_iter().map(segment).collect()
}

fn changes(page: &mut Page, changes: &[Change]) {
    let mut last = None;
    for change in changes {
        let section = change.section.title();
        if last != Some(section) {
            title(page, section);
            last = Some(section);
        }
        self::change(page, change, "  ");
    }
}

fn change(page: &mut Page, change: &Change, indent: &str) {
    page.entry(Entry {
        lead: vec![plain(indent), styled(style(change.kind), mark(change.kind)), plain(" ")],
        text: segments(headline(change)),
        right: Some(styled(Style::Faint, place(change))),
    });
    let deeper = format!("{indent}  ");
    if let Some(before) = before(change) {
        page.entry(Entry {
            lead: vec![plain(&deeper), styled(Style::Faint, "was ")],
            text: segments(before),
            ..Entry::default()
        });
    }
    for note in notes(change) {
        page.entry(Entry {
            lead: vec![plain(&deeper)],
            text: vec![styled(Style::Faint, note)],
            ..Entry::default()
        });
    }
    for row in change.rows.iter().take(MOST_ROWS) {
        self::change(page, row, &deeper);
    }
    let more = change.rows.len().saturating_sub(MOST_ROWS);
    if more > 0 {
        sentence(page, &deeper, &format!("and {}", counted(more, "more row")));
    }
}

/// Whether any contact that could exist gets another result; of a contact that does, the test as it can be pasted.
fn verdict(page: &mut Page, structure: &Structure) {
    let mut lines = judging::verdict(structure).into_iter();
    let Some(first) = lines.next() else { return };
    let style = match structure.verdict {
        Some(Verdict::Equivalent) => Style::Good,
        Some(Verdict::Different | Verdict::Undecided) | None => Style::Strong,
    };
    page.gap();
    page.entry(Entry {
        text: vec![styled(style, first)],
        ..Entry::default()
    });
    lines.for_each(|line| sentence(page, "", &line));
    let Some(example) = example(structure) else { return };
    page.gap();
    for line in example.test.lines() {
        page.line(vec![plain(format!("  {line}"))]);
    }
}

fn impact(page: &mut Page, impact: &Impact, changes: &[Change]) {
    title(page, &impact_title(impact));
    let told = overview(impact);
    let width = told.iter().map(|(title, _)| columns(title)).max().unwrap_or_default();
    for (title, text) in told {
        sentence(page, &format!("  {title:width$}  "), &text);
    }
    if impact.bands.changed > 0 {
        migration(page, &impact.bands);
    }
    reaches(page, impact, changes);
    for (title, crowd) in crowds(impact) {
        self::crowd(page, &title, crowd);
    }
    if !impact.movers.is_empty() {
        title(page, "the greatest moves");
        for mover in &impact.movers {
            self::mover(page, mover);
        }
    }
}

/// The old bands down, the new ones across.
fn migration(page: &mut Page, bands: &Migration) {
    page.gap();
    let heads: Vec<String> = bands.new.iter().map(|new| label(new).to_owned()).collect();
    let rows: Vec<(String, Vec<String>)> = bands
        .old
        .iter()
        .zip(&bands.contacts)
        .map(|(old, counts)| {
            let cells = counts.iter().map(|count| match count {
                0 => "·".to_owned(),
                count => grouped(*count),
            });
            (label(old).to_owned(), cells.collect())
        })
        .collect();
    let first = rows
        .iter()
        .map(|(old, _)| columns(old))
        .chain([columns("from \\ to")])
        .max()
        .unwrap_or_default();
    let widths: Vec<usize> = (heads.iter().enumerate())
        .map(|(at, head)| {
            let cells = rows.iter().filter_map(|(_, cells)| cells.get(at));
            cells.map(|cell| columns(cell)).fold(columns(head), usize::max)
        })
        .collect();
    let padded = |text: &str, width: usize| format!("{}{text}", " ".repeat(width.saturating_sub(columns(text))));
    let mut head = vec![
        plain("  "),
        styled(
            Style::Faint,
            format!("from \\ to{}", " ".repeat(first.saturating_sub(9))),
        ),
    ];
    for (text, width) in heads.iter().zip(&widths) {
        head.push(styled(Style::Strong, format!("  {}", padded(text, *width))));
    }
    page.line(head);
    for ((old, cells), from) in rows.iter().zip(&bands.old) {
        let space = " ".repeat(first.saturating_sub(columns(old)));
        let mut line = vec![plain("  "), styled(Style::Strong, old), plain(space)];
        for ((cell, width), to) in cells.iter().zip(&widths).zip(&bands.new) {
            let stays = from == to || cell == "·";
            let style = if stays { Style::Faint } else { Style::Strong };
            line.push(styled(style, format!("  {}", padded(cell, *width))));
        }
        page.line(line);
    }
}

/// Which contacts each change moves.
fn reaches(page: &mut Page, impact: &Impact, changes: &[Change]) {
    let cells = |reach: Reach| {
        [
            grouped(reach.contacts),
            grouped(reach.bands),
            grouped_points(reach.points),
        ]
    };
    let told = changes
        .iter()
        .filter_map(|change| Some((Some(change), cells(change.reach?))));
    let mut told: Vec<(Option<&Change>, [String; 3])> = told.collect();
    if told.is_empty() {
        return;
    }
    told.extend(rest(impact).map(|reach| (None, cells(reach))));
    title(page, "which change moves whom");
    let heads = ["contacts", "band", "points"];
    let width = |at: usize| {
        let cells = told.iter().filter_map(|(_, cells)| cells.get(at));
        let widest = cells.map(|cell| columns(cell)).max();
        let head = heads.get(at).map_or(0, |head| columns(head));
        head.max(widest.unwrap_or_default())
    };
    let widths = [width(0), width(1), width(2)];
    let row = |cells: [&str; 3]| -> String {
        let cells = cells.iter().zip(widths);
        cells
            .map(|(cell, width)| format!("  {}{cell}", " ".repeat(width.saturating_sub(columns(cell)))))
            .collect()
    };
    page.line(vec![styled(Style::Faint, row(heads))]);
    for (change, [contacts, bands, points]) in &told {
        let text = match change {
            Some(change) => {
                let mark = [styled(style(change.kind), mark(change.kind)), plain(" ")];
                mark.into_iter().chain(segments(headline(change))).collect()
            }
            None => vec![plain("  "), styled(Style::Faint, REST)],
        };
        page.entry(Entry {
            lead: vec![plain(row([contacts, bands, points])), plain("  ")],
            text,
            right: change.map(|change| styled(Style::Faint, place(change))),
        });
    }
}

fn crowd(page: &mut Page, name: &str, crowd: &Crowd) {
    title(page, &format!("{name}: {}", counted(crowd.count, "contact")));
    let width = crowd
        .first
        .iter()
        .map(|moved| columns(&moved.contact))
        .max()
        .unwrap_or_default();
    for moved in &crowd.first {
        let space = " ".repeat(width.saturating_sub(columns(&moved.contact)));
        sentence(
            page,
            "  ",
            &format!("{}{space}  {}", moved.contact, standings(&moved.old, &moved.new)),
        );
    }
    let more = crowd.count.saturating_sub(crowd.first.len());
    if more > 0 {
        sentence(page, "  ", &format!("and {} more", grouped(more)));
    }
}

fn mover(page: &mut Page, mover: &Mover) {
    let points = |points: Number| styled(Style::of(points.cmp(&Number::ZERO)), points.signed());
    page.entry(Entry {
        lead: vec![plain("  ")],
        text: vec![
            styled(Style::Strong, &mover.moved.contact),
            plain(format!("  {}  ", standings(&mover.moved.old, &mover.moved.new))),
            points(mover.points),
        ],
        ..Entry::default()
    });
    let width = mover
        .lines
        .iter()
        .map(|line| columns(&line.points.signed()))
        .max()
        .unwrap_or_default();
    for line in &mover.lines {
        let space = " ".repeat(width.saturating_sub(columns(&line.points.signed())));
        let mut text = vec![plain(shortened(&line.of))];
        text.extend(
            line.block
                .as_ref()
                .map(|block| styled(Style::Faint, format!(" ({block})"))),
        );
        text.extend(was_and_is(line).map(|told| plain(format!(": {told}"))));
        let was = if line.change == Some(Kind::Removed) { "was " } else { "" };
        page.entry(Entry {
            lead: vec![plain(format!("    {space}")), points(line.points), plain("  ")],
            text,
            right: line.line.map(|at| styled(Style::Faint, format!("{was}line {at}"))),
        });
    }
}
