//! The example contacts of tests, as data for the engine.

use std::collections::BTreeMap;

use crate::calendar::Day;
use crate::model::{Given, GivenEvents, Model, Test};
use crate::plan::Plan;
use crate::reason::{Case, Subject};
use crate::score::TracedRun;
use crate::table::{Cell, Column, Contacts, Events};

/// Scores all tests, those of each day together, and shows each one's place, the test and its case.
pub(super) fn each_case(model: &Model, mut show: impl FnMut(usize, &Test, &Case<'_>)) {
    let plan = Plan::with_expectations(model);
    let mut by_day: BTreeMap<Day, Vec<(usize, &Test)>> = BTreeMap::new();
    for (place, test) in model.tests.iter().enumerate() {
        by_day.entry(test.as_of).or_default().push((place, test));
    }
    for (as_of, tests) in by_day {
        let (contacts, events) = tables(model, &tests);
        let day = plan.on(as_of);
        let mut run = TracedRun::new(&day);
        run.events(&events);
        let (_, trace) = run.finish(&contacts);
        for (row, (place, test)) in tests.into_iter().enumerate() {
            let subject = Subject {
                contacts: &contacts,
                events: &events,
                row,
            };
            show(place, test, &Case::new(model, &trace, subject));
        }
    }
}

/// The contacts and events of some tests: a contact for each test, its place as its id.
fn tables(model: &Model, tests: &[(usize, &Test)]) -> (Contacts, Events) {
    let mut contacts = Contacts::new(model.field_types());
    let mut events = Events::new(model.property_types());
    for (place, test) in tests {
        // INVARIANT: places differ, so that each test is a contact of its own.
        let row = contacts.len() as u32;
        contacts.put(&place.to_string());
        contacts.fill(|column, cells| {
            let given = test.fields.iter().find(|(field, _)| field.index() == column);
            push(cells, given.map(|(_, given)| given));
        });
        for given in &test.events {
            for _ in 0..given.count {
                add_event(&mut events, row, given);
            }
        }
    }
    (contacts, events)
}

fn add_event(events: &mut Events, contact: u32, given: &GivenEvents) {
    let name = events.name_code(&given.name);
    events.extend(
        &[contact],
        std::iter::once(name),
        &[given.day.number()],
        |column, cells| {
            let value = given.properties.iter().find(|(property, _)| property.index() == column);
            push(cells, value.map(|(_, value)| value));
        },
    );
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
