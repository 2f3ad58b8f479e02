//! The nodes of a graph as expressions: what is computed once and read often is a column, all else stands where it is used.

use std::collections::HashMap;
use std::sync::Arc;

use crate::calendar::{Day, Unit};
use crate::model::{Bound, Comparison};
use crate::plan::{Collect, Graph, NodeId, Operation, Plan, Shape, SignalId};

use super::arithmetic::{self, Beyond, ONE, Operand};
use super::dialect::Dialect;
use super::folding::Alphabet;
use super::texts::{Form, TextOf};
use super::time::AsOf;
use super::tree::{Expr, Sign, Type};

/// A column of rows that are looked up.
#[derive(Clone, Debug)]
pub(super) struct LookedUp {
    /// The rows.
    pub(super) rows: String,
    /// As what they are known where they are looked up.
    pub(super) name: String,
    /// The column.
    pub(super) column: &'static str,
}

/// What the nodes of a graph may read.
#[derive(Debug)]
pub(super) struct Expressions<'a> {
    pub(super) plan: &'a Plan,
    pub(super) graph: &'a Graph,
    pub(super) dialect: &'a dyn Dialect,
    pub(super) as_of: AsOf,
    /// The columns of data that are no texts, by their places.
    pub(super) data: HashMap<u32, String>,
    /// The columns of texts.
    pub(super) texts: HashMap<(TextOf, Form), String>,
    /// The texts of which columns hold one.
    pub(super) choices: HashMap<u32, Arc<[String]>>,
    /// The characters that matter of texts.
    pub(super) alphabets: HashMap<TextOf, Alphabet>,
    /// The columns of what signals collect.
    pub(super) signals: HashMap<SignalId, String>,
    /// The columns of what limits keep.
    pub(super) kept: HashMap<NodeId, String>,
    /// What decay leaves, for each node that decays by a part.
    pub(super) left: HashMap<NodeId, LookedUp>,
    /// The nodes that are columns.
    pub(super) columns: HashMap<NodeId, String>,
    /// What the reader is told of nodes.
    pub(super) comments: HashMap<NodeId, Vec<String>>,
}

