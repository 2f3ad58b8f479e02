//! The greatest sum of several tables, found by eliminating one choice after the other.
//!
//! Bucket elimination (Dechter, "Bucket elimination: a unifying framework for reasoning", 1999): all tables that know a
//! choice are added up and replaced by one that knows the best of its options. Where that table would be too large, they
//! are maximized apart (mini-buckets, Dechter and Rish, 2003): the sum is then at most what comes out.

use std::collections::{BTreeMap, BTreeSet};

use super::possible::options;

/// The value of what cannot be: far below all sums of what can be, and far from the end of what an `i128` holds.
pub(in crate::analyze) const IMPOSSIBLE: i128 = -(1 << 124);

/// A number for all options of some choices.
#[derive(Clone, Debug)]
pub(in crate::analyze) struct Table {
    /// The choices, each once.
    pub(in crate::analyze) scope: Vec<usize>,
    /// How many options each of them has.
    pub(in crate::analyze) sizes: Vec<usize>,
    /// The numbers, those of the last choice's options beside each other.
    pub(in crate::analyze) values: Vec<i128>,
}

impl Table {
    /// The number for these options of all choices.
    fn at(&self, chosen: &[usize]) -> i128 {
        let mut place = 0;
        for (choice, size) in self.scope.iter().zip(&self.sizes) {
            place = place * size + chosen.get(*choice).copied().unwrap_or(0);
        }
        self.values.get(place).copied().unwrap_or(IMPOSSIBLE)
    }

    /// The table without the options that are not left, so that an option is its place among those that are.
    fn among(self, left: &[Vec<usize>]) -> Table {
        let none: &[usize] = &[];
        let of_scope: Vec<&[usize]> = self
            .scope
            .iter()
            .map(|choice| left.get(*choice).map_or(none, Vec::as_slice))
            .collect();
        let mut sized = of_scope.iter().zip(&self.sizes);
        if sized.all(|(options, size)| options.iter().copied().eq(0..*size)) {
            return self;
        }
        let sizes: Vec<usize> = of_scope.iter().map(|options| options.len()).collect();
        let mut values = Vec::new();
        each_combination(&sizes, |places| {
            let mut from = 0;
            for ((options, size), place) in of_scope.iter().zip(&self.sizes).zip(places) {
                from = from * size + options.get(*place).copied().unwrap_or(0);
            }
            values.push(self.values.get(from).copied().unwrap_or(IMPOSSIBLE));
        });
        Table { sizes, values, ..self }
    }
}

/// The greatest sum.
#[derive(Clone, Debug)]
pub(in crate::analyze) struct Maximum {
    /// No sum is greater.
    pub(in crate::analyze) bound: i128,
    /// Options that come to it, or near it, where a table knows the choice.
    pub(in crate::analyze) chosen: Vec<usize>,
    /// Whether those options come to it.
    pub(in crate::analyze) exact: bool,
    /// How many numbers were looked at.
    pub(in crate::analyze) work: u64,
}

/// The greatest sum of these tables with the options that are left, over tables of at most so many numbers.
pub(in crate::analyze) fn maximize(tables: Vec<Table>, domains: &[u128], most: usize) -> Maximum {
    // INVARIANT: from here on an option is its place among those that are left, so that a table has as many numbers as
    // its room says, however high the options are.
    // Choices of which no table knows keep their first option, whatever is left of them.
    let mut left: Vec<Vec<usize>> = vec![Vec::new(); domains.len()];
    for choice in tables.iter().flat_map(|table| &table.scope) {
        if let Some((left, domain)) = left
            .get_mut(*choice)
            .zip(domains.get(*choice))
            .filter(|(left, _)| left.is_empty())
        {
            left.extend(options(*domain));
        }
    }
    let mut elimination = Elimination {
        left: left.iter().map(Vec::len).collect(),
        most,
        exact: true,
        work: 0,
    };
    let mut open = Open::default();
    let mut bound: i128 = 0;
    for table in tables {
        bound = bound.saturating_add(open.add(table.among(&left)));
    }
    let mut buckets: Vec<(usize, Vec<Table>)> = Vec::new();
    let all: Vec<usize> = open.knowing.keys().copied().collect();
    open.order(&elimination, all);
    while let Some(next) = open.cheapest() {
        let (bucket, neighbours) = open.take(next);
        for table in elimination.eliminate(next, &bucket) {
            bound = bound.saturating_add(open.add(table));
        }
        open.order(&elimination, neighbours);
        buckets.push((next, bucket));
    }
    let places = elimination.best_places(&buckets);
    let first = |domain: &u128| options(*domain).next().unwrap_or(0);
    let of_choice = domains.iter().zip(&left).zip(&places);
    let option =
        |((domain, left), place): ((&u128, &Vec<usize>), &usize)| left.get(*place).copied().unwrap_or(first(domain));
    Maximum {
        bound,
        chosen: of_choice.map(option).collect(),
        exact: elimination.exact,
        work: elimination.work,
    }
}

