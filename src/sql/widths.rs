//! Which numbers have 64 bits. Literals may have fewer, and what is calculated of nothing else would be too great sooner.

use super::tree::{Expr, Function, Sign};

/// Whether an expression is surely a number of 64 bits, as it is written: one such number is enough to make what is
/// calculated of it and others one too. All columns are; what a dialect makes of days may not be.
pub(super) fn has_64_bits(expr: &Expr) -> bool {
    match expr {
        Expr::Column(_) | Expr::ColumnOf(..) | Expr::RowNumber { .. } | Expr::SumOfNewer { .. } => true,
        Expr::Infix(left, Sign::Plus | Sign::Minus | Sign::Times, right) => is_widened(left) || is_widened(right),
        Expr::Sum(parts) => parts.first().is_some_and(|(_, first)| is_widened(first)),
        Expr::Match(_, whens) => whens.iter().any(|(_, value)| has_64_bits(value)),
        Expr::Case(whens, otherwise) => {
            let mut values = whens.iter().map(|(_, value)| value).chain(otherwise.as_deref());
            values.any(has_64_bits)
        }
        Expr::Call(function, arguments) => match function {
            Function::Coalesce | Function::Least | Function::Greatest => arguments.iter().any(has_64_bits),
            Function::Absolute | Function::NullIf | Function::Quotient | Function::Remainder => {
                arguments.first().is_some_and(has_64_bits)
            }
            Function::Units(_)
            | Function::CountWhere
            | Function::CountDistinct
            | Function::SumOf
            | Function::Narrow => true,
            _ => false,
        },
        _ => false,
    }
}

/// Whether an expression is a number of 64 bits where nothing beside it is one.
fn is_widened(expr: &Expr) -> bool {
    matches!(expr, Expr::Integer(_) | Expr::Case(..)) || has_64_bits(expr)
}
