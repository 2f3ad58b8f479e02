//! Numbers of every size, in columns of every kind, are what they are in files, whether or not the kind is declared.

use leadscore::calendar::Day;
use leadscore::connect::Config;

use super::databases::Table;
use super::files::{agrees_everywhere, scored};
use crate::given::model;

/// The columns, each with its kind, what `types` says of it, and its cells.
const COLUMNS: [(&str, &str, Option<&str>, &[&str]); 6] = [
    ("integers", "integer", None, WHOLE),
    ("known_integers", "integer", Some("integer"), WHOLE),
    ("decimals", "decimal", None, DECIMALS),
    ("known_decimals", "decimal", Some("decimal"), DECIMALS),
    ("floats", "float", None, FLOATS),
    ("texts", "text", None, TEXTS),
];

const WHOLE: &[&str] = &[
    "0",
    "-0",
    "7",
    "-7",
    "99999999999999",
    "-99999999999999",
    "100000000000000",
    "9223372036854775807",
    "-9223372036854775808",
];

const DECIMALS: &[&str] = &[
    "0.0001",
    "-0.0001",
    "120.5",
    "-120.5000",
    "10000000000.1234",
    "99999999999999.9999",
    "-99999999999999.9999",
];

const FLOATS: &[&str] = &[
    "0.1",
    "-0.0",
    "0.00005",
    "-0.00005",
    "0.00004999",
    "1e-7",
    "0.12345",
    "2.00005",
    "123456.78905",
    "10000000000.5",
    "99999999999999.0",
    "1e14",
    "1e15",
    "-1e15",
    "1e30",
    "NaN",
    "inf",
    "-inf",
];

const TEXTS: &[&str] = &[
    "12",
    " \u{a0}12.5\t",
    "+3",
    ".5",
    "5.",
    "-.25",
    "0.00005",
    "-0.00005",
    "0.00004999999",
    "10000000000.123456",
    "99999999999999.99994",
    "99999999999999.99995",
    "100000000000000",
    "1e3",
    "1E-4",
    "12abc",
    "",
    " ",
    "1 000",
    "1,5",
    "--1",
    "0x10",
    "NaN",
    "Infinity",
    "1_000",
    "٣",
    ".",
    "+",
    ".e1",
    "e5",
    "1e",
    "1e+",
    "1e2.5",
    "1e2e3",
    "1.2.3",
    "1e-9",
    "5e-5",
    "-5E-05",
    "4.9e-5",
    "1e14",
    "1e999",
    "-1e-999",
    "1.5e+2",
    "0e5",
    "000000000000000000012",
    "12f",
    "12d",
    "1-2",
    "one",
];

/// Each number that a column may hold has its own points, so that the score says which of them was read.
fn rules() -> String {
    let numbers = [
        "0.0001",
        "-0.0001",
        "0.1",
        "0.1235",
        "0.25",
        "-0.25",
        "0.5",
        "2.0001",
        "3",
        "5",
        "7",
        "-7",
        "12",
        "12.5",
        "120.5",
        "-120.5",
        "1000",
        "150",
        "123456.7891",
        "10000000000.1234",
        "10000000000.1235",
        "10000000000.5",
        "99999999999999",
        "-99999999999999",
        "99999999999999.9999",
        "-99999999999999.9999",
    ];
    let mut rules = String::new();
    for (column, ..) in COLUMNS {
        rules += &format!("when {column} is known add 0.5\nwhen {column} = 0 add 0.25\n");
        rules += &format!("when {column} / 3 > 5 add 0.125\nwhen 7 / {column} < {column} * 0.5 + 2 add 0.0625\n");
        for (place, number) in numbers.iter().enumerate() {
            rules += &format!("when {column} = {number} add {}\n", place + 1);
        }
    }
    rules
}

#[test]
fn numbers_are_read_as_in_files_on_every_engine() {
    let model = model(&rules());
    let types = COLUMNS
        .iter()
        .filter_map(|(name, _, declared, _)| declared.map(|declared| format!("{name} = {declared:?}")));
    let types: Vec<String> = types.collect();
    let config = Config::parse(
        "leadscore.toml",
        &format!("[contacts]\ntable = \"leads\"\ntypes = {{ {} }}\n", types.join(", ")),
    )
    .unwrap();
    let tables = [contacts()];
    let as_of = Day::parse("2026-11-01").unwrap();
    let right = scored(&model, &config, &tables, as_of);
    let read = right.rows.iter().filter(|row| row[1].as_deref() != Some("0")).count();
    assert_eq!(read, 58, "a number that is out of range, or none, is missing");
    agrees_everywhere(&model, &config, &tables, as_of, &right);
}

/// A contact for each cell, which has nothing else; its id says what it is.
fn contacts() -> Table {
    let mut columns = vec![("id".to_owned(), "text")];
    columns.extend(COLUMNS.iter().map(|(name, kind, ..)| ((*name).to_owned(), *kind)));
    let mut rows = Vec::new();
    for (place, (name, _, _, cells)) in COLUMNS.iter().enumerate() {
        for cell in *cells {
            let mut row = vec![None; columns.len()];
            row[0] = Some(format!("{name} {cell:?}"));
            row[place + 1] = Some((*cell).to_owned());
            rows.push(row);
        }
    }
    Table {
        // The query makes rows of that name too, where the table has another.
        name: "leads".to_owned(),
        columns,
        rows,
    }
}
