//! Analysis: what can be of all contacts that could exist, decided by reasoning and shown by examples.
//!
//! The conditions of a plan tell the values of each field and the events of each kind apart only into finitely many
//! cells (`space`). A score is a sum of tables over few of them; its greatest value is found by eliminating one after
//! the other (`bound`), and shown by a contact that the engine scores (`search`). What is too large or opaque is
//! bounded, and the answer says so. Two models are put together and compared as one (`compare`). All this is done for
//! one day of scoring, and for as many as stand for every day (`days`).

mod bound;
mod candidates;
mod compare;
mod days;
mod example;
mod findings;
mod hitting;
mod needs;
mod parts;
mod questions;
mod raising;
mod search;
mod space;

pub use candidates::candidates;
pub use compare::reason::Reason;
pub use compare::{Comparison, Difference, compare};
pub use days::{Days, days_that_matter};
pub use example::{Example, tables};
pub use findings::{Analysis, Applies, Limit, Part, PartKind, ScoreBounds, Unbinding, Verdict};
pub use needs::{Needs, needs};
pub use questions::{analyze, analyze_on};
pub use raising::RuleOrRow;
