//! Plan to scores and traces: the one engine.
//!
//! A [`Run`] is given events in batches, of any size and in any order, and then the contacts. What it keeps is
//! proportional to the contacts, but for rules that need days or different values, whose tallies are as long as those.

mod batch;
mod collect;
mod collected;
mod conditions;
mod distinct;
mod evaluate;
mod finish;
mod limits;
mod numbers;
mod result;
mod scorer;
mod selection;
mod states;
mod tally;
mod texts;
mod trace;
mod values;
mod views;
mod worth;

pub use result::{EventCounts, ResultCell, ResultValues, Scores};
pub use scorer::Scorer;
pub use trace::{Datum, Occurrence, Picked, Trace};

use std::num::NonZeroUsize;

use crate::calendar::Day;
use crate::plan::{DayPlan, NodeId, Plan};
use crate::table::{Contacts, Events};

use batch::Batch;
use collect::Collector;
use collected::Collected;
use evaluate::{Evaluator, Input, Rows};
use finish::{Finish, Finished};
use selection::{ByRoute, Chosen, Kept, Names};
use states::States;
use texts::TextResults;
use trace::Picks;

/// So many events are put to those of the same name at once.
const EVENTS_AT_ONCE: usize = 1 << 14;

/// So many events of one name are collected at once, so that what is made of them stays near.
const BATCH: usize = 1 << 10;

/// So many bytes of texts are kept from one scoring to the next.
const MOST_BYTES: usize = 1 << 20;

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
    names: Names,
    sorted: ByRoute,
    following: Following<'a>,
    /// Whether contacts have been counted, so that there is a row for each.
    contacts_are_known: bool,
}

/// What is done with the events of a route, and what came of those before.
#[derive(Debug)]
struct Following<'a> {
    day: &'a DayPlan<'a>,
    filters: Evaluator<'a>,
    texts: TextResults<'a>,
    kept: Kept,
    collector: Collector<'a>,
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
    /// A run without events, whose memory grows with the contacts that come.
    pub fn new(day: &'a DayPlan<'a>) -> Run<'a> {
        Run {
            contacts_are_known: false,
            ..Run::with_contacts(day, 0)
        }
    }

    /// A run without events, with room for so many contacts. Events of later rows are nobody's.
    pub fn with_contacts(day: &'a DayPlan<'a>, contacts: usize) -> Run<'a> {
        let plan = day.plan();
        Run {
            names: Names::default(),
            sorted: ByRoute::new(plan.routes.routes.len()),
            following: Following {
                day,
                filters: Evaluator::of_events(plan),
                texts: TextResults::new(&plan.event_texts),
                kept: Kept::default(),
                collector: Collector::new(plan, Collected::new(plan, contacts)),
                counts: EventCounts::default(),
                picks: None,
            },
            contacts_are_known: true,
        }
    }

    /// How many bytes a run keeps of each contact; besides, tallies of days and different values, where rules need
    /// them, grow with what they hold.
    pub fn bytes_per_contact(plan: &Plan) -> usize {
        States::bytes_per_contact(&plan.layout)
    }

    /// Adds events, whose columns are those of the model's properties, and whose contacts are rows of the contacts
    /// with which the run will be finished.
    pub fn events(&mut self, events: &Events) {
        let following = &mut self.following;
        let plan = following.day.plan();
        self.names.refresh(events.vocabulary(), plan);
        following.texts.refresh(events.columns(), NonZeroUsize::MIN);
        if !self.contacts_are_known {
            let contacts = events.contacts().iter().max().map_or(0, |row| *row as usize + 1);
            following.collector.collected.states.grow(contacts);
        }
        if let Some(picks) = &mut following.picks {
            picks.learn_names(events.vocabulary());
        }
        let as_of = following.day.as_of().number();
        for start in (0..events.len()).step_by(EVENTS_AT_ONCE) {
            let end = events.len().min(start + EVENTS_AT_ONCE);
            self.sorted.sort(events, start..end, &self.names, as_of);
            for (route, places) in &self.sorted.groups {
                following.route(*route, self.sorted.events().part(places.clone()), events);
            }
        }
        following.counts.all += events.len() as u64;
    }

    /// Adds what another run of the same plan on the same day made of other events of the same contacts. It does not
    /// matter which run is added to which, nor in what order several are.
    pub fn merge(&mut self, other: Run<'_>) {
        self.merge_on(other, NonZeroUsize::MIN);
    }

    /// Adds another run as [`merge`](Self::merge) does, on so many threads.
    pub fn merge_on(&mut self, other: Run<'_>, threads: NonZeroUsize) {
        let (own, other) = (&mut self.following, other.following);
        let texts = own.texts.learn_folded(&other.texts);
        own.collector.merge(other.collector, texts, threads);
        own.counts.add(other.counts);
    }

    /// Forgets the events, and makes room for so many other contacts.
    fn forget(&mut self, contacts: usize) {
        let following = &mut self.following;
        following.collector.forget(contacts);
        following.counts = EventCounts::default();
        if following.texts.bytes() > MOST_BYTES {
            following.texts = TextResults::new(&following.day.plan().event_texts);
        }
    }

    /// The scores of these contacts.
    pub fn finish(self, contacts: &Contacts) -> Scores {
        self.finish_on(contacts, NonZeroUsize::MIN)
    }

    /// The scores of these contacts, found on so many threads, which changes nothing of them.
    pub fn finish_on(mut self, contacts: &Contacts, threads: NonZeroUsize) -> Scores {
        let mut finish = Finish::new(self.following.day);
        finish.scores(self.following.settled(contacts), threads)
    }
}

