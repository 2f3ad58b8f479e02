//! Laws of explanations: they add up, to the score that the engine gives.

use leadscore::check::compile;
use leadscore::explain::{Layout, Outcome, explain, render};
use leadscore::plan::Plan;
use leadscore::reason::Subject;
use leadscore::score::Run;
use leadscore::source::Source;
use proptest::prelude::*;

use super::cases;
use super::data::raw_data;
use super::files::rules_file;
use crate::adds_up::assert_adds_up;

proptest! {
    // Each looks ten years ahead.
    #![proptest_config(cases(40))]

    #[test]
    fn an_explanation_adds_up_to_the_score(rules in rules_file(), raw in raw_data()) {
        let compiled = compile(&Source::new("rules.ls", &rules.0), &|path| Err(path.to_owned()));
        prop_assume!(compiled.problems.is_empty());
        let model = compiled.checked.understood();
        let plan = Plan::new(model);
        let data = raw.of(model);
        let order: Vec<usize> = (0..data.contacts.len()).collect();
        let (contacts, events) = (data.contacts_in(&order), data.batch(&data.events(), &order));
        let day = plan.on(data.as_of);
        let mut run = Run::new(&day);
        run.events(&events);
        let scores = run.finish(&contacts);

        let row = contacts.len() - 1;
        let subject = Subject { contacts: &contacts, events: &events, row };
        let explanation = explain(model, &plan, subject, data.as_of);
        assert_adds_up(&explanation);
        match &explanation.outcome {
            Outcome::Excluded { excluded } => prop_assert_eq!(scores.reason(row), Some(excluded.reason.as_str())),
            Outcome::Scored(scored) => {
                prop_assert_eq!(scores.overall(row), Some(scored.score));
                let band = scored.band.as_ref().and_then(|band| band.label.as_deref());
                prop_assert_eq!(scores.band(row), band);
            }
        }
        render(&explanation, Layout { width: 0, all: true });
    }
}
