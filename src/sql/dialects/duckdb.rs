//! DuckDB.

use crate::calendar::Zone;
use crate::model::Regex;

use super::super::dialect::{Dialect, SPACE_CLASS, with_ligatures};
use super::super::folding::Alphabet;
use super::super::literals::{is_seen, plain_text};
use super::super::piece::{Binds, Piece};
use super::super::regular::{self, Writing};

#[derive(Debug)]
pub(in super::super) struct DuckDb;

/// Characters that `strip_accents` treats as folding does: of other scripts it takes away marks that mean something.
const STRIPPED: &str = r"\x{1}-\x{482}\x{48A}-\x{590}\x{1E00}-\x{20CF}\x{2100}-\x{2CEE}\x{2E00}-\x{3029}\x{3030}-\x{303F}\x{3100}-\x{A66E}\x{A700}-\x{A7FF}\x{AC00}-\x{D7FF}\x{F900}-\x{FB1C}\x{FF00}-\x{FFFF}\x{1F000}-\x{1FAFF}";

impl Dialect for DuckDb {
    fn name(&self) -> &'static str {
        "duckdb"
    }

    fn title(&self) -> &'static str {
        "DuckDB"
    }

    fn quotient(&self, dividend: &Piece, divisor: &Piece) -> Piece {
        Piece::product(dividend, "//", divisor)
    }

    fn long(&self, number: i64) -> String {
        format!("{number}::BIGINT")
    }

    /// Its literals have no escapes: characters that cannot be seen are put between them by their numbers. So is a
    /// backslash before a quote, which tools that look for the end of a statement take for an escape.
    fn text(&self, text: &str) -> String {
        let mut parts = Vec::new();
        let mut seen = String::new();
        for (at, character) in text.char_indices() {
            let behind = text.get(at..).unwrap_or_default();
            let is_before_quote = behind == "\\" || behind.starts_with("\\'");
            if is_seen(character) && !is_before_quote {
                seen.push(character);
                continue;
            }
            if !seen.is_empty() {
                parts.push(plain_text(&std::mem::take(&mut seen)));
            }
            parts.push(format!("chr({})", u32::from(character)));
        }
        if !seen.is_empty() || parts.is_empty() {
            parts.push(plain_text(&seen));
        }
        match parts.as_slice() {
            [one] => one.clone(),
            several => format!("({})", several.join(" || ")),
        }
    }

    fn trim(&self, text: &Piece) -> Piece {
        let text = text.bare();
        Piece::atom(format!(
            "regexp_replace({text}, '^[{SPACE_CLASS}]+|[{SPACE_CLASS}]+$', '', 'g')"
        ))
    }

    fn is_bare(&self, text: &str) -> Option<String> {
        Some(format!(
            "{text}[1] BETWEEN '!' AND '~' AND {text}[-1] BETWEEN '!' AND '~'"
        ))
    }

    fn fold(&self, text: &Piece, _: &Alphabet) -> Piece {
        let text = text.bare();
        let pieces = format!("regexp_extract_all({text}, '[{STRIPPED}]+|[^{STRIPPED}]+')");
        let stripped =
            format!("CASE WHEN regexp_matches(part, '^[{STRIPPED}]') THEN strip_accents(part) ELSE part END");
        let by_pieces =
            format!("nfc_normalize(array_to_string(list_transform({pieces}, lambda part: {stripped}), ''))");
        let without_marks = format!(
            "CASE WHEN regexp_matches({text}, '[^{STRIPPED}]') THEN {by_pieces} ELSE strip_accents({text}) END"
        );
        let folded = with_ligatures(&format!("lower({without_marks})"));
        Piece::atom(format!(
            "CASE WHEN strlen({text}) > length({text}) THEN {folded} ELSE lower({text}) END"
        ))
    }

    fn words(&self, folded: &Piece) -> Piece {
        let text = format!(
            r"' ' || regexp_replace({}, '([^\p{{L}}\p{{N}}])', ' \1 ', 'g') || ' '",
            folded.bare()
        );
        Piece::new(text, Binds::Sum)
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
        regular::written(regex, Writing::RE2)
    }

    fn after_last_at(&self, text: &Piece) -> Piece {
        Piece::atom(format!("split_part({}, '@', -1)", text.bare()))
    }

    fn elements(&self, folded: &Piece, raw: &Piece) -> Piece {
        let (text, raw) = (folded.bare(), raw.bare());
        let parts = format!("regexp_replace({text}, '[{SPACE_CLASS}]*;[{SPACE_CLASS}]*', ';', 'g')");
        Piece::atom(format!(
            "CASE WHEN regexp_matches({raw}, '[^;{SPACE_CLASS}]') THEN ';' || {parts} || ';' END"
        ))
    }

    /// Its casts take digits with `_` between them too.
    fn decimal_in(&self, text: &Piece) -> Piece {
        let (text, trimmed) = (text.bare(), self.trim(text));
        let cast = |text: &str| format!("TRY_CAST({text} AS DECIMAL(18, 4))");
        Piece::atom(format!(
            "CASE WHEN NOT contains({text}, '_') THEN COALESCE({}, {}) END",
            cast(text),
            cast(trimmed.bare())
        ))
    }

    /// A product of decimals has no more digits than they have.
    fn units_of_decimal(&self, column: &Piece) -> Piece {
        let decimal = format!("CAST(TRY_CAST({} AS DECIMAL(18, 4)) AS DECIMAL(24, 4))", column.bare());
        Piece::atom(format!("CAST({decimal} * 10000 AS BIGINT)"))
    }

    /// A cast would take texts, and leave out their offsets.
    fn day_of_local(&self, column: &Piece, _: Zone) -> Piece {
        Piece::atom(format!("CAST(date_trunc('day', {}) AS DATE)", column.bare()))
    }

    fn today(&self, zone: Zone) -> Piece {
        Piece::atom(format!("CAST(now() AT TIME ZONE '{}' AS DATE)", zone.name()))
    }

    fn days_between(&self, first: &Piece, second: &Piece) -> Piece {
        let text = format!("{} - {}", second.within(Binds::Sum), first.inside(Binds::Sum));
        Piece::new(text, Binds::Sum)
    }
}
