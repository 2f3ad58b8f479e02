//! `leadscore score`: formats, order, files, and what is told of the data.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use super::{RULES, finish, folder, leadscore, run};

const CONTACTS: &str = "id,title\nann,Director\nbob,Clerk\ncid,Sales director\n";
const EVENTS: &str =
    "contact,event,at\nbob,visit,2026-01-10\ncid,visit,2026-01-10\ncid,visit,2026-01-11\nann,visit,2026-03-01\n";

fn project() -> TempDir {
    folder(&[
        ("rules.ls", RULES),
        ("contacts.csv", CONTACTS),
        ("events.csv", EVENTS),
        (
            "leadscore.toml",
            "rules = \"rules.ls\"\n[contacts]\npath = \"contacts.csv\"\n[[events]]\npath = \"events.csv\"\n",
        ),
    ])
}

#[test]
fn contacts_are_scored_in_their_order_as_csv() {
    let (code, out, err) = run(project().path(), &["score", "--as-of", "2026-01-31"]);
    assert_eq!(
        (code, out.as_str()),
        (0, "id,score,band,excluded\nann,10,,\nbob,5,,\ncid,20,hot,\n")
    );
    assert_eq!(err, "warning: 1 event after 2026-01-31, the day of scoring, left out\n");
    let (_, _, err) = run(project().path(), &["score", "--as-of", "2026-01-31", "--quiet"]);
    assert_eq!(err, "");
}

#[test]
fn json_has_numbers_and_nulls() {
    let folder = project();
    let (code, lines, _) = run(folder.path(), &["score", "--as-of", "2026-01-31", "--format", "jsonl"]);
    assert_eq!(code, 0);
    assert_eq!(
        lines.lines().next(),
        Some("{\"id\":\"ann\",\"score\":10,\"band\":null,\"excluded\":null}")
    );
    let (_, array, _) = run(folder.path(), &["score", "--as-of", "2026-01-31", "--format", "json"]);
    let array: Value = serde_json::from_str(&array).unwrap();
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(array, Value::from(lines));
}

#[test]
fn parquet_is_written_and_read() {
    let folder = project();
    let written = ["score", "--as-of", "2026-01-31", "-o", "scores.parquet"];
    assert_eq!(run(folder.path(), &written).0, 0);
    let rules = "field points: number\nfield label: text\nwhen points >= 10 add 1\nwhen label = \"hot\" add 2\n";
    fs::write(folder.path().join("again.ls"), rules).unwrap();
    let fields = "contacts.fields={points=\"score\",label=\"band\"}";
    let again = [
        "score",
        "again.ls",
        "--set",
        "events=[]",
        "--set",
        fields,
        "--format",
        "csv",
        "--contacts",
    ];
    let (code, from_file, err) = run(folder.path(), &[&again[..], &["scores.parquet"]].concat());
    assert_eq!(
        (code, from_file.as_str()),
        (0, "id,score,band,excluded\nann,1,,\nbob,0,,\ncid,3,,\n"),
        "{err}"
    );
    let bytes = fs::read(folder.path().join("scores.parquet")).unwrap();
    let from_input = [&again[..], &["-", "--input-format", "parquet"]].concat();
    let (code, from_input, err) = finish(leadscore(folder.path(), &from_input).write_stdin(bytes.clone()));
    assert_eq!((code, from_input), (0, from_file), "{err}");
    let output = leadscore(
        folder.path(),
        &["score", "--as-of", "2026-01-31", "--format", "parquet"],
    )
    .output();
    assert_eq!(output.unwrap().stdout, bytes);
}

#[test]
fn the_best_come_first_and_equals_in_their_order() {
    let (_, out, _) = run(project().path(), &["score", "--as-of", "2026-03-31", "--top", "2"]);
    assert_eq!(out, "id,score,band,excluded\ncid,20,hot,\nann,15,,\n");
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let folder = project();
    let (code, out, _) = run(folder.path(), &["score", "--as-of", "2026-01-31", "-o", "out.csv"]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert!(
        fs::read_to_string(folder.path().join("out.csv"))
            .unwrap()
            .starts_with("id,score")
    );
    let before = fs::read_dir(folder.path()).unwrap().count();
    fs::write(folder.path().join("contacts.csv"), "id,title\nann,x\nann,y\n").unwrap();
    let (code, _, err) = run(folder.path(), &["score", "-o", "out.csv"]);
    assert_eq!(code, 3, "{err}");
    assert!(err.contains("`ann`"), "{err}");
    assert!(
        fs::read_to_string(folder.path().join("out.csv"))
            .unwrap()
            .contains("cid,20")
    );
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), before);
    fs::write(folder.path().join("contacts.csv"), CONTACTS).unwrap();
    let (code, _, _) = run(folder.path(), &["score", "-o", "nowhere/out.csv"]);
    assert_eq!(code, 2);
}

