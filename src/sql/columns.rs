//! Which nodes of a graph are columns of their own, what these are called, and in which stage each is computed.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::model::{Amount, Operator};
use crate::number::MOST_UNITS;
use crate::plan::{Collect, Graph, NodeId, Operand, Operation, Plan, Shape};

use super::names::Names;

/// A stage: the part of the query, and the step in it.
pub(super) type Place = (Part, u32);

/// The parts of the query, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Part {
    Conditions,
    Points,
    Blocks,
    Scores,
    Labels,
}

impl Part {
    /// The name of its stages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Part::Conditions => "conditions",
            Part::Points => "points",
            Part::Blocks => "blocks",
            Part::Scores => "scores",
            Part::Labels => "labels",
        }
    }

    /// What its stages do, for the reader.
    pub(super) fn comment(self) -> &'static str {
        match self {
            Part::Conditions => "what is needed more than once",
            Part::Points => "what the rules add",
            Part::Blocks => "the scores of blocks: after decay, between their ends",
            Part::Scores => "formulas and the overall score",
            Part::Labels => "bands, classes and exclusions",
        }
    }
}

/// What is known of nodes before.
#[derive(Debug, Default)]
pub(super) struct Hints {
    /// What nodes are called, if they are columns.
    pub(super) names: HashMap<NodeId, String>,
    /// The parts of the query to which nodes belong at the earliest.
    pub(super) parts: HashMap<NodeId, Part>,
    /// The nodes that are columns in any case.
    pub(super) forced: HashSet<NodeId>,
}

/// The nodes that are columns.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// Their names.
    pub(super) names: HashMap<NodeId, String>,
    /// The nodes of each stage.
    pub(super) stages: BTreeMap<Place, Vec<NodeId>>,
}

/// Chooses the columns among the nodes that are needed, in order; `roots` are read from outside, as often as they are
/// named.
pub(super) fn chosen(
    plan: &Plan,
    graph: &Graph,
    steps: &[NodeId],
    roots: &[NodeId],
    hints: &Hints,
    names: &mut Names,
) -> Columns {
    let mut uses: HashMap<NodeId, u32> = HashMap::new();
    let mut repeated: HashSet<NodeId> = HashSet::new();
    for root in roots {
        *uses.entry(*root).or_default() += 1;
    }
    for node in steps.iter().filter_map(|step| graph.node(*step)) {
        for operand in node.operation.operands() {
            if let Operand::Node(operand) = operand {
                *uses.entry(operand).or_default() += 1;
            }
        }
        repeated.extend(written_often(plan, &node.operation));
    }
    let mut columns = Columns::default();
    let mut ready: HashMap<NodeId, Place> = HashMap::new();
    let mut depths: HashMap<NodeId, u32> = HashMap::new();
    for id in steps {
        let Some(node) = graph.node(*id) else { continue };
        let (mut place, mut depth) = ((Part::Conditions, 0), 0);
        for operand in node.operation.operands() {
            let Operand::Node(operand) = operand else { continue };
            let at = ready.get(&operand).copied().unwrap_or((Part::Conditions, 0));
            let is_column = columns.names.contains_key(&operand);
            place = place.max(if is_column { (at.0, at.1 + 1) } else { at });
            depth = depth.max(if is_column {
                0
            } else {
                depths.get(&operand).copied().unwrap_or(0)
            });
        }
        if let Some(part) = hints.parts.get(id) {
            place = place.max((*part, 0));
        }
        ready.insert(*id, place);
        depths.insert(*id, depth + 1);
        let is_read_often = uses.get(id).is_some_and(|uses| *uses > 1) || repeated.contains(id) || depth >= DEEPEST;
        let is_light = is_light(plan, &node.operation);
        if hints.forced.contains(id) || is_decayed_by_part(&node.operation) || (is_read_often && !is_light) {
            let wanted = hints
                .names
                .get(id)
                .cloned()
                .unwrap_or_else(|| usual_name(node.shape).to_owned());
            columns.names.insert(*id, names.take(&wanted));
            columns.stages.entry(place).or_default().push(*id);
        }
    }
    columns
}

