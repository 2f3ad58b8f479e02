//! Lets and classifications, each after those that it needs, and the circles among them.

use std::collections::HashMap;

use crate::model::{ClassRow, ConditionKind, Definition, Labelled, Let, LetId, LetValue};
use crate::source::{Span, Spanned};
use crate::syntax::tree::{self, Expr, Name, Statement};

use super::checker::{Checker, Entry, Named};
use super::error::{NameError, TypeError};
use super::expression::{Meaning, Scope, Scores};
use super::kind::Kind;
use super::order::sort;
use super::reads::names_read;

/// A let or a classification as it is written.
#[derive(Clone, Copy)]
enum Written<'t> {
    Let(&'t tree::Let, Span),
    Class(&'t tree::Classify),
}

impl<'t> Written<'t> {
    fn name(self) -> &'t Name {
        match self {
            Written::Let(definition, _) => &definition.name,
            Written::Class(class) => &class.name,
        }
    }

    fn expressions(self) -> Vec<&'t Expr> {
        match self {
            Written::Let(definition, _) => vec![&definition.value],
            Written::Class(class) => class
                .rows
                .iter()
                .filter_map(|row| row.node.condition.as_ref())
                .collect(),
        }
    }
}

impl Checker<'_> {
    /// Understands the lets and classifications of a file.
    pub(super) fn define(&mut self, file: &tree::File) {
        let written: Vec<Written> = file.statements.iter().filter_map(written).collect();
        let places: HashMap<&str, usize> = written
            .iter()
            .enumerate()
            .filter(|(_, definition)| self.is_declaration(definition.name()))
            .map(|(place, definition)| (definition.name().node.as_str(), place))
            .collect();
        let needs: Vec<Vec<usize>> = written
            .iter()
            .map(|definition| {
                let read = definition
                    .expressions()
                    .into_iter()
                    .flat_map(|expr| self.names_in(expr));
                let mut needs: Vec<usize> = read.filter_map(|name| places.get(name).copied()).collect();
                needs.sort_unstable();
                needs.dedup();
                needs
            })
            .collect();
        let sorted = sort(&needs);
        let names: Vec<&Name> = written.iter().map(|definition| definition.name()).collect();
        self.circles(&sorted.circles, &names);
        for place in sorted.order {
            match written.get(place) {
                Some(Written::Let(definition, span)) => self.define_let(definition, *span),
                Some(Written::Class(class)) => self.define_class(class),
                None => {}
            }
        }
    }

    /// Whether a name stands at the declaration that gave it its meaning.
    pub(super) fn is_declaration(&self, name: &Name) -> bool {
        let declared = self.names.get(&name.node).and_then(|entry| entry.span);
        declared == Some(name.span)
    }

    fn names_in<'t>(&self, expr: &'t Expr) -> Vec<&'t str> {
        names_read(expr, &|name| matches!(self.named(name), Some(Named::Class(_))))
    }

    /// Notes the definitions that need themselves.
    pub(super) fn circles(&mut self, circles: &[Vec<usize>], names: &[&Name]) {
        for circle in circles {
            let circle: Vec<&Name> = circle.iter().filter_map(|place| names.get(*place).copied()).collect();
            let Some(first) = circle.first() else {
                continue;
            };
            let shown = circle.iter().take(6).map(|name| format!("`{}`", name.node));
            let more = (circle.len() > 6).then(|| "…".to_owned());
            let back = std::iter::once(format!("`{}`", first.node));
            let path: Vec<String> = shown.chain(more).chain(back).collect();
            let others = circle.iter().skip(1).take(5).map(|name| name.span).collect();
            self.errors.push(
                NameError::Circle {
                    path: path.join(" → "),
                    first: first.span,
                    others,
                }
                .into(),
            );
        }
    }

    fn define_let(&mut self, definition: &tree::Let, span: Span) {
        let scope = Scope::contact(Scores::Allowed);
        let (meaning, reads) = self.reading(|checker| checker.expression(&definition.value, scope));
        let value = match meaning {
            None => return,
            Some(Meaning::Condition(condition)) => LetValue::Condition(condition),
            Some(Meaning::Value(value)) => {
                let kind = Kind::of(&value);
                if kind.is_label() {
                    let (found, span) = (kind.noun(), value.span);
                    return self.errors.push(TypeError::LooseLabel { found, span }.into());
                }
                LetValue::Value(value)
            }
        };
        if !self.is_declaration(&definition.name) {
            return;
        }
        let id = LetId(self.model.lets.len() as u32);
        self.model.lets.push(Let {
            name: definition.name.node.clone(),
            value,
            reads_events: reads.events,
            reads_scores: reads.scores,
            span,
        });
        let entry = Entry {
            named: Named::Let(Some(id)),
            span: Some(definition.name.span),
        };
        self.names.insert(definition.name.node.clone(), entry);
        self.model.order.push(Definition::Let(id));
    }

    fn define_class(&mut self, class: &tree::Classify) {
        let id = match self.named(&class.name.node) {
            Some(Named::Class(id)) if self.is_declaration(&class.name) => Some(id),
            _ => None,
        };
        let mut rows = Vec::with_capacity(class.rows.len());
        let places = class.rows.iter();
        self.otherwise_is_last(places.map(|row| (row.span, row.node.condition.is_none())));
        for row in &class.rows {
            rows.push(self.class_row(row));
        }
        let Some(id) = id else {
            return;
        };
        let labels = self.labels.get(&Labelled::Class(id));
        let mut seen = vec![false; labels.map_or(0, HashMap::len)];
        rows.retain(|row| {
            let place = labels.and_then(|labels| labels.get(&row.label)).copied();
            let seen = place.and_then(|place| seen.get_mut(usize::from(place)));
            seen.is_some_and(|seen| !std::mem::replace(seen, true))
        });
        if let Some(class) = self.model.classes.get_mut(id.index()) {
            class.rows = rows;
        }
        self.model.order.push(Definition::Class(id));
    }

    /// A row. Where its condition is wrong it fits nobody, but its label is known.
    fn class_row(&mut self, row: &Spanned<tree::Class>) -> ClassRow {
        let condition = row.node.condition.as_ref().map(|condition| {
            let understood = self.condition(condition, Scope::contact(Scores::Allowed));
            understood.unwrap_or_else(|| Spanned::new(ConditionKind::Constant(false), condition.span))
        });
        ClassRow {
            label: row.node.label.node.clone(),
            condition,
            span: row.span,
        }
    }

    /// Puts formulas between the lets that read no scores and the definitions that may.
    pub(super) fn order_definitions(&mut self) {
        let lets = &self.model.lets;
        let reads_scores = |definition: &Definition| match definition {
            Definition::Let(id) => lets.get(id.index()).is_some_and(|it| it.reads_scores),
            Definition::Formula(_) | Definition::Class(_) => true,
        };
        let (formulas, others): (Vec<Definition>, Vec<Definition>) = std::mem::take(&mut self.model.order)
            .into_iter()
            .partition(|definition| matches!(definition, Definition::Formula(_)));
        let (after, before): (Vec<Definition>, Vec<Definition>) = others.into_iter().partition(reads_scores);
        self.model.order = before.into_iter().chain(formulas).chain(after).collect();
    }
}

impl Checker<'_> {
    /// The classification of a name, where a name is known to be one: it has its rows once it is defined.
    pub(super) fn class_of(&mut self, name: &Name) -> Option<Labelled> {
        match self.named(&name.node) {
            Some(Named::Class(id)) => {
                self.use_name(&name.node);
                Some(Labelled::Class(id))
            }
            Some(other) => self.wrong_kind(
                name,
                other.noun(),
                "a classification",
                "a label of a score's bands is written `fit.band A`, a class `lifecycle customer`",
            ),
            None => {
                let nearest = self.nearest_name(&name.node, |named| matches!(named, Named::Class(_)));
                let unknown = NameError::UnknownName {
                    name: name.node.clone(),
                    nearest,
                    span: name.span,
                };
                self.name_error(&name.node, unknown)
            }
        }
    }
}

fn written(statement: &Spanned<Statement>) -> Option<Written<'_>> {
    match &statement.node {
        Statement::Let(definition) => Some(Written::Let(definition, statement.span)),
        Statement::Classify(class) => Some(Written::Class(class)),
        _ => None,
    }
}
