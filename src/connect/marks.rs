//! Where some bytes stand in a text, found 64 bytes at a time.

use wide::u8x16;

/// The places, in order, of the bytes that are marks.
pub(super) struct Marks<'a, const N: usize> {
    text: &'a [u8],
    marks: [u8x16; N],
    /// Where the block begins whose bits are at hand.
    base: usize,
    /// A bit for each mark of the block that was not given yet.
    bits: u64,
}

/// How many bytes are looked at together: a bit each.
const BLOCK: usize = 64;

impl<'a, const N: usize> Marks<'a, N> {
    /// The places of these bytes.
    pub(super) fn new(text: &'a [u8], marks: [u8; N]) -> Self {
        let mut found = Self {
            text,
            marks: marks.map(u8x16::splat),
            base: 0,
            bits: 0,
        };
        found.bits = found.block();
        found
    }

    /// The next place; none at the end.
    #[inline]
    pub(super) fn next(&mut self) -> Option<usize> {
        while self.bits == 0 {
            self.base += BLOCK;
            if self.base >= self.text.len() {
                return None;
            }
            self.bits = self.block();
        }
        let place = self.base + self.bits.trailing_zeros() as usize;
        self.bits &= self.bits - 1;
        Some(place)
    }

    /// Leaves out what stands before a place.
    pub(super) fn skip_to(&mut self, place: usize) {
        if place >= self.base + BLOCK {
            self.base = place / BLOCK * BLOCK;
            self.bits = if self.base < self.text.len() { self.block() } else { 0 };
        }
        let within = place.saturating_sub(self.base);
        self.bits &= u64::MAX.unbounded_shl(within as u32);
    }

    #[inline]
    fn block(&self) -> u64 {
        match self.text.get(self.base..self.base + BLOCK) {
            Some(block) => self.bits_of(block),
            None => {
                let mut last = [0; BLOCK];
                let rest = self.text.get(self.base..).unwrap_or_default();
                for (to, byte) in last.iter_mut().zip(rest) {
                    *to = *byte;
                }
                // The zeros behind the text are no bytes of it.
                self.bits_of(&last) & !u64::MAX.unbounded_shl(rest.len() as u32)
            }
        }
    }

    #[inline]
    fn bits_of(&self, block: &[u8]) -> u64 {
        let (parts, _) = block.as_chunks::<16>();
        let mut bits = 0;
        for (at, part) in parts.iter().enumerate() {
            let part = u8x16::new(*part);
            let mut equal = u8x16::splat(0);
            for mark in self.marks {
                equal |= part.simd_eq(mark);
            }
            bits |= u64::from(equal.to_bitmask()) << (16 * at);
        }
        bits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str, from: usize) -> Vec<usize> {
        let mut marks = Marks::new(text.as_bytes(), [b',', b'\n', 0]);
        marks.skip_to(from);
        std::iter::from_fn(|| marks.next()).collect()
    }

    #[test]
    fn every_mark_is_found_once_wherever_it_stands() {
        let mut text = String::new();
        for at in 0..400usize {
            text.push(match at * at % 7 {
                1 => ',',
                2 if at % 3 == 0 => '\n',
                _ => 'x',
            });
            let expected: Vec<usize> = text.match_indices([',', '\n']).map(|(place, _)| place).collect();
            assert_eq!(places(&text, 0), expected);
            for from in [1, 63, 64, 65, 200, 500] {
                let after: Vec<usize> = expected.iter().copied().filter(|place| *place >= from).collect();
                assert_eq!(places(&text, from), after, "from {from}");
            }
        }
        assert!(places("", 0).is_empty());
    }
}
