//! Model to plan: what is collected of each event, what is computed of each contact, and in which order.
//!
//! A plan depends on neither day nor data. [`Plan::on`] puts it on a day of scoring; [`score`](mod@crate::score) runs it.

mod activity;
mod bounds;
mod build;
mod ceiling;
mod conditions;
mod day;
mod describe;
mod graph;
mod layout;
mod outcomes;
mod reads;
mod routes;
mod rules;
mod signal;
mod texts;
mod words;

pub use bounds::Bounds;
pub use day::{Ages, DayPlan, Days, Decay};
pub use describe::{BlockDescription, Description, EventDescription, Line, describe};
pub use graph::{Graph, Node, NodeId, Operand, Operation, Shape};
pub use layout::{CountLanes, Lane, Layout, Place, RouteLayout, SharedWord, Word};
pub use outcomes::{Class, Holds, ResultColumn};
pub use reads::Reads;
pub use routes::{Route, Routes};
pub use rules::{Block, Rule, RuleParts};
pub use signal::{Collect, Limits, Signal, SignalId, TextTest, Worth, WorthId};
pub use texts::{TextBase, TextPlan, TextSource, TextTests};

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use crate::calendar::Day;
use crate::model::{Amount, Fading, FormulaId, Model, RuleKind, ScoreId};
use crate::number::Number;

use build::{Builder, Scope};

/// A compiled model.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What is computed of each contact.
    pub contacts: Graph,
    /// The nodes of [`contacts`](Self::contacts) that something needs, in order.
    pub steps: Vec<NodeId>,
    /// What filters compute of each event.
    pub events: Graph,
    /// How large the numbers of [`contacts`](Self::contacts) can be.
    pub bounds: Bounds,
    /// What is asked of the texts of contacts.
    pub contact_texts: TextPlan,
    /// What is asked of the texts of events.
    pub event_texts: TextPlan,
    /// What is collected of each contact's events.
    pub signals: Vec<Signal>,
    /// What the events of occurrence rules are worth.
    pub worths: Vec<Worth>,
    /// What scores depend on in data.
    pub reads: Reads,
    /// Which signals an event's name concerns.
    pub routes: Routes,
    /// Where what is collected of a contact stands.
    pub layout: Layout,
    /// What the lets are made of, in the order of the model.
    pub lets: Vec<Written>,
    /// The blocks, in the order of the model.
    pub blocks: Vec<Block>,
    /// The value of each formula, in the order of the model: numbers.
    pub formulas: Vec<NodeId>,
    /// The overall score: a number.
    pub overall: NodeId,
    /// The choice among the overall bands, where there are any.
    pub band: Option<NodeId>,
    /// The classifications, in the order of the model.
    pub classes: Vec<Class>,
    /// The conditions of the exclusions, in the order of the model.
    pub exclusions: Vec<Written>,
    /// The choice among the exclusions.
    pub exclusion: NodeId,
    /// Why a contact is excluded, for each exclusion.
    pub reasons: Arc<[String]>,
    /// What must hold of every contact that is not excluded, in the order of the model.
    pub promises: Vec<Written>,
    /// What each test expects, in the order of the model; empty without [`Plan::with_expectations`].
    pub expectations: Vec<Vec<Written>>,
    /// The columns of a result, in their order.
    pub columns: Arc<[ResultColumn]>,
    /// Nodes whose values scores keep besides their columns; none without [`Plan::keeping`].
    pub kept: Vec<NodeId>,
    remaining: Vec<(Number, Vec<i64>)>,
}

/// A condition or value of the model with the node that has its value, and those of its parts: one for each condition
/// or value that [`model::Part::parts`](crate::model::Part::parts) gives. What stands in a pattern has none; the
/// operation of the node names the signal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The node.
    pub node: NodeId,
    /// The parts.
    pub parts: Vec<Written>,
}

impl Written {
    /// Something without parts.
    fn leaf(node: NodeId) -> Written {
        Written {
            node,
            parts: Vec::new(),
        }
    }
}

impl Plan {
    /// Compiles a model.
    pub fn new(model: &Model) -> Plan {
        Self::build(model, false)
    }

    /// Compiles a model and what its tests expect.
    pub fn with_expectations(model: &Model) -> Plan {
        Self::build(model, true)
    }

    /// The same plan, of which [`Scores::kept`](crate::score::Scores::kept) has the values of these nodes too: numbers or
    /// choices of its blocks and their rules.
    pub fn keeping(mut self, nodes: impl IntoIterator<Item = NodeId>) -> Plan {
        self.kept = nodes.into_iter().collect();
        self
    }

