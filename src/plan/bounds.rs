//! Bounds: how large the numbers of a plan's nodes can be, so that most sums need no wide arithmetic.

use crate::calendar::Day;
use crate::model::Operator;
use crate::number::{MOST_UNITS, Number};

use super::graph::{Graph, Node, NodeId, Operation};
use super::signal::{Collect, Signal, Worth, WorthId};

/// The greatest magnitude of each node's number, in ten-thousandths.
#[derive(Clone, Debug, Default)]
pub struct Bounds(Vec<i64>);

impl Bounds {
    /// The bounds of a graph's nodes, where events have these worths.
    pub(super) fn new(graph: &Graph, signals: &[Signal], worths: &[Worth]) -> Bounds {
        let mut bounds = Bounds(Vec::with_capacity(graph.nodes().len()));
        for node in graph.nodes() {
            let most = bounds.of_node(signals, worths, node);
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

    /// The greatest magnitude of two numbers with an operator between them.
    fn of_operation(&self, operator: Operator, one: NodeId, two: NodeId) -> i64 {
        let [left, right] = [one, two].map(|operand| Number::saturating_from_units(i128::from(self.of(operand))));
        match operator {
            Operator::Plus | Operator::Minus => magnitude(Operator::Plus.saturating(left, right)),
            Operator::Times => magnitude(Operator::Times.saturating(left, right)),
            // A divisor may be as small as there are numbers.
            Operator::Over => MOST_UNITS,
        }
    }

    fn of_node(&self, signals: &[Signal], worths: &[Worth], node: &Node) -> i64 {
        let of_events = |worth: &WorthId, most: Option<u64>| {
            let points = worths
                .get(worth.index())
                .map_or(MOST_UNITS, |worth| magnitude(worth.points));
            let count = most.unwrap_or(u64::MAX).min(MOST_EVENTS);
            points.saturating_mul(count as i64)
        };
        let most = match &node.operation {
            Operation::Number(number) => magnitude(*number),
            Operation::When(_, of) | Operation::Decayed { value: of, .. } | Operation::Negate(of) => self.of(*of),
            Operation::Points(_, points) => points.iter().map(|points| magnitude(*points)).max().unwrap_or(0),
            Operation::Times { worth, most, .. } => of_events(worth, *most),
            Operation::Kept { worth, limits, .. } => of_events(worth, limits.total),
            Operation::Collected(signal) => match signals.get(signal.index()).map(|signal| signal.collect) {
                Some(Collect::Count | Collect::Known(_) | Collect::Distinct(_)) => {
                    MOST_EVENTS as i64 * magnitude(Number::whole(1))
                }
                Some(Collect::Worth(worth)) => of_events(&worth, None),
                Some(_) | None => MOST_UNITS,
            },
            Operation::Elapsed { .. } => MOST_DAYS * magnitude(Number::whole(1)),
            Operation::Arithmetic(operator, one, two) | Operation::Saturating(operator, one, two) => {
                self.of_operation(*operator, *one, *two)
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

/// No signal counts further.
const MOST_EVENTS: u64 = u32::MAX as u64;

/// No two days of the calendar are farther apart.
const MOST_DAYS: i64 = (Day::MAX.number() - Day::MIN.number()) as i64;

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
        let bounds = Bounds::new(&graph, &[], &[]);
        let told = [two, any, when, small, clamped, half_clamped, large].map(|node| bounds.of(node));
        assert_eq!(told, [20_000, MOST_UNITS, 20_000, 40_000, 50_000, 40_000, MOST_UNITS]);
        assert_eq!(bounds.of_sum(&[any; 9]), Some(9 * MOST_UNITS));
        assert_eq!(bounds.of_sum(&[any; 10]), None);
    }
}
