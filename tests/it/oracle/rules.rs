//! What a rule gives.

use leadscore::calendar::Unit;
use leadscore::model::{Amount, Fading, Fits, Limits, Row, Rule, RuleKind, Value};
use leadscore::number::Number;

use super::{Datum, OracleEvent, World, calendar, decimal, folding};

impl World<'_> {
    pub(crate) fn points(&self, rule: &Rule) -> Number {
        match &rule.kind {
            // "The first form adds its points once, if the condition holds."
            RuleKind::Once { condition, points, .. } if self.holds(condition, None) => *points,
            RuleKind::Once { .. } => Number::ZERO,
            RuleKind::Table { value, rows } => self.table_points(value, rows),
            // "it adds its points for each event that the pattern picks, if the condition (where there is one) holds"
            RuleKind::Each {
                pattern,
                condition,
                points,
                limits,
                fading,
                ..
            } => {
                if condition.as_ref().is_some_and(|condition| !self.holds(condition, None)) {
                    return Number::ZERO;
                }
                let kept = keep_newest(self.picks(pattern), *limits);
                decimal::sum(kept.iter().map(|event| self.faded(*points, *fading, event)))
            }
        }
    }

    /// "Rows are tried from the top; the first that fits adds its points, once."
    fn table_points(&self, value: &Value, rows: &[Row]) -> Number {
        let value = self.value(value, None);
        let first = rows.iter().find(|row| fits(&row.fits, value.as_ref()));
        first.map_or(Number::ZERO, |row| row.points)
    }

    /// "Fading, by the age of each event"
    fn faded(&self, points: Number, fading: Option<Fading>, event: &OracleEvent) -> Number {
        match fading {
            None => points,
            Some(Fading::Over(span)) => {
                let age = i64::from(self.as_of.number()) - i64::from(event.day.number());
                decimal::straight_down(points, age, calendar::days_of(span, self.as_of))
            }
            Some(Fading::Per(amount, period)) => {
                let age = calendar::full_periods(event.day, period, self.as_of);
                match amount {
                    Amount::Points(step) => decimal::toward_zero(points, step, age),
                    Amount::Part(part) => decimal::shrink(points, part, age),
                }
            }
        }
    }
}

/// "A row is one or more literals (text, number, true, false; for a list, equal to an element), or `A to B` (both ends
/// included), or `< N`, …; or `unknown`: missing; or, last, `otherwise`: any other value, a missing one not."
fn fits(row: &Fits, value: Option<&Datum>) -> bool {
    match (row, value) {
        (Fits::Unknown, value) => value.is_none(),
        (Fits::Otherwise, value) => value.is_some(),
        (_, None) => false,
        (Fits::Texts(texts), Some(Datum::Text(value))) => texts.iter().any(|text| folding::same(text, value)),
        (Fits::Texts(texts), Some(Datum::List(elements))) => {
            (texts.iter()).any(|text| elements.iter().any(|element| folding::same(text, element)))
        }
        (Fits::Numbers(numbers), Some(Datum::Number(value))) => numbers.contains(value),
        (Fits::Booleans(booleans), Some(Datum::Boolean(value))) => booleans.contains(value),
        (Fits::Range(least, greatest), Some(Datum::Number(value))) => least <= value && value <= greatest,
        (Fits::Compared(comparison, number), Some(Datum::Number(value))) => {
            super::conditions::stands(value, *comparison, number)
        }
        (row, Some(value)) => panic!("a row {row:?} for {value:?}"),
    }
}

/// "A rule may have one limit with `per` and one without, in either order: the one with `per` keeps so many events in
/// each period, the newest; then the other keeps the newest of what is left."
fn keep_newest(picked: Vec<&OracleEvent>, limits: Limits) -> Vec<&OracleEvent> {
    let mut left = newest_first(picked);
    if let Some((most, unit)) = limits.per {
        left = keep_in_each_period(left, most, unit);
    }
    if let Some(most) = limits.total {
        left.truncate(most as usize);
    }
    left
}

/// "Of two events on one day, the later in the data is newer."
fn newest_first(mut events: Vec<&OracleEvent>) -> Vec<&OracleEvent> {
    events.reverse();
    events.sort_by_key(|event| std::cmp::Reverse(event.day));
    events
}

fn keep_in_each_period(newest_first: Vec<&OracleEvent>, most: u64, unit: Unit) -> Vec<&OracleEvent> {
    let mut kept: Vec<&OracleEvent> = Vec::new();
    for event in newest_first {
        let period = calendar::period_of(event.day, unit);
        let already = kept
            .iter()
            .filter(|other| calendar::period_of(other.day, unit) == period)
            .count();
        if (already as u64) < most {
            kept.push(event);
        }
    }
    kept
}
