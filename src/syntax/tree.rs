//! The tree of a rules file: what is written, statement by statement, with the place of each part.
//!
//! Trees are equal when they say the same, wherever it stands (see [`Spanned`]). They say nothing of meaning: a name
//! may be unknown, a comparison may compare a text with a day. Chains of operators are flat, so that a long one is
//! no deeper than a short one.

use crate::calendar::{Day, Period, Unit};
use crate::number::Number;
use crate::source::Spanned;

/// A name in Unicode NFC, without its backticks.
pub type Name = Spanned<String>;
/// A text without its quotes, its escapes resolved.
pub type Text = Spanned<String>;
/// An expression at its place.
pub type Expr = Spanned<ExprKind>;

/// A whole file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct File {
    /// The statements in their order; those that could not be read are left out.
    pub statements: Vec<Spanned<Statement>>,
    /// The comments in their order, `#` and all, without white space at the end.
    pub comments: Vec<Spanned<String>>,
}

/// One statement.
#[derive(Clone, Debug, PartialEq)]
pub enum Statement {
    /// `model "InvestiLead"`
    Model(Text),
    /// `timezone "Europe/Paris"`
    Timezone(Text),
    /// `field title: text`
    Field(Field),
    /// `event visit_page(url: text) passive`
    Event(Event),
    /// `list competitors = "acme.com"`, `list free_mail from "free_mail.txt"`
    List(List),
    /// `let ideal = …`
    Let(Let),
    /// `ignore event click_email where … because "…"`
    Ignore(Ignore),
    /// `when … add 10`
    Rule(Rule),
    /// `by industry { … }`
    Table(Table),
    /// `decay 5 per month`
    Decay(Decay),
    /// `hot >= 150`, `cold otherwise`
    Band(Band),
    /// `score fit max 100 { … }`
    Block(Block),
    /// `score = …`, `score max 100`, `score priority = …`
    Score(Score),
    /// `classify lifecycle { … }`
    Classify(Classify),
    /// `exclude when …`
    Exclude(Exclude),
    /// `promise band != hot when title contains "stagiaire"`
    Promise(Promise),
    /// `on enter hot notify sales within 24 hours do "call"`
    On(On),
    /// `test "…" { … }`
    Test(Test),
}

/// A field, or an event's property, with its type.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub of: Spanned<Type>,
}

/// A type as it is written.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// `text`
    Text,
    /// `number`
    Number,
    /// `boolean`
    Boolean,
    /// `date`
    Date,
    /// `list of text`
    List,
    /// `one of "a", "b"`
    OneOf(Vec<Text>),
}

/// A declared event.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its name.
    pub name: Name,
    /// Its properties.
    pub properties: Vec<Field>,
    /// Whether it is done to the contact, not by the contact.
    pub passive: bool,
}

/// A list of literals.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// Its name.
    pub name: Name,
    /// What is in it.
    pub items: Items,
}

/// Where a list's elements stand.
#[derive(Clone, Debug, PartialEq)]
pub enum Items {
    /// Here.
    Literals(Vec<Spanned<Literal>>),
    /// In a file, one a line; the path is relative to the rules file.
    File(Text),
}

/// A named condition or value.
#[derive(Clone, Debug, PartialEq)]
pub struct Let {
    /// Its name.
    pub name: Name,
    /// What it stands for.
    pub value: Expr,
}

/// Events that do not count.
#[derive(Clone, Debug, PartialEq)]
pub struct Ignore {
    /// Which.
    pub pattern: Spanned<Pattern>,
    /// Why, for people.
    pub because: Option<Text>,
}

/// A rule that adds points.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// When it does.
    pub trigger: Trigger,
    /// How many.
    pub points: Spanned<Number>,
    /// How often at most.
    pub limits: Vec<Spanned<Limit>>,
    /// How its points fade with the age of the event.
    pub fading: Option<Spanned<Fading>>,
    /// Why, for people.
    pub because: Option<Text>,
}

