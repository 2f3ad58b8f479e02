//! `leadscore diff`: exit codes, formats, revisions, and data that two rules read otherwise.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use super::{RULES, commit, finish, folder, leadscore, run};

const CONTACTS: &str = "id,title,size\nann,Director,9\nbob,Clerk,\ncid,Sales director,12\ndee,,40\n";
const EVENTS: &str = "contact,event,at\nbob,visit,2026-01-10\ncid,visit,2026-01-10\ncid,visit,2026-01-11\n";
const CHANGED: &str =
    "# a comment\nwhen title contains \"director\" add 16\nwhen event visit add 5 at most 2 times\nhot >= 15\n";

fn project() -> TempDir {
    folder(&[
        ("old.ls", RULES),
        ("new.ls", CHANGED),
        ("same.ls", &format!("# only a comment\n\n{RULES}")),
        ("contacts.csv", CONTACTS),
        ("events.csv", EVENTS),
        (
            "leadscore.toml",
            "rules = \"new.ls\"\n[contacts]\npath = \"contacts.csv\"\n[[events]]\npath = \"events.csv\"\n",
        ),
    ])
}

fn diff(folder: &Path, more: &[&str]) -> (i32, String, String) {
    run(folder, &[&["diff", "--as-of", "2026-01-31"][..], more].concat())
}

