//! A file of contacts becomes [`Contacts`], part by part, and the events that they hold become [`Events`].

use super::absent::{EmptyFile, RowKind};
use super::block::{Block, Fault, Held, MOST_DICTIONARY_BYTES, OfDistinct, Raw, Wanted, column_name, filled_rows};
use super::cell::Reading;
use super::config::{ContactsFile, Delimiter};
use super::contact_columns::{EVENTS, ID, absent_fields, events_column, habits, readings, wanted};
use super::event_columns::EventColumns;
use super::events::{EventTaker, unevenness};
use super::format::{Columns, FileToRead, ForFormat, Format, Opened, Parser as _, Pieces as _};
use super::habits::Habits;
use super::holders::Holders;
use super::intake::{self, Intake, Reject, RejectKind, shortened};
use super::lines::Lines;
use super::{Error, files};
use crate::model::Model;
use crate::table::{Contacts, Events};
use crate::threads;

/// Some contacts of a file, with all events that they hold.
pub struct Part<'p, 'm> {
    contacts: &'p mut Contacts,
    events: &'p mut EventTaker<'m>,
}

impl Part<'_, '_> {
    /// The contacts.
    pub fn contacts(&self) -> &Contacts {
        self.contacts
    }

    /// Their events, each with the row of its contact among these.
    pub fn events(&self) -> &Events {
        self.events.events()
    }

    /// Both, for good.
    pub(super) fn take(self) -> (Contacts, Events) {
        let empty = self.contacts.emptied();
        (std::mem::replace(self.contacts, empty), self.events.give_up())
    }
}

/// The reading of a file of contacts.
pub(super) struct ReadContacts<'a, W, F, T> {
    /// The file.
    pub(super) file: &'a ContactsFile,
    /// What separates its cells, where the file does not say so.
    pub(super) delimiter: Delimiter,
    /// The model whose fields are read.
    pub(super) model: &'a Model,
    /// Who is told what cannot be used.
    pub(super) intake: &'a mut Intake,
    /// What each thread has for itself.
    pub(super) workers: &'a mut [W],
    /// Makes something of a part, and of its contacts what is kept.
    pub(super) work: F,
    /// Takes what was made of each part, in order, with the row of its first contact.
    pub(super) take: T,
}

/// What a part leaves.
struct Kept<R> {
    contacts: Contacts,
    /// The line of each contact.
    lines: Vec<u64>,
    /// Which fields any of them has.
    seen: Vec<bool>,
    /// Why the part ends before its last row.
    failure: Option<Error>,
    told: intake::Part,
    made: R,
}

impl<W, F, T, R> ForFormat for ReadContacts<'_, W, F, T>
where
    W: Send,
    F: Fn(&mut W, Part<'_, '_>) -> (Contacts, R) + Sync,
    T: FnMut(u32, R) -> Result<(), Error> + Send,
    R: Send,
{
    type Output = Result<Contacts, Error>;

    fn run<Of: Format>(self) -> Result<Contacts, Error> {
        let ReadContacts {
            file,
            delimiter,
            model,
            intake,
            workers,
            work,
            mut take,
        } = self;
        let path = file.path.as_deref().ok_or(Error::NoContacts)?;
        let (name, wanted) = (files::display(path), wanted(file, model));
        let held = EventColumns::nested(model, habits(file, model));
        let to_read = FileToRead {
            path,
            name: &name,
            delimiter: file.delimiter.unwrap_or(delimiter),
            encoding: file.encoding,
        };
        let columns = Columns {
            rows: &wanted,
            held: Some((events_column(model), &held.wanted)),
        };
        let opened = Of::open(to_read, columns)?;
        let Opened { mut pieces, parser, .. } = opened;
        let mut workers: Vec<_> = workers
            .iter_mut()
            .map(|worker| {
                (
                    worker,
                    parser.clone(),
                    ContactTaker::new(file, &name, model, &wanted, &held),
                )
            })
            .collect();
        intake.begin_events(&name, None);
        let accounts = intake.accounts();
        let mut all = All {
            file: &name,
            contacts: Contacts::default(),
            lines: Lines::default(),
            seen: vec![false; model.fields.len()],
        };
        threads::in_order(
            &mut workers,
            || pieces.next(),
            |(worker, parser, taker), piece| {
                let mut kept = Vec::new();
                let read = parser.read(piece, &mut |block| {
                    kept.push(taker.take(block, accounts.one(), |part| work(worker, part)));
                    Ok(())
                });
                // What stands before a mistake comes first: it may have a mistake of its own.
                Ok((kept, read))
            },
            |(parts, read)| {
                for part in parts {
                    let first = all.contacts.len() as u32;
                    intake.take_over(part.told);
                    all.add(part.contacts, part.lines, part.seen, part.failure)?;
                    take(first, part.made)?;
                }
                read
            },
        )?;
        let absent = &mut intake.absent;
        if all.contacts.is_empty() {
            let (of, file) = (RowKind::Contact, name.clone());
            absent.empty_files.push(EmptyFile { of, file });
        } else {
            let fields = (0..).zip(model.fields.iter().zip(all.seen));
            let read = fields
                .filter(|(at, _)| intake.reads.fields.contains(at))
                .map(|(_, field)| field);
            absent.columns.extend(absent_fields(file, &name, read, &opened.columns));
        }
        Ok(all.contacts)
    }
}

