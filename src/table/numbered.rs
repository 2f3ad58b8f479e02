//! Ids that are numbers behind the same beginning, such as `c0000123` or `4711`: found by their numbers, without a search.

use super::ids::AT_ONCE;

/// Rows by the numbers of their ids.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbered {
    /// How the ids are written, once there is one.
    form: Option<Form>,
    /// The row of each number, [`u32::MAX`] where there is none.
    rows: Vec<u32>,
    count: usize,
}

/// How ids are written that are numbers. Each number is written in one way, so that it stands for its id.
#[derive(Clone, Debug)]
struct Form {
    /// What stands before the number.
    prefix: Box<[u8]>,
    /// How many digits all numbers have, where one begins with a zero; otherwise none does.
    digits: Option<usize>,
}

/// Numbers have no more digits.
const MOST_DIGITS: usize = 9;

/// So many numbers may have no id, for each that has one.
const MOST_GAPS: usize = 8;

impl Numbered {
    /// Adds an id, or finds the row of the same id that is there; `None`, and nothing added, where it is no number in the
    /// form of the others, or leaves too many out.
    pub(super) fn add(&mut self, id: &str, row: u32) -> Option<Result<(), u32>> {
        if self.form.is_none() {
            self.form = Form::of(id);
        }
        let number = self.form.as_ref()?.number(id)?;
        if number >= self.rows.len() {
            if number > (self.count + 128) * MOST_GAPS {
                return None;
            }
            self.rows.resize(number + 1, u32::MAX);
        }
        let place = self.rows.get_mut(number)?;
        if *place != u32::MAX {
            return Some(Err(*place));
        }
        *place = row;
        self.count += 1;
        Some(Ok(()))
    }

    /// Adds the row of each of these ids, [`u32::MAX`] where there is none.
    pub(super) fn find_all(&self, ids: &[impl AsRef<str>], rows: &mut Vec<u32>) {
        let Some(form) = &self.form else {
            rows.extend(ids.iter().map(|_| u32::MAX));
            return;
        };
        let mut numbers = [usize::MAX; AT_ONCE];
        for ids in ids.chunks(AT_ONCE) {
            for (id, number) in ids.iter().zip(&mut numbers) {
                *number = form.number(id.as_ref()).unwrap_or(usize::MAX);
            }
            // This loop does little else than wait for memory, for several rows at a time.
            let numbers = numbers.iter().take(ids.len());
            rows.extend(numbers.map(|number| self.rows.get(*number).copied().unwrap_or(u32::MAX)));
        }
    }

    /// The row of an id.
    #[inline]
    pub(super) fn find(&self, id: &str) -> Option<u32> {
        let number = self.form.as_ref()?.number(id)?;
        self.rows.get(number).copied().filter(|row| *row != u32::MAX)
    }
}

impl Form {
    /// The form of an id; `None` where it does not end in a number.
    fn of(id: &str) -> Option<Form> {
        let digits = id.bytes().rev().take_while(u8::is_ascii_digit).count();
        let (prefix, number) = id.as_bytes().split_at_checked(id.len() - digits)?;
        let is_padded = digits > 1 && number.first() == Some(&b'0');
        (1..=MOST_DIGITS).contains(&digits).then(|| Form {
            prefix: prefix.into(),
            digits: is_padded.then_some(digits),
        })
    }

    /// The number of an id that has this form.
    #[inline]
    fn number(&self, id: &str) -> Option<usize> {
        let (before, digits) = id.as_bytes().split_at_checked(self.prefix.len())?;
        // Not compared as a whole: prefixes are short, and a call takes longer.
        let has_prefix = before.iter().zip(&*self.prefix).all(|(one, other)| one == other);
        let is_in_form = match self.digits {
            Some(count) => digits.len() == count,
            None => (1..=MOST_DIGITS).contains(&digits.len()) && (digits.len() == 1 || digits.first() != Some(&b'0')),
        };
        if !has_prefix || !is_in_form {
            return None;
        }
        match id.as_bytes().last_chunk() {
            Some(last) if digits.len() <= last.len() => value(*last, digits.len()),
            _ => digits.iter().try_fold(0, |number, digit| {
                let is_digit = digit.is_ascii_digit();
                is_digit.then(|| number * 10 + usize::from(digit - b'0'))
            }),
        }
    }
}

