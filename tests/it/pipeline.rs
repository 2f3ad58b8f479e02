//! The GitHub Action and the pre-commit hooks: they say only what the program understands, and their steps do in a
//! repository what they promise.

#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use regex::Regex;
use serde_yaml_ng::Value;
use tempfile::TempDir;

#[test]
fn the_hooks_and_the_action_name_only_what_the_program_has() {
    let command = Regex::new(r"Arguments of `(leadscore [a-z]+)`, such as `([^`]*)`").unwrap();
    let mut commands = 0;
    for text in [read("action.yml"), read(".pre-commit-hooks.yaml")] {
        for line in text
            .lines()
            .filter(|line| !line.trim_start().starts_with("description"))
        {
            commands += usize::from(is_known(line));
        }
        for quoted in text.lines().filter(|line| line.trim_start().starts_with("description")) {
            if let Some(found) = command.captures(quoted) {
                assert!(is_known(&format!("{} {}", &found[1], &found[2])), "{quoted}");
            }
        }
    }
    assert_eq!(commands, 7, "three hooks and four steps run the program");
}

/// Whether a line runs the program; then its command and its options exist.
fn is_known(line: &str) -> bool {
    let runs = Regex::new(r"(^\s*|entry: )leadscore ([a-z]+)").unwrap();
    let Some(found) = runs.captures(line) else {
        return false;
    };
    let program = leadscore::cli::command();
    let command = program.find_subcommand(&found[2]).expect(line);
    for option in Regex::new(r"--([a-z-]+)").unwrap().captures_iter(line) {
        let known = command
            .get_arguments()
            .any(|known| known.get_long() == Some(&option[1]));
        assert!(known, "{line}: {}", &option[1]);
    }
    true
}

