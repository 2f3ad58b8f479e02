//! Parquet's mixture of runs and packed bits, in which levels and codes of dictionaries are written.

use bytes::{Buf, Bytes};

/// Numbers of one width in bits, read from the front.
#[derive(Debug, Default)]
pub(super) struct Hybrid {
    bytes: Bytes,
    width: usize,
    /// A run of one number: how many of them are left.
    run: usize,
    value: u32,
    /// Packed bits: how many groups of eight numbers are left.
    groups: usize,
    /// Numbers of a group that were not asked for yet, the next one last.
    spare: Vec<u32>,
}

impl Hybrid {
    /// Reads numbers of a width in bits, at most 32.
    pub(super) fn new(bytes: Bytes, width: usize) -> Hybrid {
        Hybrid {
            bytes,
            width,
            ..Hybrid::default()
        }
    }

    /// Reads packed bits alone, to their end.
    pub(super) fn packed(bytes: Bytes, width: usize) -> Hybrid {
        Hybrid {
            groups: usize::MAX,
            ..Hybrid::new(bytes, width)
        }
    }

    /// Adds so many numbers. `None` where the bytes end before them, or are no such mixture.
    pub(super) fn read(&mut self, count: usize, into: &mut Vec<u32>) -> Option<()> {
        let end = into.len() + count;
        while into.len() < end {
            let wanted = end - into.len();
            if let Some(number) = self.spare.pop() {
                into.push(number);
            } else if self.run > 0 {
                let run = self.run.min(wanted);
                into.resize(into.len() + run, self.value);
                self.run -= run;
            } else if self.groups > 0 {
                self.read_groups(wanted, into)?;
            } else {
                self.begin()?;
            }
        }
        Some(())
    }

    /// Whether the next numbers are a run of so many ones, which is then passed: the levels of rows without nulls.
    pub(super) fn pass_ones(&mut self, count: usize) -> Option<bool> {
        if self.spare.is_empty() && self.run == 0 && self.groups == 0 {
            self.begin()?;
        }
        let are_ones = self.spare.is_empty() && self.run >= count && self.value == 1;
        if are_ones {
            self.run -= count;
        }
        Some(are_ones)
    }

    /// Begins a run or packed bits.
    fn begin(&mut self) -> Option<()> {
        if self.width == 0 {
            (self.run, self.value) = (usize::MAX, 0);
            return Some(());
        }
        let (header, length) = varint(&self.bytes)?;
        self.bytes.advance(length);
        let count = usize::try_from(header >> 1).ok()?;
        if header & 1 == 1 {
            self.groups = count;
        } else {
            let whole_bytes = self.width.div_ceil(8);
            (self.run, self.value) = (count, little_endian(self.bytes.get(..whole_bytes)?));
            self.bytes.advance(whole_bytes);
        }
        Some(())
    }

    fn read_groups(&mut self, wanted: usize, into: &mut Vec<u32>) -> Option<()> {
        // Eight numbers take as many bytes as one takes bits. The last group may be cut short.
        let groups = self.groups.min(wanted / 8).min(self.bytes.len() / self.width);
        if groups > 0 {
            let start = into.len();
            into.resize(start + groups * 8, 0);
            let packed = self.bytes.split_to(groups * self.width);
            self.groups -= groups;
            return unpack(self.width, &packed, into.get_mut(start..)?);
        }
        let mut group = [0; 32];
        let packed = self.bytes.split_to(self.width.min(self.bytes.len()));
        if packed.is_empty() {
            return None;
        }
        group.get_mut(..packed.len())?.copy_from_slice(&packed);
        self.spare.resize(8, 0);
        unpack(self.width, group.get(..self.width)?, &mut self.spare)?;
        self.spare.reverse();
        self.groups -= 1;
        Some(())
    }
}

/// A number of seven bits a byte, the least first, and how many bytes it takes.
fn varint(bytes: &[u8]) -> Option<(u64, usize)> {
    let mut value = 0;
    for (at, byte) in bytes.iter().take(9).enumerate() {
        value |= u64::from(byte & 0x7F) << (7 * at);
        if byte & 0x80 == 0 {
            return Some((value, at + 1));
        }
    }
    None
}

fn little_endian(bytes: &[u8]) -> u32 {
    let value = bytes
        .iter()
        .rev()
        .fold(0u64, |value, byte| value << 8 | u64::from(*byte));
    value as u32
}

/// Takes groups of eight numbers apart, one function a width, so that each knows its shifts. `None` for another width.
fn unpack(width: usize, packed: &[u8], into: &mut [u32]) -> Option<()> {
    macro_rules! of_width {
        ($($width:literal)*) => {
            match width {
                $($width => unpack_width::<$width>(packed, into),)*
                _ => return None,
            }
        };
    }
    of_width!(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32);
    Some(())
}

