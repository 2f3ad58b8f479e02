//! Hitting sets: sets that have an element of each of several others.

use std::collections::{BTreeSet, HashSet};

/// Some of several things, by their places.
pub(super) type Places = BTreeSet<usize>;

/// So many sets are looked at.
const MOST_SETS: usize = 20_000;

/// The sets of at most so many elements that have one of each of these and none to spare, the smallest first; and
/// whether these are all. (Reiter 1987 finds them so, breadth first, along the sets that are not hit yet.)
pub(super) fn hitting(sets: &[Places], most: usize) -> (Vec<Places>, bool) {
    let (mut found, mut seen) = (Vec::new(), HashSet::new());
    let mut level = vec![Places::new()];
    for size in 0..=most {
        let mut next = Vec::new();
        for some in level {
            match sets.iter().find(|set| set.is_disjoint(&some)) {
                None if has_none_to_spare(&some, sets) => found.push(some),
                None => {}
                Some(missed) if size < most => {
                    let larger = missed.iter().map(|place| &some | &Places::from([*place]));
                    next.extend(larger.filter(|larger| seen.insert(larger.clone())));
                }
                Some(_) => {}
            }
            if seen.len() > MOST_SETS {
                return (found, false);
            }
        }
        level = next;
    }
    (found, true)
}

/// A smallest set that has an element of each of these; `None` where it is too much work.
pub(super) fn smallest(sets: &[Places]) -> Option<Places> {
    for most in 0..=sets.len() {
        let (found, are_all) = hitting(sets, most);
        match found.into_iter().next() {
            None if are_all => {}
            smallest => return smallest.filter(|_| are_all || most == 0),
        }
    }
    None
}

/// Whether each element is needed: it alone is of one of the sets.
fn has_none_to_spare(some: &Places, sets: &[Places]) -> bool {
    some.iter().all(|place| {
        sets.iter()
            .any(|set| set.contains(place) && set.intersection(some).nth(1).is_none())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sets<const N: usize>(of: [&[usize]; N]) -> Vec<Places> {
        of.iter().map(|places| places.iter().copied().collect()).collect()
    }

    #[test]
    fn each_set_is_hit_and_no_element_is_to_spare() {
        let all = sets([&[0, 1], &[1, 2], &[3]]);
        assert_eq!(hitting(&all, 3), (sets([&[1, 3], &[0, 2, 3]]), true));
        assert_eq!(hitting(&all, 2), (sets([&[1, 3]]), true));
        assert_eq!(smallest(&all), Some([1, 3].into()));
    }

    #[test]
    fn nothing_hits_no_set_and_no_set_hits_an_empty_one() {
        assert_eq!(hitting(&[], 2), (sets([&[]]), true));
        assert_eq!(smallest(&[]), Some(Places::new()));
        assert_eq!(hitting(&sets([&[]]), 2), (Vec::new(), true));
        assert_eq!(smallest(&sets([&[]])), None);
    }

    #[test]
    fn what_is_too_much_is_given_up() {
        let many: Vec<Places> = (0..40).map(|at| (at * 40..at * 40 + 40).collect()).collect();
        assert!(!hitting(&many, 40).1);
        assert_eq!(smallest(&many), None);
    }
}
