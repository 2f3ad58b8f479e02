//! Coverage: which rules, rows, bands, classes and exclusions the tests make fire or hold, and which sides of conditions
//! they see.

mod opposite;
mod sides;
mod wished;

use std::collections::BTreeSet;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::model::{Condition, Model, Promise, Rule, RuleKind};
use crate::plan::{self, NodeId, RuleParts};
use crate::reason::{Case, row_title, title};
use crate::source::Span;

use super::examples::Examples;
use super::share::Share;

use sides::{Side, sides, sides_of_ignored};
use wished::wished;

/// What of a model its tests cover.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// Everything that a test can cover, in the order of the model.
    pub items: Vec<Covered>,
}

/// Something that a test can make fire or hold.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Covered {
    /// What kind of thing it is.
    pub kind: Kind,
    /// The name of its block, classification or let; `None` at the top level.
    pub of: Option<String>,
    /// What it is: a rule's title, a label, a reason, what is the case of a contact.
    pub title: String,
    /// Its line in the rules file.
    pub line: usize,
    /// Where it stands in the rules file.
    #[serde(skip)]
    pub span: Span,
    /// How many tests make it fire or hold.
    pub tests: usize,
}

/// A kind of thing that tests cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A rule: its condition holds, or it counts an event.
    Rule,
    /// A row of a table: it fits.
    Row,
    /// A band: a contact is in it.
    Band,
    /// A label of a classification: a contact has it.
    Class,
    /// An exclusion: it takes a contact out.
    Exclusion,
    /// A side of a condition: a contact is on it.
    Condition,
    /// A window: a contact has an event in it, or one outside.
    Window,
    /// An `ignore`: it leaves out an event.
    Ignore,
}

impl Kind {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Rule => "rule",
            Kind::Row => "row",
            Kind::Band => "band",
            Kind::Class => "class",
            Kind::Exclusion => "exclusion",
            Kind::Condition => "condition",
            Kind::Window => "window",
            Kind::Ignore => "ignore",
        }
    }
}

impl Coverage {
    /// The things that at least one test covers.
    pub fn covered(&self) -> Share {
        Share {
            part: self.items.iter().filter(|item| item.tests > 0).count(),
            whole: self.items.len(),
        }
    }
}

impl Serialize for Coverage {
    /// The counts `covered` and `total`, `percent`, and the `items`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut coverage = serializer.serialize_struct("Coverage", 4)?;
        let covered = self.covered();
        coverage.serialize_field("covered", &covered.part)?;
        coverage.serialize_field("total", &covered.whole)?;
        coverage.serialize_field("percent", &covered.percent())?;
        coverage.serialize_field("items", &self.items)?;
        coverage.end()
    }
}

/// What the tests of a model cover. A contact that is excluded covers its exclusion, and what exclusions and lets test.
pub fn coverage(model: &Model) -> Coverage {
    let watch = Watch::new(model);
    let seen = watch.seen(&Examples::new(model), model.tests.len());
    let mut items: Vec<Covered> = watch.items().cloned().collect();
    for place in seen.into_iter().flatten() {
        if let Some(item) = items.get_mut(place) {
            item.tests += 1;
        }
    }
    items.sort_by_key(|item| item.span.start);
    Coverage { items }
}

/// Everything that contacts can cover of a model.
pub(super) struct Watch {
    /// The rules, rows, bands, classes and exclusions.
    fired: Vec<Covered>,
    /// The sides of conditions, and the model whose promises they are.
    sides: (Vec<(Covered, Side)>, Model),
    /// Those of what is ignored, and the model whose promises they are, which ignores nothing.
    ignored: (Vec<(Covered, Side)>, Model),
}