/// The name of a column that nothing in the rules names.
fn usual_name(shape: Shape) -> &'static str {
    match shape {
        Shape::Condition | Shape::Boolean => "condition",
        Shape::Number => "number",
        Shape::Date => "day",
        Shape::Text => "text",
        Shape::List => "list",
        Shape::Choice => "choice",
    }
}

/// Deeper expressions are cut.
const DEEPEST: u32 = 12;

/// What is as short as the name of a column.
fn is_light(plan: &Plan, operation: &Operation) -> bool {
    match operation {
        Operation::Collected(signal) => !plan
            .signal(*signal)
            .is_some_and(|signal| matches!(signal.collect, Collect::Sum(_))),
        Operation::Constant(_)
        | Operation::Number(_)
        | Operation::Date(_)
        | Operation::Text(_)
        | Operation::Column(_)
        | Operation::Domain(_)
        | Operation::Not(_)
        | Operation::Known(_)
        | Operation::True(_)
        | Operation::Kept { .. } => true,
        Operation::First(conditions) => conditions.is_empty(),
        Operation::Sum(parts) => parts.is_empty(),
        Operation::All(_)
        | Operation::Any(_)
        | Operation::Quantity(..)
        | Operation::Compare(..)
        | Operation::SameText(..)
        | Operation::Between(..)
        | Operation::OneOf(..)
        | Operation::TextIs(..)
        | Operation::Holds(..)
        | Operation::Chosen(..)
        | Operation::Events(..)
        | Operation::Arithmetic(..)
        | Operation::Saturating(..)
        | Operation::Negate(_)
        | Operation::Elapsed { .. }
        | Operation::Average { .. }
        | Operation::Newest(_)
        | Operation::Or(..)
        | Operation::When(..)
        | Operation::Times { .. }
        | Operation::Decayed { .. }
        | Operation::Clamped { .. }
        | Operation::Points(..)
        | Operation::Band { .. }
        | Operation::Unless { .. } => false,
    }
}

pub(super) fn is_decayed_by_part(operation: &Operation) -> bool {
    matches!(
        operation,
        Operation::Decayed {
            amount: Amount::Part(_),
            ..
        }
    )
}

/// The operands that an operation's expression names more than once.
fn written_often(plan: &Plan, operation: &Operation) -> Vec<NodeId> {
    match operation {
        Operation::Arithmetic(operator, left, right) | Operation::Saturating(operator, left, right) => {
            let most = plan.bounds.of(*left).saturating_add(plan.bounds.of(*right));
            match operator {
                Operator::Plus | Operator::Minus if most <= MOST_UNITS => Vec::new(),
                Operator::Plus | Operator::Minus | Operator::Times | Operator::Over => vec![*left, *right],
            }
        }
        Operation::Between(value, ..) => vec![*value],
        Operation::Newest(days) => days.to_vec(),
        Operation::Elapsed { date, .. } => vec![*date],
        Operation::Decayed { value, activity, .. } => vec![*value, *activity],
        Operation::Band { score, .. } => vec![*score],
        Operation::Sum(parts) if plan.bounds.of_sum(parts).is_none() => parts.to_vec(),
        Operation::Constant(_)
        | Operation::Number(_)
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
        | Operation::OneOf(..)
        | Operation::TextIs(..)
        | Operation::Holds(..)
        | Operation::Known(_)
        | Operation::True(_)
        | Operation::Chosen(..)
        | Operation::Events(..)
        | Operation::Negate(_)
        | Operation::Collected(_)
        | Operation::Average { .. }
        | Operation::Or(..)
        | Operation::When(..)
        | Operation::Times { .. }
        | Operation::Kept { .. }
        | Operation::Sum(_)
        | Operation::Clamped { .. }
        | Operation::First(_)
        | Operation::Points(..)
        | Operation::Unless { .. } => Vec::new(),
    }
}
