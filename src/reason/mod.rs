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
pub use title::{row_title, title};

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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reads: Vec<Reading>,
    /// Of a quantity (`at least 2 of …`): the reasons of the conditions that decide.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Reason>,
}

impl Case<'_> {
    /// The reasons why a condition has its truth.
    pub fn reasons(&self, condition: &Condition, written: &Written) -> Vec<Reason> {
        let mut reasons = Vec::new();
        self.collect(condition, written, self.holds(written.node), &mut reasons);
        without_what_others_say(reasons)
    }

    /// What a value is, as the reason of a table's row: it holds where the value is known.
    pub fn value_reason(&self, value: &Value, written: &Written) -> Reason {
        let mut reads = Vec::new();
        self.read(value, written, &mut reads);
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

    /// Adds the reasons of a condition that is part of a whole: of one that holds if `wanted`, else of one that fails.
    fn collect(&self, condition: &Condition, written: &Written, wanted: bool, reasons: &mut Vec<Reason>) {
        match &condition.node {
            ConditionKind::Not(inner) => {
                if let Some(written) = written.parts.first() {
                    self.collect(inner, written, wanted, reasons);
                }
            }
            ConditionKind::All(parts) => {
                for (part, written) in self.settling(parts, written, false) {
                    self.collect(part, written, wanted, reasons);
                }
            }
            ConditionKind::Any(parts) => {
                for (part, written) in self.settling(parts, written, true) {
                    self.collect(part, written, wanted, reasons);
                }
            }
            ConditionKind::Quantity(bound, parts) => {
                let reason = self.quantity(*bound, parts, written, self.text(condition.span));
                reasons.push(reason);
            }
            ConditionKind::Let(id) => self.named(*id, wanted, reasons),
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
            | ConditionKind::Excluded => self.leaf(condition, written, wanted, reasons),
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
    fn quantity(&self, bound: Bound, parts: &[Condition], whole: &Written, condition: String) -> Reason {
        let holds = self.holds(whole.node);
        let count = whole.parts.iter().filter(|part| self.holds(part.node)).count();
        let lacking =
            !holds && matches!(bound, Bound::AtLeast(least) | Bound::Exactly(least) if (count as u64) < least);
        let mut reasons = Vec::new();
        for (part, written) in parts.iter().zip(&whole.parts) {
            if self.holds(written.node) != lacking {
                self.collect(part, written, !lacking, &mut reasons);
            }
        }
        let says = wording::quantity(bound, count, parts.len(), holds);
        Reason {
            condition,
            holds,
            says,
            reads: Vec::new(),
            parts: reasons,
        }
    }

    /// A named condition: the reasons of what it stands for.
    fn named(&self, id: LetId, wanted: bool, reasons: &mut Vec<Reason>) {
        let meant = self.model.lets.get(id.index()).map(|named| &named.value);
        let written = self.plan().lets.get(id.index());
        if let (Some(LetValue::Condition(meant)), Some(written)) = (meant, written) {
            self.in_model().collect(meant, written, wanted, reasons);
        }
    }
}

/// The reasons without those that another one begins with: `title is "CEO"` beside `title is "CEO", without "x"`.
fn without_what_others_say(reasons: Vec<Reason>) -> Vec<Reason> {
    let said: Vec<String> = reasons.iter().map(|reason| reason.says.clone()).collect();
    let says_more = |reason: &Reason| said.iter().any(|other| other.starts_with(&format!("{},", reason.says)));
    reasons.into_iter().filter(|reason| !says_more(reason)).collect()
}
