//! Expressions: each becomes a condition or a value, or `None` where a mistake has been noted. All operands are
//! understood before any of them stops the walk, so that one run finds all mistakes.

use crate::calendar::Unit;
use crate::model::{Condition, ConditionKind, Labelled, LetId, LetValue, Operator, ScoreId, Value, ValueKind};
use crate::number::Number;
use crate::source::{Span, Spanned};
use crate::syntax::tree::{Additive, Expr, ExprKind, Literal, Multiplicative, Name};
use crate::table::Type;

use super::checker::{Checker, Named};
use super::error::{NameError, RuleError, TypeError};
use super::kind::Kind;
use super::pattern::Picked;

/// What may be read where an expression stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope<'s> {
    /// Inside a `where`: the events that the pattern is about.
    pub(super) filter: Option<Picked<'s>>,
    /// Whether scores may be read.
    pub(super) scores: Scores,
}

/// Whether scores may be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scores {
    /// Not in this: "a rule".
    Forbidden(&'static str),
    /// They may.
    Allowed,
    /// They may, and `excluded` too.
    InTest,
}

impl Scope<'_> {
    /// A scope outside of patterns.
    pub(super) fn contact(scores: Scores) -> Self {
        Scope { filter: None, scores }
    }
}

/// What an expression is.
#[derive(Clone, Debug)]
pub(super) enum Meaning {
    /// Something true or false.
    Condition(Condition),
    /// Something that has a value.
    Value(Value),
}

