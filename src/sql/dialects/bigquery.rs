//! BigQuery.

use crate::calendar::{Period, Zone};
use crate::model::Regex;

use super::super::dialect::{Dialect, SPACE_CLASS, with_ligatures};
use super::super::folding::Alphabet;
use super::super::literals::{escaped, unicode_escape};
use super::super::piece::{Binds, Piece};
use super::super::regular::{self, Writing};
use super::super::tree::Type;

#[derive(Debug)]
pub(in super::super) struct BigQuery;

impl BigQuery {
    fn replaced(&self, text: &str, pattern: &str, by: &str) -> String {
        format!("REGEXP_REPLACE({text}, {}, {})", self.text(pattern), self.text(by))
    }
}

impl Dialect for BigQuery {
    fn name(&self) -> &'static str {
        "bigquery"
    }

    fn title(&self) -> &'static str {
        "BigQuery"
    }

    fn quoted(&self, name: &str) -> String {
        format!("`{}`", name.replace('\\', r"\\").replace('`', r"\`"))
    }

    fn text(&self, text: &str) -> String {
        format!("'{}'", escaped(text, unicode_escape))
    }

    fn null(&self, of: Type) -> String {
        let name = match of {
            Type::Integer => "INT64",
            Type::Text => "STRING",
            Type::Boolean => "BOOL",
            Type::Day => "DATE",
            Type::Decimal => "NUMERIC",
        };
        format!("CAST(NULL AS {name})")
    }

    fn integer_type(&self) -> &'static str {
        "INT64"
    }

    fn text_type(&self) -> &'static str {
        "STRING"
    }

    fn values(&self, columns: &[String], rows: &str) -> String {
        let types: Vec<String> = columns.iter().map(|column| format!("{column} INT64")).collect();
        format!("SELECT * FROM UNNEST(ARRAY<STRUCT<{}>>[{rows}])", types.join(", "))
    }

    fn quotient(&self, dividend: &Piece, divisor: &Piece) -> Piece {
        Piece::call("DIV", [dividend, divisor])
    }

    fn remainder(&self, dividend: &Piece, divisor: &Piece) -> Piece {
        Piece::call("MOD", [dividend, divisor])
    }

    fn trim(&self, text: &Piece) -> Piece {
        Piece::atom(self.replaced(text.bare(), &format!("^[{SPACE_CLASS}]+|[{SPACE_CLASS}]+$"), ""))
    }

    fn fold(&self, text: &Piece, _: &Alphabet) -> Piece {
        let text = text.bare();
        let unmarked = self.replaced(&format!("NORMALIZE({text}, NFD)"), r"[\x{300}-\x{36F}]+", "");
        Piece::atom(with_ligatures(&format!("LOWER(NORMALIZE({unmarked}, NFC))")))
    }

    fn words(&self, folded: &Piece) -> Piece {
        Piece::atom(format!(
            "CONCAT(' ', {}, ' ')",
            self.replaced(folded.bare(), r"([^\p{L}\p{N}])", r" \1 ")
        ))
    }

    fn contains(&self, text: &Piece, part: &Piece) -> Piece {
        Piece::new(
            format!("STRPOS({}, {}) > 0", text.bare(), part.bare()),
            Binds::Comparison,
        )
    }

    fn ends_with(&self, text: &Piece, part: &Piece) -> Piece {
        Piece::call("ENDS_WITH", [text, part])
    }

    fn matches(&self, text: &Piece, regex: &Piece) -> Piece {
        Piece::call("REGEXP_CONTAINS", [text, regex])
    }

    fn regex(&self, regex: &Regex) -> Option<String> {
        regular::written(regex, Writing::RE2)
    }

    fn after_last_at(&self, text: &Piece) -> Piece {
        Piece::atom(format!("ARRAY_REVERSE(SPLIT({}, '@'))[OFFSET(0)]", text.bare()))
    }

    fn elements(&self, folded: &Piece, raw: &Piece) -> Piece {
        let (text, raw) = (folded.bare(), raw.bare());
        let parts = self.replaced(text, &format!("[{SPACE_CLASS}]*;[{SPACE_CLASS}]*"), ";");
        let any = self.text(&format!("[^;{SPACE_CLASS}]"));
        Piece::atom(format!(
            "CASE WHEN REGEXP_CONTAINS({raw}, {any}) THEN CONCAT(';', {parts}, ';') END"
        ))
    }

    fn decimal_in(&self, text: &Piece) -> Piece {
        Piece::atom(format!("SAFE_CAST({} AS BIGNUMERIC)", self.trim(text).bare()))
    }

    fn units_of_decimal(&self, column: &Piece) -> Piece {
        let exact = column.bare();
        let rounded = format!("CAST(SIGN({exact}) * FLOOR(ABS({exact}) * 10000 + NUMERIC '0.5') AS INT64)");
        Piece::atom(format!(
            "CASE WHEN ABS({exact}) < BIGNUMERIC '99999999999999.99995' THEN {rounded} END"
        ))
    }

    fn day_of_instant(&self, instant: &Piece, zone: Zone) -> Piece {
        Piece::atom(format!("DATE({}, '{}')", instant.bare(), zone.name()))
    }

    fn today(&self, zone: Zone) -> Piece {
        Piece::atom(format!("CURRENT_DATE('{}')", zone.name()))
    }

    fn minus(&self, day: &Piece, period: Period) -> Piece {
        Piece::atom(format!(
            "DATE_SUB({}, INTERVAL {} {})",
            day.bare(),
            period.count,
            period.unit.word().to_uppercase()
        ))
    }

    fn days_between(&self, first: &Piece, second: &Piece) -> Piece {
        Piece::atom(format!("DATE_DIFF({}, {}, DAY)", second.bare(), first.bare()))
    }

    fn count_where(&self, condition: &Piece) -> Piece {
        Piece::call("COUNTIF", [condition])
    }

    fn wide_sum(&self, numbers: &Piece) -> Piece {
        Piece::atom(format!("SUM(CAST({} AS BIGNUMERIC))", numbers.bare()))
    }

    fn decimal(&self, units: &Piece) -> Piece {
        let product = format!("CAST({} AS NUMERIC) * NUMERIC '0.0001'", units.bare());
        Piece::new(product, Binds::Product)
    }
}
