//! Every folder of `examples/` is complete: its rules check, its tests pass, its data scores as it did.

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

use crate::folder::entries;

/// The day as of which the examples tell their stories.
const AS_OF: &str = "2026-11-01";

/// The exports of other tools are older than the stories.
const AS_OF_FOR_EXPORTS: &str = "2020-05-15";

/// The rules files whose story is a warning, and the codes of what is reported on them.
const WARNED_OF: [(&str, &str); 2] = [("card/rules.ls", "LS5"), ("gitlab/original.ls", "LS5")];

#[test]
fn every_rules_file_checks_without_errors_and_warns_only_where_the_story_says_so() {
    for folder in folders() {
        for file in rules_files(&folder) {
            let story = WARNED_OF.iter().find(|(path, _)| file.ends_with(path));
            let checked = leadscore(&folder)
                .args(["check", "--deny", "warnings"])
                .arg(&file)
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&checked.stdout) + String::from_utf8_lossy(&checked.stderr);
            match story {
                None => assert!(checked.status.success(), "{}: {said}", file.display()),
                Some((_, code)) => assert!(said.contains(code), "{}: {said}", file.display()),
            }
        }
    }
}

#[test]
fn every_rules_file_is_formatted() {
    for folder in folders() {
        leadscore(&folder).args(["fmt", "--check"]).assert().success();
    }
}

#[test]
fn every_test_passes_and_no_rule_is_without_one() {
    for folder in folders() {
        leadscore(&folder)
            .args(["test", "--min-coverage", "100"])
            .assert()
            .success();
    }
}

/// What is left is not decided, and explained in the example's README.
#[test]
fn no_change_that_matters_is_without_a_test() {
    let mut survivors = String::new();
    for folder in folders() {
        let tested = leadscore(&folder)
            .args(["test", "--mutate", "--format", "json"])
            .assert()
            .success();
        let report: Value = serde_json::from_slice(&tested.get_output().stdout).unwrap();
        for mutant in report["mutation"]["mutants"].as_array().unwrap() {
            assert_ne!(mutant["outcome"], "survived", "{}: {mutant}", folder.display());
            if mutant["outcome"] == "undecided" {
                let name = folder.file_name().unwrap().to_string_lossy();
                let becomes = mutant["becomes"].as_str().unwrap_or("");
                survivors += &format!(
                    "{name}:{}: {} → {becomes}\n",
                    mutant["line"],
                    mutant["was"].as_str().unwrap()
                );
            }
        }
    }
    insta::assert_snapshot!("survivors", survivors);
}

#[test]
fn every_example_scores_its_data_as_before() {
    for folder in folders() {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let as_of = if folder.join("LICENSE").exists() {
            AS_OF_FOR_EXPORTS
        } else {
            AS_OF
        };
        let scored = leadscore(&folder)
            .args(["score", "--strict", "--format", "csv", "--as-of", as_of])
            .assert()
            .success();
        insta::assert_snapshot!(name, String::from_utf8_lossy(&scored.get_output().stdout));
    }
}

#[test]
fn every_example_scores_as_its_snapshot_says() {
    for folder in folders() {
        let compared = leadscore(&folder)
            .args(["snapshot", "--strict", "--why"])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&compared.stdout);
        // Rules or data that changed, though no result did, are to be accepted too.
        assert!(
            compared.status.success() && !said.contains(';'),
            "{}: {said}{}",
            folder.display(),
            String::from_utf8_lossy(&compared.stderr)
        );
    }
}

#[test]
fn every_example_tells_its_story() {
    for folder in folders() {
        assert!(
            folder.join("README.md").exists(),
            "{} has no README.md",
            folder.display()
        );
    }
}

fn leadscore(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_leadscore"));
    command.current_dir(folder);
    command
}

fn folders() -> Vec<PathBuf> {
    let mut folders = entries(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples"));
    folders.retain(|path| path.is_dir());
    assert!(!folders.is_empty());
    folders
}

/// The files of a folder that hold rules, not only tests.
fn rules_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = entries(folder);
    files.retain(|path| {
        let name = path.to_string_lossy();
        name.ends_with(".ls") && !name.ends_with("_test.ls")
    });
    files
}
