//! Distinct values: the number of each value of a property, equal values the same.

use std::collections::HashMap;

use crate::table::Column;

use super::batch::{Batch, Pass};
use super::selection::Chosen;
use super::tally::{Key, Tally};

/// The different values of a property that contacts have.
#[derive(Debug, Default)]
pub(super) struct Distinct {
    pub(super) tally: Tally,
    /// What the values are; `None` as long as there is none.
    kind: Option<Kind>,
}

/// What a value's number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// The value itself: a boolean, a day.
    Value,
    /// The code of the folded text.
    Text,
    /// That of the number in the dictionary.
    Number,
    /// That of the set in the dictionary.
    Set,
}

/// The numbers of values that do not fit in one. They grow with the different values that tallies hold, no more: a
/// value is only looked up to be tallied.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    numbers: HashMap<i64, u32>,
    /// Sets of folded texts, sorted.
    sets: HashMap<Box<[u32]>, u32>,
}

/// The numbers that the values of one run have in another.
#[derive(Debug)]
pub(super) struct Renumbered {
    texts: Vec<u32>,
    numbers: Vec<u32>,
    sets: Vec<u32>,
}

impl Distinct {
    /// Tallies the values that the events that pass have.
    pub(super) fn add(&mut self, property: u32, batch: &Batch<'_>, pass: Pass<'_>, dictionary: &mut Dictionary) {
        let Chosen { rows, contacts, .. } = batch.events;
        let folded = batch.texts.folded_column(property);
        let mut add = |kind: Kind, number: &mut dyn FnMut(usize) -> Option<u32>| {
            self.kind = Some(kind);
            let key = |at: usize| Some(Key::new(*contacts.get(at)?, number(*rows.get(at)? as usize)?));
            self.tally.extend(batch.picked(pass).filter_map(key));
        };
        match batch.columns.get(property as usize) {
            Some(Column::Text { codes, .. }) => {
                add(Kind::Text, &mut |row| folded.get(*codes.get(row)? as usize).copied());
            }
            Some(Column::Number(numbers)) => add(Kind::Number, &mut |row| {
                let number = numbers.get(row).filter(|number| **number != Column::NO_NUMBER)?;
                Some(dictionary.number(*number))
            }),
            Some(Column::Boolean(flags)) => add(Kind::Value, &mut |row| {
                let flag = flags.get(row).filter(|flag| **flag != Column::NO_BOOLEAN)?;
                Some(u32::from(*flag))
            }),
            Some(Column::Date(days)) => add(Kind::Value, &mut |row| {
                let day = days.get(row).filter(|day| **day != Column::NO_DAY)?;
                Some(day.cast_unsigned())
            }),
            Some(list @ Column::List { .. }) => {
                add(Kind::Set, &mut |row| {
                    dictionary.set(
                        list.list(row)
                            .iter()
                            .filter_map(|code| folded.get(*code as usize).copied()),
                    )
                });
            }
            None => {}
        }
    }

    /// Adds the values of another run.
    pub(super) fn merge(&mut self, mut other: Distinct, renumbered: &Renumbered) {
        let renumber = |numbers: &[u32], number: u32| numbers.get(number as usize).copied().unwrap_or(u32::MAX);
        match other.kind {
            None => return,
            Some(Kind::Value) => {}
            Some(Kind::Text) => other.tally.renumber(|number| renumber(&renumbered.texts, number)),
            Some(Kind::Number) => other.tally.renumber(|number| renumber(&renumbered.numbers, number)),
            Some(Kind::Set) => other.tally.renumber(|number| renumber(&renumbered.sets, number)),
        }
        self.kind = other.kind;
        self.tally.merge(other.tally);
    }
}

impl Dictionary {
    fn number(&mut self, number: i64) -> u32 {
        let next = self.numbers.len() as u32;
        *self.numbers.entry(number).or_insert(next)
    }

    /// The number of a set; `None` for the empty one, which is missing.
    fn set(&mut self, elements: impl Iterator<Item = u32>) -> Option<u32> {
        let mut elements: Vec<u32> = elements.collect();
        elements.sort_unstable();
        elements.dedup();
        if elements.is_empty() {
            return None;
        }
        let next = self.sets.len() as u32;
        Some(*self.sets.entry(elements.into()).or_insert(next))
    }

    /// Takes over the values of another run's dictionary, whose folded texts have these codes here.
    pub(super) fn merge(&mut self, other: Dictionary, texts: Vec<u32>) -> Renumbered {
        let mut numbers = vec![0; other.numbers.len()];
        for (number, code) in other.numbers {
            if let Some(place) = numbers.get_mut(code as usize) {
                *place = self.number(number);
            }
        }
        let mut sets = vec![0; other.sets.len()];
        for (set, code) in other.sets {
            let elements = set.iter().filter_map(|text| texts.get(*text as usize).copied());
            if let (Some(place), Some(number)) = (sets.get_mut(code as usize), self.set(elements)) {
                *place = number;
            }
        }
        Renumbered { texts, numbers, sets }
    }
}