/// What makes a rule add its points.
#[derive(Clone, Debug, PartialEq)]
pub enum Trigger {
    /// `when CONDITION`: once, if it holds.
    Condition(Expr),
    /// `when event …`: for each event that the pattern picks, if the condition holds.
    Each {
        /// Which events.
        pattern: Spanned<Pattern>,
        /// What must hold besides.
        condition: Option<Expr>,
    },
}

/// How often a rule may add its points.
#[derive(Clone, Debug, PartialEq)]
pub enum Limit {
    /// `every time`: no limit is meant.
    EveryTime,
    /// `once` (which is `at most 1 times`), `at most 3 times`, with `per week` or without.
    AtMost {
        /// How many events count.
        times: Spanned<u64>,
        /// In each calendar period, or altogether.
        per: Option<Unit>,
    },
}

/// How points fade with the age of the event.
#[derive(Clone, Debug, PartialEq)]
pub enum Fading {
    /// `fading over 90 days`
    Over(Spanned<Period>),
    /// `fading 5 per month`, `fading 10% per month`
    Per {
        /// What each full period takes.
        amount: Spanned<Amount>,
        /// The period.
        period: Spanned<Period>,
    },
}

/// What decay or fading takes for each period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amount {
    /// So many points.
    Points(Number),
    /// Such a part: `10%` is 0.1.
    Part(Number),
}

/// Points by the value of one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The value.
    pub value: Expr,
    /// The rows, tried from the top.
    pub rows: Vec<Spanned<Row>>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Which values it fits.
    pub values: Spanned<RowValues>,
    /// What it adds.
    pub points: Spanned<Number>,
    /// Why, for people.
    pub because: Option<Text>,
}

/// The values that a row fits.
#[derive(Clone, Debug, PartialEq)]
pub enum RowValues {
    /// `"industry", "construction"`
    Literals(Vec<Spanned<Literal>>),
    /// `30 to 500`, both ends included.
    Range(Spanned<Literal>, Spanned<Literal>),
    /// `< 30`
    Compared(Comparison, Spanned<Literal>),
    /// `unknown`
    Unknown,
    /// `otherwise`
    Otherwise,
}

/// What inactivity takes from a block.
#[derive(Clone, Debug, PartialEq)]
pub struct Decay {
    /// How much for each period.
    pub amount: Spanned<Amount>,
    /// The period.
    pub period: Spanned<Period>,
    /// The events that count as activity, where they are named.
    pub since: Option<Spanned<Pattern>>,
}

/// A label with the score from which it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// The label.
    pub label: Name,
    /// The least score; `None` for `otherwise`.
    pub threshold: Option<Spanned<Number>>,
}

/// A named score made of rules.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Its name.
    pub name: Name,
    /// The ends to which it is clamped.
    pub clamp: Clamp,
    /// What stands between the braces.
    pub statements: Vec<Spanned<Statement>>,
}

/// The ends to which a score is clamped.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Clamp {
    /// The least value.
    pub min: Option<Spanned<Number>>,
    /// The greatest value.
    pub max: Option<Spanned<Number>>,
}

/// The overall score, or a named one, by a formula or its ends alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// Its name; `None` for the overall score.
    pub name: Option<Name>,
    /// The ends to which it is clamped.
    pub clamp: Clamp,
    /// How it is computed from other scores. A named score has one.
    pub formula: Option<Expr>,
}

/// A classification: the first label whose condition holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Classify {
    /// Its name.
    pub name: Name,
    /// The labels, tried from the top.
    pub rows: Vec<Spanned<Class>>,
}

/// A label of a classification.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    /// The label.
    pub label: Name,
    /// When it holds; `None` for `otherwise`.
    pub condition: Option<Expr>,
}

/// A condition that takes a contact out.
#[derive(Clone, Debug, PartialEq)]
pub struct Exclude {
    /// The condition.
    pub condition: Expr,
    /// Why, for people.
    pub because: Option<Text>,
}

