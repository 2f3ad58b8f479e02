//! What the analysis says of all contacts holds of every contact that is scored.

use leadscore::analyze::{
    Analysis, Applies, Comparison, Part, PartKind, Verdict, analyze, analyze_on, compare, tables,
};
use leadscore::model::{Labelled, Model};
use leadscore::plan::{NodeId, Plan, RuleParts};
use leadscore::score::{Datum, Scores, Trace, TracedRun};
use proptest::prelude::*;

use super::cases;
use super::checking::{compiled, model};
use super::data::{Data, raw_data};
use super::engine::{Feeding, scores};
use super::files::{rules_file, rules_rearranged};

proptest! {
    #![proptest_config(cases(8))]

    #[test]
    fn nobody_lies_outside_of_what_can_be(rules in rules_file(), raw in raw_data()) {
        let model = model(&rules);
        let data = raw.of(&model);
        let analysis = analyze_on(&model, data.as_of);

        within(&model, &analysis, &data)?;
    }

    #[test]
    fn what_is_attained_is_attained(rules in rules_file()) {
        let model = model(&rules);
        let as_of = leadscore::Day::new(2025, 1, 1).unwrap();
        for of in analyze_on(&model, as_of).scores {
            for (number, example) in [&of.least, &of.greatest].into_iter().filter_map(|limit| limit.attained.as_ref()) {
                let (contacts, events) = tables(&model, [example]);
                let scored = leadscore::score(&Plan::new(&model), as_of, &contacts, [&events]);
                prop_assert_eq!(scored.score(of.of, 0), Some(*number), "{}", example.test(&model, "x", &[]));
            }
        }
    }

    #[test]
    fn other_rules_in_another_order_are_not_different((rules, rearranged) in rules_rearranged()) {
        let (model, rearranged) = (model(&rules), model(&rearranged));
        // The first of several exclusions gives the reason.
        prop_assume!(model.exclusions.len() < 2);
        let verdict = compare(&model, &rearranged, leadscore::Day::new(2025, 1, 1).unwrap());
        prop_assert!(!matches!(verdict, Comparison::Different(_)), "{:?}", verdict);
    }

    #[test]
    fn a_difference_is_one(rules in rules_file(), raw in raw_data(), at in any::<usize>()) {
        let old = model(&rules);
        let Ok(new) = compiled(&changed(&rules.0, at)).into_model() else { return Ok(()) };
        let data = raw.of(&old);
        match compare(&old, &new, data.as_of) {
            Comparison::Equivalent => {
                if old.fields == new.fields && old.properties == new.properties && old.events == new.events {
                    let (one, other) = (scores(&old, &data), scores(&new, &data));
                    prop_assert_eq!(shown(&one, &data), shown(&other, &data), "{:?}\n{}\n{:?}", changed(&rules.0, at), rules.0, data);
                }
            }
            Comparison::Different(difference) => {
                let both = [&old, &new].map(|model| {
                    let example = difference.example.clone();
                    let text = example.test(&difference.model, "x", &["not excluded".to_owned()]);
                    let mut model = model.clone();
                    let source = leadscore::Source::new("x", &text);
                    let parsed = leadscore::syntax::parse(&source);
                    model.tests.clear();
                    let errors = leadscore::check::check_tests(&mut model, &source, &parsed.file);
                    // A field or an event that only one of the two knows can't be given to the other.
                    errors.is_empty().then(|| format!("{:?}", leadscore::testing::run(&model).outcomes.iter().map(|o| (o.score, o.band.clone(), o.excluded.clone())).collect::<Vec<_>>()))
                });
                if let [Some(one), Some(other)] = &both && difference.column == "score" {
                    prop_assert_ne!(one, other, "{}", difference.example.test(&difference.model, "x", &[]));
                }
            }
            Comparison::Undecided { .. } => {}
        }
    }
}

/// The rules with one number changed.
fn changed(rules: &str, at: usize) -> String {
    let digits: Vec<usize> = rules
        .char_indices()
        .filter(|(_, character)| character.is_ascii_digit())
        .map(|(at, _)| at)
        .collect();
    let Some(place) = digits.get(at % digits.len().max(1)) else {
        return rules.to_owned();
    };
    let mut changed = rules.to_owned();
    let digit = changed.as_bytes()[*place] - b'0';
    changed.replace_range(*place..=*place, &((digit + 1) % 10).to_string());
    changed
}

