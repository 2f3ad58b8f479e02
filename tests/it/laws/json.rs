//! Laws of JSON: what is JSON is read, what is none is refused where it stands, on any number of threads.

use std::fs;
use std::num::NonZeroUsize;

use leadscore::check::compile;
use leadscore::connect::{self, Config, Error, InputFormat, Intake};
use leadscore::model::Model;
use leadscore::source::Source;
use leadscore::table::{Contacts, Events};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::value::RawValue;

use super::cases;

const RULES: &str =
    "field title: text\nwhen title contains \"a\" add 1\nwhen event visit where url contains \"b\" add 2\n";

fn model() -> Model {
    let compiled = compile(&Source::new("rules.ls", RULES), &|path| Err(path.to_owned()));
    compiled.into_model().unwrap()
}

/// What becomes of a file: its contacts and their events with what is told of them, or what is wrong.
fn read(format: &str, bytes: &[u8], threads: usize) -> Result<String, Error> {
    let (model, folder) = (model(), tempfile::tempdir().unwrap());
    let mut config = Config::default();
    let path = folder.path().join("contacts");
    fs::write(&path, bytes).unwrap();
    config.contacts.path = Some(path);
    config.contacts.format = InputFormat::named(format);
    let mut intake = Intake::default();
    let threads = NonZeroUsize::new(threads).unwrap();
    let contacts = connect::read_contacts(&model, &config, &mut intake, threads, |_: &Events| ())?;
    let told = serde_json::to_string(&intake).unwrap();
    let told = told.replace(&folder.path().display().to_string(), "");
    Ok(format!("{} {told}", drawn(&contacts)))
}

fn drawn(contacts: &Contacts) -> String {
    let row = |row: usize| {
        let titles = contacts.columns().iter().map(|column| column.display(row));
        format!("{:?} {:?}", contacts.id(row), titles.collect::<Vec<_>>())
    };
    (0..contacts.len()).map(row).collect::<Vec<_>>().join("\n")
}

/// A mistake and its line.
fn mistake(error: &Error) -> String {
    match error {
        Error::Malformed { row, message, .. } => format!("{row}: {message}"),
        Error::RepeatedColumn { row, column, .. } => format!("{row}: {column} twice"),
        Error::RepeatedContact { row, .. } => format!("{row}: the same contact"),
        Error::ContactWithoutId { row, .. } => format!("{row}: no id"),
        Error::NotText { line, .. } => format!("{line}: no text"),
        other => other.to_string(),
    }
}

/// Parts of a file that is nearly JSON.
fn near_json() -> impl Strategy<Value = String> {
    let objects = [
        "{\"id\": 1}",
        "{\"id\":\"a\",\"title\":\"b\\\"\"}",
        "{\"id\":2,\"events\":[{\"event\":\"visit\",\"at\":\"2026-10-01\",\"url\":\"b\"}]}",
        "{\"id\":\"\\u00e9\",\"events\":[{}, 1]}",
        "{\"id\":3,\"events\":[{\"at\":1,\"at\":2}]}",
        "{\"id\":4,\"other\":[[{}],\"],\"]}",
        "{\"id\":5,\"id\":6}",
    ];
    let marks = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\n", " ", "1", "null", "\"id\"", "é",
    ];
    let part = prop_oneof![4 => select(objects.to_vec()), 2 => Just(","), 2 => Just("\n"), 1 => select(marks.to_vec())];
    prop::collection::vec(part, 0..8).prop_map(|parts| parts.concat())
}

fn is_json<'t, T: serde::Deserialize<'t>>(text: &'t str) -> bool {
    serde_json::from_str::<T>(text).is_ok()
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn lines_are_read_where_each_is_an_object(text in near_json()) {
        let lines = text.lines().filter(|line| !line.trim_ascii_end().is_empty());
        let first = lines.clone().position(|line| !is_json::<&RawValue>(line));
        match read("jsonl", text.as_bytes(), 1) {
            Ok(_) => prop_assert_eq!(first, None),
            Err(error @ Error::Malformed { .. }) => {
                prop_assert!(first.is_some() || mistake(&error).ends_with("it is no object"));
            }
            Err(_) => {}
        }
    }

    #[test]
    fn an_array_is_read_where_it_is_one(inside in near_json(), is_closed in prop::bool::weighted(0.9)) {
        let text = format!("[{inside}{}", if is_closed { "]" } else { "" });
        let is_array = is_json::<Vec<&RawValue>>(&text);
        match read("json", text.as_bytes(), 1) {
            Ok(_) => prop_assert!(is_array),
            Err(error @ Error::Malformed { .. }) => {
                prop_assert!(!is_array || mistake(&error).ends_with("it is no object"));
            }
            Err(_) => {}
        }
    }
}

proptest! {
    #![proptest_config(cases(40))]

    /// What is told of a file that comes in many pieces is what is told of one that comes in one, but for the line.
    #[test]
    fn a_mistake_is_told_with_its_line_however_far_it_stands(
        text in near_json(),
        format in select(&["jsonl", "json"][..]),
        threads in 2usize..4,
        cut in prop::option::weighted(0.2, any::<prop::sample::Index>()),
    ) {
        let mut bytes = text.into_bytes();
        if let Some(cut) = cut.filter(|_| !bytes.is_empty()) {
            let cut = cut.index(bytes.len());
            bytes[cut] = 0xC3;
        }
        let before = 20_000usize;
        let separator = if format == "json" { "," } else { "" };
        let ahead = |number: usize| format!("{{\"id\":\"x{number}\",\"title\":\"{}\"}}{separator}\n", "t".repeat(90));
        let file = |ahead: String| {
            let (open, close) = if format == "json" { ("[", "]") } else { ("", "") };
            [open.as_bytes(), ahead.as_bytes(), &bytes, close.as_bytes()].concat()
        };
        let (near, far) = (file(ahead(0)), file((0..before).map(ahead).collect()));
        prop_assert!(far.len() > 2 << 20);
        let near = read(format, &near, 1).map(drop).map_err(|error| mistake(&error));
        let far = read(format, &far, threads).map(drop).map_err(|error| mistake(&error));
        let moved = near.map_err(|mistake| {
            let (line, mistake) = mistake.split_once(": ").unwrap();
            format!("{}: {mistake}", line.parse::<usize>().unwrap() + before - 1)
        });
        prop_assert_eq!(far, moved);
    }
}
