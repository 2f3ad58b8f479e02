//! Grains: numbers of which all values of a node are multiples, so that a product with a literal needs no rounding.

use crate::model::{Amount, Operator};
use crate::number::Number;
use crate::plan::{NodeId, Operation};

use super::possible::Domains;
use super::sums::Sum;
use super::{Bounding, MOST_FACTOR, WHOLE};

impl Bounding<'_> {
    /// Whether a sum of scores, each with a sign, can lie between two ends, as far as its steps tell: points that are all
    /// multiples of 5 come to no 149.
    pub(in crate::analyze) fn may_lie_between(
        &self,
        nodes: &[(i128, NodeId)],
        (least, most): (i128, i128),
        domains: &Domains,
    ) -> bool {
        let mut sum = Sum::default();
        for (sign, node) in nodes {
            self.take_apart(*node, sign * WHOLE, domains, &mut sum);
        }
        sum.unite();
        let of_terms = sum.terms.iter().map(|(factor, node)| factor.abs() * self.grain(*node));
        let step = of_terms
            .chain(sum.slopes.values().map(|slope| slope.abs()))
            .fold(0, gcd);
        if step == 0 {
            return least * WHOLE <= sum.constant && sum.constant <= most.saturating_mul(WHOLE);
        }
        let from = least.saturating_mul(WHOLE) - sum.constant;
        let next = from.div_euclid(step) + i128::from(from.rem_euclid(step) != 0);
        next.saturating_mul(step) + sum.constant <= most.saturating_mul(WHOLE)
    }

    /// The node that is multiplied by a literal, or divided by one, and the factor that stands for it, where nothing is
    /// rounded.
    pub(in crate::analyze) fn multiplied(
        &self,
        operator: Operator,
        one: NodeId,
        other: NodeId,
        factor: i128,
    ) -> Option<(NodeId, i128)> {
        let literal = |id: NodeId| match self.space.plan().contacts.node(id).map(|node| &node.operation) {
            Some(Operation::Number(number)) => Some(i128::from(number.units())),
            _ => None,
        };
        let one_unit = i128::from(Number::whole(1).units());
        let (inner, numerator, denominator) = match (operator, literal(one), literal(other)) {
            (Operator::Times, _, Some(literal)) => (one, literal, one_unit),
            (Operator::Times, Some(literal), None) => (other, literal, one_unit),
            (Operator::Over, _, Some(literal)) if literal != 0 => (one, one_unit, literal),
            _ => return None,
        };
        let grain = self.grain(inner);
        let is_exact = grain * numerator % denominator == 0 && factor * numerator % denominator == 0;
        let product = factor * numerator / denominator;
        (is_exact && product.abs() <= MOST_FACTOR).then_some((inner, product))
    }

    /// A number of which all values of a node are multiples.
    fn grain(&self, node: NodeId) -> i128 {
        let Some(operation) = self.space.plan().contacts.node(node).map(|node| &node.operation) else {
            return 1;
        };
        let of = |number: &Number| i128::from(number.units()).abs();
        match operation {
            Operation::Number(number) => of(number),
            Operation::When(_, number) => self.grain(*number),
            Operation::Points(_, points) => points.iter().map(of).fold(0, gcd),
            Operation::Times { worth, .. } => self
                .space
                .plan()
                .worths
                .get(worth.index())
                .map_or(1, |worth| of(&worth.points)),
            Operation::Kept { worth, .. } => match self.space.plan().worths.get(worth.index()) {
                Some(worth) if worth.fading.is_none() => of(&worth.points),
                _ => 1,
            },
            Operation::Sum(many) => many.iter().map(|one| self.grain(*one)).fold(0, gcd),
            Operation::Clamped { value, min, max } => min.iter().chain(max).map(of).fold(self.grain(*value), gcd),
            Operation::Decayed {
                value,
                amount: Amount::Points(points),
                ..
            } => gcd(self.grain(*value), of(points)),
            _ => 1,
        }
    }
}

fn gcd(one: i128, other: i128) -> i128 {
    if other == 0 { one } else { gcd(other, one % other) }
}