#[test]
fn the_hooks_run_on_the_files_that_they_ask_for() {
    let hooks: Value = serde_yaml_ng::from_str(&read(".pre-commit-hooks.yaml")).unwrap();
    let hooks = hooks.as_sequence().unwrap();
    let ids: Vec<&str> = hooks.iter().map(|hook| hook["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["leadscore-check", "leadscore-fmt", "leadscore-test"]);
    let repository = Repository::new();
    for hook in hooks {
        assert_eq!(hook["language"], "rust");
        let files = Regex::new(hook["files"].as_str().unwrap()).unwrap();
        let named = ["rules.ls", "rules_test.ls"].iter().filter(|name| files.is_match(name));
        let mut entry = hook["entry"].as_str().unwrap().to_owned();
        if hook["pass_filenames"] != false {
            named.for_each(|name| entry.push_str(&format!(" {name}")));
        }
        let output = repository.bash(&entry, &BTreeMap::new());
        assert!(output.status.success(), "{entry}: {output:?}");
    }
}

#[test]
fn what_the_documentation_says_to_paste_fits() {
    let (action, page) = (action(), read("docs/language/pipeline.md"));
    let hooks = read(".pre-commit-hooks.yaml");
    let mut pasted = 0;
    for block in page.split("```yaml\n").skip(1) {
        let block: Value = serde_yaml_ng::from_str(block.split("```").next().unwrap()).unwrap();
        for step in block["jobs"]["rules"]["steps"].as_sequence().into_iter().flatten() {
            is_known(step["run"].as_str().unwrap_or_default());
            if step["uses"].as_str().is_some_and(|uses| uses.contains("/leadscore@")) {
                let inputs = step["with"].as_mapping().unwrap().keys();
                inputs.for_each(|input| assert!(action["inputs"].get(input).is_some(), "{input:?}"));
                pasted += 1;
            }
        }
        for hook in block["repos"][0]["hooks"].as_sequence().into_iter().flatten() {
            assert!(
                hooks.contains(&format!("- id: {}\n", hook["id"].as_str().unwrap())),
                "{hook:?}"
            );
            pasted += 1;
        }
    }
    assert_eq!(pasted, 4);
    let named = |input: &&Value| page.contains(&format!("`{}`", input.as_str().unwrap()));
    assert!(action["inputs"].as_mapping().unwrap().keys().all(|input| named(&input)));
}

#[test]
fn every_step_is_bash() {
    for (name, step) in steps() {
        assert_eq!(step["shell"], "bash", "{name}");
        let output = Command::new("bash").args(["-n", "-c", script(&step)]).output().unwrap();
        assert!(output.status.success(), "{name}: {output:?}");
        // What comes from outside is a variable of the shell, never a part of the script.
        assert!(!script(&step).contains("${{"), "{name}");
    }
}

#[test]
fn the_program_is_built_from_the_action_or_from_a_version() {
    let repository = Repository::new();
    let cargo = repository.bin().join("cargo");
    fs::write(&cargo, "#!/bin/sh\necho \"$@\" >> \"$RUNNER_TEMP/cargo.log\"\n").unwrap();
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
    repository.step("Install leadscore", &[]);
    repository.step("Install leadscore", &[("version", "0.1.0")]);
    let temp = repository.temp();
    let home = format!("{}/leadscore", temp.display());
    assert_eq!(
        fs::read_to_string(temp.join("cargo.log")).unwrap(),
        format!(
            "install --locked --root {home} --path /action\ninstall --locked --root {home} --version 0.1.0 leadscore\n"
        )
    );
    assert_eq!(repository.written("GITHUB_PATH"), format!("{home}/bin\n").repeat(2));
}

#[test]
fn sound_rules_pass_and_wrong_ones_are_annotated() {
    let repository = Repository::new();
    for name in ["Check", "Test", "Snapshot"] {
        let output = repository.step(name, &[]);
        assert!(output.status.success(), "{name}: {output:?}");
        let output = repository.step(name, &[("rules", "rules.ls")]);
        assert!(output.status.success(), "{name}: {output:?}");
    }
    repository.change("rules.ls", "add 10", "add 11");
    let output = repository.step("Test", &[("test", "--min-coverage 10")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stdout(&output).starts_with("::error file=rules_test.ls,line="),
        "{output:?}"
    );
    let output = repository.step("Snapshot", &[("snapshot", "--top 1")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stdout(&output).starts_with("::error file=snapshots/rules.snap,line="),
        "{output:?}"
    );
    repository.change("rules.ls", "add 11", "ad 11");
    let output = repository.step("Check", &[("check", "--deny warnings")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).starts_with("::error file=rules.ls,line="), "{output:?}");
}

#[test]
fn the_summary_tells_what_a_pull_request_changes() {
    let repository = Repository::new();
    repository.change("rules.ls", "add 10", "add 1");
    let options = [("base", "HEAD"), ("diff", "--no-data")];
    let output = repository.step("Diff", &options);
    assert!(output.status.success(), "{output:?}");
    let summary = repository.written("GITHUB_STEP_SUMMARY");
    assert!(summary.contains("add 10") && summary.contains("add 1"), "{summary}");
    let file = repository.temp().join("leadscore-diff.md");
    assert_eq!(
        repository.written("GITHUB_OUTPUT"),
        format!("file={}\n", file.display())
    );
    assert_eq!(fs::read_to_string(file).unwrap(), summary);
}

#[test]
fn a_limit_fails_the_step_once_the_summary_is_written() {
    let repository = Repository::new();
    repository.change("rules.ls", "hot >= 150", "hot >= 1");
    let options = [
        ("base", "HEAD"),
        ("diff", "--max-band-changes 0"),
        ("rules", "rules.ls"),
    ];
    let output = repository.step("Diff", &options);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(!repository.written("GITHUB_STEP_SUMMARY").is_empty());
}

#[test]
fn rules_that_are_new_have_no_diff() {
    let repository = Repository::new();
    fs::copy(repository.folder().join("rules.ls"), repository.folder().join("new.ls")).unwrap();
    let output = repository.step("Diff", &[("base", "HEAD"), ("rules", "new.ls")]);
    assert!(output.status.success(), "{output:?}");
    assert!(repository.written("GITHUB_STEP_SUMMARY").contains("`new.ls` is new"));
    fs::remove_file(repository.folder().join("leadscore.toml")).unwrap();
    assert_eq!(repository.step("Diff", &[("base", "HEAD")]).status.code(), Some(2));
}

/// An example in a repository of git, in a folder of its own, as a job of GitHub finds it.
struct Repository {
    root: TempDir,
}

impl Repository {
    fn new() -> Repository {
        let repository = Repository {
            root: tempfile::tempdir().unwrap(),
        };
        for folder in [
            repository.bin(),
            repository.temp(),
            repository.folder().join("snapshots"),
        ] {
            fs::create_dir_all(folder).unwrap();
        }
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_leadscore"), repository.bin().join("leadscore")).unwrap();
        for name in [
            "rules.ls",
            "rules_test.ls",
            "leadscore.toml",
            "contacts.csv",
            "events.csv",
            "snapshots/rules.snap",
        ] {
            let from = project().join("examples/card").join(name);
            fs::copy(from, repository.folder().join(name)).unwrap();
        }
        let commit = "git init -q . && git add . && \
                      git -c user.name=a -c user.email=a@example.com -c commit.gpgsign=false commit -qm first";
        let output = repository.bash(commit, &BTreeMap::new());
        assert!(output.status.success(), "{output:?}");
        repository
    }

    fn bin(&self) -> PathBuf {
        self.root.path().join("bin")
    }

    fn temp(&self) -> PathBuf {
        self.root.path().join("temp")
    }

    /// The working directory, which is not the top of the repository.
    fn folder(&self) -> PathBuf {
        self.root.path().join("repository/scoring")
    }

    fn change(&self, name: &str, from: &str, to: &str) {
        let path = self.folder().join(name);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{text}");
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    }

    /// Runs a step of the action with some inputs, the others as they are by default.
    fn step(&self, name: &str, given: &[(&str, &str)]) -> Output {
        let action = action();
        let (_, step) = steps().into_iter().find(|(known, _)| known == name).unwrap();
        let value = |expression: &str| match expression.strip_prefix("inputs.") {
            Some(input) => {
                let default = action["inputs"][input]["default"].as_str().unwrap();
                let given = given.iter().find(|(name, _)| *name == input);
                given.map_or(default, |(_, value)| *value).replace("false", "")
            }
            None if expression == "github.action_path" => "/action".to_owned(),
            None => panic!("{expression} is not known here"),
        };
        let variables = step["env"].as_mapping().unwrap().iter().map(|(name, text)| {
            let text = text.as_str().unwrap();
            let expression = text.strip_prefix("${{ ").and_then(|text| text.strip_suffix(" }}"));
            let text = expression.map_or_else(|| text.to_owned(), value);
            (name.as_str().unwrap().to_owned(), text)
        });
        self.bash(script(&step), &variables.collect())
    }

    /// Runs a script as GitHub runs it.
    fn bash(&self, script: &str, variables: &BTreeMap<String, String>) -> Output {
        let path = format!("{}:{}", self.bin().display(), std::env::var("PATH").unwrap());
        let mut command = Command::new("bash");
        command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]);
        command
            .current_dir(self.folder())
            .env("PATH", path)
            .env("RUNNER_TEMP", self.temp());
        for file in ["GITHUB_PATH", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"] {
            command.env(file, self.temp().join(file));
        }
        command.envs(variables).output().unwrap()
    }

    /// What steps wrote to one of the files of the runner.
    fn written(&self, file: &str) -> String {
        fs::read_to_string(self.temp().join(file)).unwrap()
    }
}

fn steps() -> Vec<(String, Value)> {
    let steps = action()["runs"]["steps"].as_sequence().unwrap().clone();
    let named = steps
        .into_iter()
        .map(|step| (step["name"].as_str().unwrap().to_owned(), step));
    named.collect()
}

fn action() -> Value {
    serde_yaml_ng::from_str(&read("action.yml")).unwrap()
}

fn script(step: &Value) -> &str {
    step["run"].as_str().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn read(name: &str) -> String {
    fs::read_to_string(project().join(name)).unwrap()
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
