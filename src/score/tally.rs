//! Tallies: how often each key of a contact occurred, kept sorted in memory proportional to the distinct keys.

use std::ops::Range;

/// A contact and something of it: a day, or a value by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key(u64);

impl Key {
    pub(super) fn new(contact: u32, of: u32) -> Key {
        Key(u64::from(contact) << 32 | u64::from(of))
    }

    pub(super) fn of_day(contact: u32, day: i32) -> Key {
        Key::new(contact, day.cast_unsigned() ^ (1 << 31))
    }

    /// The day of a contact's key that has one.
    pub(super) fn day(self) -> i32 {
        (self.of() ^ (1 << 31)).cast_signed()
    }

    /// The contact.
    pub(super) fn contact(self) -> u32 {
        (self.0 >> 32) as u32
    }

    /// What is tallied of it.
    pub(super) fn of(self) -> u32 {
        self.0 as u32
    }
}

/// How often each key occurred.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    sorted: Vec<(Key, u32)>,
    recent: Vec<Key>,
}

/// So many recent keys are sorted in at once, at least.
const LEAST_RECENT: usize = 1 << 16;

impl Tally {
    /// Counts keys once more. Each is sorted in a bounded number of times on average, since what is sorted in at
    /// once grows with what there is.
    pub(super) fn extend(&mut self, keys: impl Iterator<Item = Key>) {
        self.recent.extend(keys);
        if self.recent.len() >= LEAST_RECENT.max(self.sorted.len()) {
            self.settle();
        }
    }

    /// Sorts in what came lately, so that [`sorted`](Self::sorted) has every key.
    pub(super) fn settle(&mut self) {
        if self.recent.is_empty() {
            return;
        }
        self.recent.sort_unstable();
        let recent = self.recent.chunk_by(|one, two| one == two);
        let recent = recent.filter_map(|run| Some((*run.first()?, u32::try_from(run.len()).unwrap_or(u32::MAX))));
        let recent: Vec<(Key, u32)> = recent.collect();
        self.recent.clear();
        self.sorted = both(&self.sorted, &recent);
    }

    /// Adds the keys of another tally.
    pub(super) fn merge(&mut self, mut other: Tally) {
        self.settle();
        other.settle();
        self.sorted = both(&self.sorted, &other.sorted);
    }

    /// Gives the keys other numbers of what they tally.
    pub(super) fn renumber(&mut self, number: impl Fn(u32) -> u32) {
        self.settle();
        for (key, _) in &mut self.sorted {
            *key = Key::new(key.contact(), number(key.of()));
        }
        self.sorted.sort_unstable();
    }

    /// The keys of some contacts in order, each with its count; those that came since it was settled are not there.
    pub(super) fn of(&self, contacts: Range<usize>) -> &[(Key, u32)] {
        let start = self
            .sorted
            .partition_point(|(key, _)| (key.contact() as usize) < contacts.start);
        let rest = self.sorted.get(start..).unwrap_or_default();
        let end = rest.partition_point(|(key, _)| (key.contact() as usize) < contacts.end);
        rest.get(..end).unwrap_or_default()
    }
}

/// Two sorted lists as one, the counts of equal keys added.
fn both(one: &[(Key, u32)], other: &[(Key, u32)]) -> Vec<(Key, u32)> {
    let mut merged = Vec::with_capacity(one.len() + other.len());
    let mut one = one.iter().copied().peekable();
    for (key, count) in other {
        while let Some(before) = one.next_if(|(known, _)| known < key) {
            merged.push(before);
        }
        let known = one.next_if(|(known, _)| known == key).map_or(0, |(_, count)| count);
        merged.push((*key, known.saturating_add(*count)));
    }
    merged.extend(one);
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(of: impl IntoIterator<Item = u32>) -> impl Iterator<Item = Key> {
        of.into_iter().map(|of| Key::new(of % 2, of))
    }

    fn counts(tally: &Tally) -> Vec<(u32, u32, u32)> {
        let all = tally.of(0..2).iter();
        all.map(|(key, count)| (key.contact(), key.of(), *count)).collect()
    }

    #[test]
    fn keys_are_counted_whatever_their_order_and_batches() {
        let mut tally = Tally::default();
        tally.extend(keys([3, 1, 3]));
        tally.settle();
        tally.extend(keys([0, 3, 2]));
        tally.extend(keys([9]));
        tally.settle();
        tally.settle();
        assert_eq!(counts(&tally), [(0, 0, 1), (0, 2, 1), (1, 1, 1), (1, 3, 3), (1, 9, 1)]);
        assert_eq!(tally.of(1..2).len(), 3);
        let mut other = Tally::default();
        other.extend(keys([9, 4, 9]));
        tally.merge(other);
        assert_eq!(tally.of(0..1).len(), 3);
        assert_eq!(tally.of(1..9).last(), Some(&(Key::new(1, 9), 3)));
        tally.renumber(|of| 10 - of);
        assert_eq!(tally.of(1..2).first(), Some(&(Key::new(1, 1), 3)));
    }

    #[test]
    fn many_keys_are_sorted_in_as_they_come() {
        let mut tally = Tally::default();
        for round in 0..4u32 {
            tally.extend(keys((0..LEAST_RECENT as u32).rev().map(|key| key / 2 + round)));
        }
        assert!(tally.recent.len() < 2 * LEAST_RECENT);
        tally.settle();
        assert_eq!(tally.of(0..2).len(), LEAST_RECENT / 2 + 3);
        let counted: u64 = tally.of(0..2).iter().map(|(_, count)| u64::from(*count)).sum();
        assert_eq!(counted, 4 * LEAST_RECENT as u64);
    }
}
