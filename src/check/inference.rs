//! The types of names that nothing declares, from what the whole file does with them.
//!
//! Each open name has a variable. Uses join variables and demand kinds of them; where no kind serves all uses, the
//! mistake is noted with two of them. Everything else that may be wrong with an expression is left to the pass that
//! understands it.

use std::collections::HashMap;

use crate::source::Span;
use crate::syntax::tree::Literal;

use super::checker::Checker;
use super::error::TypeError;
use super::kind::Kind;

/// What an expression says of its type.
#[derive(Clone, Copy, Debug)]
pub(super) enum Typed {
    /// It is of this kind.
    Kind(Kind),
    /// It has the kind that this variable turns out to have.
    Variable(usize),
    /// Nothing is known of it.
    Unknown,
}

/// What a use demands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Demand {
    /// This kind.
    Exactly(Kind),
    /// `contains` looks into texts and into lists; a text unless something else says list.
    TextOrList,
    /// `<` compares numbers and dates; numbers unless something else says dates.
    NumberOrDate,
}

impl Demand {
    /// The demand that serves both.
    fn and(self, other: Demand) -> Option<Demand> {
        let is_served_by = |open: Demand, kind: Kind| match open {
            Demand::Exactly(wanted) => wanted == kind,
            Demand::TextOrList => matches!(kind, Kind::Text | Kind::List),
            Demand::NumberOrDate => matches!(kind, Kind::Number | Kind::Date),
        };
        match (self, other) {
            (Demand::Exactly(kind), open) | (open, Demand::Exactly(kind)) => {
                is_served_by(open, kind).then_some(Demand::Exactly(kind))
            }
            (one, other) => (one == other).then_some(one),
        }
    }

    fn kind(self) -> Kind {
        match self {
            Demand::Exactly(kind) => kind,
            Demand::TextOrList => Kind::Text,
            Demand::NumberOrDate => Kind::Number,
        }
    }

    fn noun(self) -> &'static str {
        match self {
            Demand::Exactly(kind) => kind.noun(),
            Demand::TextOrList => "a text or a list",
            Demand::NumberOrDate => "a number or a date",
        }
    }
}

/// What is known of the kind of some names that are of one kind.
#[derive(Clone, Debug)]
struct Variable {
    parent: usize,
    demand: Option<(Demand, Span)>,
    /// A field or property among them: nothing else can be blamed for a conflict.
    open: Option<String>,
    conflicts: bool,
}

/// A name that nothing declares.
#[derive(Clone, Debug)]
pub(super) struct OpenName {
    /// The name.
    pub(super) name: String,
    /// Its first use.
    pub(super) span: Span,
    /// Its variable.
    pub(super) variable: usize,
}

/// Open names with their variables.
#[derive(Debug, Default)]
pub(super) struct Inference {
    variables: Vec<Variable>,
    /// The fields in the order of their first uses.
    pub(super) fields: Vec<OpenName>,
    field_places: HashMap<String, usize>,
    /// The properties in the order of their first uses.
    pub(super) properties: Vec<OpenName>,
    property_places: HashMap<String, usize>,
    /// The variables of lets.
    pub(super) lets: HashMap<String, usize>,
    /// The conflicts that were found.
    pub(super) conflicts: Vec<TypeError>,
}

impl Inference {
    /// The variable of a field that nothing declares.
    pub(super) fn field(&mut self, name: &str, span: Span) -> usize {
        if let Some(place) = self.field_places.get(name) {
            return *place;
        }
        let variable = self.variable(Some(name.to_owned()));
        self.field_places.insert(name.to_owned(), variable);
        let name = name.to_owned();
        self.fields.push(OpenName { name, span, variable });
        variable
    }

    /// The variable of a property that nothing declares.
    pub(super) fn property(&mut self, name: &str, span: Span) -> usize {
        if let Some(place) = self.property_places.get(name) {
            return *place;
        }
        let variable = self.variable(Some(name.to_owned()));
        self.property_places.insert(name.to_owned(), variable);
        let name = name.to_owned();
        self.properties.push(OpenName { name, span, variable });
        variable
    }

    /// A new variable.
    pub(super) fn variable(&mut self, open: Option<String>) -> usize {
        let parent = self.variables.len();
        self.variables.push(Variable {
            parent,
            demand: None,
            open,
            conflicts: false,
        });
        parent
    }

    /// The kind of a variable: text where nothing tells, none where its uses conflict.
    pub(super) fn kind(&mut self, variable: usize) -> Option<Kind> {
        let root = self.root(variable);
        let variable = self.variables.get(root)?;
        let kind = variable.demand.map_or(Kind::Text, |(demand, _)| demand.kind());
        (!variable.conflicts).then_some(kind)
    }

