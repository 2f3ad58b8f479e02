//! Points: what each rule, table and decay of a model gave a contact.

use crate::model::{Block, Rule, RuleKind};
use crate::number::Number;
use crate::plan;
use crate::source::Span;

use super::Case;
use super::title::{row_title, title};

/// What a rule, table or decay gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Points {
    /// The name of its block; `None` at the top level.
    pub block: Option<String>,
    /// Its statement.
    pub span: Span,
    /// What it rewards, or the decay as it is written.
    pub title: String,
    /// What it gave; what a decay took is less than zero.
    pub points: Number,
}

/// What each rule, table and decay gave, in the order of the file, zeros too.
pub fn points(case: &Case<'_>) -> Vec<Points> {
    let mut all = Vec::new();
    for (block, planned) in case.model.blocks.iter().zip(&case.plan().blocks) {
        for (rule, of_rule) in block.rules.iter().zip(&planned.rules) {
            let points = case.number(of_rule.points);
            all.push(Points {
                block: block.name.clone(),
                span: rule.span,
                title: told(case, rule, of_rule),
                points,
            });
        }
        all.extend(decay_points(case, block, planned));
    }
    all
}

/// What a rule rewards; of a table, by which row.
fn told(case: &Case<'_>, rule: &Rule, planned: &plan::Rule) -> String {
    match (&rule.kind, &planned.parts) {
        (RuleKind::Table { rows, .. }, plan::RuleParts::Table { row, .. }) => {
            let chosen = case.choice(*row).and_then(|row| rows.get(row));
            chosen.map_or_else(|| title(case.model, rule), |row| row_title(case.model, rule, row))
        }
        _ => title(case.model, rule),
    }
}

fn decay_points(case: &Case<'_>, block: &Block, planned: &plan::Block) -> Option<Points> {
    let decay = block.decay.as_ref()?;
    Some(Points {
        block: block.name.clone(),
        span: decay.span,
        title: case.model.written(decay.span),
        points: difference(case.number(planned.decayed), case.number(planned.behaviour)),
    })
}

/// What must be added to the second to get the first; at the ends of the range of numbers, that end.
pub fn difference(one: Number, two: Number) -> Number {
    Number::saturating_from_units(i128::from(one.units()) - i128::from(two.units()))
}
