//! Which columns of a file of events hold what.

use super::block::{Wanted, column_name};
use super::cell::Reading;
use super::config::EventsFile;
use super::dates::{DateFormat, DateReading, dates_of};
use super::habits::Habits;
use crate::model::{Model, Property};

/// Which column holds what.
#[derive(Clone)]
pub(super) struct EventColumns {
    /// All columns that are read.
    pub(super) wanted: Vec<Wanted>,
    pub(super) habits: Habits,
    pub(super) at: usize,
    pub(super) at_dates: DateReading,
    pub(super) name: Option<usize>,
    pub(super) contact: Option<usize>,
    pub(super) id: Option<usize>,
    /// The column of each property of the model, and how its values are read. A column that has another purpose is
    /// no property.
    pub(super) properties: Vec<Option<(usize, Reading)>>,
}

impl EventColumns {
    /// Those of a file.
    pub(super) fn of_file(file: &EventsFile, model: &Model) -> Self {
        let habits = Habits::new(&file.missing, file.decimal, model);
        let mut columns = Self::with_time(&file.at, dates_of(&file.dates, &file.at), habits);
        columns.contact = Some(columns.required(&file.contact, "the id of each event's contact"));
        if file.name.is_none() {
            let event = file.event.as_deref().unwrap_or("event");
            columns.name = Some(columns.required(event, "each event's name"));
        }
        columns.add_properties(model, |property| dates_of(&file.dates, property));
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

    /// The name of a column; empty for none.
    pub(super) fn name_of(&self, column: Option<usize>) -> &str {
        let wanted = column.and_then(|column| self.wanted.get(column));
        wanted.map_or("", |wanted| &wanted.name)
    }
}
