//! The results of one run, as two of them are compared: scores, bands and exclusions by rows.

use crate::model::{Labelled, Model};
use crate::number::Number;
use crate::plan::Holds;
use crate::score::{ResultValues, Scores};
use crate::table::Column;

/// What an excluded contact has in the place of a band.
pub(super) const EXCLUDED: &str = "excluded";

/// The results of a run.
pub(super) struct Results<'a> {
    model: &'a Model,
    scores: &'a Scores,
    overall: &'a [i64],
    bands: &'a [u32],
    band_texts: &'a [String],
    exclusions: &'a [u32],
}

impl<'a> Results<'a> {
    pub(super) fn new(model: &'a Model, scores: &'a Scores) -> Results<'a> {
        let mut results = Results {
            model,
            scores,
            overall: &[],
            bands: &[],
            band_texts: &[],
            exclusions: &[],
        };
        let mut is_first = true;
        for (at, column) in scores.columns().iter().enumerate() {
            match (&column.holds, scores.column(at)) {
                (Holds::Score { .. }, Some(ResultValues::Numbers(numbers))) if is_first => {
                    (results.overall, is_first) = (numbers, false);
                }
                (Holds::Label { of: Labelled::Band, .. }, Some(ResultValues::Texts { places, texts })) => {
                    (results.bands, results.band_texts) = (places, texts);
                }
                (Holds::Exclusion, Some(ResultValues::Texts { places, .. })) => results.exclusions = places,
                _ => {}
            }
        }
        results
    }

    pub(super) fn model(&self) -> &'a Model {
        self.model
    }

    pub(super) fn scores(&self) -> &'a Scores {
        self.scores
    }

    /// How many contacts there are.
    pub(super) fn len(&self) -> usize {
        self.scores.len()
    }

    /// The overall score; `None` for an excluded contact.
    pub(super) fn score(&self, row: usize) -> Option<Number> {
        Number::from_units(i128::from(*self.overall.get(row)?))
    }

    /// The band, or that the contact is excluded; `None` for no band.
    pub(super) fn label(&self, row: usize) -> Option<&'a str> {
        let place = self.bands.get(row).filter(|place| **place != Column::NO_TEXT)?;
        self.band_texts.get(*place as usize).map(String::as_str)
    }

    /// The band of a score.
    pub(super) fn label_of(&self, score: Number) -> Option<&'a str> {
        let bands = self.model.overall.bands.iter();
        let reached = bands.filter(|band| band.threshold.is_none_or(|threshold| threshold <= score));
        let highest = reached.max_by_key(|band| band.threshold);
        highest.map(|band| band.label.as_str())
    }

    /// The place of the exclusion that takes a contact out.
    pub(super) fn exclusion(&self, row: usize) -> Option<usize> {
        let place = self.exclusions.get(row).filter(|place| **place != Column::NO_TEXT)?;
        Some(*place as usize)
    }

    pub(super) fn is_excluded(&self, row: usize) -> bool {
        self.exclusion(row).is_some()
    }

    /// The numbers of a node that the plan keeps, by its place among those.
    pub(super) fn kept(&self, place: usize) -> &'a [i64] {
        match self.scores.kept(place) {
            Some(ResultValues::Numbers(numbers)) => numbers,
            Some(ResultValues::Ids | ResultValues::Texts { .. }) | None => &[],
        }
    }

    /// The bands from the highest down, then no band, then `excluded`.
    pub(super) fn labels(&self) -> Vec<Option<String>> {
        let mut bands: Vec<_> = self.model.overall.bands.iter().collect();
        bands.sort_by_key(|band| std::cmp::Reverse(band.threshold));
        let labels = bands.into_iter().map(|band| Some(band.label.clone()));
        labels.chain([None, Some(EXCLUDED.to_owned())]).collect()
    }

    /// The band with the highest threshold.
    pub(super) fn top(&self) -> Option<&'a str> {
        let thresholds = self.model.overall.bands.iter();
        let top = thresholds.filter_map(|band| Some((band.threshold?, band.label.as_str())));
        top.max().map(|(_, label)| label)
    }
}
