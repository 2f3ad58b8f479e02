//! Mistakes with types: a value that can't be where it stands.

use miette::Diagnostic;
use thiserror::Error;

use crate::source::{Edit, Span};

/// A value of the wrong type.
#[derive(Clone, Debug, PartialEq, Error, Diagnostic)]
pub enum TypeError {
    /// A value where something true or false is wanted.
    #[error("expected a condition, found {found}")]
    #[diagnostic(code(LS3001), help("{advice}"))]
    ExpectedCondition {
        /// What is there.
        found: &'static str,
        /// What to write instead.
        advice: String,
        /// Where.
        #[label("{found}, neither true nor false")]
        span: Span,
    },

    /// An operand that an operator can't work on.
    #[error("{operator} works on {wanted}, not on {found}")]
    #[diagnostic(code(LS3002), help("{advice}"))]
    WrongOperand {
        /// The operator, in backticks.
        operator: String,
        /// What it works on.
        wanted: &'static str,
        /// What is there.
        found: &'static str,
        /// What to write instead.
        advice: &'static str,
        /// The operand.
        #[label("{found}")]
        span: Span,
    },

    /// Two values of different types, compared.
    #[error("{left} can't be compared with {right}")]
    #[diagnostic(code(LS3003), help("{advice}"))]
    CannotCompare {
        /// What stands on the left.
        left: &'static str,
        /// What stands on the right.
        right: &'static str,
        /// What to write instead.
        advice: String,
        /// The right side.
        #[label("{right}")]
        right_span: Span,
        /// The left side.
        #[label("{left}")]
        left_span: Span,
        /// The replacement.
        edit: Option<Edit>,
    },

    /// Uses of an undeclared name that no one type allows.
    #[error("`{name}` is used as {second} and as {first}")]
    #[diagnostic(code(LS3004), help("it has one type: mend one of the two uses"))]
    ConflictingUses {
        /// The field or property.
        name: String,
        /// What the first use makes of it.
        first: &'static str,
        /// What the second use makes of it.
        second: &'static str,
        /// The second use.
        #[label("{second} here")]
        second_span: Span,
        /// The first use.
        #[label("{first} here")]
        first_span: Span,
    },

