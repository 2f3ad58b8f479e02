//! What the expressions of a file say of the types of the names that nothing declares.

use crate::builtins::{self, Meaning, Takes};
use crate::model::{Event, EventId, LetValue};
use crate::source::{Span, Spanned};
use crate::syntax::tree::{
    self, Argument, Comparison, Expr, ExprKind, Name, Needles, Pattern, RowValues, Statement, TestLine, Trigger,
    ValueTest,
};

use super::checker::{Checker, Named};
use super::inference::{Demand, Inference, Typed, literal_demand};
use super::kind::Kind;
use super::reads::is_label;
use super::value_test::items_kind;

/// Whether names are the contact's, or those of the event that a pattern picks.
#[derive(Clone, Copy)]
enum Names<'p> {
    Contact,
    Event(&'p [Name]),
}

/// The walk over all expressions.
struct Uses<'c, 'a> {
    checker: &'c mut Checker<'a>,
    inference: Inference,
}

impl Checker<'_> {
    /// Finds the names that some statements use and nothing declares, with their types.
    pub(super) fn infer(&mut self, statements: &[Spanned<Statement>]) {
        self.infer_from(statements.iter().map(|statement| &statement.node));
    }

    /// Finds the names that some tests use and nothing declares, with their types.
    pub(super) fn infer_tests(&mut self, statements: &[Spanned<Statement>]) {
        let statements = statements.iter().map(|statement| &statement.node);
        self.infer_from(statements.filter(|statement| matches!(statement, Statement::Test(_))));
    }

    fn infer_from<'t>(&mut self, statements: impl Iterator<Item = &'t Statement>) {
        let mut uses = Uses {
            inference: Inference::default(),
            checker: self,
        };
        statements.for_each(|statement| uses.statement(statement));
        let inference = uses.inference;
        self.settle(inference);
        if !self.model.events_are_declared {
            let all: std::sync::Arc<[_]> = (0..self.model.properties.len() as u32)
                .map(crate::model::PropertyId)
                .collect();
            for event in &mut self.model.events {
                event.properties = all.clone();
            }
        }
    }
}

impl Uses<'_, '_> {
    fn statement(&mut self, statement: &Statement) {
        match statement {
            Statement::Let(definition) => self.definition(definition),
            Statement::Ignore(ignore) => self.pattern(&ignore.pattern.node),
            Statement::Rule(rule) => self.trigger(&rule.trigger),
            Statement::Table(table) => self.table(table),
            Statement::Decay(decay) => {
                if let Some(since) = &decay.since {
                    self.pattern(&since.node);
                }
            }
            Statement::Block(block) => {
                for statement in &block.statements {
                    self.statement(&statement.node);
                }
            }
            Statement::Classify(class) => {
                for condition in class.rows.iter().filter_map(|row| row.node.condition.as_ref()) {
                    self.condition(condition, Names::Contact);
                }
            }
            Statement::Exclude(exclude) => self.condition(&exclude.condition, Names::Contact),
            Statement::Promise(promise) => {
                self.condition(&promise.claim, Names::Contact);
                if let Some(condition) = &promise.condition {
                    self.condition(condition, Names::Contact);
                }
            }
            Statement::Test(test) => self.test(test),
            Statement::Model(_)
            | Statement::Timezone(_)
            | Statement::Field(_)
            | Statement::Event(_)
            | Statement::List(_)
            | Statement::Band(_)
            | Statement::Score(_)
            | Statement::On(_) => {}
        }
    }

    fn definition(&mut self, definition: &tree::Let) {
        let typed = self.value(&definition.value, Names::Contact);
        let variable = self.let_variable(&definition.name.node);
        let at = definition.value.span;
        self.inference.alike((Typed::Variable(variable), at), (typed, at));
    }

    fn let_variable(&mut self, name: &str) -> usize {
        if let Some(variable) = self.inference.lets.get(name) {
            return *variable;
        }
        let variable = self.inference.variable(None);
        self.inference.lets.insert(name.to_owned(), variable);
        variable
    }

