//! The events that a rule counted, and the lines that tell them.

use std::collections::BTreeSet;

use crate::calendar::Day;
use crate::model::{ConditionKind, Model, Part, Pattern, PropertyId, ValueKind};
use crate::number::Number;
use crate::plan;
use crate::reason::{Case, Fact, Reading, shown};
use crate::score::Occurrence;

use super::explanation::CountedEvent;

/// The events that an occurrence rule's pattern picked, the newest first.
pub(super) fn counted(case: &Case<'_>, pattern: &Pattern, planned: &plan::Rule) -> Vec<CountedEvent> {
    let tested = tested_properties(case.model, pattern);
    let occurrences = case.trace.occurrences(&planned.parts, case.subject.row);
    occurrences
        .iter()
        .rev()
        .map(|occurrence| counted_event(case, occurrence, &tested))
        .collect()
}

fn counted_event(case: &Case<'_>, occurrence: &Occurrence, tested: &BTreeSet<PropertyId>) -> CountedEvent {
    let columns = case.subject.events.columns();
    let properties = tested.iter().filter_map(|id| {
        let (property, column) = case.model.properties.get(id.index()).zip(columns.get(id.index()))?;
        // INVARIANT: the run was given these events at once, so that an event's ordinal is its row.
        Some(Reading {
            of: property.name.clone(),
            value: Fact::of(column, occurrence.event.ordinal as usize),
        })
    });
    CountedEvent {
        day: occurrence.event.day,
        event: case.trace.name(&occurrence.event).to_owned(),
        properties: properties.collect(),
        points: occurrence.points,
        left_out: !occurrence.kept,
    }
}

/// The properties that a pattern tests, those in named conditions too.
fn tested_properties(model: &Model, pattern: &Pattern) -> BTreeSet<PropertyId> {
    let mut tested = BTreeSet::new();
    let mut entered = BTreeSet::new();
    let mut waiting = vec![Part::Pattern(pattern)];
    while let Some(part) = waiting.pop() {
        part.walk(&mut |part| {
            let named = match part {
                Part::Value(value) => match &value.kind {
                    ValueKind::Property(property) => {
                        tested.insert(*property);
                        None
                    }
                    ValueKind::Let(id) => Some(*id),
                    _ => None,
                },
                Part::Condition(condition) => match &condition.node {
                    ConditionKind::Let(id) => Some(*id),
                    _ => None,
                },
                Part::Pattern(_) => None,
            };
            if let Some(id) = named.filter(|id| entered.insert(*id)) {
                waiting.extend(model.lets.get(id.index()).map(|named| named.value.part()));
            }
        });
    }
    tested
}

/// How many lines of events are shown before the others are summed up.
const MOST_LINES: usize = 6;
/// How many days stand on a line before the others are summed up.
const MOST_DAYS: usize = 8;

/// The lines about the events of one rule, the newest first.
pub(super) fn lines(events: &[CountedEvent]) -> Vec<String> {
    let (left_out, counted): (Vec<&CountedEvent>, Vec<&CountedEvent>) = events.iter().partition(|event| event.left_out);
    let mut lines = if told_alike(&counted) {
        days_of(&counted)
    } else {
        one_by_one(&counted)
    };
    if !left_out.is_empty() {
        lines.push(format!("over the limit: {}", days(&left_out)));
    }
    lines
}

/// Whether the events differ in nothing but their days.
fn told_alike(events: &[&CountedEvent]) -> bool {
    let all_alike = events.windows(2).all(|pair| match pair {
        [one, two] => one.points == two.points && one.event == two.event,
        _ => true,
    });
    all_alike && events.iter().all(|event| event.properties.is_empty())
}

/// `3 × 10: 2026-10-30, 2026-10-12, 2026-09-01`.
fn days_of(events: &[&CountedEvent]) -> Vec<String> {
    match events {
        [] => Vec::new(),
        [only] => vec![format!("on {}", only.day)],
        [first, ..] => vec![format!("{} × {}: {}", events.len(), first.points, days(events))],
    }
}

/// A line for each of the first events; the others together.
fn one_by_one(events: &[&CountedEvent]) -> Vec<String> {
    let shown = if events.len() > MOST_LINES {
        MOST_LINES - 1
    } else {
        events.len()
    };
    let (first, others) = events.split_at(shown);
    let several_kinds = first
        .windows(2)
        .any(|pair| matches!(pair, [one, two] if one.event != two.event));
    let mut lines: Vec<String> = first.iter().map(|event| line(event, several_kinds)).collect();
    if let Some(oldest) = others.last() {
        let sum = others
            .iter()
            .fold(0i128, |sum, event| sum + i128::from(event.points.units()));
        let sum = Number::saturating_from_units(sum).signed();
        lines.push(format!(
            "{sum} for {} earlier ones, back to {}",
            others.len(),
            oldest.day
        ));
    }
    lines
}

/// `+5 on 2026-10-30, url is "/tarifs"`.
fn line(event: &CountedEvent, with_name: bool) -> String {
    let name = if with_name {
        format!("{} ", event.event)
    } else {
        String::new()
    };
    let properties = event
        .properties
        .iter()
        .map(|property| format!(", {} is {}", property.of, shown(property.value.as_ref())));
    format!(
        "{} {name}on {}{}",
        event.points.signed(),
        event.day,
        properties.collect::<String>()
    )
}

/// The days of events, a day with several once: `2026-10-30 (2), 2026-10-12 and 5 earlier`.
fn days(events: &[&CountedEvent]) -> String {
    let mut days: Vec<(Day, usize)> = Vec::new();
    for event in events {
        match days.last_mut() {
            Some((day, count)) if *day == event.day => *count += 1,
            _ => days.push((event.day, 1)),
        }
    }
    let shown = days.iter().take(MOST_DAYS).map(|(day, count)| match count {
        1 => day.to_string(),
        count => format!("{day} ({count})"),
    });
    let mut text = shown.collect::<Vec<_>>().join(", ");
    let others: usize = days.iter().skip(MOST_DAYS).map(|(_, count)| count).sum();
    if let (Some((oldest, _)), 1..) = (days.last(), others) {
        text.push_str(&format!(" and {others} earlier, back to {oldest}"));
    }
    text
}
