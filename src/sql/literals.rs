//! Literal texts and names: what stands between quotes, and which names need none.

/// Whether a character may stand in a literal as it is.
pub(super) fn is_seen(character: char) -> bool {
    !character.is_control() && (!character.is_whitespace() || character == ' ')
}

/// Whether a backslash stands before a quote of a literal: tools that look for the end of a statement take that for an escape,
/// whether or not it is one.
pub(super) fn has_backslash_before_quote(text: &str) -> bool {
    text.ends_with('\\') || text.contains("\\'")
}

/// A literal in which nothing escapes but a quote another.
pub(super) fn plain_text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// The inside of a literal in which backslashes escape: quotes, backslashes, and by their number the characters that
/// cannot be seen.
pub(super) fn escaped(text: &str, numbered: fn(char) -> String) -> String {
    let escaped = text.chars().map(|character| match character {
        '\'' => r"\'".to_owned(),
        '\\' => r"\\".to_owned(),
        other if !is_seen(other) => numbered(other),
        other => other.to_string(),
    });
    escaped.collect()
}

/// A character of the basic plane by its number.
pub(super) fn unicode_escape(character: char) -> String {
    format!("\\u{:04X}", u32::from(character))
}

/// A name between quotes, those inside doubled.
pub(super) fn doubled(quote: char, name: &str) -> String {
    let doubled = name.replace(quote, &format!("{quote}{quote}"));
    format!("{quote}{doubled}{quote}")
}

/// Words that some dialect does not take for names.
const RESERVED: &str = include_str!("reserved.txt");

/// Whether some dialect does not take a word for a name.
pub(super) fn is_reserved(name: &str) -> bool {
    RESERVED.lines().any(|word| word == name)
}

/// Whether a name is a word of small letters, which most engines read without quotes as they read it between them.
pub(super) fn is_word(name: &str) -> bool {
    let starts = |character: char| character.is_ascii_lowercase() || character == '_';
    let goes_on = |character: char| starts(character) || character.is_ascii_digit();
    name.starts_with(starts) && name.chars().all(goes_on)
}
