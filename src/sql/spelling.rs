//! Expressions as text in a dialect.

use super::piece::{Binds, Piece};
use super::print::{Printer, WIDTH, indented, wrapped};
use super::tree::{Expr, Function, Sign};
use super::widths::has_64_bits;

/// So many numbers are added in one go. Engines bound how deep an expression is, and a chain of additions is as deep
/// as it is long.
const ADDED_AT_ONCE: usize = 40;

impl Printer<'_> {
    /// An expression.
    pub(super) fn piece(self, expr: &Expr) -> Piece {
        match expr {
            Expr::Column(name) => Piece::atom(self.identifier(name)),
            Expr::ColumnOf(of, name) => {
                let (of, name) = (self.identifier(of), self.identifier(name));
                Piece::atom(format!("{of}.{name}"))
            }
            Expr::Integer(number) if *number < 0 => Piece::new(self.dialect.integer(*number), Binds::Sum),
            Expr::Integer(number) => Piece::atom(self.dialect.integer(*number)),
            Expr::Text(text) => Piece::atom(self.literally(self.dialect.text(text))),
            Expr::Boolean(true) => Piece::atom("TRUE"),
            Expr::Boolean(false) => Piece::atom("FALSE"),
            Expr::Day(day) => Piece::atom(self.dialect.day(*day)),
            Expr::Null(of) => Piece::atom(self.dialect.null(*of)),
            Expr::Not(inner) => self.not(inner),
            Expr::All(parts) => self.several(parts, "AND", Binds::And, Printer::piece),
            Expr::Any(parts) => self.several(parts, "OR", Binds::Or, Printer::piece),
            Expr::Infix(left, sign, right) => self.infix(left, *sign, right),
            Expr::Sum(parts) => self.sum(parts),
            Expr::IsNull(inner) => Piece::new(
                format!("{} IS NULL", self.piece(inner).inside(Binds::Comparison)),
                Binds::Comparison,
            ),
            Expr::In(value, literals) => self.one_of(value, literals),
            Expr::Match(value, whens) => self.matched(value, whens),
            Expr::Case(whens, otherwise) => self.case(whens, otherwise.as_deref(), false),
            Expr::Call(function, arguments) => self.call(function, arguments),
            Expr::RowNumber { within, by } => self.row_number(within, by),
            Expr::SumOfNewer { of, within, by } => self.sum_of_newer(of, within, by),
        }
    }

    /// A condition where one that is undecided does as one that is false.
    pub(super) fn condition(self, expr: &Expr) -> Piece {
        match expr {
            Expr::All(parts) => self.several(parts, "AND", Binds::And, Printer::condition),
            Expr::Any(parts) => self.several(parts, "OR", Binds::Or, Printer::condition),
            Expr::Call(Function::Coalesce, arguments) => match arguments.as_slice() {
                [condition, Expr::Boolean(false)] => self.condition(condition),
                _ => self.piece(expr),
            },
            other => self.piece(other),
        }
    }

    /// A number of 64 bits: a literal by itself may have fewer.
    pub(super) fn number(self, expr: &Expr) -> Piece {
        match expr {
            Expr::Integer(number) if *number < 0 => Piece::new(self.dialect.long(*number), Binds::Sum),
            Expr::Integer(number) => Piece::atom(self.dialect.long(*number)),
            other => self.piece(other),
        }
    }

    /// A number beside one of 64 bits, which makes it one too.
    fn beside_number(self, expr: &Expr) -> Piece {
        match expr {
            Expr::Integer(number) if number.unsigned_abs() > u64::from(u32::MAX >> 1) => self.number(expr),
            Expr::Case(whens, otherwise) => self.case(whens, otherwise.as_deref(), true),
            other => self.piece(other),
        }
    }

    fn not(self, inner: &Expr) -> Piece {
        let sides = |left: &Expr, word: &str, right: &Expr| {
            let (left, right) = (self.piece(left), self.piece(right));
            let (left, right) = (left.inside(Binds::Comparison), right.inside(Binds::Comparison));
            Piece::new(format!("{left} {word} {right}"), Binds::Comparison)
        };
        match inner {
            Expr::IsNull(value) => {
                let value = self.piece(value).inside(Binds::Comparison);
                Piece::new(format!("{value} IS NOT NULL"), Binds::Comparison)
            }
            Expr::Infix(left, Sign::Equal, right) => sides(left, "<>", right),
            Expr::In(value, literals) => match literals.as_slice() {
                [one] => sides(value, "<>", one),
                several => self.listed(value, "NOT IN", several),
            },
            inner => Piece::new(format!("NOT {}", self.piece(inner).inside(Binds::Not)), Binds::Not),
        }
    }

    fn several(self, parts: &[Expr], word: &str, binds: Binds, written: fn(Self, &Expr) -> Piece) -> Piece {
        let parts: Vec<String> = parts.iter().map(|part| written(self, part).inside(binds)).collect();
        let length: usize = parts.iter().map(|part| part.len() + word.len() + 2).sum();
        let between = match length > WIDTH || parts.iter().any(|part| part.contains('\n')) {
            true => format!("\n{word} "),
            false => format!(" {word} "),
        };
        Piece::new(parts.join(&between), binds)
    }

    fn infix(self, left: &Expr, sign: Sign, right: &Expr) -> Piece {
        let (word, binds) = match sign {
            Sign::Equal => ("=", Binds::Comparison),
            Sign::Less => ("<", Binds::Comparison),
            Sign::LessOrEqual => ("<=", Binds::Comparison),
            Sign::Greater => (">", Binds::Comparison),
            Sign::GreaterOrEqual => (">=", Binds::Comparison),
            Sign::Plus => ("+", Binds::Sum),
            Sign::Minus => ("-", Binds::Sum),
            Sign::Times => ("*", Binds::Product),
        };
        let (left, right) = match binds {
            Binds::Comparison => (self.piece(left), self.piece(right)),
            _ if has_64_bits(left) || has_64_bits(right) => (self.beside_number(left), self.beside_number(right)),
            _ => (self.number(left), self.number(right)),
        };
        let left = match binds {
            Binds::Comparison => left.inside(binds),
            _ => left.within(binds),
        };
        Piece::new(format!("{left} {word} {}", right.inside(binds)), binds)
    }

    /// A sum, a line for each part where one has a comment; long ones in groups.
    fn sum(self, parts: &[(Option<String>, Expr)]) -> Piece {
        match parts {
            [] => return Piece::atom("0"),
            [(None, one)] => return self.number(one),
            _ => {}
        }
        let groups: Vec<String> = parts.chunks(ADDED_AT_ONCE).map(|group| self.added(group)).collect();
        match groups.as_slice() {
            [one] => Piece::new(one.clone(), Binds::Sum),
            several => {
                let several: Vec<String> = several
                    .iter()
                    .map(|group| format!("(\n{}\n)", indented(group)))
                    .collect();
                Piece::new(several.join(" + "), Binds::Sum)
            }
        }
    }

    fn added(self, parts: &[(Option<String>, Expr)]) -> String {
        let has_lines = parts.iter().any(|(comment, _)| comment.is_some());
        let mut text = String::new();
        for (at, (told, part)) in parts.iter().enumerate() {
            text += &told.as_deref().map(|told| self.comment(told)).unwrap_or_default();
            text += if at > 0 {
                "+ "
            } else if has_lines {
                "  "
            } else {
                ""
            };
            // The first makes all of them numbers of 64 bits.
            let number = if at > 0 {
                self.beside_number(part)
            } else {
                self.number(part)
            };
            text += &number.inside(Binds::Sum).replace('\n', "\n  ");
            text += if at + 1 == parts.len() {
                ""
            } else if has_lines {
                "\n"
            } else {
                " "
            };
        }
        text
    }

    fn one_of(self, value: &Expr, literals: &[Expr]) -> Piece {
        match literals {
            [one] => {
                let (value, one) = (self.piece(value), self.piece(one));
                let (value, one) = (value.inside(Binds::Comparison), one.inside(Binds::Comparison));
                Piece::new(format!("{value} = {one}"), Binds::Comparison)
            }
            several => self.listed(value, "IN", several),
        }
    }

    fn listed(self, value: &Expr, word: &str, literals: &[Expr]) -> Piece {
        let value = self.piece(value).inside(Binds::Comparison);
        let literals: Vec<String> = literals
            .iter()
            .map(|literal| self.piece(literal).bare().to_owned())
            .collect();
        Piece::new(format!("{value} {word} ({})", wrapped(&literals)), Binds::Comparison)
    }

    /// A choice; of numbers it is one of 64 bits, or stands beside one.
    fn case(self, whens: &[(Expr, Expr)], otherwise: Option<&Expr>, is_beside: bool) -> Piece {
        let values = || whens.iter().map(|(_, value)| value).chain(otherwise);
        let has_64_bits = is_beside || values().any(has_64_bits);
        // One of the values is enough, and the last is mostly zero.
        let (last, others) = match otherwise {
            Some(last) if has_64_bits => (Some(self.beside_number(last)), true),
            Some(last) => (Some(self.number(last)), true),
            None => (None, has_64_bits),
        };
        let whens = whens.iter().map(|(when, value)| {
            let value = if others {
                self.beside_number(value)
            } else {
                self.number(value)
            };
            format!("WHEN {} THEN {}", self.condition(when).bare(), value.bare())
        });
        let last = last.map(|value| format!("ELSE {}", value.bare()));
        case_of("CASE", whens.chain(last).collect())
    }

    fn matched(self, value: &Expr, whens: &[(Expr, Expr)]) -> Piece {
        let whens = whens.iter().map(|(when, value)| {
            let (when, value) = (self.piece(when), self.number(value));
            format!("WHEN {} THEN {}", when.bare(), value.bare())
        });
        // Not every parser takes a choice by a choice without parentheses.
        case_of(&format!("CASE ({})", self.piece(value).bare()), whens.collect())
    }

    fn row_number(self, within: &[Expr], by: &[Expr]) -> Piece {
        let listed = |exprs: &[Expr]| {
            let pieces: Vec<String> = exprs.iter().map(|expr| self.piece(expr).bare().to_owned()).collect();
            pieces.join(", ")
        };
        Piece::atom(format!(
            "ROW_NUMBER() OVER (PARTITION BY {} ORDER BY {})",
            listed(within),
            listed(by)
        ))
    }

    fn sum_of_newer(self, of: &Expr, within: &[Expr], by: &Expr) -> Piece {
        let within: Vec<String> = within.iter().map(|value| self.piece(value).bare().to_owned()).collect();
        Piece::atom(format!(
            "SUM({}) OVER (PARTITION BY {} ORDER BY {} DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)",
            self.piece(of).bare(),
            within.join(", "),
            self.piece(by).bare()
        ))
    }

    fn call(self, function: &Function, arguments: &[Expr]) -> Piece {
        let written = match (function, arguments.iter().any(has_64_bits)) {
            (Function::CountWhere, _) => Printer::condition,
            (_, true) => Printer::beside_number,
            (_, false) => Printer::number,
        };
        let pieces: Vec<Piece> = arguments.iter().map(|argument| written(self, argument)).collect();
        let nothing = Piece::atom("NULL");
        let at = |place: usize| pieces.get(place).unwrap_or(&nothing);
        let (one, two, dialect) = (at(0), at(1), self.dialect);
        match function {
            Function::Coalesce => Piece::call("COALESCE", &pieces),
            Function::NullIf => Piece::call("NULLIF", &pieces),
            Function::Least => dialect.least(&pieces),
            Function::Greatest => dialect.greatest(&pieces),
            Function::Absolute => dialect.absolute(one),
            Function::Quotient => dialect.quotient(one, two),
            Function::Remainder => dialect.remainder(one, two),
            Function::WideQuotient => dialect.wide_quotient(one, two),
            Function::Concatenate => dialect.concatenate(&pieces),
            Function::Substring => {
                let from = arguments.get(1).map_or(nothing.clone(), |from| self.piece(from));
                Piece::call("SUBSTR", [one, &from])
            }
            Function::Trimmed => dialect.trimmed(one),
            Function::Fold(alphabet) => dialect.fold(one, alphabet),
            Function::Lower => dialect.lower(one),
            Function::Words => dialect.words(one),
            Function::Contains => dialect.contains(one, two),
            Function::StartsWith => dialect.starts_with(one, two),
            Function::EndsWith => dialect.ends_with(one, two),
            Function::Matches => dialect.matches(one, two),
            Function::AfterLastAt => dialect.after_last_at(one),
            Function::Elements => dialect.elements(one, two),
            Function::AsText => dialect.as_text(one),
            Function::Units(of) => dialect.units(one, *of),
            Function::DayOf(of, zone) => dialect.day_of(one, *of, *zone),
            Function::Today(zone) => dialect.today(*zone),
            Function::Template(written) => Piece::atom(*written),
            Function::Minus(period) => dialect.minus(one, *period),
            Function::DaysBetween => dialect.days_between(one, two),
            Function::MonthNumber => dialect.month_number(one),
            Function::DayOfMonth => dialect.day_of_month(one),
            Function::PeriodNumber(unit) => dialect.period_number(one, *unit),
            Function::CountWhere if arguments == [Expr::Boolean(true)] => dialect.count(),
            Function::CountWhere => dialect.count_where(one),
            Function::CountDistinct => dialect.count_distinct(one),
            Function::SumOf => dialect.sum_of(one),
            Function::WideSum => dialect.wide_sum(one),
            Function::Narrow => dialect.narrow(one),
            Function::Minimum => Piece::call("MIN", &pieces),
            Function::Maximum => Piece::call("MAX", &pieces),
            Function::Decimal => dialect.decimal(one),
        }
    }
}

/// A choice, in one line where that is short.
fn case_of(beginning: &str, parts: Vec<String>) -> Piece {
    let length: usize = parts.iter().map(|part| part.len() + 1).sum();
    let text = match length + beginning.len() > WIDTH || parts.iter().any(|part| part.contains('\n')) {
        true => format!("{beginning}\n{}\nEND", indented(&parts.join("\n"))),
        false => format!("{beginning} {} END", parts.join(" ")),
    };
    Piece::atom(text)
}
