//! `leadscore init`: the starter project scores, its tests pass, and nothing is overwritten.

use std::fs;

use super::{folder, run};

#[test]
fn the_starter_is_sound_scores_and_passes_its_tests() {
    let folder = folder(&[]);
    let (code, out, err) = run(folder.path(), &["init", "scoring"]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert!(err.contains("leadscore score"), "{err}");
    let project = folder.path().join("scoring");

    let (code, out, err) = run(&project, &["check", "--deny", "warnings"]);
    assert_eq!(code, 0, "{out}{err}");
    let (code, out, err) = run(&project, &["fmt", "--check"]);
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    let (code, out, err) = run(&project, &["score", "--strict"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let ada = out.lines().find(|line| line.starts_with("ada,")).unwrap();
    assert!(ada.contains(",hot,"), "{out}");
    assert!(
        out.lines()
            .any(|line| line.starts_with("mary,,excluded,") && line.ends_with("asked not to be contacted")),
        "{out}"
    );
    let (code, out, err) = run(&project, &["test"]);
    assert_eq!(code, 0, "{out}{err}");
    let (code, out, err) = run(&project, &["explain", "--contact", "ada"]);
    assert_eq!(code, 0, "{out}{err}");
}

#[test]
fn nothing_is_overwritten() {
    let folder = folder(&[("contacts.csv", "mine\n")]);
    let (code, _, err) = run(folder.path(), &["init"]);
    assert_eq!(code, 2);
    assert!(err.contains("contacts.csv"), "{err}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    assert_eq!(
        fs::read_to_string(folder.path().join("contacts.csv")).unwrap(),
        "mine\n"
    );
}
