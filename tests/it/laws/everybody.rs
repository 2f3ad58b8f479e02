//! Everybody that a few small models tell apart on a day: each value on either side of every literal, events on either
//! side of every window, in all combinations; of too many, so many far apart.

use std::collections::BTreeSet;

use leadscore::analyze::{Example, tables};
use leadscore::calendar::{Day, Period, Unit};
use leadscore::model::{FieldId, Given, GivenEvents, Model, PropertyId};
use leadscore::number::Number;
use leadscore::source::Span;
use leadscore::table::{Contacts, Events, Type};
use leadscore::text::fold;
use regex::Regex;

/// So many contacts are looked at on a day.
const MOST: usize = 900;

/// A contact before it is known which model reads it: what it has stands under names.
#[derive(Clone, Debug)]
pub(super) struct Somebody {
    fields: Vec<(String, Given)>,
    events: Vec<Happened>,
}

/// An event of a contact, with the properties that it has under their names.
#[derive(Clone, Debug)]
struct Happened {
    name: String,
    day: Day,
    properties: Vec<(String, Given)>,
}

/// Everybody whom one of these models may tell from others as of a day.
pub(super) fn everybody(models: &[&Model], as_of: Day) -> Vec<Somebody> {
    let literals = Literals::of(models, as_of);
    let fields = named(
        models
            .iter()
            .flat_map(|model| model.fields.iter().map(|field| (&field.name, &field.of))),
    );
    let mut choices: Vec<Vec<Option<Given>>> = fields.iter().map(|(_, of)| literals.values(of)).collect();
    let histories = histories(models, &literals);
    choices.push(vec![None; histories.len()]);
    let all: usize = choices.iter().map(Vec::len).product();
    let chosen: Vec<usize> = match all <= MOST {
        true => (0..all).collect(),
        false => (0..MOST).map(|turn| far_apart(turn, all)).collect(),
    };
    let somebody = |number: usize| {
        let mut rest = number;
        let mut places = choices.iter().map(|values| {
            let place = rest % values.len();
            rest /= values.len();
            place
        });
        let known = fields.iter().zip(&choices).filter_map(|((name, _), values)| {
            let value = values[places.next().unwrap()].clone();
            Some((name.clone(), value?))
        });
        let fields = known.collect();
        Somebody {
            fields,
            events: histories[places.next().unwrap()].clone(),
        }
    };
    chosen.into_iter().map(somebody).collect()
}

