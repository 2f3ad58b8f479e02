//! What is no sum of tables: numbers that are bounded by themselves, or together with one that is taken away.

use std::collections::BTreeSet;

use crate::plan::{NodeId, Operation};

use super::possible::Domains;
use super::units::{best, limited, together};
use super::{Bound, Bounding, Wanted};

impl Bounding<'_> {
    /// Adds numbers, each with its factor, to a bound in which some choices are told already; `None` where the
    /// conditions cannot come out as wanted.
    pub(super) fn add_apart(
        &self,
        mut apart: Vec<(i128, NodeId)>,
        wanted: &[Wanted],
        domains: &Domains,
        (bound, mut told): (&mut Bound, BTreeSet<usize>),
    ) -> Option<()> {
        while let Some((factor, node)) = apart.pop() {
            let (units, chosen) = self.alone(node, factor, wanted, domains)?;
            let mut scope: Vec<usize> = self.space.scope(node).to_vec();
            let mut units = units;
            if let Some((at, inner)) = self.counterpart(node, factor, &apart) {
                let (other_factor, other) = apart.swap_remove(at);
                let (of_other, _) = self.alone(other, other_factor, wanted, domains)?;
                let [one, two] = inner.map(|(sign, value)| (sign * factor.signum(), value));
                let apart_at_most = self.bound_of(&[one, two], wanted, domains)?.units.max(0);
                units = together(units, of_other).min(limited(apart_at_most.saturating_mul(factor.abs())));
                scope.extend(self.space.scope(other));
                bound.loose.extend(&scope);
            }
            bound.units = together(bound.units, units);
            let shared = scope.iter().any(|choice| told.contains(choice));
            for choice in scope.iter().filter(|choice| !told.contains(choice)) {
                if let (Some(slot), Some(option)) = (bound.chosen.get_mut(*choice), chosen.get(*choice)) {
                    *slot = *option;
                }
            }
            if shared || chosen.is_empty() {
                bound.loose.extend(&scope);
            }
            told.extend(scope);
        }
        Some(())
    }

    /// Where a node is taken away that decays or is clamped in the same way as another: its place among those, and what
    /// both are made of. Decay and clamps bring two numbers nearer to each other and never change their order.
    fn counterpart(
        &self,
        node: NodeId,
        factor: i128,
        others: &[(i128, NodeId)],
    ) -> Option<(usize, [(i128, NodeId); 2])> {
        let operation = |id: NodeId| self.space.plan().contacts.node(id).map(|node| &node.operation);
        let inside = |other: NodeId| match (operation(node)?, operation(other)?) {
            (
                Operation::Decayed {
                    value,
                    activity,
                    amount,
                    period,
                },
                Operation::Decayed {
                    value: of_other,
                    activity: since,
                    amount: takes,
                    period: each,
                },
            ) => ((activity, amount, period) == (since, takes, each)).then_some([(1, *value), (-1, *of_other)]),
            (
                Operation::Clamped { value, min, max },
                Operation::Clamped {
                    value: of_other,
                    min: least,
                    max: most,
                },
            ) => ((min, max) == (least, most)).then_some([(1, *value), (-1, *of_other)]),
            // No other keeps the order of two numbers.
            _ => None,
        };
        let opposite = others.iter().enumerate().filter(|(_, (other, _))| *other == -factor);
        opposite
            .filter_map(|(at, (_, other))| Some((at, inside(*other)?)))
            .next()
    }

    /// The best of a node by itself, times a factor, and options for it.
    fn alone(&self, node: NodeId, factor: i128, wanted: &[Wanted], domains: &Domains) -> Option<(i128, Vec<usize>)> {
        let range = self.range(node, domains);
        let by_range = best(range, factor);
        let sign = factor.signum();
        let operation = self.space.plan().contacts.node(node).map(|node| &node.operation);
        let inner = match operation {
            Some(Operation::Clamped { value, .. } | Operation::Decayed { value, .. }) => Some(*value),
            _ => None,
        };
        let Some((inner, operation)) = inner.zip(operation) else {
            return Some((by_range, Vec::new()));
        };
        let (units, chosen) = match operation {
            Operation::Clamped { min, max, .. } => {
                let bound = self.bound(inner, sign, wanted, domains)?;
                let clamp = |units: i128| {
                    let units = min.map_or(units, |min| units.max(i128::from(min.units())));
                    max.map_or(units, |max| units.min(i128::from(max.units())))
                };
                (sign * clamp(sign * bound.units), bound.chosen)
            }
            Operation::Decayed { .. } => {
                let bound = self.bound(inner, sign, wanted, domains)?;
                // Decay moves toward zero, and only what is above it.
                let units = if sign > 0 { bound.units } else { bound.units.max(0) };
                (units, bound.chosen)
            }
            _ => return Some((by_range, Vec::new())),
        };
        Some((limited(units.saturating_mul(factor.abs())).min(by_range), chosen))
    }
}
