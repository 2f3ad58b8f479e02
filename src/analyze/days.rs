//! The days on which models are analysed: one for each order in which their borders can stand.
//!
//! A border is a day at which something begins to come out in another way: the first day of a window, the day so many
//! months ago, a date that a file names. Which contacts there can be hangs on the order of the borders; where limits
//! count by calendar periods or points fade over days, also on how many days and periods lie between them. A day of
//! scoring stands for all others of which these are the same. What hangs on the day in another way, as what is calculated
//! of the time since a date, no few days stand for: then they are not all.

use std::collections::{BTreeSet, HashSet};

use crate::calendar::{Day, Period, Unit};
use crate::model::{Fading, Model};
use crate::number::Number;
use crate::plan::{Collect, Graph, Operand, Operation, Plan, Shape};

use super::space::leaves::{Looks, day_of, is_test, looks};

/// Models of so many steps together are large.
const LARGE: usize = 1_000;

/// So many days are looked at of small models, and of large ones.
const MOST: [usize; 2] = [96, 4];

/// So many times a period is repeated.
const MOST_REPEATED: i64 = 300;

/// No border lies farther away, in days.
const FARTHEST: i64 = 1_600 * 365;

/// So many borders are found to tell days apart: days times borders.
const MOST_WORK: usize = 6_000_000;

/// Days of scoring.
#[derive(Clone, Debug)]
pub struct Days {
    /// The days, the usual one first: that of a test which names none.
    pub days: Vec<Day>,
    /// Whether they stand for every day of scoring.
    pub are_all: bool,
}

/// Days of scoring on which these models can come out in different ways.
pub fn days_that_matter(models: &[&Model]) -> Days {
    let plans: Vec<Plan> = models.iter().map(|model| Plan::new(model)).collect();
    let mut borders = Borders::default();
    for plan in &plans {
        borders.add(plan);
    }
    borders.repeat();
    let steps: usize = plans.iter().map(|plan| plan.steps.len()).sum();
    let [of_small, of_large] = MOST;
    let most = if steps > LARGE { of_large } else { of_small };
    let mut days: Vec<Day> = Vec::new();
    let mut known = HashSet::new();
    let mut work = 0;
    let scanned = borders.scanned();
    for day in Day::new(2025, 1, 1).into_iter().chain(scanned) {
        if known.insert(borders.seen_from(day)) {
            days.push(day);
        }
        work += borders.count();
        if days.len() > most || work > MOST_WORK {
            days.truncate(most);
            return Days { days, are_all: false };
        }
    }
    Days {
        days,
        are_all: !borders.are_cut,
    }
}

/// Where something begins to come out in another way.
#[derive(Default)]
struct Borders {
    /// So many units before the day of scoring; after it, where negative.
    relative: BTreeSet<(i64, Unit)>,
    /// On days that a file names.
    dates: BTreeSet<Day>,
    /// Again and again, a period each.
    repeated: BTreeSet<(u32, Unit)>,
    /// The calendar periods by which limits count.
    per: BTreeSet<Unit>,
    /// Whether it matters how many days a month has.
    in_days: bool,
    /// Whether days of events are compared with dates.
    events_are_dated: bool,
    /// Whether age or inactivity takes points.
    fades: bool,
    /// Whether something hangs on the day of scoring in a way that no border tells, or there are more borders than are
    /// looked at.
    are_cut: bool,
}

impl Borders {
    fn add(&mut self, plan: &Plan) {
        for signal in &plan.signals {
            self.relative.extend(
                signal
                    .window
                    .map(|window| (i64::from(window.period.count), window.period.unit)),
            );
            self.in_days |= signal.collect == Collect::Days;
        }
        for worth in &plan.worths {
            self.fades |= worth.fading.is_some();
            match worth.fading {
                Some(Fading::Over(period)) => {
                    self.relative.insert((i64::from(period.count), period.unit));
                    self.in_days = true;
                }
                Some(Fading::Per(_, period)) => self.repeats(period),
                None => {}
            }
        }
        for node in plan.contacts.nodes() {
            match &node.operation {
                Operation::Decayed { period, .. } => {
                    self.fades = true;
                    self.repeats(*period);
                }
                Operation::Kept { limits, .. } => self.per.extend(limits.per.map(|(_, unit)| unit)),
                // No other has periods of its own.
                _ => {}
            }
        }
        for graph in [&plan.contacts, &plan.events] {
            self.add_tests(graph, &looks(graph));
            self.add_times(graph, plan);
        }
    }

