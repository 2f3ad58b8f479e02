//! The command line: that each command is wired, its exit codes, and what no input may do to it.

mod apart;
mod arguments;
mod check;
mod dbt;
mod diff;
mod explain;
mod fix;
mod fmt;
mod init;
mod parquet;
mod reference;
mod robustness;
mod score;
mod snapshot;
mod sql;
mod test;
mod threads;

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

/// Rules without errors or warnings.
const RULES: &str = "when title contains \"director\" add 10\nwhen event visit add 5 at most 3 times\nhot >= 20\n";

/// The program, started in a folder, as from a terminal that speaks UTF-8 and no colours.
fn leadscore(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("leadscore").unwrap();
    command.current_dir(folder).args(arguments);
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "CLICOLOR", "COLUMNS", "GITHUB_WORKSPACE"] {
        command.env_remove(name);
    }
    command
        .env("LC_ALL", "C.UTF-8")
        .timeout(std::time::Duration::from_secs(60));
    command
}

/// What a run came to: exit code, standard output, standard error.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    finish(&mut leadscore(folder, arguments))
}

fn finish(command: &mut Command) -> (i32, String, String) {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    let code = output.status.code().expect("the program ends by itself");
    (code, text(output.stdout), text(output.stderr))
}

/// A folder with files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// Makes a folder a repository whose branch `main` has all its files.
fn commit(folder: &Path) {
    let git = |arguments: &[&str]| {
        let git = std::process::Command::new("git")
            .current_dir(folder)
            .args(arguments)
            .output();
        let done = git.unwrap();
        assert!(done.status.success(), "{done:?}");
    };
    git(&["init", "--quiet", "--initial-branch", "main"]);
    git(&["add", "."]);
    let author = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
    git(&[&author[..], &["commit", "--quiet", "--message", "a"]].concat());
}
