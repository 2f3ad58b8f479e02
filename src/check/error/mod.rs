//! What can be wrong with the meaning of a rules file: names, types and rules, each group in a file of its own.

mod names;
mod rules;
mod types;

pub use names::NameError;
pub use rules::RuleError;
pub use types::TypeError;

use miette::Diagnostic;
use thiserror::Error;

use crate::source::Edit;

/// A mistake in the meaning of a rules file.
#[derive(Clone, Debug, PartialEq, Error, Diagnostic)]
pub enum Error {
    /// A name that is unknown, declared twice, or out of its place.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Name(#[from] NameError),
    /// A value of the wrong type.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Type(#[from] TypeError),
    /// A statement that cannot mean what it says, or could mean two things.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Rule(#[from] RuleError),
}

impl Error {
    /// The replacement that mends the mistake, where there is one that surely does.
    pub fn edit(&self) -> Option<Edit> {
        match self {
            Error::Name(error) => error.edit(),
            Error::Type(error) => error.edit(),
            Error::Rule(error) => error.edit(),
        }
    }
}

/// The first byte of the place that a diagnostic points at first.
pub(super) fn place(diagnostic: &dyn Diagnostic) -> usize {
    let first = diagnostic.labels().and_then(|mut labels| labels.next());
    first.map_or(usize::MAX, |label| label.offset())
}
