//! `leadscore test`: which tests run, exit codes, formats and coverage.

use serde_json::Value;
use tempfile::TempDir;

use super::{RULES, finish, folder, leadscore, run};

const PASSES: &str = "test \"a director gets 10\" {\n  given title = \"Director\"\n  expect score = 10\n}\n";
const FAILS: &str = "test \"three <visits> & more\" {\n  given 5 events visit today\n  expect score = 25\n}\n";

fn project() -> TempDir {
    folder(&[
        ("rules.ls", &format!("{RULES}{PASSES}")),
        ("rules_test.ls", FAILS),
        ("special.ls", PASSES),
        ("leadscore.toml", "rules = \"rules.ls\"\n"),
    ])
}

#[test]
fn the_tests_in_the_rules_and_beside_them_are_run() {
    for arguments in [
        &["test"][..],
        &["test", "rules.ls"],
        &["test", "rules.ls", "rules_test.ls"],
        &["test", "rules_test.ls"],
    ] {
        let (code, out, err) = run(project().path(), arguments);
        assert_eq!((code, err.as_str()), (1, ""), "{arguments:?}: {out}");
        assert!(out.contains("1 passed, 1 failed"), "{out}");
        assert!(out.contains("score = 25") && out.contains("15"), "{out}");
    }
    let (code, out, _) = run(project().path(), &["test", "rules.ls", "special.ls"]);
    assert_eq!(code, 0);
    assert!(out.contains("2 passed"), "{out}");
}

#[test]
fn quiet_shows_only_what_failed() {
    let (code, out, _) = run(project().path(), &["test", "--quiet"]);
    assert_eq!(code, 1);
    assert!(out.contains("three <visits>") && !out.contains("a director"), "{out}");
    let (code, out, _) = run(project().path(), &["test", "--quiet", "rules.ls", "special.ls"]);
    assert_eq!((code, out.as_str()), (0, ""));
}

#[test]
fn machines_read_json_junit_and_annotations() {
    let folder = project();
    let (code, out, _) = run(folder.path(), &["test", "--format", "json", "--coverage"]);
    assert_eq!(code, 1);
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&report["passed"], &report["failed"]), (&1.into(), &1.into()));
    assert_eq!(report["tests"][1]["file"], "rules_test.ls");
    assert_eq!(report["coverage"]["total"], 5);

    let (code, out, _) = run(folder.path(), &["test", "--format", "junit"]);
    assert_eq!(code, 1);
    assert!(
        out.contains("<testsuites name=\"leadscore\" tests=\"2\" failures=\"1\" errors=\"0\">"),
        "{out}"
    );
    assert!(
        out.contains("<testcase name=\"three &lt;visits&gt; &amp; more\" classname=\"rules_test.ls\""),
        "{out}"
    );
    assert_eq!(out.matches("<failure ").count(), 1);

    let (code, out, _) = run(folder.path(), &["test", "--format", "github"]);
    assert_eq!(code, 1);
    assert!(
        out.starts_with("::error file=rules_test.ls,line=3,endLine=3,col="),
        "{out}"
    );
    let (top, name) = (folder.path().parent().unwrap(), folder.path().file_name().unwrap());
    let mut below = leadscore(folder.path(), &["test", "--format", "github"]);
    let (_, out, _) = finish(below.env("GITHUB_WORKSPACE", top));
    let file = format!("::error file={}/rules_test.ls,", name.to_string_lossy());
    assert!(out.starts_with(&file), "{out}");
}

#[test]
fn mistakes_in_the_rules_are_told_in_every_format() {
    let folder = folder(&[("rules.ls", &format!("when visits >= add 3\n{PASSES}"))]);
    let said = |format: &str| {
        let (code, out, err) = run(folder.path(), &["test", "rules.ls", "--format", format]);
        assert_eq!(code, 1, "{err}");
        assert!(err.contains("rules.ls:1:16"), "{err}");
        out
    };
    assert_eq!(said("human"), "");
    let report: Value = serde_json::from_str(&said("json")).unwrap();
    assert_eq!(report["diagnostics"][0]["labels"][0]["line"], 1);
    let xml = said("junit");
    assert!(
        xml.contains("<testsuites name=\"leadscore\" tests=\"1\" failures=\"0\" errors=\"1\">"),
        "{xml}"
    );
    assert!(
        xml.contains("file=\"rules.ls\" line=\"1\">\n      <error message="),
        "{xml}"
    );
    assert!(said("github").starts_with("::error file=rules.ls,line=1,"));

    let (code, out, _) = run(folder.path(), &["test", "none.ls", "--format", "junit"]);
    assert_eq!(code, 2);
    assert!(
        out.contains("errors=\"1\"") && out.contains("LS6001 cannot read `none.ls`"),
        "{out}"
    );
}

#[test]
fn a_limit_that_is_missed_is_a_failure_for_machines_too() {
    let folder = project();
    let arguments = [
        "test",
        "rules.ls",
        "special.ls",
        "--min-coverage",
        "20",
        "--min-mutation",
        "99",
    ];
    let said = |format: &str| {
        let (code, out, err) = run(folder.path(), &[&arguments[..], &["--format", format]].concat());
        assert_eq!(code, 1);
        assert!(err.contains("less than 99%"), "{err}");
        out
    };
    let xml = said("junit");
    assert!(xml.contains("tests=\"4\" failures=\"1\" errors=\"0\">"), "{xml}");
    assert!(
        xml.contains("name=\"the tests reach 20% of the rules or more\""),
        "{xml}"
    );
    assert!(xml.contains("<failure message=\"the tests notice "), "{xml}");
    assert!(said("github").contains("::error file=rules.ls::the tests notice "));

    let failing = ["test", "--min-mutation", "1", "--format", "junit"];
    let (code, xml, _) = run(folder.path(), &failing);
    assert_eq!(code, 1);
    assert!(
        xml.contains("<failure message=\"no change of the rules was tried: mend"),
        "{xml}"
    );
}

