//! Columns: values of one type, a row each, texts as codes.

use crate::calendar::Day;
use crate::number::Number;

use super::{Cell, Texts, Type};

/// Values of one type, a row each. A missing value is [`Column::NO_TEXT`], [`Column::NO_NUMBER`] and so on.
#[derive(Clone, Debug)]
pub enum Column {
    /// Codes of texts.
    Text {
        /// The code of each row.
        codes: Vec<u32>,
        /// The texts.
        texts: Texts,
    },
    /// Numbers in ten-thousandths.
    Number(Vec<i64>),
    /// 0 for false, 1 for true.
    Boolean(Vec<u8>),
    /// Days since 1970-01-01.
    Date(Vec<i32>),
    /// Sets of texts; an empty one is missing.
    List {
        /// Where the codes of each row end.
        ends: Vec<usize>,
        /// The codes of all rows.
        codes: Vec<u32>,
        /// The texts.
        texts: Texts,
    },
}

impl Column {
    /// The code of a missing text.
    pub const NO_TEXT: u32 = u32::MAX;
    /// A missing number.
    pub const NO_NUMBER: i64 = i64::MIN;
    /// A missing boolean.
    pub const NO_BOOLEAN: u8 = 2;
    /// A missing day.
    pub const NO_DAY: i32 = i32::MIN;

