//! Where rules are read from: a file, standard input, or a file as it was in git.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::string::FromUtf8Error;

use crate::connect;
use crate::source::Source;

use super::failure::{Failure, reason};

/// Where a text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
    /// A file as it was in git.
    Revision {
        /// The commit, branch or tag.
        revision: String,
        /// Where the file stands, or would stand, now: its path from the current folder.
        path: PathBuf,
        /// The file's path from the top of the repository, as git names it; as it was given where there is none.
        from_top: PathBuf,
    },
}

impl Place {
    /// The place that an argument names: `-`, a file, or `REVISION:PATH` where there is no such file.
    pub(crate) fn new(argument: &Path) -> Place {
        if argument == Path::new("-") {
            return Place::Stdin;
        }
        let revision = argument.to_str().and_then(|text| text.split_once(':'));
        match revision {
            Some((revision, path)) if is_revision(revision, path) && !argument.exists() => revised(revision, path),
            _ => Place::File(argument.to_owned()),
        }
    }

    /// The place of a file whose path is relative to this one's. Beside standard input is the current folder.
    pub(crate) fn beside(&self, path: &Path) -> Place {
        match self {
            Place::Stdin => Place::File(path.to_owned()),
            Place::File(file) => Place::File(file.with_file_name(path)),
            Place::Revision { .. } if path.is_absolute() => Place::File(path.to_owned()),
            Place::Revision {
                revision,
                path: file,
                from_top,
            } => Place::Revision {
                revision: revision.clone(),
                path: file.with_file_name(path),
                from_top: from_top.with_file_name(path),
            },
        }
    }

    /// The file, as it is or would be now: beside it stand its configuration and its snapshots. `None` for standard
    /// input.
    pub(crate) fn path_now(&self) -> Option<&Path> {
        match self {
            Place::File(path) | Place::Revision { path, .. } => Some(path),
            Place::Stdin => None,
        }
    }

    /// The file, where it is one.
    pub(crate) fn file(&self) -> Option<&Path> {
        match self {
            Place::File(path) => Some(path),
            Place::Stdin | Place::Revision { .. } => None,
        }
    }

    /// How messages call it; what stands in git, as git calls it.
    pub(crate) fn name(&self) -> String {
        match self {
            Place::Stdin => "<stdin>".to_owned(),
            Place::File(path) => path.display().to_string(),
            Place::Revision { revision, from_top, .. } => format!("{revision}:{}", from_top.display()),
        }
    }

    /// Reads the text that is there.
    pub(crate) fn read(&self) -> Result<Source, Failure> {
        let bytes = match self {
            Place::Stdin => read_file(Path::new("-")),
            Place::File(path) => read_file(path),
            Place::Revision { revision, path, .. } => read_revision(revision, path).map_err(Refusal::because),
        };
        let text = bytes.and_then(|bytes| {
            let not_text = |error: FromUtf8Error| not_text(error.as_bytes(), error.utf8_error().valid_up_to());
            String::from_utf8(bytes).map_err(not_text)
        });
        match text {
            Ok(text) => Ok(Source::new(&self.name(), &text)),
            Err(Refusal { code, reason, help }) => Err(Failure::Unreadable {
                code,
                name: self.name(),
                reason,
                help,
            }),
        }
    }
}

/// Why a text cannot be read, and what to do about it.
struct Refusal {
    code: &'static str,
    reason: String,
    help: Option<String>,
}

/// A file is not there or cannot be opened.
const NOT_READ: &str = "LS6001";

/// A file is no text.
const NOT_TEXT: &str = "LS6003";

impl Refusal {
    fn because(reason: String) -> Refusal {
        Refusal {
            code: NOT_READ,
            reason,
            help: None,
        }
    }
}

/// Whether `REVISION:PATH` may be meant, and not the drive of a path or an option.
fn is_revision(revision: &str, path: &str) -> bool {
    let is_drive = revision.len() == 1 && path.starts_with(['\\', '/']);
    !revision.is_empty() && !path.is_empty() && !revision.starts_with('-') && !is_drive
}

fn read_file(path: &Path) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let mut file = connect::open(path).map_err(|error| Refusal {
        code: NOT_READ,
        help: miette::Diagnostic::help(&error).map(|help| help.to_string()),
        reason: match error {
            connect::Error::Read { cause, .. } => connect::words(&cause),
            other => other.to_string(),
        },
    })?;
    match file.read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(error) => Err(Refusal::because(reason(&error))),
    }
}

/// A file of a revision. Its path is one from the current folder, as that of any file; where there is none, one from the
/// top of the repository, as git has it.
fn revised(revision: &str, path: &str) -> Place {
    let written = path.replace('\\', "/");
    let found = |path: String| {
        let from_top = ask_git(&["ls-tree", "-z", "--name-only", "--full-name", revision, "--", &path]).ok()?;
        let from_top = from_top.trim_end_matches('\0').to_owned();
        (!from_top.is_empty()).then_some((path, from_top))
    };
    let from_top = || {
        let up = ask_git(&["rev-parse", "--show-cdup"]).ok()?;
        found(format!("{}{written}", up.trim_end()))
    };
    let nowhere = || (written.clone(), written.clone());
    let (path, from_top) = found(written.clone()).or_else(from_top).unwrap_or_else(nowhere);
    Place::Revision {
        revision: revision.to_owned(),
        path: path.into(),
        from_top: from_top.into(),
    }
}

fn read_revision(revision: &str, path: &Path) -> Result<Vec<u8>, String> {
    let path = path.to_string_lossy().replace('\\', "/");
    run_git(&["cat-file", "blob", &format!("{revision}:./{path}")])
}

fn ask_git(arguments: &[&str]) -> Result<String, String> {
    let answer = run_git(arguments)?;
    String::from_utf8(answer).map_err(|error| error.to_string())
}

fn run_git(arguments: &[&str]) -> Result<Vec<u8>, String> {
    let output = Command::new("git")
        .args(arguments)
        .env("LC_ALL", "C")
        .output()
        .map_err(|error| format!("there is no such file, and git cannot be run: {}", reason(&error)))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let answer = String::from_utf8_lossy(&output.stderr);
    let first = answer.lines().next().unwrap_or_default();
    Err(format!(
        "there is no such file, and git says: {}",
        first.trim_start_matches("fatal: ")
    ))
}

fn not_text(bytes: &[u8], valid: usize) -> Refusal {
    let before = bytes.get(..valid).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    Refusal {
        code: NOT_TEXT,
        reason: format!("line {line} is not UTF-8 text"),
        help: Some("save it as UTF-8; the editor calls this the encoding".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_revision_has_two_parts_and_a_drive_is_none() {
        let revision = |text: &str| matches!(Place::new(Path::new(text)), Place::Revision { .. });
        assert!(revision("main:rules.ls"));
        assert!(revision("HEAD~2:a/rules.ls"));
        assert!(!revision("C:\\rules.ls"));
        assert!(!revision("rules.ls"));
        assert!(!revision(":rules.ls"));
        assert!(!revision("--output=x:rules.ls"));
    }

    #[test]
    fn lists_are_looked_for_beside_the_rules() {
        let beside = |text: &str| Place::new(Path::new(text)).beside(Path::new("mail.txt")).name();
        assert_eq!(beside("a/rules.ls"), "a/mail.txt");
        assert_eq!(beside("main:a/rules.ls"), "main:a/mail.txt");
        assert_eq!(beside("-"), "mail.txt");
    }
}
