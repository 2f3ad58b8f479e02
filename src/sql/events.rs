//! Events to what is collected of them: read, filtered, and brought together for each contact in one pass; what limits
//! keep takes another over the events concerned, since it looks at the order of days.

use std::collections::{BTreeSet, HashMap};

use crate::model::{Amount, EventId, EventSet, Fading, Model};
use crate::number::Number;
use crate::plan::{Collect, Limits, NodeId, Operand, Operation, Plan, Signal, SignalId, Worth, WorthId};

use super::dialect::Dialect;
use super::names::Names;
use super::picked::Picked;
use super::pipeline::linked;
use super::tables::EventsTable;
use super::texts::{Form, TextOf};
use super::time::AsOf;
use super::tree::{Expr, From, Function, Join, Named, Rows, Select, Sign};

/// What is collected of events.
#[derive(Debug, Default)]
pub(super) struct Collected {
    /// The named rows, in order.
    pub(super) named: Vec<Named>,
    /// The rows that have one for each contact, by `contact`, and their columns.
    pub(super) tables: Vec<(String, Vec<String>)>,
    /// The columns of what signals collect.
    pub(super) signals: HashMap<SignalId, String>,
    /// The columns of what limits keep, by the nodes that say so.
    pub(super) kept: HashMap<NodeId, String>,
}

/// What events are collected by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Collector<'a> {
    pub(super) model: &'a Model,
    pub(super) plan: &'a Plan,
    pub(super) dialect: &'a dyn Dialect,
    pub(super) as_of: AsOf,
    pub(super) tables: &'a [EventsTable],
}

pub(super) const CONTACT: &str = "contact";
pub(super) const NAME: &str = "event";
pub(super) const DAY: &str = "day";
const PERIODS: &str = "periods";
const WORTH: &str = "worth";

/// A kind of what limits keep: its node, the signal that has its days, what each event is worth, and how many count.
pub(super) type Kept = (NodeId, SignalId, WorthId, Limits);

impl<'a> Collector<'a> {
    /// Collects what some nodes of contacts read.
    pub(super) fn collect(self, steps: &[NodeId], names: &mut Names) -> Collected {
        let mut signals = BTreeSet::new();
        let mut limited: Vec<Kept> = Vec::new();
        for id in steps {
            match self.plan.node(*id).map(|node| &node.operation) {
                Some(Operation::Kept { days, worth, limits }) => limited.push((*id, *days, *worth, *limits)),
                Some(operation) => signals.extend(operation.operands().into_iter().filter_map(signal_of)),
                None => {}
            }
        }
        if signals.is_empty() && limited.is_empty() {
            return Collected::default();
        }
        for name in [CONTACT, NAME, DAY, PERIODS, WORTH] {
            names.take(name);
        }
        let days = limited.iter().map(|(_, days, ..)| *days);
        let all: Vec<SignalId> = signals.iter().copied().chain(days).collect();
        let picked = Picked::new(self, &all, names);
        let mut collecting = Collecting {
            of: self,
            picked,
            names,
            fadings: Vec::new(),
            collected: Collected::default(),
        };
        collecting.signals(&signals);
        collecting.limits(&limited);
        collecting.finish()
    }

    pub(super) fn signal(self, id: SignalId) -> Option<&'a Signal> {
        self.plan.signal(id)
    }

    fn event_name(self, id: EventId) -> &'a str {
        self.model
            .events
            .get(id.index())
            .map_or("", |event| event.name.as_str())
    }

    /// The names of some events, as far as these are told by names: all that are not passive may be any, where no
    /// event is declared.
    pub(super) fn names_of(self, events: &EventSet) -> Option<BTreeSet<&'a str>> {
        match events {
            EventSet::Named(ids) => Some(ids.iter().map(|id| self.event_name(*id)).collect()),
            EventSet::Active if self.model.events_are_declared => {
                let active = self.model.events.iter().filter(|event| !event.passive);
                Some(active.map(|event| event.name.as_str()).collect())
            }
            EventSet::Active => None,
        }
    }

    /// What columns are called that are made of some events.
    pub(super) fn title(self, events: &EventSet) -> &'a str {
        match self.names_of(events) {
            Some(names) if names.len() == 1 => names.into_iter().next().unwrap_or_default(),
            Some(_) | None => "events",
        }
    }
}

