//! Samples: contacts that try everything once, before anything is searched for.

use crate::score::Trace;

use crate::analyze::bound::possible::all_options;
use crate::analyze::example::Example;
use crate::analyze::space::Space;
use crate::analyze::space::making::Style;

/// So many contacts are made up at random.
const RANDOM: usize = 200;

/// So many options of a contact made up at random are others than the first, about.
const MOST_CHOSEN: u64 = 60;

/// So many values the nodes of a plan have for all contacts together, at most.
const MOST_VALUES: usize = 1_500_000;

/// Contacts that try everything once.
pub(in crate::analyze) struct Samples<'a> {
    /// The contacts.
    pub(in crate::analyze) examples: Vec<Example>,
    /// What they come to.
    pub(in crate::analyze) trace: Trace<'a>,
}

impl<'a> Samples<'a> {
    /// The samples of a space.
    pub(in crate::analyze) fn new(space: &'a Space<'a>) -> Samples<'a> {
        let examples = samples(space);
        let (_, trace) = space.run(&examples);
        Samples { examples, trace }
    }

    /// Those of which something holds.
    pub(in crate::analyze) fn that(&self, holds: impl Fn(&Trace<'a>, usize) -> bool) -> impl Iterator<Item = &Example> {
        let numbered = self.examples.iter().enumerate();
        let held = numbered.filter(move |(row, _)| holds(&self.trace, *row));
        held.map(|(_, example)| example)
    }
}

/// Contacts that try every option of every choice by itself, and some at random, always the same.
pub(in crate::analyze) fn samples(space: &Space<'_>) -> Vec<Example> {
    let all = all_options(space);
    let none: Vec<usize> = vec![0; space.choices.len()];
    let mut samples = vec![space.example(&none, Style::default())];
    let most = MOST_VALUES / space.leaves.len().max(1);
    let widest = all.iter().map(|domain| domain.count_ones() as usize).max().unwrap_or(0);
    // The first options of all choices come before the second of any: where there are very many, the others wait.
    let alone = (1..widest).flat_map(|option| (0..all.len()).map(move |choice| (choice, option)));
    let alone = alone.filter(|(choice, option)| all.get(*choice).is_some_and(|domain| domain >> option & 1 == 1));
    for (choice, option) in alone.take(most.saturating_sub(RANDOM).max(RANDOM)) {
        let mut chosen = none.clone();
        if let Some(slot) = chosen.get_mut(choice) {
            *slot = option;
        }
        samples.push(space.example(&chosen, Style::default()));
    }
    let mut seed: u64 = 0x9e37_79b9_7f4a_7c15;
    let styles = space.styles(false);
    for round in 0..RANDOM {
        let chosen: Vec<usize> = all
            .iter()
            .map(|domain| {
                // Half of the contacts have little, so that single rules show; none has very much.
                let few = round % 2 == 0 && !next(&mut seed).is_multiple_of(4);
                let few = few || !next(&mut seed).is_multiple_of(1 + all.len() as u64 / MOST_CHOSEN);
                let option = next(&mut seed) % u64::from(domain.count_ones().max(1));
                if few { 0 } else { option as usize }
            })
            .collect();
        let style = styles
            .get(next(&mut seed) as usize % styles.len())
            .copied()
            .unwrap_or_default();
        let draw = if round % 4 == 0 { style.draw } else { round as u64 };
        samples.push(space.example(&chosen, Style { draw, ..style }));
    }
    samples
}

/// Numbers that look random (xorshift, Marsaglia 2003).
fn next(seed: &mut u64) -> u64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed
}
