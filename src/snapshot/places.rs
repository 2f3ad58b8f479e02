//! Places: where a run keeps each score and the points that it is made of, and under which titles.

use std::sync::Arc;

use crate::model::{self, Clamp, Labelled, Model, RuleKind, ScoreId, Term};
use crate::plan::{self, NodeId, Operation, Plan, RuleParts};
use crate::reason::{row_title, title};

use super::marks::Marks;
use super::{Fingerprint, OVERALL, Rule, Score};

/// Where a score and its points are.
pub(super) struct Places {
    pub(super) score: ScoreId,
    /// What has its bands, where it may have any.
    pub(super) bands: Option<Labelled>,
    pub(super) clamp: Clamp,
    /// Where a formula's result is kept before its ends, if it has any.
    pub(super) unclamped: Option<usize>,
    pub(super) gives: Vec<Gives>,
}

/// Something that gives or takes points.
pub(super) enum Gives {
    /// What is kept in a place, under one title.
    Points(usize, Arc<str>),
    /// What is kept in a place, under the title of the row that was chosen.
    Row {
        points: usize,
        row: usize,
        titles: Vec<Arc<str>>,
    },
    /// The difference of what is kept in two places.
    Decay {
        before: usize,
        after: usize,
        title: Arc<str>,
    },
}

/// The nodes that are kept, by their places.
#[derive(Default)]
pub(super) struct Kept(pub(super) Vec<NodeId>);

impl Kept {
    fn place(&mut self, node: NodeId) -> usize {
        self.0.push(node);
        self.0.len() - 1
    }
}

/// The scores of a model, each with its places: the overall one, then the others by name.
pub(super) fn places(model: &Model, plan: &Plan, kept: &mut Kept) -> (Vec<Score>, Vec<Places>) {
    let mut writer = Writer {
        model,
        plan,
        marks: Marks::new(model, plan),
        kept,
    };
    let (mut first, mut others) = (writer.overall(), Vec::new());
    for ((block, planned), id) in model.blocks.iter().zip(&plan.blocks).zip((0..).map(model::BlockId)) {
        let (rules, gives) = writer.block(block, planned);
        match &block.name {
            None => (first.0.rules, first.1.gives) = (rules, gives),
            Some(name) => {
                let score = Score {
                    name: name.as_str().into(),
                    formula: None,
                    rules,
                };
                let places = Places {
                    score: ScoreId::Block(id),
                    bands: Some(Labelled::BandOf(id)),
                    clamp: block.clamp,
                    unclamped: None,
                    gives,
                };
                others.push((score, places));
            }
        }
    }
    for ((formula, node), id) in model
        .formulas
        .iter()
        .zip(&plan.formulas)
        .zip((0..).map(model::FormulaId))
    {
        let written = model.written(formula.span);
        let places = writer.formula(ScoreId::Formula(id), Some(&formula.term), formula.clamp, *node);
        others.push((computed(&formula.name, Some(&written)), places));
    }
    others.sort_by(|(one, _), (two, _)| one.name.cmp(&two.name));
    std::iter::once(first).chain(others).unzip()
}

/// A score without rules of its own, and the statement that says how it is computed.
fn computed(name: &str, statement: Option<&str>) -> Score {
    Score {
        name: name.into(),
        formula: statement.map(formula),
        rules: Vec::new(),
    }
}

/// What stands behind the `=` of a statement.
fn formula(statement: &str) -> Arc<str> {
    let mut in_name = false;
    let equals = statement.char_indices().find(|(_, character)| {
        in_name ^= *character == '`';
        !in_name && *character == '='
    });
    let behind = equals.and_then(|(at, _)| statement.get(at + 1..));
    behind.unwrap_or(statement).trim().into()
}

struct Writer<'a> {
    model: &'a Model,
    plan: &'a Plan,
    marks: Marks<'a>,
    kept: &'a mut Kept,
}

impl Writer<'_> {
    fn overall(&mut self) -> (Score, Places) {
        let (overall, node) = (&self.model.overall, self.plan.overall);
        let span = overall.term.as_ref().and(overall.span);
        let statement = span.map(|span| self.model.written(span));
        let mut places = self.formula(ScoreId::Overall, overall.term.as_ref(), overall.clamp, node);
        places.bands = Some(Labelled::Band);
        (computed(OVERALL, statement.as_deref()), places)
    }

    /// Where a score is kept that is computed from others, or, without a term, their sum.
    fn formula(&mut self, score: ScoreId, term: Option<&Term>, clamp: Clamp, node: NodeId) -> Places {
        let unclamped = match self.plan.node(node).map(|node| &node.operation) {
            Some(Operation::Clamped { value, .. }) if clamp != Clamp::default() => *value,
            _ => node,
        };
        Places {
            score,
            bands: None,
            clamp,
            unclamped: term.map(|_| self.kept.place(unclamped)),
            gives: Vec::new(),
        }
    }

    /// What gives points in a block: its rules, rows of tables and decay, each title once, and where the points are.
    fn block(&mut self, block: &model::Block, planned: &plan::Block) -> (Vec<Rule>, Vec<Gives>) {
        let (mut rules, mut gives) = (Vec::new(), Vec::new());
        for (rule, of_rule) in block.rules.iter().zip(&planned.rules) {
            gives.push(self.rule(rule, of_rule, &mut rules));
        }
        if let Some(decay) = &block.decay {
            let title: Arc<str> = self.model.written(decay.span).into();
            rules.push(Rule {
                fingerprint: self.marks.of_decay(decay, planned.activity),
                title: Arc::clone(&title),
            });
            gives.push(Gives::Decay {
                before: self.kept.place(planned.behaviour),
                after: self.kept.place(planned.decayed),
                title,
            });
        }
        (each_title_once(rules), gives)
    }

    fn rule(&mut self, rule: &model::Rule, planned: &plan::Rule, rules: &mut Vec<Rule>) -> Gives {
        let points = self.kept.place(planned.points);
        match (&rule.kind, &planned.parts) {
            (RuleKind::Table { rows, .. }, RuleParts::Table { row, rows: fits, .. }) => {
                let titles = rows.iter().map(|row| row_title(self.model, rule, row).into());
                let titles: Vec<Arc<str>> = titles.collect();
                let marks = self.marks.of_rows(fits, rows);
                rules.extend(titles.iter().zip(marks).map(|(title, fingerprint)| Rule {
                    fingerprint,
                    title: Arc::clone(title),
                }));
                Gives::Row {
                    points,
                    row: self.kept.place(*row),
                    titles,
                }
            }
            (RuleKind::Once { .. } | RuleKind::Each { .. } | RuleKind::Table { .. }, _) => {
                let title: Arc<str> = title(self.model, rule).into();
                rules.push(Rule {
                    fingerprint: self.marks.of_rule(planned),
                    title: Arc::clone(&title),
                });
                Gives::Points(points, title)
            }
        }
    }
}

/// The rules in the order of their titles; those of one title as one.
fn each_title_once(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort_by(|one, two| one.title.cmp(&two.title));
    let alike = rules.chunk_by(|one, two| one.title == two.title);
    let once = alike.filter_map(|alike| match alike {
        [only] => Some(only.clone()),
        [first, ..] => Some(Rule {
            fingerprint: Fingerprint::of_all(alike.iter().map(|rule| rule.fingerprint)),
            title: Arc::clone(&first.title),
        }),
        [] => None,
    });
    once.collect()
}
