//! Searches the space of all contacts: for the greatest and least of a number, and for a contact of which some
//! conditions come out as wanted.
//!
//! What is attained is attained by an example that the engine has scored; what is ruled out is ruled out by a bound. The
//! search splits the options of one choice after the other, the most promising part first, until both meet or the work
//! is enough.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::model::Comparison;
use crate::number::Number;
use crate::plan::{NodeId, Operation};
use crate::score::{Datum, Trace};

use super::bound::{Bound, Bounding, Wanted, allows};
use super::example::Example;
use super::possible::{Domains, all_options, options};
use super::range::ENDLESS;
use super::space::{Space, Style};

/// So many numbers are looked at to answer one question.
const MOST_WORK: u64 = 1_000_000;

/// So many numbers are looked at for all questions of a search together; after that, only the first look counts.
const MOST_WORK_OF_ALL: u64 = 20_000_000;

/// So many events of a kind show whether a score grows without limit.
const MANY: u64 = 20;

/// So many contacts are made smaller to find a small one.
const STARTS: usize = 4;

/// An event that is scored is as much work as so many numbers.
const WORK_OF_EVENT: u64 = 40;

/// So many parts of the space are looked at to answer one question.
const MOST_PARTS: usize = 24;

/// An end of what a number can be.
#[derive(Clone, Debug)]
pub(super) struct End {
    /// No contact has more, or less, in ten-thousandths; without limit from [`ENDLESS`] / 2 on.
    pub(super) units: i128,
    /// What is attained, and by whom.
    pub(super) attained: Option<(i128, Example)>,
    /// Whether there surely is no limit.
    pub(super) endless: bool,
}

impl End {
    /// Whether the number that no contact exceeds is attained, or there is surely no limit.
    pub(super) fn is_exact(&self) -> bool {
        self.endless || self.attained.as_ref().is_some_and(|(units, _)| *units == self.units)
    }
}

/// Whether there is a contact of which conditions come out as wanted.
#[derive(Clone, Debug)]
pub(super) enum Answer {
    /// This one.
    Yes(Example),
    /// None.
    No,
    /// The work was too much, or something is opaque.
    Unknown,
}

/// What is asked for of a contact.
#[derive(Clone, Debug, Default)]
pub(super) struct Question {
    /// Conditions that come out as wanted.
    pub(super) truths: Vec<Wanted>,
    /// Scores that lie between two ends, both included.
    pub(super) scores: Vec<Needed>,
}

/// A sum of scores, each with a sign, and the ends between which it has to lie, in ten-thousandths.
#[derive(Clone, Debug)]
pub(super) struct Needed {
    /// The scores.
    pub(super) of: Vec<(i128, NodeId)>,
    /// The least.
    pub(super) least: i128,
    /// The greatest.
    pub(super) most: i128,
}

impl Needed {
    /// No score lies outside.
    pub(super) const ALL: i128 = ENDLESS << 4;

    /// One score that has to lie between two ends.
    pub(super) fn score(score: NodeId, (least, most): (i128, i128)) -> Needed {
        Needed {
            of: vec![(1, score)],
            least,
            most,
        }
    }
}

impl Question {
    /// Conditions that come out as wanted.
    pub(super) fn of(truths: impl IntoIterator<Item = Wanted>) -> Question {
        Question {
            truths: truths.into_iter().collect(),
            scores: Vec::new(),
        }
    }

    /// Whether a contact that was run is what is asked for.
    fn is_met(&self, trace: &Trace<'_>, row: usize) -> bool {
        let is_between = |needed: &Needed| {
            let units = value(trace, row, &needed.of);
            needed.least <= units && units <= needed.most
        };
        let mut truths = self.truths.iter();
        truths.all(|(node, truth)| trace.holds(*node, row) == Some(*truth)) && self.scores.iter().all(is_between)
    }
}

