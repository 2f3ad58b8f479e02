//! Atoms: disjoint kinds of events, told apart only as far as the signals of a plan tell them apart.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::calendar::{Day, Period, Unit};
use crate::model::{Given, Model, PropertyId};
use crate::number::Number;
use crate::plan::{Collect, DayPlan, NodeId, Plan, Route, SignalId};

use super::counts::{Counts, count_cells, counts_that_matter};
use super::kinds::{Kind, Kinds, sums_that_matter};
use super::leaves::{Looks, is_test, looks, tests_of_columns};

/// A kind of events that the same signals pick.
#[derive(Clone, Debug)]
pub(in crate::analyze) struct Atom {
    /// The event's name.
    pub(in crate::analyze) name: String,
    /// Its properties.
    pub(in crate::analyze) properties: Vec<(PropertyId, Given)>,
    /// The first day on which it can have happened.
    pub(in crate::analyze) first: i32,
    /// The last.
    pub(in crate::analyze) last: i32,
    /// The signals that pick it.
    pub(in crate::analyze) signals: Vec<SignalId>,
    /// The calendar periods by which limits count them, the shortest first.
    pub(in crate::analyze) limited_by: Vec<Unit>,
    /// How many of them there can be, told apart as far as something depends on it: both ends included.
    pub(in crate::analyze) counts: Vec<(u64, u64)>,
    /// The first and the last calendar period of each unit in which it can have happened.
    spans: [(Unit, (i32, i32)); 4],
}

impl Atom {
    /// Whether there is no limit to how long ago it can have happened.
    pub(in crate::analyze) fn is_endless(&self) -> bool {
        self.first <= Day::MIN.number()
    }

    /// The first and the last calendar period in which it can have happened.
    pub(in crate::analyze) fn periods(&self, unit: Unit) -> (i32, i32) {
        let of_unit = self.spans.iter().find(|(of, _)| *of == unit);
        of_unit.map_or((self.first, self.last), |(_, span)| *span)
    }
}

/// The first and the last calendar period of each unit between two days.
fn spans(first: i32, last: i32) -> [(Unit, (i32, i32)); 4] {
    let of = |day: i32, unit: Unit| Day::from_number(day).unwrap_or(Day::MIN).calendar_period(unit);
    [Unit::Day, Unit::Week, Unit::Month, Unit::Year].map(|unit| (unit, (of(first, unit), of(last, unit))))
}

/// More events than a contact has.
pub(in crate::analyze) const MOST_EVENTS: u64 = 1 << 40;

/// So many atoms are told apart altogether, as many of each event's name; and of each so many at least.
const MOST_ATOMS: usize = 1_200;
const LEAST_OF_EVENT: usize = 20;

/// The atoms of a plan on a day.
#[derive(Default)]
pub(in crate::analyze) struct Atoms {
    /// The atoms.
    pub(in crate::analyze) atoms: Vec<Atom>,
    /// Signals that may pick events of which no atom tells.
    pub(in crate::analyze) open: BTreeSet<SignalId>,
    /// What tells atoms apart: signals, what is collected, and days.
    known: HashSet<(Vec<SignalId>, Vec<String>, i32, i32)>,
}

/// What asks for the events of all names.
struct Asking<'a> {
    model: &'a Model,
    day: &'a DayPlan<'a>,
    /// What the tests of events look at.
    looks: Vec<Looks>,
    /// Numbers with which what is collected of properties is compared.
    sums: Vec<Given>,
    /// The counts that matter.
    counts: HashMap<SignalId, Counts>,
    /// For each worth, the first day on which an event is still worth something.
    worth_begins: &'a [Option<i32>],
    /// The days that matter for the first or last event.
    ends: BTreeSet<i32>,
    /// So many atoms may be told apart of the events of one name.
    most: usize,
}

impl Atoms {
    /// The atoms of a plan on a day.
    pub(in crate::analyze) fn new(
        model: &Model,
        day: &DayPlan<'_>,
        contact_looks: &[Looks],
        worth_begins: &[Option<i32>],
    ) -> Atoms {
        let plan = day.plan();
        let mut atoms = Atoms::default();
        let asking = Asking {
            model,
            day,
            looks: looks(&plan.events),
            sums: sums_that_matter(contact_looks),
            counts: counts_that_matter(plan, contact_looks),
            worth_begins,
            ends: days_of_ends(plan, day.as_of(), contact_looks),
            most: (MOST_ATOMS / plan.routes.routes.len().max(1)).max(LEAST_OF_EVENT),
        };
        let routes = plan.routes.routes.iter();
        for route in routes.filter(|route| !route.ignored && !route.signals.is_empty()) {
            atoms.add_route(&asking, route);
        }
        atoms
    }

