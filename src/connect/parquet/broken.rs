//! What is wrong with a Parquet file, and a guard against the library's own failures.

use std::borrow::Cow;
use std::fmt::Display;
use std::io;

use parquet::errors::ParquetError;

use crate::connect::{Error, guard};

/// What helps most often.
const ANEW: &str = "copy or write it once more, with snappy, gzip, lz4 or zstd compression or none; or write it as CSV";

/// Why a file, or a column of it, cannot be read.
#[derive(Debug)]
pub(super) struct Broken {
    message: Cow<'static, str>,
    /// What to do about it.
    help: Option<&'static str>,
}

impl Broken {
    /// What is wrong, for people.
    pub(super) fn new(message: impl Into<Cow<'static, str>>) -> Broken {
        Broken {
            message: message.into(),
            help: None,
        }
    }

    /// What to do about it.
    pub(super) fn with_help(self, help: &'static str) -> Broken {
        Broken {
            help: Some(help),
            ..self
        }
    }

    /// Says where it is.
    pub(super) fn at(self, place: impl Display) -> Broken {
        Broken {
            message: format!("{place}: {}", self.message).into(),
            ..self
        }
    }

    /// The error of a file.
    pub(super) fn of(self, file: &str) -> Error {
        Error::Parquet {
            file: file.to_owned(),
            message: self.message.into_owned(),
            help: self.help.unwrap_or(ANEW).to_owned(),
        }
    }
}

impl From<ParquetError> for Broken {
    fn from(error: ParquetError) -> Self {
        Broken::new(match error {
            ParquetError::General(message) | ParquetError::NYI(message) | ParquetError::EOF(message) => message,
            other => other.to_string(),
        })
    }
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Self {
        Broken::new(error.to_string())
    }
}

/// Does something with the library, which panics on some files that are corrupt.
pub(super) fn guarded<T>(with_library: impl FnOnce() -> Result<T, Broken>) -> Result<T, Broken> {
    guard::guarded(with_library).unwrap_or_else(|panic| Err(Broken::new(panic)))
}
