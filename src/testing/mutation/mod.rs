//! Mutation: which small changes of the rules no test notices.
//!
//! A model is changed in one small way at a time, and its tests are run on what it became. Where one of them fails, it
//! has noticed the change; a change that all of them let pass shows what no test holds fast.

mod change;
mod conditions;
mod operator;
mod rows;
mod rules;
mod scores;
mod values;
mod walk;

pub use change::{Change, Unnoticed};
pub use operator::Operator;
pub use walk::{changed, changes};

use std::num::NonZeroUsize;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::model::Model;
use crate::threads;

use super::examples::Examples;
use super::share::Share;

/// So many mutants are handed to a thread at once.
const AT_ONCE: usize = 16;

/// What the tests of a model notice.
#[derive(Clone, Debug, PartialEq)]
pub struct Mutation {
    /// Every small change that was tried, in the order of the file.
    pub mutants: Vec<Mutant>,
}

/// A small change of a model, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mutant {
    /// The change.
    #[serde(flatten)]
    pub change: Change,
    /// What came of it.
    #[serde(flatten)]
    pub fate: Fate,
}

/// What came of a mutant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Fate {
    /// A test fails on it: the first that does.
    Killed {
        /// The test's name.
        by: String,
    },
    /// All tests pass on it as well.
    Survived,
}

impl Mutation {
    /// The changes that a test notices, of all that were tried.
    pub fn killed(&self) -> Share {
        let killed = self.mutants.iter().filter(|mutant| !mutant.survived());
        Share {
            part: killed.count(),
            whole: self.mutants.len(),
        }
    }

    /// The changes that no test notices.
    pub fn survivors(&self) -> impl Iterator<Item = &Mutant> {
        self.mutants.iter().filter(|mutant| mutant.survived())
    }
}

impl Mutant {
    /// Whether no test notices it.
    pub fn survived(&self) -> bool {
        matches!(self.fate, Fate::Survived)
    }

    /// The warning that no test notices it, where none does.
    pub fn unnoticed(&self) -> Option<Unnoticed> {
        self.survived().then(|| Unnoticed {
            change: self.change.clone(),
            span: self.change.span,
        })
    }
}

impl Serialize for Mutation {
    /// The counts `killed` and `survived`, `percent`, and the `mutants`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let killed = self.killed();
        let mut mutation = serializer.serialize_struct("Mutation", 4)?;
        mutation.serialize_field("killed", &killed.part)?;
        mutation.serialize_field("survived", &(killed.whole - killed.part))?;
        mutation.serialize_field("percent", &killed.percent())?;
        mutation.serialize_field("mutants", &self.mutants)?;
        mutation.end()
    }
}

/// Changes a model, whose tests pass, in every small way, and runs its tests on each mutant, on so many threads.
pub fn mutate(model: &Model, threads: NonZeroUsize) -> Mutation {
    let changes = changes(model);
    let examples = Examples::new(model);
    let mut workers = vec![(); threads.get()];
    let fates = threads::in_ranges(&mut workers, changes.len(), AT_ONCE, |(), places| {
        let fates = places.map(|place| fate(model, &changed(model, place), &examples));
        fates.collect::<Vec<Fate>>()
    });
    let mutants = changes.into_iter().zip(fates.into_iter().flatten());
    let mut mutants: Vec<Mutant> = mutants.map(|(change, fate)| Mutant { change, fate }).collect();
    mutants.sort_by_key(|mutant| mutant.change.span.start);
    Mutation { mutants }
}

/// What comes of a mutant. Whatever else can be said of the two models is said here.
fn fate(original: &Model, mutant: &Model, examples: &Examples<'_>) -> Fate {
    let noticed = examples.first_failed(mutant).and_then(|test| original.tests.get(test));
    match noticed {
        Some(test) => Fate::Killed { by: test.name.clone() },
        None => Fate::Survived,
    }
}
