//! Examples: contacts made up to show something, as data for the engine and as the lines of a test.

use crate::calendar::Day;
use crate::model::{FieldId, Given, GivenEvents, Model};
use crate::syntax::{written_name, written_text};
use crate::table::{Cell, Column, Contacts, Events};

/// A contact made up to show something.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The day of scoring.
    pub as_of: Day,
    /// The fields that it has; the others are missing.
    pub fields: Vec<(FieldId, Given)>,
    /// Its events, in the order of the data.
    pub events: Vec<GivenEvents>,
}

impl Example {
    /// The test that gives this contact and expects these conditions, each as a file writes it.
    pub fn test(&self, model: &Model, name: &str, expected: &[String]) -> String {
        let mut lines = vec![
            format!("test {} {{", written_text(name)),
            format!("  as of {}", self.as_of),
        ];
        let fields: Vec<String> = self.fields.iter().filter_map(|given| field(model, given)).collect();
        if !fields.is_empty() {
            lines.push(format!("  given {}", fields.join(", ")));
        }
        lines.extend(
            self.events
                .iter()
                .map(|given| format!("  given {}", event(model, given))),
        );
        lines.extend(expected.iter().map(|condition| format!("  expect {condition}")));
        lines.push("}".to_owned());
        lines.join("\n") + "\n"
    }

    /// The contacts with one thing less: a field, an event of several, a property, a word of a text.
    pub fn smaller(&self) -> Vec<Example> {
        let without_field = |at: usize| {
            let mut fewer = self.clone();
            fewer.fields.remove(at);
            fewer
        };
        let mut smaller: Vec<Example> = (0..self.fields.len()).map(without_field).collect();
        for (at, (field, given)) in self.fields.iter().enumerate() {
            smaller.extend(shorter(given).map(|given| {
                let mut fewer = self.clone();
                fewer.fields.splice(at..=at, [(*field, given)]);
                fewer
            }));
        }
        for (at, given) in self.events.iter().enumerate() {
            let mut fewer = self.clone();
            fewer.events.remove(at);
            smaller.push(fewer);
            let counts = [1, given.count / 2, given.count - 1].into_iter();
            let counts = counts.filter(|count| (1..given.count).contains(count));
            smaller.extend(counts.map(|count| self.but(at, GivenEvents { count, ..given.clone() })));
            smaller.extend((0..given.properties.len()).map(|property| {
                let mut fewer = given.clone();
                fewer.properties.remove(property);
                self.but(at, fewer)
            }));
            for (place, (property, value)) in given.properties.iter().enumerate() {
                smaller.extend(shorter(value).map(|value| {
                    let mut fewer = given.clone();
                    fewer.properties.splice(place..=place, [(*property, value)]);
                    self.but(at, fewer)
                }));
            }
        }
        smaller
    }

    /// This contact with other events at a place.
    pub(super) fn but(&self, at: usize, given: GivenEvents) -> Example {
        let mut other = self.clone();
        other.events.splice(at..=at, [given]);
        other
    }

    /// How many fields, events and properties it takes, how many days ago its events are altogether, and how many words
    /// its texts have.
    pub(super) fn size(&self) -> (u64, u64, usize) {
        let things = |given: &GivenEvents| given.count + given.properties.len() as u64;
        let events: u64 = self.events.iter().map(things).sum();
        let age = |given: &GivenEvents| u64::from(self.as_of.number().abs_diff(given.day.number()));
        let of_events = self
            .events
            .iter()
            .flat_map(|given| &given.properties)
            .map(|(_, given)| given);
        let values = self.fields.iter().map(|(_, given)| given).chain(of_events);
        let things = self.fields.len() as u64 + events;
        (things, self.events.iter().map(age).sum(), values.map(words).sum())
    }

    /// This contact with what only another has, too, and the events of both.
    pub(super) fn with(mut self, other: Example) -> Example {
        for (field, given) in other.fields {
            if self.fields.iter().all(|(known, _)| *known != field) {
                self.fields.push((field, given));
            }
        }
        self.events.extend(other.events);
        self.united()
    }

