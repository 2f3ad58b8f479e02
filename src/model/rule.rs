//! Rules: what gives or takes points, how often, how it fades, and what inactivity takes.

use crate::calendar::{Period, Unit};
use crate::number::Number;
use crate::source::Span;

use super::{Comparison, Condition, Pattern, Value};

/// Events that do not exist for anything else. The pattern has no window.
#[derive(Clone, Debug, PartialEq)]
pub struct Ignore {
    /// Which.
    pub pattern: Pattern,
    /// Why, for people.
    pub because: Option<String>,
    /// The statement.
    pub span: Span,
}

/// One rule or table.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// What it does.
    pub kind: RuleKind,
    /// Whether it reads events in whatever way, so that its points are behaviour and not profile.
    pub reads_events: bool,
    /// The statement.
    pub span: Span,
}

/// What a rule does.
#[derive(Clone, Debug, PartialEq)]
pub enum RuleKind {
    /// Adds points once, if the condition holds.
    Once {
        /// The condition.
        condition: Condition,
        /// The points, not zero.
        points: Number,
        /// Why, for people.
        because: Option<String>,
    },
    /// Adds points for each event that the pattern picks and the limits keep, if the condition holds.
    Each {
        /// The events.
        pattern: Pattern,
        /// What must hold besides.
        condition: Option<Condition>,
        /// The points of each event, not zero.
        points: Number,
        /// How many events count.
        limits: Limits,
        /// How points fade with age.
        fading: Option<Fading>,
        /// Why, for people.
        because: Option<String>,
    },
    /// Adds the points of the first row that fits.
    Table {
        /// The value that decides: text, number, boolean or list.
        value: Value,
        /// The rows, tried from the top.
        rows: Vec<Row>,
    },
}

/// How many of the picked events count: first the newest of each calendar period, then the newest of what is left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Limits {
    /// So many in each calendar day, week, month or year.
    pub per: Option<(u64, Unit)>,
    /// So many altogether.
    pub total: Option<u64>,
    /// Whether the file says `every time`.
    pub every_time: bool,
}

/// How points fade with the age of the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fading {
    /// Straight down to zero at the end of the period.
    Over(Period),
    /// By an amount for each full period.
    Per(Amount, Period),
}

/// What decay or fading takes for each full period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Amount {
    /// So many points, more than zero.
    Points(Number),
    /// Such a part: above 0 and at most 1.
    Part(Number),
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Which values it fits.
    pub fits: Fits,
    /// What it adds; zero is allowed.
    pub points: Number,
    /// Why, for people.
    pub because: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// The values that a row fits, of the type of the table's value.
#[derive(Clone, Debug, PartialEq)]
pub enum Fits {
    /// A text equal to one of these, or a list that holds one of them, folded.
    Texts(Vec<String>),
    /// A number equal to one of these.
    Numbers(Vec<Number>),
    /// A boolean equal to one of these.
    Booleans(Vec<bool>),
    /// A number between two others, both ends included.
    Range(Number, Number),
    /// A number in this order to another.
    Compared(Comparison, Number),
    /// A missing value.
    Unknown,
    /// Every value that is not missing.
    Otherwise,
}

/// What inactivity takes from what events earned in a block.
#[derive(Clone, Debug, PartialEq)]
pub struct Decay {
    /// How much for each full period without activity.
    pub amount: Amount,
    /// The period.
    pub period: Period,
    /// The events that count as activity, where the file names them.
    pub since: Option<Pattern>,
    /// The statement.
    pub span: Span,
}
