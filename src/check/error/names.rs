//! Mistakes with names: unknown, declared twice, going in circles, or not what stands at their place.

use miette::Diagnostic;
use thiserror::Error;

use crate::source::{Edit, Span};

/// A name that is unknown, declared twice, or out of its place.
#[derive(Clone, Debug, PartialEq, Error, Diagnostic)]
pub enum NameError {
    /// A name in an expression that nothing declares.
    #[error("nothing is called `{name}`")]
    #[diagnostic(code(LS2001), help("{}", meant(nearest, || format!("declare it: `field {name}: text`, with the type that it has in your data"))))]
    UnknownName {
        /// As it is written.
        name: String,
        /// The name that probably was meant, as it is written in rules.
        nearest: Option<String>,
        /// Where it stands.
        #[label("no field, let or score has this name")]
        span: Span,
    },

    /// An event that is not declared, in a file that declares events.
    #[error("no event is called `{name}`")]
    #[diagnostic(code(LS2002), help("{}", meant(nearest, || format!("this file declares its events, so this one is declared too: `event {name}`"))))]
    UnknownEvent {
        /// As it is written.
        name: String,
        /// The event that probably was meant.
        nearest: Option<String>,
        /// Where it stands.
        #[label("no declared event has this name")]
        span: Span,
    },

    /// A property that none of the pattern's events has.
    #[error("{events} no property `{name}`")]
    #[diagnostic(code(LS2003), help("{}", meant(nearest, || format!("declare it with its event: `event {event}({name}: text)`"))))]
    UnknownProperty {
        /// As it is written.
        name: String,
        /// "the event `visit_page` has" or "these events have".
        events: String,
        /// An event that could have it, as it is written in rules.
        event: String,
        /// The property that probably was meant.
        nearest: Option<String>,
        /// Where it stands.
        #[label("no event of this pattern declares it")]
        span: Span,
    },

    /// A label that a band or classification does not have.
    #[error("{owner} is never `{label}`")]
    #[diagnostic(code(LS2004), help("{}", meant(nearest, || format!("its labels are {labels}"))))]
    UnknownLabel {
        /// As it is written.
        label: String,
        /// Whose label it would be: "`band`", "`fit.band`", "`lifecycle`".
        owner: String,
        /// The labels that there are.
        labels: String,
        /// The label that probably was meant.
        nearest: Option<String>,
        /// Where it stands.
        #[label("no label of {owner}")]
        span: Span,
    },

    /// A band of a score that has no bands.
    #[error("{owner} has no bands")]
    #[diagnostic(code(LS2005), help("give it bands, a line each: `hot >= 100`"))]
    NoBands {
        /// "the overall score" or "the score `fit`".
        owner: String,
        /// Where the band is read.
        #[label("a band of {owner}")]
        span: Span,
    },

    /// A function that does not exist.
    #[error("there is no function `{name}`")]
    #[diagnostic(code(LS2006), help("{}", meant(nearest, || format!("the functions are {functions}"))))]
    UnknownFunction {
        /// As it is written.
        name: String,
        /// The functions that there are.
        functions: String,
        /// The function that probably was meant.
        nearest: Option<String>,
        /// Where it stands.
        #[label("not a function")]
        span: Span,
    },

