//! What is made of the blocks, to nodes: formulas, the overall score, bands, classes; and the columns of a result.

use crate::model::{self, Definition, Labelled, Operator, ScoreId, Term};
use crate::number::Number;

use super::build::{Builder, Scope};
use super::graph::{NodeId, Operation, Shape};
use super::{Block, Written};

/// A classification.
#[derive(Clone, Debug)]
pub struct Class {
    /// Whether each row's condition holds; `None` for `otherwise`.
    pub rows: Vec<Option<Written>>,
    /// The choice among the rows.
    pub label: NodeId,
}

/// A column of a result.
#[derive(Clone, Debug)]
pub struct ResultColumn {
    /// Its name.
    pub name: String,
    /// What stands in it.
    pub holds: Holds,
}

/// What stands in a column of a result.
#[derive(Clone, Debug)]
pub enum Holds {
    /// The contact's id.
    Id,
    /// A score.
    Score {
        /// Its node: a number.
        node: NodeId,
        /// Which score.
        of: ScoreId,
    },
    /// A band or class.
    Label {
        /// Its node, a choice; `None` for the bands of a score that has none.
        node: Option<NodeId>,
        /// Of what.
        of: Labelled,
        /// What may stand there: the labels by their places, then, for the bands of the overall score, `excluded`.
        texts: Vec<String>,
    },
    /// Why the contact is excluded.
    Exclusion,
}

impl Holds {
    /// The node whose value it shows.
    pub fn node(&self) -> Option<NodeId> {
        match self {
            Holds::Score { node, .. } => Some(*node),
            Holds::Label { node, .. } => *node,
            Holds::Id | Holds::Exclusion => None,
        }
    }

    /// The place of what stands there for an excluded contact; `None` for nothing.
    pub fn excluded(&self) -> Option<u32> {
        match self {
            Holds::Label {
                of: Labelled::Band,
                texts,
                ..
            } => texts.len().checked_sub(1).map(|last| last as u32),
            Holds::Id | Holds::Score { .. } | Holds::Label { .. } | Holds::Exclusion => None,
        }
    }
}

