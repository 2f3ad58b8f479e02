//! The kinds of values as the checker tells them apart, and what people call them.

use crate::model::{Labelled, Value, ValueKind};
use crate::source::{Edit, Span};
use crate::syntax::tree::Literal;
use crate::table::Type;

/// What a value is, as far as operators care: `one of` is a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// A text.
    Text,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// A day.
    Date,
    /// A set of texts.
    List,
    /// A band.
    Band,
    /// A class.
    Class,
}

impl Kind {
    /// The kind of a value.
    pub(super) fn of(value: &Value) -> Kind {
        match value.kind {
            ValueKind::Label(Labelled::Band | Labelled::BandOf(_)) => Kind::Band,
            ValueKind::Label(Labelled::Class(_)) => Kind::Class,
            _ => Kind::of_type(&value.of),
        }
    }

    /// The kind of a type.
    pub(super) fn of_type(of: &Type) -> Kind {
        match of {
            Type::Text | Type::OneOf(_) => Kind::Text,
            Type::Number => Kind::Number,
            Type::Boolean => Kind::Boolean,
            Type::Date => Kind::Date,
            Type::List => Kind::List,
        }
    }

    /// The kind of a literal.
    pub(super) fn of_literal(literal: &Literal) -> Kind {
        match literal {
            Literal::Number(_) | Literal::Percent(_) => Kind::Number,
            Literal::Text(_) => Kind::Text,
            Literal::Date(_) => Kind::Date,
            Literal::Boolean(_) => Kind::Boolean,
        }
    }

    /// The type that an inferred name of this kind has. (A label is none; it counts as a text.)
    pub(super) fn as_type(self) -> Type {
        match self {
            Kind::Text | Kind::Band | Kind::Class => Type::Text,
            Kind::Number => Type::Number,
            Kind::Boolean => Type::Boolean,
            Kind::Date => Type::Date,
            Kind::List => Type::List,
        }
    }

    /// What people call one of it.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Kind::Text => "a text",
            Kind::Number => "a number",
            Kind::Boolean => "a boolean",
            Kind::Date => "a date",
            Kind::List => "a list of texts",
            Kind::Band => "a band",
            Kind::Class => "a classification",
        }
    }

    /// Whether `<` can compare two of it.
    pub(super) fn is_ordered(self) -> bool {
        matches!(self, Kind::Number | Kind::Date)
    }

    /// Whether it is a label.
    pub(super) fn is_label(self) -> bool {
        matches!(self, Kind::Band | Kind::Class)
    }
}

/// The edit that writes a literal as another kind, where that is plainly what was meant: `"50"` as `50`.
pub(super) fn conversion(literal: &Literal, span: Span, wanted: Kind) -> Option<Edit> {
    let text = match (literal, wanted) {
        (Literal::Text(text), Kind::Number) => crate::number::Number::parse(text.trim())?.to_string(),
        (Literal::Text(text), Kind::Date) => crate::calendar::Day::parse(text.trim())?.to_string(),
        (Literal::Text(text), Kind::Boolean) => boolean_word(text)?.to_owned(),
        (Literal::Number(number), Kind::Text) => format!("\"{number}\""),
        (Literal::Date(day), Kind::Text) => format!("\"{day}\""),
        (Literal::Boolean(boolean), Kind::Text) => format!("\"{boolean}\""),
        _ => return None,
    };
    // What a text says is plain; how a number was written, with zeros before it, is not told by its value.
    let is_sure = matches!(literal, Literal::Text(_));
    Some(Edit::replace(span, text).sure_if(is_sure))
}

/// `true` or `false` for the words that data uses for them.
fn boolean_word(text: &str) -> Option<&'static str> {
    match text.trim().to_lowercase().as_str() {
        "true" | "yes" | "oui" | "1" => Some("true"),
        "false" | "no" | "non" | "0" => Some("false"),
        _ => None,
    }
}

/// What to write where a literal has the wrong kind.
pub(super) fn conversion_advice(edit: Option<&Edit>, wanted: Kind) -> String {
    match edit {
        Some(edit) => format!("write `{}`", edit.text),
        None => format!("{} is written {}", wanted.noun(), example(wanted)),
    }
}

fn example(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "between quotes: `\"Paris\"`",
        Kind::Number => "without quotes: `50`",
        Kind::Boolean => "`true` or `false`",
        Kind::Date => "`2026-11-01`, without quotes",
        Kind::List => "as its elements: `\"a\", \"b\"`",
        Kind::Band | Kind::Class => "as a label, without quotes",
    }
}
