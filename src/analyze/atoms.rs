//! Atoms: disjoint kinds of events, told apart only as far as the signals of a plan tell them apart.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::calendar::{Day, Period, Unit};
use crate::model::{Bound, Given, GivenEvents, Model, PropertyId};
use crate::number::Number;
use crate::plan::{Collect, DayPlan, Node, NodeId, Operand, Operation, Plan, Route, SignalId};
use crate::score::{TracedRun, conditions_of_events};
use crate::source::Span;
use crate::table::Type;

use super::cells::Asked;
use super::example::{Example, tables};
use super::leaves::{Looks, is_test, looks, tests_of_columns};
use super::space::MOST_OPTIONS;

/// A kind of events that the same signals pick.
#[derive(Clone, Debug)]
pub(super) struct Atom {
    /// The event's name.
    pub(super) name: String,
    /// Its properties.
    pub(super) properties: Vec<(PropertyId, Given)>,
    /// The first day on which it can have happened.
    pub(super) first: i32,
    /// The last.
    pub(super) last: i32,
    /// The signals that pick it.
    pub(super) signals: Vec<SignalId>,
    /// The calendar periods by which limits count them, the shortest first.
    pub(super) limited_by: Vec<Unit>,
    /// How many of them there can be, told apart as far as something depends on it: both ends included.
    pub(super) counts: Vec<(u64, u64)>,
}

impl Atom {
    /// Whether there is no limit to how long ago it can have happened.
    pub(super) fn is_endless(&self) -> bool {
        self.first <= Day::MIN.number()
    }

    /// The first and the last calendar period in which it can have happened.
    pub(super) fn periods(&self, unit: Unit) -> (i32, i32) {
        let of = |day: i32| Day::from_number(day).unwrap_or(Day::MIN).calendar_period(unit);
        (of(self.first), of(self.last))
    }
}

/// More events than a contact has.
pub(super) const MOST_EVENTS: u64 = 1 << 40;

/// So many combinations of properties are looked at for one event.
const MOST_COMBINATIONS: usize = 2_000;

/// So many atoms are told apart altogether, as many of each event's name; and of each so many at least.
const MOST_ATOMS: usize = 1_200;
const LEAST_OF_EVENT: usize = 20;

/// The atoms of a plan on a day.
pub(super) struct Atoms {
    /// The atoms.
    pub(super) atoms: Vec<Atom>,
    /// Signals that may pick events of which no atom tells.
    pub(super) open: BTreeSet<SignalId>,
}

