//! The ends of a number: the greatest that any contact has, and a contact that has it.

use std::collections::BTreeSet;

use crate::model::Operator;
use crate::plan::{Collect, Node, NodeId, Operand, Operation, Shape, SignalId};

use super::question::{Needed, Question, value};
use super::{MOST_PARTS, Search};
use crate::analyze::bound::Bound;
use crate::analyze::bound::possible::{Domains, all_options};
use crate::analyze::example::Example;
use crate::analyze::space::making::Style;
use crate::analyze::space::range::ENDLESS;

/// So many events of a kind show whether a score grows without limit.
const MANY: u64 = 20;

/// An end of what a number can be.
#[derive(Clone, Debug)]
pub(in crate::analyze) struct End {
    /// No contact has more, or less, in ten-thousandths; without limit from [`ENDLESS`] / 2 on.
    pub(in crate::analyze) units: i128,
    /// What is attained, and by whom.
    pub(in crate::analyze) attained: Option<(i128, Example)>,
    /// Whether there surely is no limit.
    pub(in crate::analyze) endless: bool,
}

impl End {
    /// Whether the number that no contact exceeds is attained, or there is surely no limit.
    pub(in crate::analyze) fn is_exact(&self) -> bool {
        self.endless || self.attained.as_ref().is_some_and(|(units, _)| *units == self.units)
    }
}

/// A part of the space.
struct Part {
    domains: Domains,
    bound: Bound,
}

impl Search<'_> {
    /// The end, shown by a contact that has only what it needs.
    pub(in crate::analyze) fn small_end(&self, nodes: &[(i128, NodeId)], start: Option<Example>) -> End {
        let mut end = self.end(nodes, start);
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

    /// Whether no contact has more, as far as the first look tells.
    pub(in crate::analyze) fn is_at_most(&self, nodes: &[(i128, NodeId)], units: i128) -> bool {
        let mut domains = all_options(self.space);
        self.bounding.narrow(&self.always, &mut domains);
        let bound = self.bounding.bound_of(nodes, &self.always, &domains);
        bound.is_none_or(|bound| bound.units <= units)
    }

    /// The greatest number of a node with a sign of 1; the least, as its opposite, with −1. It is looked for from a
    /// contact on that may come near it.
    pub(in crate::analyze) fn end(&self, nodes: &[(i128, NodeId)], start: Option<Example>) -> End {
        if self.is_exhausted() {
            return End {
                units: ENDLESS,
                attained: None,
                endless: false,
            };
        }
        let mut best = start.and_then(|start| self.valued(start, nodes));
        for (row, sample) in self.samples().examples.iter().enumerate() {
            let trace = &self.samples().trace;
            if !Self::is_as_wanted(trace, row, &self.always) {
                continue;
            }
            let units = value(trace, row, nodes);
            if best.as_ref().is_none_or(|(known, _)| *known < units) {
                best = Some((units, sample.clone()));
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

    /// An example with what it comes to, where it is one that is asked about.
    fn valued(&self, example: Example, nodes: &[(i128, NodeId)]) -> Option<(i128, Example)> {
        let trace = self.run(std::slice::from_ref(&example));
        Self::is_as_wanted(&trace, 0, &self.always).then(|| (value(&trace, 0, nodes), example))
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
        let styles = self.space.styles(may_be_endless);
        for style in styles.iter().filter(|style| style.more <= MANY) {
            let example = self.space.example(chosen, *style);
            let Some((units, example)) = self.valued(example, nodes) else {
                continue;
            };
            if may_be_endless && !*endless && self.is_steady(nodes) {
                let times = |times: u64| self.space.example(chosen, Style { times, ..*style });
                let more = [2, 4].map(|often| self.valued(times(often), nodes).map(|(units, _)| units));
                *endless = matches!(more, [Some(twice), Some(again)] if grows([units, twice, again], &example));
            }
            if best.as_ref().is_none_or(|(known, _)| *known < units) {
                *best = Some((units, example));
            }
        }
    }

    /// Whether numbers grow on as they began with ever more events of which nothing tells the count: no condition looks at
    /// a score, a sum or what is calculated, no score is multiplied by another, and nothing fades of which calendar periods count.
    fn is_steady(&self, nodes: &[(i128, NodeId)]) -> bool {
        let plan = self.space.plan();
        let number = |node: &NodeId| matches!(plan.node(*node).map(|node| &node.operation), Some(Operation::Number(_)));
        let grows =
            |operand: &Operand| matches!(operand, Operand::Node(id) if self.space.is_score(*id) || self.is_made(*id));
        let turns = |node: &Node| match &node.operation {
            Operation::Saturating(Operator::Times, one, other) => !number(one) && !number(other),
            Operation::Kept { worth, limits, .. } => {
                self.space.fades(*worth) && self.space.faded(*worth, *limits).is_none()
            }
            operation => node.shape != Shape::Number && operation.operands().iter().any(grows),
        };
        let of_numbers = nodes.iter().map(|(_, node)| *node);
        let all = of_numbers.chain(self.always.iter().map(|(node, _)| *node));
        let mut cone = all.flat_map(|node| self.bounding.cone(node).to_vec());
        !cone.any(|id| plan.node(id).is_some_and(turns))
    }

    /// Whether a number is a sum over events or calculated, so that no count of events tells when it comes to a limit.
    fn is_made(&self, node: NodeId) -> bool {
        let plan = self.space.plan();
        let collect = |signal: SignalId| plan.signal(signal).map(|signal| signal.collect);
        let cone = self.bounding.cone(node);
        let mut operations = cone.iter().filter_map(|id| Some(&plan.node(*id)?.operation));
        operations.any(|operation| match operation {
            Operation::Collected(signal) => matches!(collect(*signal), Some(Collect::Sum(_))),
            operation => matches!(operation, Operation::Arithmetic(..)),
        })
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
}

/// Whether a number grows with its events, so often as once, twice and four times as many, by the same for each: then it
/// grows without limit. (Rounding takes or gives less than this.)
fn grows([once, twice, again]: [i128; 3], example: &Example) -> bool {
    const ROUNDED: u128 = 10;
    let events: u64 = example.events.iter().map(|given| given.count).sum();
    let (first, second) = (twice - once, again - twice);
    events >= MANY && first > 0 && second.abs_diff(2 * first) < ROUNDED && once > 0
}
