//! Pieces of SQL text, each of which knows how tightly it holds together.

/// A piece of SQL.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    text: String,
    binds: Binds,
}

/// How tightly a piece holds together, the loosest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Binds {
    Or,
    And,
    Not,
    Comparison,
    Sum,
    Product,
    Atom,
}

impl Piece {
    /// A piece that needs parentheses inside whatever binds more tightly.
    pub(super) fn new(text: impl Into<String>, binds: Binds) -> Piece {
        let text = text.into();
        Piece { text, binds }
    }

    /// A piece that never needs parentheses.
    pub(super) fn atom(text: impl Into<String>) -> Piece {
        Piece::new(text, Binds::Atom)
    }

    /// A call of a function.
    pub(super) fn call<'p>(function: &str, arguments: impl IntoIterator<Item = &'p Piece>) -> Piece {
        let arguments: Vec<&str> = arguments.into_iter().map(|argument| argument.text.as_str()).collect();
        Piece::atom(format!("{function}{}", enclosed(&arguments.join(", "))))
    }

    /// Two pieces with an operator of the second kind of arithmetic between them.
    pub(super) fn product(left: &Piece, operator: &str, right: &Piece) -> Piece {
        let text = format!(
            "{} {operator} {}",
            left.within(Binds::Product),
            right.inside(Binds::Product)
        );
        Piece::new(text, Binds::Product)
    }

    /// The piece as it stands alone: between commas, or in parentheses of its own.
    pub(super) fn bare(&self) -> &str {
        &self.text
    }

    /// The piece as an operand of what binds so tightly, on its left or where the order does not matter.
    pub(super) fn within(&self, binds: Binds) -> String {
        match self.binds < binds {
            true => enclosed(&self.text),
            false => self.text.clone(),
        }
    }

    /// The piece as an operand that must bind more tightly.
    pub(super) fn inside(&self, binds: Binds) -> String {
        match self.binds <= binds && self.binds != Binds::Atom {
            true => enclosed(&self.text),
            false => self.text.clone(),
        }
    }

    /// The piece as an operand of anything.
    pub(super) fn tight(&self) -> String {
        self.within(Binds::Atom)
    }
}

/// Text in parentheses; where it begins with a comment, on lines of its own.
fn enclosed(text: &str) -> String {
    match text.starts_with("--") {
        true => format!("(\n  {}\n)", text.replace('\n', "\n  ")),
        false => format!("({text})"),
    }
}
