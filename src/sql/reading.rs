//! The first stages: columns of tables as values of the language, and texts in the forms in which they are tested.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::Zone;
use crate::plan::{Graph, NodeId, Operation, TextTest};
use crate::table;
use crate::text;

use super::expression::{Expressions, Form, TextOf, text_of};
use super::names::Names;
use super::pipeline::Stage;
use super::tables::ColumnType;
use super::tree::{DayColumn, Expr, Function, NumberColumn, Type};

/// What some nodes read of data.
#[derive(Debug, Default)]
pub(super) struct Needs {
    /// Columns.
    pub(super) columns: BTreeSet<u32>,
    /// Texts and their forms, with all that these are made of.
    pub(super) texts: BTreeSet<(Form, TextOf)>,
}

impl Needs {
    /// What nodes of a graph read.
    pub(super) fn of(graph: &Graph, steps: &[NodeId]) -> Needs {
        let mut needs = Needs::default();
        for node in steps.iter().filter_map(|step| graph.node(*step)) {
            match &node.operation {
                Operation::Column(column) => needs.column(*column, node.shape == crate::plan::Shape::List),
                Operation::Holds(column, _) => needs.column(*column, true),
                Operation::SameText(left, right) => {
                    [left, right].into_iter().for_each(|side| needs.text(graph, *side, Form::Folded));
                }
                Operation::TextIs(id, test) => needs.text(graph, *id, form_of(test)),
                Operation::Domain(id) => needs.text(graph, *id, Form::Raw),
                _ => {}
            }
        }
        needs
    }

    fn column(&mut self, column: u32, is_list: bool) {
        self.columns.insert(column);
        if is_list {
            self.form(TextOf::Column(column), Form::Elements);
        }
    }

    fn text(&mut self, graph: &Graph, id: NodeId, form: Form) {
        if let Some(text) = text_of(graph, id) {
            self.form(text, form);
        }
    }

    /// Notes a form with all that it is made of.
    pub(super) fn form(&mut self, text: TextOf, form: Form) {
        match form {
            Form::Raw => {}
            Form::Folded => self.form(text.clone(), Form::Raw),
            Form::Words | Form::Elements => self.form(text.clone(), Form::Folded),
        }
        match &text {
            TextOf::Column(column) => {
                self.columns.insert(*column);
            }
            TextOf::Domain(of) => self.form((**of).clone(), Form::Raw),
        }
        self.texts.insert((form, text));
    }
}

/// The form at which a test looks.
fn form_of(test: &TextTest) -> Form {
    match test {
        TextTest::Is(_) | TextTest::Contains(_) | TextTest::StartsWith(_) | TextTest::EndsWith(_) => Form::Folded,
        TextTest::ContainsWord(_) => Form::Words,
        TextTest::Matches(_) => Form::Raw,
    }
}

/// How the columns of a table are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a> {
    /// As what the table is known.
    pub(super) alias: &'static str,
    /// Texts that mean missing.
    pub(super) missing: &'a [String],
    /// What is known of columns.
    pub(super) types: &'a BTreeMap<String, ColumnType>,
    /// The model's time zone.
    pub(super) zone: Zone,
}

