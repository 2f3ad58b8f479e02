//! Spark SQL, in its ANSI mode or not.

use crate::calendar::{Period, Unit, Zone};
use crate::model::Regex;

use super::super::dialect::{Dialect, SPACE_CLASS, WHITE_SPACE, folded_by_table, with_ligatures};
use super::super::folding::Alphabet;
use super::super::literals::{doubled, escaped, unicode_escape};
use super::super::piece::Piece;
use super::super::regular::{self, Writing};

#[derive(Debug)]
pub(in super::super) struct Spark;

impl Spark {
    /// A text folded in all its letters. Of its own the engine has no normal forms; the library that it brings has.
    fn folded_by_library(&self, text: &str) -> String {
        let normal = |to: &str, text: &str| format!("reflect('com.ibm.icu.text.Normalizer', '{to}', {text}, false)");
        let marks = self.text(r"[\x{300}-\x{36F}]+");
        let unmarked = format!("regexp_replace({}, {marks}, '')", normal("decompose", text));
        with_ligatures(&format!("lower({})", normal("compose", &unmarked)))
    }
}

impl Dialect for Spark {
    fn name(&self) -> &'static str {
        "spark"
    }

    fn title(&self) -> &'static str {
        "Spark"
    }

    fn quoted(&self, name: &str) -> String {
        doubled('`', name)
    }

    fn text(&self, text: &str) -> String {
        // What stands between `${` and `}` is replaced before anything is read, in literals too.
        format!("'{}'", escaped(text, unicode_escape).replace("${", r"\u0024{"))
    }

    fn long(&self, number: i64) -> String {
        format!("{number}L")
    }

    fn text_type(&self) -> &'static str {
        "STRING"
    }

    fn quotient(&self, dividend: &Piece, divisor: &Piece) -> Piece {
        Piece::product(dividend, "div", divisor)
    }

    fn trim(&self, text: &Piece) -> Piece {
        Piece::atom(format!("TRIM(BOTH {} FROM {})", self.text(WHITE_SPACE), text.bare()))
    }

    fn is_bare(&self, text: &str) -> Option<String> {
        Some(format!(
            "{text} BETWEEN '!' AND '~' AND right({text}, 1) BETWEEN '!' AND '~'"
        ))
    }

    fn fold(&self, text: &Piece, alphabet: &Alphabet) -> Piece {
        let text = text.bare();
        let folded = match alphabet.is_plain() {
            true => folded_by_table(self, text, alphabet),
            false => self.folded_by_library(text),
        };
        Piece::atom(format!(
            "CASE WHEN octet_length({text}) > char_length({text}) THEN {folded} ELSE lower({text}) END"
        ))
    }

    fn words(&self, folded: &Piece) -> Piece {
        let pattern = self.text(r"([^\p{L}\p{N}])");
        Piece::atom(format!(
            "concat(' ', regexp_replace({}, {pattern}, ' $1 '), ' ')",
            folded.bare()
        ))
    }

    fn contains(&self, text: &Piece, part: &Piece) -> Piece {
        Piece::call("contains", [text, part])
    }

    fn starts_with(&self, text: &Piece, part: &Piece) -> Piece {
        Piece::call("startswith", [text, part])
    }

    fn ends_with(&self, text: &Piece, part: &Piece) -> Piece {
        Piece::call("endswith", [text, part])
    }

    fn matches(&self, text: &Piece, regex: &Piece) -> Piece {
        Piece::call("regexp_like", [text, regex])
    }

    fn regex(&self, regex: &Regex) -> Option<String> {
        regular::written(regex, Writing::RE2)
    }

    fn after_last_at(&self, text: &Piece) -> Piece {
        Piece::atom(format!("substring_index({}, '@', -1)", text.bare()))
    }

    fn elements(&self, folded: &Piece, raw: &Piece) -> Piece {
        let (text, raw) = (folded.bare(), raw.bare());
        let between = self.text(&format!("[{SPACE_CLASS}]*;[{SPACE_CLASS}]*"));
        let any = self.text(&format!("[^;{SPACE_CLASS}]"));
        let parts = format!("concat(';', regexp_replace({text}, {between}, ';'), ';')");
        Piece::atom(format!("CASE WHEN regexp_like({raw}, {any}) THEN {parts} END"))
    }

    /// Its casts take the digits of other scripts too.
    fn decimal_in(&self, text: &Piece) -> Piece {
        let (text, trimmed) = (text.bare(), self.trim(text));
        let case = |text: &str| {
            format!("WHEN octet_length({text}) = char_length({text}) THEN TRY_CAST({text} AS DECIMAL(18, 4))")
        };
        Piece::atom(format!("CASE {} {} END", case(text), case(trimmed.bare())))
    }

    fn day_of_instant(&self, instant: &Piece, zone: Zone) -> Piece {
        let local = format!("CAST({} AS TIMESTAMP_NTZ)", instant.bare());
        Piece::atom(format!("CAST(convert_timezone('{}', {local}) AS DATE)", zone.name()))
    }

    fn today(&self, zone: Zone) -> Piece {
        Piece::atom(format!(
            "CAST(convert_timezone('{}', CAST(current_timestamp() AS TIMESTAMP_NTZ)) AS DATE)",
            zone.name()
        ))
    }

    fn minus(&self, day: &Piece, period: Period) -> Piece {
        let Period { count, unit } = period;
        let day = day.bare();
        Piece::atom(match unit {
            Unit::Day => format!("date_sub({day}, {count})"),
            Unit::Week => format!("date_sub({day}, {})", count * 7),
            Unit::Month => format!("add_months({day}, -{count})"),
            Unit::Year => format!("add_months({day}, -{})", count * 12),
        })
    }

    fn days_between(&self, first: &Piece, second: &Piece) -> Piece {
        Piece::call("datediff", [second, first])
    }

    fn count_where(&self, condition: &Piece) -> Piece {
        Piece::call("count_if", [condition])
    }

    fn wide_sum(&self, numbers: &Piece) -> Piece {
        Piece::atom(format!("SUM(CAST({} AS DECIMAL(28, 0)))", numbers.bare()))
    }

    fn decimal(&self, units: &Piece) -> Piece {
        Piece::atom(format!(
            "CAST(CAST({} AS DECIMAL(18, 0)) * 0.0001 AS DECIMAL(18, 4))",
            units.bare()
        ))
    }
}