impl Checker<'_> {
    /// An expression as a condition.
    pub(super) fn condition(&mut self, expr: &Expr, scope: Scope) -> Option<Condition> {
        match self.expression(expr, scope)? {
            Meaning::Condition(condition) => Some(condition),
            Meaning::Value(value) if Kind::of(&value) == Kind::Boolean => {
                let span = value.span;
                Some(Spanned::new(ConditionKind::True(value), span))
            }
            Meaning::Value(value) => {
                let kind = Kind::of(&value);
                let written = self.written(expr.span);
                self.error(TypeError::ExpectedCondition {
                    found: kind.noun(),
                    advice: compared_example(kind, &written),
                    span: expr.span,
                })
            }
        }
    }

    /// An expression as a value, which may be a label.
    pub(super) fn value(&mut self, expr: &Expr, scope: Scope) -> Option<Value> {
        self.expression(expr, scope).map(Meaning::into_value)
    }

    /// An expression.
    pub(super) fn expression(&mut self, expr: &Expr, scope: Scope) -> Option<Meaning> {
        let span = expr.span;
        match &expr.node {
            ExprKind::Literal(literal) => Some(literal_meaning(literal, span)),
            ExprKind::Name(name) => self.name(name, span, scope),
            ExprKind::Score => self.score(ScoreId::Overall, span, scope).map(Meaning::Value),
            ExprKind::Band => self.band(Labelled::Band, span, scope).map(Meaning::Value),
            ExprKind::Excluded => self.excluded(span, scope).map(Meaning::Condition),
            ExprKind::BandOf(name) => self.band_of(name, span, scope).map(Meaning::Value),
            ExprKind::Logic(first, rest) => self.logic(first, rest, span, scope).map(Meaning::Condition),
            ExprKind::Not(inner) => self.negation(inner, span, scope).map(Meaning::Condition),
            ExprKind::Compare(left, rest) => self.comparison(left, rest, span, scope).map(Meaning::Condition),
            ExprKind::Test { value, negated, test } => {
                let positive = self.test(value, test, span, scope)?;
                Some(Meaning::Condition(negated_if(*negated, positive)))
            }
            ExprKind::Sum(first, rest) => self.arithmetic(first, rest, additive, span, scope).map(Meaning::Value),
            ExprKind::Product(first, rest) => self
                .arithmetic(first, rest, multiplicative, span, scope)
                .map(Meaning::Value),
            ExprKind::Negate(inner) => self.opposite(inner, span, scope).map(Meaning::Value),
            ExprKind::Parentheses(inner) => self.expression(inner, scope),
            ExprKind::Quantity(quantity, parts) => self.quantity(quantity, parts, span, scope).map(Meaning::Condition),
            ExprKind::Events(count, pattern) => self.event_test(count, pattern, span, scope).map(Meaning::Condition),
            ExprKind::Elapsed { unit, until, date } => {
                self.elapsed(*unit, *until, date, span, scope).map(Meaning::Value)
            }
            ExprKind::Call(name, argument) => self.call(name, argument, span, scope).map(Meaning::Value),
        }
    }

    /// A name: a property inside `where`, and otherwise what the shared space says.
    fn name(&mut self, name: &str, span: Span, scope: Scope) -> Option<Meaning> {
        if let Some(picked) = scope.filter {
            return self.property_value(name, span, picked).map(Meaning::Value);
        }
        let Some(named) = self.named(name) else {
            return self.unknown_name(name, span);
        };
        self.use_name(name);
        match named {
            Named::Field(id) => {
                let of = self.model.fields.get(id.index())?.of.clone();
                Some(Meaning::Value(value(ValueKind::Field(id), of, span)))
            }
            Named::Let(id) => self.let_meaning(id?, span, scope),
            Named::List(_) => self.wrong_kind(
                &Spanned::new(name.to_owned(), span),
                "a list",
                "a value",
                "a list stands after `in` or `any of`: `domain(email) in free_mail`",
            ),
            Named::Block(id) => self.score(ScoreId::Block(id), span, scope).map(Meaning::Value),
            Named::Formula(id) => self.formula_score(id, span, scope).map(Meaning::Value),
            Named::Class(id) => {
                self.may_read_scores("a classification", span, scope)?;
                let label = ValueKind::Label(Labelled::Class(id));
                Some(Meaning::Value(value(label, Type::Text, span)))
            }
            Named::Conflicting => None,
        }
    }

    fn unknown_name<T>(&mut self, name: &str, span: Span) -> Option<T> {
        if let Some(event) = self
            .property_events
            .get(name)
            .and_then(|id| self.model.events.get(id.index()))
        {
            let event = event.name.clone();
            return self.error(NameError::PropertyOutside {
                name: name.to_owned(),
                event,
                span,
            });
        }
        let nearest = self.nearest_name(name, |named| !matches!(named, Named::List(_)));
        let unknown = NameError::UnknownName {
            name: name.to_owned(),
            nearest,
            span,
        };
        self.name_error(name, unknown)
    }

    fn let_meaning(&mut self, id: LetId, span: Span, scope: Scope) -> Option<Meaning> {
        let definition = self.model.lets.get(id.index())?;
        let of = match &definition.value {
            LetValue::Condition(_) => None,
            LetValue::Value(value) => Some(value.of.clone()),
        };
        let reads_scores = definition.reads_scores;
        self.reads.events |= definition.reads_events;
        if reads_scores {
            self.may_read_scores("reads a score", span, scope)?;
        }
        Some(match of {
            None => Meaning::Condition(Spanned::new(ConditionKind::Let(id), span)),
            Some(of) => Meaning::Value(value(ValueKind::Let(id), of, span)),
        })
    }

    fn score(&mut self, id: ScoreId, span: Span, scope: Scope) -> Option<Value> {
        self.may_read_scores("a score", span, scope)?;
        Some(value(ValueKind::Score(id), Type::Number, span))
    }

    fn formula_score(&mut self, id: Option<crate::model::FormulaId>, span: Span, scope: Scope) -> Option<Value> {
        self.may_read_scores("a score", span, scope)?;
        Some(value(ValueKind::Score(ScoreId::Formula(id?)), Type::Number, span))
    }

    /// Notes a score that is read where none can be.
    fn may_read_scores(&mut self, reads: &'static str, span: Span, scope: Scope) -> Option<()> {
        if scope.filter.is_some() {
            return self.error(RuleError::InsideWhere { what: reads, span });
        }
        if let Scores::Forbidden(what) = scope.scores {
            return self.error(RuleError::ScoreRead { what, span, reads });
        }
        self.reads.scores = true;
        Some(())
    }

    /// A band, of a score that has bands.
    fn band(&mut self, of: Labelled, span: Span, scope: Scope) -> Option<Value> {
        self.may_read_scores("a band", span, scope)?;
        if !self.labels.contains_key(&of) {
            let owner = match of {
                Labelled::Band | Labelled::Class(_) => "the overall score".to_owned(),
                Labelled::BandOf(_) => format!("the score `{}`", self.owner_name(of).trim_end_matches(".band")),
            };
            return self.without_bands(owner, span);
        }
        Some(value(ValueKind::Label(of), Type::Text, span))
    }

    /// Notes that a score has no bands, unless they may be among the statements that could not be read.
    pub(super) fn without_bands<T>(&mut self, owner: String, span: Span) -> Option<T> {
        if !self.excused.is_empty() {
            return None;
        }
        self.error(NameError::NoBands { owner, span })
    }

    fn band_of(&mut self, name: &Name, span: Span, scope: Scope) -> Option<Value> {
        let of = self.banded(name)?;
        self.band(of, span, scope)
    }

    /// The score of a name whose band is read.
    pub(super) fn banded(&mut self, name: &Name) -> Option<Labelled> {
        match self.named(&name.node) {
            Some(Named::Block(id)) => Some(Labelled::BandOf(id)),
            Some(Named::Formula(_)) => self.without_bands(format!("the score `{}`", name.node), name.span),
            Some(other) => self.wrong_kind(
                name,
                other.noun(),
                "a score",
                "bands belong to a score with rules: `score fit { … }`, whose band is `fit.band`",
            ),
            None => {
                let nearest = self.nearest_name(&name.node, |named| matches!(named, Named::Block(_)));
                let unknown = NameError::UnknownName {
                    name: name.node.clone(),
                    nearest,
                    span: name.span,
                };
                self.name_error(&name.node, unknown)
            }
        }
    }

    fn excluded(&mut self, span: Span, scope: Scope) -> Option<Condition> {
        if scope.scores != Scores::InTest || scope.filter.is_some() {
            return self.error(RuleError::ExcludedRead { span });
        }
        Some(Spanned::new(ConditionKind::Excluded, span))
    }

    fn negation(&mut self, inner: &Expr, span: Span, scope: Scope) -> Option<Condition> {
        let inner = self.condition(inner, scope)?;
        Some(Spanned::new(ConditionKind::Not(Box::new(inner)), span))
    }

    fn arithmetic<O: Copy>(
        &mut self,
        first: &Expr,
        rest: &[(Spanned<O>, Expr)],
        operator: fn(O) -> (Operator, &'static str),
        span: Span,
        scope: Scope,
    ) -> Option<Value> {
        let word = rest.first().map_or("`+`", |(sign, _)| operator(sign.node).1);
        let first = self.operand(first, Kind::Number, word, scope);
        let operands: Vec<Option<(Operator, Value)>> = rest
            .iter()
            .map(|(sign, operand)| {
                let (meaning, word) = operator(sign.node);
                Some((meaning, self.operand(operand, Kind::Number, word, scope)?))
            })
            .collect();
        let operands: Option<Vec<(Operator, Value)>> = operands.into_iter().collect();
        let kind = ValueKind::Arithmetic(Box::new(first?), operands?);
        Some(value(kind, Type::Number, span))
    }

    fn opposite(&mut self, inner: &Expr, span: Span, scope: Scope) -> Option<Value> {
        let inner = self.operand(inner, Kind::Number, "`-`", scope)?;
        let kind = match inner.kind {
            ValueKind::Number(number) => ValueKind::Number(number.negate()),
            _ => ValueKind::Negate(Box::new(inner)),
        };
        Some(value(kind, Type::Number, span))
    }

    fn elapsed(&mut self, unit: Spanned<Unit>, until: bool, date: &Expr, span: Span, scope: Scope) -> Option<Value> {
        let word = if until { "`until`" } else { "`since`" };
        let date = Box::new(self.operand(date, Kind::Date, word, scope)?);
        let kind = ValueKind::Elapsed {
            unit: unit.node,
            until,
            date,
        };
        Some(value(kind, Type::Number, span))
    }

    /// A value of the one kind on which an operator works.
    pub(super) fn operand(&mut self, expr: &Expr, wanted: Kind, operator: &str, scope: Scope) -> Option<Value> {
        let operand = self.value(expr, scope)?;
        let kind = Kind::of(&operand);
        if kind == wanted {
            return Some(operand);
        }
        let wanted = match wanted {
            Kind::Text => "texts",
            Kind::Number => "numbers",
            Kind::Boolean => "booleans",
            Kind::Date => "dates",
            Kind::List => "lists",
            Kind::Band | Kind::Class => "labels",
        };
        self.wrong_operand(&operand, operator, wanted)
    }

    /// Notes that an operator can't work on a value.
    pub(super) fn wrong_operand<T>(&mut self, operand: &Value, operator: &str, wanted: &'static str) -> Option<T> {
        let kind = Kind::of(operand);
        if kind.is_label() {
            return self.error(TypeError::LooseLabel {
                found: kind.noun(),
                span: operand.span,
            });
        }
        self.error(TypeError::WrongOperand {
            operator: operator.to_owned(),
            wanted,
            found: kind.noun(),
            advice: tests_of(kind),
            span: operand.span,
        })
    }
}

