//! A file of events becomes batches of [`Events`](crate::table::Events).

use super::Error;
use super::batches::{Batches, Kind, NewEvent};
use super::cell::{Habits, Outcome, Reading};
use super::config::EventsFile;
use super::contacts::report_uneven;
use super::dates::{DateFormat, DateReading};
use super::format::{About, InputFormat};
use super::intake::{Intake, Reject, RejectKind};
use super::row::{Raw, Row, TakeRows, Wanted, column_name};
use super::{files, stream};
use crate::model::{Model, Property};
use crate::table::{Contacts, Texts};

/// Reads a file of events of contacts that are known.
pub(super) fn read(
    file: &EventsFile,
    format: InputFormat,
    contacts: &Contacts,
    intake: &mut Intake,
    batches: &mut Batches<'_>,
) -> Result<(), Error> {
    let Some(path) = file.path.as_deref() else {
        return Ok(());
    };
    let name = files::display(path);
    let text = stream::open(path, file.encoding)?;
    let columns = EventColumns::of_file(file, batches.model());
    let about = About {
        file: &name,
        delimiter: file.delimiter.0,
    };
    let mut take = TakeEvents {
        file: &name,
        fixed_name: file.name.as_ref().map(|name| name.0.as_str()),
        columns: &columns,
        reader: EventReader::new(&columns),
        contacts,
        ids: Texts::default(),
        intake,
        batches,
    };
    format.read(text, about, &columns.wanted, &mut take)
}

/// Which column holds what.
pub(super) struct EventColumns {
    /// All columns that are read.
    pub(super) wanted: Vec<Wanted>,
    habits: Habits,
    at: usize,
    at_dates: DateReading,
    name: Option<usize>,
    contact: Option<usize>,
    id: Option<usize>,
    /// The column of each property of the model, and how its values are read. A column that has another purpose is
    /// no property.
    properties: Vec<Option<(usize, Reading)>>,
}

impl EventColumns {
    fn of_file(file: &EventsFile, model: &Model) -> Self {
        let habits = Habits {
            missing: file.missing.as_slice().into(),
            decimal: file.decimal,
            zone: model.zone,
        };
        let mut columns = Self::with_time(&file.at, file.dates.get(&file.at), habits);
        columns.contact = Some(columns.required(&file.contact, "the id of each event's contact"));
        if file.name.is_none() {
            let event = file.event.as_deref().unwrap_or("event");
            columns.name = Some(columns.required(event, "each event's name"));
        }
        let dates = |property: &str| file.dates.iter().find(|(name, _)| column_name(name) == property);
        columns.add_properties(model, |property| dates(property).map(|(_, format)| format));
        columns.id = file.id.as_deref().map(|id| columns.required(id, "each event's own id"));
        columns
    }

    /// The usual names of events that stand in a contact.
    pub(super) fn nested(model: &Model, habits: Habits) -> Self {
        let mut columns = Self::with_time("at", None, habits);
        columns.name = Some(columns.required("event", "each event's name"));
        columns.add_properties(model, |_| None);
        columns
    }

    fn with_time(at: &str, dates: Option<&DateFormat>, habits: Habits) -> Self {
        let mut columns = Self {
            wanted: Vec::new(),
            at: 0,
            at_dates: DateReading::new(dates, habits.zone),
            habits,
            name: None,
            contact: None,
            id: None,
            properties: Vec::new(),
        };
        columns.at = columns.required(at, "each event's time");
        columns
    }

    fn required(&mut self, name: &str, holds: &'static str) -> usize {
        self.add(name, Some(holds))
    }

    fn add(&mut self, name: &str, holds: Option<&'static str>) -> usize {
        self.wanted.push(Wanted {
            name: name.to_owned(),
            holds,
        });
        self.wanted.len() - 1
    }

    fn add_properties<'d>(&mut self, model: &Model, dates: impl Fn(&str) -> Option<&'d DateFormat>) {
        let taken: Vec<String> = self.wanted.iter().map(|wanted| column_name(&wanted.name)).collect();
        for Property { name, of } in &model.properties {
            let property = (!taken.contains(name)).then(|| {
                let reading = Reading::new(of, self.habits.clone(), dates(name));
                (self.add(name, None), reading)
            });
            self.properties.push(property);
        }
    }

    fn name_of(&self, column: Option<usize>) -> &str {
        let wanted = column.and_then(|column| self.wanted.get(column));
        wanted.map_or("", |wanted| &wanted.name)
    }
}

struct TakeEvents<'a, 'b> {
    file: &'a str,
    fixed_name: Option<&'a str>,
    columns: &'a EventColumns,
    reader: EventReader,
    contacts: &'a Contacts,
    /// The events' own ids that came before.
    ids: Texts,
    intake: &'a mut Intake,
    batches: &'a mut Batches<'b>,
}

