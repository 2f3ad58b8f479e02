//! Several tables of events, each with properties of its own, are read as one, on every engine, as files are.

use leadscore::calendar::Day;
use leadscore::connect::Config;

use super::databases::Table;
use super::files::{agrees_everywhere, scored};
use crate::given::model;

const RULES: &str = "
event visit(url: text, seconds: number)
event open(agent: text, seconds: number)
when event visit where url contains \"tarif\" add 1 every time
when event open where agent is unknown add 10 every time
when event open where agent = \"Outlook\" add 100 every time
when sum(seconds of event in (visit, open)) > 50 add 1000
";

/// Visits stand in the one table, the other has both kinds; none has the column of the other's property.
const CONFIG: &str = "
[[events]]
table = \"visits\"
name = \"visit\"
properties = [\"url\"]
[[events]]
table = \"mails\"
properties = [\"agent\", \"seconds\"]
";

fn table(name: &str, columns: &[(&str, &'static str)], rows: &[&str]) -> Table {
    let cell = |cell: &str| (!cell.is_empty()).then(|| cell.to_owned());
    Table {
        name: name.to_owned(),
        columns: columns.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect(),
        rows: rows.iter().map(|row| row.split('|').map(cell).collect()).collect(),
    }
}

#[test]
fn a_table_has_the_properties_that_are_named() {
    let tables = [
        table("contacts", &[("id", "text")], &["ann", "bob", "cid"]),
        table(
            "visits",
            &[("contact", "text"), ("at", "date"), ("url", "text")],
            &["ann|2026-10-01|/tarifs", "ann|2026-10-02|/tarifs", "bob|2026-10-03|"],
        ),
        table(
            "mails",
            &[
                ("contact", "text"),
                ("event", "text"),
                ("at", "date"),
                ("agent", "text"),
                ("seconds", "integer"),
            ],
            &[
                "ann|open|2026-10-01||40",
                "bob|open|2026-10-01|outlook|30",
                "bob|visit|2026-10-01||30",
            ],
        ),
    ];
    let (model, config) = (model(RULES), Config::parse("leadscore.toml", CONFIG).unwrap());
    let as_of = Day::parse("2026-11-01").unwrap();
    let right = scored(&model, &config, &tables, as_of);
    let scores: Vec<_> = right.rows.iter().map(|row| row[1].clone().unwrap()).collect();
    assert_eq!(scores, ["12", "1100", "0"]);
    agrees_everywhere(&model, &config, &tables, as_of, &right);
}