impl Meaning {
    /// As a value: a condition is a boolean.
    fn into_value(self) -> Value {
        match self {
            Meaning::Value(value) => value,
            Meaning::Condition(condition) => {
                let span = condition.span;
                value(ValueKind::Condition(Box::new(condition)), Type::Boolean, span)
            }
        }
    }
}

/// A value at its place.
pub(super) fn value(kind: ValueKind, of: Type, span: Span) -> Value {
    Value { kind, of, span }
}

/// A condition, or its opposite.
pub(super) fn negated_if(negated: bool, condition: Condition) -> Condition {
    if !negated {
        return condition;
    }
    let span = condition.span;
    Spanned::new(ConditionKind::Not(Box::new(condition)), span)
}

fn literal_meaning(literal: &Literal, span: Span) -> Meaning {
    match literal {
        Literal::Number(number) | Literal::Percent(number) => {
            Meaning::Value(value(ValueKind::Number(*number), Type::Number, span))
        }
        Literal::Text(text) => Meaning::Value(value(ValueKind::Text(text.clone()), Type::Text, span)),
        Literal::Date(day) => Meaning::Value(value(ValueKind::Date(*day), Type::Date, span)),
        Literal::Boolean(boolean) => Meaning::Condition(Spanned::new(ConditionKind::Constant(*boolean), span)),
    }
}

