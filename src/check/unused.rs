//! The names that a file declares and nothing uses. Uses in wrong expressions count, what a test gives does not.

use crate::model::EventId;
use crate::source::Span;
use crate::syntax::tree::{self, Statement};

use super::checker::{Checker, Used};

/// A name that is declared and that nothing uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unused {
    /// What is declared.
    pub declared: Declared,
    /// Its name.
    pub name: String,
    /// Where the name is declared.
    pub span: Span,
}

/// What can be declared and left unused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Declared {
    /// A field.
    Field,
    /// An event.
    Event,
    /// A property of an event.
    Property,
    /// A `let`.
    Let,
    /// A list.
    List,
}

impl Checker<'_> {
    /// The names that nothing uses, in the order of their declarations.
    pub(super) fn unused(&self, file: &tree::File) -> Vec<Unused> {
        let mut unused = Vec::new();
        for statement in &file.statements {
            match &statement.node {
                Statement::Field(field) => unused.extend(self.unused_name(&field.name, Declared::Field)),
                Statement::Let(definition) => unused.extend(self.unused_name(&definition.name, Declared::Let)),
                Statement::List(list) => unused.extend(self.unused_name(&list.name, Declared::List)),
                Statement::Event(event) => self.unused_event(event, &mut unused),
                _ => {}
            }
        }
        unused
    }

    fn unused_name(&self, name: &tree::Name, declared: Declared) -> Option<Unused> {
        let is_used = self.used.contains(&Used::Name(name.node.clone()));
        (!is_used && self.is_declaration(name)).then(|| unused(declared, name))
    }

    /// An event; or, where it is used, its properties.
    fn unused_event(&self, event: &tree::Event, found: &mut Vec<Unused>) {
        let Some(id) = self.events.get(&event.name.node).copied() else {
            return;
        };
        let is_first = self
            .model
            .events
            .get(id.index())
            .is_some_and(|first| first.span == event.name.span);
        if !is_first {
            return;
        }
        let counts_as_active = !event.passive && self.used.contains(&Used::ActiveEvents);
        if !counts_as_active && !self.used.contains(&Used::Event(id)) {
            found.push(unused(Declared::Event, &event.name));
            return;
        }
        for property in &event.properties {
            if !self.uses_property(id, event.passive, &property.name.node) {
                found.push(unused(Declared::Property, &property.name));
            }
        }
    }

    fn uses_property(&self, event: EventId, passive: bool, name: &str) -> bool {
        let by_all = !passive && self.used.contains(&Used::ActiveProperty(name.to_owned()));
        by_all || self.used.contains(&Used::Property(event, name.to_owned()))
    }
}

fn unused(declared: Declared, name: &tree::Name) -> Unused {
    Unused {
        declared,
        name: name.node.clone(),
        span: name.span,
    }
}
