//! A plan as text, to read: what is collected of events, what is computed of each contact, and the columns.

use std::fmt::{self, Display, Write};

use crate::calendar::Day;
use crate::model::{Amount, Bound, Comparison, EventSet, Fading, Model, Operator, Window};
use crate::number::Number;

use super::graph::{Graph, Node, NodeId, Operation, Shape};
use super::signal::{Collect, Limits, Signal, SignalId, TextTest, Worth, WorthId};
use super::{Holds, Plan};

/// A plan beside the model whose names it needs. Its text is the listing: a line for each signal `s0`, for what is
/// computed of each event `v0` and of each contact `c0`, and for each column.
pub struct Listing<'a> {
    /// The model.
    pub model: &'a Model,
    /// Its plan.
    pub plan: &'a Plan,
}

impl Display for Listing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("of each event\n")?;
        for (at, node) in self.plan.events.nodes().iter().enumerate() {
            writeln!(f, "  v{at} = {}", self.operation(Of::Event, node))?;
        }
        f.write_str("\ncollected of each contact's events\n")?;
        for (at, signal) in self.plan.signals.iter().enumerate() {
            writeln!(f, "  s{at} = {}", self.signal(signal))?;
        }
        f.write_str("\nof each contact\n")?;
        for step in &self.plan.steps {
            if let Some(node) = self.plan.contacts.node(*step) {
                writeln!(f, "  c{} = {}", step.0, self.operation(Of::Contact, node))?;
            }
        }
        f.write_str("\ncolumns\n")?;
        for column in &self.plan.columns {
            writeln!(f, "  {} = {}", column.name, self.column(&column.holds))?;
        }
        Ok(())
    }
}

/// Whose nodes they are.
#[derive(Clone, Copy)]
enum Of {
    Event,
    Contact,
}

impl Of {
    fn node(self, id: NodeId) -> String {
        match self {
            Of::Event => format!("v{}", id.0),
            Of::Contact => format!("c{}", id.0),
        }
    }

    fn nodes(self, ids: &[NodeId]) -> String {
        joined(ids.iter().map(|id| self.node(*id)), ", ")
    }
}

