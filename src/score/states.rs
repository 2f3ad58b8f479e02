//! The states of all contacts: for each a row of words, as the plan lays them out.

use std::convert::Infallible;
use std::num::NonZeroUsize;
use std::ops::Range;

use crate::plan::{Collect, CountLanes, Layout, Word};
use crate::threads::in_order;

/// A row of words for each contact.
#[derive(Debug)]
pub(super) struct States {
    /// The rows, after some words that are there so that rows do not lie across cache lines.
    words: Vec<u64>,
    start: usize,
    stride: usize,
}

/// So many words are in a cache line.
const LINE: usize = 8;

impl States {
    /// No contacts.
    pub(super) const NONE: States = States {
        words: Vec::new(),
        start: 0,
        stride: 1,
    };

    /// So many contacts, with rows of this layout.
    #[expect(
        clippy::slow_vector_initialization,
        reason = "zeros of the system are pages that are given twice: when they are read, and again when they are written"
    )]
    pub(super) fn new(layout: &Layout, contacts: usize) -> States {
        let stride = stride(layout);
        let mut words = Vec::new();
        words.resize(if contacts == 0 { 0 } else { contacts * stride + LINE }, 0u64);
        let aligned = words.as_ptr().align_offset(LINE * size_of::<u64>());
        let start = aligned.min(words.len()).min(LINE);
        words.truncate(start + contacts * stride);
        States { words, start, stride }
    }

    /// How many bytes each contact takes.
    pub(super) fn bytes_per_contact(layout: &Layout) -> usize {
        stride(layout) * size_of::<u64>()
    }

    /// Makes room for so many contacts.
    pub(super) fn grow(&mut self, contacts: usize) {
        let words = self.start + contacts * self.stride;
        if words > self.words.len() {
            self.words.resize(words, 0);
        }
    }

    /// Forgets all contacts, and makes room for so many others.
    pub(super) fn forget(&mut self, contacts: usize) {
        self.words.clear();
        self.grow(contacts);
    }

    /// Changes a word of each of these contacts, one after the other; those that have no row are left out.
    pub(super) fn change<T>(
        &mut self,
        word: u32,
        contacts: &[u32],
        changes: impl Iterator<Item = T>,
        change: impl Fn(u64, T) -> u64,
    ) {
        let (stride, first) = (self.stride, word as usize);
        let rows = self.words.get_mut(self.start..).unwrap_or_default();
        for (contact, by) in contacts.iter().zip(changes) {
            if let Some(state) = rows.get_mut(*contact as usize * stride + first) {
                *state = change(*state, by);
            }
        }
    }

    /// Brings the rows of these contacts near: reads that do not wait for each other overlap far better than changes.
    pub(super) fn touch(&self, contacts: &[u32]) {
        let rows = self.words.get(self.start..).unwrap_or_default();
        let words = contacts
            .iter()
            .filter_map(|contact| rows.get(*contact as usize * self.stride));
        std::hint::black_box(words.fold(0, |all, word| all ^ word));
    }

    /// A word of each of these contacts, as far as there are.
    pub(super) fn words(&self, word: u32, contacts: Range<usize>) -> impl Iterator<Item = u64> {
        let (stride, word) = (self.stride, word as usize);
        let rows = self.start + contacts.start * stride..self.start + contacts.end * stride;
        let rows = self.words.get(rows).unwrap_or_default().chunks_exact(stride);
        rows.map(move |row| row.get(word).copied().unwrap_or(0))
    }

    /// Adds what other events made of the same contacts, on so many threads.
    pub(super) fn merge(&mut self, layout: &Layout, other: &States, threads: NonZeroUsize) {
        let (stride, others) = (self.stride, other.words.get(other.start..).unwrap_or_default());
        self.grow(others.len() / stride);
        let rows = self.words.get_mut(self.start..).unwrap_or_default();
        let mut pieces = rows
            .chunks_mut(stride * ROWS_A_PIECE)
            .zip(others.chunks(stride * ROWS_A_PIECE));
        let mut workers = vec![(); threads.get().min(pieces.len()).max(1)];
        let next = move || Ok(pieces.next());
        let work = |(): &mut (), (rows, others): (&mut [u64], &[u64])| {
            let near = rows
                .chunks_mut(stride * ROWS_AT_ONCE)
                .zip(others.chunks(stride * ROWS_AT_ONCE));
            near.for_each(|(rows, others)| merge_rows(layout, stride, rows, others));
            Ok(())
        };
        match in_order::<_, _, _, Infallible>(&mut workers, next, work, |()| Ok(())) {
            Ok(()) => {}
        }
    }
}

/// So many rows are a piece of work for a thread.
const ROWS_A_PIECE: usize = 1 << 15;

/// So many rows stay near while their words are merged one after the other.
const ROWS_AT_ONCE: usize = 1 << 8;

/// Adds rows to rows, word by word, so that none decides anything for each row.
fn merge_rows(layout: &Layout, stride: usize, rows: &mut [u64], others: &[u64]) {
    for (at, word) in layout.words().iter().enumerate() {
        let (rows, others) = (rows.chunks_exact_mut(stride), others.chunks_exact(stride));
        let states = rows
            .zip(others)
            .filter_map(|(row, other)| Some((row.get_mut(at)?, *other.get(at)?)));
        match *word {
            Word::Counts(lanes) => states.for_each(|(state, other)| *state = both_counted(lanes, *state, other)),
            Word::Days => states.for_each(|(state, other)| *state = later(*state, other)),
            Word::Greatest => states.for_each(|(state, other)| *state = (*state).max(other)),
            Word::Sum => states.for_each(|(state, other)| *state = state.wrapping_add(other)),
            Word::Worth => states.for_each(|(state, other)| *state = worth_added(*state, other)),
        }
    }
}

