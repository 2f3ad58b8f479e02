//! Contacts that are worth a test: those with which every search begins, and those of which something wanted holds.

use crate::calendar::Day;
use crate::model::Model;
use crate::plan::Plan;

use super::example::Example;
use super::search::question::Question;
use super::search::{Answer, Search};
use super::space::Space;

/// Contacts that show what a model does on a day: one for each value of a field and each number of events that it tells
/// apart, and many at random, always the same. Besides, for each promise one of which it holds, where one is found that
/// is not excluded, or else any.
pub fn candidates(model: &Model, as_of: Day) -> Vec<Example> {
    let plan = Plan::new(model);
    let day = plan.on(as_of);
    let space = Space::new(model, &day);
    let everybody = Search::new(&space, Vec::new());
    let mut all = everybody.samples().examples.clone();
    if !plan.promises.is_empty() {
        let not_excluded = plan.exclusions.iter().map(|exclusion| (exclusion.node, false));
        let searches = [everybody.among(not_excluded.collect()), everybody];
        let found = plan.promises.iter().filter_map(|promise| {
            let question = Question::of([(promise.node, true)]);
            searches.iter().find_map(|search| match search.find(&question) {
                Answer::Yes(example) => Some(example),
                Answer::No | Answer::Unknown => None,
            })
        });
        all.extend(found);
    }
    all
}
