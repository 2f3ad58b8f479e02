//! The nodes of a graph as expressions: what is computed once and read often is a column, all else stands where it is used.

use std::collections::HashMap;
use std::sync::Arc;

use crate::calendar::{Day, Period, Unit};
use crate::model::{Amount, Bound, Comparison};
use crate::number::{MOST_UNITS, Number};
use crate::plan::{Collect, Graph, NodeId, Operation, Plan, Shape, SignalId, TextTest, WorthId};
use crate::text;

use super::arithmetic::{self, Beyond, Operand};
use super::dialect::Dialect;
use super::folding::Alphabet;
use super::time::AsOf;
use super::tree::{Expr, Function, Sign, Type};

/// Where a text comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum TextOf {
    /// A column of data.
    Column(u32),
    /// What follows the last `@` of another.
    Domain(Box<TextOf>),
}

/// The forms in which a text is looked at, each after what it is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Form {
    /// Of a field that is one of several texts: whatever stands there.
    Stored,
    /// As it is.
    Raw,
    /// Folded.
    Folded,
    /// Folded, with spaces around what is no letter or digit.
    Words,
    /// Of a list: its folded elements.
    Elements,
}

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

impl Expressions<'_> {
    /// As what a column of data is read.
    pub(super) fn read_as(&self, column: u32) -> Option<&String> {
        let text = |form: Form| self.texts.get(&(TextOf::Column(column), form));
        self.data
            .get(&column)
            .or_else(|| text(Form::Stored))
            .or_else(|| text(Form::Raw))
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
            } => self.band(*score, thresholds, *otherwise, |place| Expr::Integer(i64::from(place))),
            Operation::Unless { chosen, value } => Expr::only_if(self.value(*chosen).is_null(), self.value(*value)),
        }
    }

    fn values(&self, nodes: &[NodeId]) -> Vec<Expr> {
        nodes.iter().map(|node| self.value(*node)).collect()
    }

    fn operand(&self, id: NodeId) -> Operand {
        Operand {
            number: self.value(id),
            most: self.plan.bounds.of(id),
        }
    }

    fn shape(&self, id: NodeId) -> Shape {
        self.graph.shape(id)
    }

    /// A condition on these values, false where one of them is missing.
    fn decided(&self, condition: Expr, of: &[NodeId]) -> Expr {
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
                _ => true,
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

    /// A text in a form.
    fn text(&self, id: NodeId, form: Form) -> Expr {
        match (self.graph.node(id).map(|node| &node.operation), form) {
            (Some(Operation::Text(literal)), Form::Raw) => Expr::text(literal),
            (Some(Operation::Text(literal)), _) => Expr::text(&text::fold(literal)),
            _ => match text_of(self.graph, id) {
                Some(text) => self.text_in(&text, form),
                None => Expr::Null(Type::Text),
            },
        }
    }

    /// A text of data in a form: its column, or how it is computed.
    pub(super) fn text_in(&self, text: &TextOf, form: Form) -> Expr {
        match self.texts.get(&(text.clone(), form)) {
            Some(name) => Expr::column(name),
            None => self.text_computed(text, form),
        }
    }

    /// How a text of data comes into a form.
    pub(super) fn text_computed(&self, text: &TextOf, form: Form) -> Expr {
        if let (Form::Raw | Form::Folded, TextOf::Column(column)) = (form, text)
            && let Some(values) = self.choices.get(column)
        {
            return self.choice_of(text, values, form);
        }
        match (form, text) {
            (Form::Folded, _) => {
                let alphabet = self.alphabets.get(text).cloned().unwrap_or_default();
                Expr::call(Function::Fold(alphabet), [self.text_in(text, Form::Raw)])
            }
            (Form::Words, _) => Expr::call(Function::Words, [self.text_in(text, Form::Folded)]),
            (Form::Elements, _) => {
                let forms = [Form::Folded, Form::Raw].map(|form| self.text_in(text, form));
                Expr::call(Function::Elements, forms)
            }
            (Form::Stored, _) | (Form::Raw, TextOf::Column(_)) => Expr::Null(Type::Text),
            (Form::Raw, TextOf::Domain(of)) => {
                // One that is of another is made of the text itself: both are made in one stage.
                let of = match **of {
                    TextOf::Column(_) => self.text_in(of, Form::Raw),
                    TextOf::Domain(_) => self.text_computed(of, Form::Raw),
                };
                let has_at = Expr::call(Function::Contains, [of.clone(), Expr::text("@")]);
                let behind = Expr::call(Function::AfterLastAt, [of]);
                Expr::only_if(has_at, Expr::call(Function::NullIf, [behind, Expr::text("")]))
            }
        }
    }

    /// One of several texts in its declared spelling, or that folded; missing where it is none of them.
    fn choice_of(&self, text: &TextOf, values: &[String], form: Form) -> Expr {
        let folded: Vec<String> = values.iter().map(|value| text::fold(value)).collect();
        let declared = values.iter().map(|value| Expr::text(value));
        if form == Form::Folded {
            let pairs = declared.zip(folded.iter().map(|folded| Expr::text(folded)));
            return Expr::Match(Box::new(self.text_in(text, Form::Raw)), pairs.collect());
        }
        let alphabet = Alphabet::of(folded.iter().map(String::as_str));
        let stored = Expr::call(Function::Fold(alphabet), [self.text_in(text, Form::Stored)]);
        let pairs = folded.iter().map(|folded| Expr::text(folded)).zip(declared);
        Expr::Match(Box::new(stored), pairs.collect())
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

    fn same_text(&self, left: NodeId, right: NodeId) -> Expr {
        let same = self.text(left, Form::Folded).equals(self.text(right, Form::Folded));
        self.decided(same, &[left, right])
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

    fn text_is(&self, id: NodeId, test: &TextTest) -> Expr {
        let holds =
            |function: Function, form: Form, part: &str| Expr::call(function, [self.text(id, form), Expr::text(part)]);
        let condition = match test {
            TextTest::Is(texts) => {
                let texts = texts.iter().map(|text| Expr::text(text)).collect();
                Expr::In(Box::new(self.text(id, Form::Folded)), texts)
            }
            TextTest::Contains(texts) => Expr::any(
                texts
                    .iter()
                    .map(|text| holds(Function::Contains, Form::Folded, text))
                    .collect(),
            ),
            TextTest::ContainsWord(texts) => {
                let words = texts.iter().map(|text| words(text));
                Expr::any(
                    words
                        .map(|word| holds(Function::Contains, Form::Words, &word))
                        .collect(),
                )
            }
            TextTest::StartsWith(start) => holds(Function::StartsWith, Form::Folded, start),
            TextTest::EndsWith(end) => holds(Function::EndsWith, Form::Folded, end),
            TextTest::Matches(regex) => match self.dialect.regex(regex) {
                Some(regex) => holds(Function::Matches, Form::Raw, &regex),
                // What a dialect cannot say has been refused before.
                None => Expr::Boolean(false),
            },
        };
        self.decided(condition, &[id])
    }

    fn holds(&self, column: u32, texts: &[Box<str>]) -> Expr {
        let elements = self.text_in(&TextOf::Column(column), Form::Elements);
        // A text between semicolons holds none.
        let whole = texts.iter().filter(|text| !text.contains(';'));
        let tests = whole.map(|text| {
            let element = format!(";{text};");
            Expr::call(Function::Contains, [elements.clone(), Expr::text(&element)])
        });
        match Expr::any(tests.collect()) {
            constant @ Expr::Boolean(_) => constant,
            condition => condition.or_false(),
        }
    }

    fn known(&self, value: NodeId) -> Expr {
        match self.may_be_missing(value) {
            true => self.value(value).is_known(),
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

    /// How many a signal counted; zero of a contact without events.
    fn count(&self, signal: SignalId) -> Expr {
        match self.signals.get(&signal) {
            Some(name) => Expr::column(name).or_else(Expr::Integer(0)),
            None => Expr::Integer(0),
        }
    }

    fn collected(&self, signal: SignalId) -> Expr {
        let Some((name, found)) = self.signals.get(&signal).zip(self.plan.signal(signal)) else {
            return Expr::Null(Type::Integer);
        };
        match found.collect {
            Collect::Count | Collect::Known(_) | Collect::Distinct(_) => self.count(signal).times(Expr::Integer(ONE)),
            Collect::Sum(_) => {
                let sum = Expr::column(name).or_else(Expr::Integer(0));
                let in_range = Expr::call(Function::Absolute, [sum.clone()]);
                let in_range = in_range.infix(Sign::LessOrEqual, Expr::Integer(MOST_UNITS));
                Expr::only_if(in_range, Expr::call(Function::Narrow, [sum]))
            }
            Collect::Worth(_) => self.count(signal),
            Collect::Smallest(_) | Collect::Largest(_) | Collect::First | Collect::Last | Collect::Days => {
                Expr::column(name)
            }
        }
    }

    fn average(&self, sum: SignalId, known: SignalId) -> Expr {
        let names = self.signals.get(&sum).zip(self.signals.get(&known));
        let Some((sum, known)) = names.map(|(sum, known)| (Expr::column(sum), Expr::column(known))) else {
            return Expr::Null(Type::Integer);
        };
        let any = known.clone().infix(Sign::Greater, Expr::Integer(0));
        Expr::only_if(any, arithmetic::average(&sum, &known))
    }

    fn times(&self, count: SignalId, worth: WorthId, most: Option<u64>) -> Expr {
        let points = self
            .plan
            .worths
            .get(worth.index())
            .map_or(0, |worth| worth.points.units());
        let count = self.count(count);
        let all = i128::from(points.saturating_abs()) * i128::from(most.unwrap_or(MOST_EVENTS).min(MOST_EVENTS));
        let fits = all <= i128::from(MOST_UNITS);
        // So many events are worth as much as any number can be.
        let enough = (MOST_UNITS / points.saturating_abs().max(1)).unsigned_abs() + 1;
        let most = if fits {
            most
        } else {
            Some(most.unwrap_or(enough).min(enough))
        };
        let counted = match most.and_then(|most| i64::try_from(most).ok()) {
            Some(most) => Expr::call(Function::Least, [count, Expr::Integer(most)]),
            None => count,
        };
        let worth = counted.times(Expr::Integer(points));
        if fits {
            worth
        } else {
            arithmetic::ended(worth, Beyond::End)
        }
    }

    fn sum(&self, parts: &[NodeId]) -> Expr {
        match self.plan.bounds.of_sum(parts) {
            Some(most) => {
                let mut told: HashMap<NodeId, usize> = HashMap::new();
                let added = parts.iter().map(|part| {
                    let times = told.entry(*part).or_default();
                    let comment = self
                        .comments
                        .get(part)
                        .and_then(|comments| comments.get(*times))
                        .cloned();
                    *times += 1;
                    let value = match self.value(*part) {
                        Expr::Sum(mut one) if one.len() == 1 => one.remove(0).1,
                        value => value,
                    };
                    (comment, value)
                });
                let sum = Expr::Sum(added.collect());
                if most > MOST_UNITS {
                    arithmetic::ended(sum, Beyond::End)
                } else {
                    sum
                }
            }
            None => arithmetic::wide_sum(&self.values(parts)),
        }
    }

    fn decayed(&self, id: NodeId, [value, activity]: [NodeId; 2], amount: Amount, period: Period) -> Expr {
        let operand = self.operand(value);
        let (number, day) = (operand.number.clone(), self.value(activity));
        let left = match amount {
            Amount::Points(points) => {
                let periods = self.as_of.full_periods(&day, period);
                let periods = match points.units() <= MOST_UNITS / MOST_PERIODS {
                    true => periods,
                    false => {
                        let enough = MOST_UNITS / points.units() + 1;
                        Expr::call(Function::Least, [periods, Expr::Integer(enough)])
                    }
                };
                let taken = periods.times(Expr::Integer(points.units()));
                Expr::call(Function::Greatest, [number.clone().minus(taken), Expr::Integer(0)])
            }
            Amount::Part(_) => match self.left.get(&id) {
                Some(LookedUp { name, column, .. }) => {
                    let left = Expr::ColumnOf(name.clone(), (*column).to_owned()).or_else(Expr::Integer(0));
                    arithmetic::part_of(&operand, &left)
                }
                None => number.clone(),
            },
        };
        let decays = Expr::all(vec![
            number.clone().infix(Sign::Greater, Expr::Integer(0)),
            day.is_known(),
        ]);
        Expr::case(decays, left, number)
    }

    fn clamped(&self, value: NodeId, min: Option<Number>, max: Option<Number>) -> Expr {
        let value = self.value(value);
        let at_most = match max {
            Some(max) => Expr::call(Function::Least, [value, Expr::Integer(max.units())]),
            None => value,
        };
        match min {
            Some(min) => Expr::call(Function::Greatest, [at_most, Expr::Integer(min.units())]),
            None => at_most,
        }
    }

    /// What belongs to the first condition that holds.
    fn first(&self, conditions: &[NodeId], of: impl Fn(usize) -> Expr, otherwise: Option<Expr>, is: Type) -> Expr {
        let mut whens = Vec::new();
        for (place, condition) in conditions.iter().enumerate() {
            match self.value(*condition) {
                Expr::Boolean(false) => {}
                Expr::Boolean(true) if whens.is_empty() => return of(place),
                Expr::Boolean(true) => return Expr::Case(whens, Some(Box::new(of(place)))),
                condition => whens.push((condition, of(place))),
            }
        }
        match whens.is_empty() {
            true => otherwise.unwrap_or(Expr::Null(is)),
            false => Expr::Case(whens, otherwise.map(Box::new)),
        }
    }

    fn points(&self, choice: NodeId, points: &[Number]) -> Expr {
        let of = |place: usize| Expr::Integer(points.get(place).map_or(0, |points| points.units()));
        self.choice(choice, of, Some(Expr::Integer(0)), Type::Integer)
    }

    /// What belongs to the place that a choice has: a value of a type.
    pub(super) fn choice(&self, choice: NodeId, of: impl Fn(usize) -> Expr, otherwise: Option<Expr>, is: Type) -> Expr {
        let places = self.places(choice);
        if self.columns.contains_key(&choice) && places > 0 {
            let whens = (0..places)
                .map(|place| (Expr::Integer(place as i64), of(place)))
                .collect();
            let value = Expr::Match(Box::new(self.value(choice)), whens);
            return match otherwise {
                Some(otherwise) => value.or_else(otherwise),
                None => value,
            };
        }
        match self.graph.node(choice).map(|node| &node.operation) {
            Some(Operation::First(conditions)) => self.first(conditions, of, otherwise, is),
            Some(Operation::Band {
                score,
                thresholds,
                otherwise,
            }) => self.band(*score, thresholds, *otherwise, |place| of(usize::from(place))),
            _ => otherwise.unwrap_or(Expr::Null(is)),
        }
    }

    /// How many places a choice is among.
    fn places(&self, choice: NodeId) -> usize {
        match self.graph.node(choice).map(|node| &node.operation) {
            Some(Operation::First(conditions)) => conditions.len(),
            Some(Operation::Band {
                thresholds, otherwise, ..
            }) => thresholds.len() + usize::from(otherwise.is_some()),
            _ => 0,
        }
    }

    fn band(
        &self,
        score: NodeId,
        thresholds: &[(Number, u16)],
        otherwise: Option<u16>,
        of: impl Fn(u16) -> Expr,
    ) -> Expr {
        let reached = thresholds.iter().map(|(threshold, label)| {
            let reaches = self
                .value(score)
                .infix(Sign::GreaterOrEqual, Expr::Integer(threshold.units()));
            (reaches, of(*label))
        });
        let whens: Vec<_> = reached.collect();
        match (whens.is_empty(), otherwise) {
            (true, Some(label)) => of(label),
            (true, None) => Expr::Null(Type::Integer),
            (false, otherwise) => Expr::Case(whens, otherwise.map(|label| Box::new(of(label)))),
        }
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
        Expr::all(std::iter::once(day.clone().is_known()).chain(no_older).collect())
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

/// A folded text as it stands among words: with a space on each side of whatever is no letter or digit, and around it.
fn words(folded: &str) -> String {
    let mut words = String::from(" ");
    for character in folded.chars() {
        match text::is_word_character(character) {
            true => words.push(character),
            false => words.extend([' ', character, ' ']),
        }
    }
    words.push(' ');
    words
}

/// The text of data that a node is; `None` of all others.
pub(super) fn text_of(graph: &Graph, id: NodeId) -> Option<TextOf> {
    match graph.node(id)?.operation {
        Operation::Column(column) => Some(TextOf::Column(column)),
        Operation::Domain(of) => Some(TextOf::Domain(Box::new(text_of(graph, of)?))),
        _ => None,
    }
}

/// Ten-thousandths in one.
const ONE: i64 = 10_000;

/// No contact has more events.
const MOST_EVENTS: u64 = u32::MAX as u64;

/// There are no more days in the calendar.
const MOST_PERIODS: i64 = 4_000_000;
