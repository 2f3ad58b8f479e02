//! No input and no reader makes the program panic, hang or lie about its success.

use std::fs::{self, File};
use std::process::{Command, Stdio};

use super::{RULES, finish, folder, leadscore, run};

/// Text that looks random and is the same in every run.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut bytes = Vec::with_capacity(length);
    for _ in 0..length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.push(state as u8);
    }
    bytes
}

#[test]
fn any_bytes_as_rules_are_answered() {
    let folder = folder(&[]);
    let ascii: Vec<u8> = noise(20_000).iter().map(|byte| 32 + byte % 96).collect();
    let lines: Vec<u8> = noise(20_000)
        .iter()
        .map(|byte| b"when add {}()\"\n#-5 score"[usize::from(*byte) % 24])
        .collect();
    let parentheses = format!("when {} add 5\n", "(".repeat(100_000)).into_bytes();
    let pairs = format!("when {}x{} add 5\n", "(".repeat(100_000), ")".repeat(100_000)).into_bytes();
    let negations = format!("when {} x = 1 add 5\n", "not ".repeat(100_000)).into_bytes();
    let minuses = format!("score = {}1\n", "- ".repeat(100_000)).into_bytes();
    let cases = [
        ("noise", noise(20_000), 2),
        ("nul", b"when \0 add 5\n\0".to_vec(), 1),
        ("ascii", ascii, 1),
        ("lines", lines, 1),
        ("parentheses", parentheses, 1),
        ("pairs", pairs, 1),
        ("negations", negations, 1),
        ("minuses", minuses, 1),
    ];
    for (name, bytes, expected) in cases {
        fs::write(folder.path().join("rules.ls"), bytes).unwrap();
        let (code, out, err) = run(folder.path(), &["check", "rules.ls"]);
        assert_eq!(code, expected, "{name}: {err}");
        assert!(out.len() + err.len() < 1_000_000, "{name}: {} bytes", out.len());
        let (code, _, _) = run(folder.path(), &["fmt", "--check", "rules.ls"]);
        assert!(code == 1 || code == expected, "{name}: {code}");
    }
}

#[test]
fn a_line_of_fifty_megabytes_is_answered() {
    let folder = folder(&[]);
    for line in [
        "x".repeat(50 << 20),
        format!("when title = \"{}\" add 5", "é".repeat(25 << 20)),
    ] {
        fs::write(folder.path().join("rules.ls"), line).unwrap();
        let (code, out, err) = run(folder.path(), &["check", "rules.ls"]);
        assert_eq!(code, 1, "{err}");
        assert!(out.len() < 100_000, "{} bytes", out.len());
    }
}

#[test]
fn ragged_tables_and_nul_bytes_are_counted_and_no_reason_to_stop() {
    let folder = folder(&[
        ("rules.ls", RULES),
        (
            "contacts.csv",
            "id,title\n1,director,too,much\n2\n3,\"a\0b\"\n\n4,\"x\ny\"\n",
        ),
        (
            "events.csv",
            "contact,event,at\n1,visit\n9,visit,2026-01-01\n1,visit,never\n1,,2026-01-01\n",
        ),
    ]);
    let arguments = [
        "score",
        "rules.ls",
        "--contacts",
        "contacts.csv",
        "--events",
        "events.csv",
        "--as-of",
        "2026-01-31",
    ];
    let (code, out, err) = run(folder.path(), &arguments);
    assert_eq!(code, 0, "{err}");
    assert_eq!(out.lines().count(), 5, "{out}");
    assert!(err.contains("events.csv") && err.contains("contacts.csv"), "{err}");
    let (code, out, _) = run(folder.path(), &[&arguments[..], &["--strict"]].concat());
    assert_eq!((code, out.as_str()), (3, ""));
}

