//! Why there is no query in a dialect: what it cannot say exactly, with the rule that says it.

use miette::Diagnostic;
use thiserror::Error;

use crate::source::Span;

/// Why there is no query in a dialect.
#[derive(Clone, Debug, PartialEq, Eq, Error, Diagnostic)]
#[non_exhaustive]
pub enum Refusal {
    /// The regular expression means something that the engine sees otherwise.
    #[error("{engine} cannot say exactly what this regular expression means")]
    #[diagnostic(
        code(LS7001),
        help(
            "`contains word`, `starts with` and `ends with` mean the same everywhere; edges of words (`\\b`) and of lines do not"
        )
    )]
    Regex {
        /// The engine.
        engine: &'static str,
        /// The test.
        #[label("looked for here")]
        span: Span,
    },
    /// Lists are told apart.
    #[error("{engine} cannot count different lists")]
    #[diagnostic(
        code(LS7002),
        help("count different values of a property that is a text, or count the events")
    )]
    DistinctLists {
        /// The engine.
        engine: &'static str,
        /// The function.
        #[label("counts different lists")]
        span: Span,
    },
    /// What fades or decays takes more periods to end than a query can list.
    #[error("this takes {periods} periods to end, more than a query can list")]
    #[diagnostic(
        code(LS7003),
        help("take a greater part for each period, or a longer period: 10% per month rather than 0.01% per day")
    )]
    Slow {
        /// How many.
        periods: usize,
        /// The rule or decay.
        #[label("ends after {periods} periods")]
        span: Span,
    },
    /// Two columns, of the result or of a table that is read, have names that are one to the engine.
    #[error("`{first}` and `{second}` are one column to {engine}")]
    #[diagnostic(code(LS7004), help("call one of the two otherwise"))]
    SameColumn {
        /// The engine.
        engine: &'static str,
        /// The one.
        first: String,
        /// The other.
        second: String,
        /// Where the other is declared.
        #[label("the second of the two")]
        span: Span,
    },
    /// A column that is added to the result has a name that stands in it already.
    #[error("the result has a column `{name}` already, which {adds} adds")]
    #[diagnostic(code(LS7008), help("call the block or class otherwise"))]
    AddedColumn {
        /// The name.
        name: String,
        /// What adds the other.
        adds: &'static str,
        /// Where the one is declared.
        #[label("one of the two")]
        span: Span,
    },
    /// Something is to be told in a time zone.
    #[error("{engine} knows no time zones, so that it cannot tell {what} in {zone}")]
    #[diagnostic(code(LS7007), help("{help}"))]
    Zone {
        /// The engine.
        engine: &'static str,
        /// What is to be told.
        what: String,
        /// The zone's name.
        zone: &'static str,
        /// What to do.
        help: &'static str,
        /// Where the zone is declared.
        #[label("the days of the model are those of this zone")]
        span: Span,
    },
    /// Texts of the data are compared with each other.
    #[error("{engine} cannot compare texts of the data with each other exactly")]
    #[diagnostic(
        code(LS7006),
        help(
            "letters that texts write in two ways would count as different; compare with texts that stand in the rules"
        )
    )]
    Texts {
        /// The engine.
        engine: &'static str,
        /// The comparison or function.
        #[label("texts of the data are compared here")]
        span: Span,
    },
    /// A text to look for has letters that the engine does not bring into one form.
    #[error("{engine} cannot look for \"{text}\" exactly")]
    #[diagnostic(
        code(LS7005),
        help(
            "it has letters that texts write in two ways, and {engine} does not bring these into one; look for a part without them"
        )
    )]
    Letters {
        /// The engine.
        engine: &'static str,
        /// The text.
        text: String,
        /// The test.
        #[label("looked for here")]
        span: Span,
    },
}

impl Refusal {
    /// Where it stands in the rules.
    pub fn span(&self) -> Span {
        match self {
            Refusal::Regex { span, .. }
            | Refusal::DistinctLists { span, .. }
            | Refusal::Slow { span, .. }
            | Refusal::SameColumn { span, .. }
            | Refusal::AddedColumn { span, .. }
            | Refusal::Zone { span, .. }
            | Refusal::Texts { span, .. }
            | Refusal::Letters { span, .. } => *span,
        }
    }
}
