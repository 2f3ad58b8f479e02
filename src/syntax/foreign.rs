//! What people bring from elsewhere: characters, quotes and words of other languages, and what leadscore writes.

use super::error::Error;
use crate::source::Span;

/// The answer to an operator or a word of another language: what leadscore writes, with blanks where it needs them.
pub(super) fn error(source: &str, span: Span, write: &'static str) -> Error {
    let before = source.get(..span.start).and_then(|text| text.chars().next_back());
    let after = source.get(span.end..).and_then(|text| text.chars().next());
    let is_word = write.chars().all(char::is_alphabetic);
    let space = |neighbour: Option<char>| {
        let needed = is_word && neighbour.is_some_and(|character| !character.is_whitespace());
        if needed { " " } else { "" }
    };
    Error::Foreign {
        written: source.get(span.range()).unwrap_or_default().to_owned(),
        write,
        mended: format!("{}{write}{}", space(before), space(after)),
        span,
    }
}

/// The quotes that close a text opened by this one; `None` where it opens none.
pub(super) fn closing_quotes(opening: char) -> Option<&'static [char]> {
    match opening {
        '\'' => Some(&['\'', '’']),
        '“' | '”' | '„' => Some(&['”', '“', '"']),
        '‘' | '’' | '‚' => Some(&['’', '‘', '\'']),
        '«' => Some(&['»']),
        '»' => Some(&['«']),
        '‹' => Some(&['›']),
        _ => None,
    }
}

/// What leadscore writes for a character that stands for an operator elsewhere.
pub(super) fn written_as(character: char) -> Option<&'static str> {
    match character {
        '≥' | '⩾' => Some(">="),
        '≤' | '⩽' => Some("<="),
        '≠' => Some("!="),
        '×' => Some("*"),
        '÷' => Some("/"),
        '−' | '–' | '—' | '‑' | '‐' => Some("-"),
        '→' | '⇒' => Some("add"),
        '∧' => Some("and"),
        '∨' => Some("or"),
        _ => None,
    }
}

/// Whether a character cannot be seen, or not be told from a plain blank.
pub(super) fn is_hidden(character: char) -> bool {
    let unseen = matches!(character, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}');
    character.is_control() || is_blank(character) || turns_direction(character) || unseen
}

/// Whether a character is white space that is no plain blank.
pub(super) fn is_blank(character: char) -> bool {
    character.is_whitespace() && !matches!(character, ' ' | '\t' | '\n' | '\r')
}

/// Whether a character turns the direction of writing, so that a text reads otherwise than it is.
pub(super) fn turns_direction(character: char) -> bool {
    matches!(character, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// What people call a hidden character.
pub(super) fn described(character: char) -> String {
    let name = match character {
        '\u{A0}' | '\u{202F}' => "no-break space",
        _ if is_blank(character) => "special space",
        _ if character.is_control() => "control character",
        _ => "invisible character",
    };
    format!("{name} U+{:04X}", u32::from(character))
}

/// A text as leadscore quotes it, without the blanks that some languages put inside their quotes.
pub(super) fn quoted(content: &str) -> String {
    let trimmed = content.trim();
    format!("\"{}\"", trimmed.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A quoted text made as long as the place where it is to stand, for the grammar to read.
pub(super) fn padded(quoted: &str, content: &str, span: Span) -> String {
    let room = span.end - span.start;
    let fitting = if quoted.len() <= room {
        quoted.to_owned()
    } else {
        // Escapes made it too long: what matters then is that the statement around it can be read.
        format!("\"{}\"", content.trim().replace(['\\', '"'], " "))
    };
    format!("{fitting}{}", " ".repeat(room.saturating_sub(fitting.len())))
}

/// The lines of a `/* … */` comment as comments of leadscore.
pub(super) fn as_line_comments(comment: &str) -> String {
    let inner = comment.trim_start_matches("/*").trim_end_matches("*/");
    let lines = inner.trim().lines();
    let commented = lines.map(|line| format!("# {}", line.trim().trim_start_matches('*').trim_start()));
    commented.collect::<Vec<_>>().join("\n").replace("# \n", "#\n")
}