    fn trigger(&mut self, trigger: &Trigger) {
        match trigger {
            Trigger::Condition(condition) => self.condition(condition, Names::Contact),
            Trigger::Each { pattern, condition } => {
                self.pattern(&pattern.node);
                if let Some(condition) = condition {
                    self.condition(condition, Names::Contact);
                }
            }
        }
    }

    fn table(&mut self, table: &tree::Table) {
        let typed = self.value(&table.value, Names::Contact);
        for row in &table.rows {
            let literals = match &row.node.values.node {
                RowValues::Literals(literals) => literals.iter().collect(),
                RowValues::Range(low, high) => vec![low, high],
                RowValues::Compared(_, end) => vec![end],
                RowValues::Unknown | RowValues::Otherwise => Vec::new(),
            };
            for literal in literals {
                self.inference
                    .demand_of(typed, literal_demand(&literal.node), literal.span);
            }
        }
    }

    fn test(&mut self, test: &tree::Test) {
        for line in &test.lines {
            match &line.node {
                TestLine::AsOf(_) => {}
                TestLine::Given(assignments) => {
                    for assignment in assignments {
                        let typed = self.name(&assignment.name.node, assignment.name.span, Names::Contact);
                        self.given(typed, assignment);
                    }
                }
                TestLine::Events(events) => {
                    let names = std::slice::from_ref(&events.name);
                    for assignment in &events.properties {
                        let typed = self.name(&assignment.name.node, assignment.name.span, Names::Event(names));
                        self.given(typed, assignment);
                    }
                }
                TestLine::Expect(condition) => self.condition(condition, Names::Contact),
            }
        }
    }

    fn given(&mut self, typed: Typed, assignment: &tree::Assignment) {
        match assignment.values.as_slice() {
            [one] => self.inference.demand_of(typed, literal_demand(&one.node), one.span),
            several => {
                let span = several.first().map_or(assignment.name.span, |first| first.span);
                self.inference.demand_of(typed, Demand::Exactly(Kind::List), span);
            }
        }
    }

    fn condition(&mut self, expr: &Expr, names: Names) {
        let typed = self.value(expr, names);
        self.inference
            .demand_of(typed, Demand::Exactly(Kind::Boolean), expr.span);
    }

    fn operand(&mut self, expr: &Expr, kind: Kind, names: Names) {
        let typed = self.value(expr, names);
        self.inference.demand_of(typed, Demand::Exactly(kind), expr.span);
    }

    fn value(&mut self, expr: &Expr, names: Names) -> Typed {
        match &expr.node {
            ExprKind::Literal(literal) => Typed::Kind(Kind::of_literal(literal)),
            ExprKind::Name(name) => self.name(name, expr.span, names),
            ExprKind::Score => Typed::Kind(Kind::Number),
            ExprKind::Band | ExprKind::BandOf(_) => Typed::Unknown,
            ExprKind::Excluded => Typed::Kind(Kind::Boolean),
            ExprKind::Logic(first, rest) => {
                self.condition(first, names);
                rest.iter().for_each(|(_, part)| self.condition(part, names));
                Typed::Kind(Kind::Boolean)
            }
            ExprKind::Not(inner) => {
                self.condition(inner, names);
                Typed::Kind(Kind::Boolean)
            }
            ExprKind::Compare(left, rest) => self.comparison(left, rest, names),
            ExprKind::Test { value, test, .. } => self.value_test(value, &test.node, names),
            ExprKind::Sum(first, rest) => {
                self.operand(first, Kind::Number, names);
                rest.iter()
                    .for_each(|(_, part)| self.operand(part, Kind::Number, names));
                Typed::Kind(Kind::Number)
            }
            ExprKind::Product(first, rest) => {
                self.operand(first, Kind::Number, names);
                rest.iter()
                    .for_each(|(_, part)| self.operand(part, Kind::Number, names));
                Typed::Kind(Kind::Number)
            }
            ExprKind::Negate(inner) => {
                self.operand(inner, Kind::Number, names);
                Typed::Kind(Kind::Number)
            }
            ExprKind::Parentheses(inner) => self.value(inner, names),
            ExprKind::Quantity(_, parts) => {
                parts.iter().for_each(|part| self.condition(part, names));
                Typed::Kind(Kind::Boolean)
            }
            ExprKind::Events(_, pattern) => {
                self.pattern(&pattern.node);
                Typed::Kind(Kind::Boolean)
            }
            ExprKind::Elapsed { date, .. } => {
                self.operand(date, Kind::Date, names);
                Typed::Kind(Kind::Number)
            }
            ExprKind::Call(name, argument) => self.call(name, argument, names),
        }
    }

