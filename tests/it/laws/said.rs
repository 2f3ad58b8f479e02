//! Whether what an analysis says of all contacts holds of those that are scored, and how far those go.

use leadscore::analyze::{Analysis, Applies, Example, Limit, Verdict, tables};
use leadscore::calendar::Day;
use leadscore::model::{GivenEvents, Labelled, Model, RuleKind};
use leadscore::number::Number;
use leadscore::plan::{NodeId, Plan, RuleParts};
use leadscore::score::{Datum, Scores, Trace, TracedRun};
use leadscore::source::Span;
use leadscore::table::{Contacts, Events};

/// What an analysis says wrongly, and the row of a contact that shows it.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) what: String,
    pub(super) row: usize,
}

/// What was seen of all contacts that were scored.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// For each score the least and the greatest that a contact has.
    pub(super) scores: Vec<Option<(Number, Number)>>,
    /// For each part whether it applied to a contact, and whether its own condition failed for one.
    pub(super) parts: Vec<(bool, bool)>,
    /// For each promise whether a contact breaks it.
    pub(super) broken: Vec<bool>,
}

impl Seen {
    pub(super) fn add(&mut self, other: &Seen) {
        self.scores.resize(other.scores.len(), None);
        self.parts.resize(other.parts.len(), (false, false));
        self.broken.resize(other.broken.len(), false);
        for (own, other) in self.scores.iter_mut().zip(&other.scores) {
            let ends = |one: (Number, Number), other: (Number, Number)| (one.0.min(other.0), one.1.max(other.1));
            *own = own.zip(*other).map(|(one, other)| ends(one, other)).or(*own).or(*other);
        }
        for (own, other) in self.parts.iter_mut().zip(&other.parts) {
            *own = (own.0 || other.0, own.1 || other.1);
        }
        for (own, other) in self.broken.iter_mut().zip(&other.broken) {
            *own |= other;
        }
    }
}

/// Holds what is said against contacts as of a day; what was seen of them.
pub(super) fn holds(model: &Model, analysis: &Analysis, as_of: Day, data: (&Contacts, &Events)) -> Result<Seen, Wrong> {
    let plan = Plan::new(model);
    let day = plan.on(as_of);
    let mut run = TracedRun::new(&day);
    run.events(data.1);
    let (scores, trace) = run.finish(data.0);
    let lot = Lot {
        model,
        plan: &plan,
        scores: &scores,
        trace: &trace,
    };
    let mut seen = Seen::default();
    for row in 0..scores.len() {
        let of_one = lot.seen(analysis, row).map_err(|what| Wrong { what, row })?;
        seen.add(&of_one);
    }
    Ok(seen)
}

/// Contacts that are scored.
struct Lot<'a> {
    model: &'a Model,
    plan: &'a Plan,
    scores: &'a Scores,
    trace: &'a Trace<'a>,
}