    /// The same with events that are alike put together.
    pub(super) fn united(mut self) -> Example {
        self.events.sort_by_key(|given| given.day);
        let mut united: Vec<GivenEvents> = Vec::with_capacity(self.events.len());
        for given in self.events {
            let like = |known: &&mut GivenEvents| {
                (known.day, &known.name, &known.properties) == (given.day, &given.name, &given.properties)
            };
            match united.iter_mut().find(like) {
                Some(known) => known.count += given.count,
                None => united.push(given),
            }
        }
        self.events = united;
        self
    }
}

/// How many words or elements a value has.
fn words(given: &Given) -> usize {
    match given {
        Given::Text(text) => text.split_whitespace().count(),
        Given::List(elements) => elements.len(),
        Given::Number(_) | Given::Boolean(_) | Given::Date(_) => 1,
    }
}

/// A text without one of its words, or a list without one of its elements.
fn shorter(given: &Given) -> impl Iterator<Item = Given> {
    let parts: Vec<String> = match given {
        Given::Text(text) => text.split_whitespace().map(str::to_owned).collect(),
        Given::List(elements) => elements.clone(),
        Given::Number(_) | Given::Boolean(_) | Given::Date(_) => Vec::new(),
    };
    let is_text = matches!(given, Given::Text(_));
    let without = move |at: usize| {
        let mut parts = parts.clone();
        parts.remove(at);
        if is_text {
            Given::Text(parts.join(" "))
        } else {
            Given::List(parts)
        }
    };
    let parts = words(given);
    (0..parts).filter(move |_| parts > 1).map(without)
}

fn field(model: &Model, (field, given): &(FieldId, Given)) -> Option<String> {
    let field = model.fields.get(field.index())?;
    Some(format!("{} = {}", written_name(&field.name), value(given)))
}

fn event(model: &Model, given: &GivenEvents) -> String {
    let properties = given.properties.iter().filter_map(|(property, given)| {
        let property = model.properties.get(property.index())?;
        Some(format!("{} = {}", written_name(&property.name), value(given)))
    });
    let properties: Vec<String> = properties.collect();
    let properties = match properties.as_slice() {
        [] => String::new(),
        all => format!("({})", all.join(", ")),
    };
    let name = written_name(&given.name);
    match given.count {
        1 => format!("event {name}{properties} on {}", given.day),
        count => format!("{count} events {name}{properties} on {}", given.day),
    }
}

fn value(given: &Given) -> String {
    match given {
        Given::Text(text) => written_text(text),
        Given::Number(number) => number.to_string(),
        Given::Boolean(boolean) => boolean.to_string(),
        Given::Date(day) => day.to_string(),
        Given::List(texts) => {
            let texts: Vec<String> = texts.iter().map(|text| written_text(text)).collect();
            texts.join(", ")
        }
    }
}

/// Contacts and events with the columns of a model, an example each, its place as its id.
pub fn tables<'e>(model: &Model, examples: impl IntoIterator<Item = &'e Example>) -> (Contacts, Events) {
    let mut contacts = Contacts::new(model.field_types());
    let mut events = Events::new(model.property_types());
    for (example, row) in examples.into_iter().zip(0u32..) {
        // INVARIANT: places differ, so that each example is a contact of its own.
        contacts.put(&row.to_string());
        contacts.fill(|column, cells| {
            let given = example.fields.iter().find(|(field, _)| field.index() == column);
            push(cells, given.map(|(_, given)| given));
        });
        for given in &example.events {
            for _ in 0..given.count {
                add_event(&mut events, row, given);
            }
        }
    }
    (contacts, events)
}

fn add_event(events: &mut Events, contact: u32, given: &GivenEvents) {
    let name = events.name_code(&given.name);
    let days = [given.day.number()];
    events.extend(&[contact], std::iter::once(name), &days, |column, cells| {
        let value = given.properties.iter().find(|(property, _)| property.index() == column);
        push(cells, value.map(|(_, value)| value));
    });
}

fn push(column: &mut Column, given: Option<&Given>) {
    match given {
        None => column.push(Cell::Missing),
        Some(Given::Text(text)) => column.push(Cell::Text(text)),
        Some(Given::Number(number)) => column.push(Cell::Number(*number)),
        Some(Given::Boolean(boolean)) => column.push(Cell::Boolean(*boolean)),
        Some(Given::Date(day)) => column.push(Cell::Date(*day)),
        Some(Given::List(texts)) => {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            column.push(Cell::List(&texts));
        }
    }
}
