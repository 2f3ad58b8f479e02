//! `leadscore snapshot`: what is accepted, what is compared with it, and exit codes.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{commit, folder, run};

const RULES: &str = "when title contains \"director\" add 10\nwhen event visit add 5 at most 3 times\ndecay 1 per week\nhot >= 10\ncold otherwise\n";
const CONTACTS: &str = "{\"id\": \"ann\", \"title\": \"Director\", \"events\": [{\"event\": \"visit\", \"at\": \"2026-01-02\"}]}\n{\"id\": \"bob\"}\n";
const CONFIG: &str = "rules = \"rules.ls\"\n[contacts]\npath = \"contacts.jsonl\"\n";
const ACCEPTED: &str = "snapshots/rules.snap";

fn project() -> tempfile::TempDir {
    folder(&[
        ("rules.ls", RULES),
        ("contacts.jsonl", CONTACTS),
        ("leadscore.toml", CONFIG),
    ])
}

/// A project with an accepted snapshot.
fn accepted() -> tempfile::TempDir {
    let project = project();
    let (code, out, err) = run(project.path(), &["snapshot", "--accept", "--as-of", "2026-01-12"]);
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    assert_eq!(err, "accepted snapshots/rules.snap: 2 contacts as of 2026-01-12\n");
    project
}

fn change(folder: &Path, from: &str, to: &str) {
    let rules = fs::read_to_string(folder.join("rules.ls")).unwrap();
    assert!(rules.contains(from));
    fs::write(folder.join("rules.ls"), rules.replace(from, to)).unwrap();
}

