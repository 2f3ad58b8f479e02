//! Two models and what they give the same contacts, as the command compares them, in memory.

use leadscore::calendar::Day;
use leadscore::diff::{self, Compared, Difference, Followed, Impact, Mover, Structure};
use leadscore::model::Model;
use leadscore::number::Number;
use leadscore::plan::Plan;
use leadscore::reason::{Case, Subject};
use leadscore::score::{ResultValues, Run, Scores, TracedRun};
use leadscore::table::{Contacts, Events};

/// A model with its contacts and their events.
#[derive(Clone, Copy)]
pub(crate) struct Side<'a> {
    pub(crate) model: &'a Model,
    pub(crate) contacts: &'a Contacts,
    pub(crate) events: &'a Events,
}

/// The difference between two sides; what moves a contact adds up.
pub(crate) fn difference(old: Side<'_>, new: Side<'_>, as_of: Day) -> Difference {
    let mut structure = diff::compare(old.model, new.model);
    let impact = impact(old, new, as_of, &mut structure);
    Difference {
        old: "old.ls".to_owned(),
        new: "new.ls".to_owned(),
        structure,
        impact: Some(impact),
    }
}

fn impact(old: Side<'_>, new: Side<'_>, as_of: Day, structure: &mut Structure) -> Impact {
    let plans = [old, new].map(|side| Plan::new(side.model));
    let followed = Followed::new(structure, &plans[0], &plans[1], new.model);
    let [old_plan, new_plan] = plans;
    let old_plan = old_plan.keeping(followed.old.iter().copied());
    let new_plan = new_plan.keeping(followed.new.iter().copied());
    let scores = |side: Side<'_>, plan: &Plan| {
        let day = plan.on(as_of);
        let mut run = Run::new(&day);
        run.events(side.events);
        run.finish(side.contacts)
    };
    let compared = Compared {
        old: old.model,
        new: new.model,
        old_scores: &scores(old, &old_plan),
        new_scores: &scores(new, &new_plan),
        contacts: new.contacts,
    };
    let mut impact = Impact::new(compared, &followed, structure, 3);
    assert_changes_add_up(&impact, structure, compared);
    let (old_day, new_day) = (old_plan.on(as_of), new_plan.on(as_of));
    let mut before = TracedRun::new(&old_day);
    before.events(old.events);
    let (_, before) = before.finish(old.contacts);
    let mut after = TracedRun::new(&new_day);
    after.events(new.events);
    let (_, after) = after.finish(new.contacts);
    for (mover, row) in impact.movers.iter_mut().zip(&impact.rows) {
        let was = Case::new(old.model, &before, old.subject(*row));
        let is = Case::new(new.model, &after, new.subject(*row));
        mover.lines = diff::lines(&was, &is, structure);
        assert_adds_up(mover);
    }
    impact
}

impl<'a> Side<'a> {
    fn subject(self, row: usize) -> Subject<'a> {
        Subject {
            contacts: self.contacts,
            events: self.events,
            row,
        }
    }
}

/// Fails where the points of all changes, with those that other things make of them, are not what the contacts gain and
/// lose that neither file excludes. At the ends of the range of numbers there is nothing to add.
fn assert_changes_add_up(impact: &Impact, structure: &Structure, compared: Compared<'_>) {
    let [old, new] = [compared.old_scores, compared.new_scores].map(overall);
    let moves = old
        .iter()
        .zip(&new)
        .filter_map(|(old, new)| Some(new.as_ref()?.units() - old.as_ref()?.units()));
    let moved: i128 = moves.map(i128::from).sum();
    let reaches = structure.changes.iter().filter_map(|change| change.reach);
    let points: Vec<i64> = reaches.chain([impact.rest]).map(|reach| reach.points.units()).collect();
    if points.iter().all(|units| units.abs() < Number::MAX.units() / 4) {
        let sum: i128 = points.into_iter().map(i128::from).sum();
        assert_eq!(sum, moved, "{:#?} {:?}", structure.changes, impact.rest);
    }
}

/// The overall scores; `None` for excluded contacts.
fn overall(scores: &Scores) -> Vec<Option<Number>> {
    let at = scores.columns().iter().position(|column| column.name == "score");
    match at.and_then(|at| scores.column(at)) {
        Some(ResultValues::Numbers(numbers)) => numbers
            .iter()
            .map(|units| Number::from_units(i128::from(*units)))
            .collect(),
        _ => panic!("every result has an overall score"),
    }
}

/// Fails where the lines of a mover are not its points. At the ends of the range of numbers there is nothing to add.
fn assert_adds_up(mover: &Mover) {
    let scores = [&mover.moved.old, &mover.moved.new].map(|standing| standing.score.unwrap_or_default());
    if scores.iter().all(|score| score.units().abs() < Number::MAX.units() / 4) {
        let sum: i128 = mover.lines.iter().map(|line| i128::from(line.points.units())).sum();
        assert_eq!(sum, i128::from(mover.points.units()), "{mover:?}");
    }
}