fn signal_of(operand: Operand) -> Option<SignalId> {
    match operand {
        Operand::Signal(signal) => Some(signal),
        Operand::Node(_) => None,
    }
}

/// Events on their way to what is collected of them.
pub(super) struct Collecting<'a, 'n> {
    pub(super) of: Collector<'a>,
    pub(super) picked: Picked<'a>,
    pub(super) names: &'n mut Names,
    /// The rows that say what is left of fading points, by how many periods ago they were earned.
    fadings: Vec<(WorthId, Named)>,
    pub(super) collected: Collected,
}

impl Collecting<'_, '_> {
    /// What is collected in one pass.
    fn signals(&mut self, signals: &BTreeSet<SignalId>) {
        let mut columns = vec![];
        let mut joins = Vec::new();
        for id in signals {
            let Some(signal) = self.of.signal(*id) else { continue };
            let column = self.column(signal, &mut joins);
            let name = self.names.take(&self.name(signal));
            columns.push((column, name.clone()));
            self.collected.signals.insert(*id, name);
        }
        if columns.is_empty() {
            return;
        }
        let name = self.names.take("collected");
        let found = columns.iter().map(|(_, name)| name.clone()).collect();
        self.collected.named.push(Named {
            name: name.clone(),
            comment: "what is collected of each contact's events".to_owned(),
            rows: Rows::Selected(vec![Select {
                kept: vec![CONTACT.to_owned()],
                columns,
                joins,
                groups: vec![CONTACT.to_owned()],
                ..Select::default()
            }]),
        });
        self.collected.tables.push((name, found));
    }

    /// A name that tells what a signal collects.
    fn name(&self, signal: &Signal) -> String {
        let events = self.of.title(&signal.events);
        let property = signal
            .collect
            .property()
            .and_then(|property| self.of.model.properties.get(property as usize));
        let property = property.map_or("", |property| property.name.as_str());
        match signal.collect {
            Collect::Count | Collect::Days => format!("{events}_count"),
            Collect::Known(_) => format!("{events}_with_{property}"),
            Collect::Sum(_) => format!("{events}_sum_of_{property}"),
            Collect::Smallest(_) => format!("{events}_smallest_{property}"),
            Collect::Largest(_) => format!("{events}_largest_{property}"),
            Collect::First => format!("{events}_first"),
            Collect::Last => format!("{events}_last"),
            Collect::Distinct(_) => format!("{events}_different_{property}"),
            Collect::Worth(_) => format!("{events}_points"),
        }
    }

    /// What a signal collects of the events of a contact.
    fn column(&mut self, signal: &Signal, joins: &mut Vec<Join>) -> Expr {
        let condition = self.picked.condition(signal);
        let property = |column: u32| self.property(column);
        match signal.collect {
            Collect::Count | Collect::Days => Expr::call(Function::CountWhere, [condition]),
            Collect::Known(column) => {
                let known = Expr::all(vec![condition, property(column).known()]);
                Expr::call(Function::CountWhere, [known])
            }
            Collect::Sum(column) => Expr::call(Function::WideSum, [Expr::only_if(condition, property(column))]),
            Collect::Smallest(column) => Expr::call(Function::Minimum, [Expr::only_if(condition, property(column))]),
            Collect::Largest(column) => Expr::call(Function::Maximum, [Expr::only_if(condition, property(column))]),
            Collect::Distinct(column) => {
                Expr::call(Function::CountDistinct, [Expr::only_if(condition, property(column))])
            }
            Collect::First => Expr::call(Function::Minimum, [Expr::only_if(condition, Expr::column(DAY))]),
            Collect::Last => Expr::call(Function::Maximum, [Expr::only_if(condition, Expr::column(DAY))]),
            Collect::Worth(worth) => {
                let worth = self.worth(worth, joins);
                Expr::call(Function::SumOf, [Expr::only_if(condition, worth)])
            }
        }
    }

