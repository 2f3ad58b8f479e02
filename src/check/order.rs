//! The order of definitions: each after those that it needs, and the circles in which there is none.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Things sorted by what they need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sorted {
    /// All of them, each after those that it needs; those on a circle come when nothing else is left.
    pub(super) order: Vec<usize>,
    /// The circles: each needs the next one, and the last needs the first. No thing stands in two of them.
    pub(super) circles: Vec<Vec<usize>>,
}

/// Sorts things, of which each needs some others; of those that could come next, the first does.
pub(super) fn sort(needs: &[Vec<usize>]) -> Sorted {
    let mut sorting = Sorting::new(needs);
    sorting.take_ready();
    let circles = circles(needs, &sorting.taken);
    for thing in circles.iter().flatten() {
        sorting.ready.push(Reverse(*thing));
    }
    sorting.take_ready();
    // What stands between two circles waits for itself for ever.
    let rest: Vec<usize> = (0..needs.len()).filter(|thing| !sorting.is_taken(*thing)).collect();
    sorting.order.extend(rest);
    Sorted {
        order: sorting.order,
        circles,
    }
}

struct Sorting {
    needed_by: Vec<Vec<usize>>,
    missing: Vec<usize>,
    taken: Vec<bool>,
    ready: BinaryHeap<Reverse<usize>>,
    order: Vec<usize>,
}

impl Sorting {
    fn new(needs: &[Vec<usize>]) -> Self {
        let mut needed_by = vec![Vec::new(); needs.len()];
        for (thing, needed) in needs.iter().enumerate() {
            for needed in needed {
                if let Some(needed_by) = needed_by.get_mut(*needed) {
                    needed_by.push(thing);
                }
            }
        }
        let ready = needs.iter().enumerate().filter(|(_, needs)| needs.is_empty());
        Sorting {
            needed_by,
            missing: needs.iter().map(Vec::len).collect(),
            taken: vec![false; needs.len()],
            ready: ready.map(|(thing, _)| Reverse(thing)).collect(),
            order: Vec::with_capacity(needs.len()),
        }
    }

    fn is_taken(&self, thing: usize) -> bool {
        self.taken.get(thing).copied().unwrap_or(true)
    }

    /// Takes all that needs nothing any more.
    fn take_ready(&mut self) {
        while let Some(Reverse(thing)) = self.ready.pop() {
            match self.taken.get_mut(thing) {
                Some(taken) if !*taken => *taken = true,
                _ => continue,
            }
            self.order.push(thing);
            for waiting in self.needed_by.get(thing).into_iter().flatten() {
                let Some(missing) = self.missing.get_mut(*waiting) else {
                    continue;
                };
                *missing = missing.saturating_sub(1);
                if *missing == 0 {
                    self.ready.push(Reverse(*waiting));
                }
            }
        }
    }
}

/// The circles among things that could not be taken.
fn circles(needs: &[Vec<usize>], taken: &[bool]) -> Vec<Vec<usize>> {
    let left = |thing: usize| !taken.get(thing).copied().unwrap_or(true);
    let mut visited = vec![false; needs.len()];
    let mut circles = Vec::new();
    for start in (0..needs.len()).filter(|thing| left(*thing)) {
        circles.extend(circle_from(start, needs, &left, &mut visited));
    }
    circles
}

/// Follows first needs from one thing until the way meets itself, or one that was met before.
fn circle_from(
    start: usize,
    needs: &[Vec<usize>],
    left: &impl Fn(usize) -> bool,
    visited: &mut [bool],
) -> Option<Vec<usize>> {
    let mut way: Vec<usize> = Vec::new();
    let mut thing = start;
    loop {
        let seen = visited.get_mut(thing)?;
        if *seen {
            let at = way.iter().position(|passed| *passed == thing)?;
            return Some(way.split_off(at));
        }
        *seen = true;
        way.push(thing);
        // Whatever is left needs something that is left: else it would have been taken.
        thing = needs.get(thing)?.iter().copied().find(|needed| left(*needed))?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_comes_after_what_it_needs() {
        let sorted = sort(&[vec![2], vec![], vec![1], vec![]]);
        assert_eq!(sorted.order, [1, 2, 0, 3]);
        assert!(sorted.circles.is_empty());
    }

    #[test]
    fn a_circle_is_found_once_and_what_needs_it_is_no_part_of_it() {
        let sorted = sort(&[vec![1], vec![2], vec![1], vec![3], vec![0]]);
        assert_eq!(sorted.circles, [vec![1, 2], vec![3]]);
        assert_eq!(sorted.order.len(), 5);
    }

    #[test]
    fn a_long_chain_needs_no_deep_stack() {
        let mut needs: Vec<Vec<usize>> = (1..100_000).map(|next| vec![next]).collect();
        needs.push(Vec::new());
        assert_eq!(sort(&needs).order.first(), Some(&99_999));
        needs.pop();
        needs.push(vec![0]);
        assert_eq!(sort(&needs).circles.first().map(Vec::len), Some(100_000));
    }
}
