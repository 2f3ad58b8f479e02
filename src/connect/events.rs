//! Blocks of events become [`Events`]: column by column, and what cannot be used is told in the order of the rows.

use super::block::{Block, MOST_DICTIONARY_BYTES, OfDistinct, Raw, filled_rows};
use super::event_columns::EventColumns;
use super::holders::Holders;
use super::intake::{Part, Reject, RejectKind};
use super::kinds::{Kind, Kinds};
use crate::calendar::Day;
use crate::model::Model;
use crate::table::{Column, Events, Texts};

/// Takes blocks of events of one file. Each thread has its own.
pub(super) struct EventTaker<'a> {
    file: &'a str,
    /// The name of all events of the file, where it has no column of names.
    fixed_name: Option<&'a str>,
    columns: EventColumns,
    kinds: Kinds<'a>,
    /// How many kinds were told of.
    kinds_told: usize,
    /// For each property of the model, whether any event of the block has it.
    has_property: Vec<bool>,
    events: Events,
    /// The events' own ids that came before.
    ids: Texts,
    heads: Heads,
    kinds_of_names: OfDistinct<Kind>,
    rows_of_ids: OfDistinct<u32>,
    days_of_times: OfDistinct<i32>,
    problems: Vec<Problem>,
}

/// The events of a block that can still be used, as far as they are known: column by column, each in its place.
#[derive(Debug, Default)]
struct Heads {
    /// Their rows in the block.
    rows: Vec<u32>,
    kinds: Vec<Kind>,
    contacts: Vec<u32>,
    days: Vec<i32>,
}

impl Heads {
    fn clear(&mut self) {
        self.rows.clear();
        self.kinds.clear();
        self.contacts.clear();
        self.days.clear();
    }

    /// Leaves out those of which this says so, which is given their place.
    fn leave_out(&mut self, is_left_out: impl Fn(&Heads, usize) -> bool) {
        let kept: Vec<bool> = (0..self.rows.len()).map(|at| !is_left_out(self, at)).collect();
        keep(&mut self.rows, &kept);
        keep(&mut self.kinds, &kept);
        keep(&mut self.contacts, &kept);
        keep(&mut self.days, &kept);
    }

    /// The places of those whose kind has something.
    fn having(&self, having: &[bool]) -> Vec<u32> {
        let (mut places, mut count) = (vec![0; self.kinds.len()], 0);
        // Without a branch, which nobody could foresee.
        for (at, kind) in (0..).zip(&self.kinds) {
            if let Some(place) = places.get_mut(count) {
                *place = at;
            }
            count += usize::from(having.get(kind.0 as usize) == Some(&true));
        }
        places.truncate(count);
        places
    }
}

