//! The words for nodes and signals: columns and literals where they are used, other nodes as `#7`, signals as `s7`.

use crate::calendar::{Day, Period, Unit};
use crate::model::{self, Amount, Bound, EventSet, Fading, Model, RuleKind, Window};
use crate::number::Number;

use super::describe::{BlockDescription, Line};
use super::graph::{Graph, NodeId, Operation, Shape};
use super::signal::{Collect, Limits, Signal, TextTest, Worth, WorthId};
use super::{Block, Holds, Plan, ResultColumn, RuleParts};

/// The words for the nodes of one graph.
pub(super) struct Words<'a> {
    pub(super) plan: &'a Plan,
    pub(super) model: &'a Model,
    pub(super) graph: &'a Graph,
    pub(super) columns: Vec<&'a str>,
}

impl Words<'_> {
    /// A node with a line of its own; `None` for columns and literals.
    pub(super) fn line(&self, id: NodeId) -> Option<Line> {
        let operation = &self.graph.node(id)?.operation;
        if self.in_place(operation).is_some() {
            return None;
        }
        Some(Line {
            name: format!("#{}", id.0),
            is: self.operation(operation),
        })
    }

    /// A node where it is used.
    fn node(&self, id: NodeId) -> String {
        let in_place = self.graph.node(id).and_then(|node| self.in_place(&node.operation));
        in_place.unwrap_or_else(|| format!("#{}", id.0))
    }

    /// A column or a literal.
    fn in_place(&self, operation: &Operation) -> Option<String> {
        match operation {
            Operation::Constant(value) => Some(value.to_string()),
            Operation::Number(number) => Some(number.to_string()),
            Operation::Date(day) => Some(day.to_string()),
            Operation::Text(text) => Some(format!("{text:?}")),
            Operation::Column(column) => Some(self.column(*column)),
            _ => None,
        }
    }

    fn column(&self, column: u32) -> String {
        self.columns
            .get(column as usize)
            .map_or_else(|| format!("column {column}"), |name| format!("`{name}`"))
    }

    fn nodes(&self, nodes: &[NodeId]) -> String {
        let nodes: Vec<String> = nodes.iter().map(|node| self.node(*node)).collect();
        nodes.join(", ")
    }

    fn operation(&self, operation: &Operation) -> String {
        let of = |node: &NodeId| self.node(*node);
        match operation {
            Operation::Constant(_)
            | Operation::Number(_)
            | Operation::Date(_)
            | Operation::Text(_)
            | Operation::Column(_) => self.in_place(operation).unwrap_or_default(),
            Operation::Domain(text) => format!("domain({})", of(text)),
            Operation::Not(condition) => format!("not {}", of(condition)),
            Operation::All(parts) => format!("all of ({})", self.nodes(parts)),
            Operation::Any(parts) => format!("any of ({})", self.nodes(parts)),
            Operation::Quantity(bound, parts) => format!("{} of ({})", bound_words(*bound), self.nodes(parts)),
            Operation::Compare(left, order, right) => format!("{} {} {}", of(left), order.sign(), of(right)),
            Operation::SameText(left, right) => format!("{} = {}, folded", of(left), of(right)),
            Operation::Between(value, low, high) => format!("{} between {} and {}", of(value), of(low), of(high)),
            Operation::OneOf(value, literals) => self.one_of(*value, literals),
            Operation::TextIs(text, test) => format!("{} {}", of(text), test_words(test)),
            Operation::Holds(column, texts) => format!("{} contains {}", self.column(*column), quoted(texts)),
            Operation::Known(value) => format!("{} is known", of(value)),
            Operation::True(value) => format!("{} is true", of(value)),
            Operation::Chosen(choice, places) => format!("{} is one of {places:?}", of(choice)),
            Operation::Events(bound, signal) => format!("{} of s{}", bound_words(*bound), signal.0),
            Operation::Arithmetic(operator, left, right) => {
                format!("{} {} {}", of(left), operator.sign(), of(right))
            }
            Operation::Saturating(operator, left, right) => {
                format!(
                    "{} {} {}, at most the end of the range",
                    of(left),
                    operator.sign(),
                    of(right)
                )
            }
            Operation::Negate(number) => format!("-{}", of(number)),
            Operation::Elapsed {
                unit,
                until: false,
                date,
            } => format!("{}s since {}", unit.word(), of(date)),
            Operation::Elapsed {
                unit,
                until: true,
                date,
            } => format!("{}s until {}", unit.word(), of(date)),
            Operation::Collected(signal) => format!("s{}", signal.0),
            Operation::Average { sum, known } => format!("s{} / s{}", sum.0, known.0),
            Operation::Newest(days) => format!("newest of ({})", self.nodes(days)),
            Operation::Or(first, second) => format!("{}, else {}", of(first), of(second)),
            Operation::When(condition, number) => format!("{} when {}", of(number), of(condition)),
            Operation::Times { count, worth, most } => {
                let limits = Limits {
                    per: None,
                    total: *most,
                };
                format!("s{} times {}{}", count.0, self.worth(*worth), limit_words(limits))
            }
            Operation::Kept { days, worth, limits } => {
                format!("s{} times {}{}", days.0, self.worth(*worth), limit_words(*limits))
            }
            Operation::Sum(parts) if parts.is_empty() => "0".to_owned(),
            Operation::Sum(parts) => format!("sum of ({})", self.nodes(parts)),
            Operation::Decayed {
                value,
                activity,
                amount,
                period,
            } => {
                format!(
                    "{} less {} since {}",
                    of(value),
                    per_words(*amount, *period),
                    of(activity)
                )
            }
            Operation::Clamped { value, min, max } => format!("{}{}", of(value), clamp_words(*min, *max)),
            Operation::First(conditions) => format!("first of ({})", self.nodes(conditions)),
            Operation::Points(choice, points) => format!("{} gives {}", of(choice), joined(points)),
            Operation::Band {
                score,
                thresholds,
                otherwise,
            } => band_words(&of(score), thresholds, *otherwise),
            Operation::Unless { chosen, value } => format!("{} unless {} is known", of(value), of(chosen)),
        }
    }

    fn one_of(&self, value: NodeId, literals: &[i64]) -> String {
        let is_date = self.graph.shape(value) == Shape::Date;
        let literal = |literal: &i64| match i32::try_from(*literal).ok().and_then(Day::from_number) {
            Some(day) if is_date => day.to_string(),
            Some(_) | None => Number::saturating_from_units(i128::from(*literal)).to_string(),
        };
        let literals: Vec<String> = literals.iter().map(literal).collect();
        format!("{} in ({})", self.node(value), literals.join(", "))
    }

    pub(super) fn signal(&self, signal: &Signal) -> String {
        let mut words = format!("{} of {}", self.collect(signal.collect), self.events(&signal.events));
        if let Some(filter) = signal.filter {
            words.push_str(&format!(" where {}", self.node(filter)));
        }
        match signal.window {
            None => {}
            Some(Window { earlier: false, period }) => words.push_str(&format!(" within {period}")),
            Some(Window { earlier: true, period }) => words.push_str(&format!(" not within {period}")),
        }
        words
    }

    fn events(&self, events: &EventSet) -> String {
        match events {
            EventSet::Active => "all events that are not passive".to_owned(),
            EventSet::Named(names) => {
                let name = |id: &model::EventId| self.model.events.get(id.index()).map(|event| &*event.name);
                let names: Vec<&str> = names.iter().filter_map(name).collect();
                names.join(", ")
            }
        }
    }

    fn collect(&self, collect: Collect) -> String {
        match collect {
            Collect::Count => "count".to_owned(),
            Collect::Known(property) => format!("count with known {}", self.column(property)),
            Collect::Sum(property) => format!("sum of {}", self.column(property)),
            Collect::Smallest(property) => format!("smallest {}", self.column(property)),
            Collect::Largest(property) => format!("largest {}", self.column(property)),
            Collect::First => "first day".to_owned(),
            Collect::Last => "last day".to_owned(),
            Collect::Distinct(property) => format!("different values of {}", self.column(property)),
            Collect::Days => "days".to_owned(),
            Collect::Worth(worth) => format!("sum of {}", self.worth(worth)),
        }
    }

    fn worth(&self, worth: WorthId) -> String {
        match self.plan.worths.get(worth.index()) {
            None => String::new(),
            Some(Worth { points, fading: None }) => points.to_string(),
            Some(Worth {
                points,
                fading: Some(Fading::Over(period)),
            }) => format!("{points} fading over {period}"),
            Some(Worth {
                points,
                fading: Some(Fading::Per(amount, period)),
            }) => {
                format!("{points} fading {}", per_words(*amount, *period))
            }
        }
    }

    pub(super) fn block(&self, block: &Block, of: &model::Block) -> BlockDescription {
        let rules = block.rules.iter().zip(&of.rules).map(|(rule, of)| {
            let part = match (&rule.parts, &of.kind) {
                (RuleParts::Each { signal, .. }, RuleKind::Each { .. }) => format!(" from s{}", signal.0),
                (RuleParts::Each { .. } | RuleParts::Once { .. } | RuleParts::Table { .. }, _) => String::new(),
            };
            Line {
                name: format!("line {}", self.model.source.line(of.span.start)),
                is: format!("{}{part}: {}", self.node(rule.points), self.model.written(of.span)),
            }
        });
        BlockDescription {
            name: of.name.clone(),
            value: self.node(block.value),
            rules: rules.collect(),
        }
    }

    pub(super) fn result(&self, column: &ResultColumn) -> Line {
        let is = match &column.holds {
            Holds::Id => "the contact's id".to_owned(),
            Holds::Score { node, .. } => self.node(*node),
            Holds::Label { node: None, .. } => "no label".to_owned(),
            Holds::Label {
                node: Some(node), of, ..
            } => format!("{} as {}", self.node(*node), self.model.labels(*of).join(", ")),
            Holds::Exclusion => format!("{} as its reason", self.node(self.plan.exclusion)),
        };
        Line {
            name: column.name.clone(),
            is,
        }
    }
}

