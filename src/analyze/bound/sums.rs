//! Sums: what a number is the sum of, as far as nothing between binds or leaves the range of numbers.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::model::Operator;
use crate::number::Number;
use crate::plan::{NodeId, Operation, SignalId, WorthId};

use super::possible::{Domains, Possible, all_options};
use super::units::{MOST_FACTOR, WHOLE};
use super::{Bounding, Wanted};
use crate::analyze::space::range::{ENDLESS, Range};

/// Greater products of a factor and a number are left where they stand: sums of all that a file can hold then fit.
const MOST_PRODUCT: i128 = 1 << 96;

/// A node that is taken apart is as much work as so many numbers.
const WORK_OF_NODE: u64 = 8;

/// A sum of nodes with factors.
#[derive(Default)]
pub(in crate::analyze) struct Sum {
    pub(in crate::analyze) constant: i128,
    /// The nodes in their order, each once, with factors other than 0.
    pub(in crate::analyze) terms: Vec<(i128, NodeId)>,
    /// What each event of a choice adds, where nothing limits how many count.
    pub(in crate::analyze) slopes: BTreeMap<usize, i128>,
}

impl Bounding<'_> {
    /// What these nodes, each with a sign, are the sum of.
    pub(in crate::analyze) fn taken_apart(&self, nodes: &[(i128, NodeId)], domains: &Domains) -> Sum {
        let mut taking = Taking {
            bounding: self,
            nodes,
            domains,
            ranges: OnceCell::new(),
            open: BTreeMap::new(),
            sum: Sum::default(),
        };
        for (sign, node) in nodes {
            taking.open(*node, sign * WHOLE);
        }
        // INVARIANT: operands stand before what is made of them, so that a node has its whole factor when its turn comes,
        // on however many ways it is reached, and comes once.
        while let Some((node, factor)) = taking.open.pop_last() {
            self.spend(WORK_OF_NODE);
            if factor != 0 {
                taking.take(node, factor);
            }
        }
        taking.sum.terms.reverse();
        taking.sum
    }

    /// Whether a sum or product stays within the range of numbers. Of events without limit there never are so many that
    /// a score comes near its end.
    fn fits(&self, node: NodeId) -> bool {
        let range = self.always(node);
        let end = i128::from(Number::MAX.units());
        let fits = |units: i128| units.abs() < end || units.abs() >= ENDLESS >> 1;
        fits(range.low) && fits(range.high)
    }

    /// Whether the ends of a node that has some are surely never reached, of any contact.
    fn is_always_idle(&self, node: NodeId) -> bool {
        let known = |node: NodeId| self.idle.borrow().get(&node).copied();
        if let Some(known) = known(node) {
            return known;
        }
        // From the first on, so that a chain of such nodes is a loop: those of which one is made are known before it.
        for step in self.cone(node).iter().filter(|step| known(**step).is_none()) {
            if let Some(ends) = self.ends(*step) {
                let idle = self.is_never_reached(&ends);
                self.idle.borrow_mut().insert(*step, idle);
            }
        }
        known(node).unwrap_or(false)
    }

    fn is_never_reached(&self, ends: &Ends) -> bool {
        let range = self.always(ends.value);
        if ends.hold(range.low, range.high) {
            return true;
        }
        // It is remembered, and so no part of what it is found out for.
        let inside = self.inside.replace(0);
        let (all, none): (_, &[Wanted]) = (all_options(self.space), &[]);
        let end = |sign: i128| {
            let bound = self.bound(ends.value, sign, none, &all);
            bound.map_or(ENDLESS, |bound| bound.units)
        };
        let holds = ends.hold(-end(-1), end(1));
        self.inside.set(inside);
        holds
    }

    /// The ends of a node, where it is a number between two ends.
    fn ends(&self, node: NodeId) -> Option<Ends> {
        match self.space.plan().contacts.node(node).map(|node| &node.operation) {
            Some(Operation::Clamped { value, min, max }) => Some(Ends {
                value: *value,
                min: *min,
                max: *max,
            }),
            // No other has any.
            _ => None,
        }
    }
}

/// A number that is kept between two ends.
struct Ends {
    value: NodeId,
    min: Option<Number>,
    max: Option<Number>,
}

impl Ends {
    /// Whether all numbers between two are between the ends.
    fn hold(&self, least: i128, most: i128) -> bool {
        self.min.is_none_or(|min| i128::from(min.units()) <= least)
            && self.max.is_none_or(|max| most <= i128::from(max.units()))
    }
}

/// A sum that is being taken apart.
struct Taking<'b, 'a> {
    bounding: &'b Bounding<'a>,
    nodes: &'b [(i128, NodeId)],
    domains: &'b Domains,
    /// What all that the nodes are made of can come to, found out where it is asked for.
    ranges: OnceCell<(Vec<NodeId>, Possible<'a>)>,
    /// Nodes that are still to be looked at, with their factors.
    open: BTreeMap<NodeId, i128>,
    sum: Sum,
}

impl Taking<'_, '_> {
    fn open(&mut self, node: NodeId, factor: i128) {
        let node = self.bounding.first_of_same(node);
        *self.open.entry(node).or_default() += factor;
    }

