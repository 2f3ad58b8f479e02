//! The questions that people ask of a model: how far its scores go, what of it can apply, whether its promises hold.

use crate::calendar::Day;
use crate::model::{Band, Block, Labelled, Model, RuleKind, ScoreId};
use crate::number::Number;
use crate::plan::{self, NodeId, Operation, Plan, RuleParts};
use crate::source::Span;

use super::days::days_that_matter;
use super::ends::End;
use super::example::Example;
use super::findings::{Analysis, Applies, Limit, Part, PartKind, ScoreBounds, Unbinding, Verdict};
use super::question::{Needed, Question};
use super::range::ENDLESS;
use super::search::{Answer, Search};
use super::space::Space;

/// Analyses a model on the [days that matter](days_that_matter).
pub fn analyze(model: &Model) -> Analysis {
    let days = days_that_matter(model).into_iter();
    let all = days.map(|day| analyze_on(model, day)).reduce(Analysis::or);
    all.unwrap_or_default()
}

/// Analyses a model on a day.
pub fn analyze_on(model: &Model, as_of: Day) -> Analysis {
    let plan = Plan::new(model);
    let day = plan.on(as_of);
    let space = Space::new(model, &day);
    let not_excluded = plan
        .exclusions
        .iter()
        .map(|exclusion| (exclusion.node, false))
        .collect();
    let asking = Asking {
        model,
        plan: &plan,
        search: Search::new(&space, not_excluded),
        space: &space,
    };
    Analysis {
        scores: asking.scores(),
        parts: asking.parts(),
        promises: asking.promises(),
        unbinding: asking.unbinding(),
        reaching: asking.reaching(),
        cancelled: asking.cancelled(),
    }
}

struct Asking<'a> {
    model: &'a Model,
    plan: &'a Plan,
    space: &'a Space<'a>,
    search: Search<'a>,
}

