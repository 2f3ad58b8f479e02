//! PostgreSQL.

use crate::calendar::Zone;
use crate::model::Regex;

use super::super::dialect::Dialect;
use super::super::piece::{Binds, Piece};
use super::super::regex::{self, Writing};
use super::super::tree::{DayColumn, NumberColumn};

#[derive(Debug)]
pub(in super::super) struct Postgres;

impl Dialect for Postgres {
    fn name(&self) -> &'static str {
        "postgres"
    }

    fn title(&self) -> &'static str {
        "PostgreSQL"
    }

    fn quotient(&self, dividend: &Piece, divisor: &Piece) -> Piece {
        Piece::product(dividend, "//", divisor)
    }

    fn trim(&self, text: &Piece) -> Piece {
        let text = format!("TRIM({}, {})", text.bare(), self.text(super::super::dialect::WHITE_SPACE));
        Piece::atom(text)
    }

    fn fold(&self, text: &Piece) -> Piece {
        Piece::atom(format!("strip_accents(lower({}))", text.bare()))
    }

    fn words(&self, folded: &Piece) -> Piece {
        Piece::atom(format!(r"' ' || regexp_replace({}, '([^\p{{L}}\p{{N}}])', ' \1 ', 'g') || ' '", folded.bare()))
    }

    fn contains(&self, text: &Piece, part: &Piece) -> Piece {
        Piece::call("contains", [text, part])
    }

    fn ends_with(&self, text: &Piece, part: &Piece) -> Piece {
        Piece::call("suffix", [text, part])
    }

    fn matches(&self, text: &Piece, regex: &Piece) -> Piece {
        Piece::call("regexp_matches", [text, regex])
    }

    fn regex(&self, regex: &Regex) -> Option<String> {
        regex::written(regex, Writing::RE2)
    }

    fn after_last_at(&self, text: &Piece) -> Piece {
        Piece::atom(format!("split_part({}, '@', -1)", text.bare()))
    }

    fn elements(&self, folded: &Piece) -> Piece {
        let _ = folded;
        Piece::atom("")
    }

    fn units(&self, column: &Piece, of: NumberColumn) -> Piece {
        let column = column.bare();
        Piece::atom(match of {
            NumberColumn::Integer => format!("({column} * 10000)"),
            NumberColumn::Decimal => format!("CAST({column} * 10000 AS BIGINT)"),
            NumberColumn::Any | NumberColumn::Text => {
                format!("CAST(TRY_CAST(CAST({column} AS VARCHAR) AS DECIMAL(18, 4)) * 10000 AS BIGINT)")
            }
        })
    }

    fn day_of(&self, column: &Piece, of: DayColumn, zone: Zone) -> Piece {
        let column = column.bare();
        Piece::atom(match of {
            DayColumn::Local => format!("CAST({column} AS DATE)"),
            DayColumn::Instant => format!("CAST({column} AT TIME ZONE '{}' AS DATE)", zone.name()),
        })
    }

    fn today(&self, zone: Zone) -> Piece {
        Piece::atom(format!("CAST(now() AT TIME ZONE '{}' AS DATE)", zone.name()))
    }

    fn days_between(&self, first: &Piece, second: &Piece) -> Piece {
        let text = format!("{} - {}", second.within(Binds::Sum), first.inside(Binds::Sum));
        Piece::new(text, Binds::Sum)
    }
}