fn shown(scores: &Scores, data: &Data) -> Vec<String> {
    let contacts = data.contacts_in(&Feeding::plain(data).contacts);
    let row = |row| {
        let columns = 0..scores.columns().len();
        columns
            .map(|column| format!("{:?} ", scores.cell(&contacts, column, row)))
            .collect()
    };
    (0..scores.len()).map(row).collect()
}

fn within(model: &Model, analysis: &Analysis, data: &Data) -> Result<(), TestCaseError> {
    let plan = Plan::new(model);
    let day = plan.on(data.as_of);
    let feeding = Feeding::plain(data);
    let mut run = TracedRun::new(&day);
    run.events(&data.batch(&feeding.events, &feeding.contacts));
    let (scores, trace) = run.finish(&data.contacts_in(&feeding.contacts));
    for row in 0..scores.len() {
        let told = applying(model, &plan, &scores, &trace, row);
        for (part, told) in analysis.parts.iter().zip(told) {
            let Some((applies, fails)) = told else { continue };
            let wrong = applies && part.applies == Applies::Never || fails && part.applies == Applies::Always;
            prop_assert!(
                !wrong,
                "{:?} {:?} {}\n{:?}",
                part.applies,
                part.kind,
                model.written(part.span),
                data
            );
        }
        for of in &analysis.scores {
            let Some(score) = scores.score(of.of, row) else {
                continue;
            };
            let below = of.least.number.is_some_and(|least| score < least);
            let above = of.greatest.number.is_some_and(|greatest| score > greatest);
            prop_assert!(
                !below && !above,
                "{} is {} and not within {:?} .. {:?}\n{:?}",
                of.name,
                score,
                of.least.number,
                of.greatest.number,
                data
            );
        }
        for (verdict, broken) in analysis.promises.iter().zip(scores.broken_promises()) {
            prop_assert!(
                !matches!(verdict, Verdict::Proved) || !broken.contains(&(row as u32)),
                "{:?}",
                data
            );
        }
    }
    Ok(())
}

/// Whether each part applies to a contact, and whether its own condition fails; `None` where nothing is said of it.
fn applying(model: &Model, plan: &Plan, scores: &Scores, trace: &Trace<'_>, row: usize) -> Vec<Option<(bool, bool)>> {
    let exclusion = scores.exclusion(row);
    let included = |applies: bool, fails: bool| exclusion.is_none().then_some((applies, fails));
    let holds = |node: NodeId| trace.holds(node, row) == Some(true);
    let chosen = |node: NodeId| match trace.value(node, row) {
        Some(Datum::Choice(place)) => Some(place),
        _ => None,
    };
    let own = plan.exclusions.iter().enumerate();
    let mut all: Vec<_> = own
        .map(|(at, own)| Some((exclusion == Some(at), !holds(own.node))))
        .collect();
    for block in &plan.blocks {
        for rule in &block.rules {
            match &rule.parts {
                RuleParts::Once { condition } => all.push(included(holds(condition.node), !holds(condition.node))),
                RuleParts::Each { condition, signal, .. } => {
                    let besides = condition.as_ref().is_none_or(|condition| holds(condition.node));
                    all.push(included(besides && !trace.picked(*signal, row).is_empty(), false));
                }
                RuleParts::Table { rows, row: choice, .. } => {
                    let each = rows.iter().enumerate();
                    all.extend(each.map(|(at, own)| included(chosen(*choice) == Some(at), !holds(*own))));
                }
            }
        }
    }
    let blocks = plan
        .blocks
        .iter()
        .zip(&model.blocks)
        .filter(|(_, block)| block.name.is_some());
    for (planned, block) in blocks {
        let band = planned.band.and_then(chosen);
        all.extend((0..block.bands.len()).map(|at| included(band == Some(at), band != Some(at))));
    }
    let band = scores.label(Labelled::Band, row).map(usize::from);
    all.extend((0..model.overall.bands.len()).map(|at| included(band == Some(at), band != Some(at))));
    for planned in &plan.classes {
        let label = chosen(planned.label);
        let each = planned.rows.iter().enumerate();
        all.extend(each.map(|(at, own)| included(label == Some(at), own.as_ref().is_some_and(|own| !holds(own.node)))));
    }
    all
}

#[test]
fn what_applies_is_told_in_the_order_of_the_model() {
    let rules = super::files::RulesText("when a = \"x\" add 1\nhot >= 1\nexclude when b = \"y\"\n".to_owned());
    let model = model(&rules);
    let kinds: Vec<PartKind> = analyze(&model).parts.iter().map(|part: &Part| part.kind).collect();
    assert_eq!(
        kinds,
        [PartKind::Exclusion, PartKind::Rule, PartKind::Band(Labelled::Band)]
    );
}
