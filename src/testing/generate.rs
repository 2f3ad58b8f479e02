//! Proposes tests: a small set of contacts that cover what the present tests leave uncovered, with what the rules make
//! of them now.

use std::collections::BTreeSet;

use crate::analyze::{Example, candidates, days_that_matter};
use crate::model::{Labelled, Model, RuleKind, Test};
use crate::number::Number;
use crate::source::{Source, Span};

use super::coverage::{Covered, Kind, Watch};
use super::examples::Examples;
use super::expected::{Expected, Of, expected};
use super::written::clipped;

/// So many of the things that a test covers are told in its name.
const MOST_NAMED: usize = 2;

/// Tests are looked for on so many days of scoring.
const MOST_DAYS: usize = 8;

/// Tests to be read by people. Each passes: it expects what the rules give now.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// How many tests there are.
    pub tests: usize,
    /// What no contact was found to cover, in the order of the model.
    pub uncovered: Vec<Covered>,
    /// The tests as a file, not yet formatted; empty where there are none.
    pub text: String,
}

/// Proposes tests that cover what the tests of a model do not, on the first of the days that matter on which it can be
/// covered.
pub fn generate(model: &Model) -> Proposal {
    let watch = Watch::new(model);
    let present = watch.seen(&Examples::new(model), model.tests.len());
    let mut cover = Cover {
        model,
        open: (0..watch.items().count()).collect(),
        watch: &watch,
        chosen: Vec::new(),
    };
    for place in present.into_iter().flatten() {
        cover.open.remove(&place);
    }
    let no_wishes = Model {
        promises: Vec::new(),
        ..model.clone()
    };
    for day in days_that_matter(&[model]).days.into_iter().take(MOST_DAYS) {
        if !cover.open.is_empty() {
            cover.choose(&candidates(&no_wishes, day));
        }
        for wishes in watch.wishes(model, &cover.open) {
            cover.choose(&candidates(&wishes, day));
        }
    }
    let items: Vec<&Covered> = watch.items().collect();
    let mut uncovered: Vec<Covered> = cover
        .open
        .iter()
        .filter_map(|place| items.get(*place).copied().cloned())
        .collect();
    uncovered.sort_by_key(|item| item.span.start);
    Proposal {
        tests: cover.chosen.len(),
        uncovered,
        text: file(model, &items, &cover.chosen),
    }
}

/// A contact, and the places of what it is to cover.
struct Chosen {
    example: Example,
    covers: BTreeSet<usize>,
}

/// A cover of what is open, chosen greedily.
struct Cover<'m> {
    model: &'m Model,
    watch: &'m Watch,
    open: BTreeSet<usize>,
    chosen: Vec<Chosen>,
}

impl Cover<'_> {
    /// Chooses of some contacts those that cover most for what they have, until none covers anything new.
    fn choose(&mut self, candidates: &[Example]) {
        let seen = self.seen(candidates);
        loop {
            let new = |seen: &BTreeSet<usize>| seen.intersection(&self.open).count();
            let worth =
                |(example, seen): &(&Example, &BTreeSet<usize>)| (new(seen) * 1_000 / (1 + things(example)), new(seen));
            let best = candidates.iter().zip(&seen).rev().max_by_key(worth);
            let Some((example, seen)) = best.filter(|(_, seen)| new(seen) > 0) else {
                return;
            };
            let covers: BTreeSet<usize> = seen.intersection(&self.open).copied().collect();
            let example = self.smallest(example.clone(), &covers);
            for place in self.seen(std::slice::from_ref(&example)).into_iter().flatten() {
                self.open.remove(&place);
            }
            self.chosen.push(Chosen { example, covers });
        }
    }

    /// The contact without what it does not need to cover something.
    fn smallest(&self, mut example: Example, covers: &BTreeSet<usize>) -> Example {
        loop {
            let mut smaller = example.smaller();
            let seen = self.seen(&smaller);
            match seen.iter().position(|seen| covers.is_subset(seen)) {
                Some(at) => example = smaller.swap_remove(at),
                None => return example,
            }
        }
    }

    /// What each of some contacts covers.
    fn seen(&self, examples: &[Example]) -> Vec<BTreeSet<usize>> {
        let tests = examples.iter().map(test);
        let with_examples = Model {
            tests: tests.collect(),
            ..self.model.clone()
        };
        let seen = self.watch.seen(&Examples::new(&with_examples), examples.len());
        seen.into_iter().map(BTreeSet::from_iter).collect()
    }
}

