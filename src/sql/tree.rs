//! SQL as a tree: expressions and queries, free of any dialect's spelling.
//!
//! Numbers are integers of ten-thousandths, days are days, and a condition is true or false, never missing.

use crate::calendar::{Day, Period, Unit, Zone};

use super::folding::Alphabet;
use super::tables::Table;

/// Something that has a value in each row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expr {
    /// A column of what the query reads from.
    Column(String),
    /// A column of one of several tables that the query reads from.
    ColumnOf(String, String),
    /// A whole number.
    Integer(i64),
    /// A text.
    Text(String),
    /// True or false.
    Boolean(bool),
    /// A day.
    Day(Day),
    /// No value, of a type.
    Null(Type),
    /// The opposite of a condition.
    Not(Box<Expr>),
    /// Every one holds.
    All(Vec<Expr>),
    /// One at least holds.
    Any(Vec<Expr>),
    /// Two values with a sign between them: a comparison, or `+`, `-`, `*`.
    Infix(Box<Expr>, Sign, Box<Expr>),
    /// The sum of some numbers, each with a comment or none.
    Sum(Vec<(Option<String>, Expr)>),
    /// A value is missing.
    IsNull(Box<Expr>),
    /// A value is one of these.
    In(Box<Expr>, Vec<Expr>),
    /// The value beside the literal that equals the first value; missing where none does.
    Match(Box<Expr>, Vec<(Expr, Expr)>),
    /// The value of the first condition that holds, else the last one; missing without it.
    Case(Vec<(Expr, Expr)>, Option<Box<Expr>>),
    /// A function of some values.
    Call(Function, Vec<Expr>),
    /// The place of this row, from 1, among those that have something in common, in an order.
    RowNumber {
        /// What the rows have in common.
        within: Vec<Expr>,
        /// What orders them.
        by: Vec<Expr>,
    },
    /// A sum over the rows before this one, in an order.
    SumOfNewer {
        /// What is summed.
        of: Box<Expr>,
        /// What the rows have in common.
        within: Vec<Expr>,
        /// The day, the newest first.
        by: Box<Expr>,
    },
}

/// What stands between two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Plus,
    Minus,
    Times,
}

/// The type of a missing value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    Integer,
    Decimal,
    Text,
    Boolean,
    Day,
}

/// A function. What a dialect calls otherwise has a name of its own here.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Function {
    /// The first value that is not missing.
    Coalesce,
    /// The first value, missing where it equals the second.
    NullIf,
    /// The least of two numbers, neither missing.
    Least,
    /// The greatest of two numbers, neither missing.
    Greatest,
    /// A number without its sign.
    Absolute,
    /// A quotient of whole numbers, cut down toward zero.
    Quotient,
    /// What that leaves.
    Remainder,
    /// A quotient of numbers of any size, cut down toward zero.
    WideQuotient,
    /// Several texts as one.
    Concatenate,
    /// A text from one of its characters on, the first of which is 1.
    Substring,
    /// A text without white space around it; missing where nothing is left.
    Trimmed,
    /// A text as texts are compared, as far as the characters of an alphabet matter.
    Fold(Alphabet),
    /// A text in lower case, of which only the letters of ASCII matter.
    Lower,
    /// A folded text in which a space stands on each side of whatever is no letter or digit.
    Words,
    /// A text holds another.
    Contains,
    /// A text starts with another.
    StartsWith,
    /// A text ends with another.
    EndsWith,
    /// A regular expression, in the dialect's own writing, is found in a text.
    Matches,
    /// What follows the last `@` of a text; the text where it has none.
    AfterLastAt,
    /// The parts of a folded text between semicolons, each between two of them, without white space around it; missing
    /// where the text itself, which comes second, has none.
    Elements,
    /// A column of some type as text.
    AsText,
    /// A column of numbers in ten-thousandths; missing outside the range of numbers.
    Units(NumberColumn),
    /// The day of a column of days or moments.
    DayOf(DayColumn, Zone),
    /// Today.
    Today(Zone),
    /// A day that a tool puts in the place of this, as it is written.
    Template(&'static str),
    /// A day minus a period.
    Minus(Period),
    /// The days from the first day to the second.
    DaysBetween,
    /// Twelve times the year, and the month.
    MonthNumber,
    /// The day of the month.
    DayOfMonth,
    /// A number that all days of one calendar period share, and no others.
    PeriodNumber(Unit),
    /// How many rows fulfil a condition.
    CountWhere,
    /// How many different values there are.
    CountDistinct,
    /// The sum of numbers.
    SumOf,
    /// The sum of numbers however large, as a number of any size.
    WideSum,
    /// A number of any size that fits as a whole number.
    Narrow,
    /// The least of a group.
    Minimum,
    /// The greatest of a group.
    Maximum,
    /// Ten-thousandths as the decimal number that they are.
    Decimal,
}

