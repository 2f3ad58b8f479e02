//! What a change of rules does to contacts.
//!
//! Its JSON is stable. Scores and points are exact JSON numbers; a band is its label, `null` for none, `excluded` for a
//! contact that an exclusion takes out.

use std::collections::HashMap;

use serde::Serialize;

use crate::calendar::Day;
use crate::model::Model;
use crate::number::Number;
use crate::reason::difference;
use crate::score::{ResultValues, Scores};
use crate::table::Contacts;

use super::follow::Followed;
use super::ledger::Line;
use super::results::{EXCLUDED, Results};
use super::structure::{Reach, Structure};

/// What becomes of the contacts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Impact {
    /// The day of scoring.
    pub as_of: Day,
    /// How many contacts there are.
    pub contacts: usize,
    /// The overall scores of those that neither file excludes.
    pub score: ScoreChanges,
    /// Who is excluded.
    pub excluded: ExclusionChanges,
    /// From which band to which.
    pub bands: Migration,
    /// What else stands in the results of both files: blocks, formulas, their bands, classes.
    pub results: Vec<ResultChange>,
    /// Who enters and leaves the highest band; `None` where neither file has bands.
    pub top: Option<Top>,
    /// What moves contacts besides the changes themselves, so that the points of all changes and these are those that
    /// the contacts gain and lose together: limits, decay and formulas that have other points to work on.
    pub rest: Reach,
    /// The contacts whose score moves most, the greatest move first.
    pub movers: Vec<Mover>,
    /// The rows of the movers.
    #[serde(skip)]
    pub rows: Vec<usize>,
}

/// How the scores of contacts change that have one before and after.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ScoreChanges {
    /// So many scores stay as they are.
    pub unchanged: usize,
    /// So many rise.
    pub raised: usize,
    /// So many fall.
    pub lowered: usize,
    /// The mean change; `None` without contacts.
    pub mean: Option<Number>,
    /// The middle change; `None` without contacts.
    pub median: Option<Number>,
}

/// How exclusions change.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ExclusionChanges {
    /// So many contacts are excluded that were not.
    pub newly: usize,
    /// So many are not excluded any more.
    pub no_longer: usize,
    /// So many are excluded by both.
    pub still: usize,
}

/// How many contacts go from which band to which.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Migration {
    /// So many contacts change their band; to be without one, and to be excluded, count as bands.
    pub changed: usize,
    /// The old bands, the highest first, then none, then `excluded`; the last two where there are any.
    pub old: Vec<Option<String>>,
    /// The new bands in the same order.
    pub new: Vec<Option<String>>,
    /// How many contacts, for each old band, for each new one.
    pub contacts: Vec<Vec<usize>>,
}

/// How a column of the results changes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ResultChange {
    /// Its name.
    pub name: String,
    /// So many contacts have another value there.
    pub changed: usize,
}

/// Who enters and leaves the highest band.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Top {
    /// What it was called; `None` where there was none.
    pub old: Option<String>,
    /// What it is called; `None` where there is none.
    pub new: Option<String>,
    /// Who enters it, the highest new score first.
    pub entering: Crowd,
    /// Who leaves it, the highest old score first.
    pub leaving: Crowd,
}

/// Contacts, of which the first are named.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Crowd {
    /// How many there are.
    pub count: usize,
    /// The first of them.
    pub first: Vec<Moved>,
}

/// A contact before and after.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Moved {
    /// Its id.
    pub contact: String,
    /// What it had.
    pub old: Standing,
    /// What it has.
    pub new: Standing,
}

/// What a contact has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// The score; `None` for an excluded contact.
    pub score: Option<Number>,
    /// The band, or `excluded`.
    pub band: Option<String>,
}

/// A contact whose score moves, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Mover {
    /// The contact before and after.
    #[serde(flatten)]
    pub moved: Moved,
    /// By how much.
    pub points: Number,
    /// What moves it, adding up exactly to its points.
    pub lines: Vec<Line>,
}

/// The two models, and what they gave the same contacts on the same day.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// The old rules.
    pub old: &'a Model,
    /// The new rules.
    pub new: &'a Model,
    /// What the old rules gave.
    pub old_scores: &'a Scores,
    /// What the new rules gave.
    pub new_scores: &'a Scores,
    /// The contacts, whose ids are needed.
    pub contacts: &'a Contacts,
}

