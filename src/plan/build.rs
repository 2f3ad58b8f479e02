//! Builds a plan: keeps the nodes and signals made so far, and what names stand for, while the model is walked.

use std::collections::HashMap;

use crate::model::{Definition, LetId, LetValue, Model, Pattern};

use super::graph::{Graph, NodeId, Operation, Shape};
use super::signal::{Collect, Interned, Signal, SignalId, Worth, WorthId};
use super::{Limits, Written};

/// Of what rows a condition speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Scope {
    /// Contacts.
    Contact,
    /// Contacts, of which the excluded have no scores and labels.
    Expected,
    /// Events.
    Event,
}

/// A plan in the making.
pub(super) struct Builder<'m> {
    pub(super) model: &'m Model,
    pub(super) contacts: Graph,
    pub(super) events: Graph,
    pub(super) signals: Interned<Signal>,
    pub(super) worths: Interned<Worth>,
    lets: HashMap<(Scope, LetId), Written>,
    pub(super) known: Known,
}

/// The nodes of what conditions may refer to, as far as they are made.
#[derive(Default)]
pub(super) struct Known {
    pub(super) exclusion: Option<NodeId>,
    pub(super) blocks: Vec<NodeId>,
    pub(super) block_bands: Vec<Option<NodeId>>,
    pub(super) formulas: HashMap<u32, NodeId>,
    pub(super) overall: Option<NodeId>,
    pub(super) band: Option<NodeId>,
    pub(super) classes: HashMap<u32, NodeId>,
}

impl<'m> Builder<'m> {
    pub(super) fn new(model: &'m Model) -> Builder<'m> {
        Builder {
            model,
            contacts: Graph::default(),
            events: Graph::default(),
            signals: Interned::default(),
            worths: Interned::default(),
            lets: HashMap::new(),
            known: Known::default(),
        }
    }

    /// The nodes of the rows of which a scope speaks.
    pub(super) fn graph(&self, scope: Scope) -> &Graph {
        match scope {
            Scope::Contact | Scope::Expected => &self.contacts,
            Scope::Event => &self.events,
        }
    }

    /// The node of an operation.
    pub(super) fn add(&mut self, scope: Scope, shape: Shape, operation: Operation) -> NodeId {
        match scope {
            Scope::Contact | Scope::Expected => self.contacts.add(shape, operation),
            Scope::Event => self.events.add(shape, operation),
        }
    }

    /// The node of an operation on contacts.
    pub(super) fn contact(&mut self, shape: Shape, operation: Operation) -> NodeId {
        self.contacts.add(shape, operation)
    }

    /// What is collected of the events that a pattern picks.
    pub(super) fn signal(&mut self, pattern: &Pattern, collect: Collect) -> SignalId {
        let filter = pattern
            .filter
            .as_ref()
            .map(|filter| self.condition(Scope::Event, filter).node);
        self.add_signal(Signal {
            events: pattern.events.clone(),
            filter,
            window: pattern.window,
            collect,
        })
    }

    /// The signal of such a kind.
    pub(super) fn add_signal(&mut self, mut signal: Signal) -> SignalId {
        if let crate::model::EventSet::Named(names) = &mut signal.events {
            names.sort_unstable();
        }
        SignalId(self.signals.place(signal))
    }

    /// What events are worth by their age.
    pub(super) fn worth(&mut self, worth: Worth) -> WorthId {
        WorthId(self.worths.place(worth))
    }

    /// The node of a let.
    pub(super) fn let_node(&mut self, scope: Scope, id: LetId) -> NodeId {
        if !self.lets.contains_key(&(scope, id)) {
            let reads_scores = self.model.lets.get(id.index()).is_some_and(|one| one.reads_scores);
            self.lets_in_order(scope, reads_scores);
        }
        match self.lets.get(&(scope, id)) {
            Some(written) => written.node,
            None => self.add(scope, Shape::Condition, Operation::Constant(false)),
        }
    }

    /// Makes the nodes of all lets that read scores, or of all that do not. In the model's order, so that no let
    /// enters another, however long their chain.
    pub(super) fn lets_in_order(&mut self, scope: Scope, reads_scores: bool) {
        for definition in &self.model.order {
            if let Definition::Let(id) = definition {
                self.define_let(scope, *id, reads_scores);
            }
        }
    }

    /// Makes the nodes of a let, if it reads scores or not as said.
    pub(super) fn define_let(&mut self, scope: Scope, id: LetId, reads_scores: bool) {
        let model = self.model;
        let wanted = model
            .lets
            .get(id.index())
            .filter(|one| one.reads_scores == reads_scores);
        if let Some(definition) = wanted {
            let written = match &definition.value {
                LetValue::Condition(condition) => self.condition(scope, condition),
                LetValue::Value(value) => self.value(scope, value),
            };
            self.lets.insert((scope, id), written);
        }
    }

    /// What the contacts' lets are made of, in the order of the model.
    pub(super) fn written_lets(&mut self) -> Vec<Written> {
        let ids = (0..self.model.lets.len() as u32).map(LetId);
        let missing = Written {
            node: NodeId(0),
            parts: Vec::new(),
        };
        ids.map(|id| self.lets.remove(&(Scope::Contact, id)).unwrap_or(missing.clone()))
            .collect()
    }
}

impl From<crate::model::Limits> for Limits {
    fn from(limits: crate::model::Limits) -> Limits {
        Limits {
            per: limits.per,
            total: limits.total,
        }
    }
}
