//! The model: a rules file whose every mistake has been found. From here on, nothing can fail.
//!
//! Names have become ids, and every expression has a type. Whoever reads a model may rely on this: ids are valid,
//! operands have the types that their test needs, a definition refers only to those before it in
//! [`Model::order`], and no number is out of range.

mod condition;
mod part;
mod pattern;
mod rule;
mod scoring;
mod test;

pub use condition::{
    Bound, Comparison, Condition, ConditionKind, Labelled, Operator, Regex, TextTest, Value, ValueKind,
};
pub use part::Part;
pub use pattern::{EventSet, Pattern, Window};
pub use rule::{Amount, Decay, Fading, Fits, Ignore, Limits, Row, Rule, RuleKind};
pub use scoring::{
    Action, Band, Block, Clamp, Class, ClassRow, Exclusion, Formula, Overall, Promise, ScoreId, Term, Transition,
};
pub use test::{Expectation, Given, GivenEvents, Test};

use std::sync::Arc;

use crate::calendar::{Day, Zone};
use crate::number::Number;
use crate::source::{Source, Span};
use crate::table::Type;

/// Declares the ids of one kind of thing: its place in the model's list of them.
macro_rules! ids {
    ($($(#[$documentation:meta])* $name:ident;)*) => {$(
        $(#[$documentation])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u32);

        impl $name {
            /// The place in the model's list.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A field: a place in [`Model::fields`], and a column of [`Contacts`](crate::table::Contacts).
    FieldId;
    /// An event: a place in [`Model::events`].
    EventId;
    /// A property: a place in [`Model::properties`], and a column of [`Events`](crate::table::Events).
    PropertyId;
    /// A named condition or value: a place in [`Model::lets`].
    LetId;
    /// A score block: a place in [`Model::blocks`].
    BlockId;
    /// A named formula: a place in [`Model::formulas`].
    FormulaId;
    /// A classification: a place in [`Model::classes`].
    ClassId;
}

/// A checked rules file.
#[derive(Clone, Debug)]
pub struct Model {
    /// The text from which it was made.
    pub source: Source,
    /// Where comments stand in the source.
    pub comments: Vec<Span>,
    /// The model's name, where the file gives one.
    pub name: Option<String>,
    /// The time zone in which instants become days.
    pub zone: Zone,
    /// The statement that says so; UTC is meant where there is none.
    pub zone_span: Option<Span>,
    /// The fields, declared or inferred.
    pub fields: Vec<Field>,
    /// Whether fields are declared, so that there are no others.
    pub fields_are_declared: bool,
    /// The events, declared or named by a rule.
    pub events: Vec<Event>,
    /// Whether events are declared, so that others in the data are left out.
    pub events_are_declared: bool,
    /// The properties of events: one for each name and type.
    pub properties: Vec<Property>,
    /// The lists of literals. Conditions hold their elements; a file of tests reads them by name.
    pub lists: Vec<List>,
    /// The named conditions and values.
    pub lets: Vec<Let>,
    /// Lets, formulas and classes in an order in which each refers only to earlier ones.
    pub order: Vec<Definition>,
    /// Events that do not count.
    pub ignored: Vec<Ignore>,
    /// The score blocks in the order of the file; the top-level block, where there is one, is the first.
    pub blocks: Vec<Block>,
    /// The named formulas in the order of the file.
    pub formulas: Vec<Formula>,
    /// The overall score.
    pub overall: Overall,
    /// The classifications in the order of the file.
    pub classes: Vec<Class>,
    /// The exclusions; the first that holds takes a contact out.
    pub exclusions: Vec<Exclusion>,
    /// What must hold of every contact.
    pub promises: Vec<Promise>,
    /// What is done when labels change.
    pub actions: Vec<Action>,
    /// The tests of the file, and of files of their own that were added.
    pub tests: Vec<Test>,
}

impl Model {
    /// What the source says at a span, its white space as single spaces and without comments.
    pub fn written(&self, span: Span) -> String {
        let mut words: Vec<&str> = Vec::new();
        let mut from = span.start;
        let first = self.comments.partition_point(|comment| comment.start < span.start);
        let behind = self.comments.iter().skip(first);
        for comment in behind.take_while(|comment| span.covers(**comment)) {
            words.extend(self.source.slice(Span::new(from, comment.start)).split_whitespace());
            from = comment.end;
        }
        words.extend(self.source.slice(Span::new(from, span.end)).split_whitespace());
        words.join(" ")
    }

    /// The types of the fields: those of the columns of contacts.
    pub fn field_types(&self) -> impl Iterator<Item = &Type> {
        self.fields.iter().map(|field| &field.of)
    }

    /// The types of the properties: those of the columns of events.
    pub fn property_types(&self) -> impl Iterator<Item = &Type> {
        self.properties.iter().map(|property| &property.of)
    }

    /// The event of a name, in Unicode NFC.
    pub fn event(&self, name: &str) -> Option<EventId> {
        let at = self.events.iter().position(|event| event.name == name)?;
        Some(EventId(at as u32))
    }

    /// The field of a name, in Unicode NFC.
    pub fn field(&self, name: &str) -> Option<FieldId> {
        let at = self.fields.iter().position(|field| field.name == name)?;
        Some(FieldId(at as u32))
    }

    /// The labels of a band or a classification, in the order of the file.
    pub fn labels(&self, of: Labelled) -> Vec<&str> {
        match of {
            Labelled::Band => self.overall.bands.iter().map(|band| band.label.as_str()).collect(),
            Labelled::BandOf(block) => match self.blocks.get(block.index()) {
                Some(block) => block.bands.iter().map(|band| band.label.as_str()).collect(),
                None => Vec::new(),
            },
            Labelled::Class(class) => match self.classes.get(class.index()) {
                Some(class) => class.rows.iter().map(|row| row.label.as_str()).collect(),
                None => Vec::new(),
            },
        }
    }
}

/// A field of contacts.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name, in Unicode NFC.
    pub name: String,
    /// Its type.
    pub of: Type,
    /// Its declaration, or its first use.
    pub span: Span,
}

/// A kind of event.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its name, in Unicode NFC.
    pub name: String,
    /// Whether it is done to the contact, not by the contact.
    pub passive: bool,
    /// The properties that it has. Without declared events: all of them.
    pub properties: Arc<[PropertyId]>,
    /// Its declaration, or its first use.
    pub span: Span,
}

/// A property of events.
#[derive(Clone, Debug, PartialEq)]
pub struct Property {
    /// Its name, in Unicode NFC.
    pub name: String,
    /// Its type.
    pub of: Type,
}

/// A list of literals.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// Its name.
    pub name: String,
    /// Its elements.
    pub items: Items,
    /// Its statement.
    pub span: Span,
}

/// The elements of a list: one at least, all of one type.
#[derive(Clone, Debug, PartialEq)]
pub enum Items {
    /// Texts, none of which folds to nothing.
    Texts(Vec<String>),
    /// Numbers.
    Numbers(Vec<Number>),
    /// Days.
    Days(Vec<Day>),
}

/// A named condition or value.
#[derive(Clone, Debug, PartialEq)]
pub struct Let {
    /// Its name.
    pub name: String,
    /// What it stands for.
    pub value: LetValue,
    /// Whether it reads events, itself or through other lets.
    pub reads_events: bool,
    /// Whether it reads scores, bands or classes, itself or through other lets.
    pub reads_scores: bool,
    /// Its statement.
    pub span: Span,
}

/// What a let stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum LetValue {
    /// Something true or false.
    Condition(Condition),
    /// A value.
    Value(Value),
}

impl LetValue {
    /// What it stands for, as a part.
    pub fn part(&self) -> Part<'_> {
        match self {
            LetValue::Condition(condition) => Part::Condition(condition),
            LetValue::Value(value) => Part::Value(value),
        }
    }
}

/// Something that others may refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Definition {
    /// A named condition or value.
    Let(LetId),
    /// A named formula.
    Formula(FormulaId),
    /// A classification.
    Class(ClassId),
}
