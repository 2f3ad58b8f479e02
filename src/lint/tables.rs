//! Tables: rows and values that earlier rows take, and gaps between the rows of numbers.

use std::collections::HashMap;

use crate::builtins::Aggregate;
use crate::check::Checked;
use crate::model::{Comparison, Fits, Row, RuleKind, Value, ValueKind};
use crate::number::Number;
use crate::source::Span;
use crate::text::fold;

use super::Warning;

/// The warnings of all tables.
pub(super) fn lint(checked: &Checked) -> Vec<Warning> {
    let rules = checked.understood().blocks.iter().flat_map(|block| &block.rules);
    let tables = rules.filter_map(|rule| match &rule.kind {
        RuleKind::Table { value, rows } => Some((value, rows.as_slice())),
        RuleKind::Once { .. } | RuleKind::Each { .. } => None,
    });
    tables
        .flat_map(|(value, rows)| [shadowed(rows), gaps(rows, is_whole(value))].concat())
        .collect()
}

/// Whether a value is never anything but a whole number, so that nothing lies between 9 and 10.
fn is_whole(value: &Value) -> bool {
    match &value.kind {
        ValueKind::Elapsed { .. } => true,
        ValueKind::Aggregate { function, .. } => matches!(function, Aggregate::Count | Aggregate::Distinct),
        ValueKind::Number(_)
        | ValueKind::Text(_)
        | ValueKind::Date(_)
        | ValueKind::Field(_)
        | ValueKind::Property(_)
        | ValueKind::Let(_)
        | ValueKind::Condition(_)
        | ValueKind::Arithmetic(..)
        | ValueKind::Negate(_)
        | ValueKind::Domain(_)
        | ValueKind::Score(_)
        | ValueKind::Label(_) => false,
    }
}

/// Rows and single values that the rows above take.
fn shadowed(rows: &[Row]) -> Vec<Warning> {
    let mut taken = Taken::default();
    rows.iter().flat_map(|row| taken.add(row)).collect()
}

/// What the rows so far have taken.
#[derive(Default)]
struct Taken {
    values: HashMap<String, Span>,
    numbers: Intervals,
    unknown: bool,
}

impl Taken {
    /// Adds a row; returns what is wrong with it.
    fn add(&mut self, row: &Row) -> Vec<Warning> {
        match &row.fits {
            Fits::Texts(texts) => self.add_values(row, texts.iter().map(|text| (fold(text), format!("{text:?}")))),
            Fits::Booleans(values) => {
                self.add_values(row, values.iter().map(|value| (value.to_string(), value.to_string())))
            }
            Fits::Numbers(_) | Fits::Range(..) | Fits::Compared(..) => self.add_numbers(row),
            Fits::Unknown if self.unknown => vec![Warning::ShadowedRow { span: row.span }],
            Fits::Unknown => {
                self.unknown = true;
                Vec::new()
            }
            Fits::Otherwise if self.is_everything() => vec![Warning::ShadowedRow { span: row.span }],
            Fits::Otherwise => Vec::new(),
        }
    }

    fn add_values(&mut self, row: &Row, values: impl ExactSizeIterator<Item = (String, String)>) -> Vec<Warning> {
        let count = values.len();
        let mut warnings = Vec::new();
        for (key, shown) in values {
            match self.values.get(&key) {
                Some(first) => warnings.push(Warning::ShadowedValue {
                    value: shown,
                    first: *first,
                    span: row.span,
                }),
                None => {
                    self.values.insert(key, row.span);
                }
            }
        }
        // A row that repeats nothing but taken values is one mistake, not as many as it has values.
        if warnings.len() == count && count > 1 {
            return vec![Warning::ShadowedRow { span: row.span }];
        }
        warnings
    }

    fn add_numbers(&mut self, row: &Row) -> Vec<Warning> {
        let intervals = intervals(&row.fits);
        let covered = intervals.iter().all(|interval| self.numbers.covers(*interval));
        intervals.into_iter().for_each(|interval| self.numbers.add(interval));
        if covered {
            vec![Warning::ShadowedRow { span: row.span }]
        } else {
            Vec::new()
        }
    }

    /// Whether the rows so far take every value there can be, the missing one aside.
    fn is_everything(&self) -> bool {
        let both_booleans = self.values.contains_key("true") && self.values.contains_key("false");
        both_booleans && self.values.len() == 2 || self.numbers.covers(Interval::ALL)
    }
}

/// Numbers in ten-thousandths, both ends included. As numbers have four places, the next number is one unit away.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Interval {
    low: i64,
    high: i64,
}

