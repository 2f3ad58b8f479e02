//! Texts of data in the forms in which they are looked at, and the tests of them.

use crate::plan::{Graph, NodeId, Operation, TextTest};
use crate::text;

use super::expression::Expressions;
use super::folding::Alphabet;
use super::tree::{Expr, Function, Type};

/// Where a text comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum TextOf {
    /// A column of data.
    Column(u32),
    /// What follows the last `@` of another.
    Domain(Box<TextOf>),
}

/// The forms in which a text is looked at, each after what it is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Form {
    /// Of a field that is one of several texts: whatever stands there.
    Stored,
    /// As it is.
    Raw,
    /// Folded.
    Folded,
    /// Folded, with spaces around what is no letter or digit.
    Words,
    /// Of a list: its folded elements.
    Elements,
}

impl Expressions<'_> {
    /// As what a column of data is read.
    pub(super) fn read_as(&self, column: u32) -> Option<&String> {
        let text = |form: Form| self.texts.get(&(TextOf::Column(column), form));
        self.data
            .get(&column)
            .or_else(|| text(Form::Stored))
            .or_else(|| text(Form::Raw))
    }

    /// A text in a form.
    pub(super) fn text(&self, id: NodeId, form: Form) -> Expr {
        match (self.graph.node(id).map(|node| &node.operation), form) {
            (Some(Operation::Text(literal)), Form::Raw) => Expr::text(literal),
            (Some(Operation::Text(literal)), _) => Expr::text(&text::fold(literal)),
            _ => match text_of(self.graph, id) {
                Some(text) => self.text_in(&text, form),
                None => Expr::Null(Type::Text),
            },
        }
    }

    /// A text of data in a form: its column, or how it is computed.
    pub(super) fn text_in(&self, text: &TextOf, form: Form) -> Expr {
        match self.texts.get(&(text.clone(), form)) {
            Some(name) => Expr::column(name),
            None => self.text_computed(text, form),
        }
    }

    /// How a text of data comes into a form.
    pub(super) fn text_computed(&self, text: &TextOf, form: Form) -> Expr {
        if let (Form::Raw | Form::Folded, TextOf::Column(column)) = (form, text)
            && let Some(values) = self.choices.get(column)
        {
            return self.choice_of(text, values, form);
        }
        match (form, text) {
            (Form::Folded, _) => {
                let alphabet = self.alphabets.get(text).cloned().unwrap_or_default();
                Expr::call(Function::Fold(alphabet), [self.text_in(text, Form::Raw)])
            }
            (Form::Words, _) => Expr::call(Function::Words, [self.text_in(text, Form::Folded)]),
            (Form::Elements, _) => {
                let forms = [Form::Folded, Form::Raw].map(|form| self.text_in(text, form));
                Expr::call(Function::Elements, forms)
            }
            (Form::Stored, _) | (Form::Raw, TextOf::Column(_)) => Expr::Null(Type::Text),
            (Form::Raw, TextOf::Domain(of)) => {
                // One that is of another is made of the text itself: both are made in one stage.
                let of = match **of {
                    TextOf::Column(_) => self.text_in(of, Form::Raw),
                    TextOf::Domain(_) => self.text_computed(of, Form::Raw),
                };
                let has_at = Expr::call(Function::Contains, [of.clone(), Expr::text("@")]);
                let behind = Expr::call(Function::AfterLastAt, [of]);
                Expr::only_if(has_at, Expr::call(Function::NullIf, [behind, Expr::text("")]))
            }
        }
    }

    /// One of several texts in its declared spelling, or that folded; missing where it is none of them.
    fn choice_of(&self, text: &TextOf, values: &[String], form: Form) -> Expr {
        let folded: Vec<String> = values.iter().map(|value| text::fold(value)).collect();
        let declared = values.iter().map(|value| Expr::text(value));
        if form == Form::Folded {
            let pairs = declared.zip(folded.iter().map(|folded| Expr::text(folded)));
            return Expr::Match(Box::new(self.text_in(text, Form::Raw)), pairs.collect());
        }
        let alphabet = Alphabet::of(folded.iter().map(String::as_str));
        let stored = Expr::call(Function::Fold(alphabet), [self.text_in(text, Form::Stored)]);
        let pairs = folded.iter().map(|folded| Expr::text(folded)).zip(declared);
        Expr::Match(Box::new(stored), pairs.collect())
    }

    pub(super) fn same_text(&self, left: NodeId, right: NodeId) -> Expr {
        let same = self.text(left, Form::Folded).equals(self.text(right, Form::Folded));
        self.decided(same, &[left, right])
    }

    pub(super) fn text_is(&self, id: NodeId, test: &TextTest) -> Expr {
        let holds =
            |function: Function, form: Form, part: &str| Expr::call(function, [self.text(id, form), Expr::text(part)]);
        let condition = match test {
            TextTest::Is(texts) => {
                let texts = texts.iter().map(|text| Expr::text(text)).collect();
                Expr::In(Box::new(self.text(id, Form::Folded)), texts)
            }
            TextTest::Contains(texts) => Expr::any(
                texts
                    .iter()
                    .map(|text| holds(Function::Contains, Form::Folded, text))
                    .collect(),
            ),
            TextTest::ContainsWord(texts) => {
                let words = texts.iter().map(|text| words(text));
                Expr::any(
                    words
                        .map(|word| holds(Function::Contains, Form::Words, &word))
                        .collect(),
                )
            }
            TextTest::StartsWith(start) => holds(Function::StartsWith, Form::Folded, start),
            TextTest::EndsWith(end) => holds(Function::EndsWith, Form::Folded, end),
            TextTest::Matches(regex) => match self.dialect.regex(regex) {
                Some(regex) => holds(Function::Matches, Form::Raw, &regex),
                // What a dialect cannot say has been refused before.
                None => Expr::Boolean(false),
            },
        };
        self.decided(condition, &[id])
    }

    pub(super) fn holds(&self, column: u32, texts: &[Box<str>]) -> Expr {
        let elements = self.text_in(&TextOf::Column(column), Form::Elements);
        // A text between semicolons holds none.
        let whole = texts.iter().filter(|text| !text.contains(';'));
        let tests = whole.map(|text| {
            let element = format!(";{text};");
            Expr::call(Function::Contains, [elements.clone(), Expr::text(&element)])
        });
        match Expr::any(tests.collect()) {
            constant @ Expr::Boolean(_) => constant,
            condition => condition.or_false(),
        }
    }
}

/// A folded text as it stands among words: with a space on each side of whatever is no letter or digit, and around it.
fn words(folded: &str) -> String {
    let mut words = String::from(" ");
    for character in folded.chars() {
        match text::is_word_character(character) {
            true => words.push(character),
            false => words.extend([' ', character, ' ']),
        }
    }
    words.push(' ');
    words
}

/// The text of data that a node is; `None` of all others.
pub(super) fn text_of(graph: &Graph, id: NodeId) -> Option<TextOf> {
    match graph.node(id)?.operation {
        Operation::Column(column) => Some(TextOf::Column(column)),
        Operation::Domain(of) => Some(TextOf::Domain(Box::new(text_of(graph, of)?))),
        _ => None,
    }
}
