//! Diagnostics as JSON: one object with all of them and their counts.

use serde_json::json;

use super::{Diagnostic, Severity};

/// The diagnostics as a JSON object: `diagnostics`, each with `code`, `severity`, `message`, `help`, `file`, `labels`
/// and `edit`, and how many `errors` and `warnings` there are.
pub fn render(diagnostics: &[Diagnostic]) -> String {
    let count = |severity| diagnostics.iter().filter(|each| each.severity == severity).count();
    let report = json!({
        "diagnostics": diagnostics,
        "errors": count(Severity::Error),
        "warnings": count(Severity::Warning),
    });
    format!("{report:#}\n")
}
