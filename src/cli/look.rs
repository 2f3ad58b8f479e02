//! How text may look where it is shown: colours, characters, width.

use std::io::IsTerminal;

use clap::ValueEnum;
use clap::builder::styling::{AnsiColor, Style};

use crate::page::{self, Page, Segment};

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How text may look on one stream.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    /// Whether there may be colours.
    pub(crate) color: bool,
    /// Whether there may be characters beyond ASCII in drawings.
    pub(crate) unicode: bool,
    /// How many columns there are.
    pub(crate) width: usize,
    /// Whether somebody looks at it.
    pub(crate) is_terminal: bool,
}

/// Text that is not read on a terminal is as wide as a page.
const PAGE_WIDTH: usize = 100;

impl Look {
    /// How text may look on standard output.
    pub(crate) fn of_stdout(color: Color) -> Look {
        Look::new(
            color,
            anstream::AutoStream::choice(&std::io::stdout()),
            std::io::stdout().is_terminal(),
        )
    }

    /// How text may look on standard error.
    pub(crate) fn of_stderr(color: Color) -> Look {
        Look::new(
            color,
            anstream::AutoStream::choice(&std::io::stderr()),
            std::io::stderr().is_terminal(),
        )
    }

    fn new(color: Color, found: anstream::ColorChoice, is_terminal: bool) -> Look {
        let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        Look {
            color: match color {
                Color::Auto => found != anstream::ColorChoice::Never,
                Color::Always => true,
                Color::Never => false,
            },
            unicode: supports_unicode::supports_unicode() || !is_terminal,
            width: width.filter(|_| is_terminal).unwrap_or(PAGE_WIDTH).clamp(40, 140),
            is_terminal,
        }
    }

    /// Bold text.
    pub(crate) fn bold(self, text: &str) -> String {
        self.paint(Style::new().bold(), text)
    }

    /// Text that matters less.
    pub(crate) fn dim(self, text: &str) -> String {
        self.paint(Style::new().dimmed(), text)
    }

    /// What is well.
    pub(crate) fn good(self, text: &str) -> String {
        self.paint(AnsiColor::Green.on_default(), text)
    }

    /// What is wrong.
    pub(crate) fn bad(self, text: &str) -> String {
        self.paint(AnsiColor::Red.on_default().bold(), text)
    }

    /// What is doubtful.
    pub(crate) fn doubtful(self, text: &str) -> String {
        self.paint(AnsiColor::Yellow.on_default().bold(), text)
    }

    /// A page in the colours of its styles.
    pub(crate) fn page(self, page: &Page) -> String {
        if !self.color {
            return page.to_string();
        }
        let mut text = String::new();
        for line in page.lines() {
            let segments = line.iter().map(|segment| self.segment(segment));
            text.push_str(segments.collect::<String>().trim_end());
            text.push('\n');
        }
        text
    }

    fn segment(self, segment: &Segment) -> String {
        match segment.style {
            page::Style::Plain => segment.text.clone(),
            page::Style::Title | page::Style::Strong => self.bold(&segment.text),
            page::Style::Good => self.good(&segment.text),
            page::Style::Bad => self.bad(&segment.text),
            page::Style::Faint => self.dim(&segment.text),
        }
    }

    fn paint(self, style: Style, text: &str) -> String {
        match self.color {
            true => format!("{style}{text}{style:#}"),
            false => text.to_owned(),
        }
    }
}