    /// A text that its field never is.
    #[error("\"{literal}\" is not one of the values of {owner}")]
    #[diagnostic(code(LS3005), help("{}", match nearest {
        Some(nearest) => format!("did you mean {nearest:?}?"),
        None => format!("its values are {values}"),
    }))]
    NotOneOf {
        /// The text.
        literal: String,
        /// What it is compared with, or given to.
        owner: String,
        /// The declared values.
        values: String,
        /// The value that probably was meant.
        nearest: Option<String>,
        /// Where the text stands.
        #[label("never a value of {owner}")]
        span: Span,
    },

    /// Something computed where a literal is wanted.
    #[error("{operator} is followed by {wanted}")]
    #[diagnostic(code(LS3006), help("write what is looked for itself, such as {example}"))]
    ExpectedLiteral {
        /// The operator, in backticks.
        operator: &'static str,
        /// Which literals it wants.
        wanted: &'static str,
        /// One that would do.
        example: &'static str,
        /// What stands there.
        #[label("not {wanted}")]
        span: Span,
    },

    /// A list of literals of different types.
    #[error("a list holds values of one type, here {first} and {second}")]
    #[diagnostic(code(LS3007), help("make two lists of them, or write all of them alike"))]
    MixedList {
        /// The type of the first.
        first: &'static str,
        /// The other type.
        second: &'static str,
        /// The element of the other type.
        #[label("{second}")]
        second_span: Span,
        /// The first element.
        #[label("{first}")]
        first_span: Span,
    },

    /// Something between a function's parentheses that it doesn't take.
    #[error("`{function}` takes {wanted}")]
    #[diagnostic(code(LS3008), help("write it like this: `{usage}`"))]
    WrongArgument {
        /// The function.
        function: &'static str,
        /// What it takes.
        wanted: &'static str,
        /// How it is written.
        usage: &'static str,
        /// What stands there.
        #[label("not {wanted}")]
        span: Span,
    },

    /// A property that events of one pattern declare with different types.
    #[error("`{name}` is {first} in one of these events and {second} in another")]
    #[diagnostic(code(LS3009), help("write one pattern for each, or declare the property alike"))]
    PropertyTypes {
        /// The property.
        name: String,
        /// Its type in the one.
        first: &'static str,
        /// Its type in the other.
        second: &'static str,
        /// Where it is read.
        #[label("of two types")]
        span: Span,
        /// The one declaration.
        #[label("{first}")]
        first_span: Option<Span>,
        /// The other declaration.
        #[label("{second}")]
        second_span: Option<Span>,
    },

    /// A literal that does not have the type of what it is given to, or of what it is a row for.
    #[error("{owner} is {wanted}, this is {found}")]
    #[diagnostic(code(LS3010), help("{advice}"))]
    WrongLiteral {
        /// What decides the type.
        owner: String,
        /// The type that it has.
        wanted: &'static str,
        /// The type of the literal.
        found: &'static str,
        /// What to write instead.
        advice: String,
        /// The literal.
        #[label("{found}")]
        span: Span,
        /// The replacement.
        edit: Option<Edit>,
    },

    /// A row that orders values which have no order.
    #[error("a row with {row} fits numbers only, and {owner} is {found}")]
    #[diagnostic(code(LS3011), help("list the values of the row: `\"a\", \"b\" add 10`"))]
    UnorderedRow {
        /// "`<`" or "`to`".
        row: &'static str,
        /// The table's value.
        owner: String,
        /// Its type.
        found: &'static str,
        /// The row.
        #[label("an order of numbers")]
        span: Span,
        /// The table's value.
        #[label("{found}")]
        value: Span,
    },

    /// A table of something that can't have one.
    #[error("a table can't be made by {found}")]
    #[diagnostic(code(LS3012), help("{advice}"))]
    WrongTable {
        /// What the value is.
        found: &'static str,
        /// What to write instead.
        advice: &'static str,
        /// The value.
        #[label("{found}")]
        span: Span,
    },

    /// A band or class compared with something that is not a label.
    #[error("{owner} is compared with a label")]
    #[diagnostic(code(LS3013), help("{}", match edit {
        Some(edit) => format!("labels stand without quotes: write `{}`", edit.text.trim_matches('`')),
        None => format!("its labels are {labels}"),
    }))]
    ExpectedLabel {
        /// "`band`", "`fit.band`", "`lifecycle`".
        owner: String,
        /// The labels that there are.
        labels: String,
        /// What stands there.
        #[label("not a label")]
        span: Span,
        /// The replacement.
        edit: Option<Edit>,
    },

    /// A band or class where a value is wanted.
    #[error("{found} can only be compared with a label")]
    #[diagnostic(code(LS3014), help("write `band = hot`, `band in (hot, warm)` or `band is known`"))]
    LooseLabel {
        /// "a band" or "a classification".
        found: &'static str,
        /// Where it stands.
        #[label("{found}, used as something else")]
        span: Span,
    },
}

impl TypeError {
    /// The replacement that mends the mistake.
    pub(super) fn edit(&self) -> Option<Edit> {
        match self {
            Self::CannotCompare { edit, .. } | Self::WrongLiteral { edit, .. } | Self::ExpectedLabel { edit, .. } => {
                edit.clone()
            }
            Self::NotOneOf { nearest, span, .. } => {
                let nearest = nearest.as_ref()?;
                Some(Edit::replace(*span, format!("{nearest:?}")))
            }
            Self::ExpectedCondition { .. }
            | Self::WrongOperand { .. }
            | Self::ConflictingUses { .. }
            | Self::ExpectedLiteral { .. }
            | Self::MixedList { .. }
            | Self::WrongArgument { .. }
            | Self::PropertyTypes { .. }
            | Self::UnorderedRow { .. }
            | Self::WrongTable { .. }
            | Self::LooseLabel { .. } => None,
        }
    }
}
