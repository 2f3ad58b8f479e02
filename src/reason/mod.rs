//! Reasons: why a condition holds of a contact, or why it fails, told by the values that it reads.
//!
//! A reason is the deepest statement that decides: of an `and` that fails, the conditions that fail; of an `or` that
//! holds, those that hold; of a name, what it stands for.

mod case;
mod fact;
mod leaf;
mod points;
mod title;
mod wording;

pub use case::{Case, Subject};
pub use fact::{Fact, Reading, shown};
pub use points::{Points, difference, points};
pub use title::{amount_per, fading_words, fits_words, percentage, row_title, times, title};

use std::collections::HashSet;

use serde::Serialize;

use crate::model::{Bound, Condition, ConditionKind, LetId, LetValue, Pattern, Value};
use crate::plan::{SignalId, Written};

use wording::Telling;

/// Why a condition holds or fails.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reason {
    /// The condition as it is written.
    pub condition: String,
    /// Whether it holds.
    pub holds: bool,
    /// Why, in words: `employees is 12, not between 30 and 500`.
    pub says: String,
    /// The values that it reads, and those from which they are computed.
    pub reads: Vec<Reading>,
    /// Of a quantity (`at least 2 of …`): the reasons of the conditions that decide.
    pub parts: Vec<Reason>,
}

/// Named conditions are entered so deep; a chain of more is told by its name.
const MOST_NAMES_DEEP: usize = 8;

/// A search for the reasons of one condition.
struct Search {
    /// Whether what holds is the reason, or what fails.
    wanted: bool,
    /// What was found.
    found: Found,
    /// The named conditions that were entered: each is told once, so that names of names stay few.
    entered: HashSet<LetId>,
    /// How many names were entered to get here.
    depth: usize,
}

