//! `leadscore explain`: a page, an object, and ids that are not there.

use serde_json::Value;

use super::{RULES, folder, run};

#[test]
fn a_contact_is_explained_with_its_lines() {
    let folder = folder(&[
        ("rules.ls", RULES),
        (
            "contacts.jsonl",
            "{\"id\": \"ann\", \"title\": \"Director\", \"events\": [{\"event\": \"visit\", \"at\": \"2026-01-02\"}]}\n{\"id\": \"bob\"}\n",
        ),
    ]);
    let arguments = [
        "explain",
        "rules.ls",
        "--contacts",
        "contacts.jsonl",
        "--as-of",
        "2026-01-31",
        "--contact",
    ];
    let explain = |more: &[&str]| run(folder.path(), &[&arguments[..], more].concat());

    let (code, page, err) = explain(&["ann"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(
        page.contains("ann") && page.contains("15") && page.contains("director"),
        "{page}"
    );
    assert!(!page.contains('\u{1b}'), "{page}");

    let (code, object, _) = explain(&["ann", "--format", "json"]);
    assert_eq!(code, 0);
    let object: Value = serde_json::from_str(&object).unwrap();
    assert_eq!((&object["contact"], &object["score"]), (&"ann".into(), &15.into()));

    let (_, without, _) = explain(&["bob"]);
    let (_, with, _) = explain(&["bob", "--all"]);
    assert!(with.len() > without.len(), "{with}");

    let (code, out, err) = explain(&["anna"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("did you mean `ann`?"), "{err}");
}