    /// Puts the plan on a day of scoring.
    pub fn on(&self, as_of: Day) -> DayPlan<'_> {
        DayPlan::new(self, as_of)
    }

    /// The node that has the value of a contact's condition or value.
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.contacts.node(id)
    }

    /// The signal of an id.
    pub fn signal(&self, id: SignalId) -> Option<&Signal> {
        self.signals.get(id.index())
    }

    /// What points come to, in ten-thousandths, after 0, 1, 2, … periods that each take a part; nothing after the last.
    pub fn faded(&self, points: Number, part: Number) -> Vec<i64> {
        let remaining = self.remaining(part);
        let worths = (0..remaining.len() as i64).map(|periods| day::part_of(points.units(), remaining, periods));
        worths.take_while(|worth| *worth != 0).collect()
    }

    /// What remains of 10^12 after 0, 1, 2, … periods that each take a part; nothing remains after the last.
    pub fn remaining(&self, part: Number) -> &[i64] {
        let known = self.remaining.iter().find(|(known, _)| *known == part);
        known.map_or(&[], |(_, remaining)| remaining)
    }

    fn build(model: &Model, with_expectations: bool) -> Plan {
        let mut builder = Builder::new(model);
        builder.lets_in_order(Scope::Contact, false);
        let ignored = builder.ignored();
        let (exclusion, exclusions) = builder.exclusions();
        let mut blocks: Vec<Block> = model.blocks.iter().map(|block| builder.block(block)).collect();
        builder.scores(&mut blocks);
        let classes = builder.classes();
        let promises = builder.promises();
        let expectations = if with_expectations {
            builder.expectations()
        } else {
            Vec::new()
        };
        let columns = builder.columns();
        let formulas = (0..).map(FormulaId).map(ScoreId::Formula);
        let formulas = formulas
            .take(model.formulas.len())
            .map(|formula| builder.score_node(formula))
            .collect();
        let overall = builder.score_node(ScoreId::Overall);

        let wanted = promises
            .iter()
            .chain(expectations.iter().flatten())
            .map(|written| written.node);
        let explained = blocks.iter().flat_map(Block::nodes);
        let results = columns.iter().filter_map(|column| column.holds.node());
        let steps = builder
            .contacts
            .closure(wanted.chain(explained).chain(results).chain([exclusion]));
        let read = signals_read(&builder.contacts, &steps);
        let signals = (0..).map(SignalId).zip(&builder.signals.things);
        let signals: Vec<_> = signals.filter(|(id, _)| read.contains(id)).collect();
        let routes = routes::routes(model, &builder.events, &signals, &ignored);
        let event_texts = TextPlan::new(&builder.events, &routes.steps(), told_apart(&signals));
        let reads = Reads::of(&builder, &steps, &signals, &ignored);
        let signals = &builder.signals.things;
        let ceilings = ceiling::ceilings(&builder.contacts, &steps, signals.len());
        Plan {
            bounds: Bounds::new(&builder.contacts, signals, &builder.worths.things),
            contact_texts: TextPlan::new(&builder.contacts, &steps, std::iter::empty()),
            event_texts,
            layout: Layout::new(signals, &routes.routes, &ceilings),
            reads,
            routes,
            lets: builder.written_lets(),
            band: builder.known.band,
            contacts: builder.contacts,
            events: builder.events,
            signals: builder.signals.things,
            worths: builder.worths.things,
            reasons: model
                .exclusions
                .iter()
                .map(|exclusion| exclusion.reason.clone())
                .collect(),
            remaining: remaining_parts(model),
            steps,
            blocks,
            formulas,
            overall,
            classes,
            exclusions,
            exclusion,
            promises,
            expectations,
            columns: columns.into(),
            kept: Vec::new(),
        }
    }
}

/// The signals that some of these nodes read.
fn signals_read(graph: &Graph, steps: &[NodeId]) -> HashSet<SignalId> {
    let nodes = steps.iter().filter_map(|step| graph.node(*step));
    let operands = nodes.flat_map(|node| node.operation.operands());
    let signals = operands.filter_map(|operand| match operand {
        Operand::Signal(signal) => Some(signal),
        Operand::Node(_) => None,
    });
    signals.collect()
}

/// The properties whose texts are told apart.
fn told_apart(signals: &[(SignalId, &Signal)]) -> impl Iterator<Item = u32> {
    signals.iter().filter_map(|(_, signal)| match signal.collect {
        Collect::Distinct(property) => Some(property),
        Collect::Count
        | Collect::Known(_)
        | Collect::Sum(_)
        | Collect::Smallest(_)
        | Collect::Largest(_)
        | Collect::First
        | Collect::Last
        | Collect::Days
        | Collect::Worth(_) => None,
    })
}

/// What remains after each number of periods, for each part that a fading or decay of the model takes.
fn remaining_parts(model: &Model) -> Vec<(Number, Vec<i64>)> {
    let rules = model.blocks.iter().flat_map(|block| &block.rules);
    let fadings = rules.filter_map(|rule| match &rule.kind {
        RuleKind::Each {
            fading: Some(Fading::Per(amount, _)),
            ..
        } => Some(*amount),
        RuleKind::Each { .. } | RuleKind::Once { .. } | RuleKind::Table { .. } => None,
    });
    let decays = model
        .blocks
        .iter()
        .filter_map(|block| Some(block.decay.as_ref()?.amount));
    let parts = fadings.chain(decays).filter_map(|amount| match amount {
        Amount::Part(part) => Some(part),
        Amount::Points(_) => None,
    });
    let parts: BTreeSet<Number> = parts.collect();
    parts
        .into_iter()
        .map(|part| (part, day::remaining_after(part)))
        .collect()
}