impl Lot<'_> {
    fn seen(&self, analysis: &Analysis, row: usize) -> Result<Seen, String> {
        let parts = self.parts(analysis, row)?;
        self.cancelled(analysis, row)?;
        let broken = self
            .scores
            .broken_promises()
            .iter()
            .map(|rows| rows.contains(&(row as u32)));
        let broken: Vec<bool> = broken.collect();
        let verdicts = analysis.promises.iter().zip(&broken);
        match verdicts
            .into_iter()
            .position(|(verdict, broken)| matches!(verdict, Verdict::Proved) && *broken)
        {
            Some(at) => Err(format!("promise {at} is proved, and broken")),
            None => Ok(Seen {
                scores: self.reached(analysis, row)?,
                parts,
                broken,
            }),
        }
    }

    fn parts(&self, analysis: &Analysis, row: usize) -> Result<Vec<(bool, bool)>, String> {
        let told = applying(self.model, self.plan, self.scores, self.trace, row);
        if analysis.excludes_all && self.scores.exclusion(row).is_none() {
            return Err("everybody is said to be excluded".to_owned());
        }
        // Where everybody is excluded, nothing else is looked at.
        if analysis.parts.len() == self.model.exclusions.len() {
            return Ok(vec![(false, false); told.len()]);
        }
        if told.len() != analysis.parts.len() {
            return Err("other parts than the model has".to_owned());
        }
        for (part, told) in analysis.parts.iter().zip(&told) {
            let Some((applies, fails)) = told else { continue };
            if *applies && part.applies == Applies::Never || *fails && part.applies == Applies::Always {
                let written = self.model.written(part.span);
                return Err(format!(
                    "it {:?} applies, is said of {:?} {written}",
                    part.applies, part.kind
                ));
            }
        }
        Ok(told.into_iter().map(Option::unwrap_or_default).collect())
    }

    fn reached(&self, analysis: &Analysis, row: usize) -> Result<Vec<Option<(Number, Number)>>, String> {
        let mut reached = Vec::new();
        for of in &analysis.scores {
            let score = self.scores.score(of.of, row);
            let below = |score: Number| of.least.number.is_some_and(|least| score < least);
            let above = |score: Number| of.greatest.number.is_some_and(|greatest| score > greatest);
            if score.is_some_and(|score| below(score) || above(score)) {
                let ends = (of.least.number, of.greatest.number);
                return Err(format!("{} is {score:?}, and is said to lie within {ends:?}", of.name));
            }
            let binds = |end: Number| score == Some(end);
            if let Some(unbinding) = analysis
                .unbinding
                .iter()
                .find(|end| end.name == of.name && binds(end.end))
            {
                return Err(format!(
                    "{} is at an end that is said not to bind: {unbinding:?}",
                    of.name
                ));
            }
            reached.push(score.map(|score| (score, score)));
        }
        Ok(reached)
    }

    /// Of two rules that are said to cancel each other both apply or none.
    fn cancelled(&self, analysis: &Analysis, row: usize) -> Result<(), String> {
        for (one, other) in &analysis.cancelled {
            if self.applies(*one, row) != self.applies(*other, row) {
                let written = [one, other].map(|span| self.model.written(*span));
                return Err(format!("one alone applies of {written:?}"));
            }
        }
        Ok(())
    }

    fn applies(&self, rule: Span, row: usize) -> Option<bool> {
        let blocks = self.model.blocks.iter().zip(&self.plan.blocks);
        let mut rules = blocks.flat_map(|(block, planned)| block.rules.iter().zip(&planned.rules));
        let (written, planned) = rules.find(|(written, _)| written.span == rule)?;
        match (&written.kind, &planned.parts) {
            (RuleKind::Once { .. }, RuleParts::Once { condition }) => self.trace.holds(condition.node, row),
            _ => None,
        }
    }
}

/// Holds what is said of examples against what they are given: bounds are attained, promises broken, bands reached.
pub(super) fn examples_show(model: &Model, analysis: &Analysis) -> Result<(), String> {
    for of in &analysis.scores {
        for limit in [&of.least, &of.greatest] {
            attains(limit, &|example| scored(model, example).score(of.of, 0))
                .map_err(|what| format!("{}: {what}", of.name))?;
        }
    }
    for (at, verdict) in analysis.promises.iter().enumerate() {
        if let Verdict::Refuted(example) = verdict {
            let broken = scored(model, example)
                .broken_promises()
                .get(at)
                .is_some_and(|rows| rows.contains(&0));
            check(broken, || {
                format!("promise {at} is not broken by {}", shown(model, example))
            })?;
        }
    }
    for (at, example) in analysis.reaching.iter().enumerate() {
        if let Some(example) = example {
            let band = scored(model, example).label(Labelled::Band, 0).map(usize::from);
            check(band == Some(at), || {
                format!("band {at} is not reached by {}", shown(model, example))
            })?;
        }
    }
    let bands = analysis.reaching.len();
    let all = model.overall.bands.len();
    check(bands == all || analysis.parts.len() == model.exclusions.len(), || {
        format!("{bands} bands")
    })
}

fn attains(limit: &Limit, score: &dyn Fn(&Example) -> Option<Number>) -> Result<(), String> {
    if let Some((number, example)) = &limit.attained {
        let given = score(example);
        check(given == Some(*number), || {
            format!("{number} is not attained but {given:?} by {example:?}")
        })?;
        if limit.exact && limit.number.is_none() {
            let rises = *number > Number::ZERO;
            check(grows_on(example, rises, score), || {
                format!("without limit, and {number} is the end of {example:?}")
            })?;
        }
    }
    check(
        !limit.exact || limit.number.is_some() || limit.attained.is_some(),
        || "without limit, and nobody shows it".to_owned(),
    )?;
    let attained = limit.attained.as_ref().map(|(number, _)| *number);
    check(
        !limit.exact || limit.number.is_none() || limit.number == attained,
        || format!("exactly {:?} is not what is attained: {attained:?}", limit.number),
    )
}