    /// A property in the form in which it is collected.
    fn property(&self, column: u32) -> Expr {
        let expressions = &self.picked.expressions;
        let text = TextOf::Column(column);
        let folded = expressions.texts.get(&(text.clone(), Form::Folded));
        match expressions
            .data
            .get(&column)
            .or(folded)
            .or_else(|| expressions.texts.get(&(text, Form::Raw)))
        {
            Some(name) => Expr::column(name),
            None => Expr::Null(super::tree::Type::Integer),
        }
    }

    /// What an event of a day is worth.
    pub(super) fn worth(&mut self, id: WorthId, joins: &mut Vec<Join>) -> Expr {
        let Some(Worth { points, fading }) = self.of.plan.worths.get(id.index()).copied() else {
            return Expr::Integer(0);
        };
        let (day, magnitude) = (Expr::column(DAY), points.units().saturating_abs());
        let signed = |magnitude: Expr| match points < Number::ZERO {
            true => Expr::Integer(0).minus(magnitude),
            false => magnitude,
        };
        match fading {
            None => Expr::Integer(points.units()),
            Some(Fading::Over(period)) => {
                let days = self.of.as_of.days_of(period);
                let left = days.clone().minus(self.of.as_of.days_since(&day));
                let twice = left.clone().times(Expr::Integer(2 * magnitude)).plus(days.clone());
                let twice_the_days = match days {
                    Expr::Integer(days) => Expr::Integer(2 * days),
                    days => days.times(Expr::Integer(2)),
                };
                let faded = signed(twice.over(twice_the_days));
                Expr::case(left.infix(Sign::Greater, Expr::Integer(0)), faded, Expr::Integer(0))
            }
            Some(Fading::Per(Amount::Points(amount), period)) => {
                let taken = self
                    .of
                    .as_of
                    .full_periods(&day, period)
                    .times(Expr::Integer(amount.units().min(magnitude)));
                let left = Expr::Integer(magnitude).minus(taken);
                signed(Expr::call(Function::Greatest, [left, Expr::Integer(0)]))
            }
            Some(Fading::Per(Amount::Part(part), period)) => {
                let rows = self.faded(id, points, part);
                let on =
                    Expr::ColumnOf(rows.clone(), PERIODS.to_owned()).equals(self.of.as_of.full_periods(&day, period));
                if joins.iter().all(|join| join.name != rows) {
                    joins.push(Join {
                        rows: rows.clone(),
                        name: rows.clone(),
                        on,
                    });
                }
                Expr::ColumnOf(rows, WORTH.to_owned()).or_else(Expr::Integer(0))
            }
        }
    }

    /// The rows that say what is left of points after so many periods.
    fn faded(&mut self, id: WorthId, points: Number, part: Number) -> String {
        if let Some((_, rows)) = self.fadings.iter().find(|(known, _)| *known == id) {
            return rows.name.clone();
        }
        let name = self.names.take("fading");
        let worths = self
            .of
            .plan
            .faded(points, part)
            .into_iter()
            .zip(0..)
            .map(|(worth, periods)| vec![periods, worth]);
        let rows = Named {
            name: name.clone(),
            comment: format!("what {points} points are after so many periods that each take {part} of what is left"),
            rows: Rows::Values {
                columns: vec![PERIODS.to_owned(), WORTH.to_owned()],
                rows: worths.collect(),
            },
        };
        self.fadings.push((id, rows));
        name
    }

    /// Puts the events before what is collected of them.
    fn finish(mut self) -> Collected {
        let mut needed: Vec<String> = vec![CONTACT.to_owned()];
        for named in &self.collected.named {
            needed.extend(super::pipeline::columns_read(&named.rows));
        }
        let (events, last) = linked(self.picked.source, self.picked.stages, &needed);
        for named in &mut self.collected.named {
            if let Rows::Selected(selects) = &mut named.rows {
                selects
                    .iter_mut()
                    .filter(|select| select.from == From::Nowhere)
                    .for_each(|select| select.from = From::Named(last.clone()));
            }
        }
        let fadings = self.fadings.into_iter().map(|(_, rows)| rows);
        self.collected.named.splice(0..0, events.into_iter().chain(fadings));
        self.collected
    }
}