    fn name(&mut self, name: &str, span: Span, names: Names) -> Typed {
        match names {
            Names::Contact => self.contact_name(name, span),
            Names::Event(events) => self.property(name, span, events),
        }
    }

    fn contact_name(&mut self, name: &str, span: Span) -> Typed {
        match self.checker.named(name) {
            Some(Named::Field(id)) => match self.checker.model.fields.get(id.index()) {
                Some(field) => Typed::Kind(Kind::of_type(&field.of)),
                None => Typed::Unknown,
            },
            Some(Named::Let(Some(id))) => match self.checker.model.lets.get(id.index()).map(|it| &it.value) {
                Some(LetValue::Condition(_)) => Typed::Kind(Kind::Boolean),
                Some(LetValue::Value(value)) => Typed::Kind(Kind::of(value)),
                None => Typed::Unknown,
            },
            Some(Named::Let(None)) => Typed::Variable(self.let_variable(name)),
            Some(Named::Block(_) | Named::Formula(_)) => Typed::Kind(Kind::Number),
            Some(Named::List(_) | Named::Class(_) | Named::Conflicting) => Typed::Unknown,
            // A declared property that is read as if it were a field is a mistake, not a new field.
            None if self.checker.model.fields_are_declared || self.checker.property_events.contains_key(name) => {
                Typed::Unknown
            }
            None => Typed::Variable(self.inference.field(name, span)),
        }
    }

    fn property(&mut self, name: &str, span: Span, events: &[Name]) -> Typed {
        if self.checker.model.events_are_declared {
            let declared = events.iter().find_map(|event| {
                let event = self.checker.events.get(&event.node)?;
                self.checker.properties.get(&(*event, name.to_owned()))
            });
            let of = declared.and_then(|property| self.checker.model.properties.get(property.id.index()));
            return of.map_or(Typed::Unknown, |property| Typed::Kind(Kind::of_type(&property.of)));
        }
        if self.checker.is_declared_otherwise(name) {
            return Typed::Unknown;
        }
        match self.checker.open_properties.get(name) {
            Some(Some(id)) => match self.checker.model.properties.get(id.index()) {
                Some(property) => Typed::Kind(Kind::of_type(&property.of)),
                None => Typed::Unknown,
            },
            Some(None) => Typed::Unknown,
            None => Typed::Variable(self.inference.property(name, span)),
        }
    }

    fn comparison(&mut self, left: &Expr, rest: &[(Spanned<Comparison>, Expr)], names: Names) -> Typed {
        let mut before = (self.value(left, names), left.span);
        if self.is_label(left) {
            return Typed::Kind(Kind::Boolean);
        }
        for (operator, right) in rest {
            let after = (self.value(right, names), right.span);
            self.inference.alike(before, after);
            let equality = matches!(operator.node, Comparison::Equal | Comparison::NotEqual);
            if !equality {
                self.inference.demand_of(before.0, Demand::NumberOrDate, before.1);
                self.inference.demand_of(after.0, Demand::NumberOrDate, after.1);
            }
            before = after;
        }
        Typed::Kind(Kind::Boolean)
    }

    fn is_label(&self, expr: &Expr) -> bool {
        is_label(expr, &|name| matches!(self.checker.named(name), Some(Named::Class(_))))
    }

