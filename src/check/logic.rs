//! `and`, `or` and quantities, and what of them reads in two ways.

use crate::model::{Bound, Condition, ConditionKind};
use crate::source::{Span, Spanned};
use crate::syntax::tree::{Connective, Expr, ExprKind, Pattern, Quantity};

use super::Error;
use super::checker::Checker;
use super::error::{NameError, RuleError};
use super::expression::Scope;
use super::loose::is_loose;

impl Checker<'_> {
    /// A chain of `and` or of `or`.
    pub(super) fn logic(
        &mut self,
        first: &Expr,
        rest: &[(Spanned<Connective>, Expr)],
        span: Span,
        scope: Scope,
    ) -> Option<Condition> {
        // A literal without its test is no part of two readings: with its test it may be one list.
        let loose = rest.iter().any(|(_, part)| is_loose(part));
        let clear = !loose && self.reads_in_one_way(first, rest, span);
        let mut parts = vec![self.condition(first, scope)];
        parts.extend(self.perhaps_about_events(!clear, |checker| checker.other_parts(first, rest, scope)));
        let parts: Vec<Condition> = parts.into_iter().collect::<Option<_>>()?;
        let connective = rest.first()?.0.node;
        let kind = match connective {
            Connective::And => ConditionKind::All(parts),
            Connective::Or => ConditionKind::Any(parts),
        };
        clear.then(|| Spanned::new(kind, span))
    }

    /// The parts of a chain behind its first one. Literals without a test, as in `title contains "a" or "b"`, are one
    /// mistake.
    fn other_parts(
        &mut self,
        first: &Expr,
        rest: &[(Spanned<Connective>, Expr)],
        scope: Scope,
    ) -> Vec<Option<Condition>> {
        let mut test = first;
        let mut told = false;
        let mut parts = Vec::with_capacity(rest.len());
        for (place, (connective, part)) in rest.iter().enumerate() {
            if !is_loose(part) {
                test = part;
                parts.push(self.condition(part, scope));
            } else if !std::mem::replace(&mut told, true) {
                let behind = rest.iter().skip(place).map(|(_, part)| part);
                let literals: Vec<&Expr> = behind.take_while(|part| is_loose(part)).collect();
                match self.with_literals(test, connective.node, &literals) {
                    Some(write) => parts.push(self.loose_literal(part, &write)),
                    None => parts.push(self.condition(part, scope)),
                }
            }
        }
        parts
    }

    /// Understands what may belong to a `where`, where that is not clear: which names it may read is not clear either.
    pub(super) fn perhaps_about_events<T>(&mut self, perhaps: bool, understand: impl FnOnce(&mut Self) -> T) -> T {
        let told = self.errors.len();
        let understood = understand(self);
        if perhaps {
            let depends =
                |error: &NameError| matches!(error, NameError::PropertyOutside { .. } | NameError::UnknownName { .. });
            let later = self.errors.split_off(told);
            let certain = later
                .into_iter()
                .filter(|error| !matches!(error, Error::Name(error) if depends(error)));
            self.errors.extend(certain);
        }
        understood
    }

    /// Whether everybody reads a chain alike; otherwise the mistake is noted.
    fn reads_in_one_way(&mut self, first: &Expr, rest: &[(Spanned<Connective>, Expr)], span: Span) -> bool {
        let before = std::iter::once(first).chain(rest.iter().map(|(_, part)| part));
        for (part, (connective, next)) in before.zip(rest) {
            if let Some(filter) = bare_filter_at_end(part) {
                let start = Span::new(part.span.start, filter.span.start);
                let following = Span::new(next.span.start, span.end);
                self.logic_after_where(start, filter.span, connective.node, following, connective.span);
                return false;
            }
        }
        let Some((word, _)) = rest.first() else {
            return true;
        };
        let Some((other, _)) = rest.iter().find(|(connective, _)| connective.node != word.node) else {
            return true;
        };
        self.errors.push(
            RuleError::MixedLogic {
                and_first: shortened(self.grouped(first, rest, Connective::And)),
                or_first: shortened(self.grouped(first, rest, Connective::Or)),
                span: other.span,
                first: word.span,
            }
            .into(),
        );
        false
    }

    /// Notes that it is not clear whether what follows a `where` belongs to it.
    pub(super) fn logic_after_where(
        &mut self,
        start: Span,
        filter: Span,
        connective: Connective,
        following: Span,
        place: Span,
    ) {
        let (start, filter) = (self.written(start), self.written(filter));
        let (word, following) = (connective_word(connective), self.written(following));
        self.errors.push(
            RuleError::LogicAfterWhere {
                word,
                inside: shortened(format!("{start} ({filter} {word} {following})")),
                outside: shortened(format!("{start} ({filter}) {word} {following}")),
                span: place,
            }
            .into(),
        );
    }

    /// A mixed chain with parentheses around the parts that one of the words binds.
    fn grouped(&self, first: &Expr, rest: &[(Spanned<Connective>, Expr)], binds: Connective) -> String {
        let mut groups = vec![vec![self.written(first.span)]];
        for (connective, part) in rest {
            let part = self.written(part.span);
            match groups.last_mut() {
                Some(group) if connective.node == binds => group.push(part),
                _ => groups.push(vec![part]),
            }
        }
        let (inner, outer) = match binds {
            Connective::And => (" and ", " or "),
            Connective::Or => (" or ", " and "),
        };
        let groups: Vec<String> = groups.into_iter().map(|group| in_parentheses(&group, inner)).collect();
        groups.join(outer)
    }

    /// `at least 2 of (…)` and its like.
    pub(super) fn quantity(
        &mut self,
        quantity: &Spanned<Quantity>,
        parts: &[Expr],
        span: Span,
        scope: Scope,
    ) -> Option<Condition> {
        let conditions: Vec<Option<Condition>> = parts.iter().map(|part| self.condition(part, scope)).collect();
        let bound = match quantity.node {
            Quantity::All | Quantity::Any | Quantity::None => None,
            Quantity::AtLeast(count) => Some((count, Bound::AtLeast(count))),
            Quantity::AtMost(count) => Some((count, Bound::AtMost(count))),
            Quantity::Exactly(count) => Some((count, Bound::Exactly(count))),
        };
        if let Some((count, _)) = bound
            && !(1..=parts.len() as u64).contains(&count)
        {
            return self.out_of_range(
                quantity.span,
                format!("of these conditions there can be 1 to {}", parts.len()),
            );
        }
        let conditions: Vec<Condition> = conditions.into_iter().collect::<Option<_>>()?;
        let kind = match (quantity.node, bound) {
            (_, Some((_, bound))) => ConditionKind::Quantity(bound, conditions),
            (Quantity::All, None) => ConditionKind::All(conditions),
            (Quantity::None, None) => {
                let any = Spanned::new(ConditionKind::Any(conditions), span);
                ConditionKind::Not(Box::new(any))
            }
            (_, None) => ConditionKind::Any(conditions),
        };
        Some(Spanned::new(kind, span))
    }
}