/// A number below `all`, far from that of the turn before.
fn far_apart(turn: usize, all: usize) -> usize {
    let mixed = (turn as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    ((mixed ^ (mixed >> 29)) as usize) % all
}

impl Somebody {
    /// The contact of a model's example.
    pub(super) fn from(model: &Model, example: &Example) -> Somebody {
        let property = |(id, given): &(PropertyId, Given)| (model.properties[id.index()].name.clone(), given.clone());
        let happened = |given: &GivenEvents| {
            let one = Happened {
                name: given.name.clone(),
                day: given.day,
                properties: given.properties.iter().map(property).collect(),
            };
            std::iter::repeat_n(one, given.count as usize)
        };
        Somebody {
            fields: (example.fields.iter())
                .map(|(id, given)| (model.fields[id.index()].name.clone(), given.clone()))
                .collect(),
            events: example.events.iter().flat_map(happened).collect(),
        }
    }

    /// The contact as a model reads it: without what it does not know, or cannot be.
    pub(super) fn read_by(&self, model: &Model, as_of: Day) -> Example {
        let field = |(name, given): &(String, Given)| {
            let id = model.field(name)?;
            Some((id, read(given, &model.fields[id.index()].of)?))
        };
        let fields: Vec<(FieldId, Given)> = self.fields.iter().filter_map(field).collect();
        let events = self.events.iter().map(|event| event.read_by(model));
        Example {
            as_of,
            fields,
            events: events.collect(),
        }
    }
}

impl Happened {
    fn read_by(&self, model: &Model) -> GivenEvents {
        let own: Vec<PropertyId> = match model.event(&self.name) {
            Some(id) => model.events[id.index()].properties.to_vec(),
            None => (0..model.properties.len() as u32).map(PropertyId).collect(),
        };
        let properties = own.into_iter().filter_map(|id| {
            let property = &model.properties[id.index()];
            let (_, given) = self.properties.iter().find(|(name, _)| *name == property.name)?;
            Some((id, read(given, &property.of)?))
        });
        GivenEvents {
            count: 1,
            name: self.name.clone(),
            properties: properties.collect(),
            day: self.day,
            span: Span::default(),
        }
    }
}

/// A value as a column of a type holds it; `None` for one that it cannot.
fn read(given: &Given, of: &Type) -> Option<Given> {
    match (given, of) {
        (Given::Text(text), Type::OneOf(values)) => {
            let same = values.iter().find(|value| fold(value) == fold(text));
            same.map(|value| Given::Text(value.clone()))
        }
        (Given::Text(_), Type::Text)
        | (Given::Number(_), Type::Number)
        | (Given::Boolean(_), Type::Boolean)
        | (Given::Date(_), Type::Date)
        | (Given::List(_), Type::List) => Some(given.clone()),
        _ => None,
    }
}

/// The contacts as the engine reads them, as data of a model.
pub(super) fn data(model: &Model, all: &[Somebody], as_of: Day) -> (Contacts, Events) {
    let read: Vec<Example> = all.iter().map(|somebody| somebody.read_by(model, as_of)).collect();
    tables(model, &read)
}

/// What the models name, each thing once; of two types of one name both.
fn named<'a>(all: impl Iterator<Item = (&'a String, &'a Type)>) -> Vec<(String, Type)> {
    let mut known: Vec<(String, Type)> = Vec::new();
    for (name, of) in all {
        match known.iter_mut().find(|(other, _)| other == name) {
            // Texts that are listed are texts.
            Some((_, known)) if known.is_text() && of.is_text() => *known = united(known, of),
            Some(_) => {}
            None => known.push((name.clone(), of.clone())),
        }
    }
    known
}

fn united(one: &Type, other: &Type) -> Type {
    match (one, other) {
        (Type::OneOf(one), Type::OneOf(other)) => {
            let added = other.iter().filter(|value| !one.contains(value));
            Type::OneOf(one.iter().chain(added).cloned().collect())
        }
        _ => Type::Text,
    }
}

/// What the models' files say, by which values are told apart.
struct Literals {
    as_of: Day,
    texts: Vec<String>,
    numbers: Vec<Number>,
    days: Vec<Day>,
    spans: Vec<Period>,
}

