//! Help, the version, usage errors, completions and manual pages.

use super::{folder, run};

#[test]
fn help_and_version_go_to_standard_output() {
    let folder = folder(&[]);
    for arguments in [
        &["--help"][..],
        &["--version"],
        &["help", "check"],
        &["check", "--help"],
    ] {
        let (code, out, err) = run(folder.path(), arguments);
        assert_eq!((code, err.as_str()), (0, ""), "{arguments:?}");
        assert!(!out.is_empty(), "{arguments:?}");
    }
}

#[test]
fn wrong_arguments_are_usage_errors() {
    let folder = folder(&[]);
    for arguments in [
        &[][..],
        &["frobnicate"],
        &["check", "--frobnicate"],
        &["check", "--format", "xml"],
        &["man", "mon"],
    ] {
        let (code, out, err) = run(folder.path(), arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(!err.is_empty(), "{arguments:?}");
    }
}

#[test]
fn every_shell_has_completions_that_know_the_commands() {
    let folder = folder(&[]);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let (code, out, _) = run(folder.path(), &["completions", shell]);
        assert_eq!(code, 0, "{shell}");
        assert!(out.contains("explain") && out.contains("as-of"), "{shell}");
    }
}

#[test]
fn there_is_a_manual_page_for_the_program_and_for_each_command() {
    let folder = folder(&[]);
    let (code, out, _) = run(folder.path(), &["man"]);
    assert_eq!(code, 0);
    assert!(out.contains(".SH NAME") && out.contains("leadscore\\-check"), "{out}");
    for command in [
        "check",
        "fmt",
        "score",
        "explain",
        "test",
        "plan",
        "init",
        "completions",
        "man",
    ] {
        let (code, out, _) = run(folder.path(), &["man", command]);
        assert_eq!(code, 0, "{command}");
        assert!(out.contains(&format!("leadscore\\-{command}")), "{out}");
    }
}
