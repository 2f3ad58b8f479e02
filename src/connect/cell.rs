//! Values as files write them become cells of a type.

use std::borrow::Cow;
use std::sync::Arc;

use serde_json::value::RawValue;

use super::block::{Block, Coded, OfDistinct, Raw};
use super::choice::Choice;
use super::dates::{DateFormat, DateReading};
use super::habits::{Habits, trimmed};
use super::json_rows::raw;
use crate::table::{Cell, Column, Type};

/// What became of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is a cell.
    Known,
    /// There was none.
    Missing,
    /// It is none of its type, and missing from now on.
    Bad,
}

/// Reads the values of one column.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    habits: Habits,
    of: Kind,
    /// The distinct values of a coded column that were read, and which of them each is. Their texts are those of the
    /// column to which values were added last.
    distinct: Column,
    texts: Option<u64>,
    known: OfDistinct<(u32, Outcome)>,
}

#[derive(Clone, Debug)]
enum Kind {
    Text,
    Number,
    Boolean,
    Date(DateReading),
    List,
    OneOf(Choice),
}

impl Reading {
    /// Reads values of a type; `dates` says how they are written if they are dates.
    pub(super) fn new(of: &Type, habits: Habits, dates: Option<&DateFormat>) -> Reading {
        let distinct = Column::new(of);
        let of = match of {
            Type::Text => Kind::Text,
            Type::Number => Kind::Number,
            Type::Boolean => Kind::Boolean,
            Type::Date => Kind::Date(DateReading::new(dates, habits.zone)),
            Type::List => Kind::List,
            Type::OneOf(values) => Kind::OneOf(Choice::new(values)),
        };
        Reading {
            habits,
            of,
            distinct,
            texts: None,
            known: OfDistinct::default(),
        }
    }

    /// Adds a value to its column, as a missing one if it is missing or bad.
    pub(super) fn push(&mut self, value: &Raw<'_>, column: &mut Column) -> Outcome {
        let text = match value {
            Raw::Missing => return missing(column),
            Raw::Other(_) => return bad(column),
            Raw::Array(json) => return self.push_array(json, column),
            Raw::Text(text) => trimmed(text),
            Raw::Literal(text) => text,
            Raw::Number(_) | Raw::LongNumber(_) | Raw::Boolean(_) | Raw::Day(_) | Raw::Moment(_) => {
                return self.push_typed(value, column);
            }
        };
        self.push_text(text, matches!(value, Raw::Literal(_)), column)
    }

    #[inline]
    fn push_text(&mut self, text: &str, is_literal: bool, column: &mut Column) -> Outcome {
        let habits = &self.habits;
        if habits.means_missing(text) {
            return missing(column);
        }
        let cell = match &mut self.of {
            Kind::Text => Some(Cell::Text(text)),
            Kind::Number => habits.number(text, is_literal).map(Cell::Number),
            Kind::Boolean => boolean(text).map(Cell::Boolean),
            Kind::Date(reading) => reading.day(text).map(Cell::Date),
            Kind::OneOf(choice) => choice.declared(text).map(Cell::Text),
            Kind::List => return push_list(text, column),
        };
        match cell {
            Some(cell) => known(column, cell),
            None => bad(column),
        }
    }

    /// Adds the values of rows of a block. Those that are chosen, by their places in order, are read; the others are
    /// missing. Tells the rows of bad ones, and returns whether any value was there.
    pub(super) fn push_rows<B: Block>(
        &mut self,
        (block, wanted): (&B, usize),
        rows: &[u32],
        chosen: &[u32],
        column: &mut Column,
        mut bad: impl FnMut(u32),
    ) -> bool {
        let mut any = false;
        let mut tell = |row: u32, outcome: Outcome| {
            any |= outcome != Outcome::Missing;
            if outcome == Outcome::Bad {
                bad(row);
            }
        };
        let row_at = |at: &u32| rows.get(*at as usize).copied().unwrap_or(u32::MAX);
        if let Some(coded) = block.coded(wanted) {
            let places = self.push_distinct((block, wanted), coded, chosen.iter().map(row_at), column, tell);
            column.extend_own(rows.len(), &self.distinct, chosen, &places);
            return any;
        }
        let (first, mut next) = (column.len(), 0);
        for at in chosen {
            column.push_missing((at - next) as usize);
            next = at + 1;
            let row = row_at(at);
            tell(row, self.push_from(block, row as usize, wanted, column));
        }
        column.push_missing(first + rows.len() - column.len());
        any
    }

