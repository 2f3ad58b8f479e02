//! What must hold of a contact that covers something, as a condition.

use crate::model::{BlockId, ClassId, Condition, ConditionKind, Labelled, Model, RuleKind};
use crate::source::{Span, Spanned};

use super::sides::any;

/// For each exclusion, rule, row, band and class, in the order of what can be covered, the condition that a contact
/// meets that covers it; `None` for a row.
pub(super) fn wished(model: &Model) -> Vec<Option<Condition>> {
    let exclusions = model
        .exclusions
        .iter()
        .map(|exclusion| Some(exclusion.condition.clone()));
    let mut wished: Vec<Option<Condition>> = exclusions.collect();
    for (block, id) in model.blocks.iter().zip((0..).map(BlockId)) {
        for rule in &block.rules {
            rule_wished(&rule.kind, rule.span, &mut wished);
        }
        if block.name.is_some() {
            wished.extend(labels(Labelled::BandOf(id), block.bands.iter().map(|band| band.span)));
        }
    }
    wished.extend(labels(Labelled::Band, model.overall.bands.iter().map(|band| band.span)));
    for (class, id) in model.classes.iter().zip((0..).map(ClassId)) {
        wished.extend(labels(Labelled::Class(id), class.rows.iter().map(|row| row.span)));
    }
    wished
}

fn rule_wished(kind: &RuleKind, span: Span, wished: &mut Vec<Option<Condition>>) {
    match kind {
        RuleKind::Once { condition, .. } => wished.push(Some(condition.clone())),
        RuleKind::Each { pattern, condition, .. } => {
            let all = std::iter::once(any(pattern.clone())).chain(condition.clone());
            wished.push(Some(Spanned::new(ConditionKind::All(all.collect()), span)));
        }
        RuleKind::Table { rows, .. } => wished.extend(rows.iter().map(|_| None)),
    }
}

/// That a contact has each of some labels.
fn labels(of: Labelled, spans: impl Iterator<Item = Span>) -> impl Iterator<Item = Option<Condition>> {
    let each = spans.zip(0..);
    each.map(move |(span, place)| Some(Spanned::new(ConditionKind::Label(of, vec![place]), span)))
}