/// Whether a score goes on with ever more of one of the events of a contact: on its day, or again and again before it.
fn grows_on(example: &Example, rises: bool, score: &dyn Fn(&Example) -> Option<Number>) -> bool {
    let ways = [0, 1, 7, 31, 366];
    let mut tried = (0..example.events.len()).flat_map(|at| ways.map(|days| (at, days)));
    tried.any(|(at, days)| {
        let units = |times: i32| {
            let mut more = example.clone();
            more.events.splice(at..=at, again(&example.events[at], days, times));
            score(&more).map(|score| i128::from(score.units()) * if rises { 1 } else { -1 })
        };
        match [100, 200, 400].map(units) {
            [Some(few), Some(many), Some(most)] => many > few && 2 * (most - many) >= 3 * (many - few),
            _ => false,
        }
    })
}

/// An event so often, every so many days back from its own, as long as the calendar goes; or all on its day.
fn again(given: &GivenEvents, days: i32, times: i32) -> Vec<GivenEvents> {
    if days == 0 {
        let count = given.count * u64::from(times.unsigned_abs());
        return vec![GivenEvents { count, ..given.clone() }];
    }
    let on = |time: i32| {
        let day = Day::from_number(given.day.number() - time * days)?;
        Some(GivenEvents { day, ..given.clone() })
    };
    (0..times).filter_map(on).collect()
}

fn scored(model: &Model, example: &Example) -> Scores {
    let (contacts, events) = tables(model, [example]);
    leadscore::score(&Plan::new(model), example.as_of, &contacts, [&events])
}

fn shown(model: &Model, example: &Example) -> String {
    example.test(model, "x", &[])
}

fn check(is_right: bool, wrong: impl FnOnce() -> String) -> Result<(), String> {
    if is_right { Ok(()) } else { Err(wrong()) }
}

/// Whether each part applies to a contact, and whether its own condition fails; `None` where nothing is said of it.
fn applying(model: &Model, plan: &Plan, scores: &Scores, trace: &Trace<'_>, row: usize) -> Vec<Option<(bool, bool)>> {
    let exclusion = scores.exclusion(row);
    let included = |applies: bool, fails: bool| exclusion.is_none().then_some((applies, fails));
    let holds = |node: NodeId| trace.holds(node, row) == Some(true);
    let chosen = |node: NodeId| match trace.value(node, row) {
        Some(Datum::Choice(place)) => Some(place),
        _ => None,
    };
    let own = plan.exclusions.iter().enumerate();
    let mut all: Vec<_> = own
        .map(|(at, own)| Some((exclusion == Some(at), !holds(own.node))))
        .collect();
    for block in &plan.blocks {
        for rule in &block.rules {
            match &rule.parts {
                RuleParts::Once { condition } => all.push(included(holds(condition.node), !holds(condition.node))),
                RuleParts::Each { condition, signal, .. } => {
                    let besides = condition.as_ref().is_none_or(|condition| holds(condition.node));
                    all.push(included(besides && !trace.picked(*signal, row).is_empty(), false));
                }
                RuleParts::Table { rows, row: choice, .. } => {
                    let each = rows.iter().enumerate();
                    all.extend(each.map(|(at, own)| included(chosen(*choice) == Some(at), !holds(*own))));
                }
            }
        }
    }
    let blocks = plan
        .blocks
        .iter()
        .zip(&model.blocks)
        .filter(|(_, block)| block.name.is_some());
    for (planned, block) in blocks {
        let band = planned.band.and_then(chosen);
        all.extend((0..block.bands.len()).map(|at| included(band == Some(at), band != Some(at))));
    }
    let band = scores.label(Labelled::Band, row).map(usize::from);
    all.extend((0..model.overall.bands.len()).map(|at| included(band == Some(at), band != Some(at))));
    for planned in &plan.classes {
        let label = chosen(planned.label);
        let each = planned.rows.iter().enumerate();
        all.extend(each.map(|(at, own)| included(label == Some(at), own.as_ref().is_some_and(|own| !holds(own.node)))));
    }
    all
}
