//! Counts of events at which something comes out in another way.

use std::collections::{BTreeSet, HashMap};

use crate::calendar::Unit;
use crate::model::Bound;
use crate::number::Number;
use crate::plan::{Node, Operand, Operation, Plan, SignalId, WorthId};

use super::MOST_OPTIONS;
use super::atoms::{Atom, MOST_EVENTS};
use super::leaves::{Looks, is_test};

/// The counts of a signal's events at which something changes.
#[derive(Default)]
pub(in crate::analyze) struct Counts {
    /// Whenever they are.
    anywhen: BTreeSet<u64>,
    /// In each calendar period.
    pub(in crate::analyze) per: BTreeSet<(u64, Unit)>,
    /// On each day on which they are worth something.
    faded: BTreeSet<(u64, WorthId)>,
}

impl Counts {
    /// The counts that matter of an atom: also so many as fill all calendar periods, or all days on which they are worth
    /// something; these begin so, for each worth.
    pub(in crate::analyze) fn of(&self, atom: &Atom, begins: &[Option<i32>]) -> Vec<u64> {
        let worthy = |(most, worth): &(u64, WorthId)| {
            let first = begins.get(worth.index()).copied().flatten()?.max(atom.first);
            (first <= atom.last).then(|| most.saturating_mul(u64::from(atom.last.abs_diff(first)) + 1))
        };
        let full = |(most, unit): &(u64, Unit)| {
            let (first, last) = atom.periods(*unit);
            let periods = u64::from(last.abs_diff(first)) + 1;
            (!atom.is_endless()).then(|| periods.saturating_mul(*most))
        };
        self.anywhen
            .iter()
            .copied()
            .chain(self.per.iter().filter_map(full))
            .chain(self.faded.iter().filter_map(worthy))
            .collect()
    }
}

/// The counts at which something changes, for each signal.
pub(in crate::analyze) fn counts_that_matter(plan: &Plan, looks: &[Looks]) -> HashMap<SignalId, Counts> {
    let mut counts: HashMap<SignalId, Counts> = HashMap::new();
    for step in &plan.steps {
        let Some(node) = plan.contacts.node(*step) else {
            continue;
        };
        for operand in node.operation.operands() {
            if let Operand::Signal(signal) = operand {
                let counts = counts.entry(signal).or_default();
                counts.anywhen.extend(thresholds(&node.operation));
                if let Operation::Kept { limits, worth, .. } = &node.operation {
                    counts.per.extend(limits.per);
                    let by_day = limits.per.filter(|(_, unit)| *unit == Unit::Day);
                    counts.faded.extend(by_day.map(|(most, _)| (most, *worth)));
                }
            }
        }
    }
    // A count that is compared with a number: whoever compares it looks at the signal and knows the number.
    let compared = plan
        .steps
        .iter()
        .filter_map(|step| Some((plan.contacts.node(*step)?, looks.get(step.index())?)));
    let compared = compared.filter(|(node, looks)| is_test(&node.operation) && looks.signals);
    for (node, looks) in compared {
        let numbers: BTreeSet<u64> = looks.numbers.iter().flat_map(|units| around(*units)).collect();
        for signal in signals_below(plan, node) {
            counts.entry(signal).or_default().anywhen.extend(&numbers);
        }
    }
    counts
}

/// The whole numbers beside a number of ten-thousandths.
fn around(units: i64) -> impl Iterator<Item = u64> {
    let whole = units.div_euclid(Number::whole(1).units());
    [whole, whole + 1]
        .into_iter()
        .filter_map(|whole| u64::try_from(whole).ok())
}

/// The signals on which a node's value depends.
fn signals_below(plan: &Plan, node: &Node) -> BTreeSet<SignalId> {
    let roots = node
        .operation
        .operands()
        .into_iter()
        .filter_map(|operand| match operand {
            Operand::Node(id) => Some(id),
            Operand::Signal(_) => None,
        });
    let below = plan.contacts.closure(roots);
    let operations = below.iter().filter_map(|id| Some(&plan.contacts.node(*id)?.operation));
    let operands = operations.flat_map(Operation::operands);
    let signals = operands.filter_map(|operand| match operand {
        Operand::Signal(signal) => Some(signal),
        Operand::Node(_) => None,
    });
    signals.collect()
}

/// The counts from which an operation's value is another.
fn thresholds(operation: &Operation) -> Vec<u64> {
    match operation {
        Operation::Events(Bound::AtLeast(least), _) => vec![*least],
        Operation::Events(Bound::AtMost(most), _) => vec![most.saturating_add(1)],
        Operation::Events(Bound::Exactly(exact), _) => vec![*exact, exact.saturating_add(1)],
        Operation::Times { most, .. } => most.iter().copied().collect(),
        Operation::Kept { limits, .. } => {
            let per = limits.per.map(|(most, _)| most);
            limits.total.into_iter().chain(per).collect()
        }
        // Whether there is an event at all matters always.
        _ => Vec::new(),
    }
}

/// So many events are counted one by one.
const COUNTED: u64 = 6;

/// Counts, put together where nothing changes from one to the next.
pub(in crate::analyze) fn count_cells(mut starts: BTreeSet<u64>) -> Vec<(u64, u64)> {
    starts.extend([0, 1, 2]);
    let few: Vec<u64> = starts.iter().copied().filter(|count| *count <= COUNTED).collect();
    starts.extend(1..=few.last().copied().unwrap_or(1));
    let mut starts: Vec<u64> = starts.into_iter().collect();
    // Counts that are put together are told apart less, and never wrongly.
    while starts.len() > MOST_OPTIONS {
        let mut place = 0;
        starts.retain(|_| {
            place += 1;
            place <= 3 || place % 2 == 0
        });
    }
    let ends = starts.iter().skip(1).map(|next| next - 1).chain([MOST_EVENTS]);
    starts.iter().copied().zip(ends).collect()
}
