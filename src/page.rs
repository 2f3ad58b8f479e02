//! Pages of plain text: lines of lightly marked segments, aligned and wrapped by what letters take on a screen.
//!
//! A page knows no colour. Whoever shows it decides what a [`Style`] looks like, or shows the plain text, which is the
//! page's [`Display`](fmt::Display).

use std::cmp::Ordering;
use std::fmt;

use unicode_width::UnicodeWidthStr;

/// How a part of a line is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// As ordinary text.
    Plain,
    /// As a title.
    Title,
    /// As something that matters.
    Strong,
    /// As something gained, or passed.
    Good,
    /// As something lost, or failed.
    Bad,
    /// As something that stands back: a place, a remark.
    Faint,
}

impl Style {
    /// The style of something that is less than nothing, nothing or more: lost, standing back, gained.
    pub fn of(sign: Ordering) -> Style {
        match sign {
            Ordering::Less => Style::Bad,
            Ordering::Equal => Style::Faint,
            Ordering::Greater => Style::Good,
        }
    }
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// What it says.
    pub text: String,
    /// How it is meant.
    pub style: Style,
}

/// A text of a style.
pub fn styled(style: Style, text: impl Into<String>) -> Segment {
    Segment {
        text: text.into(),
        style,
    }
}

/// A text of no style.
pub fn plain(text: impl Into<String>) -> Segment {
    styled(Style::Plain, text)
}

/// The columns that a text takes on a screen.
pub fn columns(text: &str) -> usize {
    text.width()
}

/// Lines of segments. Its plain text ends each line with a line feed and has no white space before one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    lines: Vec<Vec<Segment>>,
    width: usize,
}

/// Where the parts of one entry stand.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// Before the text, on the first line only; as wide as the indentation of the lines after it.
    pub lead: Vec<Segment>,
    /// The text, wrapped between words.
    pub text: Vec<Segment>,
    /// At the right edge of the first line.
    pub right: Option<Segment>,
}

impl Page {
    /// The narrowest page: a narrower one is set in this width.
    pub const NARROWEST: usize = 40;

    /// A page without lines, so many columns wide.
    pub fn new(width: usize) -> Page {
        Page {
            lines: Vec::new(),
            width: width.max(Self::NARROWEST),
        }
    }

    /// The lines.
    pub fn lines(&self) -> &[Vec<Segment>] {
        &self.lines
    }

    /// Adds an empty line, unless the page is empty or ends with one.
    pub fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(Vec::new());
        }
    }

    /// Adds a line as it is.
    pub fn line(&mut self, segments: Vec<Segment>) {
        self.lines.push(segments);
    }

    /// Adds an entry: its text is wrapped, and the lines after the first stand below it.
    pub fn entry(&mut self, entry: Entry) {
        let indent = segments_columns(&entry.lead);
        let right = entry.right.as_ref().map_or(0, |right| columns(&right.text));
        let beside = if right == 0 { 0 } else { right + 2 };
        let room = self.width.saturating_sub(indent + beside).max(Self::NARROWEST / 2);
        let mut wrapped = wrap(entry.text, room).into_iter();
        let mut first = entry.lead;
        first.extend(wrapped.next().unwrap_or_default());
        if let Some(segment) = entry.right {
            let space = self.width.saturating_sub(segments_columns(&first) + right).max(2);
            first.push(plain(" ".repeat(space)));
            first.push(segment);
        }
        self.lines.push(first);
        for rest in wrapped {
            let mut line = vec![plain(" ".repeat(indent))];
            line.extend(rest);
            self.lines.push(line);
        }
    }
}

impl fmt::Display for Page {
    /// The plain text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.lines {
            let text: String = line.iter().map(|segment| segment.text.as_str()).collect();
            writeln!(f, "{}", text.trim_end())?;
        }
        Ok(())
    }
}

fn segments_columns(segments: &[Segment]) -> usize {
    segments.iter().map(|segment| columns(&segment.text)).sum()
}

/// Lines of at most so many columns, broken at spaces. A word wider than that has a line of its own.
fn wrap(segments: Vec<Segment>, room: usize) -> Vec<Vec<Segment>> {
    let mut lines: Vec<Vec<Segment>> = vec![Vec::new()];
    let mut used = 0;
    for segment in segments {
        for word in segment.text.split_inclusive(' ') {
            let width = columns(word.trim_end_matches(' '));
            if used > 0 && used + width > room {
                trim_end(&mut lines);
                lines.push(Vec::new());
                used = 0;
            }
            used += columns(word);
            append(&mut lines, word, segment.style);
        }
    }
    lines
}

/// Takes the spaces off the end of the last line.
fn trim_end(lines: &mut [Vec<Segment>]) {
    if let Some(last) = lines.last_mut().and_then(|line| line.last_mut()) {
        last.text.truncate(last.text.trim_end_matches(' ').len());
    }
}

/// Adds a word to the last line: to its last segment where that has the same style.
fn append(lines: &mut [Vec<Segment>], word: &str, style: Style) {
    let Some(line) = lines.last_mut() else { return };
    match line.last_mut() {
        Some(last) if last.style == style => last.text.push_str(word),
        _ => line.push(styled(style, word)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_wraps_below_its_text_and_keeps_its_right_edge() {
        let mut page = Page::new(40);
        page.entry(Entry {
            lead: vec![styled(Style::Good, "+5  ")],
            text: vec![plain("a text of several words that is too long for one line")],
            right: Some(styled(Style::Faint, "line 3")),
        });
        assert_eq!(
            page.to_string(),
            "+5  a text of several words that  line 3\n    is too long for one line\n"
        );
    }

    #[test]
    fn wide_letters_take_two_columns() {
        let mut page = Page::new(40);
        page.entry(Entry {
            lead: Vec::new(),
            text: vec![plain("東京")],
            right: Some(plain("x")),
        });
        assert_eq!(page.to_string(), format!("東京{}x\n", " ".repeat(35)));
    }

    #[test]
    fn gaps_do_not_add_up_nor_begin_a_page() {
        let mut page = Page::new(40);
        page.gap();
        page.line(vec![plain("a")]);
        page.gap();
        page.gap();
        page.line(vec![plain("b")]);
        assert_eq!(page.to_string(), "a\n\nb\n");
    }
}
