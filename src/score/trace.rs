//! Traces: what every node and signal of a run came to, for each contact.

use crate::calendar::Day;
use crate::number::Number;
use crate::plan::{DayPlan, Graph, NodeId, Plan, RuleParts, Shape, SignalId};
use crate::table::{Column, Contacts, Texts};

use super::batch::Batch;
use super::evaluate::Evaluator;
use super::limits::keep_newest;
use super::selection::Chosen;
use super::texts::TextResults;
use super::values::Values;

/// What the nodes and signals of a plan came to. A contact is named by its row.
#[derive(Debug)]
pub struct Trace<'a> {
    day: &'a DayPlan<'a>,
    values: Vec<Option<Values>>,
    texts: Texts,
    picks: Picks,
}

/// The value of a node for a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Datum<'a> {
    /// No value.
    Missing,
    /// A condition or a boolean.
    Boolean(bool),
    /// A number.
    Number(Number),
    /// A day.
    Date(Day),
    /// A text.
    Text(&'a str),
    /// A list that is known; its elements are in the contact's column.
    List,
    /// The place of a label, a row or an exclusion among its like.
    Choice(usize),
}

/// An event that a signal picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Picked {
    /// The contact's row.
    pub contact: u32,
    /// When it happened.
    pub day: Day,
    /// Its place among all events of the run, in the order of their arrival.
    pub ordinal: u64,
    name: u32,
}

/// An event that an occurrence rule picked, and what it is worth there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The event.
    pub event: Picked,
    /// Whether the limits keep it.
    pub kept: bool,
    /// What it is worth after fading, if it is kept.
    pub points: Number,
}

impl<'a> Trace<'a> {
    pub(super) fn new(day: &'a DayPlan<'a>, mut picks: Picks) -> Trace<'a> {
        picks.settle();
        Trace {
            day,
            values: vec![None; day.plan().contacts.nodes().len()],
            texts: Texts::default(),
            picks,
        }
    }

    /// Adds the values of a chunk of contacts.
    pub(super) fn append(&mut self, evaluator: &Evaluator<'_>, known: &TextResults<'_>, contacts: &Contacts) {
        for step in &self.day.plan().steps {
            let Some(values) = evaluator.values.get(step.index()) else {
                continue;
            };
            let own = own_codes(
                &mut self.texts,
                (evaluator.graph, *step),
                known,
                contacts.columns(),
                values,
            );
            if let Some(kept) = self.values.get_mut(step.index()) {
                kept.get_or_insert_default().append(own.as_ref().unwrap_or(values));
            }
        }
    }

    /// The plan on its day.
    pub fn day(&self) -> &'a DayPlan<'a> {
        self.day
    }

    /// The value of a node for a contact; `None` where nothing needs the node, so that it was not computed.
    pub fn value(&self, node: NodeId, row: usize) -> Option<Datum<'_>> {
        let values = self.values.get(node.index())?.as_ref()?;
        let shape = self.day.plan().contacts.shape(node);
        Some(match shape {
            Shape::Condition | Shape::Boolean | Shape::List => flag(shape, *values.flags.get(row)?),
            Shape::Number => {
                let number = Number::from_units(i128::from(*values.numbers.get(row)?));
                number.map_or(Datum::Missing, Datum::Number)
            }
            Shape::Date => Day::from_number(*values.days.get(row)?).map_or(Datum::Missing, Datum::Date),
            Shape::Text | Shape::Choice => match *values.codes.get(row)? {
                Column::NO_TEXT => Datum::Missing,
                place if shape == Shape::Choice => Datum::Choice(place as usize),
                code => Datum::Text(self.texts.text(code)),
            },
        })
    }

    /// Whether a condition holds of a contact; `None` where it was not computed.
    pub fn holds(&self, condition: NodeId, row: usize) -> Option<bool> {
        match self.value(condition, row)? {
            Datum::Boolean(holds) => Some(holds),
            Datum::Missing | Datum::Number(_) | Datum::Date(_) | Datum::Text(_) | Datum::List | Datum::Choice(_) => {
                None
            }
        }
    }

    /// A number of a contact; `None` where it is missing or was not computed.
    pub fn number(&self, node: NodeId, row: usize) -> Option<Number> {
        match self.value(node, row)? {
            Datum::Number(number) => Some(number),
            Datum::Missing | Datum::Boolean(_) | Datum::Date(_) | Datum::Text(_) | Datum::List | Datum::Choice(_) => {
                None
            }
        }
    }

    /// The events of a contact that a signal picked, the oldest first; of one day, in the order of their arrival.
    pub fn picked(&self, signal: SignalId, row: usize) -> &[Picked] {
        self.picks.picked.of(signal, row)
    }

    /// The events of a contact that a signal would have picked without its window, and did not; in the same order.
    pub fn outside(&self, signal: SignalId, row: usize) -> &[Picked] {
        self.picks.outside.of(signal, row)
    }

    /// The name of an event.
    pub fn name(&self, picked: &Picked) -> &str {
        self.picks.names.text(picked.name)
    }

    /// The events that an occurrence rule picked of a contact, the oldest first, with what each is worth; none for
    /// other rules. Whether the rule's condition holds does not matter here.
    pub fn occurrences(&self, rule: &RuleParts, row: usize) -> Vec<Occurrence> {
        let RuleParts::Each {
            signal, worth, limits, ..
        } = rule
        else {
            return Vec::new();
        };
        let picked = self.picked(*signal, row);
        let mut occurrences: Vec<Occurrence> = picked
            .iter()
            .map(|event| Occurrence {
                event: *event,
                kept: false,
                points: Number::ZERO,
            })
            .collect();
        let newest_first = picked.chunk_by(|one, two| one.day == two.day).rev();
        let newest_first = newest_first.filter_map(|of_day| Some((of_day.first()?.day, of_day.len() as u64)));
        let mut left = occurrences.iter_mut().rev().peekable();
        keep_newest(newest_first, *limits, |day, kept| {
            let points = Number::saturating_from_units(i128::from(self.day.worth(*worth, day)));
            while left.next_if(|occurrence| occurrence.event.day > day).is_some() {}
            for occurrence in left.by_ref().take(usize::try_from(kept).unwrap_or(usize::MAX)) {
                (occurrence.kept, occurrence.points) = (true, points);
            }
        });
        occurrences
    }
}

