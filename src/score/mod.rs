//! Plan to scores and traces: the one engine.
//!
//! A [`Run`] is given events in batches, of any size and in any order, and then the contacts. What it keeps is
//! proportional to the contacts, but for rules that need days or different values, whose tallies are as long as those.

mod batch;
mod collect;
mod evaluate;
mod limits;
mod needles;
mod numbers;
mod result;
mod selection;
mod tally;
mod texts;
mod trace;
mod values;
mod worth;

pub use result::{EventCounts, ResultCell, Scores};
pub use trace::{Datum, Occurrence, Picked, Trace};

use crate::calendar::Day;
use crate::plan::{Collect, DayPlan, Plan, Route};
use crate::table::{Contacts, Events};

use batch::Batch;
use collect::Collected;
use evaluate::{Evaluator, Input, Rows};
use selection::{Names, Selection};
use texts::TextResults;
use trace::Picks;
use values::Values;

/// So many events are sorted by their names at once.
const EVENTS_AT_ONCE: usize = 1 << 13;

/// So many contacts are evaluated at once.
const CONTACTS_AT_ONCE: usize = 1 << 10;

/// Scores contacts as of a day by their events, which come in batches of any size and in any order. Events after the
/// day do not exist; those of rows that are no contacts are nobody's.
pub fn score<'e>(plan: &Plan, as_of: Day, contacts: &Contacts, events: impl IntoIterator<Item = &'e Events>) -> Scores {
    let day = plan.on(as_of);
    let mut run = Run::new(&day);
    for batch in events {
        run.events(batch);
    }
    run.finish(contacts)
}

/// A scoring of contacts on a day, to which events are still added.
#[derive(Debug)]
pub struct Run<'a> {
    day: &'a DayPlan<'a>,
    collected: Collected,
    filters: Evaluator<'a>,
    names: Names,
    chosen: Vec<Vec<u32>>,
    selection: Selection,
    counts: EventCounts,
    picks: Option<Picks>,
}

/// A run that also keeps what every node and signal came to. Its memory grows with contacts times nodes and with the
/// events: for few contacts.
#[derive(Debug)]
pub struct TracedRun<'a> {
    run: Run<'a>,
}