/// A reading that a message can show.
pub(super) fn shortened(reading: String) -> String {
    const MOST: usize = 200;
    match reading.char_indices().nth(MOST) {
        Some((end, _)) => format!("{} …", reading.get(..end).unwrap_or_default()),
        None => reading,
    }
}

/// The word of a connective.
pub(super) fn connective_word(connective: Connective) -> &'static str {
    match connective {
        Connective::And => "and",
        Connective::Or => "or",
    }
}

fn in_parentheses(parts: &[String], word: &str) -> String {
    match parts {
        [one] => one.clone(),
        several => format!("({})", several.join(word)),
    }
}

/// The bare test of a `where` with which a condition ends, if it ends with one.
fn bare_filter_at_end(expr: &Expr) -> Option<&Expr> {
    match &expr.node {
        ExprKind::Events(_, pattern) => bare_filter(&pattern.node),
        ExprKind::Not(inner) => bare_filter_at_end(inner),
        ExprKind::Compare(_, rest) => bare_filter_at_end(&rest.last()?.1),
        _ => None,
    }
}

/// The test of a pattern's `where`, if it stands bare and nothing ends the pattern behind it.
pub(super) fn bare_filter(pattern: &Pattern) -> Option<&Expr> {
    let filter = pattern.filter.as_deref()?;
    let bare = !matches!(filter.node, ExprKind::Parentheses(_)) && pattern.window.is_none();
    bare.then_some(filter)
}
