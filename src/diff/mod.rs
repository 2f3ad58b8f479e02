//! What a change of rules changes: [`compare`] tells what differs between two models, statement by statement and by what
//! they mean; [`prove`] whether that is any difference to a contact that could exist; an [`Impact`] what that does to contacts; a [`Difference`] is both, for programs as it is and for people
//! as a page, Markdown or HTML.

mod compare;
mod counterexample;
mod follow;
mod headline;
mod html;
mod impact;
mod judging;
mod ledger;
mod markdown;
mod matching;
mod meaning;
mod outcomes;
mod proof;
mod results;
mod rules;
mod statements;
mod structure;
mod telling;
mod text;
mod words;

pub use compare::compare;
pub use counterexample::{Counterexample, Judged};
pub use follow::Followed;
pub use html::html;
pub use impact::{
    Compared, Crowd, ExclusionChanges, Impact, Migration, Moved, Mover, ResultChange, ScoreChanges, Standing, Top,
};
pub use ledger::{Line, lines};
pub use markdown::markdown;
pub use proof::{AtMost, Proof, prove};
pub use structure::{Change, Kind, Pair, Reach, Remarks, Reworded, Section, Structure, Subject, Text, Verdict};
pub use text::render;
pub use words::Run;

use serde::Serialize;

/// What differs between two rules files, and what becomes of the contacts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// The name of the old rules file.
    pub old: String,
    /// The name of the new rules file.
    pub new: String,
    /// What differs between them.
    #[serde(flatten)]
    pub structure: Structure,
    /// What becomes of the contacts, where there are data.
    pub impact: Option<Impact>,
}
