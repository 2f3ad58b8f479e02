//! How far scores go, the contacts at their ends, and what bands need.

use std::fs;

use leadscore::analyze::{Limit, RuleOrRow, analyze, needs};
use leadscore::check;
use leadscore::model::Model;
use leadscore::source::Source;

#[test]
fn cases() {
    insta::glob!("../../cases/bounds", "*.ls", |path| {
        let source = Source::new("rules.ls", &fs::read_to_string(path).unwrap());
        insta::assert_snapshot!(bounds(&source));
    });
}

/// The source, then each score with its ends, and a test for each end; then what each band needs, where that is known.
fn bounds(source: &Source) -> String {
    let compiled = check::compile(source, &|_| Err("no list files here".to_owned()));
    let model = compiled.into_model().unwrap();
    let analysis = analyze(&model);
    let mut drawn = format!("{}\n---\n", source.text().trim_end());
    if !analysis.on_every_day {
        drawn += "not on every day\n";
    }
    for bounds in &analysis.scores {
        drawn += &format!(
            "{} from {} to {}\n",
            bounds.name,
            end(&bounds.least),
            end(&bounds.greatest)
        );
        for (side, limit) in [("lowest", &bounds.least), ("highest", &bounds.greatest)] {
            drawn += &attained(&model, &format!("{side} {}", bounds.name), &bounds.name, limit);
        }
    }
    for (band, needs) in model.overall.bands.iter().zip(needs(&model)) {
        let Some(needs) = needs else { continue };
        let or_fewer = if needs.are_fewest { "" } else { " or fewer" };
        drawn += &format!(
            "{} needs {}{or_fewer}\n{}",
            band.label,
            needs.with.len(),
            rules(&model, &needs.with)
        );
        for barrier in &needs.always {
            drawn += &format!("never {} without one of\n{}", band.label, rules(&model, barrier));
        }
    }
    drawn
}

/// A line for each rule or row.
fn rules(model: &Model, signals: &[RuleOrRow<'_>]) -> String {
    let span = |signal: &RuleOrRow<'_>| signal.row.map_or(signal.rule.span, |row| row.span);
    signals
        .iter()
        .map(|signal| format!("  {}\n", model.written(span(signal))))
        .collect()
}

fn end(limit: &Limit) -> String {
    let number = limit.number.map_or("no limit".to_owned(), |number| number.to_string());
    if limit.exact { number } else { number + " (open)" }
}

fn attained(model: &Model, name: &str, score: &str, limit: &Limit) -> String {
    let found = limit.attained.as_ref().filter(|_| limit.number.is_some());
    let found = found.map(|(number, example)| example.test(model, name, &[format!("{score} = {number}")]));
    found.unwrap_or_default()
}
