//! Bounds: how large the numbers of a plan's nodes can be, so that most sums need no wide arithmetic.

use crate::number::{MOST_UNITS, Number};

use super::graph::{Graph, Node, NodeId, Operation};
use super::signal::Worth;

/// The greatest magnitude of each node's number, in ten-thousandths.
#[derive(Clone, Debug, Default)]
pub struct Bounds(Vec<i64>);

impl Bounds {
    /// The bounds of a graph's nodes, where events have these worths.
    pub(super) fn new(graph: &Graph, worths: &[Worth]) -> Bounds {
        let mut bounds = Bounds(Vec::with_capacity(graph.nodes().len()));
        for node in graph.nodes() {
            let most = bounds.of_node(worths, node);
            bounds.0.push(most);
        }
        bounds
    }

    /// The greatest magnitude of a node's number.
    pub fn of(&self, node: NodeId) -> i64 {
        self.0.get(node.index()).copied().unwrap_or(MOST_UNITS)
    }

    /// The greatest magnitude of a sum; `None` where it does not fit.
    pub fn of_sum(&self, parts: &[NodeId]) -> Option<i64> {
        parts.iter().try_fold(0i64, |sum, part| sum.checked_add(self.of(*part)))
    }

    fn of_node(&self, worths: &[Worth], node: &Node) -> i64 {
        let most = match &node.operation {
            Operation::Number(number) => magnitude(*number),
            Operation::When(_, of) | Operation::Decayed { value: of, .. } => self.of(*of),
            Operation::Points(_, points) => points.iter().map(|points| magnitude(*points)).max().unwrap_or(0),
            Operation::Times { worth, most, .. } => {
                let points = worths
                    .get(worth.index())
                    .map_or(MOST_UNITS, |worth| magnitude(worth.points));
                let count = most.unwrap_or(u64::MAX).min(u64::from(u32::MAX));
                points.saturating_mul(count as i64)
            }
            Operation::Sum(parts) => self.of_sum(parts).unwrap_or(MOST_UNITS),
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
            _ => MOST_UNITS,
        };
        most.min(MOST_UNITS)
    }
}

fn magnitude(number: Number) -> i64 {
    number.units().saturating_abs()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Shape;

    #[test]
    fn a_sum_is_bounded_by_its_parts_as_long_as_they_fit() {
        let mut graph = Graph::default();
        let mut add = |operation| graph.add(Shape::Number, operation);
        let two = add(Operation::Number(Number::whole(-2)));
        let any = add(Operation::Column(0));
        let when = add(Operation::When(any, two));
        let small = add(Operation::Sum([two, when].into()));
        let clamped = add(Operation::Clamped {
            value: any,
            min: Some(Number::whole(-5)),
            max: Some(Number::whole(3)),
        });
        let half_clamped = add(Operation::Clamped {
            value: small,
            min: None,
            max: Some(Number::whole(3)),
        });
        let large = add(Operation::Sum([any; 10].into()));
        let bounds = Bounds::new(&graph, &[]);
        let told = [two, any, when, small, clamped, half_clamped, large].map(|node| bounds.of(node));
        assert_eq!(told, [20_000, MOST_UNITS, 20_000, 40_000, 50_000, 40_000, MOST_UNITS]);
        assert_eq!(bounds.of_sum(&[any; 9]), Some(9 * MOST_UNITS));
        assert_eq!(bounds.of_sum(&[any; 10]), None);
    }
}
