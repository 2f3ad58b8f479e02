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

    /// Something that applies to no contact that could exist.
    #[error("this {what} never applies")]
    #[diagnostic(
        code(LS5009),
        severity(Warning),
        help(
            "two of its conditions exclude each other, or something before it takes all its contacts: mend the condition, or take the {what} out"
        )
    )]
    NeverApplies {
        /// What it is: a rule, a row, …
        what: &'static str,
        /// Where it stands.
        #[label("no contact that could exist gets here")]
        span: Span,
    },

    /// A condition that every contact fulfils.
    #[error("the condition of this {what} always holds")]
    #[diagnostic(code(LS5010), severity(Warning), help("{}", of_everybody(what)))]
    AlwaysHolds {
        /// What it is: a rule, a row, …
        what: &'static str,
        /// Where it stands.
        #[label("every contact that could exist fulfils this")]
        span: Span,
    },

    /// A band in which nobody can be.
    #[error("no contact can be `{label}`")]
    #[diagnostic(code(LS5011), severity(Warning), help("{cure}"))]
    UnreachableBand {
        /// The band.
        label: String,
        /// Which scores there can be.
        why: String,
        /// What to do about it.
        cure: &'static str,
        /// The band's line.
        #[label("{why}")]
        span: Span,
    },

    /// A band in which everybody is.
    #[error("every contact is `{label}`")]
    #[diagnostic(
        code(LS5012),
        severity(Warning),
        help("a band that everybody reaches tells nobody apart: move the thresholds")
    )]
    BandOfAll {
        /// The band.
        label: String,
        /// The band's line.
        #[label("every score that a contact can have lies here")]
        span: Span,
    },

    /// A rule that takes what another one gives.
    #[error("two rules cancel each other")]
    #[diagnostic(
        code(LS5013),
        severity(Warning),
        help("together they give nothing to anybody: take both out, or mend the condition of one")
    )]
    Cancelled {
        /// The earlier rule.
        #[label("whatever this rule gives …")]
        first: Span,
        /// The later rule.
        #[label("… this one takes back, from the same contacts")]
        span: Span,
    },

    /// A `min` or `max` that changes no score.
    #[error("`{end}` of `{name}` never binds")]
    #[diagnostic(code(LS5014), severity(Warning), help("take it out, or set it where it matters"))]
    NeverBinds {
        /// The score.
        name: String,
        /// The end, as it is written.
        end: String,
        /// What contacts come to without it.
        reached: Number,
        /// Where the score stands.
        #[label("no contact comes beyond {reached} without it")]
        span: Span,
    },

    /// A limit that leaves out no event.
    #[error("`{limit}` never binds")]
    #[diagnostic(
        code(LS5015),
        severity(Warning),
        help("take this limit out, or set it where it matters")
    )]
    LimitNeverBinds {
        /// The limit, in words.
        limit: String,
        /// What binds before it.
        why: String,
        /// The rule.
        #[label("{why}")]
        span: Span,
    },

    /// A promise that was neither proved nor refuted.
    #[error("this promise could not be proved")]
    #[diagnostic(
        code(LS5016),
        severity(Warning),
        help(
            "no contact was found that breaks it, and that none can is not proved; scoring reports each that does. Promise less at a time, or hold the case that matters in a test"
        )
    )]
    UndecidedPromise {
        /// The promise.
        #[label("neither proved nor refuted")]
        span: Span,
    },

    /// A promise that a contact can break.
    #[error("a contact can break this promise")]
    #[diagnostic(
        code(LS4026),
        severity(Error),
        help("mend the rules or the promise; this contact breaks it:\n\n{test}")
    )]
    RefutedPromise {
        /// The contact, as a test that fails.
        test: String,
        /// The promise.
        #[label("does not hold for every contact")]
        span: Span,
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
            | Warning::NeverApplies { span, .. }
            | Warning::AlwaysHolds { span, .. }
            | Warning::UnreachableBand { span, .. }
            | Warning::BandOfAll { span, .. }
            | Warning::Cancelled { span, .. }
            | Warning::NeverBinds { span, .. }
            | Warning::LimitNeverBinds { span, .. }
            | Warning::UndecidedPromise { span }
            | Warning::RefutedPromise { span, .. }
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

/// What to do about a condition that everybody fulfils.
fn of_everybody(what: &str) -> &'static str {
    match what {
        "exclusion" => "it takes every contact out, and leaves no score: mend the condition, or take the exclusion out",
        _ => "a condition that everybody fulfils tells nobody apart: mend it, or write `true` if everybody is meant",
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
