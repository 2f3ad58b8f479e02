//! Scores: what comes of a run for each contact, column by column.

use std::ops::Range;
use std::sync::Arc;

use crate::calendar::Day;
use crate::model::{BlockId, FormulaId, Labelled, ScoreId};
use crate::number::Number;
use crate::plan::{Holds, NodeId, Plan, ResultColumn, Shape};
use crate::table::{Column, Contacts};

use super::values::Values;

/// The scores, bands, classes and exclusions of contacts on a day. A contact is named by its row in the [`Contacts`]
/// with which the run was finished.
#[derive(Clone, Debug)]
pub struct Scores {
    as_of: Day,
    columns: Arc<[ResultColumn]>,
    reasons: Arc<[String]>,
    /// The values of each column, missing of the excluded, then the exclusions, then what the plan keeps besides.
    values: Vec<Kept>,
    broken: Vec<Vec<u32>>,
    events: EventCounts,
    rows: usize,
}

/// The values of a column.
#[derive(Clone, Debug)]
enum Kept {
    /// Scores.
    Numbers(Vec<i64>),
    /// Places of labels or of exclusions.
    Places(Vec<u32>),
    /// Nothing: ids are those of the contacts, and without exclusions nobody is excluded.
    Nothing,
}

/// What stands in a column for all contacts, by their rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultValues<'a> {
    /// The ids of the contacts.
    Ids,
    /// Scores in ten-thousandths; [`Column::NO_NUMBER`] for a missing one.
    Numbers(&'a [i64]),
    /// The places of texts; [`Column::NO_TEXT`] for a missing one. None at all where all are missing.
    Texts {
        /// The places.
        places: &'a [u32],
        /// The texts: labels, of which that of the excluded may be the last, or reasons.
        texts: &'a [String],
    },
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
    pub fn add(&mut self, other: EventCounts) {
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
    /// The scores of so many contacts, all missing yet.
    pub(super) fn new(plan: &Plan, as_of: Day, events: EventCounts, rows: usize) -> Scores {
        let exclusions = match plan.exclusions.is_empty() {
            true => Kept::Nothing,
            false => Kept::Places(vec![Column::NO_TEXT; rows]),
        };
        let columns = plan.columns.iter().map(|column| Kept::new(&column.holds, rows));
        let kept = plan.kept.iter().map(|node| Kept::of(plan.contacts.shape(*node), rows));
        Scores {
            as_of,
            columns: Arc::clone(&plan.columns),
            reasons: Arc::clone(&plan.reasons),
            values: columns.chain([exclusions]).chain(kept).collect(),
            broken: Vec::new(),
            events,
            rows,
        }
    }

    /// Parts of so many contacts, one after the other.
    pub(super) fn parts(&mut self, contacts: usize) -> impl Iterator<Item = Part<'_>> {
        let rows = self.rows;
        let mut rest: Vec<PartOf<'_>> = self.values.iter_mut().map(Kept::all).collect();
        (0..rows).step_by(contacts.max(1)).map(move |start| {
            let end = rows.min(start + contacts);
            let values = rest.iter_mut().map(|column| column.split_off(end - start));
            Part {
                rows: start..end,
                values: values.collect(),
            }
        })
    }

    /// Tells which contacts broke each promise.
    pub(super) fn set_broken(&mut self, broken: Vec<Vec<u32>>) {
        self.broken = broken;
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
            Holds::Label { .. } | Holds::Exclusion => {
                self.text(column, row).map_or(ResultCell::Missing, ResultCell::Text)
            }
        }
    }

    /// All that stands in a column; `None` where there is no such column.
    pub fn column(&self, column: usize) -> Option<ResultValues<'_>> {
        let texts = match &self.columns.get(column)?.holds {
            Holds::Id => return Some(ResultValues::Ids),
            Holds::Score { .. } => &[],
            Holds::Label { texts, .. } => &texts[..],
            Holds::Exclusion => &self.reasons[..],
        };
        let place = match &self.columns.get(column)?.holds {
            Holds::Exclusion => self.columns.len(),
            Holds::Id | Holds::Score { .. } | Holds::Label { .. } => column,
        };
        Some(match self.values.get(place)? {
            Kept::Numbers(numbers) => ResultValues::Numbers(numbers),
            Kept::Places(places) => ResultValues::Texts { places, texts },
            Kept::Nothing => ResultValues::Texts { places: &[], texts },
        })
    }

    /// What a node that the plan [keeps](Plan::keeping) came to, by its place among those: numbers, or the places of what
    /// was chosen, without texts. `None` where there is no such node.
    pub fn kept(&self, place: usize) -> Option<ResultValues<'_>> {
        Some(match self.values.get(self.columns.len() + 1 + place)? {
            Kept::Numbers(numbers) => ResultValues::Numbers(numbers),
            Kept::Places(places) => ResultValues::Texts { places, texts: &[] },
            Kept::Nothing => ResultValues::Texts {
                places: &[],
                texts: &[],
            },
        })
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
        let label = u16::try_from(self.place(self.column_of(labelled)?, row)?).ok()?;
        // The band of an excluded contact has a place, too, behind all others.
        (self.exclusion(row).is_none()).then_some(label)
    }

    fn column_of(&self, labelled: Labelled) -> Option<usize> {
        let is_it = |column: &ResultColumn| matches!(&column.holds, Holds::Label { of, .. } if *of == labelled);
        self.columns.iter().position(is_it)
    }

    /// The label of the overall band; `None` for none and for an excluded contact.
    pub fn band(&self, row: usize) -> Option<&str> {
        self.label_text(Labelled::Band, row)
    }

    /// A contact's label; `None` for none and for an excluded contact.
    pub fn label_text(&self, labelled: Labelled, row: usize) -> Option<&str> {
        let column = self.column_of(labelled)?;
        self.text(column, row).filter(|_| self.exclusion(row).is_none())
    }

    /// The place of the exclusion that takes a contact out, in the order of the model.
    pub fn exclusion(&self, row: usize) -> Option<usize> {
        let place = self.place(self.columns.len(), row)?;
        Some(place as usize)
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
        match self.values.get(column)? {
            Kept::Numbers(numbers) => Number::from_units(i128::from(*numbers.get(row)?)),
            Kept::Places(_) | Kept::Nothing => None,
        }
    }

    fn place(&self, column: usize, row: usize) -> Option<u32> {
        match self.values.get(column)? {
            Kept::Places(places) => places.get(row).copied().filter(|place| *place != Column::NO_TEXT),
            Kept::Numbers(_) | Kept::Nothing => None,
        }
    }

    fn text(&self, column: usize, row: usize) -> Option<&str> {
        match self.column(column)? {
            ResultValues::Texts { places, texts } => texts.get(*places.get(row)? as usize).map(String::as_str),
            ResultValues::Ids | ResultValues::Numbers(_) => None,
        }
    }
}

