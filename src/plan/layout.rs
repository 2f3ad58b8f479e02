//! The layout of what is kept of each contact: a row of 64-bit words, in which small counts and days share words.
//!
//! What the events of one name change stands together, so that an event touches few words.

use std::collections::HashMap;

use super::routes::Route;
use super::signal::{Collect, Signal, SignalId};

/// Where each signal stands in a contact's row.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    words: Vec<Word>,
    places: Vec<Place>,
    routes: Vec<RouteLayout>,
    tallies: usize,
}

/// What stands in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Lanes of counts, which stop where their highest bit is set.
    Counts(CountLanes),
    /// Two lanes of days, each the greatest so far of days that are mapped to numbers above zero.
    Days,
    /// The greatest so far of numbers that are mapped to numbers from zero; zero for none.
    Greatest,
    /// A sum, wrapping.
    Sum,
    /// A sum in ten-thousandths that stops at the ends of `i64`.
    Worth,
}

/// The lowest bits of the lanes of counts in a word, for each width of lanes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CountLanes {
    /// Of those of 4 bits.
    pub narrow: u64,
    /// Of those of 8 bits.
    pub middle: u64,
    /// Of those of 32 bits.
    pub wide: u64,
}

/// A part of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lane {
    /// The word.
    pub word: u32,
    /// Its lowest bit there.
    pub shift: u32,
    /// How many bits it has, up to 32.
    pub bits: u32,
}

/// Where a signal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Nowhere: nothing needs it.
    Nowhere,
    /// In a lane: counts and days.
    Lane(Lane),
    /// In a word, or in the two from it on.
    Word(u32),
    /// In a tally, the one of this number.
    Tally(u32),
}

/// What the events of a route change.
#[derive(Clone, Debug, Default)]
pub struct RouteLayout {
    /// The words with lanes, each with the lanes that belong to signals of the route.
    pub shared: Vec<SharedWord>,
    /// The signals that do not stand in lanes.
    pub apart: Vec<SignalId>,
}

/// The lanes of a word that the events of a route change.
#[derive(Clone, Debug)]
pub struct SharedWord {
    /// The word.
    pub word: u32,
    /// The lowest bit of each signal's lane.
    pub lanes: Vec<(SignalId, u32)>,
}

impl CountLanes {
    /// The lowest bit of each lane of which the highest bit is set.
    #[inline]
    pub fn stopped(self, state: u64) -> u64 {
        ((state >> 3) & self.narrow) | ((state >> 7) & self.middle) | ((state >> 31) & self.wide)
    }

    /// The highest bit of each lane.
    pub fn highest(self) -> u64 {
        (self.narrow << 3) | (self.middle << 7) | (self.wide << 31)
    }

    fn add(&mut self, shift: u32, bits: u32) {
        let lanes = match bits {
            4 => &mut self.narrow,
            8 => &mut self.middle,
            _ => &mut self.wide,
        };
        *lanes |= 1 << shift;
    }
}

impl Layout {
    /// Lays out the signals that the routes concern; of counts, no more is kept than up to their ceilings.
    pub(super) fn new(signals: &[Signal], routes: &[Route], ceilings: &[Option<u64>]) -> Layout {
        let mut layout = Layout {
            places: vec![Place::Nowhere; signals.len()],
            ..Layout::default()
        };
        let mut open = Vec::new();
        for group in groups(signals, routes, ceilings) {
            layout.place_group(&group, &mut open);
        }
        layout.place_others(signals, routes);
        layout.routes = routes.iter().map(|route| layout.route_layout(route)).collect();
        layout
    }

    /// The words of a row.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// Where a signal stands.
    pub fn place(&self, signal: SignalId) -> Place {
        self.places.get(signal.index()).copied().unwrap_or(Place::Nowhere)
    }

    /// What the events of each route change.
    pub fn routes(&self) -> &[RouteLayout] {
        &self.routes
    }

    /// Puts the lanes of a group in one word where they fit in one, else in as few as there can be.
    fn place_group(&mut self, group: &Group, open: &mut Vec<Open>) {
        let mut rest = group.lanes.as_slice();
        while !rest.is_empty() {
            let mut bits = 0;
            let fitting = rest.iter().take_while(|(_, more)| {
                bits += more;
                bits <= BITS
            });
            let (together, others) = rest.split_at(fitting.count());
            self.place_together(together, group.days, open);
            rest = others;
        }
    }

    /// Puts lanes in one word.
    fn place_together(&mut self, lanes: &[(SignalId, u32)], days: bool, open: &mut Vec<Open>) {
        let bits: u32 = lanes.iter().map(|(_, bits)| bits).sum();
        // The last words are the ones with room, so that there is no need to look at all.
        let last = open.iter_mut().rev().take(OPEN_WORDS);
        let mut with_room = last.filter(|open| open.days == days && BITS - open.used >= bits);
        let (word, mut used) = match with_room.next() {
            Some(open) => {
                let used = open.used;
                open.used += bits;
                (open.word, used)
            }
            None => {
                let word = self.words.len() as u32;
                let empty = Word::Counts(CountLanes::default());
                self.words.push(if days { Word::Days } else { empty });
                let used = bits;
                open.push(Open { word, days, used });
                (word, 0)
            }
        };
        for (signal, bits) in lanes {
            let (shift, bits) = (used, *bits);
            self.set(*signal, Place::Lane(Lane { word, shift, bits }));
            if let Some(Word::Counts(lanes)) = self.words.get_mut(word as usize) {
                lanes.add(shift, bits);
            }
            used += bits;
        }
    }

