//! Dictionaries: texts, each with a code.

use std::hash::BuildHasher;
use std::sync::atomic::{AtomicU64, Ordering};

use hashbrown::{DefaultHashBuilder, HashTable};

/// Texts, each with a code: 0, 1, 2, … in the order of their arrival. Equal texts have one code where they are
/// [coded](Self::code); where they are [added](Self::add) they may have several.
#[derive(Debug)]
pub struct Texts {
    buffer: String,
    ends: Vec<usize>,
    codes: HashTable<u32>,
    hasher: DefaultHashBuilder,
    generation: u64,
    variety: Variety,
    /// The code of the text that was looked for last of those that look alike.
    alike: Vec<u32>,
}

/// Texts look alike in so many ways.
const ALIKE: usize = 256;

/// With no more texts, it is not looked for one that looks alike.
const FEW: usize = 8;

/// How a text looks at its ends, seen quickly.
#[inline]
fn look(text: &[u8]) -> usize {
    let ends = match (text.first_chunk(), text.last_chunk()) {
        (Some(first), Some(last)) => u64::from_le_bytes(*first) ^ u64::from_le_bytes(*last).rotate_left(29),
        _ => match (text.first_chunk(), text.last_chunk()) {
            (Some(first), Some(last)) => {
                u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))
            }
            _ => text.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)),
        },
    };
    const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;
    ((ends ^ text.len() as u64).wrapping_mul(SPREAD) >> 56) as usize % ALIKE
}

/// Whether texts that come repeat others, as far as it was looked for: in one stretch of texts after the other.
#[derive(Clone, Copy, Debug, Default)]
struct Variety {
    /// How many texts of a stretch were looked for, and how many of them were new.
    looked_for: usize,
    new: usize,
    /// How many texts to come are not looked for.
    unseen: usize,
    /// Whether hardly any repeated another in the last stretch.
    hardly_repeat: bool,
}

impl Variety {
    const STRETCH: usize = 1_024;
    /// Where hardly any text of a stretch repeats another, it is not looked for those of so many stretches.
    const STRETCHES: usize = 15;
    /// With fewer texts, looking for one costs little, and what is new tells little.
    const LEAST: usize = 4_096;

    fn saw(&mut self, is_new: bool, known: usize) {
        self.looked_for += 1;
        self.new += usize::from(is_new);
        if self.looked_for == Self::STRETCH {
            let is_telling = self.hardly_repeat || known >= Self::LEAST;
            let hardly_repeat = is_telling && self.new * 16 >= self.looked_for * 15;
            *self = Self {
                unseen: if hardly_repeat {
                    Self::STRETCHES * Self::STRETCH
                } else {
                    0
                },
                hardly_repeat,
                ..Self::default()
            };
        }
    }
}

/// Counts dictionaries, so that results kept for one are never taken for another's.
static GENERATIONS: AtomicU64 = AtomicU64::new(0);

impl Default for Texts {
    fn default() -> Self {
        Self {
            buffer: String::new(),
            ends: Vec::new(),
            codes: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
            generation: GENERATIONS.fetch_add(1, Ordering::Relaxed),
            variety: Variety::default(),
            alike: Vec::new(),
        }
    }
}

impl Clone for Texts {
    /// Another dictionary with the same codes: each may learn texts that the other does not.
    fn clone(&self) -> Self {
        Self {
            buffer: self.buffer.clone(),
            ends: self.ends.clone(),
            codes: self.codes.clone(),
            hasher: self.hasher.clone(),
            generation: GENERATIONS.fetch_add(1, Ordering::Relaxed),
            variety: self.variety,
            alike: self.alike.clone(),
        }
    }
}

impl Texts {
    /// The code of a text, a new one where the text is new.
    pub fn code(&mut self, text: &str) -> u32 {
        // A few texts are not worth the room.
        if self.alike.is_empty() && self.len() > FEW {
            self.alike.resize(ALIKE, 0);
        }
        let look = look(text.as_bytes());
        if let Some(code) = self.alike.get(look).filter(|code| self.is(**code, text)) {
            return *code;
        }
        let code = self.code_of_hashed(text);
        if let Some(alike) = self.alike.get_mut(look) {
            *alike = code;
        }
        code
    }

    fn code_of_hashed(&mut self, text: &str) -> u32 {
        let hash = self.hasher.hash_one(text);
        if let Some(code) = self.find_hashed(hash, text) {
            return code;
        }
        let code = self.ends.len() as u32;
        self.buffer.push_str(text);
        self.ends.push(self.buffer.len());
        let (buffer, ends, hasher) = (&self.buffer, &self.ends, &self.hasher);
        self.codes
            .insert_unique(hash, code, |code| hasher.hash_one(slice(buffer, ends, *code)));
        code
    }

    /// A code for one of many texts of a column: as a rule the one that [an equal text has](Self::code). Where the texts
    /// that come hardly ever repeat, which is looked at again and again, it is a new one: to have a text twice costs less
    /// than to look for each. One that was not looked for is not [found](Self::find) either.
    #[inline]
    pub fn add(&mut self, text: &str) -> u32 {
        if self.variety.unseen > 0 {
            self.variety.unseen -= 1;
            return self.put(text);
        }
        let before = self.len();
        let code = self.code(text);
        self.variety.saw(self.len() > before, before);
        code
    }

