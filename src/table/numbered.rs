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
            None => digits.len() == 1 || digits.first() != Some(&b'0'),
        };
        if !has_prefix || !is_in_form {
            return None;
        }
        match digits.len() {
            1 => value::<1>(digits),
            2 => value::<2>(digits),
            3 => value::<3>(digits),
            4 => value::<4>(digits),
            5 => value::<5>(digits),
            6 => value::<6>(digits),
            7 => value::<7>(digits),
            8 => value::<8>(digits),
            9 => value::<9>(digits),
            _ => None,
        }
    }
}

/// The value of so many digits. The number is known to the compiler, so that nothing is decided between them.
#[inline]
fn value<const DIGITS: usize>(digits: &[u8]) -> Option<usize> {
    let digits: &[u8; DIGITS] = digits.try_into().ok()?;
    let (mut number, mut are_digits) = (0, true);
    for byte in digits {
        let digit = byte.wrapping_sub(b'0');
        are_digits &= digit < 10;
        number = number * 10 + usize::from(digit);
    }
    are_digits.then_some(number)
}

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
    fn numbers_far_apart_are_not_added() {
        let (sparse, added) = of(&["a1", "a999999999", "a2"]);
        assert_eq!(added, [true, false, true]);
        assert_eq!((sparse.find("a999999999"), sparse.find("a2")), (None, Some(2)));
        assert_eq!(of(&["none", "5"]).1, [false, true]);
    }
}
