//! Diagnostics as SARIF 2.1.0, which code hosts and editors read.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::{Diagnostic, Label, Lines, Region, Replacement, Severity, pages};

/// A SARIF log with one run over some files, each with what was found in it. Every code that occurs is a rule of the
/// tool, with its page. Columns are counted in units of UTF-16, as editors count them.
pub fn render(files: &[(Lines, Vec<Diagnostic>)]) -> String {
    let diagnostics = files.iter().flat_map(|(_, diagnostics)| diagnostics);
    let mut rules: Vec<(&str, Severity)> = diagnostics.map(|each| (each.code.as_str(), each.severity)).collect();
    rules.sort_unstable();
    rules.dedup_by_key(|(code, _)| *code);
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "leadscore",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|(code, severity)| rule(code, *severity)).collect::<Vec<Value>>(),
            }},
            "columnKind": "utf16CodeUnits",
            "results": results(files, &rules),
        }],
    });
    format!("{log:#}\n")
}

/// A code with its page, and how much it matters.
fn rule(code: &str, severity: Severity) -> Value {
    let mut rule = json!({
        "id": code,
        "defaultConfiguration": {"level": level(severity)},
        "properties": {"problem.severity": level(severity), "tags": ["lead-scoring"]},
    });
    let (Some(fields), Some(page)) = (rule.as_object_mut(), pages::page(code)) else {
        return rule;
    };
    fields.insert(
        "shortDescription".to_owned(),
        json!({"text": pages::title(code).unwrap_or(code)}),
    );
    fields.insert(
        "fullDescription".to_owned(),
        json!({"text": pages::summary(code).unwrap_or(code)}),
    );
    fields.insert("help".to_owned(), json!({"text": page, "markdown": page}));
    if let Some(address) = pages::address(env!("CARGO_PKG_REPOSITORY"), code) {
        fields.insert("helpUri".to_owned(), Value::String(address));
    }
    rule
}

fn results(files: &[(Lines, Vec<Diagnostic>)], rules: &[(&str, Severity)]) -> Vec<Value> {
    let mut seen = HashMap::new();
    let all = files
        .iter()
        .flat_map(|(lines, diagnostics)| diagnostics.iter().map(move |diagnostic| (lines, diagnostic)));
    let results = all.map(|(lines, diagnostic)| {
        let mut result = result(diagnostic, rules);
        let line = diagnostic.place().map_or("", |region| lines.line(region.line)).trim();
        let fingerprint = fingerprint(diagnostic, line);
        let times: &mut usize = seen.entry(fingerprint).or_default();
        *times += 1;
        if let Some(fields) = result.as_object_mut() {
            let fingerprint = json!({"leadscoreLine/v1": format!("{fingerprint:016x}:{times}")});
            fields.insert("partialFingerprints".to_owned(), fingerprint);
        }
        result
    });
    results.collect()
}

/// What stays the same while other lines change: FNV-1a of the code, the file and the text of the line.
fn fingerprint(diagnostic: &Diagnostic, line: &str) -> u64 {
    let parts = [diagnostic.code.as_str(), diagnostic.file.as_str(), line];
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn result(diagnostic: &Diagnostic, rules: &[(&str, Severity)]) -> Value {
    let rule = rules.iter().position(|(code, _)| *code == diagnostic.code);
    let mut result = json!({
        "ruleId": diagnostic.code,
        "ruleIndex": rule.unwrap_or_default(),
        "level": level(diagnostic.severity),
        "message": {"text": diagnostic.text()},
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
        fields.insert("fixes".to_owned(), json!([fix(diagnostic, edit)]));
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

fn fix(diagnostic: &Diagnostic, edit: &Replacement) -> Value {
    let what = diagnostic.help.as_ref().unwrap_or(&diagnostic.message);
    json!({
        "description": {"text": what},
        "artifactChanges": [{
            "artifactLocation": {"uri": uri(&diagnostic.file)},
            "replacements": [{
                "deletedRegion": region(edit.region),
                "insertedContent": {"text": edit.text},
            }],
        }],
    })
}

fn region(region: Region) -> Value {
    let (first, end) = region.utf16_columns;
    json!({
        "startLine": region.line,
        "startColumn": first,
        "endLine": region.end_line,
        "endColumn": end,
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
