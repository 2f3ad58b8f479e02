//! What the rules read and the data do not have: columns, kinds of events, rows.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::block::column_name;
use super::config::Config;
use crate::model::{EventId, EventSet, Model};
use crate::plan::Reads;
use crate::suggest;

/// What of the data the rules would need.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Absent {
    /// Columns that no row has.
    pub columns: Vec<AbsentColumn>,
    /// Events that the rules name and no row is.
    pub events: Vec<AbsentEvent>,
    /// Files without a row.
    pub empty_files: Vec<EmptyFile>,
    /// Keys of the configuration that name nothing of the rules.
    pub strange_keys: Vec<StrangeKey>,
    /// Whether the rules read events, and no file of events is named, and no contact holds any.
    pub no_events: bool,
}

/// A field that no contact has, or a property that no event of a file has.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AbsentColumn {
    /// Whose it would be.
    pub of: RowKind,
    /// The rules' name for it.
    pub name: String,
    /// The column that was looked for.
    pub column: String,
    /// The file.
    pub file: String,
    /// Whether the file has such a column, in which nothing stands.
    pub is_there: bool,
    /// The column of the file that may be meant.
    pub nearest: Option<String>,
}

/// Whose a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// A field of contacts.
    Contact,
    /// A property of events.
    Event,
    /// A property of events that contacts hold.
    HeldEvent,
}

/// An event that the rules name and no row is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AbsentEvent {
    /// The rules' name for it.
    pub name: String,
    /// The name in the data that may be meant, which the rules do not name.
    pub nearest: Option<String>,
}

/// A file without a row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EmptyFile {
    /// What it would hold.
    pub of: RowKind,
    /// The file.
    pub file: String,
}

/// A name under `fields` or `dates` that is none of the rules.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StrangeKey {
    /// `contacts.fields`, `contacts.dates` or `events.dates`.
    pub table: &'static str,
    /// What is written.
    pub name: String,
    /// The name of the rules that may be meant.
    pub nearest: Option<String>,
}

/// So many names of events that the rules do not know are told apart.
pub(super) const MOST_NAMES: usize = 1_000;

/// What was met of the events of a file, or of a part of one.
#[derive(Clone, Debug, Default)]
pub(super) struct Met {
    /// How many rows there were, whatever became of them.
    pub(super) rows: u64,
    /// Which events of the model.
    pub(super) events: BTreeSet<EventId>,
    /// Which names of others.
    pub(super) others: BTreeSet<String>,
    /// Which properties of the model any of them has.
    pub(super) properties: BTreeSet<usize>,
}

impl Met {
    /// Adds what was met later.
    pub(super) fn add(&mut self, later: Met) {
        self.rows += later.rows;
        self.events.extend(later.events);
        self.properties.extend(later.properties);
        self.others.extend(later.others);
        while self.others.len() > MOST_NAMES {
            self.others.pop_last();
        }
    }
}

/// A file that was read for events.
#[derive(Clone, Debug)]
pub(super) struct EventSource {
    pub(super) file: String,
    /// The names of its columns, where it has events of its own, rather than contacts that hold some.
    pub(super) columns: Option<Vec<String>>,
    pub(super) met: Met,
}

impl Absent {
    /// How many things there are without which scores mean something else.
    pub(super) fn count(&self) -> u64 {
        let columns = self.columns.iter().filter(|column| !column.is_there).count();
        (columns + self.empty_files.len() + usize::from(self.no_events)) as u64
    }

    /// Finds what is absent of events, once all sources were read.
    pub(super) fn find_events(&mut self, model: &Model, reads: &Reads, sources: &[EventSource]) {
        let files = sources.iter().filter(|source| source.columns.is_some());
        let is_empty = |source: &&EventSource| source.met.rows == 0;
        let empty = files.clone().filter(is_empty).map(|source| EmptyFile {
            of: RowKind::Event,
            file: source.file.clone(),
        });
        self.empty_files.extend(empty);
        let has_any = !sources.iter().all(|source| is_empty(&source));
        let has_contacts = !self.empty_files.iter().any(|empty| empty.of == RowKind::Contact);
        self.no_events = has_contacts && !has_any && files.count() == 0 && !reads.events.is_empty();
        if has_any {
            self.find_properties(model, reads, sources);
            self.events = absent_events(model, reads, sources);
        }
    }

