//! Warnings: what is allowed, and probably not meant. One file a lint, one line each in `LINTS`.

mod analysed;
mod duplicates;
mod negation;
mod short_contains;
mod tables;
mod unlimited;
mod unused;
mod warning;

pub use warning::Warning;

use crate::analyze::Analysis;
use crate::check::Checked;
use crate::source::Span;

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

/// All warnings of a file without errors, and the promises that a contact can break: those of [`lint`], and those that
/// follow from an [analysis](crate::analyze) of all contacts that could exist. Of one place the more telling one is kept.
pub fn lint_all(checked: &Checked, analysis: &Analysis) -> Vec<Warning> {
    let followed = analysed::analysed(checked.understood(), analysis);
    let mut warnings = lint(checked);
    let cancels = |at: Span| {
        followed
            .iter()
            .any(|other| matches!(other, Warning::Cancelled { span, .. } if *span == at))
    };
    warnings.retain(|warning| !(matches!(warning, Warning::DuplicateCondition { .. }) && cancels(warning.span())));
    let is_told = |at: Span| {
        warnings
            .iter()
            .any(|warning| matches!(warning, Warning::ShadowedRow { span } if *span == at))
    };
    let more: Vec<Warning> = followed
        .into_iter()
        .filter(|warning| !is_told(warning.span()))
        .collect();
    warnings.extend(more);
    warnings.sort_by_key(Warning::span);
    warnings
}
