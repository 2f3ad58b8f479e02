//! Evaluates a graph's nodes in order, each for many rows at once: columns, texts and conditions here, numbers and
//! scores in `numbers.rs`.

use std::ops::Range;

use crate::model::{Bound, Comparison};
use crate::plan::{DayPlan, Graph, Node, NodeId, Operation, Shape};
use crate::table::Column;

use super::collected::Collected;
use super::texts::TextResults;
use super::values::{Operands, Ordered, Values};

/// The values of a graph's nodes for the rows that were evaluated last.
#[derive(Debug)]
pub(super) struct Evaluator<'a> {
    pub(super) graph: &'a Graph,
    pub(super) texts: TextResults,
    pub(super) values: Vec<Values>,
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

impl Rows<'_> {
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

    /// Shows the value of each row; `missing` where the column has no such row.
    fn each<T: Copy>(self, values: &[T], missing: T, out: &mut Vec<T>) {
        out.clear();
        match self {
            Rows::Range(start, end) => {
                out.extend_from_slice(values.get(start..end.min(values.len())).unwrap_or_default());
                out.resize(end.saturating_sub(start), missing);
            }
            Rows::Chosen(rows) => {
                out.extend(
                    rows.iter()
                        .map(|row| values.get(*row as usize).copied().unwrap_or(missing)),
                );
            }
        }
    }
}

impl<'a> Evaluator<'a> {
    /// Nothing evaluated yet.
    pub(super) fn new(graph: &'a Graph, texts: TextResults) -> Evaluator<'a> {
        let values = graph.nodes().iter().map(|node| Values::new(node.shape)).collect();
        Evaluator { graph, texts, values }
    }

    /// Evaluates these nodes, whose operands stand before them.
    pub(super) fn evaluate(&mut self, steps: &[NodeId], input: Input<'_>) {
        for step in steps {
            let (before, rest) = self.values.split_at_mut(step.index());
            if let (Some(node), Some(out)) = (self.graph.node(*step), rest.first_mut()) {
                let step = Step {
                    id: *step,
                    graph: self.graph,
                    texts: &self.texts,
                    operands: Operands(before),
                    input,
                };
                step.evaluate(node, out);
            }
        }
    }
}

/// The evaluation of one node.
pub(super) struct Step<'a> {
    id: NodeId,
    graph: &'a Graph,
    texts: &'a TextResults,
    pub(super) operands: Operands<'a>,
    pub(super) input: Input<'a>,
}

