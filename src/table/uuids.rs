//! Ids that are UUIDs: found by their 128 bits, which are compared at once and lie closer together than their texts.

use std::hash::BuildHasher;

use hashbrown::DefaultHashBuilder;

use super::ids::AT_ONCE;
use super::slots::Slots;

/// Rows by UUIDs.
#[derive(Clone, Debug, Default)]
pub(super) struct Uuids {
    /// Whether their letters are capitals, once one has any.
    are_capitals: Option<bool>,
    slots: Slots,
    /// The bits of each row's id.
    bits: Vec<u128>,
    hasher: DefaultHashBuilder,
}

/// What is known of an id that is looked up.
#[derive(Clone, Copy, Debug, Default)]
struct Found {
    bits: Option<u128>,
    tag: u32,
    slot: u64,
    row: Option<u32>,
}

impl Uuids {
    /// Adds an id in the next row, or finds the row of the same id that is there; `None`, and nothing added, where it is no
    /// UUID written as the others are, or a row was left out.
    pub(super) fn add(&mut self, id: &str, row: u32) -> Option<Result<(), u32>> {
        if self.are_capitals.is_none() {
            let letter = id.bytes().find(u8::is_ascii_alphabetic);
            self.are_capitals = letter.map(|letter| letter.is_ascii_uppercase());
        }
        let bits = self.bits_of(id)?;
        if let Some(known) = self.find_bits(bits) {
            return Some(Err(known));
        }
        if row as usize != self.bits.len() {
            return None;
        }
        self.slots.insert(self.tag(bits), row);
        self.bits.push(bits);
        Some(Ok(()))
    }

    /// The row of an id.
    pub(super) fn find(&self, id: &str) -> Option<u32> {
        self.find_bits(self.bits_of(id)?)
    }

    fn find_bits(&self, bits: u128) -> Option<u32> {
        self.slots
            .rows(self.tag(bits))
            .find(|row| self.bits.get(*row as usize) == Some(&bits))
    }

    /// Adds the row of each of these ids, [`u32::MAX`] where there is none.
    pub(super) fn find_all(&self, ids: &[impl AsRef<str>], rows: &mut Vec<u32>) {
        let mut found = [Found::default(); AT_ONCE];
        for ids in ids.chunks(AT_ONCE) {
            for (id, found) in ids.iter().zip(&mut found) {
                found.bits = self.bits_of(id.as_ref());
                found.tag = found.bits.map_or(0, |bits| self.tag(bits));
            }
            let found = found.get_mut(..ids.len()).unwrap_or_default();
            // Each of these loops does little else than wait for memory, at several places at a time.
            for found in &mut *found {
                found.slot = self.slots.first(found.tag);
            }
            for found in &mut *found {
                let row = Slots::row_in(found.slot, found.tag);
                found.row = row.filter(|row| self.bits.get(*row as usize).copied() == found.bits);
            }
            rows.extend(found.iter().map(|found| match found.row {
                // The slot is another id's, and the right one may come after it.
                None if found.slot != 0 => found.bits.and_then(|bits| self.find_bits(bits)).unwrap_or(u32::MAX),
                row => row.unwrap_or(u32::MAX),
            }));
        }
    }

    fn tag(&self, bits: u128) -> u32 {
        (self.hasher.hash_one(bits) >> 32) as u32
    }

