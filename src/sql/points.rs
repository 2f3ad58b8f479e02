//! What rules give and what becomes of it: counts and amounts of events, points, sums, decay, and the ends of scores.

use std::collections::HashMap;

use crate::calendar::Period;
use crate::model::Amount;
use crate::number::{MOST_UNITS, Number};
use crate::plan::{Collect, NodeId, SignalId, WorthId};

use super::arithmetic::{self, Beyond, ONE};
use super::expression::{Expressions, LookedUp};
use super::tree::{Expr, Function, Sign, Type};

impl Expressions<'_> {
    /// How many a signal counted; zero of a contact without events.
    pub(super) fn count(&self, signal: SignalId) -> Expr {
        match self.signals.get(&signal) {
            Some(name) => Expr::column(name).or_else(Expr::Integer(0)),
            None => Expr::Integer(0),
        }
    }

    pub(super) fn collected(&self, signal: SignalId) -> Expr {
        let Some((name, found)) = self.signals.get(&signal).zip(self.plan.signal(signal)) else {
            return Expr::Null(Type::Integer);
        };
        match found.collect {
            Collect::Count | Collect::Known(_) | Collect::Distinct(_) => self.count(signal).times(Expr::Integer(ONE)),
            Collect::Sum(_) => {
                let sum = Expr::column(name).or_else(Expr::Integer(0));
                let in_range = Expr::call(Function::Absolute, [sum.clone()]);
                let in_range = in_range.infix(Sign::LessOrEqual, Expr::Integer(MOST_UNITS));
                Expr::only_if(in_range, Expr::call(Function::Narrow, [sum]))
            }
            Collect::Worth(_) => self.count(signal),
            Collect::Smallest(_) | Collect::Largest(_) | Collect::First | Collect::Last | Collect::Days => {
                Expr::column(name)
            }
        }
    }

    pub(super) fn average(&self, sum: SignalId, known: SignalId) -> Expr {
        let names = self.signals.get(&sum).zip(self.signals.get(&known));
        let Some((sum, known)) = names.map(|(sum, known)| (Expr::column(sum), Expr::column(known))) else {
            return Expr::Null(Type::Integer);
        };
        let any = known.clone().infix(Sign::Greater, Expr::Integer(0));
        Expr::only_if(any, arithmetic::average(&sum, &known))
    }

    pub(super) fn times(&self, count: SignalId, worth: WorthId, most: Option<u64>) -> Expr {
        let points = self
            .plan
            .worths
            .get(worth.index())
            .map_or(0, |worth| worth.points.units());
        let count = self.count(count);
        let all = i128::from(points.saturating_abs()) * i128::from(most.unwrap_or(MOST_EVENTS).min(MOST_EVENTS));
        let fits = all <= i128::from(MOST_UNITS);
        // So many events are worth as much as any number can be.
        let enough = (MOST_UNITS / points.saturating_abs().max(1)).unsigned_abs() + 1;
        let most = if fits {
            most
        } else {
            Some(most.unwrap_or(enough).min(enough))
        };
        let counted = match most.and_then(|most| i64::try_from(most).ok()) {
            Some(most) => Expr::call(Function::Least, [count, Expr::Integer(most)]),
            None => count,
        };
        let worth = counted.times(Expr::Integer(points));
        if fits {
            worth
        } else {
            arithmetic::ended(worth, Beyond::End)
        }
    }

    pub(super) fn sum(&self, parts: &[NodeId]) -> Expr {
        match self.plan.bounds.of_sum(parts) {
            Some(most) => {
                let mut told: HashMap<NodeId, usize> = HashMap::new();
                let added = parts.iter().map(|part| {
                    let times = told.entry(*part).or_default();
                    let comment = self
                        .comments
                        .get(part)
                        .and_then(|comments| comments.get(*times))
                        .cloned();
                    *times += 1;
                    let value = match self.value(*part) {
                        Expr::Sum(mut one) if one.len() == 1 => one.remove(0).1,
                        value => value,
                    };
                    (comment, value)
                });
                let sum = Expr::Sum(added.collect());
                if most > MOST_UNITS {
                    arithmetic::ended(sum, Beyond::End)
                } else {
                    sum
                }
            }
            None => arithmetic::wide_sum(&self.values(parts)),
        }
    }

    pub(super) fn decayed(&self, id: NodeId, [value, activity]: [NodeId; 2], amount: Amount, period: Period) -> Expr {
        let operand = self.operand(value);
        let (number, day) = (operand.number.clone(), self.value(activity));
        let left = match amount {
            Amount::Points(points) => {
                let periods = self.as_of.full_periods(&day, period);
                let periods = match points.units() <= MOST_UNITS / MOST_FULL_PERIODS {
                    true => periods,
                    false => {
                        let enough = MOST_UNITS / points.units() + 1;
                        Expr::call(Function::Least, [periods, Expr::Integer(enough)])
                    }
                };
                let taken = periods.times(Expr::Integer(points.units()));
                Expr::call(Function::Greatest, [number.clone().minus(taken), Expr::Integer(0)])
            }
            Amount::Part(_) => match self.left.get(&id) {
                Some(LookedUp { name, column, .. }) => {
                    let left = Expr::ColumnOf(name.clone(), (*column).to_owned()).or_else(Expr::Integer(0));
                    arithmetic::part_of(&operand, &left)
                }
                None => number.clone(),
            },
        };
        let decays = Expr::all(vec![number.clone().infix(Sign::Greater, Expr::Integer(0)), day.known()]);
        Expr::case(decays, left, number)
    }

    pub(super) fn clamped(&self, value: NodeId, min: Option<Number>, max: Option<Number>) -> Expr {
        let value = self.value(value);
        let at_most = match max {
            Some(max) => Expr::call(Function::Least, [value, Expr::Integer(max.units())]),
            None => value,
        };
        match min {
            Some(min) => Expr::call(Function::Greatest, [at_most, Expr::Integer(min.units())]),
            None => at_most,
        }
    }
}

/// No contact has more events.
const MOST_EVENTS: u64 = u32::MAX as u64;

/// There are no more days in the calendar.
const MOST_FULL_PERIODS: i64 = 4_000_000;
