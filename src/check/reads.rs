//! The names that an expression reads: those of the contact and of scores, no properties and no labels.

use crate::syntax::tree::{Argument, Expr, ExprKind, Needles, ValueTest};

/// The names that an expression reads, in their order. Names beside a band or class are labels.
pub(super) fn names_read<'t>(expr: &'t Expr, is_class: &dyn Fn(&str) -> bool) -> Vec<&'t str> {
    let mut names = Vec::new();
    collect(expr, is_class, &mut names);
    names
}

fn collect<'t>(expr: &'t Expr, is_class: &dyn Fn(&str) -> bool, names: &mut Vec<&'t str>) {
    match &expr.node {
        ExprKind::Name(name) => names.push(name),
        ExprKind::BandOf(name) => names.push(&name.node),
        ExprKind::Compare(left, _) if is_label(left, is_class) => collect(left, is_class, names),
        ExprKind::Test { value, test, .. } => {
            collect(value, is_class, names);
            if !is_label(value, is_class) {
                collect_operands(&test.node, is_class, names);
            }
        }
        _ => parts(expr).into_iter().for_each(|part| collect(part, is_class, names)),
    }
}

/// Whether an expression is a band or class, so that names beside it are labels.
pub(super) fn is_label(expr: &Expr, is_class: &dyn Fn(&str) -> bool) -> bool {
    match &expr.node {
        ExprKind::Band | ExprKind::BandOf(_) => true,
        ExprKind::Name(name) => is_class(name),
        ExprKind::Parentheses(inner) => is_label(inner, is_class),
        _ => false,
    }
}

fn collect_operands<'t>(test: &'t ValueTest, is_class: &dyn Fn(&str) -> bool, names: &mut Vec<&'t str>) {
    let operands: Vec<&Expr> = match test {
        ValueTest::Between(low, high) => vec![low, high],
        ValueTest::In(items) => items.iter().collect(),
        ValueTest::Contains { needles, .. } => match needles {
            Needles::One(needle) => vec![needle],
            Needles::AnyOf(needles) => needles.iter().collect(),
            Needles::List(_) => Vec::new(),
        },
        ValueTest::StartsWith(text) | ValueTest::EndsWith(text) | ValueTest::Matches(text) => vec![text],
        ValueTest::InList(_) | ValueTest::IsKnown | ValueTest::IsUnknown => Vec::new(),
    };
    operands
        .into_iter()
        .for_each(|operand| collect(operand, is_class, names));
}

/// The expressions one level down that are about the contact.
fn parts(expr: &Expr) -> Vec<&Expr> {
    match &expr.node {
        ExprKind::Logic(first, rest) => chain(first, rest),
        ExprKind::Compare(first, rest) => chain(first, rest),
        ExprKind::Sum(first, rest) => chain(first, rest),
        ExprKind::Product(first, rest) => chain(first, rest),
        ExprKind::Not(inner) | ExprKind::Negate(inner) | ExprKind::Parentheses(inner) => vec![inner],
        ExprKind::Elapsed { date, .. } => vec![date],
        ExprKind::Quantity(_, parts) => parts.iter().collect(),
        ExprKind::Call(_, argument) => match &argument.node {
            Argument::Value(value) => vec![value],
            Argument::Pattern(_) | Argument::PropertyOf(..) => Vec::new(),
        },
        ExprKind::Test { value, .. } => vec![value],
        ExprKind::Literal(_)
        | ExprKind::Name(_)
        | ExprKind::Score
        | ExprKind::Band
        | ExprKind::Excluded
        | ExprKind::BandOf(_)
        | ExprKind::Events(..) => Vec::new(),
    }
}

fn chain<'t, O>(first: &'t Expr, rest: &'t [(O, Expr)]) -> Vec<&'t Expr> {
    std::iter::once(first)
        .chain(rest.iter().map(|(_, part)| part))
        .collect()
}