    /// Adds the atoms of the events of one name.
    fn add_route(&mut self, asking: &Asking<'_>, route: &Route) {
        let steps: Vec<NodeId> = route.ignore_steps.iter().chain(&route.steps).copied().collect();
        let kinds = Kinds {
            model: asking.model,
            day: asking.day,
            route,
            name: route.name.clone().unwrap_or_else(|| unused_name(asking.model)),
            looks: &asking.looks,
            tests: tests_of_columns(&asking.day.plan().events, &asking.looks, &steps),
            sums: &asking.sums,
        };
        let (all, complete) = kinds.all();
        let days = age_cells(asking.day, route, &asking.ends);
        if !complete || all.len() * days.len() > asking.most {
            self.open.extend(&route.signals);
        }
        for (kind, days) in pairs(&all, &days, asking.most) {
            self.add(asking, &kinds.name, kind, *days);
        }
    }

    /// Adds the atom of a kind of events on some days, where it is not there yet.
    fn add(&mut self, asking: &Asking<'_>, name: &str, kind: &Kind, (first, last): (i32, i32)) {
        let inside = |signal: &SignalId| asking.day.window(*signal).contain(last);
        let signals: Vec<SignalId> = kind.signals.iter().copied().filter(inside).collect();
        let is_known = |atoms: &mut Atoms| {
            let told = (signals.clone(), kind.collected.clone(), first, last);
            !atoms.known.insert(told)
        };
        if signals.is_empty() || is_known(self) {
            return;
        }
        let mut atom = Atom {
            name: name.to_owned(),
            properties: kind.properties.clone(),
            first,
            last,
            limited_by: Vec::new(),
            counts: Vec::new(),
            spans: spans(first, last),
            signals,
        };
        let asked = || atom.signals.iter().filter_map(|signal| asking.counts.get(signal));
        let units: BTreeSet<Unit> = asked().flat_map(|of| of.per.iter().map(|(_, unit)| *unit)).collect();
        let cells = count_cells(asked().flat_map(|of| of.of(&atom, asking.worth_begins)).collect());
        (atom.limited_by, atom.counts) = (units.into_iter().collect(), cells);
        self.atoms.push(atom);
    }
}

/// Kinds of events with the days on which they can have happened: all, or else at most so many, those before others of
/// which one stands first.
fn pairs<'a>(kinds: &'a [Kind], days: &'a [(i32, i32)], most: usize) -> Vec<(&'a Kind, &'a (i32, i32))> {
    let places = (0..kinds.len()).flat_map(|kind| (0..days.len()).map(move |day| (kind, day)));
    let mut places: Vec<(usize, usize)> = places.collect();
    if places.len() > most {
        places.sort_by_key(|(kind, day)| *kind.min(day));
        places.truncate(most);
    }
    let pair = |(kind, day): (usize, usize)| kinds.get(kind).zip(days.get(day));
    places.into_iter().filter_map(pair).collect()
}

/// A name that no event of the model has.
fn unused_name(model: &Model) -> String {
    let mut name = "other_event".to_owned();
    while model.event(&name).is_some() {
        name.push('_');
    }
    name
}

/// The days at which something changes for the first or last event.
fn days_of_ends(plan: &Plan, as_of: Day, looks: &[Looks]) -> BTreeSet<i32> {
    let mut days = BTreeSet::new();
    let one = Number::whole(1).units();
    for step in &plan.steps {
        let (Some(node), Some(looks)) = (plan.contacts.node(*step), looks.get(step.index())) else {
            continue;
        };
        if !looks.signals || !is_test(&node.operation) {
            continue;
        }
        for unit in &looks.units {
            for units in looks.numbers.iter().flat_map(|units| [*units, -*units]) {
                let whole = units.div_euclid(one);
                days.extend((whole..=whole + 1).map(|times| as_of.minus(times, Period::one(*unit)).number() + 1));
            }
        }
        days.extend(looks.days.iter().flat_map(|day| [day.number(), day.number() + 1]));
    }
    days
}

/// The days up to the as-of day, put together where no signal of a route tells them apart: the newest first.
fn age_cells(day: &DayPlan<'_>, route: &Route, of_ends: &BTreeSet<i32>) -> Vec<(i32, i32)> {
    let as_of = day.as_of().number();
    let mut starts: BTreeSet<i32> = BTreeSet::from([Day::MIN.number()]);
    for signal in &route.signals {
        let days = day.window(*signal);
        starts.extend([days.first, days.last.saturating_add(1)]);
        let collect = day.plan().signal(*signal).map(|signal| signal.collect);
        if matches!(collect, Some(Collect::First | Collect::Last)) {
            starts.extend(of_ends);
        }
    }
    let starts: Vec<i32> = starts
        .into_iter()
        .filter(|day| *day <= as_of && *day >= Day::MIN.number())
        .collect();
    let ends = starts.iter().skip(1).map(|next| next - 1).chain([as_of]);
    let mut cells: Vec<(i32, i32)> = starts.iter().copied().zip(ends).collect();
    cells.reverse();
    cells
}
