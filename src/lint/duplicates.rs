//! Two rules of one score that fire under the same condition.
//!
//! In different scores the same condition is no mistake: each score judges the contact in its own way. An occurrence
//! rule is the same as another only with the same limits and fading: "10 the first time, 1 each time" is two rules.

use std::collections::HashMap;

use crate::check::Checked;
use crate::model::{Block, Condition, Fading, Limits, Pattern, RuleKind};
use crate::source::Span;

use super::Warning;

/// What makes a rule fire.
#[derive(PartialEq, Eq, Hash)]
enum Trigger<'a> {
    Once(&'a Condition),
    Each(&'a Pattern, Option<&'a Condition>, Limits, Option<Fading>),
}

/// A warning for each rule that repeats an earlier one's condition.
pub(super) fn lint(checked: &Checked) -> Vec<Warning> {
    checked.understood().blocks.iter().flat_map(of_block).collect()
}

fn of_block(block: &Block) -> Vec<Warning> {
    let mut seen: HashMap<Trigger<'_>, Span> = HashMap::new();
    let mut warnings = Vec::new();
    for rule in &block.rules {
        let Some(trigger) = trigger(&rule.kind) else { continue };
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

fn trigger(kind: &RuleKind) -> Option<Trigger<'_>> {
    match kind {
        RuleKind::Once { condition, .. } => Some(Trigger::Once(condition)),
        RuleKind::Each {
            pattern,
            condition,
            limits,
            fading,
            ..
        } => Some(Trigger::Each(pattern, condition.as_ref(), *limits, *fading)),
        RuleKind::Table { .. } => None,
    }
}