impl Impact {
    /// What becomes of contacts, and, in the structure, which of them each change moves. So many are named at the most
    /// of those that move most, that enter and that leave the highest band. What moves them is not told yet: the lines
    /// of the [movers](Self::movers) are empty.
    pub fn new(compared: Compared<'_>, followed: &Followed, structure: &mut Structure, top: usize) -> Impact {
        let old = Results::new(compared.old, compared.old_scores);
        let new = Results::new(compared.new, compared.new_scores);
        let rest = followed.tell(&mut structure.changes, &old, &new);
        let sides = Sides {
            old,
            new,
            contacts: compared.contacts,
        };
        let rows = sides.movers(top);
        let movers = rows.iter().map(|row| Mover {
            moved: sides.moved(*row),
            points: sides.change(*row).unwrap_or_default(),
            lines: Vec::new(),
        });
        Impact {
            as_of: compared.new_scores.as_of(),
            contacts: sides.new.len(),
            score: sides.scores(),
            excluded: sides.exclusions(),
            bands: sides.migration(),
            results: sides.results(),
            top: sides.top(top),
            rest,
            movers: movers.collect(),
            rows,
        }
    }
}

struct Sides<'a> {
    old: Results<'a>,
    new: Results<'a>,
    contacts: &'a Contacts,
}