    /// Gives a word or a tally to each signal that has no lane and that a route concerns.
    fn place_others(&mut self, signals: &[Signal], routes: &[Route]) {
        let mut needed: Vec<SignalId> = routes.iter().flat_map(|route| &route.signals).copied().collect();
        needed.sort_unstable();
        needed.dedup();
        for id in needed {
            let Some(signal) = signals.get(id.index()) else {
                continue;
            };
            let words: &[Word] = match signal.collect {
                Collect::Sum(_) => &[Word::Sum, Word::Sum],
                Collect::Smallest(_) | Collect::Largest(_) => &[Word::Greatest],
                Collect::Worth(_) => &[Word::Worth],
                Collect::Days | Collect::Distinct(_) => {
                    self.set(id, Place::Tally(self.tallies as u32));
                    self.tallies += 1;
                    continue;
                }
                Collect::Count | Collect::Known(_) | Collect::First | Collect::Last => continue,
            };
            self.set(id, Place::Word(self.words.len() as u32));
            self.words.extend(words);
        }
    }

    fn set(&mut self, signal: SignalId, place: Place) {
        if let Some(slot) = self.places.get_mut(signal.index()) {
            *slot = place;
        }
    }

    fn route_layout(&self, route: &Route) -> RouteLayout {
        let mut layout = RouteLayout::default();
        let mut lanes: Vec<(u32, u32, SignalId)> = Vec::new();
        for signal in &route.signals {
            match self.place(*signal) {
                Place::Lane(lane) => lanes.push((lane.word, lane.shift, *signal)),
                Place::Word(_) | Place::Tally(_) => layout.apart.push(*signal),
                Place::Nowhere => {}
            }
        }
        lanes.sort_unstable();
        for of_word in lanes.chunk_by(|(one, ..), (two, ..)| one == two) {
            let word = of_word.first().map_or(0, |(word, ..)| *word);
            let lanes = of_word.iter().map(|(_, shift, signal)| (*signal, *shift)).collect();
            layout.shared.push(SharedWord { word, lanes });
        }
        layout
    }
}

/// How many bits a word has.
const BITS: u32 = 64;

/// So many words are looked at for room.
const OPEN_WORDS: usize = 32;

/// A word that may have room for more lanes.
struct Open {
    word: u32,
    days: bool,
    used: u32,
}

/// Signals with lanes that the same routes concern.
struct Group {
    days: bool,
    /// The signals with the widths of their lanes, the widest first.
    lanes: Vec<(SignalId, u32)>,
}

/// The groups of all signals with lanes, the widest first.
fn groups(signals: &[Signal], routes: &[Route], ceilings: &[Option<u64>]) -> Vec<Group> {
    let mut concerned: Vec<Vec<u32>> = vec![Vec::new(); signals.len()];
    for (route, at) in routes.iter().zip(0..) {
        for signal in &route.signals {
            if let Some(routes) = concerned.get_mut(signal.index()) {
                routes.push(at);
            }
        }
    }
    let mut places: HashMap<(bool, &[u32]), usize> = HashMap::new();
    let mut groups: Vec<Group> = Vec::new();
    let signals = signals.iter().zip(ceilings).zip(&concerned).zip((0..).map(SignalId));
    for (((signal, ceiling), routes), id) in signals.filter(|((_, routes), _)| !routes.is_empty()) {
        let (days, bits) = match signal.collect {
            Collect::Count | Collect::Known(_) => (false, count_bits(*ceiling)),
            Collect::First | Collect::Last => (true, 32),
            Collect::Sum(_)
            | Collect::Smallest(_)
            | Collect::Largest(_)
            | Collect::Distinct(_)
            | Collect::Days
            | Collect::Worth(_) => continue,
        };
        let place = *places.entry((days, routes)).or_insert(groups.len());
        if place == groups.len() {
            groups.push(Group {
                days,
                lanes: Vec::new(),
            });
        }
        if let Some(group) = groups.get_mut(place) {
            group.lanes.push((id, bits));
        }
    }
    for group in &mut groups {
        group.lanes.sort_by_key(|(_, bits)| std::cmp::Reverse(*bits));
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.lanes.iter().map(|(_, bits)| bits).sum::<u32>()));
    groups
}

/// How wide the lane of a count is. It stops where its highest bit is set, which is no less than the ceiling; without
/// one, where no contact comes.
fn count_bits(ceiling: Option<u64>) -> u32 {
    match ceiling {
        Some(0..=8) => 4,
        Some(9..=128) => 8,
        Some(_) | None => 32,
    }
}
