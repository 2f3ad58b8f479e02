//! The words in which it is told whether any contact that could exist gets another result.

use crate::number::Number;

use super::counterexample::Counterexample;
use super::proof::Proof;
use super::structure::{Structure, Verdict};

/// Whether any contact gets another result, how much scores change at most, and whether reasons may be others, in a
/// sentence each; none where nobody has found out.
pub(super) fn verdict(structure: &Structure) -> Vec<String> {
    let Some(verdict) = structure.verdict else {
        return Vec::new();
    };
    let mut sentences = result(structure, verdict);
    if structure.other_reasons {
        let reasons = "the reason given for an excluded contact (column `excluded`) may be another";
        sentences.push(reasons.to_owned());
    }
    sentences
}

fn result(structure: &Structure, verdict: Verdict) -> Vec<String> {
    let Some(proof) = &structure.proof else {
        let why = match structure.changes.is_empty() {
            true => "the rules are the same",
            false => "no change touches a rule, a score or a label",
        };
        return vec![format!(
            "equivalent: every contact that could exist gets the same result, since {why}"
        )];
    };
    match verdict {
        Verdict::Equivalent => {
            vec!["equivalent: every contact that could exist gets the same result, as is proved".to_owned()]
        }
        Verdict::Different => {
            let example = proof.example.as_ref().map(difference);
            example.into_iter().chain(at_most(proof)).collect()
        }
        Verdict::Undecided => {
            let why = proof.why.as_deref().unwrap_or_default();
            let why = format!("not decided: {why}");
            std::iter::once(why).chain(at_most(proof)).collect()
        }
    }
}

/// The contact that gets another result, where there is one.
pub(super) fn example(structure: &Structure) -> Option<&Counterexample> {
    structure.proof.as_ref()?.example.as_ref()
}

/// `different, as this contact has 40, warm → 50, hot`.
fn difference(example: &Counterexample) -> String {
    let column = &example.column;
    let (old, new) = (example.old.told(column), example.new.told(column));
    format!("different, as for this contact: {old} → {new}")
}

/// How much scores change at most.
fn at_most(proof: &Proof) -> Option<String> {
    let excludes = proof.example.as_ref().is_some_and(Counterexample::is_exclusion);
    let who = if excludes { "contact that stays in" } else { "contact" };
    let told = match (proof.at_most.down, proof.at_most.up) {
        (Some(Number::ZERO), Some(Number::ZERO)) => format!("no {who} gets another score"),
        (Some(down), Some(up)) if down == up => format!("every contact's score changes by {}", up.signed()),
        (Some(down), Some(up)) => {
            format!(
                "any contact's score changes by at most {} … {}",
                down.signed(),
                up.signed()
            )
        }
        (Some(down), None) => {
            format!(
                "any contact's score changes by {} at the least; no most is known",
                down.signed()
            )
        }
        (None, Some(up)) => format!(
            "any contact's score changes by {} at the most; no least is known",
            up.signed()
        ),
        (None, None) => return None,
    };
    Some(told)
}
