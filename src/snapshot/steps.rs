//! Why a result changed: what gave each score its points before and now, adding up exactly to the score's difference.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use crate::number::Number;
use crate::reason::difference;

use super::compare::formula_title;
use super::{Change, Outcome, Review, Rules, Scored};

/// A score that changed, or whose points come from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Its name.
    pub score: String,
    /// Its value before; zero where there was none.
    pub before: Number,
    /// Its value now.
    pub after: Number,
    /// The difference.
    pub points: Number,
    /// What makes it, adding up to it: rules, rows and decay by their titles, the scores of which it is made, the
    /// formula by which it is computed, and its ends. Without those that give the same as before.
    pub steps: Vec<Difference>,
}

/// Something that gives more or less than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// What it is.
    pub title: String,
    /// What it gave; zero where it gave nothing.
    pub before: Number,
    /// What it gives now.
    pub after: Number,
    /// The difference.
    pub points: Number,
}

/// Why a contact's result changed, the overall score last: a section for each score with another value, or whose value
/// is made of other points. Empty where it is new, gone or excluded, before or now.
pub fn why(review: &Review<'_>, change: &Change<'_>) -> Vec<Section> {
    let (Some(before), Some(after)) = (
        change.before.and_then(Outcome::scored),
        change.after.and_then(Outcome::scored),
    ) else {
        return Vec::new();
    };
    let (accepted, now) = (&review.accepted.rules, &review.now.rules);
    let of_accepted = accepted.scores.iter().map(|score| &score.name);
    let gone = of_accepted.filter(|name| now.score(name).is_none());
    let names = now.scores.iter().map(|score| &score.name).skip(1).chain(gone);
    let overall = now.scores.iter().map(|score| &score.name).take(1);
    let sections = names.chain(overall).filter_map(|name| {
        let points = |rules: &Rules, scored: &Scored, reworded: bool| {
            let renamed = |title: &Arc<str>| match reworded {
                true => review.renamed(name, title),
                false => Arc::clone(title),
            };
            points_of(rules, scored, name, renamed)
        };
        section(name, points(accepted, before, true), points(now, after, false))
    });
    sections.collect()
}

/// The value of a score, and what it is made of.
type Points = (Number, BTreeMap<Arc<str>, Number>);

fn points_of(rules: &Rules, scored: &Scored, name: &str, renamed: impl Fn(&Arc<str>) -> Arc<str>) -> Points {
    let mut points: BTreeMap<Arc<str>, Number> = BTreeMap::new();
    let found = rules
        .score(name)
        .and_then(|place| Some((place, rules.scores.get(place)?, scored.values.get(place)?)));
    let Some((place, score, value)) = found else {
        return (Number::ZERO, points);
    };
    let mut add = |title: Arc<str>, more: Number| {
        let sum = points.entry(title).or_default();
        *sum = Number::saturating_from_units(i128::from(sum.units()) + i128::from(more.units()));
    };
    for step in &value.steps {
        add(renamed(&step.title), step.points);
    }
    let clamped = value.clamp.as_ref().map_or(Number::ZERO, |clamp| clamp.points);
    match &score.formula {
        Some(formula) => {
            let title = Arc::from(formula_title(formula));
            add(renamed(&title), difference(value.value, clamped));
        }
        None if place == 0 => {
            let others = rules.scores.iter().zip(&scored.values).skip(1);
            for (other, value) in others.filter(|(other, _)| other.formula.is_none()) {
                add(Arc::clone(&other.name), value.value);
            }
        }
        None => {}
    }
    if let Some(clamp) = &value.clamp {
        add(Arc::clone(&clamp.title), clamp.points);
    }
    (value.value, points)
}

fn section(name: &Arc<str>, (before, old): Points, (after, new): Points) -> Option<Section> {
    let titles: BTreeSet<&Arc<str>> = old.keys().chain(new.keys()).collect();
    let steps = titles.into_iter().map(|title| {
        let of = |points: &BTreeMap<Arc<str>, Number>| points.get(title).copied().unwrap_or_default();
        Difference {
            title: title.to_string(),
            before: of(&old),
            after: of(&new),
            points: difference(of(&new), of(&old)),
        }
    });
    let mut steps: Vec<Difference> = steps.filter(|step| step.points != Number::ZERO).collect();
    // What is made of other things stands behind them.
    steps.sort_by_key(|step| step.title.starts_with("= "));
    (before != after || !steps.is_empty()).then(|| Section {
        score: name.to_string(),
        before,
        after,
        points: difference(after, before),
        steps,
    })
}