/// Searches a space.
pub(super) struct Search<'a> {
    pub(super) bounding: Bounding<'a>,
    space: &'a Space<'a>,
    samples: Vec<Example>,
    /// What the samples come to.
    trace: Trace<'a>,
    /// What must hold of every contact that is asked about.
    always: Vec<Wanted>,
}

/// What a part of the space promises.
struct Outlook {
    /// Options that are worth a look.
    chosen: Vec<Vec<usize>>,
    /// The choices that keep it from being decided.
    loose: BTreeSet<usize>,
    /// Whether a score may have no limit there.
    endless: bool,
}

/// A part of the space.
struct Part {
    domains: Domains,
    bound: Bound,
}

impl<'a> Search<'a> {
    /// A search among contacts of which these conditions come out as wanted.
    pub(super) fn new(space: &'a Space<'a>, always: Vec<Wanted>) -> Search<'a> {
        let samples = samples(space);
        let (_, trace) = space.run(&samples);
        let mut search = Search {
            bounding: Bounding::new(space),
            space,
            samples,
            trace,
            always: Vec::new(),
        };
        search.always = search.literals(&always).unwrap_or(always);
        search
    }

    /// Whether conditions come out as wanted for a contact that was run.
    fn is_as_wanted(trace: &Trace<'_>, row: usize, wanted: &[Wanted]) -> bool {
        wanted
            .iter()
            .all(|(node, truth)| trace.holds(*node, row) == Some(*truth))
    }

    /// The space.
    pub(super) fn space(&self) -> &'a Space<'a> {
        self.space
    }

    /// What must come out as wanted for every contact that is asked about.
    pub(super) fn always(&self) -> &[Wanted] {
        &self.always
    }

    /// The end, shown by a contact that has only what it needs.
    pub(super) fn small_end(&self, nodes: &[(i128, NodeId)]) -> End {
        let mut end = self.end(nodes);
        let is_limited = end.units < ENDLESS >> 1;
        if let Some((units, example)) = end.attained.take_if(|_| is_limited) {
            let question = Question {
                truths: self.always.clone(),
                scores: vec![Needed {
                    of: nodes.to_vec(),
                    least: units,
                    most: units,
                }],
            };
            end.attained = Some((units, self.smallest(example, &question)));
        }
        end
    }

    /// The greatest number of a node with a sign of 1; the least, as its opposite, with −1.
    pub(super) fn end(&self, nodes: &[(i128, NodeId)]) -> End {
        let mut best: Option<(i128, Example)> = None;
        let rows = 0..self.samples.len();
        for row in rows.filter(|row| Self::is_as_wanted(&self.trace, *row, &self.always)) {
            let units = value(&self.trace, row, nodes);
            if best.as_ref().is_none_or(|(known, _)| *known < units) {
                best = self.samples.get(row).map(|sample| (units, sample.clone()));
            }
        }
        let mut domains = all_options(self.space);
        self.bounding.narrow(&self.always, &mut domains);
        let Some(bound) = self.bounding.bound_of(nodes, &self.always, &domains) else {
            return End {
                units: best.as_ref().map_or(-ENDLESS, |(units, _)| *units),
                attained: best,
                endless: false,
            };
        };
        let mut parts = vec![Part { domains, bound }];
        let start = self.bounding.work();
        let mut seen = 0;
        let mut endless = false;
        // The part whose bound is greatest is the only one that can lower the bound of the whole.
        while let Some(at) = (0..parts.len()).max_by_key(|at| parts.get(*at).map(|part| part.bound.units)) {
            let part = parts.swap_remove(at);
            let reached = best.as_ref().map_or(-(ENDLESS << 4), |(units, _)| *units);
            if part.bound.units <= reached {
                break;
            }
            let may_be_endless = part.bound.units >= ENDLESS >> 1;
            self.attempt(&part.bound.chosen, nodes, may_be_endless, &mut best, &mut endless);
            let reached = best.as_ref().map_or(-(ENDLESS << 4), |(units, _)| *units);
            seen += 1;
            let enough = seen >= MOST_PARTS || self.is_enough(start);
            let halves = match part.bound.units <= reached || endless || enough {
                true => None,
                false => self.halves(&part, &nodes.iter().map(|(_, node)| *node).collect::<Vec<_>>()),
            };
            let Some(halves) = halves else {
                let units = part.bound.units.max(reached);
                return End {
                    units,
                    attained: best,
                    endless,
                };
            };
            for domains in halves {
                if let Some(bound) = self.bounding.bound_of(nodes, &self.always, &domains) {
                    let units = bound.units.min(part.bound.units);
                    parts.push(Part {
                        domains,
                        bound: Bound { units, ..bound },
                    });
                }
            }
        }
        End {
            units: best.as_ref().map_or(-ENDLESS, |(units, _)| *units),
            attained: best,
            endless,
        }
    }

    /// Whether enough was done for a question that began with so much work done.
    fn is_enough(&self, start: u64) -> bool {
        let work = self.bounding.work();
        work - start > MOST_WORK || work > MOST_WORK_OF_ALL
    }

    /// What some examples come to.
    fn run(&self, examples: &[Example]) -> Trace<'a> {
        let events = examples.iter().flat_map(|example| &example.events);
        let events: u64 = events.map(|given| given.count).sum();
        self.bounding.spend((examples.len() as u64 + events) * WORK_OF_EVENT);
        self.space.run(examples).1
    }

    /// Scores examples with some options, and keeps the best.
    fn attempt(
        &self,
        chosen: &[usize],
        nodes: &[(i128, NodeId)],
        may_be_endless: bool,
        best: &mut Option<(i128, Example)>,
        endless: &mut bool,
    ) {
        let styles = self
            .space
            .styles(may_be_endless)
            .into_iter()
            .filter(|style| style.more <= MANY);
        let mut examples: Vec<Example> = styles.map(|style| self.space.example(chosen, style)).collect();
        examples.dedup();
        let count = examples.len();
        let mut run = examples.clone();
        if may_be_endless {
            run.extend(examples.iter().map(doubled));
        }
        let trace = self.run(&run);
        for (row, example) in examples.into_iter().enumerate() {
            if !Self::is_as_wanted(&trace, row, &self.always) {
                continue;
            }
            let units = value(&trace, row, nodes);
            let again = row + count;
            *endless |= may_be_endless
                && Self::is_as_wanted(&trace, again, &self.always)
                && grows(units, value(&trace, again, nodes), &example);
            if best.as_ref().is_none_or(|(known, _)| *known < units) {
                *best = Some((units, example));
            }
        }
    }

    /// The options of a part in two: those of the choice that makes its bound loose.
    fn halves(&self, part: &Part, nodes: &[NodeId]) -> Option<[Domains; 2]> {
        let left = |choice: &usize| part.domains.get(*choice).map_or(0, |domain| domain.count_ones());
        let widest = |choices: &BTreeSet<usize>| {
            choices
                .iter()
                .copied()
                .filter(|choice| left(choice) > 1)
                .max_by_key(|choice| left(choice))
        };
        let all = || {
            nodes
                .iter()
                .flat_map(|node| self.space.scope(*node).iter().copied())
                .collect()
        };
        let choice = widest(&part.bound.loose).or_else(|| widest(&all()))?;
        Some(self.split(&part.domains, choice, &part.bound.chosen))
    }

    fn split(&self, domains: &Domains, choice: usize, chosen: &[usize]) -> [Domains; 2] {
        let bit = 1u128 << chosen.get(choice).copied().unwrap_or(0).min(127);
        let [mut with, mut without] = [domains.clone(), domains.clone()];
        let domain = domains.get(choice).copied().unwrap_or(0);
        let bit = if domain & bit == 0 {
            domain & domain.wrapping_neg()
        } else {
            bit
        };
        with.iter_mut().skip(choice).take(1).for_each(|slot| *slot = bit);
        without.iter_mut().skip(choice).take(1).for_each(|slot| *slot &= !bit);
        [with, without]
    }

    /// Whether there is a contact that is asked for, and one that has only what it needs.
    pub(super) fn find_small(&self, question: &Question) -> Answer {
        let all = Question {
            truths: self.always.iter().chain(&question.truths).copied().collect(),
            scores: question.scores.clone(),
        };
        let Answer::Yes(found) = self.find(question) else {
            return self.find(question);
        };
        let rows = (0..self.samples.len()).filter(|row| all.is_met(&self.trace, *row));
        let mut starts: Vec<&Example> = rows.filter_map(|row| self.samples.get(row)).collect();
        starts.sort_by_key(|sample| sample.size());
        // What is smallest at first need not be smallest in the end.
        let starts = starts.into_iter().take(STARTS).chain([&found]);
        let small = starts
            .map(|example| self.smallest(example.clone(), &all))
            .min_by_key(Example::size);
        Answer::Yes(small.unwrap_or(found))
    }

    /// Whether there is a contact that is asked for.
    pub(super) fn find(&self, question: &Question) -> Answer {
        let all = Question {
            truths: self.always.iter().chain(&question.truths).copied().collect(),
            scores: question.scores.clone(),
        };
        let rows = (0..self.samples.len()).filter(|row| all.is_met(&self.trace, *row));
        if let Some(row) = rows.min_by_key(|row| self.samples.get(*row).map(Example::size))
            && let Some(sample) = self.samples.get(row)
        {
            return Answer::Yes(sample.clone());
        }
        // A disjunction is as many questions as it has parts.
        let mut open = vec![question.truths.clone()];
        let mut unknown = false;
        let mut asked = 0;
        while let Some(question) = open.pop() {
            let Some(literals) = self.literals(&question) else {
                continue;
            };
            if let Some(ways) = self.ways(&literals) {
                open.extend(ways);
                continue;
            }
            asked += 1;
            if asked > MOST_PARTS {
                return Answer::Unknown;
            }
            match self.find_together(&literals, &all) {
                Answer::Yes(example) => return Answer::Yes(example),
                Answer::No => {}
                Answer::Unknown => unknown = true,
            }
        }
        if unknown { Answer::Unknown } else { Answer::No }
    }

    /// Whether two conditions surely come out alike for every contact.
    pub(super) fn are_alike(&self, one: NodeId, other: NodeId) -> bool {
        let of_sample = |node: NodeId, row: usize| self.trace.holds(node, row);
        let mut rows = 0..self.samples.len();
        let never = |of_one: bool| matches!(self.find(&Question::of([(one, of_one), (other, !of_one)])), Answer::No);
        one == other || rows.all(|row| of_sample(one, row) == of_sample(other, row)) && never(true) && never(false)
    }

    /// Conditions taken apart as far as all parts must come out in one way; `None` where they cannot.
    fn literals(&self, wanted: &[Wanted]) -> Option<Vec<Wanted>> {
        let mut literals: Vec<Wanted> = Vec::new();
        let mut open: Vec<Wanted> = wanted.to_vec();
        while let Some((node, truth)) = open.pop() {
            match self.space.plan().contacts.node(node).map(|node| &node.operation) {
                Some(Operation::Constant(holds)) if *holds == truth => {}
                Some(Operation::Constant(_)) => return None,
                Some(Operation::Not(one)) => open.push((*one, !truth)),
                Some(Operation::All(many)) if truth => open.extend(many.iter().map(|one| (*one, true))),
                Some(Operation::Any(many)) if !truth => open.extend(many.iter().map(|one| (*one, false))),
                _ => {
                    if literals.contains(&(node, !truth)) {
                        return None;
                    }
                    if !literals.contains(&(node, truth)) {
                        literals.push((node, truth));
                    }
                }
            }
        }
        literals.sort_unstable();
        Some(literals)
    }

    /// The ways in which conditions that read scores can come out as wanted: one of several parts.
    fn ways(&self, literals: &[Wanted]) -> Option<Vec<Vec<Wanted>>> {
        let nodes = &self.space.plan().contacts;
        for (at, (node, truth)) in literals.iter().enumerate() {
            let parts: &[NodeId] = match nodes.node(*node).map(|node| &node.operation) {
                Some(Operation::Any(many)) if *truth => many,
                Some(Operation::All(many)) if !*truth => many,
                _ => continue,
            };
            let others = || {
                literals
                    .iter()
                    .enumerate()
                    .filter(move |(place, _)| *place != at)
                    .map(|(_, wanted)| *wanted)
            };
            let way = |part: &NodeId| others().chain([(*part, *truth)]).collect();
            return Some(parts.iter().map(way).collect());
        }
        None
    }

    fn find_together(&self, literals: &[Wanted], all: &Question) -> Answer {
        let mut wanted: Vec<Wanted> = self.always.iter().chain(literals).copied().collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut domains = all_options(self.space);
        self.bounding.narrow(&wanted, &mut domains);
        let told = wanted
            .iter()
            .map(|wanted| self.needed(*wanted))
            .filter(|alternatives| !alternatives.is_empty());
        let mut scores: Vec<Vec<Needed>> = vec![all.scores.clone()];
        for alternatives in told {
            let with = |scores: &Vec<Needed>| {
                let each = alternatives
                    .iter()
                    .map(|needed| [scores.as_slice(), std::slice::from_ref(needed)].concat());
                each.collect::<Vec<_>>()
            };
            scores = scores.iter().flat_map(with).take(MOST_PARTS).collect();
        }
        let (start, mut seen, mut unknown) = (self.bounding.work(), 0, scores.len() >= MOST_PARTS);
        let mut parts: Vec<(Vec<Needed>, Domains)> =
            scores.into_iter().map(|scores| (scores, domains.clone())).collect();
        while let Some((scores, domains)) = parts.pop() {
            let Some(Outlook { chosen, loose, endless }) = self.outlook(&wanted, &scores, &domains) else {
                continue;
            };
            if let Some(example) = self.try_all(&chosen, endless, all) {
                return Answer::Yes(example);
            }
            seen += 1;
            let choice = self.undecided(&wanted, &domains, &loose);
            match choice {
                Some(choice) if seen < MOST_PARTS && !self.is_enough(start) => {
                    let first = chosen.first().map_or(&[][..], Vec::as_slice);
                    let [with, without] = self.split(&domains, choice, first);
                    parts.extend([(scores.clone(), without), (scores, with)]);
                }
                _ => {
                    unknown = true;
                    if seen >= MOST_PARTS {
                        break;
                    }
                }
            }
        }
        if unknown { Answer::Unknown } else { Answer::No }
    }

    /// What a part promises; `None` where nothing in it can come out as wanted.
    fn outlook(&self, wanted: &[Wanted], scores: &[Needed], domains: &Domains) -> Option<Outlook> {
        if domains.contains(&0) || self.bounding.contradicts(wanted, domains) {
            return None;
        }
        let mut chosen = Vec::new();
        let mut loose = BTreeSet::new();
        let mut endless = false;
        for needed in scores {
            let high = self.bounding.bound_of(&needed.of, wanted, domains)?;
            if high.units < needed.least {
                return None;
            }
            let opposite: Vec<(i128, NodeId)> = needed.of.iter().map(|(sign, node)| (-sign, *node)).collect();
            let low = self.bounding.bound_of(&opposite, wanted, domains)?;
            if -low.units > needed.most {
                return None;
            }
            endless |= high.units.max(low.units) >= ENDLESS >> 1;
            loose.extend(high.loose.iter().chain(&low.loose));
            chosen.extend(between(&high.chosen, &low.chosen));
        }
        if scores.is_empty() {
            let any = self.bounding.bound_of(&[], wanted, domains)?;
            loose.extend(any.loose);
            chosen.push(any.chosen);
        }
        Some(Outlook { chosen, loose, endless })
    }

    /// The ends between which a score has to lie, for a condition that looks at one: one pair or another.
    fn needed(&self, (node, truth): Wanted) -> Vec<Needed> {
        let graph = &self.space.plan().contacts;
        let number = |id: NodeId| match graph.node(id).map(|node| &node.operation) {
            Some(Operation::Number(number)) => Some(i128::from(number.units())),
            _ => None,
        };
        let told = match graph.node(node).map(|node| &node.operation) {
            Some(Operation::Compare(one, comparison, other)) => match (number(*one), number(*other)) {
                (None, Some(limit)) => Some((*one, compared(*comparison, limit))),
                (Some(limit), None) => Some((*other, compared(turned(*comparison), limit))),
                _ => None,
            },
            Some(Operation::Between(score, low, high)) => {
                number(*low).zip(number(*high)).map(|ends| (*score, vec![ends]))
            }
            Some(Operation::Chosen(choice, places)) => match graph.node(*choice).map(|node| &node.operation) {
                Some(Operation::Band {
                    score,
                    thresholds,
                    otherwise,
                }) => Some((*score, reached(thresholds, *otherwise, places))),
                _ => None,
            },
            _ => None,
        };
        let Some((score, inside)) = told.filter(|(score, _)| self.is_score(*score)) else {
            return Vec::new();
        };
        let ends = if truth { inside } else { outside(inside) };
        ends.into_iter().map(|ends| Needed::score(score, ends)).collect()
    }

    /// Whether a number is made of points.
    fn is_score(&self, node: NodeId) -> bool {
        let operation = self.space.plan().contacts.node(node).map(|node| &node.operation);
        matches!(
            operation,
            Some(
                Operation::Sum(_)
                    | Operation::Clamped { .. }
                    | Operation::Decayed { .. }
                    | Operation::Saturating(..)
                    | Operation::When(..)
                    | Operation::Points(..)
                    | Operation::Times { .. }
                    | Operation::Kept { .. }
            )
        )
    }

    /// A contact with one of these options of which all comes out as wanted.
    fn try_all(&self, chosen: &[Vec<usize>], endless: bool, all: &Question) -> Option<Example> {
        // The ends are tried in every style, what lies between them as it comes.
        let ends = chosen.first().into_iter().chain(chosen.last());
        let styles = self.space.styles(endless);
        let of_ends = ends.flat_map(|chosen| styles.iter().map(|style| self.space.example(chosen, *style)));
        let others = chosen.iter().map(|chosen| self.space.example(chosen, Style::default()));
        let mut examples: Vec<Example> = of_ends.chain(others).collect();
        examples.dedup();
        let trace = self.run(&examples);
        let row = (0..examples.len()).find(|row| all.is_met(&trace, *row))?;
        Some(examples.swap_remove(row))
    }

    /// A choice that keeps something from being decided.
    fn undecided(&self, wanted: &[Wanted], domains: &Domains, loose: &BTreeSet<usize>) -> Option<usize> {
        let left = |choice: &usize| domains.get(*choice).map_or(0, |domain| domain.count_ones());
        let mut choices = loose.clone();
        for (node, truth) in wanted {
            let range = self.bounding.range(*node, domains);
            if allows(range, !*truth) {
                choices.extend(self.space.scope(*node));
            }
        }
        choices
            .into_iter()
            .filter(|choice| left(choice) > 1)
            .max_by_key(|choice| (loose.contains(choice), left(choice)))
    }

    /// The contact without what does not matter to these conditions.
    pub(super) fn smallest(&self, example: Example, all: &Question) -> Example {
        let mut example = self.without_most(example, all);
        let start = self.bounding.work();
        while !self.is_enough(start) {
            let smaller = smaller(&example);
            if smaller.is_empty() {
                return example.united();
            }
            let trace = self.run(&smaller);
            let found = (0..smaller.len())
                .filter(|row| all.is_met(&trace, *row))
                .min_by_key(|row| smaller.get(*row).map(Example::size));
            match found.and_then(|row| smaller.into_iter().nth(row)) {
                Some(next) if next.size() < example.size() => example = next,
                _ => return example.united(),
            }
        }
        example.united()
    }

    /// The contact without many things at once that do not matter: half of them, then a quarter, …
    fn without_most(&self, mut example: Example, all: &Question) -> Example {
        let mut chunk = example.fields.len() + example.events.len();
        let start = self.bounding.work();
        while chunk > 0 && !self.is_enough(start) {
            let things = example.fields.len() + example.events.len();
            let starts = (0..things).step_by(chunk);
            let smaller: Vec<Example> = starts.map(|start| without(&example, start..start + chunk)).collect();
            let trace = self.run(&smaller);
            let found = (0..smaller.len()).find(|row| all.is_met(&trace, *row));
            match found.and_then(|row| smaller.into_iter().nth(row)) {
                Some(next) => example = next,
                None => chunk /= 2,
            }
        }
        example
    }
}

