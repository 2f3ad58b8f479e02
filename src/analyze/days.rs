//! The days on which a model is analysed. What can be depends on the day only where months meet days, and where a file
//! names dates: there it is looked at on the days on which something may come out in another way.

use std::collections::BTreeSet;

use crate::calendar::{Day, Period, Unit};
use crate::model::{Fading, Model, RuleKind};
use crate::plan::{Graph, Operation, Plan};

/// From so many nodes on a model is large, and looked at on few days.
const LARGE: usize = 500;
const MOST_OF_LARGE: usize = 2;

/// So many dates of a file are looked at.
const MOST_DATES: usize = 4;

/// The day of a test that names none, then whichever others matter: ends of months of every length, and the days around
/// the dates that the file names.
pub fn days_that_matter(model: &Model) -> Vec<Day> {
    let plan = Plan::new(model);
    let most = if plan.steps.len() > LARGE {
        MOST_OF_LARGE
    } else {
        usize::MAX
    };
    let mut days: Vec<Day> = Day::new(2025, 1, 1).into_iter().collect();
    if mixes_months_and_days(model, &plan) {
        let ends = [
            (2024, 2, 29),
            (2025, 2, 28),
            (2025, 3, 1),
            (2025, 3, 31),
            (2025, 4, 30),
            (2025, 12, 31),
        ];
        days.extend(
            ends.into_iter()
                .filter_map(|(year, month, day)| Day::new(year, month, day)),
        );
    }
    let dates: BTreeSet<Day> = [&plan.contacts, &plan.events].into_iter().flat_map(dates).collect();
    for date in dates.iter().take(MOST_DATES).chain(dates.last()) {
        days.extend(
            [-1, 0, 1, 400]
                .into_iter()
                .filter_map(|after| Day::from_number(date.number() + after)),
        );
    }
    let mut known = BTreeSet::new();
    days.retain(|day| known.insert(*day));
    days.truncate(most);
    days
}

/// The dates that a graph compares with something.
fn dates(graph: &Graph) -> Vec<Day> {
    let of = |operation: &Operation| match operation {
        Operation::Date(day) => vec![*day],
        _ => Vec::new(),
    };
    graph.nodes().iter().flat_map(|node| of(&node.operation)).collect()
}

fn mixes_months_and_days(model: &Model, plan: &Plan) -> bool {
    let windows = plan.signals.iter().filter_map(|signal| Some(signal.window?.period));
    let elapsed = plan.contacts.nodes().iter().filter_map(|node| match &node.operation {
        Operation::Elapsed { unit, .. } => Some(Period::one(*unit)),
        Operation::Decayed { period, .. } => Some(*period),
        _ => None,
    });
    let rules = model.blocks.iter().flat_map(|block| &block.rules);
    let fading = rules.filter_map(|rule| match &rule.kind {
        RuleKind::Each {
            fading: Some(Fading::Over(period) | Fading::Per(_, period)),
            ..
        } => Some(*period),
        RuleKind::Each { .. } | RuleKind::Once { .. } | RuleKind::Table { .. } => None,
    });
    let units: BTreeSet<Unit> = windows.chain(elapsed).chain(fading).map(|period| period.unit).collect();
    let has = |of: [Unit; 2]| of.iter().any(|unit| units.contains(unit));
    has([Unit::Day, Unit::Week]) && has([Unit::Month, Unit::Year])
}
