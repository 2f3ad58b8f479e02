//! What is written stays apart from what is read: no result takes the place of the data, the rules or another result.

use std::path::{Path, PathBuf};

use crate::connect::{self, Config};

use super::failure::Failure;

/// A file that a command reads, and what it is to people.
pub(crate) struct Read {
    /// Such as "the contacts".
    pub(crate) what: &'static str,
    /// Where it is.
    pub(crate) path: PathBuf,
}

impl Read {
    /// The files of data of a configuration, the contacts first.
    pub(crate) fn data(config: &Config) -> impl Iterator<Item = Read> {
        let events = config.events.iter().map(|file| ("the events", &file.path));
        let files = std::iter::once(("the contacts", &config.contacts.path)).chain(events);
        files.filter_map(|(what, path)| {
            let path = path.clone()?;
            Some(Read { what, path })
        })
    }

    /// The file of a configuration itself, where there is one.
    pub(crate) fn configuration(config: &Config) -> Option<Read> {
        let path = config.file.clone()?;
        let what = "the configuration";
        Some(Read { what, path })
    }
}

/// A file that a command writes, and the option that names it.
pub(crate) struct Written<'a> {
    /// Such as `--rejects`.
    pub(crate) option: &'static str,
    /// Where it is to be.
    pub(crate) path: &'a Path,
}

/// Refuses to write over a file that is read, and to write two results into one.
pub(crate) fn keep_apart(written: &[Written<'_>], read: &[Read]) -> Result<(), Failure> {
    for (place, output) in written.iter().enumerate() {
        let (option, path) = (output.option, output.path.display());
        if let Some(lost) = read
            .iter()
            .find(|input| connect::is_same_file(&input.path, output.path))
        {
            let message = format!("`{option} {path}` would overwrite {}", lost.what);
            return Err(Failure::usage(message).with_help("name a file that is not read"));
        }
        let before = written.iter().take(place);
        if let Some(other) = { before }.find(|other| connect::is_same_file(other.path, output.path)) {
            let message = format!(
                "`{} {}` and `{option} {path}` are one file",
                other.option,
                other.path.display()
            );
            return Err(Failure::usage(message).with_help("name a file for each"));
        }
    }
    Ok(())
}
