//! Mutation: which small changes of the rules no test notices.
//!
//! A model is changed in one small way at a time, and its tests are run on what it became. Where one of them fails, it
//! has noticed the change. One that all of them let pass either changes no result of any contact, or shows what no test
//! holds fast, and gets the test that would.

mod change;
mod conditions;
mod fate;
mod operator;
mod rows;
mod rules;
mod scores;
mod values;
mod walk;

pub use change::{Change, Unnoticed};
pub use fate::Fate;
pub use operator::Operator;
pub use walk::{changed, changes};

use std::num::NonZeroUsize;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::model::Model;
use crate::threads;

use super::examples::Examples;
use super::share::Share;

use fate::{Missing, Original};

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

impl Mutation {
    /// The changes that a test notices, of all that a test could notice as far as is known.
    pub fn killed(&self) -> Share {
        let killed = self.count(|fate| matches!(fate, Fate::Killed { .. }));
        Share {
            part: killed,
            whole: self.mutants.len() - self.equivalent(),
        }
    }

    /// How many changes give every contact that could exist the same result.
    pub fn equivalent(&self) -> usize {
        self.count(|fate| matches!(fate, Fate::Equivalent))
    }

    fn count(&self, of: impl Fn(&Fate) -> bool) -> usize {
        self.mutants.iter().filter(|mutant| of(&mutant.fate)).count()
    }

    /// The changes that no test notices, though one could, as far as is known.
    pub fn survivors(&self) -> impl Iterator<Item = &Mutant> {
        self.mutants.iter().filter(|mutant| mutant.survived())
    }
}

impl Mutant {
    /// Whether no test notices it, though one could, as far as is known.
    pub fn survived(&self) -> bool {
        matches!(self.fate, Fate::Survived { .. } | Fate::Undecided { .. })
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
    /// The counts `killed`, `survived`, `undecided` and `equivalent`, `percent`, and the `mutants`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let killed = self.killed();
        let survived = self.count(|fate| matches!(fate, Fate::Survived { .. }));
        let undecided = self.count(|fate| matches!(fate, Fate::Undecided { .. }));
        let mut mutation = serializer.serialize_struct("Mutation", 6)?;
        mutation.serialize_field("killed", &killed.part)?;
        mutation.serialize_field("survived", &survived)?;
        mutation.serialize_field("undecided", &undecided)?;
        mutation.serialize_field("equivalent", &self.equivalent())?;
        mutation.serialize_field("percent", &killed.percent())?;
        mutation.serialize_field("mutants", &self.mutants)?;
        mutation.end()
    }
}

/// Changes a model, whose tests pass, in every small way, and runs its tests on each mutant, on so many threads. What no
/// test notices is compared with the model for every contact that could exist.
pub fn mutate(model: &Model, threads: NonZeroUsize) -> Mutation {
    let changes = changes(model);
    let original = Original {
        model,
        examples: Examples::new(model),
    };
    let mut workers = vec![(); threads.get()];
    let fates = threads::in_ranges(&mut workers, changes.len(), AT_ONCE, |(), places| {
        let changes = changes.iter().enumerate().skip(places.start).take(places.len());
        let fates = changes.map(|(place, change)| original.fate(&changed(model, place), change));
        fates.collect::<Vec<(Fate, Option<Missing>)>>()
    });
    let judged = changes.into_iter().enumerate().zip(fates.into_iter().flatten());
    let judged = judged.map(|((place, change), (fate, missing))| Judged {
        place,
        mutant: Mutant { change, fate },
        missing,
    });
    let mut judged: Vec<Judged> = judged.collect();
    judged.sort_by_key(|judged| judged.mutant.change.span.start);
    for of_line in judged.chunk_by_mut(|one, two| one.mutant.change.line == two.mutant.change.line) {
        share_tests(model, of_line);
    }
    Mutation {
        mutants: judged.into_iter().map(|judged| judged.mutant).collect(),
    }
}

/// A mutant, its place among the changes of the model, and the test that is missing where it survives.
struct Judged {
    place: usize,
    mutant: Mutant,
    missing: Option<Missing>,
}

/// Gives changes of one line one test, where it catches them all, and else as few as it takes; each is held against the
/// last tests alone, since a line may be long.
fn share_tests(model: &Model, of_line: &mut [Judged]) {
    let mut tests: Vec<(Missing, Fate)> = Vec::new();
    for judged in of_line {
        let Some(missing) = judged.missing.take() else { continue };
        let mutant = changed(model, judged.place);
        let known = tests
            .iter()
            .rev()
            .take(MOST_TRIED)
            .rev()
            .find(|(test, _)| test.catches(&mutant));
        match known {
            Some((_, fate)) => judged.mutant.fate = fate.clone(),
            None => tests.push((missing, judged.mutant.fate.clone())),
        }
    }
}

/// So many tests are tried on a change, whether they catch it.
const MOST_TRIED: usize = 16;
