//! Grains: numbers of which all values of a node are multiples, so that a product with a literal needs no rounding.

use crate::model::{Amount, Operator};
use crate::number::Number;
use crate::plan::{NodeId, Operation, Worth, WorthId};

use super::Bounding;
use super::possible::Domains;
use super::units::{MOST_FACTOR, WHOLE};

impl Bounding<'_> {
    /// Whether a sum of scores, each with a sign, can lie between two ends, as far as its steps tell: points that are all
    /// multiples of 5 come to no 149.
    pub(in crate::analyze) fn may_lie_between(
        &self,
        nodes: &[(i128, NodeId)],
        (least, most): (i128, i128),
        domains: &Domains,
    ) -> bool {
        if self.is_too_much() {
            return true;
        }
        let sum = self.taken_apart(nodes, domains);
        let of_terms = sum.terms.iter().map(|(factor, node)| self.step(*factor, *node));
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

    /// A number of which all products of a node and a factor are multiples.
    fn step(&self, factor: i128, node: NodeId) -> i128 {
        // Whatever they are, they are whole.
        factor.abs().checked_mul(self.grain(node)).unwrap_or(1)
    }

    /// A number of which all values of a node are multiples.
    fn grain(&self, node: NodeId) -> i128 {
        let grains = self.grains.get_or_init(|| {
            let nodes = self.space.plan().contacts.nodes();
            self.spend(nodes.len() as u64);
            let mut grains = Vec::with_capacity(nodes.len());
            // INVARIANT: operands stand before, so that their grains are known.
            for node in nodes {
                grains.push(grain(&node.operation, &self.space.plan().worths, &grains));
            }
            grains
        });
        of_node(grains, node)
    }
}

/// A number of which all values of an operation are multiples, where those of its operands are known.
fn grain(operation: &Operation, worths: &[Worth], known: &[i128]) -> i128 {
    let of = |number: &Number| i128::from(number.units()).abs();
    let node = |node: &NodeId| of_node(known, *node);
    let worth = |worth: &WorthId| worths.get(worth.index());
    match operation {
        Operation::Number(number) => of(number),
        Operation::When(_, number) => node(number),
        Operation::Points(_, points) => points.iter().map(of).fold(0, gcd),
        // INVARIANT: what each event of `Times` is worth never fades.
        Operation::Times { worth: each, .. } => worth(each).map_or(1, |worth| of(&worth.points)),
        Operation::Kept { worth: each, .. } => {
            let never_fades = worth(each).filter(|worth| worth.fading.is_none());
            never_fades.map_or(1, |worth| of(&worth.points))
        }
        Operation::Sum(many) => many.iter().map(node).fold(0, gcd),
        Operation::Clamped { value, min, max } => min.iter().chain(max).map(of).fold(node(value), gcd),
        Operation::Decayed {
            value,
            amount: Amount::Points(points),
            ..
        } => gcd(node(value), of(points)),
        // Of all others it is known only that they are whole.
        Operation::Decayed {
            amount: Amount::Part(_),
            ..
        }
        | Operation::Constant(_)
        | Operation::Date(_)
        | Operation::Text(_)
        | Operation::Column(_)
        | Operation::Domain(_)
        | Operation::Not(_)
        | Operation::All(_)
        | Operation::Any(_)
        | Operation::Quantity(..)
        | Operation::Compare(..)
        | Operation::SameText(..)
        | Operation::Between(..)
        | Operation::OneOf(..)
        | Operation::TextIs(..)
        | Operation::Holds(..)
        | Operation::Known(_)
        | Operation::True(_)
        | Operation::Chosen(..)
        | Operation::Events(..)
        | Operation::Arithmetic(..)
        | Operation::Saturating(..)
        | Operation::Negate(_)
        | Operation::Elapsed { .. }
        | Operation::Collected(_)
        | Operation::Average { .. }
        | Operation::Newest(_)
        | Operation::Or(..)
        | Operation::First(_)
        | Operation::Band { .. }
        | Operation::Unless { .. } => 1,
    }
}

fn of_node(grains: &[i128], node: NodeId) -> i128 {
    grains.get(node.index()).copied().unwrap_or(1)
}

fn gcd(one: i128, other: i128) -> i128 {
    if other == 0 { one } else { gcd(other, one % other) }
}
