//! SQLite.

use crate::calendar::{Day, Period, Unit, Zone};
use crate::text;

use super::super::Create;
use super::super::dialect::{Dialect, WHITE_SPACE, class_of};
use super::super::folding::{Alphabet, FoldTable, ranges};
use super::super::literals::{is_seen, plain_text};
use super::super::piece::{Binds, Piece};
use super::super::tree::{NumberColumn, Type};

#[derive(Debug)]
pub(in super::super) struct Sqlite;

/// The characters of ASCII that can be seen, and the space: nothing becomes of them that `lower` does not do.
const ASCII: &str = "char(32) || 'etaoinsrhldcumfpgwybvkxjqzETAOINSRHLDCUMFPGWYBVKXJQZ0123456789.,-_/@()&+'";

impl Sqlite {
    /// The ten-thousandths of a number that is no whole one, from its shortest writing, digit by digit: products of
    /// fractions are not exact. A writing with an exponent is that of its float.
    fn units_of_digits(&self, column: &str) -> String {
        let written = format!(
            "SELECT trim(CAST({column} AS TEXT), {}) AS written",
            self.text(WHITE_SPACE)
        );
        let signed = "SELECT CASE WHEN written LIKE '-%' THEN -1 ELSE 1 END AS sign, \
                      CASE WHEN written GLOB '[+-]*' THEN substr(written, 2) ELSE written END AS digits";
        let parts = "SELECT sign, digits, instr(lower(digits) || 'e', 'e') AS e";
        let parts = format!(
            "{parts} FROM ({signed} FROM ({written})) WHERE digits GLOB '*[0-9]*' AND digits NOT GLOB '*[^0-9.eE+-]*'"
        );
        let mantissa = "substr(digits, 1, e - 1)";
        let exponent = "substr(digits, e + 1)";
        let float = "CAST(digits AS REAL)";
        let plain = format!(
            "SELECT sign, ltrim(CASE WHEN e > length(digits) THEN digits WHEN {float} < 0.00005 THEN '0' \
             WHEN {float} < 0.0001 THEN '0.0001' WHEN {float} < 1e14 THEN CAST({float} AS TEXT) END, '0') || '.0000' AS digits \
             FROM ({parts}) WHERE {mantissa} GLOB '*[0-9]*' AND {mantissa} NOT GLOB '*[^0-9.]*' AND {mantissa} NOT GLOB '*.*.*' \
             AND (e > length(digits) OR {exponent} GLOB '[0-9+-]*' AND {exponent} NOT GLOB '?*[^0-9]*' \
             AND {exponent} GLOB '*[0-9]')"
        );
        let dot = "instr(digits, '.')";
        let units = format!(
            "CAST(substr(digits, 1, {dot} - 1) AS INTEGER) * 10000 \
             + (CAST(substr(replace(substr(digits, {dot} + 1), '.', '') || '0', 1, 5) AS INTEGER) + 5) / 10"
        );
        format!(
            "(SELECT sign * units FROM (SELECT sign, {units} AS units FROM ({plain}) WHERE {dot} <= 15) \
             WHERE units < 1000000000000000000)"
        )
    }

    /// The day of a text: that which is written, or in UTC that of the instant where an offset stands behind the time. Without
    /// UTC the day of an instant is not told.
    fn day_in_zone(&self, column: &str, zone: Zone) -> String {
        let written = format!(
            "SELECT trim(CAST({column} AS TEXT), {}) AS written",
            self.text(WHITE_SPACE)
        );
        let parts = "SELECT substr(written, 1, 10) AS day, \
                     upper(replace(substr(written, 11), ' UTC', 'Z')) AS time";
        // An offset is written out as the engine reads it, with minutes behind a colon.
        let whole = "SELECT day, CASE WHEN time GLOB '*[+-][0-9][0-9]' THEN time || ':00' \
                     WHEN time GLOB '*[+-][0-9][0-9][0-9][0-9]' THEN substr(time, 1, length(time) - 2) || ':' || substr(time, -2) \
                     ELSE time END AS time";
        let local = "WHEN time NOT GLOB '*[Z+-]*' THEN date(day || time)";
        let instant = if zone == Zone::UTC {
            "ELSE date(day || time)"
        } else {
            ""
        };
        // What is no day of the calendar would be one of the next month.
        format!(
            "(SELECT CASE {local} {instant} END FROM ({whole} FROM ({parts} FROM ({written}))) \
             WHERE date(day, '+0 days') = day AND day >= '0001-01-01' \
             AND (time = '' OR time GLOB '[T ][0-2][0-9]:[0-5][0-9]*' AND time NOT GLOB '?24*' AND time NOT GLOB '* Z'))"
        )
    }
}