/// Whether some conditions on events, each a node of [`Plan::events`] with those that it is made of before it, hold of
/// these events: for each condition, a truth for each event.
pub fn conditions_of_events(day: &DayPlan<'_>, conditions: &[NodeId], events: &Events) -> Vec<Vec<bool>> {
    let plan = day.plan();
    let mut texts = TextResults::new(&plan.event_texts);
    texts.refresh(events.columns(), NonZeroUsize::MIN);
    let rows: Vec<u32> = (0..events.len() as u32).collect();
    let mut evaluator = Evaluator::of_events_traced(plan);
    let steps = plan.events.closure(conditions.iter().copied());
    evaluator.evaluate(&steps, event_input(day, events, &texts, &rows));
    let flags = |node: &NodeId| evaluator.values.get(node.index()).map(|values| &values.flags[..]);
    let truths = conditions
        .iter()
        .map(|node| flags(node).unwrap_or_default().iter().map(|flag| *flag == 1).collect());
    truths.collect()
}

impl Following<'_> {
    /// Follows the route of some events that have one name, or none that the plan knows.
    fn route(&mut self, at: usize, chosen: Chosen<'_>, events: &Events) {
        let routes = &self.day.plan().routes.routes;
        let count = chosen.rows.len() as u64;
        let Some(route) = routes.get(at) else {
            // After the routes come the names without one, then the future.
            let of = if at == routes.len() {
                &mut self.counts.undeclared
            } else {
                &mut self.counts.future
            };
            *of += count;
            return;
        };
        if route.ignored {
            self.counts.ignored += count;
            return;
        }
        if route.signals.is_empty() && route.ignores.is_empty() {
            return;
        }
        for start in (0..chosen.rows.len()).step_by(BATCH) {
            let part = chosen.part(start..chosen.rows.len().min(start + BATCH));
            if route.ignores.is_empty() {
                self.collect(at, part, events);
            } else {
                self.collect_unless_ignored(at, part, events);
            }
        }
    }

    /// Collects of these events those that the file does not ignore.
    fn collect_unless_ignored(&mut self, at: usize, chosen: Chosen<'_>, events: &Events) {
        let Some(route) = self.day.plan().routes.routes.get(at) else {
            return;
        };
        self.filters.evaluate(
            &route.ignore_steps,
            event_input(self.day, events, &self.texts, chosen.rows),
        );
        let values = &self.filters.values;
        let conditions = route.ignores.iter().filter_map(|ignore| values.get(ignore.index()));
        let mut kept = std::mem::take(&mut self.kept);
        let left = kept.keep(chosen, conditions.map(|values| &values.flags[..]));
        self.counts.ignored += (chosen.rows.len() - left.rows.len()) as u64;
        self.collect(at, left, events);
        self.kept = kept;
    }

    /// Collects what the signals of a route want of these events.
    fn collect(&mut self, at: usize, chosen: Chosen<'_>, events: &Events) {
        let plan = self.day.plan();
        let (Some(route), Some(layout)) = (plan.routes.routes.get(at), plan.layout.routes().get(at)) else {
            return;
        };
        if chosen.rows.is_empty() || route.signals.is_empty() {
            return;
        }
        self.filters
            .evaluate(&route.steps, event_input(self.day, events, &self.texts, chosen.rows));
        let batch = Batch::new(self.day, chosen, events.columns(), &self.filters, &self.texts);
        self.collector.add(layout, &batch);
        if let Some(picks) = &mut self.picks {
            for signal in &route.signals {
                picks.record(*signal, &batch, events.names(), self.counts.all);
            }
        }
    }

    /// What is finished once all events were added.
    fn settled<'c>(&'c mut self, contacts: &'c Contacts) -> Finished<'c> {
        let collected = &mut self.collector.collected;
        collected.states.grow(contacts.len());
        collected.settle();
        Finished {
            contacts,
            collected,
            counts: self.counts,
        }
    }
}

impl<'a> TracedRun<'a> {
    /// A run without events.
    pub fn new(day: &'a DayPlan<'a>) -> TracedRun<'a> {
        let mut run = Run::new(day);
        run.following.picks = Some(Picks::new(day.plan()));
        TracedRun { run }
    }

    /// A run without events that will not tell which events each signal picked, and so is faster.
    pub fn without_picks(day: &'a DayPlan<'a>) -> TracedRun<'a> {
        TracedRun { run: Run::new(day) }
    }

    /// Adds events, as [`Run::events`].
    pub fn events(&mut self, events: &Events) {
        self.run.events(events);
    }

    /// The scores of these contacts, and what they come from.
    pub fn finish(mut self, contacts: &Contacts) -> (Scores, Trace<'a>) {
        let following = &mut self.run.following;
        let picks = following.picks.take().unwrap_or_default();
        let mut trace = Trace::new(following.day, picks);
        let mut finish = Finish::new(following.day);
        let scores = finish.traced(following.settled(contacts), |evaluator, texts| {
            trace.append(evaluator, texts, contacts);
        });
        (scores, trace)
    }
}

fn event_input<'a>(day: &'a DayPlan<'a>, events: &'a Events, texts: &'a TextResults<'a>, rows: &'a [u32]) -> Input<'a> {
    Input {
        columns: events.columns(),
        rows: Rows::Chosen(rows),
        day,
        texts,
        collected: Collected::nothing(),
    }
}
