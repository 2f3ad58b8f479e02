//! Scores: what comes of a run for each contact, column by column.

use crate::calendar::Day;
use crate::model::{BlockId, FormulaId, Labelled, ScoreId};
use crate::number::Number;
use crate::plan::{Holds, NodeId, Plan, ResultColumn};
use crate::table::{Column, Contacts};

use super::evaluate::Rows;
use super::values::Values;

/// The scores, bands, classes and exclusions of contacts on a day. A contact is named by its row in the [`Contacts`]
/// with which the run was finished.
#[derive(Clone, Debug)]
pub struct Scores {
    pub(super) as_of: Day,
    pub(super) columns: Vec<ResultColumn>,
    pub(super) values: Vec<Values>,
    pub(super) exclusions: Values,
    pub(super) reasons: Vec<String>,
    pub(super) broken: Vec<Vec<u32>>,
    pub(super) events: EventCounts,
    pub(super) rows: usize,
}

/// Events that did not count, and how many there were in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EventCounts {
    /// All events.
    pub all: u64,
    /// Those after the day of scoring.
    pub future: u64,
    /// Those, not in the future, whose name is not declared, where the file declares events.
    pub undeclared: u64,
    /// Those that an `ignore` statement picks.
    pub ignored: u64,
}

impl EventCounts {
    /// Adds those of other events.
    pub(super) fn add(&mut self, other: EventCounts) {
        self.all += other.all;
        self.future += other.future;
        self.undeclared += other.undeclared;
        self.ignored += other.ignored;
    }
}

/// What stands in one cell of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultCell<'a> {
    /// A score.
    Number(Number),
    /// An id, a label, `excluded`, or a reason.
    Text(&'a str),
    /// Nothing.
    Missing,
}

impl Scores {
    /// No scores yet.
    pub(super) fn new(plan: &Plan, as_of: Day, events: EventCounts) -> Scores {
        Scores {
            as_of,
            columns: plan.columns.clone(),
            values: plan.columns.iter().map(|column| empty(&column.holds)).collect(),
            exclusions: Values::Codes(Vec::new()),
            reasons: plan.reasons.clone(),
            broken: vec![Vec::new(); plan.promises.len()],
            events,
            rows: 0,
        }
    }

    /// Adds the results of a chunk of contacts.
    pub(super) fn append(&mut self, plan: &Plan, values: &[Values], rows: Rows<'_>) {
        let of = |node: NodeId| values.get(node.index());
        for (column, kept) in plan.columns.iter().zip(&mut self.values) {
            if let Some(values) = column.holds.node().and_then(of) {
                kept.append(values);
            }
        }
        if let Some(exclusions) = of(plan.exclusion) {
            self.exclusions.append(exclusions);
        }
        self.rows += rows.len();
        for (promise, broken) in plan.promises.iter().zip(&mut self.broken) {
            let flags = of(promise.node).map_or(&[][..], Values::flags).iter();
            let excluded = of(plan.exclusion).map_or(&[][..], Values::codes).iter();
            let judged = flags.zip(excluded).zip(rows.range());
            broken.extend(judged.filter_map(|((holds, excluded), row)| {
                (*holds == 0 && *excluded == Column::NO_TEXT).then_some(row as u32)
            }));
        }
    }

    /// The day of scoring.
    pub fn as_of(&self) -> Day {
        self.as_of
    }

    /// How many contacts there are.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The columns of the result, in their order.
    pub fn columns(&self) -> &[ResultColumn] {
        &self.columns
    }

