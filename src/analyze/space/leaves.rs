//! Leaves: the conditions that look at data, and what each of them looks at.

use std::collections::BTreeSet;

use crate::calendar::{Day, Unit};
use crate::plan::{Graph, NodeId, Operand, Operation, Shape, TextTest};

/// What the value of a node depends on, and the constants with which it is compared.
#[derive(Clone, Debug, Default)]
pub(in crate::analyze) struct Looks {
    /// Columns of the table.
    pub(in crate::analyze) columns: BTreeSet<u32>,
    /// Whether events are looked at, too.
    pub(in crate::analyze) signals: bool,
    /// Whether its truth does not follow from constants alone: arithmetic, a regex.
    pub(in crate::analyze) opaque: bool,
    /// Numbers, in ten-thousandths.
    pub(in crate::analyze) numbers: BTreeSet<i64>,
    /// Days.
    pub(in crate::analyze) days: BTreeSet<Day>,
    /// Units in which time is counted.
    pub(in crate::analyze) units: BTreeSet<Unit>,
}

impl Looks {
    fn add(&mut self, other: &Looks) {
        self.columns.extend(&other.columns);
        self.signals |= other.signals;
        self.opaque |= other.opaque;
        self.numbers.extend(&other.numbers);
        self.days.extend(&other.days);
        self.units.extend(&other.units);
    }

    /// The one column on which everything depends; `None` where there is none, or more than one.
    pub(in crate::analyze) fn only_column(&self) -> Option<u32> {
        let mut columns = self.columns.iter();
        match (columns.next(), columns.next(), self.signals) {
            (Some(column), None, false) => Some(*column),
            _ => None,
        }
    }
}

/// What each node of a graph looks at, by its place.
pub(in crate::analyze) fn looks(graph: &Graph) -> Vec<Looks> {
    let mut all: Vec<Looks> = Vec::with_capacity(graph.nodes().len());
    for node in graph.nodes() {
        let mut looks = Looks::default();
        let mut sides = 0;
        for operand in node.operation.operands() {
            match operand {
                Operand::Node(id) => {
                    if let Some(of) = all.get(id.index()) {
                        sides += usize::from(!of.columns.is_empty());
                        looks.add(of);
                    }
                }
                Operand::Signal(_) => looks.signals = true,
            }
        }
        // What is compared with another value of the same column has no constants at which its truth changes.
        looks.opaque |= sides > 1 && is_test(&node.operation);
        add_own(&mut looks, graph, &node.operation);
        all.push(looks);
    }
    all
}

fn add_own(looks: &mut Looks, graph: &Graph, operation: &Operation) {
    match operation {
        Operation::Column(column) | Operation::Holds(column, _) => {
            looks.columns.insert(*column);
        }
        Operation::Number(number) => {
            looks.numbers.insert(number.units());
        }
        Operation::Date(day) => {
            looks.days.insert(*day);
        }
        Operation::OneOf(of, constants) => match graph.shape(*of) {
            Shape::Date => looks.days.extend(constants.iter().filter_map(|day| day_of(*day))),
            Shape::Condition | Shape::Boolean | Shape::Number | Shape::Text | Shape::List | Shape::Choice => {
                looks.numbers.extend(constants);
            }
        },
        Operation::Elapsed { unit, .. } => {
            looks.units.insert(*unit);
        }
        Operation::Arithmetic(..) | Operation::TextIs(_, TextTest::Matches(_)) | Operation::SameText(..) => {
            looks.opaque = true;
        }
        // These only put together what they are made of.
        Operation::Constant(_)
        | Operation::Text(_)
        | Operation::Domain(_)
        | Operation::Not(_)
        | Operation::All(_)
        | Operation::Any(_)
        | Operation::Quantity(..)
        | Operation::Compare(..)
        | Operation::Between(..)
        | Operation::TextIs(..)
        | Operation::Known(_)
        | Operation::True(_)
        | Operation::Chosen(..)
        | Operation::Events(..)
        | Operation::Saturating(..)
        | Operation::Negate(_)
        | Operation::Collected(_)
        | Operation::Average { .. }
        | Operation::Newest(_)
        | Operation::Or(..)
        | Operation::When(..)
        | Operation::Times { .. }
        | Operation::Kept { .. }
        | Operation::Sum(_)
        | Operation::Decayed { .. }
        | Operation::Clamped { .. }
        | Operation::First(_)
        | Operation::Points(..)
        | Operation::Band { .. }
        | Operation::Unless { .. } => {}
    }
}

/// The day that a constant stands for.
pub(in crate::analyze) fn day_of(constant: i64) -> Option<Day> {
    Day::from_number(i32::try_from(constant).ok()?)
}

/// Whether an operation is a condition that looks at values, and not at other conditions.
pub(in crate::analyze) fn is_test(operation: &Operation) -> bool {
    matches!(
        operation,
        Operation::Compare(..)
            | Operation::SameText(..)
            | Operation::Between(..)
            | Operation::OneOf(..)
            | Operation::TextIs(..)
            | Operation::Holds(..)
            | Operation::Known(_)
            | Operation::True(_)
    )
}

/// The tests among these nodes that look at columns alone.
pub(in crate::analyze) fn tests_of_columns(graph: &Graph, looks: &[Looks], steps: &[NodeId]) -> Vec<NodeId> {
    let is_leaf = |id: &NodeId| {
        let looks = looks.get(id.index());
        let of_columns = looks.is_some_and(|looks| !looks.signals && !looks.columns.is_empty());
        of_columns && graph.node(*id).is_some_and(|node| is_test(&node.operation))
    };
    steps.iter().copied().filter(is_leaf).collect()
}
