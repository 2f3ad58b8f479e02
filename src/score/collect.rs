//! Collects the signals of events, batch by batch.

use std::iter::repeat_n;
use std::num::NonZeroUsize;

use crate::plan::{Collect, CountLanes, Place, Plan, RouteLayout, SharedWord, SignalId, Word, WorthId};
use crate::table::Column;

use super::batch::{Batch, Pass};
use super::collected::{Collected, Tallied};
use super::distinct::Dictionary;
use super::states::{counted, day_bits, halves, later, number_word, worth_added};
use super::tally::Key;
use super::worth::ValueTable;

/// Collects the signals of events.
#[derive(Debug)]
pub(super) struct Collector<'a> {
    plan: &'a Plan,
    pub(super) collected: Collected<'a>,
    dictionary: Dictionary,
    worths: Vec<ValueTable>,
    buffers: Buffers,
}

/// Room for what is made of a batch's events.
#[derive(Debug, Default)]
struct Buffers {
    passes: Vec<u8>,
    words: Vec<u64>,
    contacts: Vec<u32>,
    days: Vec<i32>,
    numbers: Vec<i64>,
}

impl<'a> Collector<'a> {
    /// Collects into what is there.
    pub(super) fn new(plan: &'a Plan, collected: Collected<'a>) -> Collector<'a> {
        let worths = (0..plan.worths.len() as u32).map(WorthId);
        Collector {
            plan,
            collected,
            dictionary: Dictionary::default(),
            worths: worths.map(ValueTable::new).collect(),
            buffers: Buffers::default(),
        }
    }

    /// Forgets what was collected, and makes room for so many other contacts.
    pub(super) fn forget(&mut self, contacts: usize) {
        self.collected.forget(contacts);
        self.dictionary = Dictionary::default();
    }

    /// Collects what the signals of a route want of its events.
    pub(super) fn add(&mut self, route: &RouteLayout, batch: &Batch<'_>) {
        if !route.shared.is_empty() {
            self.collected.states.touch(batch.events.contacts);
        }
        for shared in &route.shared {
            match self.plan.layout.words().get(shared.word as usize) {
                Some(Word::Counts(lanes)) => self.count(*lanes, shared, batch),
                Some(Word::Days) => self.add_days(shared, batch),
                // The others are no shared words.
                Some(Word::Greatest | Word::Sum | Word::Worth) | None => {}
            }
        }
        for signal in &route.apart {
            self.add_apart(*signal, batch);
        }
    }

    /// Adds what another run collected; `texts` are the codes here of its folded texts.
    pub(super) fn merge(&mut self, other: Collector<'_>, texts: Vec<u32>, threads: NonZeroUsize) {
        let renumbered = self.dictionary.merge(other.dictionary, texts);
        self.collected.merge(other.collected, &renumbered, threads);
    }

    /// Counts the events of all signals that share a word at once.
    fn count(&mut self, lanes: CountLanes, shared: &SharedWord, batch: &Batch<'_>) {
        let Buffers { passes, words, .. } = &mut self.buffers;
        let contacts = batch.events.contacts;
        let mut always = 0u64;
        words.clear();
        for (signal, shift) in &shared.lanes {
            match batch.pass(*signal, passes) {
                Pass::None => {}
                Pass::All => always |= 1 << shift,
                Pass::Some(flags) => put(words, flags.iter().map(|flag| u64::from(*flag) << shift)),
            }
        }
        let states = &mut self.collected.states;
        if words.is_empty() {
            if always != 0 {
                let ones = repeat_n(always, contacts.len());
                states.change(shared.word, contacts, ones, |state, ones| counted(lanes, state, ones));
            }
            return;
        }
        let ones = words.iter().map(|ones| ones | always);
        states.change(shared.word, contacts, ones, |state, ones| counted(lanes, state, ones));
    }

    /// Keeps the first and last days of the signals that share a word.
    fn add_days(&mut self, shared: &SharedWord, batch: &Batch<'_>) {
        let Buffers { passes, words, .. } = &mut self.buffers;
        let contacts = batch.events.contacts;
        words.clear();
        for (signal, shift) in &shared.lanes {
            let Some(collect) = self.plan.signal(*signal).map(|signal| signal.collect) else {
                continue;
            };
            let days = batch.events.days.iter().map(|day| day_bits(collect, *day));
            match batch.pass(*signal, passes) {
                Pass::None => {}
                Pass::All => put(words, days.map(|day| u64::from(day) << shift)),
                Pass::Some(flags) => {
                    let masked = |(day, flag): (u32, &u8)| day & u32::from(*flag).wrapping_neg();
                    put(words, days.zip(flags).map(|pair| u64::from(masked(pair)) << shift));
                }
            }
        }
        if !words.is_empty() {
            self.collected
                .states
                .change(shared.word, contacts, words.iter(), |state, days| later(state, *days));
        }
    }

    /// Collects a signal that shares no word.
    fn add_apart(&mut self, signal: SignalId, batch: &Batch<'_>) {
        let Some(collect) = self.plan.signal(signal).map(|signal| signal.collect) else {
            return;
        };
        let mut passes = std::mem::take(&mut self.buffers.passes);
        let pass = batch.pass(signal, &mut passes);
        match (self.plan.layout.place(signal), collect) {
            (Place::Word(word), Collect::Sum(property)) => self.add_numbers(word, property, batch, pass),
            (Place::Word(word), Collect::Smallest(property) | Collect::Largest(property)) => {
                self.compare_numbers(word, collect, property, batch, pass);
            }
            (Place::Word(word), Collect::Worth(worth)) => self.add_worths(word, worth, batch, pass),
            (Place::Tally(tally), _) => self.tally(tally, collect, batch, pass),
            // The others have lanes.
            (Place::Word(_) | Place::Lane(_) | Place::Nowhere, _) => {}
        }
        self.buffers.passes = passes;
    }

    fn add_numbers(&mut self, word: u32, property: u32, batch: &Batch<'_>, pass: Pass<'_>) {
        self.buffers.pick_numbers(property, batch, pass);
        let Buffers { contacts, numbers, .. } = &self.buffers;
        let states = &mut self.collected.states;
        states.change(
            word,
            contacts,
            numbers.iter().map(|number| halves(*number).0),
            u64::wrapping_add,
        );
        states.change(
            word + 1,
            contacts,
            numbers.iter().map(|number| halves(*number).1),
            u64::wrapping_add,
        );
    }

    fn compare_numbers(&mut self, word: u32, collect: Collect, property: u32, batch: &Batch<'_>, pass: Pass<'_>) {
        self.buffers.pick_numbers(property, batch, pass);
        let Buffers { contacts, numbers, .. } = &self.buffers;
        let numbers = numbers.iter().map(|number| number_word(collect, *number));
        self.collected.states.change(word, contacts, numbers, u64::max);
    }

    fn add_worths(&mut self, word: u32, worth: WorthId, batch: &Batch<'_>, pass: Pass<'_>) {
        let Some(table) = self.worths.get_mut(worth.index()) else {
            return;
        };
        self.buffers.pick_days(batch, pass);
        let Buffers {
            contacts,
            days,
            numbers,
            ..
        } = &mut self.buffers;
        table.values(batch.day, days, numbers);
        let worths = numbers.iter().map(|worth| worth.cast_unsigned());
        self.collected.states.change(word, contacts, worths, worth_added);
    }

    fn tally(&mut self, tally: u32, collect: Collect, batch: &Batch<'_>, pass: Pass<'_>) {
        match (self.collected.tallies.get_mut(tally as usize), collect) {
            (Some(Tallied::Values(distinct)), Collect::Distinct(property)) => {
                distinct.add(property, batch, pass, &mut self.dictionary);
            }
            (Some(Tallied::Days(tally)), _) => {
                self.buffers.pick_days(batch, pass);
                let events = self.buffers.contacts.iter().zip(&self.buffers.days);
                tally.extend(events.map(|(contact, day)| Key::of_day(*contact, *day)));
            }
            // A tally is made for what it tallies.
            (Some(Tallied::Values(_)), _) | (None, _) => {}
        }
    }
}

