//! Events to what is collected of them: read, filtered, and brought together for each contact in one pass; what limits
//! keep takes another over the events concerned, since it looks at the order of days.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::model::{Amount, EventId, EventSet, Fading, Model};
use crate::number::Number;
use crate::plan::{Collect, Limits, NodeId, Operand, Operation, Plan, Signal, SignalId, Worth, WorthId};
use crate::table::Type;

use super::columns::{self, Hints};
use super::dialect::Dialect;
use super::expression::{Expressions, Form, TextOf};
use super::folding::Alphabet;
use super::names::Names;
use super::pipeline::{Source, Stage, linked};
use super::reading::{Needs, Reader, nothing, text_stages};
use super::tables::{EventName, EventsTable};
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

const CONTACT: &str = "contact";
const NAME: &str = "event";
const DAY: &str = "day";
const PERIODS: &str = "periods";
const WORTH: &str = "worth";

/// A kind of what limits keep: its node, the signal that has its days, what each event is worth, and how many count.
type Kept = (NodeId, SignalId, WorthId, Limits);

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

    fn signal(self, id: SignalId) -> Option<&'a Signal> {
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
    fn names_of(self, events: &EventSet) -> Option<BTreeSet<&'a str>> {
        match events {
            EventSet::Named(ids) => Some(ids.iter().map(|id| self.event_name(*id)).collect()),
            EventSet::Active if self.model.events_are_declared => {
                let active = self.model.events.iter().filter(|event| !event.passive);
                Some(active.map(|event| event.name.as_str()).collect())
            }
            EventSet::Active => None,
        }
    }
}

fn signal_of(operand: Operand) -> Option<SignalId> {
    match operand {
        Operand::Signal(signal) => Some(signal),
        Operand::Node(_) => None,
    }
}

/// The events that count, as the query reads them.
#[derive(Debug)]
struct Picked<'a> {
    of: Collector<'a>,
    expressions: Expressions<'a>,
    source: Source,
    stages: Vec<Stage>,
    /// The only names that events have; `None` for any.
    only: Option<BTreeSet<&'a str>>,
}

