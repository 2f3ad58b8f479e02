//! `leadscore check`: exit codes, formats, which files belong together, and the pages of codes.

use serde_json::Value;

use super::{RULES, commit, finish, folder, leadscore, run};

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
    // Beside a line there is no place for labels, so what the only one says stands with the others.
    std::fs::write(
        folder.path().join("rules.ls"),
        "when size > 5 add 5\nhot >= 9\ncold otherwise\n",
    )
    .unwrap();
    let (_, out, _) = run(folder.path(), &["check", "rules.ls", "--format", "github"]);
    let told = "::no contact can be `hot`%0Athe highest score that a contact can have is 5%0Amove the threshold down";
    assert!(out.contains(told), "{out}");
}

/// GitHub resolves the paths of annotations from the top of the repository, whatever folder a step works in.
#[test]
fn annotations_have_their_paths_from_the_top_of_the_repository() {
    let folder = folder(&[("scoring/fit/rules.ls", WRONG), ("elsewhere/a.txt", "")]);
    let below = folder.path().join("scoring");
    let written = |top: &str, format: &str| {
        let mut command = leadscore(&below, &["check", "fit/rules.ls", "--format", format]);
        finish(command.env("GITHUB_WORKSPACE", folder.path().join(top))).1
    };
    let uris = |log: String| -> Vec<Value> {
        let log: Value = serde_json::from_str(&log).unwrap();
        let results = log["runs"][0]["results"].as_array().unwrap().iter();
        results
            .map(|result| result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].clone())
            .collect()
    };
    for (top, path) in [
        ("", "scoring/fit/rules.ls"),
        ("scoring", "fit/rules.ls"),
        ("elsewhere", "fit/rules.ls"),
    ] {
        let annotations = written(top, "github");
        let each = format!("::error file={path},");
        assert_eq!(
            annotations.lines().filter(|line| line.starts_with(&each)).count(),
            2,
            "{annotations}"
        );
        assert_eq!(uris(written(top, "sarif")), [path, path]);
        assert!(written(top, "json").contains("\"file\": \"fit/rules.ls\""));
    }
}

#[test]
fn bounds_are_told_to_people_and_in_json_and_refused_elsewhere() {
    let rules = "score fit {\n  when size > 5 add 5\n}\nscore visits {\n  when event visit add 1\n}\nhot >= 5\n";
    let excluded = "exclude when true because \"closed\"\nwhen size > 5 add 5\n";
    let folder = folder(&[("rules.ls", rules), ("excluded.ls", excluded)]);
    let (code, out, _) = run(folder.path(), &["check", "--bounds", "rules.ls", "excluded.ls"]);
    assert_eq!(code, 0);
    assert!(
        out.contains("\n  fit     from 0 to 5\n  visits  from 0 to ∞\n"),
        "{out}"
    );
    assert!(
        out.contains("test \"the highest fit\"") && out.contains("test \"with little, hot\""),
        "{out}"
    );
    assert!(
        out.contains("\nhot needs a rule at least, such as\n  size > 5    "),
        "{out}"
    );
    assert!(
        out.contains("excluded.ls goes\n  every contact is excluded: there is no score\n"),
        "{out}"
    );

    let (_, out, _) = run(
        folder.path(),
        &["check", "--bounds", "--format", "json", "rules.ls", "excluded.ls"],
    );
    let report: Value = serde_json::from_str(&out).unwrap();
    let [of_rules, of_excluded] = report["bounds"].as_array().unwrap().as_slice() else {
        panic!("{out}");
    };
    let fit = &of_rules["scores"][1];
    assert_eq!(
        (&fit["name"], &fit["greatest"]["number"], &fit["greatest"]["exact"]),
        (&"fit".into(), &5.into(), &true.into())
    );
    assert!(
        fit["greatest"]["found"]["test"]
            .as_str()
            .unwrap()
            .contains("expect fit = 5"),
        "{out}"
    );
    assert_eq!(of_rules["scores"][2]["greatest"]["number"], Value::Null);
    let hot = &of_rules["bands"][0]["needs"];
    assert_eq!(
        (
            &hot["with"][0]["line"],
            &hot["are_fewest"],
            &hot["always"][0][1]["title"]
        ),
        (&2.into(), &true.into(), &"event visit".into())
    );
    assert_eq!(
        (&of_excluded["all_excluded"], &of_excluded["scores"]),
        (&true.into(), &Value::Array(Vec::new()))
    );
    let (_, out, _) = run(folder.path(), &["check", "--format", "json", "rules.ls"]);
    assert!(!out.contains("bounds"), "{out}");

    for format in ["sarif", "github"] {
        let (code, out, err) = run(folder.path(), &["check", "--bounds", "--format", format, "rules.ls"]);
        assert_eq!((code, out.as_str()), (2, ""));
        assert!(
            err.contains("`--bounds` is told by `--format human` and `--format json`"),
            "{err}"
        );
    }
}

#[test]
fn a_file_that_cannot_be_read_keeps_nothing_else_from_being_checked() {
    let folder = folder(&[("a.ls", WRONG), ("b.ls", RULES), ("b_test.ls", "")]);
    std::fs::write(folder.path().join("b_test.ls"), b"# \xE9\n").unwrap();
    let files = ["check", "a.ls", "nofile.ls", "b.ls"];
    let (code, out, err) = run(folder.path(), &files);
    assert_eq!(code, 2);
    assert!(out.ends_with("2 errors in 2 files\n"), "{out}");
    assert!(
        err.contains("cannot read `nofile.ls`") && err.contains("cannot read `b_test.ls`"),
        "{err}"
    );
    let (code, out, _) = run(folder.path(), &[&files[..], &["--format", "json"]].concat());
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &report["errors"]), (2, &4.into()));
    let unread = report["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .find(|each| each["file"] == "nofile.ls");
    assert_eq!(
        (&unread.unwrap()["code"], &unread.unwrap()["labels"]),
        (&"LS6001".into(), &Value::Array(Vec::new()))
    );
    let (code, out, _) = run(folder.path(), &[&files[..], &["--format", "github"]].concat());
    assert_eq!(code, 2);
    assert!(
        out.contains("::error file=nofile.ls,title=LS6001::cannot read"),
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
    commit(folder.path());
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
