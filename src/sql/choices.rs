//! Choices: the first of several conditions that holds, the band of a score, and what belongs to the place chosen.

use crate::number::Number;
use crate::plan::{NodeId, Operation};

use super::expression::Expressions;
use super::tree::{Expr, Sign, Type};

impl Expressions<'_> {
    /// What belongs to the place that a choice has: a value of a type.
    pub(super) fn choice(&self, choice: NodeId, of: impl Fn(usize) -> Expr, otherwise: Option<Expr>, is: Type) -> Expr {
        let places = self.places(choice);
        if self.columns.contains_key(&choice) && places > 0 {
            let whens = (0..places)
                .map(|place| (Expr::Integer(place as i64), of(place)))
                .collect();
            let value = Expr::Match(Box::new(self.value(choice)), whens);
            return match otherwise {
                Some(otherwise) => value.or_else(otherwise),
                None => value,
            };
        }
        match self.graph.node(choice).map(|node| &node.operation) {
            Some(Operation::First(conditions)) => self.first(conditions, of, otherwise, is),
            Some(Operation::Band {
                score,
                thresholds,
                otherwise: lowest,
            }) => {
                let otherwise = lowest.map(|label| of(usize::from(label))).or(otherwise);
                self.band(*score, thresholds, |label| of(usize::from(label)), otherwise, is)
            }
            _ => otherwise.unwrap_or(Expr::Null(is)),
        }
    }

    pub(super) fn points(&self, choice: NodeId, points: &[Number]) -> Expr {
        let of = |place: usize| Expr::Integer(points.get(place).map_or(0, |points| points.units()));
        self.choice(choice, of, Some(Expr::Integer(0)), Type::Integer)
    }

    /// What belongs to the first condition that holds.
    pub(super) fn first(
        &self,
        conditions: &[NodeId],
        of: impl Fn(usize) -> Expr,
        otherwise: Option<Expr>,
        is: Type,
    ) -> Expr {
        let mut whens = Vec::new();
        for (place, condition) in conditions.iter().enumerate() {
            match self.value(*condition) {
                Expr::Boolean(false) => {}
                Expr::Boolean(true) if whens.is_empty() => return of(place),
                Expr::Boolean(true) => return Expr::Case(whens, Some(Box::new(of(place)))),
                condition => whens.push((condition, of(place))),
            }
        }
        match whens.is_empty() {
            true => otherwise.unwrap_or(Expr::Null(is)),
            false => Expr::Case(whens, otherwise.map(Box::new)),
        }
    }

    /// How many places a choice is among.
    fn places(&self, choice: NodeId) -> usize {
        match self.graph.node(choice).map(|node| &node.operation) {
            Some(Operation::First(conditions)) => conditions.len(),
            Some(Operation::Band {
                thresholds, otherwise, ..
            }) => thresholds.len() + usize::from(otherwise.is_some()),
            _ => 0,
        }
    }

    /// What belongs to the first threshold that a score reaches.
    pub(super) fn band(
        &self,
        score: NodeId,
        thresholds: &[(Number, u16)],
        of: impl Fn(u16) -> Expr,
        otherwise: Option<Expr>,
        is: Type,
    ) -> Expr {
        let reached = thresholds.iter().map(|(threshold, label)| {
            let score = self.value(score);
            let reaches = score.infix(Sign::GreaterOrEqual, Expr::Integer(threshold.units()));
            (reaches, of(*label))
        });
        let whens: Vec<_> = reached.collect();
        match whens.is_empty() {
            true => otherwise.unwrap_or(Expr::Null(is)),
            false => Expr::Case(whens, otherwise.map(Box::new)),
        }
    }
}
