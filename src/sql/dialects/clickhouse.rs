//! ClickHouse.

use crate::calendar::{Day, Period, Zone};
use crate::model::Regex;

use super::super::Create;
use super::super::dialect::{Dialect, SPACE_CLASS};
use super::super::folding::Alphabet;
use super::super::literals::{doubled, escaped};
use super::super::piece::{Binds, Piece};
use super::super::regular::{self, Writing};
use super::super::tree::{NumberColumn, Type};

#[derive(Debug)]
pub(in super::super) struct ClickHouse;

impl ClickHouse {
    fn replaced(&self, text: &str, pattern: &str, by: &str) -> String {
        format!("replaceRegexpAll({text}, {}, {})", self.text(pattern), self.text(by))
    }

    /// The decimal of a column of any type. The engine reads decimals also from texts that do not end with them, or are none:
    /// of a column of texts the number between white space is cut out. Of which type a column is, is known before the query
    /// runs, so that no other column pays for it.
    fn decimal_of(&self, column: &Piece) -> Piece {
        let (text, column) = (self.as_text(column), column.bare());
        let number = r"([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)";
        let number = self.text(&format!("^[{SPACE_CLASS}]*{number}[{SPACE_CLASS}]*$"));
        let written = format!(
            "if(toTypeName({column}) LIKE '%String%', extract({}, {number}), {})",
            text.bare(),
            text.bare()
        );
        // Of further places none decides to what a number is rounded.
        Piece::atom(format!("toDecimal128OrNull({written}, 5)"))
    }
}

