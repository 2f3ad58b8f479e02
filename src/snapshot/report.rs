//! The review for programs. Its JSON is stable: results have the columns of `leadscore score` as keys.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::calendar::Day;

use super::{Change, DataChange, Migration, Outcome, Review, Rules, RulesChange, Section, Shift, why};

/// A review as JSON.
#[derive(Clone, Debug, Serialize)]
pub struct Report<'a> {
    /// The file of the accepted snapshot.
    snapshot: &'a str,
    /// Whether the results are as they were accepted.
    unchanged: bool,
    /// The day of scoring, accepted and now.
    as_of: Pair<Day>,
    contacts: Counts,
    rules: &'a RulesChange,
    /// `null` where the data of one side is not known.
    data: &'a Option<Vec<DataChange>>,
    /// Scores and classes that only one side has.
    columns: Columns<'a>,
    bands: Vec<Migration<'a>>,
    changes: Vec<ChangeReport<'a>>,
}

#[derive(Clone, Debug, Serialize)]
struct Pair<T> {
    accepted: T,
    now: T,
}

#[derive(Clone, Debug, Serialize)]
struct Counts {
    accepted: usize,
    now: usize,
    /// Those with another band, score or other result.
    changed: usize,
    /// Those whose equal result comes of other rules.
    other_reasons: usize,
    new: usize,
    gone: usize,
}

#[derive(Clone, Debug, Serialize)]
struct Columns<'a> {
    new: Vec<&'a str>,
    gone: Vec<&'a str>,
}

#[derive(Clone, Debug, Serialize)]
struct ChangeReport<'a> {
    id: &'a str,
    change: Shift,
    before: Option<Result<'a>>,
    after: Option<Result<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Vec<Section>>,
}

/// A result with the columns of a result as keys.
#[derive(Clone, Debug)]
struct Result<'a> {
    rules: &'a Rules,
    outcome: &'a Outcome,
}

/// The review of a snapshot in a file, with so many changes at most, and why, where it is wanted.
pub fn report<'a>(review: &'a Review<'a>, snapshot: &'a str, most: Option<usize>, with_why: bool) -> Report<'a> {
    let count = |shift| review.count(shift);
    let change = |change: &Change<'a>| ChangeReport {
        id: change.id,
        change: change.shift,
        before: change.before.map(|outcome| Result {
            rules: &review.accepted.rules,
            outcome,
        }),
        after: change.after.map(|outcome| Result {
            rules: &review.now.rules,
            outcome,
        }),
        why: with_why.then(|| why(review, change)),
    };
    Report {
        snapshot,
        unchanged: review.is_unchanged(),
        as_of: Pair {
            accepted: review.accepted.as_of,
            now: review.now.as_of,
        },
        contacts: Counts {
            accepted: review.accepted.contacts.len(),
            now: review.now.contacts.len(),
            changed: count(Shift::Band) + count(Shift::Score) + count(Shift::Other),
            other_reasons: count(Shift::Reasons),
            new: count(Shift::New),
            gone: count(Shift::Gone),
        },
        rules: &review.rules,
        data: &review.data,
        columns: Columns {
            new: review.new_columns.iter().map(|name| &**name).collect(),
            gone: review.gone_columns.iter().map(|name| &**name).collect(),
        },
        bands: review.migrations(),
        changes: review
            .changes
            .iter()
            .take(most.unwrap_or(usize::MAX))
            .map(change)
            .collect(),
    }
}

impl Serialize for Result<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("score", &self.outcome.score())?;
        map.serialize_entry("band", &self.outcome.band())?;
        match self.outcome {
            Outcome::Excluded { reason } => map.serialize_entry("excluded", &**reason)?,
            Outcome::Scored(scored) => {
                for (score, value) in self.rules.scores.iter().zip(&scored.values).skip(1) {
                    map.serialize_entry(&*score.name, &value.value)?;
                    if let Some(band) = &value.band {
                        map.serialize_entry(&format!("{}_band", score.name), &**band)?;
                    }
                }
                for (class, label) in self.rules.classes.iter().zip(&scored.classes) {
                    map.serialize_entry(&**class, &label.as_deref())?;
                }
                map.serialize_entry("excluded", &None::<&str>)?;
            }
        }
        map.end()
    }
}
