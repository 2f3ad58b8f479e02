//! Threads: how many may be asked for, and what happens where the system has none.

use std::fs;

use super::{RULES, folder, run};

#[test]
fn the_number_of_threads_has_bounds() {
    let folder = folder(&[("rules.ls", RULES), ("contacts.csv", "id,title\n1,director\n")]);
    let score = |threads| {
        run(
            folder.path(),
            &["score", "rules.ls", "--contacts", "contacts.csv", "--threads", threads],
        )
    };
    for threads in ["0", "1025", "99999999", "18446744073709551615", "-1", "two", ""] {
        let (code, out, err) = score(threads);
        assert_eq!((code, out.as_str()), (2, ""), "{threads}: {err}");
        assert!(err.contains("1 to 1,024") || threads == "-1", "{threads}: {err}");
    }
    for threads in ["1", "2", "1024"] {
        let (code, out, err) = score(threads);
        assert_eq!(
            (code, out.as_str()),
            (0, "id,score,band,excluded\n1,10,,\n"),
            "{threads}: {err}"
        );
    }
}

/// With room for the program and no further thread, it goes on with those that it has.
#[test]
#[cfg(target_os = "linux")]
fn threads_that_the_system_refuses_are_done_without() {
    let mut contacts = "id,title\n".to_owned();
    for id in 0..200_000 {
        contacts.push_str(&format!("{id},director\n"));
    }
    let folder = folder(&[("rules.ls", RULES), ("contacts.csv", &contacts)]);
    let program = env!("CARGO_BIN_EXE_leadscore");
    let (_, whole, _) = run(folder.path(), &["score", "rules.ls", "--contacts", "contacts.csv"]);
    // Stacks of a gigabyte do not fit, whatever the number of threads.
    let command = format!(
        "ulimit -v 900000; RUST_MIN_STACK=1000000000 exec {program} score rules.ls --contacts contacts.csv --threads 8 \
         --quiet -o out.csv"
    );
    let output = std::process::Command::new("sh")
        .current_dir(folder.path())
        .args(["-c", &command])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.success());
    assert!(fs::read_to_string(folder.path().join("out.csv")).unwrap() == whole);
}

/// Where the states of all contacts do not fit, it says so before it begins.
#[test]
#[cfg(target_os = "linux")]
fn contacts_whose_states_do_not_fit_are_refused() {
    // Each event of its own is counted for each contact.
    let rules: String = (0..2_000)
        .map(|at| format!("when count(event e{at}) >= 200 add 1\n"))
        .collect();
    let contacts: String = (0..400_000).map(|id| format!("{id}\n")).collect();
    let files = [
        ("rules.ls", rules.as_str()),
        ("contacts.csv", &format!("id\n{contacts}")),
        ("events.csv", "contact,event,at\n1,e1,2026-01-01\n"),
    ];
    let folder = folder(&files);
    let program = env!("CARGO_BIN_EXE_leadscore");
    let command = format!(
        "ulimit -v 700000; exec {program} score rules.ls --contacts contacts.csv --events events.csv --threads 1 -o out.csv"
    );
    let output = std::process::Command::new("sh")
        .current_dir(folder.path())
        .args(["-c", &command])
        .output()
        .unwrap();
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(message.contains("scoring 400000 contacts takes "), "{message}");
    assert_eq!(output.status.code(), Some(2));
    assert!(!folder.path().join("out.csv").exists());
}