/// Puts lanes into words that have none there yet.
fn put(words: &mut Vec<u64>, lanes: impl Iterator<Item = u64>) {
    if words.is_empty() {
        words.extend(lanes);
    } else {
        words.iter_mut().zip(lanes).for_each(|(word, lane)| *word |= lane);
    }
}

impl Buffers {
    /// Finds the contacts and days of the events that pass.
    fn pick_days(&mut self, batch: &Batch<'_>, pass: Pass<'_>) {
        let events = batch.events;
        self.contacts.clear();
        self.days.clear();
        for at in batch.picked(pass) {
            if let (Some(contact), Some(day)) = (events.contacts.get(at), events.days.get(at)) {
                self.contacts.push(*contact);
                self.days.push(*day);
            }
        }
    }

    /// Finds the contacts and numbers of the events that pass and have this property.
    fn pick_numbers(&mut self, property: u32, batch: &Batch<'_>, pass: Pass<'_>) {
        self.contacts.clear();
        self.numbers.clear();
        let Some(Column::Number(numbers)) = batch.columns.get(property as usize) else {
            return;
        };
        let events = batch.events;
        for at in batch.picked(pass) {
            let number = events.rows.get(at).and_then(|row| numbers.get(*row as usize));
            match (events.contacts.get(at), number) {
                (Some(contact), Some(number)) if *number != Column::NO_NUMBER => {
                    self.contacts.push(*contact);
                    self.numbers.push(*number);
                }
                _ => {}
            }
        }
    }
}