#[test]
fn a_score_of_nothing_says_so() {
    let folder = folder(&[("rules.ls", &format!("{RULES}test \"a\" {{\n  expect score = 5\n}}\n"))]);
    let (_, out, _) = run(folder.path(), &["test", "rules.ls"]);
    assert!(out.contains("The score is 0; nothing gave or took points."), "{out}");
}

#[test]
fn coverage_lists_what_no_test_reaches() {
    let folder = project();
    let (code, out, _) = run(folder.path(), &["test", "rules.ls", "special.ls", "--coverage"]);
    assert_eq!(code, 0);
    assert!(out.contains("event visit") && out.contains("line 2"), "{out}");
    let arguments = ["test", "rules.ls", "special.ls", "--min-coverage"];
    let (code, _, err) = run(folder.path(), &[&arguments[..], &["50"]].concat());
    assert_eq!(code, 1);
    assert!(err.contains("less than 50%"), "{err}");
    let (code, _, _) = run(folder.path(), &[&arguments[..], &["33.3"]].concat());
    assert_eq!(code, 0);
    let (code, _, _) = run(folder.path(), &[&arguments[..], &["120"]].concat());
    assert_eq!(code, 2);
}

#[test]
fn mutation_tells_what_no_test_notices() {
    let folder = project();
    let arguments = ["test", "rules.ls", "special.ls", "--mutate"];
    let (code, out, err) = run(folder.path(), &arguments);
    assert_eq!((code, err.as_str()), (0, ""), "survivors alone are no failure");
    assert!(
        out.contains("survived  `when event visit add 5 at most 3 times` is left out"),
        "{out}"
    );
    assert!(out.contains("small changes of the rules noticed by a test"), "{out}");

    let (code, out, _) = run(folder.path(), &[&arguments[..], &["--format", "json"]].concat());
    assert_eq!(code, 0);
    let report: Value = serde_json::from_str(&out).unwrap();
    let mutants = report["mutation"]["mutants"].as_array().unwrap();
    let killed = mutants.iter().filter(|mutant| mutant["outcome"] == "killed");
    assert!(killed.clone().all(|mutant| mutant["by"] == "a director gets 10"));
    assert_eq!(report["mutation"]["killed"], killed.count());

    let (code, out, _) = run(folder.path(), &[&arguments[..], &["--format", "github"]].concat());
    assert_eq!(code, 0);
    assert!(out.contains("::warning file=rules.ls,line=2,"), "{out}");
}

#[test]
fn mutation_can_be_asked_for_so_many_percent() {
    let folder = project();
    let arguments = ["test", "rules.ls", "special.ls", "--min-mutation"];
    let (code, out, err) = run(folder.path(), &[&arguments[..], &["90"]].concat());
    assert_eq!(code, 1);
    assert!(out.contains("survived") && err.contains("less than 90%"), "{out}{err}");
    let (code, out, _) = run(folder.path(), &[&arguments[..], &["10"]].concat());
    assert_eq!(code, 0);
    assert!(!out.contains("survived"), "{out}");
}

#[test]
fn rules_whose_tests_fail_are_not_changed() {
    let folder = project();
    let (code, out, err) = run(folder.path(), &["test", "--mutate"]);
    assert_eq!(code, 1);
    assert!(!out.contains("survived"), "{out}");
    assert!(err.contains("mend the tests that fail first"), "{err}");
}

#[test]
fn mistakes_come_before_tests() {
    let folder = project();
    std::fs::write(
        folder.path().join("rules_test.ls"),
        "test \"a\" {\n  expect band = hott\n}\n",
    )
    .unwrap();
    let (code, out, err) = run(folder.path(), &["test"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("rules_test.ls:2:17"), "{err}");
}

#[test]
fn no_tests_are_told() {
    let folder = folder(&[("rules.ls", RULES)]);
    let (code, _, err) = run(folder.path(), &["test", "rules.ls"]);
    assert_eq!(code, 0);
    assert!(err.contains("no tests"), "{err}");
    let (_, out, _) = run(folder.path(), &["test", "rules.ls", "--format", "github"]);
    assert!(out.starts_with("::warning file=rules.ls::there are no tests"), "{out}");
    for limit in ["--min-coverage", "--min-mutation"] {
        for percent in ["0", "1"] {
            let (code, _, err) = run(folder.path(), &["test", "rules.ls", limit, percent]);
            assert_eq!(code, 1, "{limit} {percent}");
            assert!(err.contains("error: there are no tests"), "{err}");
        }
    }
}

#[test]
fn proposed_tests_pass_and_cover_what_was_open() {
    let folder = folder(&[("rules.ls", RULES)]);
    let (code, out, err) = run(folder.path(), &["test", "rules.ls", "--generate"]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(out.starts_with("# Proposed by `leadscore test --generate`."), "{out}");
    std::fs::write(folder.path().join("rules_test.ls"), &out).unwrap();
    let (code, out, err) = run(folder.path(), &["test", "--min-coverage", "100", "rules.ls"]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    let (code, out, err) = run(folder.path(), &["test", "rules.ls", "--generate"]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert!(err.contains("the tests cover everything"), "{err}");
}
