//! Random contacts that hold their events, as JSON Lines and as Parquet.

use std::sync::Arc;

use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use super::tables::Settings;

/// The events of each contact: none, no list of them, or some of which each may be null.
pub(crate) type Contacts = Vec<Option<Vec<Option<Event>>>>;

/// The values of [`COLUMNS`].
type Event = [Option<&'static str>; 3];

const COLUMNS: [&str; 3] = ["event", "at", "page"];

const SCHEMA: &str = "message contacts {
    required binary id (STRING);
    optional group events (LIST) {
        repeated group list {
            optional group element {
                optional binary event (STRING);
                optional binary at (STRING);
                optional group parts {
                    required int32 unread;
                }
                optional binary page (STRING);
            }
        }
    }
}";

/// Contacts of any kind.
pub(crate) fn held_events() -> impl Strategy<Value = Contacts> {
    let texts = |texts: &'static [&'static str]| option::weighted(0.9, select(texts));
    let event = [
        texts(&["visit", "open", ""]),
        texts(&["2026-11-01", "2026-10-31T23:30:00Z", "x"]),
        texts(&["a", "é"]),
    ];
    let events = vec(option::weighted(0.9, event), 0..5);
    vec(option::weighted(0.9, events), 1..60)
}

/// The contacts as JSON Lines.
pub(crate) fn json_lines(contacts: &Contacts) -> Vec<u8> {
    let line = |(row, events): (usize, &Option<Vec<Option<Event>>>)| {
        let events = events
            .as_ref()
            .map(|events| events.iter().map(object).collect::<Vec<_>>());
        format!("{}\n", json!({"id": format!("c{row}"), "events": events}))
    };
    contacts.iter().enumerate().map(line).collect::<String>().into_bytes()
}

fn object(event: &Option<Event>) -> Value {
    let Some(event) = event else { return Value::Null };
    let values = COLUMNS.iter().zip(event);
    Value::Object(
        values
            .map(|(name, value)| ((*name).to_owned(), json!(value)))
            .collect::<Map<_, _>>(),
    )
}

/// The contacts as Parquet.
pub(crate) fn parquet_of_held(contacts: &Contacts, settings: &Settings) -> Vec<u8> {
    let schema = Arc::new(parse_message_type(SCHEMA).unwrap());
    let properties = Arc::new(settings.properties().build());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, properties).unwrap();
    let mut first = 0;
    for some in contacts.chunks(settings.rows_of_group) {
        let mut group = writer.next_row_group().unwrap();
        let ids: Vec<ByteArray> = (first..first + some.len())
            .map(|row| format!("c{row}").as_str().into())
            .collect();
        let mut into = group.next_column().unwrap().unwrap();
        into.typed::<ByteArrayType>().write_batch(&ids, None, None).unwrap();
        into.close().unwrap();
        for column in [Some(0), Some(1), None, Some(2)] {
            let (levels, repetition, values) = levels(some, column);
            let mut into = group.next_column().unwrap().unwrap();
            match column {
                Some(_) => into
                    .typed::<ByteArrayType>()
                    .write_batch(&values, Some(&levels), Some(&repetition)),
                None => {
                    into.typed::<parquet::data_type::Int32Type>()
                        .write_batch(&[], Some(&levels), Some(&repetition))
                }
            }
            .unwrap();
            into.close().unwrap();
        }
        group.close().unwrap();
        first += some.len();
    }
    writer.into_inner().unwrap()
}

/// How much of each entry of a column is there, which entries go on with a row, and the values; of a part of an event
/// that is never there, none.
fn levels(contacts: &[Option<Vec<Option<Event>>>], column: Option<usize>) -> (Vec<i16>, Vec<i16>, Vec<ByteArray>) {
    let (mut definition, mut repetition, mut values) = (Vec::new(), Vec::new(), Vec::new());
    for events in contacts {
        if events.as_ref().is_none_or(Vec::is_empty) {
            definition.push(i16::from(events.is_some()));
            repetition.push(0);
        }
        for (at, event) in events.iter().flatten().enumerate() {
            let value = event.and_then(|event| event[column?]);
            definition.push(match (event, value) {
                (None, _) => 2,
                (Some(_), None) => 3,
                (Some(_), Some(_)) => 4,
            });
            repetition.push(i16::from(at > 0));
            values.extend(value.map(ByteArray::from));
        }
    }
    (definition, repetition, values)
}
