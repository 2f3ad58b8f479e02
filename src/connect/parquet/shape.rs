//! What columns, and the fields of events, hold by the file's schema.

use std::sync::Arc;

use parquet::basic::{ConvertedType, LogicalType, Repetition};
use parquet::schema::types::Type;

use super::nested::Levels;
use super::repeated::Holders;

/// What a column, or a field of events, holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// One value.
    Single,
    /// A list of values.
    List,
    /// Anything else.
    Parts,
}

impl Shape {
    /// The shape of a column or field.
    pub(super) fn of(of: &Type) -> Shape {
        match Elements::of(of) {
            Some(elements) if elements.of.is_primitive() => Shape::List,
            None if of.is_primitive() => Shape::Single,
            _ => Shape::Parts,
        }
    }
}

impl Levels {
    /// Those of a column, or of a field of events that are there by so many levels.
    pub(super) fn of(of: &Type, holder: i16) -> Levels {
        let held = holder + i16::from(of.is_optional());
        Levels {
            held,
            element: Elements::of(of).map_or(held, |elements| holder + elements.levels),
        }
    }
}

/// What a list holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Elements<'t> {
    /// The elements.
    pub(super) of: &'t Type,
    /// How many names lead from the list to them.
    pub(super) depth: usize,
    /// How much more of an entry is there where the list has an element, which may be null.
    pub(super) levels: i16,
    /// Whether elements may be null.
    pub(super) may_be_null: bool,
}

impl<'t> Elements<'t> {
    /// The elements of a column or field, if it is a list. What is repeated without being called a list is one, too.
    pub(super) fn of(list: &'t Type) -> Option<Elements<'t>> {
        if is_repeated(list) {
            return Some(Elements {
                of: list,
                depth: 0,
                levels: 1,
                may_be_null: false,
            });
        }
        let (true, [entry]) = (is_called_list(list), fields(list)) else {
            return None;
        };
        let element = wrapped(entry, list.name());
        let levels = i16::from(list.is_optional()) + 1;
        is_repeated(entry).then(|| Elements {
            of: element.unwrap_or(entry),
            depth: 1 + usize::from(element.is_some()),
            levels,
            may_be_null: element.is_some_and(Type::is_optional),
        })
    }

    /// How much of an entry is there where an element is, and is not null.
    pub(super) fn whole(&self) -> i16 {
        self.levels + i16::from(self.may_be_null)
    }

    /// The elements of a column, as those whose entries are told apart.
    pub(super) fn holders(&self) -> Holders {
        Holders::Elements { least: self.levels }
    }

    /// The fields of the elements, if they are structures.
    pub(super) fn fields(&self) -> &'t [Arc<Type>] {
        match self.are_structures() {
            true => fields(self.of),
            false => &[],
        }
    }

    /// Whether they are structures.
    pub(super) fn are_structures(&self) -> bool {
        !self.of.is_primitive() && !is_called_list(self.of) && !is_called_map(self.of)
    }
}

/// The element that the repeated part of a list wraps, as it does but in older files.
fn wrapped<'t>(entry: &'t Type, list: &str) -> Option<&'t Type> {
    let is_element = entry.name() == "array" || entry.name().strip_suffix("_tuple") == Some(list);
    match fields(entry) {
        [element] if !is_element && !is_repeated(element) => Some(element),
        _ => None,
    }
}

fn fields(of: &Type) -> &[Arc<Type>] {
    if of.is_primitive() { &[] } else { of.get_fields() }
}

fn is_repeated(of: &Type) -> bool {
    let info = of.get_basic_info();
    info.has_repetition() && info.repetition() == Repetition::REPEATED
}

fn is_called_list(of: &Type) -> bool {
    let info = of.get_basic_info();
    matches!(info.logical_type_ref(), Some(LogicalType::List)) || info.converted_type() == ConvertedType::LIST
}

fn is_called_map(of: &Type) -> bool {
    let info = of.get_basic_info();
    matches!(info.logical_type_ref(), Some(LogicalType::Map))
        || matches!(info.converted_type(), ConvertedType::MAP | ConvertedType::MAP_KEY_VALUE)
}