impl Watch {
    /// Everything that a test can cover.
    pub(super) fn new(model: &Model) -> Watch {
        let probes = |seen: &[(Covered, Side)]| {
            let promised = seen.iter().map(|(_, side)| Promise {
                condition: side.condition.clone(),
                span: side.span,
            });
            Model {
                promises: promised.collect(),
                ..model.clone()
            }
        };
        let of_sides = items_of_sides(model, sides(model));
        let of_ignored = items_of_sides(model, sides_of_ignored(model));
        let nothing_ignored = Model {
            ignored: Vec::new(),
            ..probes(&of_ignored)
        };
        Watch {
            fired: items(model),
            sides: {
                let model = probes(&of_sides);
                (of_sides, model)
            },
            ignored: (of_ignored, nothing_ignored),
        }
    }

    /// What can be covered. Its places are those of [`seen`](Self::seen).
    pub(super) fn items(&self) -> impl Iterator<Item = &Covered> {
        let sides = self.sides.0.iter().chain(&self.ignored.0);
        self.fired.iter().chain(sides.map(|(item, _)| item))
    }

    /// Models whose promises are what holds of a contact that covers one of some items: one that ignores what the model
    /// does, and one that ignores nothing; none without a promise.
    pub(super) fn wishes(&self, model: &Model, open: &BTreeSet<usize>) -> Vec<Model> {
        let wished = wished(model).into_iter();
        let of_sides = self.sides.1.promises.iter().map(|side| Some(side.condition.clone()));
        let of_ignored = self.ignored.1.promises.iter().map(|side| Some(side.condition.clone()));
        let places = self.fired.len() + self.sides.0.len();
        let known: Vec<Option<Condition>> = wished.chain(of_sides).collect();
        let models = [
            (&self.sides.1, known, 0),
            (&self.ignored.1, of_ignored.collect(), places),
        ];
        let with_promises = models.into_iter().map(|(model, conditions, from)| {
            let open = conditions
                .into_iter()
                .zip(from..)
                .filter(|(_, place)| open.contains(place));
            let promises = open.filter_map(|(condition, _)| {
                let condition = condition?;
                let span = condition.span;
                Some(Promise { condition, span })
            });
            Model {
                promises: promises.collect(),
                ..model.clone()
            }
        });
        with_promises.filter(|model| !model.promises.is_empty()).collect()
    }

    /// For each of so many tests, whose examples these are, the places of the items that it covers, in order.
    pub(super) fn seen(&self, examples: &Examples<'_>, tests: usize) -> Vec<Vec<usize>> {
        let mut seen = vec![Vec::new(); tests];
        let mut note = |test: usize, places: Vec<usize>| {
            if let Some(known) = seen.get_mut(test) {
                known.extend(places);
            }
        };
        let (of_sides, of_ignored) = (self.fired.len(), self.fired.len() + self.sides.0.len());
        examples.each_case(&self.sides.1, |test, _, case| {
            note(test, places(fired(case), 0));
            note(test, places(shown(case, &self.sides.0), of_sides));
        });
        examples.each_case(&self.ignored.1, |test, _, case| {
            note(test, places(shown(case, &self.ignored.0), of_ignored));
        });
        seen
    }
}

/// The places of what is true, counted from one on.
fn places(truths: Vec<bool>, from: usize) -> Vec<usize> {
    let all = truths.into_iter().zip(from..);
    all.filter(|(truth, _)| *truth).map(|(_, place)| place).collect()
}

/// The sides as things to be covered.
fn items_of_sides(model: &Model, sides: Vec<Side>) -> Vec<(Covered, Side)> {
    let items = sides.into_iter().map(|side| {
        let item = Covered {
            kind: side.kind,
            of: side.of.clone(),
            title: side.title.clone(),
            line: model.source.line(side.span.start),
            span: side.span,
            tests: 0,
        };
        (item, side)
    });
    items.collect()
}

/// Whether a case shows each of the sides, which are the promises of its model.
fn shown(case: &Case<'_>, sides: &[(Covered, Side)]) -> Vec<bool> {
    let is_excluded = case.choice(case.plan().exclusion).is_some();
    let each = sides.iter().zip(&case.plan().promises);
    let shown = each.map(|((_, side), promise)| (side.of_excluded || !is_excluded) && case.holds(promise.node));
    shown.collect()
}

