//! Reads a few contacts with all their events, so that it can be told why each has its score.

use std::num::NonZeroUsize;

use crate::connect::{self, Config, Intake};
use crate::model::Model;
use crate::plan::DayPlan;
use crate::reason::{Case, Subject};
use crate::score::TracedRun;
use crate::table::{Contacts, Events};

use super::failure::Failure;

/// Where the contacts are, and by what they are scored.
pub(crate) struct Cases<'a> {
    pub(crate) model: &'a Model,
    pub(crate) config: &'a Config,
    pub(crate) day: &'a DayPlan<'a>,
    pub(crate) threads: NonZeroUsize,
}

/// Contacts that were read, one by one.
pub(crate) struct Traced<'a> {
    model: &'a Model,
    day: &'a DayPlan<'a>,
    contacts: Vec<(Contacts, Events)>,
}

impl<'a> Cases<'a> {
    /// Reads the contacts of these rows; what is wrong with the data was told when all of them were read.
    pub(crate) fn read(self, rows: &[usize]) -> Result<Traced<'a>, Failure> {
        let mut intake = Intake::default();
        let mut wanted: Vec<u32> = rows.iter().filter_map(|row| u32::try_from(*row).ok()).collect();
        wanted.sort_unstable();
        let is_wanted = |row: u32| wanted.binary_search(&row).is_ok();
        let mut events = Events::new(self.model.property_types());
        let all = connect::read_contacts(self.model, self.config, &mut intake, self.threads, |more| {
            events.append(&more.of_those(is_wanted));
        })?;
        let mut taken: Vec<Events> = (0..self.threads.get()).map(|_| events.emptied()).collect();
        let mut takers: Vec<_> = taken
            .iter_mut()
            .map(|taken| |more: &Events| taken.append(&more.of_those(is_wanted)))
            .collect();
        connect::read_events(self.model, self.config, &mut intake, &all, &mut takers)?;
        drop(takers);
        taken.iter().for_each(|taken| events.append(taken));
        let alone = |row: &usize| (all.only(*row), events.only(*row, self.day.as_of()));
        Ok(Traced {
            model: self.model,
            day: self.day,
            contacts: rows.iter().map(alone).collect(),
        })
    }
}

impl Traced<'_> {
    /// Scores one of the contacts and looks at its case; `None` where there is no such contact.
    pub(crate) fn case<T>(&self, at: usize, look: impl FnOnce(&Case<'_>) -> T) -> Option<T> {
        let (contacts, events) = self.contacts.get(at).filter(|(contacts, _)| !contacts.is_empty())?;
        let mut run = TracedRun::new(self.day);
        run.events(events);
        let (_, trace) = run.finish(contacts);
        let subject = Subject {
            contacts,
            events,
            row: 0,
        };
        Some(look(&Case::new(self.model, &trace, subject)))
    }
}