    /// The bits of a UUID as it is written, in an order of their own; `None` for anything else, and for one in letters
    /// of the other case.
    #[inline]
    fn bits_of(&self, id: &str) -> Option<u128> {
        let [
            a @ ..,
            b'-',
            b0,
            b1,
            b2,
            b3,
            b'-',
            b4,
            b5,
            b6,
            b7,
            b'-',
            c0,
            c1,
            c2,
            c3,
            b'-',
            c4,
            c5,
            c6,
            c7,
            d0,
            d1,
            d2,
            d3,
            d4,
            d5,
            d6,
            d7,
        ] = id.as_bytes()
        else {
            return None;
        };
        let eight: [[u8; 8]; 4] = [
            a.try_into().ok()?,
            [*b0, *b1, *b2, *b3, *b4, *b5, *b6, *b7],
            [*c0, *c1, *c2, *c3, *c4, *c5, *c6, *c7],
            [*d0, *d1, *d2, *d3, *d4, *d5, *d6, *d7],
        ];
        let capitals = self.are_capitals == Some(true);
        let mut bits = 0;
        let mut are_digits = true;
        for digits in eight {
            let (of_eight, are) = bits_of_eight(u64::from_le_bytes(digits), capitals);
            bits = bits << 32 | u128::from(of_eight);
            are_digits &= are;
        }
        are_digits.then_some(bits)
    }
}

/// The bits of eight hexadecimal digits, and whether they are such: a byte each, all at once.
#[inline]
fn bits_of_eight(written: u64, capitals: bool) -> (u32, bool) {
    const ONES: u64 = 0x0101_0101_0101_0101;
    // A digit's number stands in its low bits; a letter's is nine more.
    let numbers = (written & (0x0F * ONES)) + 9 * (written >> 6 & ONES);
    let are_letters = ((numbers + 6 * ONES) >> 4) & ONES;
    let behind = if capitals { b'A' - b'9' - 1 } else { b'a' - b'9' - 1 };
    let again = numbers
        .wrapping_add(0x30 * ONES)
        .wrapping_add(are_letters * u64::from(behind));
    let pairs = (numbers << 4 | numbers >> 8) & 0x00FF_00FF_00FF_00FF;
    let fours = (pairs | pairs >> 8) & 0x0000_FFFF_0000_FFFF;
    let are_digits = again == written && numbers & (0xF0 * ONES) == 0;
    ((fours | fours >> 16) as u32, are_digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_uuids_in_the_letters_of_the_first_are_taken() {
        let mut uuids = Uuids::default();
        for (row, id) in [
            "00000000-0000-0000-0000-000000000000",
            "12345678-9abc-def0-1234-56789abcdef0",
            "12345678-9abc-def0-1234-56789abcdef1",
        ]
        .into_iter()
        .enumerate()
        {
            assert_eq!(uuids.add(id, row as u32), Some(Ok(())));
            assert_eq!(uuids.add(id, 9), Some(Err(row as u32)));
            assert_eq!(uuids.find(id), Some(row as u32));
        }
        for id in [
            "",
            "12345678-9ABC-def0-1234-56789abcdef0",
            "12345678-9abc-def0-1234-56789abcdeg0",
            "12345678-9abc-def0-1234-56789abcde:0",
            "12345678-9abc-def0-1234056789abcdef0",
            "{2345678-9abc-def0-1234-56789abcdef0",
            "12345678-9abc-def0-1234-56789abcdef",
            "123456789abcdef0123456789abcdef01234",
            "é2345678-9abc-def0-1234-56789abcdef",
        ] {
            assert_eq!(uuids.find(id), None, "{id}");
            assert_eq!(uuids.add(id, 3), None, "{id}");
        }
        for letter in (0..128).map(char::from) {
            let (first, last) = (
                format!("{letter}2345678-9abc-def0-1234-56789abcdef0"),
                format!("12345678-9abc-def0-1234-56789abcdef{letter}"),
            );
            let is_digit = letter.is_ascii_digit() || ('a'..='f').contains(&letter);
            assert_eq!(
                (uuids.bits_of(&first).is_some(), uuids.bits_of(&last).is_some()),
                (is_digit, is_digit),
                "{letter:?}"
            );
        }
        let mut capitals = Uuids::default();
        assert_eq!(capitals.add("ABCDEF00-0000-0000-0000-000000000000", 0), Some(Ok(())));
        assert_eq!(capitals.find("abcdef00-0000-0000-0000-000000000000"), None);
    }
}
