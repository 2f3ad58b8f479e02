//! The reference in `docs/reference` is made from what the program says of itself; here it is held to it.
//!
//! `UPDATE_REFERENCE=1 cargo test reference` writes it anew.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use leadscore::builtins::{FUNCTIONS, Takes};
use leadscore::diagnostic::pages;

/// Holds a page to what it should be, or writes it.
fn hold(name: &str, expected: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("docs/reference")
        .join(name);
    if std::env::var_os("UPDATE_REFERENCE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, expected).unwrap();
        return;
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expected,
        "docs/reference/{name} is stale: run `UPDATE_REFERENCE=1 cargo test reference`"
    );
}

#[test]
fn the_reference_of_commands_is_their_help() {
    let mut program = leadscore::cli::command();
    program.build();
    let mut page = "# Commands\n\n".to_owned();
    writeln!(page, "{}\n", program.get_long_about().unwrap()).unwrap();
    page.push_str("Every command also has these:\n\n");
    for argument in program.get_arguments().filter(|argument| argument.is_global_set()) {
        option(&mut page, argument);
    }
    for command in program
        .get_subcommands_mut()
        .filter(|command| command.get_name() != "help")
    {
        section(&mut page, command);
    }
    hold("commands.md", &page);
}

#[test]
fn the_readme_names_every_command() {
    let readme = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(readme).unwrap();
    let table: String = readme
        .lines()
        .filter(|line| line.starts_with("| `leadscore "))
        .collect();
    for command in leadscore::cli::command().get_subcommands() {
        let name = command.get_name();
        let named = ["`leadscore ", "`"]
            .iter()
            .any(|before| table.contains(&format!("{before}{name}")));
        assert!(named, "`{name}` is missing in the table of commands");
    }
}

fn section(page: &mut String, command: &mut clap::Command) {
    writeln!(page, "\n## leadscore {}\n", command.get_name()).unwrap();
    let about = command.get_long_about().or(command.get_about()).unwrap();
    writeln!(page, "{about}\n").unwrap();
    let usage = command.render_usage().to_string();
    writeln!(page, "```text\n{}\n```\n", usage.trim_start_matches("Usage: ")).unwrap();
    let own = command.get_arguments().filter(|argument| {
        !argument.is_global_set()
            && !argument.is_hide_set()
            && !["help", "version"].contains(&argument.get_id().as_str())
    });
    for argument in own {
        option(page, argument);
    }
}

fn option(page: &mut String, argument: &clap::Arg) {
    let values: Vec<String> = argument
        .get_possible_values()
        .iter()
        .filter(|_| argument.get_action().takes_values())
        .map(|value| match value.get_help() {
            Some(help) => format!("  - `{}`: {help}", value.get_name()),
            None => format!("  - `{}`", value.get_name()),
        })
        .collect();
    let help = argument
        .get_long_help()
        .or(argument.get_help())
        .expect("every argument says what it is");
    let help = help.to_string().replace("\n\n", "\n\n  ");
    writeln!(page, "- `{argument}`: {help}").unwrap();
    for value in values {
        writeln!(page, "{value}").unwrap();
    }
}

#[test]
fn the_reference_of_functions_is_their_table() {
    let mut page = "# Functions\n\n| function | takes | gives | |\n| --- | --- | --- | --- |\n".to_owned();
    for function in FUNCTIONS {
        let takes = match function.takes {
            Takes::Text => "a text",
            Takes::Pattern => "a pattern",
            Takes::AnyPropertyOf => "a property `of` a pattern",
            Takes::NumberPropertyOf => "a property that is a number, `of` a pattern",
        };
        let (usage, gives, documentation) = (function.usage, &function.gives, function.documentation);
        writeln!(page, "| `{usage}` | {takes} | {gives} | {documentation} |").unwrap();
    }
    hold("functions.md", &page);
}

#[test]
fn the_reference_of_diagnostics_lists_their_pages() {
    let mut page = "# Diagnostics\n\n`leadscore check --explain CODE` shows a page in the terminal.\n\n\
                    | code | |\n| --- | --- |\n"
        .to_owned();
    for code in pages::codes() {
        let title = pages::title(code).unwrap();
        assert!(!title.is_empty(), "{code} has a title");
        writeln!(page, "| [{code}](../diagnostics/{code}.md) | {title} |").unwrap();
    }
    hold("diagnostics.md", &page);
}
