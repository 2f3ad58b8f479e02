//! Random rules files as text: every construct of the language, right by construction.

use std::fmt;

use proptest::prelude::*;

use super::drafts::draft;
use super::layout::layout;

/// A rules file; shown as it is.
#[derive(Clone)]
pub(crate) struct RulesText(pub(crate) String);

impl fmt::Debug for RulesText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{}\n", self.0)
    }
}

/// Rules files with line ends, comments and blanks in unusual places.
pub(crate) fn rules_file() -> BoxedStrategy<RulesText> {
    (draft(), layout())
        .prop_map(|(draft, layout)| RulesText(layout.laid_out(&draft.statements())))
        .boxed()
}

/// The same file twice, with its declarations and rules in two orders.
pub(crate) fn rules_rearranged() -> BoxedStrategy<(RulesText, RulesText)> {
    let files = (draft(), layout(), layout());
    let both = files.prop_map(|(draft, one, other)| {
        let (plain, rearranged) = (draft.clone().statements(), draft.rearranged().statements());
        (RulesText(one.laid_out(&plain)), RulesText(other.laid_out(&rearranged)))
    });
    both.boxed()
}
