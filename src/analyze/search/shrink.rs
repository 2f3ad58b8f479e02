//! Makes contacts smaller, as long as they still are what is asked for.

use std::ops::Range;

use super::Search;
use super::question::Question;
use crate::analyze::example::Example;

impl Search<'_> {
    /// The contact without what does not matter to these conditions.
    pub(in crate::analyze) fn smallest(&self, example: Example, all: &Question) -> Example {
        let mut example = self.without_most(example, all);
        let start = self.bounding.work();
        while !self.is_enough(start) {
            let smaller = smaller(&example);
            if smaller.is_empty() {
                return example.united();
            }
            let trace = self.run(&smaller);
            let found = (0..smaller.len())
                .filter(|row| all.is_met(&trace, *row))
                .min_by_key(|row| smaller.get(*row).map(Example::size));
            match found.and_then(|row| smaller.into_iter().nth(row)) {
                Some(next) if next.size() < example.size() => example = next,
                _ => return example.united(),
            }
        }
        example.united()
    }

    /// The contact without many things at once that do not matter: half of them, then a quarter, …
    fn without_most(&self, mut example: Example, all: &Question) -> Example {
        let mut chunk = example.fields.len() + example.events.len();
        let start = self.bounding.work();
        while chunk > 0 && !self.is_enough(start) {
            let things = example.fields.len() + example.events.len();
            let starts = (0..things).step_by(chunk);
            let smaller: Vec<Example> = starts.map(|start| without(&example, start..start + chunk)).collect();
            let trace = self.run(&smaller);
            let found = (0..smaller.len()).find(|row| all.is_met(&trace, *row));
            match found.and_then(|row| smaller.into_iter().nth(row)) {
                Some(next) => example = next,
                None => chunk /= 2,
            }
        }
        example
    }
}

/// The contact without some of its things: its fields come first, then its events.
fn without(example: &Example, left_out: Range<usize>) -> Example {
    let mut fewer = example.clone();
    let mut at = 0;
    let mut stays = || {
        at += 1;
        !left_out.contains(&(at - 1))
    };
    fewer.fields.retain(|_| stays());
    fewer.events.retain(|_| stays());
    fewer
}

/// Contacts with one thing less, or an event of today.
fn smaller(example: &Example) -> Vec<Example> {
    let mut smaller = Vec::new();
    for at in 0..example.fields.len() {
        let mut fewer = example.clone();
        fewer.fields.remove(at);
        smaller.push(fewer);
    }
    for (at, given) in example.events.iter().enumerate() {
        let mut fewer = example.clone();
        fewer.events.remove(at);
        smaller.push(fewer);
        for count in [1, given.count / 2, given.count - 1] {
            if (1..given.count).contains(&count) {
                let mut fewer = example.clone();
                fewer
                    .events
                    .iter_mut()
                    .skip(at)
                    .take(1)
                    .for_each(|given| given.count = count);
                smaller.push(fewer);
            }
        }
        if given.day < example.as_of {
            let mut newer = example.clone();
            newer
                .events
                .iter_mut()
                .skip(at)
                .take(1)
                .for_each(|given| given.day = example.as_of);
            smaller.push(newer);
        }
        for property in 0..given.properties.len() {
            let mut fewer = example.clone();
            fewer.events.iter_mut().skip(at).take(1).for_each(|given| {
                given.properties.remove(property);
            });
            smaller.push(fewer);
        }
    }
    smaller
}
