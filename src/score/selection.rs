//! Which events of a batch count, by their names, filters and days.

use crate::plan::{DayPlan, Plan, SignalId};
use crate::table::{Events, Texts};
use crate::text::canonical_name;

/// The place of the route of each name of a dictionary.
#[derive(Debug, Default)]
pub(super) struct Names {
    generation: Option<u64>,
    pub(super) routes: Vec<u32>,
}

impl Names {
    /// Finds the routes of the names that are new.
    pub(super) fn refresh(&mut self, vocabulary: &Texts, plan: &Plan) {
        if self.generation != Some(vocabulary.generation()) {
            self.generation = Some(vocabulary.generation());
            self.routes.clear();
        }
        for code in self.routes.len()..vocabulary.len() {
            let name = canonical_name(vocabulary.text(code as u32));
            self.routes
                .push(plan.routes.place(&name).map_or(u32::MAX, |place| place as u32));
        }
    }
}

/// Events of one name, column by column.
#[derive(Debug, Default)]
pub(super) struct Selection {
    pub(super) rows: Vec<u32>,
    pub(super) contacts: Vec<u32>,
    pub(super) days: Vec<i32>,
    pub(super) passes: Vec<u8>,
}

impl Selection {
    /// Drops the events of which one of these conditions holds.
    pub(super) fn drop_where<'f>(&mut self, conditions: impl Iterator<Item = &'f [u8]>) {
        let dropped = &mut self.passes;
        dropped.clear();
        dropped.resize(self.rows.len(), 0);
        for flags in conditions {
            for (drop, flag) in dropped.iter_mut().zip(flags) {
                *drop |= flag;
            }
        }
        let mut dropped = dropped.iter();
        self.rows.retain(|_| dropped.next() != Some(&1));
    }

    /// Reads the contacts and days of the events.
    pub(super) fn gather(&mut self, events: &Events) {
        let read = |row: &u32| events.contacts().get(*row as usize).copied().unwrap_or(u32::MAX);
        self.contacts.clear();
        self.contacts.extend(self.rows.iter().map(read));
        let read = |row: &u32| events.days().get(*row as usize).copied().unwrap_or(i32::MAX);
        self.days.clear();
        self.days.extend(self.rows.iter().map(read));
    }

    /// The events that the filter lets through, but not the window.
    pub(super) fn outside(&self, flags: Option<&[u8]>) -> Vec<u8> {
        match flags {
            Some(flags) => self
                .passes
                .iter()
                .zip(flags)
                .map(|(pass, flag)| flag & (1 - pass))
                .collect(),
            None => self.passes.iter().map(|pass| 1 - pass).collect(),
        }
    }

    /// Finds which events pass: the filter's flag and the day.
    pub(super) fn pass(&mut self, day: &DayPlan<'_>, signal: SignalId, flags: Option<&[u8]>) {
        let window = day.window(signal);
        self.passes.clear();
        match flags {
            Some(flags) => {
                let events = self.days.iter().zip(flags);
                self.passes
                    .extend(events.map(|(day, flag)| u8::from(window.contain(*day)) & flag));
            }
            None => self
                .passes
                .extend(self.days.iter().map(|day| u8::from(window.contain(*day)))),
        }
    }
}
