//! What an explanation says: a contact's score step by step, adding up exactly, what comes next, and why.
//!
//! Its JSON is stable. Numbers are exact JSON numbers, days texts such as `2026-11-01`; what does not exist is `null`;
//! rules are told by their line, counted from 1, in the rules file. Of an excluded contact there is the key `excluded`
//! and no score; of any other all the keys of [`Scored`].

use serde::Serialize;

use crate::calendar::Day;
use crate::number::Number;
use crate::reason::{Reading, Reason};

/// Why a contact has its score, as of a day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// The contact's id.
    pub contact: String,
    /// The day of scoring.
    pub as_of: Day,
    /// The name of the rules file.
    pub rules: String,
    /// The model's name, where the file gives one.
    pub model: Option<String>,
    /// The score, or why there is none.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// What came of scoring a contact.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Outcome {
    /// It is excluded: there is nothing else to tell.
    Excluded {
        /// Why.
        excluded: Exclusion,
    },
    /// It has a score.
    Scored(Box<Scored>),
}

/// The first exclusion that holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Exclusion {
    /// Its line.
    pub line: usize,
    /// The statement as it is written.
    pub rule: String,
    /// The reason that the file gives, else the condition.
    pub reason: String,
    /// Why it holds.
    pub reasons: Vec<Reason>,
}

/// A score and all that it is made of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scored {
    /// The overall score.
    pub score: Number,
    /// The band of the overall score; `None` in a file without bands.
    pub band: Option<Band>,
    /// The score blocks in the order of the file.
    pub blocks: Vec<Block>,
    /// The named formulas in the order of the file.
    pub formulas: Vec<Formula>,
    /// How the overall score comes from the others.
    pub overall: Formula,
    /// The classes in the order of the file.
    pub classes: Vec<Class>,
    /// The promises that this contact breaks.
    pub broken_promises: Vec<Broken>,
    /// What becomes of the band, or of the contact, if nothing more happens; `None` in a file without bands and
    /// exclusions.
    pub outlook: Option<Outlook>,
    /// The rules that gave no points, and what failed in each.
    pub silent: Vec<Silent>,
}

/// Where a score stands among its bands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Band {
    /// The label; `None` for a score below all thresholds where no label is for the others.
    pub label: Option<String>,
    /// From which score it holds; `None` for `otherwise`.
    pub from: Option<Number>,
    /// The band above; `None` in the highest.
    pub next: Option<NextBand>,
}

/// The band above a score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NextBand {
    /// Its label.
    pub label: String,
    /// From which score it holds.
    pub from: Number,
    /// How many points are missing.
    pub missing: Number,
}

/// A block's value, step by step. Each step has the sum so far, so that the last one's is the value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Block {
    /// Its name; `None` for the rules outside of any block.
    pub name: Option<String>,
    /// The rules and tables that gave points, in the order of the file.
    pub rules: Vec<Contribution>,
    /// P: what rules gave that read no events.
    pub profile: Number,
    /// B: what rules gave that read events, before decay.
    pub behaviour: Number,
    /// What inactivity took, in a block with a decay.
    pub decay: Option<Decay>,
    /// What the ends of the block changed, where they did.
    pub clamp: Option<Clamped>,
    /// The value.
    pub value: Number,
    /// The band of the value, in a block with bands.
    pub band: Option<Band>,
}

/// A rule or table that gave points.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Contribution {
    /// Its line.
    pub line: usize,
    /// The statement as it is written; of a table, its first line and the row.
    pub rule: String,
    /// What it rewards: the statement without its points.
    pub title: String,
    /// The reason that the file gives.
    pub because: Option<String>,
    /// Whether it reads events, so that decay may take from what it gave.
    pub reads_events: bool,
    /// What it gave.
    pub points: Number,
    /// The sum of the block up to here.
    pub sum: Number,
    /// The events that it counted, each one picked, the newest first. Empty for a rule that adds points once.
    pub events: Vec<CountedEvent>,
    /// Why its condition holds; of a table, the value that fitted.
    pub reasons: Vec<Reason>,
}