    /// Reads the distinct values of rows of a coded column, each when it is first met. Returns where each of the rows finds
    /// its value among them.
    fn push_distinct<B: Block>(
        &mut self,
        (block, wanted): (&B, usize),
        coded: Coded<'_>,
        rows: impl ExactSizeIterator<Item = u32>,
        column: &mut Column,
        mut tell: impl FnMut(u32, Outcome),
    ) -> Vec<u32> {
        let mut known = std::mem::take(&mut self.known);
        if self.texts != column.texts() {
            self.texts = column.texts();
            known.forget();
        }
        if !known.renew(coded) {
            self.distinct = self.distinct.emptied();
        }
        // The texts are those of the column, so that their codes can be taken as they are.
        column.swap_rows(&mut self.distinct);
        let places = rows.map(|row| {
            let found = known.of(coded, row, || {
                let outcome = self.push_from(block, row as usize, wanted, column);
                (column.len() as u32 - 1, outcome)
            });
            let (place, outcome) = found.unwrap_or((u32::MAX, Outcome::Missing));
            tell(row, outcome);
            place
        });
        let places = places.collect();
        column.swap_rows(&mut self.distinct);
        self.known = known;
        places
    }

    /// Adds the value of a row of a block, as [`push`](Self::push) does.
    #[inline]
    fn push_from<B: Block>(&mut self, block: &B, row: usize, wanted: usize, column: &mut Column) -> Outcome {
        match block.text(row, wanted) {
            Some(text) => self.push_text(trimmed(text), false, column),
            None => self.push(&block.value(row, wanted), column),
        }
    }

    /// Adds a value of a typed column: as it is where it has the type, else as it would be written.
    fn push_typed(&mut self, value: &Raw<'_>, column: &mut Column) -> Outcome {
        if !self.habits.missing.is_empty() && self.habits.means_missing(&value.written()) {
            return missing(column);
        }
        match (&self.of, value) {
            (Kind::Number, Raw::Number(number)) => known(column, Cell::Number(*number)),
            (Kind::Boolean, Raw::Boolean(value)) => known(column, Cell::Boolean(*value)),
            (Kind::Date(_), Raw::Day(day)) => known(column, Cell::Date(*day)),
            (Kind::Date(reading), Raw::Moment(moment)) => match reading.day_of(*moment) {
                Some(day) => known(column, Cell::Date(day)),
                None => bad(column),
            },
            (_, value) => {
                let written = value.written();
                self.push(&Raw::Literal(&written), column)
            }
        }
    }

    fn push_array(&self, json: &str, column: &mut Column) -> Outcome {
        match self.of {
            Kind::List => push_elements(json, column).unwrap_or_else(|| bad(column)),
            Kind::Text | Kind::Number | Kind::Boolean | Kind::Date(_) | Kind::OneOf(_) => bad(column),
        }
    }

    /// What a bad value, as it is written, is not.
    pub(super) fn complaint(&self, written: &str) -> String {
        match &self.of {
            Kind::Text => "not a text".to_owned(),
            Kind::Number if self.habits.is_beyond(written) => {
                "beyond the range of numbers, which ends below 100,000,000,000,000".to_owned()
            }
            Kind::Number => "not a number".to_owned(),
            Kind::Boolean => "not true or false".to_owned(),
            Kind::Date(reading) => reading.complaint(written),
            Kind::List => "not a list of texts".to_owned(),
            Kind::OneOf(choice) => format!("not {}", Type::OneOf(Arc::clone(&choice.declared))),
        }
    }
}

fn known(column: &mut Column, cell: Cell<'_>) -> Outcome {
    column.push(cell);
    Outcome::Known
}

fn missing(column: &mut Column) -> Outcome {
    column.push(Cell::Missing);
    Outcome::Missing
}

fn bad(column: &mut Column) -> Outcome {
    column.push(Cell::Missing);
    Outcome::Bad
}

fn boolean(text: &str) -> Option<bool> {
    let is_one_of = |words: [&str; 4]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    match text {
        _ if is_one_of(["true", "yes", "oui", "1"]) => Some(true),
        _ if is_one_of(["false", "no", "non", "0"]) => Some(false),
        _ => None,
    }
}

