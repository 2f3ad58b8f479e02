//! Nodes: what is computed for each row of a table, every distinct thing once, each after what it is made of.

use std::collections::HashMap;

use crate::calendar::{Day, Period, Unit};
use crate::model::{Amount, Bound, Comparison, Operator};
use crate::number::Number;
use crate::table::Type;

use super::{Limits, SignalId, TextTest, WorthId};

/// A node: a place in [`Graph::nodes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u32);

impl NodeId {
    /// The place in the graph's list.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What kind of value a node has for each row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// True or false, never missing.
    Condition,
    /// True, false or missing.
    Boolean,
    /// A number or missing.
    Number,
    /// A day or missing.
    Date,
    /// A text or missing.
    Text,
    /// A set of texts or missing. Its node tells only whether it is known; its tests read the column.
    List,
    /// One of several labels, rows or exclusions by its place, or none.
    Choice,
}

impl Shape {
    /// The shape of a column of data.
    pub fn of(data: &Type) -> Shape {
        match data {
            Type::Text | Type::OneOf(_) => Shape::Text,
            Type::Number => Shape::Number,
            Type::Boolean => Shape::Boolean,
            Type::Date => Shape::Date,
            Type::List => Shape::List,
        }
    }
}

/// Something computed for each row.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Node {
    /// How.
    pub operation: Operation,
    /// What kind of value it has.
    pub shape: Shape,
}

/// How a node's value comes from those before it. Literals of text tests and lists are folded and sorted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// True or false.
    Constant(bool),
    /// A literal number.
    Number(Number),
    /// A literal day.
    Date(Day),
    /// A literal text.
    Text(Box<str>),
    /// A column of the table: a field of contacts, a property of events.
    Column(u32),
    /// What follows the last `@` of a text.
    Domain(NodeId),
    /// The opposite.
    Not(NodeId),
    /// Every one holds.
    All(Box<[NodeId]>),
    /// One at least holds.
    Any(Box<[NodeId]>),
    /// So many hold.
    Quantity(Bound, Box<[NodeId]>),
    /// Two numbers, days or booleans stand in this order; false where one is missing.
    Compare(NodeId, Comparison, NodeId),
    /// Two texts are equal, folded; false where one is missing.
    SameText(NodeId, NodeId),
    /// The first number or day lies between the others, both included; false where one is missing.
    Between(NodeId, NodeId, NodeId),
    /// A number, in ten-thousandths, or a day, by its number, is one of these.
    OneOf(NodeId, Box<[i64]>),
    /// A text passes a test; false where it is missing.
    TextIs(NodeId, TextTest),
    /// An element of the list in this column is, folded, one of these.
    Holds(u32, Box<[Box<str>]>),
    /// A value is not missing.
    Known(NodeId),
    /// A boolean is true.
    True(NodeId),
    /// A choice is one of these.
    Chosen(NodeId, Box<[u16]>),
    /// So many events were picked.
    Events(Bound, SignalId),
    /// Two numbers, rounded; missing where one is, after a division by zero, and outside the range.
    Arithmetic(Operator, NodeId, NodeId),
    /// Two scores, rounded; outside the range, its end.
    Saturating(Operator, NodeId, NodeId),
    /// The number with the other sign.
    Negate(NodeId),
    /// Full units from a date to the as-of day, or the opposite number.
    Elapsed {
        /// The unit.
        unit: Unit,
        /// Whether the units until the date are meant.
        until: bool,
        /// The date.
        date: NodeId,
    },
    /// What a signal collected: a number or a day.
    Collected(SignalId),
    /// A sum over how many it is made of, rounded once; missing for none.
    Average {
        /// The signal of the sum.
        sum: SignalId,
        /// The signal of how many known values there are.
        known: SignalId,
    },
    /// The newest of several days; missing where all are.
    Newest(Box<[NodeId]>),
    /// The first value, or the second where it is missing.
    Or(NodeId, NodeId),
    /// A number where the condition holds, else zero.
    When(NodeId, NodeId),
    /// So many points for each event counted, at most so many times.
    Times {
        /// The signal that counts.
        count: SignalId,
        /// What each event is worth.
        worth: WorthId,
        /// How many count at most.
        most: Option<u64>,
    },
    /// What the events that limits keep are worth together.
    Kept {
        /// The signal that has the days.
        days: SignalId,
        /// What each event is worth.
        worth: WorthId,
        /// How many count.
        limits: Limits,
    },
    /// The sum, exact; outside the range of numbers, its end.
    Sum(Box<[NodeId]>),
    /// What inactivity leaves of a number.
    Decayed {
        /// The number.
        value: NodeId,
        /// The day of the last activity.
        activity: NodeId,
        /// What each full period takes.
        amount: Amount,
        /// The period.
        period: Period,
    },
    /// The nearest number between two ends.
    Clamped {
        /// The number.
        value: NodeId,
        /// The least.
        min: Option<Number>,
        /// The greatest.
        max: Option<Number>,
    },
    /// The first of several conditions that holds.
    First(Box<[NodeId]>),
    /// The number that belongs to a choice; zero for none.
    Points(NodeId, Box<[Number]>),
    /// The band of a score.
    Band {
        /// The score.
        score: NodeId,
        /// Thresholds from the highest down, each with its label.
        thresholds: Box<[(Number, u16)]>,
        /// The label of a score that reaches none.
        otherwise: Option<u16>,
    },
    /// A score or label, missing where something is chosen.
    Unless {
        /// What is chosen, or not: the exclusion.
        chosen: NodeId,
        /// The score or label.
        value: NodeId,
    },
}

