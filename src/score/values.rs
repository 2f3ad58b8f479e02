//! Values of nodes: a column of one kind for the rows at hand.

use crate::plan::{NodeId, Shape};
use crate::table::Column;

/// The values of a node for some rows. What is missing is as in a [`Column`].
#[derive(Clone, Debug)]
pub(super) enum Values {
    /// Conditions and booleans; of lists, whether they are known.
    Flags(Vec<u8>),
    /// Numbers in ten-thousandths.
    Numbers(Vec<i64>),
    /// Days by their numbers.
    Days(Vec<i32>),
    /// Codes of texts, places of labels.
    Codes(Vec<u32>),
}

impl Values {
    /// No values of a shape.
    pub(super) fn new(shape: Shape) -> Values {
        match shape {
            Shape::Condition | Shape::Boolean | Shape::List => Values::Flags(Vec::new()),
            Shape::Number => Values::Numbers(Vec::new()),
            Shape::Date => Values::Days(Vec::new()),
            Shape::Text | Shape::Choice => Values::Codes(Vec::new()),
        }
    }

    /// Puts these flags in the place of what was there.
    pub(super) fn set_flags(&mut self, flags: impl Iterator<Item = u8>) {
        if let Values::Flags(values) = self {
            values.clear();
            values.extend(flags);
        }
    }

    /// Puts these conditions in the place of what was there.
    pub(super) fn set_conditions(&mut self, conditions: impl Iterator<Item = bool>) {
        self.set_flags(conditions.map(u8::from));
    }

    /// Puts these numbers in the place of what was there.
    pub(super) fn set_numbers(&mut self, numbers: impl Iterator<Item = i64>) {
        if let Values::Numbers(values) = self {
            values.clear();
            values.extend(numbers);
        }
    }

    /// Puts these days in the place of what was there.
    pub(super) fn set_days(&mut self, days: impl Iterator<Item = i32>) {
        if let Values::Days(values) = self {
            values.clear();
            values.extend(days);
        }
    }

    /// Puts these codes in the place of what was there.
    pub(super) fn set_codes(&mut self, codes: impl Iterator<Item = u32>) {
        if let Values::Codes(values) = self {
            values.clear();
            values.extend(codes);
        }
    }

    /// Adds the values of other rows, of the same kind.
    pub(super) fn append(&mut self, more: &Values) {
        match (self, more) {
            (Values::Flags(all), Values::Flags(more)) => all.extend_from_slice(more),
            (Values::Numbers(all), Values::Numbers(more)) => all.extend_from_slice(more),
            (Values::Days(all), Values::Days(more)) => all.extend_from_slice(more),
            (Values::Codes(all), Values::Codes(more)) => all.extend_from_slice(more),
            (Values::Flags(_) | Values::Numbers(_) | Values::Days(_) | Values::Codes(_), _) => {}
        }
    }

    /// The flags; none for other kinds.
    pub(super) fn flags(&self) -> &[u8] {
        match self {
            Values::Flags(values) => values,
            Values::Numbers(_) | Values::Days(_) | Values::Codes(_) => &[],
        }
    }

    /// The numbers; none for other kinds.
    pub(super) fn numbers(&self) -> &[i64] {
        match self {
            Values::Numbers(values) => values,
            Values::Flags(_) | Values::Days(_) | Values::Codes(_) => &[],
        }
    }

    /// The days; none for other kinds.
    pub(super) fn days(&self) -> &[i32] {
        match self {
            Values::Days(values) => values,
            Values::Flags(_) | Values::Numbers(_) | Values::Codes(_) => &[],
        }
    }

    /// The codes; none for other kinds.
    pub(super) fn codes(&self) -> &[u32] {
        match self {
            Values::Codes(values) => values,
            Values::Flags(_) | Values::Numbers(_) | Values::Days(_) => &[],
        }
    }
}

/// The values of the nodes that were computed before.
#[derive(Clone, Copy)]
pub(super) struct Operands<'a>(pub(super) &'a [Values]);

impl<'a> Operands<'a> {
    /// A node's values.
    pub(super) fn of(self, node: NodeId) -> &'a Values {
        static NOTHING: Values = Values::Flags(Vec::new());
        self.0.get(node.index()).unwrap_or(&NOTHING)
    }

    /// A node's flags.
    pub(super) fn flags(self, node: NodeId) -> &'a [u8] {
        self.of(node).flags()
    }

    /// A node's numbers.
    pub(super) fn numbers(self, node: NodeId) -> &'a [i64] {
        self.of(node).numbers()
    }

    /// A node's days.
    pub(super) fn days(self, node: NodeId) -> &'a [i32] {
        self.of(node).days()
    }

    /// A node's codes.
    pub(super) fn codes(self, node: NodeId) -> &'a [u32] {
        self.of(node).codes()
    }
}

/// A number or a day, with its missing value.
pub(super) trait Ordered: Copy + Ord {
    /// What stands for a missing one.
    const MISSING: Self;
}

impl Ordered for i64 {
    const MISSING: i64 = Column::NO_NUMBER;
}

impl Ordered for i32 {
    const MISSING: i32 = Column::NO_DAY;
}

impl Ordered for u8 {
    const MISSING: u8 = Column::NO_BOOLEAN;
}