#[test]
fn what_is_no_readable_file_is_an_error_of_usage() {
    let folder = folder(&[("rules.ls", RULES), ("sub/x", "")]);
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere", folder.path().join("dangling.csv")).unwrap();
    for contacts in ["sub", "dangling.csv", "missing.csv", "rules.ls"] {
        let (code, out, err) = run(folder.path(), &["score", "rules.ls", "--contacts", contacts]);
        assert_eq!((code, out.as_str()), (2, ""), "{contacts}: {err}");
        assert!(err.contains(contacts), "{err}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error() {
    let folder = folder(&[("rules.ls", RULES), ("contacts.csv", "id,title\n1,director\n")]);
    for arguments in [
        &["score", "rules.ls", "--contacts", "contacts.csv"][..],
        &["plan", "rules.ls"],
        &["check", "rules.ls"],
        &["check", "--explain", "LS1001"],
        &["fmt", "-"],
        &["completions", "bash"],
        &["man"],
        &["--help"],
    ] {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_leadscore"));
        command.current_dir(folder.path()).args(arguments);
        let output = command
            .stdin(Stdio::null())
            .stdout(full)
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        let reads_nothing = arguments[0] == "fmt";
        assert_eq!(
            output.status.code(),
            Some(if reads_nothing { 0 } else { 2 }),
            "{arguments:?}"
        );
    }
    let (code, _, err) = run(
        folder.path(),
        &["score", "rules.ls", "--contacts", "contacts.csv", "-o", "/dev/full"],
    );
    assert_eq!(code, 2);
    assert!(err.contains("/dev/full"), "{err}");
}

#[test]
#[cfg(unix)]
fn a_reader_that_leaves_ends_it_quietly() {
    let mut contacts = "id,title\n".to_owned();
    for id in 0..50_000 {
        contacts.push_str(&format!("{id},director\n"));
    }
    let folder = folder(&[("rules.ls", RULES), ("contacts.csv", &contacts)]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_leadscore"));
    command
        .current_dir(folder.path())
        .args(["score", "rules.ls", "--contacts", "contacts.csv", "--quiet"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn only_one_file_can_be_standard_input() {
    let folder = folder(&[("rules.ls", RULES)]);
    let arguments = ["score", "-", "--contacts", "-", "--input-format", "csv"];
    let (code, _, err) = finish(leadscore(folder.path(), &arguments).write_stdin("id\n1\n"));
    assert_eq!(code, 2, "{err}");
}

#[test]
#[cfg(unix)]
fn an_interrupt_leaves_nothing_half_written() {
    let folder = folder(&[("rules.ls", RULES)]);
    let system = |program: &str, arguments: &[&str]| {
        let status = Command::new(program)
            .current_dir(folder.path())
            .args(arguments)
            .status();
        assert!(status.unwrap().success(), "{program}");
    };
    // Nobody writes to the pipe: the program waits for its contacts with the list of rejects begun.
    system("mkfifo", &["contacts.csv"]);
    let before = fs::read_dir(folder.path()).unwrap().count();
    let mut command = Command::new(env!("CARGO_BIN_EXE_leadscore"));
    let arguments = [
        "score",
        "rules.ls",
        "--contacts",
        "contacts.csv",
        "--rejects",
        "rejects.csv",
    ];
    let mut child = command.current_dir(folder.path()).args(arguments).spawn().unwrap();
    while fs::read_dir(folder.path()).unwrap().count() == before {
        assert!(child.try_wait().unwrap().is_none(), "it waits");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    // The handler stands a moment after the file.
    std::thread::sleep(std::time::Duration::from_millis(200));
    system("kill", &["-INT", &child.id().to_string()]);
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), before);
}

#[test]
fn a_setting_of_many_keys_is_refused() {
    let folder = folder(&[("rules.ls", RULES)]);
    let setting = format!("{}=1", vec!["a"; 60_000].join("."));
    let (code, _, err) = run(
        folder.path(),
        &["score", "rules.ls", "--contacts", "-", "--set", &setting],
    );
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("more keys than any value has"), "{}", err.len());
}

/// A file with a score `b0` of some rules, and formulas `f1`, `f2`, … of which the last is the score.
fn formulas(rules: &str, count: usize, formula: impl Fn(usize) -> String) -> String {
    let formulas: String = (1..=count).map(|at| format!("score {}\n", formula(at))).collect();
    format!("score b0 {{\n{rules}}}\nscore f0 = b0\n{formulas}score = f{count}\nhot >= 5\n")
}

/// Rules on pairs of ten fields, each compared with forty numbers.
fn thresholds() -> String {
    let single = (0..10).flat_map(|field| (1..40).map(move |limit| format!("when f{field} > {}0 add 1\n", limit)));
    let fields = || (0..10).map(|field| format!("f{field} > 390"));
    let pairs = fields().zip(1..).flat_map(|(one, from)| {
        let others = fields().skip(from);
        others.map(move |other| format!("when {one} and {other} add 5\n"))
    });
    let all: Vec<String> = fields().collect();
    let promise = format!("promise score < 10000 when {}\n", all.join(" and "));
    single.chain(pairs).chain([promise]).collect()
}

/// A rule of many alternatives, and of one that contradicts itself.
fn disjunctions() -> String {
    let either = |at: usize| format!("(a{at} = {at} or b{at} = {at})");
    let all: Vec<String> = (0..40).map(either).collect();
    format!(
        "when {} and (c = 5 or d = 6) and not c = 5 and not d = 6 add 1\n",
        all.join(" and ")
    )
}

#[test]
fn rules_that_are_hard_to_analyse_are_answered() {
    let folder = folder(&[]);
    let one = "  when title is known add 1\n";
    let many: String = (0..14)
        .map(|field| format!("  when g{field} is known add 1\n"))
        .collect();
    let cases = [
        // Each formula reaches the first on twice as many ways as the one before.
        (
            "doubled",
            formulas(one, 60, |at| format!("f{at} = f{0} + f{0}", at - 1)),
        ),
        // Each is bounded by itself, and made of two that are.
        (
            "clamped",
            formulas(&many, 60, |at| {
                format!("f{at} max {} = f{} + f{}", 20 + at, at - 1, at.saturating_sub(2))
            }),
        ),
        (
            "chained",
            formulas(one, 400, |at| format!("f{at} max {} = f{} + 1", at + 10, at - 1)),
        ),
        // Of ten fields only the highest of forty options are left.
        ("thresholds", thresholds()),
        // A trillion ways lead to nothing.
        ("disjunctions", disjunctions()),
    ];
    for (name, rules) in cases {
        fs::write(folder.path().join("rules.ls"), rules).unwrap();
        let (code, _, err) = run(folder.path(), &["check", "rules.ls"]);
        assert_eq!(code, 0, "{name}: {err}");
    }
}
