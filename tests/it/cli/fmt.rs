//! `leadscore fmt`: what is written, shown or only told.

use std::fs;

use super::{finish, folder, leadscore, run};

const UNTIDY: &str = "when   title contains \"a\"   add 5\n";
const TIDY: &str = "when title contains \"a\" add 5\n";

#[test]
fn a_file_is_rewritten_in_place() {
    let folder = folder(&[("rules.ls", UNTIDY)]);
    let (code, out, err) = run(folder.path(), &["fmt", "rules.ls"]);
    assert_eq!((code, out.as_str(), err.as_str()), (0, "", "formatted rules.ls\n"));
    assert_eq!(fs::read_to_string(folder.path().join("rules.ls")).unwrap(), TIDY);
    let (code, out, err) = run(folder.path(), &["fmt", "rules.ls"]);
    assert_eq!((code, out.as_str(), err.as_str()), (0, "", ""));
}

#[test]
fn check_and_diff_write_nothing_and_fail_where_something_would_change() {
    let folder = folder(&[("rules.ls", UNTIDY), ("tidy.ls", TIDY)]);
    let (code, out, _) = run(folder.path(), &["fmt", "--check", "rules.ls", "tidy.ls"]);
    assert_eq!((code, out.as_str()), (1, "rules.ls\n"));
    let (code, out, _) = run(folder.path(), &["fmt", "--diff", "rules.ls", "tidy.ls"]);
    assert_eq!(code, 1);
    let expected = format!("--- rules.ls\n+++ rules.ls\n@@ -1 +1 @@\n-{UNTIDY}+{TIDY}");
    assert_eq!(out, expected);
    assert_eq!(fs::read_to_string(folder.path().join("rules.ls")).unwrap(), UNTIDY);
    let (code, out, _) = run(folder.path(), &["fmt", "--check", "tidy.ls"]);
    assert_eq!((code, out.as_str()), (0, ""));
}

#[test]
fn standard_input_is_formatted_to_standard_output() {
    let folder = folder(&[]);
    let (code, out, err) = finish(leadscore(folder.path(), &["fmt", "-"]).write_stdin(UNTIDY));
    assert_eq!((code, out.as_str(), err.as_str()), (0, TIDY, ""));
}

#[test]
fn a_file_with_a_mistake_stays_as_it_is() {
    let wrong = "when   title contains \"a\" ad 5\n";
    let folder = folder(&[("rules.ls", wrong), ("other.ls", UNTIDY)]);
    let (code, out, err) = run(folder.path(), &["fmt", "rules.ls", "other.ls"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("rules.ls:1:"), "{err}");
    assert_eq!(fs::read_to_string(folder.path().join("rules.ls")).unwrap(), wrong);
    assert_eq!(fs::read_to_string(folder.path().join("other.ls")).unwrap(), TIDY);
}

#[test]
fn a_file_that_cannot_be_read_keeps_no_other_from_being_formatted() {
    let folder = folder(&[("a.ls", "when   x add 5\n")]);
    let (code, _, err) = run(folder.path(), &["fmt", "nofile.ls", "a.ls"]);
    assert_eq!(code, 2);
    assert!(err.contains("cannot read `nofile.ls`"), "{err}");
    assert_eq!(
        fs::read_to_string(folder.path().join("a.ls")).unwrap(),
        "when x add 5\n"
    );
}

#[test]
fn without_files_those_of_the_configuration_are_formatted() {
    let folder = folder(&[
        ("leadscore.toml", "rules = \"rules.ls\"\n"),
        ("rules.ls", UNTIDY),
        ("rules_test.ls", "# empty\n"),
    ]);
    let (code, _, err) = run(folder.path(), &["fmt"]);
    assert_eq!((code, err.as_str()), (0, "formatted rules.ls\n"));
}

#[test]
#[cfg(unix)]
fn a_link_stays_a_link_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder(&[("a/rules.ls", UNTIDY)]);
    let (file, link) = (folder.path().join("a/rules.ls"), folder.path().join("link.ls"));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&file, &link).unwrap();
    let (code, _, _) = run(folder.path(), &["fmt", "link.ls"]);
    assert_eq!(code, 0);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&file).unwrap(), TIDY);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
}