/// What must hold for every contact that could exist.
#[derive(Clone, Debug, PartialEq)]
pub struct Promise {
    /// What must hold.
    pub claim: Expr,
    /// For which contacts; for all where it is not given.
    pub condition: Option<Expr>,
}

/// What is done when a contact enters, leaves or stays in a band or class.
#[derive(Clone, Debug, PartialEq)]
pub struct On {
    /// Which transition.
    pub transition: Spanned<Transition>,
    /// Whose label: none for a band of the overall score, or a block's or a classification's name.
    pub of: Option<LabelOwner>,
    /// The label.
    pub label: Name,
    /// Who is told.
    pub notify: Name,
    /// In which time.
    pub within: Option<Spanned<Delay>>,
    /// What is to be done.
    pub action: Option<Text>,
}

/// Whose label a transition is about.
#[derive(Clone, Debug, PartialEq)]
pub enum LabelOwner {
    /// `fit.band A`
    BandOf(Name),
    /// `lifecycle customer`
    Class(Name),
}

/// How a contact's label changes.
#[derive(Clone, Debug, PartialEq)]
pub enum Transition {
    /// `enter`
    Enter,
    /// `leave`
    Leave,
    /// `stay … for DURATION`
    Stay(Spanned<Period>),
}

/// A time to react, which may be shorter than a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delay {
    /// `30 minutes`
    Minutes(u32),
    /// `24 hours`
    Hours(u32),
    /// `2 days`
    Period(Period),
}

/// An example contact with what is expected of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    /// What it shows.
    pub name: Text,
    /// Its lines.
    pub lines: Vec<Spanned<TestLine>>,
}

/// A line of a test.
#[derive(Clone, Debug, PartialEq)]
pub enum TestLine {
    /// `as of 2026-11-01`
    AsOf(Spanned<Day>),
    /// `given title = "Stagiaire", employees = 120`
    Given(Vec<Assignment>),
    /// `given 8 events visit_page(url = "/tarifs") 20 days ago`
    Events(GivenEvents),
    /// `expect score = 10`
    Expect(Expr),
}

/// A name and the literals that it is given: several for a list of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// The field or property.
    pub name: Name,
    /// Its value.
    pub values: Vec<Spanned<Literal>>,
}

/// Events of an example contact.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenEvents {
    /// How many alike.
    pub count: Spanned<u64>,
    /// The event's name.
    pub name: Name,
    /// Its properties.
    pub properties: Vec<Assignment>,
    /// When they happened.
    pub when: Spanned<Moment>,
}

/// When an event of an example happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Moment {
    /// `on 2026-10-30`
    On(Day),
    /// `20 days ago`
    Ago(Period),
    /// `today`
    Today,
}

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// A literal; a number here has no sign of its own.
    Literal(Literal),
    /// A name, or a label's name.
    Name(String),
    /// The word `score`.
    Score,
    /// The word `band`.
    Band,
    /// The word `excluded`.
    Excluded,
    /// `fit.band`
    BandOf(Name),
    /// `a and b or c`: a chain as it is written; the checker refuses one that mixes both words.
    Logic(Box<Expr>, Vec<(Spanned<Connective>, Expr)>),
    /// `not a`
    Not(Box<Expr>),
    /// `a < b`: the checker refuses a chain of several.
    Compare(Box<Expr>, Vec<(Spanned<Comparison>, Expr)>),
    /// `title contains "x"`, `employees not between 1 and 9`, `email is known`
    Test {
        /// What is tested.
        value: Box<Expr>,
        /// Whether `not` stands before the test.
        negated: bool,
        /// The test.
        test: Spanned<ValueTest>,
    },
    /// `a + b - c`
    Sum(Box<Expr>, Vec<(Spanned<Additive>, Expr)>),
    /// `a * b / c`
    Product(Box<Expr>, Vec<(Spanned<Multiplicative>, Expr)>),
    /// `-a`
    Negate(Box<Expr>),
    /// `(a)`
    Parentheses(Box<Expr>),
    /// `at least 2 of (a, b, c)`
    Quantity(Spanned<Quantity>, Vec<Expr>),
    /// `at least 3 events visit_page within 30 days`
    Events(Spanned<EventCount>, Spanned<Pattern>),
    /// `days since created`
    Elapsed {
        /// In which unit.
        unit: Spanned<Unit>,
        /// `until` instead of `since`.
        until: bool,
        /// The day from or to which.
        date: Box<Expr>,
    },
    /// `domain(email)`, `count(event open_email)`, `sum(price of event order)`
    Call(Name, Spanned<Argument>),
}