fn keep<T>(values: &mut Vec<T>, kept: &[bool]) {
    let mut kept = kept.iter();
    values.retain(|_| kept.next() == Some(&true));
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

impl<'a> EventTaker<'a> {
    /// Takes events for a model.
    pub(super) fn new(model: &'a Model, file: &'a str, fixed_name: Option<&'a str>, columns: EventColumns) -> Self {
        Self {
            file,
            fixed_name,
            columns,
            kinds: Kinds::new(model),
            kinds_told: 0,
            has_property: vec![false; model.properties.len()],
            events: Events::new(model.property_types()),
            ids: Texts::default(),
            heads: Heads::default(),
            kinds_of_names: OfDistinct::default(),
            rows_of_ids: OfDistinct::default(),
            days_of_times: OfDistinct::default(),
            problems: Vec::new(),
        }
    }

    /// The events of a block that can be used. With the next block they are gone.
    pub(super) fn take<B: Block>(&mut self, block: &B, holders: &impl Holders, told: &mut Part) -> &Events {
        self.clear();
        self.find_rows(block);
        told.met().rows += self.heads.rows.len() as u64;
        self.leave_out_repeated(block);
        self.find_kinds(block, holders, told);
        self.find_contacts(block, holders);
        self.find_days(block);
        told.events(self.heads.rows.len());
        self.fill(block);
        self.tell_met(told);
        self.tell(block, holders, told);
        &self.events
    }

    /// The events that were taken last.
    pub(super) fn events(&self) -> &Events {
        &self.events
    }

    /// Forgets the events that were taken last.
    pub(super) fn clear(&mut self) {
        let vocabulary = self.events.vocabulary().generation();
        self.events.clear(MOST_DICTIONARY_BYTES);
        if self.events.vocabulary().generation() != vocabulary || self.kinds.bytes() > MOST_DICTIONARY_BYTES {
            self.forget_kinds();
        }
        self.heads.clear();
        self.problems.clear();
    }

    /// The events that were taken last, for good.
    pub(super) fn give_up(&mut self) -> Events {
        self.forget_kinds();
        let empty = self.events.emptied();
        std::mem::replace(&mut self.events, empty)
    }

    fn forget_kinds(&mut self) {
        self.kinds.forget();
        self.kinds_told = 0;
        self.kinds_of_names.forget();
    }

    /// The rows that are events.
    fn find_rows<B: Block>(&mut self, block: &B) {
        let problems = &mut self.problems;
        self.heads.rows = filled_rows(block, |row, cells, columns| {
            let trouble = Trouble::Uneven { cells, columns };
            problems.push(Problem { row, trouble });
        });
    }

    fn leave_out_repeated<B: Block>(&mut self, block: &B) {
        let Some(column) = self.columns.id else { return };
        let (habits, ids, problems) = (&self.columns.habits, &mut self.ids, &mut self.problems);
        self.heads.rows.retain(|row| {
            let Some(id) = habits.name_in(block, *row as usize, column) else {
                return true;
            };
            let before = ids.len();
            let is_new = ids.code(&id) as usize == before;
            if !is_new {
                problems.push(Problem::of(*row, Trouble::Repeated));
            }
            is_new
        });
    }

    /// Finds what each event is, and leaves out those that the rules do not count.
    fn find_kinds<B: Block>(&mut self, block: &B, holders: &impl Holders, told: &mut Part) {
        let (habits, heads) = (&self.columns.habits, &mut self.heads);
        let (kinds, events) = (&mut self.kinds, &mut self.events);
        match (self.fixed_name, self.columns.name) {
            (Some(name), _) => heads.kinds.resize(heads.rows.len(), kinds.of(name, events)),
            (None, None) => heads.kinds.resize(heads.rows.len(), Kind::NONE),
            (None, Some(column)) => {
                let coded = block.coded(column);
                self.kinds_of_names
                    .find_all(coded, &heads.rows, &mut heads.kinds, |row| {
                        let name = habits.name_in(block, row as usize, column);
                        name.map_or(Kind::NONE, |name| kinds.of(&name, events))
                    });
            }
        }
        let kinds = &self.kinds;
        if kinds.all_count() && !heads.kinds.contains(&Kind::NONE) {
            return;
        }
        let mut undeclared = Vec::new();
        for (row, kind) in heads.rows.iter().zip(&heads.kinds) {
            match *kind {
                Kind::NONE => self.problems.push(Problem::of(*row, Trouble::NoName)),
                kind if !kinds.count(kind) => undeclared.push((*row, kind)),
                _ => {}
            }
        }
        heads.leave_out(|heads, at| heads.kinds.get(at).is_none_or(|kind| !kinds.count(*kind)));
        self.tell_undeclared(block, &undeclared, holders, told);
    }

    fn tell_undeclared<B: Block>(&self, block: &B, events: &[(u32, Kind)], holders: &impl Holders, told: &mut Part) {
        let mut counts = vec![0u64; self.kinds.len()];
        for (row, kind) in events {
            let is_told = told.only().is_none() || told.only() == holders.id(block, *row).as_deref();
            if let Some(count) = counts.get_mut(kind.0 as usize).filter(|_| is_told) {
                *count += 1;
            }
        }
        for (kind, count) in (0..).map(Kind).zip(counts) {
            if count > 0 {
                told.undeclared_events(self.kinds.written(kind), count);
            }
        }
    }

    fn find_contacts<B: Block>(&mut self, block: &B, holders: &impl Holders) {
        let heads = &mut self.heads;
        holders.contacts(block, &heads.rows, &mut self.rows_of_ids, &mut heads.contacts);
        let nobodys = places_of(&heads.contacts, u32::MAX);
        if nobodys.is_empty() {
            return;
        }
        let rows = nobodys.iter().filter_map(|at| heads.rows.get(*at));
        self.problems
            .extend(rows.map(|row| Problem::of(*row, Trouble::NoContact)));
        heads.leave_out(|heads, at| heads.contacts.get(at) == Some(&u32::MAX));
    }

    fn find_days<B: Block>(&mut self, block: &B) {
        let (heads, columns) = (&mut self.heads, &mut self.columns);
        let (at, dates, habits) = (columns.at, &mut columns.at_dates, &columns.habits);
        let coded = block.coded(at);
        match block.moments(at).filter(|_| habits.missing.is_empty()) {
            Some(moments) => dates.days_of(moments, &heads.rows, &mut heads.days),
            None => self.days_of_times.find_all(coded, &heads.rows, &mut heads.days, |row| {
                let day = habits.day_in(block, row as usize, at, dates);
                day.map_or(Column::NO_DAY, Day::number)
            }),
        }
        let timeless = places_of(&heads.days, Column::NO_DAY);
        if timeless.is_empty() {
            return;
        }
        let rows = timeless.iter().filter_map(|at| heads.rows.get(*at));
        self.problems.extend(rows.map(|row| Problem::of(*row, Trouble::NoDay)));
        heads.leave_out(|heads, at| heads.days.get(at) == Some(&Column::NO_DAY));
    }

    /// Puts the events into the table, each with the properties that its kind has.
    fn fill<B: Block>(&mut self, block: &B) {
        let (heads, kinds, problems) = (&self.heads, &self.kinds, &mut self.problems);
        let (readings, has_property) = (&mut self.columns.properties, &mut self.has_property);
        let names = heads.kinds.iter().map(|kind| kinds.code(*kind));
        self.events
            .extend(&heads.contacts, names, &heads.days, |property, column| {
                let Some(Some((wanted, reading))) = readings.get_mut(property) else {
                    return;
                };
                let having = heads.having(&kinds.having(property));
                let has_any = reading.push_rows((block, *wanted), &heads.rows, &having, column, |row| {
                    problems.push(Problem::of(row, Trouble::Property(property)));
                });
                if let Some(has) = has_property.get_mut(property) {
                    *has |= has_any;
                }
            });
    }

    /// Tells which kinds of events were met, and which properties they have.
    fn tell_met(&mut self, told: &mut Part) {
        let met = told.met();
        for kind in (self.kinds_told..self.kinds.len()).map(|kind| Kind(kind as u32)) {
            match self.kinds.event(kind) {
                Some(event) => drop(met.events.insert(event)),
                None => drop(met.others.insert(self.kinds.written(kind).to_owned())),
            }
        }
        self.kinds_told = self.kinds.len();
        let properties = self.has_property.iter_mut().enumerate();
        let had = properties.filter_map(|(property, has)| std::mem::take(has).then_some(property));
        met.properties.extend(had);
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
            Trouble::NoDay => self.columns.at_dates.complaint(written),
            Trouble::Property(property) => {
                let reading = self.columns.properties.get(property).and_then(Option::as_ref);
                reading.map_or_else(String::new, |(_, reading)| reading.complaint(written))
            }
        }
    }
}

impl Problem {
    fn of(row: u32, trouble: Trouble) -> Problem {
        Problem { row, trouble }
    }
}

/// Where a value stands in a column.
fn places_of<T: PartialEq>(values: &[T], value: T) -> Vec<usize> {
    // Hardly ever is it there at all, and looking for it alone is quick.
    match values.contains(&value) {
        true => (0..values.len()).filter(|at| values.get(*at) == Some(&value)).collect(),
        false => Vec::new(),
    }
}

/// How a row's cells differ from its header's.
pub(super) fn unevenness(cells: usize, columns: usize) -> String {
    let of = if cells == 1 { "cell" } else { "cells" };
    format!("{cells} {of} under {columns} columns")
}