/// The tables that are left, and the choices in the order of what eliminating them takes.
#[derive(Default)]
struct Open {
    tables: Vec<Option<Table>>,
    /// The places of the tables that know each choice.
    knowing: BTreeMap<usize, BTreeSet<usize>>,
    /// The choices, those first whose tables together are smallest.
    queue: BTreeSet<(usize, usize)>,
    costs: BTreeMap<usize, usize>,
}

impl Open {
    /// Adds a table; the number of one that knows no choice is given back instead.
    fn add(&mut self, table: Table) -> i128 {
        if table.scope.is_empty() {
            return table.values.first().copied().unwrap_or(IMPOSSIBLE);
        }
        for choice in &table.scope {
            self.knowing.entry(*choice).or_default().insert(self.tables.len());
        }
        self.tables.push(Some(table));
        0
    }

    /// Puts choices where they belong in the order.
    fn order(&mut self, elimination: &Elimination, choices: impl IntoIterator<Item = usize>) {
        for choice in choices {
            let places = self.knowing.get(&choice).into_iter().flatten();
            let tables = places.filter_map(|place| self.tables.get(*place)?.as_ref());
            let cost = elimination.room(&tables.flat_map(|table| table.scope.iter().copied()).collect());
            if let Some(before) = self.costs.insert(choice, cost) {
                self.queue.remove(&(before, choice));
            }
            self.queue.insert((cost, choice));
        }
    }

    /// The choice whose tables together are smallest.
    fn cheapest(&mut self) -> Option<usize> {
        self.queue.pop_first().map(|(_, choice)| choice)
    }

    /// Takes the tables that know a choice, and tells the other choices that they know.
    fn take(&mut self, choice: usize) -> (Vec<Table>, BTreeSet<usize>) {
        let places = self.knowing.remove(&choice).unwrap_or_default();
        let tables = places.iter().filter_map(|place| self.tables.get_mut(*place)?.take());
        let bucket: Vec<Table> = tables.collect();
        let scopes = bucket.iter().flat_map(|table| table.scope.iter().copied());
        let neighbours: BTreeSet<usize> = scopes.filter(|other| *other != choice).collect();
        for neighbour in &neighbours {
            if let Some(knowing) = self.knowing.get_mut(neighbour) {
                knowing.retain(|place| !places.contains(place));
            }
        }
        (bucket, neighbours)
    }
}

/// A table seen from a combination of options.
struct View<'t> {
    values: &'t [i128],
    /// The places in a combination of the choices that it knows, and how far apart the numbers of their options lie.
    steps: Vec<(usize, usize)>,
    /// How far apart the numbers of the choice lie that is no part of the combination.
    own: usize,
}