impl<'a> Picked<'a> {
    fn new(of: Collector<'a>, signals: &[SignalId], names: &mut Names) -> Picked<'a> {
        let signals: Vec<&Signal> = signals.iter().filter_map(|signal| of.signal(*signal)).collect();
        let routes = &of.plan.routes.routes;
        let filters = signals.iter().filter_map(|signal| signal.filter);
        let ignores = routes
            .iter()
            .filter(|route| !route.ignored)
            .flat_map(|route| &route.ignores);
        let roots: Vec<NodeId> = filters.chain(ignores.copied()).collect();
        let graph = &of.plan.events;
        let steps = graph.closure(roots.iter().copied());
        let mut needs = Needs::of(graph, &steps);
        signals
            .iter()
            .for_each(|signal| note_property(of.model, signal.collect, &mut needs));
        let only = wanted_names(of, &signals);
        let mut expressions = Expressions {
            plan: of.plan,
            graph,
            dialect: of.dialect,
            as_of: of.as_of,
            data: HashMap::new(),
            texts: HashMap::new(),
            alphabets: HashMap::new(),
            choices: HashMap::new(),
            signals: HashMap::new(),
            kept: HashMap::new(),
            left: HashMap::new(),
            columns: HashMap::new(),
            comments: HashMap::new(),
        };
        let property = |column: u32| of.model.properties.get(column as usize);
        for column in &needs.columns {
            if let Some(property) = property(*column).filter(|property| !is_text(&property.of)) {
                expressions.data.insert(*column, names.take(&property.name));
            }
        }
        expressions.choices = super::reading::choices(&needs, |column| Some(&property(column)?.of));
        let column_name = |column: u32| property(column).map_or_else(String::new, |property| property.name.clone());
        let mut stages = text_stages(&needs, column_name, "event", &mut expressions, names);
        let columns = columns::chosen(of.plan, graph, &steps, &roots, &Hints::default(), names);
        expressions.columns = columns.names;
        for (place, nodes) in &columns.stages {
            let computed = nodes.iter().filter_map(|id| {
                let name = expressions.columns.get(id)?.clone();
                Some((expressions.computed(*id), name))
            });
            stages.push(Stage {
                name: names.take(&format!("event_filters_{}", place.1 + 1)),
                comment: "what several patterns ask of an event".to_owned(),
                columns: computed.collect(),
                ..Stage::default()
            });
        }
        let mut picked = Picked {
            of,
            source: Source {
                name: names.take("events_read"),
                comment: "the events up to the day of scoring that rules look at".to_owned(),
                selects: Vec::new(),
            },
            expressions,
            stages,
            only,
        };
        picked.source.selects = of.tables.iter().map(|table| picked.read(table, &needs)).collect();
        if let Some(filter) = picked.counts() {
            picked.stages.push(Stage {
                name: names.take("events_counted"),
                comment: "all but what the rules ignore".to_owned(),
                filter: Some(filter),
                ..Stage::default()
            });
        }
        picked
    }

    /// The rows of one table.
    fn read(&self, table: &EventsTable, needs: &Needs) -> Select {
        let reader = Reader {
            alias: "e",
            missing: &table.missing,
            types: &table.types,
            zone: self.of.model.zone,
        };
        let (day, contact) = (reader.day(&table.at), reader.column(&table.contact));
        let name = match &table.event {
            EventName::Column(column) => Expr::call(Function::AsText, [reader.column(column)]),
            EventName::Fixed(name) => Expr::text(name),
        };
        let mut columns = vec![
            (Expr::call(Function::AsText, [contact.clone()]), CONTACT.to_owned()),
            (name.clone(), NAME.to_owned()),
            (day.clone(), DAY.to_owned()),
        ];
        for column in &needs.columns {
            columns.extend(self.property(*column, table, reader, &name));
        }
        let until = day.infix(Sign::LessOrEqual, self.of.as_of.day());
        let named = match (&self.only, &table.event) {
            (Some(only), _) => one_of(&name, only),
            (None, EventName::Column(_)) => name.is_known(),
            (None, EventName::Fixed(_)) => Expr::Boolean(true),
        };
        Select {
            columns,
            from: From::Table(table.table.clone(), reader.alias),
            filter: Some(Expr::all(vec![until, named])),
            ..Select::default()
        }
    }

    /// A property of the events of a table; missing for events that do not have it.
    fn property(&self, column: u32, table: &EventsTable, reader: Reader<'_>, event: &Expr) -> Option<(Expr, String)> {
        let model = self.of.model;
        let property = model.properties.get(column as usize)?;
        let name = self.expressions.read_as(column)?;
        let has_it = |event: &&crate::model::Event| event.properties.iter().any(|id| id.0 == column);
        let having: BTreeSet<&str> = model
            .events
            .iter()
            .filter(has_it)
            .map(|event| event.name.as_str())
            .collect();
        let is_everywhere = match &self.only {
            Some(only) => only.is_subset(&having),
            None => true,
        };
        let value = || reader.value(&property.name, &property.of);
        let value = match &table.event {
            EventName::Fixed(fixed) if !self.reads(fixed, column) || !(is_everywhere || having.contains(&**fixed)) => {
                nothing(&property.of)
            }
            EventName::Column(_) if !is_everywhere => Expr::only_if(one_of(event, &having), value()),
            EventName::Fixed(_) | EventName::Column(_) => value(),
        };
        Some((value, name.clone()))
    }

    /// Whether anything reads a property of the events of a name.
    fn reads(&self, event: &str, column: u32) -> bool {
        let plan = self.of.plan;
        let Some(route) = plan.routes.place(event).and_then(|place| plan.routes.routes.get(place)) else {
            return false;
        };
        let filters = route
            .ignore_steps
            .iter()
            .chain(&route.steps)
            .filter_map(|step| plan.events.node(*step));
        let mut columns = filters.map(|node| match node.operation {
            Operation::Column(column) | Operation::Holds(column, _) => Some(column),
            _ => None,
        });
        let collected = route
            .signals
            .iter()
            .filter_map(|signal| plan.signal(*signal)?.collect.property());
        columns.any(|read| read == Some(column)) || collected.into_iter().any(|read| read == column)
    }

    /// Whether an event counts; `None` where all do.
    fn counts(&self) -> Option<Expr> {
        let routes = &self.of.plan.routes.routes;
        let known: BTreeSet<&str> = routes.iter().filter_map(|route| route.name.as_deref()).collect();
        let name = Expr::column(NAME);
        let mut ignored = Vec::new();
        for route in routes {
            let is_wanted = match (&self.only, route.name.as_deref()) {
                (Some(only), Some(name)) => only.contains(name),
                (Some(_), None) => false,
                (None, _) => true,
            };
            let of_name = match route.name.as_deref() {
                Some(route) => name.clone().equals(Expr::text(route)),
                None => one_of(&name, &known).not(),
            };
            if is_wanted && route.ignored && self.only.is_none() {
                ignored.push(of_name);
            } else if is_wanted && !route.ignored && !route.ignores.is_empty() {
                let filters = route.ignores.iter().map(|filter| self.expressions.value(*filter));
                ignored.push(Expr::all(vec![of_name, Expr::any(filters.collect())]));
            }
        }
        (!ignored.is_empty()).then(|| Expr::any(ignored).not())
    }

    /// When a signal collects something of an event.
    fn condition(&self, signal: &Signal) -> Expr {
        let name = match (self.of.names_of(&signal.events), &self.only) {
            (Some(names), Some(only)) if only.is_subset(&names) => Expr::Boolean(true),
            (Some(names), _) => one_of(&Expr::column(NAME), &names),
            (None, _) => Expr::Boolean(true),
        };
        let window = match signal.window {
            Some(window) => self.of.as_of.within(&Expr::column(DAY), window),
            None => Expr::Boolean(true),
        };
        let filter = signal
            .filter
            .map_or(Expr::Boolean(true), |filter| self.expressions.value(filter));
        Expr::all(vec![name, window, filter])
    }
}

/// Notes the property that is collected, in the form in which it is.
fn note_property(model: &Model, collect: Collect, needs: &mut Needs) {
    let Some(column) = collect.property() else { return };
    let Some(property) = model.properties.get(column as usize) else {
        return;
    };
    needs.columns.insert(column);
    if is_text(&property.of) {
        let is_compared = matches!(collect, Collect::Distinct(_));
        needs.form(
            TextOf::Column(column),
            if is_compared { Form::Folded } else { Form::Raw },
        );
        if is_compared {
            needs.alphabet(TextOf::Column(column), &Alphabet::All);
        }
    }
}

fn is_text(of: &Type) -> bool {
    match of {
        Type::Text | Type::OneOf(_) | Type::List => true,
        Type::Number | Type::Boolean | Type::Date => false,
    }
}

/// The names at which signals look; `None` where that may be any.
fn wanted_names<'a>(of: Collector<'a>, signals: &[&Signal]) -> Option<BTreeSet<&'a str>> {
    let mut wanted = BTreeSet::new();
    for signal in signals {
        wanted.extend(of.names_of(&signal.events)?);
    }
    let ignored = of.plan.routes.routes.iter().filter(|route| route.ignored);
    for name in ignored.filter_map(|route| route.name.as_deref()) {
        wanted.remove(name);
    }
    Some(wanted)
}

