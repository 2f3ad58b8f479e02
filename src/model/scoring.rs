//! Scores and what is made of them: blocks, formulas, bands, classes, exclusions, promises, actions.

use crate::calendar::Period;
use crate::number::Number;
use crate::source::Span;
use crate::syntax::tree::Delay;

use super::{BlockId, Condition, Decay, FormulaId, Labelled, Operator, Rule};

/// A score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ScoreId {
    /// The overall score.
    Overall,
    /// A block's value.
    Block(BlockId),
    /// A formula's value.
    Formula(FormulaId),
}

/// The ends to which a score is clamped; the least is not above the greatest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clamp {
    /// The least value.
    pub min: Option<Number>,
    /// The greatest value.
    pub max: Option<Number>,
}

impl Clamp {
    /// The nearest number that lies between the ends.
    pub fn apply(self, value: Number) -> Number {
        let raised = self.min.map_or(value, |min| value.max(min));
        self.max.map_or(raised, |max| raised.min(max))
    }
}

/// A score made of rules.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Its name; `None` for the top-level block.
    pub name: Option<String>,
    /// The rules in the order of the file.
    pub rules: Vec<Rule>,
    /// What inactivity takes.
    pub decay: Option<Decay>,
    /// The ends to which profile and behaviour together are clamped.
    pub clamp: Clamp,
    /// Its bands in the order of the file. (Those of the top-level are the overall score's.)
    pub bands: Vec<Band>,
    /// The statement; empty for the top-level block.
    pub span: Span,
}

/// A label with the score from which it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// The label.
    pub label: String,
    /// The least score; `None` for `otherwise`.
    pub threshold: Option<Number>,
    /// Where it stands.
    pub span: Span,
}

/// A named score computed from other scores.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    /// Its name.
    pub name: String,
    /// How it is computed.
    pub term: Term,
    /// The ends to which it is clamped.
    pub clamp: Clamp,
    /// The statement.
    pub span: Span,
}

/// The overall score.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overall {
    /// How it is computed; `None` for the sum of all blocks.
    pub term: Option<Term>,
    /// The ends to which it is clamped.
    pub clamp: Clamp,
    /// Its bands in the order of the file.
    pub bands: Vec<Band>,
    /// The statement, where there is one.
    pub span: Option<Span>,
}

/// An expression of scores. An operation that leaves the range of numbers gives its end; divisors are literals
/// other than zero, so that nothing is ever missing.
#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    /// A literal.
    Number(Number),
    /// A block's or another formula's value.
    Score(ScoreId),
    /// The term with the other sign.
    Negate(Box<Term>),
    /// Operations from left to right, each rounded half away from zero to 4 places.
    Arithmetic(Box<Term>, Vec<(Operator, Term)>),
}

/// A classification: the first label whose condition holds, else none.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    /// Its name.
    pub name: String,
    /// The labels, tried from the top.
    pub rows: Vec<ClassRow>,
    /// The statement.
    pub span: Span,
}

/// A label of a classification.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassRow {
    /// The label.
    pub label: String,
    /// When it holds; `None` for `otherwise`.
    pub condition: Option<Condition>,
    /// Where it stands.
    pub span: Span,
}

/// A condition that takes a contact out.
#[derive(Clone, Debug, PartialEq)]
pub struct Exclusion {
    /// The condition.
    pub condition: Condition,
    /// The reason: the one that is given, else the condition as it is written.
    pub reason: String,
    /// The statement.
    pub span: Span,
}

/// A condition that must hold for every contact that is not excluded.
#[derive(Clone, Debug, PartialEq)]
pub struct Promise {
    /// The condition.
    pub condition: Condition,
    /// The statement.
    pub span: Span,
}

/// What is done when a contact's label changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// The change.
    pub transition: Transition,
    /// Whose label.
    pub of: Labelled,
    /// The label's place in [`Model::labels`](super::Model::labels).
    pub label: u16,
    /// Who is told.
    pub notify: String,
    /// In which time.
    pub within: Option<Delay>,
    /// What is to be done.
    pub action: Option<String>,
    /// The statement.
    pub span: Span,
}

/// How a contact's label changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transition {
    /// It becomes this one.
    Enter,
    /// It was this one.
    Leave,
    /// It has been this one for so long.
    Stay(Period),
}
