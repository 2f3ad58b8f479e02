//! What the analysis of all contacts tells: rules that never apply, bands that nobody reaches, ends that never bind, and
//! promises.

use crate::analyze::{Analysis, Applies, Limit, Part, PartKind, ScoreBounds, Verdict};
use crate::calendar::Unit;
use crate::model::{Band, Block, BlockId, Condition, ConditionKind, Labelled, Limits, Model, RuleKind, ScoreId};
use crate::number::Number;
use crate::source::Span;

use super::Warning;

/// The warnings that follow from an analysis of a model, in the order of their places.
pub(super) fn analysed(model: &Model, analysis: &Analysis) -> Vec<Warning> {
    // Where everybody is excluded, that is the one mistake: all else follows from it.
    let stands = |part: &&Part| !analysis.excludes_all || part.kind == PartKind::Exclusion;
    let parts = analysis.parts.iter().filter(stands);
    let mut warnings: Vec<Warning> = parts.filter_map(|part| of_part(model, analysis, part)).collect();
    warnings.extend(limits(model));
    let unbinding = analysis.unbinding.iter().filter(|_| !analysis.excludes_all);
    warnings.extend(unbinding.map(|unbinding| Warning::NeverBinds {
        name: unbinding.name.clone(),
        end: format!("{} {}", if unbinding.is_max { "max" } else { "min" }, unbinding.end),
        reached: unbinding.reached,
        span: first_line(model, unbinding.span),
    }));
    let cancelled = analysis.cancelled.iter();
    warnings.extend(cancelled.map(|(first, span)| Warning::Cancelled {
        first: *first,
        span: *span,
    }));
    warnings.extend(promises(model, analysis));
    warnings.sort_by_key(Warning::span);
    warnings
}

/// The first line of a statement.
fn first_line(model: &Model, span: Span) -> Span {
    let end = model
        .source
        .slice(span)
        .find('\n')
        .map_or(span.end, |length| span.start + length);
    Span::new(span.start, end)
}

fn of_part(model: &Model, analysis: &Analysis, part: &Part) -> Option<Warning> {
    let span = part.span;
    match (part.kind, part.applies) {
        (_, Applies::Sometimes) => None,
        (PartKind::Band(of), applies) => band(model, analysis, of, span, applies),
        (kind, Applies::Never) => Some(Warning::NeverApplies { what: noun(kind), span }),
        // The last row may well take whatever is left.
        (PartKind::EventRule | PartKind::Row, Applies::Always) => None,
        (kind, Applies::Always) => (!is_meant(model, span)).then_some(Warning::AlwaysHolds { what: noun(kind), span }),
    }
}

fn noun(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Rule | PartKind::EventRule => "rule",
        PartKind::Row => "row",
        PartKind::Band(_) => "band",
        PartKind::Class => "label",
        PartKind::Exclusion => "exclusion",
    }
}

/// Whether a rule is written to hold always: `when true add 5` gives everybody a start.
fn is_meant(model: &Model, span: Span) -> bool {
    let rules = model.blocks.iter().flat_map(|block| &block.rules);
    let mut own = rules.filter(|rule| rule.span == span);
    own.any(|rule| match &rule.kind {
        RuleKind::Once { condition, .. } => condition.node == ConditionKind::Constant(true),
        RuleKind::Each { .. } | RuleKind::Table { .. } => false,
    })
}

fn band(model: &Model, analysis: &Analysis, of: Labelled, span: Span, applies: Applies) -> Option<Warning> {
    let bands = bands(model, of);
    let band = bands.iter().find(|band| band.span == span)?;
    let label = band.label.clone();
    let is_for_all = |band: &Band| {
        let mut parts = analysis
            .parts
            .iter()
            .filter(|part| part.kind == PartKind::Band(of) && part.span == band.span);
        band.threshold.is_some() && parts.any(|part| part.applies == Applies::Always)
    };
    if bands.iter().any(is_for_all) {
        // What everybody reaches, nobody stays below: one warning is enough.
        return (applies == Applies::Always).then_some(Warning::BandOfAll { label, span });
    }
    if applies == Applies::Always {
        return None;
    }
    let (why, cure) = unreachable(bounds(analysis, of)?, band.threshold, above(bands, band));
    Some(Warning::UnreachableBand { label, why, cure, span })
}

/// Where the band above one begins.
fn above(bands: &[Band], band: &Band) -> Option<Number> {
    let thresholds = bands.iter().filter_map(|other| other.threshold);
    thresholds.filter(|other| Some(*other) > band.threshold).min()
}