impl TakeRows for TakeEvents<'_, '_> {
    fn columns(&mut self, _: &[&str]) -> Result<(), Error> {
        Ok(())
    }

    fn row(&mut self, row: &dyn Row) -> Result<(), Error> {
        if row.is_blank() {
            return Ok(());
        }
        let contact = self.columns.contact.map_or(Raw::Missing, |column| row.value(column));
        let place = Place {
            file: self.file,
            row,
            columns: self.columns,
            contact: self.columns.habits.name(&contact),
        };
        report_uneven(self.intake, self.file, row, place.contact);
        if self.is_repeated(&place) {
            return Ok(());
        }
        let Some(kind) = place.kind(self.fixed_name, self.batches, self.intake) else {
            return Ok(());
        };
        if let Some(contact) = self.contact(&place) {
            self.reader.add((contact, kind), &place, self.batches, self.intake);
        }
        Ok(())
    }
}

impl TakeEvents<'_, '_> {
    fn is_repeated(&mut self, place: &Place<'_>) -> bool {
        let Some(column) = self.columns.id else {
            return false;
        };
        let value = place.row.value(column);
        let Some(id) = self.columns.habits.name(&value) else {
            return false;
        };
        let before = self.ids.len();
        let is_new = self.ids.code(id) as usize == before;
        if !is_new {
            place.reject(
                self.intake,
                RejectKind::DuplicateEvent,
                Some(column),
                "an id that came before in this file",
            );
        }
        !is_new
    }

    fn contact(&mut self, place: &Place<'_>) -> Option<u32> {
        let contact = place.contact.and_then(|id| self.contacts.row(id));
        if contact.is_none() {
            let reason = match place.contact {
                Some(_) => "the id of no contact",
                None => "no contact",
            };
            place.reject(self.intake, RejectKind::UnknownContact, self.columns.contact, reason);
        }
        contact
    }
}

/// Where an event stands.
pub(super) struct Place<'a> {
    pub(super) file: &'a str,
    pub(super) row: &'a dyn Row,
    pub(super) columns: &'a EventColumns,
    /// The id of its contact, where it has one.
    pub(super) contact: Option<&'a str>,
}

impl Place<'_> {
    /// What the event is, if it is something that the rules count.
    pub(super) fn kind(&self, fixed: Option<&str>, batches: &mut Batches<'_>, intake: &mut Intake) -> Option<Kind> {
        let column = self.columns.name;
        let value = column.map_or(Raw::Missing, |column| self.row.value(column));
        let Some(name) = fixed.or_else(|| self.columns.habits.name(&value)) else {
            self.reject(intake, RejectKind::EventWithoutName, column, "no name");
            return None;
        };
        let kind = batches.kind(name);
        if kind.is_none() {
            intake.undeclared_event(name, self.contact);
        }
        kind
    }

    fn reject(&self, intake: &mut Intake, kind: RejectKind, column: Option<usize>, reason: &str) {
        let value = column.map_or(Raw::Missing, |column| self.row.value(column));
        let reject = Reject {
            kind,
            file: self.file,
            row: self.row.line(),
            column: self.columns.name_of(column),
            value: value.written(),
            contact: self.contact,
        };
        intake.reject(&reject, || reason.to_owned());
    }
}

/// Takes events apart.
pub(super) struct EventReader {
    readings: Vec<Option<(usize, Reading)>>,
}

impl EventReader {
    pub(super) fn new(columns: &EventColumns) -> Self {
        Self {
            readings: columns.properties.clone(),
        }
    }

    /// Gives an event of a contact on, unless it has no day.
    pub(super) fn add(
        &mut self,
        (contact, kind): (u32, Kind),
        place: &Place<'_>,
        batches: &mut Batches<'_>,
        intake: &mut Intake,
    ) {
        let columns = place.columns;
        let at = place.row.value(columns.at);
        let Some(day) = columns.habits.day(&at, &columns.at_dates) else {
            let reason = if at.written().is_empty() {
                "no time".to_owned()
            } else {
                columns.at_dates.complaint()
            };
            place.reject(intake, RejectKind::EventWithoutDay, Some(columns.at), &reason);
            return;
        };
        intake.events += 1;
        let event = NewEvent { contact, kind, day };
        batches.add(event, |property, column| {
            let Some(Some((source, reading))) = self.readings.get_mut(property) else {
                return;
            };
            if reading.push(&place.row.value(*source), column) == Outcome::Bad {
                place.reject(intake, RejectKind::BadValue, Some(*source), &reading.complaint());
            }
        });
    }
}
