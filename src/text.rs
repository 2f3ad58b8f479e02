//! How texts are compared: folding, and where a word begins and ends.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_canonical;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// The folded form of a text: without accents, in lower case, ligatures and a few letters written out.
///
/// Unicode NFD; the combining marks U+0300 to U+036F removed; NFC; each character's lower case; then `æ`→`ae`,
/// `œ`→`oe`, `ß`→`ss`, `ø`→`o`, `ł`→`l`, `đ`→`d`, `ı`→`i`, `ς`→`σ`.
pub fn fold(text: &str) -> String {
    let mut folded = String::new();
    fold_into(text, &mut folded);
    folded
}

/// Puts the [folded form](fold) of a text in the place of what is there.
pub fn fold_into(text: &str, folded: &mut String) {
    folded.clear();
    if text.is_ascii() {
        folded.push_str(text);
        folded.make_ascii_lowercase();
    } else if text.chars().all(|character| character < FIRST_MARK) {
        // Below the marks every character folds for itself: what it is made of are one letter and marks.
        for character in text.chars() {
            fold_letter(character, folded);
        }
    } else {
        fold_characters(text, folded);
    }
}

/// The first combining mark that folding removes, and the first character that composes with what stands before it.
const FIRST_MARK: char = '\u{300}';

/// Folds any text, as its definition says it.
fn fold_characters(text: &str, folded: &mut String) {
    let unmarked = text.nfd().filter(|character| !is_mark(*character));
    unmarked.nfc().for_each(|character| push_lower(character, folded));
}

/// Folds a character that composes with no other.
fn fold_letter(character: char, folded: &mut String) {
    if character.is_ascii() {
        return folded.push(character.to_ascii_lowercase());
    }
    decompose_canonical(character, |part| {
        if !is_mark(part) {
            push_lower(part, folded);
        }
    });
}

fn is_mark(character: char) -> bool {
    (FIRST_MARK..='\u{36F}').contains(&character)
}

/// Adds a character's lower case, written out where it is a ligature or one of a few letters.
fn push_lower(character: char, folded: &mut String) {
    for lower in character.to_lowercase() {
        match lower {
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ß' => folded.push_str("ss"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' => folded.push('d'),
            'ı' => folded.push('i'),
            'ς' => folded.push('σ'),
            other => folded.push(other),
        }
    }
}

/// The form in which names are compared: Unicode NFC.
pub fn canonical_name(name: &str) -> String {
    name.nfc().collect()
}

/// Whether a folded text holds a folded word: at one place at least, without a letter or digit right before or
/// right after it.
pub fn contains_word(folded: &str, word: &str) -> bool {
    let mut from = 0;
    while let Some(at) = folded.get(from..).and_then(|rest| rest.find(word)) {
        let (start, end) = (from + at, from + at + word.len());
        if is_word(folded, start, end) {
            return true;
        }
        from = start
            + folded
                .get(start..)
                .and_then(|text| text.chars().next())
                .map_or(1, char::len_utf8);
    }
    false
}

/// Whether no letter or digit stands right before or right after a part of a text, from a byte up to, not including,
/// another.
pub fn is_word(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|text| text.chars().next_back());
    let after = text.get(end..).and_then(|text| text.chars().next());
    !before.is_some_and(is_word_character) && !after.is_some_and(is_word_character)
}

/// Whether a character is a letter or a digit: of Unicode category L or N.
pub fn is_word_character(character: char) -> bool {
    matches!(
        character.general_category_group(),
        GeneralCategoryGroup::Letter | GeneralCategoryGroup::Number
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_follows_its_definition() {
        for (text, folded) in [
            ("Ingénieur", "ingenieur"),
            ("Cœur", "coeur"),
            ("COEUR", "coeur"),
            ("Straße", "strasse"),
            ("Łódź", "lodz"),
            ("İstanbul", "istanbul"),
            ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
            ("e\u{301}", "e"),
            ("Đorđe Ærø", "dorde aero"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn letters_below_the_marks_fold_one_by_one_as_they_do_together() {
        let letters: Vec<char> = ('\0'..FIRST_MARK).collect();
        let mut by_definition = String::new();
        for first in &letters {
            for second in &letters {
                let text = String::from_iter([*first, *second]);
                by_definition.clear();
                fold_characters(&text, &mut by_definition);
                assert_eq!(fold(&text), by_definition, "{text:?}");
            }
        }
    }

    #[test]
    fn a_word_has_no_letter_or_digit_beside_it() {
        assert!(contains_word("the cto, acting", "cto"));
        assert!(contains_word("cto", "cto"));
        assert!(!contains_word("director", "cto"));
        assert!(!contains_word("cto2", "cto"));
        assert!(contains_word("vector of the cto", "cto"));
        assert!(contains_word("aa aaa", "aa"));
        assert!(contains_word("éaé a", "a"));
    }
}
