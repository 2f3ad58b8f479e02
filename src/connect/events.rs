//! Blocks of events become [`Events`]: column by column, and what cannot be used is told in the order of the rows.

use super::block::{Block, OfDistinct, Raw, filled_rows};
use super::cell::{Habits, Outcome, Reading};
use super::event_columns::EventColumns;
use super::intake::{Part, Reject, RejectKind};
use super::kinds::{Kind, Kinds};
use crate::model::Model;
use crate::table::{Column, Contacts, Events, Texts};

/// Takes blocks of events of one file. Each thread has its own.
pub(super) struct EventTaker<'a> {
    file: &'a str,
    /// The name of all events of the file, where it has no column of names.
    fixed_name: Option<&'a str>,
    columns: EventColumns,
    kinds: Kinds<'a>,
    events: Events,
    /// The events' own ids that came before.
    ids: Texts,
    /// The events of the block that can still be used.
    new: Vec<NewEvent>,
    problems: Vec<Problem>,
}

/// An event, but for its properties, as far as it is known.
#[derive(Clone, Copy, Debug)]
struct NewEvent {
    row: u32,
    kind: Kind,
    contact: u32,
    day: i32,
}

/// Whose the events of a block are.
pub(super) trait Holders {
    /// Adds the row of the contact of each of these events, [`u32::MAX`] where it has none that is known.
    fn contacts<B: Block>(&self, block: &B, events: impl Iterator<Item = u32>, contacts: &mut Vec<u32>);

    /// The id of an event's contact as it is written; `None` where none is.
    fn id<B: Block>(&self, block: &B, event: u32) -> Option<String>;
}

/// Something in a row that cannot be used. In a row, they are told in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Problem {
    row: u32,
    trouble: Trouble,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Trouble {
    Uneven { cells: usize, columns: usize },
    Repeated,
    NoName,
    NoContact,
    NoDay,
    Property(usize),
}

/// The most bytes that a dictionary may keep from one block to the next.
const MOST_DICTIONARY_BYTES: usize = 16 * 1024 * 1024;