/// Why no score lies from a threshold up to the next one, and what to do about it.
fn unreachable(bounds: &ScoreBounds, from: Option<Number>, to: Option<Number>) -> (String, &'static str) {
    let end = |limit: &Limit, inexact: &str| if limit.exact { "" } else { inexact }.to_owned();
    let greatest = bounds.greatest.number.filter(|greatest| from > Some(*greatest));
    let least = bounds.least.number.filter(|least| to.is_some_and(|to| to <= *least));
    let gap = match (from, to) {
        (Some(from), Some(to)) => format!("no contact scores between {from} and {to}"),
        (Some(from), None) => format!("no contact scores {from} or more"),
        (None, Some(to)) => format!("no contact scores less than {to}"),
        (None, None) => "no contact has a score".to_owned(),
    };
    match (greatest, least) {
        (Some(greatest), _) => (
            format!(
                "the highest score that a contact can have is {}{greatest}",
                end(&bounds.greatest, "at most ")
            ),
            "move the threshold down, or give more points",
        ),
        (None, Some(least)) => (
            format!(
                "the lowest score that a contact can have is {}{least}",
                end(&bounds.least, "at least ")
            ),
            "move the threshold of the band above it up, or take the band out",
        ),
        (None, None) => (
            gap,
            "move a threshold, give points that come to a score in between, or take the band out",
        ),
    }
}

fn bands(model: &Model, of: Labelled) -> &[Band] {
    match of {
        Labelled::Band => &model.overall.bands,
        Labelled::BandOf(BlockId(at)) => model.blocks.get(at as usize).map_or(&[], |block: &Block| &block.bands),
        Labelled::Class(_) => &[],
    }
}

fn bounds(analysis: &Analysis, of: Labelled) -> Option<&ScoreBounds> {
    let score = match of {
        Labelled::Band => ScoreId::Overall,
        Labelled::BandOf(block) => ScoreId::Block(block),
        Labelled::Class(_) => return None,
    };
    analysis.scores.iter().find(|bounds| bounds.of == score)
}

/// Limits that others make needless.
fn limits(model: &Model) -> Vec<Warning> {
    let rules = model.blocks.iter().flat_map(|block| &block.rules);
    let needless = rules.filter_map(|rule| match &rule.kind {
        RuleKind::Each { pattern, limits, .. } => {
            let window = pattern
                .window
                .filter(|window| !window.earlier)
                .map(|window| window.period);
            let days = window.and_then(|period| match period.unit {
                Unit::Day => Some(u64::from(period.count)),
                Unit::Week => Some(u64::from(period.count) * 7),
                Unit::Month | Unit::Year => None,
            });
            needless(*limits, days).map(|(limit, why)| Warning::LimitNeverBinds {
                limit,
                why,
                span: rule.span,
            })
        }
        RuleKind::Once { .. } | RuleKind::Table { .. } => None,
    });
    needless.collect()
}

/// A limit that never leaves out an event, and why, in a window of so many days.
fn needless(limits: Limits, days: Option<u64>) -> Option<(String, String)> {
    let (per, total) = (limits.per?, limits.total?);
    let times = |count: u64| {
        if count == 1 {
            "once".to_owned()
        } else {
            format!("at most {count} times")
        }
    };
    if per.0 >= total {
        return Some((
            format!("{} per {}", times(per.0), per.1.word()),
            format!("the rule counts {} altogether", times(total)),
        ));
    }
    let most = days.filter(|_| per.1 == Unit::Day)?.checked_mul(per.0)?;
    (total >= most).then(|| {
        let kept = if most == 1 {
            "1 event".to_owned()
        } else {
            format!("{most} events")
        };
        (
            times(total),
            format!("the other limit and the window keep {kept} at most"),
        )
    })
}

/// What a promise claims of the contacts of which it speaks: all alternatives fail for one that breaks it, and the last
/// is the claim.
fn claim(condition: &Condition) -> &Condition {
    match &condition.node {
        ConditionKind::Any(parts) => parts.last().unwrap_or(condition),
        _ => condition,
    }
}

fn promises(model: &Model, analysis: &Analysis) -> Vec<Warning> {
    let verdicts = model.promises.iter().zip(&analysis.promises);
    let warnings = verdicts.filter_map(|(promise, verdict)| match verdict {
        Verdict::Proved => None,
        Verdict::Undecided => Some(Warning::UndecidedPromise { span: promise.span }),
        Verdict::Refuted(example) => {
            let claim = model.written(claim(&promise.condition).span);
            let test = example.test(model, "a contact that breaks the promise", &[claim]);
            Some(Warning::RefutedPromise {
                test,
                span: promise.span,
            })
        }
    });
    warnings.collect()
}
