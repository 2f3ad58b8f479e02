//! Data as it is read: what becomes of contacts and events, and what could not be used.
//!
//! A case is a rules file, then files under lines `--- NAME`. `--- arguments` holds what the command line says, an
//! argument a line.

use std::fmt::Write as _;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use leadscore::calendar::Day;
use leadscore::check::compile;
use leadscore::connect::{
    Config, DataArguments, Error, Intake, Output, OutputFormat, RejectKind, Results, read, write,
};
use leadscore::model::Model;
use leadscore::plan::Plan;
use leadscore::score::Run;
use leadscore::source::Source;
use leadscore::table::{Cell, Contacts, Events};
use miette::Diagnostic as _;
use parquet::file::reader::{FileReader as _, SerializedFileReader};

use crate::draw;

#[test]
fn cases() {
    insta::glob!("../../cases/data", "*.ls", |path| {
        let case = fs::read_to_string(path).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (rules, files) = sections(&case);
        for (name, contents) in &files {
            fs::write(folder.path().join(name), contents).unwrap();
        }
        let drawn = outcome(folder.path(), rules, &files);
        let inside = format!("{}/", folder.path().display());
        let drawn = format!("{}\n---\n{}", case.trim_end(), drawn.replace(&inside, ""));
        insta::assert_snapshot!(drawn);
    });
}

/// Each page of a data error that shows files: what fails gives its code, what to write instead gives none.
#[test]
fn pages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics");
    let mut tried = Vec::new();
    for code in (6001..6100).map(|number| format!("LS{number}")) {
        let Ok(page) = fs::read_to_string(folder.join(format!("{code}.md"))) else {
            break;
        };
        let (fails, instead) = page.split_once("## Write instead").unwrap();
        let files = |part| [block(part, "toml"), block(part, "csv")];
        let failing = files(fails);
        if failing == [None, None] {
            continue;
        }
        assert_eq!(code_of(failing), Some(code.clone()), "{fails}");
        let [config, contacts] = files(instead);
        assert_eq!(code_of([config, contacts.or(failing[1])]), None, "{instead}");
        tried.push(code);
    }
    assert!(tried.len() > 10, "{tried:?}");
}

/// The first code block of a kind.
fn block<'a>(page: &'a str, kind: &str) -> Option<&'a str> {
    let (_, rest) = page.split_once(&format!("```{kind}\n"))?;
    Some(rest.split_once("```")?.0)
}

/// The code of what is wrong with a configuration or a file of contacts, `--strict`, among files that are well.
fn code_of([config, contacts]: [Option<&str>; 2]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, contents: &[u8]| fs::write(folder.path().join(name), contents).unwrap();
    fs::create_dir(folder.path().join("exports")).unwrap();
    const CONTACTS: &str = "id,title,Job Title,employees\nann,Director,Director,12\n";
    write("exports/contacts.csv", CONTACTS.as_bytes());
    write(
        "events.csv",
        b"contact,event,at,activity_date\nann,visit,2026-01-01,2026-01-01\n",
    );
    write("export_excel.csv", b"id,title,employees\n1,Soci\xE9t\xE9,1\n");
    write("contacts.csv", contacts.unwrap_or(CONTACTS).as_bytes());
    let usual = "rules = \"rules.ls\"\n[contacts]\npath = \"contacts.csv\"\n";
    write("leadscore.toml", config.unwrap_or(usual).as_bytes());
    let model = model("when title is known and employees > 1 add 1");
    // A page shows as many columns as it needs.
    let mut intake = Intake::default();
    let mut read = || {
        let config = Config::load(Some(&folder.path().join("rules.ls")), &DataArguments::default())?;
        config.rules_file(None)?;
        let are_tables = config.contacts.path.is_none() && config.events.iter().all(|events| events.path.is_none());
        if are_tables {
            return config.tables(None, None).map(drop);
        }
        read(&model, &config, &mut intake, |_| ())?;
        intake.strict()
    };
    let error = read().err()?;
    Some(error.code()?.to_string())
}

/// The rules, and each file with its name.
fn sections(case: &str) -> (&str, Vec<(&str, String)>) {
    let mut parts = case.split("\n--- ");
    let rules = parts.next().unwrap();
    let files = parts.map(|part| {
        let (name, contents) = part.split_once('\n').unwrap();
        (name, format!("{}\n", contents.trim_end_matches('\n')))
    });
    (rules, files.collect())
}