impl Literals {
    fn of(models: &[&Model], as_of: Day) -> Literals {
        let text: String = models
            .iter()
            .map(|model| format!("{}\n", model.source.text()))
            .collect();
        let days = found(&text, r"\b\d{4}-\d{2}-\d{2}\b", |day| Day::parse(&day[0]));
        let rest = Regex::new(r"\d{4}-\d{2}-\d{2}")
            .unwrap()
            .replace_all(&text, " ")
            .into_owned();
        let numbers = found(&rest, r"-?\b\d+(\.\d+)?\b", |number| Number::parse(&number[0]));
        let texts = found(&text, r#""([^"]*)""#, |quoted| Some(quoted[1].to_owned()));
        let mut spans = found(&rest, r"\b(\d+) (day|week|month|year)s?\b", |span| {
            period(span[1].parse().ok()?, &span[2])
        });
        spans.extend(found(&rest, r"\bper (day|week|month|year)\b", |span| {
            period(1, &span[1])
        }));
        let units: Vec<String> = found(&rest, r"\b(day|week|month|year)s (since|until)", |unit| {
            Some(unit[1].to_owned())
        });
        let counts = numbers
            .iter()
            .filter_map(|number| u32::try_from(number.units() / 10_000).ok());
        for count in counts.chain([1]).filter(|count| (1..=400).contains(count)) {
            spans.extend(units.iter().filter_map(|unit| period(count, unit)));
        }
        let spans = spans.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        Literals {
            as_of,
            texts,
            numbers,
            days,
            spans,
        }
    }

    /// A missing value, and one on either side of each distinction.
    fn values(&self, of: &Type) -> Vec<Option<Given>> {
        let known: Vec<Given> = match of {
            Type::Text => self.near_texts().into_iter().map(Given::Text).collect(),
            Type::Number => self.near_numbers().into_iter().map(Given::Number).collect(),
            Type::Boolean => vec![Given::Boolean(true), Given::Boolean(false)],
            Type::Date => self.near_days().into_iter().map(Given::Date).collect(),
            Type::List => self.near_lists().into_iter().map(Given::List).collect(),
            Type::OneOf(values) => values.iter().cloned().map(Given::Text).collect(),
        };
        std::iter::once(None).chain(known.into_iter().map(Some)).collect()
    }

    fn near_texts(&self) -> Vec<String> {
        let texts = || self.texts.iter().take(6);
        let mut near: Vec<String> = ["other", "zq@acme.com", "zq@", "@ab"].map(str::to_owned).to_vec();
        for text in texts() {
            near.extend([
                text.clone(),
                format!("x{text}"),
                format!("{text}x"),
                format!("q {text} q"),
                text.to_uppercase(),
            ]);
            near.extend([format!("{text}@{text}"), format!("{text}@q"), format!("q@{text}")]);
            for other in texts().filter(|other| *other != text) {
                near.extend([
                    format!("{text}{other}"),
                    format!("{text} {other}"),
                    format!("{text}@{other}"),
                ]);
            }
        }
        near.sort();
        near.dedup();
        near
    }

    fn near_numbers(&self) -> Vec<Number> {
        let mut near = BTreeSet::from([Number::ZERO]);
        for number in &self.numbers {
            let units = i128::from(number.units());
            let places = [units - 1, units, units + 1, -units, units / 2, units * 2];
            near.extend(places.into_iter().filter_map(Number::from_units));
        }
        near.into_iter().collect()
    }

    fn near_lists(&self) -> Vec<Vec<String>> {
        let one = |text: &String| vec![text.clone()];
        let other = "other".to_owned();
        let mut near = vec![one(&other)];
        for (at, text) in self.texts.iter().enumerate() {
            near.extend([one(text), vec![text.clone(), other.clone()], one(&format!("x{text}"))]);
            near.extend(
                self.texts
                    .iter()
                    .skip(at + 1)
                    .map(|second| vec![text.clone(), second.clone()]),
            );
        }
        near.push(self.texts.iter().cloned().chain([other]).collect());
        near
    }

    fn near_days(&self) -> Vec<Day> {
        let mut near = BTreeSet::from([self.as_of.number(), self.as_of.number() + 1]);
        for day in &self.days {
            near.extend([-1, 0, 1].map(|aside| day.number() + aside));
        }
        near.extend(self.ages().into_iter().map(|age| self.as_of.number() - age));
        // A date may be to come, as far away as one that is past.
        let ahead = self
            .spans
            .iter()
            .flat_map(|span| [0, -1].map(|aside| 2 * self.as_of.number() - self.back(*span) + aside));
        near.extend(ahead);
        near.into_iter().filter_map(Day::from_number).collect()
    }

    /// How many days ago something lies at an end of a span.
    fn ages(&self) -> Vec<i32> {
        let ends = self.spans.iter().map(|span| self.as_of.number() - self.back(*span));
        let near: BTreeSet<i32> = ends.flat_map(|end| [end - 1, end, end + 1]).chain([0]).collect();
        near.into_iter().collect()
    }

    fn back(&self, span: Period) -> i32 {
        self.as_of.minus(1, span).number()
    }
}

fn found<T>(text: &str, regex: &str, read: impl Fn(&regex::Captures<'_>) -> Option<T>) -> Vec<T>
where
    T: PartialEq,
{
    let mut all = Vec::new();
    for value in Regex::new(regex)
        .unwrap()
        .captures_iter(text)
        .filter_map(|found| read(&found))
    {
        if !all.contains(&value) {
            all.push(value);
        }
    }
    all
}

fn period(count: u32, unit: &str) -> Option<Period> {
    let unit = match unit {
        "day" => Unit::Day,
        "week" => Unit::Week,
        "month" => Unit::Month,
        _ => Unit::Year,
    };
    (count <= unit.most()).then_some(Period { count, unit })
}

/// So many events of a kind and age happen.
const COUNTS: [usize; 4] = [2, 3, 4, 5];

/// So many histories are mixed of several kinds and days.
const MIXED: usize = 60;

/// So many histories go on for long, an event each so many days, so often.
const LONG: [(i32, i32); 4] = [(1, 70), (7, 60), (31, 40), (366, 12)];

/// Events that contacts may have: none, one or several of a kind on a day, mixtures, and one again and again.
fn histories(models: &[&Model], literals: &Literals) -> Vec<Vec<Happened>> {
    let kinds = kinds(models, literals);
    let ages = literals.ages();
    let happened = |kind: usize, age: usize| {
        let (name, properties) = &kinds[kind % kinds.len()];
        Happened {
            name: name.clone(),
            day: Day::from_number(literals.as_of.number() - ages[age % ages.len()]).unwrap(),
            properties: properties.clone(),
        }
    };
    if kinds.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = vec![Vec::new()];
    for (kind, (_, properties)) in kinds.iter().enumerate() {
        // Of what has properties, today and one other day are enough.
        let step = if properties.is_empty() { 1 } else { ages.len() / 2 + 1 };
        all.extend((0..ages.len()).step_by(step).map(|age| vec![happened(kind, age)]));
        all.extend(COUNTS.map(|count| vec![happened(kind, 0); count]));
    }
    for turn in 0..MIXED {
        let number = |place: usize| far_apart(turn * 7 + place, 1 << 30);
        let count = 2 + turn % 4;
        all.push(
            (0..count)
                .map(|place| happened(number(place), number(place + 50) / 3))
                .collect(),
        );
    }
    for (turn, (days, times)) in LONG.into_iter().enumerate() {
        let (name, properties) = &kinds[far_apart(turn, kinds.len())];
        let again = |place: i32| Happened {
            name: name.clone(),
            day: Day::from_number(literals.as_of.number() - place * days).unwrap(),
            properties: properties.clone(),
        };
        all.push((0..times).map(again).collect());
    }
    all
}

/// The events that the models know, and one that they don't, each with the values of its properties.
fn kinds(models: &[&Model], literals: &Literals) -> Vec<(String, Vec<(String, Given)>)> {
    let events: BTreeSet<&str> = models
        .iter()
        .flat_map(|model| model.events.iter().map(|event| event.name.as_str()))
        .collect();
    let properties = models
        .iter()
        .flat_map(|model| model.properties.iter().map(|property| (&property.name, &property.of)));
    let properties = named(properties);
    let mut kinds = Vec::new();
    for event in events.into_iter().chain(["other_event"]) {
        kinds.push((event.to_owned(), Vec::new()));
        for (name, of) in &properties {
            let values = literals.values(of).into_iter().flatten();
            kinds.extend(
                values
                    .take(14)
                    .map(|value| (event.to_owned(), vec![(name.clone(), value)])),
            );
        }
        let both = |turn: usize| {
            let value = |(at, (name, of)): (usize, &(String, Type))| {
                let values = literals.values(of);
                let value = values[far_apart(turn + at * 31, values.len())].clone();
                Some((name.clone(), value?))
            };
            properties.iter().enumerate().filter_map(value).collect::<Vec<_>>()
        };
        if properties.len() > 1 {
            kinds.extend((0..6).map(|turn| (event.to_owned(), both(turn))));
        }
    }
    kinds
}