impl<'t> View<'t> {
    fn new(table: &'t Table, scope: &[usize], own: usize) -> View<'t> {
        let mut view = View {
            values: &table.values,
            steps: Vec::new(),
            own: 0,
        };
        let mut apart = 1;
        for (choice, size) in table.scope.iter().zip(&table.sizes).rev() {
            match scope.iter().position(|known| known == choice) {
                Some(place) => view.steps.push((place, apart)),
                None if *choice == own => view.own = apart,
                None => {}
            }
            apart *= size;
        }
        view
    }

    /// Adds the numbers of a combination with each option of the choice that is no part of it to sums.
    fn add(&self, combination: &[usize], sums: &mut [i128]) {
        let steps = self.steps.iter();
        let mut from: usize = steps
            .map(|(place, apart)| combination.get(*place).map_or(0, |option| option * apart))
            .sum();
        for sum in sums {
            let number = self.values.get(from).copied();
            *sum = sum.saturating_add(number.unwrap_or(IMPOSSIBLE));
            from += self.own;
        }
    }
}

struct Elimination {
    /// How many options each choice is left.
    left: Vec<usize>,
    most: usize,
    exact: bool,
    work: u64,
}

impl Elimination {
    fn left(&self, choice: usize) -> usize {
        self.left.get(choice).copied().unwrap_or(0)
    }

    /// How many numbers a table of these choices has.
    fn room(&self, scope: &BTreeSet<usize>) -> usize {
        let sizes = scope.iter().map(|choice| self.left(*choice));
        sizes.fold(1, usize::saturating_mul)
    }

    /// The tables that take the place of those that know a choice.
    fn eliminate(&mut self, choice: usize, bucket: &[Table]) -> Vec<Table> {
        let mut groups: Vec<(BTreeSet<usize>, Vec<&Table>)> = Vec::new();
        let mut by_size: Vec<&Table> = bucket.iter().collect();
        by_size.sort_by_key(|table| std::cmp::Reverse(table.values.len()));
        for table in by_size {
            let with = |scope: &BTreeSet<usize>| scope.iter().copied().chain(table.scope.iter().copied()).collect();
            match groups
                .iter_mut()
                .find(|(scope, _)| self.room(&with(scope)) <= self.most)
            {
                Some((scope, tables)) => {
                    *scope = with(scope);
                    tables.push(table);
                }
                None => groups.push((table.scope.iter().copied().collect(), vec![table])),
            }
        }
        self.exact &= groups.len() <= 1;
        groups
            .into_iter()
            .map(|(scope, tables)| self.best_of(choice, scope, &tables))
            .collect()
    }

    /// The greatest sum of these tables over the options of a choice.
    fn best_of(&mut self, choice: usize, mut scope: BTreeSet<usize>, tables: &[&Table]) -> Table {
        scope.remove(&choice);
        let mut values = Vec::with_capacity(self.room(&scope));
        let scope: Vec<usize> = scope.into_iter().collect();
        let sizes: Vec<usize> = scope.iter().map(|choice| self.left(*choice)).collect();
        let views: Vec<View<'_>> = tables.iter().map(|table| View::new(table, &scope, choice)).collect();
        let mut sums = vec![0; self.left(choice)];
        each_combination(&sizes, |combination| {
            sums.fill(0);
            for view in &views {
                view.add(combination, &mut sums);
            }
            self.work += (sums.len() * tables.len()) as u64;
            values.push(sums.iter().copied().max().unwrap_or(IMPOSSIBLE));
        });
        Table { scope, sizes, values }
    }

