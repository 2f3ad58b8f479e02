//! How texts are compared.

use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

/// "Folded: Unicode NFD; combining marks U+0300 to U+036F removed; NFC; each character's lower case; then `æ`→`ae`,
/// `œ`→`oe`, `ß`→`ss`, `ø`→`o`, `ł`→`l`, `đ`→`d`, `ı`→`i`, `ς`→`σ`."
pub(crate) fn fold(text: &str) -> String {
    let decomposed: String = text.nfd().collect();
    let unmarked: String = decomposed
        .chars()
        .filter(|c| !('\u{300}'..='\u{36F}').contains(c))
        .collect();
    let composed: String = unmarked.nfc().collect();
    let lower: String = composed.chars().flat_map(char::to_lowercase).collect();
    lower
        .replace('æ', "ae")
        .replace('œ', "oe")
        .replace('ß', "ss")
        .replace('ø', "o")
        .replace('ł', "l")
        .replace('đ', "d")
        .replace('ı', "i")
        .replace('ς', "σ")
}

/// "texts are compared folded"
pub(crate) fn same(left: &str, right: &str) -> bool {
    fold(left) == fold(right)
}

/// "it does, at one place at least without a letter or digit (Unicode `L`, `N`) right before or after"
pub(crate) fn contains_word(text: &str, word: &str) -> bool {
    let (text, word) = (fold(text), fold(word));
    (0..text.len()).filter(|at| text.is_char_boundary(*at)).any(|at| {
        let (before, rest) = text.split_at(at);
        let Some(after) = rest.strip_prefix(&word) else {
            return false;
        };
        !before.chars().next_back().is_some_and(is_letter_or_digit)
            && !after.chars().next().is_some_and(is_letter_or_digit)
    })
}

fn is_letter_or_digit(character: char) -> bool {
    static LETTER_OR_DIGIT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[\p{L}\p{N}]$").unwrap());
    LETTER_OR_DIGIT.is_match(character.encode_utf8(&mut [0; 4]))
}