/// The contact without some of its things: its fields come first, then its events.
fn without(example: &Example, left_out: Range<usize>) -> Example {
    let mut fewer = example.clone();
    let mut at = 0;
    let mut stays = || {
        at += 1;
        !left_out.contains(&(at - 1))
    };
    fewer.fields.retain(|_| stays());
    fewer.events.retain(|_| stays());
    fewer
}

/// Contacts with one thing less, or an event of today.
fn smaller(example: &Example) -> Vec<Example> {
    let mut smaller = Vec::new();
    for at in 0..example.fields.len() {
        let mut fewer = example.clone();
        fewer.fields.remove(at);
        smaller.push(fewer);
    }
    for (at, given) in example.events.iter().enumerate() {
        let mut fewer = example.clone();
        fewer.events.remove(at);
        smaller.push(fewer);
        for count in [1, given.count / 2, given.count - 1] {
            if (1..given.count).contains(&count) {
                let mut fewer = example.clone();
                fewer
                    .events
                    .iter_mut()
                    .skip(at)
                    .take(1)
                    .for_each(|given| given.count = count);
                smaller.push(fewer);
            }
        }
        if given.day < example.as_of {
            let mut newer = example.clone();
            newer
                .events
                .iter_mut()
                .skip(at)
                .take(1)
                .for_each(|given| given.day = example.as_of);
            smaller.push(newer);
        }
        for property in 0..given.properties.len() {
            let mut fewer = example.clone();
            fewer.events.iter_mut().skip(at).take(1).for_each(|given| {
                given.properties.remove(property);
            });
            smaller.push(fewer);
        }
    }
    smaller
}

