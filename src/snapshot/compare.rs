//! Compares today's results with the accepted ones: who changed, came or went, and what else is different.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::Serialize;

use crate::number::Number;
use crate::reason::difference;

use super::{Contact, DataFile, Fingerprint, Outcome, Rule, Rules, Score, Snapshot, Step, Value};

/// What is different between two snapshots.
#[derive(Clone, Debug)]
pub struct Review<'a> {
    /// The accepted one.
    pub accepted: &'a Snapshot,
    /// Today's.
    pub now: &'a Snapshot,
    /// The contacts with other results, the most telling first: kind by kind, the greatest difference first.
    pub changes: Vec<Change<'a>>,
    /// What is different in the rules.
    pub rules: RulesChange,
    /// What is different in the data; `None` where it is not known.
    pub data: Option<Vec<DataChange>>,
    /// The scores and classes that only today's results have.
    pub new_columns: Vec<Arc<str>>,
    /// Those that only the accepted ones have.
    pub gone_columns: Vec<Arc<str>>,
    /// The titles that rules have now: by score and accepted title.
    renamed: HashMap<(Arc<str>, Arc<str>), Arc<str>>,
}

/// A contact with another result.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// Its id.
    pub id: &'a Arc<str>,
    /// How it changed.
    pub shift: Shift,
    /// Its place among the accepted contacts; `None` of a new one.
    pub place: Option<usize>,
    /// The accepted result; `None` of a new contact.
    pub before: Option<&'a Outcome>,
    /// Today's result; `None` of one that is gone.
    pub after: Option<&'a Outcome>,
}

/// How a contact changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shift {
    /// It has another overall band, or is excluded, or no longer.
    Band,
    /// It has another overall score.
    Score,
    /// Something else of its result is different: another score, band or class, or why it is excluded.
    Other,
    /// Its result is the same, and other rules give it.
    Reasons,
    /// It is new.
    New,
    /// It is gone.
    Gone,
}

/// What is different in the rules.
#[derive(Clone, Debug, Serialize)]
pub struct RulesChange {
    /// Whether they mean the same.
    pub same: bool,
    /// What gives or takes points and is different.
    pub rules: Vec<RuleChange>,
}

/// A rule, row or decay that is different.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleChange {
    /// Its score.
    pub score: String,
    /// Its title.
    pub title: String,
    /// `new`, `gone`, `changed`, or `reworded`: the same in other words.
    pub change: &'static str,
    /// The title that it has now, where that is another one.
    pub now: Option<String>,
}

/// A file of data that is different.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DataChange {
    /// Its name.
    pub file: String,
    /// `new`, `gone` or `changed`.
    pub change: &'static str,
}

/// So many contacts went from one band to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Migration<'a> {
    /// The accepted band; `None` for none.
    pub from: Option<&'a str>,
    /// Today's band.
    pub to: Option<&'a str>,
    /// How many contacts.
    pub contacts: usize,
}

/// Compares two snapshots.
pub fn compare<'a>(accepted: &'a Snapshot, now: &'a Snapshot) -> Review<'a> {
    let columns = |of: &'a Rules| of.scores.iter().map(|score| &score.name).chain(&of.classes);
    let only = |of: &'a Rules, other: &Rules| {
        let only = columns(of).filter(|name| other.score(name).is_none() && other.class(name).is_none());
        only.cloned().collect()
    };
    let mut review = Review {
        accepted,
        now,
        changes: Vec::new(),
        data: data(&accepted.data, &now.data),
        new_columns: only(&now.rules, &accepted.rules),
        gone_columns: only(&accepted.rules, &now.rules),
        rules: RulesChange {
            same: accepted.rules.fingerprint == now.rules.fingerprint,
            rules: rules(&accepted.rules, &now.rules),
        },
        renamed: HashMap::new(),
    };
    let reworded = review.rules.rules.iter().filter_map(|rule| {
        let now = rule.now.as_deref()?.into();
        Some(((rule.score.as_str().into(), rule.title.as_str().into()), now))
    });
    review.renamed = reworded.collect();
    let mut changes = review.find();
    changes.sort_by_cached_key(|change| (change.shift, Reverse(change.size()), Arc::clone(change.id)));
    review.changes = changes;
    review
}

impl<'a> Review<'a> {
    /// Whether the results are as they were accepted.
    pub fn is_unchanged(&self) -> bool {
        self.changes.is_empty() && self.new_columns.is_empty() && self.gone_columns.is_empty()
    }

    /// How many contacts changed in this way.
    pub fn count(&self, shift: Shift) -> usize {
        self.changes.iter().filter(|change| change.shift == shift).count()
    }