    /// The code of a text that is there.
    pub fn find(&self, text: &str) -> Option<u32> {
        self.find_hashed(self.hasher.hash_one(text), text)
    }

    /// A new code for a text that need not be new, and is not [found](Self::find).
    pub(super) fn put(&mut self, text: &str) -> u32 {
        let code = self.ends.len() as u32;
        self.buffer.push_str(text);
        self.ends.push(self.buffer.len());
        code
    }

    /// Adds all texts of another dictionary with new codes, as [`put`](Self::put) does.
    pub(super) fn append(&mut self, other: &Texts) {
        let base = self.buffer.len();
        self.buffer.push_str(&other.buffer);
        self.ends.extend(other.ends.iter().map(|end| base + end));
    }

    /// Forgets the last texts, so that so many are left. They must have been [put](Self::put) there.
    pub(super) fn truncate(&mut self, texts: usize) {
        self.ends.truncate(texts);
        self.buffer.truncate(self.ends.last().copied().unwrap_or(0));
    }

    fn find_hashed(&self, hash: u64, text: &str) -> Option<u32> {
        self.codes.find(hash, |code| self.is(*code, text)).copied()
    }

    /// The text of a code; empty for a code that is not of this dictionary.
    pub fn text(&self, code: u32) -> &str {
        slice(&self.buffer, &self.ends, code)
    }

    /// Whether a code's text is this one.
    #[inline]
    pub fn is(&self, code: u32, text: &str) -> bool {
        let (start, end) = bounds(&self.ends, code);
        // As bytes: where a character begins is of no matter here.
        let known = self.buffer.as_bytes().get(start..end);
        known.is_some_and(|known| are_equal(known, text.as_bytes()))
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// How many bytes the texts take.
    pub fn bytes(&self) -> usize {
        self.buffer.len()
    }

    /// The texts in the order of their codes.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len() as u32).map(|code| self.text(code))
    }

    /// Which dictionary this is: as long as it stays the same, a code keeps its text.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// A dictionary without texts, for more of those that came to this one.
    pub(super) fn emptied(&self) -> Texts {
        Texts {
            variety: self.variety,
            ..Self::default()
        }
    }

    /// Forgets all texts; the dictionary becomes another one.
    pub fn clear(&mut self) {
        *self = self.emptied();
    }
}

fn slice<'a>(buffer: &'a str, ends: &[usize], code: u32) -> &'a str {
    let (start, end) = bounds(ends, code);
    buffer.get(start..end).unwrap_or_default()
}

/// Whether two texts are equal. Short ones, which most are, are compared without a call: by their first and their last
/// bytes, which together are all.
#[inline]
fn are_equal(one: &[u8], other: &[u8]) -> bool {
    fn ends<const SIZE: usize>(text: &[u8]) -> Option<(&[u8; SIZE], &[u8; SIZE])> {
        Some((text.first_chunk()?, text.last_chunk()?))
    }
    match one.len() {
        length if length != other.len() => false,
        8..=16 => ends::<8>(one) == ends::<8>(other),
        4..8 => ends::<4>(one) == ends::<4>(other),
        _ => one == other,
    }
}

/// Where the text of a code begins and ends.
#[inline]
fn bounds(ends: &[usize], code: u32) -> (usize, usize) {
    let at = code as usize;
    let start = at
        .checked_sub(1)
        .and_then(|before| ends.get(before))
        .copied()
        .unwrap_or(0);
    (start, ends.get(at).copied().unwrap_or(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_repeat_have_one_code_each() {
        for distinct in [1, 7, 600, 2_000, 4_000] {
            let mut texts = Texts::default();
            for at in 0..60_000usize {
                let text = format!("text {}", at * 7_919 % distinct);
                let code = texts.add(&text);
                assert_eq!(texts.text(code), text);
            }
            assert_eq!(texts.len(), distinct);
        }
    }

    #[test]
    fn texts_that_hardly_repeat_are_not_all_looked_for_and_it_is_seen_when_they_do() {
        let mut texts = Texts::default();
        for at in 0..40_000 {
            texts.add(&format!("text {at}"));
        }
        assert_eq!(texts.len(), 40_000);
        let mut others = texts.emptied();
        for _ in 0..100_000 {
            others.add("one");
        }
        assert!(others.len() < 20_000, "{}", others.len());
        let before = others.len();
        others.add("one");
        assert_eq!(others.len(), before);
    }

    #[test]
    fn texts_that_look_alike_are_told_apart() {
        let mut texts = Texts::default();
        let all = [
            "",
            "a",
            "aa",
            "abcdefgh",
            "abcdefgh?abcdefgh",
            "abcdefgh!abcdefgh",
            "abcdefghabcdefgh",
        ];
        let more: Vec<String> = (0..2_000).map(|at| format!("abcdefgh{at:04}abcdefgh")).collect();
        let all: Vec<&str> = all.into_iter().chain(more.iter().map(String::as_str)).collect();
        for _ in 0..3 {
            for (code, text) in (0..).zip(&all) {
                assert_eq!((texts.code(text), texts.find(text)), (code, Some(code)), "{text}");
            }
        }
    }
}
