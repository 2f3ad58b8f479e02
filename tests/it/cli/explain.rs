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

#[test]
fn what_cannot_be_used_of_the_contact_is_told_and_of_others_not() {
    let rules =
        "field employees: number\nevent visit\nwhen employees > 10 add 5\nwhen event visit add 1 once\nhot >= 5\n";
    let folder = folder(&[
        ("rules.ls", rules),
        ("contacts.csv", "id,employees\nann,many\nbob,few\ncid,20\n"),
        (
            "events.csv",
            "contact,event,at\nann,visit,soon\nann,scroll,2026-01-02\nbob,visit,later\nzoe,visit,2026-01-02\n",
        ),
    ]);
    let arguments = [
        "explain",
        "rules.ls",
        "--contacts",
        "contacts.csv",
        "--events",
        "events.csv",
    ];
    let told = |contact: &str| {
        let (code, _, err) = run(folder.path(), &[&arguments[..], &["--contact", contact]].concat());
        assert_eq!(code, 0, "{err}");
        err
    };
    let ann = told("ann");
    assert!(ann.contains("line 2 of contacts.csv: `many` in `employees`"), "{ann}");
    assert!(
        ann.contains("line 2 of events.csv: `soon`") && ann.contains("1 event `scroll`"),
        "{ann}"
    );
    assert_eq!(ann.lines().count(), 3, "{ann}");
    assert_eq!(told("cid"), "");
}