/// The contact with twice as many of the events of which there are many.
fn doubled(example: &Example) -> Example {
    let mut doubled = example.clone();
    let most = doubled.events.iter().map(|given| given.count).max().unwrap_or(0);
    for given in doubled.events.iter_mut().filter(|given| given.count * 2 > most) {
        given.count *= 2;
    }
    doubled
}

/// Whether a number grows with its events, so that it grows without limit.
fn grows(units: i128, doubled: i128, example: &Example) -> bool {
    let many = example.events.iter().any(|given| given.count >= 20);
    many && doubled > units && units > 0 && doubled - units >= units / 2
}

/// Options on the way from some to others.
fn between(from: &[usize], to: &[usize]) -> Vec<Vec<usize>> {
    let apart: Vec<usize> = (0..from.len()).filter(|at| from.get(*at) != to.get(*at)).collect();
    let step = apart.len().div_ceil(12).max(1);
    let mut all = vec![from.to_vec()];
    let mut now = from.to_vec();
    for (done, at) in apart.iter().enumerate() {
        if let (Some(slot), Some(option)) = (now.get_mut(*at), to.get(*at)) {
            *slot = *option;
        }
        if done % step == step - 1 {
            all.push(now.clone());
        }
    }
    all.push(to.to_vec());
    all
}

