//! What comes of a mutant: a test fails on it, or it is compared with the rules for every contact that could exist.

use serde::Serialize;

use crate::analyze::{Comparison, Difference, Example, compare, days_that_matter};
use crate::model::Model;

use super::super::examples::Examples;
use super::super::expected::{Expected, expected};
use super::change::Change;

/// What came of a mutant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Fate {
    /// A test fails on it: the first that does.
    Killed {
        /// The test's name.
        by: String,
    },
    /// It gives every contact that could exist the same result, so that no test can fail on it.
    Equivalent,
    /// All tests pass on it, and one is missing.
    Survived {
        /// A test that passes on the rules and fails on it, as a file writes it.
        test: String,
    },
    /// All tests pass on it. Whether another one would fail could not be decided.
    Undecided {
        /// Why.
        why: String,
    },
}

/// A model whose mutants are judged.
pub(super) struct Original<'m> {
    pub(super) model: &'m Model,
    pub(super) examples: Examples<'m>,
}

/// A test that is missing: what it gives, and what it expects.
pub(super) struct Missing {
    example: Example,
    expects: Vec<Expected>,
}

impl Missing {
    /// Whether it fails on a mutant.
    pub(super) fn catches(&self, mutant: &Model) -> bool {
        let theirs = expected(mutant, &self.example);
        self.expects.iter().any(|expected| !theirs.contains(expected))
    }
}

impl Original<'_> {
    /// What comes of a mutant, made by a change; and of one that survives, the test that is missing.
    pub(super) fn fate(&self, mutant: &Model, change: &Change) -> (Fate, Option<Missing>) {
        let noticed = self.examples.first_failed(mutant);
        match noticed.and_then(|test| self.model.tests.get(test)) {
            Some(test) => (Fate::Killed { by: test.name.clone() }, None),
            None => self.compared(mutant, change),
        }
    }

    /// What comes of a mutant that no test notices: what is too much to decide on one day is not tried on another.
    fn compared(&self, mutant: &Model, change: &Change) -> (Fate, Option<Missing>) {
        let days = days_that_matter(&[self.model, mutant]);
        let told = (days.days.iter()).find_map(|day| match compare(self.model, mutant, *day) {
            Comparison::Equivalent => None,
            Comparison::Different(difference) => Some(self.survived(mutant, change, &difference)),
            Comparison::Undecided { why, .. } => Some((Fate::Undecided { why: why.to_string() }, None)),
        });
        let undecided = || Fate::Undecided {
            why: "they may differ on more days of scoring than were looked at".to_owned(),
        };
        told.unwrap_or_else(|| match days.are_all {
            true => (Fate::Equivalent, None),
            false => (undecided(), None),
        })
    }

    /// What comes of a mutant that differs.
    fn survived(&self, mutant: &Model, change: &Change, difference: &Difference) -> (Fate, Option<Missing>) {
        let why = || {
            let column = &difference.column;
            format!("only `{column}` was found to change, in a way that no test expects")
        };
        match self.test(mutant, change, difference) {
            Some((test, missing)) => (Fate::Survived { test }, Some(missing)),
            None => (Fate::Undecided { why: why() }, None),
        }
    }

    /// The test that catches a mutant; `None` where what differs is nothing that a test can expect.
    fn test(&self, mutant: &Model, change: &Change, difference: &Difference) -> Option<(String, Missing)> {
        // INVARIANT: a mutant has the fields and properties of the model, so that those of both are the same.
        let [ours, theirs] = [self.model, mutant].map(|model| expected(model, &difference.example));
        let differs = |expected: &&Expected| !theirs.contains(expected);
        let telling: Vec<&Expected> = ours.iter().filter(differs).collect();
        let shown = ours
            .iter()
            .filter(|expected| expected.of.is_outcome() || telling.contains(expected));
        let expects: Vec<Expected> = shown.cloned().collect();
        let conditions: Vec<String> = expects.iter().map(|expected| expected.condition.clone()).collect();
        let name = format!("line {}: {}", change.line, plain(change));
        (!telling.is_empty()).then(|| {
            let test = difference.example.test(&difference.model, &name, &conditions);
            let example = difference.example.clone();
            (test, Missing { example, expects })
        })
    }
}

/// A change in words without backticks: `hot >= 150, not hot >= 149`.
fn plain(change: &Change) -> String {
    match &change.becomes {
        Some(becomes) => format!("{}, not {becomes}", change.was),
        None => format!("{} is needed", change.was),
    }
}
