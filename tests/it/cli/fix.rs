//! `leadscore check --fix`: what it mends, what it leaves to people, and what it never does.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::folder::entries;

use super::{RULES, finish, folder, leadscore, run};

const WRITTEN_ELSEWHERE: &str = "\
field title: text
field employees: number
If title == 'Director' && employees > \"50\" then add 5 points // the boss
when 10 < employees < 50 add 2,5 when employees ≥ 3 add 1
hot >= 6
";

const MENDED: &str = "\
field title: text
field employees: number
when title = \"Director\" and employees > 50 add 5 # the boss
when (10 < employees and employees < 50) add 2.5
when employees >= 3 add 1
hot >= 6
";

/// A file without the blanks at the ends of its lines.
fn read(folder: &Path, name: &str) -> String {
    let text = fs::read_to_string(folder.join(name)).unwrap();
    text.lines()
        .map(|line| line.trim_end().replace("  ", " ") + "\n")
        .collect()
}

#[test]
fn what_is_plain_is_mended_until_nothing_is_left() {
    let folder = folder(&[
        ("rules.ls", WRITTEN_ELSEWHERE),
        (
            "rules_test.ls",
            "test \"a\" {\n  given title == \"Director\"\n  expect band != \"hot\"\n}\n",
        ),
    ]);
    let (code, out, err) = run(folder.path(), &["check", "--fix", "rules.ls"]);
    assert_eq!(
        (code, out.as_str()),
        (0, "no errors, no warnings in 2 files\n"),
        "{err}"
    );
    assert_eq!(
        err,
        "fixed 12 of 12 errors in rules.ls\nfixed 2 of 2 errors in rules_test.ls\n"
    );
    assert_eq!(read(folder.path(), "rules.ls"), MENDED);
    let tests = read(folder.path(), "rules_test.ls");
    assert!(
        tests.contains("given title = \"Director\"") && tests.contains("band != hot"),
        "{tests}"
    );
    // What is sound is not touched.
    let (code, _, err) = run(folder.path(), &["check", "--fix", "rules.ls"]);
    assert_eq!((code, err.as_str()), (0, ""));
}

#[test]
fn what_may_mean_something_else_is_left_to_people() {
    for guess in [
        // Names that are near, and numbers that some read otherwise.
        "field title: text\nwhen titel contains \"director\" add 5\n",
        "field plan: text one of (\"pro\", \"basic\")\nwhen plan = \"prod\" add 5\n",
        "timezone \"Europe/Pari\"\nwhen title contains \"director\" add 5\n",
        "when employees > 1,000 add 5\n",
        "field zip: text\nwhen zip = 01000 add 5\n",
        // An apostrophe, a chain that says two things, a brace that another one may lack.
        "when title contains 'l'acheteur' add 3\n",
        "when 1 < employees > 5 add 5\n",
        "when title contains \"director\" add 5\n}\n",
        "when title contains \"a\u{202E}b\" add 3\n",
        "ignore event visit within 5 days\nwhen event visit add 1 at most once\n",
    ] {
        let folder = folder(&[("rules.ls", guess)]);
        let (code, _, err) = run(folder.path(), &["check", "--fix", "rules.ls"]);
        assert_eq!(code, 1, "{guess}");
        assert!(err.starts_with("fixed 0 of "), "{guess}{err}");
        assert_eq!(fs::read_to_string(folder.path().join("rules.ls")).unwrap(), guess);
    }
}

#[test]
fn a_warning_proposes_and_changes_nothing() {
    let warned = "field title: text\nwhen title contains \"cto\" add 5\n";
    let folder = folder(&[("rules.ls", warned)]);
    let (code, out, err) = run(folder.path(), &["check", "--fix", "rules.ls"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("1 warning"), "{out}");
    let (code, _, _) = run(folder.path(), &["check", "--fix", "--deny", "warnings", "rules.ls"]);
    assert_eq!(code, 1);
    assert_eq!(fs::read_to_string(folder.path().join("rules.ls")).unwrap(), warned);
}

#[test]
fn no_case_has_more_errors_afterwards_and_a_second_run_finds_nothing() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut mended = 0;
    for path in ["parse", "check", "lint"]
        .iter()
        .flat_map(|stage| entries(&cases.join(stage)))
    {
        if path.extension().is_none_or(|ending| ending != "ls") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let rules = text.split("\n---\n").next().unwrap();
        let folder = folder(&[("rules.ls", rules)]);
        let left = |arguments: &[&str]| {
            let (_, out, _) = run(
                folder.path(),
                &[&["check", "rules.ls", "--format", "json"], arguments].concat(),
            );
            serde_json::from_str::<Value>(&out).unwrap()["errors"].as_u64().unwrap()
        };
        let before = left(&[]);
        let after = left(&["--fix"]);
        assert!(after <= before, "{}", path.display());
        let first = fs::read_to_string(folder.path().join("rules.ls")).unwrap();
        assert!(before > 0 || first == rules, "{}", path.display());
        if first != rules {
            assert_eq!(left(&["--fix"]), after, "{}", path.display());
            let second = fs::read_to_string(folder.path().join("rules.ls")).unwrap();
            assert_eq!(first, second, "{}", path.display());
            mended += 1;
        }
    }
    assert!(mended > 5);
}

