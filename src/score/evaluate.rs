//! Evaluates a graph's nodes in order, each for many rows at once, and shows where their values lie: conditions are
//! evaluated in `conditions.rs`, numbers and scores in `numbers.rs`.

use std::ops::Range;

use crate::plan::{DayPlan, Graph, Node, NodeId, Operand, Operation, Plan, Shape};
use crate::table::Column;

use super::collected::Collected;
use super::texts::TextResults;
use super::values::{Operands, Values};
use super::views::View;

/// The values of a graph's nodes for the rows that were evaluated last.
#[derive(Debug)]
pub(super) struct Evaluator<'a> {
    pub(super) graph: &'a Graph,
    pub(super) values: Vec<Values>,
    /// Whether a node's values are read where they come from, so that it has none of its own.
    in_place: Vec<bool>,
}

/// What is evaluated.
#[derive(Clone, Copy)]
pub(super) struct Input<'a> {
    /// The columns of the table.
    pub(super) columns: &'a [Column],
    /// Which of its rows.
    pub(super) rows: Rows<'a>,
    /// The plan on its day.
    pub(super) day: &'a DayPlan<'a>,
    /// What is known of the texts.
    pub(super) texts: &'a TextResults<'a>,
    /// What was collected of the contacts' events; nothing where the rows are events.
    pub(super) collected: &'a Collected<'a>,
}

/// Rows of a table.
#[derive(Clone, Copy)]
pub(super) enum Rows<'a> {
    /// From one up to, not including, another.
    Range(usize, usize),
    /// These.
    Chosen(&'a [u32]),
}

impl<'a> Rows<'a> {
    /// How many there are.
    pub(super) fn len(self) -> usize {
        match self {
            Rows::Range(start, end) => end.saturating_sub(start),
            Rows::Chosen(rows) => rows.len(),
        }
    }

    /// The rows, where they are one after the other.
    pub(super) fn range(self) -> Range<usize> {
        match self {
            Rows::Range(start, end) => start..end,
            Rows::Chosen(_) => 0..0,
        }
    }