impl Atoms {
    /// The atoms of a plan on a day.
    pub(super) fn new(model: &Model, day: &DayPlan<'_>, contact_looks: &[Looks]) -> Atoms {
        let plan = day.plan();
        let mut atoms = Atoms {
            atoms: Vec::new(),
            open: BTreeSet::new(),
        };
        let event_looks = looks(&plan.events);
        let sums = sums_that_matter(contact_looks);
        let counts = counts_that_matter(plan, contact_looks);
        let ages = days_that_matter(plan, day.as_of(), contact_looks);
        let mut known = HashSet::new();
        for route in plan
            .routes
            .routes
            .iter()
            .filter(|route| !route.ignored && !route.signals.is_empty())
        {
            let steps: Vec<NodeId> = route.ignore_steps.iter().chain(&route.steps).copied().collect();
            let name = route.name.clone().unwrap_or_else(|| unused_name(model));
            let kinds = Kinds {
                model,
                day,
                route,
                name: name.clone(),
                looks: &event_looks,
                tests: tests_of_columns(&plan.events, &event_looks, &steps),
                sums: &sums,
            };
            let (kinds, complete) = kinds.all();
            if !complete {
                atoms.open.extend(&route.signals);
            }
            let days = age_cells(day, route, &ages);
            let most = (MOST_ATOMS / plan.routes.routes.len().max(1)).max(LEAST_OF_EVENT);
            if kinds.len() * days.len() > most {
                atoms.open.extend(&route.signals);
            }
            for ((properties, passing, collected), (first, last)) in pairs(&kinds, &days, most) {
                let inside = |signal: &SignalId| day.window(*signal).contain(*last);
                let signals: Vec<SignalId> = passing.iter().copied().filter(inside).collect();
                if signals.is_empty() || !known.insert((signals.clone(), collected.clone(), *first, *last)) {
                    continue;
                }
                let mut atom = Atom {
                    name: name.clone(),
                    properties: properties.clone(),
                    first: *first,
                    last: *last,
                    limited_by: Vec::new(),
                    counts: Vec::new(),
                    signals,
                };
                let asked = || atom.signals.iter().filter_map(|signal| counts.get(signal));
                let units: BTreeSet<Unit> = asked().flat_map(|of| of.per.iter().map(|(_, unit)| *unit)).collect();
                let cells = count_cells(asked().flat_map(|of| of.of(&atom)).collect());
                (atom.limited_by, atom.counts) = (units.into_iter().collect(), cells);
                atoms.atoms.push(atom);
            }
        }
        atoms
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

/// Numbers with which something of events is compared, and a large one.
fn sums_that_matter(looks: &[Looks]) -> Vec<Given> {
    let looks = looks.iter().filter(|looks| looks.signals);
    let units: BTreeSet<i64> = looks.flat_map(|looks| looks.numbers.iter().copied()).take(6).collect();
    let numbers = units.iter().filter_map(|units| Number::from_units(i128::from(*units)));
    numbers.chain([Number::whole(1_000)]).map(Given::Number).collect()
}

/// A name that no event of the model has.
fn unused_name(model: &Model) -> String {
    let mut name = "other_event".to_owned();
    while model.event(&name).is_some() {
        name.push('_');
    }
    name
}

/// Properties, the signals whose filters they pass, and what is collected of them.
type Kind = (Vec<(PropertyId, Given)>, Vec<SignalId>, Vec<String>);

/// What one event's name is asked.
struct Kinds<'a> {
    model: &'a Model,
    day: &'a DayPlan<'a>,
    route: &'a Route,
    name: String,
    looks: &'a [Looks],
    tests: Vec<NodeId>,
    /// Numbers with which what is collected of properties is compared.
    sums: &'a [Given],
}

impl Kinds<'_> {
    /// The kinds of events, told apart by their properties; and whether there are no others.
    fn all(&self) -> (Vec<Kind>, bool) {
        let mut complete = self.tests.iter().all(|test| {
            let looks = self.looks.get(test.index());
            looks.is_some_and(|looks| !looks.opaque && looks.only_column().is_some())
        });
        let collected: BTreeSet<u32> = (self.route.signals.iter())
            .filter_map(|signal| self.day.plan().signal(*signal)?.collect.property())
            .collect();
        let looked_at = self.tests.iter().filter_map(|test| self.looks.get(test.index()));
        let columns: BTreeSet<u32> = looked_at.flat_map(|looks| looks.columns.iter().copied()).collect();
        let mut combinations: Vec<Vec<(PropertyId, Given)>> = vec![Vec::new()];
        for column in columns
            .union(&collected)
            .filter(|column| self.has(PropertyId(**column)))
        {
            let (values, all) = self.values(PropertyId(*column), collected.contains(column));
            complete &= all;
            let with = |given: &Vec<(PropertyId, Given)>| {
                let more = |value: &Given| [given.as_slice(), &[(PropertyId(*column), value.clone())]].concat();
                values.iter().map(more).collect::<Vec<_>>()
            };
            let longer: Vec<_> = combinations.iter().flat_map(with).collect();
            combinations.extend(longer);
            complete &= combinations.len() <= MOST_COMBINATIONS;
            combinations.truncate(MOST_COMBINATIONS);
        }
        (self.told_apart(combinations, &collected), complete)
    }

    /// Whether events of this name have a property: others never read it.
    fn has(&self, property: PropertyId) -> bool {
        let event = self.model.event(&self.name).filter(|_| self.model.events_are_declared);
        let event = event.and_then(|id| self.model.events.get(id.index()));
        event.is_none_or(|event| event.properties.contains(&property))
    }

