//! Laws of counting: counts that are kept only as far as their readers need them are right at every threshold.

use std::num::NonZeroUsize;

use leadscore::calendar::Day;
use leadscore::number::Number;
use leadscore::plan::Plan;
use leadscore::score::Run;
use leadscore::table::{Contacts, Events};

use crate::given::model;

/// Counts and thresholds about the ends of what 4 and 8 bits hold.
const EDGES: [u64; 16] = [1, 2, 6, 7, 8, 9, 10, 15, 16, 126, 127, 128, 129, 130, 255, 300];

/// What is asked of each threshold: each of an event of its own, so that each is counted as far as it needs.
fn rules() -> String {
    let mut rules = "field size: number\n".to_owned();
    for edge in EDGES {
        for test in ["least", "most", "exactly", "times"] {
            rules.push_str(&format!("event {test}_{edge}\n"));
        }
        rules.push_str(&format!("when at least {edge} events least_{edge} add 1000\n"));
        rules.push_str(&format!("when at most {edge} events most_{edge} add 10000\n"));
        rules.push_str(&format!("when exactly {edge} events exactly_{edge} add 100000\n"));
        rules.push_str(&format!("when event times_{edge} add 1 at most {edge} times\n"));
    }
    rules.push_str("event counted\nlet seen = count(event counted)\nwhen seen >= 300 add 7\n");
    rules
}

/// What a contact with so many events of each kind has.
fn expected(count: u64) -> u64 {
    let of_edge = |edge: &u64| {
        let tests = [
            (count >= *edge, 1_000),
            (count <= *edge, 10_000),
            (count == *edge, 100_000),
        ];
        let held: u64 = tests.iter().filter(|(holds, _)| *holds).map(|(_, points)| points).sum();
        held + count.min(*edge)
    };
    let seen = if count >= 300 { 7 } else { 0 };
    EDGES.iter().map(of_edge).sum::<u64>() + seen
}

#[test]
fn counts_are_right_at_every_threshold_in_one_run_and_in_several() {
    let model = model(&rules());
    let plan = Plan::new(&model);
    let as_of = Day::new(2026, 11, 1).unwrap();
    let day = plan.on(as_of);
    let counts: Vec<u64> = EDGES.iter().copied().chain([0, 1_000]).collect();
    let mut contacts = Contacts::new(model.field_types());
    for count in &counts {
        contacts.push(&count.to_string(), &[]).unwrap();
    }
    for runs in 1..=3 {
        let mut runs: Vec<Run<'_>> = (0..runs).map(|_| Run::with_contacts(&day, counts.len())).collect();
        let several = runs.len();
        for (at, run) in runs.iter_mut().enumerate() {
            let mut events = Events::new(model.property_types());
            for (contact, count) in (0..).zip(&counts) {
                for event in &model.events {
                    for _ in (0..*count).filter(|one| *one as usize % several == at) {
                        events.push(contact, &event.name, as_of, &[]);
                    }
                }
            }
            run.events(&events);
        }
        let merged = runs.into_iter().reduce(|mut all, run| {
            all.merge(run);
            all
        });
        let scores = merged.unwrap().finish(&contacts);
        for (row, count) in counts.iter().enumerate() {
            let expected = Number::whole(expected(*count) as i64);
            assert_eq!(scores.overall(row), Some(expected), "{count} events in {several} runs");
        }
    }
}

/// So many contacts that threads share the work of adding one run to another.
const MANY: u32 = 70_000;

#[test]
fn runs_of_many_contacts_are_added_on_several_threads() {
    let rules = "field size: number\nevent visit\nevent call\nwhen event visit add 1 at most 9 times\n\
                 let calls = count(event call)\nwhen calls >= 1 and days since last(event call) < 3 add 100";
    let model = model(rules);
    let plan = Plan::new(&model);
    let as_of = Day::new(2026, 11, 1).unwrap();
    let day = plan.on(as_of);
    let mut contacts = Contacts::new(model.field_types());
    let mut runs: Vec<Run<'_>> = (0..3).map(|_| Run::with_contacts(&day, MANY as usize)).collect();
    let mut events = vec![Events::new(model.property_types()); runs.len()];
    for contact in 0..MANY {
        contacts.push(&contact.to_string(), &[]).unwrap();
        for event in 0..contact % 5 {
            events[(contact + event) as usize % 3].push(contact, "visit", as_of, &[]);
        }
        let called = Day::from_number(as_of.number() - (contact % 7) as i32).unwrap();
        events[contact as usize % 2].push(contact, "call", called, &[]);
    }
    for (run, events) in runs.iter_mut().zip(&events) {
        run.events(events);
    }
    let merged = runs.into_iter().reduce(|mut all, run| {
        all.merge_on(run, NonZeroUsize::new(3).unwrap());
        all
    });
    let scores = merged.unwrap().finish(&contacts);
    for contact in 0..MANY {
        let called = if contact % 7 < 3 { 100 } else { 0 };
        let expected = Number::whole(i64::from(contact % 5 + called));
        assert_eq!(scores.overall(contact as usize), Some(expected), "contact {contact}");
    }
}

/// Threads have runs of their own.
#[test]
fn a_run_can_be_sent_to_another_thread() {
    fn is_send<T: Send>() {}
    is_send::<Run<'_>>();
}