#[test]
fn a_result_is_never_written_under_the_ending_of_another_format() {
    let folder = project();
    let (code, out, err) = run(folder.path(), &["score", "-o", "out.xlsx"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("`out.xlsx`") && err.contains("--format"), "{err}");
    assert!(!folder.path().join("out.xlsx").exists());
    for arguments in [
        ["-o", "out.txt", "--format", "csv"],
        ["-o", "out", "--as-of", "2026-01-31"],
    ] {
        let (code, _, err) = run(folder.path(), &[&["score"][..], &arguments].concat());
        assert_eq!(code, 0, "{err}");
        let written = fs::read_to_string(folder.path().join(arguments[1])).unwrap();
        assert!(written.starts_with("id,score"), "{written}");
    }
}

#[test]
fn an_input_format_is_for_the_files_that_do_not_tell_theirs() {
    let folder = project();
    fs::write(folder.path().join("people.json"), "[{\"id\": \"bob\"}]").unwrap();
    let day = ["--as-of", "2026-01-31"];
    let mixed = [
        "score",
        "--contacts",
        "people.json",
        "--events",
        "-",
        "--input-format",
        "csv",
    ];
    let (code, out, err) = finish(leadscore(folder.path(), &[&mixed[..], &day].concat()).write_stdin(EVENTS));
    assert_eq!((code, out.as_str()), (0, "id,score,band,excluded\nbob,5,,\n"), "{err}");
    fs::write(
        folder.path().join("people.json"),
        "{\"id\": \"bob\"}\n{\"id\": \"zoe\"}\n",
    )
    .unwrap();
    let wrong = ["score", "--contacts", "people.json", "--input-format", "jsonl"];
    let (code, out, err) = run(folder.path(), &[&wrong[..], &day].concat());
    assert_eq!(
        (code, out.as_str()),
        (0, "id,score,band,excluded\nbob,5,,\nzoe,0,,\n"),
        "{err}"
    );
}

#[test]
fn an_endless_id_does_not_fill_the_screen() {
    let folder = project();
    let id = "i".repeat(100_000);
    fs::write(
        folder.path().join("contacts.csv"),
        format!("id,title\n{id},a\n{id},b\n"),
    )
    .unwrap();
    let (code, _, err) = run(folder.path(), &["score"]);
    assert_eq!(code, 3);
    assert!(err.contains("LS6014") && err.len() < 1_000, "{} bytes", err.len());
}

#[test]
fn what_cannot_be_used_is_told_listed_and_refused_where_that_is_asked_for() {
    let folder = project();
    fs::write(
        folder.path().join("events.csv"),
        format!("{EVENTS}zoe,visit,2026-01-01\nann,visit,soon\n"),
    )
    .unwrap();
    let (code, _, err) = run(folder.path(), &["score", "--rejects", "rejects.csv"]);
    assert_eq!(code, 0);
    assert!(
        err.contains("unknown contact") && err.contains("zoe") && err.contains("soon"),
        "{err}"
    );
    let rejects = fs::read_to_string(folder.path().join("rejects.csv")).unwrap();
    assert_eq!(rejects.lines().count(), 3, "{rejects}");
    let (code, out, err) = run(folder.path(), &["score", "--rejects", "-"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("`--rejects -`"), "{err}");
    let (code, out, _) = run(folder.path(), &["score", "--rejects", "-", "-o", "scores.csv"]);
    assert_eq!((code, out), (0, rejects));
    let (code, out, err) = run(folder.path(), &["score", "--strict"]);
    assert_eq!((code, out.as_str()), (3, ""));
    assert!(err.contains("LS6017") && err.contains("`--rejects FILE`"), "{err}");
    let (code, _, err) = run(folder.path(), &["score", "--strict", "--rejects", "rejects.csv"]);
    assert_eq!(code, 3);
    assert!(
        err.contains("the list of rejects") && !err.contains("--rejects FILE"),
        "{err}"
    );
}

#[test]
fn what_the_rules_read_and_the_data_do_not_have_is_told_and_refused_where_that_is_asked_for() {
    let folder = folder(&[
        (
            "rules.ls",
            "when event visit where url contains \"pricing\" add 5 once\n",
        ),
        ("contacts.csv", "id\nann\n"),
        ("events.csv", "contact,event,at,URL\nann,visit,2026-01-01,/pricing\n"),
    ]);
    let arguments = [
        "score",
        "rules.ls",
        "--contacts",
        "contacts.csv",
        "--events",
        "events.csv",
    ];
    let (code, out, err) = run(folder.path(), &arguments);
    assert_eq!((code, out.as_str()), (0, "id,score,band,excluded\nann,0,,\n"));
    let told = "no event has the property `url`: events.csv has no such column; did you mean its column `URL`?";
    assert!(err.contains(told), "{err}");
    let (code, out, err) = run(folder.path(), &[&arguments[..], &["--strict"]].concat());
    assert_eq!((code, out.as_str()), (3, ""));
    assert!(err.contains("LS6017") && err.contains(told), "{err}");
    let explain = [
        "explain",
        "rules.ls",
        "--contacts",
        "contacts.csv",
        "--events",
        "events.csv",
        "--contact",
        "ann",
    ];
    let (code, _, err) = run(folder.path(), &explain);
    assert_eq!(code, 0);
    assert!(err.contains(told), "{err}");
}

#[test]
fn rules_that_are_not_there_are_told_as_any_file() {
    let folder = project();
    let (code, _, err) = run(folder.path(), &["score", "rule.ls"]);
    assert_eq!(code, 2);
    let told = [
        "error[LS6001]",
        "there is no such file or folder",
        "did you mean `rules.ls`?",
    ];
    assert!(told.iter().all(|told| err.contains(told)), "{err}");
}

#[test]
fn broken_promises_are_told_with_an_example() {
    let folder = project();
    fs::write(
        folder.path().join("rules.ls"),
        format!("{RULES}promise band != hot when title contains \"sales\"\n"),
    )
    .unwrap();
    let (code, _, err) = run(folder.path(), &["score", "--as-of", "2026-01-31"]);
    assert_eq!(code, 0);
    assert!(
        err.contains("1 contact broke a promise, first `cid`: rules.ls:4:"),
        "{err}"
    );
}

#[test]
fn rules_with_errors_are_not_run() {
    let folder = project();
    fs::write(folder.path().join("rules.ls"), "when titel contains \"a\" ad 5\n").unwrap();
    let (code, out, err) = run(folder.path(), &["score"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("rules.ls:1:") && err.contains("1 error in"), "{err}");
}

#[test]
fn data_may_come_from_standard_input_and_from_other_files() {
    let folder = project();
    let arguments = [
        "score",
        "--contacts",
        "-",
        "--input-format",
        "csv",
        "--as-of",
        "2026-01-31",
    ];
    let (code, out, _) = finish(leadscore(folder.path(), &arguments).write_stdin("id,title\nbob,Director\n"));
    assert_eq!((code, out.as_str()), (0, "id,score,band,excluded\nbob,15,,\n"));
    fs::write(folder.path().join("semi.csv"), "Key;title\nbob;Director\n").unwrap();
    let set = ["--set", "contacts.id=Key", "--set", "contacts.delimiter=;"];
    let (code, out, err) = run(
        folder.path(),
        &[&["score", "--contacts", "semi.csv", "--as-of", "2026-01-31"][..], &set].concat(),
    );
    assert_eq!((code, out.as_str()), (0, "id,score,band,excluded\nbob,15,,\n"), "{err}");
}

#[test]
fn a_mistake_in_the_configuration_is_shown_in_its_place() {
    let folder = project();
    fs::write(
        folder.path().join("leadscore.toml"),
        "rules = \"rules.ls\"\n[contact]\npath = \"contacts.csv\"\n",
    )
    .unwrap();
    let (code, _, err) = run(folder.path(), &["score"]);
    assert_eq!(code, 2);
    assert!(
        err.contains("leadscore.toml:2:2") && err.contains("did you mean `contacts`?"),
        "{err}"
    );
    let (code, _, err) = run(folder.path(), &["score", "rules.ls", "--as-of", "01/02/2026"]);
    assert_eq!(code, 2);
    assert!(err.contains("2026-11-01"), "{err}");
}

#[test]
fn a_plan_can_be_read() {
    let (code, out, _) = run(project().path(), &["plan"]);
    assert_eq!(code, 0);
    for part in [
        "signals, of each contact's events",
        "count of visit",
        "results",
        "the contact's id",
    ] {
        assert!(out.contains(part), "{out}");
    }
}
