//! The statements of a model, each with what it means and what it says in the file.

use std::collections::{HashMap, HashSet};
use std::fmt::Debug;

use crate::model::Items;
use crate::number::Number;
use crate::source::Span;
use crate::syntax::{written_name, written_text};

use super::matching::Item;
use super::meaning::{Meaning, Meanings, Side, listed};
use super::structure::{Section, Subject, Text};
use super::words::{joined, words};

/// A statement, or a row of one.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    pub(super) subject: Subject,
    pub(super) section: Section,
    pub(super) item: Item,
    /// The line on which it begins; `None` where it has no statement of its own.
    pub(super) line: Option<usize>,
    /// Why, for people.
    pub(super) because: Option<String>,
    /// Whether the text shows all that it says, so that it says the same in other words where that differs.
    pub(super) is_whole: bool,
    pub(super) rows: Vec<Statement>,
    /// Its place in the model.
    pub(super) place: (usize, usize),
}

impl Statement {
    pub(super) fn text(&self) -> Text {
        Text {
            line: self.line,
            text: self.item.text.clone(),
        }
    }
}

/// All that files may declare or not, and what is compared of it where only one of two does.
#[derive(Clone, Copy, Debug)]
pub(super) struct Declared {
    pub(super) fields: bool,
    pub(super) events: bool,
}

/// Collects the statements of a side.
pub(super) struct Collector<'a, 'm> {
    pub(super) meanings: &'a mut Meanings,
    pub(super) side: &'a Side<'m>,
    /// For each block, the place at which it is compared.
    pub(super) places: &'a [usize],
    /// Where the lines of the source begin.
    lines: Vec<usize>,
    pub(super) statements: Vec<Statement>,
}

/// The parts of a statement that differ from one kind to another.
pub(super) struct Said {
    pub(super) subject: Subject,
    pub(super) section: Section,
    pub(super) text: String,
    pub(super) meaning: Meaning,
    pub(super) known_by: Option<Meaning>,
    pub(super) span: Span,
}

impl<'a, 'm> Collector<'a, 'm> {
    pub(super) fn new(meanings: &'a mut Meanings, side: &'a Side<'m>, places: &'a [usize]) -> Self {
        let text = side.model.source.text();
        let lines = text.match_indices('\n').map(|(at, _)| at + 1).collect();
        Collector {
            meanings,
            side,
            places,
            lines,
            statements: Vec::new(),
        }
    }

    /// All statements, section by section.
    pub(super) fn collect(mut self, both: Declared) -> Vec<Statement> {
        self.declarations(both);
        self.names();
        for at in 0..self.side.model.blocks.len() {
            self.block(at);
        }
        self.scores();
        self.classes();
        self.outcomes();
        self.tests();
        spell(&mut self.statements);
        self.statements
    }

    /// What a file says at a span, in the one style, without the reason.
    pub(super) fn written(&self, span: Span, because: Option<&String>) -> String {
        let written = self.side.model.written(span);
        let words = words(&written);
        let reason = if because.is_some() { 2 } else { 0 };
        joined(words.get(..words.len().saturating_sub(reason)).unwrap_or(&words))
    }

    fn line(&self, span: Span) -> Option<usize> {
        let line = self.lines.partition_point(|start| *start <= span.start) + 1;
        (span != Span::default()).then_some(line)
    }

    pub(super) fn push(&mut self, said: Said) -> Option<&mut Statement> {
        let line = self.line(said.span);
        self.statements.push(Statement {
            subject: said.subject,
            section: said.section,
            item: Item {
                place: 0,
                meaning: said.meaning,
                known_by: said.known_by.unwrap_or(said.meaning),
                text: said.text,
                spelled: None,
                by_words: said.known_by.is_none(),
            },
            line,
            because: None,
            is_whole: true,
            rows: Vec::new(),
            place: (0, 0),
        });
        self.statements.last_mut()
    }

    fn declarations(&mut self, both: Declared) {
        let model = self.side.model;
        let nowhere = Span::default();
        if let Some(name) = &model.name {
            self.named(
                Subject::Model,
                Section::Declarations,
                nowhere,
                "",
                format!("model {}", written_text(name)),
                name,
            );
        }
        let zone = model.zone.name();
        self.named(
            Subject::Timezone,
            Section::Declarations,
            nowhere,
            "",
            format!("timezone {}", written_text(zone)),
            zone,
        );
        let declared = |is: bool, what: &str| match is {
            true => format!("only declared {what} are known"),
            false => format!("all {what} are known, as the rules use them"),
        };
        for (subject, is, what) in [
            (Subject::Fields, model.fields_are_declared, "fields"),
            (Subject::Events, model.events_are_declared, "events"),
        ] {
            self.named(subject, Section::Declarations, nowhere, "", declared(is, what), is);
        }
        for field in &model.fields {
            let text = format!("field {}: {}", written_name(&field.name), field.of);
            self.named(
                Subject::Field,
                Section::Declarations,
                field.span,
                &field.name,
                text,
                &field.of,
            );
        }
        if both.events {
            self.events();
        }
    }

    fn events(&mut self) {
        let model = self.side.model;
        for event in &model.events {
            let properties = event
                .properties
                .iter()
                .filter_map(|id| model.properties.get(id.index()));
            let properties: Vec<String> = properties
                .map(|property| format!("{}: {}", written_name(&property.name), property.of))
                .collect();
            let listing = if properties.is_empty() {
                String::new()
            } else {
                format!("({})", properties.join(", "))
            };
            let passive = if event.passive { " passive" } else { "" };
            let text = format!("event {}{listing}{passive}", written_name(&event.name));
            let means = (listed(properties), event.passive);
            self.named(
                Subject::Event,
                Section::Declarations,
                event.span,
                &event.name,
                text,
                means,
            );
        }
    }

