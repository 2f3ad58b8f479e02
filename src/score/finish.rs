//! Finishes a run: evaluates the contacts by what was collected of their events, on several threads.

use std::convert::Infallible;
use std::num::NonZeroUsize;

use crate::plan::{DayPlan, Plan};
use crate::table::Contacts;
use crate::threads::in_order;

use super::collected::Collected;
use super::evaluate::{Evaluator, Input, Rows};
use super::result::{EventCounts, Part, Scores};
use super::texts::TextResults;

/// So many contacts are evaluated at once: few enough for what they come to, to stay near the processor.
const CONTACTS_AT_ONCE: usize = 1 << 8;

/// So many contacts are a piece of work for a thread.
const CONTACTS_A_PIECE: usize = 1 << 14;

/// What finishing keeps from one time to the next.
#[derive(Debug)]
pub(super) struct Finish<'a> {
    day: &'a DayPlan<'a>,
    texts: TextResults<'a>,
    evaluators: Vec<Evaluator<'a>>,
}

/// What is finished.
#[derive(Clone, Copy)]
pub(super) struct Finished<'a> {
    /// The contacts.
    pub(super) contacts: &'a Contacts,
    /// What was collected of their events.
    pub(super) collected: &'a Collected<'a>,
    /// How many events there were.
    pub(super) counts: EventCounts,
}

impl<'a> Finish<'a> {
    /// Nothing kept yet.
    pub(super) fn new(day: &'a DayPlan<'a>) -> Finish<'a> {
        Finish {
            day,
            texts: TextResults::new(&day.plan().contact_texts),
            evaluators: Vec::new(),
        }
    }

    /// The scores, found on so many threads.
    pub(super) fn scores(&mut self, of: Finished<'_>, threads: NonZeroUsize) -> Scores {
        let (day, plan) = (self.day, self.day.plan());
        self.texts.refresh(of.contacts.columns(), threads);
        let pieces = of.contacts.len().div_ceil(CONTACTS_A_PIECE);
        let workers = threads.get().min(pieces).max(1);
        self.evaluators
            .resize_with(workers, || Evaluator::of_contacts(plan, false));
        let mut scores = Scores::new(plan, day.as_of(), of.counts, of.contacts.len());
        let mut broken = vec![Vec::new(); plan.promises.len()];
        let texts = &self.texts;
        let mut parts = scores.parts(CONTACTS_A_PIECE);
        let next = move || Ok(parts.next());
        let work = |evaluator: &mut Evaluator<'_>, part: Part<'_>| {
            Ok(evaluate(evaluator, part, Piece { day, texts, of }, |_| {}))
        };
        let take = |more: Vec<Vec<u32>>| {
            broken.iter_mut().zip(more).for_each(|(all, more)| all.extend(more));
            Ok(())
        };
        match in_order::<_, _, _, Infallible>(&mut self.evaluators, next, work, take) {
            Ok(()) => {}
        }
        scores.set_broken(broken);
        scores
    }

    /// The scores; the values of all nodes are shown for each chunk of contacts.
    pub(super) fn traced(
        &mut self,
        of: Finished<'_>,
        mut show: impl FnMut(&Evaluator<'_>, &TextResults<'_>),
    ) -> Scores {
        let (day, plan) = (self.day, self.day.plan());
        self.texts.refresh(of.contacts.columns(), NonZeroUsize::MIN);
        let texts = &self.texts;
        let mut evaluator = Evaluator::of_contacts(plan, true);
        let mut scores = Scores::new(plan, day.as_of(), of.counts, of.contacts.len());
        let mut broken = Vec::new();
        for part in scores.parts(of.contacts.len()) {
            let piece = Piece { day, texts, of };
            broken = evaluate(&mut evaluator, part, piece, |evaluator| show(evaluator, texts));
        }
        scores.set_broken(broken);
        scores
    }
}

/// What a piece of the work reads.
#[derive(Clone, Copy)]
struct Piece<'a> {
    day: &'a DayPlan<'a>,
    texts: &'a TextResults<'a>,
    of: Finished<'a>,
}

