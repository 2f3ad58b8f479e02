//! A rule without a limit that alone can reach the top band.

use crate::check::Checked;
use crate::model::{Band, Block, Definition, Limits, Model, Operator, Rule, RuleKind, ScoreId, Term};
use crate::number::Number;
use crate::source::Span;

use super::Warning;

/// A warning for each occurrence rule with positive points and no limit whose events alone can lift a contact into
/// the top band of its block, or of the overall score.
pub(super) fn lint(checked: &Checked) -> Vec<Warning> {
    let model = checked.understood();
    let overall = top_band(&model.overall.bands);
    let mut warnings = Vec::new();
    for (at, block) in model.blocks.iter().enumerate() {
        let reachable = top_band(&block.bands).filter(|band| band.threshold <= ceiling(block));
        let reachable = reachable.or_else(|| overall.filter(|band| band.threshold <= overall_ceiling(model, at)));
        let Some(band) = reachable else { continue };
        for (rule, points) in block
            .rules
            .iter()
            .filter_map(|rule| Some((rule, unlimited_points(rule)?)))
        {
            warnings.push(Warning::Unlimited {
                band: band.label.to_owned(),
                points,
                span: rule.span,
                threshold: band.span,
            });
        }
    }
    warnings
}

/// The band with the highest threshold, where that is above zero: a contact without points has the others.
#[derive(Clone, Copy)]
struct TopBand<'a> {
    label: &'a str,
    threshold: Number,
    span: Span,
}

fn top_band(bands: &[Band]) -> Option<TopBand<'_>> {
    let thresholds = bands.iter().filter_map(|band| {
        Some(TopBand {
            label: &band.label,
            threshold: band.threshold?,
            span: band.span,
        })
    });
    thresholds
        .max_by_key(|band| band.threshold)
        .filter(|band| band.threshold > Number::ZERO)
}

/// The points of an occurrence rule that nothing limits.
fn unlimited_points(rule: &Rule) -> Option<Number> {
    match &rule.kind {
        RuleKind::Each { points, limits, .. } if *limits == Limits::default() && *points > Number::ZERO => {
            Some(*points)
        }
        _ => None,
    }
}

/// The greatest value of a block.
fn ceiling(block: &Block) -> Number {
    block.clamp.max.unwrap_or(Number::MAX)
}

/// The overall score of a contact who has the greatest value in one block and nothing in the others.
fn overall_ceiling(model: &Model, block: usize) -> Number {
    let blocks: Vec<Number> = (model.blocks.iter().enumerate())
        .map(|(at, other)| {
            if at == block {
                ceiling(other)
            } else {
                other.clamp.apply(Number::ZERO)
            }
        })
        .collect();
    let unclamped = match &model.overall.term {
        Some(term) => value(term, &blocks, &formulas(model, &blocks)),
        None => blocks
            .iter()
            .fold(Number::ZERO, |sum, block| Operator::Plus.saturating(sum, *block)),
    };
    model.overall.clamp.apply(unclamped)
}

/// The values of all formulas for given values of the blocks, each computed once.
fn formulas(model: &Model, blocks: &[Number]) -> Vec<Number> {
    let mut values = vec![Number::ZERO; model.formulas.len()];
    for definition in &model.order {
        let Definition::Formula(id) = definition else { continue };
        if let Some(formula) = model.formulas.get(id.index()) {
            let computed = formula.clamp.apply(value(&formula.term, blocks, &values));
            values
                .iter_mut()
                .skip(id.index())
                .take(1)
                .for_each(|slot| *slot = computed);
        }
    }
    values
}

fn value(term: &Term, blocks: &[Number], formulas: &[Number]) -> Number {
    match term {
        Term::Number(number) => *number,
        Term::Score(ScoreId::Block(id)) => blocks.get(id.index()).copied().unwrap_or_default(),
        Term::Score(ScoreId::Formula(id)) => formulas.get(id.index()).copied().unwrap_or_default(),
        Term::Score(ScoreId::Overall) => Number::ZERO,
        Term::Negate(inner) => value(inner, blocks, formulas).negate(),
        Term::Arithmetic(first, rest) => {
            let first = value(first, blocks, formulas);
            rest.iter().fold(first, |left, (operator, right)| {
                operator.saturating(left, value(right, blocks, formulas))
            })
        }
    }
}
