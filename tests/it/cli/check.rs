//! `leadscore check`: exit codes, formats, which files belong together, and the pages of codes.

use serde_json::Value;

use super::{RULES, finish, folder, leadscore, run};

const WRONG: &str =
    "field title: text\nscore fit {\n  when titel contains \"a\" add 5\n  when title contains \"b\" ad 5\n}\n";

#[test]
fn sound_rules_are_fine() {
    let folder = folder(&[("rules.ls", RULES)]);
    let (code, out, err) = run(folder.path(), &["check", "rules.ls"]);
    assert_eq!(
        (code, out.as_str(), err.as_str()),
        (0, "no errors, no warnings in rules.ls\n", "")
    );
}

#[test]
fn every_mistake_of_a_file_is_shown_and_counted() {
    let folder = folder(&[("rules.ls", WRONG)]);
    let (code, out, err) = run(folder.path(), &["check", "rules.ls"]);
    assert_eq!((code, err.as_str()), (1, ""));
    assert!(out.contains("rules.ls:3:8") && out.contains("rules.ls:4:"), "{out}");
    assert!(out.ends_with("2 errors in rules.ls\n"), "{out}");
    assert!(!out.contains('\u{1b}'), "no colours without a terminal: {out}");
}

#[test]
fn colours_are_an_option() {
    let folder = folder(&[("rules.ls", WRONG)]);
    let (_, always, _) = run(folder.path(), &["check", "rules.ls", "--color", "always"]);
    assert!(always.contains('\u{1b}'));
    let (_, never, _) =
        finish(leadscore(folder.path(), &["check", "rules.ls", "--color=never"]).env("CLICOLOR_FORCE", "1"));
    assert!(!never.contains('\u{1b}'));
}

#[test]
fn json_has_lines_labels_and_edits() {
    let folder = folder(&[("rules.ls", WRONG)]);
    let (code, out, _) = run(folder.path(), &["check", "rules.ls", "--format", "json"]);
    assert_eq!(code, 1);
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (&report["errors"], &report["warnings"]),
        (&Value::from(2), &Value::from(0))
    );
    let first = &report["diagnostics"][0];
    assert_eq!(first["severity"], "error");
    assert_eq!(first["file"], "rules.ls");
    let label = &first["labels"][0];
    assert_eq!(
        (&label["line"], &label["column"], &label["end_column"]),
        (&3.into(), &8.into(), &13.into())
    );
    assert_eq!(first["edit"]["text"], "title");
}

#[test]
fn sarif_names_its_rules_and_places() {
    let folder = folder(&[("my rules.ls", WRONG)]);
    let (code, out, _) = run(folder.path(), &["check", "my rules.ls", "--format", "sarif"]);
    assert_eq!(code, 1);
    let log: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let (driver, results) = (
        &log["runs"][0]["tool"]["driver"],
        log["runs"][0]["results"].as_array().unwrap(),
    );
    assert_eq!(results.len(), 2);
    for result in results {
        let rule = &driver["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["help"]["markdown"].as_str().unwrap().starts_with("# "));
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "my%20rules.ls");
        assert!(place["region"]["startLine"].as_u64().unwrap() >= 3);
    }
}

#[test]
fn annotations_are_a_line_each() {
    let folder = folder(&[("rules.ls", WRONG)]);
    let (code, out, _) = run(folder.path(), &["check", "rules.ls", "--format", "github"]);
    assert_eq!(code, 1);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(
        lines[0].starts_with("::error file=rules.ls,line=3,endLine=3,col=8,endColumn=13,title=LS"),
        "{out}"
    );
}

#[test]
fn warnings_fail_only_where_they_are_denied() {
    let folder = folder(&[(
        "rules.ls",
        "field title: text\nfield unused: text\nwhen title contains \"director\" add 5\n",
    )]);
    let (code, out, _) = run(folder.path(), &["check", "rules.ls"]);
    assert_eq!(code, 0, "{out}");
    assert!(out.ends_with("1 warning in rules.ls\n"), "{out}");
    let (code, out, _) = run(folder.path(), &["check", "rules.ls", "--quiet"]);
    assert_eq!((code, out.as_str()), (0, ""));
    let (code, _, _) = run(folder.path(), &["check", "rules.ls", "--deny", "warnings"]);
    assert_eq!(code, 1);
}

