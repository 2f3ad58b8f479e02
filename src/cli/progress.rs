//! Progress on a terminal, while many events are read.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::console::Console;

/// A line that counts events, once it takes long.
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    shows: bool,
    started: std::time::Instant,
    events: u64,
}

/// Who waits no longer than this needs no progress.
const PATIENCE: Duration = Duration::from_millis(500);

impl Progress {
    /// Progress that shows nothing yet.
    pub(crate) fn new(console: &Console) -> Progress {
        Progress {
            bar: None,
            shows: console.shows_progress(),
            started: std::time::Instant::now(),
            events: 0,
        }
    }

    /// Counts more events.
    pub(crate) fn add(&mut self, events: usize) {
        self.events += events as u64;
        if !self.shows || self.started.elapsed() < PATIENCE {
            return;
        }
        let bar = self.bar.get_or_insert_with(line);
        bar.set_position(self.events);
    }

    /// Takes the line away.
    pub(crate) fn finish(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}

fn line() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    let style = ProgressStyle::with_template("{spinner} {human_pos} events read, {per_sec}, {elapsed}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    bar
}