impl<'a> EventTaker<'a> {
    /// Takes events for a model.
    pub(super) fn new(model: &'a Model, file: &'a str, fixed_name: Option<&'a str>, columns: EventColumns) -> Self {
        Self {
            file,
            fixed_name,
            columns,
            kinds: Kinds::new(model),
            events: Events::new(model.property_types()),
            ids: Texts::default(),
            new: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// The events of a block that can be used. With the next block they are gone.
    pub(super) fn take<B: Block>(&mut self, block: &B, holders: &impl Holders, told: &mut Part) -> &Events {
        self.clear();
        self.find_rows(block);
        self.leave_out_repeated(block);
        self.find_kinds(block, holders, told);
        self.find_contacts(block, holders);
        self.find_days(block);
        told.events(self.new.len());
        self.fill(block);
        self.tell(block, holders, told);
        &self.events
    }

    /// The events that were taken last.
    pub(super) fn events(&self) -> &Events {
        &self.events
    }

    /// Forgets the events that were taken last.
    pub(super) fn clear(&mut self) {
        self.events.clear(MOST_DICTIONARY_BYTES);
        self.problems.clear();
    }

    /// The events that were taken last, for good.
    pub(super) fn give_up(&mut self) -> Events {
        self.kinds.forget();
        let empty = self.events.emptied();
        std::mem::replace(&mut self.events, empty)
    }

    /// The rows that are events.
    fn find_rows<B: Block>(&mut self, block: &B) {
        let event = |row| NewEvent {
            row,
            kind: Kind(u32::MAX),
            contact: u32::MAX,
            day: Column::NO_DAY,
        };
        let problems = &mut self.problems;
        let rows = filled_rows(block, |row, cells, columns| {
            let trouble = Trouble::Uneven { cells, columns };
            problems.push(Problem { row, trouble });
        });
        self.new.clear();
        self.new.extend(rows.into_iter().map(event));
    }

    fn leave_out_repeated<B: Block>(&mut self, block: &B) {
        let Some(column) = self.columns.id else { return };
        let (habits, ids, problems) = (&self.columns.habits, &mut self.ids, &mut self.problems);
        self.new.retain(|event| {
            let value = block.value(event.row as usize, column);
            let Some(id) = habits.name(&value) else { return true };
            let before = ids.len();
            let is_new = ids.code(&id) as usize == before;
            if !is_new {
                problems.push(Problem::of(event, Trouble::Repeated));
            }
            is_new
        });
    }

    /// Finds what each event is, and leaves out those that the rules do not count.
    fn find_kinds<B: Block>(&mut self, block: &B, holders: &impl Holders, told: &mut Part) {
        let (habits, column) = (&self.columns.habits, self.columns.name);
        let (kinds, events, problems) = (&mut self.kinds, &mut self.events, &mut self.problems);
        let fixed = self.fixed_name.map(|name| kinds.of(name, events));
        let mut of_names = OfDistinct::new(column.and_then(|column| block.coded(column)));
        let mut undeclared = Vec::new();
        self.new.retain_mut(|event| {
            let row = event.row as usize;
            let text = column
                .filter(|_| !of_names.is_coded())
                .and_then(|column| block.text(row, column));
            let kind = match (fixed, text) {
                (Some(kind), _) => Some(kind),
                (None, Some(text)) => habits.name_text(text).map(|name| kinds.of(name, events)),
                (None, None) => {
                    let value = || column.map_or(Raw::Missing, |column| block.value(row, column));
                    of_names.get(event.row, value, |name| Some(kinds.of(&habits.name(name)?, events)))
                }
            };
            let Some(kind) = kind else {
                problems.push(Problem::of(event, Trouble::NoName));
                return false;
            };
            event.kind = kind;
            if !kinds.count(kind) {
                undeclared.push(*event);
            }
            kinds.count(kind)
        });
        self.tell_undeclared(block, &undeclared, holders, told);
    }

    fn tell_undeclared<B: Block>(&self, block: &B, events: &[NewEvent], holders: &impl Holders, told: &mut Part) {
        let mut counts: Vec<(Kind, u64)> = Vec::new();
        for event in events {
            if told.only().is_some() && told.only() != holders.id(block, event.row).as_deref() {
                continue;
            }
            match counts.iter_mut().find(|(known, _)| *known == event.kind) {
                Some((_, count)) => *count += 1,
                None => counts.push((event.kind, 1)),
            }
        }
        for (kind, count) in counts {
            told.undeclared_events(self.kinds.written(kind), count);
        }
    }

    fn find_contacts<B: Block>(&mut self, block: &B, holders: &impl Holders) {
        let mut contacts = Vec::with_capacity(self.new.len());
        holders.contacts(block, self.new.iter().map(|event| event.row), &mut contacts);
        let mut contacts = contacts.into_iter();
        let problems = &mut self.problems;
        self.new.retain_mut(|event| {
            event.contact = contacts.next().unwrap_or(u32::MAX);
            if event.contact == u32::MAX {
                problems.push(Problem::of(event, Trouble::NoContact));
            }
            event.contact != u32::MAX
        });
    }

    fn find_days<B: Block>(&mut self, block: &B) {
        let EventColumns {
            at, at_dates, habits, ..
        } = &mut self.columns;
        let problems = &mut self.problems;
        let mut of_times = OfDistinct::new(block.coded(*at));
        self.new.retain_mut(|event| {
            let row = event.row as usize;
            let day = if of_times.is_coded() {
                of_times.get(event.row, || block.value(row, *at), |time| habits.day(time, at_dates))
            } else if let Some(moment) = block.moment(row, *at) {
                at_dates.day_of(moment)
            } else if let Some(text) = block.text(row, *at) {
                habits.name_text(text).and_then(|text| at_dates.day(text))
            } else {
                habits.day(&block.value(row, *at), at_dates)
            };
            let Some(day) = day else {
                problems.push(Problem::of(event, Trouble::NoDay));
                return false;
            };
            event.day = day.number();
            true
        });
    }

    /// Puts the events into the table, each with the properties that its kind has.
    fn fill<B: Block>(&mut self, block: &B) {
        let (new, kinds, problems) = (&self.new, &self.kinds, &mut self.problems);
        let readings = &mut self.columns.properties;
        let heads = new
            .iter()
            .map(|event| (event.contact, kinds.code(event.kind), event.day));
        self.events.extend(heads, |property, column| {
            let Some(Some((wanted, reading))) = readings.get_mut(property) else {
                return;
            };
            let having = kinds.having(property);
            let has = |event: &NewEvent| having.get(event.kind.0 as usize) == Some(&true);
            let rows = new.iter().map(|event| has(event).then_some(event.row as usize));
            read_column(block, *wanted, reading, rows, column, |row| {
                problems.push(Problem {
                    row,
                    trouble: Trouble::Property(property),
                });
            });
        });
    }

    /// Tells what cannot be used, in the order of the rows.
    fn tell<B: Block>(&mut self, block: &B, holders: &impl Holders, told: &mut Part) {
        self.problems.sort_unstable();
        for problem in &self.problems {
            let id = holders.id(block, problem.row);
            let (kind, wanted) = self.rejected(problem.trouble);
            let value = wanted.map_or(Raw::Missing, |wanted| block.value(problem.row as usize, wanted));
            let reject = Reject {
                kind,
                file: self.file,
                row: block.line(problem.row as usize),
                column: self.columns.name_of(wanted),
                value: &value.written(),
                contact: id.as_deref(),
            };
            told.reject(&reject, || self.reason(problem.trouble, reject.value, id.is_some()));
        }
    }

    fn rejected(&self, trouble: Trouble) -> (RejectKind, Option<usize>) {
        let columns = &self.columns;
        match trouble {
            Trouble::Uneven { .. } => (RejectKind::UnevenRow, None),
            Trouble::Repeated => (RejectKind::DuplicateEvent, columns.id),
            Trouble::NoName => (RejectKind::EventWithoutName, columns.name),
            Trouble::NoContact => (RejectKind::UnknownContact, columns.contact),
            Trouble::NoDay => (RejectKind::EventWithoutDay, Some(columns.at)),
            Trouble::Property(property) => {
                let source = columns.properties.get(property).and_then(Option::as_ref);
                (RejectKind::BadValue, source.map(|(wanted, _)| *wanted))
            }
        }
    }

    fn reason(&self, trouble: Trouble, written: &str, names_contact: bool) -> String {
        match trouble {
            Trouble::Uneven { cells, columns } => unevenness(cells, columns),
            Trouble::Repeated => "an id that came before in this file".to_owned(),
            Trouble::NoName => "no name".to_owned(),
            Trouble::NoContact if names_contact => "the id of no contact".to_owned(),
            Trouble::NoContact => "no contact".to_owned(),
            Trouble::NoDay if written.is_empty() => "no time".to_owned(),
            Trouble::NoDay => self.columns.at_dates.complaint(),
            Trouble::Property(property) => {
                let reading = self.columns.properties.get(property).and_then(Option::as_ref);
                reading.map_or_else(String::new, |(_, reading)| reading.complaint())
            }
        }
    }
}

impl Problem {
    fn of(event: &NewEvent, trouble: Trouble) -> Problem {
        Problem {
            row: event.row,
            trouble,
        }
    }
}

/// How a row's cells differ from its header's.
pub(super) fn unevenness(cells: usize, columns: usize) -> String {
    let of = if cells == 1 { "cell" } else { "cells" };
    format!("{cells} {of} under {columns} columns")
}

/// Adds values of a column of a block to a column of a table, missing ones for rows that are none. Tells the rows of bad
/// ones, and returns whether any value was there.
pub(super) fn read_column<B: Block>(
    block: &B,
    wanted: usize,
    reading: &mut Reading,
    rows: impl Iterator<Item = Option<usize>>,
    column: &mut Column,
    mut bad: impl FnMut(u32),
) -> bool {
    let mut any = false;
    let mut tell = |row: usize, outcome: Outcome| {
        any |= outcome != Outcome::Missing;
        if outcome == Outcome::Bad {
            bad(row as u32);
        }
    };
    let Some(coded) = block.coded(wanted) else {
        let mut missing = 0;
        for row in rows {
            match row {
                None => missing += 1,
                Some(row) => {
                    column.push_missing(std::mem::take(&mut missing));
                    tell(row, reading.push_from(block, row, wanted, column));
                }
            }
        }
        column.push_missing(missing);
        return any;
    };
    // Each distinct value is read once, when it is first met.
    let mut distinct = column.emptied();
    let mut known = OfDistinct::new(Some(coded));
    let mut read = |value: &Raw<'_>| {
        let outcome = reading.push(value, &mut distinct);
        (distinct.len() - 1, outcome)
    };
    let places: Vec<usize> = rows
        .map(|row| {
            let Some(row) = row else { return usize::MAX };
            let (place, outcome) = known.get(row as u32, || block.value(row, wanted), &mut read);
            tell(row, outcome);
            place
        })
        .collect();
    column.extend(&distinct, places.into_iter());
    any
}

/// The contacts of events that name them in a column.
pub(super) struct Named<'a> {
    pub(super) contacts: &'a Contacts,
    pub(super) column: Option<usize>,
    pub(super) habits: &'a Habits,
}

/// So many ids are looked up together.
const IDS_AT_ONCE: usize = 64;

impl Holders for Named<'_> {
    fn contacts<B: Block>(&self, block: &B, events: impl Iterator<Item = u32>, contacts: &mut Vec<u32>) {
        let Some(column) = self.column else {
            contacts.extend(events.map(|_| u32::MAX));
            return;
        };
        let (mut events, mut ids) = (events, Vec::with_capacity(IDS_AT_ONCE));
        loop {
            let some = events.by_ref().take(IDS_AT_ONCE);
            // No contact has an empty id.
            ids.extend(some.map(|event| {
                let id = self.habits.name_in(block, event as usize, column);
                id.unwrap_or_default()
            }));
            if ids.is_empty() {
                return;
            }
            self.contacts.rows(&ids, contacts);
            ids.clear();
        }
    }

    fn id<B: Block>(&self, block: &B, event: u32) -> Option<String> {
        let value = block.value(event as usize, self.column?);
        Some(self.habits.name(&value)?.into_owned())
    }
}
