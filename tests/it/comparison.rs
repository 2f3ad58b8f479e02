//! The comparison with other programs is not run here, but it must not rot: its model and its drawn rules are rules of
//! today's language, and its scripts can be read.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::folder::entries;

#[test]
fn its_model_has_no_errors() {
    assert!(checks(&folder().with_file_name("fit40.ls")));
}

#[test]
fn its_drawn_rules_have_no_errors() {
    let Some(python) = python() else { return };
    let drawn = tempfile::tempdir().unwrap();
    let (rules, query) = (drawn.path().join("rules.ls"), drawn.path().join("rules.sql"));
    let script = folder().join("rules.py");
    let run = Command::new(python)
        .arg(script)
        .arg("300")
        .args([&rules, &query])
        .status();
    assert!(run.unwrap().success());
    assert!(checks(&rules));
}

#[test]
fn its_scripts_can_be_read() {
    let Some(python) = python() else { return };
    let parse = "import ast, sys\nfor path in sys.argv[1:]: ast.parse(open(path, encoding='utf-8').read(), path)";
    let scripts = [folder(), folder().join("peers")]
        .iter()
        .flat_map(|folder| entries(folder))
        .filter(|path| path.extension().is_some_and(|extension| extension == "py"))
        .collect::<Vec<_>>();
    assert!(scripts.len() > 10);
    let run = Command::new(python).args(["-c", parse]).args(scripts).status();
    assert!(run.unwrap().success());
}

#[test]
fn it_lists_its_works() {
    let Some(python) = python() else { return };
    let script = folder().join("run.py");
    // -B: nothing is written beside the scripts.
    let run = Command::new(python)
        .arg("-B")
        .arg(script)
        .arg("--list")
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&run.stdout).contains("parquet-1m"));
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/compare")
}

/// The Python of this machine; there may be none, or an old one.
fn python() -> Option<&'static str> {
    let recent = "import sys; sys.exit(sys.version_info < (3, 11))";
    let found = Command::new("python3").args(["-c", recent]).status();
    found.is_ok_and(|status| status.success()).then_some("python3")
}

/// Whether a rules file has no errors.
fn checks(rules: &Path) -> bool {
    let mut command = assert_cmd::Command::cargo_bin("leadscore").unwrap();
    let run = command.args(["check", "--quiet"]).arg(rules).output();
    run.unwrap().status.success()
}
