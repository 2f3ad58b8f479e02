//! An invoice: titles, steps with their points in a column, notes below them, sums below a rule.

use crate::number::Number;
use crate::page::{Entry, Page, Segment, Style, columns, plain, styled};
use crate::reason::Reason;

/// The page of a score in the making.
pub(super) struct Invoice<'a> {
    pub(super) page: &'a mut Page,
    /// How wide the column of points is.
    pub(super) points: usize,
}

impl Invoice<'_> {
    /// The title of a section.
    pub(super) fn title(&mut self, title: &str) {
        self.page.gap();
        self.page.line(vec![styled(Style::Title, title)]);
    }

    /// A sentence of a section.
    pub(super) fn remark(&mut self, text: &str) {
        self.page.entry(Entry {
            lead: vec![plain("  ")],
            text: vec![plain(text)],
            right: None,
        });
    }

    /// Something that gave or took points.
    pub(super) fn step(&mut self, points: Number, text: Vec<Segment>, line: Option<usize>) {
        let style = Style::of(points.cmp(&Number::ZERO));
        let points = right_aligned(&points.signed(), self.points);
        let lead = vec![plain("  "), styled(style, points), plain("  ")];
        self.page.entry(Entry {
            lead,
            text,
            right: line.map(line_number),
        });
    }

    /// The rule below the points, and their sum.
    pub(super) fn sum(&mut self, value: Number, text: Vec<Segment>) {
        let rule = "─".repeat(self.points);
        self.page.line(vec![plain("  "), styled(Style::Faint, rule)]);
        let value = right_aligned(&value.to_string(), self.points);
        let lead = vec![plain("  "), styled(Style::Strong, value), plain("  ")];
        self.page.entry(Entry {
            lead,
            text,
            right: None,
        });
    }

    /// Something about the step above it.
    pub(super) fn note(&mut self, text: String) {
        let lead = vec![plain(" ".repeat(self.points + 4))];
        self.page.entry(Entry {
            lead,
            text: vec![styled(Style::Faint, text)],
            right: None,
        });
    }

    /// Why the step above it is as it is.
    pub(super) fn reasons(&mut self, reasons: &[Reason]) {
        let indent = " ".repeat(self.points + 4);
        for reason in reasons {
            reason_entries(self.page, &indent, reason);
        }
    }
}

/// A reason and, below it, those of its parts.
pub(super) fn reason_entries(page: &mut Page, indent: &str, reason: &Reason) {
    page.entry(Entry {
        lead: vec![plain(indent)],
        text: vec![styled(Style::Faint, &reason.says)],
        right: None,
    });
    for part in &reason.parts {
        reason_entries(page, &format!("{indent}  "), part);
    }
}

/// `line 12`, at the right edge.
pub(super) fn line_number(line: usize) -> Segment {
    styled(Style::Faint, format!("line {line}"))
}

/// A text at the right edge of so many columns.
pub(super) fn right_aligned(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(columns(text))))
}