impl Dialect for ClickHouse {
    fn name(&self) -> &'static str {
        "clickhouse"
    }

    fn column_key(&self, name: &str) -> String {
        name.to_owned()
    }

    fn title(&self) -> &'static str {
        "ClickHouse"
    }

    fn quoted(&self, name: &str) -> String {
        doubled('`', &name.replace('\\', r"\\"))
    }

    fn text(&self, text: &str) -> String {
        format!("'{}'", escaped(text, in_bytes))
    }

    /// A literal above zero is without a sign there, and has no type in common with many other numbers.
    fn long(&self, number: i64) -> String {
        format!("toInt64({number})")
    }

    /// Days are their numbers: its own reach from 1900 to 2299.
    fn day(&self, day: Day) -> String {
        format!("/* {day} */ {}", day.number())
    }

    fn null(&self, of: Type) -> String {
        let name = match of {
            Type::Integer => "Int64",
            Type::Text => "String",
            Type::Boolean => "Bool",
            Type::Day => "Int32",
            Type::Decimal => "Decimal(38, 8)",
        };
        format!("CAST(NULL AS Nullable({name}))")
    }

    fn integer_type(&self) -> &'static str {
        "Nullable(Int64)"
    }

    fn text_type(&self) -> &'static str {
        "Nullable(String)"
    }

    fn values(&self, columns: &[String], rows: &str) -> String {
        let columns: Vec<String> = columns.iter().map(|column| format!("{column} Int64")).collect();
        format!("SELECT * FROM values('{}', {rows})", columns.join(", "))
    }

    fn ending(&self) -> &'static str {
        // What is not there for a contact is missing, not zero; a name means what was read, not what is being made.
        "\nSETTINGS join_use_nulls = 1, prefer_column_name_to_alias = 1"
    }

    fn create(&self, kind: Create, name: &str) -> String {
        match kind {
            Create::View => format!("CREATE OR REPLACE VIEW {name} AS"),
            Create::Table => format!("CREATE TABLE {name} ENGINE = MergeTree ORDER BY tuple() AS"),
        }
    }

    fn note_on_length(&self, bytes: usize) -> Option<String> {
        let note = "ClickHouse reads 256 KiB of a query unless it is told otherwise: SET max_query_size =";
        (bytes > 262_144).then(|| format!("{note} {};", 2 * bytes))
    }

    fn quotient(&self, dividend: &Piece, divisor: &Piece) -> Piece {
        Piece::call("intDiv", [dividend, divisor])
    }

    /// Its own has no sign, and no type in common with other numbers.
    fn absolute(&self, number: &Piece) -> Piece {
        Piece::atom(format!("greatest({}, -{})", number.bare(), number.tight()))
    }

    fn trim(&self, text: &Piece) -> Piece {
        let text = text.bare();
        let trimmed = self.replaced(text, &format!("^[{SPACE_CLASS}]+|[{SPACE_CLASS}]+$"), "");
        Piece::atom(format!(
            r"if(isValidASCII(assumeNotNull({text})), trimBoth({text}, '\t\n\v\f\r '), {trimmed})"
        ))
    }

    fn fold(&self, text: &Piece, _: &Alphabet) -> Piece {
        let text = text.bare();
        let unmarked = self.replaced(&format!("normalizeUTF8NFD({text})"), r"[\x{300}-\x{36f}]+", "");
        let lower = format!("lowerUTF8(normalizeUTF8NFC({unmarked}))");
        let several = [("æ", "ae"), ("œ", "oe"), ("ß", "ss")];
        let several = several.iter().fold(lower, |text, (from, to)| {
            format!("replaceAll({text}, '{from}', '{to}')")
        });
        let folded = format!("translateUTF8({several}, 'øłđıς', 'oldiσ')");
        Piece::atom(format!(
            "if(isValidASCII(assumeNotNull({text})), lower({text}), {folded})"
        ))
    }

    fn words(&self, folded: &Piece) -> Piece {
        Piece::atom(format!(
            "concat(' ', {}, ' ')",
            self.replaced(folded.bare(), r"([^\p{L}\p{N}])", r" \1 ")
        ))
    }

    fn contains(&self, text: &Piece, part: &Piece) -> Piece {
        Piece::new(
            format!("position({}, {}) > 0", text.bare(), part.bare()),
            Binds::Comparison,
        )
    }

    fn starts_with(&self, text: &Piece, part: &Piece) -> Piece {
        Piece::call("startsWith", [text, part])
    }

    fn ends_with(&self, text: &Piece, part: &Piece) -> Piece {
        Piece::call("endsWith", [text, part])
    }

    fn matches(&self, text: &Piece, regex: &Piece) -> Piece {
        Piece::call("match", [text, regex])
    }

    fn regex(&self, regex: &Regex) -> Option<String> {
        regular::written(regex, Writing::RE2)
    }

    fn after_last_at(&self, text: &Piece) -> Piece {
        Piece::atom(format!(
            "arrayElement(splitByChar('@', assumeNotNull({})), -1)",
            text.bare()
        ))
    }

    fn elements(&self, folded: &Piece, raw: &Piece) -> Piece {
        let (text, raw) = (folded.bare(), raw.bare());
        let parts = self.replaced(text, &format!("[{SPACE_CLASS}]*;[{SPACE_CLASS}]*"), ";");
        let any = self.text(&format!("[^;{SPACE_CLASS}]"));
        Piece::atom(format!(
            "CASE WHEN match({raw}, {any}) THEN concat(';', {parts}, ';') END"
        ))
    }

    fn as_text(&self, column: &Piece) -> Piece {
        Piece::call("toString", [column])
    }

    fn units(&self, column: &Piece, of: NumberColumn) -> Piece {
        match of {
            NumberColumn::Integer => self.units_of_integer(column),
            NumberColumn::Decimal => self.units_of_decimal(column),
            NumberColumn::Any => {
                let (exact, half) = (self.decimal_of(column), "toDecimal128('0.00005', 5)");
                let (exact, end) = (exact.bare(), "toDecimal128('99999999999999.99995', 5)");
                // The result is also made for rows for which it is not asked, and must fit there too.
                Piece::atom(format!(
                    "CASE WHEN abs({exact}) < {end} \
                     THEN toInt64(floor((least(abs({exact}), {end}) + {half}) * 10000)) * sign({exact}) END"
                ))
            }
        }
    }

    fn units_of_integer(&self, column: &Piece) -> Piece {
        let column = column.bare();
        Piece::atom(format!(
            "CASE WHEN {column} BETWEEN -99999999999999 AND 99999999999999 THEN toInt64({column}) * 10000 END"
        ))
    }

    /// Of few types of decimals the products are wide enough.
    fn units_of_decimal(&self, column: &Piece) -> Piece {
        let decimal = format!("toDecimal64OrNull({}, 4)", self.as_text(column).bare());
        Piece::atom(format!("toInt64(toDecimal128({decimal}, 4) * 10000)"))
    }

    /// Only a part of a moment is no function of texts.
    fn day_of_local(&self, column: &Piece, _: Zone) -> Piece {
        Piece::atom(format!("toInt32(toDate32(date_trunc('day', {})))", column.bare()))
    }

    fn day_of_instant(&self, instant: &Piece, zone: Zone) -> Piece {
        Piece::atom(format!("toInt32(toDate32({}, '{}'))", instant.bare(), zone.name()))
    }

    fn today(&self, zone: Zone) -> Piece {
        Piece::atom(format!("toInt32(toDate32(now(), '{}'))", zone.name()))
    }

    fn day_in_text(&self, text: &str) -> Piece {
        Piece::atom(format!("toInt32(toDate32({text}))"))
    }

    fn minus(&self, day: &Piece, period: Period) -> Piece {
        let Period { count, unit } = period;
        Piece::atom(format!(
            "toInt32(toDate32({}) - INTERVAL {count} {})",
            day.bare(),
            unit.word()
        ))
    }

    fn days_between(&self, first: &Piece, second: &Piece) -> Piece {
        Piece::new(
            format!("{} - {}", second.within(Binds::Sum), first.inside(Binds::Sum)),
            Binds::Sum,
        )
    }

    fn month_number(&self, day: &Piece) -> Piece {
        let day = format!("toDate32({})", day.bare());
        Piece::atom(format!("(12 * toYear({day}) + toMonth({day}))"))
    }

    fn day_of_month(&self, day: &Piece) -> Piece {
        Piece::atom(format!("toDayOfMonth(toDate32({}))", day.bare()))
    }

    fn year(&self, day: &Piece) -> Piece {
        Piece::atom(format!("toYear(toDate32({}))", day.bare()))
    }

    fn count(&self) -> Piece {
        Piece::atom("toInt64(COUNT(*))")
    }

    fn count_where(&self, condition: &Piece) -> Piece {
        Piece::atom(format!("toInt64(countIf({}))", condition.bare()))
    }

    fn count_distinct(&self, value: &Piece) -> Piece {
        Piece::atom(format!("toInt64(uniqExact({}))", value.bare()))
    }

    fn wide_sum(&self, numbers: &Piece) -> Piece {
        Piece::atom(format!("SUM(toInt128({}))", numbers.bare()))
    }

    fn narrow(&self, number: &Piece) -> Piece {
        Piece::call("toInt64", [number])
    }

    fn sum_of(&self, numbers: &Piece) -> Piece {
        Piece::atom(format!("SUM(toInt64({}))", numbers.bare()))
    }

    fn decimal(&self, units: &Piece) -> Piece {
        let product = format!("toDecimal128({}, 4) * toDecimal32('0.0001', 4)", units.bare());
        Piece::new(product, Binds::Product)
    }
}

/// A character by its bytes.
fn in_bytes(character: char) -> String {
    character
        .encode_utf8(&mut [0; 4])
        .bytes()
        .map(|byte| format!("\\x{byte:02X}"))
        .collect()
}