    /// What stands in a column for a contact; the ids are those of the contacts.
    pub fn cell<'a>(&'a self, contacts: &'a Contacts, column: usize, row: usize) -> ResultCell<'a> {
        let Some(ResultColumn { holds, .. }) = self.columns.get(column) else {
            return ResultCell::Missing;
        };
        match holds {
            Holds::Id => ResultCell::Text(contacts.id(row)),
            Holds::Score { .. } => self.number(column, row).map_or(ResultCell::Missing, ResultCell::Number),
            Holds::Label { of: Labelled::Band, .. } if self.exclusion(row).is_some() => ResultCell::Text("excluded"),
            Holds::Label { labels, .. } => {
                let label = self
                    .choice(column, row)
                    .and_then(|label| labels.get(usize::from(label)));
                label.map_or(ResultCell::Missing, |label| ResultCell::Text(label))
            }
            Holds::Exclusion => self.reason(row).map_or(ResultCell::Missing, ResultCell::Text),
        }
    }

    /// The overall score; `None` for an excluded contact.
    pub fn overall(&self, row: usize) -> Option<Number> {
        self.score(ScoreId::Overall, row)
    }

    /// The value of a named block; `None` for an excluded contact, and for the top-level block, which is no result.
    pub fn block(&self, block: BlockId, row: usize) -> Option<Number> {
        self.score(ScoreId::Block(block), row)
    }

    /// The value of a formula; `None` for an excluded contact.
    pub fn formula(&self, formula: FormulaId, row: usize) -> Option<Number> {
        self.score(ScoreId::Formula(formula), row)
    }

    /// A score; `None` for an excluded contact.
    pub fn score(&self, score: ScoreId, row: usize) -> Option<Number> {
        let is_it = |column: &ResultColumn| matches!(&column.holds, Holds::Score { of, .. } if *of == score);
        self.number(self.columns.iter().position(is_it)?, row)
    }

    /// The place of a contact's label in [`Model::labels`](crate::model::Model::labels); `None` for no label and for
    /// an excluded contact.
    pub fn label(&self, labelled: Labelled, row: usize) -> Option<u16> {
        let is_it = |column: &ResultColumn| matches!(&column.holds, Holds::Label { of, .. } if *of == labelled);
        self.choice(self.columns.iter().position(is_it)?, row)
    }

    /// The label of the overall band; `None` for none and for an excluded contact.
    pub fn band(&self, row: usize) -> Option<&str> {
        self.label_text(Labelled::Band, row)
    }

    /// A contact's label; `None` for none and for an excluded contact.
    pub fn label_text(&self, labelled: Labelled, row: usize) -> Option<&str> {
        let place = usize::from(self.label(labelled, row)?);
        self.columns.iter().find_map(|column| match &column.holds {
            Holds::Label { of, labels, .. } if *of == labelled => labels.get(place).map(String::as_str),
            Holds::Label { .. } | Holds::Id | Holds::Score { .. } | Holds::Exclusion => None,
        })
    }

    /// The place of the exclusion that takes a contact out, in the order of the model.
    pub fn exclusion(&self, row: usize) -> Option<usize> {
        let code = self
            .exclusions
            .codes()
            .get(row)
            .filter(|code| **code != Column::NO_TEXT)?;
        Some(*code as usize)
    }

    /// Why a contact is excluded.
    pub fn reason(&self, row: usize) -> Option<&str> {
        self.reasons.get(self.exclusion(row)?).map(String::as_str)
    }

    /// The contacts that break each promise, in the order of the model, by their rows.
    pub fn broken_promises(&self) -> &[Vec<u32>] {
        &self.broken
    }

    /// The events that did not count.
    pub fn events(&self) -> EventCounts {
        self.events
    }

    fn number(&self, column: usize, row: usize) -> Option<Number> {
        let units = *self.values.get(column)?.numbers().get(row)?;
        let number = Number::from_units(i128::from(units));
        number.filter(|_| self.exclusion(row).is_none())
    }

    fn choice(&self, column: usize, row: usize) -> Option<u16> {
        let code = *self.values.get(column)?.codes().get(row)?;
        u16::try_from(code).ok().filter(|_| self.exclusion(row).is_none())
    }
}

fn empty(holds: &Holds) -> Values {
    match holds {
        Holds::Score { .. } => Values::Numbers(Vec::new()),
        Holds::Label { .. } | Holds::Id | Holds::Exclusion => Values::Codes(Vec::new()),
    }
}
