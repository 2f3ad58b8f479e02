//! Tests: the example contacts of a file, in the types of their fields and properties.

use std::collections::HashMap;

use crate::calendar::Day;
use crate::model::{EventSet, Expectation, Given, GivenEvents, PropertyId, Test};
use crate::source::{Span, Spanned};
use crate::syntax::tree::{self, Literal, Moment, Statement, TestLine};
use crate::table::Type;
use crate::text::fold;

use super::checker::{Checker, Named};
use super::declarations::is_blank;
use super::error::NameError;
use super::expression::{Scope, Scores};
use super::kind::Kind;
use super::lists::{number_of, text_of};
use super::pattern::Picked;
use super::rule::boolean_of;

/// The day of scoring of a test that names none.
const DEFAULT_DAY: (i32, u32, u32) = (2025, 1, 1);

/// The most events that one line of a test gives.
const MOST_EVENTS: u64 = 10_000;

impl Checker<'_> {
    /// Understands the tests among some statements.
    pub(super) fn tests(&mut self, statements: &[Spanned<Statement>]) {
        for statement in statements {
            if let Statement::Test(test) = &statement.node {
                let test = self.example(test, statement.span);
                self.model.tests.push(test);
            }
        }
    }

    /// A test; its lines that are wrong are left out.
    fn example(&mut self, test: &tree::Test, span: Span) -> Test {
        let as_of = self.day_of_scoring(test);
        let mut example = Test {
            name: test.name.node.clone(),
            source: self.source.clone(),
            as_of,
            fields: Vec::new(),
            events: Vec::new(),
            expectations: Vec::new(),
            span,
        };
        let mut given = HashMap::new();
        for line in &test.lines {
            match &line.node {
                TestLine::AsOf(_) => {}
                TestLine::Given(assignments) => {
                    for assignment in assignments {
                        if self.given_once(&assignment.name, &mut given) {
                            example.fields.extend(self.given_field(assignment));
                        }
                    }
                }
                TestLine::Events(events) => example.events.extend(self.given_events(events, as_of, line.span)),
                TestLine::Expect(condition) => {
                    let condition = self.condition(condition, Scope::contact(Scores::InTest));
                    let span = line.span;
                    example
                        .expectations
                        .extend(condition.map(|condition| Expectation { condition, span }));
                }
            }
        }
        example
    }

    fn day_of_scoring(&mut self, test: &tree::Test) -> Day {
        let mut found: Option<Spanned<Day>> = None;
        for line in &test.lines {
            let TestLine::AsOf(day) = &line.node else {
                continue;
            };
            match found {
                None => found = Some(*day),
                Some(first) => self.given_twice("the day of scoring".to_owned(), day.span, first.span),
            }
        }
        let (year, month, day) = DEFAULT_DAY;
        found.map_or_else(|| Day::new(year, month, day).unwrap_or(Day::MIN), |day| day.node)
    }

    fn given_once(&mut self, name: &tree::Name, given: &mut HashMap<String, Span>) -> bool {
        match given.get(&name.node) {
            Some(first) => {
                let first = *first;
                self.given_twice(format!("`{}`", name.node), name.span, first);
                false
            }
            None => {
                given.insert(name.node.clone(), name.span);
                true
            }
        }
    }

    fn given_twice(&mut self, what: String, second: Span, first: Span) {
        self.errors.push(NameError::GivenTwice { what, second, first }.into());
    }

    fn given_field(&mut self, assignment: &tree::Assignment) -> Option<(crate::model::FieldId, Given)> {
        let name = &assignment.name;
        match self.named(&name.node) {
            Some(Named::Field(id)) => {
                let of = self.model.fields.get(id.index())?.of.clone();
                Some((id, self.given(assignment, &of)?))
            }
            Some(Named::Conflicting) => None,
            Some(other) => self.wrong_kind(
                name,
                other.noun(),
                "a field",
                "a test gives fields and events; what follows from them, it expects",
            ),
            None => {
                let nearest = self.nearest_name(&name.node, |named| matches!(named, Named::Field(_)));
                let unknown = NameError::UnknownName {
                    name: name.node.clone(),
                    nearest,
                    span: name.span,
                };
                self.name_error(&name.node, unknown)
            }
        }
    }

    fn given_events(&mut self, events: &tree::GivenEvents, as_of: Day, span: Span) -> Option<GivenEvents> {
        let event = self.events.get(&events.name.node).copied();
        if event.is_none() && self.model.events_are_declared {
            let unknown = self.unknown_event(&events.name);
            return self.name_error(&events.name.node, unknown);
        }
        let picked = EventSet::Named(event.into_iter().collect());
        let mut given = HashMap::new();
        let mut properties = Vec::with_capacity(events.properties.len());
        for assignment in &events.properties {
            if self.given_once(&assignment.name, &mut given) {
                properties.extend(self.given_property(assignment, &picked));
            }
        }
        if !(1..=MOST_EVENTS).contains(&events.count.node) {
            return self.out_of_range(events.count.span, "a line of a test gives 1 to 10,000 events");
        }
        Some(GivenEvents {
            count: events.count.node,
            name: events.name.node.clone(),
            properties,
            day: match events.when.node {
                Moment::On(day) => day,
                Moment::Ago(period) => as_of.minus(1, period),
                Moment::Today => as_of,
            },
            span,
        })
    }

    fn given_property(&mut self, assignment: &tree::Assignment, events: &EventSet) -> Option<(PropertyId, Given)> {
        let name = &assignment.name;
        let property = self.property(&name.node, name.span, Picked::Events(events))?;
        let of = self.model.properties.get(property.index())?.of.clone();
        Some((property, self.given(assignment, &of)?))
    }

    /// A value as data would give it: texts trimmed, one of the declared ones in its declared spelling.
    fn given(&mut self, assignment: &tree::Assignment, of: &Type) -> Option<Given> {
        let owner = format!("`{}`", assignment.name.node);
        if *of == Type::List {
            return self.given_list(&assignment.values, owner);
        }
        let first = assignment.values.first()?;
        if let Some(second) = assignment.values.get(1) {
            return self.error(super::error::TypeError::WrongLiteral {
                owner,
                wanted: Kind::of_type(of).noun(),
                found: "a second value",
                advice: "only a list has several values".to_owned(),
                span: second.span,
                edit: None,
            });
        }
        self.literal_of_kind(first, Kind::of_type(of), owner.clone())?;
        match of {
            Type::Text | Type::OneOf(_) => {
                let text = self.text_of_type(of, owner, text_of(first)?, first.span)?;
                Some(Given::Text(canonical(of, text.trim())))
            }
            Type::Number => number_of(first).map(Given::Number),
            Type::Boolean => boolean_of(first).map(Given::Boolean),
            Type::Date => match first.node {
                Literal::Date(day) => Some(Given::Date(day)),
                Literal::Number(_) | Literal::Percent(_) | Literal::Text(_) | Literal::Boolean(_) => None,
            },
            Type::List => None,
        }
    }

    fn given_list(&mut self, values: &[Spanned<Literal>], owner: String) -> Option<Given> {
        let elements: Vec<Option<String>> = values
            .iter()
            .map(|value| {
                let text = text_of(value);
                if text.is_none() {
                    self.literal_of_kind(value, Kind::Text, format!("an element of {owner}"))?;
                }
                let text = text?;
                if is_blank(&text) {
                    self.empty_text(&text, value.span);
                    return None;
                }
                Some(text.trim().to_owned())
            })
            .collect();
        elements.into_iter().collect::<Option<_>>().map(Given::List)
    }
}

/// The declared spelling of a text of a `one of`.
fn canonical(of: &Type, text: &str) -> String {
    let Type::OneOf(values) = of else {
        return text.to_owned();
    };
    let folded = fold(text);
    let declared = values.iter().find(|value| fold(value) == folded);
    declared.map_or_else(|| text.to_owned(), Clone::clone)
}
