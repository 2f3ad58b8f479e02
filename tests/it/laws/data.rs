//! Random contacts and events for a model: ends of months, days around windows, many events on one day, missing values,
//! accents, events that nobody declared.

use std::fmt;

use leadscore::calendar::Day;
use leadscore::model::Model;
use leadscore::number::Number;
use leadscore::table::{Cell, Contacts, Events, Type};
use leadscore::text::fold;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::vocabulary::{AGES, AS_OF, DAYS, NUMBERS, TEXTS, TWINS};
use crate::oracle::{Datum, OracleContact, OracleEvent};

/// Contacts before it is known which fields the model has: each number becomes a value of the type that is wanted,
/// and 0 a missing one.
#[derive(Clone, Debug)]
pub(crate) struct RawData {
    pub(crate) as_of: Day,
    contacts: Vec<RawContact>,
}

#[derive(Clone, Debug)]
struct RawContact {
    fields: Vec<u16>,
    events: Vec<RawEvent>,
}

#[derive(Clone, Debug)]
struct RawEvent {
    name: u8,
    day: u8,
    properties: Vec<u16>,
}

/// Data for any model.
pub(crate) fn raw_data() -> impl Strategy<Value = RawData> {
    let cells = |most| vec(any::<u16>(), 0..most);
    let event =
        (any::<u8>(), any::<u8>(), cells(12)).prop_map(|(name, day, properties)| RawEvent { name, day, properties });
    let events = prop_oneof![1 => vec(event.clone(), 0..4), 2 => vec(event, 3..16)];
    let contact = (cells(20), events).prop_map(|(fields, events)| RawContact { fields, events });
    (select(AS_OF), vec(contact, 1..5)).prop_map(|(as_of, contacts)| RawData {
        as_of: Day::parse(as_of).unwrap(),
        contacts,
    })
}

/// Contacts of a model.
#[derive(Clone)]
pub(crate) struct Data {
    pub(crate) as_of: Day,
    pub(crate) contacts: Vec<OracleContact>,
    types: Vec<Type>,
    property_types: Vec<Type>,
    shown: Vec<String>,
}

/// Names of events in data; the last are those that no rules file knows.
const NAMES: &[&str] = &[
    "visit_page",
    "order",
    "open_email",
    "call",
    "email.opened",
    "send_email",
    "visit_page",
    "order",
    "Visit_page",
    "other",
];

impl RawData {
    /// The data in the types of a model.
    pub(crate) fn of(&self, model: &Model) -> Data {
        let contacts: Vec<OracleContact> = self.contacts.iter().map(|raw| self.contact(raw, model)).collect();
        Data {
            as_of: self.as_of,
            shown: contacts.iter().map(|contact| shown(contact, model)).collect(),
            contacts,
            types: model.field_types().cloned().collect(),
            property_types: model.property_types().cloned().collect(),
        }
    }

    fn contact(&self, raw: &RawContact, model: &Model) -> OracleContact {
        let fields = model
            .fields
            .iter()
            .enumerate()
            .map(|(at, field)| datum(number_at(&raw.fields, at), &field.of));
        OracleContact {
            fields: fields.collect(),
            events: raw.events.iter().map(|raw| self.event(raw, model)).collect(),
        }
    }

    fn event(&self, raw: &RawEvent, model: &Model) -> OracleEvent {
        let name = NAMES[usize::from(raw.name) % NAMES.len()];
        let has = |property: usize| match model.event(name) {
            Some(id) => model.events[id.index()]
                .properties
                .iter()
                .any(|own| own.index() == property),
            None => true,
        };
        let properties = model.properties.iter().enumerate().map(|(at, property)| {
            has(at)
                .then(|| datum(number_at(&raw.properties, at), &property.of))
                .flatten()
        });
        OracleEvent {
            name: name.to_owned(),
            day: self.day(raw.day),
            properties: properties.collect(),
        }
    }

    fn day(&self, number: u8) -> Day {
        let choice = usize::from(number);
        match AGES.get(choice % (AGES.len() + 8)) {
            Some(age) => Day::from_number(self.as_of.number() - age).unwrap(),
            None => Day::parse(DAYS[choice % DAYS.len()]).unwrap(),
        }
    }
}

fn number_at(numbers: &[u16], at: usize) -> u16 {
    numbers.get(at % numbers.len().max(1)).copied().unwrap_or_default()
}

fn datum(number: u16, of: &Type) -> Option<Datum> {
    let choice = usize::from(number) / 5;
    // Every other text is one of a few, so that equal ones meet.
    let texts = |choice: usize| if choice.is_multiple_of(2) { TWINS } else { TEXTS.len() };
    let text = |choice: usize| TEXTS[choice / 2 % texts(choice)].to_owned();
    (!number.is_multiple_of(5)).then(|| match of {
        Type::Text => Datum::Text(text(choice)),
        Type::Number => {
            let digits = NUMBERS[choice / 3 % NUMBERS.len()].replace('_', "");
            let magnitude = Number::parse(&digits).unwrap();
            Datum::Number(if choice.is_multiple_of(3) {
                magnitude.negate()
            } else {
                magnitude
            })
        }
        Type::Boolean => Datum::Boolean(choice.is_multiple_of(2)),
        Type::Date => Datum::Date(Day::parse(DAYS[choice % DAYS.len()]).unwrap()),
        Type::List => Datum::List((0..=choice % 3).map(|at| text(choice / 3 + at * 11)).collect()),
        Type::OneOf(values) => Datum::Text(values[choice % values.len()].clone()),
    })
}

