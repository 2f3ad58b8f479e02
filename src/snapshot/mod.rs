//! Snapshots: what came of scoring each contact, as a text that is accepted, kept in git and compared later.
//!
//! [`plan()`] plans what a snapshot needs, [`take`] takes one of scores, [`write()`] and [`read`] are its text and back, and
//! [`compare`] finds what is different between the accepted one and today's, which [`render`] tells people.
//!
//! The text has a paragraph for each contact, in the order of the ids, so that a contact that comes, goes or changes is
//! the only difference, however the data is sorted. In it everything stands by its name in the order of names: where
//! statements stand in the rules file changes nothing.

mod compare;
mod fingerprint;
mod marks;
mod places;
mod read;
mod render;
mod report;
mod steps;
mod take;
mod text;
mod write;

pub use compare::{Change, DataChange, Migration, Review, RuleChange, RulesChange, Shift, compare};
pub use fingerprint::Fingerprint;
pub use read::{Accepted, Error, read};
pub use render::{Layout, render};
pub use report::{Report, report};
pub use steps::{Difference, Section, why};
pub use take::{fingerprint, plan, take};
pub use write::write;

use std::sync::Arc;

use crate::calendar::Day;
use crate::number::Number;

/// What the overall score is called.
pub const OVERALL: &str = "score";

/// The results of all contacts on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The day of scoring.
    pub as_of: Day,
    /// The files of data, the contacts first; none where they are not known.
    pub data: Vec<DataFile>,
    /// What the rules give.
    pub rules: Rules,
    /// The contacts, in the order of their ids.
    pub contacts: Vec<Contact>,
}

/// A file of data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataFile {
    /// Its name, without its folder.
    pub name: String,
    /// The mark of what is in it.
    pub fingerprint: Fingerprint,
}

/// What rules give: scores and classes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// The mark of all that results depend on in the rules.
    pub fingerprint: Fingerprint,
    /// The overall score, then the others in the order of their names.
    pub scores: Vec<Score>,
    /// The names of the classifications, in their order.
    pub classes: Vec<Arc<str>>,
}

/// A score, and what gives it its points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// Its name.
    pub name: Arc<str>,
    /// How it is computed from others; `None` for a block, and for the sum of all blocks.
    pub formula: Option<Arc<str>>,
    /// Its rules, rows of tables and its decay, in the order of their titles, each title once.
    pub rules: Vec<Rule>,
}

/// What gives or takes points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The mark of what it means, its points included.
    pub fingerprint: Fingerprint,
    /// What it rewards, in the words of the file.
    pub title: Arc<str>,
}

/// What came of scoring a contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Its id.
    pub id: Arc<str>,
    /// Its result.
    pub result: Outcome,
}

/// The result of a contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is excluded.
    Excluded {
        /// Why.
        reason: Arc<str>,
    },
    /// It has scores.
    Scored(Scored),
}

/// The scores and labels of a contact.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scored {
    /// A value for each score of the rules, in their order.
    pub values: Vec<Value>,
    /// For each classification of the rules, the label, where there is one.
    pub classes: Vec<Option<Arc<str>>>,
}

/// The value of a score, and where it comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Value {
    /// The value.
    pub value: Number,
    /// Its band, where it has one.
    pub band: Option<Arc<str>>,
    /// What rules and decay gave, in the order of their titles, without those that gave nothing.
    pub steps: Vec<Step>,
    /// What the ends of the score changed, where they did: `max 100`.
    pub clamp: Option<Step>,
}

/// Points and what gave them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What gave them.
    pub title: Arc<str>,
    /// The points, not zero.
    pub points: Number,
}

impl Outcome {
    /// The scores; `None` of an excluded contact.
    pub fn scored(&self) -> Option<&Scored> {
        match self {
            Outcome::Scored(scored) => Some(scored),
            Outcome::Excluded { .. } => None,
        }
    }

    /// The overall score; `None` of an excluded contact.
    pub fn score(&self) -> Option<Number> {
        Some(self.scored()?.values.first()?.value)
    }

    /// What stands in the column of bands: the overall band, or `excluded`.
    pub fn band(&self) -> Option<&str> {
        match self {
            Outcome::Excluded { .. } => Some("excluded"),
            Outcome::Scored(scored) => scored.values.first()?.band.as_deref(),
        }
    }
}

impl Rules {
    /// The place of a score.
    pub fn score(&self, name: &str) -> Option<usize> {
        self.scores.iter().position(|score| &*score.name == name)
    }

    /// The place of a classification.
    pub fn class(&self, name: &str) -> Option<usize> {
        self.classes.iter().position(|class| &**class == name)
    }

    /// What a value must be for its steps: their sum, and, of the sum of all blocks, the blocks. `None` for a formula,
    /// whose value does not follow from steps.
    fn sum(&self, place: usize, values: &[Value]) -> Option<Number> {
        let formula = &self.scores.get(place)?.formula;
        if formula.is_some() {
            return None;
        }
        let value = values.get(place)?;
        let steps = value.steps.iter().map(|step| step.points);
        let others = match place {
            0 => self.scores.get(1..).unwrap_or_default(),
            _ => &[],
        };
        let others = others.iter().zip(values.iter().skip(1));
        let blocks = others.filter(|(score, _)| score.formula.is_none());
        let all = steps.chain(blocks.map(|(_, value)| value.value));
        let sum: i128 = all.map(|points| i128::from(points.units())).sum();
        let sum = Number::saturating_from_units(sum).units();
        let clamp = value.clamp.as_ref().map_or(0, |clamp| clamp.points.units());
        Some(Number::saturating_from_units(i128::from(sum) + i128::from(clamp)))
    }
}
