//! What reasoning says of all contacts that could exist: the two models give each of them the same result, or there is a
//! smallest one for which they differ, shown as a test of the new rules.

use serde::Serialize;

use crate::analyze::{self, Comparison, days_that_matter};
use crate::model::Model;
use crate::number::Number;

use super::counterexample::{Counterexample, counterexample};
use super::structure::{Structure, Verdict};

/// What reasoning says of all contacts that could exist.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Proof {
    /// Why it is not decided whether the two differ; `None` where it is.
    pub why: Option<String>,
    /// A smallest contact for which they differ.
    pub example: Option<Counterexample>,
    /// How much the overall score changes at most, of any contact that neither excludes.
    pub at_most: AtMost,
}

/// How much a score changes at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AtMost {
    /// The least that is added to it, negative where it falls; `None` where there is no limit, or none was found.
    pub down: Option<Number>,
    /// The most that is added to it; `None` likewise.
    pub up: Option<Number>,
}

/// Finds out whether two models differ for any contact, where what they say does not tell already; and where they do
/// not, whether they may differ in the reason for which they exclude one.
pub fn prove(old: &Model, new: &Model, structure: &mut Structure) {
    if structure.verdict.is_none() {
        let (verdict, proof) = reasoned(old, new);
        (structure.verdict, structure.proof) = (Some(verdict), Some(proof));
    }
    structure.other_reasons = structure.verdict == Some(Verdict::Equivalent) && other_reasons(old, new);
}

/// Whether two models that exclude the same contacts may give one of them another reason.
fn other_reasons(old: &Model, new: &Model) -> bool {
    let reasons = |model: &Model| -> Vec<(String, String)> {
        let exclusions = model.exclusions.iter();
        let said = exclusions.map(|exclusion| (model.written(exclusion.condition.span), exclusion.reason.clone()));
        said.collect()
    };
    if reasons(old) == reasons(new) {
        return false;
    }
    let days = days_that_matter(&[old, new]);
    let is_same = |day| matches!(analyze::compare(old, new, day), Comparison::Equivalent);
    !days.are_all || !days.days.into_iter().all(is_same)
}

fn reasoned(old: &Model, new: &Model) -> (Verdict, Proof) {
    let [reasonless_old, reasonless_new] = [old, new].map(reasonless);
    let mut proof = Proof::default();
    let mut limits: Option<AtMost> = None;
    let days = days_that_matter(&[old, new]);
    for day in &days.days {
        let at_most = match analyze::compare(&reasonless_old, &reasonless_new, *day) {
            Comparison::Equivalent => AtMost::NOTHING,
            Comparison::Different(difference) => {
                let [down, up] = difference.at_most;
                proof.example = proof.example.or_else(|| counterexample(old, new, &difference));
                if proof.example.is_none() {
                    proof.why.get_or_insert_with(|| unshown(&difference.column));
                }
                AtMost { down, up }
            }
            Comparison::Undecided { why, at_most } => {
                proof.why.get_or_insert(why.to_string());
                let (down, up) = at_most.unzip();
                AtMost { down, up }
            }
        };
        limits = Some(limits.map_or(at_most, |limits| limits.and(at_most)));
    }
    if !days.are_all {
        let why = || "they may differ on more days of scoring than were looked at".to_owned();
        proof.why.get_or_insert_with(why);
        limits = None;
    }
    proof.at_most = limits.unwrap_or_default();
    match (&proof.example, &proof.why) {
        (Some(_), _) => (Verdict::Different, Proof { why: None, ..proof }),
        (None, Some(_)) => (Verdict::Undecided, proof),
        (None, None) => (Verdict::Equivalent, proof),
    }
}

/// A model whose exclusions all have one reason: it is told why a contact is excluded, and makes no difference to it.
fn reasonless(model: &Model) -> Model {
    let mut model = model.clone();
    model
        .exclusions
        .iter_mut()
        .for_each(|exclusion| exclusion.reason = String::new());
    model
}

fn unshown(column: &str) -> String {
    format!("`{column}` seems to change, and no contact could be made up to show it")
}

impl AtMost {
    /// No change.
    const NOTHING: AtMost = AtMost {
        down: Some(Number::ZERO),
        up: Some(Number::ZERO),
    };

    /// What holds on the days of both.
    fn and(self, other: AtMost) -> AtMost {
        let both = |one: Option<Number>, other: Option<Number>, of: fn(Number, Number) -> Number| {
            one.zip(other).map(|(one, other)| of(one, other))
        };
        AtMost {
            down: both(self.down, other.down, Number::min),
            up: both(self.up, other.up, Number::max),
        }
    }
}
