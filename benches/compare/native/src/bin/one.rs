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
use leadscore::score::Scorer;
use leadscore::source::Source;
use leadscore::table::{Cell, Contacts, Events};
use serde_json::{Map, Value as Json};

type Failure = Box<dyn Error>;
type Object = Map<String, Json>;

/// The bytes of texts that the tables may keep from one contact to the next.
const TEXTS: usize = 1 << 20;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, rules, data, out, limit] = arguments.as_slice() else {
        return Err("one RULES DATA OUT.csv LIMIT".into());
    };
    let source = Source::new(rules, &std::fs::read_to_string(rules)?);
    let compiled = compile(&source, &|path| Err(format!("there is no file {path}")));
    let model = compiled.into_model().map_err(|problems| format!("{problems:?}"))?;
    let plan = Plan::new(&model);
    let as_of = Day::new(2026, 10, 31).ok_or("no such day")?;
    let day = plan.on(as_of);

    let lines = BufReader::new(File::open(format!("{data}/contacts.jsonl"))?).lines();
    let mut rows = BufWriter::new(File::create(out)?);
    writeln!(rows, "id,score,band")?;
    let mut taken = Duration::ZERO;
    let mut scorer = Scorer::new(&day);
    let mut contacts = Contacts::new(model.field_types());
    let mut events = Events::new(model.property_types());
    for line in lines.take(limit.parse()?) {
        let object: Object = serde_json::from_str(&line?)?;
        let contact = Contact::read(&object, &model)?;
        let start = Instant::now();
        contacts.clear(TEXTS);
        events.clear(TEXTS);
        contact.put_into(&mut contacts, &mut events);
        let scores = scorer.score(&contacts, &events);
        let (score, band) = (scores.overall(0), scores.band(0));
        taken += start.elapsed();
        let score = score.map(|score| score.to_string()).unwrap_or_default();
        writeln!(rows, "{},{score},{}", contact.id, band.unwrap_or_default())?;
    }
    rows.flush()?;
    println!("seconds {}", taken.as_secs_f64());
    Ok(())
}

/// A contact with its values in the order of the model's columns.
struct Contact<'a> {
    id: &'a str,
    fields: Vec<Cell<'a>>,
    events: Vec<Event<'a>>,
}

struct Event<'a> {
    name: &'a str,
    day: Day,
    properties: Vec<Cell<'a>>,
}

impl<'a> Contact<'a> {
    fn read(object: &'a Object, model: &Model) -> Result<Self, Failure> {
        let events = object.get("events").and_then(Json::as_array).ok_or("no events")?;
        let events = events.iter().filter_map(Json::as_object);
        Ok(Self {
            id: text(object, "id")?,
            fields: model.fields.iter().map(|field| cell(object, &field.name)).collect(),
            events: events
                .map(|event| Event::read(event, model))
                .collect::<Result<_, _>>()?,
        })
    }

    fn put_into(&self, contacts: &mut Contacts, events: &mut Events) {
        // One contact alone has no id that comes twice.
        let _ = contacts.push(self.id, &self.fields);
        for event in &self.events {
            events.push(0, event.name, event.day, &event.properties);
        }
    }
}

impl<'a> Event<'a> {
    fn read(object: &'a Object, model: &Model) -> Result<Self, Failure> {
        let date = text(object, "at")?.get(..10).unwrap_or_default();
        let properties = model.properties.iter().map(|property| cell(object, &property.name));
        Ok(Self {
            name: text(object, "event")?,
            day: Day::parse(date).ok_or("no day")?,
            properties: properties.collect(),
        })
    }
}

fn text<'a>(object: &'a Object, key: &str) -> Result<&'a str, Failure> {
    Ok(object
        .get(key)
        .and_then(Json::as_str)
        .ok_or_else(|| format!("no {key}"))?)
}

fn cell<'a>(object: &'a Object, name: &str) -> Cell<'a> {
    match object.get(name) {
        Some(Json::String(text)) => Cell::Text(text),
        Some(Json::Number(number)) => Number::parse(&number.to_string()).map_or(Cell::Missing, Cell::Number),
        Some(Json::Bool(holds)) => Cell::Boolean(*holds),
        _ => Cell::Missing,
    }
}
