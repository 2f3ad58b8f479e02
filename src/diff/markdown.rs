//! A difference as Markdown, made for a comment on a pull request: what matters at once, long lists folded.

use super::Difference;
use super::headline::{before, headline, plain, shortened};
use super::impact::{Crowd, Impact, Mover};
use super::judging::{self, example};
use super::structure::{Change, Kind, Reach, Structure};
use super::telling::{
    REST, counted, crowds, grouped, grouped_points, impact_title, label, mark, notes, overview, place, remarks, rest,
    standings, summary, was_and_is,
};

/// More changes than these are folded.
const MOST_OPEN: usize = 25;

/// A difference as Markdown.
pub fn markdown(difference: &Difference) -> String {
    let structure = &difference.structure;
    let mut text = format!(
        "### leadscore: {} → {}\n\n",
        code(&difference.old),
        code(&difference.new)
    );
    text += &format!("{}\n\n", capitalized(&summary(structure)));
    text += &changes(structure);
    text += &verdict(structure);
    let remarks = remarks(&structure.remarks);
    if !remarks.is_empty() {
        let lines: String = remarks.iter().map(|line| format!("- {}\n", escaped(line))).collect();
        text += &folded("Differs without a difference to any contact", &lines);
    }
    if let Some(impact) = &difference.impact {
        text += &self::impact(impact, &structure.changes);
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

/// Whether any contact that could exist gets another result, and one that does as a test.
fn verdict(structure: &Structure) -> String {
    let mut lines = judging::verdict(structure).into_iter();
    let Some(first) = lines.next() else {
        return String::new();
    };
    let mut text = format!("**{}**\n\n", escaped(&capitalized(&first)));
    for line in lines {
        text += &format!("{}\n\n", escaped(&capitalized(&line)));
    }
    // Each line of a test begins with a word or a comment's sign, and texts stand on one line, so that none closes it.
    if let Some(example) = example(structure) {
        text += &format!(
            "<details open>\n<summary>The contact as a test</summary>\n\n```leadscore\n{}```\n\n</details>\n\n",
            example.test
        );
    }
    text
}

fn changes(structure: &Structure) -> String {
    if structure.changes.is_empty() {
        return String::new();
    }
    let mut lines = String::new();
    let mut last = None;
    for change in &structure.changes {
        let section = change.section.title();
        if last != Some(section) {
            lines += &format!("# {}\n", on_one_line(section));
            last = Some(section);
        }
        self::change(&mut lines, change, "");
    }
    // Each line of the block begins with a sign, so that none can close it.
    let block = format!("```diff\n{lines}```\n\n");
    if structure.changes.len() > MOST_OPEN {
        return folded(&format!("All {}", counted(structure.changes.len(), "change")), &block);
    }
    block
}

/// Lines that a diff shows in green, red, and, for what changed, in a colour of its own.
fn change(lines: &mut String, change: &Change, indent: &str) {
    let sign = match change.kind {
        Kind::Added | Kind::Removed => mark(change.kind),
        Kind::Changed | Kind::Moved => "!",
    };
    let notes = notes(change).into_iter().chain([place(change)]);
    let notes: Vec<String> = notes.filter(|note| !note.is_empty()).collect();
    let notes = match notes.as_slice() {
        [] => String::new(),
        notes => format!("    # {}", on_one_line(&notes.join(", "))),
    };
    let said = on_one_line(&plain(&headline(change)));
    *lines += &format!("{sign} {indent}{said}{notes}\n");
    if let Some(before) = before(change) {
        *lines += &format!("! {indent}  was {}\n", on_one_line(&plain(&before)));
    }
    for row in &change.rows {
        self::change(lines, row, &format!("{indent}  "));
    }
}

fn impact(impact: &Impact, changes: &[Change]) -> String {
    let mut text = format!("#### {}\n\n", capitalized(&impact_title(impact)));
    for (title, told) in overview(impact) {
        text += &format!("- **{title}**: {}\n", escaped(&told));
    }
    text.push('\n');
    if impact.bands.changed > 0 {
        text += &migration(impact);
    }
    text += &reaches(impact, changes);
    for (title, crowd) in crowds(impact) {
        let title = format!("{}: {}", capitalized(&title), counted(crowd.count, "contact"));
        text += &folded(&title, &self::crowd(crowd));
    }
    if !impact.movers.is_empty() {
        let movers: String = impact.movers.iter().map(mover).collect();
        text += &folded("The greatest moves", &movers);
    }
    text
}

fn migration(impact: &Impact) -> String {
    let bands = &impact.bands;
    let head: String = bands
        .new
        .iter()
        .map(|new| format!(" {} |", escaped(label(new))))
        .collect();
    let rule: String = bands.new.iter().map(|_| " ---: |").collect();
    let mut text = format!("| from \\ to |{head}\n| --- |{rule}\n");
    for (old, counts) in bands.old.iter().zip(&bands.contacts) {
        let cells = counts.iter().zip(&bands.new).map(|(count, new)| match count {
            0 => " |".to_owned(),
            count if new == old => format!(" {} |", grouped(*count)),
            count => format!(" **{}** |", grouped(*count)),
        });
        text += &format!("| {} |{}\n", escaped(label(old)), cells.collect::<String>());
    }
    text + "\n"
}

fn reaches(impact: &Impact, changes: &[Change]) -> String {
    let row = |said: String, reach: Reach| {
        let (contacts, bands, points) = (
            grouped(reach.contacts),
            grouped(reach.bands),
            grouped_points(reach.points),
        );
        format!("| {said} | {contacts} | {bands} | {points} |\n")
    };
    let told = changes.iter().filter_map(|change| {
        let said = cell(&format!("{} {}", mark(change.kind), plain(&headline(change))));
        Some(row(said, change.reach?))
    });
    let rows: String = told.collect();
    let rest = rest(impact)
        .map(|reach| row(REST.to_owned(), reach))
        .unwrap_or_default();
    match rows.is_empty() {
        true => rows,
        false => format!("| change | contacts | band | points |\n| --- | ---: | ---: | ---: |\n{rows}{rest}\n"),
    }
}

fn crowd(crowd: &Crowd) -> String {
    let rows = crowd.first.iter();
    let rows: String = rows
        .map(|moved| {
            format!(
                "- {}: {}\n",
                code(&moved.contact),
                escaped(&standings(&moved.old, &moved.new))
            )
        })
        .collect();
    match crowd.count.saturating_sub(crowd.first.len()) {
        0 => rows,
        more => format!("{rows}- and {} more\n", grouped(more)),
    }
}

fn mover(mover: &Mover) -> String {
    let (moved, points) = (&mover.moved, mover.points.signed());
    let standing = escaped(&standings(&moved.old, &moved.new));
    let mut text = format!("- {}: {standing}, **{points}**\n", code(&moved.contact));
    for line in &mover.lines {
        let block = line
            .block
            .as_ref()
            .map_or_else(String::new, |block| format!(" ({})", escaped(block)));
        let was = was_and_is(line).map_or_else(String::new, |told| format!(": {told}"));
        text += &format!(
            "  - {} by {}{block}{was}\n",
            line.points.signed(),
            code(&shortened(&line.of))
        );
    }
    text
}

/// A part that is opened by a click.
fn folded(title: &str, inside: &str) -> String {
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    let title = on_one_line(&title);
    format!(
        "<details>\n<summary>{title}</summary>\n\n{}\n\n</details>\n\n",
        inside.trim_end()
    )
}

/// A [code](code) in a cell of a table, which ends at a bar, be it between backticks.
fn cell(text: &str) -> String {
    code(text).replace('|', "\\|")
}

/// A text between backticks, more of them than it has in a row.
fn code(text: &str) -> String {
    let text = on_one_line(text);
    let longest = text
        .split(|character| character != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    match longest {
        0 => format!("{fence}{text}{fence}"),
        _ => format!("{fence} {text} {fence}"),
    }
}

/// A text of which nothing is taken for Markdown or HTML.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for character in on_one_line(text).chars() {
        match character {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '@' => escaped.extend(['\\', character]),
            plain => escaped.push(plain),
        }
    }
    escaped
}

fn on_one_line(text: &str) -> String {
    text.split(|character: char| character.is_control())
        .collect::<Vec<_>>()
        .join(" ")
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_uppercase().collect::<String>());
    first.unwrap_or_default() + characters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_breaks_out_of_its_place() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a `b` |"), "`` a `b` | ``");
        assert_eq!(cell("a `b` |"), "`` a `b` \\| ``");
        assert_eq!(escaped("<b> @all\n*x*"), "&lt;b&gt; \\@all \\*x\\*");
        assert!(folded("<x>", "y").contains("<summary>&lt;x></summary>"));
    }
}