/// What is known of a column of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberColumn {
    /// Nothing but that it holds numbers, perhaps as texts.
    Any,
    /// Whole numbers.
    Integer,
    /// Decimal numbers with up to four places.
    Decimal,
}

/// What is known of a column of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayColumn {
    /// Days, or moments without a time zone.
    Local,
    /// Instants.
    Instant,
}

/// A query: what is named before, and the rows that come of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Query {
    /// What it is, for the reader.
    pub(super) heading: Vec<String>,
    /// Named rows, each of those before it.
    pub(super) named: Vec<Named>,
    /// The rows.
    pub(super) rows: Select,
}

/// Rows with a name.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Named {
    /// The name.
    pub(super) name: String,
    /// What they are, for the reader.
    pub(super) comment: String,
    /// The rows.
    pub(super) rows: Rows,
}

/// Rows of some kind.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Rows {
    /// Those of several selections, one after the other.
    Selected(Vec<Select>),
    /// Whole numbers that stand in the query.
    Values {
        /// The names of the columns.
        columns: Vec<String>,
        /// The numbers.
        rows: Vec<Vec<i64>>,
    },
}

/// A selection of rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Select {
    /// The columns that stay as they are.
    pub(super) kept: Vec<String>,
    /// The columns that are computed, each with its name.
    pub(super) columns: Vec<(Expr, String)>,
    /// Where the rows come from.
    pub(super) from: From,
    /// What is looked up for each row, where it is there.
    pub(super) joins: Vec<Join>,
    /// Which rows.
    pub(super) filter: Option<Expr>,
    /// What the rows of a group have in common.
    pub(super) groups: Vec<String>,
    /// The column by which the rows are ordered.
    pub(super) order: Option<String>,
}

/// Where rows come from.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum From {
    /// Rows that the query names.
    Named(String),
    /// A table outside it, and as what it is known inside.
    Table(Table, &'static str),
    /// One row without columns.
    #[default]
    Nowhere,
}

/// Rows of which the one that fits is looked up.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Join {
    /// Their name.
    pub(super) rows: String,
    /// As what they are known here.
    pub(super) name: String,
    /// When one fits.
    pub(super) on: Expr,
}

impl Expr {
    pub(super) fn column(name: &str) -> Expr {
        Expr::Column(name.to_owned())
    }

    pub(super) fn text(text: &str) -> Expr {
        Expr::Text(text.to_owned())
    }

    pub(super) fn call<const N: usize>(function: Function, arguments: [Expr; N]) -> Expr {
        Expr::Call(function, arguments.into())
    }

    pub(super) fn infix(self, sign: Sign, other: Expr) -> Expr {
        Expr::Infix(Box::new(self), sign, Box::new(other))
    }

    pub(super) fn plus(self, other: Expr) -> Expr {
        self.infix(Sign::Plus, other)
    }

    pub(super) fn minus(self, other: Expr) -> Expr {
        self.infix(Sign::Minus, other)
    }

    pub(super) fn times(self, other: Expr) -> Expr {
        self.infix(Sign::Times, other)
    }

