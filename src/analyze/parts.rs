//! What of a model can apply to a contact: exclusions, rules, rows, bands and labels.

use crate::model::{Block, BlockId, Labelled, Rule, RuleKind};
use crate::plan::{self, NodeId, RuleParts, SignalId};
use crate::source::Span;

use super::findings::{Applies, Part, PartKind};
use super::questions::{Asking, within};
use super::search::question::{Needed, Question};
use super::search::{Answer, Search};

impl Asking<'_> {
    /// What of the model can apply; only of the exclusions, where nothing else matters.
    pub(super) fn parts(&self, only_exclusions: bool) -> Vec<Part> {
        let mut parts = Parts {
            before: self.before.map(|before| before.parts.as_slice()),
            only_exclusions,
            parts: Vec::new(),
        };
        self.exclusions(&mut parts);
        for (block, planned) in self.model.blocks.iter().zip(&self.plan.blocks) {
            for (rule, planned) in block.rules.iter().zip(&planned.rules) {
                self.rule(rule, planned, &mut parts);
            }
        }
        self.bands(&mut parts);
        for (class, planned) in self.model.classes.iter().zip(&self.plan.classes) {
            let conditions = planned.rows.iter().map(|row| row.as_ref().map(|row| row.node));
            let conditions: Vec<Option<NodeId>> = conditions.collect();
            for (at, row) in class.rows.iter().enumerate() {
                parts.add(PartKind::Class, row.span, || first_of(&self.search, &conditions, at));
            }
        }
        parts.parts
    }

    fn exclusions(&self, parts: &mut Parts<'_>) {
        let everybody = self.search.among(Vec::new());
        let conditions = self.plan.exclusions.iter().map(|exclusion| Some(exclusion.node));
        let conditions: Vec<Option<NodeId>> = conditions.collect();
        for (at, exclusion) in self.model.exclusions.iter().enumerate() {
            parts.add(PartKind::Exclusion, exclusion.span, || {
                first_of(&everybody, &conditions, at)
            });
        }
    }

    fn rule(&self, rule: &Rule, planned: &plan::Rule, parts: &mut Parts<'_>) {
        match (&planned.parts, &rule.kind) {
            (RuleParts::Once { condition }, _) => {
                parts.add(PartKind::Rule, rule.span, || {
                    first_of(&self.search, &[Some(condition.node)], 0)
                });
            }
            (RuleParts::Each { signal, condition, .. }, _) => {
                parts.add(PartKind::EventRule, rule.span, || {
                    let condition = condition.as_ref().map(|condition| condition.node);
                    self.picks(*signal, condition)
                });
            }
            (RuleParts::Table { rows, .. }, RuleKind::Table { rows: written, .. }) => {
                let conditions: Vec<Option<NodeId>> = rows.iter().copied().map(Some).collect();
                for (at, row) in written.iter().enumerate() {
                    parts.add(PartKind::Row, row.span, || first_of(&self.search, &conditions, at));
                }
            }
            (RuleParts::Table { .. }, _) => {}
        }
    }

    /// Whether a signal ever picks an event of a contact of which a condition holds.
    fn picks(&self, signal: SignalId, condition: Option<NodeId>) -> Applies {
        let kinds = self.space.picked.get(signal.index());
        let picks = self.space.open.contains(&signal) || kinds.is_some_and(|kinds| !kinds.is_empty());
        let holds = |node: NodeId| !matches!(self.search.find(&Question::of([(node, true)])), Answer::No);
        match picks && condition.is_none_or(holds) {
            true => Applies::Sometimes,
            false => Applies::Never,
        }
    }

    fn bands(&self, parts: &mut Parts<'_>) {
        let of_block = |(block, at): (&Block, u32)| {
            let node = self.plan.blocks.get(at as usize).map(|planned| planned.value);
            let named = block.name.is_some();
            node.filter(|_| named)
                .map(|node| (Labelled::BandOf(BlockId(at)), node, block.bands.clone()))
        };
        let blocks = self.model.blocks.iter().zip(0u32..).filter_map(of_block);
        let overall = (Labelled::Band, self.plan.overall, self.model.overall.bands.clone());
        for (of, score, bands) in blocks.chain([overall]) {
            for band in &bands {
                let within = within(band, &bands);
                parts.add(PartKind::Band(of), band.span, || self.between(score, within));
            }
        }
    }

    fn between(&self, score: NodeId, (least, most): (i128, i128)) -> Applies {
        let never = |least: i128, most: i128| {
            let question = Question {
                truths: Vec::new(),
                scores: vec![Needed::score(score, (least, most))],
            };
            matches!(self.search.find(&question), Answer::No)
        };
        let all = Needed::ALL;
        if never(least, most) {
            return Applies::Never;
        }
        match never(-all, least - 1) && never(most + 1, all) {
            true => Applies::Always,
            false => Applies::Sometimes,
        }
    }
}

/// What is known of the parts of a model, in its order.
struct Parts<'a> {
    before: Option<&'a [Part]>,
    only_exclusions: bool,
    parts: Vec<Part>,
}

impl Parts<'_> {
    /// Adds a part; what applies sometimes on other days is not asked again.
    fn add(&mut self, kind: PartKind, span: Span, ask: impl FnOnce() -> Applies) {
        let known = self.before.and_then(|before| before.get(self.parts.len()));
        let applies = match known.map(|known| known.applies) {
            _ if self.only_exclusions && kind != PartKind::Exclusion => Applies::Sometimes,
            Some(Applies::Sometimes) => Applies::Sometimes,
            Some(Applies::Never | Applies::Always) | None => ask(),
        };
        self.parts.push(Part { kind, span, applies });
    }
}

/// Whether a condition is ever the first of several that holds; none stands for one that always does.
fn first_of(search: &Search<'_>, conditions: &[Option<NodeId>], at: usize) -> Applies {
    let before = conditions.iter().take(at).flatten().map(|node| (*node, false));
    let own = conditions.get(at).copied().flatten();
    let first = before.chain(own.map(|node| (node, true)));
    if matches!(search.find(&Question::of(first)), Answer::No) {
        return Applies::Never;
    }
    match own {
        Some(node) if matches!(search.find(&Question::of([(node, false)])), Answer::No) => Applies::Always,
        _ => Applies::Sometimes,
    }
}
