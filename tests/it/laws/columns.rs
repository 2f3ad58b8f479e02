//! Laws of Parquet: a table gives the same as it does in CSV, however it lies in its file and however many threads read
//! it; and no bytes make the reader panic.

use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;

use leadscore::check::compile;
use leadscore::connect::{Config, Error, Intake, read_contacts, read_events};
use leadscore::model::Model;
use leadscore::source::Source;
use leadscore::table::Events;
use parquet::basic::TimeUnit;
use proptest::prelude::*;
use proptest::sample::Index;

use super::cases;
use super::held::contacts;
use super::tables::{Of, settings, table};

const RULES: &str = r#"timezone "Europe/Paris"
field title: text
field employees: number
field budget: number
field active: boolean
field signup: date
field tags: list of text
when event visit where (page contains "a" and value > 1 and seen = true) add 1
"#;

/// Every type that a field and a property can have.
const HELD_RULES: &str = r#"timezone "Europe/Paris"
field title: text
field tags: list of text
field active: boolean
event visit(page: text, value: number, seen: boolean, due: date, tags: list of text, stage: one of "lead", "visit")
event open(page: text, value: number, tags: list of text)
when event visit where (tags contains "a" and value > 1) add 1
"#;

const NUMBERS: &[Of] = &[
    Of::Text,
    Of::Int32,
    Of::Int64,
    Of::Double,
    Of::Decimal(4, 2),
    Of::Decimal(8, 6),
    Of::Decimal(0, 9),
    Of::Decimal(6, 0),
    Of::Decimal(15, 4),
];

const TIMES: &[Of] = &[
    Of::Day,
    Of::Text,
    Of::Int64,
    Of::Moment(TimeUnit::MILLIS, true),
    Of::Moment(TimeUnit::MICROS, true),
    Of::Moment(TimeUnit::MICROS, false),
    Of::Moment(TimeUnit::NANOS, false),
];

const CONTACTS: &[(&str, &[Of])] = &[
    ("id", &[Of::Text, Of::Bytes, Of::Int64]),
    ("unread", &[Of::Text]),
    (
        "title",
        &[
            Of::Text,
            Of::Bytes,
            Of::Int32,
            Of::Boolean,
            Of::Day,
            Of::Moment(TimeUnit::MILLIS, true),
        ],
    ),
    ("employees", NUMBERS),
    ("budget", NUMBERS),
    ("active", &[Of::Boolean, Of::Text, Of::Int32]),
    ("signup", TIMES),
    ("tags", &[Of::List, Of::Text]),
];

const EVENTS: &[(&str, &[Of])] = &[
    // A row of nothing is none in CSV.
    ("row", &[Of::Int64]),
    ("contact", &[Of::Text]),
    ("event", &[Of::Text]),
    ("at", TIMES),
    ("page", &[Of::Text, Of::Int32]),
    ("value", NUMBERS),
    ("seen", &[Of::Boolean]),
];

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn a_table_gives_the_same_as_in_csv(
        contacts in table(CONTACTS),
        events in table(EVENTS),
        settings in settings(),
        threads in 1usize..4,
    ) {
        let read_as = |format, contacts: Vec<u8>, events: Vec<u8>| read_tables(format, &contacts, &events, threads).unwrap();
        let as_csv = read_as("csv", contacts.csv(), events.csv());
        let as_parquet = read_as("parquet", contacts.parquet(&settings), events.parquet(&settings));
        prop_assert_eq!(as_csv, as_parquet);
    }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn no_bytes_make_the_reader_panic(
        table in table(CONTACTS),
        held in contacts(),
        settings in settings(),
        is_held in any::<bool>(),
        changes in proptest::collection::vec((any::<Index>(), any::<u8>()), 1..8),
        cut in proptest::option::weighted(0.2, any::<Index>()),
        at_the_end in any::<bool>(),
    ) {
        let mut bytes = if is_held { held.parquet(&settings) } else { table.parquet(&settings) };
        let first = if at_the_end { bytes.len() / 2 } else { 0 };
        for (place, byte) in changes {
            let place = first + place.index(bytes.len() - first);
            bytes[place] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        // Whatever it says, it says it.
        let rules = if is_held { HELD_RULES } else { RULES };
        let _ = read(rules, "parquet", &bytes, &[], 2);
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn contacts_and_the_events_that_they_hold_are_the_same_as_in_json(
        contacts in contacts(),
        settings in settings(),
        threads in 1usize..4,
    ) {
        let read_as = |format, contacts: Vec<u8>| read(HELD_RULES, format, &contacts, &[], threads).unwrap();
        let as_json = read_as("jsonl", contacts.json_lines());
        let as_parquet = read_as("parquet", contacts.parquet(&settings));
        prop_assert_eq!(as_json, as_parquet);
    }
}

/// What is read of contacts and their events.
#[derive(Debug, PartialEq)]
struct Read {
    contacts: Vec<Vec<Option<String>>>,
    events: Vec<String>,
    rejected: Vec<String>,
}

fn read_tables(format: &str, contacts: &[u8], events: &[u8], threads: usize) -> Result<Read, Error> {
    read(RULES, format, contacts, events, threads)
}

fn read(rules: &str, format: &str, contacts: &[u8], events: &[u8], threads: usize) -> Result<Read, Error> {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(format!("{name}.{format}")), bytes).unwrap();
    let mut config = format!("[contacts]\npath = \"contacts.{format}\"\n");
    write("contacts", contacts);
    if !events.is_empty() {
        config += &format!("[[events]]\npath = \"events.{format}\"\n");
        write("events", events);
    }
    fs::write(folder.path().join("leadscore.toml"), config).unwrap();
    read_folder(&model(rules), folder.path(), format == "csv", threads)
}

