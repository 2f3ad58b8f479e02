//! Snowflake.

use crate::calendar::{Period, Zone};
use crate::text;

use super::super::dialect::{Dialect, WHITE_SPACE, class_of, folded_by_table};
use super::super::folding::{Alphabet, ranges};
use super::super::literals::{escaped, is_reserved, is_word, unicode_escape};
use super::super::piece::{Binds, Piece};
use super::super::tree::NumberColumn;

#[derive(Debug)]
pub(in super::super) struct Snowflake;

impl Dialect for Snowflake {
    fn name(&self) -> &'static str {
        "snowflake"
    }

    /// Names without quotes are in capitals there; one that has to stand between them is written so.
    fn identifier(&self, name: &str) -> String {
        match (is_word(name), is_reserved(name)) {
            (true, false) => name.to_owned(),
            (true, true) => self.quoted(&name.to_uppercase()),
            (false, _) => self.quoted(name),
        }
    }

    fn column_key(&self, name: &str) -> String {
        match is_word(name) {
            true => name.to_uppercase(),
            false => name.to_owned(),
        }
    }

    fn title(&self) -> &'static str {
        "Snowflake"
    }

    fn text(&self, text: &str) -> String {
        format!("'{}'", escaped(text, unicode_escape))
    }

    fn normalises(&self) -> bool {
        false
    }

    /// Its divisions have places: what leaves no rest is divided, which is exact.
    fn quotient(&self, dividend: &Piece, divisor: &Piece) -> Piece {
        let (one, two) = (dividend.tight(), divisor.tight());
        Piece::atom(format!("CAST(({one} - MOD({one}, {two})) / {two} AS NUMBER(38, 0))"))
    }

    fn remainder(&self, dividend: &Piece, divisor: &Piece) -> Piece {
        Piece::call("MOD", [dividend, divisor])
    }

    fn trim(&self, text: &Piece) -> Piece {
        Piece::atom(format!("TRIM({}, {})", text.bare(), self.text(WHITE_SPACE)))
    }

    fn fold(&self, text: &Piece, alphabet: &Alphabet) -> Piece {
        Piece::atom(folded_by_table(self, text.bare(), alphabet))
    }

    fn words(&self, folded: &Piece) -> Piece {
        let class = class_of(ranges(text::is_word_character), String::from);
        let text = format!(
            r"' ' || REGEXP_REPLACE({}, '([^{class}])', ' \\1 ') || ' '",
            folded.bare()
        );
        Piece::new(text, Binds::Sum)
    }

    fn contains(&self, text: &Piece, part: &Piece) -> Piece {
        Piece::call("CONTAINS", [text, part])
    }

    fn starts_with(&self, text: &Piece, part: &Piece) -> Piece {
        Piece::call("STARTSWITH", [text, part])
    }

    fn ends_with(&self, text: &Piece, part: &Piece) -> Piece {
        Piece::call("ENDSWITH", [text, part])
    }

    fn after_last_at(&self, text: &Piece) -> Piece {
        Piece::atom(format!("SPLIT_PART({}, '@', -1)", text.bare()))
    }

    fn elements(&self, folded: &Piece, raw: &Piece) -> Piece {
        let (text, raw) = (folded.bare(), raw.bare());
        let space = WHITE_SPACE;
        let class = escaped(space, unicode_escape);
        let parts = format!("REGEXP_REPLACE({text}, '[{class}]*;[{class}]*', ';')");
        let any = format!("TRIM(REPLACE({raw}, ';', ''), '{class}') <> ''");
        Piece::atom(format!("CASE WHEN {any} THEN ';' || {parts} || ';' END"))
    }

    fn units(&self, column: &Piece, of: NumberColumn) -> Piece {
        match of {
            NumberColumn::Integer => self.units_of_integer(column),
            // Only texts are tried: of a number that is too great, the cast is an error.
            NumberColumn::Decimal | NumberColumn::Any => {
                let decimal = self.decimal_in(&self.as_text(column));
                Piece::atom(format!("CAST({} * 10000 AS {})", decimal.bare(), self.integer_type()))
            }
        }
    }

    fn day_of_instant(&self, instant: &Piece, zone: Zone) -> Piece {
        let local = format!("CONVERT_TIMEZONE('{}', {})", zone.name(), instant.bare());
        Piece::atom(format!("CAST({local} AS DATE)"))
    }

    fn today(&self, zone: Zone) -> Piece {
        Piece::atom(format!(
            "CAST(CONVERT_TIMEZONE('{}', CURRENT_TIMESTAMP()) AS DATE)",
            zone.name()
        ))
    }

    fn minus(&self, day: &Piece, period: Period) -> Piece {
        Piece::atom(format!(
            "DATEADD({}, -{}, {})",
            period.unit.word(),
            period.count,
            day.bare()
        ))
    }

    fn days_between(&self, first: &Piece, second: &Piece) -> Piece {
        Piece::atom(format!("DATEDIFF(day, {}, {})", first.bare(), second.bare()))
    }

    fn count_where(&self, condition: &Piece) -> Piece {
        Piece::call("COUNT_IF", [condition])
    }

    fn decimal(&self, units: &Piece) -> Piece {
        Piece::atom(format!("CAST({} * 0.0001 AS NUMBER(18, 4))", units.tight()))
    }
}
