//! A thousand rules make a query that every engine takes, and that gives what the engine gives.

use leadscore::calendar::Day;
use leadscore::connect::Config;

use super::databases::Table;
use super::files::{agrees_everywhere, scored};
use crate::given::model;

/// Rules of all kinds, each with numbers and texts of its own.
fn rules() -> String {
    let mut rules = "field title: text\nfield employees: number\nfield country: text\nfield signup: date\n\
                     event visit(url: text, seconds: number)\nevent open\nscore fit max 500 {\n"
        .to_owned();
    for number in 1..=500 {
        rules += &match number % 5 {
            0 => format!("  when title contains \"title {number}\" add {number}\n"),
            1 => format!("  when employees between {number} and {} add 1.5\n", number + 3),
            2 => format!("  when country in (\"C{number}\", \"é{number}\") add -2\n"),
            3 => format!("  when title contains word \"w{number}\" and employees > {number} add 3\n"),
            _ => format!("  when days since signup > {number} add 0.25\n"),
        };
    }
    rules += "}\nscore engagement {\n";
    for number in 1..=500 {
        rules += &match number % 5 {
            0 => format!("  when event visit where url contains \"/page{number}\" add 2 at most 3 times\n"),
            1 => format!("  when event open within {number} days add 0.5\n"),
            2 => format!("  when sum(seconds of event visit where seconds > {number}) > 100 add 1\n"),
            3 => format!("  when event visit where seconds >= {number} add 0.1 every time\n"),
            _ => format!("  when at least {} events open add 0.3\n", number / 100 + 1),
        };
    }
    rules + "}\nhot >= 50\n"
}

fn table(name: &str, columns: &[(&str, &'static str)], rows: impl Iterator<Item = Vec<String>>) -> Table {
    let cell = |cell: String| (!cell.is_empty()).then_some(cell);
    Table {
        name: name.to_owned(),
        columns: columns.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect(),
        rows: rows.map(|row| row.into_iter().map(cell).collect()).collect(),
    }
}

/// Contacts whose numbers and texts fit some of the rules.
fn contacts() -> Table {
    let columns = [
        ("id", "text"),
        ("title", "text"),
        ("employees", "integer"),
        ("country", "text"),
        ("signup", "date"),
    ];
    let row = |number: u32| {
        vec![
            format!("c{number}"),
            format!("Title {} / W{}", 5 * number, 5 * number + 3),
            (7 * number % 600).to_string(),
            format!("É{}", 5 * number + 2),
            format!("202{}-0{}-11", number % 7, number % 9 + 1),
        ]
    };
    table("contacts", &columns, (0..60).map(row))
}

fn events() -> Table {
    let columns = [
        ("contact", "text"),
        ("event", "text"),
        ("at", "date"),
        ("url", "text"),
        ("seconds", "integer"),
    ];
    let row = |number: u32| {
        let is_visit = !number.is_multiple_of(3);
        vec![
            format!("c{}", number % 70),
            if is_visit { "visit" } else { "open" }.to_owned(),
            format!("2026-{:02}-{:02}", number % 12 + 1, number % 28 + 1),
            if is_visit {
                format!("/page{}", number % 500)
            } else {
                String::new()
            },
            if is_visit {
                (number % 501).to_string()
            } else {
                String::new()
            },
        ]
    };
    table("events", &columns, (0..1_500).map(row))
}

#[test]
fn a_thousand_rules_run_on_every_engine() {
    let (model, tables) = (model(&rules()), [contacts(), events()]);
    let config = Config::parse("leadscore.toml", "[[events]]\n").unwrap();
    let as_of = Day::parse("2026-11-01").unwrap();
    let right = scored(&model, &config, &tables, as_of);
    let mut scores: Vec<_> = right.rows.iter().map(|row| row[1].clone()).collect();
    scores.sort();
    scores.dedup();
    assert!(scores.len() > 50, "nearly every contact has a score of its own");
    agrees_everywhere(&model, &config, &tables, as_of, &right);
}
