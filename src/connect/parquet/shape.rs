//! What the columns at the top of a schema hold.

use parquet::basic::{ConvertedType, LogicalType, Repetition};
use parquet::schema::types::Type;

/// What a column at the top holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A value a row.
    Single,
    /// Several values a row.
    List,
    /// Several structures a row.
    Structures,
    /// Anything else.
    Other,
}

impl Shape {
    /// The shape of a column.
    pub(super) fn of(root: &Type) -> Shape {
        let is_repeated = |of: &Type| of.get_basic_info().repetition() == Repetition::REPEATED;
        if root.is_primitive() {
            return if is_repeated(root) { Shape::List } else { Shape::Single };
        }
        match (is_list(root), root.get_fields()) {
            (true, [entry]) if is_repeated(entry) => match element_of(entry) {
                element if element.is_primitive() => Shape::List,
                element if !is_list(element) => Shape::Structures,
                _ => Shape::Other,
            },
            _ => Shape::Other,
        }
    }
}

fn is_list(of: &Type) -> bool {
    let info = of.get_basic_info();
    matches!(info.logical_type_ref(), Some(LogicalType::List)) || info.converted_type() == ConvertedType::LIST
}

/// The elements of a list, which older files do not wrap.
pub(super) fn element_of(entry: &Type) -> &Type {
    match entry.is_group().then(|| entry.get_fields()) {
        Some([element]) if entry.name() != "array" => element,
        _ => entry,
    }
}