fn outcome(folder: &Path, rules: &str, files: &[(&str, String)]) -> String {
    let model = model(rules);
    let text_of = |wanted: &str| {
        files
            .iter()
            .find(|(name, _)| *name == wanted)
            .map(|(_, text)| text.as_str())
    };
    let command = Command::parse(folder, text_of("arguments").unwrap_or_default());
    let mut intake = Intake::of(Plan::new(&model).reads);
    let rejects = folder.join("rejects.csv");
    intake.list_rejects(Output::create(&rejects).unwrap());
    let mut drawn = String::new();
    let contacts = Config::load(Some(&folder.join("rules.ls")), &command.data).and_then(|config| {
        command.rules(&config)?;
        let draw = |events: &Events| drawn += &draw_events(&model, events);
        let contacts = read(&model, &config, &mut intake, draw)?;
        command.end(&intake)?;
        Ok(contacts)
    });
    intake.finish_list().unwrap();
    match contacts {
        Ok(contacts) => drawn.insert_str(0, &draw_contacts(&model, &contacts)),
        Err(error) => drawn += &draw_error(&error, text_of("leadscore.toml").unwrap_or_default()),
    }
    for line in intake.lines() {
        writeln!(drawn, "! {line}").unwrap();
    }
    for note in intake.notes() {
        writeln!(drawn, "~ {note}").unwrap();
    }
    let rejected = fs::read_to_string(rejects).unwrap();
    if rejected.lines().count() > 1 {
        drawn += &format!("rejects.csv\n{rejected}");
    }
    drawn
}

fn model(rules: &str) -> Model {
    let source = Source::new("rules.ls", rules);
    compile(&source, &|_| Err("no lists here".to_owned()))
        .into_model()
        .unwrap()
}

/// What the command line says.
#[derive(Default)]
struct Command {
    data: DataArguments,
    strict: bool,
    without_rules: bool,
    output: Option<PathBuf>,
}

impl Command {
    fn parse(folder: &Path, lines: &str) -> Command {
        let mut command = Command::default();
        let inside = |value: &str| Some(if value == "-" { value.into() } else { folder.join(value) });
        for line in lines.lines() {
            match line.split_once(' ').unwrap_or((line, "")) {
                ("--contacts", value) => command.data.contacts = inside(value),
                ("--events", value) => command.data.events = inside(value),
                ("--set", value) => command.data.set.push(value.to_owned()),
                ("--input-format", value) => command.data.input_format = Some(value.to_owned()),
                ("--strict", "") => command.strict = true,
                ("--without-rules", "") => command.without_rules = true,
                ("-o", value) => command.output = inside(value),
                other => panic!("{other:?}"),
            }
        }
        command
    }

    fn rules(&self, config: &Config) -> Result<(), Error> {
        match self.without_rules {
            true => config.rules_file(None).map(drop),
            false => Ok(()),
        }
    }

    fn end(&self, intake: &Intake) -> Result<(), Error> {
        if self.strict {
            intake.strict()?;
        }
        self.output.as_ref().map_or(Ok(()), |path| write(path, b"id\n"))
    }
}

fn draw_contacts(model: &Model, contacts: &Contacts) -> String {
    let mut drawn = String::new();
    for row in 0..contacts.len() {
        write!(drawn, "contact {}", contacts.id(row)).unwrap();
        for (field, column) in model.fields.iter().zip(contacts.columns()) {
            if let Some(value) = column.display(row) {
                write!(drawn, " {}={value:?}", field.name).unwrap();
            }
        }
        drawn.push('\n');
    }
    drawn
}

fn draw_events(model: &Model, events: &Events) -> String {
    let mut drawn = String::new();
    for row in 0..events.len() {
        let day = Day::from_number(events.days()[row]).unwrap();
        let name = events.vocabulary().text(events.names()[row]);
        write!(drawn, "event of {} {day} {name}", events.contacts()[row]).unwrap();
        for (property, column) in model.properties.iter().zip(events.columns()) {
            if let Some(value) = column.display(row) {
                write!(drawn, " {}={value:?}", property.name).unwrap();
            }
        }
        drawn.push('\n');
    }
    drawn
}

fn draw_error(error: &Error, config: &str) -> String {
    draw::diagnostic(&Source::new("leadscore.toml", config), error, None)
}

/// Contacts of a file of bytes, under a configuration beside it.
fn contacts_of(bytes: &[u8], config: &str) -> Result<Vec<String>, Error> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("contacts.csv"), bytes).unwrap();
    let config = format!("[contacts]\npath = \"contacts.csv\"\n{config}");
    fs::write(folder.path().join("leadscore.toml"), config).unwrap();
    let model = model("when title is known add 1");
    let config = Config::load(Some(&folder.path().join("rules.ls")), &DataArguments::default())?;
    let contacts = read(&model, &config, &mut Intake::default(), |_| ())?;
    let title = |row: usize| contacts.columns()[0].display(row).unwrap_or_default();
    Ok((0..contacts.len())
        .map(|row| format!("{}: {}", contacts.id(row), title(row)))
        .collect())
}

