//! Conditions and values to nodes, for contacts and for events alike.

use crate::builtins::Aggregate;
use crate::model::{
    self, Condition, ConditionKind, Labelled, Operator, Pattern, PropertyId, ScoreId, Value, ValueKind,
};
use crate::number::Number;
use crate::text;

use super::Written;
use super::build::{Builder, Scope};
use super::graph::{NodeId, Operation, Shape};
use super::signal::{Collect, TextTest};

impl Builder<'_> {
    /// The nodes of a condition and of its parts.
    pub(super) fn condition(&mut self, scope: Scope, condition: &Condition) -> Written {
        match &condition.node {
            ConditionKind::Constant(value) => self.leaf(scope, Operation::Constant(*value)),
            ConditionKind::Not(inner) => self.not(scope, inner),
            ConditionKind::All(parts) => self.several(scope, parts, Operation::All),
            ConditionKind::Any(parts) => self.several(scope, parts, Operation::Any),
            ConditionKind::Quantity(bound, parts) => {
                self.several(scope, parts, |nodes| Operation::Quantity(*bound, nodes))
            }
            ConditionKind::Compare(left, order, right) => self.compare(scope, left, *order, right),
            ConditionKind::Between(value, low, high) => self.between(scope, [value, low, high]),
            ConditionKind::OneOf(value, numbers) => {
                let units = numbers.iter().map(|number| number.units());
                self.one_of(scope, value, units.collect())
            }
            ConditionKind::OneOfDays(value, days) => {
                let numbers = days.iter().map(|day| i64::from(day.number()));
                self.one_of(scope, value, numbers.collect())
            }
            ConditionKind::Text(value, test) => self.text(scope, value, test),
            ConditionKind::Holds(value, texts) => self.holds(scope, value, texts),
            ConditionKind::Known(value) => self.about(scope, value, Operation::Known),
            ConditionKind::True(value) => self.about(scope, value, Operation::True),
            ConditionKind::Events(bound, pattern) => {
                let signal = self.signal(pattern, Collect::Count);
                self.leaf(scope, Operation::Events(*bound, signal))
            }
            ConditionKind::Label(of, labels) => {
                let label = self.label(scope, *of);
                self.leaf(scope, Operation::Chosen(label, labels.as_slice().into()))
            }
            ConditionKind::Let(id) => Written::leaf(self.let_node(scope, *id)),
            ConditionKind::Excluded => {
                let exclusion = self.exclusion();
                self.leaf(scope, Operation::Known(exclusion))
            }
        }
    }

    /// The nodes of a value and of its parts.
    pub(super) fn value(&mut self, scope: Scope, value: &Value) -> Written {
        let shape = Shape::of(&value.of);
        match &value.kind {
            ValueKind::Number(number) => self.constant(scope, shape, Operation::Number(*number)),
            ValueKind::Text(text) => self.constant(scope, shape, Operation::Text(text.as_str().into())),
            ValueKind::Date(day) => self.constant(scope, shape, Operation::Date(*day)),
            ValueKind::Field(field) => self.constant(scope, shape, Operation::Column(field.0)),
            ValueKind::Property(property) => self.constant(scope, shape, Operation::Column(property.0)),
            ValueKind::Let(id) => Written::leaf(self.let_node(scope, *id)),
            ValueKind::Condition(condition) => {
                let condition = self.condition(scope, condition);
                Written {
                    node: condition.node,
                    parts: vec![condition],
                }
            }
            ValueKind::Arithmetic(first, rest) => self.arithmetic(scope, first, rest),
            ValueKind::Negate(inner) => self.change(scope, inner, shape, Operation::Negate),
            ValueKind::Domain(inner) => self.change(scope, inner, shape, Operation::Domain),
            ValueKind::Elapsed { unit, until, date } => {
                let (unit, until) = (*unit, *until);
                self.change(scope, date, shape, |date| Operation::Elapsed { unit, until, date })
            }
            ValueKind::Aggregate {
                function,
                property,
                pattern,
            } => self.aggregate(scope, *function, *property, pattern),
            ValueKind::Score(score) => Written::leaf(self.score(scope, *score)),
            ValueKind::Label(of) => Written::leaf(self.label(scope, *of)),
        }
    }

    /// A condition without parts that have nodes.
    fn leaf(&mut self, scope: Scope, operation: Operation) -> Written {
        Written::leaf(self.add(scope, Shape::Condition, operation))
    }

    fn constant(&mut self, scope: Scope, shape: Shape, operation: Operation) -> Written {
        Written::leaf(self.add(scope, shape, operation))
    }

    fn not(&mut self, scope: Scope, inner: &Condition) -> Written {
        let inner = self.condition(scope, inner);
        let node = self.add(scope, Shape::Condition, Operation::Not(inner.node));
        Written {
            node,
            parts: vec![inner],
        }
    }

    fn several(
        &mut self,
        scope: Scope,
        parts: &[Condition],
        operation: impl FnOnce(Box<[NodeId]>) -> Operation,
    ) -> Written {
        let parts: Vec<Written> = parts.iter().map(|part| self.condition(scope, part)).collect();
        let nodes = parts.iter().map(|part| part.node).collect();
        let node = self.add(scope, Shape::Condition, operation(nodes));
        Written { node, parts }
    }

    /// A condition about one value.
    fn about(&mut self, scope: Scope, value: &Value, operation: impl FnOnce(NodeId) -> Operation) -> Written {
        self.change(scope, value, Shape::Condition, operation)
    }

    /// Something made of one value.
    fn change(
        &mut self,
        scope: Scope,
        value: &Value,
        shape: Shape,
        operation: impl FnOnce(NodeId) -> Operation,
    ) -> Written {
        let value = self.value(scope, value);
        let node = self.add(scope, shape, operation(value.node));
        Written {
            node,
            parts: vec![value],
        }
    }

    fn compare(&mut self, scope: Scope, left: &Value, order: model::Comparison, right: &Value) -> Written {
        let (of_left, of_right) = (self.value(scope, left), self.value(scope, right));
        let (one, two) = (of_left.node, of_right.node);
        let operation = if left.of.is_text() {
            Operation::SameText(one.min(two), one.max(two))
        } else {
            Operation::Compare(one, order, two)
        };
        let node = self.add(scope, Shape::Condition, operation);
        Written {
            node,
            parts: vec![of_left, of_right],
        }
    }

    fn between(&mut self, scope: Scope, values: [&Value; 3]) -> Written {
        let [value, low, high] = values.map(|value| self.value(scope, value));
        let operation = Operation::Between(value.node, low.node, high.node);
        let node = self.add(scope, Shape::Condition, operation);
        Written {
            node,
            parts: vec![value, low, high],
        }
    }

    fn one_of(&mut self, scope: Scope, value: &Value, mut literals: Vec<i64>) -> Written {
        literals.sort_unstable();
        literals.dedup();
        self.about(scope, value, |node| Operation::OneOf(node, literals.into()))
    }

    fn text(&mut self, scope: Scope, value: &Value, test: &model::TextTest) -> Written {
        let test = match test {
            model::TextTest::Is(texts) => TextTest::Is(folded(texts)),
            model::TextTest::Contains(texts) => TextTest::Contains(folded(texts)),
            model::TextTest::ContainsWord(texts) => TextTest::ContainsWord(folded(texts)),
            model::TextTest::StartsWith(text) => TextTest::StartsWith(text::fold(text).into()),
            model::TextTest::EndsWith(text) => TextTest::EndsWith(text::fold(text).into()),
            model::TextTest::Matches(regex) => TextTest::Matches(regex.clone()),
        };
        self.about(scope, value, |node| Operation::TextIs(node, test))
    }

    fn holds(&mut self, scope: Scope, value: &Value, texts: &[String]) -> Written {
        let list = self.value(scope, value);
        let node = self.holds_one_of(scope, list.node, texts);
        Written {
            node,
            parts: vec![list],
        }
    }

    /// Whether a list holds one of these texts.
    pub(super) fn holds_one_of(&mut self, scope: Scope, list: NodeId, texts: &[String]) -> NodeId {
        // INVARIANT: no other operation makes a list.
        let mut operation = Operation::Constant(false);
        if let Some(Operation::Column(column)) = self.graph(scope).node(list).map(|node| &node.operation) {
            operation = Operation::Holds(*column, folded(texts));
        }
        self.add(scope, Shape::Condition, operation)
    }

    fn arithmetic(&mut self, scope: Scope, first: &Value, rest: &[(Operator, Value)]) -> Written {
        let mut parts = vec![self.value(scope, first)];
        parts.extend(rest.iter().map(|(_, value)| self.value(scope, value)));
        let operators = rest.iter().map(|(operator, _)| *operator);
        let mut nodes = parts.iter().map(|part| part.node);
        let first = nodes.next().unwrap_or(NodeId(0));
        let operations: Vec<_> = operators.zip(nodes).collect();
        let node = operations.into_iter().fold(first, |sum, (operator, operand)| {
            self.add(scope, Shape::Number, Operation::Arithmetic(operator, sum, operand))
        });
        Written { node, parts }
    }

    fn aggregate(
        &mut self,
        scope: Scope,
        function: Aggregate,
        property: Option<PropertyId>,
        pattern: &Pattern,
    ) -> Written {
        let property = property.map_or(u32::MAX, |property| property.0);
        let (collect, shape) = match function {
            Aggregate::Count => (Collect::Count, Shape::Number),
            Aggregate::Distinct => (Collect::Distinct(property), Shape::Number),
            Aggregate::Sum => (Collect::Sum(property), Shape::Number),
            Aggregate::Average => return self.average(scope, property, pattern),
            Aggregate::Smallest => (Collect::Smallest(property), Shape::Number),
            Aggregate::Largest => (Collect::Largest(property), Shape::Number),
            Aggregate::First => (Collect::First, Shape::Date),
            Aggregate::Last => (Collect::Last, Shape::Date),
        };
        let signal = self.signal(pattern, collect);
        self.constant(scope, shape, Operation::Collected(signal))
    }

    fn average(&mut self, scope: Scope, property: u32, pattern: &Pattern) -> Written {
        let sum = self.signal(pattern, Collect::Sum(property));
        let known = self.signal(pattern, Collect::Known(property));
        self.constant(scope, Shape::Number, Operation::Average { sum, known })
    }

    /// The node of a score, missing where the scope says so.
    fn score(&mut self, scope: Scope, score: ScoreId) -> NodeId {
        let value = self.score_node(score);
        self.unless_excluded(scope, Shape::Number, value)
    }

    /// The node of a score.
    pub(super) fn score_node(&mut self, score: ScoreId) -> NodeId {
        let value = match score {
            ScoreId::Overall => self.known.overall,
            ScoreId::Block(block) => self.known.blocks.get(block.index()).copied(),
            ScoreId::Formula(formula) => self.known.formulas.get(&formula.0).copied(),
        };
        // INVARIANT: the model's order has every score before what reads it, so that the node is there.
        value.unwrap_or_else(|| self.contact(Shape::Number, Operation::Number(Number::ZERO)))
    }

    /// The node of a band or class, missing where the scope says so.
    fn label(&mut self, scope: Scope, of: Labelled) -> NodeId {
        let value = self.label_node(of);
        let value = value.unwrap_or_else(|| self.contact(Shape::Choice, Operation::First(Box::default())));
        self.unless_excluded(scope, Shape::Choice, value)
    }

    /// The node of a band or class; `None` for the bands of a score that has none.
    pub(super) fn label_node(&self, of: Labelled) -> Option<NodeId> {
        match of {
            Labelled::Band => self.known.band,
            Labelled::BandOf(block) => self.known.block_bands.get(block.index()).copied().flatten(),
            Labelled::Class(class) => self.known.classes.get(&class.0).copied(),
        }
    }

    fn unless_excluded(&mut self, scope: Scope, shape: Shape, value: NodeId) -> NodeId {
        match scope {
            Scope::Contact | Scope::Event => value,
            Scope::Expected => {
                let chosen = self.exclusion();
                self.contact(shape, Operation::Unless { chosen, value })
            }
        }
    }

    /// The node of the exclusion that holds.
    pub(super) fn exclusion(&mut self) -> NodeId {
        match self.known.exclusion {
            Some(node) => node,
            None => self.contact(Shape::Choice, Operation::First(Box::default())),
        }
    }
}

/// Texts folded and sorted, each once.
pub(super) fn folded(texts: &[String]) -> Box<[Box<str>]> {
    let mut folded: Vec<Box<str>> = texts.iter().map(|text| text::fold(text).into()).collect();
    folded.sort_unstable();
    folded.dedup();
    folded.into()
}
