//! Words and lines of the text of a snapshot: how any text stands on one line and is read back as it was.

use std::borrow::Cow;

/// A text as the rest of a line. What would hide there or break the line is written as `\u{2028}`.
pub(super) fn line(text: &str) -> Cow<'_, str> {
    let ends_with_blank = |at: usize| at == 0 || text.get(at..).is_some_and(|rest| rest.chars().nth(1).is_none());
    escaped(text, |at, character| character == ' ' && ends_with_blank(at))
}

/// A text as one word: as it is, or in quotes.
pub(super) fn word(text: &str) -> Cow<'_, str> {
    let is_plain = |character: char| character.is_alphanumeric() || "_-.".contains(character);
    if !text.is_empty() && text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("\"{}\"", escaped(text, |_, character| character == '"')))
}

fn escaped(text: &str, also: impl Fn(usize, char) -> bool) -> Cow<'_, str> {
    let is_escaped = |at: usize, character: char| {
        let begins_escape = character == '\\' && text.get(at..).is_some_and(|rest| rest.starts_with("\\u{"));
        begins_escape || hides(character) || also(at, character)
    };
    if !text.char_indices().any(|(at, character)| is_escaped(at, character)) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for (at, character) in text.char_indices() {
        match is_escaped(at, character) {
            true => escaped.push_str(&format!("\\u{{{:x}}}", u32::from(character))),
            false => escaped.push(character),
        }
    }
    Cow::Owned(escaped)
}

/// What people would not see, or see in another place than it stands: control characters, white space other than a
/// blank, marks of direction.
fn hides(character: char) -> bool {
    let is_invisible =
        matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}');
    character.is_control() || (character.is_whitespace() && character != ' ') || is_invisible
}

/// The text that [`line`] wrote; `None` where an escape is none.
pub(super) fn unescaped(text: &str) -> Option<Cow<'_, str>> {
    const BEGIN: &str = "\\u{";
    if !text.contains(BEGIN) {
        return Some(Cow::Borrowed(text));
    }
    let mut parts = text.split(BEGIN);
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (digits, rest) = part.split_once('}')?;
        plain.push(char::from_u32(u32::from_str_radix(digits, 16).ok()?)?);
        plain.push_str(rest);
    }
    Some(Cow::Owned(plain))
}

/// The text of the [`word`] with which a line begins, and what follows behind a blank; `None` for no word.
pub(super) fn split_word(text: &str) -> Option<(Cow<'_, str>, Option<&str>)> {
    let (word, rest) = match text.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"')?,
        None => {
            let end = text.find(' ').unwrap_or(text.len());
            let (word, rest) = text.split_at_checked(end).filter(|(word, _)| !word.is_empty())?;
            (word, rest)
        }
    };
    let rest = match rest {
        "" => None,
        rest => Some(rest.strip_prefix(' ')?),
    };
    Some((unescaped(word)?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_is_read_back_as_it_was() {
        let texts = [
            "",
            "a",
            " ",
            " a ",
            "a b",
            "\"",
            "a\nb",
            "\\d+",
            "\\u{41}",
            "\u{2028}é",
            "-5",
            "\\",
            "\u{202e}x",
        ];
        for text in texts {
            assert_eq!(unescaped(&line(text)).unwrap(), text);
            assert!(
                !line(text).contains('\n') && line(text).trim() == line(text),
                "{text:?}"
            );
            let more = format!("{} more", word(text));
            assert_eq!(split_word(&more), Some((Cow::Borrowed(text), Some("more"))), "{more}");
            assert_eq!(split_word(&word(text)), Some((Cow::Borrowed(text), None)));
        }
        assert_eq!((line("\\d+ é"), word("a b")), ("\\d+ é".into(), "\"a b\"".into()));
    }

    #[test]
    fn what_was_never_written_is_nothing() {
        for text in ["\\u{", "\\u{}", "\\u{d800}", "\\u{110000}", "\\u{x}"] {
            assert_eq!(unescaped(text), None, "{text}");
        }
        for text in ["", " a", "\"a", "\"a\"b"] {
            assert_eq!(split_word(text), None, "{text}");
        }
    }
}
