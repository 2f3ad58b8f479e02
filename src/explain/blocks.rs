//! Blocks: what each rule gave, what inactivity took, and the sum after each step.

use crate::calendar::Day;
use crate::model::{self, RuleKind};
use crate::number::Number;
use crate::plan::{self, NodeId, Operand};
use crate::reason::{Case, difference, row_title, title};
use crate::score::Picked;

use super::events::counted;
use super::explanation::{Activity, Block, Contribution, Decay};
use super::line;
use super::scores::{band, clamped};

/// The blocks in the order of the file.
pub(super) fn blocks(case: &Case<'_>) -> Vec<Block> {
    let blocks = case.model.blocks.iter().zip(&case.plan().blocks);
    blocks.map(|(block, planned)| explained(case, block, planned)).collect()
}

fn explained(case: &Case<'_>, block: &model::Block, planned: &plan::Block) -> Block {
    let mut sum = Sum::default();
    let mut rules = Vec::new();
    for (rule, of_rule) in block.rules.iter().zip(&planned.rules) {
        let points = case.number(of_rule.points);
        if points != Number::ZERO {
            rules.push(contribution(case, rule, of_rule, points, sum.after(points)));
        }
    }
    let decay = block
        .decay
        .as_ref()
        .map(|decay| decayed(case, decay, planned, &mut sum));
    let value = case.number(planned.value);
    Block {
        name: block.name.clone(),
        rules,
        profile: case.number(planned.profile),
        behaviour: case.number(planned.behaviour),
        decay,
        clamp: clamped(block.clamp, case.number(planned.sum), value),
        value,
        band: band(case, value, &block.bands, planned.band),
    }
}

/// The sum so far.
#[derive(Default)]
struct Sum(i128);

impl Sum {
    /// The sum with these points too.
    fn after(&mut self, points: Number) -> Number {
        self.0 += i128::from(points.units());
        Number::saturating_from_units(self.0)
    }
}

fn contribution(
    case: &Case<'_>,
    rule: &model::Rule,
    planned: &plan::Rule,
    points: Number,
    sum: Number,
) -> Contribution {
    let mut contribution = Contribution {
        line: line(case, rule.span),
        rule: case.model.written(rule.span),
        title: title(case.model, rule),
        because: None,
        reads_events: rule.reads_events,
        points,
        sum,
        events: Vec::new(),
        reasons: Vec::new(),
    };
    match (&rule.kind, &planned.parts) {
        (RuleKind::Once { condition, because, .. }, plan::RuleParts::Once { condition: written }) => {
            contribution.because.clone_from(because);
            contribution.reasons = case.reasons(condition, written);
        }
        (
            RuleKind::Each {
                pattern,
                condition,
                because,
                ..
            },
            plan::RuleParts::Each { condition: written, .. },
        ) => {
            contribution.because.clone_from(because);
            contribution.events = counted(case, pattern, planned);
            if let (Some(condition), Some(written)) = (condition, written) {
                contribution.reasons = case.reasons(condition, written);
            }
        }
        (
            RuleKind::Table { value, rows },
            plan::RuleParts::Table {
                value: written, row, ..
            },
        ) => {
            let chosen = case.choice(*row).and_then(|row| rows.get(row));
            if let Some(row) = chosen {
                contribution.line = line(case, row.span);
                contribution.rule = case.model.written(row.span);
                contribution.title = row_title(case.model, rule, row);
                contribution.because.clone_from(&row.because);
            }
            contribution.reasons = vec![case.value_reason(value, written)];
        }
        // INVARIANT: the plan has the parts of the model's rule.
        (RuleKind::Once { .. } | RuleKind::Each { .. } | RuleKind::Table { .. }, _) => {}
    }
    contribution
}

fn decayed(case: &Case<'_>, decay: &model::Decay, planned: &plan::Block, sum: &mut Sum) -> Decay {
    let points = difference(case.number(planned.decayed), case.number(planned.behaviour));
    let last_activity = planned.activity.and_then(|node| case.day(node));
    Decay {
        line: line(case, decay.span),
        rule: case.model.written(decay.span),
        last_activity: last_activity.map(|day| activity(case, planned, day)),
        periods: last_activity.map_or(0, |day| day.full_periods(decay.period, case.as_of())),
        period: decay.period.count,
        unit: decay.period.unit.word(),
        points,
        sum: sum.after(points),
    }
}

/// The newest event of a day among those that count as activity.
fn activity(case: &Case<'_>, planned: &plan::Block, day: Day) -> Activity {
    let mut nodes: Vec<NodeId> = planned.activity.into_iter().collect();
    let mut newest: Option<Picked> = None;
    while let Some(node) = nodes.pop() {
        for operand in case
            .plan()
            .node(node)
            .map(|node| node.operation.operands())
            .into_iter()
            .flatten()
        {
            match operand {
                Operand::Node(node) => nodes.push(node),
                Operand::Signal(signal) => {
                    let picked = case.trace.picked(signal, case.subject.row).iter();
                    newest = newest.max(picked.copied().rfind(|event| event.day == day));
                }
            }
        }
    }
    let event = newest
        .map(|event| case.trace.name(&event).to_owned())
        .unwrap_or_default();
    Activity { day, event }
}
