//! Formulas, bands, classes and promises: what is made of the blocks.

use crate::model::{self, Clamp, Operator, ScoreId, Term};
use crate::number::Number;
use crate::plan::NodeId;
use crate::plan::Operation;
use crate::reason::{Case, difference};

use super::explanation::{Band, Broken, Clamped, Class, Formula, NextBand, ScoreReading};
use super::line;

/// The band of the overall score.
pub(super) fn overall_band(case: &Case<'_>) -> Option<Band> {
    let score = case.number(case.plan().overall);
    band(case, score, &case.model.overall.bands, case.plan().band)
}

/// Where a score stands among bands; `None` without bands.
pub(super) fn band(case: &Case<'_>, score: Number, bands: &[model::Band], chosen: Option<NodeId>) -> Option<Band> {
    let chosen = case.choice(chosen?).and_then(|place| bands.get(place));
    let above = bands
        .iter()
        .filter_map(|band| Some((band.threshold?, band)))
        .filter(|(from, _)| *from > score);
    let next = above.min_by_key(|(from, _)| *from).map(|(from, band)| NextBand {
        label: band.label.clone(),
        from,
        missing: difference(from, score),
    });
    Some(Band {
        label: chosen.map(|band| band.label.clone()),
        from: chosen.and_then(|band| band.threshold),
        next,
    })
}

/// The named formulas.
pub(super) fn formulas(case: &Case<'_>) -> Vec<Formula> {
    let formulas = case.model.formulas.iter().zip(&case.plan().formulas);
    let explained = formulas.map(|(formula, node)| Formula {
        name: Some(formula.name.clone()),
        line: Some(line(case, formula.span)),
        formula: Some(written(&formula.term, &|score| name_of(case, score))),
        ..computed(case, &formula.term, *node, formula.clamp)
    });
    explained.collect()
}

/// The overall score: the formula that the file gives, or the sum of all blocks.
pub(super) fn overall(case: &Case<'_>) -> Formula {
    let overall = &case.model.overall;
    let sum = sum_of_blocks(case);
    let term = overall.term.as_ref();
    Formula {
        line: overall.span.map(|span| line(case, span)),
        formula: term.map(|term| written(term, &|score| name_of(case, score))),
        ..computed(case, term.unwrap_or(&sum), case.plan().overall, overall.clamp)
    }
}

/// The numbers of a formula, without its name and place.
fn computed(case: &Case<'_>, term: &Term, node: NodeId, clamp: Clamp) -> Formula {
    let value = case.number(node);
    let result = unclamped(case, node, clamp);
    let mut reads = Vec::new();
    collect_reads(case, term, &mut reads);
    Formula {
        name: None,
        line: None,
        formula: None,
        numbers: written(term, &|score| in_a_formula(value_of(case, score))),
        reads,
        result,
        clamp: clamped(clamp, result, value),
        value,
    }
}

/// Adds the scores that a term reads, each once.
fn collect_reads(case: &Case<'_>, term: &Term, reads: &mut Vec<ScoreReading>) {
    match term {
        Term::Number(_) => {}
        Term::Score(score) => {
            let reading = ScoreReading {
                of: name_of(case, *score),
                value: value_of(case, *score),
            };
            if !reads.contains(&reading) {
                reads.push(reading);
            }
        }
        Term::Negate(inner) => collect_reads(case, inner, reads),
        Term::Arithmetic(first, rest) => {
            collect_reads(case, first, reads);
            for (_, operand) in rest {
                collect_reads(case, operand, reads);
            }
        }
    }
}

fn sum_of_blocks(case: &Case<'_>) -> Term {
    let mut blocks =
        (0..case.model.blocks.len() as u32).map(|block| Term::Score(ScoreId::Block(model::BlockId(block))));
    match blocks.next() {
        Some(first) => Term::Arithmetic(Box::new(first), blocks.map(|block| (Operator::Plus, block)).collect()),
        None => Term::Number(Number::ZERO),
    }
}

/// The value of a score before its ends, where it has any.
fn unclamped(case: &Case<'_>, node: NodeId, clamp: Clamp) -> Number {
    match case.plan().node(node).map(|node| &node.operation) {
        Some(Operation::Clamped { value, .. }) if clamp != Clamp::default() => case.number(*value),
        _ => case.number(node),
    }
}