    /// Two declarations of one name.
    #[error("`{name}` is declared twice")]
    #[diagnostic(
        code(LS2007),
        help(
            "fields, lets, lists, scores and classifications share one space of names, events have their own; give one of the two another name"
        )
    )]
    Duplicate {
        /// The name.
        name: String,
        /// What the second declares.
        what: &'static str,
        /// The second declaration.
        #[label("declared again, as {what}")]
        second: Span,
        /// The first one.
        #[label("first declared here")]
        first: Option<Span>,
    },

    /// A statement that a file has once, given twice.
    #[error("a file has one {what}")]
    #[diagnostic(code(LS2008), help("keep one of the two"))]
    DuplicateStatement {
        /// Which statement.
        what: &'static str,
        /// The second.
        #[label("a second one")]
        second: Span,
        /// The first.
        #[label("the first one")]
        first: Span,
    },

    /// Two equal labels of one score or classification, or values of one `one of`.
    #[error("`{label}` stands here twice")]
    #[diagnostic(code(LS2009), help("name one of the two differently, or remove it"))]
    DuplicateLabel {
        /// The label.
        label: String,
        /// The second.
        #[label("the same again")]
        second: Span,
        /// The first.
        #[label("the first one")]
        first: Span,
    },

    /// Two columns of one name in the result.
    #[error("two columns of the result would be called `{column}`")]
    #[diagnostic(
        code(LS2010),
        help(
            "give this another name; a result always has the columns `id`, `score`, `band` and `excluded`, and `fit_band` for the bands of a score `fit`"
        )
    )]
    DuplicateColumn {
        /// The column.
        column: String,
        /// The declaration that makes the second.
        #[label("makes a column `{column}`")]
        second: Span,
        /// The one that makes the first, unless every result has it.
        #[label("makes a column `{column}` too")]
        first: Option<Span>,
    },

    /// Definitions that need each other.
    #[error("a circle: {path}")]
    #[diagnostic(
        code(LS2011),
        help("a name can't be explained by itself: write out what one of them means")
    )]
    Circle {
        /// The way around: "`a` → `b` → `a`".
        path: String,
        /// The first definition.
        #[label("needs itself, in the end")]
        first: Span,
        /// The others on the way.
        #[label(collection, "on the way")]
        others: Vec<Span>,
    },

    /// A name inside `where` that is not a property.
    #[error("`{name}` is {what}; a `where` reads only properties of the event")]
    #[diagnostic(
        code(LS2012),
        help(
            "test it outside of the pattern; if the event has a property of that name, declare it: `event visit_page({name}: text)`"
        )
    )]
    NotAProperty {
        /// The name.
        name: String,
        /// What it is.
        what: &'static str,
        /// Where it stands.
        #[label("{what}, not a property")]
        span: Span,
    },

    /// A property outside `where`.
    #[error("`{name}` is a property of events; it can be read only inside a `where`")]
    #[diagnostic(
        code(LS2013),
        help(
            "move it into the pattern: `any event {event} where {name} …`; if the contact has a field of that name, declare it: `field {name}: text`"
        )
    )]
    PropertyOutside {
        /// The name.
        name: String,
        /// An event that has it.
        event: String,
        /// Where it stands.
        #[label("a property of `{event}`")]
        span: Span,
    },

    /// A time zone that does not exist.
    #[error("there is no time zone `{name}`")]
    #[diagnostic(code(LS2014), help("{}", meant(nearest, || "time zones have names such as \"Europe/Paris\" or \"America/New_York\"".to_owned())))]
    UnknownTimezone {
        /// As it is written.
        name: String,
        /// The zone that probably was meant.
        nearest: Option<String>,
        /// Where it stands.
        #[label("not a time zone")]
        span: Span,
        /// The replacement.
        edit: Option<Edit>,
    },

    /// A list file that can't be read.
    #[error("the list `{name}` can't be read: {reason}")]
    #[diagnostic(
        code(LS2015),
        help("the path is relative to the rules file; the file has one element a line")
    )]
    UnreadableList {
        /// The list.
        name: String,
        /// Why.
        reason: String,
        /// The path.
        #[label("{reason}")]
        span: Span,
    },

    /// A name that is not of the kind that its place wants.
    #[error("`{name}` is {found}, not {wanted}")]
    #[diagnostic(code(LS2016), help("{advice}"))]
    WrongKind {
        /// The name.
        name: String,
        /// What it is.
        found: &'static str,
        /// What stands here.
        wanted: &'static str,
        /// What to write.
        advice: &'static str,
        /// Where it stands.
        #[label("{found}")]
        span: Span,
        /// Its declaration.
        #[label("declared here")]
        declared: Option<Span>,
    },

    /// A list that does not exist.
    #[error("no list is called `{name}`")]
    #[diagnostic(code(LS2018), help("{}", meant(nearest, || format!("declare it: `list {name} = \"acme.com\", \"globex.fr\"`"))))]
    UnknownList {
        /// As it is written.
        name: String,
        /// The list that probably was meant.
        nearest: Option<String>,
        /// Where it stands.
        #[label("not a list")]
        span: Span,
    },

    /// A name in a formula that is no score.
    #[error("no score is called `{name}`")]
    #[diagnostic(code(LS2019), help("{}", meant(nearest, || format!("a formula reads scores of this file: `score {name} {{ … }}`"))))]
    UnknownScore {
        /// As it is written.
        name: String,
        /// The score that probably was meant.
        nearest: Option<String>,
        /// Where it stands.
        #[label("not a score")]
        span: Span,
    },

    /// A field, property or day that a test gives twice.
    #[error("{what} is given twice")]
    #[diagnostic(code(LS2017), help("keep one of the two"))]
    GivenTwice {
        /// "`title`" or "the day of scoring".
        what: String,
        /// The second.
        #[label("given again")]
        second: Span,
        /// The first.
        #[label("given here")]
        first: Span,
    },
}

impl NameError {
    /// The replacement that mends the mistake.
    pub(super) fn edit(&self) -> Option<Edit> {
        match self {
            Self::UnknownName { nearest, span, .. }
            | Self::UnknownEvent { nearest, span, .. }
            | Self::UnknownProperty { nearest, span, .. }
            | Self::UnknownLabel { nearest, span, .. }
            | Self::UnknownList { nearest, span, .. }
            | Self::UnknownScore { nearest, span, .. }
            | Self::UnknownFunction { nearest, span, .. } => {
                nearest.as_ref().map(|nearest| Edit::replace(*span, nearest.clone()))
            }
            Self::UnknownTimezone { edit, .. } => edit.clone(),
            Self::NoBands { .. }
            | Self::Duplicate { .. }
            | Self::DuplicateStatement { .. }
            | Self::DuplicateLabel { .. }
            | Self::DuplicateColumn { .. }
            | Self::Circle { .. }
            | Self::NotAProperty { .. }
            | Self::PropertyOutside { .. }
            | Self::UnreadableList { .. }
            | Self::WrongKind { .. }
            | Self::GivenTwice { .. } => None,
        }
    }
}

/// Proposes the nearest name, or something else where none is near.
fn meant(nearest: &Option<String>, otherwise: impl FnOnce() -> String) -> String {
    match nearest {
        Some(nearest) => format!("did you mean `{}`?", nearest.trim_matches('`')),
        None => otherwise(),
    }
}
