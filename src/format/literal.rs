//! Literals as text: canonical, but the groups of a number's digits stay as they are written.

use crate::number::Number;
use crate::source::{Source, Span};
use crate::syntax::tree::{Amount, Literal};
use crate::syntax::written_text;

/// A literal that stands at a place of the source.
pub(super) fn written(source: &Source, literal: &Literal, span: Span) -> String {
    match literal {
        Literal::Number(value) => number(source, *value, span),
        Literal::Percent(part) => percent(source, *part, span),
        Literal::Text(text) => written_text(text),
        Literal::Date(day) => day.to_string(),
        Literal::Boolean(value) => value.to_string(),
    }
}

/// What decay or fading takes.
pub(super) fn amount(source: &Source, amount: Amount, span: Span) -> String {
    match amount {
        Amount::Points(points) => number(source, points, span),
        Amount::Part(part) => percent(source, part, span),
    }
}

/// A number that stands at a place of the source.
pub(super) fn number(source: &Source, value: Number, span: Span) -> String {
    grouped(source, value, span).unwrap_or_else(|| value.to_string())
}

fn percent(source: &Source, part: Number, span: Span) -> String {
    let hundredfold = Number::saturating_from_units(i128::from(part.units()) * 100);
    format!("{}%", number(source, hundredfold, span))
}

/// The number with the `_` between its digits, where the source has some and says the same number.
fn grouped(source: &Source, value: Number, span: Span) -> Option<String> {
    let digits = source
        .slice(span)
        .trim_end_matches('%')
        .trim_start_matches(['+', '-', ' ', '\t']);
    let sign = if value < Number::ZERO { "-" } else { "" };
    let written = format!("{sign}{digits}");
    let same = Number::parse(&written.replace('_', "")) == Some(value);
    (digits.contains('_') && same).then_some(written)
}