/// The literal that an expression is, with its sign; `None` for anything else.
pub(super) fn literal_of(expr: &Expr) -> Option<Spanned<Literal>> {
    match &expr.node {
        ExprKind::Literal(literal) => Some(Spanned::new(literal.clone(), expr.span)),
        ExprKind::Negate(inner) => match literal_of(inner)?.node {
            Literal::Number(number) => Some(Spanned::new(Literal::Number(number.negate()), expr.span)),
            Literal::Percent(number) => Some(Spanned::new(Literal::Percent(number.negate()), expr.span)),
            Literal::Text(_) | Literal::Date(_) | Literal::Boolean(_) => None,
        },
        ExprKind::Parentheses(inner) => literal_of(inner),
        _ => None,
    }
}

/// The number that an expression is.
pub(super) fn number_of(expr: &Expr) -> Option<Number> {
    super::lists::number_of(&literal_of(expr)?)
}

fn additive(sign: Additive) -> (Operator, &'static str) {
    match sign {
        Additive::Plus => (Operator::Plus, "`+`"),
        Additive::Minus => (Operator::Minus, "`-`"),
    }
}

fn multiplicative(sign: Multiplicative) -> (Operator, &'static str) {
    match sign {
        Multiplicative::Times => (Operator::Times, "`*`"),
        Multiplicative::Over => (Operator::Over, "`/`"),
    }
}

/// How values of a kind can be tested.
fn tests_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "a text is tested by `=`, `in`, `contains`, `starts with`, `ends with` or `matches`",
        Kind::Number | Kind::Date => "numbers and dates are compared by `=`, `<`, `<=`, `>`, `>=`, `between` or `in`",
        Kind::Boolean => "a boolean is a condition by itself, and can be compared by `=`",
        Kind::List => {
            "a list is looked into by `contains \"x\"` or `contains any of (\"a\", \"b\")`, element by element"
        }
        Kind::Band | Kind::Class => "a label is compared by `=` or `in`",
    }
}

/// A condition that could be made of a value.
fn compared_example(kind: Kind, written: &str) -> String {
    match kind {
        Kind::Text => format!("compare it, such as `{written} contains \"x\"`, or write `{written} is known`"),
        Kind::Number => format!("compare it, such as `{written} > 0`"),
        Kind::Date => format!("compare it, such as `{written} >= 2026-01-01`, or write `{written} is known`"),
        Kind::List => format!("look into it, such as `{written} contains \"x\"`, or write `{written} is known`"),
        Kind::Band | Kind::Class => format!("compare it with a label: `{written} = hot`"),
        Kind::Boolean => format!("write `{written} = true`"),
    }
}
