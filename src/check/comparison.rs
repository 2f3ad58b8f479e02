//! Comparisons: values of one type, and bands and classes with their labels.

use std::sync::Arc;

use crate::model::{Comparison, Condition, ConditionKind, Labelled, TextTest, Value, ValueKind};
use crate::source::{Edit, Span, Spanned};
use crate::syntax::tree::{self, Expr, ExprKind, Literal};
use crate::table::Type;
use crate::text::fold;

use super::checker::{Checker, Named, nearest};
use super::declarations::is_blank;
use super::error::{NameError, RuleError, TypeError};
use super::expression::{Scope, literal_of, negated_if};
use super::kind::{Kind, conversion, conversion_advice};
use super::reads::is_label;

impl Checker<'_> {
    /// `a < b`; a chain of several reads in two ways.
    pub(super) fn comparison(
        &mut self,
        left: &Expr,
        rest: &[(Spanned<tree::Comparison>, Expr)],
        span: Span,
        scope: Scope,
    ) -> Option<Condition> {
        let (operator, right) = rest.first()?;
        if let Some((second, last)) = rest.get(1) {
            self.chained(left, operator, right, second, last, span);
            for operand in std::iter::once(left).chain(rest.iter().map(|(_, operand)| operand)) {
                self.value(operand, scope);
            }
            return None;
        }
        let is_label = self.is_label(left);
        let left = self.value(left, scope);
        if left.is_none() && is_label {
            // The name beside what was to be a label is none of a contact's.
            return None;
        }
        if let Some(Value {
            kind: ValueKind::Label(of),
            ..
        }) = left
        {
            return self.label_comparison(of, operator, right, span);
        }
        let right_value = self.value(right, scope);
        self.compare(left?, operator, (right, right_value?), span)
    }

    /// Whether names beside an expression are labels.
    pub(super) fn is_label(&self, expr: &Expr) -> bool {
        is_label(expr, &|name| matches!(self.named(name), Some(Named::Class(_))))
    }

    /// Notes that a chain `1 < x < 5` reads in two ways.
    fn chained(
        &mut self,
        left: &Expr,
        operator: &Spanned<tree::Comparison>,
        middle: &Expr,
        second: &Spanned<tree::Comparison>,
        right: &Expr,
        span: Span,
    ) {
        let [left, middle, right] = [left, middle, right].map(|operand| self.written(operand.span));
        let (first, last) = (self.written(operator.span), self.written(second.span));
        let both = format!("({left} {first} {middle} and {middle} {last} {right})");
        let between = match (direction(operator.node), direction(second.node)) {
            (Some(Direction::Up), Some(Direction::Up)) => Some((&left, &right)),
            (Some(Direction::Down), Some(Direction::Down)) => Some((&right, &left)),
            _ => None,
        };
        let advice = match between {
            Some((low, high)) => format!("write `{middle} between {low} and {high}` (both ends included), or `{both}`"),
            None => format!("write `{both}`"),
        };
        self.errors.push(
            RuleError::ChainedComparison {
                advice,
                edit: Some(Edit::replace(span, both).sure_if(between.is_some())),
                span: second.span,
            }
            .into(),
        );
    }

    /// Two values that are no labels.
    fn compare(
        &mut self,
        left: Value,
        operator: &Spanned<tree::Comparison>,
        (right_expr, right): (&Expr, Value),
        span: Span,
    ) -> Option<Condition> {
        let (kind, other) = (Kind::of(&left), Kind::of(&right));
        for label in [&left, &right] {
            if Kind::of(label).is_label() {
                return self.wrong_operand(label, "", "values");
            }
        }
        let (negated, comparison) = comparison_of(operator.node);
        let word = format!("`{}`", self.written(operator.span));
        for list in [&left, &right] {
            if Kind::of(list) == Kind::List {
                return self.wrong_operand(list, &word, "single values");
            }
        }
        if kind != other {
            return self.cannot_compare(&left, other.noun(), right.span, literal_of(right_expr).as_ref());
        }
        if comparison != Comparison::Equal && !kind.is_ordered() {
            return self.wrong_operand(&left, &word, "numbers and dates");
        }
        let positive = match (left, right) {
            (
                left,
                Value {
                    kind: ValueKind::Text(text),
                    span: at,
                    ..
                },
            ) => self.text_equality(left, text, at)?,
            (
                Value {
                    kind: ValueKind::Text(text),
                    span: at,
                    ..
                },
                right,
            ) => self.text_equality(right, text, at)?,
            (left, right) => ConditionKind::Compare(left, comparison, right),
        };
        Some(negated_if(negated, Spanned::new(positive, span)))
    }

    fn text_equality(&mut self, value: Value, text: String, at: Span) -> Option<ConditionKind> {
        let text = self.possible_text(&value, text, at)?;
        Some(ConditionKind::Text(value, TextTest::Is(vec![text])))
    }

    /// A text to which a value can be equal.
    pub(super) fn possible_text(&mut self, value: &Value, text: String, at: Span) -> Option<String> {
        let owner = format!("`{}`", self.written(value.span));
        self.text_of_type(&value.of, owner, text, at)
    }

    /// A text that a value of a type can be: not an empty one, and one of those that are declared, where some are.
    pub(super) fn text_of_type(&mut self, of: &Type, owner: String, text: String, at: Span) -> Option<String> {
        if is_blank(&text) {
            self.empty_text(&text, at);
            return None;
        }
        let Type::OneOf(values) = of else {
            return Some(text);
        };
        if values.is_empty() || self.is_one_of(values, &text) {
            return Some(text);
        }
        let may_look = self.may_look_through(values.len());
        let shown: Vec<String> = values.iter().take(8).map(|value| format!("{value:?}")).collect();
        let more = if values.len() > shown.len() { ", …" } else { "" };
        let nearest = may_look
            .then(|| nearest(&text, values.iter().map(String::as_str)))
            .flatten();
        self.error(TypeError::NotOneOf {
            literal: text,
            owner,
            values: format!("{}{more}", shown.join(", ")),
            nearest,
            span: at,
        })
    }

    /// Whether a text equals one of the declared values.
    fn is_one_of(&mut self, values: &Arc<[String]>, text: &str) -> bool {
        let place = Arc::as_ptr(values).cast::<String>().addr();
        let (_, folded) = self
            .folded_values
            .entry(place)
            .or_insert_with(|| (values.clone(), values.iter().map(|value| fold(value)).collect()));
        folded.contains(&fold(text))
    }

    /// Notes that a value is compared with something of another type.
    pub(super) fn cannot_compare<T>(
        &mut self,
        left: &Value,
        right: &'static str,
        right_span: Span,
        literal: Option<&Spanned<Literal>>,
    ) -> Option<T> {
        let kind = Kind::of(left);
        let edit = literal.and_then(|literal| conversion(&literal.node, literal.span, kind));
        let advice = match literal {
            Some(_) => conversion_advice(edit.as_ref(), kind),
            None => format!("compare it with {}", kind.noun()),
        };
        self.error(TypeError::CannotCompare {
            left: kind.noun(),
            right,
            advice,
            right_span,
            left_span: left.span,
            edit,
        })
    }

    /// `band = hot`
    fn label_comparison(
        &mut self,
        of: Labelled,
        operator: &Spanned<tree::Comparison>,
        right: &Expr,
        span: Span,
    ) -> Option<Condition> {
        let label = self.label(of, right);
        let (negated, comparison) = comparison_of(operator.node);
        if comparison != Comparison::Equal {
            return self.error(TypeError::WrongOperand {
                operator: format!("`{}`", self.written(operator.span)),
                wanted: "numbers and dates",
                found: "a label",
                advice: "labels have no order: write `=`, `!=` or `in (hot, warm)`",
                span: operator.span,
            });
        }
        let positive = Spanned::new(ConditionKind::Label(of, vec![label?]), span);
        Some(negated_if(negated, positive))
    }

    /// The place of a label that stands by its bare name.
    pub(super) fn label(&mut self, of: Labelled, expr: &Expr) -> Option<u16> {
        match &expr.node {
            ExprKind::Name(name) => self.label_named(of, name, expr.span),
            ExprKind::Parentheses(inner) => self.label(of, inner),
            _ => {
                let quoted = match literal_of(expr).map(|literal| literal.node) {
                    Some(Literal::Text(text)) => self.known_label(of, &text),
                    _ => None,
                };
                let edit = quoted.map(|label| Edit::replace(expr.span, crate::syntax::written_name(&label)).sure());
                self.expected_label(of, expr.span, edit)
            }
        }
    }

    /// Notes that something is no label.
    pub(super) fn expected_label<T>(&mut self, of: Labelled, span: Span, edit: Option<Edit>) -> Option<T> {
        let labels = self.label_list(of);
        self.error(TypeError::ExpectedLabel {
            owner: format!("`{}`", self.owner_name(of)),
            labels,
            span,
            edit,
        })
    }

    /// The place of a label.
    pub(super) fn label_named(&mut self, of: Labelled, name: &str, span: Span) -> Option<u16> {
        if let Some(place) = self.labels.get(&of).and_then(|labels| labels.get(name)) {
            return Some(*place);
        }
        if name == "excluded" {
            // Its declaration was refused, with all that there is to say.
            return self.error(RuleError::ReservedLabel { span });
        }
        let nearest = self.known_label(of, name).or_else(|| {
            let labels = self.labels.get(&of)?;
            self.comparisons_left()
                .then(|| nearest(name, labels.keys().map(String::as_str)))?
        });
        let labels = self.label_list(of);
        let unknown = NameError::UnknownLabel {
            label: name.to_owned(),
            owner: format!("`{}`", self.owner_name(of)),
            labels,
            nearest: nearest.map(|nearest| crate::syntax::written_name(&nearest)),
            span,
        };
        self.name_error(name, unknown)
    }

    /// The label that is spelled like this, in whatever case.
    fn known_label(&mut self, of: Labelled, text: &str) -> Option<String> {
        let count = self.labels.get(&of)?.len();
        if !self.may_look_through(count) {
            return None;
        }
        let labels = self.labels.get(&of)?;
        let folded = fold(text);
        let mut alike: Vec<&String> = labels.keys().filter(|label| fold(label) == folded).collect();
        alike.sort_unstable();
        alike.first().map(|label| (*label).clone())
    }

    /// How rules write a band or class.
    pub(super) fn owner_name(&self, of: Labelled) -> String {
        let name = match of {
            Labelled::Band => return "band".to_owned(),
            Labelled::BandOf(block) => self
                .model
                .blocks
                .get(block.index())
                .and_then(|block| block.name.clone()),
            Labelled::Class(class) => self.model.classes.get(class.index()).map(|class| class.name.clone()),
        };
        let name = crate::syntax::written_name(&name.unwrap_or_default());
        match of {
            Labelled::Band | Labelled::BandOf(_) => format!("{name}.band"),
            Labelled::Class(_) => name,
        }
    }
}

/// A comparison as the model has it, and whether it is the opposite of it.
pub(super) fn comparison_of(operator: tree::Comparison) -> (bool, Comparison) {
    match operator {
        tree::Comparison::Equal => (false, Comparison::Equal),
        tree::Comparison::NotEqual => (true, Comparison::Equal),
        tree::Comparison::Less => (false, Comparison::Less),
        tree::Comparison::LessOrEqual => (false, Comparison::LessOrEqual),
        tree::Comparison::Greater => (false, Comparison::Greater),
        tree::Comparison::GreaterOrEqual => (false, Comparison::GreaterOrEqual),
    }
}

/// Which way a comparison goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Up,
    Down,
}

fn direction(operator: tree::Comparison) -> Option<Direction> {
    match operator {
        tree::Comparison::Less | tree::Comparison::LessOrEqual => Some(Direction::Up),
        tree::Comparison::Greater | tree::Comparison::GreaterOrEqual => Some(Direction::Down),
        tree::Comparison::Equal | tree::Comparison::NotEqual => None,
    }
}