#[test]
fn the_impact_is_that_of_the_data_of_the_new_rules() {
    let folder = project();
    let (code, out, err) = diff(folder.path(), &["old.ls", "new.ls"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("~ when title contains \"director\" add 10 → 16"), "{out}");
    assert!(
        out.contains("~ hot >= 20 → 15") && out.contains("entering hot: 1 contact"),
        "{out}"
    );
    assert!(!out.contains('\u{1b}'), "{out}");
    // Without NEW, the rules of the configuration.
    assert_eq!(diff(folder.path(), &["old.ls"]).1, out);
    let (code, out, _) = diff(folder.path(), &["old.ls", "new.ls", "--no-data"]);
    assert!(code == 0 && !out.contains("impact"), "{out}");
}

#[test]
fn exit_codes_tell_differences_only_where_they_are_asked_for() {
    let folder = project();
    let code = |arguments: &[&str]| diff(folder.path(), arguments).0;
    assert_eq!(code(&["old.ls", "new.ls"]), 0);
    assert_eq!(code(&["old.ls", "new.ls", "--detailed-exitcode"]), 1);
    assert_eq!(code(&["old.ls", "same.ls", "--detailed-exitcode"]), 0);
    assert_eq!(code(&["old.ls", "new.ls", "--max-band-changes", "1"]), 0);
    assert_eq!(code(&["old.ls", "new.ls", "--max-band-changes", "25%"]), 0);
    let (code, _, err) = diff(folder.path(), &["old.ls", "new.ls", "--max-band-changes", "24.9%"]);
    assert_eq!(code, 1);
    assert_eq!(
        err,
        "error: 1 of 4 contacts changes band, more than the 24.9% of `--max-band-changes`\n"
    );
    let code = |arguments: &[&str]| diff(folder.path(), arguments).0;
    assert_eq!(code(&["old.ls", "new.ls", "--max-band-changes", "many"]), 2);
    assert_eq!(code(&["gone.ls", "new.ls"]), 2);
    fs::write(folder.path().join("wrong.ls"), "when add\n").unwrap();
    assert_eq!(code(&["wrong.ls", "new.ls"]), 1);
    fs::write(folder.path().join("contacts.csv"), "id\nann\nann\n").unwrap();
    assert_eq!(code(&["old.ls", "new.ls"]), 3);
}

#[test]
fn a_change_of_layout_and_comments_is_told_as_such() {
    let folder = project();
    let (_, out, _) = diff(folder.path(), &["old.ls", "same.ls", "--no-data"]);
    assert!(
        out.contains("the comments differ") && out.contains("equivalent:"),
        "{out}"
    );
    fs::write(folder.path().join("wide.ls"), RULES.replace(' ', "  ")).unwrap();
    let (_, out, _) = diff(folder.path(), &["old.ls", "wide.ls", "--no-data"]);
    assert!(out.contains("nothing but the layout differs"), "{out}");
    let (_, out, _) = diff(folder.path(), &["old.ls", "old.ls", "--format", "json"]);
    let object: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(object["changes"], Value::Array(Vec::new()));
    assert_eq!(object["verdict"], "equivalent");
    assert_eq!(object["impact"]["bands"]["changed"], 0);
}

#[test]
fn formats_follow_the_ending_of_the_file() {
    let folder = project();
    for (name, beginning) in [
        ("out.json", "{\n  \"old\": \"old.ls\""),
        ("out.md", "### leadscore: `old.ls` → `new.ls`"),
        ("out.html", "<!doctype html>"),
        ("out.txt", "old.ls → new.ls"),
    ] {
        let (code, out, err) = diff(folder.path(), &["old.ls", "new.ls", "-o", name]);
        assert_eq!((code, out.as_str(), err.as_str()), (0, "", ""));
        let written = fs::read_to_string(folder.path().join(name)).unwrap();
        assert!(written.starts_with(beginning), "{written}");
    }
    assert_eq!(diff(folder.path(), &["old.ls", "new.ls", "-o", "out.xlsx"]).0, 2);
    let (code, _, err) = diff(folder.path(), &["old.ls", "new.ls", "-o", "old.ls", "--format", "json"]);
    assert!(code == 2 && err.contains("would overwrite the old rules"), "{err}");
}

#[test]
fn each_rules_read_the_data_in_their_own_types() {
    let folder = project();
    fs::write(
        folder.path().join("text.ls"),
        "field size: text\nwhen size is known add 1\n",
    )
    .unwrap();
    fs::write(
        folder.path().join("number.ls"),
        "timezone \"Asia/Tokyo\"\nfield size: number\nfield title: text\nwhen size > 10 add 3\nwhen title is known add 1\n",
    )
    .unwrap();
    let (code, out, err) = diff(folder.path(), &["text.ls", "number.ls"]);
    assert_eq!(code, 0, "{err}");
    for line in [
        "~ field size: text → number",
        "+ field title: text",
        "~ timezone \"UTC\" → \"Asia/Tokyo\"",
    ] {
        assert!(out.contains(line), "{out}");
    }
    // ann 1 → 1, bob 0 → 1, cid 1 → 4, dee 1 → 3.
    assert!(out.contains("1 as before, 3 raised, 0 lowered"), "{out}");
}

#[test]
fn old_rules_may_stand_in_git_and_either_on_standard_input() {
    let folder = project();
    fs::rename(folder.path().join("old.ls"), folder.path().join("rules.ls")).unwrap();
    commit(folder.path());
    fs::write(folder.path().join("rules.ls"), CHANGED).unwrap();
    let (code, out, err) = diff(folder.path(), &["HEAD:rules.ls", "rules.ls"]);
    assert_eq!(code, 0, "{err}");
    assert!(
        out.starts_with("HEAD:rules.ls → rules.ls") && out.contains("10 → 16"),
        "{out}"
    );
    let mut from_input = leadscore(folder.path(), &["diff", "-", "rules.ls", "--no-data"]);
    let (code, out, _) = finish(from_input.write_stdin(RULES));
    assert!(code == 0 && out.contains("10 → 16"), "{out}");
    assert_eq!(diff(folder.path(), &["-", "-"]).0, 2);
    let (code, _, err) = diff(folder.path(), &["HEAD:rules.ls", "rules.ls", "--contacts", "-"]);
    assert!(code == 2 && err.contains("write them to a file first"), "{err}");
}

#[test]
fn the_head_names_old_rules_as_git_does() {
    let folder = folder(&[
        ("rules.ls", RULES),
        ("top.ls", RULES),
        ("lists.txt", "ceo\n"),
        ("scoring/rules.ls", RULES),
        (
            "scoring/listed.ls",
            "list leaders from \"lists.txt\"\nwhen title in leaders add 1\n",
        ),
    ]);
    commit(folder.path());
    let scoring = folder.path().join("scoring");
    let head = |folder: &Path, old: &str, new: &str| {
        let (code, out, err) = diff(folder, &[old, new, "--no-data"]);
        assert_eq!(code, 0, "{err}");
        out.lines().next().unwrap_or_default().to_owned()
    };
    assert_eq!(
        head(folder.path(), "main:rules.ls", "rules.ls"),
        "main:rules.ls → rules.ls"
    );
    assert_eq!(
        head(&scoring, "main:rules.ls", "rules.ls"),
        "main:scoring/rules.ls → rules.ls"
    );
    assert_eq!(
        head(&scoring, "main:../rules.ls", "rules.ls"),
        "main:rules.ls → rules.ls"
    );
    assert_eq!(head(&scoring, "main:top.ls", "rules.ls"), "main:top.ls → rules.ls");
    assert_eq!(
        head(&scoring, "main:scoring/rules.ls", "rules.ls"),
        "main:scoring/rules.ls → rules.ls"
    );

    // A list that is not beside the rules is not looked for elsewhere.
    let (code, _, err) = diff(&scoring, &["main:listed.ls", "rules.ls", "--no-data"]);
    assert!(code == 1 && err.contains("lists.txt"), "{err}");
}

#[test]
fn a_limit_over_no_contacts_says_that_it_holds_nothing() {
    let folder = project();
    fs::write(folder.path().join("none.csv"), "id,title\n").unwrap();
    let arguments = ["old.ls", "new.ls", "--contacts", "none.csv", "--max-band-changes", "5%"];
    let (code, _, err) = diff(folder.path(), &arguments);
    assert_eq!(code, 0);
    assert!(err.contains("`--max-band-changes` has no contacts to count"), "{err}");
}

#[test]
fn a_difference_is_shown_by_a_test_that_passes_with_the_new_rules() {
    let folder = project();
    let (_, out, _) = diff(folder.path(), &["old.ls", "new.ls", "--no-data", "--format", "json"]);
    let object: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(object["verdict"], "different");
    let test = object["proof"]["example"]["test"].as_str().unwrap();
    fs::write(folder.path().join("new_test.ls"), test).unwrap();
    let (code, out, err) = run(folder.path(), &["test", "new.ls"]);
    assert!(code == 0 && out.contains("1 passed"), "{test}{out}{err}");
}
