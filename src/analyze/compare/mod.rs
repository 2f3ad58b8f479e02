//! Compares two models: equal for every contact that could exist, or a smallest contact for which they differ.

pub(in crate::analyze) mod joint;
pub(in crate::analyze) mod labels;
pub(in crate::analyze) mod reason;
pub(in crate::analyze) mod renaming;

use crate::calendar::Day;
use crate::model::{self, Band, BlockId, ClassId, FormulaId, Model};
use crate::number::Number;
use crate::plan::{Block, NodeId, Operation, Plan, ResultColumn};

use self::joint::{Joint, Side, join};
use self::labels::{Choice, Found, choices};
use self::reason::Reason;
use crate::analyze::bound::Wanted;
use crate::analyze::bound::possible::all_options;
use crate::analyze::example::Example;
use crate::analyze::search::question::{Needed, Question};
use crate::analyze::search::{Answer, Search};
use crate::analyze::space::Space;
use crate::analyze::space::range::ENDLESS;

/// What can be said of two models.
#[derive(Clone, Debug)]
pub enum Comparison {
    /// They give every contact that could exist the same result.
    Equivalent,
    /// They differ for this contact, which has only what it needs.
    Different(Difference),
    /// It could not be decided.
    Undecided {
        /// Why.
        why: Reason,
        /// How much the overall score changes at most, down and up, where that is known.
        at_most: Option<(Number, Number)>,
    },
}

/// A contact for which two models differ.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The contact; its fields and properties are those of [`model`](Self::model).
    pub example: Example,
    /// A model with the fields, events and properties of both.
    pub model: Box<Model>,
    /// In what they differ: the column of the result.
    pub column: String,
    /// How much the overall score changes at most, down and up, for any contact; `None` where there is no limit, or none
    /// was found.
    pub at_most: [Option<Number>; 2],
}

/// Compares two models on a day.
pub fn compare(old: &Model, new: &Model, as_of: Day) -> Comparison {
    let undecided = |why: Reason| Comparison::Undecided { why, at_most: None };
    let joint = match join(old, new) {
        Ok(joint) => joint,
        Err(why) => return undecided(why),
    };
    if let Some(why) = other_columns(old, new) {
        return undecided(why);
    }
    let plan = Plan::new(&joint.model);
    let day = plan.on(as_of);
    let space = Space::new(&joint.model, &day);
    let everybody = Search::new(&space, Vec::new());
    let comparing = Comparing {
        old,
        new,
        joint: &joint,
        plan: &plan,
        included: everybody.among(not_excluded(&plan, &joint)),
        everybody,
    };
    match comparing.all() {
        Found::Same => Comparison::Equivalent,
        Found::Differ(column, example) => Comparison::Different(Difference {
            example,
            column,
            at_most: comparing.at_most(),
            model: Box::new(joint.model.clone()),
        }),
        Found::Unknown(column) => Comparison::Undecided {
            why: Reason::TooMuch(column),
            at_most: match comparing.at_most() {
                [Some(down), Some(up)] => Some((down, up)),
                _ => None,
            },
        },
    }
}

/// The columns that only one of two results has.
fn other_columns(old: &Model, new: &Model) -> Option<Reason> {
    let [of_old, of_new] = [old, new].map(|model| Plan::new(model).columns);
    let only = |one: &[ResultColumn], other: &[ResultColumn]| -> Vec<String> {
        let is_alone = |column: &&ResultColumn| other.iter().all(|other| other.name != column.name);
        one.iter().filter(is_alone).map(|column| column.name.clone()).collect()
    };
    let (old, new) = (only(&of_old, &of_new), only(&of_new, &of_old));
    (!old.is_empty() || !new.is_empty()).then_some(Reason::Columns { old, new })
}

/// What excludes a contact from neither.
fn not_excluded(plan: &Plan, joint: &Joint) -> Vec<Wanted> {
    let conditions = joint.sides.iter().flat_map(|side| rows(plan, side.exclusions.index()));
    conditions.flatten().map(|node| (node, false)).collect()
}

/// The conditions of a classification's rows; none for one that always holds.
fn rows(plan: &Plan, class: usize) -> Vec<Option<NodeId>> {
    let rows = plan
        .classes
        .get(class)
        .map(|class| class.rows.as_slice())
        .unwrap_or_default();
    rows.iter().map(|row| row.as_ref().map(|row| row.node)).collect()
}

struct Comparing<'a> {
    old: &'a Model,
    new: &'a Model,
    joint: &'a Joint,
    plan: &'a Plan,
    everybody: Search<'a>,
    /// Among contacts that neither model excludes.
    included: Search<'a>,
}