/// How many words a row has: up to a cache line a power of two, so that no row lies across two.
fn stride(layout: &Layout) -> usize {
    match layout.words().len() {
        0 => 1,
        few @ 1..=LINE => few.next_power_of_two(),
        many => many,
    }
}

/// Adds to counts where these lanes have a one, but for those that have stopped.
#[inline]
pub(super) fn counted(lanes: CountLanes, state: u64, ones: u64) -> u64 {
    state.wrapping_add(ones & !lanes.stopped(state))
}

/// The greater of two words of days, lane by lane.
#[inline]
pub(super) fn later(one: u64, other: u64) -> u64 {
    let low = (one as u32).max(other as u32);
    let high = (one >> 32).max(other >> 32);
    (high << 32) | u64::from(low)
}

/// Adds to a sum that stops at the ends of `i64`. All that is added to one sum has one sign, so that the order does
/// not matter.
#[inline]
pub(super) fn worth_added(state: u64, worth: u64) -> u64 {
    state.cast_signed().saturating_add(worth.cast_signed()).cast_unsigned()
}

/// A day such that the day to be kept is the greatest, and none is zero.
#[inline]
pub(super) fn day_bits(collect: Collect, day: i32) -> u32 {
    let latest = day.cast_unsigned() ^ (1 << 31);
    if collect == Collect::First { !latest } else { latest }
}

/// The day of such bits; the missing day for zero.
#[inline]
pub(super) fn day_of(collect: Collect, bits: u32) -> i32 {
    let latest = if collect == Collect::First && bits > 0 {
        !bits
    } else {
        bits
    };
    (latest ^ (1 << 31)).cast_signed()
}

/// A number such that the number to be kept is the greatest, and none is zero.
#[inline]
pub(super) fn number_word(collect: Collect, number: i64) -> u64 {
    let largest = number.cast_unsigned() ^ (1 << 63);
    if matches!(collect, Collect::Smallest(_)) {
        !largest
    } else {
        largest
    }
}

/// The number of such a word; the missing number for zero.
#[inline]
pub(super) fn number_of(collect: Collect, word: u64) -> i64 {
    let smallest = matches!(collect, Collect::Smallest(_)) && word > 0;
    let largest = if smallest { !word } else { word };
    (largest ^ (1 << 63)).cast_signed()
}

/// The two halves of a number, whose sums are kept in two words: each holds more of them than there are events.
#[inline]
pub(super) fn halves(number: i64) -> (u64, u64) {
    let low = number.cast_unsigned() & u64::from(u32::MAX);
    (low, (number >> 32).cast_unsigned())
}

/// The sum of numbers of which the halves have these sums.
#[inline]
pub(super) fn sum_of(low: u64, high: u64) -> i128 {
    (i128::from(high.cast_signed()) << 32) + i128::from(low)
}

/// The counts of both together, lane by lane.
fn both_counted(lanes: CountLanes, one: u64, other: u64) -> u64 {
    let highest = lanes.highest();
    // Without their highest bits, the sums of lanes stay in them.
    let sum = (one & !highest) + (other & !highest);
    let stopped = (sum | one | other) & highest;
    let below = stopped.wrapping_sub(lanes.stopped(stopped));
    (sum & !(below | stopped)) | stopped
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lanes of every width: of 4, 8, 8, 4 and 32 bits.
    const LANES: CountLanes = CountLanes {
        narrow: 1 | 1 << 20,
        middle: 1 << 4 | 1 << 12,
        wide: 1 << 32,
    };

    const SHIFTS: [(u32, u32); 5] = [(0, 4), (4, 8), (12, 8), (20, 4), (32, 32)];

    fn word(counts: [u64; 5]) -> u64 {
        let lanes = counts.iter().zip(SHIFTS).map(|(count, (shift, _))| count << shift);
        lanes.sum()
    }

    #[test]
    fn each_lane_counts_and_stops_on_its_own() {
        let all = word([1, 1, 1, 1, 1]);
        let mut state = word([0, 0, 126, 6, (1 << 31) - 2]);
        for _ in 0..300 {
            state = counted(LANES, state, all);
        }
        assert_eq!(state, word([8, 128, 128, 8, 1 << 31]));
        assert_eq!(
            counted(LANES, word([7, 127, 0, 0, 5]), word([1, 0, 1, 0, 1])),
            word([8, 127, 1, 0, 6])
        );
    }

    #[test]
    fn counts_of_two_runs_are_added_and_stop() {
        for one in 0..=8 {
            for other in 0..=8 {
                for (wider, more) in [(0, 0), (1, 126), (1, 127), (64, 64), (127, 127), (128, 3), (128, 128)] {
                    let big = 1 << 31;
                    let left = word([one, wider, 5, other, big - one]);
                    let right = word([other, more, 6, one, other]);
                    let sum = word([
                        (one + other).min(8),
                        (wider + more).min(128),
                        11,
                        (one + other).min(8),
                        (big - one + other).min(big),
                    ]);
                    assert_eq!(both_counted(LANES, left, right), sum);
                    assert_eq!(both_counted(LANES, right, left), sum);
                }
            }
        }
    }
}