    /// Finds the keys of a configuration that name nothing.
    pub(super) fn find_keys(&mut self, model: &Model, config: &Config) {
        let fields: Vec<&str> = model.fields.iter().map(|field| field.name.as_str()).collect();
        let contacts = &config.contacts;
        self.add_strange("contacts.fields", contacts.fields.keys(), &fields);
        self.add_strange("contacts.dates", contacts.dates.keys(), &fields);
        for file in &config.events {
            let properties = model.properties.iter().map(|property| property.name.as_str());
            let at = column_name(&file.at);
            let known: Vec<&str> = properties.chain([at.as_str()]).collect();
            self.add_strange("events.dates", file.dates.keys(), &known);
        }
    }

    fn add_strange<'k>(&mut self, table: &'static str, keys: impl Iterator<Item = &'k String>, known: &[&str]) {
        let strange = keys.filter(|key| !known.contains(&column_name(key).as_str()));
        self.strange_keys.extend(strange.map(|name| StrangeKey {
            table,
            name: name.clone(),
            nearest: suggest::nearest(name, known.iter().copied()).map(str::to_owned),
        }));
    }

    fn find_properties(&mut self, model: &Model, reads: &Reads, sources: &[EventSource]) {
        let mut found = BTreeMap::new();
        for (events, properties) in &reads.events {
            let sources = (0..).zip(sources).filter(|(_, source)| source.met.rows > 0);
            let lacking: Vec<(usize, &EventSource)> = match events {
                EventSet::Named(names) => sources
                    .filter(|(_, source)| names.iter().any(|name| source.met.events.contains(name)))
                    .collect(),
                EventSet::Active => sources.collect(),
            };
            for property in properties {
                let has = |(_, source): &&(usize, &EventSource)| source.met.properties.contains(&(*property as usize));
                // What is read of events of any name need not be in every file.
                if *events == EventSet::Active && lacking.iter().any(|source| has(&source)) {
                    continue;
                }
                let lacking = lacking.iter().filter(|source| !has(source));
                found.extend(lacking.map(|(at, source)| ((*at, *property), *source)));
            }
        }
        let columns = found.into_iter().filter_map(|((_, property), source)| {
            let property = model.properties.get(property as usize)?;
            let (of, columns) = match &source.columns {
                Some(columns) => (RowKind::Event, columns.as_slice()),
                None => (RowKind::HeldEvent, &[][..]),
            };
            let name = &property.name;
            Some(AbsentColumn::new(of, name, name, &source.file, columns))
        });
        self.columns.extend(columns);
    }

    /// What people should know, a line each.
    pub(super) fn lines(&self) -> Vec<String> {
        let columns = self.columns.iter().map(AbsentColumn::line);
        let near = self.events.iter().filter(|event| event.nearest.is_some());
        let near = near.map(AbsentEvent::line);
        let empty = self.empty_files.iter().map(EmptyFile::line);
        let strange = self.strange_keys.iter().map(StrangeKey::line);
        let no_events = "the rules read events, and there are none: name their file with `--events FILE`, or in \
                         `leadscore.toml` as `path` under `[[events]]`";
        let no_events = self.no_events.then(|| no_events.to_owned());
        strange
            .chain(empty)
            .chain(no_events)
            .chain(columns)
            .chain(near)
            .collect()
    }

    /// What people may want to know: perhaps nobody did yet what the rules name.
    pub(super) fn note(&self) -> Option<String> {
        let far = self.events.iter().filter(|event| event.nearest.is_none());
        let far: Vec<&AbsentEvent> = far.collect();
        (!far.is_empty()).then(|| all_absent(&far))
    }
}