    fn value_test(&mut self, value: &Expr, test: &ValueTest, names: Names) -> Typed {
        let typed = self.value(value, names);
        let this = (typed, value.span);
        match test {
            ValueTest::Between(low, high) => {
                for end in [low, high] {
                    let end = (self.value(end, names), end.span);
                    self.inference.alike(this, end);
                    self.inference.demand_of(end.0, Demand::NumberOrDate, end.1);
                }
                self.inference.demand_of(typed, Demand::NumberOrDate, value.span);
            }
            ValueTest::In(_) if self.is_label(value) => {}
            ValueTest::In(items) => {
                for item in items {
                    let item = (self.value(item, names), item.span);
                    self.inference.alike(this, item);
                }
            }
            ValueTest::InList(name) => {
                if let Some(kind) = self.list_kind(name) {
                    self.inference.demand_of(typed, Demand::Exactly(kind), value.span);
                }
            }
            ValueTest::Contains { word, needles } => {
                let demand = if *word {
                    Demand::Exactly(Kind::Text)
                } else {
                    Demand::TextOrList
                };
                self.inference.demand_of(typed, demand, value.span);
                self.needles(needles, names);
            }
            ValueTest::StartsWith(text) | ValueTest::EndsWith(text) | ValueTest::Matches(text) => {
                self.inference.demand_of(typed, Demand::Exactly(Kind::Text), value.span);
                self.value(text, names);
            }
            ValueTest::IsKnown | ValueTest::IsUnknown => {}
        }
        Typed::Kind(Kind::Boolean)
    }

    fn needles(&mut self, needles: &Needles, names: Names) {
        match needles {
            Needles::One(needle) => {
                self.value(needle, names);
            }
            Needles::AnyOf(needles) => needles.iter().for_each(|needle| {
                self.value(needle, names);
            }),
            Needles::List(_) => {}
        }
    }

    fn list_kind(&self, name: &Name) -> Option<Kind> {
        match self.checker.named(&name.node)? {
            Named::List(place) => {
                let list = self.checker.model.lists.get(place?)?;
                Some(items_kind(&list.items))
            }
            Named::Field(_)
            | Named::Let(_)
            | Named::Block(_)
            | Named::Formula(_)
            | Named::Class(_)
            | Named::Conflicting => None,
        }
    }

    fn call(&mut self, name: &Name, argument: &Spanned<Argument>, names: Names) -> Typed {
        let Some(function) = builtins::function(&name.node) else {
            return Typed::Unknown;
        };
        match (&argument.node, function.takes) {
            (Argument::Value(value), Takes::Text) => self.operand(value, Kind::Text, names),
            (Argument::Value(_), _) => {}
            (Argument::Pattern(pattern), _) => self.pattern(pattern),
            (Argument::PropertyOf(property, pattern), takes) => {
                self.pattern(&pattern.node);
                let typed = self.property(&property.node, property.span, &pattern.node.events);
                if takes == Takes::NumberPropertyOf {
                    self.inference
                        .demand_of(typed, Demand::Exactly(Kind::Number), property.span);
                }
            }
        }
        match function.meaning {
            Meaning::Domain | Meaning::Aggregate(_) => Typed::Kind(Kind::of_type(&function.gives)),
        }
    }

    fn pattern(&mut self, pattern: &Pattern) {
        for event in &pattern.events {
            self.event(event);
        }
        if let Some(filter) = &pattern.filter {
            self.condition(filter, Names::Event(&pattern.events));
        }
    }

    /// Without declared events, an event is known once something names it.
    fn event(&mut self, name: &Name) {
        let checker = &mut *self.checker;
        if checker.model.events_are_declared || checker.events.contains_key(&name.node) {
            return;
        }
        let id = EventId(checker.model.events.len() as u32);
        checker.events.insert(name.node.clone(), id);
        checker.model.events.push(Event {
            name: name.node.clone(),
            passive: false,
            properties: Vec::new().into(),
            span: name.span,
        });
    }
}