    /// The variable that stands for all that were joined with this one.
    fn root(&mut self, variable: usize) -> usize {
        let mut root = variable;
        while let Some(parent) = self.variables.get(root).map(|variable| variable.parent)
            && parent != root
        {
            // Halving the way makes it shorter for those who come later.
            let above = self.variables.get(parent).map_or(parent, |variable| variable.parent);
            if let Some(variable) = self.variables.get_mut(root) {
                variable.parent = above;
            }
            root = above;
        }
        root
    }

    /// Demands something of a variable.
    pub(super) fn demand(&mut self, variable: usize, demand: Demand, span: Span) {
        let root = self.root(variable);
        let Some(variable) = self.variables.get_mut(root) else {
            return;
        };
        let Some((known, known_span)) = variable.demand else {
            variable.demand = Some((demand, span));
            return;
        };
        match known.and(demand) {
            Some(both) if both != known => variable.demand = Some((both, span)),
            Some(_) => {}
            None => self.conflict(root, (known, known_span), (demand, span)),
        }
    }

    /// Makes two variables one.
    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if one == other {
            return;
        }
        let Some(joined) = self.variables.get_mut(other) else {
            return;
        };
        joined.parent = one;
        let (demand, open, conflicts) = (joined.demand, joined.open.take(), joined.conflicts);
        if let Some(root) = self.variables.get_mut(one) {
            root.conflicts |= conflicts;
            root.open = root.open.take().or(open);
        }
        if let Some((demand, span)) = demand {
            self.demand(one, demand, span);
        }
    }

    fn conflict(&mut self, root: usize, one: (Demand, Span), other: (Demand, Span)) {
        let Some(variable) = self.variables.get_mut(root) else {
            return;
        };
        let noted = std::mem::replace(&mut variable.conflicts, true);
        let Some(name) = variable.open.clone().filter(|_| !noted) else {
            return;
        };
        let (first, second) = if one.1 <= other.1 { (one, other) } else { (other, one) };
        self.conflicts.push(TypeError::ConflictingUses {
            name,
            first: first.0.noun(),
            second: second.0.noun(),
            second_span: second.1,
            first_span: first.1,
        });
    }

    /// Demands something of an expression, if it has a variable.
    pub(super) fn demand_of(&mut self, typed: Typed, demand: Demand, span: Span) {
        match typed {
            Typed::Variable(variable) => self.demand(variable, demand, span),
            Typed::Kind(_) | Typed::Unknown => {}
        }
    }

    /// Makes two expressions one of a kind; the spans are those of the expressions.
    pub(super) fn alike(&mut self, (one, one_span): (Typed, Span), (other, other_span): (Typed, Span)) {
        match (one, other) {
            (Typed::Variable(one), Typed::Variable(other)) => self.join(one, other),
            (Typed::Variable(variable), Typed::Kind(kind)) => self.demand(variable, Demand::Exactly(kind), one_span),
            (Typed::Kind(kind), Typed::Variable(variable)) => self.demand(variable, Demand::Exactly(kind), other_span),
            (Typed::Kind(_) | Typed::Unknown, Typed::Kind(_)) | (_, Typed::Unknown) | (Typed::Unknown, _) => {}
        }
    }
}

/// What a literal that a name is given, or for which it has a row, demands of the name.
pub(super) fn literal_demand(literal: &Literal) -> Demand {
    match Kind::of_literal(literal) {
        Kind::Text => Demand::TextOrList,
        kind => Demand::Exactly(kind),
    }
}

impl Checker<'_> {
    /// Puts the open names into the model, with the types that their uses gave them.
    pub(super) fn settle(&mut self, mut inference: Inference) {
        use super::checker::{Entry, Named};
        use crate::model::{Field, FieldId, Property, PropertyId};

        for open in std::mem::take(&mut inference.fields) {
            let kind = inference.kind(open.variable);
            let id = FieldId(self.model.fields.len() as u32);
            let named = if kind.is_some() {
                Named::Field(id)
            } else {
                Named::Conflicting
            };
            self.names.insert(open.name.clone(), Entry { named, span: None });
            self.model.fields.extend(kind.map(|kind| Field {
                name: open.name,
                of: kind.as_type(),
                span: open.span,
            }));
        }
        for open in std::mem::take(&mut inference.properties) {
            let kind = inference.kind(open.variable);
            let id = PropertyId(self.model.properties.len() as u32);
            self.open_properties.insert(open.name.clone(), kind.map(|_| id));
            self.model.properties.extend(kind.map(|kind| Property {
                name: open.name,
                of: kind.as_type(),
            }));
        }
        self.errors.extend(inference.conflicts.into_iter().map(Into::into));
    }
}