/// How many fields, events and properties are to be read.
fn things(example: &Example) -> usize {
    let of_events = example.events.iter().map(|given| 1 + given.properties.len());
    example.fields.len() + of_events.sum::<usize>()
}

/// A test that expects nothing.
fn test(example: &Example) -> Test {
    Test {
        name: String::new(),
        source: Source::new("", ""),
        as_of: example.as_of,
        fields: example.fields.clone(),
        events: example.events.clone(),
        expectations: Vec::new(),
        span: Span::default(),
    }
}

/// The tests as a file.
fn file(model: &Model, items: &[&Covered], chosen: &[Chosen]) -> String {
    let mut names: BTreeSet<String> = model.tests.iter().map(|test| test.name.clone()).collect();
    let mut text = String::new();
    for chosen in chosen {
        let expected = expected(model, &chosen.example);
        let covers = chosen.covers.iter().filter_map(|place| items.get(*place).copied());
        let name = unique(name(model, covers.collect(), &expected), &mut names);
        let shown = expected.iter().filter(|expected| is_shown(expected));
        let conditions: Vec<String> = shown.map(|expected| expected.condition.clone()).collect();
        if text.is_empty() {
            text.push_str("# Proposed by `leadscore test --generate`. They expect what the rules give now: read whether it is right.\n");
        }
        text.push('\n');
        text.push_str(&chosen.example.test(model, &name, &conditions));
    }
    text
}

/// Whether a proposed test expects something: what comes out in the end, the bands of blocks, that it is excluded.
fn is_shown(expected: &Expected) -> bool {
    let is_band = matches!(expected.of, Of::Label(Labelled::BandOf(_)));
    expected.of.is_outcome() || is_band || expected.condition == "excluded"
}

/// A name that no other test has.
fn unique(name: String, names: &mut BTreeSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{name} ({number})"));
    let free = std::iter::once(name.clone())
        .chain(numbered)
        .find(|name| !names.contains(name));
    let name = free.unwrap_or(name);
    names.insert(name.clone());
    name
}

/// What a test covers, what matters most first, then its band: `title contains word "drh" gives 40; hot`.
fn name(model: &Model, mut covers: Vec<&Covered>, expected: &[Expected]) -> String {
    covers.sort_by_key(|item| (rank(item.kind), item.span.start));
    let mut told: Vec<String> = covers
        .iter()
        .take(MOST_NAMED)
        .map(|item| sentence(model, item))
        .collect();
    let band = expected
        .iter()
        .find(|expected| expected.of == Of::Label(Labelled::Band));
    let band = band.and_then(|band| band.condition.strip_prefix("band = "));
    let is_named = covers
        .iter()
        .take(MOST_NAMED)
        .any(|item| item.kind == Kind::Band && item.of.is_none());
    told.extend(band.filter(|_| !is_named).map(str::to_owned));
    told.join("; ")
}

fn rank(kind: Kind) -> usize {
    match kind {
        Kind::Exclusion => 0,
        Kind::Rule | Kind::Row => 1,
        Kind::Class => 2,
        Kind::Band => 3,
        Kind::Ignore => 4,
        Kind::Window | Kind::Condition => 5,
    }
}

fn sentence(model: &Model, item: &Covered) -> String {
    let title = clipped(&item.title);
    match (item.kind, &item.of) {
        (Kind::Rule | Kind::Row, _) => match points(model, item.span) {
            Some(points) if points < Number::ZERO => format!("{title} takes {}", points.negate()),
            Some(points) => format!("{title} gives {points}"),
            None => title,
        },
        (Kind::Exclusion, _) => format!("excluded: {title}"),
        (Kind::Ignore, _) => format!("{title} is ignored"),
        (Kind::Class | Kind::Band, Some(of)) => format!("{of} is {title}"),
        (Kind::Class | Kind::Band | Kind::Condition | Kind::Window, _) => title,
    }
}

/// The points of the rule or row that stands at a place.
fn points(model: &Model, at: Span) -> Option<Number> {
    let mut rules = model.blocks.iter().flat_map(|block| &block.rules);
    rules.find_map(|rule| match &rule.kind {
        RuleKind::Once { points, .. } | RuleKind::Each { points, .. } => (rule.span == at).then_some(*points),
        RuleKind::Table { rows, .. } => rows.iter().find(|row| row.span == at).map(|row| row.points),
    })
}
