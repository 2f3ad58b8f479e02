//! Sums: what a number is the sum of, as far as nothing between binds or leaves the range of numbers.

use std::collections::BTreeMap;

use crate::model::Operator;
use crate::number::Number;
use crate::plan::{NodeId, Operation};

use super::Bounding;
use super::possible::{Domains, all_options};
use crate::analyze::space::range::ENDLESS;

/// A sum of nodes with factors.
#[derive(Default)]
pub(in crate::analyze) struct Sum {
    pub(in crate::analyze) constant: i128,
    pub(in crate::analyze) terms: Vec<(i128, NodeId)>,
    /// What each event of a choice adds, where nothing limits how many count.
    pub(in crate::analyze) slopes: BTreeMap<usize, i128>,
}

impl Bounding<'_> {
    /// Adds what a node is the sum of.
    pub(in crate::analyze) fn take_apart(&self, node: NodeId, factor: i128, domains: &Domains, sum: &mut Sum) {
        let node = self.first_of_same(node);
        let Some(operation) = self.space.plan().contacts.node(node).map(|node| &node.operation) else {
            return;
        };
        match operation {
            Operation::Sum(_) | Operation::Saturating(..) if !self.fits(node) => sum.terms.push((factor, node)),
            Operation::Number(number) => sum.constant += factor * i128::from(number.units()),
            Operation::Sum(many) => many.iter().for_each(|one| self.take_apart(*one, factor, domains, sum)),
            Operation::Negate(one) => self.take_apart(*one, -factor, domains, sum),
            Operation::Saturating(Operator::Plus, one, other) => {
                self.take_apart(*one, factor, domains, sum);
                self.take_apart(*other, factor, domains, sum);
            }
            Operation::Saturating(Operator::Minus, one, other) => {
                self.take_apart(*one, factor, domains, sum);
                self.take_apart(*other, -factor, domains, sum);
            }
            Operation::Saturating(operator, one, other) => match self.multiplied(*operator, *one, *other, factor) {
                Some((inner, factor)) => self.take_apart(inner, factor, domains, sum),
                None => sum.terms.push((factor, node)),
            },
            Operation::Clamped { value, min, max } => match self.is_idle(node, *value, (*min, *max), domains) {
                true => self.take_apart(*value, factor, domains, sum),
                false => sum.terms.push((factor, node)),
            },
            Operation::Times {
                count,
                worth,
                most: None,
            } if !self.space.open.contains(count) => {
                let points = self.space.points(*worth);
                for choice in self.space.picked.get(count.index()).into_iter().flatten() {
                    *sum.slopes.entry(*choice).or_default() += factor * points;
                }
            }
            // All others are tables, or bounded by themselves.
            _ => sum.terms.push((factor, node)),
        }
    }

    /// Whether a sum or product stays within the range of numbers. Of events without limit there never are so many that
    /// a score comes near its end.
    fn fits(&self, node: NodeId) -> bool {
        if let Some(known) = self.fits.borrow().get(&node) {
            return *known;
        }
        let range = self.range(node, &all_options(self.space));
        let end = i128::from(Number::MAX.units());
        let fits = |units: i128| units.abs() < end || units.abs() >= ENDLESS >> 1;
        let fits = fits(range.low) && fits(range.high);
        self.fits.borrow_mut().insert(node, fits);
        fits
    }

    /// Whether a number surely stays between a `min` and a `max`: of all contacts, or of those with these options.
    fn is_idle(
        &self,
        node: NodeId,
        value: NodeId,
        (min, max): (Option<Number>, Option<Number>),
        domains: &Domains,
    ) -> bool {
        let is_inside = |least: i128, most: i128| {
            min.is_none_or(|min| i128::from(min.units()) <= least)
                && max.is_none_or(|max| most <= i128::from(max.units()))
        };
        let known = self.idle.borrow().get(&node).copied();
        let always = known.unwrap_or_else(|| {
            let all = all_options(self.space);
            let end = |sign: i128| self.bound(value, sign, &[], &all).map_or(ENDLESS, |bound| bound.units);
            is_inside(-end(-1), end(1))
        });
        self.idle.borrow_mut().insert(node, always);
        always || {
            let range = self.range(value, domains);
            is_inside(range.low, range.high)
        }
    }
}

impl Sum {
    /// Puts equal nodes together.
    pub(in crate::analyze) fn unite(&mut self) {
        let mut united: Vec<(i128, NodeId)> = Vec::with_capacity(self.terms.len());
        self.terms.sort_by_key(|(_, node)| *node);
        for (factor, node) in self.terms.drain(..) {
            match united.last_mut() {
                Some((sum, last)) if *last == node => *sum += factor,
                _ => united.push((factor, node)),
            }
        }
        united.retain(|(factor, _)| *factor != 0);
        self.terms = united;
    }
}
