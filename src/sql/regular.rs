//! Regular expressions in the common core of engines: what a pattern means, written out so that none has to know about
//! capitals, classes or Unicode.

use std::fmt::Write as _;

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, ClassUnicode, Hir, HirKind, Look, Repetition};

use crate::model::Regex;

/// How an engine writes what the others write otherwise.
#[derive(Clone, Copy, Debug)]
pub(super) struct Writing {
    /// A character by its number.
    pub(super) character: fn(char) -> String,
    /// The start and the end of the text.
    pub(super) ends: [&'static str; 2],
    /// How often something may be repeated by a number.
    pub(super) most_repeated: u32,
}

impl Writing {
    /// As RE2 reads it, and Java.
    pub(super) const RE2: Writing = Writing {
        character: in_braces,
        ends: [r"\A", r"\z"],
        most_repeated: 1_000,
    };
}

/// A character as Java and RE2 write it.
pub(super) fn in_braces(character: char) -> String {
    format!("\\x{{{:X}}}", u32::from(character))
}

/// A regex in an engine's writing, to be looked for with capitals told apart; `None` where it looks at the edges of
/// words or lines, which engines see otherwise, or repeats more than the engine can.
pub(super) fn written(regex: &Regex, writing: Writing) -> Option<String> {
    let parsed = ParserBuilder::new()
        .case_insensitive(true)
        .build()
        .parse(regex.0.as_str())
        .ok()?;
    let mut text = String::new();
    write_hir(&parsed, writing, &mut text)?;
    Some(text)
}

fn write_hir(hir: &Hir, writing: Writing, text: &mut String) -> Option<()> {
    match hir.kind() {
        HirKind::Empty => text.push_str("(?:)"),
        HirKind::Literal(literal) => {
            let literal = std::str::from_utf8(&literal.0).ok()?;
            for character in literal.chars() {
                text.push_str(&single(character, writing)?);
            }
        }
        HirKind::Class(Class::Unicode(class)) => write_class(class, writing, text)?,
        HirKind::Class(Class::Bytes(class)) => write_class(&class.to_unicode_class()?, writing, text)?,
        HirKind::Look(Look::Start) => text.push_str(writing.ends[0]),
        HirKind::Look(Look::End) => text.push_str(writing.ends[1]),
        HirKind::Look(_) => return None,
        HirKind::Repetition(repetition) => write_repetition(repetition, writing, text)?,
        HirKind::Capture(capture) => write_group(&capture.sub, writing, text)?,
        HirKind::Concat(parts) => {
            for part in parts {
                write_hir(part, writing, text)?;
            }
        }
        HirKind::Alternation(parts) => {
            for (at, part) in parts.iter().enumerate() {
                text.push_str(if at == 0 { "(?:" } else { "|" });
                write_hir(part, writing, text)?;
            }
            text.push(')');
        }
    }
    Some(())
}

fn write_group(hir: &Hir, writing: Writing, text: &mut String) -> Option<()> {
    text.push_str("(?:");
    write_hir(hir, writing, text)?;
    text.push(')');
    Some(())
}

fn write_repetition(repetition: &Repetition, writing: Writing, text: &mut String) -> Option<()> {
    let Repetition { min, max, .. } = *repetition;
    if min.max(max.unwrap_or(0)) > writing.most_repeated {
        return None;
    }
    write_group(&repetition.sub, writing, text)?;
    match (min, max) {
        (0, None) => text.push('*'),
        (1, None) => text.push('+'),
        (0, Some(1)) => text.push('?'),
        (min, None) => write!(text, "{{{min},}}").ok()?,
        (min, Some(max)) => write!(text, "{{{min},{max}}}").ok()?,
    }
    Some(())
}

/// A class; `None` for one that holds nothing, which engines do not write.
fn write_class(class: &ClassUnicode, writing: Writing, text: &mut String) -> Option<()> {
    // No text holds the first of all characters, and no engine can write it.
    let ranges = || class.ranges().iter().filter(|range| range.end() > '\0');
    ranges().next()?;
    text.push('[');
    for range in ranges() {
        let start = range.start().max('\u{1}');
        text.push_str(&single(start, writing)?);
        if range.end() > start {
            text.push('-');
            text.push_str(&single(range.end(), writing)?);
        }
    }
    text.push(']');
    Some(())
}

/// A character that means itself everywhere as it is, any other by its number; `None` for one that no engine can write.
fn single(character: char, writing: Writing) -> Option<String> {
    Some(match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' | ' ' | '_' | '/' | '@' => character.to_string(),
        '\0' => return None,
        other => (writing.character)(other),
    })
}
