//! Makes events: so many as an option says, on days that it allows.

use std::collections::BTreeSet;

use crate::calendar::{Day, Unit};
use crate::model::GivenEvents;
use crate::plan::{Operation, Plan};
use crate::source::Span;

use super::atoms::Atom;

/// How events are made of counts and days that a range allows.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Style {
    /// So many more than needed, where there may be more.
    pub(super) more: u64,
    /// So many days apart.
    pub(super) apart: i32,
    /// As long ago as possible.
    pub(super) old: bool,
}

/// How many days lie at least between events of different calendar periods, for the limits of a plan.
pub(super) fn days_apart(plan: &Plan) -> Vec<i32> {
    let limits = plan
        .steps
        .iter()
        .filter_map(|step| match &plan.contacts.node(*step)?.operation {
            Operation::Kept { limits, .. } => limits.per.map(|(_, unit)| unit),
            _ => None,
        });
    let units: BTreeSet<Unit> = limits.collect();
    let days = units.into_iter().map(|unit| match unit {
        Unit::Day => 1,
        Unit::Week => 7,
        Unit::Month => 31,
        Unit::Year => 366,
    });
    std::iter::once(0).chain(days).collect()
}

/// An example has at most so many events of a kind: rules that want more are not shown.
const MOST_SHOWN: u64 = 300;

/// The events of an atom, so many as an option says.
pub(super) fn events(atom: &Atom, option: usize, style: Style) -> Vec<GivenEvents> {
    let Some((least, most)) = atom.counts.get(option) else {
        return Vec::new();
    };
    let count = (*most).min(least.saturating_add(style.more)).min(MOST_SHOWN);
    if count == 0 {
        return Vec::new();
    }
    // An event of long ago is ten years older than what is near.
    let oldest = atom.first.max(atom.last.saturating_sub(3_652));
    let of = |count: u64, day: i32| {
        Some(GivenEvents {
            count,
            name: atom.name.clone(),
            properties: atom.properties.clone(),
            day: Day::from_number(day)?,
            span: Span::default(),
        })
    };
    let apart = style.apart.max(1);
    let room = u64::from(atom.last.abs_diff(oldest)) / apart as u64 + 1;
    let days = if style.apart == 0 { 1 } else { count.min(room) };
    let day = |at: u64| match style.old {
        true => oldest + at as i32 * apart,
        false => atom.last - at as i32 * apart,
    };
    let mut spread: Vec<GivenEvents> = (0..days).filter_map(|at| of(1, day(at))).collect();
    if let Some(last) = spread.last_mut() {
        last.count += count - days;
    }
    spread
}
