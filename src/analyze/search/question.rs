//! Questions: conditions that come out as wanted, and scores that lie between two ends.

use crate::model::Comparison;
use crate::number::Number;
use crate::plan::{Collect, NodeId, Operation, SignalId};
use crate::score::{Datum, Trace};

use crate::analyze::bound::Wanted;
use crate::analyze::space::Space;
use crate::analyze::space::range::ENDLESS;

/// What is asked for of a contact.
#[derive(Clone, Debug, Default)]
pub(in crate::analyze) struct Question {
    /// Conditions that come out as wanted.
    pub(in crate::analyze) truths: Vec<Wanted>,
    /// Scores that lie between two ends, both included.
    pub(in crate::analyze) scores: Vec<Needed>,
}

/// A sum of scores, each with a sign, and the ends between which it has to lie, in ten-thousandths.
#[derive(Clone, Debug)]
pub(in crate::analyze) struct Needed {
    /// The scores.
    pub(in crate::analyze) of: Vec<(i128, NodeId)>,
    /// The least.
    pub(in crate::analyze) least: i128,
    /// The greatest.
    pub(in crate::analyze) most: i128,
}

impl Needed {
    /// No score lies outside.
    pub(in crate::analyze) const ALL: i128 = ENDLESS << 4;

    /// What is needed of scores, and this besides: of one score once. `None` where nothing can be both.
    pub(in crate::analyze) fn besides(&self, scores: &[Needed]) -> Option<Vec<Needed>> {
        let mut all = scores.to_vec();
        match all.iter_mut().find(|known| known.of == self.of) {
            Some(known) => {
                (known.least, known.most) = (known.least.max(self.least), known.most.min(self.most));
                (known.least <= known.most).then_some(all)
            }
            None => {
                all.push(self.clone());
                Some(all)
            }
        }
    }

    /// One score that has to lie between two ends.
    pub(in crate::analyze) fn score(score: NodeId, (least, most): (i128, i128)) -> Needed {
        Needed {
            of: vec![(1, score)],
            least,
            most,
        }
    }
}

impl Question {
    /// Conditions that come out as wanted.
    pub(in crate::analyze) fn of(truths: impl IntoIterator<Item = Wanted>) -> Question {
        Question {
            truths: truths.into_iter().collect(),
            scores: Vec::new(),
        }
    }

    /// Whether a contact that was run is what is asked for.
    pub(in crate::analyze) fn is_met(&self, trace: &Trace<'_>, row: usize) -> bool {
        let is_between = |needed: &Needed| {
            let units = value(trace, row, &needed.of);
            needed.least <= units && units <= needed.most
        };
        let mut truths = self.truths.iter();
        truths.all(|(node, truth)| trace.holds(*node, row) == Some(*truth)) && self.scores.iter().all(is_between)
    }
}

impl Space<'_> {
    /// The ends between which a score has to lie, for a condition that looks at one: one pair or another.
    pub(in crate::analyze) fn needed(&self, (node, truth): Wanted) -> Vec<Needed> {
        let graph = &self.plan().contacts;
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
    pub(in crate::analyze) fn is_score(&self, node: NodeId) -> bool {
        let worth = |signal: SignalId| self.plan().signal(signal).map(|signal| signal.collect);
        match self.plan().node(node).map(|node| &node.operation) {
            Some(
                Operation::Sum(_)
                | Operation::Clamped { .. }
                | Operation::Decayed { .. }
                | Operation::Saturating(..)
                | Operation::When(..)
                | Operation::Points(..)
                | Operation::Times { .. }
                | Operation::Kept { .. },
            ) => true,
            Some(Operation::Collected(signal)) => matches!(worth(*signal), Some(Collect::Worth(_))),
            // All others are made of data.
            _ => false,
        }
    }
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
    let mut ends: Vec<(i128, i128)> = Vec::new();
    for (limit, label) in rows.chain([(-Needed::ALL, otherwise)]) {
        if label.is_some_and(|label| places.contains(&label)) {
            match ends.last_mut() {
                Some((from, _)) if *from == above + 1 => *from = limit,
                Some(_) | None => ends.push((limit, above)),
            }
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
pub(in crate::analyze) fn value(trace: &Trace<'_>, row: usize, nodes: &[(i128, NodeId)]) -> i128 {
    let of = |node: NodeId| match trace.value(node, row) {
        Some(Datum::Number(number)) => i128::from(number.units()),
        _ => 0,
    };
    nodes.iter().map(|(sign, node)| sign * of(*node)).sum()
}