/// The number of the last of these bytes, which are so many digits, one at least: all at once, first two by two, then four
/// by four.
#[inline]
fn value(bytes: [u8; 8], digits: usize) -> Option<usize> {
    // The last byte is the highest; the bytes before the digits become zeros.
    let others = u64::BITS - 8 * digits as u32;
    let values = ((u64::from_le_bytes(bytes) ^ ZEROS) >> others) << others;
    // What a high byte carries into the next does not matter: it is above nine itself.
    let above_nine = (values | values.wrapping_add(EACH * (0x7F - 9))) & (EACH << 7);
    if above_nine != 0 {
        return None;
    }
    let pairs = (values * 10 + (values >> 8)) & (EACH_SECOND * 0xFF);
    let fours = (pairs * 100 + (pairs >> 16)) & 0x0000_FFFF_0000_FFFF;
    let number = (fours & 0xFFFF) * 10_000 + (fours >> 32);
    Some(number as usize)
}

/// A one in each byte, and in each second.
const EACH: u64 = u64::from_le_bytes([1; 8]);
const EACH_SECOND: u64 = u64::from_le_bytes([1, 0, 1, 0, 1, 0, 1, 0]);
const ZEROS: u64 = u64::from_le_bytes([b'0'; 8]);

#[cfg(test)]
mod tests {
    use super::*;

    fn of(ids: &[&str]) -> (Numbered, Vec<bool>) {
        let mut numbered = Numbered::default();
        let added = ids
            .iter()
            .zip(0..)
            .map(|(id, row)| numbered.add(id, row).is_some())
            .collect();
        (numbered, added)
    }

    #[test]
    fn a_number_is_written_in_one_way() {
        let (padded, added) = of(&["c007", "c012", "c1000", "c12", "C013"]);
        assert_eq!(added, [true, true, false, false, false]);
        assert_eq!(
            (padded.find("c012"), padded.find("c12"), padded.find("c0012")),
            (Some(1), None, None)
        );
        let (plain, added) = of(&["7", "120", "0", "012", "", "1x", "1234567890"]);
        assert_eq!(added, [true, true, true, false, false, false, false]);
        assert_eq!(
            (plain.find("120"), plain.find("0120"), plain.find("0"), plain.find("00")),
            (Some(1), None, Some(2), None)
        );
    }

    #[test]
    fn numbers_are_read_digit_by_digit() {
        for prefix in ["", "c", "kunde-"] {
            let form = Form::of(&format!("{prefix}1")).unwrap();
            for number in [0, 7, 10, 99, 4_711, 12_345, 909_090, 1_234_567, 98_765_432, 123_456_789] {
                assert_eq!(
                    form.number(&format!("{prefix}{number}")),
                    Some(number),
                    "{prefix}{number}"
                );
            }
            for at in 0..8 {
                for wrong in ['/', ':', 'a', 'é', '\u{0}', '\u{7f}'] {
                    let mut digits: Vec<char> = "12345678".chars().collect();
                    digits[at] = wrong;
                    let id = prefix.chars().chain(digits).collect::<String>();
                    assert_eq!(form.number(&id), None, "{id:?}");
                }
            }
        }
    }

    #[test]
    fn numbers_far_apart_are_not_added() {
        let (sparse, added) = of(&["a1", "a999999999", "a2"]);
        assert_eq!(added, [true, false, true]);
        assert_eq!((sparse.find("a999999999"), sparse.find("a2")), (None, Some(2)));
        assert_eq!(of(&["none", "5"]).1, [false, true]);
    }
}
