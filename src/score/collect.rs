//! Collects the signals: a slot for each contact, or a tally of days or values where a slot cannot hold them.

use std::ops::Range;

use crate::number::Number;
use crate::plan::{Collect, DayPlan, SignalId};
use crate::table::Column;

use super::batch::{Batch, Sets};
use super::numbers::saturated;
use super::tally::Tally;
use super::values::Values;
use super::worth::ValueTable;

/// What was collected of each contact's events, for each signal.
#[derive(Debug, Default)]
pub(super) struct Collected {
    states: Vec<State>,
    contacts: usize,
}

/// What a signal collected.
#[derive(Debug)]
enum State {
    /// How many events.
    Counts(Vec<u32>),
    /// Sums in ten-thousandths.
    Sums(Vec<i128>),
    /// The least numbers; `i64::MAX` for none.
    Smallest(Vec<i64>),
    /// The greatest numbers; a missing one for none.
    Largest(Vec<i64>),
    /// The earliest days; `i32::MAX` for none.
    First(Vec<i32>),
    /// The latest days; a missing one for none.
    Last(Vec<i32>),
    /// What the events are worth together, in ten-thousandths.
    Worths(Vec<i64>, ValueTable),
    /// The days of each contact's events.
    Days(Tally<(u32, i32)>),
    /// The different values of each contact's events.
    Distinct(Tally<(u32, i64)>, Sets),
}

impl Collected {
    /// Nothing collected yet of a plan's signals.
    pub(super) fn new(day: &DayPlan<'_>) -> Collected {
        Collected {
            states: day
                .plan()
                .signals
                .iter()
                .map(|signal| State::new(signal.collect))
                .collect(),
            contacts: 0,
        }
    }

    /// Nothing collected, for rows that are events.
    pub(super) fn nothing() -> &'static Collected {
        static NOTHING: Collected = Collected {
            states: Vec::new(),
            contacts: 0,
        };
        &NOTHING
    }

    /// Makes room for so many contacts.
    pub(super) fn grow(&mut self, contacts: usize) {
        if contacts > self.contacts {
            self.contacts = contacts;
            for state in &mut self.states {
                state.grow(contacts);
            }
        }
    }

    /// Collects of a batch's events those that pass.
    pub(super) fn add(&mut self, signal: SignalId, collect: Collect, batch: &Batch<'_>, passes: &[u8]) {
        if let Some(state) = self.states.get_mut(signal.index()) {
            state.add(collect, batch, passes);
        }
    }

    /// Sorts what has to be sorted before it is read.
    pub(super) fn settle(&mut self) {
        for state in &mut self.states {
            match state {
                State::Days(tally) => tally.settle(),
                State::Distinct(tally, _) => tally.settle(),
                State::Counts(_)
                | State::Sums(_)
                | State::Smallest(_)
                | State::Largest(_)
                | State::First(_)
                | State::Last(_)
                | State::Worths(..) => {}
            }
        }
    }

    /// How many events a signal counted, for each of these contacts.
    pub(super) fn counts(&self, signal: SignalId, contacts: Range<usize>) -> &[u32] {
        match self.states.get(signal.index()) {
            Some(State::Counts(counts)) => counts.get(contacts).unwrap_or_default(),
            _ => &[],
        }
    }

    /// The sums of a signal, for each of these contacts.
    pub(super) fn sums(&self, signal: SignalId, contacts: Range<usize>) -> &[i128] {
        match self.states.get(signal.index()) {
            Some(State::Sums(sums)) => sums.get(contacts).unwrap_or_default(),
            _ => &[],
        }
    }

    /// The contacts and days of a signal with how many events each has, of these contacts.
    pub(super) fn days(&self, signal: SignalId, contacts: Range<usize>) -> &[((u32, i32), u32)] {
        match self.states.get(signal.index()) {
            Some(State::Days(tally)) => of_contacts(tally.sorted(), contacts),
            _ => &[],
        }
    }

    /// The value of a signal for each of these contacts.
    pub(super) fn read(&self, signal: SignalId, contacts: Range<usize>, out: &mut Values) {
        if let Some(state) = self.states.get(signal.index()) {
            state.read(contacts, out);
        }
    }
}

/// The part of a tally that belongs to some contacts.
fn of_contacts<T: Copy>(sorted: &[((u32, T), u32)], contacts: Range<usize>) -> &[((u32, T), u32)] {
    let start = sorted.partition_point(|((contact, _), _)| (*contact as usize) < contacts.start);
    let rest = sorted.get(start..).unwrap_or_default();
    let end = rest.partition_point(|((contact, _), _)| (*contact as usize) < contacts.end);
    rest.get(..end).unwrap_or_default()
}

impl State {
    fn new(collect: Collect) -> State {
        match collect {
            Collect::Count | Collect::Known(_) => State::Counts(Vec::new()),
            Collect::Sum(_) => State::Sums(Vec::new()),
            Collect::Smallest(_) => State::Smallest(Vec::new()),
            Collect::Largest(_) => State::Largest(Vec::new()),
            Collect::First => State::First(Vec::new()),
            Collect::Last => State::Last(Vec::new()),
            Collect::Distinct(_) => State::Distinct(Tally::default(), Sets::default()),
            Collect::Days => State::Days(Tally::default()),
            Collect::Worth(worth) => State::Worths(Vec::new(), ValueTable::new(worth)),
        }
    }