/// An event that a rule's pattern picked.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CountedEvent {
    /// When it happened.
    pub day: Day,
    /// What happened.
    pub event: String,
    /// The properties that the pattern tests.
    pub properties: Vec<Reading>,
    /// What it gave, after fading.
    pub points: Number,
    /// Whether a limit left it out, so that it gave nothing.
    pub left_out: bool,
}

/// What inactivity took from what events earned.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Decay {
    /// Its line.
    pub line: usize,
    /// The statement as it is written.
    pub rule: String,
    /// The last activity; `None` for a contact without any, which does not decay.
    pub last_activity: Option<Activity>,
    /// How many full periods ago that was; 0 without activity.
    pub periods: i64,
    /// How much of a calendar unit a period has: 2 in `per 2 weeks`.
    pub period: u32,
    /// The calendar unit: `day`, `week`, `month` or `year`.
    pub unit: &'static str,
    /// What it took: zero or less.
    pub points: Number,
    /// The sum of the block up to here.
    pub sum: Number,
}

/// The newest event that counts as activity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Activity {
    /// When it happened.
    pub day: Day,
    /// What happened.
    pub event: String,
}

/// What the ends of a score changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Clamped {
    /// `min` or `max`.
    pub end: &'static str,
    /// The least or greatest value that the score may have.
    pub limit: Number,
    /// What it took, less than zero, or gave.
    pub points: Number,
}

/// A score that is computed from others.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Formula {
    /// Its name; `None` for the overall score.
    pub name: Option<String>,
    /// Its line, where it is written.
    pub line: Option<usize>,
    /// How it is computed: `0.6 * fit + 0.4 * engagement`; `None` for the sum of all blocks, which no file writes.
    pub formula: Option<String>,
    /// The same with the numbers: `0.6 * 90 + 0.4 * 125`.
    pub numbers: String,
    /// The scores that it reads, each once; of a block without a name, `rules`.
    pub reads: Vec<ScoreReading>,
    /// What that comes to.
    pub result: Number,
    /// What the ends of the score changed, where they did.
    pub clamp: Option<Clamped>,
    /// The value.
    pub value: Number,
}

/// A score that another one is computed from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScoreReading {
    /// Its name.
    pub of: String,
    /// Its value.
    pub value: Number,
}

/// The class of a contact.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Class {
    /// The classification's name.
    pub name: String,
    /// The label; `None` where no condition holds.
    pub label: Option<String>,
    /// The line that decided.
    pub line: Option<usize>,
    /// That line as it is written.
    pub rule: Option<String>,
    /// Why its condition holds.
    pub reasons: Vec<Reason>,
}

/// A promise that does not hold of the contact.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Broken {
    /// Its line.
    pub line: usize,
    /// The statement as it is written.
    pub promise: String,
    /// Why it does not hold.
    pub reasons: Vec<Reason>,
}

/// What comes if nothing more happens.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Outlook {
    /// Nothing in the rules depends on time: it stays as it is.
    Timeless,
    /// It stays as it is up to a day, which was the last one looked at.
    Stays {
        /// The last day looked at.
        until: Day,
    },
    /// On a day it changes.
    Changes {
        /// The first day on which it is different.
        day: Day,
        /// What it becomes.
        becomes: Becomes,
        /// What changes in the score up to then, the greatest change first.
        changes: Vec<Change>,
    },
}

/// What becomes of a contact.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Becomes {
    /// It has another band.
    Band {
        /// The label; `None` for no band.
        label: Option<String>,
        /// The score on that day.
        score: Number,
    },
    /// It is excluded.
    Excluded {
        /// Why.
        reason: String,
    },
}

/// Something that will give more or less than today.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The line of the rule or decay.
    pub line: usize,
    /// What it is: a rule's title, or a decay as it is written.
    pub title: String,
    /// The difference in its points.
    pub points: Number,
}

/// A rule that gave no points.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Silent {
    /// The name of its block; `None` for the rules outside of any block.
    pub block: Option<String>,
    /// Its line.
    pub line: usize,
    /// The statement as it is written; of a table, its first line.
    pub rule: String,
    /// What it rewards: the statement without its points.
    pub title: String,
    /// What it would add, once or for each event; `None` for a table.
    pub would_add: Option<Number>,
    /// What failed.
    pub reasons: Vec<Reason>,
}