/// The events that rules name and no source has.
fn absent_events(model: &Model, reads: &Reads, sources: &[EventSource]) -> Vec<AbsentEvent> {
    let named = reads.events.iter().filter_map(|(events, _)| match events {
        EventSet::Named(names) => Some(names),
        EventSet::Active => None,
    });
    let named: BTreeSet<EventId> = named.flatten().copied().collect();
    let absent = named
        .iter()
        .filter(|name| !sources.iter().any(|source| source.met.events.contains(name)));
    let others = || sources.iter().flat_map(|source| &source.met.others).map(String::as_str);
    let absent = absent.filter_map(|name| model.events.get(name.index()));
    let absent = absent.map(|event| AbsentEvent {
        name: event.name.clone(),
        nearest: suggest::nearest(&event.name, others()).map(str::to_owned),
    });
    absent.collect()
}

impl AbsentColumn {
    /// A column of a file that has these.
    pub(super) fn new(of: RowKind, name: &str, column: &str, file: &str, columns: &[String]) -> AbsentColumn {
        let columns: Vec<String> = columns.iter().map(|name| column_name(name)).collect();
        let is_there = columns.contains(&column_name(column));
        let nearest = suggest::nearest(column, columns.iter().map(String::as_str)).filter(|_| !is_there);
        AbsentColumn {
            of,
            name: name.to_owned(),
            column: column.to_owned(),
            file: file.to_owned(),
            is_there,
            nearest: nearest.map(str::to_owned),
        }
    }

    fn line(&self) -> String {
        let (name, file) = (&self.name, &self.file);
        let what = match self.of {
            RowKind::Contact => format!("no contact has the field `{name}`"),
            RowKind::Event => format!("no event has the property `{name}`"),
            RowKind::HeldEvent => return format!("no event that {file} holds has the property `{name}`"),
        };
        let why = match (self.is_there, *name == self.column) {
            (false, true) => format!("{file} has no such column"),
            (false, false) => format!("{file} has no column `{}`", self.column),
            (true, true) => format!("{file} has no values for it"),
            (true, false) => format!("{file} has no values in the column `{}`", self.column),
        };
        let hint = match &self.nearest {
            Some(nearest) => format!("; did you mean its column `{nearest}`?"),
            None => String::new(),
        };
        format!("{what}: {why}{hint}")
    }
}

impl AbsentEvent {
    fn line(&self) -> String {
        let hint = self
            .nearest
            .as_deref()
            .map(|nearest| format!("; did you mean `{nearest}`?"));
        format!("no event is called `{}`{}", self.name, hint.unwrap_or_default())
    }
}

/// One line for all events that nothing in the data looks like.
fn all_absent(events: &[&AbsentEvent]) -> String {
    const MOST: usize = 10;
    let names = events.iter().map(|event| format!("`{}`", event.name));
    let mut names: Vec<String> = names.take(MOST).collect();
    match events.len() - names.len() {
        0 => {}
        1 => names.push("one more that the rules read".to_owned()),
        more => names.push(format!("{more} more that the rules read")),
    }
    let last = names.pop().unwrap_or_default();
    match names.as_slice() {
        [] => format!("no event is called {last}"),
        names => format!("no event is called {} or {last}", names.join(", ")),
    }
}

impl StrangeKey {
    fn line(&self) -> String {
        let StrangeKey { table, name, nearest } = self;
        let what = if *table == "events.dates" { "property" } else { "field" };
        let hint = nearest.as_deref().map(|nearest| format!("; did you mean `{nearest}`?"));
        let hint = hint.unwrap_or_default();
        format!("`{table}` names `{name}`, which is no {what} of the rules{hint}")
    }
}

impl EmptyFile {
    fn line(&self) -> String {
        match self.of {
            RowKind::Contact => format!("{} has no contacts", self.file),
            RowKind::Event | RowKind::HeldEvent => format!("{} has no events", self.file),
        }
    }
}