/// Nodes in an order in which each stands after its operands.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    nodes: Vec<Node>,
    ids: HashMap<Node, NodeId>,
}

impl Graph {
    /// The nodes.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The node of an id.
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.index())
    }

    /// The shape of a node's value.
    pub fn shape(&self, id: NodeId) -> Shape {
        self.node(id).map_or(Shape::Condition, |node| node.shape)
    }

    /// The node of an operation, which is made where there is none yet.
    pub(super) fn add(&mut self, shape: Shape, operation: Operation) -> NodeId {
        let node = Node { operation, shape };
        if let Some(id) = self.ids.get(&node) {
            return *id;
        }
        let id = NodeId(self.nodes.len() as u32);
        self.nodes.push(node.clone());
        self.ids.insert(node, id);
        id
    }

    /// These nodes and all that they are made of, in order.
    pub fn closure(&self, roots: impl IntoIterator<Item = NodeId>) -> Vec<NodeId> {
        let mut needed = vec![false; self.nodes.len()];
        for root in roots {
            mark(&mut needed, root);
        }
        // INVARIANT: operands stand before, so one walk from the end reaches everything.
        for (at, node) in self.nodes.iter().enumerate().rev() {
            if needed.get(at) == Some(&true) {
                for operand in node.operation.operands() {
                    if let Operand::Node(id) = operand {
                        mark(&mut needed, id);
                    }
                }
            }
        }
        let ids = (0u32..).map(NodeId);
        needed
            .iter()
            .zip(ids)
            .filter(|(needed, _)| **needed)
            .map(|(_, id)| id)
            .collect()
    }
}

fn mark(needed: &mut [bool], id: NodeId) {
    if let Some(needed) = needed.get_mut(id.index()) {
        *needed = true;
    }
}

/// What an operation reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operand {
    /// The value of another node.
    Node(NodeId),
    /// What a signal collected.
    Signal(SignalId),
}

impl Operation {
    /// What it reads.
    pub fn operands(&self) -> Vec<Operand> {
        let nodes = |nodes: &[NodeId]| nodes.iter().copied().map(Operand::Node).collect();
        match self {
            Operation::Constant(_)
            | Operation::Number(_)
            | Operation::Date(_)
            | Operation::Text(_)
            | Operation::Column(_)
            | Operation::Holds(..) => Vec::new(),
            Operation::Events(_, signal)
            | Operation::Collected(signal)
            | Operation::Times { count: signal, .. }
            | Operation::Kept { days: signal, .. } => vec![Operand::Signal(*signal)],
            Operation::Average { sum, known } => vec![Operand::Signal(*sum), Operand::Signal(*known)],
            Operation::Domain(one)
            | Operation::Not(one)
            | Operation::OneOf(one, _)
            | Operation::TextIs(one, _)
            | Operation::Known(one)
            | Operation::True(one)
            | Operation::Chosen(one, _)
            | Operation::Negate(one)
            | Operation::Elapsed { date: one, .. }
            | Operation::Clamped { value: one, .. }
            | Operation::Points(one, _)
            | Operation::Band { score: one, .. } => nodes(&[*one]),
            Operation::All(many)
            | Operation::Any(many)
            | Operation::Quantity(_, many)
            | Operation::Newest(many)
            | Operation::Sum(many)
            | Operation::First(many) => nodes(many),
            Operation::Compare(one, _, two)
            | Operation::SameText(one, two)
            | Operation::Arithmetic(_, one, two)
            | Operation::Saturating(_, one, two)
            | Operation::Or(one, two)
            | Operation::When(one, two)
            | Operation::Decayed {
                value: one,
                activity: two,
                ..
            }
            | Operation::Unless {
                chosen: one,
                value: two,
            } => nodes(&[*one, *two]),
            Operation::Between(one, two, three) => nodes(&[*one, *two, *three]),
        }
    }
}
