//! What was collected of the contacts' events, and how it is read.

use std::num::NonZeroUsize;
use std::ops::Range;

use crate::number::Number;
use crate::plan::{Collect, Lane, Place, Plan, SignalId};
use crate::table::Column;

use super::distinct::{Distinct, Renumbered};
use super::numbers::saturated;
use super::states::{States, day_of, number_of, sum_of};
use super::tally::{Key, Tally};
use super::values::Values;

/// What was collected of each contact's events, for each signal: in the states of the contacts, or in tallies of days
/// and values where those cannot hold them.
#[derive(Debug)]
pub(super) struct Collected<'a> {
    /// The plan of the signals; `None` where there are none.
    plan: Option<&'a Plan>,
    pub(super) states: States,
    pub(super) tallies: Vec<Tallied>,
}

/// What was tallied for a signal.
#[derive(Debug)]
pub(super) enum Tallied {
    /// The days of each contact's events.
    Days(Tally),
    /// The different values.
    Values(Distinct),
}

impl<'a> Collected<'a> {
    /// Nothing collected yet of so many contacts.
    pub(super) fn new(plan: &'a Plan, contacts: usize) -> Collected<'a> {
        let tallied = |(id, collect)| match (plan.layout.place(id), collect) {
            (Place::Tally(_), Collect::Days) => Some(Tallied::Days(Tally::default())),
            (Place::Tally(_), _) => Some(Tallied::Values(Distinct::default())),
            (Place::Nowhere | Place::Lane(_) | Place::Word(_), _) => None,
        };
        let signals = (0..)
            .map(SignalId)
            .zip(plan.signals.iter().map(|signal| signal.collect));
        Collected {
            plan: Some(plan),
            states: States::new(&plan.layout, contacts),
            tallies: signals.filter_map(tallied).collect(),
        }
    }

    /// Nothing collected, for rows that are events.
    pub(super) fn nothing() -> &'static Collected<'static> {
        static NOTHING: Collected<'static> = Collected {
            plan: None,
            states: States::NONE,
            tallies: Vec::new(),
        };
        &NOTHING
    }

    /// Forgets what was collected, and makes room for so many other contacts.
    pub(super) fn forget(&mut self, contacts: usize) {
        self.states.forget(contacts);
        for tallied in &mut self.tallies {
            match tallied {
                Tallied::Days(tally) => *tally = Tally::default(),
                Tallied::Values(distinct) => *distinct = Distinct::default(),
            }
        }
    }

    /// Sorts what has to be sorted before it is read.
    pub(super) fn settle(&mut self) {
        for tallied in &mut self.tallies {
            match tallied {
                Tallied::Days(tally) => tally.settle(),
                Tallied::Values(distinct) => distinct.tally.settle(),
            }
        }
    }

    /// Adds what was collected of other events of the same contacts.
    pub(super) fn merge(&mut self, other: Collected<'_>, renumbered: &Renumbered, threads: NonZeroUsize) {
        if let Some(plan) = self.plan {
            self.states.merge(&plan.layout, &other.states, threads);
        }
        for (tallied, other) in self.tallies.iter_mut().zip(other.tallies) {
            match (tallied, other) {
                (Tallied::Days(tally), Tallied::Days(other)) => tally.merge(other),
                (Tallied::Values(distinct), Tallied::Values(other)) => distinct.merge(other, renumbered),
                // INVARIANT: both are of one plan.
                (Tallied::Days(_), Tallied::Values(_)) | (Tallied::Values(_), Tallied::Days(_)) => {}
            }
        }
    }

    /// How many events a signal counted, for each of these contacts; no more than the ceiling of its readers needs.
    pub(super) fn counts(&self, signal: SignalId, contacts: Range<usize>) -> impl Iterator<Item = u64> {
        let lane = match self.place(signal) {
            Place::Lane(lane) => lane,
            // A count that no route concerns is zero.
            Place::Nowhere | Place::Word(_) | Place::Tally(_) => NO_LANE,
        };
        self.lane(lane, contacts)
    }

