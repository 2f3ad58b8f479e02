//! Coverage: which rules, rows, bands, classes and exclusions the tests make fire or hold, and which sides of conditions
//! they see.

mod opposite;
mod sides;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::model::{Model, Promise, Rule, RuleKind};
use crate::plan::{self, NodeId, RuleParts};
use crate::reason::{Case, row_title, title};
use crate::source::Span;

use super::examples::Examples;
use super::share::Share;

use sides::{Side, sides, sides_of_ignored};

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
    let examples = Examples::new(model);
    let mut items = items(model);
    let mut seen = items_of_sides(model, sides(model));
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
    examples.each_case(&probes(&seen), |_, _, case| {
        for (item, fires) in items.iter_mut().zip(fired(case)) {
            item.tests += usize::from(fires);
        }
        see(case, &mut seen);
    });
    let mut of_ignored = items_of_sides(model, sides_of_ignored(model));
    let nothing_ignored = Model {
        ignored: Vec::new(),
        ..probes(&of_ignored)
    };
    examples.each_case(&nothing_ignored, |_, _, case| see(case, &mut of_ignored));
    items.extend(of_ignored.into_iter().chain(seen).map(|(item, _)| item));
    items.sort_by_key(|item| item.span.start);
    Coverage { items }
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

/// Counts the sides that a case shows. They are the promises of its model.
fn see(case: &Case<'_>, sides: &mut [(Covered, Side)]) {
    let is_excluded = case.choice(case.plan().exclusion).is_some();
    for ((item, side), promise) in sides.iter_mut().zip(&case.plan().promises) {
        let counts = side.of_excluded || !is_excluded;
        item.tests += usize::from(counts && case.holds(promise.node));
    }
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
