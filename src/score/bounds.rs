//! Bounds: how large the numbers of a plan's nodes can be, so that most sums need no wide arithmetic.

use crate::number::Number;
use crate::plan::{Node, NodeId, Operation, Plan};

/// The greatest magnitude of each node's number, in ten-thousandths.
#[derive(Debug, Default)]
pub(super) struct Bounds(Vec<i64>);

/// The greatest magnitude of any number.
pub(super) const MOST: i64 = Number::MAX.units();

impl Bounds {
    /// The bounds of the nodes of contacts.
    pub(super) fn new(plan: &Plan) -> Bounds {
        let mut bounds = Bounds(Vec::with_capacity(plan.contacts.nodes().len()));
        for node in plan.contacts.nodes() {
            let most = bounds.of_node(plan, node);
            bounds.0.push(most);
        }
        bounds
    }

    /// The greatest magnitude of a node's number.
    pub(super) fn of(&self, node: NodeId) -> i64 {
        self.0.get(node.index()).copied().unwrap_or(MOST)
    }

    /// The greatest magnitude of a sum; `None` where it does not fit.
    pub(super) fn of_sum(&self, parts: &[NodeId]) -> Option<i64> {
        parts.iter().try_fold(0i64, |sum, part| sum.checked_add(self.of(*part)))
    }

    fn of_node(&self, plan: &Plan, node: &Node) -> i64 {
        let most = match &node.operation {
            Operation::Number(number) => magnitude(*number),
            Operation::When(_, of) | Operation::Decayed { value: of, .. } => self.of(*of),
            Operation::Points(_, points) => points.iter().map(|points| magnitude(*points)).max().unwrap_or(0),
            Operation::Times { worth, most, .. } => {
                let points = plan
                    .worths
                    .get(worth.index())
                    .map_or(MOST, |worth| magnitude(worth.points));
                let count = most.unwrap_or(u64::MAX).min(u64::from(u32::MAX));
                points.saturating_mul(count as i64)
            }
            Operation::Sum(parts) => self.of_sum(parts).unwrap_or(MOST),
            Operation::Clamped { value, min, max } => {
                let ends = [*min, *max].into_iter().flatten().map(magnitude);
                let free = if min.is_some() && max.is_some() {
                    0
                } else {
                    self.of(*value)
                };
                ends.fold(free, i64::max)
            }
            // Whatever else they hold, it is in the range of numbers.
            _ => MOST,
        };
        most.min(MOST)
    }
}

fn magnitude(number: Number) -> i64 {
    number.units().saturating_abs()
}
