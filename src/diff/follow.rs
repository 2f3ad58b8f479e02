//! Which contacts each change moves: what the results of both runs must keep for that, and what is counted of it.

use std::collections::HashSet;

use crate::model::{Labelled, Model, ScoreId, Term};
use crate::number::Number;
use crate::plan::{NodeId, Plan};

use super::results::Results;
use super::structure::{Change, Pair, Reach, Section, Structure, Subject};

/// What the results of the two runs must keep, so that it can be told which contacts each change moves.
#[derive(Clone, Debug, Default)]
pub struct Followed {
    /// Numbers that the plan of the old model [keeps](Plan::keeping).
    pub old: Vec<NodeId>,
    /// Numbers that the plan of the new model keeps.
    pub new: Vec<NodeId>,
    /// Changes of what gives points, by their places, with the numbers of each side.
    gives: Vec<(usize, Pair<Gives>)>,
}

/// What something gave: a number that is kept, less others, by their places.
#[derive(Clone, Debug)]
struct Gives {
    plus: usize,
    minus: Vec<usize>,
}

/// Each takes memory for every contact; whoever changes more rules at once looks at the contacts first.
const MOST_FOLLOWED: usize = 40;

impl Followed {
    /// Follows the changes of what gives points, the first forty of them. The plans are those of the two models, of which
    /// the new one is given besides.
    pub fn new(structure: &Structure, old: &Plan, new: &Plan, model: &Model) -> Followed {
        let mut followed = Followed::default();
        let formula = formula_of_score(structure, model);
        for (at, change) in structure.changes.iter().enumerate() {
            if followed.gives.len() == MOST_FOLLOWED {
                break;
            }
            let nodes = |plan: &Plan, place: Option<(usize, usize)>| match formula == Some(at) {
                true => made_of_blocks(plan),
                false => nodes(plan, change.subject, place?),
            };
            let (of_old, of_new) = (nodes(old, change.places.old), nodes(new, change.places.new));
            let pair = Pair {
                old: of_old.map(|nodes| keep(&mut followed.old, &nodes)),
                new: of_new.map(|nodes| keep(&mut followed.new, &nodes)),
            };
            if pair.old.is_some() || pair.new.is_some() {
                followed.gives.push((at, pair));
            }
        }
        followed
    }

    /// Tells of each change which contacts it moves by itself; and returns what else moves them, so that all points
    /// add up to those that the contacts gain and lose.
    pub(super) fn tell(&self, changes: &mut [Change], old: &Results<'_>, new: &Results<'_>) -> Reach {
        let mut rest = moves(old, new);
        for (at, pair) in &self.gives {
            let points = points_moved(pair, old, new);
            for (rest, moved) in rest.iter_mut().zip(&points) {
                *rest -= moved;
            }
            if let Some(change) = changes.get_mut(*at) {
                change.reach = Some(points_reach(&points, old, new));
            }
        }
        for change in changes {
            match (change.subject, &change.section) {
                (Subject::Band, Section::Scores) => change.reach = Some(band_reach(change, old, new)),
                (Subject::Exclusion, _) => change.reach = Some(exclusion_reach(change, old, new)),
                _ => {}
            }
        }
        points_reach(&rest, old, new)
    }
}

/// A number, and those whose difference from it is what something gave; `None` for what gives no points.
fn nodes(plan: &Plan, subject: Subject, place: (usize, usize)) -> Option<(NodeId, Vec<NodeId>)> {
    let block = plan.blocks.get(place.0);
    match subject {
        Subject::Rule | Subject::Table => Some((block?.rules.get(place.1)?.points, Vec::new())),
        Subject::Decay => block.map(|block| (block.decayed, vec![block.behaviour])),
        Subject::Block => block.map(|block| (block.value, vec![block.sum])),
        _ => None,
    }
}

/// The score and the blocks, from whose sum it differs by what a formula makes of them; `None` for more blocks than are
/// followed.
fn made_of_blocks(plan: &Plan) -> Option<(NodeId, Vec<NodeId>)> {
    let blocks = plan.blocks.iter().map(|block| block.value);
    (plan.blocks.len() <= MOST_FOLLOWED).then(|| (plan.overall, blocks.collect()))
}

/// The place of the change that makes something else of the points of the blocks: that of the overall score, or else that
/// of a formula of which it is made, where it is the only one.
fn formula_of_score(structure: &Structure, new: &Model) -> Option<usize> {
    let is_of_score = |change: &Change| change.subject == Subject::Score;
    let of_score = structure.changes.iter().position(is_of_score);
    let formulas = || {
        let used = formulas_in_score(new);
        let is_used = |change: &Change| {
            let place = change.places.new.map(|(_, at)| at);
            change.subject == Subject::Formula && place.is_some_and(|at| used.contains(&at))
        };
        let mut changed = (structure.changes.iter().enumerate()).filter(|(_, change)| is_used(change));
        match (changed.next(), changed.next()) {
            (Some((only, _)), None) => Some(only),
            _ => None,
        }
    };
    of_score.or_else(formulas)
}

