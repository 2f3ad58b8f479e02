//! What differs between two rules files, statement by statement, by what they mean.
//!
//! Its JSON is stable: kinds, subjects and sections are words of the language; lines are counted from 1 in the file of
//! their side; what does not exist is `null`.

use serde::Serialize;

use super::proof::Proof;
use super::words::Run;

/// What differs between old and new rules.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Structure {
    /// The statements that say something else, by sections: declarations, blocks, scores, classes, exclusions,
    /// promises, actions, tests.
    pub changes: Vec<Change>,
    /// How many rules and tables are the same in both.
    pub same_rules: usize,
    /// What differs without a difference to any contact.
    pub remarks: Remarks,
    /// Whether the two give every contact that could exist the same result; `None` where nobody has found out.
    pub verdict: Option<Verdict>,
    /// What reasoning says of all contacts that could exist; `None` where what is said tells the verdict.
    pub proof: Option<Proof>,
    /// Whether a contact that both exclude may be told another reason, where the two are equivalent.
    pub other_reasons: bool,
    /// The blocks of the two.
    #[serde(skip)]
    pub blocks: Vec<Pair>,
    /// The rules of the two, by their blocks and their places in them.
    #[serde(skip)]
    pub rules: Vec<Pair<(usize, usize)>>,
}

/// What something was and what it is, by places in the models; never nothing and nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair<T = usize> {
    /// In the old model.
    pub old: Option<T>,
    /// In the new model.
    pub new: Option<T>,
}

/// A statement that says something else, or a row of one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// What happened to it.
    pub kind: Kind,
    /// What it is.
    pub subject: Subject,
    /// Where it belongs.
    #[serde(flatten)]
    pub section: Section,
    /// What it was, without its reason; `None` for a new one.
    pub old: Option<Text>,
    /// What it is, without its reason; `None` where it is gone.
    pub new: Option<Text>,
    /// The block from which it was moved, where it was.
    pub moved_from: Option<String>,
    /// The names that it uses and that stand for something else now.
    pub through: Vec<String>,
    /// The rows that changed, of a table, a classification or a list.
    pub rows: Vec<Change>,
    /// Which contacts it moves, where there are data.
    pub reach: Option<Reach>,
    /// What it was and what it is, side by side.
    #[serde(skip)]
    pub runs: Vec<Run>,
    /// Its places in the models: those of a rule or table, its block's for a decay or a block, its own otherwise.
    #[serde(skip)]
    pub places: Pair<(usize, usize)>,
}

/// What a file says at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Text {
    /// The line on which it begins; `None` where it has no statement of its own.
    pub line: Option<usize>,
    /// The statement on one line.
    pub text: String,
}

/// What happened to a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It says something else.
    Changed,
    /// It stands in another block; it may say something else, too.
    Moved,
}

/// What a statement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the words of the language")]
pub enum Subject {
    Model,
    Timezone,
    /// Whether fields are declared.
    Fields,
    Field,
    /// Whether events are declared.
    Events,
    Event,
    List,
    Let,
    Ignore,
    /// The name and the ends of a block.
    Block,
    Rule,
    Table,
    /// A row of a table, a classification or a list.
    Row,
    Decay,
    Band,
    Formula,
    /// The statement of the overall score.
    Score,
    Class,
    Exclusion,
    Promise,
    Action,
    Test,
}

impl Subject {
    /// Whether a change of it may change a result. Names matter by what uses them.
    pub fn moves_results(self) -> bool {
        match self {
            Subject::Timezone
            | Subject::Fields
            | Subject::Field
            | Subject::Events
            | Subject::Event
            | Subject::Ignore
            | Subject::Block
            | Subject::Rule
            | Subject::Table
            | Subject::Row
            | Subject::Decay
            | Subject::Band
            | Subject::Formula
            | Subject::Score
            | Subject::Class
            | Subject::Exclusion => true,
            Subject::Model | Subject::List | Subject::Let | Subject::Promise | Subject::Action | Subject::Test => false,
        }
    }
}

/// Where a statement belongs. In JSON, `section` and, of rules, `block`: `null` for those outside any block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "section", rename_all = "lowercase")]
pub enum Section {
    /// What is known and what names stand for.
    Declarations,
    /// A score block, or the rules outside any block.
    Rules {
        /// The block's name.
        block: Option<String>,
    },
    /// The overall score, formulas, and bands.
    Scores,
    /// Classifications.
    Classes,
    /// Exclusions.
    Exclusions,
    /// Promises.
    Promises,
    /// What is done when labels change.
    Actions,
    /// Tests.
    Tests,
}

impl Section {
    /// Its title for people.
    pub fn title(&self) -> &str {
        match self {
            Section::Declarations => "declarations",
            Section::Rules { block: None } => "rules",
            Section::Rules { block: Some(name) } => name,
            Section::Scores => "scores and bands",
            Section::Classes => "classes",
            Section::Exclusions => "exclusions",
            Section::Promises => "promises",
            Section::Actions => "actions",
            Section::Tests => "tests",
        }
    }
}

/// Which contacts a change moves by itself. A contact that is excluded by either file is moved by exclusions alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reach {
    /// How many contacts get other points from it; of a band, have another one by it, given their new score; of an
    /// exclusion, are excluded or no longer excluded by it.
    pub contacts: usize,
    /// How many of these change their band.
    pub bands: usize,
    /// The points that they gain and lose by it, together.
    pub points: crate::number::Number,
}

/// What differs without a difference to any contact.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Remarks {
    /// Whether nothing but white space differs.
    pub layout_only: bool,
    /// Whether the comments differ.
    pub comments: bool,
    /// The sections whose statements stand in another order.
    pub reordered: Vec<String>,
    /// Whether the columns that both results have stand in another order.
    pub columns_reordered: bool,
    /// Statements that say the same in other words.
    pub reworded: Vec<Reworded>,
    /// Reasons (`because`) that are given otherwise.
    pub reasons: Vec<Reworded>,
}

/// Something that is said otherwise.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reworded {
    /// What it was; `None` for a reason that was not given.
    pub old: Option<String>,
    /// What it is; `None` for a reason that is not given any more.
    pub new: Option<String>,
    /// The line in the new file.
    pub line: Option<usize>,
}

/// Whether two rules files give every contact that could exist the same scores, bands, classes and exclusions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// They do.
    Equivalent,
    /// They do not.
    Different,
    /// It could not be decided.
    Undecided,
}

impl Structure {
    /// Whether the two say the same, but for layout, comments, order, reasons, and other words for the same.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

impl Remarks {
    /// Whether nothing at all differs.
    pub fn is_empty(&self) -> bool {
        *self == Remarks::default()
    }
}
