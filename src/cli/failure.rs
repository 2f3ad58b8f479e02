//! Why a command ends other than well, and with which exit code.

use std::fmt::Display;
use std::io;
use std::path::Path;

use crate::connect;
use crate::diagnostic::{Diagnostic, Severity};
use crate::snapshot;
use crate::source::Source;

use super::console::Console;

/// Why a command ends other than well.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// Errors in the rules, a failed test, an unformatted file: it has been shown.
    #[error("findings")]
    Findings,
    /// The command cannot be run as it was given.
    #[error("{message}")]
    Usage {
        /// What is wrong.
        message: String,
        /// What to do about it.
        help: Option<String>,
    },
    /// A file cannot be read.
    #[error("cannot read `{name}`: {reason}")]
    Unreadable {
        /// The code of its page.
        code: &'static str,
        /// The file.
        name: String,
        /// Why.
        reason: String,
        /// What to do about it.
        help: Option<String>,
    },
    /// A file, or standard output, cannot be written.
    #[error("cannot write {name}: {reason}")]
    Unwritable {
        /// The file.
        name: String,
        /// Why, in the words of the system.
        reason: String,
    },
    /// Nothing is accepted yet with which results could be compared.
    #[error("there is no accepted snapshot `{name}`")]
    NoSnapshot {
        /// Its file.
        name: String,
    },
    /// An accepted snapshot that cannot be read.
    #[error("{0}")]
    Snapshot(#[from] snapshot::Error),
    /// Data, their configuration or a result.
    #[error("{0}")]
    Connect(#[from] connect::Error),
}

impl Failure {
    /// A command that cannot be run as it was given.
    pub(crate) fn usage(message: impl Into<String>) -> Failure {
        Failure::Usage {
            message: message.into(),
            help: None,
        }
    }

    /// The same with advice.
    pub(crate) fn with_help(self, advice: impl Into<String>) -> Failure {
        match self {
            Failure::Usage { message, .. } => Failure::Usage {
                message,
                help: Some(advice.into()),
            },
            other => other,
        }
    }

    /// A file that cannot be written.
    pub(crate) fn unwritable(path: &Path, error: &io::Error) -> Failure {
        Failure::Unwritable {
            name: format!("`{}`", path.display()),
            reason: reason(error),
        }
    }

    /// Standard output that cannot be written.
    pub(crate) fn no_output(error: &io::Error) -> Failure {
        Failure::Unwritable {
            name: "standard output".to_owned(),
            reason: reason(error),
        }
    }

    /// What to do about it.
    pub(crate) fn help(&self) -> Option<String> {
        match self {
            Failure::Usage { help, .. } | Failure::Unreadable { help, .. } => help.clone(),
            Failure::Connect(error) => miette::Diagnostic::help(error).map(|help| help.to_string()),
            Failure::NoSnapshot { .. } => Some(FIRST_SNAPSHOT.to_owned()),
            Failure::Snapshot(error) => miette::Diagnostic::help(error).map(|help| help.to_string()),
            Failure::Findings | Failure::Unwritable { .. } => None,
        }
    }

    /// Its code, where it has a page.
    pub(crate) fn code(&self) -> Option<String> {
        match self {
            Failure::Connect(error) => miette::Diagnostic::code(error).map(|code| code.to_string()),
            Failure::Unreadable { code, .. } => Some((*code).to_owned()),
            Failure::Snapshot(error) => miette::Diagnostic::code(error).map(|code| code.to_string()),
            Failure::Findings | Failure::NoSnapshot { .. } | Failure::Usage { .. } | Failure::Unwritable { .. } => None,
        }
    }

    /// Shows all of some failures but the last, and fails with that one; fine where there are none.
    pub(crate) fn last(mut failures: Vec<Failure>, console: &Console) -> Result<(), Failure> {
        let Some(last) = failures.pop() else {
            return Ok(());
        };
        failures.iter().for_each(|failure| console.fail(failure));
        Err(last)
    }

    /// A file that cannot be read as a diagnostic, which concerns it as a whole.
    pub(crate) fn diagnostic(&self) -> Option<(Source, Diagnostic)> {
        let Failure::Unreadable { code, name, help, .. } = self else {
            return None;
        };
        let diagnostic = Diagnostic {
            code: (*code).to_owned(),
            severity: Severity::Error,
            message: self.to_string(),
            help: help.clone(),
            file: name.clone(),
            labels: Vec::new(),
            edit: None,
        };
        Some((Source::new(name, ""), diagnostic))
    }

    /// 1 for findings, 2 for usage and files, 3 for data.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Failure::Findings | Failure::NoSnapshot { .. } => 1,
            Failure::Connect(error) if error.is_about_data() => 3,
            Failure::Connect(_)
            | Failure::Snapshot(_)
            | Failure::Usage { .. }
            | Failure::Unreadable { .. }
            | Failure::Unwritable { .. } => 2,
        }
    }
}

/// What to do where nothing is accepted yet.
const FIRST_SNAPSHOT: &str =
    "look at the scores with `leadscore score`, then accept them with `leadscore snapshot --accept --as-of DAY`";

/// The words of a system's error, without its number.
pub(crate) fn reason(error: &impl Display) -> String {
    let text = error.to_string();
    match text.split_once(" (os error") {
        Some((words, _)) => words.to_owned(),
        None => text,
    }
}