/// Everything that a test can cover: exclusions, then each block's rules, rows and bands, the overall bands, classes.
fn items(model: &Model) -> Vec<Covered> {
    let item = |kind, of: Option<&String>, title: String, span: Span| Covered {
        kind,
        of: of.cloned(),
        title,
        line: model.source.line(span.start),
        span,
        tests: 0,
    };
    let mut items = Vec::new();
    for exclusion in &model.exclusions {
        items.push(item(Kind::Exclusion, None, exclusion.reason.clone(), exclusion.span));
    }
    for block in &model.blocks {
        let of = block.name.as_ref();
        for rule in &block.rules {
            match &rule.kind {
                RuleKind::Once { .. } | RuleKind::Each { .. } => {
                    items.push(item(Kind::Rule, of, title(model, rule), rule.span));
                }
                RuleKind::Table { rows, .. } => {
                    items.extend(
                        rows.iter()
                            .map(|row| item(Kind::Row, of, row_title(model, rule, row), row.span)),
                    );
                }
            }
        }
        if of.is_some() {
            items.extend(
                block
                    .bands
                    .iter()
                    .map(|band| item(Kind::Band, of, band.label.clone(), band.span)),
            );
        }
    }
    items.extend(
        model
            .overall
            .bands
            .iter()
            .map(|band| item(Kind::Band, None, band.label.clone(), band.span)),
    );
    for class in &model.classes {
        let of = Some(&class.name);
        items.extend(
            class
                .rows
                .iter()
                .map(|row| item(Kind::Class, of, row.label.clone(), row.span)),
        );
    }
    items
}

/// Whether a contact covers each of the [`items`].
fn fired(case: &Case<'_>) -> Vec<bool> {
    let (model, plan) = (case.model, case.plan());
    let exclusion = case.choice(plan.exclusion);
    let mut fired: Vec<bool> = (0..model.exclusions.len())
        .map(|place| exclusion == Some(place))
        .collect();
    if exclusion.is_some() {
        // The others stay as they are: the rest of the list is missing, and so is left alone.
        return fired;
    }
    for (block, planned) in model.blocks.iter().zip(&plan.blocks) {
        for (rule, of_rule) in block.rules.iter().zip(&planned.rules) {
            fired.extend(rule_fired(case, rule, of_rule));
        }
        if block.name.is_some() {
            fired.extend(chosen(case, planned.band, block.bands.len()));
        }
    }
    fired.extend(chosen(case, plan.band, model.overall.bands.len()));
    for (class, planned) in model.classes.iter().zip(&plan.classes) {
        fired.extend(chosen(case, Some(planned.label), class.rows.len()));
    }
    fired
}

/// Whether a rule fires; of a table, for each row whether it fits.
fn rule_fired(case: &Case<'_>, rule: &Rule, planned: &plan::Rule) -> Vec<bool> {
    match (&planned.parts, &rule.kind) {
        (RuleParts::Once { condition }, _) => vec![case.holds(condition.node)],
        (RuleParts::Each { signal, condition, .. }, _) => {
            let besides = condition.as_ref().is_none_or(|condition| case.holds(condition.node));
            vec![besides && !case.trace.picked(*signal, case.subject.row).is_empty()]
        }
        (RuleParts::Table { row, .. }, RuleKind::Table { rows, .. }) => chosen(case, Some(*row), rows.len()),
        // INVARIANT: the plan has the parts of the model's rule.
        (RuleParts::Table { .. }, RuleKind::Once { .. } | RuleKind::Each { .. }) => Vec::new(),
    }
}

/// For each of so many options, whether it is the one chosen.
fn chosen(case: &Case<'_>, choice: Option<NodeId>, options: usize) -> Vec<bool> {
    let chosen = choice.and_then(|choice| case.choice(choice));
    (0..options).map(|place| chosen == Some(place)).collect()
}
