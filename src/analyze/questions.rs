//! The questions that people ask of a model: how far its scores go, what of it can apply, whether its promises hold.

use crate::calendar::Day;
use crate::model::{Band, Clamp, Model, Rule, RuleKind, ScoreId};
use crate::number::Number;
use crate::plan::{self, NodeId, Operation, Plan, RuleParts};
use crate::source::Span;

use super::days::days_that_matter;
use super::example::Example;
use super::findings::{Analysis, Limit, ScoreBounds, Unbinding, Verdict};
use super::search::ends::End;
use super::search::question::{Needed, Question};
use super::search::{Answer, Search};
use super::space::Space;
use super::space::range::ENDLESS;

/// Analyses a model, for every day of scoring on which it can come out in another way.
pub fn analyze(model: &Model) -> Analysis {
    let days = days_that_matter(&[model]);
    let on = |before: Option<Analysis>, day: &Day| {
        let open = before.as_ref().filter(|before| !before.excludes_all);
        let found = asked(model, *day, open);
        Some(match before {
            Some(before) => before.or(found),
            None => found,
        })
    };
    let all = days.days.iter().fold(None, on).unwrap_or_default();
    match days.are_all {
        true => Analysis {
            on_every_day: true,
            ..all
        },
        false => all.on_some_days(),
    }
}

/// Analyses a model on a day.
pub fn analyze_on(model: &Model, as_of: Day) -> Analysis {
    asked(model, as_of, None)
}

/// What can be on a day: only what an analysis of other days leaves open is asked, where there is one.
fn asked(model: &Model, as_of: Day, before: Option<&Analysis>) -> Analysis {
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
        before,
    };
    if asking.search.is_ruled_out(&Question::default()) {
        return asking.nobody();
    }
    Analysis {
        scores: asking.scores(),
        parts: asking.parts(false),
        promises: asking.promises(),
        unbinding: asking.unbinding(),
        reaching: asking.reaching(),
        cancelled: asking.cancelled(),
        on_every_day: false,
        excludes_all: false,
    }
}

/// Asks what can be on a day.
pub(super) struct Asking<'a> {
    pub(super) model: &'a Model,
    pub(super) plan: &'a Plan,
    pub(super) space: &'a Space<'a>,
    pub(super) search: Search<'a>,
    /// What is known of other days.
    pub(super) before: Option<&'a Analysis>,
}

