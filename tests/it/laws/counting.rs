//! Laws of counting: counts that are kept only as far as their readers need them are right at every threshold.

use leadscore::number::Number;
use leadscore::plan::Plan;
use leadscore::score::Run;
use leadscore::table::{Contacts, Events};

use crate::given::model;
use leadscore::calendar::Day;

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

/// Threads have runs of their own.
#[test]
fn a_run_can_be_sent_to_another_thread() {
    fn is_send<T: Send>() {}
    is_send::<Run<'_>>();
}
