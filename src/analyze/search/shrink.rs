//! Makes contacts smaller, as long as they still are what is asked for.

use std::ops::Range;

use crate::model::GivenEvents;

use super::Search;
use super::question::Question;
use crate::analyze::example::Example;

impl Search<'_> {
    /// The contact without what does not matter to these conditions.
    pub(in crate::analyze) fn smallest(&self, example: Example, all: &Question) -> Example {
        let mut example = self.without_most(example, all);
        let start = self.bounding.work();
        while !self.is_enough(start) {
            let smaller: Vec<Example> = example.smaller().into_iter().chain(newer(&example)).collect();
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

/// Contacts with an event of today instead of one of an earlier day.
fn newer(example: &Example) -> impl Iterator<Item = Example> {
    let earlier = example.events.iter().enumerate();
    let earlier = earlier.filter(|(_, given)| given.day < example.as_of);
    earlier.map(|(at, given)| {
        let day = example.as_of;
        example.but(at, GivenEvents { day, ..given.clone() })
    })
}