impl Asking<'_> {
    /// What can be said where every contact is excluded: only of the exclusions.
    fn nobody(&self) -> Analysis {
        let open = || Limit {
            number: None,
            exact: false,
            attained: None,
        };
        let scores = self.columns().map(|(name, _, of)| ScoreBounds {
            of,
            name: name.clone(),
            least: open(),
            greatest: open(),
        });
        Analysis {
            scores: scores.collect(),
            parts: self.parts(true),
            promises: self.plan.promises.iter().map(|_| Verdict::Proved).collect(),
            reaching: self.model.overall.bands.iter().map(|_| None).collect(),
            excludes_all: true,
            ..Analysis::default()
        }
    }

    /// The scores of a result, in its order.
    fn columns(&self) -> impl Iterator<Item = (&String, NodeId, ScoreId)> {
        self.plan.columns.iter().filter_map(|column| match column.holds {
            plan::Holds::Score { node, of } => Some((&column.name, node, of)),
            plan::Holds::Id | plan::Holds::Label { .. } | plan::Holds::Exclusion => None,
        })
    }

    fn scores(&self) -> Vec<ScoreBounds> {
        let columns: Vec<_> = self.columns().enumerate().collect();
        let is_overall = |(_, (_, _, of)): &&(usize, (&String, NodeId, ScoreId))| *of == ScoreId::Overall;
        // What is best of each part may well be best of the whole.
        let mut starts: [Vec<Example>; 2] = Default::default();
        let mut bounds: Vec<(usize, ScoreBounds)> = Vec::new();
        let last = columns.iter().filter(is_overall);
        for (at, (name, node, of)) in columns.iter().filter(|column| !is_overall(column)).chain(last) {
            let before = self.before.and_then(|before| before.scores.get(*at));
            let [low, high] = starts
                .each_ref()
                .map(|starts| starts.iter().cloned().reduce(Example::with));
            let ends = ScoreBounds {
                of: *of,
                name: (*name).clone(),
                least: self.limit(*node, -1, before.map(|before| &before.least), low),
                greatest: self.limit(*node, 1, before.map(|before| &before.greatest), high),
            };
            for (starts, limit) in starts.iter_mut().zip([&ends.least, &ends.greatest]) {
                let attained = limit.attained.iter().map(|(_, example)| example);
                // What is known of other days says nothing of this one.
                let of_this_day = attained.filter(|example| example.as_of == self.space.day.as_of());
                starts.extend(of_this_day.cloned());
            }
            bounds.push((*at, ends));
        }
        bounds.sort_by_key(|(at, _)| *at);
        bounds.into_iter().map(|(_, bounds)| bounds).collect()
    }

    /// An end of a score; that of other days, where this day's lies no further out.
    fn limit(&self, score: NodeId, sign: i128, before: Option<&Limit>, start: Option<Example>) -> Limit {
        let nodes = [(sign, score)];
        let reached = before.map(|before| (before, before.number.map(|number| sign * i128::from(number.units()))));
        match reached {
            Some((before, None)) => before.clone(),
            Some((before, Some(known))) if self.search.is_at_most(&nodes, known) => before.clone(),
            Some(_) | None => limit(self.search.small_end(&nodes, start), sign),
        }
    }

    fn unbinding(&self) -> Vec<Unbinding> {
        let mut unbinding = Vec::new();
        for column in self.plan.columns.iter() {
            let plan::Holds::Score { node, of } = column.holds else {
                continue;
            };
            if of == ScoreId::Overall && self.model.overall.clamp == Clamp::default() {
                // Without ends of its own it may be the value of a block that has some.
                continue;
            }
            let Some(Operation::Clamped { value, min, max }) = self.plan.node(node).map(|node| &node.operation) else {
                continue;
            };
            let ends = [(min, -1), (max, 1)];
            let is_open = |sign: i128| {
                let is_it = |known: &Unbinding| known.span == self.span_of(of) && known.is_max == (sign > 0);
                self.before.is_none_or(|before| before.unbinding.iter().any(is_it))
            };
            let ends = ends.into_iter().filter(|(_, sign)| is_open(*sign));
            for (end, sign) in ends.filter_map(|(end, sign)| Some(((*end)?, sign))) {
                let reached = self.search.end(&[(sign, *value)], None).units;
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
        let contacts = bands.iter().enumerate().map(|(at, band)| {
            if let Some(Some(known)) = self.before.and_then(|before| before.reaching.get(at)) {
                return Some(known.clone());
            }
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
        if self.before.is_some_and(|before| before.cancelled.is_empty()) {
            return cancelled;
        }
        for (block, planned) in self.model.blocks.iter().zip(&self.plan.blocks) {
            let rules = block.rules.iter().zip(&planned.rules);
            let once = rules.filter_map(|(rule, planned)| match (&rule.kind, &planned.parts) {
                (RuleKind::Once { points, .. }, RuleParts::Once { condition }) => Some((rule, *points, condition.node)),
                _ => None,
            });
            let once: Vec<(&Rule, Number, NodeId)> = once.collect();
            for (at, (rule, points, condition)) in once.iter().enumerate() {
                // What decays gives back less than what does not takes.
                let decays = |other: &Rule| block.decay.is_some() && other.reads_events != rule.reads_events;
                let before = once.iter().take(at);
                let opposite = before.filter(|(other, of_other, _)| *of_other == points.negate() && !decays(other));
                let mut same = opposite.filter(|(_, _, other)| self.search.are_alike(*other, *condition));
                cancelled.extend(same.next().map(|(first, ..)| (first.span, rule.span)));
            }
        }
        cancelled
    }

    fn promises(&self) -> Vec<Verdict> {
        let verdicts = self.plan.promises.iter().enumerate().map(|(at, promise)| {
            let broken = Question::of([(promise.node, false)]);
            let answer = match self.before.and_then(|before| before.promises.get(at)) {
                Some(known @ Verdict::Refuted(_)) => return known.clone(),
                // What was too much on one day is not tried as hard on another.
                Some(Verdict::Undecided) => self.search.find_small_quickly(&broken),
                Some(Verdict::Proved) | None => self.search.find_small(&broken),
            };
            match answer {
                Answer::Yes(example) => Verdict::Refuted(example),
                Answer::No => Verdict::Proved,
                Answer::Unknown => Verdict::Undecided,
            }
        });
        verdicts.collect()
    }
}

/// The ends between which a score lies that has a band.
pub(super) fn within(band: &Band, bands: &[Band]) -> (i128, i128) {
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