impl Dialect for Sqlite {
    fn name(&self) -> &'static str {
        "sqlite"
    }

    fn title(&self) -> &'static str {
        "SQLite"
    }

    fn text(&self, text: &str) -> String {
        if text.chars().all(is_seen) {
            return plain_text(text);
        }
        let numbers: Vec<String> = text.chars().map(|character| u32::from(character).to_string()).collect();
        format!("char({})", numbers.join(", "))
    }

    fn day(&self, day: Day) -> String {
        format!("'{day}'")
    }

    fn null(&self, _: Type) -> String {
        "NULL".to_owned()
    }

    fn integer_type(&self) -> &'static str {
        "INTEGER"
    }

    fn text_type(&self) -> &'static str {
        "TEXT"
    }

    fn values(&self, columns: &[String], rows: &str) -> String {
        let columns: Vec<String> = columns
            .iter()
            .zip(1..)
            .map(|(column, place)| format!("column{place} AS {column}"))
            .collect();
        format!("SELECT {} FROM (VALUES {rows})", columns.join(", "))
    }

    fn named(&self) -> &'static str {
        // Without it, named rows are put in the place of their names, and what is read twice is computed twice.
        "AS MATERIALIZED"
    }

    fn create(&self, kind: Create, name: &str) -> String {
        match kind {
            Create::View => format!("CREATE VIEW {name} AS"),
            Create::Table => format!("CREATE TABLE {name} AS"),
        }
    }

    fn normalises(&self) -> bool {
        false
    }

    fn least(&self, numbers: &[Piece]) -> Piece {
        Piece::call("MIN", numbers)
    }

    fn greatest(&self, numbers: &[Piece]) -> Piece {
        Piece::call("MAX", numbers)
    }

    fn trim(&self, text: &Piece) -> Piece {
        Piece::atom(format!("TRIM({}, {})", text.bare(), self.text(WHITE_SPACE)))
    }

    /// The letters beyond ASCII are replaced one after the other, each kind of letter at once.
    fn fold(&self, text: &Piece, alphabet: &Alphabet) -> Piece {
        let text = text.bare();
        let table = FoldTable::new(alphabet, false);
        let letters: String = table.single.iter().map(|(letter, _)| letter).collect();
        let folded: String = table.single.iter().map(|(_, folded)| folded).collect();
        let letter = "substr(rest, 1, 1)";
        let several: String = table
            .several
            .iter()
            .map(|(from, to)| format!(" WHEN {letter} = '{from}' THEN '{to}'"))
            .collect();
        let becomes = format!(
            "CASE WHEN {letter} BETWEEN char(768) AND char(879) THEN '' \
             WHEN instr('{letters}', {letter}) > 0 THEN substr('{folded}', instr('{letters}', {letter}), 1){several} ELSE {letter} END"
        );
        Piece::atom(format!(
            "CASE WHEN length({text}) < length(CAST({text} AS BLOB)) THEN (\
             WITH RECURSIVE step(rest, so_far) AS (SELECT ltrim({text}, {ASCII}), {text} UNION ALL \
             SELECT ltrim(substr(rest, 2), {ASCII}), replace(so_far, {letter}, {becomes}) FROM step WHERE rest <> '') \
             SELECT lower(so_far) FROM step WHERE rest = '') ELSE lower({text}) END"
        ))
    }

    /// Each kind of character that is no letter or digit gets its spaces at once, the space first.
    fn words(&self, folded: &Piece) -> Piece {
        let text = folded.bare();
        let class = class_of(
            ranges(|character| !character.is_ascii() && text::is_word_character(character)),
            String::from,
        );
        let letter = "substr(rest, 1, 1)";
        let letters = "'etaoinsrhldcumfpgwybvkxjqz0123456789'";
        let spaced = format!(
            "CASE WHEN {letter} > char(127) AND {letter} GLOB '[{class}]' THEN so_far \
             ELSE replace(so_far, {letter}, ' ' || {letter} || ' ') END"
        );
        Piece::atom(format!(
            "CASE WHEN {text} GLOB '*[^a-z0-9 ]*' THEN (\
             WITH RECURSIVE step(rest, so_far) AS (\
             SELECT ltrim(replace({text}, ' ', ''), {letters}), ' ' || replace({text}, ' ', '   ') || ' ' UNION ALL \
             SELECT ltrim(replace(rest, {letter}, ''), {letters}), {spaced} FROM step WHERE rest <> '') \
             SELECT so_far FROM step WHERE rest = '') ELSE ' ' || replace({text}, ' ', '   ') || ' ' END"
        ))
    }

    fn contains(&self, text: &Piece, part: &Piece) -> Piece {
        Piece::new(
            format!("instr({}, {}) > 0", text.bare(), part.bare()),
            Binds::Comparison,
        )
    }

    fn starts_with(&self, text: &Piece, part: &Piece) -> Piece {
        let text = format!(
            "substr({}, 1, length({part})) = {part}",
            text.bare(),
            part = part.bare()
        );
        Piece::new(text, Binds::Comparison)
    }

    fn ends_with(&self, text: &Piece, part: &Piece) -> Piece {
        let text = format!("substr({}, -length({part})) = {part}", text.bare(), part = part.bare());
        Piece::new(text, Binds::Comparison)
    }

    fn after_last_at(&self, text: &Piece) -> Piece {
        let text = text.bare();
        // Up to the last `@` nothing is left of it once all that is no `@` is taken away from its end.
        let before = format!("rtrim({text}, replace({text}, '@', ''))");
        Piece::atom(format!("substr({text}, length({before}) + 1)"))
    }

    fn elements(&self, folded: &Piece, raw: &Piece) -> Piece {
        let (text, raw) = (folded.bare(), raw.bare());
        let space = self.text(WHITE_SPACE);
        Piece::atom(format!(
            "(WITH RECURSIVE part(rest, so_far) AS (SELECT {text} || ';', ';' UNION ALL \
             SELECT substr(rest, instr(rest, ';') + 1), so_far || trim(substr(rest, 1, instr(rest, ';') - 1), {space}) || ';' \
             FROM part WHERE rest <> '') \
             SELECT so_far FROM part WHERE rest = '' AND trim(replace({raw}, ';', ''), {space}) <> '')"
        ))
    }

    fn units(&self, column: &Piece, of: NumberColumn) -> Piece {
        let whole = self.units_of_integer(column);
        match of {
            NumberColumn::Integer => whole,
            NumberColumn::Decimal | NumberColumn::Any => {
                let column = column.bare();
                let (whole, digits) = (whole.bare(), self.units_of_digits(column));
                Piece::atom(format!(
                    "CASE WHEN typeof({column}) = 'integer' THEN {whole} ELSE {digits} END"
                ))
            }
        }
    }

    fn knows_zones(&self) -> bool {
        false
    }

    /// All its days and moments are texts.
    fn day_of_local(&self, column: &Piece, zone: Zone) -> Piece {
        self.day_of_instant(column, zone)
    }

    fn day_of_instant(&self, instant: &Piece, zone: Zone) -> Piece {
        Piece::atom(self.day_in_zone(instant.bare(), zone))
    }

    fn today(&self, _: Zone) -> Piece {
        Piece::atom("date('now')")
    }

    fn minus(&self, day: &Piece, period: Period) -> Piece {
        let Period { count, unit } = period;
        let day = day.bare();
        // Its own months run over into the next where a month has no such day.
        let months = |months: u32| {
            let last = format!("date({day}, 'start of month', '-{} months', '-1 day')", months - 1);
            format!(
                "min(date({day}, 'start of month', '-{months} months', '+' || (strftime('%d', {day}) - 1) || ' days'), {last})"
            )
        };
        Piece::atom(match unit {
            Unit::Day => format!("date({day}, '-{count} days')"),
            Unit::Week => format!("date({day}, '-{} days')", count * 7),
            Unit::Month => months(count),
            Unit::Year => months(count * 12),
        })
    }

    fn has_dbt_adapter(&self) -> bool {
        false
    }

    fn days_between(&self, first: &Piece, second: &Piece) -> Piece {
        // A Julian day number is a whole number and a half: twice it is exact.
        let number = |day: &Piece| format!("CAST(julianday({}) - 0.5 AS INTEGER)", day.bare());
        Piece::new(format!("{} - {}", number(second), number(first)), Binds::Sum)
    }

    fn month_number(&self, day: &Piece) -> Piece {
        let day = day.bare();
        Piece::atom(format!(
            "(12 * CAST(substr({day}, 1, 4) AS INTEGER) + CAST(substr({day}, 6, 2) AS INTEGER))"
        ))
    }

    fn day_of_month(&self, day: &Piece) -> Piece {
        Piece::atom(format!("CAST(substr({}, 9, 2) AS INTEGER)", day.bare()))
    }

    fn year(&self, day: &Piece) -> Piece {
        Piece::atom(format!("CAST(substr({}, 1, 4) AS INTEGER)", day.bare()))
    }

    /// It has no decimals: whole numbers are integers, others are floats as long as these have digits enough, else text.
    fn decimal(&self, units: &Piece) -> Piece {
        let units = units.tight();
        let written =
            format!("printf('%s%d.%04d', iif({units} < 0, '-', ''), abs({units}) / 10000, abs({units}) % 10000)");
        Piece::atom(format!(
            "CASE WHEN {units} % 10000 = 0 THEN {units} / 10000 WHEN abs({units}) < 1000000000000000 THEN {units} / 10000.0 \
             ELSE rtrim({written}, '0') END"
        ))
    }
}