impl Builder<'_> {
    /// The choice among the exclusions, and what their conditions are made of.
    pub(super) fn exclusions(&mut self) -> (NodeId, Vec<Written>) {
        let model = self.model;
        let conditions = model.exclusions.iter().map(|exclusion| &exclusion.condition);
        let written: Vec<Written> = conditions
            .map(|condition| self.condition(Scope::Contact, condition))
            .collect();
        let nodes = written.iter().map(|written| written.node).collect();
        let chosen = self.contact(Shape::Choice, Operation::First(nodes));
        self.known.exclusion = Some(chosen);
        (chosen, written)
    }

    /// The formulas, the overall score and all bands.
    pub(super) fn scores(&mut self, blocks: &mut [Block]) {
        let model = self.model;
        self.known.blocks = blocks.iter().map(|block| block.value).collect();
        for definition in &model.order {
            if let Definition::Formula(id) = definition
                && let Some(formula) = model.formulas.get(id.index())
            {
                let value = self.term(&formula.term);
                let value = self.clamped(value, formula.clamp);
                self.known.formulas.insert(id.0, value);
            }
        }
        let overall = match &model.overall.term {
            Some(term) => self.term(term),
            None => self.sum(self.known.blocks.clone()),
        };
        let overall = self.clamped(overall, model.overall.clamp);
        self.known.overall = Some(overall);
        self.known.band = self.band(overall, &model.overall.bands);
        for (block, planned) in model.blocks.iter().zip(blocks) {
            // The bands of the top level are the overall score's.
            planned.band = block.name.as_ref().and_then(|_| self.band(planned.value, &block.bands));
            self.known.block_bands.push(planned.band);
        }
    }

    fn term(&mut self, term: &Term) -> NodeId {
        match term {
            Term::Number(number) => self.contact(Shape::Number, Operation::Number(*number)),
            Term::Score(score) => self.score_node(*score),
            Term::Negate(inner) => {
                let inner = self.term(inner);
                self.contact(Shape::Number, Operation::Negate(inner))
            }
            Term::Arithmetic(first, rest) => self.operations(first, rest),
        }
    }

    fn operations(&mut self, first: &Term, rest: &[(Operator, Term)]) -> NodeId {
        let mut value = self.term(first);
        for (operator, operand) in rest {
            let operand = self.term(operand);
            value = self.contact(Shape::Number, Operation::Saturating(*operator, value, operand));
        }
        value
    }

    fn band(&mut self, score: NodeId, bands: &[model::Band]) -> Option<NodeId> {
        if bands.is_empty() {
            return None;
        }
        let places = || bands.iter().zip(0u16..);
        let reached = places().filter_map(|(band, place)| Some((band.threshold?, place)));
        let mut thresholds: Vec<(Number, u16)> = reached.collect();
        thresholds.sort_by(|one, two| two.cmp(one));
        let otherwise = places()
            .find(|(band, _)| band.threshold.is_none())
            .map(|(_, place)| place);
        let operation = Operation::Band {
            score,
            thresholds: thresholds.into(),
            otherwise,
        };
        Some(self.contact(Shape::Choice, operation))
    }

    /// The classes, and the lets that read scores, each after those to which it refers.
    pub(super) fn classes(&mut self) -> Vec<Class> {
        let model = self.model;
        let mut classes: Vec<Option<Class>> = vec![None; model.classes.len()];
        for definition in &model.order {
            match definition {
                Definition::Let(id) => self.define_let(Scope::Contact, *id, true),
                Definition::Class(id) => {
                    let class = model.classes.get(id.index()).map(|class| self.class(class));
                    self.known.classes.extend(class.iter().map(|class| (id.0, class.label)));
                    if let Some(place) = classes.get_mut(id.index()) {
                        *place = class;
                    }
                }
                Definition::Formula(_) => {}
            }
        }
        classes.into_iter().flatten().collect()
    }

    fn class(&mut self, class: &model::Class) -> Class {
        let conditions = class.rows.iter().map(|row| row.condition.as_ref());
        let rows: Vec<Option<Written>> = conditions
            .map(|condition| condition.map(|condition| self.condition(Scope::Contact, condition)))
            .collect();
        let always = self.contact(Shape::Condition, Operation::Constant(true));
        let nodes = rows
            .iter()
            .map(|row| row.as_ref().map_or(always, |row| row.node))
            .collect();
        let label = self.contact(Shape::Choice, Operation::First(nodes));
        Class { rows, label }
    }

    /// What promises are made of.
    pub(super) fn promises(&mut self) -> Vec<Written> {
        let model = self.model;
        let conditions = model.promises.iter().map(|promise| &promise.condition);
        conditions
            .map(|condition| self.condition(Scope::Contact, condition))
            .collect()
    }

    /// What the expectations of each test are made of; of an excluded contact, scores and labels are missing.
    pub(super) fn expectations(&mut self) -> Vec<Vec<Written>> {
        let model = self.model;
        let mut tests = Vec::with_capacity(model.tests.len());
        for test in &model.tests {
            let conditions = test.expectations.iter().map(|expectation| &expectation.condition);
            tests.push(
                conditions
                    .map(|condition| self.condition(Scope::Expected, condition))
                    .collect(),
            );
        }
        tests
    }

    /// The columns of a result, in their order.
    pub(super) fn columns(&mut self) -> Vec<ResultColumn> {
        let model = self.model;
        let mut columns = vec![
            ResultColumn {
                name: "id".to_owned(),
                holds: Holds::Id,
            },
            self.score_column("score", ScoreId::Overall),
            self.label_column("band".to_owned(), Labelled::Band),
        ];
        for (block, id) in model.blocks.iter().zip((0..).map(model::BlockId)) {
            let Some(name) = &block.name else { continue };
            columns.push(self.score_column(name, ScoreId::Block(id)));
            if !block.bands.is_empty() {
                columns.push(self.label_column(format!("{name}_band"), Labelled::BandOf(id)));
            }
        }
        for (formula, id) in model.formulas.iter().zip((0..).map(model::FormulaId)) {
            columns.push(self.score_column(&formula.name, ScoreId::Formula(id)));
        }
        for (class, id) in model.classes.iter().zip((0..).map(model::ClassId)) {
            columns.push(self.label_column(class.name.clone(), Labelled::Class(id)));
        }
        columns.push(ResultColumn {
            name: "excluded".to_owned(),
            holds: Holds::Exclusion,
        });
        columns
    }

    fn score_column(&mut self, name: &str, of: ScoreId) -> ResultColumn {
        let holds = Holds::Score {
            node: self.score_node(of),
            of,
        };
        ResultColumn {
            name: name.to_owned(),
            holds,
        }
    }

    fn label_column(&self, name: String, of: Labelled) -> ResultColumn {
        let excluded = (of == Labelled::Band).then_some("excluded");
        let labels = self.model.labels(of).into_iter().chain(excluded);
        let holds = Holds::Label {
            node: self.label_node(of),
            of,
            texts: labels.map(str::to_owned).collect(),
        };
        ResultColumn { name, holds }
    }
}
