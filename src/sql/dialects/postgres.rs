//! PostgreSQL.

use crate::calendar::Zone;
use crate::model::Regex;

use super::super::dialect::{Dialect, SPACE_CLASS_PG, WHITE_SPACE, class_of, with_ligatures};
use super::super::folding::{Alphabet, ranges};
use super::super::literals::{has_backslash_before_quote, is_seen, plain_text, unicode_escape};
use super::super::names::cut;
use super::super::piece::{Binds, Piece};
use super::super::regular::{self, Writing};

#[derive(Debug)]
pub(in super::super) struct Postgres;

/// How its regular expressions are written.
const WRITING: Writing = Writing {
    character: numbered,
    ends: ["^", "$"],
    most_repeated: 255,
};

fn numbered(character: char) -> String {
    format!("\\U{:08X}", u32::from(character))
}

impl Dialect for Postgres {
    fn name(&self) -> &'static str {
        "postgres"
    }

    /// Longer names are cut.
    fn column_key(&self, name: &str) -> String {
        cut(name, 63).to_owned()
    }

    fn title(&self) -> &'static str {
        "PostgreSQL"
    }

    fn text(&self, text: &str) -> String {
        if text.chars().all(is_seen) && !has_backslash_before_quote(text) {
            return plain_text(text);
        }
        let escaped = text.chars().map(|character| match character {
            '\'' => "''".to_owned(),
            '\\' => r"\\".to_owned(),
            other if is_seen(other) => other.to_string(),
            other => unicode_escape(other),
        });
        format!("E'{}'", escaped.collect::<String>())
    }

    fn text_type(&self) -> &'static str {
        "text"
    }

    /// Otherwise named rows are put in the place of their names, and what is read twice is computed twice. Rows that name others
    /// are not; `MATERIALIZED` and `OFFSET 0` would do the same, but let no other process help.
    fn fence(&self) -> &'static str {
        "WITH leadscore_fence AS (SELECT 1)\n"
    }

    fn long(&self, number: i64) -> String {
        format!("{number}::bigint")
    }

    fn settings(&self) -> &'static str {
        // A notice that a table is there already would stand before what is wrong.
        "SET LOCAL standard_conforming_strings = on;\n\
         SET LOCAL extra_float_digits = 1;\n\
         SET LOCAL DateStyle = ISO;\n\
         SET LOCAL client_min_messages = warning;\n"
    }

    fn lock(&self, table: &str) -> Option<String> {
        Some(format!("LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE"))
    }

    /// In some languages the letters of ASCII have other lower cases.
    fn lower(&self, text: &Piece) -> Piece {
        Piece::atom(format!("lower({} COLLATE \"C\")", text.tight()))
    }

    fn trim(&self, text: &Piece) -> Piece {
        Piece::atom(format!("btrim({}, {})", text.bare(), self.text(WHITE_SPACE)))
    }

    fn is_bare(&self, text: &str) -> Option<String> {
        let is_seen = |character: &str| format!("ascii({character}) BETWEEN 33 AND 126");
        let last = format!("right({text}, 1)");
        Some(format!("{} AND {}", is_seen(text), is_seen(&last)))
    }

    fn fold(&self, text: &Piece, _: &Alphabet) -> Piece {
        let text = text.bare();
        let unmarked = format!(r"normalize(regexp_replace(normalize({text}, NFD), '[\u0300-\u036f]+', '', 'g'), NFC)");
        let folded = with_ligatures(&format!("lower({unmarked} COLLATE \"und-x-icu\")"));
        Piece::atom(format!(
            "CASE WHEN octet_length({text}) > char_length({text}) THEN {folded} COLLATE \"C\" ELSE lower({text} COLLATE \"C\") END"
        ))
    }

    fn words(&self, folded: &Piece) -> Piece {
        // Its letters and digits are those of Unicode but for numbers that are no digits.
        let numbers = class_of(
            ranges(|character| character.is_numeric() && !character.is_ascii()),
            numbered,
        );
        let text = format!(
            r#"' ' || regexp_replace({} COLLATE "und-x-icu", '([^[:alnum:]{numbers}])', ' \1 ', 'g') COLLATE "C" || ' '"#,
            folded.tight()
        );
        Piece::new(text, Binds::Sum)
    }

    fn contains(&self, text: &Piece, part: &Piece) -> Piece {
        Piece::new(
            format!("strpos({}, {}) > 0", text.bare(), part.bare()),
            Binds::Comparison,
        )
    }

    fn ends_with(&self, text: &Piece, part: &Piece) -> Piece {
        let text = format!("right({}, length({part})) = {part}", text.bare(), part = part.bare());
        Piece::new(text, Binds::Comparison)
    }

    fn matches(&self, text: &Piece, regex: &Piece) -> Piece {
        let text = format!(
            "{} ~ {}",
            text.inside(Binds::Comparison),
            regex.inside(Binds::Comparison)
        );
        Piece::new(text, Binds::Comparison)
    }

    fn regex(&self, regex: &Regex) -> Option<String> {
        regular::written(regex, WRITING)
    }

    fn after_last_at(&self, text: &Piece) -> Piece {
        Piece::atom(format!("split_part({}, '@', -1)", text.bare()))
    }

    fn elements(&self, folded: &Piece, raw: &Piece) -> Piece {
        let (text, raw) = (folded.tight(), raw.tight());
        let parts = format!("regexp_replace({text}, '[{SPACE_CLASS_PG}]*;[{SPACE_CLASS_PG}]*', ';', 'g')");
        Piece::atom(format!(
            "CASE WHEN {raw} ~ '[^;{SPACE_CLASS_PG}]' THEN ';' || {parts} || ';' END"
        ))
    }

    /// No cast of its own gives nothing for what is no number: the number between white space is cut out of the text.
    fn decimal_in(&self, text: &Piece) -> Piece {
        let number = r"([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?)";
        Piece::atom(format!(
            "CAST(substring({} FROM '^[{SPACE_CLASS_PG}]*{number}[{SPACE_CLASS_PG}]*$') AS numeric)",
            text.bare()
        ))
    }

    /// Whatever is beyond the range, NaN and the infinities included, is not less than its end.
    fn units_of_decimal(&self, column: &Piece) -> Piece {
        let number = column.bare();
        let units = format!("CAST(CAST({number} AS numeric(18, 4)) * 10000 AS bigint)");
        Piece::atom(format!(
            "CASE WHEN abs({number}) < 99999999999999.99995 THEN {units} END"
        ))
    }

    /// A cast would take texts, and leave out their offsets.
    fn day_of_local(&self, column: &Piece, _: Zone) -> Piece {
        Piece::atom(format!("CAST(date_trunc('day', {}) AS DATE)", column.bare()))
    }

    fn today(&self, zone: Zone) -> Piece {
        Piece::atom(format!("CAST(now() AT TIME ZONE '{}' AS date)", zone.name()))
    }

    fn days_between(&self, first: &Piece, second: &Piece) -> Piece {
        let text = format!("{} - {}", second.within(Binds::Sum), first.inside(Binds::Sum));
        Piece::new(text, Binds::Sum)
    }

    fn month_number(&self, day: &Piece) -> Piece {
        let day = day.bare();
        Piece::atom(format!(
            "CAST(12 * date_part('year', {day}) + date_part('month', {day}) AS bigint)"
        ))
    }

    fn day_of_month(&self, day: &Piece) -> Piece {
        Piece::atom(format!("CAST(date_part('day', {}) AS bigint)", day.bare()))
    }

    fn year(&self, day: &Piece) -> Piece {
        Piece::atom(format!("CAST(date_part('year', {}) AS bigint)", day.bare()))
    }

    fn wide_quotient(&self, dividend: &Piece, divisor: &Piece) -> Piece {
        Piece::call("div", [dividend, divisor])
    }
}