impl Listing<'_> {
    fn column(&self, holds: &Holds) -> String {
        match holds {
            Holds::Id => "the contact's id".to_owned(),
            Holds::Score { node, .. } => Of::Contact.node(*node),
            Holds::Label { node: None, .. } => "no label".to_owned(),
            Holds::Label {
                node: Some(node),
                labels,
                ..
            } => {
                format!("{} as {}", Of::Contact.node(*node), labels.join(", "))
            }
            Holds::Exclusion => format!("{} as its reason", Of::Contact.node(self.plan.exclusion)),
        }
    }

    fn signal(&self, signal: &Signal) -> String {
        let mut text = format!("{} of {}", self.collect(signal.collect), self.events(&signal.events));
        if let Some(filter) = signal.filter {
            let _ = write!(text, " where {}", Of::Event.node(filter));
        }
        match signal.window {
            Some(Window { earlier, period }) if earlier => text + &format!(" not within {period}"),
            Some(Window { period, .. }) => text + &format!(" within {period}"),
            None => text,
        }
    }

    fn events(&self, events: &EventSet) -> String {
        match events {
            EventSet::Active => "all active events".to_owned(),
            EventSet::Named(ids) => {
                let known = ids.iter().filter_map(|id| self.model.events.get(id.index()));
                joined(known.map(|event| event.name.as_str()), " or ")
            }
        }
    }

    fn collect(&self, collect: Collect) -> String {
        match collect {
            Collect::Count => "count".to_owned(),
            Collect::Known(property) => format!("count with {}", self.property(property)),
            Collect::Sum(property) => format!("sum of {}", self.property(property)),
            Collect::Smallest(property) => format!("smallest {}", self.property(property)),
            Collect::Largest(property) => format!("largest {}", self.property(property)),
            Collect::First => "first day".to_owned(),
            Collect::Last => "last day".to_owned(),
            Collect::Distinct(property) => format!("distinct {}", self.property(property)),
            Collect::Days => "days".to_owned(),
            Collect::Worth(worth) => format!("{} for each", self.worth(worth)),
        }
    }

    fn property(&self, column: u32) -> &str {
        let property = self.model.properties.get(column as usize);
        property.map_or("", |property| property.name.as_str())
    }

    fn field(&self, of: Of, column: u32) -> String {
        match of {
            Of::Event => format!("property {}", self.property(column)),
            Of::Contact => {
                let field = self.model.fields.get(column as usize);
                format!("field {}", field.map_or("", |field| field.name.as_str()))
            }
        }
    }

    fn worth(&self, id: WorthId) -> String {
        let Some(Worth { points, fading }) = self.plan.worths.get(id.index()) else {
            return String::new();
        };
        match fading {
            None => points.to_string(),
            Some(Fading::Over(period)) => format!("{points} fading over {period}"),
            Some(Fading::Per(part, period)) => format!("{points} fading {} per {period}", taken(*part)),
        }
    }

    fn operation(&self, of: Of, node: &Node) -> String {
        let one = |id: &NodeId| of.node(*id);
        match &node.operation {
            Operation::Constant(value) => value.to_string(),
            Operation::Number(number) => number.to_string(),
            Operation::Date(day) => day.to_string(),
            Operation::Text(text) => format!("{text:?}"),
            Operation::Column(column) => self.field(of, *column),
            Operation::Domain(text) => format!("domain({})", one(text)),
            Operation::Not(inner) => format!("not {}", one(inner)),
            Operation::All(parts) => format!("all of ({})", of.nodes(parts)),
            Operation::Any(parts) => format!("any of ({})", of.nodes(parts)),
            Operation::Quantity(bound, parts) => format!("{} of ({})", bounded(*bound), of.nodes(parts)),
            Operation::Compare(left, order, right) => format!("{} {} {}", one(left), sign(*order), one(right)),
            Operation::SameText(left, right) => format!("{} = {}", one(left), one(right)),
            Operation::Between(value, low, high) => format!("{} between {} and {}", one(value), one(low), one(high)),
            Operation::OneOf(value, units) => format!("{} in ({})", one(value), self.literals(of, *value, units)),
            Operation::TextIs(text, test) => format!("{} {}", one(text), text_test(test)),
            Operation::Holds(column, texts) => format!("{} contains {}", self.field(of, *column), quoted(texts)),
            Operation::Known(value) => format!("{} is known", one(value)),
            Operation::True(value) => format!("{} is true", one(value)),
            Operation::Chosen(choice, places) => format!("{} is {}", one(choice), joined(places.iter(), " or ")),
            Operation::Events(bound, signal) => format!("s{} is {}", signal.0, bounded(*bound)),
            Operation::Arithmetic(operator, left, right) | Operation::Saturating(operator, left, right) => {
                format!("{} {} {}", one(left), operator_sign(*operator), one(right))
            }
            Operation::Negate(inner) => format!("-{}", one(inner)),
            Operation::Elapsed {
                unit,
                until: true,
                date,
            } => format!("{}s until {}", unit.word(), one(date)),
            Operation::Elapsed {
                unit,
                until: false,
                date,
            } => format!("{}s since {}", unit.word(), one(date)),
            Operation::Collected(signal) => format!("s{}", signal.0),
            Operation::Average { sum, known } => format!("s{} / s{}", sum.0, known.0),
            Operation::Newest(days) => format!("newest of ({})", of.nodes(days)),
            Operation::Or(first, second) => format!("{}, or {} where missing", one(first), one(second)),
            Operation::When(condition, value) => format!("{} when {}", one(value), one(condition)),
            Operation::Times { count, worth, most } => self.times(*count, *worth, *most),
            Operation::Kept { days, worth, limits } => self.kept(*days, *worth, *limits),
            Operation::Sum(parts) => format!("sum of ({})", of.nodes(parts)),
            Operation::Decayed {
                value,
                activity,
                amount,
                period,
            } => {
                format!(
                    "{} less {} per {period} since {}",
                    one(value),
                    taken(*amount),
                    one(activity)
                )
            }
            Operation::Clamped { value, min, max } => format!("{}{}", one(value), ends(*min, *max)),
            Operation::First(conditions) => format!("first of ({})", of.nodes(conditions)),
            Operation::Points(choice, points) => format!("points ({}) of {}", joined(points.iter(), ", "), one(choice)),
            Operation::Band {
                score,
                thresholds,
                otherwise,
            } => band(&one(score), thresholds, *otherwise),
            Operation::Unless { chosen, value } => format!("{} unless {} chooses", one(value), one(chosen)),
        }
    }

    /// Literals of numbers in ten-thousandths or days, as what they are compared with.
    fn literals(&self, of: Of, value: NodeId, units: &[i64]) -> String {
        let graph: &Graph = match of {
            Of::Event => &self.plan.events,
            Of::Contact => &self.plan.contacts,
        };
        let number = |units: &i64| Number::saturating_from_units(i128::from(*units)).to_string();
        let day = |number: &i64| {
            i32::try_from(*number)
                .ok()
                .and_then(Day::from_number)
                .map(|day| day.to_string())
        };
        match graph.shape(value) {
            Shape::Date => joined(units.iter().filter_map(day), ", "),
            Shape::Condition | Shape::Boolean | Shape::Number | Shape::Text | Shape::List | Shape::Choice => {
                joined(units.iter().map(number), ", ")
            }
        }
    }

    fn times(&self, count: SignalId, worth: WorthId, most: Option<u64>) -> String {
        let most = most.map(|most| format!(", at most {most}")).unwrap_or_default();
        format!("{} for each of s{}{most}", self.worth(worth), count.0)
    }

    fn kept(&self, days: SignalId, worth: WorthId, limits: Limits) -> String {
        let per = limits
            .per
            .map(|(most, unit)| format!(", at most {most} per {}", unit.word()));
        let total = limits.total.map(|most| format!(", at most {most}"));
        let limits = per.unwrap_or_default() + &total.unwrap_or_default();
        format!("{} for each day of s{}{limits}", self.worth(worth), days.0)
    }
}

