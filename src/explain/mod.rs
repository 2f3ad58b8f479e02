//! Why a contact has its score: every rule that gave points with what is behind it, adding up exactly; what is missing
//! to the next band; and what becomes of it if nothing more happens.
//!
//! [`explain`] gives an [`Explanation`], the data for programs; [`render`] sets it as a page for people.

mod blocks;
mod events;
mod explanation;
mod invoice;
mod outlook;
mod scores;
mod silent;
mod text;
mod wording;

pub use explanation::{
    Activity, Band, Becomes, Block, Broken, Change, Clamped, Class, Contribution, CountedEvent, Decay, Exclusion,
    Explanation, Formula, NextBand, Outcome, Outlook, ScoreReading, Scored, Silent,
};
pub use text::{Layout, render};

use crate::calendar::Day;
use crate::model::Model;
use crate::plan::Plan;
use crate::reason::{Case, Subject};
use crate::score::TracedRun;
use crate::source::Span;

/// What the rules outside of any block are called.
const TOP_LEVEL: &str = "rules";

/// Explains the score of one contact as of a day. The plan is the model's.
pub fn explain(model: &Model, plan: &Plan, subject: Subject<'_>, as_of: Day) -> Explanation {
    let contacts = subject.contacts.only(subject.row);
    let events = subject.events.only(subject.row, as_of);
    let alone = Subject {
        contacts: &contacts,
        events: &events,
        row: 0,
    };
    on_day(model, plan, alone, as_of, |case| Explanation {
        contact: subject.id().to_owned(),
        as_of,
        rules: model.source.name().to_owned(),
        model: model.name.clone(),
        outcome: outcome(case),
    })
}

/// Scores a contact as of a day and looks at its case.
fn on_day<T>(model: &Model, plan: &Plan, subject: Subject<'_>, as_of: Day, look: impl FnOnce(&Case<'_>) -> T) -> T {
    let day = plan.on(as_of);
    let mut run = TracedRun::new(&day);
    run.events(subject.events);
    let (_, trace) = run.finish(subject.contacts);
    look(&Case::new(model, &trace, subject))
}

fn outcome(case: &Case<'_>) -> Outcome {
    let plan = case.plan();
    let chosen = case.choice(plan.exclusion);
    match chosen.and_then(|chosen| case.model.exclusions.get(chosen).zip(plan.exclusions.get(chosen))) {
        Some((exclusion, written)) => Outcome::Excluded {
            excluded: Exclusion {
                line: line(case, exclusion.span),
                rule: case.model.written(exclusion.span),
                reason: exclusion.reason.clone(),
                reasons: case.reasons(&exclusion.condition, written),
            },
        },
        None => Outcome::Scored(Box::new(scored(case))),
    }
}

fn scored(case: &Case<'_>) -> Scored {
    Scored {
        score: case.number(case.plan().overall),
        band: scores::overall_band(case),
        blocks: blocks::blocks(case),
        formulas: scores::formulas(case),
        overall: scores::overall(case),
        classes: scores::classes(case),
        broken_promises: scores::broken_promises(case),
        outlook: outlook::outlook(case),
        silent: silent::silent(case),
    }
}

/// The line on which something begins.
fn line(case: &Case<'_>, span: Span) -> usize {
    case.model.source.line(span.start)
}
