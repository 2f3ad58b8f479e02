//! The first stages: columns of tables as values of the language, and texts in the forms in which they are tested.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::calendar::Zone;
use crate::plan::{Graph, NodeId, Operation, Shape, TextTest};
use crate::table;

use super::expression::Expressions;
use super::folding::Alphabet;
use super::names::Names;
use super::pipeline::Stage;
use super::tables::ColumnType;
use super::texts::{Form, TextOf, text_of};
use super::tree::{DayColumn, Expr, Function, NumberColumn, Type};

/// What some nodes read of data.
#[derive(Debug, Default)]
pub(super) struct Needs {
    /// Columns.
    pub(super) columns: BTreeSet<u32>,
    /// Texts and their forms, with all that these are made of.
    pub(super) texts: BTreeSet<(Form, TextOf)>,
    /// The characters that matter of each text.
    pub(super) alphabets: HashMap<TextOf, Alphabet>,
}

impl Needs {
    /// What nodes of a graph read.
    pub(super) fn of(graph: &Graph, steps: &[NodeId]) -> Needs {
        let mut needs = Needs::default();
        for node in steps.iter().filter_map(|step| graph.node(*step)) {
            match &node.operation {
                Operation::Column(column) => match node.shape {
                    Shape::Text => needs.form(TextOf::Column(*column), Form::Raw),
                    shape => needs.column(*column, shape == Shape::List),
                },
                Operation::Holds(column, texts) => {
                    needs.column(*column, true);
                    needs.alphabet(TextOf::Column(*column), &Alphabet::of(texts.iter().map(|text| &**text)));
                }
                Operation::SameText(left, right) => {
                    for side in [left, right] {
                        needs.text(graph, *side, Form::Folded, &Alphabet::All);
                    }
                }
                Operation::TextIs(id, test) => {
                    let (form, texts) = looked_at(test);
                    needs.text(graph, *id, form, &Alphabet::of(texts.iter().map(|text| &**text)));
                }
                Operation::Domain(id) => needs.text(graph, *id, Form::Raw, &Alphabet::None),
                Operation::Constant(_)
                | Operation::Number(_)
                | Operation::Date(_)
                | Operation::Text(_)
                | Operation::Not(_)
                | Operation::All(_)
                | Operation::Any(_)
                | Operation::Quantity(..)
                | Operation::Compare(..)
                | Operation::Between(..)
                | Operation::OneOf(..)
                | Operation::Known(_)
                | Operation::True(_)
                | Operation::Chosen(..)
                | Operation::Events(..)
                | Operation::Arithmetic(..)
                | Operation::Saturating(..)
                | Operation::Negate(_)
                | Operation::Elapsed { .. }
                | Operation::Collected(_)
                | Operation::Average { .. }
                | Operation::Newest(_)
                | Operation::Or(..)
                | Operation::When(..)
                | Operation::Times { .. }
                | Operation::Kept { .. }
                | Operation::Sum(_)
                | Operation::Decayed { .. }
                | Operation::Clamped { .. }
                | Operation::First(_)
                | Operation::Points(..)
                | Operation::Band { .. }
                | Operation::Unless { .. } => {}
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

    fn text(&mut self, graph: &Graph, id: NodeId, form: Form, alphabet: &Alphabet) {
        if let Some(text) = text_of(graph, id) {
            self.alphabet(text.clone(), alphabet);
            self.form(text, form);
        }
    }

    /// Notes characters that matter of a text.
    pub(super) fn alphabet(&mut self, text: TextOf, alphabet: &Alphabet) {
        let known = self.alphabets.entry(text).or_default();
        match (alphabet, known) {
            (Alphabet::None, _) | (_, Alphabet::All) => {}
            (Alphabet::All, known) => *known = Alphabet::All,
            (Alphabet::Only(more), known) => more
                .iter()
                .for_each(|character| known.add(character.encode_utf8(&mut [0; 4]))),
        }
    }

    /// Notes a form with all that it is made of.
    pub(super) fn form(&mut self, text: TextOf, form: Form) {
        match form {
            Form::Stored | Form::Raw => {}
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

/// The form at which a test looks, and the texts that it looks for in it.
fn looked_at(test: &TextTest) -> (Form, &[Box<str>]) {
    match test {
        TextTest::Is(texts) | TextTest::Contains(texts) => (Form::Folded, texts),
        TextTest::ContainsWord(texts) => (Form::Words, texts),
        TextTest::StartsWith(text) | TextTest::EndsWith(text) => (Form::Folded, std::slice::from_ref(text)),
        TextTest::Matches(_) => (Form::Raw, &[]),
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
            table::Type::Text | table::Type::List | table::Type::OneOf(_) => return self.text(column),
            table::Type::Number => {
                let of = match known {
                    Some(ColumnType::Integer) => NumberColumn::Integer,
                    Some(ColumnType::Decimal) => NumberColumn::Decimal,
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
                let written = Expr::call(Function::Trimmed, [Expr::call(Function::AsText, [column])]);
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
            Some(ColumnType::Integer | ColumnType::Decimal) | None => (DayColumn::Local, self.zone),
        };
        Expr::call(Function::DayOf(of, zone), [self.column(name)])
    }

    /// A column as a text without white space around it; an empty one is missing.
    pub(super) fn text(self, column: Expr) -> Expr {
        let trimmed = Expr::call(Function::Trimmed, [Expr::call(Function::AsText, [column])]);
        let texts = self.missing.iter().map(|text| text.trim());
        texts.fold(trimmed, |text, missing| {
            Expr::call(Function::NullIf, [text, Expr::text(missing)])
        })
    }
}

/// A column of whatever type as true, false or missing, by what it is as text.
fn truth(column: Expr) -> Expr {
    let written = Expr::call(Function::Trimmed, [Expr::call(Function::AsText, [column])]);
    let lower = Expr::call(Function::Lower, [written]);
    let means = |texts: [&str; 4], value: bool| texts.map(|text| (Expr::text(text), Expr::Boolean(value)));
    let (yes, no) = (
        means(["true", "yes", "oui", "1"], true),
        means(["false", "no", "non", "0"], false),
    );
    Expr::Match(Box::new(lower), yes.into_iter().chain(no).collect())
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

/// Names the columns that are needed, and returns the stages that bring texts into their forms; the columns themselves are
/// read before.
pub(super) fn read_columns<'t>(
    needs: &Needs,
    column: impl Fn(u32) -> Option<(&'t str, &'t table::Type)>,
    prefix: &str,
    expressions: &mut Expressions<'_>,
    names: &mut Names,
) -> Vec<Stage> {
    for place in &needs.columns {
        if let Some((name, _)) = column(*place).filter(|(_, of)| !is_text(of)) {
            expressions.data.insert(*place, names.take(name));
        }
    }
    expressions.alphabets = needs.alphabets.clone();
    expressions.choices = choices(needs, |place| Some(column(place)?.1));
    let column_name = |place: u32| column(place).map_or_else(String::new, |(name, _)| name.to_owned());
    text_stages(needs, column_name, prefix, expressions, names)
}

/// Whether values of a type are read as texts.
pub(super) fn is_text(of: &table::Type) -> bool {
    match of {
        table::Type::Text | table::Type::OneOf(_) | table::Type::List => true,
        table::Type::Number | table::Type::Boolean | table::Type::Date => false,
    }
}

/// The texts of which columns hold one, for those that are needed and hold one of several.
fn choices<'t>(needs: &Needs, type_of: impl Fn(u32) -> Option<&'t table::Type>) -> HashMap<u32, Arc<[String]>> {
    let choice = |column: &u32| match type_of(*column)? {
        table::Type::OneOf(values) => Some((*column, Arc::clone(values))),
        _ => None,
    };
    needs.columns.iter().filter_map(choice).collect()
}

/// Names the texts that are needed, and returns the stages that bring them into their forms.
fn text_stages(
    needs: &Needs,
    column_name: impl Fn(u32) -> String,
    prefix: &str,
    expressions: &mut Expressions<'_>,
    names: &mut Names,
) -> Vec<Stage> {
    let mut stages: BTreeMap<Form, Vec<(Form, TextOf)>> = BTreeMap::new();
    let stored = expressions
        .choices
        .keys()
        .map(|column| (Form::Stored, TextOf::Column(*column)));
    let texts: BTreeSet<(Form, TextOf)> = needs.texts.iter().cloned().chain(stored).collect();
    for (form, text) in &texts {
        let base = base_name(text, &column_name);
        let wanted = match form {
            Form::Stored => format!("{base}_stored"),
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
        let is_read = |form: Form, text: &TextOf| match text {
            TextOf::Column(column) => {
                form == Form::Stored || form == Form::Raw && !expressions.choices.contains_key(column)
            }
            TextOf::Domain(_) => false,
        };
        let made: Vec<&(Form, TextOf)> = texts.iter().filter(|(form, text)| !is_read(*form, text)).collect();
        if made.is_empty() {
            continue;
        }
        let column = |(form, text): &(Form, TextOf)| {
            let name = expressions
                .texts
                .get(&(text.clone(), *form))
                .cloned()
                .unwrap_or_default();
            (expressions.text_computed(text, *form), name)
        };
        let (name, comment) = match form {
            Form::Stored | Form::Raw => (
                "parts",
                "texts that are one of several, and what follows the last @ of others",
            ),
            Form::Folded => ("folded", "texts as they are compared: without accents and capitals"),
            Form::Words => (
                "words",
                "folded texts with spaces around whatever is no letter or digit",
            ),
            Form::Elements => ("elements", "lists: folded elements, each between semicolons"),
        };
        linked.push(Stage {
            name: names.take(&format!("{prefix}_{name}")),
            comment: comment.to_owned(),
            columns: made.into_iter().map(column).collect(),
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
