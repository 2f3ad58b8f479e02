//! Tests: example contacts, with what is expected of them.

use crate::calendar::Day;
use crate::number::Number;
use crate::source::{Source, Span};

use super::{Condition, FieldId, PropertyId};

/// An example contact with what is expected of it.
#[derive(Clone, Debug)]
pub struct Test {
    /// What it shows.
    pub name: String,
    /// The file in which it stands; its spans are places there.
    pub source: Source,
    /// The day of scoring.
    pub as_of: Day,
    /// The fields that are given; the others are missing.
    pub fields: Vec<(FieldId, Given)>,
    /// The events that are given, in the order of the data.
    pub events: Vec<GivenEvents>,
    /// What is expected. Conditions may read scores, bands, classes and [`Excluded`](super::ConditionKind::Excluded).
    pub expectations: Vec<Expectation>,
    /// The statement.
    pub span: Span,
}

/// A value that a test gives, in the type of its field or property.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    /// A text.
    Text(String),
    /// A number.
    Number(Number),
    /// A boolean.
    Boolean(bool),
    /// A day.
    Date(Day),
    /// A set of texts.
    List(Vec<String>),
}

/// Events that a test gives, all alike.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenEvents {
    /// How many, at least 1.
    pub count: u64,
    /// The event's name.
    pub name: String,
    /// The properties that are given; the others are missing.
    pub properties: Vec<(PropertyId, Given)>,
    /// The day on which they happened.
    pub day: Day,
    /// Where they stand.
    pub span: Span,
}

/// A condition that a test expects to hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Expectation {
    /// The condition; its spans are places in the test's source.
    pub condition: Condition,
    /// The line.
    pub span: Span,
}
