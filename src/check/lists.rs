//! Lists of literals: those of the rules file, and those of list files.

use std::collections::HashSet;

use crate::calendar::Day;
use crate::model::Items;
use crate::number::Number;
use crate::source::{Span, Spanned};
use crate::syntax::tree::{self, Literal};

use super::ReadList;
use super::checker::{Checker, Named, folds_to_nothing};
use super::declarations::is_blank;
use super::error::{NameError, RuleError, TypeError};
use super::kind::Kind;

impl Checker<'_> {
    /// The elements of a list that are written in the rules file.
    pub(super) fn literal_items(&mut self, literals: &[Spanned<Literal>]) -> Option<Items> {
        let first = literals.first()?;
        let kind = Kind::of_literal(&first.node);
        let mut sound = true;
        for literal in literals {
            let found = Kind::of_literal(&literal.node);
            if found != kind {
                sound = false;
                self.errors.push(mixed(kind, first.span, found, literal.span).into());
            } else if matches!(&literal.node, Literal::Text(text) if is_blank(text)) {
                sound = false;
                let text = text_of(literal).unwrap_or_default();
                self.empty_text(&text, literal.span);
            }
        }
        let items = literals_of(literals, kind).or_else(|| self.boolean_list(first.span))?;
        sound.then_some(items)
    }

    /// A list of booleans says nothing: a boolean is one of true and false.
    fn boolean_list(&mut self, span: Span) -> Option<Items> {
        self.error(TypeError::ExpectedLiteral {
            operator: "`list`",
            wanted: "texts, numbers or dates",
            example: "`list competitors = \"acme.com\", \"globex.fr\"`",
            span,
        })
    }

    /// The elements of a list file: one a line, without comments and blank lines.
    pub(super) fn file_items(&mut self, name: &str, path: &tree::Text, read_list: ReadList) -> Option<Items> {
        let reason = match read_list(&path.node) {
            Ok(text) => match elements(&text) {
                Ok(elements) => return Some(Items::Texts(elements)),
                Err(reason) => reason,
            },
            Err(reason) => reason,
        };
        self.error(NameError::UnreadableList {
            name: name.to_owned(),
            reason,
            span: path.span,
        })
    }

    /// The elements of a list by its name, where a list is wanted.
    pub(super) fn list(&mut self, name: &tree::Name) -> Option<Items> {
        match self.named(&name.node) {
            Some(Named::List(place)) => {
                self.use_name(&name.node);
                self.model.lists.get(place?).map(|list| list.items.clone())
            }
            Some(other) => self.wrong_kind(
                name,
                other.noun(),
                "a list",
                "a list is declared like this: `list competitors = \"acme.com\", \"globex.fr\"`; literals stand in parentheses",
            ),
            None => {
                let nearest = self.nearest_name(&name.node, |named| matches!(named, Named::List(_)));
                let unknown = NameError::UnknownList {
                    name: name.node.clone(),
                    nearest,
                    span: name.span,
                };
                self.name_error(&name.node, unknown)
            }
        }
    }

    /// Notes that a name is not of the kind that its place wants.
    pub(super) fn wrong_kind<T>(
        &mut self,
        name: &tree::Name,
        found: &'static str,
        wanted: &'static str,
        advice: &'static str,
    ) -> Option<T> {
        let declared = self.names.get(&name.node).and_then(|entry| entry.span);
        self.use_name(&name.node);
        self.error(NameError::WrongKind {
            name: name.node.clone(),
            found,
            wanted,
            advice,
            span: name.span,
            declared: declared.filter(|declared| *declared != name.span),
        })
    }

    /// Notes that there is nothing to look for in a text.
    pub(super) fn nothing_to_find<T>(&mut self, text: &str, span: Span) -> Option<T> {
        self.error(RuleError::EmptyText {
            what: "there is nothing to look for in an empty text",
            advice: "every text holds an empty one; to ask whether there is a value at all, write `is known`",
            found: emptiness(text),
            span,
        })
    }
}

/// How a text is empty.
pub(super) fn emptiness(text: &str) -> &'static str {
    if text.trim().is_empty() {
        "an empty text"
    } else {
        "nothing is left of it where texts are compared"
    }
}

fn mixed(first: Kind, first_span: Span, second: Kind, second_span: Span) -> TypeError {
    TypeError::MixedList {
        first: first.noun(),
        second: second.noun(),
        second_span,
        first_span,
    }
}

/// The literals of a kind; `None` for booleans.
pub(super) fn literals_of(literals: &[Spanned<Literal>], kind: Kind) -> Option<Items> {
    match kind {
        Kind::Text => Some(Items::Texts(literals.iter().filter_map(text_of).collect())),
        Kind::Number => Some(Items::Numbers(literals.iter().filter_map(number_of).collect())),
        Kind::Date => Some(Items::Days(literals.iter().filter_map(day_of).collect())),
        Kind::Boolean | Kind::List | Kind::Band | Kind::Class => None,
    }
}

/// The text of a literal that is one.
pub(super) fn text_of(literal: &Spanned<Literal>) -> Option<String> {
    match &literal.node {
        Literal::Text(text) => Some(text.clone()),
        Literal::Number(_) | Literal::Percent(_) | Literal::Date(_) | Literal::Boolean(_) => None,
    }
}

/// The number of a literal that is one.
pub(super) fn number_of(literal: &Spanned<Literal>) -> Option<Number> {
    match literal.node {
        Literal::Number(number) | Literal::Percent(number) => Some(number),
        Literal::Text(_) | Literal::Date(_) | Literal::Boolean(_) => None,
    }
}

fn day_of(literal: &Spanned<Literal>) -> Option<Day> {
    match literal.node {
        Literal::Date(day) => Some(day),
        Literal::Number(_) | Literal::Percent(_) | Literal::Text(_) | Literal::Boolean(_) => None,
    }
}

/// The elements of a list file, each once, or why there are none.
fn elements(text: &str) -> Result<Vec<String>, String> {
    let mut seen = HashSet::new();
    let mut elements = Vec::new();
    for (index, line) in text.trim_start_matches('\u{FEFF}').lines().enumerate() {
        let element = line.trim();
        if element.is_empty() || element.starts_with('#') {
            continue;
        }
        if folds_to_nothing(element) {
            return Err(format!(
                "nothing is left of line {} where texts are compared",
                index + 1
            ));
        }
        if seen.insert(element) {
            elements.push(element.to_owned());
        }
    }
    if elements.is_empty() {
        return Err("there is no element in it".to_owned());
    }
    Ok(elements)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_file_has_an_element_a_line() {
        let text = "\u{FEFF}# free mail\r\n gmail.com \r\n\r\nyahoo.fr\ngmail.com\n  # more\nc#.example";
        assert_eq!(elements(text).unwrap(), ["gmail.com", "yahoo.fr", "c#.example"]);
    }

    #[test]
    fn a_list_file_without_elements_is_refused() {
        assert!(elements("# nothing yet\n\n").is_err());
        assert!(elements("a\n\u{301}\n").unwrap_err().contains("line 2"));
    }
}
