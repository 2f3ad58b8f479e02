//! Bounds of a number: a sum is taken apart into tables of few choices, whose greatest sum is found exactly; what is no
//! sum (clamps, decay, conditions on very many choices) is bounded by itself.

mod apart;
pub(in crate::analyze) mod combine;
pub(in crate::analyze) mod eliminate;
pub(in crate::analyze) mod grain;
pub(in crate::analyze) mod picked;
pub(in crate::analyze) mod possible;
pub(in crate::analyze) mod sums;
mod tables;
mod units;

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use crate::plan::NodeId;

use self::eliminate::{IMPOSSIBLE, maximize};
use self::possible::{Domains, Possible, all_options, options};
use self::sums::Sum;
use self::tables::Ranges;
use self::units::{MOST_TERMS, floor, together};
use crate::analyze::space::Space;
use crate::analyze::space::range::{ENDLESS, Range};

/// Tables that are put together have at most so many, and all together about so many; each may have as many as the least.
const MOST_TOGETHER: usize = 1 << 16;
const ROOM: usize = 1 << 21;
const LEAST_TOGETHER: usize = 1 << 10;

/// So many nodes are evaluated to narrow the choices of one condition.
const MOST_NARROWED: u64 = 20_000;

/// So many nodes are remembered as parts of others.
const MOST_REMEMBERED: usize = 1 << 22;

/// So many bounds are looked for each inside of the one before, and so many inside of one in all.
const MOST_NESTED: usize = 32;
const MOST_INSIDE: usize = 256;

/// So many numbers are looked at for all bounds together; what would take more is not looked for any more.
const MOST_WORK: u64 = 1 << 27;

/// A bound is as much work as so many numbers, whatever is in it.
const WORK_OF_BOUND: u64 = 64;

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
    /// What nodes come to of any contact.
    always: OnceCell<Possible<'a>>,
    /// Numbers of which all values of nodes are multiples, by their places.
    grains: OnceCell<Vec<i128>>,
    /// How many nodes are remembered as parts of others.
    remembered: Cell<usize>,
    /// How many bounds are being looked for, each inside of the one before, and how many were inside of the first.
    nested: Cell<usize>,
    inside: Cell<usize>,
    /// How many numbers were looked at.
    work: Cell<u64>,
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

impl Bound {
    /// Nothing is known.
    fn unknown() -> Bound {
        Bound {
            units: ENDLESS,
            chosen: Vec::new(),
            loose: BTreeSet::new(),
        }
    }
}

impl<'a> Bounding<'a> {
    pub(in crate::analyze) fn new(space: &'a Space<'a>) -> Bounding<'a> {
        Bounding {
            space,
            tables: RefCell::default(),
            cones: RefCell::default(),
            same: RefCell::default(),
            idle: RefCell::default(),
            always: OnceCell::new(),
            grains: OnceCell::new(),
            remembered: Cell::new(0),
            nested: Cell::new(0),
            inside: Cell::new(0),
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
        let remembered = self.remembered.get() + cone.len();
        if remembered <= MOST_REMEMBERED {
            self.remembered.set(remembered);
            self.cones.borrow_mut().insert(node, Rc::clone(&cone));
        }
        cone
    }

    /// What a node can come to with these options.
    pub(in crate::analyze) fn range(&self, node: NodeId, domains: &[u128]) -> Range {
        let cone = self.cone(node);
        self.spend(cone.len() as u64);
        let mut possible = Possible::new(self.space, domains.to_vec());
        possible.evaluate(&cone);
        possible.of(node)
    }

    /// What a node can come to, of any contact.
    fn always(&self, node: NodeId) -> Range {
        let all = self.always.get_or_init(|| {
            let nodes: Vec<NodeId> = (0u32..)
                .map(NodeId)
                .take(self.space.plan().contacts.nodes().len())
                .collect();
            self.spend(nodes.len() as u64);
            let mut possible = Possible::new(self.space, all_options(self.space));
            possible.evaluate(&nodes);
            possible
        });
        all.of(node)
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
        let nested = self.nested.get();
        let inside = if nested == 0 { 0 } else { self.inside.get() + 1 };
        self.inside.set(inside);
        if nested >= MOST_NESTED || inside > MOST_INSIDE || self.is_too_much() {
            return Some(Bound::unknown());
        }
        self.nested.set(nested + 1);
        self.spend(WORK_OF_BOUND);
        let bound = self.bound_of_sum(&self.taken_apart(nodes, domains), wanted, domains);
        self.nested.set(nested);
        bound
    }

    /// Whether so much was done that no bound is looked for.
    fn is_too_much(&self) -> bool {
        self.work() > MOST_WORK
    }

    fn bound_of_sum(&self, sum: &Sum, wanted: &[Wanted], domains: &Domains) -> Option<Bound> {
        if sum.terms.len() + sum.slopes.len() >= MOST_TERMS {
            return Some(Bound::unknown());
        }
        let (mut tables, apart) = self.tables_of(sum);
        let loose = self.forbid(wanted, domains, &mut tables)?;
        let known: BTreeSet<usize> = tables.iter().flat_map(|table| table.scope.iter().copied()).collect();
        tables.extend(self.impossible(&known));
        // The more choices there are, the less room each of their tables has.
        let room = (ROOM / known.len().max(1)).clamp(LEAST_TOGETHER, MOST_TOGETHER);
        let maximum = maximize(tables, domains, room);
        self.spend(maximum.work);
        if maximum.bound <= IMPOSSIBLE >> 1 {
            return None;
        }
        let mut bound = Bound {
            units: together(maximum.bound, sum.constant),
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

    /// Takes away the options with which a condition cannot come out as wanted, whatever else is.
    pub(in crate::analyze) fn narrow(&self, wanted: &[Wanted], domains: &mut Domains) {
        let mut possible = Possible::new(self.space, domains.clone());
        for (node, truth) in wanted {
            let cone = self.cone(*node);
            let start = self.work();
            possible.evaluate(&cone);
            self.spend(self.space.weight(&cone));
            for choice in self.space.scope(*node) {
                if self.work() - start > MOST_NARROWED || !allows(possible.of(*node), !*truth) {
                    break;
                }
                let domain = domains.get(*choice).copied().unwrap_or(0);
                let left = self.left_of(*choice, domain, (*node, *truth), &mut possible);
                if let Some(domain) = domains.get_mut(*choice) {
                    *domain = left;
                }
            }
        }
    }

    /// The options of a choice with which a condition can come out as wanted; they are all that is left to it.
    fn left_of(&self, choice: usize, domain: u128, (node, truth): Wanted, possible: &mut Possible<'_>) -> u128 {
        let hangs_on_it = |node: &&NodeId| self.space.scope(**node).binary_search(&choice).is_ok();
        let concerned: Vec<NodeId> = self.cone(node).iter().filter(hangs_on_it).copied().collect();
        let mut left = domain;
        for option in options(domain) {
            possible.choose(choice, option);
            possible.evaluate(&concerned);
            if !allows(possible.of(node), truth) {
                left &= !(1 << option);
            }
        }
        possible.leave(choice, left);
        possible.evaluate(&concerned);
        self.spend(u64::from(domain.count_ones() + 1) * self.space.weight(&concerned));
        left
    }
}

/// Whether a truth may come out as wanted.
pub(in crate::analyze) fn allows(range: Range, truth: bool) -> bool {
    if truth { range.may_hold() } else { range.may_fail() }
}
