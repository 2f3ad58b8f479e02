//! What a dialect cannot say exactly is looked for before there is a query, and refused.

use std::collections::{BTreeMap, BTreeSet};

use crate::builtins::Aggregate;
use crate::calendar::Zone;
use crate::model::{
    Amount, Condition, ConditionKind, Event, Fading, Field, Fits, Model, Part, Property, PropertyId, RuleKind,
    TextTest, Value, ValueKind,
};
use crate::plan::Plan;
use crate::source::Span;
use crate::table::Type;
use crate::text;

use super::dialect::Dialect;
use super::folding::Alphabet;
use super::refusal::Refusal;
use super::{AsOf, Request};

/// All that a dialect cannot say of a model.
pub(super) fn refusals(model: &Model, plan: &Plan, request: &Request) -> Vec<Refusal> {
    let dialect = request.dialect.0;
    let mut refusals = Vec::new();
    let mut pending = model.parts();
    while let Some(part) = pending.pop() {
        refusals.extend(match part {
            Part::Condition(condition) => of_condition(dialect, condition),
            Part::Value(value) => of_value(model, dialect, value).into_iter().collect(),
            Part::Pattern(_) => Vec::new(),
        });
        pending.extend(part.parts());
    }
    refusals.extend(of_rows(model, dialect));
    refusals.extend(of_choices(model, plan, dialect));
    refusals.extend(slow(model, plan));
    refusals.extend(same_columns(model, plan, request));
    if request.reasons {
        refusals.extend(added_columns(model, plan, dialect, &[REASONS], "`--with-reasons`"));
    }
    refusals.extend(zones(model, request));
    refusals.sort_by_key(|refusal| refusal.span().start);
    refusals
}

/// The name of the column that tells reasons.
pub(super) const REASONS: &str = "reasons";

/// The most rows that stand in a query.
const MOST_ROWS: usize = 30_000;

fn of_condition(dialect: &dyn Dialect, condition: &Condition) -> Vec<Refusal> {
    let (engine, span) = (dialect.title(), condition.span);
    match &condition.node {
        ConditionKind::Text(_, test) => match test {
            TextTest::Matches(regex) if dialect.regex(regex).is_none() => vec![Refusal::Regex { engine, span }],
            TextTest::Matches(_) => Vec::new(),
            TextTest::Is(texts) | TextTest::Contains(texts) | TextTest::ContainsWord(texts) => {
                letters(dialect, texts, span)
            }
            TextTest::StartsWith(text) | TextTest::EndsWith(text) => letters(dialect, std::slice::from_ref(text), span),
        },
        ConditionKind::Holds(_, texts) => letters(dialect, texts, span),
        ConditionKind::Compare(left, _, _) if left.of.is_text() && !dialect.normalises() => {
            vec![Refusal::Texts { engine, span }]
        }
        ConditionKind::Constant(_)
        | ConditionKind::Not(_)
        | ConditionKind::All(_)
        | ConditionKind::Any(_)
        | ConditionKind::Quantity(..)
        | ConditionKind::Compare(..)
        | ConditionKind::Between(..)
        | ConditionKind::OneOf(..)
        | ConditionKind::OneOfDays(..)
        | ConditionKind::Known(_)
        | ConditionKind::True(_)
        | ConditionKind::Events(..)
        | ConditionKind::Label(..)
        | ConditionKind::Let(_)
        | ConditionKind::Excluded => Vec::new(),
    }
}

fn of_value(model: &Model, dialect: &dyn Dialect, value: &Value) -> Option<Refusal> {
    let (engine, span) = (dialect.title(), value.span);
    let ValueKind::Aggregate {
        function: Aggregate::Distinct,
        property: Some(property),
        ..
    } = &value.kind
    else {
        return None;
    };
    match model.properties.get(property.index()).map(|property| &property.of)? {
        Type::List => Some(Refusal::DistinctLists { engine, span }),
        Type::Text => (!dialect.normalises()).then_some(Refusal::Texts { engine, span }),
        Type::OneOf(_) | Type::Number | Type::Boolean | Type::Date => None,
    }
}