/// All contacts so far.
struct All<'a> {
    file: &'a str,
    contacts: Contacts,
    lines: Lines,
    seen: Vec<bool>,
}

impl All<'_> {
    fn add(
        &mut self,
        contacts: Contacts,
        lines: Vec<u64>,
        seen: Vec<bool>,
        failure: Option<Error>,
    ) -> Result<(), Error> {
        if self.contacts.is_empty() {
            self.contacts = contacts.emptied();
        }
        self.lines.extend(&lines);
        if let Err((row, first)) = self.contacts.append(&contacts) {
            return Err(Error::RepeatedContact {
                file: self.file.to_owned(),
                row: lines.get(row).copied().unwrap_or(0),
                id: shortened(contacts.id(row)),
                first: self.lines.line(first).unwrap_or(0),
            });
        }

        for (any, seen) in self.seen.iter_mut().zip(seen) {
            *any |= seen;
        }
        failure.map_or(Ok(()), Err)
    }
}

/// Takes blocks of contacts. Each thread has its own.
struct ContactTaker<'a> {
    file: &'a str,
    id_column: &'a str,
    habits: Habits,
    readings: Vec<Reading>,
    wanted: &'a [Wanted],
    /// The column of events, unless it is also that of a field.
    no_list: Option<usize>,
    contacts: Contacts,
    events: EventTaker<'a>,
}

impl<'a> ContactTaker<'a> {
    fn new(file: &'a ContactsFile, name: &'a str, model: &'a Model, wanted: &'a [Wanted], held: &EventColumns) -> Self {
        let column = events_column(model);
        let is_read = wanted.iter().take(column).any(|of| column_name(&of.name) == EVENTS);
        Self {
            file: name,
            no_list: (!is_read).then_some(column),
            id_column: &file.id,
            habits: habits(file, model),
            readings: readings(file, model),
            wanted,
            contacts: Contacts::new(model.field_types()),
            events: EventTaker::new(model, name, None, held.clone()),
        }
    }

    /// Makes something of the contacts of a block.
    fn take<B: Block, R>(
        &mut self,
        block: &B,
        mut told: intake::Part,
        work: impl FnOnce(Part<'_, 'a>) -> (Contacts, R),
    ) -> Kept<R> {
        let mut problems = Vec::new();
        let mut rows = filled_rows(block, |row, cells, columns| {
            let trouble = Trouble::Uneven { cells, columns };
            problems.push(Problem { row, trouble });
        });
        let failure = self.find_ids(block, &mut rows);
        let seen = self.read_fields(block, &rows, &mut problems);
        self.tell(block, problems, &mut told);
        self.take_held(block, &rows, &mut told);
        told.contacts(rows.len());
        let lines = rows.iter().map(|row| block.line(*row as usize)).collect();
        let (contacts, made) = work(Part {
            contacts: &mut self.contacts,
            events: &mut self.events,
        });
        Kept {
            contacts,
            lines,
            seen,
            failure,
            told,
            made,
        }
    }

    /// Reads the ids of these rows, and drops the rows from the first on that has none: nobody can tell who that is.
    fn find_ids<B: Block>(&mut self, block: &B, rows: &mut Vec<u32>) -> Option<Error> {
        let (habits, contacts) = (&self.habits, &mut self.contacts);
        contacts.clear(MOST_DICTIONARY_BYTES);
        let nameless = rows.iter().position(|row| {
            let name = habits.name_in(block, *row as usize, ID);
            name.map(|name| contacts.put(&name)).is_none()
        })?;
        let row = rows.get(nameless).map_or(0, |row| *row as usize);
        rows.truncate(nameless);
        Some(Error::ContactWithoutId {
            file: self.file.to_owned(),
            row: block.line(row),
            column: self.id_column.to_owned(),
            written: shortened(&block.value(row, ID).written()),
        })
    }