/// Evaluates the contacts of a part, and tells those that break each promise.
fn evaluate(
    evaluator: &mut Evaluator<'_>,
    mut part: Part<'_>,
    piece: Piece<'_>,
    mut show: impl FnMut(&Evaluator<'_>),
) -> Vec<Vec<u32>> {
    let plan: &Plan = piece.day.plan();
    let mut broken = vec![Vec::new(); plan.promises.len()];
    while let Some(rows) = part.next_rows(CONTACTS_AT_ONCE) {
        let input = Input {
            columns: piece.of.contacts.columns(),
            rows: Rows::Range(rows.start, rows.end),
            day: piece.day,
            texts: piece.texts,
            collected: piece.of.collected,
        };
        evaluator.evaluate(&plan.steps, input);
        show(evaluator);
        part.put(plan, &evaluator.values, &mut broken, rows);
    }
    broken
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Day;
    use crate::check::compile;
    use crate::number::Number;
    use crate::score::Run;
    use crate::source::Source;
    use crate::table::{Cell, Events};

    const RULES: &str = "
field email: text
field title: text
field employees: number
when title contains \"director\" add 20
when domain(email) in (\"gmail.com\", \"acme3.com\") add -10
when employees >= 100 add 5
promise score > -10
exclude when employees = 7 because \"too few\"
hot >= 20
cold otherwise
";

    /// The score of a contact whose title is `yes`, with three events, under such rules.
    fn score(rules: &str) -> String {
        let declared = format!("field title: text\nevent visit\n{rules}\nhot >= 1\ncold otherwise\n");
        let model = compile(&Source::new("rules.ls", &declared), &|path| Err(path.to_owned()));
        let model = model.into_model().unwrap();
        let plan = Plan::new(&model);
        let mut contacts = Contacts::new(model.field_types());
        let row = contacts.push("martino", &[Cell::Text("yes")]).unwrap();
        let as_of = Day::new(2026, 11, 1).unwrap();
        let mut events = Events::new(model.property_types());
        for _ in 0..3 {
            events.push(row, "visit", as_of, &[]);
        }
        let score = crate::score::score(&plan, as_of, &contacts, [&events]).overall(0);
        score.unwrap().to_string()
    }

    #[test]
    fn sums_of_any_number_of_parts_are_exact() {
        // What fades is not bounded, so that ten such rules take the wide way. The others add 3.5.
        let others = "when title is known add -1\nwhen event visit add 2 at most 2 times\n\
                      by title {\n  \"yes\" add 0.5\n  unknown add 7\n}\n";
        for (rules, sum, with_others) in [
            (1, "3.0003", "6.5003"),
            (9, "27.0027", "30.5027"),
            (10, "30.003", "33.503"),
            (60, "180.018", "183.518"),
        ] {
            let rule = |at: usize| format!("when event visit add 1.0001 fading over {} days\n", at + 1);
            let fading: String = (0..rules).map(rule).collect();
            assert_eq!(score(&fading), sum, "{rules} rules");
            assert_eq!(score(&(fading + others)), with_others, "{rules} rules and others");
        }
    }

    #[test]
    fn what_counts_is_worth_up_to_its_limit() {
        assert_eq!(score("when event visit add 1000000"), "3000000");
        assert_eq!(score("when event visit add -1000000 at most 2 times"), "-2000000");
        assert_eq!(score("when event visit add 0.0001 at most 1000000 times"), "0.0003");
    }

    #[test]
    fn the_number_of_threads_changes_nothing() {
        let model = compile(&Source::new("rules.ls", RULES), &|path| Err(path.to_owned()));
        let model = model.into_model().unwrap();
        let plan = Plan::new(&model);
        let mut contacts = Contacts::new(model.field_types());
        for id in 0..(2 * CONTACTS_A_PIECE + CONTACTS_AT_ONCE + 1) {
            let email = format!("p{id}@ACME{}.com", id % 13);
            let title = ["Director", "Assistant director", "Intern"][id % 3];
            let cells = [
                if id % 11 == 0 {
                    Cell::Missing
                } else {
                    Cell::Text(&email)
                },
                if id % 17 == 0 { Cell::Missing } else { Cell::Text(title) },
                Cell::Number(Number::whole((id % 200) as i64)),
            ];
            contacts.push(&id.to_string(), &cells).unwrap();
        }
        let day = plan.on(Day::new(2026, 11, 1).unwrap());
        let on = |threads| Run::new(&day).finish_on(&contacts, NonZeroUsize::new(threads).unwrap());
        let alone = on(1);
        assert_eq!(alone.len(), contacts.len());
        assert!(alone.broken_promises().iter().all(|broken| broken.len() > 100));
        for threads in [2, 3, 8] {
            let together = on(threads);
            for column in 0..alone.columns().len() {
                assert_eq!(together.column(column), alone.column(column), "{threads} threads");
            }
            assert_eq!(together.broken_promises(), alone.broken_promises());
        }
    }
}
