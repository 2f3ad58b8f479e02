//! Where a result goes: standard output, or a file that is written whole or not at all.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::connect::{self, Output};

use super::console::Console;
use super::failure::Failure;
use super::interrupt;

/// Where a result goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// Standard output.
    Stdout,
    /// A file.
    File(PathBuf),
}

impl Target {
    /// The target of an option: standard output for `-` and where none is given.
    pub(crate) fn new(path: Option<&Path>) -> Target {
        match path {
            Some(path) if !connect::is_standard(path) => Target::File(path.to_owned()),
            _ => Target::Stdout,
        }
    }

    /// Writes a result there.
    pub(crate) fn write(
        &self,
        console: &Console,
        work: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let path = match self {
            Target::Stdout => return console.write(work),
            Target::File(path) => path,
        };
        let mut output = create(path)?;
        work(&mut output).map_err(|error| output.failed(error))?;
        Ok(output.finish()?)
    }
}

/// Begins a file, which Ctrl-C takes away again.
pub(crate) fn create(path: &Path) -> Result<Output, Failure> {
    let output = Output::create(path)?;
    if let Some(temporary) = output.temporary() {
        interrupt::removes(temporary);
    }
    Ok(output)
}