/// A list in a cell: a JSON array, or texts between semicolons.
fn push_list(text: &str, column: &mut Column) -> Outcome {
    if text.starts_with('[')
        && let Some(outcome) = push_elements(text, column)
    {
        return outcome;
    }
    let parts: Vec<&str> = text.split(';').map(str::trim).filter(|part| !part.is_empty()).collect();
    push_parts(&parts, column)
}

/// The elements of a JSON array; `None`, and nothing pushed, where it is no array of single values.
fn push_elements(json: &str, column: &mut Column) -> Option<Outcome> {
    let elements: Vec<&RawValue> = serde_json::from_str(json).ok()?;
    let texts = elements.iter().map(|element| match raw(element.get()) {
        Raw::Missing => Some(Cow::Borrowed("")),
        Raw::Text(text) => Some(text),
        Raw::Literal(text) => Some(Cow::Borrowed(text)),
        // What stands in JSON text is not typed.
        Raw::Number(_) | Raw::LongNumber(_) | Raw::Boolean(_) | Raw::Day(_) | Raw::Moment(_) => None,
        Raw::Array(_) | Raw::Other(_) => None,
    });
    let texts: Vec<Cow<'_, str>> = texts.collect::<Option<_>>()?;
    let parts: Vec<&str> = texts
        .iter()
        .map(|text| text.trim())
        .filter(|part| !part.is_empty())
        .collect();
    Some(push_parts(&parts, column))
}

