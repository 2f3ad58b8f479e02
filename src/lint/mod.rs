//! Warnings: what is allowed, and probably not meant. One file a lint, one line each in `LINTS`.

mod duplicates;
mod negation;
mod short_contains;
mod tables;
mod unlimited;
mod unused;
mod warning;

pub use warning::Warning;

use crate::check::Checked;

/// A lint: finds its warnings in what was understood of a file.
type Lint = fn(&Checked) -> Vec<Warning>;

/// All lints.
const LINTS: &[Lint] = &[
    unused::lint,
    duplicates::lint,
    negation::lint,
    short_contains::lint,
    tables::lint,
    unlimited::lint,
];

/// The warnings of a checked file, in the order of their places. A file with errors has warnings too, of what was
/// understood.
pub fn lint(checked: &Checked) -> Vec<Warning> {
    let mut warnings: Vec<Warning> = LINTS.iter().flat_map(|lint| lint(checked)).collect();
    warnings.sort_by_key(Warning::span);
    warnings
}