    /// Values of a property, one for each way in which its tests come out; and whether those are all ways.
    fn values(&self, property: PropertyId, is_collected: bool) -> (Vec<Given>, bool) {
        let Some(of) = self.model.properties.get(property.index()) else {
            return (Vec::new(), true);
        };
        let looks_at = |test: &NodeId| {
            let looks = self.looks.get(test.index());
            looks.is_some_and(|looks| looks.columns.contains(&property.0))
        };
        let own: Vec<NodeId> = self.tests.iter().copied().filter(looks_at).collect();
        let asked = Asked {
            graph: &self.day.plan().events,
            texts: &self.day.plan().event_texts,
            looks: self.looks,
            tests: &own,
            as_of: self.day.as_of(),
        };
        let found = asked.values(&of.of);
        let complete = found.are_complete();
        let mut values = found.values;
        if is_collected && of.of == Type::Number {
            values.extend(self.sums.iter().cloned());
        }
        let examples: Vec<Example> = values
            .iter()
            .map(|value| self.example(&[(property, value.clone())]))
            .collect();
        let (_, events) = tables(self.model, &examples);
        let truths = conditions_of_events(self.day, &own, &events);
        let mut seen = HashSet::new();
        let mut row = 0;
        values.retain(|value| {
            let of_row: Vec<bool> = truths.iter().map(|of| of.get(row) == Some(&true)).collect();
            row += 1;
            seen.insert((of_row, is_collected.then(|| format!("{value:?}"))))
        });
        (values, complete)
    }

    /// Of properties, those that signals tell apart, with the signals whose filters they pass; none that are ignored.
    fn told_apart(&self, combinations: Vec<Vec<(PropertyId, Given)>>, collected: &BTreeSet<u32>) -> Vec<Kind> {
        let examples: Vec<Example> = combinations.iter().map(|properties| self.example(properties)).collect();
        let (contacts, events) = tables(self.model, &examples);
        let mut run = TracedRun::new(self.day);
        run.events(&events);
        let (_, trace) = run.finish(&contacts);
        let mut kinds: Vec<Kind> = Vec::new();
        let mut seen = HashSet::new();
        for (row, properties) in combinations.into_iter().enumerate() {
            let passes =
                |signal: &SignalId| !trace.picked(*signal, row).is_empty() || !trace.outside(*signal, row).is_empty();
            let signals: Vec<SignalId> = self.route.signals.iter().copied().filter(passes).collect();
            let is_collected = |(property, _): &&(PropertyId, Given)| collected.contains(&property.0);
            let values: Vec<String> = properties
                .iter()
                .filter(is_collected)
                .map(|given| format!("{given:?}"))
                .collect();
            if !signals.is_empty() && seen.insert((signals.clone(), values.clone())) {
                kinds.push((properties, signals, values));
            }
        }
        kinds
    }

    fn example(&self, properties: &[(PropertyId, Given)]) -> Example {
        Example {
            as_of: self.day.as_of(),
            fields: Vec::new(),
            events: vec![GivenEvents {
                count: 1,
                name: self.name.clone(),
                properties: properties.to_vec(),
                day: self.day.as_of(),
                span: Span::default(),
            }],
        }
    }
}

/// The counts of a signal's events at which something changes.
#[derive(Default)]
struct Counts {
    /// Whenever they are.
    anywhen: BTreeSet<u64>,
    /// In each calendar period.
    per: BTreeSet<(u64, Unit)>,
}

impl Counts {
    /// The counts that matter of an atom: also so many as fill all calendar periods.
    fn of(&self, atom: &Atom) -> Vec<u64> {
        let full = |(most, unit): &(u64, Unit)| {
            let (first, last) = atom.periods(*unit);
            let periods = u64::from(last.abs_diff(first)) + 1;
            (!atom.is_endless()).then(|| periods.saturating_mul(*most))
        };
        self.anywhen
            .iter()
            .copied()
            .chain(self.per.iter().filter_map(full))
            .collect()
    }
}