/// Texts of which some have letters that the dialect does not bring into one form.
fn letters(dialect: &dyn Dialect, texts: &[String], span: Span) -> Vec<Refusal> {
    let is_plain = |text: &&String| Alphabet::of([text::fold(text).as_str()]).is_plain();
    let strange = texts.iter().filter(|text| !dialect.normalises() && !is_plain(text));
    let refusal = |text: &String| Refusal::Letters {
        engine: dialect.title(),
        text: text.clone(),
        span,
    };
    strange.map(refusal).collect()
}

/// The texts of the rows of tables.
fn of_rows<'a>(model: &'a Model, dialect: &'a dyn Dialect) -> impl Iterator<Item = Refusal> + 'a {
    let rules = model.blocks.iter().flat_map(|block| &block.rules);
    let rows = rules.flat_map(|rule| match &rule.kind {
        RuleKind::Table { rows, .. } => rows.as_slice(),
        RuleKind::Once { .. } | RuleKind::Each { .. } => &[],
    });
    rows.flat_map(|row| match &row.fits {
        Fits::Texts(texts) => letters(dialect, texts, row.span),
        Fits::Numbers(_)
        | Fits::Booleans(_)
        | Fits::Range(..)
        | Fits::Compared(..)
        | Fits::Unknown
        | Fits::Otherwise => Vec::new(),
    })
}

/// The texts that fields and properties may have, of those that are read.
fn of_choices(model: &Model, plan: &Plan, dialect: &dyn Dialect) -> Vec<Refusal> {
    let fields = fields_read(model, plan).map(|field| (&field.of, field.span));
    let properties = properties_read(model, plan).map(|(property, span)| (&property.of, span));
    let refusals = fields.chain(properties).flat_map(|(of, span)| match of {
        Type::OneOf(texts) => letters(dialect, texts, span),
        Type::Text | Type::List | Type::Number | Type::Boolean | Type::Date => Vec::new(),
    });
    refusals.collect()
}

/// The fields that are read.
fn fields_read<'a>(model: &'a Model, plan: &'a Plan) -> impl Iterator<Item = &'a Field> {
    let fields = plan.reads.fields.iter();
    fields.filter_map(|place| model.fields.get(*place as usize))
}

/// The properties that are read, each with the place of an event that has it.
fn properties_read<'a>(model: &'a Model, plan: &'a Plan) -> impl Iterator<Item = (&'a Property, Span)> {
    let read: BTreeSet<u32> = plan
        .reads
        .events
        .iter()
        .flat_map(|(_, read)| read.iter().copied())
        .collect();
    read.into_iter().filter_map(|place| {
        let property = model.properties.get(place as usize)?;
        let has_it = |event: &&Event| event.properties.contains(&PropertyId(place));
        let span = model.events.iter().find(has_it).map(|event| event.span);
        Some((property, span.unwrap_or_default()))
    })
}

/// What takes too long to end.
fn slow<'a>(model: &'a Model, plan: &'a Plan) -> impl Iterator<Item = Refusal> + 'a {
    let fadings = model
        .blocks
        .iter()
        .flat_map(|block| &block.rules)
        .filter_map(|rule| match &rule.kind {
            RuleKind::Each {
                points,
                fading: Some(Fading::Per(Amount::Part(part), _)),
                ..
            } => Some((plan.faded(*points, *part).len(), rule.span)),
            RuleKind::Each { .. } | RuleKind::Once { .. } | RuleKind::Table { .. } => None,
        });
    let decays = model.blocks.iter().filter_map(|block| {
        let decay = block.decay.as_ref()?;
        match decay.amount {
            Amount::Part(part) => Some((plan.remaining(part).len(), decay.span)),
            Amount::Points(_) => None,
        }
    });
    let slow = fadings.chain(decays).filter(|(periods, _)| *periods > MOST_ROWS);
    slow.map(|(periods, span)| Refusal::Slow { periods, span })
}