/// A literal, its sign included.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `10`, `2.5`
    Number(Number),
    /// `30%`, held as 0.3
    Percent(Number),
    /// `"…"`
    Text(String),
    /// `2026-11-01`
    Date(Day),
    /// `true`, `false`
    Boolean(bool),
}

/// The words between conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connective {
    /// Both.
    And,
    /// At least one.
    Or,
}

/// The comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// `+` and `-`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Additive {
    /// `+`
    Plus,
    /// `-`
    Minus,
}

/// `*` and `/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Multiplicative {
    /// `*`
    Times,
    /// `/`
    Over,
}

/// A test that stands behind a value.
#[derive(Clone, Debug, PartialEq)]
pub enum ValueTest {
    /// `between A and B`
    Between(Box<Expr>, Box<Expr>),
    /// `in ("a", "b")`
    In(Vec<Expr>),
    /// `in competitors`
    InList(Name),
    /// `contains "x"`, `contains word "x"`, `contains any of …`
    Contains {
        /// As a whole word.
        word: bool,
        /// What is looked for.
        needles: Needles,
    },
    /// `starts with "x"`
    StartsWith(Box<Expr>),
    /// `ends with "x"`
    EndsWith(Box<Expr>),
    /// `matches "regex"`
    Matches(Box<Expr>),
    /// `is known`
    IsKnown,
    /// `is unknown`
    IsUnknown,
}

/// What `contains` looks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Needles {
    /// `"x"`
    One(Box<Expr>),
    /// `any of ("a", "b")`
    AnyOf(Vec<Expr>),
    /// `any of competitors`
    List(Name),
}

/// How many conditions must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// `all of`
    All,
    /// `any of`
    Any,
    /// `none of`
    None,
    /// `at least 2 of`
    AtLeast(u64),
    /// `at most 2 of`
    AtMost(u64),
    /// `exactly 2 of`
    Exactly(u64),
}

/// How many events must be picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventCount {
    /// `any event`
    Any,
    /// `no event`
    No,
    /// `at least 3 events`
    AtLeast(u64),
    /// `at most 3 events`
    AtMost(u64),
    /// `exactly 3 events`
    Exactly(u64),
}

/// What stands between the parentheses of a function.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    /// `email`
    Value(Box<Expr>),
    /// `event open_email`
    Pattern(Pattern),
    /// `price of event order`
    PropertyOf(Name, Spanned<Pattern>),
}

/// Which of a contact's events are meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// Their names; none for every event that is not passive.
    pub events: Vec<Name>,
    /// What their properties must fulfil.
    pub filter: Option<Box<Expr>>,
    /// When they happened.
    pub window: Option<Spanned<Window>>,
}

/// `within 30 days`, `not within 30 days`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Whether the earlier days are meant.
    pub negated: bool,
    /// The duration.
    pub period: Spanned<Period>,
}

impl Comparison {
    /// The sign that is written.
    pub fn sign(self) -> &'static str {
        match self {
            Comparison::Equal => "=",
            Comparison::NotEqual => "!=",
            Comparison::Less => "<",
            Comparison::LessOrEqual => "<=",
            Comparison::Greater => ">",
            Comparison::GreaterOrEqual => ">=",
        }
    }
}