/// What the ends of a score changed.
pub(super) fn clamped(clamp: Clamp, from: Number, to: Number) -> Option<Clamped> {
    let points = difference(to, from);
    let (end, limit) = if points < Number::ZERO {
        ("max", clamp.max?)
    } else {
        ("min", clamp.min?)
    };
    (points != Number::ZERO).then_some(Clamped { end, limit, points })
}

fn name_of(case: &Case<'_>, score: ScoreId) -> String {
    let name = match score {
        ScoreId::Overall => None,
        ScoreId::Block(id) => {
            let block = case.model.blocks.get(id.index());
            block.map(|block| block.name.as_deref().unwrap_or(super::TOP_LEVEL))
        }
        ScoreId::Formula(id) => case.model.formulas.get(id.index()).map(|formula| formula.name.as_str()),
    };
    name.unwrap_or("score").to_owned()
}

fn value_of(case: &Case<'_>, score: ScoreId) -> Number {
    let plan = case.plan();
    let node = match score {
        ScoreId::Overall => Some(plan.overall),
        ScoreId::Block(id) => plan.blocks.get(id.index()).map(|block| block.value),
        ScoreId::Formula(id) => plan.formulas.get(id.index()).copied(),
    };
    node.map_or(Number::ZERO, |node| case.number(node))
}

/// A number beside operators: one with a sign stands in parentheses.
fn in_a_formula(number: Number) -> String {
    if number < Number::ZERO {
        format!("({number})")
    } else {
        number.to_string()
    }
}

/// A term with something for each score that it reads.
fn written(term: &Term, score: &impl Fn(ScoreId) -> String) -> String {
    match term {
        Term::Number(number) => number.to_string(),
        Term::Score(id) => score(*id),
        Term::Negate(inner) => format!("-{}", operand(inner, true, score)),
        Term::Arithmetic(first, rest) => {
            let binds = rest
                .iter()
                .any(|(operator, _)| matches!(operator, Operator::Times | Operator::Over));
            let mut text = operand(first, binds, score);
            for (operator, term) in rest {
                let binds = !matches!(operator, Operator::Plus);
                text.push_str(&format!(" {} {}", operator.sign(), operand(term, binds, score)));
            }
            text
        }
    }
}

/// A term beside an operator; a sum beside one that binds tighter, or after a minus, stands in parentheses.
fn operand(term: &Term, binds: bool, score: &impl Fn(ScoreId) -> String) -> String {
    let text = written(term, score);
    match term {
        Term::Arithmetic(_, rest) if binds && !is_product(rest) => format!("({text})"),
        Term::Arithmetic(..) | Term::Number(_) | Term::Score(_) | Term::Negate(_) => text,
    }
}

fn is_product(rest: &[(Operator, Term)]) -> bool {
    rest.iter().all(|(operator, _)| matches!(operator, Operator::Times))
}

/// The classes.
pub(super) fn classes(case: &Case<'_>) -> Vec<Class> {
    let classes = case.model.classes.iter().zip(&case.plan().classes);
    classes
        .map(|(class, planned)| {
            let chosen = case.choice(planned.label);
            let row = chosen.and_then(|row| class.rows.get(row).zip(planned.rows.get(row)));
            Class {
                name: class.name.clone(),
                label: row.map(|(row, _)| row.label.clone()),
                line: row.map(|(row, _)| line(case, row.span)),
                rule: row.map(|(row, _)| case.model.written(row.span)),
                reasons: match row {
                    Some((
                        model::ClassRow {
                            condition: Some(condition),
                            ..
                        },
                        Some(written),
                    )) => case.reasons(condition, written),
                    Some(_) | None => Vec::new(),
                },
            }
        })
        .collect()
}

/// The promises that do not hold.
pub(super) fn broken_promises(case: &Case<'_>) -> Vec<Broken> {
    let promises = case.model.promises.iter().zip(&case.plan().promises);
    let broken = promises.filter(|(_, written)| !case.holds(written.node));
    broken
        .map(|(promise, written)| Broken {
            line: line(case, promise.span),
            promise: case.model.written(promise.span),
            reasons: case.reasons(&promise.condition, written),
        })
        .collect()
}
