//! What all columns of one file have in common: what means missing, how numbers are written, how values name something.

use std::borrow::Cow;
use std::sync::Arc;

use super::block::{Block, Raw};
use super::config::DecimalMark;
use super::dates::DateReading;
use crate::calendar::{Day, Zone};
use crate::model::Model;
use crate::number::Number;

/// What all columns of one file have in common.
#[derive(Clone, Debug)]
pub(super) struct Habits {
    /// Texts that mean missing.
    pub(super) missing: Arc<[String]>,
    /// The decimal mark of numbers that are texts.
    pub(super) decimal: DecimalMark,
    /// The model's time zone.
    pub(super) zone: Zone,
}

impl Habits {
    /// Those of a file, under a model.
    pub(super) fn new(missing: &[String], decimal: DecimalMark, model: &Model) -> Habits {
        Habits {
            missing: missing.into(),
            decimal,
            zone: model.zone,
        }
    }

    /// Whether a trimmed text means that there is no value.
    #[inline]
    pub(super) fn means_missing(&self, text: &str) -> bool {
        text.is_empty() || self.missing.iter().any(|missing| missing.trim() == text)
    }

    /// A value that names something: an id, a kind of event. `None` where it is missing or no single value.
    #[inline]
    pub(super) fn name<'v>(&self, value: &'v Raw<'_>) -> Option<Cow<'v, str>> {
        let text = match value {
            Raw::Text(text) => Cow::Borrowed(trimmed(text)),
            Raw::Literal(text) => Cow::Borrowed(*text),
            Raw::Number(_) | Raw::LongNumber(_) | Raw::Boolean(_) | Raw::Day(_) | Raw::Moment(_) => value.written(),
            Raw::Missing | Raw::Array(_) | Raw::Other(_) => return None,
        };
        (!self.means_missing(&text)).then_some(text)
    }

    /// As [`name`](Self::name), of a value of a block.
    #[inline]
    pub(super) fn name_in<'b, B: Block>(&self, block: &'b B, row: usize, wanted: usize) -> Option<Cow<'b, str>> {
        match block.text(row, wanted) {
            Some(text) => self.name_text(text).map(Cow::Borrowed),
            None => self
                .name(&block.value(row, wanted))
                .map(|name| Cow::Owned(name.into_owned())),
        }
    }

    /// As [`name`](Self::name), of a text.
    #[inline]
    pub(super) fn name_text<'t>(&self, text: &'t str) -> Option<&'t str> {
        let text = trimmed(text);
        (!self.means_missing(text)).then_some(text)
    }

    /// The day of a row of a block, where its value is one.
    #[inline]
    pub(super) fn day_in<B: Block>(
        &self,
        block: &B,
        row: usize,
        wanted: usize,
        dates: &mut DateReading,
    ) -> Option<Day> {
        if let Some(text) = block.text(row, wanted) {
            return dates.day(self.name_text(text)?);
        }
        let value = block.value(row, wanted);
        let is_missing = !self.missing.is_empty() && self.means_missing(&value.written());
        match &value {
            _ if is_missing => None,
            Raw::Day(day) => Some(*day),
            Raw::Moment(moment) => dates.day_of(*moment),
            value => dates.day(&self.name(value)?),
        }
    }

    /// Whether a text is a number beyond the range of numbers.
    pub(super) fn is_beyond(&self, text: &str) -> bool {
        match self.decimal {
            DecimalMark::Comma => Number::is_beyond(&text.replacen(',', ".", 1)),
            DecimalMark::Point => Number::is_beyond(text),
        }
    }

    /// A number as the file writes it, a literal of JSON with a point.
    pub(super) fn number(&self, text: &str, is_literal: bool) -> Option<Number> {
        match self.decimal {
            DecimalMark::Comma if !is_literal => number_with_comma(text),
            DecimalMark::Comma | DecimalMark::Point => Number::parse(text),
        }
    }
}

/// A text without white space around it.
#[inline]
pub(super) fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

fn number_with_comma(text: &str) -> Option<Number> {
    if text.contains('.') {
        return None;
    }
    match text.contains(',') {
        true => Number::parse(&text.replacen(',', ".", 1)),
        false => Number::parse(text),
    }
}