impl Sides<'_> {
    fn rows(&self) -> std::ops::Range<usize> {
        0..self.new.len()
    }

    /// By how much a score changes; `None` for a contact that one of the two excludes.
    fn change(&self, row: usize) -> Option<Number> {
        Some(difference(self.new.score(row)?, self.old.score(row)?))
    }

    fn moved(&self, row: usize) -> Moved {
        let standing = |results: &Results<'_>| Standing {
            score: results.score(row),
            band: results.label(row).map(str::to_owned),
        };
        Moved {
            contact: self.contacts.id(row).to_owned(),
            old: standing(&self.old),
            new: standing(&self.new),
        }
    }

    fn scores(&self) -> ScoreChanges {
        let mut changes: Vec<i64> = self.rows().filter_map(|row| Some(self.change(row)?.units())).collect();
        let count = |holds: fn(&&i64) -> bool| changes.iter().filter(holds).count();
        let mut scores = ScoreChanges {
            unchanged: count(|change| **change == 0),
            raised: count(|change| **change > 0),
            lowered: count(|change| **change < 0),
            mean: None,
            median: None,
        };
        let sum: i128 = changes.iter().map(|change| i128::from(*change)).sum();
        scores.mean = mean(sum, changes.len());
        changes.sort_unstable();
        let middle = changes.get(changes.len().saturating_sub(1) / 2..=changes.len() / 2);
        // Of an odd number of changes, one is the middle.
        let middle = middle.map(|middle| middle.get(..2 - changes.len() % 2).unwrap_or(middle));
        let middle = middle.unwrap_or_default();
        scores.median = mean(middle.iter().map(|change| i128::from(*change)).sum(), middle.len());
        scores
    }

    fn exclusions(&self) -> ExclusionChanges {
        let mut changes = ExclusionChanges::default();
        for row in self.rows() {
            match (self.old.is_excluded(row), self.new.is_excluded(row)) {
                (false, true) => changes.newly += 1,
                (true, false) => changes.no_longer += 1,
                (true, true) => changes.still += 1,
                (false, false) => {}
            }
        }
        changes
    }

    fn migration(&self) -> Migration {
        let mut counts: HashMap<(Option<&str>, Option<&str>), usize> = HashMap::new();
        for row in self.rows() {
            *counts.entry((self.old.label(row), self.new.label(row))).or_default() += 1;
        }
        // To be without a band, or excluded, is shown only where somebody is.
        let is_shown =
            |label: &Option<String>, is_used: bool| is_used || label.as_deref().is_some_and(|it| it != EXCLUDED);
        let (mut old, mut new) = (self.old.labels(), self.new.labels());
        old.retain(|label| is_shown(label, counts.keys().any(|(old, _)| *old == label.as_deref())));
        new.retain(|label| is_shown(label, counts.keys().any(|(_, new)| *new == label.as_deref())));
        let of = |from: &Option<String>, to: &Option<String>| {
            counts.get(&(from.as_deref(), to.as_deref())).copied().unwrap_or(0)
        };
        Migration {
            changed: counts
                .iter()
                .filter(|((old, new), _)| old != new)
                .map(|(_, count)| count)
                .sum(),
            contacts: old
                .iter()
                .map(|from| new.iter().map(|to| of(from, to)).collect())
                .collect(),
            old,
            new,
        }
    }

    /// The columns that both have, but those that are told elsewhere.
    fn results(&self) -> Vec<ResultChange> {
        let (old, new) = (self.old.scores(), self.new.scores());
        let told = ["id", "score", "band", EXCLUDED];
        let columns = new.columns().iter().enumerate();
        let columns = columns.filter(|(_, column)| !told.contains(&column.name.as_str()));
        let both = columns.filter_map(|(at, column)| {
            let from = old.columns().iter().position(|other| other.name == column.name)?;
            Some(ResultChange {
                name: column.name.clone(),
                changed: differing(old.column(from), new.column(at), self.new.len()),
            })
        });
        both.collect()
    }

    fn top(&self, most: usize) -> Option<Top> {
        let (old, new) = (self.old.top(), self.new.top());
        if old.is_none() && new.is_none() {
            return None;
        }
        let was = |row: &usize| old.is_some() && self.old.label(*row) == old;
        let is = |row: &usize| new.is_some() && self.new.label(*row) == new;
        let entering = self.rows().filter(|row| !was(row) && is(row)).collect();
        let leaving = self.rows().filter(|row| was(row) && !is(row)).collect();
        Some(Top {
            old: old.map(str::to_owned),
            new: new.map(str::to_owned),
            entering: self.crowd(entering, &self.new, most),
            leaving: self.crowd(leaving, &self.old, most),
        })
    }

    fn crowd(&self, mut rows: Vec<usize>, by: &Results<'_>, most: usize) -> Crowd {
        let count = rows.len();
        rows.sort_by_key(|row| std::cmp::Reverse(by.score(*row)));
        rows.truncate(most);
        Crowd {
            count,
            first: rows.into_iter().map(|row| self.moved(row)).collect(),
        }
    }

    /// The rows of the contacts whose score moves most; of equal moves, the first in the data.
    fn movers(&self, most: usize) -> Vec<usize> {
        let moved = self.rows().filter_map(|row| {
            let change = self.change(row)?.units().unsigned_abs();
            (change > 0).then_some((std::cmp::Reverse(change), row))
        });
        let mut moved: Vec<_> = moved.collect();
        if most < moved.len() {
            moved.select_nth_unstable(most);
            moved.truncate(most);
        }
        moved.sort_unstable();
        moved.into_iter().map(|(_, row)| row).collect()
    }
}

/// A sum of ten-thousandths, divided, rounded half away from zero; `None` for a division by nothing.
fn mean(sum: i128, count: usize) -> Option<Number> {
    let count = i128::try_from(count).ok().filter(|count| *count > 0)?;
    let rounded = (sum.abs() + count / 2) / count;
    Some(Number::saturating_from_units(rounded * sum.signum()))
}

/// For how many contacts two columns differ.
fn differing(old: Option<ResultValues<'_>>, new: Option<ResultValues<'_>>, rows: usize) -> usize {
    match (old, new) {
        (Some(ResultValues::Numbers(old)), Some(ResultValues::Numbers(new))) => {
            old.iter().zip(new).filter(|(old, new)| old != new).count()
        }
        (
            Some(ResultValues::Texts { places, texts }),
            Some(ResultValues::Texts {
                places: new_places,
                texts: new_texts,
            }),
        ) => (0..rows)
            .filter(|row| text(places, texts, *row) != text(new_places, new_texts, *row))
            .count(),
        // A name that stood for a score and stands for a label: nothing of it is the same.
        (Some(_), Some(_)) => rows,
        (None, _) | (_, None) => 0,
    }
}

/// The text of a row.
fn text<'t>(places: &[u32], texts: &'t [String], row: usize) -> Option<&'t str> {
    texts.get(*places.get(row)? as usize).map(String::as_str)
}
