//! Which statement of the new rules was which of the old ones: the one that means the same; with the same condition and
//! other points; or the nearest by its words in the same place.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use crate::text::fold;

use super::meaning::Meaning;
use super::words::{likeness, words};

/// A statement to be matched.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// Where it stands: a block, or nothing that matters. Only there are statements matched by their words.
    pub(super) place: usize,
    /// What it says.
    pub(super) meaning: Meaning,
    /// By what it is known though it says something else: its condition, or its name.
    pub(super) known_by: Meaning,
    /// What it says in the words of the file.
    pub(super) text: String,
    /// The same with what its names stand for, where it has any.
    pub(super) spelled: Option<String>,
    /// Whether it may be matched by its words alone.
    pub(super) by_words: bool,
}

/// A statement of the old rules and what has become of it, by their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Match {
    /// Its place among the old ones; `None` for a new one.
    pub(super) old: Option<usize>,
    /// Its place among the new ones; `None` where it is gone.
    pub(super) new: Option<usize>,
}

/// Statements with at least so many thousandths of their words in common may be one.
const ALIKE: usize = 550;

/// More pairs than these are not compared word by word: what is left is removed and added.
const MOST_PAIRS: usize = 250_000;

/// Matches statements. The matches are in the order of the new statements, what is gone behind what it stood behind.
pub(super) fn matched(old: &[Item], new: &[Item]) -> Vec<Match> {
    let mut found = Found {
        of_old: vec![None; old.len()],
        of_new: vec![None; new.len()],
    };
    found.by(old, new, |item| (item.place, item.meaning));
    found.by(old, new, |item| item.meaning);
    found.by(old, new, |item| (item.place, item.known_by));
    found.by(old, new, |item| item.known_by);
    found.by_words(old, new);
    found.in_order()
}

/// A statement in its words.
struct Told<'a> {
    place: usize,
    written: Vec<&'a str>,
    spelled: Vec<&'a str>,
    /// What tells its condition from others.
    names: HashSet<&'a str>,
    /// The same with what its names stand for.
    spelled_names: HashSet<&'a str>,
}

/// Words of any rule.
const EVERYDAY: [&str; 13] = [
    "when", "and", "or", "not", "any", "event", "in", "of", "=", "is", ",", "(", ")",
];

/// A statement by the texts of which its words are told: capitals and accents make no other word.
struct Folded {
    place: usize,
    written: String,
    spelled: Option<String>,
}

impl Folded {
    fn new(item: &Item) -> Folded {
        Folded {
            place: item.place,
            written: fold(&item.text),
            spelled: item.spelled.as_deref().map(fold),
        }
    }
}

