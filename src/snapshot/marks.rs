//! What rules mean, as marks: rules that give equal results by equal rules have equal marks, however they are laid out
//! and in whatever order their statements stand.
//!
//! A node is marked by what it does and by the marks of what it is made of, so that neither the places of nodes nor the
//! names of lets matter. What changes no result has no part in it: reasons, promises, actions, tests.

use crate::model::{self, Amount, Bound, Decay, EventSet, Fading, Model, Row};
use crate::number::Number;
use crate::plan::{self, Collect, Graph, Limits, NodeId, Operation, Plan, Signal, SignalId, TextTest, Worth, WorthId};
use crate::table::Type;

use super::Fingerprint;

/// The marks of a plan's nodes.
pub(super) struct Marks<'a> {
    model: &'a Model,
    plan: &'a Plan,
    events: Vec<Fingerprint>,
    signals: Vec<Fingerprint>,
    contacts: Vec<Fingerprint>,
}

impl<'a> Marks<'a> {
    /// The marks of the plan of a model.
    pub(super) fn new(model: &'a Model, plan: &'a Plan) -> Marks<'a> {
        let mut marks = Marks {
            model,
            plan,
            events: Vec::new(),
            signals: Vec::new(),
            contacts: Vec::new(),
        };
        let properties = model
            .properties
            .iter()
            .map(|property| (property.name.as_str(), &property.of));
        marks.events = marks.marks(&plan.events, &properties.collect::<Vec<_>>());
        marks.signals = plan.signals.iter().map(|signal| marks.signal(signal)).collect();
        let fields = model.fields.iter().map(|field| (field.name.as_str(), &field.of));
        marks.contacts = marks.marks(&plan.contacts, &fields.collect::<Vec<_>>());
        marks
    }

    /// The mark of all that results depend on.
    pub(super) fn of_rules(&self) -> Fingerprint {
        let (model, plan) = (self.model, self.plan);
        let mut says = vec![format!("timezone {}", model.zone.name())];
        for (block, planned) in model.blocks.iter().zip(&plan.blocks) {
            let name = &block.name;
            let bands = block.name.as_ref().map(|_| bands(&block.bands));
            says.push(format!("block {name:?} {} {bands:?}", self.of(planned.value)));
            says.extend(
                planned
                    .rules
                    .iter()
                    .map(|rule| format!("rule {name:?} {}", self.of_rule(rule))),
            );
        }
        for (formula, node) in model.formulas.iter().zip(&plan.formulas) {
            says.push(format!("formula {:?} {}", formula.name, self.of(*node)));
        }
        says.push(format!(
            "score {} {:?}",
            self.of(plan.overall),
            bands(&model.overall.bands)
        ));
        for (class, planned) in model.classes.iter().zip(&plan.classes) {
            let labels: Vec<&str> = class.rows.iter().map(|row| row.label.as_str()).collect();
            says.push(format!("class {:?} {labels:?} {}", class.name, self.of(planned.label)));
        }
        says.push(format!("excluded {} {:?}", self.of(plan.exclusion), plan.reasons));
        says.extend(self.routes());
        Fingerprint::of_all(says.iter().map(|words| Fingerprint::of(words)))
    }

    /// The mark of a rule, its points included.
    pub(super) fn of_rule(&self, rule: &plan::Rule) -> Fingerprint {
        self.of(rule.points)
    }

    /// The marks of a table's rows, each with those that are tried before it.
    pub(super) fn of_rows(&self, fits: &[NodeId], rows: &[Row]) -> Vec<Fingerprint> {
        let mut before = String::from("row");
        let marks = fits.iter().zip(rows).map(|(fits, row)| {
            before.push_str(&format!(" {}", self.of(*fits)));
            Fingerprint::of(&format!("{before} add {}", row.points))
        });
        marks.collect()
    }

    /// The mark of a decay.
    pub(super) fn of_decay(&self, decay: &Decay, activity: Option<NodeId>) -> Fingerprint {
        let activity = activity.map(|node| self.of(node)).unwrap_or_default();
        Fingerprint::of(&format!(
            "decay {} per {} since {activity}",
            amount(decay.amount),
            decay.period
        ))
    }

    fn of(&self, node: NodeId) -> Fingerprint {
        self.contacts.get(node.index()).copied().unwrap_or_default()
    }

    /// What each event's name is good for; which events there are besides changes nothing.
    fn routes(&self) -> impl Iterator<Item = String> {
        let heard = self.plan.routes.routes.iter().filter(|route| !route.signals.is_empty());
        heard.map(|route| {
            let ignores = route.ignores.iter().filter_map(|node| self.events.get(node.index()));
            let ignores = Fingerprint::of_all(ignores.copied());
            let signals = Fingerprint::of_all(route.signals.iter().map(|signal| self.of_signal(*signal)));
            format!("event {:?} {} {ignores} {signals}", route.name, route.ignored)
        })
    }

    fn of_signal(&self, signal: SignalId) -> Fingerprint {
        self.signals.get(signal.index()).copied().unwrap_or_default()
    }

    /// The marks of a graph's nodes, whose columns have these names and types.
    fn marks(&self, graph: &Graph, columns: &[(&str, &Type)]) -> Vec<Fingerprint> {
        let mut marks = Vec::with_capacity(graph.nodes().len());
        for node in graph.nodes() {
            let saying = Saying {
                all: self,
                graph,
                marks: &marks,
                columns,
            };
            let mark = Fingerprint::of(&saying.says(&node.operation));
            marks.push(mark);
        }
        marks
    }

    fn signal(&self, signal: &Signal) -> Fingerprint {
        let property = |id: u32| match self.model.properties.get(id as usize) {
            Some(property) => format!("{:?} {}", property.name, property.of),
            None => String::new(),
        };
        let collect = match signal.collect {
            Collect::Count => "count".to_owned(),
            Collect::Known(id) => format!("known {}", property(id)),
            Collect::Sum(id) => format!("sum {}", property(id)),
            Collect::Smallest(id) => format!("smallest {}", property(id)),
            Collect::Largest(id) => format!("largest {}", property(id)),
            Collect::First => "first".to_owned(),
            Collect::Last => "last".to_owned(),
            Collect::Distinct(id) => format!("distinct {}", property(id)),
            Collect::Days => "days".to_owned(),
            Collect::Worth(id) => format!("worth {}", self.worth(id)),
        };
        let events = match &signal.events {
            EventSet::Active => "all that are not passive".to_owned(),
            EventSet::Named(ids) => {
                let events = ids.iter().filter_map(|id| self.model.events.get(id.index()));
                let mut names: Vec<&str> = events.map(|event| event.name.as_str()).collect();
                names.sort_unstable();
                format!("{names:?}")
            }
        };
        let filter = signal.filter.and_then(|filter| self.events.get(filter.index()));
        let window = signal
            .window
            .map(|window| format!("{} {}", window.earlier, window.period));
        Fingerprint::of(&format!("{collect} of {events} where {filter:?} within {window:?}"))
    }

    fn worth(&self, id: WorthId) -> String {
        let Some(Worth { points, fading }) = self.plan.worths.get(id.index()) else {
            return String::new();
        };
        match fading {
            None => points.to_string(),
            Some(Fading::Over(period)) => format!("{points} fading over {period}"),
            Some(Fading::Per(of, period)) => format!("{points} fading {} per {period}", amount(*of)),
        }
    }
}