#[test]
fn bytes_are_read_in_their_encoding_whatever_their_line_ends() {
    let utf_16: Vec<u8> = "\u{FEFF}id,title\r\n1,Société\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for (bytes, config) in [
        ("id,title\n1,Société\n".as_bytes(), ""),
        ("\u{FEFF}\"id\",title\r\n1,Société".as_bytes(), ""),
        ("id,title\r1,Société\r".as_bytes(), ""),
        ("\n\nid,title\r\n\r\n1,\"Société\"\r\n\r\n\r\n".as_bytes(), ""),
        (
            b"id;title\n1;Soci\xE9t\xE9\n".as_slice(),
            "encoding = \"windows-1252\"\ndelimiter = \";\"",
        ),
        (&utf_16, "encoding = \"utf-16le\""),
    ] {
        assert_eq!(contacts_of(bytes, config).unwrap(), ["1: Société"], "{bytes:?}");
    }
}

#[test]
fn bytes_that_do_not_fit_their_encoding_are_an_error_with_a_line() {
    for (bytes, config) in [
        (b"id,title\n1,Soci\xE9t\xE9\n".as_slice(), ""),
        (b"id,title\n1,\xFF\xFF\n".as_slice(), "encoding = \"shift_jis\""),
    ] {
        let error = contacts_of(bytes, config).unwrap_err();
        assert!(matches!(error, Error::NotText { line: 2, .. }), "{error}");
    }
    for (bytes, advice) in [
        (b"\xFF\xFEi\0d\0".as_slice(), "utf-16le"),
        (b"i\0d\0,\0t\0", "utf-16le"),
        (b"\0i\0d\0,\0t", "utf-16be"),
        (b"\x1F\x8B\x08\0\0", "gunzip -c"),
        (b"\x28\xB5\x2F\xFD\0", "zstd -dc"),
        (b"PAR1\x15\x04", "--input-format parquet"),
        (b"PK\x03\x04", "save the sheet as CSV"),
    ] {
        let error = contacts_of(bytes, "").unwrap_err();
        assert!(matches!(error, Error::NotText { line: 1, .. }), "{error}");
        let help = error.help().unwrap().to_string();
        assert!(help.contains(advice), "{help}");
    }
}

#[test]
fn lines_are_counted_as_people_count_them_whatever_their_ends() {
    let folder = tempfile::tempdir().unwrap();
    let model = model("when employees > 1 add 1");
    for end in ["\n", "\r\n", "\r"] {
        let rows = ["id,employees", "1,2", "", "2,x", "3,\"many", "more\"", "4,y", "5,3"];
        let jsonl = [
            "{\"id\": 1, \"employees\": \"x\"}",
            "",
            "{\"id\": 2,",
            "\"employees\": 2}",
        ];
        for (name, text, expected) in [
            ("contacts.csv", rows.join(end), vec![4, 5, 7]),
            (
                "contacts.json",
                format!("{end}[{end}{end}{}{end},{}{end}]", jsonl[0], jsonl[0].replace('1', "9")),
                vec![4, 5],
            ),
        ] {
            fs::write(folder.path().join(name), &text).unwrap();
            let arguments = DataArguments {
                contacts: Some(folder.path().join(name)),
                ..DataArguments::default()
            };
            let config = Config::load(Some(&folder.path().join("rules.ls")), &arguments).unwrap();
            let mut intake = Intake::default();
            let rejects = folder.path().join("rejects.csv");
            intake.list_rejects(Output::create(&rejects).unwrap());
            read(&model, &config, &mut intake, |_| ()).unwrap();
            intake.finish_list().unwrap();
            let rejects = fs::read_to_string(&rejects).unwrap();
            let mut reader = csv::Reader::from_reader(rejects.as_bytes());
            let lines: Vec<u64> = reader
                .records()
                .map(|record| record.unwrap()[1].parse().unwrap())
                .collect();
            assert_eq!(lines, expected, "{text:?}");
        }
    }
}

#[test]
fn a_compressed_file_is_told_how_to_be_unpacked() {
    for (name, advice) in [
        (
            "contacts.csv.gz",
            "`gunzip -c contacts.csv.gz | leadscore score --contacts - --input-format csv`",
        ),
        (
            "a/contacts.jsonl.zst",
            "`zstd -dc a/contacts.jsonl.zst | leadscore score --contacts - --input-format jsonl`",
        ),
    ] {
        let arguments = DataArguments {
            contacts: Some(name.into()),
            ..DataArguments::default()
        };
        let config = Config::load(None, &arguments).unwrap();
        let error = read(
            &model("when title is known add 1"),
            &config,
            &mut Intake::default(),
            |_| (),
        )
        .unwrap_err();
        let help = error.help().unwrap().to_string();
        assert!(help.contains(advice), "{help}");
    }
}