    /// The places of the options that come to the greatest sum, told from the choice that was eliminated last on.
    fn best_places(&self, buckets: &[(usize, Vec<Table>)]) -> Vec<usize> {
        let mut places = vec![0; self.left.len()];
        for (choice, bucket) in buckets.iter().rev() {
            let mut best = (i128::MIN, 0);
            for place in 0..self.left(*choice) {
                put(&mut places, *choice, place);
                let sum = added(bucket.iter().map(|table| table.at(&places)));
                if sum > best.0 {
                    best = (sum, place);
                }
            }
            put(&mut places, *choice, best.1);
        }
        places
    }
}

/// The sum, which what cannot be does not leave.
fn added(numbers: impl Iterator<Item = i128>) -> i128 {
    numbers.fold(0, i128::saturating_add)
}

/// Replaces an element, where there is one.
fn put(elements: &mut [usize], at: usize, new: usize) {
    if let Some(element) = elements.get_mut(at) {
        *element = new;
    }
}

/// Shows every combination of one of each, of which there are so many; the last changes first.
pub(in crate::analyze) fn each_combination(sizes: &[usize], mut show: impl FnMut(&[usize])) {
    if sizes.contains(&0) {
        return;
    }
    let mut combination = vec![0usize; sizes.len()];
    loop {
        show(&combination);
        let last = sizes.iter().zip(&mut combination).rev().find_map(|(size, place)| {
            *place = (*place + 1) % size;
            (*place != 0).then_some(())
        });
        if last.is_none() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look random, always the same.
    fn random(seed: &mut u64) -> u64 {
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        *seed
    }

    fn tables(seed: &mut u64, choices: usize) -> Vec<Table> {
        let count = 1 + random(seed) as usize % 9;
        let table = |seed: &mut u64| {
            let scope: BTreeSet<usize> = (0..1 + random(seed) % 3)
                .map(|_| random(seed) as usize % choices)
                .collect();
            let sizes = vec![3; scope.len()];
            let values = (0..3usize.pow(sizes.len() as u32)).map(|_| random(seed) as i128 % 50);
            Table {
                values: values.collect(),
                scope: scope.into_iter().collect(),
                sizes,
            }
        };
        (0..count).map(|_| table(seed)).collect()
    }

    #[test]
    fn the_greatest_sum_is_that_of_all_combinations() {
        let mut seed = 7;
        for round in 0..400 {
            let tables = tables(&mut seed, 6);
            let domains: Vec<u128> = (0..6).map(|_| 1 + u128::from(random(&mut seed) % 7)).collect();
            let of: Vec<Vec<usize>> = domains.iter().map(|domain| options(*domain).collect()).collect();
            let sum = |chosen: &[usize]| tables.iter().map(|table| table.at(chosen)).sum::<i128>();
            let mut best = i128::MIN;
            let sizes: Vec<usize> = of.iter().map(Vec::len).collect();
            each_combination(&sizes, |places| {
                let chosen: Vec<usize> = of.iter().zip(places).map(|(options, place)| options[*place]).collect();
                best = best.max(sum(&chosen));
            });
            let exact = maximize(tables.clone(), &domains, usize::MAX);
            assert!(exact.exact && exact.bound == best, "round {round}");
            assert_eq!(sum(&exact.chosen), best, "round {round}");
            let loose = maximize(tables.clone(), &domains, 3);
            assert!(loose.bound >= best, "round {round}");
            assert!(!loose.exact || loose.bound == best, "round {round}");
        }
    }

    #[test]
    fn only_options_that_are_left_take_room() {
        // Each of ten choices is left its last two options of 120, and hangs together with each other one.
        let number = |one: usize, other: usize| if one == other { 0 } else { one.max(other) as i128 };
        let of_two = |one: usize, other: usize| Table {
            scope: vec![one, other],
            sizes: vec![120, 120],
            values: (0..120 * 120).map(|place| number(place / 120, place % 120)).collect(),
        };
        let pairs = (0..10).flat_map(|other| (0..other).map(move |one| of_two(one, other)));
        let found = maximize(pairs.collect(), &[0b11 << 118; 10], 1 << 10);
        // Five times five pairs differ.
        assert_eq!((found.bound, found.exact), (25 * 119, true));
        assert_eq!(found.chosen.iter().filter(|option| **option == 118).count(), 5);
        assert_eq!(found.chosen.iter().filter(|option| **option == 119).count(), 5);
    }

    #[test]
    fn without_options_nothing_can_be() {
        let table = Table {
            scope: vec![0, 1],
            sizes: vec![2, 2],
            values: vec![1; 4],
        };
        for domains in [[0, 3], [3, 0], [0, 0]] {
            assert_eq!(maximize(vec![table.clone()], &domains, 8).bound, IMPOSSIBLE);
        }
    }
}