impl Reader<'_> {
    /// A column as it is.
    pub(super) fn column(self, name: &str) -> Expr {
        Expr::ColumnOf(self.alias.to_owned(), name.to_owned())
    }

    /// A column as a value of a type of the language.
    pub(super) fn value(self, name: &str, of: &table::Type) -> Expr {
        let column = self.column(name);
        let known = self.types.get(name).copied();
        let value = match of {
            table::Type::Text | table::Type::List => return self.text(column),
            table::Type::OneOf(values) => {
                let folded = Expr::call(Function::Fold, [self.text(column)]);
                let declared = values.iter().map(|value| (folded.clone().equals(Expr::text(&text::fold(value))), Expr::text(value)));
                return Expr::Case(declared.collect(), None);
            }
            table::Type::Number => {
                let of = match known {
                    Some(ColumnType::Integer) => NumberColumn::Integer,
                    Some(ColumnType::Decimal) => NumberColumn::Decimal,
                    Some(ColumnType::Text) => NumberColumn::Text,
                    Some(ColumnType::Instant | ColumnType::UtcInstant) | None => NumberColumn::Any,
                };
                Expr::call(Function::Units(of), [column.clone()])
            }
            table::Type::Boolean => truth(column.clone()),
            table::Type::Date => self.day(name),
        };
        match self.missing {
            [] => value,
            missing => {
                let written = Expr::call(Function::Trim, [Expr::call(Function::AsText, [column])]);
                let missing = missing.iter().map(|text| Expr::text(text.trim())).collect();
                let is_missing = Expr::In(Box::new(written), missing).or_false();
                Expr::only_if(is_missing.not(), value)
            }
        }
    }

    /// A column as a day.
    pub(super) fn day(self, name: &str) -> Expr {
        let (of, zone) = match self.types.get(name) {
            Some(ColumnType::Instant) => (DayColumn::Instant, self.zone),
            Some(ColumnType::UtcInstant) => (DayColumn::Instant, Zone::UTC),
            Some(ColumnType::Integer | ColumnType::Decimal | ColumnType::Text) | None => (DayColumn::Local, self.zone),
        };
        Expr::call(Function::DayOf(of, zone), [self.column(name)])
    }

    /// A column as a text without white space around it; an empty one is missing.
    fn text(self, column: Expr) -> Expr {
        let trimmed = Expr::call(Function::Trim, [Expr::call(Function::AsText, [column])]);
        let texts = std::iter::once("").chain(self.missing.iter().map(|text| text.trim()));
        texts.fold(trimmed, |text, missing| Expr::call(Function::NullIf, [text, Expr::text(missing)]))
    }
}

/// A column of whatever type as true, false or missing, by what it is as text.
fn truth(column: Expr) -> Expr {
    let written = Expr::call(Function::Fold, [Expr::call(Function::Trim, [Expr::call(Function::AsText, [column])])]);
    let is_one = |texts: [&str; 4]| Expr::In(Box::new(written.clone()), texts.map(Expr::text).into());
    let whens = vec![
        (is_one(["true", "yes", "oui", "1"]), Expr::Boolean(true)),
        (is_one(["false", "no", "non", "0"]), Expr::Boolean(false)),
    ];
    Expr::Case(whens, None)
}

/// No value of a type of the language.
pub(super) fn nothing(of: &table::Type) -> Expr {
    Expr::Null(match of {
        table::Type::Text | table::Type::List | table::Type::OneOf(_) => Type::Text,
        table::Type::Number => Type::Integer,
        table::Type::Boolean => Type::Boolean,
        table::Type::Date => Type::Day,
    })
}

/// Names the texts that are needed, and returns the stages that bring them into their forms; raw columns are read
/// before.
pub(super) fn text_stages(
    needs: &Needs,
    column_name: impl Fn(u32) -> String,
    prefix: &str,
    expressions: &mut Expressions<'_>,
    names: &mut Names,
) -> Vec<Stage> {
    let mut stages: BTreeMap<Form, Vec<(Form, TextOf)>> = BTreeMap::new();
    for (form, text) in &needs.texts {
        let base = base_name(text, &column_name);
        let wanted = match form {
            Form::Raw => base,
            Form::Folded => format!("{base}_folded"),
            Form::Words => format!("{base}_words"),
            Form::Elements => format!("{base}_elements"),
        };
        let name = names.take(&wanted);
        stages.entry(*form).or_default().push((*form, text.clone()));
        expressions.texts.insert((text.clone(), *form), name);
    }
    let mut linked = Vec::new();
    for (form, texts) in stages {
        let made = texts.iter().filter(|(form, text)| !matches!((form, text), (Form::Raw, TextOf::Column(_))));
        let column = |(form, text): &(Form, TextOf)| {
            let name = expressions.texts.get(&(text.clone(), *form)).cloned().unwrap_or_default();
            (expressions.text_computed(text, *form), name)
        };
        let (name, comment) = match form {
            Form::Raw => ("domains", "what follows the last @"),
            Form::Folded => ("folded", "texts as they are compared: without accents and capitals"),
            Form::Words => ("words", "folded texts with spaces around whatever is no letter or digit"),
            Form::Elements => ("elements", "lists: folded elements, each between semicolons"),
        };
        linked.push(Stage {
            name: names.take(&format!("{prefix}_{name}")),
            comment: comment.to_owned(),
            columns: made.map(column).collect(),
            ..Stage::default()
        });
    }
    linked
}

fn base_name(text: &TextOf, column_name: &impl Fn(u32) -> String) -> String {
    match text {
        TextOf::Column(column) => column_name(*column),
        TextOf::Domain(of) => format!("{}_domain", base_name(of, column_name)),
    }
}