    fn repeats(&mut self, period: Period) {
        self.repeated.insert((period.count, period.unit));
    }

    /// The borders at which a test of a graph comes out in another way.
    fn add_tests(&mut self, graph: &Graph, looks: &[Looks]) {
        let one = Number::whole(1).units();
        for (node, looks) in graph
            .nodes()
            .iter()
            .zip(looks)
            .filter(|(node, _)| is_test(&node.operation))
        {
            for unit in &looks.units {
                let both = looks.numbers.iter().flat_map(|units| [*units, -*units]);
                let whole = both.map(|units| units.div_euclid(one));
                self.relative
                    .extend(whole.flat_map(|whole| [(whole, *unit), (whole + 1, *unit)]));
            }
            self.dates.extend(&looks.days);
            if let Operation::OneOf(_, constants) = &node.operation
                && !looks.days.is_empty()
            {
                self.dates
                    .extend(constants.iter().filter_map(|constant| day_of(*constant)));
            }
        }
    }

    /// What tests make of times, besides comparing one with constants.
    fn add_times(&mut self, graph: &Graph, plan: &Plan) {
        for (node, time) in graph.nodes().iter().zip(times(graph, plan)) {
            if !is_test(&node.operation) {
                continue;
            }
            self.events_are_dated |= time.of_events && time.of_dates;
            // Of fields every time can be: only those of events and dates move with the day of scoring.
            let moves = time.of_events || time.of_dates;
            self.are_cut |= moves && (time.counted > 1 || time.counted > 0 && time.is_computed);
        }
    }

    /// Puts what repeats at each of its places as far back as anything else lies.
    fn repeat(&mut self) {
        // What is left of an event of some date grows less from day to day, and more periods lie behind it: no few days
        // stand for all.
        let grows = self.fades || self.in_days || !self.per.is_empty();
        self.are_cut |= self.events_are_dated && grows;
        let days_of = |(count, unit): &(i64, Unit)| count.saturating_mul(days(*unit));
        let farthest = self.relative.iter().map(days_of).max().unwrap_or(0);
        // From most days a border so far away lies beyond the calendar.
        self.are_cut |= farthest > FARTHEST;
        for (count, unit) in std::mem::take(&mut self.repeated) {
            let period = i64::from(count).saturating_mul(days(unit)).max(1);
            let times = farthest / period + 1;
            self.are_cut |= times > MOST_REPEATED;
            let times = 1..=times.min(MOST_REPEATED);
            self.relative
                .extend(times.map(|times| (times * i64::from(count), unit)));
        }
    }

    fn count(&self) -> usize {
        self.relative.len() + self.dates.len() + 1
    }

    /// The days of scoring among which every order of the borders is found.
    fn scanned(&self) -> Vec<Day> {
        let units: BTreeSet<Unit> = self.relative.iter().map(|(_, unit)| *unit).collect();
        let in_months = units.contains(&Unit::Month) || units.contains(&Unit::Year);
        let in_days = units.contains(&Unit::Day) || units.contains(&Unit::Week) || self.in_days;
        let by_calendar = self.per.iter().any(|unit| *unit != Unit::Day) || in_months && !self.per.is_empty();
        if !(in_months && in_days || by_calendar && !units.is_empty() || !self.dates.is_empty()) {
            return Vec::new();
        }
        let far = self
            .relative
            .iter()
            .map(|(count, unit)| count.saturating_mul(days(*unit)).abs())
            .max();
        let years = far.unwrap_or(0) / 365 + 1;
        // Years with every sequence of leap years of which eight years can see some: 2100 is none.
        let mut spans = vec![(2024, 2032), (2092, 2112)];
        if years > 8 {
            spans.push((2000, 2400));
        }
        if let (Some(first), Some(last)) = (self.dates.first(), self.dates.last()) {
            let year = |day: &Day| i64::from(day.calendar_period(Unit::Year));
            // Then those in which all dates are still to come.
            spans.extend([(year(first) - years - 4, year(last) + years + 4), (1692, 1712)]);
        }
        let day = |year: i64, month, of_month| Day::new(i32::try_from(year).ok()?, month, of_month);
        let ends = spans
            .iter()
            .filter_map(|(from, to)| day(*from, 1, 1).zip(day(*to, 12, 31)));
        let numbers = ends.flat_map(|(from, to)| from.number()..=to.number());
        numbers.filter_map(Day::from_number).collect()
    }