impl Kept {
    fn new(holds: &Holds, rows: usize) -> Kept {
        match holds {
            Holds::Score { .. } => Kept::Numbers(vec![0; rows]),
            Holds::Label { .. } => Kept::Places(vec![0; rows]),
            Holds::Id | Holds::Exclusion => Kept::Nothing,
        }
    }

    /// Room for the values of a node.
    fn of(shape: Shape, rows: usize) -> Kept {
        match shape {
            Shape::Number => Kept::Numbers(vec![0; rows]),
            Shape::Choice => Kept::Places(vec![0; rows]),
            Shape::Condition | Shape::Boolean | Shape::Date | Shape::Text | Shape::List => Kept::Nothing,
        }
    }

    fn all(&mut self) -> PartOf<'_> {
        match self {
            Kept::Numbers(numbers) => PartOf::Numbers(numbers),
            Kept::Places(places) => PartOf::Places(places),
            Kept::Nothing => PartOf::Nothing,
        }
    }
}

/// The results of some contacts, from one up to, not including, another, where they are to be put.
pub(super) struct Part<'a> {
    rows: Range<usize>,
    /// The values of each column, then the exclusions, then what the plan keeps besides.
    values: Vec<PartOf<'a>>,
}

enum PartOf<'a> {
    Numbers(&'a mut [i64]),
    Places(&'a mut [u32]),
    Nothing,
}

impl<'a> PartOf<'a> {
    /// Takes the values of the next contacts.
    fn split_off(&mut self, contacts: usize) -> PartOf<'a> {
        match self {
            PartOf::Numbers(numbers) => match std::mem::take(numbers).split_at_mut_checked(contacts) {
                Some((next, rest)) => {
                    *numbers = rest;
                    PartOf::Numbers(next)
                }
                None => PartOf::Nothing,
            },
            PartOf::Places(places) => match std::mem::take(places).split_at_mut_checked(contacts) {
                Some((next, rest)) => {
                    *places = rest;
                    PartOf::Places(next)
                }
                None => PartOf::Nothing,
            },
            PartOf::Nothing => PartOf::Nothing,
        }
    }
}

