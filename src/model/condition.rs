//! Conditions and values: what a rule tests, typed, with names as ids.

use std::hash::{Hash, Hasher};

use crate::builtins::Aggregate;
use crate::calendar::{Day, Unit};
use crate::number::Number;
use crate::source::{Span, Spanned};
use crate::table::Type;

use super::{BlockId, ClassId, FieldId, LetId, Pattern, PropertyId, ScoreId};

/// Something true or false, where it is written; there is no third value. Two conditions are equal when they say the
/// same, wherever they stand.
pub type Condition = Spanned<ConditionKind>;

/// What a condition says. A positive test with a missing operand is false.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ConditionKind {
    /// `true`, `false`.
    Constant(bool),
    /// The opposite. `!=`, `not in` and the like are this around the positive test.
    Not(Box<Condition>),
    /// Every one holds: `and`, `all of`.
    All(Vec<Condition>),
    /// One at least holds: `or`, `any of`. (`none of` is `Not` around it.)
    Any(Vec<Condition>),
    /// So many hold.
    Quantity(Bound, Vec<Condition>),
    /// Two values of one type compared: numbers and dates in every way, texts (folded) and booleans for equality.
    Compare(Value, Comparison, Value),
    /// A number or date between two others, both ends included.
    Between(Value, Value, Value),
    /// A number equal to one of these.
    OneOf(Value, Vec<Number>),
    /// A date equal to one of these.
    OneOfDays(Value, Vec<Day>),
    /// A text tested against literals.
    Text(Value, TextTest),
    /// A list of which an element equals one of these, folded.
    Holds(Value, Vec<String>),
    /// A value that is not missing.
    Known(Value),
    /// A boolean that is true.
    True(Value),
    /// So many events are picked. `any event` is at least 1, `no event` is at most 0.
    Events(Bound, Pattern),
    /// A band or class that is one of these labels, by their place in [`Model::labels`](super::Model::labels).
    Label(Labelled, Vec<u16>),
    /// A named condition.
    Let(LetId),
    /// The contact is excluded. In tests only.
    Excluded,
}

/// How many of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// So many or more.
    AtLeast(u64),
    /// So many or fewer.
    AtMost(u64),
    /// Neither more nor fewer.
    Exactly(u64),
}

impl Bound {
    /// Whether a count fulfils it.
    pub fn holds(self, count: u64) -> bool {
        match self {
            Bound::AtLeast(least) => count >= least,
            Bound::AtMost(most) => count <= most,
            Bound::Exactly(exact) => count == exact,
        }
    }
}

/// How two values are compared. (`!=` is `Not` around `Equal`.)
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl Comparison {
    /// Its sign.
    pub fn sign(self) -> &'static str {
        match self {
            Comparison::Equal => "=",
            Comparison::Less => "<",
            Comparison::LessOrEqual => "<=",
            Comparison::Greater => ">",
            Comparison::GreaterOrEqual => ">=",
        }
    }

    /// Whether two things stand in this order.
    pub fn holds<T: Ord>(self, left: T, right: T) -> bool {
        match self {
            Comparison::Equal => left == right,
            Comparison::Less => left < right,
            Comparison::LessOrEqual => left <= right,
            Comparison::Greater => left > right,
            Comparison::GreaterOrEqual => left >= right,
        }
    }
}

/// What a text is tested for. The literals are as they were written; all but a regex are compared folded, and none
/// of them folds to nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TextTest {
    /// It equals one of these.
    Is(Vec<String>),
    /// It holds one of these.
    Contains(Vec<String>),
    /// It holds one of these as a word.
    ContainsWord(Vec<String>),
    /// It starts with this.
    StartsWith(String),
    /// It ends with this.
    EndsWith(String),
    /// The regex is found in it, as it is, not folded.
    Matches(Regex),
}

/// A compiled regular expression, case-insensitive; two of them are equal when they are written alike.
#[derive(Clone, Debug)]
pub struct Regex(pub regex::Regex);

impl PartialEq for Regex {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

impl Eq for Regex {}

impl Hash for Regex {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.as_str().hash(state);
    }
}

/// Something that has a value, or none. Two values are equal when they say the same, wherever they stand.
#[derive(Clone, Debug)]
pub struct Value {
    /// What it is.
    pub kind: ValueKind,
    /// The type of its value. A score is a number; a label has no type of data and is [`Type::Text`] here.
    pub of: Type,
    /// Where it stands.
    pub span: Span,
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl Eq for Value {}

impl Hash for Value {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.kind.hash(state);
    }
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ValueKind {
    /// A literal number.
    Number(Number),
    /// A literal text.
    Text(String),
    /// A literal day.
    Date(Day),
    /// A field of the contact.
    Field(FieldId),
    /// A property of the event that a pattern looks at.
    Property(PropertyId),
    /// A named value.
    Let(LetId),
    /// A condition as a boolean, never missing.
    Condition(Box<Condition>),
    /// Operations from left to right, each rounded half away from zero to 4 places; missing where an operand is,
    /// after a division by zero, and outside the range of numbers.
    Arithmetic(Box<Value>, Vec<(Operator, Value)>),
    /// The number with the other sign.
    Negate(Box<Value>),
    /// Full units from a date to the as-of day; `until` gives the opposite number.
    Elapsed {
        /// The unit.
        unit: Unit,
        /// Whether the units until the date are meant.
        until: bool,
        /// The date.
        date: Box<Value>,
    },
    /// `domain(…)`: what follows the last `@` of a text; missing without one, or with nothing after it.
    Domain(Box<Value>),
    /// A function of the events that a pattern picks.
    Aggregate {
        /// Which function.
        function: Aggregate,
        /// The property that it reads, where it reads one.
        property: Option<PropertyId>,
        /// The events.
        pattern: Box<Pattern>,
    },
    /// A score. Where scores may be read.
    Score(ScoreId),
    /// A band or class. Only `is known` may test it; comparisons are [`ConditionKind::Label`].
    Label(Labelled),
}

/// An operation of arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Over,
}

impl Operator {
    /// Its sign.
    pub fn sign(self) -> &'static str {
        match self {
            Operator::Plus => "+",
            Operator::Minus => "-",
            Operator::Times => "*",
            Operator::Over => "/",
        }
    }

    /// The result, rounded half away from zero to 4 places, whatever its magnitude; `None` after a division by zero.
    fn units(self, left: Number, right: Number) -> Option<i128> {
        match self {
            Operator::Plus => Some(i128::from(left.units()) + i128::from(right.units())),
            Operator::Minus => Some(i128::from(left.units()) - i128::from(right.units())),
            Operator::Times => Some(left.times(right)),
            Operator::Over => left.over(right),
        }
    }

    /// The result in a condition or value: `None` outside the range of numbers and after a division by zero.
    pub fn exact(self, left: Number, right: Number) -> Option<Number> {
        self.units(left, right).and_then(Number::from_units)
    }

    /// The result in a formula of scores: outside the range of numbers, its end. A division by zero, which no
    /// formula holds, gives zero.
    pub fn saturating(self, left: Number, right: Number) -> Number {
        Number::saturating_from_units(self.units(left, right).unwrap_or_default())
    }
}

/// Something that has one of several labels, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Labelled {
    /// The band of the overall score.
    Band,
    /// The band of a block.
    BandOf(BlockId),
    /// A classification.
    Class(ClassId),
}
