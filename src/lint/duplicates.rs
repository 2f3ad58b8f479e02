//! Two rules of one score that fire under the same condition.
//!
//! Conditions are the same that the plan computes as one: `"Construction"` and `"construction"` are compared folded. In
//! different scores the same condition is no mistake: each score judges the contact in its own way. An occurrence rule
//! is the same as another only with the same limits and fading: "10 the first time, 1 each time" is two rules.

use std::collections::HashMap;

use crate::check::Checked;
use crate::model::{Block, EventSet, Fading, Limits, RuleKind, Window};
use crate::plan::{self, NodeId, Plan, RuleParts};
use crate::source::Span;

use super::Warning;

/// What makes a rule fire.
#[derive(PartialEq, Eq, Hash)]
enum Trigger<'a> {
    Once(NodeId),
    Each {
        events: &'a EventSet,
        filter: Option<NodeId>,
        window: Option<Window>,
        condition: Option<NodeId>,
        limits: Limits,
        fading: Option<Fading>,
    },
}

/// A warning for each rule that repeats an earlier one's condition.
pub(super) fn lint(checked: &Checked) -> Vec<Warning> {
    let model = checked.understood();
    let plan = Plan::new(model);
    let blocks = model.blocks.iter().zip(&plan.blocks);
    blocks
        .flat_map(|(block, planned)| of_block(&plan, block, planned))
        .collect()
}

fn of_block(plan: &Plan, block: &Block, planned: &plan::Block) -> Vec<Warning> {
    let mut seen: HashMap<Trigger<'_>, Span> = HashMap::new();
    let mut warnings = Vec::new();
    for (rule, planned) in block.rules.iter().zip(&planned.rules) {
        let Some(trigger) = trigger(plan, &rule.kind, &planned.parts) else {
            continue;
        };
        match seen.get(&trigger) {
            Some(first) => warnings.push(Warning::DuplicateCondition {
                first: *first,
                span: rule.span,
            }),
            None => {
                seen.insert(trigger, rule.span);
            }
        }
    }
    warnings
}

fn trigger<'a>(plan: &'a Plan, rule: &RuleKind, parts: &RuleParts) -> Option<Trigger<'a>> {
    match (parts, rule) {
        (RuleParts::Once { condition }, _) => Some(Trigger::Once(condition.node)),
        (RuleParts::Each { signal, condition, .. }, RuleKind::Each { limits, fading, .. }) => {
            let signal = plan.signal(*signal)?;
            Some(Trigger::Each {
                events: &signal.events,
                filter: signal.filter,
                window: signal.window,
                condition: condition.as_ref().map(|condition| condition.node),
                limits: *limits,
                fading: *fading,
            })
        }
        // A table has rows instead of a condition.
        (RuleParts::Each { .. } | RuleParts::Table { .. }, _) => None,
    }
}
