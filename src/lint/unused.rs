//! Declared names that nothing uses.

use crate::check::{Checked, Declared};

use super::Warning;

/// A warning for each declared name that nothing uses.
pub(super) fn lint(checked: &Checked) -> Vec<Warning> {
    checked
        .unused()
        .iter()
        .map(|unused| Warning::Unused {
            kind: word(unused.declared),
            name: unused.name.clone(),
            span: unused.span,
        })
        .collect()
}

fn word(declared: Declared) -> &'static str {
    match declared {
        Declared::Field => "field",
        Declared::Event => "event",
        Declared::Property => "property",
        Declared::Let => "let",
        Declared::List => "list",
    }
}
