//! What the documentation shows is what the program does: every `leadscore` block is checked and its tests are run,
//! every `console` block is typed and its answer compared.
//!
//! A block ```` ```leadscore ```` is a complete rules file in the one style, without errors or warnings, whose tests
//! pass; codes behind the word (```` ```leadscore LS5003 ````) are those that the check reports. A block ```` ```console ```` has lines
//! `$ leadscore …`, each followed by what the command writes. Its folder is that of the page for an example, and the
//! project's for all others. With `UPDATE_DOCS=1` in the environment the answers are written instead of compared.

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use regex::Regex;

use crate::folder::entries;

#[test]
fn every_leadscore_block_checks_and_its_tests_pass() {
    let mut blocks = 0;
    for page in pages() {
        for block in page.blocks("leadscore") {
            run_rules(&page, &block);
            blocks += 1;
        }
    }
    assert!(blocks > 0);
}

#[test]
fn every_console_block_shows_what_the_command_writes() {
    for page in pages() {
        let mut answered = page.text.clone();
        for block in page.blocks("console").into_iter().rev() {
            answered.replace_range(block.at.clone(), &answer(page.folder(), &page.text[block.at]));
        }
        if std::env::var_os("UPDATE_DOCS").is_some() {
            fs::write(&page.path, answered).unwrap();
        } else {
            assert_eq!(page.text, answered, "{}", page.path.display());
        }
    }
}

#[test]
fn every_link_between_pages_leads_somewhere() {
    let link = Regex::new(r"\]\(([^)#:]+)(#[^)]*)?\)").unwrap();
    for page in pages() {
        for found in link.captures_iter(&page.text) {
            let target = page.path.with_file_name(&found[1]);
            assert!(target.exists(), "{}: {}", page.path.display(), &found[1]);
        }
    }
}

#[test]
fn the_rules_beside_a_query_are_those_of_the_query() {
    let folder = project().join("docs/language");
    let rules = fs::read_to_string(folder.join("warehouse.ls")).unwrap();
    let page = fs::read_to_string(folder.join("warehouse.md")).unwrap();
    assert!(page.contains(&format!("```leadscore\n{rules}```\n")));
}

struct Page {
    path: PathBuf,
    text: String,
}

struct Block {
    /// What stands behind the word of the kind, on the opening line.
    notes: String,
    /// Where its lines stand in the page.
    at: Range<usize>,
}

impl Page {
    /// The blocks of a kind, in their order.
    fn blocks(&self, kind: &str) -> Vec<Block> {
        let fence = Regex::new(&format!(r"(?ms)^```{kind}( [^\n]*)?\n(.*?)^```$")).unwrap();
        let blocks = fence.captures_iter(&self.text).map(|found| Block {
            notes: found.get(1).map_or_else(String::new, |notes| notes.as_str().to_owned()),
            at: found.get(2).unwrap().range(),
        });
        blocks.collect()
    }

    /// Where its commands are typed.
    fn folder(&self) -> &Path {
        let examples = project().join("examples");
        if self.path.starts_with(&examples) {
            self.path.parent().unwrap()
        } else {
            project()
        }
    }
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The pages for users and contributors.
fn pages() -> Vec<Page> {
    let mut paths: Vec<_> = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md"]
        .map(|name| project().join(name))
        .into();
    paths.extend(entries(&project().join("docs/language")));
    paths.extend(
        entries(&project().join("examples"))
            .iter()
            .map(|folder| folder.join("README.md")),
    );
    let read = |path: PathBuf| Page {
        text: fs::read_to_string(&path).unwrap(),
        path,
    };
    paths.into_iter().filter(|path| path.exists()).map(read).collect()
}

/// Checks a block's rules, runs the tests in it, and looks at its style.
fn run_rules(page: &Page, block: &Block) {
    let folder = tempfile::tempdir().unwrap();
    let rules = &page.text[block.at.clone()];
    fs::write(folder.path().join("rules.ls"), rules).unwrap();
    let (_, said) = run(folder.path(), &["check", "rules.ls"]);
    assert_eq!(
        codes(&said),
        codes(&block.notes),
        "{}:\n{rules}\n{said}",
        page.path.display()
    );
    let has_errors = codes(&block.notes).iter().any(|code| !code.starts_with("LS5"));
    if has_errors {
        return;
    }
    for arguments in [&["test", "rules.ls"][..], &["fmt", "--check", "rules.ls"]] {
        let (succeeded, said) = run(folder.path(), arguments);
        assert!(succeeded, "{}:\n{rules}\n{said}", page.path.display());
    }
}

fn codes(text: &str) -> BTreeSet<String> {
    let code = Regex::new(r"LS\d{4}").unwrap();
    code.find_iter(text).map(|found| found.as_str().to_owned()).collect()
}

/// The lines of a console block with the answers that the commands in it give now.
fn answer(folder: &Path, block: &str) -> String {
    let commands = block.lines().filter(|line| line.starts_with("$ "));
    let answers = commands.map(|line| {
        let arguments: Vec<_> = line.split_whitespace().skip(2).collect();
        assert!(line.starts_with("$ leadscore "), "{line}: only leadscore is run");
        format!("{line}\n{}", run(folder, &arguments).1)
    });
    answers.collect()
}

/// Whether a command succeeded, and what it wrote: its result, or what it had to say where there is none.
fn run(folder: &Path, arguments: &[&str]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_leadscore"));
    let output = command.args(arguments).current_dir(folder).output().unwrap();
    let written = if output.stdout.is_empty() {
        output.stderr
    } else {
        output.stdout
    };
    (output.status.success(), String::from_utf8(written).unwrap())
}
