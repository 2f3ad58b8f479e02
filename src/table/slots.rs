//! Rows by tags: numbers of 32 bits that few ids have in common.

/// Rows by tags: a slot holds a tag and, one higher, a row; 0 is free. A row stands in the slot that the
/// highest bits of its tag name, or in the first free one after it.
#[derive(Clone, Debug, Default)]
pub(super) struct Slots {
    slots: Vec<u64>,
    rows: usize,
}

impl Slots {
    /// At least so many slots.
    const LEAST: usize = 64;

    /// Adds a row under a tag.
    pub(super) fn insert(&mut self, tag: u32, row: u32) {
        // Half of the slots stay free, so that few rows stand far from their place.
        if self.rows * 2 >= self.slots.len() {
            self.grow();
        }
        self.place((u64::from(tag) << 32) | (u64::from(row) + 1));
        self.rows += 1;
    }

    fn grow(&mut self) {
        let size = Self::LEAST.max(self.slots.len() * 2);
        let old = std::mem::replace(&mut self.slots, vec![0; size]);
        for slot in old.into_iter().filter(|slot| *slot != 0) {
            self.place(slot);
        }
    }

    fn place(&mut self, new: u64) {
        let mut at = self.home((new >> 32) as u32);
        while let Some(slot) = self.slots.get_mut(at) {
            if *slot == 0 {
                *slot = new;
                return;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    #[inline]
    fn home(&self, tag: u32) -> usize {
        // The number of slots is a power of two.
        ((u64::from(tag) * self.slots.len() as u64) >> 32) as usize
    }

    /// What stands in the slot of a tag.
    #[inline]
    pub(super) fn first(&self, tag: u32) -> u64 {
        self.slots.get(self.home(tag)).copied().unwrap_or(0)
    }

    /// The row that a slot holds for a tag.
    #[inline]
    pub(super) fn row_in(slot: u64, tag: u32) -> Option<u32> {
        let is_it = slot != 0 && (slot >> 32) as u32 == tag;
        is_it.then(|| (slot as u32).wrapping_sub(1))
    }

    /// The rows that may be those of a tag.
    pub(super) fn rows(&self, tag: u32) -> impl Iterator<Item = u32> {
        let home = self.home(tag);
        let in_turn = self.slots.iter().cycle().skip(home).take(self.slots.len());
        let taken = in_turn.take_while(|slot| **slot != 0);
        taken.filter_map(move |slot| Self::row_in(*slot, tag))
    }
}