impl<'a> Run<'a> {
    /// A run without events.
    pub fn new(day: &'a DayPlan<'a>) -> Run<'a> {
        let plan = day.plan();
        Run {
            day,
            collected: Collected::new(day),
            filters: Evaluator::new(&plan.events, event_texts(plan)),
            names: Names::default(),
            chosen: vec![Vec::new(); plan.routes.routes.len()],
            selection: Selection::default(),
            counts: EventCounts::default(),
            picks: None,
        }
    }

    /// Adds events, whose columns are those of the model's properties, and whose contacts are rows of the contacts
    /// with which the run will be finished.
    pub fn events(&mut self, events: &Events) {
        self.names.refresh(events.vocabulary(), self.day.plan());
        self.filters.texts.refresh(events.columns());
        let contacts = events.contacts().iter().max().map_or(0, |row| *row as usize + 1);
        self.collected.grow(contacts);
        if let Some(picks) = &mut self.picks {
            picks.learn_names(events.vocabulary());
        }
        for start in (0..events.len()).step_by(EVENTS_AT_ONCE) {
            let end = events.len().min(start + EVENTS_AT_ONCE);
            self.sort_by_name(events, start, end);
            self.follow_routes(events);
        }
        self.counts.all += events.len() as u64;
    }

    /// The scores of these contacts.
    pub fn finish(self, contacts: &Contacts) -> Scores {
        self.finish_showing(contacts, |_, _| {})
    }

    /// Puts each event that counts to those of its name.
    fn sort_by_name(&mut self, events: &Events, start: usize, end: usize) {
        let as_of = self.day.as_of().number();
        let days = events.days().get(start..end).unwrap_or_default();
        let names = events.names().get(start..end).unwrap_or_default();
        for ((day, name), row) in days.iter().zip(names).zip(start as u32..) {
            if *day > as_of {
                self.counts.future += 1;
                continue;
            }
            let route = self.names.routes.get(*name as usize);
            match route.and_then(|route| self.chosen.get_mut(*route as usize)) {
                Some(chosen) => chosen.push(row),
                None => self.counts.undeclared += 1,
            }
        }
    }

    /// Collects what the signals want of the events of each name.
    fn follow_routes(&mut self, events: &Events) {
        let plan = self.day.plan();
        for (at, route) in plan.routes.routes.iter().enumerate() {
            let Some(chosen) = self.chosen.get_mut(at) else {
                continue;
            };
            if chosen.is_empty() {
                continue;
            }
            std::mem::swap(chosen, &mut self.selection.rows);
            chosen.clear();
            self.drop_ignored(route, events);
            if !route.signals.is_empty() && !self.selection.rows.is_empty() {
                self.follow(route, events);
            }
            self.selection.rows.clear();
        }
    }

    /// Leaves out of the selection what the file ignores.
    fn drop_ignored(&mut self, route: &Route, events: &Events) {
        let before = self.selection.rows.len();
        if route.ignored {
            self.selection.rows.clear();
        } else if !route.ignores.is_empty() {
            let input = event_input(self.day, events, &self.selection.rows);
            self.filters.evaluate(&route.ignore_steps, input);
            let values = &self.filters.values;
            let conditions = route.ignores.iter().filter_map(|ignore| values.get(ignore.index()));
            self.selection.drop_where(conditions.map(Values::flags));
        }
        self.counts.ignored += (before - self.selection.rows.len()) as u64;
    }

    /// Collects what the signals of one route want of the selection.
    fn follow(&mut self, route: &Route, events: &Events) {
        self.selection.gather(events);
        let input = event_input(self.day, events, &self.selection.rows);
        self.filters.evaluate(&route.steps, input);
        let plan = self.day.plan();
        for id in &route.signals {
            let Some(signal) = plan.signal(*id) else { continue };
            let flags = signal.filter.and_then(|filter| self.filters.values.get(filter.index()));
            self.selection.pass(self.day, *id, flags.map(Values::flags));
            let selection = &self.selection;
            let batch = Batch {
                day: self.day,
                rows: &selection.rows,
                contacts: &selection.contacts,
                days: &selection.days,
                columns: events.columns(),
                texts: &self.filters.texts,
            };
            self.collected.add(*id, signal.collect, &batch, &selection.passes);
            if let Some(picks) = &mut self.picks {
                let outside = selection.outside(flags.map(Values::flags));
                picks.record(
                    *id,
                    &batch,
                    [&selection.passes, &outside],
                    events.names(),
                    self.counts.all,
                );
            }
        }
    }

    /// The scores of these contacts; the values of every chunk of them are shown.
    fn finish_showing(mut self, contacts: &Contacts, mut show: impl FnMut(&Evaluator<'_>, Rows<'_>)) -> Scores {
        let plan = self.day.plan();
        self.collected.grow(contacts.len());
        self.collected.settle();
        let texts = TextResults::new(&plan.contacts, &plan.steps, std::iter::empty());
        let mut evaluator = Evaluator::new(&plan.contacts, texts);
        evaluator.texts.refresh(contacts.columns());
        let mut scores = Scores::new(plan, self.day.as_of(), self.counts);
        for start in (0..contacts.len()).step_by(CONTACTS_AT_ONCE) {
            let rows = Rows::Range(start, contacts.len().min(start + CONTACTS_AT_ONCE));
            let input = Input {
                columns: contacts.columns(),
                rows,
                day: self.day,
                collected: &self.collected,
            };
            evaluator.evaluate(&plan.steps, input);
            scores.append(plan, &evaluator.values, rows);
            show(&evaluator, rows);
        }
        scores
    }
}

impl<'a> TracedRun<'a> {
    /// A run without events.
    pub fn new(day: &'a DayPlan<'a>) -> TracedRun<'a> {
        let mut run = Run::new(day);
        run.picks = Some(Picks::new(day.plan()));
        TracedRun { run }
    }

    /// Adds events, as [`Run::events`].
    pub fn events(&mut self, events: &Events) {
        self.run.events(events);
    }

    /// The scores of these contacts, and what they come from.
    pub fn finish(mut self, contacts: &Contacts) -> (Scores, Trace<'a>) {
        let picks = self.run.picks.take().unwrap_or_default();
        let mut trace = Trace::new(self.run.day, picks);
        let scores = self
            .run
            .finish_showing(contacts, |evaluator, _| trace.append(evaluator, contacts));
        (scores, trace)
    }
}

/// What is to be known of the texts of events: those that filters test, and those that are told apart.
fn event_texts(plan: &Plan) -> TextResults {
    let mut steps: Vec<_> = plan
        .routes
        .routes
        .iter()
        .flat_map(|route| [&route.ignore_steps, &route.steps])
        .flatten()
        .copied()
        .collect();
    steps.sort_unstable();
    steps.dedup();
    let told_apart = plan.signals.iter().filter_map(|signal| match signal.collect {
        Collect::Distinct(property) => Some(property),
        Collect::Count
        | Collect::Known(_)
        | Collect::Sum(_)
        | Collect::Smallest(_)
        | Collect::Largest(_)
        | Collect::First
        | Collect::Last
        | Collect::Days
        | Collect::Worth(_) => None,
    });
    TextResults::new(&plan.events, &steps, told_apart)
}

fn event_input<'a>(day: &'a DayPlan<'a>, events: &'a Events, rows: &'a [u32]) -> Input<'a> {
    Input {
        columns: events.columns(),
        rows: Rows::Chosen(rows),
        day,
        collected: Collected::nothing(),
    }
}