impl<'a> Expressions<'a> {
    /// Those of a graph, which read nothing yet.
    pub(super) fn new(plan: &'a Plan, graph: &'a Graph, dialect: &'a dyn Dialect, as_of: AsOf) -> Expressions<'a> {
        Expressions {
            plan,
            graph,
            dialect,
            as_of,
            data: HashMap::new(),
            texts: HashMap::new(),
            choices: HashMap::new(),
            alphabets: HashMap::new(),
            signals: HashMap::new(),
            kept: HashMap::new(),
            left: HashMap::new(),
            columns: HashMap::new(),
            comments: HashMap::new(),
        }
    }

    /// A node's value: its column, or how it is computed.
    pub(super) fn value(&self, id: NodeId) -> Expr {
        match self.columns.get(&id) {
            Some(name) => Expr::column(name),
            None => self.computed(id),
        }
    }

    /// How a node's value is computed.
    pub(super) fn computed(&self, id: NodeId) -> Expr {
        let Some(node) = self.graph.node(id) else {
            return Expr::Null(Type::Integer);
        };
        let value = self.operation(id, &node.operation);
        match self.comments.get(&id).and_then(|comments| comments.first()) {
            Some(comment) => Expr::Sum(vec![(Some(comment.clone()), value)]),
            None => value,
        }
    }

    /// The columns that some nodes are, each with its name.
    pub(super) fn named(&self, nodes: &[NodeId]) -> Vec<(Expr, String)> {
        let named = nodes.iter().filter_map(|id| Some((*id, self.columns.get(id)?.clone())));
        named.map(|(id, name)| (self.computed(id), name)).collect()
    }

    fn operation(&self, id: NodeId, operation: &Operation) -> Expr {
        match operation {
            Operation::Constant(value) => Expr::Boolean(*value),
            Operation::Number(number) => Expr::Integer(number.units()),
            Operation::Date(day) => Expr::Day(*day),
            Operation::Text(_) | Operation::Domain(_) => self.text(id, Form::Raw),
            Operation::Column(column) => self.column(id, *column),
            Operation::Not(condition) => self.value(*condition).not(),
            Operation::All(parts) => Expr::all(self.values(parts)),
            Operation::Any(parts) => Expr::any(self.values(parts)),
            Operation::Quantity(bound, parts) => self.quantity(*bound, parts),
            Operation::Compare(left, order, right) => self.compare(*left, *order, *right),
            Operation::SameText(left, right) => self.same_text(*left, *right),
            Operation::Between(value, low, high) => self.between([*value, *low, *high]),
            Operation::OneOf(value, literals) => self.one_of(*value, literals),
            Operation::TextIs(text, test) => self.text_is(*text, test),
            Operation::Holds(column, texts) => self.holds(*column, texts),
            Operation::Known(value) => self.known(*value),
            Operation::True(value) => self.decided(self.value(*value), &[*value]),
            Operation::Chosen(choice, places) => self.chosen(*choice, places),
            Operation::Events(bound, signal) => bounded(self.count(*signal), *bound),
            Operation::Arithmetic(operator, left, right) => {
                arithmetic::operation(*operator, &self.operand(*left), &self.operand(*right), Beyond::Missing)
            }
            Operation::Saturating(operator, left, right) => {
                arithmetic::operation(*operator, &self.operand(*left), &self.operand(*right), Beyond::End)
            }
            Operation::Negate(number) => Expr::Integer(0).minus(self.value(*number)),
            Operation::Elapsed { unit, until, date } => self.elapsed(*unit, *until, *date),
            Operation::Collected(signal) => self.collected(*signal),
            Operation::Average { sum, known } => self.average(*sum, *known),
            Operation::Newest(days) => newest(self.values(days)),
            Operation::Or(first, second) => self.value(*first).or_else(self.value(*second)),
            Operation::When(condition, number) => {
                Expr::case(self.value(*condition), self.value(*number), Expr::Integer(0))
            }
            Operation::Times { count, worth, most } => self.times(*count, *worth, *most),
            Operation::Kept { .. } => match self.kept.get(&id) {
                Some(name) => Expr::column(name).or_else(Expr::Integer(0)),
                None => Expr::Integer(0),
            },
            Operation::Sum(parts) => self.sum(parts),
            Operation::Decayed {
                value,
                activity,
                amount,
                period,
            } => self.decayed(id, [*value, *activity], *amount, *period),
            Operation::Clamped { value, min, max } => self.clamped(*value, *min, *max),
            Operation::First(conditions) => {
                self.first(conditions, |place| Expr::Integer(place as i64), None, Type::Integer)
            }
            Operation::Points(choice, points) => self.points(*choice, points),
            Operation::Band {
                score,
                thresholds,
                otherwise,
            } => {
                let place = |place: u16| Expr::Integer(i64::from(place));
                self.band(*score, thresholds, place, otherwise.map(place), Type::Integer)
            }
            Operation::Unless { chosen, value } => Expr::only_if(self.value(*chosen).missing(), self.value(*value)),
        }
    }

    pub(super) fn values(&self, nodes: &[NodeId]) -> Vec<Expr> {
        nodes.iter().map(|node| self.value(*node)).collect()
    }

    pub(super) fn operand(&self, id: NodeId) -> Operand {
        Operand {
            number: self.value(id),
            most: self.plan.bounds.of(id),
            is_count: self.is_count(id),
        }
    }

    fn is_count(&self, id: NodeId) -> bool {
        let collect = match self.graph.node(id).map(|node| &node.operation) {
            Some(Operation::Collected(signal)) => self.plan.signal(*signal).map(|signal| signal.collect),
            Some(_) | None => None,
        };
        matches!(collect, Some(Collect::Count | Collect::Known(_) | Collect::Distinct(_)))
    }

    fn shape(&self, id: NodeId) -> Shape {
        self.graph.shape(id)
    }

    /// A condition on these values, false where one of them is missing.
    pub(super) fn decided(&self, condition: Expr, of: &[NodeId]) -> Expr {
        match of.iter().any(|id| self.may_be_missing(*id)) {
            true => condition.or_false(),
            false => condition,
        }
    }

    fn may_be_missing(&self, id: NodeId) -> bool {
        match self.graph.node(id).map(|node| (&node.operation, node.shape)) {
            None => true,
            Some((_, Shape::Condition)) => false,
            Some((operation, _)) => match operation {
                Operation::Number(_)
                | Operation::Date(_)
                | Operation::Text(_)
                | Operation::Saturating(..)
                | Operation::When(..)
                | Operation::Times { .. }
                | Operation::Kept { .. }
                | Operation::Sum(_)
                | Operation::Decayed { .. }
                | Operation::Clamped { .. }
                | Operation::Points(..) => false,
                Operation::Negate(inner) | Operation::Elapsed { date: inner, .. } => self.may_be_missing(*inner),
                Operation::Constant(_)
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
                | Operation::Collected(_)
                | Operation::Average { .. }
                | Operation::Newest(_)
                | Operation::Or(..)
                | Operation::First(_)
                | Operation::Band { .. }
                | Operation::Unless { .. } => true,
            },
        }
    }

    fn column(&self, id: NodeId, column: u32) -> Expr {
        match self.shape(id) {
            Shape::Text => self.text(id, Form::Raw),
            Shape::List => self.text_in(&TextOf::Column(column), Form::Elements),
            _ => match self.data.get(&column) {
                Some(name) => Expr::column(name),
                None => Expr::Null(Type::Integer),
            },
        }
    }

    fn quantity(&self, bound: Bound, parts: &[NodeId]) -> Expr {
        let ones = parts
            .iter()
            .map(|part| Expr::case(self.value(*part), Expr::Integer(1), Expr::Integer(0)));
        bounded(Expr::Sum(ones.map(|one| (None, one)).collect()), bound)
    }

    fn compare(&self, left: NodeId, order: Comparison, right: NodeId) -> Expr {
        let sign = match order {
            Comparison::Equal => Sign::Equal,
            Comparison::Less => Sign::Less,
            Comparison::LessOrEqual => Sign::LessOrEqual,
            Comparison::Greater => Sign::Greater,
            Comparison::GreaterOrEqual => Sign::GreaterOrEqual,
        };
        self.decided(self.value(left).infix(sign, self.value(right)), &[left, right])
    }

    fn between(&self, [value, low, high]: [NodeId; 3]) -> Expr {
        let from = self.value(value).infix(Sign::GreaterOrEqual, self.value(low));
        let to = self.value(value).infix(Sign::LessOrEqual, self.value(high));
        self.decided(Expr::all(vec![from, to]), &[value, low, high])
    }

    fn one_of(&self, value: NodeId, literals: &[i64]) -> Expr {
        let is_date = self.shape(value) == Shape::Date;
        let literal = |literal: &i64| match i32::try_from(*literal).ok().and_then(Day::from_number) {
            Some(day) if is_date => Expr::Day(day),
            Some(_) | None => Expr::Integer(*literal),
        };
        let is_one = Expr::In(Box::new(self.value(value)), literals.iter().map(literal).collect());
        self.decided(is_one, &[value])
    }

    fn known(&self, value: NodeId) -> Expr {
        match self.may_be_missing(value) {
            true => self.value(value).known(),
            false => Expr::Boolean(true),
        }
    }

    fn chosen(&self, choice: NodeId, places: &[u16]) -> Expr {
        let places = places.iter().map(|place| Expr::Integer(i64::from(*place)));
        Expr::In(Box::new(self.value(choice)), places.collect()).or_false()
    }

    fn elapsed(&self, unit: Unit, until: bool, date: NodeId) -> Expr {
        let since = self.as_of.elapsed(&self.value(date), unit);
        since.times(Expr::Integer(if until { -ONE } else { ONE }))
    }
}

/// Whether a count fulfils a bound.
fn bounded(count: Expr, bound: Bound) -> Expr {
    let (sign, number) = match bound {
        Bound::AtLeast(number) => (Sign::GreaterOrEqual, number),
        Bound::AtMost(number) => (Sign::LessOrEqual, number),
        Bound::Exactly(number) => (Sign::Equal, number),
    };
    count.infix(sign, Expr::Integer(i64::try_from(number).unwrap_or(i64::MAX)))
}

/// The newest of some days; engines do not agree on the greatest of several values of which some are missing.
fn newest(days: Vec<Expr>) -> Expr {
    let is_newest = |at: usize, day: &Expr| {
        let others = days.iter().enumerate().filter(|(other, _)| *other != at);
        let no_older = others.map(|(_, other)| {
            day.clone()
                .infix(Sign::GreaterOrEqual, other.clone().or_else(day.clone()))
        });
        Expr::all(std::iter::once(day.clone().known()).chain(no_older).collect())
    };
    let whens = days
        .iter()
        .enumerate()
        .map(|(at, day)| (is_newest(at, day), day.clone()));
    match days.is_empty() {
        true => Expr::Null(Type::Day),
        false => Expr::Case(whens.collect(), None),
    }
}