/// Whether a text is one of these names.
fn one_of(value: &Expr, names: &BTreeSet<&str>) -> Expr {
    match names.is_empty() {
        true => Expr::Boolean(false),
        false => Expr::In(
            Box::new(value.clone()),
            names.iter().map(|name| Expr::text(name)).collect(),
        ),
    }
}

/// Events on their way to what is collected of them.
struct Collecting<'a, 'n> {
    of: Collector<'a>,
    picked: Picked<'a>,
    names: &'n mut Names,
    /// The rows that say what is left of fading points, by how many periods ago they were earned.
    fadings: Vec<(WorthId, Named)>,
    collected: Collected,
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
        let events = match self.of.names_of(&signal.events) {
            Some(names) if names.len() == 1 => names.into_iter().next().unwrap_or_default(),
            Some(_) | None => "events",
        };
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
                let known = Expr::all(vec![condition, property(column).is_known()]);
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
    fn worth(&mut self, id: WorthId, joins: &mut Vec<Join>) -> Expr {
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

    /// What limits keep, by days.
    fn limits(&mut self, limited: &[Kept]) {
        if limited.is_empty() {
            return;
        }
        let mut counts: BTreeMap<SignalId, String> = BTreeMap::new();
        let mut columns = Vec::new();
        for (_, id, ..) in limited {
            let Some(signal) = self.of.signal(*id).filter(|_| !counts.contains_key(id)) else {
                continue;
            };
            let condition = self.picked.condition(signal);
            let name = self.names.take(&format!("{}_of_day", self.name(signal)));
            columns.push((Expr::call(Function::CountWhere, [condition]), name.clone()));
            counts.insert(*id, name);
        }
        let names: Option<Vec<BTreeSet<&str>>> = counts
            .keys()
            .filter_map(|id| self.of.signal(*id))
            .map(|signal| self.of.names_of(&signal.events))
            .collect();
        let names: Option<BTreeSet<&str>> = names.map(|names| names.into_iter().flatten().collect());
        let filter = match (&names, &self.picked.only) {
            (Some(names), Some(only)) if only.is_subset(names) => None,
            (Some(names), _) => Some(one_of(&Expr::column(NAME), names)),
            (None, _) => None,
        };
        let of_days = Select {
            kept: vec![CONTACT.to_owned(), DAY.to_owned()],
            columns,
            filter,
            groups: vec![CONTACT.to_owned(), DAY.to_owned()],
            ..Select::default()
        };
        let days = self.names.take("days");
        let source = self.of_days(days, of_days);
        let (mut in_periods, mut in_all, mut sums, mut joins) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut found = Vec::new();
        for (node, signal, worth, limits) in limited {
            let Some(count) = counts.get(signal) else { continue };
            let mut count = count.clone();
            if let Some((most, unit)) = limits.per {
                let name = self.names.take(&format!("{count}_in_{}", unit.word()));
                let period = Expr::call(Function::PeriodNumber(unit), [Expr::column(DAY)]);
                in_periods.push((kept_of(&count, most, vec![Expr::column(CONTACT), period]), name.clone()));
                count = name;
            }
            if let Some(most) = limits.total {
                let name = self.names.take(&format!("{count}_in_all"));
                in_all.push((kept_of(&count, most, vec![Expr::column(CONTACT)]), name.clone()));
                count = name;
            }
            let worth = self.worth(*worth, &mut joins);
            let name = self.names.take("kept_points");
            sums.push((
                Expr::call(Function::SumOf, [Expr::column(&count).times(worth)]),
                name.clone(),
            ));
            found.push(name.clone());
            self.collected.kept.insert(*node, name);
        }
        let stages = [
            (
                "kept_in_periods",
                "the newest events of each calendar period",
                in_periods,
            ),
            ("kept_in_all", "the newest of those that are left", in_all),
        ];
        let stages = stages.map(|(name, comment, columns)| Stage {
            name: self.names.take(name),
            comment: comment.to_owned(),
            columns,
            ..Stage::default()
        });
        let needed: Vec<String> = available(&source, &stages);
        let (named, last) = linked(source, stages.into(), &needed);
        self.collected.named.extend(named);
        let name = self.names.take("kept");
        self.collected.named.push(Named {
            name: name.clone(),
            comment: "what the events are worth that limits keep".to_owned(),
            rows: Rows::Selected(vec![Select {
                kept: vec![CONTACT.to_owned()],
                columns: sums,
                from: From::Named(last),
                joins,
                groups: vec![CONTACT.to_owned()],
                ..Select::default()
            }]),
        });
        self.collected.tables.push((name, found));
    }

    fn of_days(&self, name: String, select: Select) -> Source {
        Source {
            name,
            comment: "how many events of each day count for rules with limits that look at days".to_owned(),
            selects: vec![select],
        }
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

/// How many of a day's events are among so many newest of what they have in common with others.
fn kept_of(count: &str, most: u64, within: Vec<Expr>) -> Expr {
    let newer = Expr::SumOfNewer {
        of: Box::new(Expr::column(count)),
        within,
        by: Box::new(Expr::column(DAY)),
    };
    let most = Expr::Integer(i64::try_from(most).unwrap_or(i64::MAX));
    let left = most.minus(Expr::call(Function::Narrow, [newer.or_else(Expr::Integer(0))]));
    let kept = Expr::call(Function::Least, [Expr::column(count), left]);
    Expr::call(Function::Greatest, [kept, Expr::Integer(0)])
}

/// All columns of a source and its stages.
fn available(source: &Source, stages: &[Stage]) -> Vec<String> {
    let of_source = source.selects.iter().flat_map(|select| {
        select
            .kept
            .iter()
            .cloned()
            .chain(select.columns.iter().map(|(_, name)| name.clone()))
    });
    let of_stages = stages
        .iter()
        .flat_map(|stage| stage.columns.iter().map(|(_, name)| name.clone()));
    of_source.chain(of_stages).collect()
}
