//! Diagnostics as SARIF 2.1.0, which code hosts and editors read.

use serde_json::{Value, json};

use super::{Diagnostic, Label, Region, Replacement, Severity, pages};

/// A SARIF log with one run. Every code that occurs is a rule of the tool, with its page.
pub fn render(diagnostics: &[Diagnostic]) -> String {
    let mut codes: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    let results: Vec<Value> = diagnostics
        .iter()
        .map(|diagnostic| result(diagnostic, &codes))
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "leadscore",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|code| rule(code)).collect::<Vec<Value>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn rule(code: &str) -> Value {
    let Some(page) = pages::page(code) else {
        return json!({"id": code});
    };
    json!({
        "id": code,
        "shortDescription": {"text": pages::title(code).unwrap_or(code)},
        "help": {"text": page, "markdown": page},
    })
}

fn result(diagnostic: &Diagnostic, codes: &[&str]) -> Value {
    let text = match &diagnostic.help {
        Some(help) => format!("{}\n{help}", diagnostic.message),
        None => diagnostic.message.clone(),
    };
    let mut result = json!({
        "ruleId": diagnostic.code,
        "ruleIndex": codes.binary_search(&diagnostic.code.as_str()).unwrap_or_default(),
        "level": level(diagnostic.severity),
        "message": {"text": text},
        "locations": [location(&diagnostic.file, diagnostic.labels.first())],
    });
    let others: Vec<Value> = diagnostic
        .labels
        .iter()
        .skip(1)
        .map(|label| location(&diagnostic.file, Some(label)))
        .collect();
    if let (Some(fields), false) = (result.as_object_mut(), others.is_empty()) {
        fields.insert("relatedLocations".to_owned(), Value::Array(others));
    }
    if let (Some(fields), Some(edit)) = (result.as_object_mut(), &diagnostic.edit) {
        fields.insert("fixes".to_owned(), json!([fix(&diagnostic.file, edit)]));
    }
    result
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn location(file: &str, label: Option<&Label>) -> Value {
    let mut physical = json!({"artifactLocation": {"uri": uri(file)}});
    if let (Some(fields), Some(label)) = (physical.as_object_mut(), label) {
        fields.insert("region".to_owned(), region(label.region));
    }
    match label.and_then(|label| label.text.as_deref()) {
        Some(text) => json!({"physicalLocation": physical, "message": {"text": text}}),
        None => json!({"physicalLocation": physical}),
    }
}

fn fix(file: &str, edit: &Replacement) -> Value {
    json!({
        "artifactChanges": [{
            "artifactLocation": {"uri": uri(file)},
            "replacements": [{
                "deletedRegion": region(edit.region),
                "insertedContent": {"text": edit.text},
            }],
        }],
    })
}

fn region(region: Region) -> Value {
    json!({
        "startLine": region.line,
        "startColumn": region.column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
    })
}

/// A path as a relative URI reference: separators as `/`, all but unreserved characters as `%` and their bytes.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        match byte {
            b'\\' => uri.push('/'),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_uri() {
        assert_eq!(uri("règles/my rules.ls"), "r%C3%A8gles/my%20rules.ls");
    }
}
