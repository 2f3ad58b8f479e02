//! What all passes share: the model under construction, the names that are known, and the mistakes found so far.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::model::{BlockId, ClassId, EventId, FieldId, FormulaId, Labelled, LetId, Model, PropertyId};
use crate::source::{Source, Span};
use crate::suggest;
use crate::text::fold;

use super::Error;
use super::error::{NameError, RuleError};

/// What a name of the shared space stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    Field(FieldId),
    /// A named condition or value; `None` until it is understood, and for ever where it is wrong.
    Let(Option<LetId>),
    /// A place in [`Model::lists`]; `None` where it is wrong.
    List(Option<usize>),
    Block(BlockId),
    Formula(Option<FormulaId>),
    Class(ClassId),
    /// A field whose uses conflict.
    Conflicting,
}

impl Named {
    /// What people call it.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Named::Field(_) | Named::Conflicting => "a field",
            Named::Let(_) => "a `let`",
            Named::List(_) => "a list",
            Named::Block(_) | Named::Formula(_) => "a score",
            Named::Class(_) => "a classification",
        }
    }
}

/// A name with its declaration, which is not shown where that stands in another file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) named: Named,
    pub(super) span: Option<Span>,
}

/// A property as one event declares it.
#[derive(Clone, Copy, Debug)]
pub(super) struct DeclaredProperty {
    pub(super) id: PropertyId,
    pub(super) span: Option<Span>,
}

/// A name that something reads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Used {
    /// A name of the shared space.
    Name(String),
    /// An event.
    Event(EventId),
    /// Every event that is not passive.
    ActiveEvents,
    /// A property of one event.
    Property(EventId, String),
    /// A property of every event that is not passive.
    ActiveProperty(String),
}

/// Whether what is being understood reads events or scores.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reads {
    pub(super) events: bool,
    pub(super) scores: bool,
}

/// How many pairs of names may be compared in search of a suggestion, so that a file of nothing but mistakes is
/// answered at once too.
const COMPARISONS: usize = 200_000;

/// The checker of one file.
pub(super) struct Checker<'a> {
    /// The text that is checked: the model's own, or a file of tests.
    pub(super) source: &'a Source,
    pub(super) model: &'a mut Model,
    /// Names in statements that could not be read: what they declare is not known.
    pub(super) excused: &'a HashSet<String>,
    pub(super) names: HashMap<String, Entry>,
    pub(super) events: HashMap<String, EventId>,
    /// Properties without declared events, by name; `None` where their uses conflict.
    pub(super) open_properties: HashMap<String, Option<PropertyId>>,
    pub(super) properties: HashMap<(EventId, String), DeclaredProperty>,
    /// Where the events that are not passive declare a property: one place for each type.
    pub(super) active_properties: HashMap<String, Vec<(PropertyId, Option<Span>)>>,
    /// An event that declares a property.
    pub(super) property_events: HashMap<String, EventId>,
    /// The places of labels among those of their owner.
    pub(super) labels: HashMap<Labelled, HashMap<String, u16>>,
    pub(super) used: HashSet<Used>,
    pub(super) reads: Reads,
    pub(super) errors: Vec<Error>,
    pub(super) regexes: HashMap<String, regex::Regex>,
    /// The values of each `one of` that was asked for, and the same folded, by their place in memory, which is theirs
    /// for as long as they are held here.
    pub(super) folded_values: HashMap<usize, (Arc<[String]>, HashSet<String>)>,
    comparisons: usize,
}

impl<'a> Checker<'a> {
    /// A checker that knows no names yet.
    pub(super) fn new(source: &'a Source, model: &'a mut Model, excused: &'a HashSet<String>) -> Self {
        Checker {
            source,
            model,
            excused,
            names: HashMap::new(),
            events: HashMap::new(),
            open_properties: HashMap::new(),
            properties: HashMap::new(),
            active_properties: HashMap::new(),
            property_events: HashMap::new(),
            labels: HashMap::new(),
            used: HashSet::new(),
            reads: Reads::default(),
            errors: Vec::new(),
            regexes: HashMap::new(),
            folded_values: HashMap::new(),
            comparisons: 0,
        }
    }

