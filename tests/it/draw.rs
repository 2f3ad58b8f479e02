//! Diagnostics drawn plainly, for snapshots: code, place, title, the underlined texts, help.

use leadscore::source::{Edit, Source};
use miette::Diagnostic;

/// One diagnostic: a line for its title, one for each label, one for its help, one for the edit that mends it.
pub(crate) fn diagnostic(source: &Source, diagnostic: &dyn Diagnostic, edit: Option<&Edit>) -> String {
    let code = diagnostic.code().map(|code| code.to_string()).unwrap_or_default();
    let labels: Vec<_> = diagnostic.labels().into_iter().flatten().collect();
    let (line, column) = source.position(labels.first().map_or(0, |label| label.offset()));
    let mut drawn = format!("{code} at {line}:{column}: {diagnostic}\n");
    for label in &labels {
        let underlined = &source.text()[label.offset()..label.offset() + label.len()];
        let (line, column) = source.position(label.offset());
        let says = label.label().unwrap_or_default();
        drawn += &format!("  {line}:{column} {underlined:?}: {says}\n");
    }
    if let Some(help) = diagnostic.help() {
        drawn += &format!("  help: {help}\n");
    }
    if let Some(edit) = edit {
        drawn += &format!("  edit: {:?} becomes {:?}\n", source.slice(edit.span), edit.text);
    }
    drawn
}
