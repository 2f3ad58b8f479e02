//! What dialects of SQL say differently: a trait of small answers, with those of the standard where there are any.
//!
//! What every answer has to mean stands at the [function](super::tree::Function) that it spells.

use crate::calendar::{Day, Period, Unit, Zone};
use crate::model::Regex;

use super::dialects;
use super::folding::{Alphabet, FoldTable};
use super::literals::{doubled, is_reserved, is_word};
use super::piece::{Binds, Piece};
use super::tree::{DayColumn, NumberColumn, Type};

/// All dialects, in the order in which they are told of.
pub(super) const DIALECTS: [&dyn Dialect; 8] = [
    &dialects::DuckDb,
    &dialects::Postgres,
    &dialects::Spark,
    &dialects::ClickHouse,
    &dialects::DataFusion,
    &dialects::Sqlite,
    &dialects::Snowflake,
    &dialects::BigQuery,
];

/// A dialect of SQL.
pub(super) trait Dialect: std::fmt::Debug + Sync {
    /// Its name on the command line.
    fn name(&self) -> &'static str;

    /// The name of its engine, for people.
    fn title(&self) -> &'static str;

    /// A name of a column or table between quotes.
    fn quoted(&self, name: &str) -> String {
        doubled('"', name)
    }

    /// A name of a column or table; without quotes where it means the same everywhere.
    fn identifier(&self, name: &str) -> String {
        match is_word(name) && !is_reserved(name) {
            true => name.to_owned(),
            false => self.quoted(name),
        }
    }

    /// A literal text. Characters that cannot be seen are never in it as they are.
    fn text(&self, text: &str) -> String;

    /// A literal whole number.
    fn integer(&self, number: i64) -> String {
        number.to_string()
    }

    /// A literal whole number of 64 bits.
    fn long(&self, number: i64) -> String {
        self.integer(number)
    }

    /// A literal day.
    fn day(&self, day: Day) -> String {
        format!("DATE '{day}'")
    }

    /// No value of a type.
    fn null(&self, of: Type) -> String {
        let name = match of {
            Type::Integer => self.integer_type(),
            Type::Text => self.text_type(),
            Type::Boolean => "BOOLEAN",
            Type::Day => "DATE",
            Type::Decimal => "DECIMAL(18, 4)",
        };
        format!("CAST(NULL AS {name})")
    }