fn bound_words(bound: Bound) -> String {
    match bound {
        Bound::AtLeast(least) => format!("at least {least}"),
        Bound::AtMost(most) => format!("at most {most}"),
        Bound::Exactly(exact) => format!("exactly {exact}"),
    }
}

fn test_words(test: &TextTest) -> String {
    match test {
        TextTest::Is(texts) => format!("in {}", quoted(texts)),
        TextTest::Contains(texts) => format!("contains {}", quoted(texts)),
        TextTest::ContainsWord(texts) => format!("contains word {}", quoted(texts)),
        TextTest::StartsWith(text) => format!("starts with {text:?}"),
        TextTest::EndsWith(text) => format!("ends with {text:?}"),
        TextTest::Matches(regex) => format!("matches {:?}", regex.0.as_str()),
    }
}

fn quoted(texts: &[Box<str>]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| format!("{text:?}")).collect();
    format!("({})", texts.join(", "))
}

fn joined(points: &[Number]) -> String {
    let points: Vec<String> = points.iter().map(Number::to_string).collect();
    points.join(", ")
}

fn per_words(amount: Amount, period: Period) -> String {
    match amount {
        Amount::Points(points) => format!("{points} per {period}"),
        Amount::Part(part) => format!("{part} of it per {period}"),
    }
}

fn limit_words(limits: Limits) -> String {
    let per = |(most, unit): (u64, Unit)| format!(", at most {most} per {}", unit.word());
    let total = limits.total.map(|most| format!(", at most {most}"));
    format!(
        "{}{}",
        limits.per.map(per).unwrap_or_default(),
        total.unwrap_or_default()
    )
}

fn clamp_words(min: Option<Number>, max: Option<Number>) -> String {
    let min = min.map(|min| format!(", at least {min}")).unwrap_or_default();
    let max = max.map(|max| format!(", at most {max}")).unwrap_or_default();
    format!("{min}{max}")
}

fn band_words(score: &str, thresholds: &[(Number, u16)], otherwise: Option<u16>) -> String {
    let reached = thresholds
        .iter()
        .map(|(threshold, label)| format!("{label} from {threshold}"));
    let otherwise = otherwise.map(|label| format!("else {label}"));
    let labels: Vec<String> = reached.chain(otherwise).collect();
    format!("band of {score}: {}", labels.join(", "))
}
