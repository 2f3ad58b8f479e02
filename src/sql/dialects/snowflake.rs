//! Snowflake.

use crate::calendar::{Period, Zone};
use crate::model::Regex;
use crate::text;

use super::super::dialect::{Dialect, WHITE_SPACE, escaped, unicode_escape};
use super::super::folding::{Alphabet, FoldTable, ranges};
use super::super::piece::{Binds, Piece};
use super::super::tree::{DayColumn, NumberColumn};

#[derive(Debug)]
pub(in super::super) struct Snowflake;

impl Dialect for Snowflake {
    fn name(&self) -> &'static str {
        "snowflake"
    }

    fn tells_capitals(&self) -> bool {
        true
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
        let text = text.bare();
        let table = FoldTable::new(alphabet, true);
        let several = table
            .several
            .iter()
            .fold(format!("LOWER({text})"), |text, (letter, folded)| {
                format!("REPLACE({text}, '{letter}', '{folded}')")
            });
        let (from, to) = table.translation();
        Piece::atom(format!(
            "TRANSLATE({several}, {}, {})",
            self.text(&from),
            self.text(&to)
        ))
    }

    fn words(&self, folded: &Piece) -> Piece {
        let class: String = ranges(text::is_word_character)
            .into_iter()
            .map(|(first, last)| {
                if first == last {
                    first.to_string()
                } else {
                    format!("{first}-{last}")
                }
            })
            .collect();
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

    fn matches(&self, text: &Piece, regex: &Piece) -> Piece {
        Piece::call("REGEXP_LIKE", [text, regex])
    }

    fn regex(&self, _: &Regex) -> Option<String> {
        None
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
        let column = column.bare();
        Piece::atom(match of {
            NumberColumn::Integer => {
                format!("CASE WHEN {column} BETWEEN -99999999999999 AND 99999999999999 THEN {column} * 10000 END")
            }
            NumberColumn::Decimal | NumberColumn::Any | NumberColumn::Text => {
                format!("CAST(TRY_CAST(CAST({column} AS VARCHAR) AS NUMBER(18, 4)) * 10000 AS NUMBER(38, 0))")
            }
        })
    }

    fn day_of(&self, column: &Piece, of: DayColumn, zone: Zone) -> Piece {
        let column = column.bare();
        Piece::atom(match of {
            DayColumn::Local => format!("CAST({column} AS DATE)"),
            DayColumn::Instant => format!("CAST(CONVERT_TIMEZONE('{}', {column}) AS DATE)", zone.name()),
        })
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