    /// The sums of a signal, for each of these contacts.
    pub(super) fn sums(&self, signal: SignalId, contacts: Range<usize>) -> impl Iterator<Item = i128> {
        let word = match self.place(signal) {
            Place::Word(word) => word,
            Place::Nowhere | Place::Lane(_) | Place::Tally(_) => u32::MAX,
        };
        let low = self.states.words(word, contacts.clone());
        let high = self.states.words(word.saturating_add(1), contacts);
        low.zip(high).map(|(low, high)| sum_of(low, high))
    }

    /// The contacts and days of a signal with how many events each has, of these contacts.
    pub(super) fn days(&self, signal: SignalId, contacts: Range<usize>) -> &[(Key, u32)] {
        match self.tallied(signal) {
            Some(Tallied::Days(tally)) => tally.of(contacts),
            Some(Tallied::Values(_)) | None => &[],
        }
    }

    /// The value of a signal for each of these contacts.
    pub(super) fn read(&self, signal: SignalId, contacts: Range<usize>, out: &mut Values) {
        let Some(collect) = self
            .plan
            .and_then(|plan| plan.signal(signal))
            .map(|signal| signal.collect)
        else {
            return;
        };
        let word = match self.place(signal) {
            Place::Word(word) => word,
            Place::Nowhere | Place::Lane(_) | Place::Tally(_) => u32::MAX,
        };
        match collect {
            Collect::Count | Collect::Known(_) => {
                let counts = self.counts(signal, contacts);
                out.set_numbers(counts.map(|count| Number::whole(count as i64).units()));
            }
            Collect::Sum(_) => {
                let in_range = |sum| Number::from_units(sum).map_or(Column::NO_NUMBER, Number::units);
                out.set_numbers(self.sums(signal, contacts).map(in_range));
            }
            Collect::Smallest(_) | Collect::Largest(_) => {
                let words = self.states.words(word, contacts);
                out.set_numbers(words.map(|word| number_of(collect, word)));
            }
            Collect::First | Collect::Last => {
                let days = self.counts(signal, contacts);
                out.set_days(days.map(|day| day_of(collect, day as u32)));
            }
            Collect::Worth(_) => {
                let words = self.states.words(word, contacts);
                out.set_numbers(words.map(|sum| saturated(i128::from(sum.cast_signed()))));
            }
            Collect::Days | Collect::Distinct(_) => match self.tallied(signal) {
                Some(Tallied::Days(tally)) => count_keys(tally, contacts, out),
                Some(Tallied::Values(distinct)) => count_keys(&distinct.tally, contacts, out),
                None => out.set_numbers(contacts.map(|_| 0)),
            },
        }
    }

    fn place(&self, signal: SignalId) -> Place {
        self.plan.map_or(Place::Nowhere, |plan| plan.layout.place(signal))
    }

    fn lane(&self, lane: Lane, contacts: Range<usize>) -> impl Iterator<Item = u64> {
        let mask = u64::MAX >> (64 - lane.bits.max(1));
        self.states
            .words(lane.word, contacts)
            .map(move |word| (word >> lane.shift) & mask)
    }

    fn tallied(&self, signal: SignalId) -> Option<&Tallied> {
        match self.place(signal) {
            Place::Tally(tally) => self.tallies.get(tally as usize),
            Place::Nowhere | Place::Lane(_) | Place::Word(_) => None,
        }
    }
}

/// A lane past all words.
const NO_LANE: Lane = Lane {
    word: u32::MAX,
    shift: 0,
    bits: 1,
};

/// How many keys of a tally each contact has.
fn count_keys(tally: &Tally, contacts: Range<usize>, out: &mut Values) {
    let mut counts = vec![0i64; contacts.len()];
    for (key, _) in tally.of(contacts.clone()) {
        let place = (key.contact() as usize).checked_sub(contacts.start);
        if let Some(count) = place.and_then(|at| counts.get_mut(at)) {
            *count += 1;
        }
    }
    out.set_numbers(counts.into_iter().map(|count| Number::whole(count).units()));
}
