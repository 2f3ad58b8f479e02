//! A case: one contact on one day, with what the plan found of it.

use crate::calendar::Day;
use crate::model::Model;
use crate::number::Number;
use crate::plan::{NodeId, Plan};
use crate::score::{Datum, Trace};
use crate::source::{Source, Span};
use crate::table::{Contacts, Events};

use super::fact::Fact;

/// A contact and its data, whose columns are those of the model's fields and properties.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The contacts of which it is one.
    pub contacts: &'a Contacts,
    /// The events, of other contacts too.
    pub events: &'a Events,
    /// Its row.
    pub row: usize,
}

impl<'a> Subject<'a> {
    /// Its id.
    pub fn id(&self) -> &'a str {
        self.contacts.id(self.row)
    }
}

/// What reasons are drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The model.
    pub model: &'a Model,
    /// What its plan found, of the subject among others. The events were given to the run all at once.
    pub trace: &'a Trace<'a>,
    /// The contact.
    pub subject: Subject<'a>,
    /// In which text the spans of conditions are places: the model's source, or that of a test.
    pub source: &'a Source,
}

impl<'a> Case<'a> {
    /// The case of a model's own conditions.
    pub fn new(model: &'a Model, trace: &'a Trace<'a>, subject: Subject<'a>) -> Case<'a> {
        Case {
            model,
            trace,
            subject,
            source: &model.source,
        }
    }

    /// The plan.
    pub fn plan(&self) -> &'a Plan {
        self.trace.day().plan()
    }

    /// The day of scoring.
    pub fn as_of(&self) -> Day {
        self.trace.day().as_of()
    }

    /// Whether a condition holds.
    pub fn holds(&self, condition: NodeId) -> bool {
        self.trace.holds(condition, self.subject.row).unwrap_or_default()
    }

    /// A score or points. They are never missing.
    pub fn number(&self, node: NodeId) -> Number {
        self.trace.number(node, self.subject.row).unwrap_or_default()
    }

    /// A day; `None` where it is missing.
    pub fn day(&self, node: NodeId) -> Option<Day> {
        match self.trace.value(node, self.subject.row)? {
            Datum::Date(day) => Some(day),
            Datum::Missing | Datum::Boolean(_) | Datum::Number(_) | Datum::Text(_) | Datum::List | Datum::Choice(_) => {
                None
            }
        }
    }

    /// The place of what was chosen; `None` for none.
    pub fn choice(&self, node: NodeId) -> Option<usize> {
        match self.trace.value(node, self.subject.row)? {
            Datum::Choice(place) => Some(place),
            Datum::Missing | Datum::Boolean(_) | Datum::Number(_) | Datum::Date(_) | Datum::Text(_) | Datum::List => {
                None
            }
        }
    }

    /// The value of a node for people; `None` where it is missing.
    pub(super) fn fact(&self, node: NodeId) -> Option<Fact> {
        match self.trace.value(node, self.subject.row)? {
            Datum::Boolean(boolean) => Some(Fact::Boolean(boolean)),
            Datum::Number(number) => Some(Fact::Number(number)),
            Datum::Date(day) => Some(Fact::Date(day)),
            Datum::Text(text) => Some(Fact::Text(text.to_owned())),
            Datum::Missing | Datum::List | Datum::Choice(_) => None,
        }
    }

    /// The same case for conditions of the model, from one of a test.
    pub(super) fn in_model(&self) -> Case<'a> {
        Case {
            source: &self.model.source,
            ..*self
        }
    }

    /// What the source says at a span, on one line.
    pub fn text(&self, span: Span) -> String {
        if self.source == &self.model.source {
            return self.model.written(span);
        }
        self.source.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
