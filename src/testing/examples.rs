//! The example contacts of tests, as data for the engine.

use std::collections::BTreeMap;

use crate::calendar::Day;
use crate::model::{Given, GivenEvents, Model, Test};
use crate::plan::Plan;
use crate::reason::{Case, Subject};
use crate::score::{Trace, TracedRun};
use crate::table::{Cell, Column, Contacts, Events};

/// The contacts of a model's tests, those of each day together. They belong to every model with the same fields,
/// properties and tests.
pub(super) struct Examples<'m> {
    days: Vec<ExampleDay<'m>>,
}

/// The tests of one day: each one's place in the model, and its contact, in the same order.
struct ExampleDay<'m> {
    as_of: Day,
    tests: Vec<(usize, &'m Test)>,
    contacts: Contacts,
    events: Events,
}

impl<'m> Examples<'m> {
    /// The examples of a model.
    pub(super) fn new(model: &'m Model) -> Examples<'m> {
        let mut by_day: BTreeMap<Day, Vec<(usize, &Test)>> = BTreeMap::new();
        for (place, test) in model.tests.iter().enumerate() {
            by_day.entry(test.as_of).or_default().push((place, test));
        }
        let days = by_day.into_iter().map(|(as_of, tests)| {
            let (contacts, events) = tables(model, &tests);
            ExampleDay {
                as_of,
                tests,
                contacts,
                events,
            }
        });
        Examples { days: days.collect() }
    }

    /// Scores all tests by a model, and shows each one's place, the test and its case.
    pub(super) fn each_case(&self, model: &Model, mut show: impl FnMut(usize, &Test, &Case<'_>)) {
        let plan = Plan::with_expectations(model);
        for day in &self.days {
            day.scored(&plan, |trace| {
                for (row, (place, test)) in day.tests.iter().enumerate() {
                    let subject = Subject {
                        contacts: &day.contacts,
                        events: &day.events,
                        row,
                    };
                    show(*place, test, &Case::new(model, trace, subject));
                }
            });
        }
    }

    /// The place of a test that expects what does not hold by a model: the first one of the earliest day.
    pub(super) fn first_failed(&self, model: &Model) -> Option<usize> {
        let plan = Plan::with_expectations(model);
        self.days.iter().find_map(|day| {
            day.scored(&plan, |trace| {
                let fails = |(row, (place, _)): &(usize, &(usize, &Test))| {
                    let expected = plan.expectations.get(*place).map_or(&[][..], Vec::as_slice);
                    expected
                        .iter()
                        .any(|expected| trace.holds(expected.node, *row) != Some(true))
                };
                let failed = day.tests.iter().enumerate().find(fails);
                failed.map(|(_, (place, _))| *place)
            })
        })
    }
}

impl ExampleDay<'_> {
    /// What comes of the contacts by a plan.
    fn scored<T>(&self, plan: &Plan, look: impl FnOnce(&Trace<'_>) -> T) -> T {
        let day = plan.on(self.as_of);
        let mut run = TracedRun::new(&day);
        run.events(&self.events);
        let (_, trace) = run.finish(&self.contacts);
        look(&trace)
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