impl Asking<'_> {
    fn scores(&self) -> Vec<ScoreBounds> {
        let columns = self.plan.columns.iter().filter_map(|column| match column.holds {
            plan::Holds::Score { node, of } => Some((&column.name, node, of)),
            plan::Holds::Id | plan::Holds::Label { .. } | plan::Holds::Exclusion => None,
        });
        let bounds = columns.map(|(name, node, of)| ScoreBounds {
            of,
            name: name.clone(),
            least: limit(self.search.small_end(&[(-1, node)]), -1),
            greatest: limit(self.search.small_end(&[(1, node)]), 1),
        });
        bounds.collect()
    }

    fn unbinding(&self) -> Vec<Unbinding> {
        let mut unbinding = Vec::new();
        for column in self.plan.columns.iter() {
            let plan::Holds::Score { node, of } = column.holds else {
                continue;
            };
            let Some(Operation::Clamped { value, min, max }) = self.plan.node(node).map(|node| &node.operation) else {
                continue;
            };
            let ends = [(min, -1), (max, 1)];
            for (end, sign) in ends.into_iter().filter_map(|(end, sign)| Some(((*end)?, sign))) {
                let reached = self.search.end(&[(sign, *value)]).units;
                if reached < sign * i128::from(end.units()) {
                    unbinding.push(Unbinding {
                        name: column.name.clone(),
                        is_max: sign > 0,
                        end,
                        reached: Number::saturating_from_units(sign * reached),
                        span: self.span_of(of),
                    });
                }
            }
        }
        unbinding
    }

    fn span_of(&self, score: ScoreId) -> Span {
        let model = self.model;
        let span = match score {
            ScoreId::Overall => model.overall.span,
            ScoreId::Block(id) => model.blocks.get(id.index()).map(|block| block.span),
            ScoreId::Formula(id) => model.formulas.get(id.index()).map(|formula| formula.span),
        };
        span.unwrap_or_default()
    }

    fn reaching(&self) -> Vec<Option<Example>> {
        let bands = &self.model.overall.bands;
        let contacts = bands.iter().map(|band| {
            let question = Question {
                truths: Vec::new(),
                scores: vec![Needed::score(self.plan.overall, within(band, bands))],
            };
            match self.search.find_small(&question) {
                Answer::Yes(example) => Some(example),
                Answer::No | Answer::Unknown => None,
            }
        });
        contacts.collect()
    }

    /// Rules of a block that add their points once, and under conditions that are the same for every contact take them
    /// back.
    fn cancelled(&self) -> Vec<(Span, Span)> {
        let mut cancelled = Vec::new();
        for (block, planned) in self.model.blocks.iter().zip(&self.plan.blocks) {
            let rules = block.rules.iter().zip(&planned.rules);
            let once = rules.filter_map(|(rule, planned)| match (&rule.kind, &planned.parts) {
                (RuleKind::Once { points, .. }, RuleParts::Once { condition }) => {
                    Some((rule.span, *points, condition.node))
                }
                _ => None,
            });
            let once: Vec<(Span, Number, NodeId)> = once.collect();
            for (at, (span, points, condition)) in once.iter().enumerate() {
                let before = once.iter().take(at);
                let opposite = before.filter(|(_, other, _)| *other == points.negate());
                let mut same = opposite.filter(|(_, _, other)| self.search.are_alike(*other, *condition));
                cancelled.extend(same.next().map(|(first, ..)| (*first, *span)));
            }
        }
        cancelled
    }

    fn promises(&self) -> Vec<Verdict> {
        let answers = self
            .plan
            .promises
            .iter()
            .map(|promise| self.search.find_small(&Question::of([(promise.node, false)])));
        answers
            .map(|answer| match answer {
                Answer::Yes(example) => Verdict::Refuted(example),
                Answer::No => Verdict::Proved,
                Answer::Unknown => Verdict::Undecided,
            })
            .collect()
    }

    fn parts(&self) -> Vec<Part> {
        let mut parts = self.exclusions();
        for (block, planned) in self.model.blocks.iter().zip(&self.plan.blocks) {
            for (rule, planned) in block.rules.iter().zip(&planned.rules) {
                self.rule(rule, planned, &mut parts);
            }
        }
        parts.extend(self.bands());
        for (class, planned) in self.model.classes.iter().zip(&self.plan.classes) {
            let always = Vec::new();
            let conditions: Vec<Option<NodeId>> = planned
                .rows
                .iter()
                .map(|row| row.as_ref().map(|row| row.node))
                .collect();
            for (at, row) in class.rows.iter().enumerate() {
                parts.push(Part {
                    kind: PartKind::Class,
                    span: row.span,
                    applies: self.first_of(&conditions, at, &always),
                });
            }
        }
        parts
    }

    fn exclusions(&self) -> Vec<Part> {
        let everybody = Search::new(self.space, Vec::new());
        let mut parts = Vec::new();
        for (at, exclusion) in self.model.exclusions.iter().enumerate() {
            let before = self.plan.exclusions.iter().take(at).map(|before| (before.node, false));
            let own = self.plan.exclusions.get(at).map(|own| (own.node, true));
            let applies = match everybody.find(&Question::of(before.chain(own))) {
                Answer::No => Applies::Never,
                Answer::Yes(_) | Answer::Unknown => match own {
                    Some((node, _)) if matches!(everybody.find(&Question::of([(node, false)])), Answer::No) => {
                        Applies::Always
                    }
                    _ => Applies::Sometimes,
                },
            };
            parts.push(Part {
                kind: PartKind::Exclusion,
                span: exclusion.span,
                applies,
            });
        }
        parts
    }

    fn rule(&self, rule: &crate::model::Rule, planned: &plan::Rule, parts: &mut Vec<Part>) {
        match (&planned.parts, &rule.kind) {
            (RuleParts::Once { condition }, _) => parts.push(Part {
                kind: PartKind::Rule,
                span: rule.span,
                applies: self.first_of(&[Some(condition.node)], 0, &[]),
            }),
            (RuleParts::Each { signal, condition, .. }, _) => {
                let picks = self.space.open.contains(signal)
                    || self
                        .space
                        .picked
                        .get(signal.index())
                        .is_some_and(|picked| !picked.is_empty());
                let may_hold = |node: NodeId| !matches!(self.search.find(&Question::of([(node, true)])), Answer::No);
                let never = !picks || condition.as_ref().is_some_and(|condition| !may_hold(condition.node));
                parts.push(Part {
                    kind: PartKind::EventRule,
                    span: rule.span,
                    applies: if never { Applies::Never } else { Applies::Sometimes },
                });
            }
            (RuleParts::Table { rows, .. }, RuleKind::Table { rows: written, .. }) => {
                let conditions: Vec<Option<NodeId>> = rows.iter().copied().map(Some).collect();
                for (at, row) in written.iter().enumerate() {
                    parts.push(Part {
                        kind: PartKind::Row,
                        span: row.span,
                        applies: self.first_of(&conditions, at, &[]),
                    });
                }
            }
            (RuleParts::Table { .. }, _) => {}
        }
    }

    /// Whether a condition is ever the first of several that holds; none stands for one that always does.
    fn first_of(&self, conditions: &[Option<NodeId>], at: usize, besides: &[(NodeId, bool)]) -> Applies {
        let before = conditions.iter().take(at).flatten().map(|node| (*node, false));
        let own = conditions.get(at).copied().flatten();
        let first = before
            .chain(own.map(|node| (node, true)))
            .chain(besides.iter().copied());
        if matches!(self.search.find(&Question::of(first)), Answer::No) {
            return Applies::Never;
        }
        match own {
            Some(node) if matches!(self.search.find(&Question::of([(node, false)])), Answer::No) => Applies::Always,
            _ => Applies::Sometimes,
        }
    }

    fn bands(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        let of_block = |(block, at): (&Block, u32)| {
            let node = self.plan.blocks.get(at as usize).map(|planned| planned.value);
            let named = block.name.is_some();
            node.filter(|_| named)
                .map(|node| (Labelled::BandOf(crate::model::BlockId(at)), node, block.bands.clone()))
        };
        let blocks = self.model.blocks.iter().zip(0u32..).filter_map(of_block);
        let overall = (Labelled::Band, self.plan.overall, self.model.overall.bands.clone());
        for (of, score, bands) in blocks.chain([overall]) {
            for band in &bands {
                let within = within(band, &bands);
                parts.push(Part {
                    kind: PartKind::Band(of),
                    span: band.span,
                    applies: self.between(score, within),
                });
            }
        }
        parts
    }

    fn between(&self, score: NodeId, (least, most): (i128, i128)) -> Applies {
        let ask = |least: i128, most: i128| {
            let question = Question {
                truths: Vec::new(),
                scores: vec![Needed::score(score, (least, most))],
            };
            matches!(self.search.find(&question), Answer::No)
        };
        let all = Needed::ALL;
        match (ask(least, most), ask(-all, least - 1) && ask(most + 1, all)) {
            (true, _) => Applies::Never,
            (false, true) => Applies::Always,
            (false, false) => Applies::Sometimes,
        }
    }
}

/// The ends between which a score lies that has a band.
fn within(band: &Band, bands: &[Band]) -> (i128, i128) {
    let threshold = |band: &Band| band.threshold.map_or(-Needed::ALL, |limit| i128::from(limit.units()));
    let own = threshold(band);
    let above = bands.iter().map(threshold).filter(|other| *other > own).min();
    (own, above.map_or(Needed::ALL, |above| above - 1))
}

fn limit(end: End, sign: i128) -> Limit {
    let number = |units: i128| Number::saturating_from_units(sign * units);
    let is_endless = end.endless || end.units >= ENDLESS >> 1;
    Limit {
        number: (!is_endless).then(|| number(end.units)),
        exact: end.is_exact(),
        attained: end.attained.map(|(units, example)| (number(units), example)),
    }
}
