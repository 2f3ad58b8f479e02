//! Patterns, counts of events, functions, and the properties that they read.

use std::collections::HashSet;

use crate::builtins::{FUNCTIONS, Function, Meaning, Takes, function};
use crate::model::{Bound, Condition, ConditionKind, EventId, EventSet, Pattern, PropertyId, Value, ValueKind, Window};
use crate::source::{Span, Spanned};
use crate::syntax::tree::{self, Argument, EventCount, Name};
use crate::table::Type;

use super::checker::{Checker, Named, Used, nearest};
use super::error::{NameError, RuleError, TypeError};
use super::expression::{Scope, value};
use super::kind::Kind;

/// The events that a `where` is about.
#[derive(Clone, Copy, Debug)]
pub(super) enum Picked<'s> {
    /// These.
    Events(&'s EventSet),
    /// Some of them are unknown, and so are their properties.
    Unknown,
}

impl Checker<'_> {
    /// `any event …`, `at least 3 events …`
    pub(super) fn event_test(
        &mut self,
        count: &Spanned<EventCount>,
        pattern: &Spanned<tree::Pattern>,
        span: Span,
        scope: Scope,
    ) -> Option<Condition> {
        if scope.filter.is_some() {
            let what = "a count of events";
            return self.error(RuleError::InsideWhere { what, span });
        }
        let pattern = self.pattern(pattern);
        let bound = match count.node {
            EventCount::Any => Bound::AtLeast(1),
            EventCount::No => Bound::AtMost(0),
            EventCount::AtLeast(0) | EventCount::AtMost(0) | EventCount::Exactly(0) => {
                return self.out_of_range(count.span, "at least 1 event is counted; for none, write `no event`");
            }
            EventCount::AtLeast(count) => Bound::AtLeast(count),
            EventCount::AtMost(count) => Bound::AtMost(count),
            EventCount::Exactly(count) => Bound::Exactly(count),
        };
        Some(Spanned::new(ConditionKind::Events(bound, pattern?), span))
    }

    /// Which events are meant.
    pub(super) fn pattern(&mut self, pattern: &Spanned<tree::Pattern>) -> Option<Pattern> {
        self.reads.events = true;
        let events = self.event_set(&pattern.node.events);
        let filter = pattern.node.filter.as_deref().map(|filter| {
            let scope = Scope {
                filter: Some(picked(&events)),
                scores: super::expression::Scores::Allowed,
            };
            self.condition(filter, scope)
        });
        let window = pattern.node.window.as_ref().map(|window| Window {
            earlier: window.node.negated,
            period: window.node.period.node,
        });
        let filter = match filter {
            Some(filter) => Some(Box::new(filter?)),
            None => None,
        };
        Some(Pattern {
            events: events?,
            filter,
            window,
            span: pattern.span,
        })
    }

    /// The events of some names, each once; those that are not passive for none.
    fn event_set(&mut self, names: &[Name]) -> Option<EventSet> {
        if names.is_empty() {
            self.used.insert(Used::ActiveEvents);
            return Some(EventSet::Active);
        }
        let mut seen: HashSet<EventId> = HashSet::new();
        let mut events = Vec::with_capacity(names.len());
        let mut sound = true;
        for name in names {
            match self.event(name) {
                Some(event) if seen.insert(event) => events.push(event),
                Some(_) => {}
                None => sound = false,
            }
        }
        sound.then_some(EventSet::Named(events))
    }

    fn event(&mut self, name: &Name) -> Option<EventId> {
        if let Some(event) = self.events.get(&name.node) {
            self.used.insert(Used::Event(*event));
            return Some(*event);
        }
        let unknown = self.unknown_event(name);
        self.name_error(&name.node, unknown)
    }

    /// What is wrong with the name of an event that is not declared.
    pub(super) fn unknown_event(&mut self, name: &Name) -> NameError {
        let may_look = self.may_look_through(self.model.events.len());
        let names = self.model.events.iter().map(|event| event.name.as_str());
        let nearest = if may_look { nearest(&name.node, names) } else { None };
        NameError::UnknownEvent {
            name: name.node.clone(),
            nearest: nearest.map(|nearest| crate::syntax::written_name(&nearest)),
            span: name.span,
        }
    }

    /// A property of the event that a `where` is about.
    pub(super) fn property_value(&mut self, name: &str, span: Span, picked: Picked) -> Option<Value> {
        let id = self.property(name, span, picked)?;
        let of = self.model.properties.get(id.index())?.of.clone();
        Some(value(ValueKind::Property(id), of, span))
    }

    pub(super) fn property(&mut self, name: &str, span: Span, picked: Picked) -> Option<PropertyId> {
        let Picked::Events(events) = picked else {
            return None;
        };
        if self.model.events_are_declared {
            self.declared_property(name, span, events)
        } else if self.is_declared_otherwise(name) {
            self.not_a_property(name, span)
        } else {
            self.open_properties.get(name).copied().flatten()
        }
    }

    /// Whether the file itself makes a name something else than a property.
    pub(super) fn is_declared_otherwise(&self, name: &str) -> bool {
        match self.named(name) {
            None | Some(Named::Conflicting) => false,
            Some(Named::Field(_)) => self.model.fields_are_declared,
            Some(Named::Let(_) | Named::List(_) | Named::Block(_) | Named::Formula(_) | Named::Class(_)) => true,
        }
    }

    fn not_a_property<T>(&mut self, name: &str, span: Span) -> Option<T> {
        let what = self.named(name).map_or("a name", Named::noun);
        self.use_name(name);
        self.error(NameError::NotAProperty {
            name: name.to_owned(),
            what,
            span,
        })
    }

    /// The property that some of these events declare, all of them alike.
    fn declared_property(&mut self, name: &str, span: Span, events: &EventSet) -> Option<PropertyId> {
        let declared = self.property_declarations(name, events);
        let Some((first, first_span)) = declared.first().copied() else {
            return self.unknown_property(name, span, events);
        };
        let Some((second, second_span)) = declared.iter().copied().find(|(id, _)| *id != first) else {
            return Some(first);
        };
        let noun = |id: PropertyId| {
            let property = self.model.properties.get(id.index());
            property.map_or("unknown", |property| type_noun(&property.of))
        };
        self.error(TypeError::PropertyTypes {
            name: name.to_owned(),
            first: noun(first),
            second: noun(second),
            span,
            first_span,
            second_span,
        })
    }

    /// Where some events declare a property.
    fn property_declarations(&mut self, name: &str, events: &EventSet) -> Vec<(PropertyId, Option<Span>)> {
        match events {
            EventSet::Active => {
                self.used.insert(Used::ActiveProperty(name.to_owned()));
                self.active_properties.get(name).cloned().unwrap_or_default()
            }
            EventSet::Named(events) => {
                let mut declared = Vec::new();
                for event in events {
                    let key = (*event, name.to_owned());
                    if let Some(property) = self.properties.get(&key) {
                        declared.push((property.id, property.span));
                        self.used.insert(Used::Property(key.0, key.1));
                    }
                }
                declared
            }
        }
    }

    fn unknown_property<T>(&mut self, name: &str, span: Span, events: &EventSet) -> Option<T> {
        if self.named(name).is_some() {
            return self.not_a_property(name, span);
        }
        let names = self.property_names(events);
        let nearest = nearest(name, names.iter().map(String::as_str));
        let named = match events {
            EventSet::Named(events) => events.as_slice(),
            EventSet::Active => &[],
        };
        let event = named.first().and_then(|event| self.model.events.get(event.index()));
        let owner = match event {
            Some(event) if named.len() == 1 => format!("the event `{}` has", event.name),
            Some(_) | None => "these events have".to_owned(),
        };
        let event = event.map_or("visit_page".to_owned(), |event| {
            crate::syntax::written_name(&event.name)
        });
        let unknown = NameError::UnknownProperty {
            name: name.to_owned(),
            events: owner,
            event,
            nearest: nearest.map(|nearest| crate::syntax::written_name(&nearest)),
            span,
        };
        self.name_error(name, unknown)
    }

    /// The names of the properties that some events declare, in alphabetical order.
    fn property_names(&mut self, events: &EventSet) -> Vec<String> {
        if !self.may_look_through(self.active_properties.len()) {
            return Vec::new();
        }
        let mut names: Vec<String> = match events {
            EventSet::Active => self.active_properties.keys().cloned().collect(),
            EventSet::Named(events) => events
                .iter()
                .filter_map(|event| self.model.events.get(event.index()))
                .flat_map(|event| event.properties.iter())
                .filter_map(|property| self.model.properties.get(property.index()))
                .map(|property| property.name.clone())
                .collect(),
        };
        names.sort_unstable();
        names.dedup();
        names
    }

    /// A function with its argument.
    pub(super) fn call(
        &mut self,
        name: &Name,
        argument: &Spanned<Argument>,
        span: Span,
        scope: Scope,
    ) -> Option<Value> {
        let Some(function) = function(&name.node) else {
            return self.unknown_function(name);
        };
        match function.meaning {
            Meaning::Domain => {
                let Argument::Value(text) = &argument.node else {
                    return self.wrong_argument(function, argument.span);
                };
                let text = self.operand(text, Kind::Text, "`domain`", scope)?;
                Some(value(ValueKind::Domain(Box::new(text)), Type::Text, span))
            }
            Meaning::Aggregate(_) if scope.filter.is_some() => {
                let what = "a function of events";
                self.error(RuleError::InsideWhere { what, span })
            }
            Meaning::Aggregate(aggregate) => {
                let (property, pattern) = self.aggregated(function, argument)?;
                let kind = ValueKind::Aggregate {
                    function: aggregate,
                    property,
                    pattern: Box::new(pattern),
                };
                Some(value(kind, function.gives.clone(), span))
            }
        }
    }

    /// What a function of events looks at.
    fn aggregated(
        &mut self,
        function: &'static Function,
        argument: &Spanned<Argument>,
    ) -> Option<(Option<PropertyId>, Pattern)> {
        match (&argument.node, function.takes) {
            (Argument::Pattern(pattern), Takes::Pattern) => {
                let pattern = Spanned::new(pattern.clone(), argument.span);
                Some((None, self.pattern(&pattern)?))
            }
            (Argument::PropertyOf(name, pattern), Takes::AnyPropertyOf | Takes::NumberPropertyOf) => {
                let pattern = self.pattern(pattern);
                let events = pattern.as_ref().map(|pattern| pattern.events.clone());
                let property = self.property_value(&name.node, name.span, picked(&events))?;
                let ValueKind::Property(id) = property.kind else {
                    return None;
                };
                if function.takes == Takes::NumberPropertyOf && Kind::of(&property) != Kind::Number {
                    let operator = format!("`{}`", function.name);
                    return self.wrong_operand(&property, &operator, "numbers");
                }
                Some((Some(id), pattern?))
            }
            _ => self.wrong_argument(function, argument.span),
        }
    }

    fn wrong_argument<T>(&mut self, function: &'static Function, span: Span) -> Option<T> {
        let wanted = match function.takes {
            Takes::Text => "a text",
            Takes::Pattern => "events",
            Takes::AnyPropertyOf | Takes::NumberPropertyOf => "a property of events",
        };
        self.error(TypeError::WrongArgument {
            function: function.name,
            wanted,
            usage: function.usage,
            span,
        })
    }

    fn unknown_function<T>(&mut self, name: &Name) -> Option<T> {
        let nearest = nearest(&name.node, FUNCTIONS.iter().map(|function| function.name));
        self.error(NameError::UnknownFunction {
            name: name.node.clone(),
            functions: FUNCTIONS
                .iter()
                .map(|function| format!("`{}`", function.name))
                .collect::<Vec<_>>()
                .join(", "),
            nearest,
            span: name.span,
        })
    }
}

/// The events that a `where` is about, where they are known.
fn picked(events: &Option<EventSet>) -> Picked<'_> {
    match events {
        Some(events) => Picked::Events(events),
        None => Picked::Unknown,
    }
}

/// What people call a type.
fn type_noun(of: &Type) -> &'static str {
    match of {
        Type::OneOf(_) => "one of some texts",
        Type::Text | Type::Number | Type::Boolean | Type::Date | Type::List => Kind::of_type(of).noun(),
    }
}
