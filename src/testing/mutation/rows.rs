//! The changes of the rows of tables.

use crate::model::{Comparison, Fits, Row, Value};
use crate::number::{MOST_UNITS, Number};
use crate::reason::fits_words;
use crate::source::Span;
use crate::table::Type;
use crate::text::fold;

use super::super::written::neighbours;
use super::conditions::neighbouring;
use super::operator::Operator;
use super::walk::{Note, Walk};

impl Walk<'_> {
    /// The changes of the rows of a table: each left out, two exchanged, and those of each.
    pub(super) fn rows(&mut self, value: &Value, rows: &mut Vec<Row>) {
        if rows.len() > 1 {
            self.removals(rows, |row| Some(row.span));
        }
        for place in 1..rows.len() {
            self.exchanged(value, rows, place);
        }
        for row in rows {
            self.fits(&mut row.fits, row.span);
            self.points(&mut row.points, row.span, true);
        }
    }

    /// A row tried before the one above it, where that matters.
    fn exchanged(&mut self, value: &Value, rows: &mut Vec<Row>, place: usize) {
        let (Some(above), Some(below)) = (rows.get(place - 1), rows.get(place)) else {
            return;
        };
        let is_list = matches!(value.of, Type::List);
        if above.points == below.points || !share_a_value(&above.fits, &below.fits, is_list) {
            return;
        }
        let (span, words) = (below.span, [fits_words(&above.fits), fits_words(&below.fits)]);
        let exchange = |rows: &mut Vec<Row>| {
            if place < rows.len() {
                rows.swap(place - 1, place);
            }
        };
        self.offer(Operator::Swapped, rows, exchange, |_| {
            let [above, below] = words;
            Note::new(
                span,
                format!("{above} before {below}"),
                format!("{below} before {above}"),
            )
        });
    }

    /// The numbers of a row a step away, `<` and `<=`.
    fn fits(&mut self, fits: &mut Fits, span: Span) {
        let was = fits_words(fits);
        for (operator, other) in others(fits) {
            let becomes = fits_words(&other);
            self.replacement(operator, fits, other, |_| Note::new(span, was.as_str(), becomes));
        }
    }
}

/// The values that a row fits, changed by a step.
fn others(fits: &Fits) -> Vec<(Operator, Fits)> {
    let near = |number: Number| neighbours(number, &number.to_string());
    let threshold = |fits: Fits| (Operator::Threshold, fits);
    match fits {
        Fits::Range(low, high) => {
            let lows = near(*low).into_iter().map(|low| Fits::Range(low, *high));
            let highs = near(*high).into_iter().map(|high| Fits::Range(*low, high));
            lows.chain(highs).map(threshold).collect()
        }
        Fits::Compared(order, number) => {
            let turned = neighbouring(*order).map(|order| (Operator::Comparison, Fits::Compared(order, *number)));
            let moved = near(*number).into_iter().map(|number| Fits::Compared(*order, number));
            turned.into_iter().chain(moved.map(threshold)).collect()
        }
        Fits::Texts(_) | Fits::Numbers(_) | Fits::Booleans(_) | Fits::Unknown | Fits::Otherwise => Vec::new(),
    }
}

/// Whether some value fits two rows, so that it matters which is tried first. `otherwise` is always last.
fn share_a_value(one: &Fits, two: &Fits, of_lists: bool) -> bool {
    match (one, two) {
        (Fits::Texts(_), Fits::Texts(_)) if of_lists => true,
        (Fits::Texts(one), Fits::Texts(two)) => one.iter().any(|one| two.iter().any(|two| fold(one) == fold(two))),
        (Fits::Booleans(one), Fits::Booleans(two)) => one.iter().any(|one| two.contains(one)),
        (Fits::Unknown | Fits::Otherwise, _) | (_, Fits::Unknown | Fits::Otherwise) => false,
        (one, two) => spans(one).iter().any(|(low, high)| {
            let others = spans(two);
            others
                .iter()
                .any(|(other_low, other_high)| low <= other_high && other_low <= high)
        }),
    }
}

/// The units from which, and up to which, numbers fit.
fn spans(fits: &Fits) -> Vec<(i64, i64)> {
    match fits {
        Fits::Numbers(numbers) => numbers.iter().map(|number| (number.units(), number.units())).collect(),
        Fits::Range(low, high) => vec![(low.units(), high.units())],
        Fits::Compared(Comparison::Less, number) => vec![(-MOST_UNITS, number.units() - 1)],
        Fits::Compared(Comparison::LessOrEqual, number) => vec![(-MOST_UNITS, number.units())],
        Fits::Compared(Comparison::Greater, number) => vec![(number.units() + 1, MOST_UNITS)],
        Fits::Compared(Comparison::GreaterOrEqual, number) => vec![(number.units(), MOST_UNITS)],
        Fits::Compared(Comparison::Equal, number) => vec![(number.units(), number.units())],
        Fits::Texts(_) | Fits::Booleans(_) | Fits::Unknown | Fits::Otherwise => Vec::new(),
    }
}
