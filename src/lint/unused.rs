//! Declared names that nothing uses.

use crate::check::Checked;

use super::Warning;

/// A warning for each declared name that nothing uses.
pub(super) fn lint(checked: &Checked) -> Vec<Warning> {
    checked
        .unused()
        .iter()
        .map(|unused| Warning::Unused {
            kind: unused.kind,
            name: unused.name.clone(),
            span: unused.span,
        })
        .collect()
}
