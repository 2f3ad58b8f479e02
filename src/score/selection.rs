//! Events put to those of the same name.

use std::ops::Range;

use crate::plan::Plan;
use crate::table::{Events, Texts};
use crate::text::canonical_name;

/// The place of the route of each name of a dictionary.
#[derive(Debug, Default)]
pub(super) struct Names {
    generation: Option<u64>,
    /// The place, one past all routes for the names that have none.
    routes: Vec<u32>,
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
            let place = plan.routes.place(&name).unwrap_or(plan.routes.routes.len());
            self.routes.push(place as u32);
        }
    }
}

/// Chosen events, column by column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chosen<'a> {
    /// Their places in the columns of properties.
    pub(super) rows: &'a [u32],
    /// Whose they are.
    pub(super) contacts: &'a [u32],
    /// When they happened.
    pub(super) days: &'a [i32],
}

impl<'a> Chosen<'a> {
    /// Some of them.
    pub(super) fn part(self, places: Range<usize>) -> Chosen<'a> {
        Chosen {
            rows: self.rows.get(places.clone()).unwrap_or_default(),
            contacts: self.contacts.get(places.clone()).unwrap_or_default(),
            days: self.days.get(places).unwrap_or_default(),
        }
    }
}

/// Events that are kept of others.
#[derive(Debug, Default)]
pub(super) struct Kept {
    rows: Vec<u32>,
    contacts: Vec<u32>,
    days: Vec<i32>,
}

impl Kept {
    /// Keeps the events of which none of these conditions holds.
    pub(super) fn keep<'f>(&mut self, events: Chosen<'_>, dropped: impl Iterator<Item = &'f [u8]>) -> Chosen<'_> {
        let mut keep = vec![1u8; events.rows.len()];
        for flags in dropped {
            for (keep, flag) in keep.iter_mut().zip(flags) {
                *keep &= 1 - flag;
            }
        }
        take(&mut self.rows, events.rows, &keep);
        take(&mut self.contacts, events.contacts, &keep);
        take(&mut self.days, events.days, &keep);
        Chosen {
            rows: &self.rows,
            contacts: &self.contacts,
            days: &self.days,
        }
    }
}

fn take<T: Copy>(kept: &mut Vec<T>, from: &[T], keep: &[u8]) {
    kept.clear();
    let pairs = from.iter().zip(keep).filter(|(_, keep)| **keep == 1);
    kept.extend(pairs.map(|(value, _)| *value));
}

/// Some events of a batch, those of one route one after the other.
#[derive(Debug, Default)]
pub(super) struct ByRoute {
    /// The route of each event in the order in which they came.
    routes: Vec<u32>,
    /// For each route how many events there are, then where its next one goes.
    places: Vec<u32>,
    /// The routes that have events, each with where they are.
    pub(super) groups: Vec<(usize, Range<usize>)>,
    rows: Vec<u32>,
    contacts: Vec<u32>,
    days: Vec<i32>,
}

impl ByRoute {
    /// For so many routes. After them come two more: of the names that have none, and of the future.
    pub(super) fn new(routes: usize) -> ByRoute {
        ByRoute {
            places: vec![0; routes + 2],
            ..ByRoute::default()
        }
    }

    /// Puts these events in the order of their routes, keeping their order where the route is the same.
    pub(super) fn sort(&mut self, events: &Events, some: Range<usize>, names: &Names, as_of: i32) {
        let days = events.days().get(some.clone()).unwrap_or_default();
        let codes = events.names().get(some.clone()).unwrap_or_default();
        let contacts = events.contacts().get(some.clone()).unwrap_or_default();
        self.count(codes, days, names, as_of);
        let mut start = 0;
        for (route, range) in &mut self.groups {
            if let Some(place) = self.places.get_mut(*route) {
                let end = start + *place as usize;
                *range = start..end;
                *place = start as u32;
                start = end;
            }
        }
        self.scatter(contacts, days, some.start as u32);
        for (route, _) in &self.groups {
            if let Some(place) = self.places.get_mut(*route) {
                *place = 0;
            }
        }
    }

    /// Puts each event, the first of which stands in this row, to the next place of its route.
    fn scatter(&mut self, contacts: &[u32], days: &[i32], first: u32) {
        let count = days.len();
        self.rows.resize(count, 0);
        self.contacts.resize(count, 0);
        self.days.resize(count, 0);
        let places = self.places.as_mut_slice();
        let to_rows = self.rows.as_mut_slice();
        // Of one length for the compiler, too, which then checks a place once.
        let to_contacts = self.contacts.get_mut(..to_rows.len()).unwrap_or_default();
        let to_days = self.days.get_mut(..to_rows.len()).unwrap_or_default();
        for (((route, contact), day), row) in self.routes.iter().zip(contacts).zip(days).zip(first..) {
            let Some(place) = places.get_mut(*route as usize) else {
                continue;
            };
            let at = *place as usize;
            *place += 1;
            let to = (to_rows.get_mut(at), to_contacts.get_mut(at), to_days.get_mut(at));
            if let (Some(to_row), Some(to_contact), Some(to_day)) = to {
                (*to_row, *to_contact, *to_day) = (row, *contact, *day);
            }
        }
    }

    /// Finds the route of each event, and how many events each route has.
    fn count(&mut self, codes: &[u32], days: &[i32], names: &Names, as_of: i32) {
        self.groups.clear();
        let future = self.places.len() as u32 - 1;
        self.routes.resize(days.len(), 0);
        let counts = self.places.as_mut_slice();
        for ((code, day), to) in codes.iter().zip(days).zip(&mut self.routes) {
            let route = names.routes.get(*code as usize).copied().unwrap_or(future - 1);
            let route = if *day > as_of { future } else { route };
            *to = route;
            if let Some(count) = counts.get_mut(route as usize) {
                if *count == 0 {
                    self.groups.push((route as usize, 0..0));
                }
                *count += 1;
            }
        }
    }

    /// All events in their order.
    pub(super) fn events(&self) -> Chosen<'_> {
        Chosen {
            rows: &self.rows,
            contacts: &self.contacts,
            days: &self.days,
        }
    }
}
