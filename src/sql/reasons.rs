//! The column that tells why: the rules that gave a contact points, or took some.

use crate::model::{Row, Rule, RuleKind};
use crate::plan::{NodeId, Operation};
use crate::source::Span;

use super::compile::{Compiler, shortened};
use super::expression::Expressions;
use super::tree::{Expr, Function, Type};

/// What stands between two reasons.
const BETWEEN: &str = "; ";

impl Compiler<'_> {
    /// The rules that gave or took points, one after the other.
    pub(super) fn reasons(self, expressions: &Expressions<'_>) -> Expr {
        let reasons: Vec<Expr> = self
            .rules()
            .map(|(rule, node)| self.reason(rule, node, expressions))
            .collect();
        match reasons.is_empty() {
            true => Expr::text(""),
            false => {
                let behind_the_first = i64::try_from(BETWEEN.len()).unwrap_or(0) + 1;
                let reasons = Expr::Call(Function::Concatenate, reasons);
                Expr::call(Function::Substring, [reasons, Expr::Integer(behind_the_first)])
            }
        }
    }

    /// Why a rule gave or took points, if it did: its reason, or else its words; of a table those of the row.
    fn reason(self, rule: &Rule, node: NodeId, expressions: &Expressions<'_>) -> Expr {
        let told = |because: &Option<String>, words: String, span: Span| {
            let (line, _) = self.model.source.position(span.start);
            let because = because.as_deref().map(str::trim).filter(|because| !because.is_empty());
            Expr::text(&format!("{BETWEEN}line {line}: {}", because.unwrap_or(&words)))
        };
        let words = |span: Span| shortened(self.model.written(span));
        let none = Expr::text("");
        let reason = match (&rule.kind, self.plan.node(node).map(|node| &node.operation)) {
            (RuleKind::Table { value, rows }, Some(Operation::Points(choice, _))) => {
                let row = |row: &Row| {
                    let words = format!("by {}: {}", words(value.span), words(row.span));
                    told(&row.because, words, row.span)
                };
                let row = |place: usize| rows.get(place).map_or(none.clone(), row);
                expressions.choice(*choice, row, Some(none.clone()), Type::Text)
            }
            (RuleKind::Table { .. }, _) => told(&None, words(rule.span), rule.span),
            (RuleKind::Once { because, .. } | RuleKind::Each { because, .. }, _) => {
                told(because, words(rule.span), rule.span)
            }
        };
        let adds = expressions.value(node).equals(Expr::Integer(0)).not();
        Expr::case(adds, reason, none)
    }
}
