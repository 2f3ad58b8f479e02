//! Literals: conditions taken apart into those that must come out in one way, and the ways of a disjunction.

use std::collections::HashSet;

use crate::plan::{NodeId, Operation};

use super::question::Question;
use super::{MOST_ASKED, Search};
use crate::analyze::bound::Wanted;

impl Search<'_> {
    /// Conditions taken apart as far as all parts must come out in one way; `None` where they cannot.
    pub(in crate::analyze) fn literals(&self, wanted: &[Wanted]) -> Option<Vec<Wanted>> {
        let mut literals: HashSet<Wanted> = HashSet::new();
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
                    literals.insert((node, truth));
                }
            }
        }
        let mut literals: Vec<Wanted> = literals.into_iter().collect();
        literals.sort_unstable();
        Some(literals)
    }

    /// The ways in which a disjunction among conditions can come out as wanted: one of its parts. What has the fewest
    /// parts that the others allow comes first.
    pub(in crate::analyze) fn ways(&self, literals: &[Wanted]) -> Option<Vec<Vec<Wanted>>> {
        let nodes = &self.space.plan().contacts;
        let others = |at: usize| {
            let numbered = literals.iter().enumerate();
            numbered
                .filter(move |(place, _)| *place != at)
                .map(|(_, wanted)| *wanted)
        };
        let disjunctions = literals.iter().enumerate().filter_map(|(at, (node, truth))| {
            let parts: &[NodeId] = match nodes.node(*node).map(|node| &node.operation) {
                Some(Operation::Any(many)) if *truth => many,
                Some(Operation::All(many)) if !*truth => many,
                _ => return None,
            };
            let is_allowed = |part: &&NodeId| literals.binary_search(&(**part, !*truth)).is_err();
            let allowed: Vec<NodeId> = parts.iter().filter(is_allowed).copied().collect();
            Some((at, *truth, allowed))
        });
        let (at, truth, parts) = disjunctions.min_by_key(|(_, _, parts)| parts.len())?;
        let way = |part: NodeId| others(at).chain([(part, truth)]).collect();
        Some(parts.into_iter().map(way).collect())
    }

    /// Whether the first look at all conditions together, none taken apart, tells that no contact is asked for.
    pub(in crate::analyze) fn is_barred(&self, question: &Question) -> bool {
        let literals = self.literals(&question.truths);
        literals.is_none_or(|literals| {
            let (wanted, domains) = self.narrowed(&literals);
            self.outlook(&wanted, &question.scores, &domains).is_none()
        })
    }

    /// Whether the first look tells that no contact is asked for.
    pub(in crate::analyze) fn is_ruled_out(&self, question: &Question) -> bool {
        let mut open = vec![question.truths.clone()];
        let mut asked = 0;
        while let Some(wanted) = open.pop() {
            asked += 1;
            let Some(literals) = self.literals(&wanted) else {
                continue;
            };
            match self.ways(&literals) {
                _ if asked > MOST_ASKED => return false,
                Some(ways) => open.extend(ways),
                None => {
                    let (wanted, domains) = self.narrowed(&literals);
                    if self.outlook(&wanted, &question.scores, &domains).is_some() {
                        return false;
                    }
                }
            }
        }
        true
    }

    /// Whether two conditions surely come out alike for every contact.
    pub(in crate::analyze) fn are_alike(&self, one: NodeId, other: NodeId) -> bool {
        let mut unlike = self
            .samples()
            .that(|trace, row| trace.holds(one, row) != trace.holds(other, row));
        let never = |of_one: bool| self.is_ruled_out(&Question::of([(one, of_one), (other, !of_one)]));
        one == other || !self.is_exhausted() && unlike.next().is_none() && never(true) && never(false)
    }
}