    /// The values of these rows of a column; all missing where it does not have them.
    fn of<T: Copy>(self, values: &'a [T], missing: T) -> View<'a, T> {
        match self {
            Rows::Range(start, end) => match values.get(start..end) {
                Some(values) => View::Rows(values),
                None => View::Same(missing, self.len()),
            },
            Rows::Chosen(rows) => View::Chosen(values, rows),
        }
    }
}

impl<'a> Evaluator<'a> {
    /// An evaluator of what filters compute of events.
    pub(super) fn of_events(plan: &'a Plan) -> Evaluator<'a> {
        Evaluator::new(&plan.events, |_| false)
    }

    /// The same, after which the values of all nodes can be read.
    pub(super) fn of_events_traced(plan: &'a Plan) -> Evaluator<'a> {
        Evaluator::new(&plan.events, |_| true)
    }

    /// An evaluator of contacts, after which the values of results can be read; those of all nodes, where all are
    /// wanted.
    pub(super) fn of_contacts(plan: &'a Plan, all: bool) -> Evaluator<'a> {
        let results = plan.columns.iter().filter_map(|column| column.holds.node());
        let promises = plan.promises.iter().map(|promise| promise.node);
        let mut wanted = vec![all; plan.contacts.nodes().len()];
        let kept = plan.kept.iter().copied();
        for node in results.chain(promises).chain(kept).chain([plan.exclusion]) {
            if let Some(wanted) = wanted.get_mut(node.index()) {
                *wanted = true;
            }
        }
        let is_wanted = |node: NodeId| wanted.get(node.index()) == Some(&true);
        Evaluator::new(&plan.contacts, is_wanted)
    }

    fn new(graph: &'a Graph, is_wanted: impl Fn(NodeId) -> bool) -> Evaluator<'a> {
        let summed = only_summed(graph);
        let in_place = graph.nodes().iter().zip(&summed).zip((0..).map(NodeId));
        Evaluator {
            graph,
            values: vec![Values::default(); graph.nodes().len()],
            in_place: in_place
                .map(|((node, summed), id)| !is_wanted(id) && is_read_in_place(node, *summed))
                .collect(),
        }
    }

    /// Evaluates these nodes, whose operands stand before them.
    pub(super) fn evaluate(&mut self, steps: &[NodeId], input: Input<'_>) {
        for step in steps {
            if self.in_place.get(step.index()) == Some(&true) {
                continue;
            }
            let (before, rest) = self.values.split_at_mut(step.index());
            if let (Some(node), Some(out)) = (self.graph.node(*step), rest.first_mut()) {
                let step = Step {
                    id: *step,
                    graph: self.graph,
                    in_place: &self.in_place,
                    operands: Operands(before),
                    input,
                };
                step.evaluate(node, out);
            }
        }
    }
}

/// Whether every node that reads a node is a sum; nobody may read it, too.
fn only_summed(graph: &Graph) -> Vec<bool> {
    let mut only_summed = vec![true; graph.nodes().len()];
    for node in graph.nodes() {
        if matches!(node.operation, Operation::Sum(_)) {
            continue;
        }
        for operand in node.operation.operands() {
            if let Operand::Node(id) = operand
                && let Some(summed) = only_summed.get_mut(id.index())
            {
                *summed = false;
            }
        }
    }
    only_summed
}

/// Whether all that read a node find its values where they come from: in the file, in a column, or, of a sum's parts,
/// in what those are made of.
fn is_read_in_place(node: &Node, only_summed: bool) -> bool {
    match &node.operation {
        Operation::Number(_) | Operation::Date(_) | Operation::Text(_) | Operation::Domain(_) => true,
        Operation::Column(_) => node.shape != Shape::List,
        Operation::When(..) | Operation::Points(..) | Operation::Times { .. } => only_summed,
        _ => false,
    }
}

/// The evaluation of one node.
pub(super) struct Step<'a> {
    pub(super) id: NodeId,
    pub(super) graph: &'a Graph,
    in_place: &'a [bool],
    operands: Operands<'a>,
    pub(super) input: Input<'a>,
}

impl<'a> Step<'a> {
    fn evaluate(&self, node: &Node, out: &mut Values) {
        let rows = self.input.rows.len();
        match &node.operation {
            Operation::Constant(value) => out.set_flags(repeat(u8::from(*value), rows)),
            Operation::Number(_) => self.numbers(self.id).map(&mut out.numbers, 0, |number| number),
            Operation::Date(_) => self.days(self.id).map(&mut out.days, 0, |day| day),
            Operation::Text(_) => self.codes(self.id).map(&mut out.codes, 0, |code| code),
            Operation::Column(column) => self.column(*column, node.shape, out),
            Operation::Domain(_) => self.domain(out),
            Operation::Not(of) => self.flags(*of).map(&mut out.flags, 0, |flag| flag ^ 1),
            Operation::All(parts) => self.all(parts, out),
            Operation::Any(parts) => self.any(parts, out),
            Operation::Quantity(bound, parts) => self.quantity(*bound, parts, out),
            Operation::Compare(left, order, right) => self.compare(*left, *order, *right, out),
            Operation::SameText(left, right) => self.same_text(*left, *right, out),
            Operation::Between(value, low, high) => self.between([*value, *low, *high], out),
            Operation::OneOf(value, literals) => self.one_of(*value, literals, out),
            Operation::TextIs(text, _) => self.text(*text, out),
            Operation::Holds(column, _) => self.holds(*column, out),
            Operation::Known(value) => self.known(*value, out),
            Operation::True(value) => self
                .flags(*value)
                .map(&mut out.flags, Column::NO_BOOLEAN, |flag| flag & 1),
            Operation::Chosen(choice, places) => self.chosen(*choice, places, out),
            Operation::Events(bound, signal) => self.events(*bound, *signal, out),
            Operation::Arithmetic(operator, left, right) => self.arithmetic(*operator, *left, *right, out),
            Operation::Saturating(operator, left, right) => self.saturating(*operator, *left, *right, out),
            Operation::Negate(of) => self.negate(*of, out),
            Operation::Elapsed { unit, until, date } => self.elapsed(*unit, *until, *date, out),
            Operation::Collected(signal) => self.collected(*signal, out),
            Operation::Average { sum, known } => self.average(*sum, *known, out),
            Operation::Newest(days) => self.newest(days, out),
            Operation::Or(first, second) => self.first_known(*first, *second, out),
            Operation::When(condition, number) => self.when(*condition, *number, out),
            Operation::Times { count, worth, most } => self.times(*count, *worth, *most, out),
            Operation::Kept { days, worth, limits } => self.kept(*days, *worth, *limits, out),
            Operation::Sum(parts) => self.sum(parts, out),
            Operation::Decayed {
                value,
                activity,
                amount,
                period,
            } => self.decayed([*value, *activity], *amount, *period, out),
            Operation::Clamped { value, min, max } => self.clamped(*value, *min, *max, out),
            Operation::First(conditions) => self.first(conditions, out),
            Operation::Points(choice, points) => self.points(*choice, points, out),
            Operation::Band {
                score,
                thresholds,
                otherwise,
            } => self.band(*score, thresholds, *otherwise, out),
            Operation::Unless { chosen, value } => self.unless(*chosen, *value, out),
        }
    }

    /// Whether a node has no values of its own, so that they are to be found where they come from.
    pub(super) fn is_in_place(&self, node: NodeId) -> bool {
        self.in_place.get(node.index()) == Some(&true)
    }

    /// A node's numbers.
    pub(super) fn numbers(&self, node: NodeId) -> View<'a, i64> {
        match self.graph.node(node).map(|node| &node.operation) {
            Some(Operation::Number(number)) => View::Same(number.units(), self.input.rows.len()),
            Some(Operation::Column(column)) => match self.input.columns.get(*column as usize) {
                Some(Column::Number(numbers)) => self.input.rows.of(numbers, Column::NO_NUMBER),
                _ => View::Same(Column::NO_NUMBER, self.input.rows.len()),
            },
            _ => View::Rows(&self.operands.of(node).numbers),
        }
    }

    /// A node's days.
    pub(super) fn days(&self, node: NodeId) -> View<'a, i32> {
        match self.graph.node(node).map(|node| &node.operation) {
            Some(Operation::Date(day)) => View::Same(day.number(), self.input.rows.len()),
            Some(Operation::Column(column)) => match self.input.columns.get(*column as usize) {
                Some(Column::Date(days)) => self.input.rows.of(days, Column::NO_DAY),
                _ => View::Same(Column::NO_DAY, self.input.rows.len()),
            },
            _ => View::Rows(&self.operands.of(node).days),
        }
    }

    /// A node's conditions or booleans.
    pub(super) fn flags(&self, node: NodeId) -> View<'a, u8> {
        match self.graph.node(node) {
            Some(Node {
                operation: Operation::Column(column),
                shape: Shape::Boolean,
            }) => match self.input.columns.get(*column as usize) {
                Some(Column::Boolean(flags)) => self.input.rows.of(flags, Column::NO_BOOLEAN),
                _ => View::Same(Column::NO_BOOLEAN, self.input.rows.len()),
            },
            _ => View::Rows(&self.operands.of(node).flags),
        }
    }