#[test]
fn nothing_is_accepted_unasked() {
    let project = project();
    let (code, out, err) = run(project.path(), &["snapshot"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(
        err.contains("no accepted snapshot") && err.contains("--accept"),
        "{err}"
    );
    assert!(!project.path().join("snapshots").exists());
}

#[test]
fn rules_in_git_have_the_contacts_and_the_snapshot_beside_them() {
    let folder = tempfile::tempdir().unwrap();
    let scoring = folder.path().join("scoring");
    fs::rename(accepted().keep(), &scoring).unwrap();
    commit(folder.path());
    change(&scoring, "add 10", "add 11");
    for (here, rules) in [
        (folder.path(), "main:scoring/rules.ls"),
        (&scoring, "main:scoring/rules.ls"),
        (&scoring, "main:rules.ls"),
    ] {
        let (code, out, err) = run(here, &["snapshot", rules]);
        assert_eq!(code, 0, "{rules}: {out}{err}");
        assert!(out.starts_with("2 contacts as accepted in "), "{out}");
    }
}

#[test]
fn a_snapshot_of_nobody_is_no_net() {
    let project = project();
    fs::write(project.path().join("contacts.jsonl"), "").unwrap();
    for arguments in [&["snapshot", "--accept", "--as-of", "2026-01-12"][..], &["snapshot"]] {
        let (code, _, err) = run(project.path(), arguments);
        assert_eq!(code, 0);
        assert!(err.contains("a snapshot without any notices no change"), "{err}");
    }
}

#[test]
fn what_is_unchanged_is_one_line() {
    let project = accepted();
    let line = "2 contacts as accepted in snapshots/rules.snap, as of 2026-01-12\n";
    assert_eq!(run(project.path(), &["snapshot"]), (0, line.to_owned(), String::new()));
    assert_eq!(
        run(project.path(), &["snapshot", "--quiet"]),
        (0, String::new(), String::new())
    );
    assert_eq!(
        run(project.path(), &["snapshot", "--format", "github"]),
        (0, String::new(), String::new())
    );
    // Whoever stands elsewhere names the rules.
    let above = folder(&[]);
    let rules = project.path().join("rules.ls");
    let (code, out, err) = run(above.path(), &["snapshot", rules.to_str().unwrap()]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("as accepted in"), "{out}");
}

#[test]
fn layout_is_no_change_and_leaves_the_file_as_it_is() {
    let project = accepted();
    let before = fs::read_to_string(project.path().join(ACCEPTED)).unwrap();
    fs::write(
        project.path().join("rules.ls"),
        "# ours\ncold otherwise\nhot >= 10\n\n\ndecay 1 per week\nwhen event visit\n  add 5\n  at most 3 times\nwhen\n  title contains \"director\" # who signs\n  add 10\n",
    )
    .unwrap();
    let (code, out, _) = run(project.path(), &["snapshot"]);
    assert_eq!(code, 0);
    assert!(!out.contains(';'), "{out}");
    run(project.path(), &["snapshot", "--accept"]);
    assert_eq!(fs::read_to_string(project.path().join(ACCEPTED)).unwrap(), before);
}

#[test]
fn a_change_is_reviewed_and_then_accepted() {
    let project = accepted();
    change(project.path(), "add 10", "add 7");
    let (code, out, err) = run(project.path(), &["snapshot", "--why"]);
    assert_eq!(code, 1);
    assert!(out.starts_with("1 of 2 contacts changed\n"), "{out}");
    assert!(out.contains("ann  14 → 11  -3  hot") && out.contains("10 → 7"), "{out}");
    assert!(err.contains("--accept"), "{err}");
    assert!(!out.contains('\u{1b}'), "{out}");

    let (code, out, _) = run(project.path(), &["snapshot", "--format", "json", "--why", "--quiet"]);
    assert_eq!(code, 1);
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (&report["unchanged"], &report["contacts"]["changed"]),
        (&false.into(), &1.into())
    );
    assert_eq!(report["changes"][0]["after"]["score"], 11);
    assert_eq!(report["changes"][0]["why"][0]["points"], -3);

    let (code, out, _) = run(project.path(), &["snapshot", "--format", "github"]);
    assert_eq!(code, 1);
    let line = 1 + fs::read_to_string(project.path().join(ACCEPTED))
        .unwrap()
        .lines()
        .position(|line| line == "contact ann")
        .unwrap();
    assert!(
        out.contains(&format!("file=snapshots/rules.snap,line={line},")),
        "{out}"
    );
    assert!(out.contains("ann: 14 hot → 11 hot"), "{out}");

    let (code, _, err) = run(project.path(), &["snapshot", "--accept"]);
    assert_eq!(code, 0);
    assert_eq!(
        err,
        "accepted snapshots/rules.snap: 2 contacts as of 2026-01-12; 1 changed\n"
    );
    assert_eq!(run(project.path(), &["snapshot"]).0, 0);
}

#[test]
fn the_day_is_that_of_the_accepted_snapshot_unless_another_is_given() {
    let project = accepted();
    let (code, out, _) = run(project.path(), &["snapshot", "--as-of", "2026-01-20"]);
    assert_eq!(code, 1);
    assert!(out.contains("as of 2026-01-20; accepted as of 2026-01-12"), "{out}");
    assert_eq!(
        run(project.path(), &["snapshot", "--accept", "--as-of", "2026-01-20"]).0,
        0
    );
    let (code, out, _) = run(project.path(), &["snapshot"]);
    assert_eq!(code, 0);
    assert!(out.ends_with("as of 2026-01-20\n"), "{out}");
}

#[test]
fn other_data_are_told_and_compared() {
    let project = accepted();
    let contacts = |text: &str| fs::write(project.path().join("contacts.jsonl"), text).unwrap();
    contacts(&CONTACTS.replace("Director", "director"));
    let (code, out, _) = run(project.path(), &["snapshot"]);
    assert_eq!(code, 0);
    assert!(out.ends_with("; the data changed, no result did\n"), "{out}");
    contacts(&CONTACTS.replace('\n', "\r\n"));
    assert!(!run(project.path(), &["snapshot"]).1.contains(';'));
    contacts("{\"id\": \"bob\"}\n{\"id\": \"cid\", \"title\": \"Director\"}\n");
    let (code, out, _) = run(project.path(), &["snapshot"]);
    assert_eq!(code, 1);
    assert!(out.starts_with("0 of 2 contacts changed, 1 new, 1 gone\n"), "{out}");
    assert!(out.contains("contacts.jsonl changed"), "{out}");
}

#[test]
fn what_is_no_snapshot_is_shown_with_its_line_and_can_be_replaced() {
    let project = accepted();
    let file = project.path().join(ACCEPTED);
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("score 14 hot", "score 15 hot")).unwrap();
    let (code, out, err) = run(project.path(), &["snapshot"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("LS6020") && err.contains("score 15 hot"), "{err}");
    assert_eq!(run(project.path(), &["snapshot", "--accept"]).0, 2);
    let (code, _, err) = run(project.path(), &["snapshot", "--accept", "--as-of", "2026-01-12"]);
    assert_eq!(code, 0);
    assert!(err.contains("is replaced"), "{err}");
    assert_eq!(fs::read_to_string(&file).unwrap(), text);

    fs::write(&file, text.replace("leadscore snapshot 1", "leadscore snapshot 99")).unwrap();
    let (code, _, err) = run(project.path(), &["snapshot"]);
    assert_eq!(code, 2);
    assert!(err.contains("LS6021"), "{err}");

    fs::write(&file, b"\xFF\xFE").unwrap();
    assert_eq!(run(project.path(), &["snapshot"]).0, 2);
}

#[test]
fn data_from_standard_input_have_no_fingerprint() {
    let project = accepted();
    let arguments = ["snapshot", "--contacts", "-", "--input-format", "jsonl"];
    let mut command = super::leadscore(project.path(), &arguments);
    let (code, out, err) = super::finish(command.write_stdin(CONTACTS));
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(!out.contains(';'), "{out}");
}

#[test]
fn rules_from_standard_input_have_no_snapshot() {
    let project = project();
    let (code, _, err) = run(project.path(), &["snapshot", "-"]);
    assert_eq!(code, 2);
    assert!(err.contains("beside the rules"), "{err}");
}