#[test]
fn quotes_are_closed_or_reported_wherever_the_file_ends() {
    for whole in [
        "id,title\n1,\"a\nb\"",
        "id,title\n1,\"a\nb\"\r\n",
        "id,title\nend\n",
        "id,title\nend",
        "id,title\n1,\"end\"",
    ] {
        assert_eq!(contacts_of(whole.as_bytes(), "").unwrap().len(), 1, "{whole:?}");
    }
    for open in [
        "id,title\n1,\"",
        "id,title\n1,\"a\n",
        "id,title\n\"",
        "id,title\n1,\"a\r\n",
        "id,\"title",
    ] {
        let error = contacts_of(open.as_bytes(), "").unwrap_err();
        assert!(matches!(error, Error::Malformed { .. }), "{open:?}: {error}");
    }
}

#[test]
fn nothing_nests_too_deep() {
    let folder = tempfile::tempdir().unwrap();
    let model = model("when title is known add 1");
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for (name, text) in [
        (
            "contacts.jsonl",
            format!("{{\"id\": 1, \"title\": {deep}, \"events\": {deep}, \"other\": {deep}}}\n"),
        ),
        ("contacts.json", format!("[{{\"id\": 1, \"title\": {deep}}}]")),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
        let arguments = DataArguments {
            contacts: Some(folder.path().join(name)),
            ..DataArguments::default()
        };
        let config = Config::load(Some(&folder.path().join("rules.ls")), &arguments).unwrap();
        let mut intake = Intake::default();
        let contacts = read(&model, &config, &mut intake, |_| ()).unwrap();
        assert_eq!(contacts.len(), 1, "{name}");
        assert!(
            intake
                .rejected
                .iter()
                .any(|rejected| rejected.kind == RejectKind::BadValue),
            "{name}"
        );
    }
}

#[test]
fn a_configuration_is_found_beside_the_rules_or_above() {
    let folder = tempfile::tempdir().unwrap();
    let rules = folder.path().join("models/rules.ls");
    fs::create_dir(folder.path().join("models")).unwrap();
    fs::write(
        folder.path().join("leadscore.toml"),
        "rules = \"models/rules.ls\"\ncontacts.path = \"a.csv\"\n",
    )
    .unwrap();
    let config = Config::load(Some(&rules), &DataArguments::default()).unwrap();
    assert_eq!(config.contacts.path, Some(folder.path().join("a.csv")));
    assert_eq!(config.rules_file(None).unwrap(), rules);
    fs::write(
        folder.path().join("models/leadscore.toml"),
        "contacts.path = \"b.csv\"\n",
    )
    .unwrap();
    let config = Config::load(Some(&rules), &DataArguments::default()).unwrap();
    assert_eq!(config.contacts.path, Some(folder.path().join("models/b.csv")));
}

#[test]
fn results_are_written_exactly_in_each_format() {
    let model = model(
        "when title contains \"a\" add 2.5\nwhen title contains \"b\" add -20\nexclude when title = \"x\" because \"says \\\"no\\\", twice\"",
    );
    let plan = Plan::new(&model);
    let day = plan.on(Day::parse("2026-11-01").unwrap());
    let mut contacts = Contacts::new(model.field_types());
    for (id, title) in [("1", "a"), ("é,\"2\"", "b"), ("3", "c"), ("4", "x")] {
        contacts.push(id, &[Cell::Text(title)]).unwrap();
    }
    let scores = Run::new(&day).finish(&contacts);
    let results = Results {
        scores: &scores,
        contacts: &contacts,
    };
    let written = OutputFormat::names().map(|name| {
        let mut bytes = Vec::new();
        let format = OutputFormat::named(name).unwrap();
        format
            .write(results, &[1, 0, 2, 3], NonZeroUsize::MIN, &mut bytes)
            .unwrap();
        let text = String::from_utf8(bytes).unwrap_or_else(|error| rows_of_parquet(error.into_bytes()));
        format!("{name}\n{text}")
    });
    insta::assert_snapshot!(written.collect::<String>());
}

/// A line for each row, as the library of the format shows it.
fn rows_of_parquet(bytes: Vec<u8>) -> String {
    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
    let rows = reader.get_row_iter(None).unwrap();
    let rows = rows.map(|row| format!("{}\n", row.unwrap()));
    rows.collect()
}