/// The places of the formulas of which the overall score is made.
fn formulas_in_score(model: &Model) -> HashSet<usize> {
    let mut used = HashSet::new();
    let mut waiting: Vec<&Term> = model.overall.term.iter().collect();
    while let Some(term) = waiting.pop() {
        match term {
            Term::Score(ScoreId::Formula(id)) if used.insert(id.index()) => {
                waiting.extend(model.formulas.get(id.index()).map(|formula| &formula.term));
            }
            Term::Score(_) | Term::Number(_) => {}
            Term::Negate(inner) => waiting.push(inner),
            Term::Arithmetic(first, rest) => {
                waiting.push(first);
                waiting.extend(rest.iter().map(|(_, term)| term));
            }
        }
    }
    used
}

fn keep(kept: &mut Vec<NodeId>, (plus, minus): &(NodeId, Vec<NodeId>)) -> Gives {
    let mut place = |node: &NodeId| {
        kept.push(*node);
        kept.len() - 1
    };
    Gives {
        plus: place(plus),
        minus: minus.iter().map(place).collect(),
    }
}

/// By how much the score of each contact changes, in ten-thousandths; not at all for one that is excluded.
fn moves(old: &Results<'_>, new: &Results<'_>) -> Vec<i128> {
    let units = |results: &Results<'_>, row: usize| results.score(row).map(|score| i128::from(score.units()));
    let moves = (0..old.len()).map(|row| Some(units(new, row)? - units(old, row)?));
    moves.map(Option::unwrap_or_default).collect()
}

/// By how much what something gives each contact changes, in ten-thousandths; not at all for one that is excluded.
fn points_moved(pair: &Pair<Gives>, old: &Results<'_>, new: &Results<'_>) -> Vec<i128> {
    let of_old = pair.old.as_ref().map(|gives| Given::new(gives, old));
    let of_new = pair.new.as_ref().map(|gives| Given::new(gives, new));
    let points = |given: &Option<Given<'_>>, row: usize| given.as_ref().map_or(0, |given| given.points(row));
    let moved = (0..old.len()).map(|row| match old.is_excluded(row) || new.is_excluded(row) {
        true => 0,
        false => points(&of_new, row) - points(&of_old, row),
    });
    moved.collect()
}

fn points_reach(points: &[i128], old: &Results<'_>, new: &Results<'_>) -> Reach {
    let mut reach = Reach::default();
    for (row, _) in points.iter().enumerate().filter(|(_, points)| **points != 0) {
        reach.contacts += 1;
        reach.bands += usize::from(old.label(row) != new.label(row));
    }
    reach.points = Number::saturating_from_units(points.iter().sum());
    reach
}

/// What something gave each contact, in ten-thousandths.
struct Given<'a> {
    plus: &'a [i64],
    minus: Vec<&'a [i64]>,
}

impl<'a> Given<'a> {
    fn new(gives: &Gives, results: &Results<'a>) -> Given<'a> {
        Given {
            plus: results.kept(gives.plus),
            minus: gives.minus.iter().map(|place| results.kept(*place)).collect(),
        }
    }

    fn points(&self, row: usize) -> i128 {
        let at = |numbers: &[i64]| i128::from(numbers.get(row).copied().unwrap_or_default());
        at(self.plus) - self.minus.iter().map(|numbers| at(numbers)).sum::<i128>()
    }
}

/// A threshold moves the contacts that, at their new score, would have its band by the old thresholds, or have it, and
/// not both.
fn band_reach(change: &Change, old: &Results<'_>, new: &Results<'_>) -> Reach {
    let of = Labelled::Band;
    let label = |results: &Results<'_>, place: Option<(usize, usize)>| {
        let (_, at) = place?;
        results.model().labels(of).get(at).map(|label| (*label).to_owned())
    };
    let (was, is) = (label(old, change.places.old), label(new, change.places.new));
    let moved = (0..old.len()).filter(|row| {
        let Some(score) = new.score(*row) else { return false };
        let (before, after) = (old.label_of(score), new.label(*row));
        let is_its = (was.is_some() && before == was.as_deref()) || (is.is_some() && after == is.as_deref());
        before != after && is_its
    });
    let mut reach = Reach::default();
    for row in moved {
        reach.contacts += 1;
        reach.bands += usize::from(old.label(row) != new.label(row));
    }
    reach
}

/// An exclusion moves the contacts that it takes out and the others didn't, and those that it took out and that are in.
fn exclusion_reach(change: &Change, old: &Results<'_>, new: &Results<'_>) -> Reach {
    let place = |place: Option<(usize, usize)>| place.map(|(_, at)| at);
    let (was, is) = (place(change.places.old), place(change.places.new));
    let moved = (0..old.len()).filter(|row| match (old.exclusion(*row), new.exclusion(*row)) {
        (None, Some(by)) => is == Some(by),
        (Some(by), None) => was == Some(by),
        (None, None) | (Some(_), Some(_)) => false,
    });
    let contacts = moved.count();
    Reach {
        contacts,
        bands: contacts,
        points: Number::ZERO,
    }
}