    /// A statement that is known by its name and means what can be written of it.
    pub(super) fn named(
        &mut self,
        subject: Subject,
        section: Section,
        span: Span,
        name: &str,
        text: String,
        means: impl Debug,
    ) {
        let means = self.meanings.say("means", format!("{means:?}"), Vec::new());
        self.known(subject, section, span, name, text, means);
    }

    pub(super) fn known(
        &mut self,
        subject: Subject,
        section: Section,
        span: Span,
        name: &str,
        text: String,
        means: Meaning,
    ) {
        let known_by = self.meanings.say("known by", format!("{subject:?} {name}"), Vec::new());
        let meaning = self.meanings.say("named", "", vec![known_by, means]);
        self.push(Said {
            subject,
            section,
            text,
            meaning,
            known_by: Some(known_by),
            span,
        });
    }

    /// Lists, lets and ignored events.
    fn names(&mut self) {
        let model = self.side.model;
        for list in &model.lists {
            let elements = match &list.items {
                Items::Texts(texts) => texts.iter().map(|text| written_text(text)).collect(),
                Items::Numbers(numbers) => numbers.iter().map(Number::to_string).collect::<Vec<_>>(),
                Items::Days(days) => days.iter().map(ToString::to_string).collect(),
            };
            let text = format!("list {}", written_name(&list.name));
            let means = listed(elements.clone());
            self.named(Subject::List, Section::Declarations, list.span, &list.name, text, means);
            let rows: Vec<Statement> = elements
                .into_iter()
                .map(|element| self.element(element, list.span))
                .collect();
            self.rows(rows);
        }
        for (at, one) in model.lets.iter().enumerate() {
            let text = self.written(one.span, None);
            let means = self.side.lets.get(at).copied();
            let means = means.unwrap_or_else(|| self.meanings.say("unknown", "", Vec::new()));
            self.known(Subject::Let, Section::Declarations, one.span, &one.name, text, means);
        }
        for ignore in &model.ignored {
            let pattern = self.meanings.pattern(self.side, &ignore.pattern);
            let meaning = self.meanings.say("ignore", "", vec![pattern]);
            let text = self.written(ignore.span, ignore.because.as_ref());
            self.unnamed(Subject::Ignore, Section::Declarations, text, meaning, ignore.span);
            self.because(ignore.because.clone());
        }
    }

    fn element(&mut self, text: String, span: Span) -> Statement {
        let meaning = self.meanings.say("element", text.clone(), Vec::new());
        self.row(text, meaning, meaning, (span, None))
    }

    pub(super) fn row(
        &self,
        text: String,
        meaning: Meaning,
        known_by: Meaning,
        place: (Span, Option<String>),
    ) -> Statement {
        Statement {
            subject: Subject::Row,
            section: Section::Declarations,
            item: Item {
                place: 0,
                meaning,
                known_by,
                text,
                spelled: None,
                by_words: false,
            },
            line: self.line(place.0),
            because: place.1,
            is_whole: true,
            rows: Vec::new(),
            place: (0, 0),
        }
    }

    /// A statement without a name.
    pub(super) fn unnamed(&mut self, subject: Subject, section: Section, text: String, meaning: Meaning, span: Span) {
        self.push(Said {
            subject,
            section,
            text,
            meaning,
            known_by: None,
            span,
        });
    }

    /// The reason of the last statement.
    pub(super) fn because(&mut self, because: Option<String>) {
        if let Some(last) = self.statements.last_mut() {
            last.because = because;
        }
    }

    /// The rows of the last statement, whose text does not show them.
    pub(super) fn rows(&mut self, rows: Vec<Statement>) {
        if let Some(last) = self.statements.last_mut() {
            last.rows = rows;
            last.is_whole = false;
        }
    }

    /// The place of the last statement in the model.
    pub(super) fn at(&mut self, at: usize) {
        if let Some(last) = self.statements.last_mut() {
            last.place = (0, at);
        }
    }

    /// The last statement belongs to a block: there it is compared, and that is its place in the model.
    pub(super) fn in_block(&mut self, block: usize, at: usize) {
        let compared_at = self.places.get(block).map_or(0, |place| place + 1);
        if let Some(last) = self.statements.last_mut() {
            last.item.place = compared_at;
            last.place = (block, at);
        }
    }
}

/// More words than these tell a statement from others as well as all.
const MOST_SPELLED: usize = 200;

/// Spells out the names in statements that are matched by their words: a name may be new, and what it stands for not.
fn spell(statements: &mut [Statement]) {
    let lets = statements.iter().filter(|statement| statement.subject == Subject::Let);
    let meant: HashMap<String, Vec<String>> = lets
        .filter_map(|statement| {
            let said = words(&statement.item.text);
            let stands_for = said.get(3..)?.iter().map(|word| (*word).to_owned());
            Some(((*said.get(1)?).to_owned(), stands_for.collect()))
        })
        .collect();
    for statement in statements.iter_mut().filter(|statement| statement.item.by_words) {
        let written = words(&statement.item.text);
        if !written.iter().any(|word| meant.contains_key(*word)) {
            continue;
        }
        let mut waiting: Vec<&str> = written.into_iter().rev().collect();
        let mut spelled = Vec::new();
        let mut entered = HashSet::new();
        while let Some(word) = waiting.pop().filter(|_| spelled.len() < MOST_SPELLED) {
            match meant.get(word).filter(|_| entered.insert(word)) {
                Some(words) => waiting.extend(words.iter().rev().map(String::as_str)),
                None => spelled.push(word),
            }
        }
        statement.item.spelled = Some(joined(&spelled));
    }
}