fn bounded(bound: Bound) -> String {
    match bound {
        Bound::AtLeast(count) => format!("at least {count}"),
        Bound::AtMost(count) => format!("at most {count}"),
        Bound::Exactly(count) => format!("exactly {count}"),
    }
}

fn sign(order: Comparison) -> &'static str {
    match order {
        Comparison::Equal => "=",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
    }
}

fn operator_sign(operator: Operator) -> &'static str {
    match operator {
        Operator::Plus => "+",
        Operator::Minus => "-",
        Operator::Times => "*",
        Operator::Over => "/",
    }
}

fn text_test(test: &TextTest) -> String {
    match test {
        TextTest::Is(texts) => format!("= {}", quoted(texts)),
        TextTest::Contains(texts) => format!("contains {}", quoted(texts)),
        TextTest::ContainsWord(texts) => format!("contains word {}", quoted(texts)),
        TextTest::StartsWith(text) => format!("starts with {text:?}"),
        TextTest::EndsWith(text) => format!("ends with {text:?}"),
        TextTest::Matches(regex) => format!("matches {:?}", regex.0.as_str()),
    }
}

fn taken(amount: Amount) -> String {
    match amount {
        Amount::Points(points) => points.to_string(),
        Amount::Part(part) => format!("{part} of it"),
    }
}

fn ends(min: Option<Number>, max: Option<Number>) -> String {
    let min = min.map(|min| format!(", at least {min}"));
    let max = max.map(|max| format!(", at most {max}"));
    min.unwrap_or_default() + &max.unwrap_or_default()
}

fn band(score: &str, thresholds: &[(Number, u16)], otherwise: Option<u16>) -> String {
    let steps = thresholds
        .iter()
        .map(|(threshold, label)| format!("{label} from {threshold}"));
    let otherwise = otherwise.map(|label| format!("{label} otherwise"));
    format!("band of {score}: {}", joined(steps.chain(otherwise), ", "))
}

fn quoted(texts: &[Box<str>]) -> String {
    joined(texts.iter().map(|text| format!("{text:?}")), ", ")
}

fn joined(parts: impl Iterator<Item = impl Display>, between: &str) -> String {
    let parts: Vec<String> = parts.map(|part| part.to_string()).collect();
    parts.join(between)
}