    /// In which order the borders stand, seen from a day of scoring, and what else of the calendar lies between them: days,
    /// where points fade over days or limits count them; the periods by which limits count. (Dates bound no events where
    /// limits count or points fade: then they are cut.)
    fn seen_from(&self, as_of: Day) -> Vec<i32> {
        let relative = self
            .relative
            .iter()
            .map(|(count, unit)| as_of.minus(*count, Period::one(*unit)).next());
        let dates = self.dates.iter().flat_map(|date| [*date, date.next()]);
        let relative: Vec<i32> = relative.map(Day::number).collect();
        let dates = dates.chain([as_of.next()]).map(Day::number);
        let starts: Vec<i32> = relative.iter().copied().chain(dates).collect();
        let mut order = starts.clone();
        order.sort_unstable();
        order.dedup();
        let places = starts
            .iter()
            .map(|start| order.partition_point(|other| other < start) as i32);
        let mut seen: Vec<i32> = places.collect();
        if self.in_days || self.per.contains(&Unit::Day) {
            let months = self.relative.iter().zip(&relative);
            let months = months.filter(|((_, unit), _)| matches!(unit, Unit::Month | Unit::Year));
            seen.extend(months.map(|(_, start)| as_of.number() - start));
        }
        for unit in self.per.iter().filter(|unit| **unit != Unit::Day) {
            let period = |number: i32| Day::from_number(number).unwrap_or(as_of).calendar_period(*unit);
            let own = as_of.calendar_period(*unit);
            let beside = relative.iter().flat_map(|start| [*start, start - 1]);
            seen.extend(beside.map(|start| own - period(start)));
        }
        seen
    }
}

/// What the value of a node is made of that has to do with time. Conditions are values of their own: what they look at
/// is not what is chosen by them.
#[derive(Clone, Copy, Default)]
struct Time {
    /// Days of events.
    of_events: bool,
    /// Dates that a file names.
    of_dates: bool,
    /// How many times elapsed.
    counted: usize,
    /// Whether it is calculated with.
    is_computed: bool,
}

impl Time {
    fn with(self, other: Time) -> Time {
        Time {
            of_events: self.of_events || other.of_events,
            of_dates: self.of_dates || other.of_dates,
            counted: self.counted + other.counted,
            is_computed: self.is_computed || other.is_computed,
        }
    }
}

/// The times of which the value of each node of a graph is made, by its place.
fn times(graph: &Graph, plan: &Plan) -> Vec<Time> {
    let mut all: Vec<Time> = Vec::with_capacity(graph.nodes().len());
    for node in graph.nodes() {
        let of = |operand: Operand| match operand {
            Operand::Node(id) => match graph.shape(id) {
                Shape::Condition | Shape::Choice => Time::default(),
                Shape::Boolean | Shape::Number | Shape::Date | Shape::Text | Shape::List => {
                    all.get(id.index()).copied().unwrap_or_default()
                }
            },
            Operand::Signal(id) => Time {
                of_events: plan.signal(id).is_some_and(|signal| is_of_days(signal.collect)),
                ..Time::default()
            },
        };
        let time = node
            .operation
            .operands()
            .into_iter()
            .map(of)
            .fold(Time::default(), Time::with);
        let is_date = matches!(node.operation, Operation::Date(_));
        let is_dates = matches!(&node.operation, Operation::OneOf(one, _) if graph.shape(*one) == Shape::Date);
        all.push(Time {
            of_dates: time.of_dates || is_date || is_dates,
            counted: match node.operation {
                Operation::Elapsed { .. } => 1,
                _ => time.counted,
            },
            is_computed: time.is_computed || matches!(node.operation, Operation::Arithmetic(..)),
            ..time
        });
    }
    all
}

/// Whether days of events are collected.
fn is_of_days(collect: Collect) -> bool {
    match collect {
        Collect::First | Collect::Last => true,
        Collect::Count
        | Collect::Known(_)
        | Collect::Sum(_)
        | Collect::Smallest(_)
        | Collect::Largest(_)
        | Collect::Distinct(_)
        | Collect::Days
        | Collect::Worth(_) => false,
    }
}

/// About so many days a unit has.
fn days(unit: Unit) -> i64 {
    match unit {
        Unit::Day => 1,
        Unit::Week => 7,
        Unit::Month => 30,
        Unit::Year => 365,
    }
}
