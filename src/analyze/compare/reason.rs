//! Why two models can't be compared, or not to the end.

use crate::table::Type;

/// Why it is not decided whether two models differ.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// A column of only one of two results.
    #[error("{}; results of other columns are not compared", columns(.old, .new))]
    Columns {
        /// The columns that only the old model gives.
        old: Vec<String>,
        /// Those of the new one.
        new: Vec<String>,
    },
    /// Time zones.
    #[error("their time zones differ: {old} and {new}")]
    Zones {
        /// The old model's.
        old: &'static str,
        /// The new one's.
        new: &'static str,
    },
    /// The type of a field.
    #[error("the field `{name}` is {old} in the old rules, and {new} in the new")]
    Field {
        /// Its name.
        name: String,
        /// By the old model.
        old: Type,
        /// By the new one.
        new: Type,
    },
    /// The type of a property.
    #[error("the property `{0}` has another type")]
    Property(String),
    /// Which properties an event has.
    #[error("the event `{0}` has other properties")]
    EventProperties(String),
    /// Whether an event is passive.
    #[error("the event `{0}` is passive by one of them only")]
    Passive(String),
    /// Which events there are, where a model reads all of them.
    #[error("they have other events, and read all of them")]
    Events,
    /// What is ignored.
    #[error("they ignore different events")]
    Ignored,
    /// A column whose values were too much.
    #[error("whether `{0}` changes was too much to decide")]
    TooMuch(String),
}

fn columns(old: &[String], new: &[String]) -> String {
    let named = |columns: &[String]| {
        let named: Vec<String> = columns.iter().map(|column| format!("`{column}`")).collect();
        named.join(", ")
    };
    match (old.is_empty(), new.is_empty()) {
        (_, true) => format!("only the old rules give {}", named(old)),
        (true, false) => format!("only the new rules give {}", named(new)),
        (false, false) => format!(
            "only the old rules give {}, and only the new ones {}",
            named(old),
            named(new)
        ),
    }
}
