//! Where lines break: a piece of text is written on one line where it fits, and else broken at its own places first.

use unicode_width::UnicodeWidthStr;

/// How many columns a line may have.
const MOST_COLUMNS: usize = 100;
/// How much deeper a broken part stands.
const STEP: usize = 2;

/// A text with the places where it may break.
#[derive(Clone, Debug)]
pub(super) enum Layout {
    /// A part that never breaks.
    Text(String),
    /// A place to break: a line end, or else what stands between on one line.
    Break(&'static str),
    /// Parts one after the other.
    Parts(Vec<Layout>),
    /// A part whose broken lines stand deeper.
    Deeper(Box<Layout>),
    /// A part that breaks at all of its own places or at none.
    Group(Box<Layout>),
}

impl Layout {
    pub(super) fn text(text: impl Into<String>) -> Layout {
        Layout::Text(text.into())
    }

    pub(super) fn group(parts: Vec<Layout>) -> Layout {
        Layout::Group(Box::new(Layout::Parts(parts)))
    }

    pub(super) fn deeper(parts: Vec<Layout>) -> Layout {
        Layout::Deeper(Box::new(Layout::Parts(parts)))
    }

    /// The text that stands first.
    pub(super) fn first_text(&self) -> &str {
        match self {
            Layout::Text(text) => text,
            Layout::Break(_) => "",
            Layout::Parts(parts) => parts.first().map_or("", Layout::first_text),
            Layout::Deeper(layout) | Layout::Group(layout) => layout.first_text(),
        }
    }

    /// Everything without a break.
    pub(super) fn on_one_line(&self) -> String {
        match self {
            Layout::Text(text) => text.clone(),
            Layout::Break(flat) => (*flat).to_owned(),
            Layout::Parts(parts) => parts.iter().map(Layout::on_one_line).collect(),
            Layout::Deeper(layout) | Layout::Group(layout) => layout.on_one_line(),
        }
    }

    /// Parts between a sign, which breaks behind it.
    pub(super) fn listed(items: impl IntoIterator<Item = Layout>) -> Layout {
        let mut parts = Vec::new();
        for item in items {
            if !parts.is_empty() {
                parts.extend([Layout::text(","), Layout::Break(" ")]);
            }
            parts.push(item);
        }
        Layout::Parts(parts)
    }
}

/// A part that is still to be written.
#[derive(Clone, Copy)]
struct Pending<'a> {
    layout: &'a Layout,
    indentation: usize,
    broken: bool,
}

/// Writes a layout whose first line stands behind an indentation.
pub(super) fn write(layout: &Layout, indentation: usize) -> String {
    let mut written = String::new();
    let mut column = indentation;
    let broken = true;
    let mut pending = vec![Pending {
        layout,
        indentation,
        broken,
    }];
    while let Some(part) = pending.pop() {
        match part.layout {
            Layout::Text(text) => {
                written.push_str(text);
                column += text.width();
            }
            Layout::Break(_) if part.broken => {
                written.push('\n');
                written.extend(std::iter::repeat_n(' ', part.indentation));
                column = part.indentation;
            }
            Layout::Break(flat) => {
                written.push_str(flat);
                column += flat.width();
            }
            Layout::Parts(parts) => pending.extend(parts.iter().rev().map(|layout| Pending { layout, ..part })),
            Layout::Deeper(layout) => {
                let indentation = part.indentation + STEP;
                pending.push(Pending {
                    layout,
                    indentation,
                    ..part
                });
            }
            Layout::Group(layout) => {
                let flat = Pending {
                    layout,
                    broken: false,
                    ..part
                };
                let broken = !fits(flat, &pending, MOST_COLUMNS.saturating_sub(column));
                pending.push(Pending { broken, ..flat });
            }
        }
    }
    written
}

/// Whether a part fits on what is left of the line, with what follows it up to the next break.
fn fits(part: Pending<'_>, rest: &[Pending<'_>], mut room: usize) -> bool {
    let mut rest = rest.iter().rev();
    let mut pending = vec![part];
    loop {
        let Some(part) = pending.pop().or_else(|| rest.next().copied()) else {
            return true;
        };
        let width = match part.layout {
            Layout::Text(text) => text.width(),
            Layout::Break(_) if part.broken => return true,
            Layout::Break(flat) => flat.width(),
            Layout::Parts(parts) => {
                pending.extend(parts.iter().rev().map(|layout| Pending { layout, ..part }));
                0
            }
            Layout::Deeper(layout) | Layout::Group(layout) => {
                pending.push(Pending { layout, ..part });
                0
            }
        };
        match room.checked_sub(width) {
            Some(left) => room = left,
            None => return false,
        }
    }
}