    /// Between which bands contacts went, the most frequent first.
    pub fn migrations(&self) -> Vec<Migration<'a>> {
        let mut counts: BTreeMap<(Option<&str>, Option<&str>), usize> = BTreeMap::new();
        for change in self.changes.iter().filter(|change| change.shift == Shift::Band) {
            let bands = (
                change.before.and_then(Outcome::band),
                change.after.and_then(Outcome::band),
            );
            *counts.entry(bands).or_default() += 1;
        }
        let migrations = counts
            .into_iter()
            .map(|((from, to), contacts)| Migration { from, to, contacts });
        let mut migrations: Vec<Migration<'a>> = migrations.collect();
        migrations.sort_by_key(|migration| Reverse(migration.contacts));
        migrations
    }

    /// The title that an accepted rule of a score has now; its own where there is no such rule.
    pub(super) fn renamed(&self, score: &Arc<str>, title: &Arc<str>) -> Arc<str> {
        let renamed = self.renamed.get(&(Arc::clone(score), Arc::clone(title)));
        Arc::clone(renamed.unwrap_or(title))
    }

    /// The contacts with other results, in the order of their ids.
    fn find(&self) -> Vec<Change<'a>> {
        let (old, new) = (&self.accepted.rules, &self.now.rules);
        let pairing = Pairing {
            review: self,
            scores: pairs(&old.scores, |score| new.score(&score.name)),
            classes: pairs(&old.classes, |class| new.class(class)),
        };
        let mut changes = Vec::new();
        let mut accepted = self.accepted.contacts.iter().enumerate().peekable();
        for contact in &self.now.contacts {
            while let Some((place, gone)) = accepted.next_if(|(_, before)| before.id < contact.id) {
                changes.push(gone_contact(place, gone));
            }
            match accepted.next_if(|(_, before)| before.id == contact.id) {
                Some((place, before)) => changes.extend(pairing.change(place, before, contact)),
                None => changes.push(Change {
                    id: &contact.id,
                    shift: Shift::New,
                    place: None,
                    before: None,
                    after: Some(&contact.result),
                }),
            }
        }
        changes.extend(accepted.map(|(place, gone)| gone_contact(place, gone)));
        changes
    }
}

fn gone_contact(place: usize, contact: &Contact) -> Change<'_> {
    Change {
        id: &contact.id,
        shift: Shift::Gone,
        place: Some(place),
        before: Some(&contact.result),
        after: None,
    }
}

/// The places of what is in both rules: those in the accepted ones, and those in today's.
fn pairs<T>(accepted: &[T], place: impl Fn(&T) -> Option<usize>) -> Vec<(usize, usize)> {
    let places = accepted.iter().enumerate();
    places.filter_map(|(at, one)| Some((at, place(one)?))).collect()
}

/// What is compared of each contact.
struct Pairing<'r, 'a> {
    review: &'r Review<'a>,
    scores: Vec<(usize, usize)>,
    classes: Vec<(usize, usize)>,
}

impl<'a> Pairing<'_, 'a> {
    fn change(&self, place: usize, before: &'a Contact, after: &'a Contact) -> Option<Change<'a>> {
        Some(Change {
            id: &after.id,
            shift: self.shift(&before.result, &after.result)?,
            place: Some(place),
            before: Some(&before.result),
            after: Some(&after.result),
        })
    }

    /// How a result changed; `None` where it did not.
    fn shift(&self, before: &Outcome, after: &Outcome) -> Option<Shift> {
        let (old, new) = match (before, after) {
            (Outcome::Scored(old), Outcome::Scored(new)) => (old, new),
            (Outcome::Excluded { reason: old }, Outcome::Excluded { reason: new }) => {
                return (old != new).then_some(Shift::Other);
            }
            (Outcome::Scored(_), Outcome::Excluded { .. }) | (Outcome::Excluded { .. }, Outcome::Scored(_)) => {
                return Some(Shift::Band);
            }
        };
        if before.band() != after.band() {
            return Some(Shift::Band);
        }
        if before.score() != after.score() {
            return Some(Shift::Score);
        }
        let values = || {
            self.scores
                .iter()
                .map(|(was, is)| (*was, old.values.get(*was), new.values.get(*is)))
        };
        let result = |value: Option<&Value>| value.map(|value| (value.value, value.band.clone()));
        let has_other_value = values().any(|(_, old, new)| result(old) != result(new));
        let has_other_class = self
            .classes
            .iter()
            .any(|(was, is)| old.classes.get(*was) != new.classes.get(*is));
        if has_other_value || has_other_class {
            return Some(Shift::Other);
        }
        let has_other_reasons = values().any(|(place, old, new)| {
            let steps = |value: Option<&'_ Value>| value.map(|value| value.steps.clone()).unwrap_or_default();
            let clamp = |value: Option<&'_ Value>| value.and_then(|value| value.clamp.clone());
            old != new && (clamp(old) != clamp(new) || self.renamed(place, steps(old)) != steps(new))
        });
        has_other_reasons.then_some(Shift::Reasons)
    }

    /// Accepted steps under the titles that their rules have now.
    fn renamed(&self, score: usize, mut steps: Vec<Step>) -> Vec<Step> {
        if self.review.renamed.is_empty() {
            return steps;
        }
        if let Some(score) = self.review.accepted.rules.scores.get(score) {
            for step in &mut steps {
                step.title = self.review.renamed(&score.name, &step.title);
            }
        }
        steps.sort_by(|one, two| one.title.cmp(&two.title));
        steps
    }
}