impl PartOf<'_> {
    /// Puts the values of a node; what is missing of the excluded has a place of its own.
    fn fill(self, node: Option<&Values>, excluded: &[u32], of_excluded: u32) {
        match self {
            PartOf::Numbers(kept) => {
                let values = node.map(|node| &node.numbers[..]);
                fill(kept, values, excluded, [Column::NO_NUMBER; 2]);
            }
            PartOf::Places(kept) => {
                let values = node.map(|node| &node.codes[..]);
                fill(kept, values, excluded, [Column::NO_TEXT, of_excluded]);
            }
            PartOf::Nothing => {}
        }
    }
}

impl Part<'_> {
    /// The next of its rows, at most so many, from one up to, not including, another; `None` behind the last.
    pub(super) fn next_rows(&mut self, most: usize) -> Option<Range<usize>> {
        let start = self.rows.start;
        let end = self.rows.end.min(start + most);
        self.rows.start = end;
        (start < end).then_some(start..end)
    }

    /// Puts the results of the [next rows](Self::next_rows), and tells what they broke.
    pub(super) fn put(&mut self, plan: &Plan, values: &[Values], broken: &mut [Vec<u32>], rows: Range<usize>) {
        let of = |node: NodeId| values.get(node.index());
        let excluded = of(plan.exclusion).map_or(&[][..], |values| &values.codes);
        let mut kept = self.values.iter_mut().map(|kept| kept.split_off(rows.len()));
        for column in plan.columns.iter() {
            let of_excluded = column.holds.excluded().unwrap_or(Column::NO_TEXT);
            let node = column.holds.node().and_then(of);
            kept.next().unwrap_or(PartOf::Nothing).fill(node, excluded, of_excluded);
        }
        if let Some(PartOf::Places(kept)) = kept.next() {
            fill(kept, Some(excluded), &[], [Column::NO_TEXT; 2]);
        }
        for (node, kept) in plan.kept.iter().zip(kept) {
            kept.fill(of(*node), excluded, Column::NO_TEXT);
        }
        for (promise, broken) in plan.promises.iter().zip(broken) {
            let flags = of(promise.node).map_or(&[][..], |values| &values.flags).iter();
            let judged = flags.zip(excluded).zip(rows.clone());
            broken.extend(judged.filter_map(|((holds, excluded), row)| {
                (*holds == 0 && *excluded == Column::NO_TEXT).then_some(row as u32)
            }));
        }
    }
}

/// Puts values where they are kept; of contacts without one, and of the excluded, what is missing.
fn fill<T: Copy>(kept: &mut [T], values: Option<&[T]>, excluded: &[u32], [missing, of_excluded]: [T; 2]) {
    match values {
        Some(values) if values.len() == kept.len() => kept.copy_from_slice(values),
        Some(_) | None => kept.fill(missing),
    }
    for (value, excluded) in kept.iter_mut().zip(excluded) {
        if *excluded != Column::NO_TEXT {
            *value = of_excluded;
        }
    }
}