    pub(super) fn over(self, other: Expr) -> Expr {
        Expr::call(Function::Quotient, [self, other])
    }

    pub(super) fn remainder(self, other: Expr) -> Expr {
        Expr::call(Function::Remainder, [self, other])
    }

    pub(super) fn equals(self, other: Expr) -> Expr {
        self.infix(Sign::Equal, other)
    }

    pub(super) fn not(self) -> Expr {
        match self {
            Expr::Not(inner) => *inner,
            Expr::Boolean(value) => Expr::Boolean(!value),
            other => Expr::Not(Box::new(other)),
        }
    }

    pub(super) fn missing(self) -> Expr {
        Expr::IsNull(Box::new(self))
    }

    pub(super) fn known(self) -> Expr {
        self.missing().not()
    }

    /// This value, or another where it is missing.
    pub(super) fn or_else(self, other: Expr) -> Expr {
        Expr::call(Function::Coalesce, [self, other])
    }

    /// A condition that a missing value may leave undecided as one that is false then.
    pub(super) fn or_false(self) -> Expr {
        self.or_else(Expr::Boolean(false))
    }

    /// One value where a condition holds, else another.
    pub(super) fn case(condition: Expr, then: Expr, otherwise: Expr) -> Expr {
        match condition {
            Expr::Boolean(true) => then,
            Expr::Boolean(false) => otherwise,
            condition => Expr::Case(vec![(condition, then)], Some(Box::new(otherwise))),
        }
    }

    /// A value where a condition holds, else none.
    pub(super) fn only_if(condition: Expr, then: Expr) -> Expr {
        match condition {
            Expr::Boolean(true) => then,
            condition => Expr::Case(vec![(condition, then)], None),
        }
    }

    /// Shows this expression and all that it is made of.
    pub(super) fn each<'e>(&'e self, mut show: impl FnMut(&'e Expr)) {
        let mut pending = vec![self];
        while let Some(expr) = pending.pop() {
            show(expr);
            match expr {
                Expr::Column(_)
                | Expr::ColumnOf(..)
                | Expr::Integer(_)
                | Expr::Text(_)
                | Expr::Boolean(_)
                | Expr::Day(_)
                | Expr::Null(_) => {}
                Expr::Not(inner) | Expr::IsNull(inner) => pending.push(inner),
                Expr::All(parts) | Expr::Any(parts) | Expr::Call(_, parts) => pending.extend(parts),
                Expr::Infix(left, _, right) => pending.extend([&**left, &**right]),
                Expr::Sum(parts) => pending.extend(parts.iter().map(|(_, part)| part)),
                Expr::In(value, literals) => pending.extend(std::iter::once(&**value).chain(literals)),
                Expr::Case(whens, otherwise) => {
                    pending.extend(whens.iter().flat_map(|(condition, value)| [condition, value]));
                    pending.extend(otherwise.as_deref());
                }
                Expr::Match(value, whens) => {
                    pending.push(value);
                    pending.extend(whens.iter().flat_map(|(when, value)| [when, value]));
                }
                Expr::RowNumber { within, by } => pending.extend(within.iter().chain(by)),
                Expr::SumOfNewer { of, within, by } => pending.extend(within.iter().chain([&**of, &**by])),
            }
        }
    }

    /// Every one holds.
    pub(super) fn all(mut parts: Vec<Expr>) -> Expr {
        parts.retain(|part| *part != Expr::Boolean(true));
        match parts.len() {
            0 => Expr::Boolean(true),
            1 => parts.remove(0),
            _ => Expr::All(parts),
        }
    }

    /// One at least holds.
    pub(super) fn any(mut parts: Vec<Expr>) -> Expr {
        parts.retain(|part| *part != Expr::Boolean(false));
        match parts.len() {
            0 => Expr::Boolean(false),
            1 => parts.remove(0),
            _ => Expr::Any(parts),
        }
    }
}
