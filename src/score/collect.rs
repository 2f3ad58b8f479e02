//! Collects the signals: a slot for each contact, or a tally of days or values where a slot cannot hold them.

use std::collections::HashMap;
use std::ops::Range;

use crate::number::Number;
use crate::plan::{Collect, DayPlan, SignalId, WorthId};
use crate::table::Column;

use super::numbers::saturated;
use super::tally::Tally;
use super::texts::TextResults;
use super::values::Values;

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

/// Sets of texts, each with a number.
type Sets = HashMap<Box<[u32]>, i64>;

/// Some events of one name, column by column.
pub(super) struct Batch<'a> {
    /// The plan on its day.
    pub(super) day: &'a DayPlan<'a>,
    /// Their places in the columns.
    pub(super) rows: &'a [u32],
    /// Whose they are.
    pub(super) contacts: &'a [u32],
    /// When they happened.
    pub(super) days: &'a [i32],
    /// The columns of properties.
    pub(super) columns: &'a [Column],
    /// What is known of the texts.
    pub(super) texts: &'a TextResults,
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

impl Batch<'_> {
    /// Shows the contact and day of each event, and whether it passes.
    fn each(&self, passes: &[u8], mut show: impl FnMut(u32, i32, bool)) {
        for ((contact, day), pass) in self.contacts.iter().zip(self.days).zip(passes) {
            show(*contact, *day, *pass == 1);
        }
    }

    /// The contacts and days of the events that pass.
    fn days_picked(&self, passes: &[u8]) -> impl Iterator<Item = (u32, i32)> {
        let events = self.contacts.iter().zip(self.days).zip(passes);
        events
            .filter(|(_, pass)| **pass == 1)
            .map(|((contact, day), _)| (*contact, *day))
    }

    /// The contacts and rows of the events that pass.
    fn rows_picked(&self, passes: &[u8]) -> impl Iterator<Item = (u32, usize)> {
        let events = self.contacts.iter().zip(self.rows).zip(passes);
        events
            .filter(|(_, pass)| **pass == 1)
            .map(|((contact, row), _)| (*contact, *row as usize))
    }

    /// Shows the contact and the number of each event that passes and has this property.
    fn numbers(&self, property: u32, passes: &[u8], mut show: impl FnMut(u32, i64)) {
        let Some(Column::Number(numbers)) = self.columns.get(property as usize) else {
            return;
        };
        for (contact, row) in self.rows_picked(passes) {
            match numbers.get(row) {
                Some(number) if *number != Column::NO_NUMBER => show(contact, *number),
                Some(_) | None => {}
            }
        }
    }

    /// Tallies the values of a property, equal ones by one number.
    fn distinct(&self, property: u32, passes: &[u8], tally: &mut Tally<(u32, i64)>, sets: &mut Sets) {
        let picked = self.rows_picked(passes);
        match self.columns.get(property as usize) {
            Some(Column::Text { codes, .. }) => {
                let folded = self.texts.folded_column(property);
                let of_row = |row: usize| folded.get(*codes.get(row)? as usize).map(|code| i64::from(*code));
                tally.extend(picked.filter_map(|(contact, row)| Some((contact, of_row(row)?))));
            }
            Some(Column::Number(numbers)) => {
                let of_row = |row: usize| numbers.get(row).copied().filter(|number| *number != Column::NO_NUMBER);
                tally.extend(picked.filter_map(|(contact, row)| Some((contact, of_row(row)?))));
            }
            Some(Column::Boolean(flags)) => {
                let of_row = |row: usize| flags.get(row).copied().filter(|flag| *flag != Column::NO_BOOLEAN);
                tally.extend(picked.filter_map(|(contact, row)| Some((contact, i64::from(of_row(row)?)))));
            }
            Some(Column::Date(days)) => {
                let of_row = |row: usize| days.get(row).copied().filter(|day| *day != Column::NO_DAY);
                tally.extend(picked.filter_map(|(contact, row)| Some((contact, i64::from(of_row(row)?)))));
            }
            Some(list @ Column::List { .. }) => {
                let folded = self.texts.folded_column(property);
                let of_row = |row: usize| set_number(list.list(row), folded, sets);
                let mut of_row = of_row;
                tally.extend(picked.filter_map(|(contact, row)| Some((contact, of_row(row)?))));
            }
            None => {}
        }
    }
}

/// The number of a set of texts; `None` for the empty one, which is missing. Sets are equal that hold, folded, the
/// same elements.
fn set_number(codes: &[u32], folded: &[u32], sets: &mut Sets) -> Option<i64> {
    let mut elements: Vec<u32> = codes
        .iter()
        .filter_map(|code| folded.get(*code as usize).copied())
        .collect();
    elements.sort_unstable();
    elements.dedup();
    if elements.is_empty() {
        return None;
    }
    let next = sets.len() as i64;
    Some(*sets.entry(elements.into()).or_insert(next))
}

/// What an event is worth by its age in days, as far as it was asked; the last entry is zero where all older events
/// are worth nothing.
#[derive(Debug)]
struct ValueTable {
    worth: WorthId,
    by_age: Vec<i64>,
    ended: bool,
}

/// So few events do not pay for a table.
const FEW: usize = 64;

impl ValueTable {
    fn new(worth: WorthId) -> ValueTable {
        ValueTable {
            worth,
            by_age: Vec::new(),
            ended: false,
        }
    }

    /// Adds to each contact's sum what its events that pass are worth.
    fn add(&mut self, sums: &mut [i64], batch: &Batch<'_>, passes: &[u8]) {
        let as_of = batch.day.as_of().number();
        if batch.rows.len() > FEW {
            let oldest = batch
                .days_picked(passes)
                .map(|(_, day)| as_of.saturating_sub(day))
                .max();
            self.reach(batch.day, oldest.unwrap_or(0));
        }
        let known = self.ended || batch.rows.len() > FEW;
        for (contact, day) in batch.days_picked(passes) {
            let age = as_of.saturating_sub(day) as usize;
            let value = match self.by_age.get(age) {
                Some(value) => *value,
                None if known => 0,
                None => self.of_day(batch.day, day),
            };
            change(sums, contact, |sum| sum.saturating_add(value));
        }
    }

    fn of_day(&self, plan: &DayPlan<'_>, day: i32) -> i64 {
        crate::calendar::Day::from_number(day).map_or(0, |day| plan.worth(self.worth, day))
    }

    /// Fills the table up to an age, or up to where events are worth nothing any more.
    fn reach(&mut self, plan: &DayPlan<'_>, age: i32) {
        let as_of = plan.as_of().number();
        while !self.ended && self.by_age.len() <= age.max(0) as usize {
            let value = self.of_day(plan, as_of.saturating_sub(self.by_age.len() as i32));
            self.by_age.push(value);
            self.ended = value == 0;
        }
    }
}