    /// Takes a node apart, or leaves it as it is.
    fn take(&mut self, node: NodeId, factor: i128) {
        let Some(operation) = self
            .bounding
            .space
            .plan()
            .contacts
            .node(node)
            .map(|node| &node.operation)
        else {
            return;
        };
        let is_apart = factor.abs() <= MOST_FACTOR && self.operation(node, operation, factor);
        if !is_apart {
            self.sum.terms.push((factor, node));
        }
    }

    /// Whether an operation was taken apart.
    fn operation(&mut self, node: NodeId, operation: &Operation, factor: i128) -> bool {
        match operation {
            Operation::Number(number) => self.constant(factor * i128::from(number.units())),
            Operation::Sum(many) => self.all_of(node, many.iter().map(|one| (factor, *one))),
            Operation::Negate(one) => {
                self.open(*one, -factor);
                true
            }
            Operation::Saturating(operator, one, other) => match operator {
                Operator::Plus => self.all_of(node, [(factor, *one), (factor, *other)]),
                Operator::Minus => self.all_of(node, [(factor, *one), (-factor, *other)]),
                Operator::Times | Operator::Over => {
                    let inner = self.bounding.multiplied(*operator, *one, *other, factor);
                    inner.is_some_and(|(inner, factor)| self.all_of(node, [(factor, inner)]))
                }
            },
            Operation::Clamped { value, .. } => {
                let is_idle = self.is_idle(node);
                if is_idle {
                    self.open(*value, factor);
                }
                is_idle
            }
            Operation::Times { count, worth, most } => most.is_none() && self.events(*count, *worth, factor),
            // All others are tables, or bounded by themselves.
            Operation::Constant(_)
            | Operation::Date(_)
            | Operation::Text(_)
            | Operation::Column(_)
            | Operation::Domain(_)
            | Operation::Not(_)
            | Operation::All(_)
            | Operation::Any(_)
            | Operation::Quantity(..)
            | Operation::Compare(..)
            | Operation::SameText(..)
            | Operation::Between(..)
            | Operation::OneOf(..)
            | Operation::TextIs(..)
            | Operation::Holds(..)
            | Operation::Known(_)
            | Operation::True(_)
            | Operation::Chosen(..)
            | Operation::Events(..)
            | Operation::Arithmetic(..)
            | Operation::Elapsed { .. }
            | Operation::Collected(_)
            | Operation::Average { .. }
            | Operation::Newest(_)
            | Operation::Or(..)
            | Operation::When(..)
            | Operation::Kept { .. }
            | Operation::Decayed { .. }
            | Operation::First(_)
            | Operation::Points(..)
            | Operation::Band { .. }
            | Operation::Unless { .. } => false,
        }
    }

    fn constant(&mut self, product: i128) -> bool {
        let fits = product.abs() <= MOST_PRODUCT;
        if fits {
            self.sum.constant += product;
        }
        fits
    }

    /// Goes on with what a sum or product is made of, where that stays within the range of numbers.
    fn all_of(&mut self, node: NodeId, parts: impl IntoIterator<Item = (i128, NodeId)>) -> bool {
        let fits = self.bounding.fits(node);
        if fits {
            parts.into_iter().for_each(|(factor, part)| self.open(part, factor));
        }
        fits
    }

    // INVARIANT: what each event of `Times` is worth never fades, so that all add the same.
    fn events(&mut self, count: SignalId, worth: WorthId, factor: i128) -> bool {
        let space = self.bounding.space;
        let slope = factor * space.points(worth);
        if space.open.contains(&count) || slope.abs() > MOST_PRODUCT {
            return false;
        }
        for choice in space.picked.get(count.index()).into_iter().flatten() {
            *self.sum.slopes.entry(*choice).or_default() += slope;
        }
        true
    }

    /// Whether a number surely stays between its ends: of all contacts, or of those with these options.
    fn is_idle(&self, node: NodeId) -> bool {
        self.bounding.is_always_idle(node)
            || self.bounding.ends(node).is_some_and(|ends| {
                let range = self.range(ends.value);
                ends.hold(range.low, range.high)
            })
    }

    fn range(&self, node: NodeId) -> Range {
        let (cone, possible) = self.ranges.get_or_init(|| {
            let graph = &self.bounding.space.plan().contacts;
            let cone = graph.closure(self.nodes.iter().map(|(_, node)| *node));
            self.bounding.spend(cone.len() as u64);
            let mut possible = Possible::new(self.bounding.space, self.domains.clone());
            possible.evaluate(&cone);
            (cone, possible)
        });
        match cone.binary_search(&node) {
            Ok(_) => possible.of(node),
            // It stands for one that always has its value.
            Err(_) => self.bounding.range(node, self.domains),
        }
    }
}