    /// Notes a mistake. Gives `None`, what is understood of a wrong expression.
    pub(super) fn error<T>(&mut self, error: impl Into<Error>) -> Option<T> {
        self.errors.push(error.into());
        None
    }

    /// Notes a mistake with a name, unless its declaration may be among the statements that could not be read.
    pub(super) fn name_error<T>(&mut self, name: &str, error: NameError) -> Option<T> {
        if self.excused.contains(name) {
            return None;
        }
        self.error(error)
    }

    /// Notes that something is out of range.
    pub(super) fn out_of_range<T>(&mut self, span: Span, rule: impl Into<String>) -> Option<T> {
        let written = self.written(span);
        self.error(RuleError::OutOfRange {
            written,
            rule: rule.into(),
            span,
        })
    }

    /// What a span says, in one line.
    pub(super) fn written(&self, span: Span) -> String {
        self.source.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether so many more names may be looked through for the sake of a message.
    pub(super) fn may_look_through(&mut self, names: usize) -> bool {
        self.comparisons = self.comparisons.saturating_add(names);
        self.comparisons <= COMPARISONS
    }

    /// Whether any name may still be looked at for the sake of a message.
    pub(super) fn comparisons_left(&self) -> bool {
        self.comparisons <= COMPARISONS
    }

    /// The nearest of the names in the shared space that may be meant.
    pub(super) fn nearest_name(&mut self, name: &str, fits: impl Fn(Named) -> bool) -> Option<String> {
        if !self.may_look_through(self.names.len()) {
            return None;
        }
        let candidates = self.names.iter().filter(|(_, entry)| fits(entry.named));
        let nearest = nearest(name, candidates.map(|(name, _)| name.as_str()));
        nearest.map(|nearest| crate::syntax::written_name(&nearest))
    }

    /// What a name stands for.
    pub(super) fn named(&self, name: &str) -> Option<Named> {
        self.names.get(name).map(|entry| entry.named)
    }

    /// Notes that something reads a name of the shared space.
    pub(super) fn use_name(&mut self, name: &str) {
        if !self.used.contains(&Used::Name(name.to_owned())) {
            self.used.insert(Used::Name(name.to_owned()));
        }
    }

    /// Understands something, and tells what it reads.
    pub(super) fn reading<T>(&mut self, understand: impl FnOnce(&mut Self) -> T) -> (T, Reads) {
        let outer = std::mem::take(&mut self.reads);
        let understood = understand(self);
        let reads = std::mem::replace(&mut self.reads, outer);
        self.reads.events |= reads.events;
        self.reads.scores |= reads.scores;
        (understood, reads)
    }

    /// The labels of a band or class, for people.
    pub(super) fn label_list(&mut self, of: Labelled) -> String {
        let count = self.labels.get(&of).map_or(0, HashMap::len);
        let may_look = self.may_look_through(count);
        let Some(labels) = self.labels.get(&of).filter(|_| may_look) else {
            return "…".to_owned();
        };
        let mut in_order: Vec<(&u16, &String)> = labels.iter().map(|(label, place)| (place, label)).collect();
        in_order.sort_unstable();
        list_of(in_order.into_iter().map(|(_, label)| label.as_str()))
    }
}

impl Checker<'_> {
    /// Knows the names of the model: for a file of tests, whose model is complete. What is declared in the other
    /// file has no place in this one.
    pub(super) fn know_model(&mut self) {
        let fields = self.model.fields.iter().zip(0..);
        let fields = fields.map(|(field, id)| (field.name.clone(), Named::Field(FieldId(id))));
        let lets = self.model.lets.iter().zip(0..);
        let lets = lets.map(|(definition, id)| (definition.name.clone(), Named::Let(Some(LetId(id)))));
        let lists = self.model.lists.iter().enumerate();
        let lists = lists.map(|(place, list)| (list.name.clone(), Named::List(Some(place))));
        let blocks = self.model.blocks.iter().zip(0..);
        let blocks = blocks.filter_map(|(block, id)| Some((block.name.clone()?, Named::Block(BlockId(id)))));
        let formulas = self.model.formulas.iter().zip(0..);
        let formulas = formulas.map(|(formula, id)| (formula.name.clone(), Named::Formula(Some(FormulaId(id)))));
        let classes = self.model.classes.iter().zip(0..);
        let classes = classes.map(|(class, id)| (class.name.clone(), Named::Class(ClassId(id))));
        let named = fields
            .chain(lets)
            .chain(lists)
            .chain(blocks)
            .chain(formulas)
            .chain(classes);
        self.names = named.map(|(name, named)| (name, Entry { named, span: None })).collect();
        self.know_events();
        self.know_labels();
    }