impl Step<'_> {
    fn evaluate(&self, node: &Node, out: &mut Values) {
        let rows = self.input.rows.len();
        match &node.operation {
            Operation::Constant(value) => out.set_flags(repeat(u8::from(*value), rows)),
            Operation::Number(number) => out.set_numbers(repeat(number.units(), rows)),
            Operation::Date(day) => out.set_days(repeat(day.number(), rows)),
            Operation::Text(_) => out.set_codes(repeat(0, rows)),
            Operation::Column(column) => self.column(*column, node.shape, out),
            Operation::Domain(of) => self.domain(*of, out),
            Operation::Not(of) => out.set_flags(self.operands.flags(*of).iter().map(|flag| flag ^ 1)),
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
            Operation::True(value) => out.set_conditions(self.operands.flags(*value).iter().map(|flag| *flag == 1)),
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

    fn column(&self, column: u32, shape: Shape, out: &mut Values) {
        let rows = self.input.rows;
        match (self.input.columns.get(column as usize), &mut *out) {
            (Some(Column::Text { codes, .. }), Values::Codes(out)) => rows.each(codes, Column::NO_TEXT, out),
            (Some(Column::Number(numbers)), Values::Numbers(out)) => rows.each(numbers, Column::NO_NUMBER, out),
            (Some(Column::Boolean(flags)), Values::Flags(out)) => rows.each(flags, Column::NO_BOOLEAN, out),
            (Some(Column::Date(days)), Values::Days(out)) => rows.each(days, Column::NO_DAY, out),
            (Some(list @ Column::List { .. }), Values::Flags(out)) => {
                each_list(list, rows, out, |codes| !codes.is_empty());
            }
            _ => missing(shape, rows.len(), out),
        }
    }

    fn domain(&self, of: NodeId, out: &mut Values) {
        let domains = self.texts.domains(self.id);
        let domain = |code: &u32| domains.get(*code as usize).copied().unwrap_or(Column::NO_TEXT);
        out.set_codes(self.operands.codes(of).iter().map(domain));
    }

    fn all(&self, parts: &[NodeId], out: &mut Values) {
        self.combine(parts, 1, out, |all, flag| all & flag);
    }

    fn any(&self, parts: &[NodeId], out: &mut Values) {
        self.combine(parts, 0, out, |any, flag| any | flag);
    }

    fn combine(&self, parts: &[NodeId], neutral: u8, out: &mut Values, join: impl Fn(u8, u8) -> u8) {
        out.set_flags(repeat(neutral, self.input.rows.len()));
        let Values::Flags(out) = out else { return };
        for part in parts {
            for (all, flag) in out.iter_mut().zip(self.operands.flags(*part)) {
                *all = join(*all, *flag);
            }
        }
    }

    fn quantity(&self, bound: Bound, parts: &[NodeId], out: &mut Values) {
        let mut held = vec![0u32; self.input.rows.len()];
        for part in parts {
            for (held, flag) in held.iter_mut().zip(self.operands.flags(*part)) {
                *held += u32::from(*flag);
            }
        }
        out.set_conditions(held.iter().map(|held| bound.holds(u64::from(*held))));
    }

    fn compare(&self, left: NodeId, order: Comparison, right: NodeId, out: &mut Values) {
        match (self.operands.of(left), self.operands.of(right)) {
            (Values::Numbers(left), Values::Numbers(right)) => compare(left, order, right, out),
            (Values::Days(left), Values::Days(right)) => compare(left, order, right, out),
            (Values::Flags(left), Values::Flags(right)) => compare(left, order, right, out),
            _ => out.set_flags(repeat(0, self.input.rows.len())),
        }
    }

    fn same_text(&self, left: NodeId, right: NodeId, out: &mut Values) {
        let folded = |node: NodeId| {
            let folded = self.texts.folded(self.graph, node);
            let codes = self.operands.codes(node).iter();
            codes.map(|code| folded.get(*code as usize))
        };
        let pairs = folded(left).zip(folded(right));
        out.set_conditions(pairs.map(|(left, right)| left.is_some() && left == right));
    }

    fn between(&self, [value, low, high]: [NodeId; 3], out: &mut Values) {
        match (self.operands.of(value), self.operands.of(low), self.operands.of(high)) {
            (Values::Numbers(value), Values::Numbers(low), Values::Numbers(high)) => between(value, low, high, out),
            (Values::Days(value), Values::Days(low), Values::Days(high)) => between(value, low, high, out),
            _ => out.set_flags(repeat(0, self.input.rows.len())),
        }
    }

    fn one_of(&self, value: NodeId, literals: &[i64], out: &mut Values) {
        // A missing value is none of the literals, since no number or day is as small.
        let is_one = |value: i64| literals.binary_search(&value).is_ok();
        match self.operands.of(value) {
            Values::Numbers(numbers) => out.set_conditions(numbers.iter().map(|number| is_one(*number))),
            Values::Days(days) => out.set_conditions(days.iter().map(|day| is_one(i64::from(*day)))),
            Values::Flags(_) | Values::Codes(_) => out.set_flags(repeat(0, self.input.rows.len())),
        }
    }

    fn text(&self, text: NodeId, out: &mut Values) {
        // The code of a missing text lies past all results.
        let results = self.texts.results(self.id);
        let result = |code: &u32| results.get(*code as usize).copied().unwrap_or(0);
        out.set_flags(self.operands.codes(text).iter().map(result));
    }

    fn holds(&self, column: u32, out: &mut Values) {
        let results = self.texts.results(self.id);
        let holds = |codes: &[u32]| codes.iter().any(|code| results.get(*code as usize) == Some(&1));
        match (self.input.columns.get(column as usize), &mut *out) {
            (Some(list @ Column::List { .. }), Values::Flags(out)) => each_list(list, self.input.rows, out, holds),
            _ => out.set_flags(repeat(0, self.input.rows.len())),
        }
    }

    fn known(&self, value: NodeId, out: &mut Values) {
        match self.operands.of(value) {
            Values::Flags(flags) if self.graph.shape(value) == Shape::List => out.set_flags(flags.iter().copied()),
            Values::Flags(flags) => out.set_conditions(flags.iter().map(|flag| *flag != Column::NO_BOOLEAN)),
            Values::Numbers(numbers) => out.set_conditions(numbers.iter().map(|number| *number != Column::NO_NUMBER)),
            Values::Days(days) => out.set_conditions(days.iter().map(|day| *day != Column::NO_DAY)),
            Values::Codes(codes) => out.set_conditions(codes.iter().map(|code| *code != Column::NO_TEXT)),
        }
    }

    fn chosen(&self, choice: NodeId, places: &[u16], out: &mut Values) {
        let is_chosen = |code: &u32| places.iter().any(|place| u32::from(*place) == *code);
        out.set_conditions(self.operands.codes(choice).iter().map(is_chosen));
    }

    fn first(&self, conditions: &[NodeId], out: &mut Values) {
        out.set_codes(repeat(Column::NO_TEXT, self.input.rows.len()));
        let Values::Codes(out) = out else { return };
        // From the last to the first, so that the first has the last word.
        for (place, condition) in conditions.iter().enumerate().rev() {
            for (choice, flag) in out.iter_mut().zip(self.operands.flags(*condition)) {
                *choice = if *flag == 1 { place as u32 } else { *choice };
            }
        }
    }
}

/// The same value for every row.
pub(super) fn repeat<T: Copy>(value: T, rows: usize) -> impl Iterator<Item = T> {
    std::iter::repeat_n(value, rows)
}

fn missing(shape: Shape, rows: usize, out: &mut Values) {
    match shape {
        Shape::Condition | Shape::List => out.set_flags(repeat(0, rows)),
        Shape::Boolean => out.set_flags(repeat(Column::NO_BOOLEAN, rows)),
        Shape::Number => out.set_numbers(repeat(Column::NO_NUMBER, rows)),
        Shape::Date => out.set_days(repeat(Column::NO_DAY, rows)),
        Shape::Text | Shape::Choice => out.set_codes(repeat(Column::NO_TEXT, rows)),
    }
}

/// Whether the list of each row is as asked.
fn each_list(list: &Column, rows: Rows<'_>, out: &mut Vec<u8>, is_so: impl Fn(&[u32]) -> bool) {
    out.clear();
    match rows {
        Rows::Range(start, end) => out.extend((start..end).map(|row| u8::from(is_so(list.list(row))))),
        Rows::Chosen(rows) => out.extend(rows.iter().map(|row| u8::from(is_so(list.list(*row as usize))))),
    }
}

fn compare<T: Ordered>(left: &[T], order: Comparison, right: &[T], out: &mut Values) {
    match order {
        Comparison::Equal => compare_by(left, right, out, |left, right| left == right),
        Comparison::Less => compare_by(left, right, out, |left, right| left < right),
        Comparison::LessOrEqual => compare_by(left, right, out, |left, right| left <= right),
        Comparison::Greater => compare_by(left, right, out, |left, right| left > right),
        Comparison::GreaterOrEqual => compare_by(left, right, out, |left, right| left >= right),
    }
}

/// One loop an order, so that none decides anything for each row.
fn compare_by<T: Ordered>(left: &[T], right: &[T], out: &mut Values, holds: impl Fn(T, T) -> bool) {
    let both = |(left, right): (&T, &T)| (*left != T::MISSING) & (*right != T::MISSING) & holds(*left, *right);
    out.set_conditions(left.iter().zip(right).map(both));
}

fn between<T: Ordered>(value: &[T], low: &[T], high: &[T], out: &mut Values) {
    let known = |value: T, low: T, high: T| (value != T::MISSING) & (low != T::MISSING) & (high != T::MISSING);
    let rows = value.iter().zip(low).zip(high);
    out.set_conditions(
        rows.map(|((value, low), high)| known(*value, *low, *high) & (*low <= *value) & (*value <= *high)),
    );
}