#[test]
fn an_edit_that_uncovers_more_errors_is_not_applied_and_the_others_are() {
    let rules = "field title: text\nwhen titel = 1 && tilte = 2 && titlee == 3 add 5\nwhen title == \"b\" add 1\n";
    let folder = folder(&[("rules.ls", rules)]);
    let errors = || {
        let (_, out, _) = run(folder.path(), &["check", "rules.ls", "--format", "json"]);
        serde_json::from_str::<Value>(&out).unwrap()["errors"].as_u64().unwrap()
    };
    let before = errors();
    let (code, _, _) = run(folder.path(), &["check", "--fix", "rules.ls"]);
    assert_eq!(code, 1);
    assert!(errors() <= before);
    assert!(read(folder.path(), "rules.ls").contains("when title = \"b\" add 1"));
}

#[test]
fn standard_input_goes_mended_to_standard_output() {
    let folder = folder(&[]);
    let (code, out, err) = finish(
        leadscore(folder.path(), &["check", "--fix", "-"]).write_stdin("when a == 1 add 5 points\nwhen b add\n"),
    );
    assert_eq!(code, 1);
    assert_eq!(out, "when a = 1 add 5 \nwhen b add\n");
    assert!(
        err.starts_with("fixed 2 of 3 errors in <stdin>\nLS") && err.ends_with("1 error in <stdin>\n"),
        "{err}"
    );
    let (code, out, err) = finish(leadscore(folder.path(), &["check", "--fix", "-q", "-"]).write_stdin(RULES));
    assert_eq!((code, out.as_str(), err.as_str()), (0, RULES, ""));
}

#[test]
fn a_version_in_git_stays_as_it_is_and_nothing_beside_it_is_written() {
    let folder = folder(&[("rules.ls", WRITTEN_ELSEWHERE)]);
    let (code, out, err) = run(folder.path(), &["check", "--fix", "rules.ls", "HEAD:rules.ls"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("`HEAD:rules.ls` stays as it was in git"), "{err}");
    assert_eq!(
        fs::read_to_string(folder.path().join("rules.ls")).unwrap(),
        WRITTEN_ELSEWHERE
    );
}

#[test]
#[cfg(unix)]
fn a_file_that_cannot_be_written_stays_whole() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("inner/rules.ls", WRITTEN_ELSEWHERE)]);
    let inner = folder.path().join("inner");
    fs::set_permissions(&inner, fs::Permissions::from_mode(0o555)).unwrap();
    let can_write = fs::write(inner.join("probe"), "").is_ok();
    let (code, _, err) = run(folder.path(), &["check", "--fix", "inner/rules.ls"]);
    fs::set_permissions(&inner, fs::Permissions::from_mode(0o755)).unwrap();
    // Whoever may write everywhere is refused nothing.
    if !can_write {
        assert_eq!(code, 2, "{err}");
        assert_eq!(fs::read_to_string(inner.join("rules.ls")).unwrap(), WRITTEN_ELSEWHERE);
    }
}

#[test]
fn thousands_of_mistakes_are_no_hang() {
    let rules = "when a == 1 && b == 2 then add 5 points\n".repeat(500);
    let folder = folder(&[("rules.ls", &rules)]);
    let (_, _, err) = run(folder.path(), &["check", "--fix", "-q", "rules.ls"]);
    assert_eq!(err, "");
    assert!(
        !fs::read_to_string(folder.path().join("rules.ls"))
            .unwrap()
            .contains("==")
    );
}