/// The ends between which a number lies that compares so with a limit.
fn compared(comparison: Comparison, limit: i128) -> Vec<(i128, i128)> {
    vec![match comparison {
        Comparison::Equal => (limit, limit),
        Comparison::Less => (-Needed::ALL, limit - 1),
        Comparison::LessOrEqual => (-Needed::ALL, limit),
        Comparison::Greater => (limit + 1, Needed::ALL),
        Comparison::GreaterOrEqual => (limit, Needed::ALL),
    }]
}

/// The ends between which a score lies that has one of some labels, in order.
fn reached(thresholds: &[(Number, u16)], otherwise: Option<u16>, places: &[u16]) -> Vec<(i128, i128)> {
    let rows = thresholds
        .iter()
        .map(|(limit, label)| (i128::from(limit.units()), Some(*label)));
    let mut above = Needed::ALL;
    let mut ends = Vec::new();
    for (limit, label) in rows.chain([(-Needed::ALL, otherwise)]) {
        if label.is_some_and(|label| places.contains(&label)) {
            ends.push((limit, above));
        }
        above = limit - 1;
    }
    ends.reverse();
    ends
}

/// What lies outside of several ends that stand in order.
fn outside(inside: Vec<(i128, i128)>) -> Vec<(i128, i128)> {
    let mut from = -Needed::ALL;
    let mut ends = Vec::new();
    for (least, most) in inside {
        if from < least {
            ends.push((from, least - 1));
        }
        from = most.saturating_add(1);
    }
    if from <= Needed::ALL {
        ends.push((from, Needed::ALL));
    }
    ends
}

