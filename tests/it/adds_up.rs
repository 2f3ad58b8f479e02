//! An explanation adds up: every sum is that of its steps.

use leadscore::explain::{Block, Explanation, Outcome, Scored};
use leadscore::number::Number;

/// Fails where a sum of an explanation is not that of its steps.
pub(crate) fn assert_adds_up(explanation: &Explanation) {
    if let Outcome::Scored(scored) = &explanation.outcome {
        scored.blocks.iter().for_each(assert_block);
        assert_scores(scored);
    }
}

fn assert_block(block: &Block) {
    let (mut sum, mut profile) = (0, 0);
    for rule in &block.rules {
        sum += rule.points.units();
        profile += if rule.reads_events { 0 } else { rule.points.units() };
        assert_eq!(rule.sum.units(), sum, "{}", rule.title);
        if !rule.events.is_empty() {
            let counted: i64 = rule.events.iter().map(|event| event.points.units()).sum();
            assert_eq!(counted, rule.points.units(), "{}", rule.title);
        }
    }
    let sums = (block.profile.units(), block.behaviour.units());
    assert_eq!(sums, (profile, sum - profile));
    if let Some(decay) = &block.decay {
        sum += decay.points.units();
        assert_eq!(decay.sum.units(), sum);
    }
    let clamp = block.clamp.as_ref().map_or(0, |clamp| clamp.points.units());
    assert_eq!(block.value.units(), sum + clamp);
}

fn assert_scores(scored: &Scored) {
    for formula in scored.formulas.iter().chain([&scored.overall]) {
        let clamp = formula.clamp.as_ref().map_or(0, |clamp| clamp.points.units());
        // A clamp that moves a score farther than any number is told as the end of the range.
        if clamp.abs() < Number::MAX.units() {
            assert_eq!(formula.value.units(), formula.result.units() + clamp);
        }
    }
    assert_eq!(scored.overall.value, scored.score);
    if scored.overall.formula.is_none() && scored.overall.clamp.is_none() {
        let blocks: i64 = scored.blocks.iter().map(|block| block.value.units()).sum();
        assert_eq!(Number::saturating_from_units(i128::from(blocks)), scored.score);
    }
}