/// A node in words.
struct Saying<'a> {
    all: &'a Marks<'a>,
    graph: &'a Graph,
    marks: &'a [Fingerprint],
    columns: &'a [(&'a str, &'a Type)],
}

impl Saying<'_> {
    fn of(&self, node: NodeId) -> Fingerprint {
        self.marks.get(node.index()).copied().unwrap_or_default()
    }

    /// Nodes whose order matters.
    fn in_order(&self, nodes: &[NodeId]) -> String {
        let marks: Vec<String> = nodes.iter().map(|node| self.of(*node).to_string()).collect();
        marks.join(" ")
    }

    /// Nodes whose order does not.
    fn all(&self, nodes: &[NodeId]) -> Fingerprint {
        Fingerprint::of_all(nodes.iter().map(|node| self.of(*node)))
    }

    fn column(&self, column: u32) -> String {
        match self.columns.get(column as usize) {
            Some((name, of)) => format!("{name:?} {of}"),
            None => String::new(),
        }
    }

    fn says(&self, operation: &Operation) -> String {
        let of = |node: &NodeId| self.of(*node);
        let signal = |id: &SignalId| self.all.of_signal(*id);
        let worth = |id: &WorthId| self.all.worth(*id);
        match operation {
            Operation::Constant(value) => format!("{value}"),
            Operation::Number(number) => format!("number {number}"),
            Operation::Date(day) => format!("day {day}"),
            Operation::Text(text) => format!("text {text}"),
            Operation::Column(column) => format!("column {}", self.column(*column)),
            Operation::Domain(text) => format!("domain {}", of(text)),
            Operation::Not(one) => format!("not {}", of(one)),
            Operation::All(parts) => format!("all {}", self.all(parts)),
            Operation::Any(parts) => format!("any {}", self.all(parts)),
            Operation::Quantity(so_many, parts) => format!("{} {}", bound(*so_many), self.all(parts)),
            Operation::Compare(left, order, right) => format!("{} {} {}", of(left), order.sign(), of(right)),
            Operation::SameText(left, right) => format!("same text {}", self.all(&[*left, *right])),
            Operation::Between(value, low, high) => format!("between {}", self.in_order(&[*value, *low, *high])),
            Operation::OneOf(value, literals) => format!("{} in {literals:?}", of(value)),
            Operation::TextIs(text, test) => format!("{} {}", of(text), test_words(test)),
            Operation::Holds(column, texts) => format!("{} holds {texts:?}", self.column(*column)),
            Operation::Known(value) => format!("known {}", of(value)),
            Operation::True(value) => format!("true {}", of(value)),
            Operation::Chosen(choice, places) => self.chosen(*choice, places),
            Operation::Events(so_many, id) => format!("{} events {}", bound(*so_many), signal(id)),
            Operation::Arithmetic(operator, left, right) => format!("{} {} {}", of(left), operator.sign(), of(right)),
            Operation::Saturating(operator, left, right) => {
                format!("scores {} {} {}", of(left), operator.sign(), of(right))
            }
            Operation::Negate(number) => format!("negated {}", of(number)),
            Operation::Elapsed { unit, until, date } => format!("{}s {until} {}", unit.word(), of(date)),
            Operation::Collected(id) => format!("collected {}", signal(id)),
            Operation::Average { sum, known } => format!("average {} {}", signal(sum), signal(known)),
            Operation::Newest(days) => format!("newest {}", self.all(days)),
            Operation::Or(first, second) => format!("first known {} {}", of(first), of(second)),
            Operation::When(condition, number) => format!("when {} {}", of(condition), of(number)),
            Operation::Times { count, worth: id, most } => format!("times {} {} {most:?}", signal(count), worth(id)),
            Operation::Kept {
                days,
                worth: id,
                limits,
            } => {
                format!("kept {} {} {}", signal(days), worth(id), limit_words(*limits))
            }
            Operation::Sum(parts) => format!("sum {}", self.all(parts)),
            Operation::Decayed {
                value,
                activity,
                amount: taken,
                period,
            } => format!("decayed {} {} {} {period}", of(value), of(activity), amount(*taken)),
            Operation::Clamped { value, min, max } => {
                format!("clamped {} {} {}", of(value), optional(*min), optional(*max))
            }
            Operation::First(conditions) => format!("first {}", self.in_order(conditions)),
            Operation::Points(choice, points) => {
                let points: Vec<String> = points.iter().map(Number::to_string).collect();
                format!("points {} {points:?}", of(choice))
            }
            Operation::Band {
                score,
                thresholds,
                otherwise,
            } => {
                let from: Vec<String> = thresholds.iter().map(|(from, _)| from.to_string()).collect();
                format!("band {} {from:?} {}", of(score), otherwise.is_some())
            }
            Operation::Unless { chosen, value } => format!("unless {} {}", of(chosen), of(value)),
        }
    }

    /// A test of a choice; of a band, by its thresholds: where its line stands does not matter.
    fn chosen(&self, choice: NodeId, places: &[u16]) -> String {
        let mut places: Vec<String> = match self.graph.node(choice).map(|node| &node.operation) {
            Some(Operation::Band { thresholds, .. }) => {
                let threshold = |place: &u16| thresholds.iter().find(|(_, label)| label == place);
                let from = |place| threshold(place).map_or("otherwise".to_owned(), |(from, _)| from.to_string());
                places.iter().map(from).collect()
            }
            _ => places.iter().map(u16::to_string).collect(),
        };
        places.sort_unstable();
        format!("{} is one of {places:?}", self.of(choice))
    }
}

