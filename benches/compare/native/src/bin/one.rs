//! leadscore as a library: contacts of contacts.jsonl are scored one by one, each on its own.
//!
//! Usage: one RULES DATA OUT.csv LIMIT
//!
//! The rules are compiled and put on the day once. Prints the seconds that scoring alone took: from a contact's values
//! and events, as a program that calls the library has them, to its score and band.

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::time::{Duration, Instant};

use leadscore::calendar::Day;
use leadscore::check::compile;
use leadscore::model::Model;
use leadscore::number::Number;
use leadscore::plan::Plan;
use leadscore::score::Run;
use leadscore::source::Source;
use leadscore::table::{Cell, Contacts, Events};
use serde_json::{Map, Value as Json};

type Failure = Box<dyn Error>;
type Object = Map<String, Json>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, rules, data, out, limit] = arguments.as_slice() else {
        return Err("one RULES DATA OUT.csv LIMIT".into());
    };
    let source = Source::new(rules, std::fs::read_to_string(rules)?);
    let compiled = compile(&source, &|path| Err(format!("there is no file {path}")));
    let model = compiled.into_model().map_err(|problems| format!("{problems:?}"))?;
    let plan = Plan::new(&model);
    let as_of = Day::new(2026, 10, 31).ok_or("no such day")?;
    let day = plan.on(as_of);

    let lines = BufReader::new(File::open(format!("{data}/contacts.jsonl"))?).lines();
    let contacts = lines
        .take(limit.parse()?)
        .map(|line| Contact::read(&serde_json::from_str(&line?)?))
        .collect::<Result<Vec<_>, Failure>>()?;

    let mut rows = BufWriter::new(File::create(out)?);
    writeln!(rows, "id,score,band")?;
    let mut taken = Duration::ZERO;
    for contact in &contacts {
        let start = Instant::now();
        let (table, events) = contact.tables(&model);
        let mut run = Run::new(&day);
        run.events(&events);
        let scores = run.finish(&table);
        let (score, band) = (scores.overall(0), scores.band(0));
        taken += start.elapsed();
        let score = score.map(|score| score.to_string()).unwrap_or_default();
        writeln!(rows, "{},{score},{}", contact.id, band.unwrap_or_default())?;
    }
    rows.flush()?;
    println!("seconds {}", taken.as_secs_f64());
    Ok(())
}

/// A contact as a program that calls the library has it.
struct Contact {
    id: String,
    fields: Values,
    events: Vec<Event>,
}

struct Event {
    name: String,
    day: Day,
    properties: Values,
}

/// What is known, by its name.
type Values = Vec<(String, Value)>;

enum Value {
    Text(String),
    Number(Number),
    Boolean(bool),
}

impl Contact {
    fn read(object: &Object) -> Result<Self, Failure> {
        let events = object.get("events").and_then(Json::as_array).ok_or("no events")?;
        Ok(Self {
            id: text(object, "id")?.to_owned(),
            fields: values(object),
            events: events
                .iter()
                .filter_map(Json::as_object)
                .map(Event::read)
                .collect::<Result<_, _>>()?,
        })
    }

    /// The contact and its events as the columns that leadscore scores.
    fn tables(&self, model: &Model) -> (Contacts, Events) {
        let mut contacts = Contacts::new(model.field_types());
        let names = model.fields.iter().map(|field| field.name.as_str());
        let cells: Vec<Cell<'_>> = names.map(|name| cell(&self.fields, name)).collect();
        // One contact alone has no id that comes twice.
        let _ = contacts.push(&self.id, &cells);
        let mut events = Events::new(model.property_types());
        for event in &self.events {
            let names = model.properties.iter().map(|property| property.name.as_str());
            let cells: Vec<Cell<'_>> = names.map(|name| cell(&event.properties, name)).collect();
            events.push(0, &event.name, event.day, &cells);
        }
        (contacts, events)
    }
}

impl Event {
    fn read(object: &Object) -> Result<Self, Failure> {
        let at = text(object, "at")?;
        let date = at.get(..10).unwrap_or_default();
        Ok(Self {
            name: text(object, "event")?.to_owned(),
            day: Day::parse(date).ok_or("no day")?,
            properties: values(object),
        })
    }
}

fn text<'a>(object: &'a Object, key: &str) -> Result<&'a str, Failure> {
    Ok(object
        .get(key)
        .and_then(Json::as_str)
        .ok_or_else(|| format!("no {key}"))?)
}

fn values(object: &Object) -> Values {
    let known = object.iter().filter_map(|(name, value)| {
        let value = match value {
            Json::String(text) => Value::Text(text.clone()),
            Json::Number(number) => Value::Number(Number::parse(&number.to_string())?),
            Json::Bool(holds) => Value::Boolean(*holds),
            Json::Null | Json::Array(_) | Json::Object(_) => return None,
        };
        Some((name.clone(), value))
    });
    known.collect()
}

fn cell<'a>(values: &'a Values, name: &str) -> Cell<'a> {
    match values.iter().find(|(known, _)| known == name) {
        None => Cell::Missing,
        Some((_, Value::Text(text))) => Cell::Text(text),
        Some((_, Value::Number(number))) => Cell::Number(*number),
        Some((_, Value::Boolean(holds))) => Cell::Boolean(*holds),
    }
}
