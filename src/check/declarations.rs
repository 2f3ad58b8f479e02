//! The first pass: what a file declares. Names, types, lists and labels are known before any expression is read.

use std::collections::HashMap;
use std::sync::Arc;

use crate::calendar::Zone;
use crate::model::{
    Band, Block, BlockId, Class, ClassId, Event, EventId, Field, FieldId, Labelled, Property, PropertyId,
};
use crate::source::{Edit, Span, Spanned};
use crate::suggest;
use crate::syntax::tree::{self, Statement};
use crate::table::Type;

use super::ReadList;
use super::checker::{Checker, DeclaredProperty, Entry, Named, folds_to_nothing};
use super::error::{NameError, RuleError};

/// The statements that a file has once, and where the first of each stands.
#[derive(Default)]
struct Once {
    model: Option<Span>,
    timezone: Option<Span>,
    score: Option<Span>,
}

impl Checker<'_> {
    /// Declares all that the file declares.
    pub(super) fn declare(&mut self, file: &tree::File, read_list: ReadList) {
        self.model.fields_are_declared = file.statements.iter().any(|it| matches!(it.node, Statement::Field(_)));
        self.model.events_are_declared = file.statements.iter().any(|it| matches!(it.node, Statement::Event(_)));
        self.declare_top_level_block(file);
        let mut once = Once::default();
        let mut property_ids = HashMap::new();
        for statement in &file.statements {
            match &statement.node {
                Statement::Model(name) => self.declare_model(name, statement.span, &mut once),
                Statement::Timezone(name) => self.declare_timezone(name, statement.span, &mut once),
                Statement::Field(field) => self.declare_field(field),
                Statement::Event(event) => self.declare_event(event, &mut property_ids),
                Statement::List(list) => self.declare_list(list, statement.span, read_list),
                Statement::Let(definition) => self.declare_name(&definition.name, Named::Let(None)),
                Statement::Block(block) => self.declare_block(block, statement.span),
                Statement::Score(score) => self.declare_score(score, statement.span, &mut once),
                Statement::Classify(class) => self.declare_class(class, statement.span),
                Statement::Ignore(_)
                | Statement::Rule(_)
                | Statement::Table(_)
                | Statement::Decay(_)
                | Statement::Band(_)
                | Statement::Exclude(_)
                | Statement::Promise(_)
                | Statement::On(_)
                | Statement::Test(_) => {}
            }
        }
        self.model.overall.bands = self.declare_bands(Labelled::Band, &file.statements);
        self.know_properties();
    }

    /// The block of the rules outside all blocks is the first, where there are such rules.
    fn declare_top_level_block(&mut self, file: &tree::File) {
        let counts = |statement: &Statement| {
            matches!(
                statement,
                Statement::Rule(_) | Statement::Table(_) | Statement::Decay(_)
            )
        };
        if file.statements.iter().any(|statement| counts(&statement.node)) {
            self.model.blocks.push(Block {
                name: None,
                rules: Vec::new(),
                decay: None,
                clamp: Default::default(),
                bands: Vec::new(),
                span: Span::default(),
            });
        }
    }

    fn declare_model(&mut self, name: &tree::Text, span: Span, once: &mut Once) {
        if self.is_first("`model`", &mut once.model, span) {
            self.model.name = Some(name.node.clone());
        }
    }

    fn declare_timezone(&mut self, name: &tree::Text, span: Span, once: &mut Once) {
        if !self.is_first("`timezone`", &mut once.timezone, span) {
            return;
        }
        match Zone::named(&name.node) {
            Some(zone) => {
                self.model.zone = zone;
                self.model.zone_span = Some(span);
            }
            None => {
                let nearest = suggest::nearest(&name.node, Zone::names());
                self.errors.push(
                    NameError::UnknownTimezone {
                        name: name.node.clone(),
                        nearest: nearest.map(str::to_owned),
                        span: name.span,
                        edit: nearest.map(|nearest| Edit::replace(name.span, format!("\"{nearest}\""))),
                    }
                    .into(),
                );
            }
        }
    }

    /// Whether this is the first of the statements that a file has once.
    fn is_first(&mut self, what: &'static str, first: &mut Option<Span>, second: Span) -> bool {
        match *first {
            None => {
                *first = Some(second);
                true
            }
            Some(first) => {
                self.errors
                    .push(NameError::DuplicateStatement { what, second, first }.into());
                false
            }
        }
    }

    /// Gives a name of the shared space its meaning, unless it has one.
    fn declare_name(&mut self, name: &tree::Name, named: Named) {
        self.claim_name(name, named);
    }

    /// Whether a name was free; it is taken from now on.
    fn claim_name(&mut self, name: &tree::Name, named: Named) -> bool {
        if let Some(first) = self.names.get(&name.node) {
            let first = first.span;
            self.duplicate(name, named.noun(), first);
            return false;
        }
        let span = Some(name.span);
        self.names.insert(name.node.clone(), Entry { named, span });
        true
    }

    fn duplicate(&mut self, name: &tree::Name, what: &'static str, first: Option<Span>) {
        self.errors.push(
            NameError::Duplicate {
                name: name.node.clone(),
                what,
                second: name.span,
                first,
            }
            .into(),
        );
    }

    fn declare_field(&mut self, field: &tree::Field) {
        let of = self.declared_type(&field.of);
        let id = FieldId(self.model.fields.len() as u32);
        if self.claim_name(&field.name, Named::Field(id)) {
            self.model.fields.push(Field {
                name: field.name.node.clone(),
                of,
                span: field.name.span,
            });
        }
    }

    fn declare_event(&mut self, event: &tree::Event, ids: &mut HashMap<(String, Type), PropertyId>) {
        let id = EventId(self.model.events.len() as u32);
        let known = self.events.get(&event.name.node);
        if let Some(first) = known.and_then(|known| self.model.events.get(known.index())) {
            let first = first.span;
            self.duplicate(&event.name, "an event", Some(first));
            return;
        }
        self.events.insert(event.name.node.clone(), id);
        let mut properties = Vec::with_capacity(event.properties.len());
        for property in &event.properties {
            properties.extend(self.declare_property(id, property, ids));
        }
        self.model.events.push(Event {
            name: event.name.node.clone(),
            passive: event.passive,
            properties: properties.into(),
            span: event.name.span,
        });
    }

    fn declare_property(
        &mut self,
        event: EventId,
        property: &tree::Field,
        ids: &mut HashMap<(String, Type), PropertyId>,
    ) -> Option<PropertyId> {
        let of = self.declared_type(&property.of);
        let key = (event, property.name.node.clone());
        if let Some(first) = self.properties.get(&key) {
            let first = first.span;
            self.duplicate(&property.name, "a property", first);
            return None;
        }
        let name = property.name.node.clone();
        let id = *ids.entry((name.clone(), of.clone())).or_insert_with(|| {
            self.model.properties.push(Property { name, of });
            PropertyId(self.model.properties.len() as u32 - 1)
        });
        let span = Some(property.name.span);
        self.properties.insert(key, DeclaredProperty { id, span });
        Some(id)
    }

    /// A type; of the values of a `one of`, those that can be told apart.
    fn declared_type(&mut self, of: &Spanned<tree::Type>) -> Type {
        match &of.node {
            tree::Type::Text => Type::Text,
            tree::Type::Number => Type::Number,
            tree::Type::Boolean => Type::Boolean,
            tree::Type::Date => Type::Date,
            tree::Type::List => Type::List,
            tree::Type::OneOf(values) => Type::OneOf(self.distinct_values(values)),
        }
    }

    fn distinct_values(&mut self, values: &[tree::Text]) -> Arc<[String]> {
        let mut places: HashMap<String, Span> = HashMap::new();
        let mut distinct = Vec::with_capacity(values.len());
        for value in values {
            let folded = crate::text::fold(&value.node);
            if is_blank(&value.node) {
                self.empty_text(&value.node, value.span);
            } else if let Some(first) = places.get(&folded) {
                let (label, first) = (value.node.clone(), *first);
                self.errors.push(
                    NameError::DuplicateLabel {
                        label,
                        second: value.span,
                        first,
                    }
                    .into(),
                );
            } else {
                places.insert(folded, value.span);
                distinct.push(value.node.clone());
            }
        }
        distinct.into()
    }

    fn declare_list(&mut self, list: &tree::List, span: Span, read_list: ReadList) {
        let items = match &list.items {
            tree::Items::Literals(literals) => self.literal_items(literals),
            tree::Items::File(path) => self.file_items(&list.name.node, path, read_list),
        };
        let place = items.as_ref().map(|_| self.model.lists.len());
        if self.claim_name(&list.name, Named::List(place))
            && let Some(items) = items
        {
            let name = list.name.node.clone();
            self.model.lists.push(crate::model::List { name, items, span });
        }
    }

    fn declare_block(&mut self, block: &tree::Block, span: Span) {
        let id = BlockId(self.model.blocks.len() as u32);
        if !self.claim_name(&block.name, Named::Block(id)) {
            return;
        }
        let clamp = self.clamp(&block.clamp);
        let bands = self.declare_bands(Labelled::BandOf(id), &block.statements);
        self.model.blocks.push(Block {
            name: Some(block.name.node.clone()),
            rules: Vec::new(),
            decay: None,
            clamp,
            bands,
            span,
        });
    }

    fn declare_score(&mut self, score: &tree::Score, span: Span, once: &mut Once) {
        match &score.name {
            Some(name) => self.declare_name(name, Named::Formula(None)),
            None => {
                if self.is_first("overall `score`", &mut once.score, span) {
                    self.model.overall.clamp = self.clamp(&score.clamp);
                    self.model.overall.span = Some(span);
                }
            }
        }
    }

    /// The bands among some statements, each label once.
    fn declare_bands(&mut self, of: Labelled, statements: &[Spanned<Statement>]) -> Vec<Band> {
        let mut thresholds = HashMap::new();
        let mut places = HashMap::new();
        let mut bands: Vec<Band> = Vec::new();
        for statement in statements {
            let Statement::Band(band) = &statement.node else {
                continue;
            };
            let threshold = band.threshold.as_ref().map(|threshold| threshold.node);
            let at = band
                .threshold
                .as_ref()
                .map_or(statement.span, |threshold| threshold.span);
            let first = *thresholds.entry(threshold).or_insert(at);
            if first != at {
                self.errors
                    .push(RuleError::DuplicateThreshold { second: at, first }.into());
            }
            // A band with the threshold of another one stays, so that its label is known.
            if self.declare_label(of, &band.label, &mut places) {
                bands.push(Band {
                    label: band.label.node.clone(),
                    threshold,
                    span: statement.span,
                });
            }
        }
        bands
    }

    /// Whether a label can be one, and is the first of its name with its owner. It has the next place then.
    fn declare_label(&mut self, of: Labelled, label: &tree::Name, places: &mut HashMap<String, Span>) -> bool {
        if label.node == "excluded" {
            self.errors.push(RuleError::ReservedLabel { span: label.span }.into());
            return false;
        }
        if let Some(first) = places.get(&label.node) {
            let (name, first) = (label.node.clone(), *first);
            self.errors.push(
                NameError::DuplicateLabel {
                    label: name,
                    second: label.span,
                    first,
                }
                .into(),
            );
            return false;
        }
        let labels = self.labels.entry(of).or_default();
        let place = u16::try_from(labels.len()).ok().filter(|place| *place < u16::MAX);
        let Some(place) = place else {
            self.out_of_range::<()>(label.span, "a score or classification has at most 65,535 labels");
            return false;
        };
        labels.insert(label.node.clone(), place);
        places.insert(label.node.clone(), label.span);
        true
    }

    fn declare_class(&mut self, class: &tree::Classify, span: Span) {
        let id = ClassId(self.model.classes.len() as u32);
        if !self.claim_name(&class.name, Named::Class(id)) {
            return;
        }
        let mut places = HashMap::new();
        for row in &class.rows {
            self.declare_label(Labelled::Class(id), &row.node.label, &mut places);
        }
        self.model.classes.push(Class {
            name: class.name.node.clone(),
            rows: Vec::new(),
            span,
        });
    }

    /// Notes an empty text, one that nothing can be equal to.
    pub(super) fn empty_text(&mut self, text: &str, span: Span) {
        self.errors.push(
            RuleError::EmptyText {
                what: "no value is an empty text",
                advice: "an empty value is a missing one: `is unknown`",
                found: super::lists::emptiness(text),
                span,
            }
            .into(),
        );
    }
}

/// Whether nothing is left of a text where texts are compared. Texts of data are trimmed, so a blank is nothing too.
pub(super) fn is_blank(text: &str) -> bool {
    folds_to_nothing(text.trim())
}