fn turned(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Equal => Comparison::Equal,
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
    }
}

/// The sum of what nodes come to, each with its sign.
fn value(trace: &Trace<'_>, row: usize, nodes: &[(i128, NodeId)]) -> i128 {
    let of = |node: NodeId| match trace.value(node, row) {
        Some(Datum::Number(number)) => i128::from(number.units()),
        _ => 0,
    };
    nodes.iter().map(|(sign, node)| sign * of(*node)).sum()
}

/// So many contacts are made up at random.
const RANDOM: usize = 200;

/// Contacts that try every option of every choice by itself, and some at random, always the same.
pub(super) fn samples(space: &Space<'_>) -> Vec<Example> {
    let all = all_options(space);
    let none: Vec<usize> = vec![0; space.choices.len()];
    let mut samples = vec![space.example(&none, Style::default())];
    for (choice, domain) in all.iter().enumerate() {
        for option in options(*domain).skip(1) {
            let mut chosen = none.clone();
            chosen.iter_mut().skip(choice).take(1).for_each(|slot| *slot = option);
            samples.push(space.example(&chosen, Style::default()));
        }
    }
    let mut seed: u64 = 0x9e37_79b9_7f4a_7c15;
    let styles = space.styles(false);
    for round in 0..RANDOM {
        let chosen: Vec<usize> = all
            .iter()
            .map(|domain| {
                // Half of the contacts have little, so that single rules show.
                let few = round % 2 == 0 && next(&mut seed) % 4 != 0;
                let option = next(&mut seed) % u64::from(domain.count_ones().max(1));
                if few { 0 } else { option as usize }
            })
            .collect();
        let style = styles
            .get(next(&mut seed) as usize % styles.len())
            .copied()
            .unwrap_or_default();
        samples.push(space.example(&chosen, style));
    }
    samples
}

/// Numbers that look random (xorshift, Marsaglia 2003).
fn next(seed: &mut u64) -> u64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed
}
