//! The outlook: what becomes of a contact's band if nothing more happens, found by scoring the days to come.

use crate::calendar::{Day, Period, Unit};
use crate::model::Labelled;
use crate::number::Number;
use crate::plan::{Operation, Plan};
use crate::reason::{Case, Subject, difference, points};
use crate::score::Run;

use super::explanation::{Becomes, Change, Outlook};
use super::{line, on_day, scores};

/// So far ahead days are looked at.
const HORIZON: Period = Period {
    count: 10,
    unit: Unit::Year,
};

/// What becomes of the contact; `None` where there are neither bands nor exclusions.
pub(super) fn outlook(case: &Case<'_>) -> Option<Outlook> {
    let plan = case.plan();
    if plan.band.is_none() && plan.exclusions.is_empty() {
        return None;
    }
    if !depends_on_time(plan) {
        return Some(Outlook::Timeless);
    }
    let now = standing(plan, case.subject, case.as_of());
    let until = case.as_of().minus(-1, HORIZON);
    let mut day = case.as_of();
    while day < until {
        day = day.next();
        if standing(plan, case.subject, day) != now {
            return Some(on_day(case.model, plan, case.subject, day, |later| {
                turning(case, later)
            }));
        }
    }
    Some(Outlook::Stays { until })
}

/// The places of the exclusion and of the band as of a day.
fn standing(plan: &Plan, subject: Subject<'_>, as_of: Day) -> (Option<usize>, Option<u16>) {
    let day = plan.on(as_of);
    let mut run = Run::new(&day);
    run.events(subject.events);
    let scores = run.finish(subject.contacts);
    (scores.exclusion(subject.row), scores.label(Labelled::Band, subject.row))
}

/// Whether anything that a plan computes may change with the day alone.
fn depends_on_time(plan: &Plan) -> bool {
    let windows = plan.signals.iter().any(|signal| signal.window.is_some());
    let fading = plan.worths.iter().any(|worth| worth.fading.is_some());
    let mut nodes = plan.contacts.nodes().iter().chain(plan.events.nodes());
    windows
        || fading
        || nodes.any(|node| matches!(node.operation, Operation::Elapsed { .. } | Operation::Decayed { .. }))
}

fn turning(case: &Case<'_>, later: &Case<'_>) -> Outlook {
    let (becomes, changes) = match later.choice(case.plan().exclusion) {
        Some(exclusion) => {
            let reason = case.plan().reasons.get(exclusion).cloned().unwrap_or_default();
            (Becomes::Excluded { reason }, Vec::new())
        }
        None => {
            let label = scores::overall_band(later).and_then(|band| band.label);
            let score = later.number(case.plan().overall);
            (Becomes::Band { label, score }, changes(case, later))
        }
    };
    Outlook::Changes {
        day: later.as_of(),
        becomes,
        changes,
    }
}

/// What gives more or less on the later day, the greatest difference first.
fn changes(case: &Case<'_>, later: &Case<'_>) -> Vec<Change> {
    let pairs = points(case).into_iter().zip(points(later));
    let differences = pairs.map(|(now, then)| Change {
        line: line(case, now.span),
        points: difference(then.points, now.points),
        title: now.title,
    });
    let mut changes: Vec<Change> = differences.filter(|change| change.points != Number::ZERO).collect();
    changes.sort_by_key(|change| std::cmp::Reverse(change.points.units().unsigned_abs()));
    changes
}
