//! The rules that gave no points, and what failed in each.

use crate::model::{self, RuleKind};
use crate::number::Number;
use crate::plan;
use crate::reason::{Case, Reason, title};

use super::explanation::Silent;
use super::line;

/// The rules and tables that gave no points, in the order of the file.
pub(super) fn silent(case: &Case<'_>) -> Vec<Silent> {
    let mut all = Vec::new();
    for (block, planned) in case.model.blocks.iter().zip(&case.plan().blocks) {
        for (rule, of_rule) in block.rules.iter().zip(&planned.rules) {
            if case.number(of_rule.points) == Number::ZERO {
                all.push(silent_rule(case, block, rule, of_rule));
            }
        }
    }
    all
}

fn silent_rule(case: &Case<'_>, block: &model::Block, rule: &model::Rule, planned: &plan::Rule) -> Silent {
    let (would_add, reasons) = match (&rule.kind, &planned.parts) {
        (RuleKind::Once { condition, points, .. }, plan::RuleParts::Once { condition: written }) => {
            (Some(*points), case.reasons(condition, written))
        }
        (RuleKind::Each { points, .. }, plan::RuleParts::Each { .. }) => (Some(*points), each(case, rule, planned)),
        (
            RuleKind::Table { value, rows },
            plan::RuleParts::Table {
                value: written, row, ..
            },
        ) => {
            let mut reason = case.value_reason(value, written);
            let chosen = case.choice(*row).and_then(|row| rows.get(row));
            reason.says.push_str(if chosen.is_some() {
                ": its row adds nothing"
            } else {
                ": no row fits"
            });
            (None, vec![reason])
        }
        // INVARIANT: the plan has the parts of the model's rule.
        (RuleKind::Once { .. } | RuleKind::Each { .. } | RuleKind::Table { .. }, _) => (None, Vec::new()),
    };
    Silent {
        block: block.name.clone(),
        line: line(case, rule.span),
        rule: case.model.written(rule.span),
        title: title(case.model, rule),
        would_add,
        reasons,
    }
}

/// Why an occurrence rule gave nothing: its condition fails, or there are no events, or they have faded.
fn each(case: &Case<'_>, rule: &model::Rule, planned: &plan::Rule) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let (
        RuleKind::Each { pattern, condition, .. },
        plan::RuleParts::Each {
            signal,
            condition: written,
            ..
        },
    ) = (&rule.kind, &planned.parts)
    else {
        return reasons;
    };
    if let (Some(condition), Some(written)) = (condition, written)
        && !case.holds(written.node)
    {
        reasons.extend(case.reasons(condition, written));
    }
    let mut events = case.events_reason(pattern, *signal);
    if !events.holds {
        reasons.push(events);
    } else if reasons.is_empty() {
        events.says.push_str(": faded to nothing");
        reasons.push(events);
    }
    reasons
}
