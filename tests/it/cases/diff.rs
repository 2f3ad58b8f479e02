//! Two rules files, and what differs between them: the old rules, a line `---`, the new ones; and, where contacts follow
//! behind another such line, what becomes of them.

use std::fs;

use leadscore::calendar::Day;
use leadscore::diff::{Difference, compare, html, markdown, prove, render};

use crate::compared::{Side, difference};
use crate::given;

#[test]
fn cases() {
    insta::glob!("../../cases/diff", "*.ls", |path| {
        let text = fs::read_to_string(path).unwrap();
        let page = render(&of(&text), 96).to_string();
        insta::assert_snapshot!(format!("{}\n---\n{page}", text.trim_end()));
    });
}

/// What programs, pull requests and browsers are shown, of one case.
#[test]
fn formats() {
    insta::glob!("../../cases/diff", "points_*.ls", |path| {
        let difference = of(&fs::read_to_string(path).unwrap());
        insta::assert_snapshot!("json", serde_json::to_string_pretty(&difference).unwrap());
        insta::assert_snapshot!("markdown", markdown(&difference));
        insta::assert_snapshot!("html", html(&difference));
    });
}

/// What is written in rules and data stays text.
#[test]
fn nothing_that_is_written_becomes_markup() {
    let rules = |points: u32| format!("when title contains \"<script>`|*\" add {points} because \"<b>\"\nhot >= 5\n");
    let text = format!(
        "{}---\n{}---\nas of 2026-11-01\n{{\"id\": \"<i>|`x\", \"title\": \"<script>`|*\"}}\n",
        rules(1),
        rules(7)
    );
    let difference = of(&text);
    let page = html(&difference);
    assert!(page.contains("&lt;script&gt;") && page.contains("&lt;i&gt;"), "{page}");
    assert!(
        !page.contains("<script") && !page.contains("<i>") && !page.contains("http"),
        "{page}"
    );
    let text = markdown(&difference);
    assert!(text.contains("`` <i>|`x ``"), "{text}");
}

/// What has no line of its own ends without the sign of a comment.
#[test]
fn nothing_ends_in_an_empty_comment() {
    let text = markdown(&of("model \"a\"\nwhen x add 1\n---\nmodel \"b\"\nwhen x add 2\n"));
    assert!(text.contains("! model \"a\" → \"b\"\n"), "{text}");
    assert!(text.contains("! when x add 1 → 2    # line 2\n"), "{text}");
}

/// Many rules that all say something else are compared all the same.
#[test]
fn large_files_are_compared_in_time() {
    let rules = |offset: usize| -> String {
        let rule = |at: usize| format!("when employees = {} and title contains \"t{at}\" add 5\n", at + offset);
        (0..4_000).map(rule).collect()
    };
    let structure = compare(&given::model(&rules(0)), &given::model(&rules(1)));
    assert_eq!(structure.changes.len() + structure.same_rules, structure.rules.len());
    let chain = |last: &str| -> String {
        let names: String = (1..2_000)
            .map(|at| format!("let a{at} = a{} and x > {at}\n", at - 1))
            .collect();
        format!("let a0 = x > 0\n{names}when a1999 add {last}\n")
    };
    let structure = compare(&given::model(&chain("1")), &given::model(&chain("2")));
    assert_eq!(structure.changes.len(), 1);
}

fn of(text: &str) -> Difference {
    let mut parts = text.splitn(3, "\n---\n");
    let (old, new) = (
        parts.next().unwrap(),
        parts.next().expect("a line --- and the new rules"),
    );
    let (old, new) = (
        given::model(&format!("{old}\n")),
        given::model(&format!("{}\n", new.trim_end())),
    );
    let Some(rest) = parts.next() else {
        let mut structure = compare(&old, &new);
        prove(&old, &new, &mut structure);
        return Difference {
            old: "old.ls".to_owned(),
            new: "new.ls".to_owned(),
            structure,
            impact: None,
        };
    };
    let (day, data) = rest.split_once('\n').expect("contacts behind the day");
    let as_of = day.strip_prefix("as of ").and_then(Day::parse).expect("as of a day");
    let of_old = given::data(&old, data);
    let of_new = given::data(&new, data);
    let mut difference = difference(
        Side {
            model: &old,
            contacts: &of_old.0,
            events: &of_old.1,
        },
        Side {
            model: &new,
            contacts: &of_new.0,
            events: &of_new.1,
        },
        as_of,
    );
    prove(&old, &new, &mut difference.structure);
    difference
}
