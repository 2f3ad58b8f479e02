//! The functions of the language: one table of names, types, documentation and meaning.
//!
//! Functions that read words before their value (`days since created`) are syntax; all others are a row here.

use crate::table::Type;

/// A function: a row of [`FUNCTIONS`].
#[derive(Clone, Debug)]
pub struct Function {
    /// Its name.
    pub name: &'static str,
    /// What stands between its parentheses.
    pub takes: Takes,
    /// The type of its value.
    pub gives: Type,
    /// How a call is written, for people.
    pub usage: &'static str,
    /// What it gives, in which unit, and when it is missing.
    pub documentation: &'static str,
    /// What it does.
    pub meaning: Meaning,
}

/// What stands between a function's parentheses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// A text.
    Text,
    /// A pattern.
    Pattern,
    /// A property of any type, `of`, and a pattern.
    AnyPropertyOf,
    /// A property that is a number, `of`, and a pattern.
    NumberPropertyOf,
}

/// What a function does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// [`domain`].
    Domain,
    /// It looks at the events that a pattern picks.
    Aggregate(Aggregate),
}

/// A function of the events that a pattern picks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Aggregate {
    /// How many there are.
    Count,
    /// How many different known values a property has, texts folded.
    Distinct,
    /// The sum of a property; 0 for none.
    Sum,
    /// The mean of a property's known values, rounded once; missing for none.
    Average,
    /// The least value of a property; missing for none.
    Smallest,
    /// The greatest value of a property; missing for none.
    Largest,
    /// The earliest day; missing for none.
    First,
    /// The latest day; missing for none.
    Last,
}

/// All functions, in the order of the documentation.
pub const FUNCTIONS: &[Function] = &[
    Function {
        name: "domain",
        takes: Takes::Text,
        gives: Type::Text,
        usage: "domain(email)",
        documentation: "What follows the last `@` of a text. Missing without one, or with nothing after it.",
        meaning: Meaning::Domain,
    },
    Function {
        name: "count",
        takes: Takes::Pattern,
        gives: Type::Number,
        usage: "count(event open_email within 90 days)",
        documentation: "How many events the pattern picks. Never missing.",
        meaning: Meaning::Aggregate(Aggregate::Count),
    },
    Function {
        name: "distinct",
        takes: Takes::AnyPropertyOf,
        gives: Type::Number,
        usage: "distinct(url of event visit_page)",
        documentation: "How many different known values the property has among the events; texts are compared folded. \
                        Never missing.",
        meaning: Meaning::Aggregate(Aggregate::Distinct),
    },
    Function {
        name: "sum",
        takes: Takes::NumberPropertyOf,
        gives: Type::Number,
        usage: "sum(amount of event purchase)",
        documentation: "The sum of the property; missing ones are skipped. 0 for none; missing outside the range of \
                        numbers.",
        meaning: Meaning::Aggregate(Aggregate::Sum),
    },
    Function {
        name: "average",
        takes: Takes::NumberPropertyOf,
        gives: Type::Number,
        usage: "average(duration of event visit_page)",
        documentation: "The mean of the property's known values, rounded once, half away from zero, to 4 places. \
                        Missing for none.",
        meaning: Meaning::Aggregate(Aggregate::Average),
    },
    Function {
        name: "smallest",
        takes: Takes::NumberPropertyOf,
        gives: Type::Number,
        usage: "smallest(amount of event purchase)",
        documentation: "The least value of the property. Missing for none.",
        meaning: Meaning::Aggregate(Aggregate::Smallest),
    },
    Function {
        name: "largest",
        takes: Takes::NumberPropertyOf,
        gives: Type::Number,
        usage: "largest(amount of event purchase)",
        documentation: "The greatest value of the property. Missing for none.",
        meaning: Meaning::Aggregate(Aggregate::Largest),
    },
    Function {
        name: "first",
        takes: Takes::Pattern,
        gives: Type::Date,
        usage: "first(event visit_page)",
        documentation: "The day of the earliest event. Missing for none.",
        meaning: Meaning::Aggregate(Aggregate::First),
    },
    Function {
        name: "last",
        takes: Takes::Pattern,
        gives: Type::Date,
        usage: "last(event visit_page)",
        documentation: "The day of the latest event. Missing for none.",
        meaning: Meaning::Aggregate(Aggregate::Last),
    },
];

/// The function of a name.
pub fn function(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name)
}

/// What follows the last `@` of a text; `None` without one, or with nothing but white space after it.
pub fn domain(text: &str) -> Option<&str> {
    let (_, after) = text.rsplit_once('@')?;
    let domain = after.trim();
    (!domain.is_empty()).then_some(domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_follows_the_last_at_sign() {
        assert_eq!(domain("a@b@acme.com"), Some("acme.com"));
        assert_eq!(domain("acme.com"), None);
        assert_eq!(domain("a@"), None);
    }
}
