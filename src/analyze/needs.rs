//! What bands need: the fewest rules that bring a contact there, and those without which none gets there.
//!
//! A contact comes to a band by a *way*: the rules that raise the score and apply to it. Rules without all of which no
//! contact comes there are a *barrier*. Each way has a rule of each barrier, so that the ways that are known say which
//! barriers there can be, and the barriers how short a way can be (implicit hitting sets: Moreno-Centeno and Karp 2013).

use std::collections::HashSet;

use crate::model::Model;
use crate::number::Number;
use crate::plan::{NodeId, Plan};
use crate::score::Trace;

use super::days::days_that_matter;
use super::hitting::{Places, hitting, smallest};
use super::raising::{RuleOrRow, probed, raising};
use super::search::question::{Needed, Question};
use super::search::{Answer, Search};
use super::space::Space;

/// A barrier that is told has at most so many rules.
const MOST_IN_BARRIER: usize = 3;

/// So many questions are asked for each band.
const MOST_QUESTIONS: usize = 150;

/// What a contact needs to come to a band, or above it.
#[derive(Clone, Debug)]
pub struct Needs<'m> {
    /// Rules that together bring a contact there, with nothing else that raises the score.
    pub with: Vec<RuleOrRow<'m>>,
    /// Whether no contact comes there with fewer of them.
    pub are_fewest: bool,
    /// Rules of which every contact that comes there has one at least; few of each, and not all such.
    pub always: Vec<Vec<RuleOrRow<'m>>>,
}

/// What each band of the overall score needs, in the order of the file; `None` where that is not known, and for bands
/// without a threshold.
pub fn needs(model: &Model) -> Vec<Option<Needs<'_>>> {
    let days = days_that_matter(&[model]);
    let bands = &model.overall.bands;
    if !days.are_all {
        return bands.iter().map(|_| None).collect();
    }
    let probed = probed(model);
    let plan = Plan::new(&probed);
    let days: Vec<_> = days.days.iter().map(|day| plan.on(*day)).collect();
    let spaces: Vec<Space<'_>> = days.iter().map(|day| Space::new(&probed, day)).collect();
    let not_excluded = plan.exclusions.iter().map(|exclusion| (exclusion.node, false));
    let not_excluded: Vec<_> = not_excluded.collect();
    let searches: Vec<Search<'_>> = spaces
        .iter()
        .map(|space| Search::new(space, not_excluded.clone()))
        .collect();
    let asking = Asking {
        overall: plan.overall,
        raising: spaces
            .first()
            .map_or_else(Vec::new, |space| raising(model, &plan, space)),
        searches,
    };
    let needs = bands.iter().map(|band| asking.needs(band.threshold?));
    needs.collect()
}

/// Asks what the bands of a model take, on all days.
struct Asking<'a, 'm> {
    overall: NodeId,
    /// What raises the score, with its condition.
    raising: Vec<(RuleOrRow<'m>, NodeId)>,
    /// A search for each day.
    searches: Vec<Search<'a>>,
}

/// Whether a band is reached without some of what raises the score.
enum Reached {
    /// By a contact.
    Yes,
    /// By none.
    Never,
    /// It is not decided.
    Unknown,
}

/// What is known of the ways to a band.
struct Known {
    /// The least score.
    least: i128,
    ways: Vec<Places>,
    barriers: Vec<Places>,
    /// So many questions are left.
    left: usize,
}

impl<'m> Asking<'_, 'm> {
    /// What a band needs that begins at a score.
    fn needs(&self, least: Number) -> Option<Needs<'m>> {
        let mut known = Known {
            least: i128::from(least.units()),
            ways: Vec::new(),
            barriers: Vec::new(),
            left: MOST_QUESTIONS,
        };
        let Reached::Yes = self.ask(&Places::new(), &mut known) else {
            return None;
        };
        self.find_barriers(&mut known);
        let always = known.barriers.iter().map(|barrier| self.raising_at(barrier)).collect();
        let are_fewest = self.find_shortest(&mut known);
        let with = known.ways.iter().min_by_key(|way| way.len())?;
        Some(Needs {
            with: self.raising_at(with),
            are_fewest,
            always,
        })
    }

    fn raising_at(&self, places: &Places) -> Vec<RuleOrRow<'m>> {
        let some = places.iter().filter_map(|place| self.raising.get(*place));
        some.map(|(one, _)| *one).collect()
    }

    /// Finds all barriers of few rules, as far as questions are left.
    fn find_barriers(&self, known: &mut Known) {
        let mut asked = HashSet::new();
        loop {
            let (possible, _) = hitting(&known.ways, MOST_IN_BARRIER);
            let Some(next) = possible.into_iter().find(|some| !asked.contains(some)) else {
                return;
            };
            if known.left == 0 {
                return;
            }
            self.ask(&next, known);
            asked.insert(next);
        }
    }

    /// Finds a way than which none is shorter; tells whether it is sure that there is none.
    fn find_shortest(&self, known: &mut Known) -> bool {
        let all: Places = (0..self.raising.len()).collect();
        loop {
            let shortest = known.ways.iter().map(Places::len).min();
            let Some(possible) = smallest(&known.barriers) else {
                return false;
            };
            if shortest.is_some_and(|shortest| shortest <= possible.len()) {
                return true;
            }
            if known.left == 0 {
                return false;
            }
            match self.ask(&(&all - &possible), known) {
                Reached::Yes => {}
                Reached::Never => self.find_smaller_barrier(&possible, &all, known),
                Reached::Unknown => return false,
            }
        }
    }

    /// Finds a barrier that has none of these rules and as few of the others as can be.
    fn find_smaller_barrier(&self, without: &Places, all: &Places, known: &mut Known) {
        while known.left > 0 {
            let mut others = without.clone();
            for place in all {
                others.insert(*place);
                if known.ways.iter().any(|way| way.is_subset(&others)) && !without.contains(place) {
                    others.remove(place);
                }
            }
            match self.ask(&(all - &others), known) {
                Reached::Yes => {}
                Reached::Never | Reached::Unknown => return,
            }
        }
    }

    /// What raises the score of a contact that was run.
    fn way(&self, trace: &Trace<'_>) -> Places {
        let numbered = self.raising.iter().enumerate();
        let applying = numbered.filter(|(_, (_, condition))| trace.holds(*condition, 0) == Some(true));
        applying.map(|(place, _)| place).collect()
    }

    /// Whether a contact reaches a band without some of what raises the score, on any day.
    fn ask(&self, without: &Places, known: &mut Known) -> Reached {
        known.left = known.left.saturating_sub(1);
        let failing = without.iter().filter_map(|place| self.raising.get(*place));
        let question = Question {
            truths: failing.map(|(_, condition)| (*condition, false)).collect(),
            scores: vec![Needed::score(self.overall, (known.least, Needed::ALL))],
        };
        let mut is_sure = true;
        for search in &self.searches {
            if search.is_barred(&question) {
                continue;
            }
            match search.find_small(&question) {
                Answer::Yes(example) => {
                    known.ways.push(self.way(&search.run(&[example])));
                    return Reached::Yes;
                }
                Answer::No => {}
                Answer::Unknown => is_sure = false,
            }
        }
        if !is_sure {
            return Reached::Unknown;
        }
        known.barriers.retain(|barrier| !barrier.is_superset(without));
        known.barriers.push(without.clone());
        Reached::Never
    }
}
