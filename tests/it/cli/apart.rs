//! Nothing that is read is ever written over, and no result over another.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::{folder, run};

const FILES: &[(&str, &str)] = &[
    (
        "rules.ls",
        "list big from \"big.txt\"\nwhen company in big add 10\nwhen event visit add 5 at most 3 times\n",
    ),
    ("big.txt", "acme\n"),
    (
        "leadscore.toml",
        "rules = \"rules.ls\"\n[contacts]\npath = \"contacts.csv\"\n[[events]]\npath = \"events.csv\"\n",
    ),
    ("contacts.csv", "id,company\nann,acme\n"),
    ("events.csv", "contact,event,at\nann,visit,2026-01-30\n"),
];

fn project() -> TempDir {
    let folder = folder(FILES);
    fs::create_dir(folder.path().join("sub")).unwrap();
    folder
}

fn is_whole(folder: &Path) -> bool {
    FILES
        .iter()
        .all(|(name, text)| fs::read_to_string(folder.join(name)).unwrap() == *text)
}

#[test]
fn a_file_that_is_read_is_not_written() {
    let folder = project();
    for (file, what) in [
        ("contacts.csv", "the contacts"),
        ("./sub/../events.csv", "the events"),
        ("rules.ls", "the rules"),
        ("big.txt", "a list that the rules read"),
        ("leadscore.toml", "the configuration"),
    ] {
        for option in ["--output", "--rejects"] {
            let (code, out, err) = run(folder.path(), &["score", "--format", "csv", option, file]);
            assert_eq!((code, out.as_str()), (2, ""), "{option} {file}: {err}");
            assert!(
                err.contains(&format!("`{option} {file}` would overwrite {what}")),
                "{err}"
            );
            assert!(is_whole(folder.path()), "{option} {file}");
        }
    }
}

#[test]
fn a_query_is_not_written_over_a_file_that_is_read() {
    let folder = project();
    for (file, what) in [
        ("./sub/../rules.ls", "the rules"),
        ("big.txt", "a list that the rules read"),
        ("leadscore.toml", "the configuration"),
    ] {
        let (code, out, err) = run(folder.path(), &["sql", "--dialect", "duckdb", "-o", file]);
        assert_eq!((code, out.as_str()), (2, ""), "{file}: {err}");
        assert!(
            err.contains(&format!("`--output {file}` would overwrite {what}")),
            "{err}"
        );
        assert!(is_whole(folder.path()), "{file}");
    }
}

#[test]
#[cfg(unix)]
fn links_lead_to_the_file() {
    let folder = project();
    let contacts = folder.path().join("contacts.csv");
    std::os::unix::fs::symlink(&contacts, folder.path().join("soft.csv")).unwrap();
    fs::hard_link(&contacts, folder.path().join("hard.csv")).unwrap();
    for link in ["soft.csv", "hard.csv"] {
        let (code, _, err) = run(folder.path(), &["score", "-o", link]);
        assert_eq!(code, 2, "{err}");
        let (code, _, err) = run(folder.path(), &["score", "--contacts", link, "-o", "contacts.csv"]);
        assert_eq!(code, 2, "{err}");
    }
    // What a shell redirects is a file as well.
    let output = Command::new(env!("CARGO_BIN_EXE_leadscore"))
        .current_dir(folder.path())
        .args([
            "score",
            "--contacts",
            "-",
            "--input-format",
            "csv",
            "-o",
            "contacts.csv",
        ])
        .stdin(File::open(&contacts).unwrap())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(is_whole(folder.path()));
}

#[test]
fn two_results_are_two_files() {
    let folder = project();
    for rejects in ["out.csv", "./out.csv", "sub/../out.csv"] {
        let (code, _, err) = run(folder.path(), &["score", "-o", "out.csv", "--rejects", rejects]);
        assert_eq!(code, 2, "{err}");
        assert!(err.contains("are one file"), "{err}");
        assert!(!folder.path().join("out.csv").exists());
    }
    let (code, _, err) = run(folder.path(), &["score", "-o", "out.csv", "--rejects", "rejects.csv"]);
    assert_eq!(code, 0, "{err}");
    // A result may be written again.
    let (code, _, err) = run(folder.path(), &["score", "-o", "out.csv", "--rejects", "rejects.csv"]);
    assert_eq!(code, 0, "{err}");
}

#[test]
#[cfg(unix)]
fn a_device_loses_nothing() {
    let folder = project();
    let arguments = ["score", "-o", "/dev/null", "--format", "csv", "--rejects", "/dev/null"];
    let (code, _, err) = run(folder.path(), &arguments);
    assert_eq!(code, 0, "{err}");
}
