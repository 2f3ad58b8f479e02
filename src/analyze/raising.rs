//! What raises the overall score: rules and rows of tables.

use std::collections::HashSet;

use crate::model::{Bound, Condition, ConditionKind, Model, Operator, Promise, Row, Rule, RuleKind};
use crate::number::Number;
use crate::plan::{NodeId, Operation, Plan, RuleParts};

use super::example::Example;
use super::space::Space;

/// A rule that raises a score, or a row of a table that does.
#[derive(Clone, Copy, Debug)]
pub struct RuleOrRow<'m> {
    /// The rule.
    pub rule: &'m Rule,
    /// The row, of a table.
    pub row: Option<&'m Row>,
}

/// The model with a promise for each rule that adds points for events: that it applies.
pub(super) fn probed(model: &Model) -> Model {
    let rules = model.blocks.iter().flat_map(|block| &block.rules);
    let promises = rules.filter_map(|rule| match &rule.kind {
        RuleKind::Each { pattern, condition, .. } => {
            let at = |kind| Condition::new(kind, rule.span);
            let picks = at(ConditionKind::Events(Bound::AtLeast(1), pattern.clone()));
            let both = std::iter::once(picks).chain(condition.clone()).collect();
            Some(Promise {
                condition: at(ConditionKind::All(both)),
                span: rule.span,
            })
        }
        RuleKind::Once { .. } | RuleKind::Table { .. } => None,
    });
    Model {
        promises: promises.collect(),
        ..model.clone()
    }
}

/// The rules and rows that raise the overall score and do not apply to a contact of which nothing is known, with the
/// condition of each.
pub(super) fn raising<'m>(model: &'m Model, plan: &Plan, space: &Space<'_>) -> Vec<(RuleOrRow<'m>, NodeId)> {
    let signs = signs(plan);
    let nobody = Example {
        as_of: space.day.as_of(),
        fields: Vec::new(),
        events: Vec::new(),
    };
    let (_, trace) = space.run(&[nobody]);
    let mut picks = plan.promises.iter().map(|promise| promise.node);
    let mut all: Vec<(RuleOrRow<'m>, NodeId)> = Vec::new();
    for (block, planned) in model.blocks.iter().zip(&plan.blocks) {
        for (rule, planned) in block.rules.iter().zip(&planned.rules) {
            let whole = RuleOrRow { rule, row: None };
            let of_rule: Vec<(RuleOrRow<'m>, Number, Option<NodeId>)> = match (&rule.kind, &planned.parts) {
                (RuleKind::Once { points, .. }, RuleParts::Once { condition }) => {
                    vec![(whole, *points, Some(condition.node))]
                }
                (RuleKind::Each { points, .. }, _) => vec![(whole, *points, picks.next())],
                (RuleKind::Table { rows, .. }, RuleParts::Table { rows: fits, .. }) => {
                    let rows = rows.iter().zip(fits);
                    let of_row = |row| RuleOrRow { rule, row: Some(row) };
                    rows.map(|(row, fits)| (of_row(row), row.points, Some(*fits))).collect()
                }
                // INVARIANT: the plan has the parts of the model's rule.
                (RuleKind::Once { .. } | RuleKind::Table { .. }, _) => Vec::new(),
            };
            let raises = |points: Number| signs.contains(&(planned.points, points > Number::ZERO));
            let raise = of_rule
                .into_iter()
                .filter(|(_, points, _)| *points != Number::ZERO && raises(*points));
            let conditions = raise.filter_map(|(own, _, condition)| Some((own, condition?)));
            all.extend(conditions.filter(|(_, condition)| trace.holds(*condition, 0) == Some(false)));
        }
    }
    all
}

/// The numbers of which the overall score is made, each with whether the score rises with it; what may do both has both.
fn signs(plan: &Plan) -> HashSet<(NodeId, bool)> {
    let mut signs = HashSet::new();
    let mut open = vec![(plan.overall, true)];
    while let Some((node, rises)) = open.pop() {
        if !signs.insert((node, rises)) {
            continue;
        }
        match plan.node(node).map(|node| &node.operation) {
            Some(Operation::Sum(many)) => open.extend(many.iter().map(|one| (*one, rises))),
            Some(Operation::Clamped { value, .. } | Operation::Decayed { value, .. }) => open.push((*value, rises)),
            Some(Operation::Negate(one)) => open.push((*one, !rises)),
            Some(Operation::Saturating(Operator::Plus, one, other)) => open.extend([(*one, rises), (*other, rises)]),
            Some(Operation::Saturating(Operator::Minus, one, other)) => open.extend([(*one, rises), (*other, !rises)]),
            Some(Operation::Saturating(Operator::Times | Operator::Over, one, other)) => {
                // The sign of the other factor is not looked at.
                open.extend([one, other].into_iter().flat_map(|one| [(*one, true), (*one, false)]));
            }
            // What else a score is made of are the points of rules.
            _ => {}
        }
    }
    signs
}