    /// The type of whole numbers of 64 bits.
    fn integer_type(&self) -> &'static str {
        "BIGINT"
    }

    /// The type of texts.
    fn text_type(&self) -> &'static str {
        "VARCHAR"
    }

    /// Rows of whole numbers, with the names of their columns.
    fn values(&self, columns: &[String], rows: &str) -> String {
        format!("SELECT * FROM (VALUES {rows}) AS v({})", columns.join(", "))
    }

    /// A name of a column as the engine compares it with others: most do not look at capitals, even between quotes.
    fn column_key(&self, name: &str) -> String {
        name.to_lowercase()
    }

    /// What stands before the selection of named rows so that their expressions are computed once.
    fn fence(&self) -> &'static str {
        ""
    }

    /// What stands before named rows.
    fn named(&self) -> &'static str {
        "AS"
    }

    /// What stands behind the query.
    fn ending(&self) -> &'static str {
        ""
    }

    /// How a view or a table is made of the query.
    fn create(&self, kind: super::Create, name: &str) -> String {
        match kind {
            super::Create::View => format!("CREATE OR REPLACE VIEW {name} AS"),
            super::Create::Table => format!("CREATE TABLE {name} AS"),
        }
    }

    /// Statements at the beginning of a transaction by which it reads literals, writes values and tells what is wrong as it
    /// is meant here, whatever the server and its user prefer.
    fn settings(&self) -> &'static str {
        ""
    }

    /// The statement that keeps other transactions from writing into a table until this one ends; `None` where only one
    /// can write at a time.
    fn lock(&self, _table: &str) -> Option<String> {
        None
    }

    fn quotient(&self, dividend: &Piece, divisor: &Piece) -> Piece {
        Piece::product(dividend, "/", divisor)
    }

    fn remainder(&self, dividend: &Piece, divisor: &Piece) -> Piece {
        Piece::product(dividend, "%", divisor)
    }

    fn least(&self, numbers: &[Piece]) -> Piece {
        Piece::call("LEAST", numbers)
    }

    fn greatest(&self, numbers: &[Piece]) -> Piece {
        Piece::call("GREATEST", numbers)
    }

    fn absolute(&self, number: &Piece) -> Piece {
        Piece::call("ABS", [number])
    }

    fn concatenate(&self, texts: &[Piece]) -> Piece {
        let texts: Vec<String> = texts.iter().map(|text| text.within(Binds::Sum)).collect();
        Piece::new(texts.join(" || "), Binds::Sum)
    }

    /// A text in lower case, of which only the letters of ASCII matter.
    fn lower(&self, text: &Piece) -> Piece {
        Piece::call("LOWER", [text])
    }

    /// A text without white space around it.
    fn trim(&self, text: &Piece) -> Piece;

    /// A quick test of whether a text begins and ends with a character of ASCII that can be seen, as most do: then there is
    /// nothing to take away. `None` where to trim is as quick.
    fn is_bare(&self, _text: &str) -> Option<String> {
        None
    }

    /// A text without white space around it; NULL where nothing is left.
    fn trimmed(&self, text: &Piece) -> Piece {
        let trimmed = format!("NULLIF({}, '')", self.trim(text).bare());
        let text = text.bare();
        Piece::atom(match self.is_bare(text) {
            Some(is_bare) => format!("CASE WHEN NOT ({is_bare}) THEN {trimmed} ELSE {text} END"),
            None => trimmed,
        })
    }

    /// Most texts are of ASCII, or missing; what takes long is better left to a branch of the others.
    fn fold(&self, text: &Piece, alphabet: &Alphabet) -> Piece;

    fn words(&self, folded: &Piece) -> Piece;

    fn contains(&self, text: &Piece, part: &Piece) -> Piece;

    fn starts_with(&self, text: &Piece, part: &Piece) -> Piece {
        Piece::call("STARTS_WITH", [text, part])
    }

    fn ends_with(&self, text: &Piece, part: &Piece) -> Piece;

    /// Whether it can bring texts into a normal form, so that letters which are written in several ways are one.
    fn normalises(&self) -> bool {
        true
    }

    /// A regex in the dialect's own writing; `None` where it cannot be said exactly.
    fn regex(&self, _: &Regex) -> Option<String> {
        None
    }

    /// Whether a regex that it can say finds something in a text.
    fn matches(&self, _: &Piece, _: &Piece) -> Piece {
        Piece::atom("FALSE")
    }

    fn after_last_at(&self, text: &Piece) -> Piece;

    fn elements(&self, folded: &Piece, raw: &Piece) -> Piece;

    fn as_text(&self, column: &Piece) -> Piece {
        Piece::atom(format!("CAST({} AS {})", column.bare(), self.text_type()))
    }

    fn units(&self, column: &Piece, of: NumberColumn) -> Piece {
        match of {
            NumberColumn::Integer => self.units_of_integer(column),
            NumberColumn::Decimal => self.units_of_decimal(column),
            // What a number is as text is its shortest decimal, whatever its type.
            NumberColumn::Any => self.units_of_decimal(&self.decimal_in(&self.as_text(column))),
        }
    }

    /// The ten-thousandths of a column of whole numbers.
    fn units_of_integer(&self, column: &Piece) -> Piece {
        let (column, integer) = (column.bare(), self.integer_type());
        Piece::atom(format!(
            "CASE WHEN {column} BETWEEN -99999999999999 AND 99999999999999 THEN CAST({column} AS {integer}) * 10000 END"
        ))
    }

    /// The decimal that a text says; NULL where it says none.
    fn decimal_in(&self, text: &Piece) -> Piece {
        // To take white space away takes longer than to look for a number, and is seldom needed.
        let (text, trimmed) = (text.bare(), self.trim(text));
        Piece::atom(format!(
            "COALESCE(TRY_CAST({text} AS DECIMAL(18, 4)), TRY_CAST({} AS DECIMAL(18, 4)))",
            trimmed.bare()
        ))
    }

    /// The ten-thousandths of a column of decimals.
    fn units_of_decimal(&self, column: &Piece) -> Piece {
        let (column, integer) = (column.bare(), self.integer_type());
        Piece::atom(format!(
            "CAST(TRY_CAST({column} AS DECIMAL(18, 4)) * 10000 AS {integer})"
        ))
    }

    /// Whether it can tell the day of a moment in any time zone.
    fn knows_zones(&self) -> bool {
        true
    }

    fn day_of(&self, column: &Piece, of: DayColumn, zone: Zone) -> Piece {
        match of {
            DayColumn::Local => self.day_of_local(column, zone),
            DayColumn::Instant => self.day_of_instant(column, zone),
        }
    }

    /// The day of a day or of a moment without a time zone. Where an engine can be made to, it refuses texts: it would not
    /// read those as they are read from files.
    fn day_of_local(&self, column: &Piece, _: Zone) -> Piece {
        Piece::atom(format!("CAST({} AS DATE)", column.bare()))
    }

    /// The day of an instant in a time zone.
    fn day_of_instant(&self, instant: &Piece, zone: Zone) -> Piece {
        Piece::atom(format!(
            "CAST({} AT TIME ZONE '{}' AS DATE)",
            instant.bare(),
            zone.name()
        ))
    }

    fn today(&self, zone: Zone) -> Piece;

    /// The day that a literal text says, as days are written in ISO 8601.
    fn day_in_text(&self, text: &str) -> Piece {
        Piece::atom(format!("CAST({text} AS DATE)"))
    }

    /// What the reader of a query of so many bytes has to know.
    fn note_on_length(&self, _: usize) -> Option<String> {
        None
    }

    /// Whether dbt knows the engine, by an adapter that its makers or dbt's keep.
    fn has_dbt_adapter(&self) -> bool {
        true
    }

    fn minus(&self, day: &Piece, period: Period) -> Piece {
        let Period { count, unit } = period;
        let text = format!("CAST({} - INTERVAL '{count} {}' AS DATE)", day.tight(), unit.word());
        Piece::atom(text)
    }

    fn days_between(&self, first: &Piece, second: &Piece) -> Piece;

    fn month_number(&self, day: &Piece) -> Piece {
        let day = day.bare();
        let text = format!("(12 * EXTRACT(YEAR FROM {day}) + EXTRACT(MONTH FROM {day}))");
        Piece::atom(text)
    }

    fn day_of_month(&self, day: &Piece) -> Piece {
        Piece::atom(format!("EXTRACT(DAY FROM {})", day.bare()))
    }

    fn year(&self, day: &Piece) -> Piece {
        Piece::atom(format!("EXTRACT(YEAR FROM {})", day.bare()))
    }

    fn period_number(&self, day: &Piece, unit: Unit) -> Piece {
        // The first day of the calendar is a Monday.
        let days = |day: &Piece| self.days_between(&Piece::atom(self.day(Day::MIN)), day);
        match unit {
            Unit::Day => days(day),
            Unit::Week => self.quotient(&days(day), &Piece::atom("7")),
            Unit::Month => self.month_number(day),
            Unit::Year => self.year(day),
        }
    }

    /// How many rows there are.
    fn count(&self) -> Piece {
        Piece::atom("COUNT(*)")
    }

    fn count_where(&self, condition: &Piece) -> Piece {
        Piece::atom(format!("COUNT(*) FILTER (WHERE {})", condition.bare()))
    }

    fn count_distinct(&self, value: &Piece) -> Piece {
        Piece::atom(format!("COUNT(DISTINCT {})", value.bare()))
    }

    fn sum_of(&self, numbers: &Piece) -> Piece {
        let text = format!("CAST(SUM({}) AS {})", numbers.bare(), self.integer_type());
        Piece::atom(text)
    }

    fn wide_sum(&self, numbers: &Piece) -> Piece {
        Piece::call("SUM", [numbers])
    }

    fn narrow(&self, number: &Piece) -> Piece {
        Piece::atom(format!("CAST({} AS {})", number.bare(), self.integer_type()))
    }

    /// A quotient of numbers of any size, cut down toward zero.
    fn wide_quotient(&self, dividend: &Piece, divisor: &Piece) -> Piece {
        self.quotient(dividend, divisor)
    }

    fn decimal(&self, units: &Piece) -> Piece {
        let product = Piece::product(units, "*", &Piece::atom("0.0001"));
        Piece::atom(format!("CAST({} AS DECIMAL(18, 4))", product.bare()))
    }
}

