//! Rules, tables and decays: what gives points, how often, how it fades, and what inactivity takes.

use crate::model::{Amount, Decay, Fading, Fits, Limits, Row, Rule, RuleKind, Value};
use crate::number::Number;
use crate::source::{Span, Spanned};
use crate::syntax::tree::{self, Connective, Expr, ExprKind, Limit, Literal, RowValues, Trigger};

use super::checker::Checker;
use super::comparison::comparison_of;
use super::error::{RuleError, TypeError};
use super::expression::{Scope, Scores};
use super::kind::{Kind, conversion, conversion_advice};
use super::lists::{number_of, text_of};
use super::logic::{bare_filter, shortened};

/// The most points that a rule adds or takes.
const MOST_POINTS: i64 = 1_000_000;

impl Checker<'_> {
    /// A rule `when …`.
    pub(super) fn rule(&mut self, rule: &tree::Rule, span: Span) -> Option<Rule> {
        let scope = Scope::contact(Scores::Forbidden("a rule"));
        let points = self.points(&rule.points, false);
        let because = rule.because.as_ref().map(|because| because.node.clone());
        let (kind, reads_events) = match &rule.trigger {
            Trigger::Condition(expr) => {
                let (condition, reads) = self.reading(|checker| checker.condition(expr, scope));
                self.fires_once(rule, expr.span)?;
                let kind = RuleKind::Once {
                    condition: condition?,
                    points: points?,
                    because,
                };
                (kind, reads.events)
            }
            Trigger::Each { pattern, condition } => {
                let clear = self.occurrence_reads_in_one_way(pattern, condition.as_ref());
                let pattern = self.pattern(pattern);
                let condition = condition
                    .as_ref()
                    .map(|condition| self.perhaps_about_events(!clear, |checker| checker.condition(condition, scope)));
                let limits = self.limits(&rule.limits);
                let fading = rule.fading.as_ref().map(|fading| self.fading(&fading.node));
                let kind = RuleKind::Each {
                    pattern: pattern?,
                    condition: all_or_nothing(condition)?,
                    points: points?,
                    limits: limits?,
                    fading: all_or_nothing(fading)?,
                    because,
                };
                clear.then_some(())?;
                (kind, true)
            }
        };
        Some(Rule {
            kind,
            reads_events,
            span,
        })
    }

    /// Points: not zero where a rule adds them, and not too many.
    fn points(&mut self, points: &Spanned<Number>, zero_allowed: bool) -> Option<Number> {
        let most = Number::whole(MOST_POINTS);
        if points.node == Number::ZERO && !zero_allowed {
            return self.error(RuleError::ZeroPoints { span: points.span });
        }
        if points.node > most || points.node < most.negate() {
            return self.out_of_range(points.span, "points are at most 1,000,000 either way");
        }
        Some(points.node)
    }

    /// Notes a limit or fading on a rule that adds its points once.
    fn fires_once(&mut self, rule: &tree::Rule, condition: Span) -> Option<()> {
        let limit = rule.limits.first().map(|limit| ("a limit", limit.span));
        let fading = rule.fading.as_ref().map(|fading| ("fading", fading.span));
        match limit.or(fading) {
            None => Some(()),
            Some((what, span)) => self.error(RuleError::LimitOnOnce { what, span, condition }),
        }
    }

    /// Whether everybody reads an occurrence rule alike; otherwise the mistake is noted.
    fn occurrence_reads_in_one_way(&mut self, pattern: &Spanned<tree::Pattern>, condition: Option<&Expr>) -> bool {
        let Some(condition) = condition else {
            return true;
        };
        if let Some(filter) = bare_filter(&pattern.node) {
            let start = Span::new(pattern.span.start, filter.span.start);
            let place = Span::new(filter.span.end, condition.span.start);
            let word = self.trimmed(place);
            self.logic_after_where(start, filter.span, Connective::And, condition.span, word);
            return false;
        }
        let ExprKind::Logic(_, rest) = &condition.node else {
            return true;
        };
        if !rest.iter().all(|(connective, _)| connective.node == Connective::Or) {
            return true;
        }
        if let Some((or, _)) = rest.first() {
            let (pattern, condition) = (self.written(pattern.span), self.written(condition.span));
            let inside = shortened(format!("{pattern} and ({condition})"));
            self.errors
                .push(RuleError::OrInOccurrence { inside, span: or.span }.into());
        }
        false
    }

    /// A span without the white space at its ends.
    fn trimmed(&self, span: Span) -> Span {
        let text = self.source.slice(span);
        let start = span.start + (text.len() - text.trim_start().len());
        Span::new(start, start + text.trim().len())
    }

    fn limits(&mut self, written: &[Spanned<Limit>]) -> Option<Limits> {
        let mut limits = Limits::default();
        let mut first: Option<&Spanned<Limit>> = None;
        for limit in written {
            let goes = match limit.node {
                Limit::EveryTime => first.is_none() && !std::mem::replace(&mut limits.every_time, true),
                Limit::AtMost { .. } if limits.every_time => false,
                Limit::AtMost { times, per: None } => limits.total.replace(self.times(times)?).is_none(),
                Limit::AtMost { times, per: Some(unit) } => limits.per.replace((self.times(times)?, unit)).is_none(),
            };
            if !goes {
                let first = first.map_or(limit.span, |first| first.span);
                let second = limit.span;
                return self.error(RuleError::ConflictingLimits { second, first });
            }
            first = first.or(Some(limit));
        }
        Some(limits)
    }

    fn times(&mut self, times: Spanned<u64>) -> Option<u64> {
        if times.node == 0 {
            return self.out_of_range(
                times.span,
                "at most 1 time is the least: a rule that never counts is no rule",
            );
        }
        Some(times.node)
    }

    fn fading(&mut self, fading: &tree::Fading) -> Option<Fading> {
        match fading {
            tree::Fading::Over(period) => Some(Fading::Over(period.node)),
            tree::Fading::Per { amount, period } => Some(Fading::Per(self.amount(amount)?, period.node)),
        }
    }

    /// What decay or fading takes: something, and no part greater than all.
    fn amount(&mut self, amount: &Spanned<tree::Amount>) -> Option<Amount> {
        match amount.node {
            tree::Amount::Points(points) if points > Number::ZERO => Some(Amount::Points(points)),
            tree::Amount::Points(_) => self.out_of_range(amount.span, "decay and fading take more than 0 points"),
            tree::Amount::Part(part) if part > Number::ZERO && part <= Number::whole(1) => Some(Amount::Part(part)),
            tree::Amount::Part(_) => self.out_of_range(amount.span, "this percentage is above 0 and at most 100"),
        }
    }

    /// A decay.
    pub(super) fn decay(&mut self, decay: &tree::Decay, span: Span) -> Option<Decay> {
        let amount = self.amount(&decay.amount);
        let since = decay.since.as_ref().map(|since| self.pattern(since));
        Some(Decay {
            amount: amount?,
            period: decay.period.node,
            since: all_or_nothing(since)?,
            span,
        })
    }

    /// A table `by … { … }`. A row that is wrong is left out.
    pub(super) fn table(&mut self, table: &tree::Table, span: Span) -> Option<Rule> {
        let scope = Scope::contact(Scores::Forbidden("a table"));
        let (value, reads) = self.reading(|checker| checker.value(&table.value, scope));
        let value = value.and_then(|value| self.table_value(value));
        let mut rows = Vec::with_capacity(table.rows.len());
        let places = table.rows.iter();
        self.otherwise_is_last(places.map(|row| (row.span, row.node.values.node == RowValues::Otherwise)));
        for row in &table.rows {
            rows.extend(self.row(row, value.as_ref()));
        }
        Some(Rule {
            kind: RuleKind::Table { value: value?, rows },
            reads_events: reads.events,
            span,
        })
    }

    /// Notes a row after `otherwise`: each row has its place, and whether it is one.
    pub(super) fn otherwise_is_last(&mut self, rows: impl Iterator<Item = (Span, bool)>) {
        let mut rows = rows.skip_while(|(_, is_otherwise)| !is_otherwise);
        if let (Some((otherwise, _)), Some((span, _))) = (rows.next(), rows.next()) {
            self.errors.push(RuleError::AfterOtherwise { span, otherwise }.into());
        }
    }

    /// A value by which a table can be made.
    fn table_value(&mut self, value: Value) -> Option<Value> {
        let kind = Kind::of(&value);
        match kind {
            Kind::Text | Kind::Number | Kind::Boolean | Kind::List => Some(value),
            Kind::Date => self.error(TypeError::WrongTable {
                found: kind.noun(),
                advice: "make it by a number, such as `by years since created { … }`",
                span: value.span,
            }),
            Kind::Band | Kind::Class => self.error(TypeError::WrongTable {
                found: kind.noun(),
                advice: "make it by a field or another value of the contact",
                span: value.span,
            }),
        }
    }

    fn row(&mut self, row: &Spanned<tree::Row>, value: Option<&Value>) -> Option<Row> {
        let points = self.points(&row.node.points, true);
        let fits = self.fits(&row.node.values, value?)?;
        Some(Row {
            fits,
            points: points?,
            because: row.node.because.as_ref().map(|because| because.node.clone()),
            span: row.span,
        })
    }

    fn fits(&mut self, values: &Spanned<RowValues>, value: &Value) -> Option<Fits> {
        match &values.node {
            RowValues::Literals(literals) => self.fitting_literals(literals, value),
            RowValues::Range(low, high) => {
                self.ordered_row("`to`", values.span, value)?;
                let ends = (self.row_number(low, value), self.row_number(high, value));
                Some(Fits::Range(ends.0?, ends.1?))
            }
            RowValues::Compared(operator, end) => {
                let (negated, comparison) = comparison_of(*operator);
                if negated {
                    let rule = "a row compares by `<`, `<=`, `>` or `>=`; for all other values, write `otherwise`";
                    return self.out_of_range(values.span, rule);
                }
                self.ordered_row("`<`", values.span, value)?;
                Some(Fits::Compared(comparison, self.row_number(end, value)?))
            }
            RowValues::Unknown => Some(Fits::Unknown),
            RowValues::Otherwise => Some(Fits::Otherwise),
        }
    }

    /// Notes a row that orders values which have no order.
    fn ordered_row(&mut self, row: &'static str, span: Span, value: &Value) -> Option<()> {
        let kind = Kind::of(value);
        if kind == Kind::Number {
            return Some(());
        }
        self.error(TypeError::UnorderedRow {
            row,
            owner: format!("`{}`", self.written(value.span)),
            found: kind.noun(),
            span,
            value: value.span,
        })
    }

    fn row_number(&mut self, literal: &Spanned<Literal>, value: &Value) -> Option<Number> {
        let owner = format!("`{}`", self.written(value.span));
        self.literal_of_kind(literal, Kind::Number, owner)?;
        number_of(literal)
    }

    fn fitting_literals(&mut self, literals: &[Spanned<Literal>], value: &Value) -> Option<Fits> {
        let written = self.written(value.span);
        let (owner, kind) = match Kind::of(value) {
            Kind::List => (format!("an element of `{written}`"), Kind::Text),
            kind => (format!("`{written}`"), kind),
        };
        let sound: Vec<Option<&Spanned<Literal>>> = literals
            .iter()
            .map(|literal| {
                self.literal_of_kind(literal, kind, owner.clone())?;
                if let Some(text) = text_of(literal) {
                    self.text_of_type(&value.of, owner.clone(), text, literal.span)?;
                }
                Some(literal)
            })
            .collect();
        let sound: Vec<&Spanned<Literal>> = sound.into_iter().collect::<Option<_>>()?;
        Some(match kind {
            Kind::Number => Fits::Numbers(sound.into_iter().filter_map(number_of).collect()),
            Kind::Boolean => Fits::Booleans(sound.into_iter().filter_map(boolean_of).collect()),
            Kind::Text | Kind::Date | Kind::List | Kind::Band | Kind::Class => {
                Fits::Texts(sound.into_iter().filter_map(text_of).collect())
            }
        })
    }

    /// Notes a literal that does not have the kind of what it is meant for.
    pub(super) fn literal_of_kind(&mut self, literal: &Spanned<Literal>, wanted: Kind, owner: String) -> Option<()> {
        let found = Kind::of_literal(&literal.node);
        if found == wanted {
            return Some(());
        }
        let edit = conversion(&literal.node, literal.span, wanted);
        self.error(TypeError::WrongLiteral {
            owner,
            wanted: wanted.noun(),
            found: found.noun(),
            advice: conversion_advice(edit.as_ref(), wanted),
            span: literal.span,
            edit,
        })
    }
}

/// What was wrong stays wrong; what was not there stays so.
fn all_or_nothing<T>(understood: Option<Option<T>>) -> Option<Option<T>> {
    match understood {
        None => Some(None),
        Some(None) => None,
        Some(Some(understood)) => Some(Some(understood)),
    }
}

/// The boolean of a literal that is one.
pub(super) fn boolean_of(literal: &Spanned<Literal>) -> Option<bool> {
    match literal.node {
        Literal::Boolean(boolean) => Some(boolean),
        Literal::Number(_) | Literal::Percent(_) | Literal::Text(_) | Literal::Date(_) => None,
    }
}
