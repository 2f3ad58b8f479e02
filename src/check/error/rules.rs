//! Mistakes with rules: what reads in two ways, what can't be meant, what is out of range.

use miette::Diagnostic;
use thiserror::Error;

use crate::source::{Edit, Span};

/// A statement that cannot mean what it says, or could mean two things.
#[derive(Clone, Debug, PartialEq, Error, Diagnostic)]
pub enum RuleError {
    /// `and` beside `or`.
    #[error("`and` beside `or` reads in two ways")]
    #[diagnostic(code(LS4001), help("put parentheses: `{and_first}` or `{or_first}`"))]
    MixedLogic {
        /// The reading in which `and` binds first.
        and_first: String,
        /// The reading in which `or` binds first.
        or_first: String,
        /// The first connective that differs from those before it.
        #[label("another word than before")]
        span: Span,
        /// The first connective.
        #[label("the first word")]
        first: Span,
    },

    /// `and` or `or` right after the bare test of a `where`.
    #[error("`{word}` right after a `where` reads in two ways")]
    #[diagnostic(
        code(LS4002),
        help("put parentheses, about the event: `{inside}`, or about the contact: `{outside}`")
    )]
    LogicAfterWhere {
        /// The word.
        word: &'static str,
        /// The reading in which the rest belongs to the `where`.
        inside: String,
        /// The reading in which it does not.
        outside: String,
        /// The word, or what follows it.
        #[label("about the event, or about the contact?")]
        span: Span,
    },

    /// A bare `or` in the condition of an occurrence rule.
    #[error("`or` in the condition of a rule `when event …` reads in two ways")]
    #[diagnostic(code(LS4003), help("put parentheses: `{inside}`; or, for either, write two rules"))]
    OrInOccurrence {
        /// The reading that a rule can have.
        inside: String,
        /// The word.
        #[label("an alternative to what?")]
        span: Span,
    },

    /// A chain of comparisons.
    #[error("a chain of comparisons reads in two ways")]
    #[diagnostic(code(LS4004), help("{advice}"))]
    ChainedComparison {
        /// What to write instead.
        advice: String,
        /// The second comparison.
        #[label("compares what stands before it?")]
        span: Span,
        /// The replacement.
        edit: Option<Edit>,
    },

    /// A limit or fading on a rule that fires once.
    #[error("{what} belongs to a rule that counts events, and this one adds its points once")]
    #[diagnostic(
        code(LS4005),
        help("a rule for each event begins with `when event …`; for this one, leave it out")
    )]
    LimitOnOnce {
        /// "a limit" or "fading".
        what: &'static str,
        /// Where it stands.
        #[label("has nothing to act on")]
        span: Span,
        /// The condition.
        #[label("holds or doesn't")]
        condition: Span,
    },

    /// Two limits that can't stand together.
    #[error("these two limits don't go together")]
    #[diagnostic(
        code(LS4006),
        help("a rule may have one limit with `per` and one without; `every time` stands alone")
    )]
    ConflictingLimits {
        /// The second.
        #[label("a second limit of this kind")]
        second: Span,
        /// The first.
        #[label("the first limit")]
        first: Span,
    },

    /// A score, band or class read where scores are made.
    #[error("{what} can't read a score, a band or a class")]
    #[diagnostic(
        code(LS4007),
        help(
            "scores are made of rules, so rules and exclusions read fields and events only; bands, classes, promises and tests may read scores"
        )
    )]
    ScoreRead {
        /// "a rule", "a table", "an exclusion".
        what: &'static str,
        /// Where it is read.
        #[label("{reads}")]
        span: Span,
        /// "a score", "a band", "reads a score".
        reads: &'static str,
    },

    /// A second decay in one block.
    #[error("a score has one decay")]
    #[diagnostic(code(LS4008), help("keep one of the two, or move rules to a score of their own"))]
    SecondDecay {
        /// The second.
        #[label("a second decay")]
        second: Span,
        /// The first.
        #[label("the first one")]
        first: Span,
    },

    /// A decay in a block of which no rule reads events.
    #[error("this decay has nothing to take: no rule beside it reads events")]
    #[diagnostic(
        code(LS4009),
        help("decay takes only what events earned: put it beside the rules with events, or remove it")
    )]
    NothingToDecay {
        /// The decay.
        #[label("acts on the points of events")]
        span: Span,
    },

    /// A rule that adds nothing.
    #[error("a rule that adds 0 changes nothing")]
    #[diagnostic(code(LS4010), help("give it points, or remove it"))]
    ZeroPoints {
        /// The points.
        #[label("no points")]
        span: Span,
    },

    /// A row after `otherwise`.
    #[error("nothing reaches a row after `otherwise`")]
    #[diagnostic(code(LS4011), help("move the row `otherwise` to the end"))]
    AfterOtherwise {
        /// The row.
        #[label("never tried")]
        span: Span,
        /// The row `otherwise`.
        #[label("takes all that is left")]
        otherwise: Span,
    },

    /// A number or duration that is too great or too small.
    #[error("`{written}` is out of range")]
    #[diagnostic(code(LS4012), help("write a number in this range"))]
    OutOfRange {
        /// As it is written.
        written: String,
        /// What is allowed: "points are at most 1,000,000 either way".
        rule: String,
        /// Where it stands.
        #[label("{rule}")]
        span: Span,
    },

    /// A regular expression that can't be read.
    #[error("this regular expression can't be read: {reason}")]
    #[diagnostic(
        code(LS4013),
        help(
            "`contains`, `starts with` and `ends with` need no regular expression; in one, put a `\\` before a sign that is meant as it stands"
        )
    )]
    InvalidRegex {
        /// Why.
        reason: String,
        /// The expression.
        #[label("{reason}")]
        span: Span,
    },

    /// An empty text to compare with or look for.
    #[error("{what}")]
    #[diagnostic(code(LS4014), help("{advice}"))]
    EmptyText {
        /// "there is nothing to look for in an empty text".
        what: &'static str,
        /// What to write instead.
        advice: &'static str,
        /// "an empty text", or why it is one.
        found: &'static str,
        /// The text.
        #[label("{found}")]
        span: Span,
    },

    /// A `min` above its `max`.
    #[error("`min {min}` is above `max {max}`")]
    #[diagnostic(code(LS4015), help("swap the two numbers"))]
    MinAboveMax {
        /// The least value.
        min: String,
        /// The greatest value.
        max: String,
        /// Where the greatest stands.
        #[label("less than the least value")]
        max_span: Span,
        /// Where the least stands.
        #[label("the least value")]
        min_span: Span,
    },

    /// A divisor in a formula that is not a number other than zero.
    #[error("a formula divides by a number other than zero")]
    #[diagnostic(
        code(LS4016),
        help("a score can be 0, and nothing can be divided by 0: divide by a number, such as `fit / 10`")
    )]
    WrongDivisor {
        /// The divisor.
        #[label("not a number other than zero")]
        span: Span,
    },

    /// A rule outside every block of a file whose overall score is a formula.
    #[error("this counts in no score: the overall score is a formula")]
    #[diagnostic(
        code(LS4017),
        help("put it in a block, such as `score fit {{ … }}`, and that block's name in the formula")
    )]
    BesideFormula {
        /// The rule.
        #[label("in no block")]
        span: Span,
        /// The overall score.
        #[label("the overall score")]
        formula: Span,
    },

    /// Two bands that begin at the same score.
    #[error("two bands begin at the same score")]
    #[diagnostic(
        code(LS4018),
        help("give each band a threshold of its own; one at most is `otherwise`")
    )]
    DuplicateThreshold {
        /// The second.
        #[label("the same threshold again")]
        second: Span,
        /// The first.
        #[label("the first band with it")]
        first: Span,
    },

    /// A label that results use for something else.
    #[error("`excluded` can't be a label")]
    #[diagnostic(
        code(LS4019),
        help("the band column says `excluded` of a contact that an `exclude` took out: choose another label")
    )]
    ReservedLabel {
        /// The label.
        #[label("means that a contact was taken out")]
        span: Span,
    },

    /// A statement where it can't stand.
    #[error("{what} can't stand inside a score")]
    #[diagnostic(
        code(LS4020),
        help("a score holds rules, tables, a decay and bands: move this outside the braces")
    )]
    Misplaced {
        /// "a field", "a list".
        what: &'static str,
        /// The statement.
        #[label("belongs outside")]
        span: Span,
    },

    /// Something other than a test in a file of tests.
    #[error("a file of tests holds tests only, this is {what}")]
    #[diagnostic(code(LS4021), help("move it into the rules file"))]
    OnlyTests {
        /// "a rule", "a list".
        what: &'static str,
        /// The statement.
        #[label("{what}")]
        span: Span,
    },

    /// A window in an `ignore`.
    #[error("an `ignore` has no `within`")]
    #[diagnostic(
        code(LS4022),
        help("an event that is ignored never happened, whatever the day: remove the window")
    )]
    IgnoreWindow {
        /// The window.
        #[label("a window")]
        span: Span,
        /// The replacement.
        edit: Option<Edit>,
    },

    /// `excluded` outside the expectations of a test.
    #[error("only a test can read `excluded`")]
    #[diagnostic(
        code(LS4023),
        help(
            "what a contact has been taken out by is the condition of the `exclude`: name it by a `let` and use that"
        )
    )]
    ExcludedRead {
        /// The word.
        #[label("known only after scoring")]
        span: Span,
    },

    /// Something inside `where` that is not about the one event.
    #[error("{what} can't stand inside a `where`")]
    #[diagnostic(
        code(LS4024),
        help("a `where` looks at one event's own properties: move this outside the pattern")
    )]
    InsideWhere {
        /// "a count of events", "a score".
        what: &'static str,
        /// Where it stands.
        #[label("not about this event")]
        span: Span,
    },

    /// Something in a formula that is neither a number nor a score.
    #[error("a formula is made of numbers and scores, not of {what}")]
    #[diagnostic(
        code(LS4025),
        help(
            "use `+`, `-`, `*`, `/`, parentheses, numbers and the names of scores, such as `0.6 * fit + 0.4 * engagement`"
        )
    )]
    FormulaPart {
        /// "a condition", "a field".
        what: &'static str,
        /// Where it stands.
        #[label("{what}")]
        span: Span,
    },
}

impl RuleError {
    /// The replacement that mends the mistake.
    pub(super) fn edit(&self) -> Option<Edit> {
        match self {
            Self::ChainedComparison { edit, .. } | Self::IgnoreWindow { edit, .. } => edit.clone(),
            Self::MixedLogic { .. }
            | Self::LogicAfterWhere { .. }
            | Self::OrInOccurrence { .. }
            | Self::LimitOnOnce { .. }
            | Self::ConflictingLimits { .. }
            | Self::ScoreRead { .. }
            | Self::SecondDecay { .. }
            | Self::NothingToDecay { .. }
            | Self::ZeroPoints { .. }
            | Self::AfterOtherwise { .. }
            | Self::OutOfRange { .. }
            | Self::InvalidRegex { .. }
            | Self::EmptyText { .. }
            | Self::MinAboveMax { .. }
            | Self::WrongDivisor { .. }
            | Self::BesideFormula { .. }
            | Self::DuplicateThreshold { .. }
            | Self::ReservedLabel { .. }
            | Self::Misplaced { .. }
            | Self::OnlyTests { .. }
            | Self::ExcludedRead { .. }
            | Self::InsideWhere { .. }
            | Self::FormulaPart { .. } => None,
        }
    }
}