    /// A node's choices, or the codes of its texts; of domains, those of the texts whose domains they are.
    pub(super) fn codes(&self, node: NodeId) -> View<'a, u32> {
        let mut base = node;
        while let Some(Operation::Domain(of)) = self.graph.node(base).map(|node| &node.operation) {
            base = *of;
        }
        match self.graph.node(base).map(|node| &node.operation) {
            Some(Operation::Text(_)) => View::Same(0, self.input.rows.len()),
            Some(Operation::Column(column)) => match self.input.columns.get(*column as usize) {
                Some(Column::Text { codes, .. }) => self.input.rows.of(codes, Column::NO_TEXT),
                _ => View::Same(Column::NO_TEXT, self.input.rows.len()),
            },
            _ => View::Rows(&self.operands.of(base).codes),
        }
    }

    fn column(&self, column: u32, shape: Shape, out: &mut Values) {
        match shape {
            Shape::Boolean | Shape::Condition => {
                self.flags(self.id).map(&mut out.flags, Column::NO_BOOLEAN, |flag| flag)
            }
            Shape::Number => self
                .numbers(self.id)
                .map(&mut out.numbers, Column::NO_NUMBER, |number| number),
            Shape::Date => self.days(self.id).map(&mut out.days, Column::NO_DAY, |day| day),
            Shape::Text | Shape::Choice => self.codes(self.id).map(&mut out.codes, Column::NO_TEXT, |code| code),
            Shape::List => self.each_list(column, out, |codes| !codes.is_empty()),
        }
    }

    /// The codes of the texts that have a domain. Only traces want them; tests read those of all texts.
    fn domain(&self, out: &mut Values) {
        let has_domain = |code: u32| self.input.texts.text(self.input.columns, self.id, code).is_some();
        self.codes(self.id).map(&mut out.codes, Column::NO_TEXT, |code| {
            if has_domain(code) { code } else { Column::NO_TEXT }
        });
    }
}

/// The same value for every row.
pub(super) fn repeat<T: Copy>(value: T, rows: usize) -> impl Iterator<Item = T> {
    std::iter::repeat_n(value, rows)
}