/// Thresholds with their labels, wherever they stand.
fn bands(bands: &[model::Band]) -> Vec<String> {
    let words = |band: &model::Band| format!("{:?} {}", band.label, optional(band.threshold));
    let mut all: Vec<String> = bands.iter().map(words).collect();
    all.sort_unstable();
    all
}

fn optional(number: Option<Number>) -> String {
    number.map_or("-".to_owned(), |number| number.to_string())
}

fn bound(bound: Bound) -> String {
    match bound {
        Bound::AtLeast(least) => format!("at least {least}"),
        Bound::AtMost(most) => format!("at most {most}"),
        Bound::Exactly(exact) => format!("exactly {exact}"),
    }
}

fn amount(amount: Amount) -> String {
    match amount {
        Amount::Points(points) => points.to_string(),
        Amount::Part(part) => format!("{part} of it"),
    }
}

fn limit_words(limits: Limits) -> String {
    let per = limits.per.map(|(most, unit)| format!("{most} per {}", unit.word()));
    format!("{per:?} {:?}", limits.total)
}

fn test_words(test: &TextTest) -> String {
    match test {
        TextTest::Is(texts) => format!("is {texts:?}"),
        TextTest::Contains(texts) => format!("contains {texts:?}"),
        TextTest::ContainsWord(texts) => format!("contains word {texts:?}"),
        TextTest::StartsWith(text) => format!("starts with {text}"),
        TextTest::EndsWith(text) => format!("ends with {text}"),
        TextTest::Matches(regex) => format!("matches {}", regex.0.as_str()),
    }
}