    fn grow(&mut self, contacts: usize) {
        match self {
            State::Counts(counts) => counts.resize(contacts, 0),
            State::Sums(sums) => sums.resize(contacts, 0),
            State::Smallest(numbers) => numbers.resize(contacts, i64::MAX),
            State::Largest(numbers) => numbers.resize(contacts, Column::NO_NUMBER),
            State::First(days) => days.resize(contacts, i32::MAX),
            State::Last(days) => days.resize(contacts, Column::NO_DAY),
            State::Worths(sums, _) => sums.resize(contacts, 0),
            State::Days(_) | State::Distinct(..) => {}
        }
    }

    fn add(&mut self, collect: Collect, batch: &Batch<'_>, passes: &[u8]) {
        match (self, collect) {
            (State::Counts(counts), Collect::Known(property)) => {
                batch.numbers(property, passes, |contact, _| count(counts, contact, 1));
            }
            (State::Counts(counts), _) => {
                for (contact, pass) in batch.contacts.iter().zip(passes) {
                    count(counts, *contact, u32::from(*pass));
                }
            }
            (State::Sums(sums), Collect::Sum(property)) => {
                batch.numbers(property, passes, |contact, number| {
                    change(sums, contact, |sum| sum + i128::from(number));
                });
            }
            (State::Smallest(smallest), Collect::Smallest(property)) => {
                batch.numbers(property, passes, |contact, number| {
                    change(smallest, contact, |least| least.min(number));
                });
            }
            (State::Largest(largest), Collect::Largest(property)) => {
                batch.numbers(property, passes, |contact, number| {
                    change(largest, contact, |most| most.max(number));
                });
            }
            (State::First(days), _) => {
                batch.each(passes, |contact, day, pass| {
                    let day = if pass { day } else { i32::MAX };
                    change(days, contact, |first| first.min(day));
                });
            }
            (State::Last(days), _) => {
                batch.each(passes, |contact, day, pass| {
                    let day = if pass { day } else { Column::NO_DAY };
                    change(days, contact, |last| last.max(day));
                });
            }
            (State::Worths(sums, table), _) => table.add(sums, batch, passes),
            (State::Days(tally), _) => tally.extend(batch.days_picked(passes)),
            (State::Distinct(tally, sets), Collect::Distinct(property)) => {
                batch.distinct(property, passes, tally, sets);
            }
            // A state is made for what it collects.
            (State::Sums(_) | State::Smallest(_) | State::Largest(_) | State::Distinct(..), _) => {}
        }
    }

    fn read(&self, contacts: Range<usize>, out: &mut Values) {
        match self {
            State::Counts(counts) => {
                let counts = counts.get(contacts).unwrap_or_default();
                out.set_numbers(counts.iter().map(|count| Number::whole(i64::from(*count)).units()));
            }
            State::Sums(sums) => {
                let in_range = |sum: &i128| Number::from_units(*sum).map_or(Column::NO_NUMBER, Number::units);
                out.set_numbers(sums.get(contacts).unwrap_or_default().iter().map(in_range));
            }
            State::Smallest(numbers) => {
                let known = |least: &i64| if *least == i64::MAX { Column::NO_NUMBER } else { *least };
                out.set_numbers(numbers.get(contacts).unwrap_or_default().iter().map(known));
            }
            State::Largest(numbers) => out.set_numbers(numbers.get(contacts).unwrap_or_default().iter().copied()),
            State::First(days) => {
                let known = |first: &i32| if *first == i32::MAX { Column::NO_DAY } else { *first };
                out.set_days(days.get(contacts).unwrap_or_default().iter().map(known));
            }
            State::Last(days) => out.set_days(days.get(contacts).unwrap_or_default().iter().copied()),
            State::Worths(sums, _) => {
                let sums = sums.get(contacts).unwrap_or_default().iter();
                out.set_numbers(sums.map(|sum| saturated(i128::from(*sum))));
            }
            State::Days(tally) => count_keys(tally.sorted(), contacts, out),
            State::Distinct(tally, _) => count_keys(tally.sorted(), contacts, out),
        }
    }
}

/// How many keys of a tally each contact has.
fn count_keys<T: Copy>(sorted: &[((u32, T), u32)], contacts: Range<usize>, out: &mut Values) {
    let mut counts = vec![0i64; contacts.len()];
    for ((contact, _), _) in of_contacts(sorted, contacts.clone()) {
        if let Some(count) = (*contact as usize)
            .checked_sub(contacts.start)
            .and_then(|at| counts.get_mut(at))
        {
            *count += 1;
        }
    }
    out.set_numbers(counts.into_iter().map(|count| Number::whole(count).units()));
}

fn count(counts: &mut [u32], contact: u32, more: u32) {
    change(counts, contact, |count| count.saturating_add(more));
}

fn change<T: Copy>(slots: &mut [T], contact: u32, change: impl FnOnce(T) -> T) {
    if let Some(slot) = slots.get_mut(contact as usize) {
        *slot = change(*slot);
    }
}
