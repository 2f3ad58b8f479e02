//! Ceilings: how far a signal's count has to be counted, since no reader tells greater counts apart.

use crate::model::Bound;

use super::graph::{Graph, NodeId, Operand, Operation};

/// For each signal, the least count from which all counts are the same to these nodes; `None` where there is none.
pub(super) fn ceilings(graph: &Graph, steps: &[NodeId], signals: usize) -> Vec<Option<u64>> {
    let mut ceilings = vec![Some(0); signals];
    for step in steps {
        let Some(operation) = graph.node(*step).map(|node| &node.operation) else {
            continue;
        };
        let needed = needed(operation);
        for operand in operation.operands() {
            if let Operand::Signal(signal) = operand
                && let Some(ceiling) = ceilings.get_mut(signal.index())
            {
                *ceiling = (*ceiling).zip(needed).map(|(one, other)| one.max(other));
            }
        }
    }
    ceilings
}

/// How far an operation needs its count to be counted.
fn needed(operation: &Operation) -> Option<u64> {
    match operation {
        Operation::Times { most, .. } => *most,
        Operation::Events(Bound::AtLeast(least), _) => Some(*least),
        Operation::Events(Bound::AtMost(most) | Bound::Exactly(most), _) => most.checked_add(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Shape, SignalId, WorthId};

    #[test]
    fn the_ceiling_is_the_greatest_that_a_reader_needs() {
        let mut graph = Graph::default();
        let mut ids = vec![
            graph.add(Shape::Condition, Operation::Events(Bound::AtLeast(3), SignalId(0))),
            graph.add(Shape::Condition, Operation::Events(Bound::AtMost(3), SignalId(1))),
            graph.add(Shape::Condition, Operation::Events(Bound::Exactly(3), SignalId(2))),
            graph.add(Shape::Number, Operation::Collected(SignalId(2))),
        ];
        let times = |most| Operation::Times {
            count: SignalId(0),
            worth: WorthId(0),
            most,
        };
        ids.push(graph.add(Shape::Number, times(Some(7))));
        assert_eq!(ceilings(&graph, &ids, 4), [Some(7), Some(4), None, Some(0)]);
        ids.push(graph.add(Shape::Number, times(None)));
        assert_eq!(ceilings(&graph, &ids, 4), [None, Some(4), None, Some(0)]);
    }
}
