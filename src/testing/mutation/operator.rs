//! The kinds of small changes.

use serde::Serialize;

/// A kind of small change. What it makes of a model is a model again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    /// The points of a rule or row, a step up or down.
    Points,
    /// The points of a rule or row with the other sign.
    Sign,
    /// A rule, a row, a class, an exclusion, an `ignore`, a decay: left out.
    Removed,
    /// Two rows of which both fit some value, or two classes: the other one first.
    Swapped,
    /// A number or day that something is compared with, of a row or of a band: a step up or down.
    Threshold,
    /// How many events, or how many of several conditions: one more, one less.
    Count,
    /// `<` and `<=`, `>` and `>=`.
    Comparison,
    /// `and` and `or`, `all of` and `any of`.
    Logic,
    /// `not` left out; `any event` and `no event`; `within` and `not within`.
    Negation,
    /// One of several conditions, events or labels, a `where`, an `and` beside a pattern: left out.
    Part,
    /// A limit: left out, one more, one less.
    Limit,
    /// A window: left out, a unit longer, a unit shorter.
    Window,
    /// Fading: left out, faster, slower.
    Fading,
    /// Decay: faster, slower, by other events.
    Decay,
    /// The least or greatest value of a score: left out, a step up or down.
    Clamp,
    /// A number of a formula or of arithmetic, a step up or down; `+` and `-`, `*` and `/`.
    Formula,
    /// `contains` and `contains word`; `starts with` and `ends with` become `contains`.
    Text,
    /// `first` and `last`, `smallest` and `largest`.
    Function,
}
