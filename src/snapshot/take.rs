//! Takes a snapshot of scores: the results of each contact with the points behind them, in the order of names.

use std::sync::Arc;

use crate::model::{self, Labelled, Model};
use crate::number::Number;
use crate::plan::Plan;
use crate::reason::difference;
use crate::score::{ResultValues, Scores};
use crate::table::Contacts;

use super::marks::Marks;
use super::places::{Gives, Kept, Places, places};
use super::{Contact, DataFile, Fingerprint, Outcome, Rules, Scored, Snapshot, Step, Value};

/// What the end of a score that has no end of its own is called: that of the range of numbers.
pub(super) const END_OF_RANGE: &str = "end of the range of numbers";

/// The plan of a model that also keeps what every rule gives.
pub fn plan(model: &Model) -> Plan {
    let plan = Plan::new(model);
    let mut kept = Kept::default();
    places(model, &plan, &mut kept);
    plan.keeping(kept.0)
}

/// The fingerprint of rules: of two files that mean the same, the same.
pub fn fingerprint(model: &Model) -> Fingerprint {
    Marks::new(model, &plan(model)).of_rules()
}

/// The snapshot of what scoring came to with a [`plan()`]; the files are those of the data.
pub fn take(model: &Model, plan: &Plan, scores: &Scores, contacts: &Contacts, data: Vec<DataFile>) -> Snapshot {
    let (own, places) = places(model, plan, &mut Kept::default());
    let classes = model.classes.iter().zip((0..).map(model::ClassId));
    let mut classes: Vec<_> = classes
        .map(|(class, id)| (Arc::from(class.name.as_str()), id))
        .collect();
    classes.sort();
    let labels = |of: Labelled| Labels {
        of,
        texts: model.labels(of).into_iter().map(Arc::from).collect(),
    };
    let rules = Rules {
        fingerprint: Marks::new(model, plan).of_rules(),
        classes: classes.iter().map(|(name, _)| Arc::clone(name)).collect(),
        scores: own,
    };
    let exclusions = model.exclusions.iter();
    let taking = Taking {
        scores,
        bands: places.iter().map(|places| places.bands.map(labels)).collect(),
        classes: classes.iter().map(|(_, id)| labels(Labelled::Class(*id))).collect(),
        reasons: exclusions.map(|exclusion| exclusion.reason.as_str().into()).collect(),
        places: &places,
        rules: &rules,
    };
    let contact = |row| Contact {
        id: contacts.id(row).into(),
        result: taking.outcome(row),
    };
    let mut taken: Vec<Contact> = (0..scores.len()).map(contact).collect();
    taken.sort_by(|one, two| one.id.cmp(&two.id));
    Snapshot {
        as_of: scores.as_of(),
        data,
        contacts: taken,
        rules,
    }
}

/// The labels that a band or class may have.
struct Labels {
    of: Labelled,
    texts: Vec<Arc<str>>,
}

/// A snapshot in the making.
struct Taking<'a> {
    scores: &'a Scores,
    rules: &'a Rules,
    places: &'a [Places],
    bands: Vec<Option<Labels>>,
    classes: Vec<Labels>,
    reasons: Vec<Arc<str>>,
}

impl Taking<'_> {
    fn outcome(&self, row: usize) -> Outcome {
        let excluded = self.scores.exclusion(row).and_then(|place| self.reasons.get(place));
        if let Some(reason) = excluded {
            return Outcome::Excluded {
                reason: Arc::clone(reason),
            };
        }
        let values = self.places.iter().zip(&self.bands).map(|(places, bands)| Value {
            value: self.scores.score(places.score, row).unwrap_or_default(),
            band: bands.as_ref().and_then(|labels| self.label(labels, row)),
            steps: self.steps(places, row),
            clamp: None,
        });
        let mut values: Vec<Value> = values.collect();
        for score in 0..values.len() {
            let clamp = self.clamp(score, &values, row);
            if let Some(value) = values.get_mut(score) {
                value.clamp = clamp;
            }
        }
        Outcome::Scored(Scored {
            values,
            classes: self.classes.iter().map(|labels| self.label(labels, row)).collect(),
        })
    }

    fn label(&self, labels: &Labels, row: usize) -> Option<Arc<str>> {
        let place = self.scores.label(labels.of, row)?;
        labels.texts.get(usize::from(place)).cloned()
    }

    /// What rules and decay gave.
    fn steps(&self, places: &Places, row: usize) -> Vec<Step> {
        let steps = places.gives.iter().filter_map(|gives| {
            let (points, title) = match gives {
                Gives::Points(place, title) => (self.number(*place, row)?, title),
                Gives::Row {
                    points,
                    row: at,
                    titles,
                } => (self.number(*points, row)?, titles.get(self.chosen(*at, row)?)?),
                Gives::Decay { before, after, title } => {
                    (difference(self.number(*after, row)?, self.number(*before, row)?), title)
                }
            };
            (points != Number::ZERO).then(|| Step {
                title: Arc::clone(title),
                points,
            })
        });
        together(steps.collect())
    }

    /// What the ends of a score changed.
    fn clamp(&self, score: usize, values: &[Value], row: usize) -> Option<Step> {
        let (places, value) = (self.places.get(score)?, values.get(score)?.value);
        let unclamped = match places.unclamped {
            Some(place) => self.number(place, row)?,
            None => self.rules.sum(score, values)?,
        };
        let points = difference(value, unclamped);
        let end = match points < Number::ZERO {
            true => places.clamp.max.map(|max| format!("max {max}")),
            false => places.clamp.min.map(|min| format!("min {min}")),
        };
        (points != Number::ZERO).then(|| Step {
            title: end.map_or(END_OF_RANGE.into(), Arc::from),
            points,
        })
    }

    /// A number that is kept; `None` for an excluded contact.
    fn number(&self, place: usize, row: usize) -> Option<Number> {
        match self.scores.kept(place)? {
            ResultValues::Numbers(numbers) => Number::from_units((*numbers.get(row)?).into()),
            ResultValues::Ids | ResultValues::Texts { .. } => None,
        }
    }

    /// The place of a choice that is kept.
    fn chosen(&self, place: usize, row: usize) -> Option<usize> {
        match self.scores.kept(place)? {
            ResultValues::Texts { places, .. } => Some(*places.get(row)? as usize),
            ResultValues::Ids | ResultValues::Numbers(_) => None,
        }
    }
}

/// The steps in the order of their titles, those of one title as one.
fn together(mut steps: Vec<Step>) -> Vec<Step> {
    steps.sort_by(|one, two| one.title.cmp(&two.title));
    let mut all: Vec<Step> = Vec::with_capacity(steps.len());
    for step in steps {
        match all.last_mut().filter(|last| last.title == step.title) {
            Some(last) => {
                let sum = i128::from(last.points.units()) + i128::from(step.points.units());
                last.points = Number::saturating_from_units(sum);
            }
            None => all.push(step),
        }
    }
    all.retain(|step| step.points != Number::ZERO);
    all
}
