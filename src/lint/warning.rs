//! What a lint can find.

use miette::Diagnostic;
use thiserror::Error;

use crate::number::Number;
use crate::source::{Edit, Span};

/// Something that is allowed, and probably not meant.
#[derive(Clone, Debug, PartialEq, Eq, Error, Diagnostic)]
pub enum Warning {
    /// A declared name that nothing uses.
    #[error("nothing uses the {kind} `{name}`")]
    #[diagnostic(
        code(LS5001),
        severity(Warning),
        help("use it in a rule, or take the declaration out: a name that does nothing hides a rule that is missing")
    )]
    Unused {
        /// What it is: a field, an event, …
        kind: &'static str,
        /// The name.
        name: String,
        /// Its declaration.
        #[label("declared here, and used nowhere")]
        span: Span,
    },

    /// Two rules of one score with the same condition.
    #[error("two rules with the same condition")]
    #[diagnostic(
        code(LS5002),
        severity(Warning),
        help("both add their points: keep one rule with the points that you mean")
    )]
    DuplicateCondition {
        /// The earlier rule.
        #[label("this rule fires …")]
        first: Span,
        /// The later rule.
        #[label("… exactly when this one does")]
        span: Span,
    },

    /// A negation that holds where its value is missing.
    #[error("this also holds for contacts whose `{value}` is missing")]
    #[diagnostic(
        code(LS5003),
        severity(Warning),
        help(
            "write `{value} is known and {condition}` to leave out the blanks, or `({condition} or {value} is unknown)` if you want them in"
        )
    )]
    NegationCatchesMissing {
        /// The value, as it is written.
        value: String,
        /// The condition, as it is written.
        condition: String,
        /// The negation.
        #[label("a blank passes this test")]
        span: Span,
    },

    /// The same of an event's property.
    #[error("this also picks events whose `{value}` is missing")]
    #[diagnostic(
        code(LS5003),
        severity(Warning),
        help(
            "write `where ({value} is known and {condition})` to leave out the blanks, or `where ({condition} or {value} is unknown)` if you want them in"
        )
    )]
    FilterCatchesMissing {
        /// The value, as it is written.
        value: String,
        /// The condition, as it is written.
        condition: String,
        /// The negation.
        #[label("a blank passes this test")]
        span: Span,
    },

    /// A `contains` that common words hold.
    #[error("`contains {text:?}` also finds {text:?} in {word:?}")]
    #[diagnostic(
        code(LS5004),
        severity(Warning),
        help("{}", as_a_word(text, edit.is_some()))
    )]
    ShortContains {
        /// What is looked for.
        text: String,
        /// A common word that holds it.
        word: String,
        /// The condition.
        #[label("{text:?} may stand in the middle of another word")]
        span: Span,
        /// The word `word` put in, where this text is all that is looked for.
        edit: Option<Edit>,
    },

    /// A row whose values earlier rows have taken.
    #[error("this row never gives points")]
    #[diagnostic(
        code(LS5005),
        severity(Warning),
        help("rows are tried from the top and the first that fits wins: move this row up, or take it out")
    )]
    ShadowedRow {
        /// The row.
        #[label("the rows above take all its values")]
        span: Span,
    },

    /// A value of a row that an earlier row has taken.
    #[error("{value} is in this row and in one above")]
    #[diagnostic(
        code(LS5006),
        severity(Warning),
        help("rows are tried from the top and the first that fits wins: name each value once")
    )]
    ShadowedValue {
        /// The value, as a row writes it.
        value: String,
        /// The row that wins.
        #[label("this row takes {value}")]
        first: Span,
        /// The row that loses.
        #[label("so it does nothing here")]
        span: Span,
    },

    /// Numbers between two rows that none fits.
    #[error("no row fits the numbers {gap}")]
    #[diagnostic(
        code(LS5007),
        severity(Warning),
        help(
            "let the rows meet: rows are tried from the top, so `<= {low}` and then `<= …` leave no gap; or add an `otherwise` row"
        )
    )]
    Gap {
        /// The numbers: `between 10 and 11`.
        gap: String,
        /// Where the gap begins.
        low: String,
        /// The row below the gap.
        #[label("ends at {low}")]
        below: Span,
        /// The row above the gap.
        #[label("begins at {high}")]
        span: Span,
        /// Where the gap ends.
        high: String,
    },

    /// A rule without a limit that alone reaches the top band.
    #[error("this rule alone can make a contact `{band}`")]
    #[diagnostic(
        code(LS5008),
        severity(Warning),
        help(
            "say how often it counts, such as `at most 3 times` or `once per week`; or `every time` if this is meant"
        )
    )]
    Unlimited {
        /// The top band.
        band: String,
        /// What each event adds.
        points: Number,
        /// The rule.
        #[label("{points} for each of these events, and nothing limits how many")]
        span: Span,
        /// The band's line.
        #[label("`{band}` begins here")]
        threshold: Span,
    },
}

impl Warning {
    /// The place that it is about.
    pub fn span(&self) -> Span {
        match self {
            Warning::Unused { span, .. }
            | Warning::DuplicateCondition { span, .. }
            | Warning::NegationCatchesMissing { span, .. }
            | Warning::FilterCatchesMissing { span, .. }
            | Warning::ShortContains { span, .. }
            | Warning::ShadowedRow { span }
            | Warning::ShadowedValue { span, .. }
            | Warning::Gap { span, .. }
            | Warning::Unlimited { span, .. } => *span,
        }
    }

    /// The replacement that mends it, where there is one.
    pub fn edit(&self) -> Option<Edit> {
        match self {
            Warning::ShortContains { edit, .. } => edit.clone(),
            _ => None,
        }
    }
}

/// How a text is found as a word alone: it may be all that is looked for, or one of several.
fn as_a_word(text: &str, alone: bool) -> String {
    if alone {
        format!("write `contains word {text:?}` to find it as a word of its own")
    } else {
        format!("take it out of the list, and find it as a word of its own: `… or … contains word {text:?}`")
    }
}