    /// A column without rows for values of a type.
    pub fn new(of: &Type) -> Column {
        match of {
            Type::Text | Type::OneOf(_) => Column::Text {
                codes: Vec::new(),
                texts: Texts::default(),
            },
            Type::Number => Column::Number(Vec::new()),
            Type::Boolean => Column::Boolean(Vec::new()),
            Type::Date => Column::Date(Vec::new()),
            Type::List => Column::List {
                ends: Vec::new(),
                codes: Vec::new(),
                texts: Texts::default(),
            },
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        match self {
            Column::Text { codes, .. } => codes.len(),
            Column::Number(values) => values.len(),
            Column::Boolean(values) => values.len(),
            Column::Date(values) => values.len(),
            Column::List { ends, .. } => ends.len(),
        }
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds a row. A cell of another type than the column's is missing.
    #[inline]
    pub fn push(&mut self, cell: Cell<'_>) {
        match self {
            Column::Text { codes, texts } => codes.push(match cell {
                Cell::Text(text) => texts.add(text),
                _ => Self::NO_TEXT,
            }),
            Column::Number(values) => values.push(match cell {
                Cell::Number(number) => number.units(),
                _ => Self::NO_NUMBER,
            }),
            Column::Boolean(values) => values.push(match cell {
                Cell::Boolean(value) => u8::from(value),
                _ => Self::NO_BOOLEAN,
            }),
            Column::Date(values) => values.push(match cell {
                Cell::Date(day) => day.number(),
                _ => Self::NO_DAY,
            }),
            Column::List { ends, codes, texts } => {
                if let Cell::List(parts) = cell {
                    codes.extend(parts.iter().map(|part| texts.code(part)));
                }
                ends.push(codes.len());
            }
        }
    }

    /// Adds so many rows without values.
    #[inline]
    pub fn push_missing(&mut self, rows: usize) {
        if rows > 0 {
            self.resize(self.len() + rows);
        }
    }

    /// Adds rows without values, up to so many in all.
    fn resize(&mut self, rows: usize) {
        match self {
            Column::Text { codes, .. } => codes.resize(rows, Self::NO_TEXT),
            Column::Number(values) => values.resize(rows, Self::NO_NUMBER),
            Column::Boolean(values) => values.resize(rows, Self::NO_BOOLEAN),
            Column::Date(values) => values.resize(rows, Self::NO_DAY),
            Column::List { ends, codes, .. } => ends.resize(rows, codes.len()),
        }
    }

    /// A column of these rows alone, in this order, with a dictionary of its own.
    pub fn chosen(&self, rows: &[usize]) -> Column {
        let mut column = self.emptied();
        column.extend(self, rows.iter().copied());
        column
    }

    /// Adds the first rows of another column, as [`extend`](Self::extend) does.
    pub fn append(&mut self, other: &Column, rows: usize) {
        self.extend(other, 0..rows);
    }

    /// Adds rows of another column of the same type, missing ones for rows that are not there. Those of a column of
    /// another type are missing.
    pub fn extend(&mut self, other: &Column, rows: impl Iterator<Item = usize>) {
        match (self, other) {
            (
                Column::Text { codes, texts },
                Column::Text {
                    codes: from,
                    texts: known,
                },
            ) => {
                let mut own = Recoded::new(known);
                codes.extend(rows.map(|row| own.code(from.get(row).copied(), texts)));
            }
            (Column::List { ends, codes, texts }, Column::List { texts: known, .. }) => {
                let mut own = Recoded::new(known);
                for row in rows {
                    codes.extend(other.list(row).iter().map(|code| own.code(Some(*code), texts)));
                    ends.push(codes.len());
                }
            }
            (Column::Number(values), Column::Number(from)) => gather(values, from, rows, Self::NO_NUMBER),
            (Column::Boolean(values), Column::Boolean(from)) => gather(values, from, rows, Self::NO_BOOLEAN),
            (Column::Date(values), Column::Date(from)) => gather(values, from, rows, Self::NO_DAY),
            (to, _) => rows.for_each(|_| to.push(Cell::Missing)),
        }
    }

    /// Adds so many rows. Those that are chosen, by their places among them in order, have each the value of one of these
    /// rows of another column, whose codes are taken for codes of this dictionary; the others have none.
    pub fn extend_own(&mut self, rows: usize, other: &Column, chosen: &[u32], of: &[u32]) {
        let first = self.len();
        let chosen = chosen.iter().zip(of);
        let chosen = chosen.map(|(at, row)| (first + *at as usize, *row as usize));
        if let Column::List { ends, codes, .. } = self {
            for (at, row) in chosen {
                ends.resize(at, codes.len());
                codes.extend_from_slice(other.list(row));
                ends.push(codes.len());
            }
        } else {
            self.resize(first + rows);
            match (&mut *self, other) {
                (Column::Text { codes, .. }, Column::Text { codes: from, .. }) => copy(from, codes, chosen),
                (Column::Number(values), Column::Number(from)) => copy(from, values, chosen),
                (Column::Boolean(values), Column::Boolean(from)) => copy(from, values, chosen),
                (Column::Date(values), Column::Date(from)) => copy(from, values, chosen),
                // Those of another type have no value that this column could have.
                _ => {}
            }
        }
        self.resize(first + rows);
    }

    /// A column of the same type without rows.
    pub fn emptied(&self) -> Column {
        match self {
            Column::Text { texts, .. } => Column::Text {
                codes: Vec::new(),
                texts: texts.emptied(),
            },
            Column::List { texts, .. } => Column::List {
                ends: Vec::new(),
                codes: Vec::new(),
                texts: texts.emptied(),
            },
            Column::Number(_) => Column::Number(Vec::new()),
            Column::Boolean(_) => Column::Boolean(Vec::new()),
            Column::Date(_) => Column::Date(Vec::new()),
        }
    }

    /// Which dictionary the column has, if any: its [generation](Texts::generation).
    pub fn texts(&self) -> Option<u64> {
        match self {
            Column::Text { texts, .. } | Column::List { texts, .. } => Some(texts.generation()),
            Column::Number(_) | Column::Boolean(_) | Column::Date(_) => None,
        }
    }

    /// Changes the rows, but not the dictionary, with those of another column of the same type. The codes of the others
    /// are taken for codes of this dictionary.
    pub fn swap_rows(&mut self, other: &mut Column) {
        match (self, other) {
            (Column::Text { codes, .. }, Column::Text { codes: others, .. }) => std::mem::swap(codes, others),
            (Column::Number(values), Column::Number(others)) => std::mem::swap(values, others),
            (Column::Boolean(values), Column::Boolean(others)) => std::mem::swap(values, others),
            (Column::Date(values), Column::Date(others)) => std::mem::swap(values, others),
            (
                Column::List { ends, codes, .. },
                Column::List {
                    ends: other_ends,
                    codes: others,
                    ..
                },
            ) => {
                std::mem::swap(ends, other_ends);
                std::mem::swap(codes, others);
            }
            _ => {}
        }
    }

    /// Forgets the rows and keeps the dictionary, unless it has outgrown `most_bytes`.
    pub fn clear_rows(&mut self, most_bytes: usize) {
        match self {
            Column::Text { codes, texts } => {
                codes.clear();
                if texts.bytes() > most_bytes {
                    texts.clear();
                }
            }
            Column::Number(values) => values.clear(),
            Column::Boolean(values) => values.clear(),
            Column::Date(values) => values.clear(),
            Column::List { ends, codes, texts } => {
                ends.clear();
                codes.clear();
                if texts.bytes() > most_bytes {
                    texts.clear();
                }
            }
        }
    }

    /// The codes of a row of a list; empty for other columns and rows that are not there.
    pub fn list(&self, row: usize) -> &[u32] {
        let Column::List { ends, codes, .. } = self else {
            return &[];
        };
        let start = row
            .checked_sub(1)
            .and_then(|before| ends.get(before))
            .copied()
            .unwrap_or(0);
        let end = ends.get(row).copied().unwrap_or(start);
        codes.get(start..end).unwrap_or_default()
    }

    /// A row's value as people write it, the elements of a list between `; `; `None` where it is missing.
    pub fn display(&self, row: usize) -> Option<String> {
        match self {
            Column::Text { codes, texts } => {
                let code = codes.get(row).filter(|code| **code != Self::NO_TEXT)?;
                Some(texts.text(*code).to_owned())
            }
            Column::Number(values) => {
                let units = values.get(row).filter(|units| **units != Self::NO_NUMBER)?;
                Some(Number::saturating_from_units(i128::from(*units)).to_string())
            }
            Column::Boolean(values) => match values.get(row)? {
                0 => Some("false".to_owned()),
                1 => Some("true".to_owned()),
                _ => None,
            },
            Column::Date(values) => values
                .get(row)
                .and_then(|day| Day::from_number(*day))
                .map(|day| day.to_string()),
            Column::List { texts, .. } => {
                let parts: Vec<&str> = self.list(row).iter().map(|code| texts.text(*code)).collect();
                (!parts.is_empty()).then(|| parts.join("; "))
            }
        }
    }
}

/// Adds the values of these rows.
fn gather<T: Copy>(values: &mut Vec<T>, from: &[T], rows: impl Iterator<Item = usize>, missing: T) {
    values.extend(rows.map(|row| from.get(row).copied().unwrap_or(missing)));
}

/// Puts values of rows to places, as far as both are there.
fn copy<T: Copy>(from: &[T], to: &mut [T], places: impl Iterator<Item = (usize, usize)>) {
    for (at, row) in places {
        if let (Some(value), Some(place)) = (from.get(row), to.get_mut(at)) {
            *place = *value;
        }
    }
}

/// The codes of one dictionary as those of another, each looked up once.
struct Recoded<'a> {
    from: &'a Texts,
    codes: Vec<u32>,
}

impl<'a> Recoded<'a> {
    fn new(from: &'a Texts) -> Self {
        Self {
            from,
            codes: vec![Column::NO_TEXT; from.len()],
        }
    }

    fn code(&mut self, code: Option<u32>, to: &mut Texts) -> u32 {
        let Some(known) = code.and_then(|code| self.codes.get_mut(code as usize)) else {
            return Column::NO_TEXT;
        };
        if *known == Column::NO_TEXT {
            let text = self.from.text(code.unwrap_or(Column::NO_TEXT));
            *known = to.add(text);
        }
        *known
    }
}