impl Case<'_> {
    /// The reasons why a condition has its truth.
    pub fn reasons(&self, condition: &Condition, written: &Written) -> Vec<Reason> {
        let mut search = Search {
            wanted: self.holds(written.node),
            found: Found::default(),
            entered: HashSet::new(),
            depth: 0,
        };
        self.collect(condition, written, &mut search);
        without_what_others_say(search.found.reasons)
    }

    /// What a value is, as the reason of a table's row: it holds where the value is known.
    pub fn value_reason(&self, value: &Value, written: &Written) -> Reason {
        let reads = self.readings(value, written);
        let seen = self.seen(value, written);
        let says = wording::found(&seen);
        Reason {
            condition: seen.of,
            holds: seen.value.is_some(),
            says,
            reads,
            parts: Vec::new(),
        }
    }

    /// What a pattern picked, as the reason of an occurrence rule: it holds where it picked any.
    pub fn events_reason(&self, pattern: &Pattern, signal: SignalId) -> Reason {
        let picked = self.picked(pattern, Some(signal));
        let holds = picked.count > 0;
        let telling = if holds { Telling::Holds } else { Telling::Fails };
        let says = wording::events(Bound::AtLeast(1), &picked, telling);
        Reason {
            condition: self.text(pattern.span),
            holds,
            says,
            reads: Vec::new(),
            parts: Vec::new(),
        }
    }

    /// Adds the reasons of a condition that is part of a whole.
    fn collect(&self, condition: &Condition, written: &Written, search: &mut Search) {
        match &condition.node {
            ConditionKind::Not(inner) => self.negated(condition, inner, written, search),
            ConditionKind::All(parts) => {
                for (part, written) in self.settling(parts, written, false) {
                    self.collect(part, written, search);
                }
            }
            ConditionKind::Any(parts) => {
                for (part, written) in self.settling(parts, written, true) {
                    self.collect(part, written, search);
                }
            }
            ConditionKind::Quantity(bound, parts) => {
                let (says, parts) = self.quantity(*bound, parts, written, search);
                search.found.keep(Reason {
                    condition: self.text(condition.span),
                    holds: self.holds(written.node),
                    says,
                    reads: Vec::new(),
                    parts,
                });
            }
            ConditionKind::Let(id) => self.named(*id, search),
            ConditionKind::Constant(_)
            | ConditionKind::Compare(..)
            | ConditionKind::Between(..)
            | ConditionKind::OneOf(..)
            | ConditionKind::OneOfDays(..)
            | ConditionKind::Text(..)
            | ConditionKind::Holds(..)
            | ConditionKind::Known(_)
            | ConditionKind::True(_)
            | ConditionKind::Events(..)
            | ConditionKind::Label(..)
            | ConditionKind::Excluded => self.leaf(condition, written, search),
        }
    }

    /// Adds the reasons of what is negated. One that is written as the whole, such as `title != "CEO"` or `email is
    /// unknown`, holds where the whole does.
    fn negated(&self, whole: &Condition, inner: &Condition, written: &Written, search: &mut Search) {
        let Some(part) = written.parts.first() else { return };
        let before = search.found.reasons.len();
        self.collect(inner, part, search);
        let text = self.text(whole.span);
        for reason in search.found.reasons.iter_mut().skip(before) {
            if reason.condition == text {
                reason.holds = self.holds(written.node);
            }
        }
    }

    /// Of conditions of which one that is `deciding` settles the whole: those that settle it, or else all.
    fn settling<'c>(
        &self,
        parts: &'c [Condition],
        whole: &'c Written,
        deciding: bool,
    ) -> impl Iterator<Item = (&'c Condition, &'c Written)> {
        let settled = self.holds(whole.node) == deciding;
        let parts = parts.iter().zip(&whole.parts);
        parts.filter(move |(_, written)| !settled || self.holds(written.node) == deciding)
    }

    /// So many of several: how many hold, and the reasons of those that hold, or, where more are needed, of those that
    /// fail.
    fn quantity(
        &self,
        bound: Bound,
        parts: &[Condition],
        whole: &Written,
        search: &mut Search,
    ) -> (String, Vec<Reason>) {
        let holds = self.holds(whole.node);
        let count = whole.parts.iter().filter(|part| self.holds(part.node)).count();
        let lacking =
            !holds && matches!(bound, Bound::AtLeast(least) | Bound::Exactly(least) if (count as u64) < least);
        let outer = (
            std::mem::replace(&mut search.wanted, !lacking),
            std::mem::take(&mut search.found),
        );
        for (part, written) in parts.iter().zip(&whole.parts) {
            if self.holds(written.node) != lacking {
                self.collect(part, written, search);
            }
        }
        let deciding = std::mem::replace(&mut search.found, outer.1);
        search.wanted = outer.0;
        (wording::quantity(bound, count, parts.len(), holds), deciding.reasons)
    }

    /// A named condition: the reasons of what it stands for; its name, where that is told already or too deep.
    fn named(&self, id: LetId, search: &mut Search) {
        let (Some(named), Some(written)) = (self.model.lets.get(id.index()), self.plan().lets.get(id.index())) else {
            return;
        };
        let LetValue::Condition(meant) = &named.value else {
            return;
        };
        if search.depth < MOST_NAMES_DEEP && search.entered.insert(id) {
            search.depth += 1;
            self.in_model().collect(meant, written, search);
            search.depth -= 1;
        } else {
            let holds = self.holds(written.node);
            search.push(
                named.name.clone(),
                holds,
                wording::named(&named.name, holds),
                Vec::new(),
            );
        }
    }
}

impl Search {
    /// Adds a reason without parts, unless the same was said before.
    fn push(&mut self, condition: String, holds: bool, says: String, reads: Vec<Reading>) {
        if !self.found.said.contains(&says) {
            self.found.keep(Reason {
                condition,
                holds,
                says,
                reads,
                parts: Vec::new(),
            });
        }
    }
}

/// Reasons, with all that they say: a chain of conditions may have as many as a file has room for.
#[derive(Default)]
struct Found {
    reasons: Vec<Reason>,
    said: HashSet<String>,
}

impl Found {
    fn keep(&mut self, reason: Reason) {
        self.said.insert(reason.says.clone());
        self.reasons.push(reason);
    }
}

/// The reasons without those that another one begins with: `title is "CEO"` beside `title is "CEO", without "x"`.
fn without_what_others_say(reasons: Vec<Reason>) -> Vec<Reason> {
    let mut said: Vec<String> = reasons.iter().map(|reason| reason.says.clone()).collect();
    said.sort_unstable();
    let is_said_again = |reason: &Reason| {
        let beginning = format!("{},", reason.says);
        // In order, what begins like this stands where this would.
        let place = said.partition_point(|other| *other < beginning);
        said.get(place).is_some_and(|other| other.starts_with(&beginning))
    };
    reasons.into_iter().filter(|reason| !is_said_again(reason)).collect()
}
