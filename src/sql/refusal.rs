//! What a dialect cannot say exactly: named with the rule, and refused.

use std::collections::BTreeMap;

use miette::Diagnostic;
use thiserror::Error;

use crate::builtins::Aggregate;
use crate::calendar::Zone;
use crate::model::{Amount, ConditionKind, Fading, Model, Part, PropertyId, RuleKind, TextTest, ValueKind};
use crate::plan::Plan;
use crate::source::Span;
use crate::table::Type;
use crate::text;

use super::dialect::Dialect;
use super::folding::Alphabet;
use super::{AsOf, Request};

/// Why there is no query in a dialect.
#[derive(Clone, Debug, PartialEq, Eq, Error, Diagnostic)]
#[non_exhaustive]
pub enum Refusal {
    /// The regular expression means something that the engine sees otherwise.
    #[error("{engine} cannot say exactly what this regular expression means")]
    #[diagnostic(
        code(LS7001),
        help(
            "`contains word`, `starts with` and `ends with` mean the same everywhere; edges of words (`\\b`) and of lines do not"
        )
    )]
    Regex {
        /// The engine.
        engine: &'static str,
        /// The test.
        #[label("looked for here")]
        span: Span,
    },
    /// Lists are told apart.
    #[error("{engine} cannot count different lists")]
    #[diagnostic(
        code(LS7002),
        help("count different values of a property that is a text, or count the events")
    )]
    DistinctLists {
        /// The engine.
        engine: &'static str,
        /// The function.
        #[label("counts different lists")]
        span: Span,
    },
    /// What fades or decays takes more periods to end than a query can list.
    #[error("this takes {periods} periods to end, more than a query can list")]
    #[diagnostic(
        code(LS7003),
        help("take a greater part for each period, or a longer period: 10% per month rather than 0.01% per day")
    )]
    Slow {
        /// How many.
        periods: usize,
        /// The rule or decay.
        #[label("ends after {periods} periods")]
        span: Span,
    },
    /// Two columns of the result differ by capitals alone.
    #[error("`{first}` and `{second}` are one column to {engine}, which does not tell capitals apart")]
    #[diagnostic(code(LS7004), help("call one of the two otherwise"))]
    SameColumn {
        /// The engine.
        engine: &'static str,
        /// The one.
        first: String,
        /// The other.
        second: String,
        /// Where the other is declared.
        #[label("the second of the two")]
        span: Span,
    },
    /// Something is to be told in a time zone.
    #[error("{engine} knows no time zones, so that it cannot tell {what} in {zone}")]
    #[diagnostic(code(LS7007), help("{help}"))]
    Zone {
        /// The engine.
        engine: &'static str,
        /// What is to be told.
        what: String,
        /// The zone's name.
        zone: &'static str,
        /// What to do.
        help: &'static str,
        /// Where the zone is declared.
        #[label("the days of the model are those of this zone")]
        span: Span,
    },
    /// Texts of the data are compared with each other.
    #[error("{engine} cannot compare texts of the data with each other exactly")]
    #[diagnostic(
        code(LS7006),
        help(
            "letters that texts write in two ways would count as different; compare with texts that stand in the rules"
        )
    )]
    Texts {
        /// The engine.
        engine: &'static str,
        /// The comparison or function.
        #[label("texts of the data are compared here")]
        span: Span,
    },
    /// A text to look for has letters that the engine does not bring into one form.
    #[error("{engine} cannot look for \"{text}\" exactly")]
    #[diagnostic(
        code(LS7005),
        help(
            "it has letters that texts write in two ways, and {engine} does not bring these into one; look for a part without them"
        )
    )]
    Letters {
        /// The engine.
        engine: &'static str,
        /// The text.
        text: String,
        /// The test.
        #[label("looked for here")]
        span: Span,
    },
}

/// The most rows that stand in a query.
const MOST_PERIODS: usize = 30_000;