impl Data {
    /// The contacts as the engine reads them, in an order.
    pub(crate) fn contacts_in(&self, order: &[usize]) -> Contacts {
        let mut contacts = Contacts::new(&self.types);
        for at in order {
            with_cells(&self.contacts[*at].fields, |cells| {
                contacts.push(&at.to_string(), cells).unwrap()
            });
        }
        contacts
    }

    /// The same data as another model reads it: without what that does not know, or cannot be there.
    pub(crate) fn with_fields_of(&self, from: &Model, to: &Model) -> Data {
        let fields: Vec<Option<usize>> = (to.fields.iter())
            .map(|field| from.fields.iter().position(|other| other.name == field.name))
            .collect();
        let properties: Vec<Option<usize>> = (to.properties.iter())
            .map(|property| from.properties.iter().position(|other| other == property))
            .collect();
        let read = |data: &[Option<Datum>], from: &[Option<usize>], types: &[Type]| -> Vec<Option<Datum>> {
            let cells = from.iter().zip(types);
            cells.map(|(at, of)| as_of_type(data[(*at)?].as_ref()?, of)).collect()
        };
        let mut data = self.clone();
        data.types = to.field_types().cloned().collect();
        data.property_types = to.property_types().cloned().collect();
        for contact in &mut data.contacts {
            contact.fields = read(&contact.fields, &fields, &data.types);
            for event in &mut contact.events {
                event.properties = read(&event.properties, &properties, &data.property_types);
                if let Some(id) = to.event(&event.name) {
                    let own = &to.events[id.index()].properties;
                    let others = event.properties.iter_mut().enumerate();
                    let others = others.filter(|(at, _)| own.iter().all(|id| id.index() != *at));
                    others.for_each(|(_, value)| *value = None);
                }
            }
        }
        data.shown = data.contacts.iter().map(|contact| shown(contact, to)).collect();
        data
    }

    /// All events in the order of the data: of which contact, and which event.
    pub(crate) fn events(&self) -> Vec<(usize, &OracleEvent)> {
        let contacts = self.contacts.iter().enumerate();
        contacts
            .flat_map(|(at, contact)| contact.events.iter().map(move |event| (at, event)))
            .collect()
    }

    /// Events as the engine reads them, of contacts that stand in an order.
    pub(crate) fn batch(&self, events: &[(usize, &OracleEvent)], order: &[usize]) -> Events {
        let mut batch = Events::new(&self.property_types);
        for (contact, event) in events {
            let row = order.iter().position(|at| at == contact).unwrap();
            with_cells(&event.properties, |cells| {
                batch.push(row as u32, &event.name, event.day, cells)
            });
        }
        batch
    }
}

/// A value as a column of a type holds it; `None` for one that it cannot.
fn as_of_type(value: &Datum, of: &Type) -> Option<Datum> {
    match (value, of) {
        (Datum::Text(text), Type::OneOf(values)) => {
            let same = values.iter().find(|value| fold(value) == fold(text));
            same.map(|value| Datum::Text(value.clone()))
        }
        (Datum::Text(_), Type::Text)
        | (Datum::Number(_), Type::Number)
        | (Datum::Boolean(_), Type::Boolean)
        | (Datum::Date(_), Type::Date)
        | (Datum::List(_), Type::List) => Some(value.clone()),
        _ => None,
    }
}

fn with_cells<T>(data: &[Option<Datum>], then: impl FnOnce(&[Cell<'_>]) -> T) -> T {
    let lists: Vec<Vec<&str>> = data.iter().map(elements).collect();
    let cells: Vec<Cell<'_>> = data
        .iter()
        .zip(&lists)
        .map(|(datum, list)| cell(datum.as_ref(), list))
        .collect();
    then(&cells)
}

fn elements(datum: &Option<Datum>) -> Vec<&str> {
    match datum {
        Some(Datum::List(elements)) => elements.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

fn cell<'a>(datum: Option<&'a Datum>, list: &'a [&'a str]) -> Cell<'a> {
    match datum {
        None => Cell::Missing,
        Some(Datum::Text(text)) => Cell::Text(text),
        Some(Datum::Number(number)) => Cell::Number(*number),
        Some(Datum::Boolean(boolean)) => Cell::Boolean(*boolean),
        Some(Datum::Date(day)) => Cell::Date(*day),
        Some(Datum::List(_)) => Cell::List(list),
    }
}

/// Shown as a contact that can be read beside its rules: what is known, by name.
fn shown(contact: &OracleContact, model: &Model) -> String {
    let known = |names: Vec<&str>, data: &[Option<Datum>]| -> String {
        let known = names
            .into_iter()
            .zip(data)
            .filter_map(|(name, datum)| Some((name, datum.as_ref()?)));
        known.map(|(name, datum)| format!(" {name}={datum:?}")).collect()
    };
    let mut text = known(
        model.fields.iter().map(|field| field.name.as_str()).collect(),
        &contact.fields,
    );
    for event in &contact.events {
        let names = model.properties.iter().map(|property| property.name.as_str()).collect();
        text.push_str(&format!(
            "\n    {} on {}{}",
            event.name,
            event.day,
            known(names, &event.properties)
        ));
    }
    text
}

impl fmt::Debug for Data {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\nas of {}", self.as_of)?;
        self.shown
            .iter()
            .enumerate()
            .try_for_each(|(at, contact)| writeln!(f, "  contact {at}:{contact}"))
    }
}
