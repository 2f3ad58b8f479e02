//! Analysis: what can be of all contacts that could exist, decided by reasoning and shown by examples.
//!
//! The conditions of a plan tell the values of each field and the events of each kind apart only into finitely many
//! cells ([`space`]). A score is a sum of tables over few of them; its greatest value is found by eliminating one after
//! the other ([`eliminate`]), and shown by a contact that the engine scores ([`search`]). What is too large or opaque is
//! bounded, and the answer says so.

mod atoms;
mod bound;
mod candidates;
mod cells;
mod compare;
mod days;
mod eliminate;
mod example;
mod joint;
mod leaves;
mod possible;
mod questions;
mod range;
mod search;
mod space;
mod texts;

pub use candidates::candidates;
pub use compare::{Comparison, Difference, compare};
pub use days::days_that_matter;
pub use example::{Example, tables};
pub use questions::{Analysis, Applies, Limit, Part, PartKind, ScoreBounds, Unbinding, Verdict, analyze, analyze_on};
