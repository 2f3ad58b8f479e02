//! Tables of what nodes come to: a number, or whether it can be at all, for all options of the choices on which a node
//! depends.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::plan::NodeId;

use super::combine::count_of;
use super::eliminate::{IMPOSSIBLE, Table, each_combination};
use super::possible::{Domains, Possible};
use super::sums::Sum;
use super::units::{best, product};
use super::{Bounding, Wanted, allows};
use crate::analyze::space::Choice;
use crate::analyze::space::range::Range;

/// A table has at most so many numbers.
const MOST_ENTRIES: usize = 1 << 12;

/// So many nodes are evaluated for one table.
const MOST_TABULATED: usize = 1 << 24;

/// What a node comes to for all options of the choices on which it depends.
pub(super) struct Ranges {
    scope: Vec<usize>,
    sizes: Vec<usize>,
    values: Vec<Range>,
}

impl Bounding<'_> {
    /// The tables of a sum, and the nodes, each with its factor, that have none.
    pub(super) fn tables_of(&self, sum: &Sum) -> (Vec<Table>, Vec<(i128, NodeId)>) {
        let (mut tables, mut apart) = (Vec::new(), Vec::new());
        for (factor, node) in &sum.terms {
            match self.table(*node, |range| best(range, *factor)) {
                Some(table) => tables.push(table),
                None => apart.push((*factor, *node)),
            }
        }
        let slopes = sum.slopes.iter();
        tables.extend(slopes.filter_map(|(choice, slope)| self.slope(*choice, *slope)));
        (tables, apart)
    }

    /// Adds tables that forbid what is not wanted, and gives the choices of the conditions that have none; `None` where
    /// one of those cannot come out as wanted.
    pub(super) fn forbid(
        &self,
        wanted: &[Wanted],
        domains: &Domains,
        tables: &mut Vec<Table>,
    ) -> Option<BTreeSet<usize>> {
        let mut loose = BTreeSet::new();
        for (node, truth) in wanted {
            let impossible = |range: Range| if allows(range, *truth) { 0 } else { IMPOSSIBLE };
            match self.table(*node, impossible) {
                Some(table) => tables.push(table),
                None if !allows(self.range(*node, domains), *truth) => return None,
                None => loose.extend(self.space.scope(*node)),
            }
        }
        Some(loose)
    }

    /// The table of a node, its numbers made of what it comes to; `None` where it would be too large.
    fn table(&self, node: NodeId, of: impl Fn(Range) -> i128) -> Option<Table> {
        let ranges = self.ranges(node)?;
        Some(Table {
            scope: ranges.scope.clone(),
            sizes: ranges.sizes.clone(),
            values: ranges.values.iter().map(|range| of(*range)).collect(),
        })
    }

    fn ranges(&self, node: NodeId) -> Option<Rc<Ranges>> {
        if let Some(known) = self.tables.borrow().get(&node) {
            return known.clone();
        }
        let ranges = self.tabulated(node).map(Rc::new);
        self.tables.borrow_mut().insert(node, ranges.clone());
        ranges
    }

    fn tabulated(&self, node: NodeId) -> Option<Ranges> {
        let scope = self.space.scope(node).to_vec();
        let size = |choice: &usize| self.space.choices.get(*choice).map_or(1, Choice::options);
        let sizes: Vec<usize> = scope.iter().map(size).collect();
        let room = sizes.iter().copied().fold(1, usize::saturating_mul);
        if room > MOST_ENTRIES {
            return None;
        }
        let cone = self.cone(node);
        if room.saturating_mul(cone.len()) > MOST_TABULATED {
            return None;
        }
        let mut possible = Possible::new(self.space, vec![0; self.space.choices.len()]);
        let mut values = Vec::with_capacity(room);
        each_combination(&sizes, |combination| {
            for (choice, option) in scope.iter().zip(combination) {
                possible.choose(*choice, *option);
            }
            possible.evaluate(&cone);
            values.push(possible.of(node));
        });
        self.spend((room * cone.len()) as u64);
        Some(Ranges { scope, sizes, values })
    }

    /// What the events of a choice add, so much each.
    fn slope(&self, choice: usize, slope: i128) -> Option<Table> {
        let Choice::Events(atom) = self.space.choices.get(choice)? else {
            return None;
        };
        let end = |(least, most): &(u64, u64)| {
            let count = count_of(if slope > 0 { *most } else { *least });
            product(count, slope)
        };
        Some(Table {
            scope: vec![choice],
            sizes: vec![atom.counts.len()],
            values: atom.counts.iter().map(end).collect(),
        })
    }

    /// Tables that forbid what no contact has together, of these choices.
    pub(super) fn impossible(&self, known: &BTreeSet<usize>) -> Vec<Table> {
        let all = self.space.impossible.iter();
        let of_known = all.filter(|guesses| guesses.iter().all(|(guess, _)| known.contains(guess)));
        let table = |guesses: &Vec<(usize, bool)>| {
            let bits = guesses.iter().map(|(_, truth)| usize::from(*truth));
            let forbidden = bits.fold(0, |place, bit| place * 2 + bit);
            let number = |place: usize| if place == forbidden { IMPOSSIBLE } else { 0 };
            Table {
                scope: guesses.iter().map(|(guess, _)| *guess).collect(),
                sizes: vec![2; guesses.len()],
                values: (0..1 << guesses.len()).map(number).collect(),
            }
        };
        of_known.map(table).collect()
    }
}