fn read_folder(model: &Model, folder: &Path, has_header: bool, threads: usize) -> Result<Read, Error> {
    let config = Config::read(&folder.join("leadscore.toml")).unwrap();
    let mut intake = Intake::default();
    let mut shown = vec![Vec::new(); threads];
    let count = NonZeroUsize::new(threads).unwrap();
    let contacts = read_contacts(model, &config, &mut intake, count, |_| ())?;
    let mut takers: Vec<_> = shown
        .iter_mut()
        .map(|shown| |events: &Events| show(events, shown))
        .collect();
    read_events(model, &config, &mut intake, &contacts, &mut takers)?;
    let mut events = shown.concat();
    events.sort_unstable();
    let row = |row: usize| {
        let cells = contacts.columns().iter().map(|column| column.display(row));
        std::iter::once(Some(contacts.id(row).to_owned()))
            .chain(cells)
            .collect()
    };
    let rejected = intake.rejected.iter().map(|rejected| {
        let row = rejected.example.row - u64::from(has_header);
        let (column, example) = (&rejected.column, &rejected.example);
        format!(
            "{:?} {column} {} {row} {:?} {}",
            rejected.kind,
            rejected.count,
            agreed(column, &example.value),
            example.reason
        )
    });
    // Of events that are held, the order of what is told follows the blocks in which they come.
    let mut rejected: Vec<String> = rejected.collect();
    rejected.sort_unstable();
    Ok(Read {
        contacts: (0..contacts.len()).map(row).collect(),
        events,
        rejected,
    })
}

/// A value that cannot be used, as far as formats agree on how it is written.
fn agreed(column: &str, value: &str) -> String {
    // No text among the data has brackets.
    let has_parts = match value.strip_prefix('[') {
        Some(elements) => column == "events" || elements.contains(['[', '{']),
        None => value.starts_with('{'),
    };
    match has_parts {
        true => "a value of several parts".to_owned(),
        false if column == "events" => value.trim_matches('"').trim().to_owned(),
        false => value.to_owned(),
    }
}

fn show(events: &Events, shown: &mut Vec<String>) {
    for row in 0..events.len() {
        let name = events.vocabulary().text(events.names()[row]);
        let cells: Vec<_> = events.columns().iter().map(|column| column.display(row)).collect();
        shown.push(format!(
            "{} {name} {} {cells:?}",
            events.contacts()[row],
            events.days()[row]
        ));
    }
}

fn model(rules: &str) -> Model {
    compile(&Source::new("rules.ls", rules), &|_| Err("no lists here".to_owned()))
        .into_model()
        .unwrap()
}