impl Interval {
    const ALL: Interval = Interval {
        low: Number::MIN.units(),
        high: Number::MAX.units(),
    };
}

/// The numbers that a row fits.
fn intervals(fits: &Fits) -> Vec<Interval> {
    let Interval { low: least, high: most } = Interval::ALL;
    let interval = |low: i64, high: i64| vec![Interval { low, high }];
    match fits {
        Fits::Numbers(numbers) => {
            let points = numbers.iter().map(|number| number.units());
            points
                .map(|units| Interval {
                    low: units,
                    high: units,
                })
                .collect()
        }
        Fits::Range(low, high) => interval(low.units(), high.units()),
        Fits::Compared(comparison, limit) => match comparison {
            Comparison::Equal => interval(limit.units(), limit.units()),
            Comparison::Less => interval(least, limit.units() - 1),
            Comparison::LessOrEqual => interval(least, limit.units()),
            Comparison::Greater => interval(limit.units() + 1, most),
            Comparison::GreaterOrEqual => interval(limit.units(), most),
        },
        Fits::Texts(_) | Fits::Booleans(_) | Fits::Unknown | Fits::Otherwise => Vec::new(),
    }
}

/// Numbers that several intervals hold together: disjoint intervals that do not touch, in their order.
#[derive(Default)]
struct Intervals(Vec<Interval>);

impl Intervals {
    fn covers(&self, wanted: Interval) -> bool {
        let at = self.0.partition_point(|interval| interval.high < wanted.low);
        (self.0.get(at)).is_some_and(|interval| interval.low <= wanted.low && wanted.high <= interval.high)
    }

    fn add(&mut self, added: Interval) {
        let first = self
            .0
            .partition_point(|interval| interval.high < added.low.saturating_sub(1));
        let after = self
            .0
            .partition_point(|interval| interval.low <= added.high.saturating_add(1));
        let touched = self.0.get(first..after).unwrap_or_default();
        let low = touched
            .first()
            .map_or(added.low, |interval| interval.low.min(added.low));
        let high = touched
            .last()
            .map_or(added.high, |interval| interval.high.max(added.high));
        self.0.splice(first..after.max(first), [Interval { low, high }]);
    }
}

/// The number 1 in ten-thousandths.
const ONE: i64 = 10_000;

/// The gaps between rows that stand for ranges of numbers, where no row takes the rest.
fn gaps(rows: &[Row], whole: bool) -> Vec<Warning> {
    if rows.iter().any(|row| matches!(row.fits, Fits::Otherwise)) {
        return Vec::new();
    }
    let is_range = |row: &&Row| matches!(row.fits, Fits::Range(..) | Fits::Compared(..) | Fits::Numbers(_));
    let mut taken: Vec<(Interval, Span)> = (rows.iter().filter(is_range))
        .flat_map(|row| intervals(&row.fits).into_iter().map(|interval| (interval, row.span)))
        .collect();
    taken.sort_unstable();
    let has_ranges = taken.iter().any(|(interval, _)| interval.low != interval.high);
    if !has_ranges {
        return Vec::new();
    }
    let mut warnings = Vec::new();
    let mut below: Option<(Interval, Span)> = None;
    for (interval, span) in taken {
        let is_gap = |before: Interval| {
            let (first, last) = (before.high.saturating_add(1), interval.low.saturating_sub(1));
            first <= last && (!whole || last.div_euclid(ONE) * ONE >= first)
        };
        if let Some((before, below)) = below.filter(|(before, _)| is_gap(*before)) {
            warnings.push(gap(before, below, interval, span));
        }
        if below.is_none_or(|(before, _)| before.high < interval.high) {
            below = Some((interval, span));
        }
    }
    warnings
}

fn gap(before: Interval, below: Span, after: Interval, span: Span) -> Warning {
    let number = |units: i64| Number::saturating_from_units(i128::from(units)).to_string();
    // `< 30` ends one ten-thousandth below 30, and 30 itself is in the gap.
    let (first, last) = (before.high + 1, after.low - 1);
    let gap = match (first % 10_000 == 0, last % 10_000 == 0) {
        (true, true) if first == last => format!("equal to {}", number(first)),
        (true, true) => format!("from {} to {}", number(first), number(last)),
        (true, false) => format!("from {} up to, but not including, {}", number(first), number(last + 1)),
        (false, true) => format!("above {} up to {}", number(first - 1), number(last)),
        (false, false) => format!("between {} and {}", number(first - 1), number(last + 1)),
    };
    Warning::Gap {
        gap,
        low: number(if first % 10_000 == 0 { first } else { before.high }),
        high: number(if last % 10_000 == 0 { last } else { after.low }),
        below,
        span,
    }
}
