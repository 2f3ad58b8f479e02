//! Values of nodes: a column of one kind for the rows at hand.

use crate::plan::NodeId;

/// The values of a node for some rows: one of the lists, which one its shape tells. What is missing is as in a
/// [`Column`](crate::table::Column).
#[derive(Clone, Debug, Default)]
pub(super) struct Values {
    /// Conditions and booleans; of lists, whether they are known.
    pub(super) flags: Vec<u8>,
    /// Numbers in ten-thousandths.
    pub(super) numbers: Vec<i64>,
    /// Days by their numbers.
    pub(super) days: Vec<i32>,
    /// Codes of texts, places of labels.
    pub(super) codes: Vec<u32>,
}

impl Values {
    /// Puts these conditions in the place of what was there.
    pub(super) fn set_conditions(&mut self, conditions: impl Iterator<Item = bool>) {
        self.set_flags(conditions.map(u8::from));
    }

    /// Puts these flags in the place of what was there.
    pub(super) fn set_flags(&mut self, flags: impl Iterator<Item = u8>) {
        self.flags.clear();
        self.flags.extend(flags);
    }

    /// Puts these numbers in the place of what was there.
    pub(super) fn set_numbers(&mut self, numbers: impl Iterator<Item = i64>) {
        self.numbers.clear();
        self.numbers.extend(numbers);
    }

    /// Puts these days in the place of what was there.
    pub(super) fn set_days(&mut self, days: impl Iterator<Item = i32>) {
        self.days.clear();
        self.days.extend(days);
    }

    /// Adds the values of other rows, of the same kind.
    pub(super) fn append(&mut self, more: &Values) {
        self.flags.extend_from_slice(&more.flags);
        self.numbers.extend_from_slice(&more.numbers);
        self.days.extend_from_slice(&more.days);
        self.codes.extend_from_slice(&more.codes);
    }
}

/// The values of the nodes that were computed before.
#[derive(Clone, Copy)]
pub(super) struct Operands<'a>(pub(super) &'a [Values]);

impl<'a> Operands<'a> {
    /// A node's values.
    pub(super) fn of(self, node: NodeId) -> &'a Values {
        static NOTHING: Values = Values {
            flags: Vec::new(),
            numbers: Vec::new(),
            days: Vec::new(),
            codes: Vec::new(),
        };
        self.0.get(node.index()).unwrap_or(&NOTHING)
    }
}