/// All that a dialect cannot say of a model.
pub(super) fn refusals(model: &Model, plan: &Plan, request: &Request) -> Vec<Refusal> {
    let dialect = request.dialect.0;
    let mut refusals = Vec::new();
    let mut pending = model.parts();
    while let Some(part) = pending.pop() {
        refusals.extend(of_part(model, dialect, part));
        pending.extend(part.parts());
    }
    refusals.extend(slow(model, plan));
    refusals.extend(same_columns(model, plan, dialect));
    refusals.extend(zones(model, request));
    refusals.sort_by_key(|refusal| refusal.span().start);
    refusals
}

impl Refusal {
    /// Where it stands in the rules.
    pub fn span(&self) -> Span {
        match self {
            Refusal::Regex { span, .. }
            | Refusal::DistinctLists { span, .. }
            | Refusal::Slow { span, .. }
            | Refusal::SameColumn { span, .. }
            | Refusal::Zone { span, .. }
            | Refusal::Texts { span, .. }
            | Refusal::Letters { span, .. } => *span,
        }
    }
}

fn of_part(model: &Model, dialect: &dyn Dialect, part: Part<'_>) -> Vec<Refusal> {
    let engine = dialect.title();
    match part {
        Part::Condition(condition) => {
            let span = condition.span;
            let letters = |texts: &[String]| {
                let is_plain = |text: &&String| Alphabet::of([text::fold(text).as_str()]).is_plain();
                let strange = texts.iter().filter(|text| !dialect.normalises() && !is_plain(text));
                strange
                    .map(|text| Refusal::Letters {
                        engine,
                        text: text.clone(),
                        span,
                    })
                    .collect()
            };
            match &condition.node {
                ConditionKind::Text(_, TextTest::Matches(regex)) if dialect.regex(regex).is_none() => {
                    vec![Refusal::Regex { engine, span }]
                }
                ConditionKind::Text(
                    _,
                    TextTest::Is(texts) | TextTest::Contains(texts) | TextTest::ContainsWord(texts),
                )
                | ConditionKind::Holds(_, texts) => letters(texts),
                ConditionKind::Text(_, TextTest::StartsWith(text) | TextTest::EndsWith(text)) => {
                    letters(std::slice::from_ref(text))
                }
                ConditionKind::Compare(left, _, _) if left.of.is_text() && !dialect.normalises() => {
                    vec![Refusal::Texts { engine, span }]
                }
                _ => Vec::new(),
            }
        }
        Part::Value(value) => match &value.kind {
            ValueKind::Aggregate {
                function: Aggregate::Distinct,
                property: Some(property),
                ..
            } if model
                .properties
                .get(property.index())
                .is_some_and(|property| property.of == Type::List) =>
            {
                vec![Refusal::DistinctLists {
                    engine,
                    span: value.span,
                }]
            }
            ValueKind::Aggregate {
                function: Aggregate::Distinct,
                property: Some(property),
                ..
            } if is_any_text(model, *property) && !dialect.normalises() => {
                vec![Refusal::Texts {
                    engine,
                    span: value.span,
                }]
            }
            _ => Vec::new(),
        },
        Part::Pattern(_) => Vec::new(),
    }
}

/// Whether a property holds any text, not one of a few.
fn is_any_text(model: &Model, property: PropertyId) -> bool {
    model
        .properties
        .get(property.index())
        .is_some_and(|property| property.of == Type::Text)
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
    let slow = fadings.chain(decays).filter(|(periods, _)| *periods > MOST_PERIODS);
    slow.map(|(periods, span)| Refusal::Slow { periods, span })
}

/// Columns of the result that are one to the dialect.
fn same_columns(model: &Model, plan: &Plan, dialect: &dyn Dialect) -> Vec<Refusal> {
    let mut known: BTreeMap<String, &str> = BTreeMap::new();
    let mut refusals = Vec::new();
    let columns = plan.columns.iter().filter(|_| !dialect.tells_capitals());
    for column in columns {
        if let Some(first) = known.insert(column.name.to_lowercase(), &column.name) {
            refusals.push(Refusal::SameColumn {
                engine: dialect.title(),
                first: first.to_owned(),
                second: column.name.clone(),
                span: declared(model, &column.name),
            });
        }
    }
    refusals
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
