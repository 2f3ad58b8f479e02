//! The events that count: the rows of their tables, what patterns ask of them, and which of them the rules ignore.

use std::collections::BTreeSet;

use crate::model::Model;
use crate::plan::{Collect, NodeId, Operation, Route, Signal, SignalId};

use super::columns::{self, Hints};
use super::events::{CONTACT, Collector, DAY, NAME};
use super::expression::Expressions;
use super::folding::Alphabet;
use super::names::Names;
use super::once::Repeated;
use super::pipeline::{Source, Stage};
use super::reading::{Needs, Reader, is_text, nothing, read_columns};
use super::tables::{EventName, EventsTable};
use super::texts::{Form, TextOf};
use super::tree::{Expr, From, Function, Select, Sign};

/// The events that count, as the query reads them.
#[derive(Debug)]
pub(super) struct Picked<'a> {
    of: Collector<'a>,
    pub(super) expressions: Expressions<'a>,
    pub(super) source: Source,
    pub(super) stages: Vec<Stage>,
    /// What tells apart rows that stand in their table more than once.
    repeated: Option<Repeated>,
    /// The only names that events have; `None` for any.
    pub(super) only: Option<BTreeSet<&'a str>>,
}

impl<'a> Picked<'a> {
    pub(super) fn new(of: Collector<'a>, signals: &[SignalId], names: &mut Names) -> Picked<'a> {
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
        let mut expressions = Expressions::new(of.plan, graph, of.dialect, of.as_of);
        let property = |column: u32| of.model.properties.get(column as usize);
        let property = |column: u32| property(column).map(|property| (property.name.as_str(), &property.of));
        let mut stages = read_columns(&needs, property, "event", &mut expressions, names);
        let columns = columns::chosen(of.plan, graph, &steps, &roots, &Hints::default(), names);
        expressions.columns = columns.names;
        stages.extend(columns.stages.iter().map(|(place, nodes)| Stage {
            name: names.take(&format!("event_filters_{}", place.1 + 1)),
            comment: "what several patterns ask of an event".to_owned(),
            columns: expressions.named(nodes),
            ..Stage::default()
        }));
        let mut picked = Picked {
            of,
            source: Source {
                name: names.take("events_read"),
                comment: "the events up to the day of scoring that rules look at".to_owned(),
                selects: Vec::new(),
            },
            expressions,
            stages,
            repeated: Repeated::of(of.tables, names),
            only,
        };
        let tables = of.tables.iter().enumerate();
        picked.source.selects = tables.map(|(place, table)| picked.read(table, place, &needs)).collect();
        if let Some((repeated, first)) = picked.repeated.as_ref().zip(picked.source.selects.first()) {
            let once = repeated.stages(&first.columns, names);
            picked.stages.splice(0..0, once);
        }
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
    fn read(&self, table: &EventsTable, place: usize, needs: &Needs) -> Select {
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
        columns.extend(
            self.repeated
                .iter()
                .flat_map(|repeated| repeated.columns(table, place, reader)),
        );
        let until = day.infix(Sign::LessOrEqual, self.of.as_of.day());
        let named = match (&self.only, &table.event) {
            (Some(only), EventName::Fixed(name)) => Expr::Boolean(only.contains(name.as_str())),
            (Some(only), EventName::Column(_)) => one_of(&name, only),
            (None, EventName::Column(column)) => reader.text(reader.column(column)).known(),
            (None, EventName::Fixed(_)) => Expr::Boolean(true),
        };
        Select {
            columns,
            from: From::Table(table.table.clone(), reader.alias),
            filter: Some(Expr::all(vec![until, named])),
            ..Select::default()
        }
    }

    /// A property of the events of a table, read of those alone of which it is asked.
    fn property(&self, column: u32, table: &EventsTable, reader: Reader<'_>, event: &Expr) -> Option<(Expr, String)> {
        let property = self.of.model.properties.get(column as usize)?;
        let name = self.expressions.read_as(column)?;
        let routes = &self.of.plan.routes;
        let asked = routes.routes.iter().filter(|route| self.asks(route, column));
        let asked: BTreeSet<Option<&str>> = asked.map(|route| route.name.as_deref()).collect();
        let value = reader.value(&property.name, &property.of);
        let value = match &table.event {
            _ if !table.has(&property.name) => nothing(&property.of),
            EventName::Fixed(fixed) => {
                let route = routes.place(fixed).and_then(|place| routes.routes.get(place));
                let is_asked = route.is_some_and(|route| asked.contains(&route.name.as_deref()));
                if is_asked { value } else { nothing(&property.of) }
            }
            EventName::Column(_) => {
                let is_always = match &self.only {
                    Some(only) => only.iter().all(|name| asked.contains(&Some(*name))),
                    None => asked.contains(&None),
                };
                let names: BTreeSet<&str> = asked.into_iter().flatten().collect();
                if is_always {
                    value
                } else {
                    Expr::only_if(one_of(event, &names), value)
                }
            }
        };
        Some((value, name.clone()))
    }

    /// Whether anything is asked of a property of the events of a name, which have it.
    fn asks(&self, route: &Route, column: u32) -> bool {
        let plan = self.of.plan;
        let event = route.name.as_deref().and_then(|name| self.of.model.event(name));
        let event = event.and_then(|id| self.of.model.events.get(id.index()));
        let has_it = event.is_none_or(|event| event.properties.iter().any(|id| id.0 == column));
        let steps = route.ignore_steps.iter().chain(&route.steps);
        let mut filters = steps.filter_map(|step| plan.events.node(*step));
        let in_filter = filters.any(|node| match node.operation {
            Operation::Column(read) | Operation::Holds(read, _) => read == column,
            _ => false,
        });
        let mut signals = route.signals.iter().filter_map(|signal| plan.signal(*signal));
        has_it && (in_filter || signals.any(|signal| signal.collect.property() == Some(column)))
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
    pub(super) fn condition(&self, signal: &Signal) -> Expr {
        let name = match (self.of.names_of(&signal.events), &self.only) {
            (Some(names), Some(only)) => {
                let others: BTreeSet<&str> = only.difference(&names).copied().collect();
                match others.len() < names.len() {
                    true => one_of(&Expr::column(NAME), &others).not(),
                    false => one_of(&Expr::column(NAME), &names),
                }
            }
            (Some(names), None) => one_of(&Expr::column(NAME), &names),
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
pub(super) fn one_of(value: &Expr, names: &BTreeSet<&str>) -> Expr {
    match names.is_empty() {
        true => Expr::Boolean(false),
        false => Expr::In(
            Box::new(value.clone()),
            names.iter().map(|name| Expr::text(name)).collect(),
        ),
    }
}
