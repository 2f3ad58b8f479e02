//! Laws of snapshots: they are read as they were written, do not depend on how rules are laid out and ordered, and
//! what is behind a change adds up to it.

use leadscore::check::compile;
use leadscore::model::Model;
use leadscore::number::Number;
use leadscore::score::Run;
use leadscore::snapshot::{self, Layout, Outcome, Snapshot, compare, render, why};
use leadscore::source::Source;
use proptest::prelude::*;
use proptest::sample::Index;

use super::cases;
use super::data::{Data, raw_data};
use super::files::{rules_file, rules_rearranged};

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn a_snapshot_is_read_as_it_was_written(rules in rules_file(), raw in raw_data()) {
        let Some(model) = model(&rules.0) else { return Ok(()) };
        let taken = taken(&model, &raw.of(&model));
        let read = snapshot::read(&Source::new("rules.snap", &text(&taken)));
        prop_assert_eq!(read.unwrap().snapshot, taken);
    }

    #[test]
    fn layout_and_order_change_no_byte(both in rules_rearranged(), raw in raw_data()) {
        let (Some(one), Some(two)) = (model(&both.0.0), model(&both.1.0)) else { return Ok(()) };
        // The first exclusion that holds is the reason: their order means something.
        prop_assume!(one.exclusions.len() < 2);
        let data = raw.of(&one);
        let rearranged = data.with_fields_of(&one, &two);
        prop_assert_eq!(text(&taken(&one, &data)), text(&taken(&two, &rearranged)));
    }

    #[test]
    fn what_is_behind_a_change_adds_up_to_it(one in rules_file(), two in rules_file(), raw in raw_data()) {
        let (Some(one), Some(two)) = (model(&one.0), model(&two.0)) else { return Ok(()) };
        let (one, two) = (taken(&one, &raw.of(&one)), taken(&two, &raw.of(&two)));
        let review = compare(&one, &two);
        for change in &review.changes {
            let sections = why(&review, change);
            for section in &sections {
                let mut sum = 0;
                for step in &section.steps {
                    // What a step changes may be more than a number holds; it is told as far as one does.
                    let change = i128::from(step.after.units()) - i128::from(step.before.units());
                    prop_assert_eq!(Number::saturating_from_units(change), step.points, "{:?}", step);
                    sum += change;
                }
                prop_assert_eq!(Number::saturating_from_units(sum), section.points, "{:?}", section);
            }
            let scores = change.before.and_then(Outcome::score).zip(change.after.and_then(Outcome::score));
            if let Some((before, after)) = scores.filter(|(before, after)| before != after) {
                let overall = sections.last().unwrap();
                prop_assert_eq!((overall.before, overall.after), (before, after));
            }
        }
        render(&review, Layout { width: 0, most: 3, why: true });
    }

    #[test]
    fn a_damaged_snapshot_is_an_error_or_another_snapshot(
        rules in rules_file(), raw in raw_data(), cut in any::<(Index, Index)>(), put in "[ -~\n\u{2028}é]{0,12}",
    ) {
        let Some(model) = model(&rules.0) else { return Ok(()) };
        let whole = text(&taken(&model, &raw.of(&model)));
        let characters: Vec<char> = whole.chars().collect();
        let (at, most) = (cut.0.index(characters.len()), cut.1.index(40));
        let before = characters.iter().take(at);
        let damaged: String = before.copied().chain(put.chars()).chain(characters.iter().skip(at + most).copied()).collect();
        if let Ok(read) = snapshot::read(&Source::new("rules.snap", &damaged)) {
            let again = snapshot::read(&Source::new("rules.snap", &text(&read.snapshot))).unwrap();
            prop_assert_eq!(again.snapshot, read.snapshot);
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "(leadscore snapshot 1\n)?(as of 2026-11-01\n)?([ -~\n]{0,40}|contact .{0,4}\n|  score [0-9-]{0,3}\n|rules 1c0913e9264d\n|contacts 1\n){0,8}") {
        let _ = snapshot::read(&Source::new("rules.snap", &text));
    }
}

fn model(rules: &str) -> Option<Model> {
    compile(&Source::new("rules.ls", rules), &|path| Err(path.to_owned()))
        .into_model()
        .ok()
}

fn taken(model: &Model, data: &Data) -> Snapshot {
    let order: Vec<usize> = (0..data.contacts.len()).collect();
    let (contacts, events) = (data.contacts_in(&order), data.batch(&data.events(), &order));
    let plan = snapshot::plan(model);
    let day = plan.on(data.as_of);
    let mut run = Run::new(&day);
    run.events(&events);
    snapshot::take(model, &plan, &run.finish(&contacts), &contacts, Vec::new())
}

fn text(snapshot: &Snapshot) -> String {
    let mut text = Vec::new();
    snapshot::write(snapshot, &mut text).unwrap();
    String::from_utf8(text).unwrap()
}