impl Change<'_> {
    /// How much the score changed; nothing where there was or is none.
    pub fn points(&self) -> Number {
        let scores = self
            .after
            .and_then(Outcome::score)
            .zip(self.before.and_then(Outcome::score));
        scores.map_or(Number::ZERO, |(after, before)| difference(after, before))
    }

    fn size(&self) -> u64 {
        self.points().units().unsigned_abs()
    }
}

/// The rules, rows and decays that are different.
fn rules(accepted: &Rules, now: &Rules) -> Vec<RuleChange> {
    let none = |name: &Arc<str>| Score {
        name: Arc::clone(name),
        formula: None,
        rules: Vec::new(),
    };
    let mut changes = Vec::new();
    for score in &now.scores {
        let before = accepted.score(&score.name).and_then(|place| accepted.scores.get(place));
        changes.extend(rules_of(before.unwrap_or(&none(&score.name)), score));
    }
    for score in accepted.scores.iter().filter(|score| now.score(&score.name).is_none()) {
        changes.extend(rules_of(score, &none(&score.name)));
    }
    changes
}

fn rules_of(accepted: &Score, now: &Score) -> Vec<RuleChange> {
    let change = |title: &str, change, to: Option<&Rule>| RuleChange {
        score: now.name.to_string(),
        title: title.to_owned(),
        change,
        now: to.map(|rule| rule.title.to_string()),
    };
    let has = |score: &Score, title: &str| score.rules.iter().any(|rule| &*rule.title == title);
    let mut changes = Vec::new();
    if let (Some(old), Some(new)) = (&accepted.formula, &now.formula)
        && old != new
    {
        changes.push(RuleChange {
            now: Some(formula_title(new)),
            ..change(&formula_title(old), "changed", None)
        });
    }
    let mut new: Vec<&Rule> = now.rules.iter().filter(|rule| !has(accepted, &rule.title)).collect();
    let mut gone: Vec<&Rule> = Vec::new();
    for rule in &accepted.rules {
        match now.rules.iter().find(|same| same.title == rule.title) {
            Some(same) if same.fingerprint == rule.fingerprint => {}
            Some(_) => changes.push(change(&rule.title, "changed", None)),
            None => match new.iter().position(|other| other.fingerprint == rule.fingerprint) {
                Some(at) => changes.push(change(&rule.title, "reworded", Some(new.remove(at)))),
                None => gone.push(rule),
            },
        }
    }
    let is_like = |one: &Rule, two: &Rule| stem(&one.title) == stem(&two.title);
    let alike = |rules: &[&Rule], rule: &Rule| rules.iter().filter(|other| is_like(other, rule)).count();
    for rule in &gone {
        let is_one = alike(&gone, rule) == 1 && alike(&new, rule) == 1;
        match new.iter().position(|other| is_one && is_like(other, rule)) {
            Some(at) => changes.push(change(&rule.title, "changed", Some(new.remove(at)))),
            None => changes.push(change(&rule.title, "gone", None)),
        }
    }
    changes.extend(new.into_iter().map(|rule| change(&rule.title, "new", None)));
    changes
}

/// What a formula is called among what gives points.
pub(super) fn formula_title(formula: &str) -> String {
    format!("= {formula}")
}

/// What stays of a title where a limit, a row or the amount of a decay changes: a rule that is gone and a new one that
/// have it in common are one rule that changed.
fn stem(title: &str) -> &str {
    if title.starts_with("decay ") {
        return "decay";
    }
    let ends = [", ", ": "].iter().filter_map(|end| title.find(end));
    title.get(..ends.min().unwrap_or(title.len())).unwrap_or(title)
}

/// The files that are different; `None` where one side does not know its own.
fn data(accepted: &[DataFile], now: &[DataFile]) -> Option<Vec<DataChange>> {
    if accepted.is_empty() || now.is_empty() {
        return None;
    }
    let sorted = |files: &[DataFile]| -> BTreeMap<(String, usize), Fingerprint> {
        let mut all = BTreeMap::new();
        for file in files {
            let alike = all.keys().filter(|(name, _)| *name == file.name).count();
            all.insert((file.name.clone(), alike), file.fingerprint);
        }
        all
    };
    let (old, new) = (sorted(accepted), sorted(now));
    let change = |(file, _): &(String, usize), change| DataChange {
        file: file.clone(),
        change,
    };
    let changed = old
        .iter()
        .filter_map(|(file, mark)| match new.get(file).map(|now| now.cmp(mark)) {
            None => Some(change(file, "gone")),
            Some(Ordering::Equal) => None,
            Some(Ordering::Less | Ordering::Greater) => Some(change(file, "changed")),
        });
    let added = new
        .keys()
        .filter(|file| !old.contains_key(file))
        .map(|file| change(file, "new"));
    Some(changed.chain(added).collect())
}