    fn know_events(&mut self) {
        for (event, id) in self.model.events.iter().zip(0..) {
            let event_id = EventId(id);
            self.events.insert(event.name.clone(), event_id);
            for id in event.properties.iter().filter(|_| self.model.events_are_declared) {
                if let Some(property) = self.model.properties.get(id.index()) {
                    let declared = DeclaredProperty { id: *id, span: None };
                    self.properties.insert((event_id, property.name.clone()), declared);
                }
            }
        }
        if !self.model.events_are_declared {
            let properties = self.model.properties.iter().zip(0..);
            let properties = properties.map(|(property, id)| (property.name.clone(), Some(PropertyId(id))));
            self.open_properties = properties.collect();
        }
        self.know_properties();
    }

    /// Knows which events have which properties.
    pub(super) fn know_properties(&mut self) {
        for (event, id) in self.model.events.iter().zip(0..) {
            for property in event.properties.iter() {
                let Some(name) = self
                    .model
                    .properties
                    .get(property.index())
                    .map(|property| &property.name)
                else {
                    continue;
                };
                let key = (EventId(id), name.clone());
                let Some(declared) = self.properties.get(&key) else {
                    continue;
                };
                self.property_events.entry(key.1).or_insert(key.0);
                if event.passive {
                    continue;
                }
                let places = self.active_properties.entry(name.clone()).or_default();
                if !places.iter().any(|(known, _)| *known == declared.id) {
                    places.push((declared.id, declared.span));
                }
            }
        }
    }

    fn know_labels(&mut self) {
        let classes = (0..self.model.classes.len() as u32).map(|id| Labelled::Class(ClassId(id)));
        let blocks = (0..self.model.blocks.len() as u32).map(|id| Labelled::BandOf(BlockId(id)));
        for of in std::iter::once(Labelled::Band).chain(blocks).chain(classes) {
            let labels: HashMap<String, u16> = self.model.labels(of).into_iter().map(str::to_owned).zip(0..).collect();
            if !labels.is_empty() {
                self.labels.insert(of, labels);
            }
        }
    }
}

/// Names in backticks with commas between them, the first few of many.
pub(super) fn list_of<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.collect();
    let shown: Vec<String> = names.iter().take(8).map(|name| format!("`{name}`")).collect();
    let more = if names.len() > shown.len() { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}

/// The nearest of some names, the first of the alphabet where several are.
pub(super) fn nearest<'n>(name: &str, candidates: impl Iterator<Item = &'n str>) -> Option<String> {
    let mut candidates: Vec<&str> = candidates.collect();
    candidates.sort_unstable();
    suggest::nearest(name, candidates).map(str::to_owned)
}

/// Whether a text has nothing left where texts are compared.
pub(super) fn folds_to_nothing(text: &str) -> bool {
    fold(text).is_empty()
}