/// Columns that are one to the dialect: of the result, of the contacts, or of events.
fn same_columns(model: &Model, plan: &Plan, request: &Request) -> Vec<Refusal> {
    let result = plan.columns.iter().map(|column| &*column.name);
    let contacts = &request.tables.contacts;
    let fields = fields_read(model, plan).map(|field| (contacts.column(&field.name), field.span));
    let properties = properties_read(model, plan).map(|(property, span)| (&*property.name, span));
    let columns: [Vec<(&str, Span)>; 3] = [
        result.map(|name| (name, declared(model, name))).collect(),
        fields.collect(),
        properties.collect(),
    ];
    let dialect = request.dialect.0;
    let mut refusals = Vec::new();
    for columns in columns {
        let mut known: BTreeMap<String, &str> = BTreeMap::new();
        for (second, span) in columns {
            let first = known.insert(dialect.column_key(second), second);
            if let Some(first) = first.filter(|first| *first != second) {
                refusals.push(Refusal::SameColumn {
                    engine: dialect.title(),
                    first: first.to_owned(),
                    second: second.to_owned(),
                    span,
                });
            }
        }
    }
    refusals
}

/// Columns of the result that are one with a column that is added to it.
pub(super) fn added_columns(
    model: &Model,
    plan: &Plan,
    dialect: &dyn Dialect,
    added: &[&str],
    adds: &'static str,
) -> Vec<Refusal> {
    let is_added = |name: &str| {
        added
            .iter()
            .any(|added| dialect.column_key(added) == dialect.column_key(name))
    };
    let names = plan
        .columns
        .iter()
        .map(|column| &column.name)
        .filter(|name| is_added(name));
    let refusal = |name: &String| Refusal::AddedColumn {
        name: name.clone(),
        adds,
        span: declared(model, name),
    };
    names.map(refusal).collect()
}

/// What is to be told in a time zone by a dialect that knows none.
fn zones(model: &Model, request: &Request) -> Vec<Refusal> {
    let dialect = request.dialect.0;
    if dialect.knows_zones() || model.zone == Zone::UTC {
        return Vec::new();
    }
    let refusal = |what: String, help: &'static str| Refusal::Zone {
        engine: dialect.title(),
        what,
        zone: model.zone.name(),
        help,
        span: model.zone_span.unwrap_or_default(),
    };
    let today = match request.as_of {
        AsOf::Today(_) => Some(refusal(
            "which day is today".to_owned(),
            "give the day of scoring: `--as-of 2026-11-01`",
        )),
        AsOf::Day(_) | AsOf::Template(_) => None,
    };
    let tables = &request.tables;
    let columns = tables.contacts.moments(model).into_iter();
    let columns = columns.chain(tables.events.iter().flat_map(|table| table.moments(model)));
    let moments = columns.map(|column| {
        refusal(
            format!("the day of a moment in the column `{column}`"),
            "let the table hold the day, or the time of that zone without an offset, and the column have no type",
        )
    });
    today.into_iter().chain(moments).collect()
}

/// Where a score or class is declared.
fn declared(model: &Model, name: &str) -> Span {
    let is_block = |of: &Option<String>| {
        of.as_deref()
            .is_some_and(|of| of == name || format!("{of}_band") == name)
    };
    let blocks = model
        .blocks
        .iter()
        .filter(|block| is_block(&block.name))
        .map(|block| block.span);
    let formulas = model
        .formulas
        .iter()
        .filter(|formula| formula.name == name)
        .map(|formula| formula.span);
    let classes = model
        .classes
        .iter()
        .filter(|class| class.name == name)
        .map(|class| class.span);
    blocks.chain(formulas).chain(classes).next().unwrap_or_default()
}
