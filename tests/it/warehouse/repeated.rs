//! Rows of events that stand in their tables more than once count once, on every engine, as they do in files.

use leadscore::calendar::Day;
use leadscore::connect::Config;

use super::databases::Table;
use super::files::{agrees_everywhere, scored};
use crate::given::model;

const RULES: &str = "
event visit(url: text, seconds: number)
event open
when event visit where url contains \"tarif\" add 10 every time
when sum(seconds of event visit) >= 100 add 1
when event open add 1000 once per day
when count(event open) = 3 add 5000
";

const CONFIG: &str = "
[[events]]
table = \"visits\"
id = \"event id\"
missing = [\"none\"]
[[events]]
table = \"opens\"
name = \"open\"
id = \"event id\"
[[events]]
table = \"more\"
";

/// Whole rows again, an id between blanks, rows without an id, and ids of one table in another.
const VISITS: &str = "
1|ann|visit|2026-10-01|https://acme.com/tarifs|40
1|ann|visit|2026-10-01|https://acme.com/tarifs|40
 1 |ann|visit|2026-10-01|https://acme.com/tarifs|40
2|ann|visit|2026-10-01|https://acme.com/tarifs|40
|bob|visit|2026-10-02|https://acme.com/Tarif|50
|bob|visit|2026-10-02|https://acme.com/Tarif|50
none|bob|visit|2026-10-02||
none|bob|visit|2026-10-02||
3|bob|unknown|2026-10-02||
4|cid|visit|2026-12-02|https://acme.com/tarifs|400
";

const OPENS: &str = "
1|ann||2026-10-01||
1|ann||2026-10-01||
2|ann||2026-10-01||
3|bob||2026-10-02||
3|bob||2026-10-02||
";

/// Without ids.
const MORE: &str = "
|ann|open|2026-10-05||
|bob|open|2026-10-05||
|bob|open|2026-10-05||
";

#[test]
fn an_event_counts_once_on_every_engine() {
    let tables = [
        contacts(),
        events("visits", VISITS),
        events("opens", OPENS),
        events("more", MORE),
    ];
    scored_everywhere(RULES, CONFIG, &tables, ["7020", "7021", "0"]);
}

/// Events whose names are blank or not there.
const NAMELESS: &str = "
|ann|open|2026-10-01||
|ann|  |2026-10-01||
|bob|\u{a0}|2026-10-02||
|bob||2026-10-02||
";

#[test]
fn an_event_without_a_name_is_none() {
    let config = "[[events]]\ntable = \"visits\"\n";
    let tables = [contacts(), events("visits", NAMELESS)];
    scored_everywhere("when any event add 1", config, &tables, ["1", "0", "0"]);
}

fn contacts() -> Table {
    Table {
        name: "contacts".to_owned(),
        columns: vec![("id".to_owned(), "text")],
        rows: ["ann", "bob", "cid"].map(|id| vec![Some(id.to_owned())]).into(),
    }
}

/// Checks the scores of the contacts, which stand in the first table, in files and on every engine.
fn scored_everywhere(rules: &str, config: &str, tables: &[Table], scores: [&str; 3]) {
    let model = model(rules);
    let config = Config::parse("leadscore.toml", config).unwrap();
    let as_of = Day::parse("2026-11-01").unwrap();
    let right = scored(&model, &config, tables, as_of);
    let given: Vec<_> = right.rows.iter().map(|row| row[1].clone().unwrap()).collect();
    assert_eq!(given, scores);
    agrees_everywhere(&model, &config, tables, as_of, &right);
}

/// A table of rows of cells between bars.
fn events(name: &str, rows: &str) -> Table {
    let kinds = ["text", "text", "text", "date", "text", "integer"];
    let names = ["event id", "contact", "event", "at", "url", "seconds"];
    let cell = |cell: &str| (!cell.is_empty()).then(|| cell.to_owned());
    Table {
        name: name.to_owned(),
        columns: names.map(str::to_owned).into_iter().zip(kinds).collect(),
        rows: rows
            .trim_matches('\n')
            .lines()
            .map(|row| row.split('|').map(cell).collect())
            .collect(),
    }
}
