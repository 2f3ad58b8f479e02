//! How far scores go, and the contacts at their ends.

use std::fs;

use leadscore::analyze::{Limit, analyze};
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

/// The source, then each score with its ends, and a test for each end.
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
    drawn
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