fn flag(shape: Shape, flag: u8) -> Datum<'static> {
    match (shape, flag) {
        (_, Column::NO_BOOLEAN) | (Shape::List, 0) => Datum::Missing,
        (Shape::List, _) => Datum::List,
        (_, flag) => Datum::Boolean(flag == 1),
    }
}

/// The codes of a text node in the trace's own dictionary; `None` for other nodes.
fn own_codes(
    own: &mut Texts,
    planned: (&Graph, NodeId),
    known: &TextResults<'_>,
    columns: &[Column],
    values: &Values,
) -> Option<Values> {
    let (graph, node) = planned;
    if graph.shape(node) != Shape::Text {
        return None;
    }
    let codes = values.codes.iter().map(|code| {
        let text = known.text(columns, node, *code);
        text.map_or(Column::NO_TEXT, |text| own.code(text))
    });
    Some(Values {
        codes: codes.collect(),
        ..Values::default()
    })
}

/// The events that each signal picked, and those that only its window kept out.
#[derive(Debug, Default)]
pub(super) struct Picks {
    picked: BySignal,
    outside: BySignal,
    names: Texts,
    /// The codes in `names` of the present batch's names.
    codes: Vec<u32>,
}

/// Events for each signal.
#[derive(Debug, Default)]
struct BySignal(Vec<Vec<Picked>>);

impl Picks {
    pub(super) fn new(plan: &Plan) -> Picks {
        let none = || BySignal(vec![Vec::new(); plan.signals.len()]);
        Picks {
            picked: none(),
            outside: none(),
            ..Picks::default()
        }
    }

    /// Takes over the names of a batch.
    pub(super) fn learn_names(&mut self, vocabulary: &Texts) {
        self.codes = vocabulary.iter().map(|name| self.names.code(name)).collect();
    }

    /// Keeps the events of a batch that a signal's filter lets through, those in its window and those outside; so many
    /// events came before those of which the batch is a part.
    pub(super) fn record(&mut self, signal: SignalId, batch: &Batch<'_>, names: &[u32], before: u64) {
        let (mut inside, mut outside) = (Vec::new(), Vec::new());
        let passes = [batch.inside(signal, &mut inside), batch.outside(signal, &mut outside)];
        let codes = &self.codes;
        let Chosen { rows, contacts, days } = batch.events;
        let picked = |at: usize| {
            let row = *rows.get(at)?;
            Some(Picked {
                contact: *contacts.get(at)?,
                day: Day::from_number(*days.get(at)?)?,
                ordinal: before + u64::from(row),
                name: *codes.get(*names.get(row as usize)? as usize)?,
            })
        };
        for (picks, pass) in [&mut self.picked, &mut self.outside].into_iter().zip(passes) {
            if let Some(picks) = picks.0.get_mut(signal.index()) {
                picks.extend(batch.picked(pass).filter_map(picked));
            }
        }
    }

    /// Puts the events of each signal in order.
    fn settle(&mut self) {
        for picks in self.picked.0.iter_mut().chain(&mut self.outside.0) {
            picks.sort_unstable();
        }
    }
}

impl BySignal {
    /// The events of a contact.
    fn of(&self, signal: SignalId, row: usize) -> &[Picked] {
        let all = self.0.get(signal.index()).map_or(&[][..], Vec::as_slice);
        let start = all.partition_point(|picked| (picked.contact as usize) < row);
        let rest = all.get(start..).unwrap_or_default();
        let end = rest.partition_point(|picked| picked.contact as usize == row);
        rest.get(..end).unwrap_or_default()
    }
}