/// What counts as white space: Unicode's White_Space.
pub(super) const WHITE_SPACE: &str = "\t\n\u{B}\u{C}\r \u{85}\u{A0}\u{1680}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}\u{2006}\u{2007}\u{2008}\u{2009}\u{200A}\u{2028}\u{2029}\u{202F}\u{205F}\u{3000}";

/// The same, as RE2, Java and Rust write it in a class of a regular expression.
pub(super) const SPACE_CLASS: &str =
    r"\x{9}-\x{D} \x{85}\x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}";

/// The same, as PostgreSQL writes it.
pub(super) const SPACE_CLASS_PG: &str = r"\u0009-\u000D \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000";

/// A text without marks and capitals, its ligatures and the letters that Unicode does not take apart written out.
pub(super) fn with_ligatures(text: &str) -> String {
    let letters = [
        ("æ", "ae"),
        ("œ", "oe"),
        ("ß", "ss"),
        ("ø", "o"),
        ("ł", "l"),
        ("đ", "d"),
        ("ı", "i"),
        ("ς", "σ"),
    ];
    letters.iter().fold(text.to_owned(), |text, (from, to)| {
        format!("replace({text}, '{from}', '{to}')")
    })
}

/// A text folded by a table of the letters that matter, by functions that every engine has.
pub(super) fn folded_by_table(dialect: &dyn Dialect, text: &str, alphabet: &Alphabet) -> String {
    let table = FoldTable::new(alphabet, true);
    let lower = format!("lower({text})");
    let several = table.several.iter().fold(lower, |text, (letter, folded)| {
        let letter = letter.to_string();
        format!("replace({text}, {}, {})", dialect.text(&letter), dialect.text(folded))
    });
    let (from, to) = table.translation();
    format!("translate({several}, {}, {})", dialect.text(&from), dialect.text(&to))
}

/// Ranges of characters as they stand in a class.
pub(super) fn class_of(ranges: Vec<(char, char)>, written: impl Fn(char) -> String) -> String {
    let range = |(first, last): (char, char)| match first == last {
        true => written(first),
        false => format!("{}-{}", written(first), written(last)),
    };
    ranges.into_iter().map(range).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_the_same_in_a_list_and_in_classes() {
        let white: String = ('\0'..=char::MAX)
            .filter(|character| character.is_whitespace())
            .collect();
        assert_eq!(WHITE_SPACE, white);
        for class in [SPACE_CLASS, SPACE_CLASS_PG] {
            let class = regex::Regex::new(&format!("^[{class}]$")).unwrap();
            let is_in_class = |character: &char| class.is_match(character.encode_utf8(&mut [0; 4]));
            let in_class: String = ('\0'..=char::MAX).filter(is_in_class).collect();
            assert_eq!(in_class, white);
        }
    }
}