#[test]
fn the_tests_beside_rules_are_checked_with_them() {
    let folder = folder(&[
        ("rules.ls", RULES),
        ("rules_test.ls", "test \"a\" {\n  expect band = hott\n}\n"),
        ("other.ls", RULES),
        ("other_test.ls", "test \"b\" {\n  expect band = nonsense\n}\n"),
    ]);
    for arguments in [
        &["check", "rules.ls"][..],
        &["check", "rules_test.ls"],
        &["check", "rules.ls", "rules_test.ls"],
    ] {
        let (code, out, _) = run(folder.path(), arguments);
        assert_eq!(code, 1, "{arguments:?}: {out}");
        assert!(
            out.contains("rules_test.ls:2:17") && !out.contains("other_test"),
            "{out}"
        );
        assert!(out.ends_with("1 error in 2 files\n"), "{out}");
    }
}

#[test]
fn rules_may_come_from_standard_input_or_the_configuration() {
    let folder = folder(&[
        ("leadscore.toml", "rules = \"a/rules.ls\"\n"),
        ("a/rules.ls", WRONG),
        ("a/b/x.txt", ""),
    ]);
    let (code, out, _) = run(folder.path(), &["check"]);
    assert_eq!(code, 1, "{out}");
    let (code, out, _) = run(&folder.path().join("a/b"), &["check"]);
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("rules.ls:3:8"), "{out}");
    let (code, out, _) = finish(leadscore(folder.path(), &["check", "-"]).write_stdin(WRONG));
    assert_eq!(code, 1);
    assert!(out.contains("<stdin>:3:8"), "{out}");
}

#[test]
fn rules_may_be_named_as_they_were_in_git() {
    let folder = folder(&[("rules.ls", WRONG)]);
    let git = |arguments: &[&str]| {
        let status = std::process::Command::new("git")
            .current_dir(folder.path())
            .args(arguments)
            .status()
            .unwrap();
        assert!(status.success(), "{arguments:?}");
    };
    git(&["init", "-q", "-b", "main"]);
    git(&["add", "."]);
    git(&[
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@example.org",
        "commit",
        "-qm",
        "a",
    ]);
    std::fs::write(folder.path().join("rules.ls"), RULES).unwrap();
    let (code, out, _) = run(folder.path(), &["check", "main:rules.ls"]);
    assert_eq!(code, 1);
    assert!(out.contains("main:rules.ls:3:8"), "{out}");
    let (code, _, err) = run(folder.path(), &["check", "mian:rules.ls"]);
    assert_eq!(code, 2);
    assert!(err.contains("mian:rules.ls") && err.contains("git says"), "{err}");
}

#[test]
fn files_that_cannot_be_read_are_no_findings() {
    let folder = folder(&[("rules.ls", RULES), ("latin.ls", "")]);
    std::fs::write(folder.path().join("latin.ls"), b"# \xE9\n").unwrap();
    for arguments in [
        &["check", "rule.ls"][..],
        &["check", "."],
        &["check", "latin.ls"],
        &["check"],
    ] {
        let (code, out, err) = run(folder.path(), arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(err.starts_with("error"), "{err}");
    }
    let (_, _, err) = run(folder.path(), &["check", "rule.ls"]);
    assert!(err.contains("did you mean `rules.ls`?"), "{err}");
}

#[test]
fn a_list_file_is_part_of_the_rules() {
    let rules = "list free from \"mail.txt\"\nwhen domain(email) in free add -5\n";
    let folder = folder(&[("a/rules.ls", rules)]);
    let (code, out, _) = run(folder.path(), &["check", "a/rules.ls"]);
    assert_eq!(code, 1);
    assert!(out.contains("mail.txt"), "{out}");
    std::fs::write(folder.path().join("a/mail.txt"), "gmail.com\n").unwrap();
    let (code, out, _) = run(folder.path(), &["check", "a/rules.ls"]);
    assert_eq!(code, 0, "{out}");
}

#[test]
fn a_code_has_a_page_and_an_unknown_one_a_neighbour() {
    let folder = folder(&[]);
    let (code, out, _) = run(folder.path(), &["check", "--explain", "ls1001"]);
    assert_eq!(code, 0);
    assert!(out.starts_with("# LS1001"), "{out}");
    let (code, _, err) = run(folder.path(), &["check", "--explain", "LS1O01"]);
    assert_eq!(code, 2);
    assert!(err.contains("did you mean `LS1001`?"), "{err}");
}
