//! Labels of two models: whether the first of several conditions that holds always has the same label.

use crate::plan::NodeId;

use crate::analyze::bound::Wanted;
use crate::analyze::example::Example;
use crate::analyze::search::question::Question;
use crate::analyze::search::{Answer, Search};

/// Whether a column of two results differs for any contact.
pub(in crate::analyze) enum Found {
    Same,
    Differ(String, Example),
    Unknown(String),
}

impl Found {
    /// This, or what comes after it where nothing differs.
    pub(in crate::analyze) fn then(self, next: impl FnOnce() -> Found) -> Found {
        match self {
            Found::Same => next(),
            Found::Differ(..) => self,
            Found::Unknown(_) => match next() {
                Found::Differ(column, example) => Found::Differ(column, example),
                Found::Same | Found::Unknown(_) => self,
            },
        }
    }
}

/// Labels with their conditions, of which the first that holds is chosen; none for one that always holds.
pub(in crate::analyze) struct Choice {
    pub(in crate::analyze) labels: Vec<String>,
    pub(in crate::analyze) conditions: Vec<Option<NodeId>>,
}

impl Choice {
    /// What must come out so that a label is chosen; no label, where none is named.
    fn chosen(&self, at: Option<usize>) -> Vec<Wanted> {
        let before = self.conditions.iter().take(at.unwrap_or(self.conditions.len()));
        let before: Option<Vec<Wanted>> = before.map(|condition| condition.map(|node| (node, false))).collect();
        let own = at
            .and_then(|at| self.conditions.get(at).copied().flatten())
            .map(|node| (node, true));
        // After a label that always holds comes nothing.
        before
            .map(|before| before.into_iter().chain(own).collect())
            .unwrap_or_default()
    }

    /// Whether a label, or none, can be chosen as far as the others say.
    fn is_open(&self, at: Option<usize>) -> bool {
        self.conditions
            .iter()
            .take(at.unwrap_or(self.conditions.len()))
            .all(Option::is_some)
    }

    fn places(&self) -> impl Iterator<Item = Option<usize>> {
        (0..self.labels.len()).map(Some).chain([None])
    }
}

/// Whether two choices always come to the same label.
pub(in crate::analyze) fn choices(column: &str, search: &Search<'_>, before: &Choice, after: &Choice) -> Found {
    if before.labels == after.labels && before.conditions == after.conditions {
        return Found::Same;
    }
    let mut unknown = false;
    for one in before.places().filter(|at| before.is_open(*at)) {
        for other in after.places().filter(|at| after.is_open(*at)) {
            let label = |choice: &Choice, at: Option<usize>| at.and_then(|at| choice.labels.get(at).cloned());
            if label(before, one) == label(after, other) {
                continue;
            }
            let question = Question::of(before.chosen(one).into_iter().chain(after.chosen(other)));
            match search.find_small(&question) {
                Answer::Yes(example) => return Found::Differ(column.to_owned(), example),
                Answer::No => {}
                Answer::Unknown => unknown = true,
            }
        }
    }
    match unknown {
        true => Found::Unknown(column.to_owned()),
        false => Found::Same,
    }
}