/// The counts at which something changes, for each signal.
fn counts_that_matter(plan: &Plan, looks: &[Looks]) -> HashMap<SignalId, Counts> {
    let mut counts: HashMap<SignalId, Counts> = HashMap::new();
    for step in &plan.steps {
        let Some(node) = plan.contacts.node(*step) else {
            continue;
        };
        for operand in node.operation.operands() {
            if let Operand::Signal(signal) = operand {
                let counts = counts.entry(signal).or_default();
                counts.anywhen.extend(thresholds(&node.operation));
                if let Operation::Kept { limits, .. } = &node.operation {
                    counts.per.extend(limits.per);
                }
            }
        }
    }
    // A count that is compared with a number: whoever compares it looks at the signal and knows the number.
    let compared = plan
        .steps
        .iter()
        .filter_map(|step| Some((plan.contacts.node(*step)?, looks.get(step.index())?)));
    let compared = compared.filter(|(node, looks)| is_test(&node.operation) && looks.signals);
    for (node, looks) in compared {
        let numbers: BTreeSet<u64> = looks.numbers.iter().flat_map(|units| around(*units)).collect();
        for signal in signals_below(plan, node) {
            counts.entry(signal).or_default().anywhen.extend(&numbers);
        }
    }
    counts
}

/// The whole numbers beside a number of ten-thousandths.
fn around(units: i64) -> impl Iterator<Item = u64> {
    let whole = units.div_euclid(Number::whole(1).units());
    [whole, whole + 1]
        .into_iter()
        .filter_map(|whole| u64::try_from(whole).ok())
}

/// The signals on which a node's value depends.
fn signals_below(plan: &Plan, node: &Node) -> BTreeSet<SignalId> {
    let roots = node
        .operation
        .operands()
        .into_iter()
        .filter_map(|operand| match operand {
            Operand::Node(id) => Some(id),
            Operand::Signal(_) => None,
        });
    let below = plan.contacts.closure(roots);
    let operations = below.iter().filter_map(|id| Some(&plan.contacts.node(*id)?.operation));
    let operands = operations.flat_map(Operation::operands);
    let signals = operands.filter_map(|operand| match operand {
        Operand::Signal(signal) => Some(signal),
        Operand::Node(_) => None,
    });
    signals.collect()
}

/// The counts from which an operation's value is another.
fn thresholds(operation: &Operation) -> Vec<u64> {
    match operation {
        Operation::Events(Bound::AtLeast(least), _) => vec![*least],
        Operation::Events(Bound::AtMost(most), _) => vec![most.saturating_add(1)],
        Operation::Events(Bound::Exactly(exact), _) => vec![*exact, exact.saturating_add(1)],
        Operation::Times { most, .. } => most.iter().copied().collect(),
        Operation::Kept { limits, .. } => {
            let per = limits.per.map(|(most, _)| most);
            limits.total.into_iter().chain(per).collect()
        }
        // Whether there is an event at all matters always.
        _ => Vec::new(),
    }
}

/// So many events are counted one by one.
const COUNTED: u64 = 6;

/// Counts, put together where nothing changes from one to the next.
fn count_cells(mut starts: BTreeSet<u64>) -> Vec<(u64, u64)> {
    starts.extend([0, 1, 2]);
    let few: Vec<u64> = starts.iter().copied().filter(|count| *count <= COUNTED).collect();
    starts.extend(1..=few.last().copied().unwrap_or(1));
    let mut starts: Vec<u64> = starts.into_iter().collect();
    // Counts that are put together are told apart less, and never wrongly.
    while starts.len() > MOST_OPTIONS {
        let mut place = 0;
        starts.retain(|_| {
            place += 1;
            place <= 3 || place % 2 == 0
        });
    }
    let ends = starts.iter().skip(1).map(|next| next - 1).chain([MOST_EVENTS]);
    starts.iter().copied().zip(ends).collect()
}

/// The days at which something changes for the first or last event.
fn days_that_matter(plan: &Plan, as_of: Day, looks: &[Looks]) -> BTreeSet<i32> {
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
