//! Bounds of a number: a sum is taken apart into tables of few choices, whose greatest sum is found exactly; what is no
//! sum (clamps, decay, conditions on very many choices) is bounded by itself.

mod apart;
pub(in crate::analyze) mod combine;
pub(in crate::analyze) mod eliminate;
pub(in crate::analyze) mod grain;
pub(in crate::analyze) mod picked;
pub(in crate::analyze) mod possible;
pub(in crate::analyze) mod sums;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use crate::plan::NodeId;

use self::combine::count_of;
use self::eliminate::{IMPOSSIBLE, Table, each_combination, maximize};
use self::possible::{Domains, Possible, options};
use self::sums::Sum;
use crate::analyze::space::range::{ENDLESS, Range};
use crate::analyze::space::{Choice, Space};

/// A table has at most so many numbers.
const MOST_ENTRIES: usize = 1 << 12;

/// Tables that are put together have at most so many, and all together about so many; each may have as many as the least.
const MOST_TOGETHER: usize = 1 << 16;
const ROOM: usize = 1 << 21;
const LEAST_TOGETHER: usize = 1 << 10;

/// So many nodes are evaluated to narrow the choices of one condition.
const MOST_NARROWED: u64 = 20_000;

/// One, as the factors of a formula are counted.
pub(in crate::analyze) const WHOLE: i128 = 100_000_000;

/// Greater factors are left where they stand, so that no product leaves what an `i128` holds.
pub(in crate::analyze) const MOST_FACTOR: i128 = WHOLE * 1_000_000;

/// A condition and whether it must hold.
pub(in crate::analyze) type Wanted = (NodeId, bool);

/// Finds bounds. It remembers the tables of nodes.
pub(in crate::analyze) struct Bounding<'a> {
    pub(in crate::analyze) space: &'a Space<'a>,
    tables: RefCell<HashMap<NodeId, Option<Rc<Ranges>>>>,
    cones: RefCell<HashMap<NodeId, Rc<[NodeId]>>>,
    /// Nodes that always have the value of another.
    same: RefCell<HashMap<NodeId, NodeId>>,
    /// Whether a `min` or `max` is surely never reached, of any contact.
    idle: RefCell<HashMap<NodeId, bool>>,
    /// Whether a sum or product surely never grows out of the range of numbers.
    fits: RefCell<HashMap<NodeId, bool>>,
    /// How many numbers were looked at.
    work: Cell<u64>,
}

/// What a node comes to for all options of the choices on which it depends.
struct Ranges {
    scope: Vec<usize>,
    sizes: Vec<usize>,
    values: Vec<Range>,
}

/// The bound of a number in one direction.
#[derive(Clone, Debug)]
pub(in crate::analyze) struct Bound {
    /// No number lies beyond, in ten-thousandths.
    pub(in crate::analyze) units: i128,
    /// Options that come to it or near it.
    pub(in crate::analyze) chosen: Vec<usize>,
    /// The choices that make it loose, where it is.
    pub(in crate::analyze) loose: BTreeSet<usize>,
}