fn push_parts(parts: &[&str], column: &mut Column) -> Outcome {
    match parts {
        [] => missing(column),
        parts => known(column, Cell::List(parts)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::dates::Moment;
    use super::*;
    use crate::calendar::Zone;
    use crate::connect::config::DecimalMark;
    use crate::number::Number;

    fn habits(decimal: DecimalMark) -> Habits {
        Habits {
            missing: ["Select".to_owned(), " N/A".to_owned()].into(),
            decimal,
            zone: Zone::named("Europe/Paris").unwrap(),
        }
    }

    /// What a value becomes, `?` for a bad one.
    fn read(of: &Type, value: Raw<'_>) -> Option<String> {
        let mut column = Column::new(of);
        let outcome = Reading::new(of, habits(DecimalMark::Point), None).push(&value, &mut column);
        assert_eq!(column.len(), 1);
        match outcome {
            Outcome::Bad => Some("?".to_owned()),
            Outcome::Known | Outcome::Missing => column.display(0),
        }
    }

    fn text(text: &str) -> Raw<'_> {
        Raw::Text(text.into())
    }

    #[test]
    fn blanks_and_configured_texts_are_missing() {
        for value in ["", " \t", "\u{a0}", "Select", " Select ", "N/A"] {
            assert_eq!(read(&Type::Text, text(value)), None, "{value:?}");
        }
        assert_eq!(read(&Type::Text, text("select")).as_deref(), Some("select"));
        assert_eq!(read(&Type::Number, text("N/A")), None);
        assert_eq!(read(&Type::Text, Raw::Missing), None);
    }

    #[test]
    fn a_text_is_trimmed_and_literals_are_as_they_are_written() {
        assert_eq!(read(&Type::Text, text(" Chef \n")).as_deref(), Some("Chef"));
        assert_eq!(read(&Type::Text, Raw::Literal("12.50")).as_deref(), Some("12.50"));
        assert_eq!(read(&Type::Text, Raw::Literal("true")).as_deref(), Some("true"));
        assert_eq!(read(&Type::Text, Raw::Array("[\"a\"]")).as_deref(), Some("?"));
        assert_eq!(read(&Type::Text, Raw::Other("{}")).as_deref(), Some("?"));
    }

    #[test]
    fn numbers_are_read_with_their_decimal_mark() {
        assert_eq!(read(&Type::Number, text(" 1e3 ")).as_deref(), Some("1000"));
        assert_eq!(read(&Type::Number, Raw::Literal("0.00005")).as_deref(), Some("0.0001"));
        for value in ["1e400", "1,5", "1 000", "NaN", "true", "0x1"] {
            assert_eq!(read(&Type::Number, text(value)).as_deref(), Some("?"), "{value}");
        }
        let comma = habits(DecimalMark::Comma);
        let units = |value, is_literal| comma.number(value, is_literal).map(Number::units);
        assert_eq!(units("2,5", false), Some(25_000));
        assert_eq!(units("2", false), Some(20_000));
        assert_eq!(units("2.5", false), None);
        assert_eq!(units("1,000,5", false), None);
        assert_eq!(units("2.5", true), Some(25_000));
    }

    #[test]
    fn booleans_come_in_two_languages_and_any_case() {
        for value in ["true", "YES", "Oui", "1"] {
            assert_eq!(read(&Type::Boolean, text(value)).as_deref(), Some("true"), "{value}");
        }
        for value in ["False", "no", "NON", "0"] {
            assert_eq!(read(&Type::Boolean, text(value)).as_deref(), Some("false"), "{value}");
        }
        assert_eq!(read(&Type::Boolean, Raw::Literal("false")).as_deref(), Some("false"));
        assert_eq!(read(&Type::Boolean, text("2")).as_deref(), Some("?"));
        assert_eq!(read(&Type::Boolean, text("vrai")).as_deref(), Some("?"));
    }

    #[test]
    fn dates_are_days_of_the_zone() {
        assert_eq!(
            read(&Type::Date, text("2026-11-01T23:30:00Z")).as_deref(),
            Some("2026-11-02")
        );
        assert_eq!(
            read(&Type::Date, Raw::Literal("1762000000000")).as_deref(),
            Some("2025-11-01")
        );
        assert_eq!(read(&Type::Date, text("01/11/2026")).as_deref(), Some("?"));
    }

    #[test]
    fn lists_are_arrays_or_parts_between_semicolons() {
        for (value, list) in [
            (text("a; b ;;c"), Some("a; b; c")),
            (text("a, b"), Some("a, b")),
            (text("[\"a\", \" b\\u00e9 \", \"\", null, 3]"), Some("a; bé; 3")),
            (text("[draft] x; y"), Some("[draft] x; y")),
            (Raw::Array("[\"a\"]"), Some("a")),
            (Raw::Literal("12"), Some("12")),
            (text(" ; "), None),
            (text("[]"), None),
            (Raw::Array("[null]"), None),
            (Raw::Array("[[\"a\"]]"), Some("?")),
            (Raw::Other("{}"), Some("?")),
        ] {
            assert_eq!(read(&Type::List, value.clone()).as_deref(), list, "{value:?}");
        }
    }

    #[test]
    fn one_of_takes_the_declared_spelling() {
        let of = Type::OneOf(["Énergie".to_owned(), "Services".to_owned()].into());
        let mut reading = Reading::new(&of, habits(DecimalMark::Point), None);
        let mut column = Column::new(&of);
        for value in ["ENERGIE", "Services", "ENERGIE", "énergie"] {
            assert_eq!(reading.push(&text(value), &mut column), Outcome::Known);
        }
        assert_eq!(reading.push(&text("Service"), &mut column), Outcome::Bad);
        assert_eq!(reading.push(&text("Service"), &mut column), Outcome::Bad);
        let shown: Vec<_> = (0..5).filter_map(|row| column.display(row)).collect();
        assert_eq!(shown, ["Énergie", "Services", "Énergie", "Énergie"]);
        assert_eq!(reading.complaint("Service"), "not one of \"Énergie\", \"Services\"");
    }

    /// A block of one moment.
    struct At(Moment);

    impl Block for At {
        type Events = super::super::block::NoEvents;

        fn rows(&self) -> usize {
            1
        }

        fn value(&self, _: usize, _: usize) -> Raw<'_> {
            Raw::Moment(self.0)
        }

        fn line(&self, _: usize) -> u64 {
            1
        }
    }

    #[test]
    fn a_moment_may_be_written_as_what_means_missing() {
        let mut habits = habits(DecimalMark::Point);
        let block = At(Moment {
            seconds: 0,
            is_instant: true,
        });
        let mut dates = DateReading::new(None, habits.zone);
        assert!(habits.day_in(&block, 0, 0, &mut dates).is_some());
        habits.missing = ["1970-01-01T00:00:00Z".to_owned()].into();
        assert_eq!(habits.day_in(&block, 0, 0, &mut dates), None);
    }
}
