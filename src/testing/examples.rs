//! The example contacts of tests, as data for the engine.

use std::collections::BTreeMap;

use crate::analyze::{self, Example};
use crate::calendar::Day;
use crate::model::{Model, Test};
use crate::plan::Plan;
use crate::reason::{Case, Subject};
use crate::score::{Trace, TracedRun};
use crate::table::{Contacts, Events};

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

/// The contacts and events of some tests: a contact for each test, in their order.
fn tables(model: &Model, tests: &[(usize, &Test)]) -> (Contacts, Events) {
    let example = |(_, test): &(usize, &Test)| Example {
        as_of: test.as_of,
        fields: test.fields.clone(),
        events: test.events.clone(),
    };
    let examples: Vec<Example> = tests.iter().map(example).collect();
    analyze::tables(model, &examples)
}