impl<'a> Bounding<'a> {
    pub(in crate::analyze) fn new(space: &'a Space<'a>) -> Bounding<'a> {
        Bounding {
            space,
            tables: RefCell::default(),
            cones: RefCell::default(),
            same: RefCell::default(),
            idle: RefCell::default(),
            fits: RefCell::default(),
            work: Cell::new(0),
        }
    }

    /// How many numbers were looked at until now.
    pub(in crate::analyze) fn work(&self) -> u64 {
        self.work.get()
    }

    /// Counts work that was done elsewhere.
    pub(in crate::analyze) fn spend(&self, work: u64) {
        self.work.set(self.work.get().saturating_add(work));
    }

    /// Remembers that two nodes always have the same value. The later one, of which the other may be made, gives way.
    pub(in crate::analyze) fn are_same(&self, one: NodeId, other: NodeId) {
        if one != other {
            self.same.borrow_mut().insert(one.max(other), one.min(other));
        }
    }

    /// The first of the nodes that always have the value of this one.
    pub(in crate::analyze) fn first_of_same(&self, mut node: NodeId) -> NodeId {
        while let Some(earlier) = self.same.borrow().get(&node) {
            node = *earlier;
        }
        node
    }

    /// A node with all that it is made of.
    pub(in crate::analyze) fn cone(&self, node: NodeId) -> Rc<[NodeId]> {
        if let Some(known) = self.cones.borrow().get(&node) {
            return Rc::clone(known);
        }
        let cone: Rc<[NodeId]> = self.space.plan().contacts.closure([node]).into();
        self.cones.borrow_mut().insert(node, Rc::clone(&cone));
        cone
    }

    /// What a node can come to with these options.
    pub(in crate::analyze) fn range(&self, node: NodeId, domains: &[u128]) -> Range {
        let cone = self.cone(node);
        self.work.set(self.work.get() + cone.len() as u64);
        let mut possible = Possible::new(self.space, domains.to_vec());
        possible.evaluate(&cone);
        possible.of(node)
    }

    /// Whether these conditions, in the order of their nodes, cannot come out together as wanted.
    pub(in crate::analyze) fn contradicts(&self, wanted: &[Wanted], domains: &Domains) -> bool {
        let steps = self.space.plan().contacts.closure(wanted.iter().map(|(node, _)| *node));
        let mut possible = Possible::assuming(self.space, domains.clone(), wanted);
        possible.evaluate(&steps);
        self.spend(steps.len() as u64);
        possible.contradicts()
    }

    /// The greatest number of a node (with a sign of 1), or the opposite of its least (−1), where these conditions must
    /// come out as wanted; `None` where they cannot.
    pub(in crate::analyze) fn bound(
        &self,
        node: NodeId,
        sign: i128,
        wanted: &[Wanted],
        domains: &Domains,
    ) -> Option<Bound> {
        self.bound_of(&[(sign, node)], wanted, domains)
    }

    /// The greatest sum of these nodes, each with a sign, as [`bound`](Self::bound).
    pub(in crate::analyze) fn bound_of(
        &self,
        nodes: &[(i128, NodeId)],
        wanted: &[Wanted],
        domains: &Domains,
    ) -> Option<Bound> {
        let mut sum = Sum::default();
        for (sign, node) in nodes {
            self.take_apart(*node, sign * WHOLE, domains, &mut sum);
        }
        sum.unite();
        let mut tables = Vec::new();
        let mut loose = BTreeSet::new();
        let mut apart: Vec<(i128, NodeId)> = Vec::new();
        for (factor, node) in &sum.terms {
            match self.table(*node, |range| best(range, *factor)) {
                Some(table) => tables.push(table),
                None => apart.push((*factor, *node)),
            }
        }
        tables.extend(
            sum.slopes
                .iter()
                .filter_map(|(choice, slope)| self.slope(*choice, *slope)),
        );
        for (node, truth) in wanted {
            let impossible = |range: Range| if allows(range, *truth) { 0 } else { IMPOSSIBLE };
            match self.table(*node, impossible) {
                Some(table) => tables.push(table),
                None if !allows(self.range(*node, domains), *truth) => return None,
                None => loose.extend(self.space.scope(*node)),
            }
        }
        let known: BTreeSet<usize> = tables.iter().flat_map(|table| table.scope.iter().copied()).collect();
        tables.extend(self.impossible(&known));
        // The more choices there are, the less room each of their tables has.
        let room = (ROOM / known.len().max(1)).clamp(LEAST_TOGETHER, MOST_TOGETHER);
        let maximum = maximize(tables, domains, room);
        self.work.set(self.work.get() + maximum.work);
        if maximum.bound <= IMPOSSIBLE >> 1 {
            return None;
        }
        let mut bound = Bound {
            units: maximum.bound.saturating_add(sum.constant),
            chosen: maximum.chosen,
            loose,
        };
        if !maximum.exact {
            bound.loose.extend(&known);
        }
        self.add_apart(apart, wanted, domains, (&mut bound, known))?;
        bound.units = floor(bound.units);
        Some(bound)
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
        let all: Vec<Vec<usize>> = sizes.iter().map(|size| (0..*size).collect()).collect();
        let mut possible = Possible::new(self.space, vec![0; self.space.choices.len()]);
        let mut values = Vec::with_capacity(room);
        each_combination(&all, |combination| {
            for (choice, option) in scope.iter().zip(combination) {
                possible.choose(*choice, *option);
            }
            possible.evaluate(&cone);
            values.push(possible.of(node));
        });
        self.work.set(self.work.get() + (room * cone.len()) as u64);
        Some(Ranges { scope, sizes, values })
    }

    /// What the events of a choice add, so much each.
    fn slope(&self, choice: usize, slope: i128) -> Option<Table> {
        let Choice::Events(atom) = self.space.choices.get(choice)? else {
            return None;
        };
        let end = |(least, most): &(u64, u64)| {
            let count = count_of(if slope > 0 { *most } else { *least });
            match count >= ENDLESS {
                true => slope.signum() * ENDLESS * WHOLE,
                false => slope.saturating_mul(count).clamp(-ENDLESS * WHOLE, ENDLESS * WHOLE),
            }
        };
        Some(Table {
            scope: vec![choice],
            sizes: vec![atom.counts.len()],
            values: atom.counts.iter().map(end).collect(),
        })
    }

    /// Tables that forbid what no contact has together, of these choices.
    fn impossible(&self, known: &BTreeSet<usize>) -> Vec<Table> {
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

    /// Takes away the options with which a condition cannot come out as wanted, whatever else is.
    pub(in crate::analyze) fn narrow(&self, wanted: &[Wanted], domains: &mut Domains) {
        for (node, truth) in wanted {
            let scope = self.space.scope(*node);
            let cone = self.cone(*node);
            let mut possible = Possible::new(self.space, domains.clone());
            let start = self.work();
            for choice in scope {
                if self.work() - start > MOST_NARROWED {
                    break;
                }
                let before = domains.get(*choice).copied().unwrap_or(0);
                let mut left = before;
                for option in options(before) {
                    possible.choose(*choice, option);
                    possible.evaluate(&cone);
                    if !allows(possible.of(*node), *truth) {
                        left &= !(1 << option);
                    }
                }
                self.spend(u64::from(before.count_ones()) * cone.len() as u64);
                possible.leave(*choice, left);
                domains.iter_mut().skip(*choice).take(1).for_each(|slot| *slot = left);
            }
        }
    }
}

/// Whether a truth may come out as wanted.
pub(in crate::analyze) fn allows(range: Range, truth: bool) -> bool {
    if truth { range.may_hold() } else { range.may_fail() }
}

/// The greatest product of what a node comes to and a factor.
fn best(range: Range, factor: i128) -> i128 {
    if !range.may_be_known() {
        return 0;
    }
    let end = if factor > 0 { range.high } else { range.low };
    end.saturating_mul(factor).clamp(-ENDLESS * WHOLE, ENDLESS * WHOLE)
}

/// Hundred-millionths of ten-thousandths, cut down to whole ones.
fn floor(parts: i128) -> i128 {
    parts.div_euclid(WHOLE)
}