impl<'a> Told<'a> {
    fn new(item: &'a Folded) -> Told<'a> {
        let written = words(&item.written);
        let spelled = item.spelled.as_deref().map_or_else(|| written.clone(), words);
        let names = |words: &[&'a str]| -> HashSet<&'a str> {
            let condition = words.iter().take_while(|word| **word != "add").copied();
            condition.filter(|word| !EVERYDAY.contains(word)).collect()
        };
        Told {
            place: item.place,
            names: names(&written),
            spelled_names: names(&spelled),
            written,
            spelled,
        }
    }

    /// How many words two statements of one kind in one place have in common, in thousandths, as they are written or
    /// with their names spelled out; where the condition of one is part of the other's, no less than what makes them one.
    /// None where their conditions speak of nothing in common.
    fn likeness(&self, other: &Told<'_>) -> usize {
        let speak_of_one =
            !self.names.is_disjoint(&other.names) || !self.spelled_names.is_disjoint(&other.spelled_names);
        if self.place != other.place || self.written.first() != other.written.first() || !speak_of_one {
            return 0;
        }
        let alike = likeness(&self.written, &other.written).max(likeness(&self.spelled, &other.spelled));
        let [few, many] = match self.names.len() <= other.names.len() {
            true => [&self.names, &other.names],
            false => [&other.names, &self.names],
        };
        let is_part = !few.is_empty() && few.iter().all(|name| many.contains(name));
        if is_part { alike.max(ALIKE) } else { alike }
    }
}

/// The partner of each statement, by their places.
struct Found {
    of_old: Vec<Option<usize>>,
    of_new: Vec<Option<usize>>,
}

impl Found {
    /// Matches what has the same key, the first with the first.
    fn by<K: Hash + Eq>(&mut self, old: &[Item], new: &[Item], key: impl Fn(&Item) -> K) {
        let mut waiting: HashMap<K, Vec<usize>> = HashMap::new();
        for (at, item) in old.iter().enumerate().rev() {
            if self.of_old.get(at) == Some(&None) {
                waiting.entry(key(item)).or_default().push(at);
            }
        }
        for (to, item) in new.iter().enumerate() {
            if self.of_new.get(to) == Some(&None)
                && let Some(from) = waiting.get_mut(&key(item)).and_then(Vec::pop)
            {
                self.join(from, to);
            }
        }
    }

    /// Matches what is left by its words, the most alike first.
    fn by_words(&mut self, old: &[Item], new: &[Item]) {
        let left = |items: &[Item], partners: &[Option<usize>]| -> Vec<usize> {
            let places = items.iter().zip(partners).enumerate();
            let left = places.filter(|(_, (item, partner))| item.by_words && partner.is_none());
            left.map(|(at, _)| at).collect()
        };
        let (left_old, left_new) = (left(old, &self.of_old), left(new, &self.of_new));
        if left_old.len().saturating_mul(left_new.len()) > MOST_PAIRS {
            return;
        }
        let folded = |items: &[Item], places: Vec<usize>| -> Vec<(usize, Folded)> {
            let items = places.into_iter().filter_map(|at| Some((at, items.get(at)?)));
            items.map(|(at, item)| (at, Folded::new(item))).collect()
        };
        let (of_old, of_new) = (folded(old, left_old), folded(new, left_new));
        let of_new: Vec<(usize, Told<'_>)> = of_new.iter().map(|(to, item)| (*to, Told::new(item))).collect();
        let mut pairs = Vec::new();
        for (from, one) in of_old.iter().map(|(from, item)| (*from, Told::new(item))) {
            for (to, other) in &of_new {
                let alike = one.likeness(other);
                if alike >= ALIKE {
                    pairs.push((std::cmp::Reverse(alike), from.abs_diff(*to), from, *to));
                }
            }
        }
        pairs.sort_unstable();
        for (_, _, from, to) in pairs {
            if self.of_old.get(from) == Some(&None) && self.of_new.get(to) == Some(&None) {
                self.join(from, to);
            }
        }
    }

    fn join(&mut self, from: usize, to: usize) {
        if let (Some(of_old), Some(of_new)) = (self.of_old.get_mut(from), self.of_new.get_mut(to)) {
            (*of_old, *of_new) = (Some(to), Some(from));
        }
    }

    fn in_order(self) -> Vec<Match> {
        // What is gone stands behind the partner of what it stood behind.
        let mut gone: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
        let mut behind = None;
        for (from, to) in self.of_old.iter().enumerate() {
            match to {
                Some(to) => behind = Some(*to),
                None => gone.entry(behind).or_default().push(from),
            }
        }
        let removed = |at: Option<usize>| -> Vec<Match> {
            let places = gone.get(&at).map_or(&[][..], Vec::as_slice).iter();
            places
                .map(|from| Match {
                    old: Some(*from),
                    new: None,
                })
                .collect()
        };
        let mut matches = removed(None);
        for (to, from) in self.of_new.iter().enumerate() {
            matches.push(Match {
                old: *from,
                new: Some(to),
            });
            matches.extend(removed(Some(to)));
        }
        matches
    }
}

/// Whether what is in both stands in another order in the new rules.
pub(super) fn is_reordered(matches: &[Match]) -> bool {
    let both = matches.iter().filter(|one| one.new.is_some()).filter_map(|one| one.old);
    let places: Vec<usize> = both.collect();
    !places.is_sorted()
}

#[cfg(test)]
mod tests {
    use super::super::meaning::Meanings;
    use super::*;

    fn items(meanings: &mut Meanings, texts: &[(&str, &str)]) -> Vec<Item> {
        let item = |(condition, points): &(&str, &str)| Item {
            place: 0,
            meaning: meanings.say("rule", format!("{condition} {points}"), Vec::new()),
            known_by: meanings.say("condition", *condition, Vec::new()),
            text: format!("when {condition} add {points}"),
            spelled: None,
            by_words: true,
        };
        texts.iter().map(item).collect()
    }

    #[test]
    fn a_rule_is_known_by_its_condition_and_then_by_its_words() {
        let mut meanings = Meanings::default();
        let old = items(
            &mut meanings,
            &[("a = 1", "5"), ("b contains \"x\"", "10"), ("gone", "7"), ("c", "1")],
        );
        let new = items(
            &mut meanings,
            &[
                ("c", "1"),
                ("b contains \"y\"", "10"),
                ("a = 1", "6"),
                ("unheard of", "8"),
            ],
        );
        let matches: Vec<_> = matched(&old, &new).iter().map(|one| (one.old, one.new)).collect();
        let expected = [
            (Some(3), Some(0)),
            (Some(1), Some(1)),
            (Some(2), None),
            (Some(0), Some(2)),
            (None, Some(3)),
        ];
        assert_eq!(matches, expected);
    }
    #[test]
    fn a_condition_that_became_narrower_is_the_same_rule() {
        let mut meanings = Meanings::default();
        let old = items(&mut meanings, &[("x", "1"), ("trial", "100")]);
        let new = items(&mut meanings, &[("trial and not enterprise", "80"), ("y", "1")]);
        let matches: Vec<_> = matched(&old, &new).iter().map(|one| (one.old, one.new)).collect();
        assert_eq!(matches, [(Some(0), None), (Some(1), Some(0)), (None, Some(1))]);
    }
}
