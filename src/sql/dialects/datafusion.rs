//! DataFusion.

use crate::calendar::Zone;
use crate::model::Regex;

use super::super::dialect::{Dialect, SPACE_CLASS, WHITE_SPACE, folded_by_table};
use super::super::folding::Alphabet;
use super::super::literals::{escaped, is_seen, plain_text, unicode_escape};
use super::super::piece::{Binds, Piece};
use super::super::regular::{self, Writing};

#[derive(Debug)]
pub(in super::super) struct DataFusion;

impl Dialect for DataFusion {
    fn name(&self) -> &'static str {
        "datafusion"
    }

    fn column_key(&self, name: &str) -> String {
        name.to_owned()
    }

    fn title(&self) -> &'static str {
        "DataFusion"
    }

    fn text(&self, text: &str) -> String {
        match text.chars().all(is_seen) {
            true => plain_text(text),
            false => format!("E'{}'", escaped(text, unicode_escape)),
        }
    }

    fn normalises(&self) -> bool {
        false
    }

    fn trim(&self, text: &Piece) -> Piece {
        Piece::atom(format!("btrim({}, {})", text.bare(), self.text(WHITE_SPACE)))
    }

    fn fold(&self, text: &Piece, alphabet: &Alphabet) -> Piece {
        let text = text.bare();
        let folded = folded_by_table(self, text, alphabet);
        Piece::atom(format!(
            "CASE WHEN octet_length({text}) > character_length({text}) THEN {folded} ELSE lower({text}) END"
        ))
    }

    fn words(&self, folded: &Piece) -> Piece {
        Piece::atom(format!(
            r"concat(' ', regexp_replace({}, '([^\p{{L}}\p{{N}}])', ' $1 ', 'g'), ' ')",
            folded.bare()
        ))
    }

    fn contains(&self, text: &Piece, part: &Piece) -> Piece {
        Piece::call("contains", [text, part])
    }

    fn ends_with(&self, text: &Piece, part: &Piece) -> Piece {
        Piece::call("ends_with", [text, part])
    }

    fn matches(&self, text: &Piece, regex: &Piece) -> Piece {
        Piece::call("regexp_like", [text, regex])
    }

    fn regex(&self, regex: &Regex) -> Option<String> {
        // It is the same library.
        regular::written(regex, Writing::RE2).or_else(|| Some(format!("(?i){}", regex.0.as_str())))
    }

    fn after_last_at(&self, text: &Piece) -> Piece {
        Piece::atom(format!("split_part({}, '@', -1)", text.bare()))
    }

    fn elements(&self, folded: &Piece, raw: &Piece) -> Piece {
        let (text, raw) = (folded.bare(), raw.bare());
        let parts = format!("regexp_replace({text}, '[{SPACE_CLASS}]*;[{SPACE_CLASS}]*', ';', 'g')");
        Piece::atom(format!(
            "CASE WHEN regexp_like({raw}, '[^;{SPACE_CLASS}]') THEN concat(';', {parts}, ';') END"
        ))
    }

    /// Its casts know no exponents, which floats have where they are small or great: what has one is read by the shortest
    /// decimal of its float.
    fn decimal_in(&self, text: &Piece) -> Piece {
        let trimmed = self.trim(text);
        let text = trimmed.bare();
        let float = format!("TRY_CAST({text} AS DOUBLE)");
        Piece::atom(format!(
            "CASE WHEN strpos(lower({text}), 'e') = 0 THEN TRY_CAST({text} AS DECIMAL(18, 4)) \
             WHEN abs({float}) < 0.00005 THEN 0 \
             WHEN abs({float}) < 0.0001 THEN 0.0001 * signum({float}) \
             ELSE TRY_CAST(CAST({float} AS VARCHAR) AS DECIMAL(18, 4)) END"
        ))
    }

    fn day_of_instant(&self, instant: &Piece, zone: Zone) -> Piece {
        let local = format!("to_local_time({} AT TIME ZONE '{}')", instant.bare(), zone.name());
        Piece::atom(format!("CAST({local} AS DATE)"))
    }

    fn today(&self, zone: Zone) -> Piece {
        // What `now` gives has no time zone as long as the session has none, and is in UTC.
        Piece::atom(format!(
            "CAST(to_local_time(now() AT TIME ZONE 'UTC' AT TIME ZONE '{}') AS DATE)",
            zone.name()
        ))
    }

    fn has_dbt_adapter(&self) -> bool {
        false
    }

    fn days_between(&self, first: &Piece, second: &Piece) -> Piece {
        let number = |day: &Piece| format!("CAST(CAST({} AS INTEGER) AS BIGINT)", day.bare());
        Piece::new(format!("{} - {}", number(second), number(first)), Binds::Sum)
    }

    fn month_number(&self, day: &Piece) -> Piece {
        let day = day.bare();
        Piece::atom(format!(
            "CAST(12 * date_part('year', {day}) + date_part('month', {day}) AS BIGINT)"
        ))
    }

    fn day_of_month(&self, day: &Piece) -> Piece {
        Piece::atom(format!("CAST(date_part('day', {}) AS BIGINT)", day.bare()))
    }

    fn year(&self, day: &Piece) -> Piece {
        Piece::atom(format!("CAST(date_part('year', {}) AS BIGINT)", day.bare()))
    }

    fn wide_sum(&self, numbers: &Piece) -> Piece {
        Piece::atom(format!("SUM(CAST({} AS DECIMAL(28, 0)))", numbers.bare()))
    }

    fn wide_quotient(&self, dividend: &Piece, divisor: &Piece) -> Piece {
        let (one, two) = (dividend.tight(), divisor.tight());
        Piece::atom(format!("CAST(({one} - {one} % {two}) / {two} AS BIGINT)"))
    }

    fn decimal(&self, units: &Piece) -> Piece {
        let text = format!(
            "CAST({} AS DECIMAL(18, 0)) * CAST('0.0001' AS DECIMAL(5, 4))",
            units.bare()
        );
        Piece::new(text, Binds::Product)
    }
}
