//! Folding without functions for it: which letters fold to which, as far as the texts that are looked for need it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::text;

/// The characters that matter of a folded text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Alphabet {
    /// All.
    All,
    /// Those of the texts that are looked for. What folds to none of them may stay as it is.
    #[default]
    None,
    /// These.
    Only(BTreeSet<char>),
}

impl Alphabet {
    /// That of some texts, which are folded.
    pub(super) fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Alphabet {
        let mut alphabet = Alphabet::None;
        texts.into_iter().for_each(|text| alphabet.add(text));
        alphabet
    }

    /// Adds the characters of a folded text.
    pub(super) fn add(&mut self, text: &str) {
        match self {
            Alphabet::All => {}
            Alphabet::None => *self = Alphabet::Only(text.chars().collect()),
            Alphabet::Only(known) => known.extend(text.chars()),
        }
    }

    /// Whether each of its characters is written in one way only, so that texts need not be brought into a normal form.
    pub(super) fn is_plain(&self) -> bool {
        match self {
            Alphabet::All => false,
            Alphabet::None => true,
            Alphabet::Only(known) => known.iter().all(|character| is_plain(*character)),
        }
    }

    fn needs(&self, folded: &str) -> bool {
        match self {
            Alphabet::All => true,
            Alphabet::None => false,
            Alphabet::Only(known) => folded.chars().any(|character| known.contains(&character)),
        }
    }
}

/// Whether a folded character neither is composed of others nor composes with any but the marks that folding removes.
/// Of scripts whose letters may be written in several ways, none is.
fn is_plain(character: char) -> bool {
    matches!(
        character,
        '\0'..='\u{2FF}' | '\u{370}'..='\u{482}' | '\u{48A}'..='\u{58F}' | '\u{1E00}'..='\u{1FFF}'
            | '\u{2010}'..='\u{2BFF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{1F000}'..='\u{1FAFF}'
    )
}

/// Letters and what they fold to.
#[derive(Debug, Default)]
pub(super) struct FoldTable {
    /// Letters that fold to one other.
    pub(super) single: Vec<(char, char)>,
    /// Letters that fold to several.
    pub(super) several: Vec<(char, String)>,
}

impl FoldTable {
    /// The letters beyond ASCII that fold to what an alphabet has; without those that an engine's `lower` has changed before,
    /// where it knows the letters of all scripts.
    pub(super) fn new(alphabet: &Alphabet, is_lowered: bool) -> FoldTable {
        let mut table = FoldTable::default();
        for Folding {
            letter,
            folded,
            has_lower,
        } in FOLDINGS.iter().filter(|folding| alphabet.needs(&folding.folded))
        {
            // Letters newer than an engine's Unicode are not changed by its `lower`.
            if is_lowered && *has_lower && !NEW.iter().any(|(first, last)| (*first..=*last).contains(letter)) {
                continue;
            }
            let mut folds = folded.chars();
            match (folds.next(), folds.next()) {
                (Some(one), None) => table.single.push((*letter, one)),
                _ => table.several.push((*letter, folded.clone())),
            }
        }
        table
    }

    /// The letters that fold to one other, and these, in the same order; behind the first, the marks that go away.
    pub(super) fn translation(&self) -> (String, String) {
        let marks = MARKS;
        let from = self.single.iter().map(|(letter, _)| *letter).chain(marks);
        (from.collect(), self.single.iter().map(|(_, folded)| *folded).collect())
    }
}

/// A letter beyond ASCII that folding changes.
struct Folding {
    letter: char,
    folded: String,
    /// Whether its lower case is another letter.
    has_lower: bool,
}

/// All such letters.
static FOLDINGS: LazyLock<Vec<Folding>> = LazyLock::new(|| {
    let letters = LETTERS.into_iter().flatten().filter(|letter| !MARKS.contains(letter));
    let foldings = letters.map(|letter| Folding {
        letter,
        folded: text::fold(letter.encode_utf8(&mut [0; 4])),
        has_lower: !letter.to_lowercase().eq([letter]),
    });
    foldings
        .filter(|folding| !folding.folded.chars().eq([folding.letter]))
        .collect()
});

/// Where there are letters that folding changes: neither ideographs nor what lies behind them but those for compatibility.
const LETTERS: [std::ops::RangeInclusive<char>; 3] = [
    '\u{80}'..='\u{33FF}',
    '\u{A000}'..='\u{1FFFF}',
    '\u{2F800}'..='\u{2FA1F}',
];

/// The marks that folding removes.
const MARKS: std::ops::RangeInclusive<char> = '\u{300}'..='\u{36F}';

/// Letters with two cases that came after Unicode 13.
const NEW: [(char, char); 14] = [
    ('\u{1C89}', '\u{1C89}'),
    ('\u{2C2F}', '\u{2C2F}'),
    ('\u{A7C0}', '\u{A7C0}'),
    ('\u{A7CB}', '\u{A7CC}'),
    ('\u{A7CE}', '\u{A7CE}'),
    ('\u{A7D0}', '\u{A7D0}'),
    ('\u{A7D2}', '\u{A7D2}'),
    ('\u{A7D4}', '\u{A7D4}'),
    ('\u{A7D6}', '\u{A7D6}'),
    ('\u{A7D8}', '\u{A7DC}'),
    ('\u{10570}', '\u{10595}'),
    ('\u{105C9}', '\u{105E4}'),
    ('\u{10D50}', '\u{10D65}'),
    ('\u{16EA0}', '\u{16EB8}'),
];

/// The ranges of the characters that fulfil something.
pub(super) fn ranges(of: impl Fn(char) -> bool) -> Vec<(char, char)> {
    let mut ranges: Vec<(char, char)> = Vec::new();
    for character in ('\0'..=char::MAX).filter(|character| of(*character)) {
        match ranges.last_mut() {
            Some((_, last)) if u32::from(*last) + 1 == u32::from(character) => *last = character,
            _ => ranges.push((character, character)),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_other_letter_is_changed_by_folding() {
        let others = ('\u{80}'..=char::MAX).filter(|letter| LETTERS.iter().all(|letters| !letters.contains(letter)));
        for letter in others {
            let letter = letter.to_string();
            assert_eq!(text::fold(&letter), letter);
        }
    }

    #[test]
    fn only_letters_that_matter_are_in_the_table() {
        let table = FoldTable::new(&Alphabet::of(["ode"]), true);
        let folds = |letter: char| table.single.iter().find(|(from, _)| *from == letter).map(|(_, to)| *to);
        assert_eq!(
            [folds('é'), folds('ø'), folds('ç'), folds('É')],
            [Some('e'), Some('o'), None, None]
        );
        assert!(table.several.contains(&('œ', "oe".to_owned())));
        assert!(!table.several.iter().any(|(letter, _)| *letter == 'ß'));
    }

    /// The letters that are too new for engines are listed by hand: whoever takes a newer Rust looks them up again.
    #[test]
    fn no_letters_are_newer_than_the_list_of_new_ones() {
        assert!(char::UNICODE_VERSION <= (17, 0, 0));
    }
}
