//! Standard output and standard error: results on the one, everything else on the other.

use std::io::{self, BufWriter, Stdout, Write};

use super::draw::draw_error;
use super::failure::{Failure, reason};
use super::look::{Color, Look};

/// Where a command writes.
pub(crate) struct Console {
    /// How text may look on standard output.
    pub(crate) out: Look,
    /// How text may look on standard error.
    pub(crate) err: Look,
    quiet: bool,
}

impl Console {
    /// The console of a run.
    pub(crate) fn new(color: Color, quiet: bool) -> Console {
        Console {
            out: Look::of_stdout(color),
            err: Look::of_stderr(color),
            quiet,
        }
    }

    /// Whether only errors are wanted.
    pub(crate) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Whether somebody waits at the terminal and may be shown progress.
    pub(crate) fn shows_progress(&self) -> bool {
        self.err.is_terminal && !self.quiet
    }

    /// Writes a result to standard output.
    pub(crate) fn print(&self, text: &str) -> Result<(), Failure> {
        self.write(|output| output.write_all(text.as_bytes()))
    }

    /// Writes a result to standard output as JSON.
    pub(crate) fn print_json(&self, value: &impl serde::Serialize) -> Result<(), Failure> {
        self.write(|output| {
            serde_json::to_writer_pretty(&mut *output, value)?;
            output.write_all(b"\n")
        })
    }

    /// Writes results to standard output piece by piece. A reader that has gone is no error: what it would have read
    /// is dropped.
    pub(crate) fn write(&self, work: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>) -> Result<(), Failure> {
        let mut output = BufWriter::with_capacity(1 << 16, Pipe::new());
        work(&mut output)
            .and_then(|()| output.flush())
            .map_err(|error| Failure::no_output(&error))
    }

    /// Tells something on standard error, unless only errors are wanted.
    pub(crate) fn note(&self, text: &str) {
        if !self.quiet {
            self.tell(text);
        }
    }

    /// Warns on standard error, unless only errors are wanted.
    pub(crate) fn warn(&self, text: &str) {
        self.note(&format!("{}: {text}", self.err.doubtful("warning")));
    }

    /// Shows why the command fails.
    pub(crate) fn fail(&self, failure: &Failure) {
        match failure {
            Failure::Findings => {}
            Failure::Connect(error) if miette::Diagnostic::source_code(error).is_some() => {
                self.tell(&draw_error(error, self.err));
            }
            Failure::Snapshot(error) => self.tell(&draw_error(error, self.err)),
            other => self.fail_in_words(other),
        }
    }

    fn fail_in_words(&self, failure: &Failure) {
        let word = match failure.code() {
            Some(code) => format!("error[{code}]"),
            None => "error".to_owned(),
        };
        self.tell(&format!("{}: {}", self.err.bad(&word), reason(failure)));
        if let Some(help) = failure.help() {
            self.tell(&format!("{}: {help}", self.err.good("help")));
        }
    }

    /// Tells something on standard error, whatever is wanted.
    pub(crate) fn tell(&self, text: &str) {
        // Nothing is left to be done when standard error cannot be written.
        let _ = writeln!(anstream::stderr(), "{}", text.trim_end_matches('\n'));
    }
}

/// Standard output that may lose its reader.
struct Pipe {
    stdout: Stdout,
    closed: bool,
}

impl Pipe {
    fn new() -> Pipe {
        Pipe {
            stdout: io::stdout(),
            closed: false,
        }
    }

    fn unless_closed<T>(&mut self, dropped: T, work: impl FnOnce(&mut Stdout) -> io::Result<T>) -> io::Result<T> {
        if self.closed {
            return Ok(dropped);
        }
        match work(&mut self.stdout) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(dropped)
            }
            other => other,
        }
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unless_closed(bytes.len(), |stdout| stdout.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_closed((), |stdout| stdout.flush())
    }
}