fn unpack_width<const WIDTH: usize>(packed: &[u8], into: &mut [u32]) {
    let mask = u32::MAX >> (32 - WIDTH);
    let (groups, _) = packed.as_chunks::<WIDTH>();
    let (numbers, _) = into.as_chunks_mut::<8>();
    for (numbers, group) in numbers.iter_mut().zip(groups) {
        if WIDTH <= 16 {
            let mut bytes = [0; 16];
            bytes[..WIDTH].copy_from_slice(group);
            let bits = u128::from_le_bytes(bytes);
            for (at, number) in numbers.iter_mut().enumerate() {
                *number = (bits >> (at * WIDTH)) as u32 & mask;
            }
        } else {
            // Halves of four numbers take at most 16 bytes; the second may begin in the middle of one.
            let half = WIDTH / 2;
            let (mut first, mut second) = ([0; 16], [0; 16]);
            first[..half + WIDTH % 2].copy_from_slice(&group[..half + WIDTH % 2]);
            second[..WIDTH - half].copy_from_slice(&group[half..]);
            let (first, second) = (u128::from_le_bytes(first), u128::from_le_bytes(second));
            let odd = WIDTH % 2 * 4;
            let (low, high) = numbers.split_at_mut(4);
            for (at, (low, high)) in low.iter_mut().zip(high).enumerate() {
                *low = (first >> (at * WIDTH)) as u32 & mask;
                *high = (second >> (at * WIDTH + odd)) as u32 & mask;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers as one packed run.
    fn packed(width: usize, numbers: &[u32]) -> Vec<u8> {
        let groups = numbers.len().div_ceil(8);
        let mut bytes = vec![(groups << 1 | 1) as u8];
        let start = bytes.len();
        bytes.resize(start + groups * width, 0);
        for (at, number) in numbers.iter().enumerate() {
            for bit in 0..width {
                let place = at * width + bit;
                bytes[start + place / 8] |= ((number >> bit & 1) as u8) << (place % 8);
            }
        }
        bytes
    }

    fn decoded(bytes: &[u8], width: usize, count: usize) -> Option<Vec<u32>> {
        let mut whole = Vec::new();
        Hybrid::new(Bytes::copy_from_slice(bytes), width).read(count, &mut whole)?;
        let mut in_parts = Vec::new();
        let mut hybrid = Hybrid::new(Bytes::copy_from_slice(bytes), width);
        for part in [1, 3, 9, 2, 20, 7].into_iter().cycle() {
            hybrid.read(part.min(count - in_parts.len()), &mut in_parts)?;
            if in_parts.len() == count {
                break;
            }
        }
        assert_eq!(whole, in_parts);
        Some(whole)
    }

    #[test]
    fn numbers_of_every_width_are_read_from_packed_bits_and_runs() {
        for width in 1..=32 {
            let mask = u32::MAX >> (32 - width);
            let numbers: Vec<u32> = (0..61u32).map(|at| at.wrapping_mul(0x9E37_79B9) & mask).collect();
            let mut bytes = packed(width, &numbers);
            assert_eq!(decoded(&bytes, width, 61).as_ref(), Some(&numbers), "{width} bits");
            assert_eq!(decoded(&bytes, width, 9).as_deref(), numbers.get(..9), "{width} bits");
            bytes = packed(width, &numbers[..8]);
            bytes.push(5 << 1);
            bytes.extend(&numbers[9].to_le_bytes()[..width.div_ceil(8)]);
            let mut expected = numbers[..8].to_vec();
            expected.extend([numbers[9]; 5]);
            assert_eq!(decoded(&bytes, width, 13), Some(expected), "{width} bits");
        }
        assert_eq!(decoded(&[], 0, 3), Some(vec![0; 3]));
    }

    #[test]
    fn a_last_group_may_be_cut_short_and_nothing_else() {
        let numbers = [1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3];
        let mut bytes = packed(3, &numbers);
        bytes.truncate(bytes.len() - 1);
        assert_eq!(decoded(&bytes, 3, 11).as_deref(), Some(&numbers[..]));
        bytes.truncate(4);
        assert_eq!(decoded(&bytes, 3, 11), None);
        for bytes in [&[][..], &[0x80], &[3], &[9 << 1], &[0xFF; 12]] {
            assert_eq!(decoded(bytes, 7, 10), None, "{bytes:?}");
        }
        assert_eq!(decoded(&[3, 1, 2, 3, 4, 5], 33, 8), None);
    }

    #[test]
    fn a_run_of_ones_is_passed_and_nothing_else() {
        let mut levels = Hybrid::new(Bytes::from_static(&[0xC8, 0x01, 1, 3, 0xFF]), 1);
        assert_eq!(levels.pass_ones(60), Some(true));
        assert_eq!(levels.pass_ones(60), Some(false));
        assert_eq!(levels.pass_ones(40), Some(true));
        assert_eq!(levels.pass_ones(8), Some(false));
        let mut rest = Vec::new();
        assert_eq!(levels.read(8, &mut rest), Some(()));
        assert_eq!(rest, [1; 8]);
        assert_eq!(levels.pass_ones(1), None);
    }
}
