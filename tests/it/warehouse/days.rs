//! Days that are written as texts: SQLite, which has no others, reads them as files are read; engines that have days refuse
//! texts, which they would read otherwise.

use leadscore::calendar::Day;
use leadscore::connect::Config;
use leadscore::sql::{AsOf, DialectName};

use super::databases::{Database, Table};
use super::files::scored;
use super::{query, wrong};
use crate::given::model;

const RULES: &str = "field born: date
when born is known add 1
when born = 2026-10-30 add 10
when born = 2026-10-31 add 20
when born = 2026-11-01 add 30
";

const WRITTEN: [&str; 30] = [
    "2026-10-31",
    " 2026-10-31 ",
    "2026-10-31 02:00",
    "2026-10-31T02:00:00",
    "2026-10-31 23:59:59.999",
    "2026-10-31T02:00:00Z",
    "2026-10-31 02:00:00 UTC",
    "2026-10-31 02:00:00 utc",
    "2026-10-31T02:00:00z",
    "2026-10-31 23:00:00-02:00",
    "2026-10-31 23:00:00-0200",
    "2026-10-31 23:00:00-02",
    "2026-10-31 01:00:00+05:30",
    "2026-10-31T01:00:00.5+05",
    "2026-10-31t02:00:00z",
    "2026-10-31T24:00:00",
    "2026-10-31  12:00:00",
    "2026-10-31 12:00:00UTC",
    "2026-10-31 12:00:00 Z",
    "2026-10-31T12:61:00",
    "0000-01-01",
    "2026-02-30",
    "2026-02-30 10:00:00",
    "2026-13-01",
    "2026-1-5",
    "20261031",
    "31/10/2026",
    "2026-10-31x",
    "yesterday",
    "",
];

fn contacts() -> Table {
    Table {
        name: "contacts".to_owned(),
        columns: vec![("id".to_owned(), "text"), ("born".to_owned(), "text")],
        rows: WRITTEN
            .map(|text| vec![Some(format!("{text:?}")), (!text.is_empty()).then(|| text.to_owned())])
            .into(),
    }
}

#[test]
fn sqlite_reads_texts_as_files_are_read() {
    let (model, config, contacts) = (model(RULES), Config::default(), [contacts()]);
    let as_of = Day::parse("2026-11-05").unwrap();
    let right = scored(&model, &config, &contacts, as_of);
    let tables = config.tables(None, None).unwrap();
    let query = query(&model, DialectName::named("sqlite").unwrap(), AsOf::Day(as_of), tables).unwrap();
    let wrong = wrong(&mut Database::start("sqlite"), &contacts, &query, right);
    assert_eq!(wrong, "", "{query}");
}

#[test]
fn engines_that_have_days_refuse_texts() {
    let model = model(RULES);
    let as_of = AsOf::Day(Day::parse("2026-11-05").unwrap());
    for engine in ["duckdb", "postgres", "clickhouse"] {
        let tables = Config::default().tables(None, None).unwrap();
        let query = query(&model, DialectName::named(engine).unwrap(), as_of, tables).unwrap();
        let told = Database::start(engine).ask(&[contacts()], &query).unwrap_err();
        assert!(
            told.contains("date_trunc") || told.contains("dateTrunc"),
            "{engine}: {told}"
        );
    }
}