impl Comparing<'_> {
    fn sides(&self) -> (&Side, &Side) {
        let [old, new] = &self.joint.sides;
        (old, new)
    }

    fn all(&self) -> Found {
        let found = self.exclusions();
        let found = found.then(|| self.blocks());
        let found = found.then(|| self.formulas());
        let found = found.then(|| self.overall());
        let found = found.then(|| self.bands());
        found.then(|| self.classes())
    }

    fn exclusions(&self) -> Found {
        let (old, new) = self.sides();
        let labels = |model: &Model| {
            model
                .exclusions
                .iter()
                .map(|exclusion| exclusion.reason.clone())
                .collect()
        };
        let of_old = Choice {
            labels: labels(self.old),
            conditions: rows(self.plan, old.exclusions.index()),
        };
        let of_new = Choice {
            labels: labels(self.new),
            conditions: rows(self.plan, new.exclusions.index()),
        };
        choices("excluded", &self.everybody, &of_old, &of_new)
    }

    /// The blocks with names, which are columns; besides, whatever equal parts they have are told to be equal.
    fn blocks(&self) -> Found {
        let (old, new) = self.sides();
        let mut found = Found::Same;
        for (at, block) in self.new.blocks.iter().enumerate() {
            let Some(before) = self.place_before(block) else {
                continue;
            };
            let planned = |id: Option<&BlockId>| self.plan.blocks.get(id?.index());
            let (Some(before), Some(after)) = (planned(old.blocks.get(before)), planned(new.blocks.get(at))) else {
                continue;
            };
            self.unite(before, after);
            if let Some(name) = &block.name {
                found = found.then(|| self.numbers(name, before.value, after.value));
            }
        }
        found
    }

    /// Tells which parts of two blocks are equal for every contact.
    fn unite(&self, before: &Block, after: &Block) {
        let bounding = &self.included.bounding;
        for (before, after) in [(before.profile, after.profile), (before.behaviour, after.behaviour)] {
            if self.are_equal(before, after) {
                bounding.are_same(before, after);
            }
        }
        let decays = |node: NodeId| match self.plan.node(node).map(|node| &node.operation) {
            Some(Operation::Decayed {
                activity,
                amount,
                period,
                ..
            }) => Some((*activity, *amount, *period)),
            _ => None,
        };
        let behaves_alike = before.behaviour == after.behaviour || self.are_equal(before.behaviour, after.behaviour);
        if behaves_alike && decays(before.decayed).is_some() && decays(before.decayed) == decays(after.decayed) {
            bounding.are_same(before.decayed, after.decayed);
        }
        let clamp = |node: NodeId| match self.plan.node(node).map(|node| &node.operation) {
            Some(Operation::Clamped { min, max, .. }) => Some((*min, *max)),
            _ => None,
        };
        if self.are_equal(before.sum, after.sum) {
            bounding.are_same(before.sum, after.sum);
            if clamp(before.value) == clamp(after.value) {
                bounding.are_same(before.value, after.value);
            }
        }
    }

    fn are_equal(&self, before: NodeId, after: NodeId) -> bool {
        let bound = |sign: i128| {
            let mut domains = all_options(self.included.space);
            self.included.bounding.narrow(&self.included.always, &mut domains);
            let terms = [(sign, after), (-sign, before)];
            self.included.bounding.bound_of(&terms, &self.included.always, &domains)
        };
        before == after
            || [1, -1]
                .into_iter()
                .all(|sign| bound(sign).is_none_or(|bound| bound.units == 0))
    }

    fn formulas(&self) -> Found {
        let (old, new) = self.sides();
        let mut found = Found::Same;
        for (at, formula) in self.new.formulas.iter().enumerate() {
            let before = self.old.formulas.iter().position(|before| before.name == formula.name);
            let node = |id: Option<&FormulaId>| self.plan.formulas.get(id?.index()).copied();
            let nodes = node(before.and_then(|at| old.formulas.get(at))).zip(node(new.formulas.get(at)));
            if let Some((before, after)) = nodes {
                found = found.then(|| self.numbers(&formula.name, before, after));
            }
        }
        found
    }

    /// The overall scores.
    fn scores(&self) -> Option<(NodeId, NodeId)> {
        let (old, new) = self.sides();
        let node = |id: FormulaId| self.plan.formulas.get(id.index()).copied();
        node(old.overall).zip(node(new.overall))
    }

    fn overall(&self) -> Found {
        match self.scores() {
            Some((before, after)) => self.numbers("score", before, after),
            None => Found::Same,
        }
    }

    fn numbers(&self, column: &str, before: NodeId, after: NodeId) -> Found {
        if before == after {
            return Found::Same;
        }
        let mut unknown = false;
        for sign in [1, -1] {
            let question = Question {
                truths: Vec::new(),
                scores: vec![Needed {
                    of: vec![(sign, after), (-sign, before)],
                    least: 1,
                    most: Needed::ALL,
                }],
            };
            match self.included.find_small(&question) {
                Answer::Yes(example) => return Found::Differ(column.to_owned(), example),
                Answer::No => {}
                Answer::Unknown => unknown = true,
            }
        }
        if unknown {
            return Found::Unknown(column.to_owned());
        }
        self.included.bounding.are_same(before, after);
        Found::Same
    }

    fn bands(&self) -> Found {
        let mut found = Found::Same;
        if let Some(scores) = self.scores() {
            found = self.labels("band", &self.old.overall.bands, &self.new.overall.bands, scores);
        }
        let (old, new) = self.sides();
        let value = |side: &Side, at: usize| Some(self.plan.blocks.get(side.blocks.get(at)?.index())?.value);
        for (at, block) in self.new.blocks.iter().enumerate() {
            let (Some(name), Some(place)) = (&block.name, self.place_before(block)) else {
                continue;
            };
            let bands = self.old.blocks.get(place).map_or(&[][..], |before| &before.bands);
            if let Some(scores) = value(old, place).zip(value(new, at)) {
                found = found.then(|| self.labels(&format!("{name}_band"), bands, &block.bands, scores));
            }
        }
        found
    }

    /// The place of the old block of the same name.
    fn place_before(&self, block: &model::Block) -> Option<usize> {
        self.old.blocks.iter().position(|before| before.name == block.name)
    }

    /// The bands of two scores: of scores that differ, whether a contact has both where the labels are different.
    fn labels(&self, column: &str, before: &[Band], after: &[Band], scores: (NodeId, NodeId)) -> Found {
        let bounding = &self.included.bounding;
        let (old, new) = (bounding.first_of_same(scores.0), bounding.first_of_same(scores.1));
        let limits = before
            .iter()
            .chain(after)
            .filter_map(|band| Some(i128::from(band.threshold?.units())));
        let mut starts: Vec<i128> = limits.chain([-Needed::ALL]).collect();
        starts.sort_unstable();
        starts.dedup();
        let ends = starts.iter().skip(1).map(|next| next - 1).chain([Needed::ALL]);
        for ends in starts.iter().copied().zip(ends) {
            if label(before, ends.0) == label(after, ends.0) {
                continue;
            }
            let both = std::iter::once(old).chain((old != new).then_some(new));
            let question = Question {
                truths: Vec::new(),
                scores: both.map(|score| Needed::score(score, ends)).collect(),
            };
            match self.included.find_small(&question) {
                Answer::Yes(example) => return Found::Differ(column.to_owned(), example),
                Answer::No => {}
                Answer::Unknown => return Found::Unknown(column.to_owned()),
            }
        }
        Found::Same
    }

    fn classes(&self) -> Found {
        let (old, new) = self.sides();
        let mut found = Found::Same;
        for (at, class) in self.new.classes.iter().enumerate() {
            let Some(place) = self.old.classes.iter().position(|before| before.name == class.name) else {
                continue;
            };
            let labels = |model: &Model, at: usize| {
                let rows = model
                    .classes
                    .get(at)
                    .map(|class| class.rows.as_slice())
                    .unwrap_or_default();
                rows.iter().map(|row| row.label.clone()).collect()
            };
            let conditions = |id: Option<&ClassId>| id.map(|id| rows(self.plan, id.index())).unwrap_or_default();
            let before = Choice {
                labels: labels(self.old, place),
                conditions: conditions(old.classes.get(place)),
            };
            let after = Choice {
                labels: labels(self.new, at),
                conditions: conditions(new.classes.get(at)),
            };
            found = found.then(|| choices(&class.name, &self.included, &before, &after));
        }
        found
    }

    /// How much the overall score changes at most, down and up.
    fn at_most(&self) -> [Option<Number>; 2] {
        let Some((before, after)) = self.scores() else {
            return [None, None];
        };
        let number = |units: i128| Number::from_units(units).filter(|_| units.abs() < ENDLESS >> 1);
        let down = self.included.end(&[(1, before), (-1, after)], None);
        let up = self.included.end(&[(1, after), (-1, before)], None);
        [number(-down.units), number(up.units)]
    }
}

/// The label of a score.
fn label(bands: &[Band], units: i128) -> Option<&str> {
    let reached = bands.iter().filter_map(|band| Some((band.threshold?, band)));
    let reached = reached.filter(|(threshold, _)| i128::from(threshold.units()) <= units);
    let highest = reached.max_by_key(|(threshold, _)| *threshold).map(|(_, band)| band);
    let band = highest.or_else(|| bands.iter().find(|band| band.threshold.is_none()));
    band.map(|band| band.label.as_str())
}