    /// Reads the fields of these rows. Returns which of them any row has.
    fn read_fields<B: Block>(&mut self, block: &B, rows: &[u32], problems: &mut Vec<Problem>) -> Vec<bool> {
        let readings = &mut self.readings;
        let mut seen = vec![false; readings.len()];
        let all: Vec<u32> = (0..rows.len() as u32).collect();
        self.contacts.fill(|field, column| {
            let (Some(reading), Some(seen)) = (readings.get_mut(field), seen.get_mut(field)) else {
                return;
            };
            *seen = reading.push_rows((block, field + 1), rows, &all, column, |row| {
                problems.push(Problem {
                    row,
                    trouble: Trouble::Field(field),
                });
            });
        });
        seen
    }

    /// Tells what cannot be used, in the order of the rows.
    fn tell<B: Block>(&self, block: &B, mut problems: Vec<Problem>, told: &mut intake::Part) {
        problems.sort_unstable();
        for Problem { row, trouble } in problems {
            let id = block.value(row as usize, ID);
            let id = self.habits.name(&id);
            let (kind, column) = match trouble {
                Trouble::Uneven { .. } => (RejectKind::UnevenRow, None),
                Trouble::Field(field) => (RejectKind::BadValue, Some(field + 1)),
            };
            let value = column.map_or(Raw::Missing, |column| block.value(row as usize, column));
            let reject = Reject {
                kind,
                file: self.file,
                row: block.line(row as usize),
                column: column
                    .and_then(|column| self.wanted.get(column))
                    .map_or("", |wanted| &wanted.name),
                value: &value.written(),
                contact: id.as_deref(),
            };
            told.reject(&reject, || match trouble {
                Trouble::Uneven { cells, columns } => unevenness(cells, columns),
                Trouble::Field(field) => {
                    let reading = self.readings.get(field);
                    reading.map_or_else(String::new, |reading| reading.complaint(reject.value))
                }
            });
        }
    }

    /// Reads the events that the contacts hold.
    fn take_held<B: Block>(&mut self, block: &B, rows: &[u32], told: &mut intake::Part) {
        self.events.clear();
        let held = block.held();
        self.tell_no_events(block, rows, held.as_ref().map_or(&[], |held| held.faults), told);
        let Some(held) = held else { return };
        let holders = Holding {
            block,
            habits: &self.habits,
            held: &held,
            rows,
        };
        self.events.take(held.events, &holders, told);
    }

    /// Tells what stands in the place of events or among them and is none, in the order of the rows.
    fn tell_no_events<B: Block>(&self, block: &B, rows: &[u32], faults: &[Fault], told: &mut intake::Part) {
        let faults = faults
            .iter()
            .map(|fault| (fault.holder, fault.written.clone(), "not an event"));
        let no_lists = rows
            .iter()
            .filter_map(|row| Some((*row, self.no_list(block, *row)?, "not an array of events")));
        let mut no_events: Vec<(u32, String, &str)> = faults.chain(no_lists).collect();
        no_events.sort_by_key(|(row, ..)| *row);
        for (row, written, reason) in no_events {
            let id = block.value(row as usize, ID);
            let id = self.habits.name(&id);
            let reject = Reject {
                kind: RejectKind::BadValue,
                file: self.file,
                row: block.line(row as usize),
                column: EVENTS,
                value: &written,
                contact: id.as_deref(),
            };
            told.reject(&reject, || reason.to_owned());
        }
    }

    /// What a contact has in the column of events, if that is something and no list.
    fn no_list<B: Block>(&self, block: &B, row: u32) -> Option<String> {
        let value = block.value(row as usize, self.no_list?);
        if matches!(value, Raw::Missing | Raw::Array(_)) {
            return None;
        }
        let written = value.written();
        (!self.habits.means_missing(&written)).then(|| written.into_owned())
    }
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
    Field(usize),
}

/// The contacts that hold events.
struct Holding<'a, B: Block> {
    block: &'a B,
    habits: &'a Habits,
    held: &'a Held<'a, B::Events>,
    /// The rows of the block that are contacts, in order.
    rows: &'a [u32],
}

impl<H: Block> Holders for Holding<'_, H> {
    fn contacts<B: Block>(&self, _: &B, events: &[u32], _: &mut OfDistinct<u32>, contacts: &mut Vec<u32>) {
        contacts.extend(events.iter().map(|event| {
            let Some(holder) = self.held.holders.get(*event as usize) else {
                return u32::MAX;
            };
            // Hardly ever is a row no contact.
            if self.rows.get(*holder as usize) == Some(holder) {
                return *holder;
            }
            self.rows.binary_search(holder).map_or(u32::MAX, |place| place as u32)
        }));
    }

    fn id<B: Block>(&self, _: &B, event: u32) -> Option<String> {
        let holder = *self.held.holders.get(event as usize)?;
        let value = self.block.value(holder as usize, ID);
        Some(self.habits.name(&value)?.into_owned())
    }
}
