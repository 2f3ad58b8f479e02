//! Diagnostics as JSON: one object with all of them and their counts.

use serde_json::{Value, json};

use super::{Diagnostic, Severity};

/// The diagnostics as a JSON object: `diagnostics`, each with `code`, `severity`, `message`, `help`, `file`, `labels`
/// and `edit`, and how many `errors` and `warnings` there are.
pub fn report(diagnostics: &[Diagnostic]) -> Value {
    let count = |severity| diagnostics.iter().filter(|each| each.severity == severity).count();
    json!({
        "diagnostics": diagnostics,
        "errors": count(Severity::Error),
        "warnings": count(Severity::Warning),
    })
}
