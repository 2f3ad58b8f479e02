//! Searches the space of all contacts: for the greatest and least of a number, and for a contact of which some
//! conditions come out as wanted.
//!
//! What is attained is attained by an example that the engine has scored; what is ruled out is ruled out by a bound. The
//! search splits the options of one choice after the other, the most promising part first, until both meet or the work
//! is enough.

pub(in crate::analyze) mod ends;
pub(in crate::analyze) mod literals;
pub(in crate::analyze) mod question;
pub(in crate::analyze) mod samples;
pub(in crate::analyze) mod shrink;

use std::cell::{Cell, OnceCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use crate::plan::NodeId;
use crate::score::Trace;

use self::question::{Needed, Question};
use self::samples::Samples;
use crate::analyze::bound::possible::{Domains, all_options};
use crate::analyze::bound::{Bounding, Wanted, allows};
use crate::analyze::example::Example;
use crate::analyze::space::Space;
use crate::analyze::space::making::Style;
use crate::analyze::space::range::ENDLESS;

/// So many numbers are looked at to answer one question.
const MOST_WORK: u64 = 400_000;

/// So many numbers are looked at for all questions of a search together; after that, only the first look counts.
const MOST_WORK_OF_ALL: u64 = 20_000_000;

/// So many contacts are made smaller to find a small one.
const STARTS: usize = 4;

/// An event that is scored is as much work as so many numbers.
const WORK_OF_EVENT: u64 = 40;

/// Contacts are scored together until they have so many events.
const MOST_AT_ONCE: usize = 5_000;

/// So many parts of a question with disjunctions are looked at.
const MOST_ASKED: usize = 256;

/// So many times a question is taken apart at a disjunction, those included of which nothing is left.
const MOST_TAKEN_APART: usize = 4_000;

/// So many combinations of ends between which scores have to lie.
const MOST_WAYS: usize = 64;

/// So many parts of the space are looked at to answer one question.
pub(in crate::analyze) const MOST_PARTS: usize = 16;

/// Whether there is a contact of which conditions come out as wanted.
#[derive(Clone, Debug)]
pub(in crate::analyze) enum Answer {
    /// This one.
    Yes(Example),
    /// None.
    No,
    /// The work was too much, or something is opaque.
    Unknown,
}

/// Searches a space.
pub(in crate::analyze) struct Search<'a> {
    pub(in crate::analyze) bounding: Bounding<'a>,
    pub(in crate::analyze) space: &'a Space<'a>,
    samples: Rc<OnceCell<Samples<'a>>>,
    /// What must hold of every contact that is asked about.
    pub(in crate::analyze) always: Vec<Wanted>,
    /// How much work a question is worth.
    patience: Cell<u64>,
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

impl<'a> Search<'a> {
    /// A search among contacts of which these conditions come out as wanted.
    pub(in crate::analyze) fn new(space: &'a Space<'a>, always: Vec<Wanted>) -> Search<'a> {
        Search::with(space, Rc::default(), always)
    }

    /// A search among other contacts, which begins with the same samples.
    pub(in crate::analyze) fn among(&self, always: Vec<Wanted>) -> Search<'a> {
        Search::with(self.space, Rc::clone(&self.samples), always)
    }

    fn with(space: &'a Space<'a>, samples: Rc<OnceCell<Samples<'a>>>, always: Vec<Wanted>) -> Search<'a> {
        let mut search = Search {
            bounding: Bounding::new(space),
            space,
            samples,
            always: Vec::new(),
            patience: Cell::new(MOST_WORK),
        };
        search.always = search.literals(&always).unwrap_or(always);
        search
    }

    /// Contacts that try everything once, made when they are first asked for.
    pub(in crate::analyze) fn samples(&self) -> &Samples<'a> {
        self.samples.get_or_init(|| Samples::new(self.space))
    }

    /// Whether conditions come out as wanted for a contact that was run.
    pub(in crate::analyze) fn is_as_wanted(trace: &Trace<'_>, row: usize, wanted: &[Wanted]) -> bool {
        wanted
            .iter()
            .all(|(node, truth)| trace.holds(*node, row) == Some(*truth))
    }

    /// Whether enough was done for a question that began with so much work done.
    pub(in crate::analyze) fn is_enough(&self, start: u64) -> bool {
        let work = self.bounding.work();
        work - start > self.patience.get() || work > MOST_WORK_OF_ALL
    }

    /// As [`find_small`](Self::find_small), but gives up early.
    pub(in crate::analyze) fn find_small_quickly(&self, question: &Question) -> Answer {
        self.patience.set(MOST_WORK / 20);
        let answer = self.find_small(question);
        self.patience.set(MOST_WORK);
        answer
    }

    /// Whether so much was done for all questions that none is looked at any more.
    pub(in crate::analyze) fn is_exhausted(&self) -> bool {
        self.bounding.work() > 2 * MOST_WORK_OF_ALL
    }

    /// What some examples come to.
    pub(in crate::analyze) fn run(&self, examples: &[Example]) -> Trace<'a> {
        let events = examples.iter().flat_map(|example| &example.events);
        let events: u64 = events.map(|given| given.count).sum();
        let steps = self.space.plan().steps.len() as u64;
        self.bounding
            .spend(examples.len() as u64 * steps + events * WORK_OF_EVENT);
        self.space.run(examples).1
    }

    pub(in crate::analyze) fn split(&self, domains: &Domains, choice: usize, chosen: &[usize]) -> [Domains; 2] {
        let bit = 1u128 << chosen.get(choice).copied().unwrap_or(0).min(127);
        let [mut with, mut without] = [domains.clone(), domains.clone()];
        let domain = domains.get(choice).copied().unwrap_or(0);
        let bit = if domain & bit == 0 {
            domain & domain.wrapping_neg()
        } else {
            bit
        };
        if let Some((with, without)) = with.get_mut(choice).zip(without.get_mut(choice)) {
            (*with, *without) = (bit, *without & !bit);
        }
        [with, without]
    }

    /// Whether there is a contact that is asked for, and one that has only what it needs.
    pub(in crate::analyze) fn find_small(&self, question: &Question) -> Answer {
        let all = Question {
            truths: self.always.iter().chain(&question.truths).copied().collect(),
            scores: question.scores.clone(),
        };
        let found = match self.find(question) {
            Answer::Yes(found) => found,
            answer => return answer,
        };
        let mut starts: Vec<&Example> = self.samples().that(|trace, row| all.is_met(trace, row)).collect();
        starts.sort_by_key(|sample| sample.size());
        // What is smallest at first need not be smallest in the end.
        let starts = starts.into_iter().take(STARTS).chain([&found]);
        let small = starts
            .map(|example| self.smallest(example.clone(), &all))
            .min_by_key(Example::size);
        Answer::Yes(small.unwrap_or(found))
    }

    /// Whether there is a contact that is asked for.
    pub(in crate::analyze) fn find(&self, question: &Question) -> Answer {
        let all = Question {
            truths: self.always.iter().chain(&question.truths).copied().collect(),
            scores: question.scores.clone(),
        };
        if self.samples.get().is_none() {
            if self.is_exhausted() {
                return Answer::Unknown;
            }
            if self.is_ruled_out(question) {
                return Answer::No;
            }
        }
        let samples = self.samples().that(|trace, row| all.is_met(trace, row));
        if let Some(sample) = samples.min_by_key(|sample| sample.size()) {
            return Answer::Yes(sample.clone());
        }
        // A disjunction is as many questions as it has parts.
        let mut open = vec![question.truths.clone()];
        let (mut unknown, mut asked, mut taken_apart) = (0, 0, 0);
        while let Some(question) = open.pop() {
            taken_apart += 1;
            if taken_apart > MOST_TAKEN_APART {
                return Answer::Unknown;
            }
            let Some(literals) = self.literals(&question) else {
                continue;
            };
            if let Some(ways) = self.ways(&literals) {
                open.extend(ways);
                continue;
            }
            asked += 1;
            if asked > MOST_ASKED || unknown > MOST_PARTS || self.is_exhausted() {
                return Answer::Unknown;
            }
            match self.find_together(&literals, &all) {
                Answer::Yes(example) => return Answer::Yes(example),
                Answer::No => {}
                Answer::Unknown => unknown += 1,
            }
        }
        if unknown > 0 { Answer::Unknown } else { Answer::No }
    }

    /// What is wanted of a contact that is asked about besides these literals, and the options that it leaves.
    fn narrowed(&self, literals: &[Wanted]) -> (Vec<Wanted>, Domains) {
        let mut wanted: Vec<Wanted> = self.always.iter().chain(literals).copied().collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut domains = all_options(self.space);
        // No single choice decides a score; what it needs is bounded later.
        let of_no_score = wanted.iter().filter(|wanted| self.space.needed(**wanted).is_empty());
        self.bounding
            .narrow(&of_no_score.copied().collect::<Vec<_>>(), &mut domains);
        (wanted, domains)
    }

    /// Whether there is a contact that is asked for, of which these literals come out as wanted.
    fn find_together(&self, literals: &[Wanted], all: &Question) -> Answer {
        let (wanted, domains) = self.narrowed(literals);
        let told = wanted
            .iter()
            .map(|wanted| self.needed(*wanted))
            .filter(|alternatives| !alternatives.is_empty());
        let mut scores: Vec<Vec<Needed>> = vec![all.scores.clone()];
        // What is left out may be where the contact is.
        let mut unknown = false;
        for alternatives in told {
            let with = |scores: &Vec<Needed>| {
                let each = alternatives.iter().filter_map(|needed| needed.besides(scores));
                each.collect::<Vec<_>>()
            };
            let mut ways = scores.iter().flat_map(with);
            let few = ways.by_ref().take(MOST_WAYS).collect();
            unknown |= ways.next().is_some();
            scores = few;
        }
        let (start, mut seen) = (self.bounding.work(), 0);
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

    /// What a condition that looks at a score needs of it, or of another that always has the same value.
    fn needed(&self, wanted: Wanted) -> Vec<Needed> {
        let mut alternatives = self.space.needed(wanted);
        let nodes = alternatives.iter_mut().flat_map(|needed| &mut needed.of);
        nodes.for_each(|(_, node)| *node = self.bounding.first_of_same(*node));
        alternatives
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
            if !self
                .bounding
                .may_lie_between(&needed.of, (needed.least, needed.most), domains)
            {
                return None;
            }
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

    /// A contact with one of these options of which all comes out as wanted.
    fn try_all(&self, chosen: &[Vec<usize>], endless: bool, all: &Question) -> Option<Example> {
        // The ends are tried in every style, what lies between them as it comes.
        let ends = chosen.first().into_iter().chain(chosen.last());
        let styles = self.space.styles(endless);
        let of_ends = ends.flat_map(|chosen| styles.iter().map(|style| self.space.example(chosen, *style)));
        let others = chosen.iter().map(|chosen| self.space.example(chosen, Style::default()));
        let mut examples = of_ends.chain(others).peekable();
        while examples.peek().is_some() {
            let (mut few, mut events) = (Vec::new(), 0);
            while events < MOST_AT_ONCE
                && let Some(example) = examples.next()
            {
                events += example.events.len();
                few.push(example);
            }
            few.dedup();
            let trace = self.run(&few);
            if let Some(row) = (0..few.len()).find(|row| all.is_met(&trace, *row)) {
                return Some(few.swap_remove(row));
            }
        }
        None
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
