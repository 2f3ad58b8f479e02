//! Tallies: how often each key occurred, kept sorted in memory proportional to the distinct keys.

/// How often each key occurred.
#[derive(Clone, Debug)]
pub(super) struct Tally<K> {
    sorted: Vec<(K, u32)>,
    recent: Vec<K>,
}

/// So many recent keys are sorted in at once, at least.
const LEAST_RECENT: usize = 1 << 16;

impl<K> Default for Tally<K> {
    fn default() -> Self {
        Self {
            sorted: Vec::new(),
            recent: Vec::new(),
        }
    }
}

impl<K: Copy + Ord> Tally<K> {
    /// Counts keys once more. Each is sorted in a bounded number of times on average, since what is sorted in at
    /// once grows with what there is.
    pub(super) fn extend(&mut self, keys: impl Iterator<Item = K>) {
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
        let mut merged = Vec::with_capacity(self.sorted.len() + distinct(&self.recent));
        let mut old = self.sorted.iter().copied().peekable();
        for run in self.recent.chunk_by(|one, two| one == two) {
            let Some(key) = run.first().copied() else { continue };
            while let Some(before) = old.next_if(|(known, _)| *known < key) {
                merged.push(before);
            }
            let known = old.next_if(|(known, _)| *known == key).map_or(0, |(_, count)| count);
            let more = u32::try_from(run.len()).unwrap_or(u32::MAX);
            merged.push((key, known.saturating_add(more)));
        }
        merged.extend(old);
        self.sorted = merged;
        self.recent.clear();
    }

    /// The keys in order, each with its count; those that came since it was settled are not there.
    pub(super) fn sorted(&self) -> &[(K, u32)] {
        &self.sorted
    }
}

/// How many different keys a sorted list has.
fn distinct<K: PartialEq>(sorted: &[K]) -> usize {
    sorted.chunk_by(|one, two| one == two).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_counted_whatever_their_order_and_batches() {
        let mut tally = Tally::default();
        tally.extend([3, 1, 3].into_iter());
        tally.settle();
        tally.extend([0, 3, 2].into_iter());
        tally.extend([9].into_iter());
        tally.settle();
        tally.settle();
        assert_eq!(tally.sorted(), [(0, 1), (1, 1), (2, 1), (3, 3), (9, 1)]);
    }

    #[test]
    fn many_keys_are_sorted_in_as_they_come() {
        let mut tally = Tally::default();
        for round in 0..4u32 {
            tally.extend((0..LEAST_RECENT as u32).rev().map(|key| key / 2 + round));
        }
        assert!(tally.recent.len() < 2 * LEAST_RECENT);
        tally.settle();
        assert_eq!(tally.sorted().len(), LEAST_RECENT / 2 + 3);
        let counted: u64 = tally.sorted().iter().map(|(_, count)| u64::from(*count)).sum();
        assert_eq!(counted, 4 * LEAST_RECENT as u64);
    }
}
