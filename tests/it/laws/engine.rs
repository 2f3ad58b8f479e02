//! What the engine says, in the words of the interpreter.

use std::num::NonZeroUsize;

use leadscore::model::{BlockId, ClassId, FormulaId, Labelled, Model};
use leadscore::number::Number;
use leadscore::plan::{NodeId, Plan, RuleParts};
use leadscore::score::{self, Run, Scores, Trace, TracedRun};

use super::data::Data;
use crate::oracle::{BlockOutcome, Datum, OracleEvent, Outcome, Scored};

/// How data is given to the engine: nothing of it may change a score.
pub(super) struct Feeding<'a> {
    /// The contacts in the order in which they come, each once.
    pub(super) contacts: Vec<usize>,
    /// The events in the order in which they come: of which contact, and which event.
    pub(super) events: Vec<(usize, &'a OracleEvent)>,
    /// How many events come at once.
    pub(super) batch: usize,
}

impl<'a> Feeding<'a> {
    /// As it is, all at once.
    pub(super) fn plain(data: &'a Data) -> Feeding<'a> {
        Feeding {
            contacts: (0..data.contacts.len()).collect(),
            events: data.events(),
            batch: usize::MAX,
        }
    }
}

/// What the engine gives each contact, in the order of the data.
pub(super) fn outcomes(model: &Model, data: &Data, feeding: &Feeding<'_>) -> Vec<Outcome> {
    let plan = Plan::new(model);
    let day = plan.on(data.as_of);
    let contacts = data.contacts_in(&feeding.contacts);
    let mut run = TracedRun::new(&day);
    for events in feeding.events.chunks(feeding.batch.min(feeding.events.len().max(1))) {
        run.events(&data.batch(events, &feeding.contacts));
    }
    let (scores, trace) = run.finish(&contacts);
    let rows = (0..data.contacts.len()).map(|at| feeding.contacts.iter().position(|contact| *contact == at).unwrap());
    rows.map(|row| {
        Told {
            model,
            plan: &plan,
            scores: &scores,
            trace: &trace,
            row,
        }
        .outcome()
    })
    .collect()
}

/// The scores without a trace.
pub(super) fn scores(model: &Model, data: &Data) -> Scores {
    let plan = Plan::new(model);
    let day = plan.on(data.as_of);
    let feeding = Feeding::plain(data);
    let mut run = Run::new(&day);
    run.events(&data.batch(&feeding.events, &feeding.contacts));
    run.finish(&data.contacts_in(&feeding.contacts))
}

/// The scores of runs that are given a part of the events each, the first `known` with as many contacts as there are,
/// and are merged one after the other.
pub(super) fn merged_scores(model: &Model, data: &Data, parts: &[Vec<(usize, &OracleEvent)>], known: usize) -> Scores {
    let plan = Plan::new(model);
    let day = plan.on(data.as_of);
    let contacts: Vec<usize> = (0..data.contacts.len()).collect();
    let runs = parts.iter().enumerate().map(|(at, events)| {
        let mut run = if at < known {
            Run::with_contacts(&day, contacts.len())
        } else {
            Run::new(&day)
        };
        run.events(&data.batch(events, &contacts));
        run
    });
    let merged = runs.reduce(|mut all, run| {
        all.merge_on(run, NonZeroUsize::new(2).unwrap());
        all
    });
    merged.unwrap_or(Run::new(&day)).finish(&data.contacts_in(&contacts))
}

/// The values by which the tables decide, and those of the lets, of each contact; `None` where the engine has no need
/// of one.
pub(super) fn values(model: &Model, data: &Data) -> Vec<Vec<Known>> {
    let plan = Plan::new(model);
    let day = plan.on(data.as_of);
    let feeding = Feeding::plain(data);
    let mut run = TracedRun::new(&day);
    run.events(&data.batch(&feeding.events, &feeding.contacts));
    let (_, trace) = run.finish(&data.contacts_in(&feeding.contacts));
    let rules = plan.blocks.iter().flat_map(|block| &block.rules);
    let tables = rules.filter_map(|rule| match &rule.parts {
        RuleParts::Table { value, .. } => Some(value.node),
        RuleParts::Once { .. } | RuleParts::Each { .. } => None,
    });
    let nodes: Vec<NodeId> = tables.chain(plan.lets.iter().map(|written| written.node)).collect();
    let of_contact = |row| nodes.iter().map(|node| trace.value(*node, row).map(datum)).collect();
    (0..data.contacts.len()).map(of_contact).collect()
}

/// A value, missing or not, where it was computed.
pub(super) type Known = Option<Option<Datum>>;

fn datum(told: score::Datum<'_>) -> Option<Datum> {
    match told {
        score::Datum::Missing => None,
        score::Datum::Boolean(boolean) => Some(Datum::Boolean(boolean)),
        score::Datum::Number(number) => Some(Datum::Number(number)),
        score::Datum::Date(day) => Some(Datum::Date(day)),
        score::Datum::Text(text) => Some(Datum::Text(text.to_owned())),
        score::Datum::List => Some(Datum::List(Vec::new())),
        score::Datum::Choice(place) => panic!("the place {place} for a value"),
    }
}

/// What is told of one contact.
struct Told<'a> {
    model: &'a Model,
    plan: &'a Plan,
    scores: &'a Scores,
    trace: &'a Trace<'a>,
    row: usize,
}

impl Told<'_> {
    fn outcome(&self) -> Outcome {
        if let Some(exclusion) = self.scores.exclusion(self.row) {
            return Outcome::Excluded(exclusion);
        }
        let row = self.row;
        let promises = self.scores.broken_promises().iter().enumerate();
        let formulas = (0..self.model.formulas.len() as u32).map(FormulaId);
        let classes = (0..self.model.classes.len() as u32).map(ClassId);
        Outcome::Scored(Scored {
            overall: self
                .scores
                .overall(row)
                .expect("a score of a contact that is not excluded"),
            band: self.label(Labelled::Band),
            blocks: (0..self.model.blocks.len()).map(|at| self.block(at)).collect(),
            formulas: formulas
                .map(|formula| self.scores.formula(formula, row).expect("a formula's value"))
                .collect(),
            classes: classes.map(|class| self.label(Labelled::Class(class))).collect(),
            broken: promises
                .filter(|(_, rows)| rows.contains(&(row as u32)))
                .map(|(at, _)| at)
                .collect(),
        })
    }

    fn block(&self, at: usize) -> BlockOutcome {
        let block = &self.plan.blocks[at];
        let value = self.number(block.value);
        let id = BlockId(at as u32);
        if self.model.blocks[at].name.is_some() {
            assert_eq!(
                self.scores.block(id, self.row),
                Some(value),
                "the column and the trace of a block"
            );
        }
        BlockOutcome {
            rules: block.rules.iter().map(|rule| self.number(rule.points)).collect(),
            profile: self.number(block.profile),
            behaviour: self.number(block.behaviour),
            left: self.number(block.decayed),
            value,
            band: self.label(Labelled::BandOf(id)),
        }
    }

    fn number(&self, node: NodeId) -> Number {
        self.trace
            .number(node, self.row)
            .expect("a number of a contact that is not excluded")
    }

    fn label(&self, of: Labelled) -> Option<usize> {
        self.scores.label(of, self.row).map(usize::from)
    }
}
