//! `leadscore.toml`: where contacts and events are, and how their files say what the rules call otherwise.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use miette::NamedSource;
use serde::Deserialize;

use super::dates::DateFormat;
use super::format::InputFormat;
use super::project::set_all;
use super::tables::{ColumnType, TableName};
use super::{Error, files};
use crate::suggest;

/// The name of the file.
pub const CONFIG_NAME: &str = "leadscore.toml";

/// What a `leadscore.toml` says; without one, nothing, which means the usual names.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The file that says so, where there is one.
    #[serde(skip)]
    pub file: Option<PathBuf>,
    /// The rules file.
    pub rules: Option<PathBuf>,
    /// The contacts.
    pub contacts: ContactsFile,
    /// The files of events, in the order in which they are read.
    pub events: Vec<EventsFile>,
}

/// The file of contacts and its mapping.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ContactsFile {
    /// Where it is.
    pub path: Option<PathBuf>,
    /// Its format, where its ending does not say so.
    pub format: Option<InputFormat>,
    /// The table that holds them in a database.
    pub table: Option<TableName>,
    /// What is known of the columns of that table.
    pub types: BTreeMap<String, ColumnType>,
    /// The column of ids.
    pub id: String,
    /// The column of each field that has another name there.
    pub fields: BTreeMap<String, String>,
    /// Texts that mean missing.
    pub missing: Vec<String>,
    /// How the dates of fields are written.
    pub dates: BTreeMap<String, DateFormat>,
    /// What separates the cells of a CSV file; what its format says where none is given.
    pub delimiter: Option<Delimiter>,
    /// The encoding.
    pub encoding: Encoding,
    /// The decimal mark.
    pub decimal: DecimalMark,
}

impl Default for ContactsFile {
    fn default() -> Self {
        Self {
            path: None,
            format: None,
            table: None,
            types: BTreeMap::new(),
            id: "id".to_owned(),
            fields: BTreeMap::new(),
            missing: Vec::new(),
            dates: BTreeMap::new(),
            delimiter: None,
            encoding: Encoding::default(),
            decimal: DecimalMark::default(),
        }
    }
}

/// A file of events and its mapping.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EventsFile {
    /// Where it is.
    pub path: Option<PathBuf>,
    /// Its format, where its ending does not say so.
    pub format: Option<InputFormat>,
    /// The table that holds them in a database.
    pub table: Option<TableName>,
    /// What is known of the columns of that table.
    pub types: BTreeMap<String, ColumnType>,
    /// The properties for which that table has columns; `None` for all that are asked of its events.
    pub properties: Option<Vec<String>>,
    /// The column of the contact's id.
    pub contact: String,
    /// The column of the event's name; where `name` is given, there is none.
    pub event: Option<String>,
    /// The event that every row is.
    pub name: Option<EventName>,
    /// The column of the time.
    pub at: String,
    /// The column of the event's own id: a row whose id came before in this file is dropped.
    pub id: Option<String>,
    /// Texts that mean missing.
    pub missing: Vec<String>,
    /// How the dates of properties, and the column of the time, are written.
    pub dates: BTreeMap<String, DateFormat>,
    /// What separates the cells of a CSV file; what its format says where none is given.
    pub delimiter: Option<Delimiter>,
    /// The encoding.
    pub encoding: Encoding,
    /// The decimal mark.
    pub decimal: DecimalMark,
}

impl Default for EventsFile {
    fn default() -> Self {
        Self {
            path: None,
            format: None,
            table: None,
            types: BTreeMap::new(),
            properties: None,
            contact: "contact".to_owned(),
            event: None,
            name: None,
            at: "at".to_owned(),
            id: None,
            missing: Vec::new(),
            dates: BTreeMap::new(),
            delimiter: None,
            encoding: Encoding::default(),
            decimal: DecimalMark::default(),
        }
    }
}

/// What separates the cells of a CSV file: one ASCII character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Delimiter(pub(super) u8);

impl Delimiter {
    /// What separates the cells of a `.csv` file.
    pub(super) const COMMA: Delimiter = Delimiter(b',');
    /// What separates the cells of a `.tsv` file.
    pub(super) const TAB: Delimiter = Delimiter(b'\t');
}

impl TryFrom<String> for Delimiter {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match text.as_bytes() {
            b"\\t" | b"tab" => Ok(Self::TAB),
            [byte] if !matches!(byte, b'"' | b'\n' | b'\r') => Ok(Self(*byte)),
            _ => Err(format!(
                "a delimiter is one character such as \",\", \";\" or \"\\t\", not {text:?}"
            )),
        }
    }
}

/// The encoding of a file: any label of the WHATWG encoding standard; UTF-8 where none is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Encoding(pub(super) &'static encoding_rs::Encoding);

impl Default for Encoding {
    fn default() -> Self {
        Self(encoding_rs::UTF_8)
    }
}

impl TryFrom<String> for Encoding {
    type Error = String;

    fn try_from(label: String) -> Result<Self, String> {
        encoding_rs::Encoding::for_label(label.as_bytes())
            .map(Self)
            .ok_or_else(|| format!("unknown encoding {label:?}; \"utf-8\", \"windows-1252\" and \"utf-16le\" are some"))
    }
}

/// The decimal mark of numbers written as text: a point where none is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum DecimalMark {
    /// `2.5`
    #[default]
    Point,
    /// `2,5`
    Comma,
}

impl TryFrom<String> for DecimalMark {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match text.as_str() {
            "." => Ok(Self::Point),
            "," => Ok(Self::Comma),
            _ => Err(format!("a decimal mark is \".\" or \",\", not {text:?}")),
        }
    }
}

/// The name of an event, not empty.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct EventName(pub(super) String);

impl TryFrom<String> for EventName {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match text.trim() {
            "" => Err("an event's name is not empty".to_owned()),
            name => Ok(Self(name.to_owned())),
        }
    }
}

impl Config {
    /// Reads a `leadscore.toml`. Its paths are relative to its folder.
    pub fn read(path: &Path) -> Result<Config, Error> {
        Self::read_with(path, &[])
    }

    /// Reads a `leadscore.toml` as though the keys of `--set KEY=VALUE` stood in it.
    pub(super) fn read_with(path: &Path, set: &[String]) -> Result<Config, Error> {
        let source = files::read_source(path)?;
        let text = source.text().strip_prefix('\u{FEFF}').unwrap_or(source.text());
        let mut config = Config::parse(source.name(), text)?;
        if !set.is_empty() {
            let table = toml::from_str(text).map_err(|error| Refusal::new(&error).at(source.name(), text))?;
            config = Self::changed(table, set)?;
        }
        config.file = Some(path.to_owned());
        config.resolve(path.parent().unwrap_or(Path::new("")));
        Ok(config)
    }

    /// The usual names, but for the keys of `--set KEY=VALUE`.
    pub(super) fn with(set: &[String]) -> Result<Config, Error> {
        Self::changed(toml::Table::new(), set)
    }

    fn changed(mut table: toml::Table, set: &[String]) -> Result<Config, Error> {
        set_all(&mut table, set)?;
        let text = table.to_string();
        Config::parse("leadscore.toml with --set", &text)
    }

    /// Reads the text of a `leadscore.toml`, whose name is for messages; its paths stay as they are written.
    pub fn parse(name: &str, text: &str) -> Result<Config, Error> {
        let config: Config = toml::from_str(text).map_err(|error| Refusal::new(&error).at(name, text))?;
        for events in &config.events {
            if let (Some(column), Some(fixed)) = (&events.event, &events.name) {
                let span = text.find(column.as_str()).map_or(0..0, |at| at..at + column.len());
                return Err(Error::Config {
                    config: named(name, text),
                    span: span.into(),
                    message: format!(
                        "`event` names a column and `name` the event of every row: keep one of `{column}` and `{}`",
                        fixed.0
                    ),
                    help: None,
                });
            }
        }
        Ok(config)
    }

    fn resolve(&mut self, folder: &Path) {
        let paths = [&mut self.rules, &mut self.contacts.path]
            .into_iter()
            .chain(self.events.iter_mut().map(|events| &mut events.path));
        for path in paths.flatten() {
            if !files::is_standard(path) {
                *path = folder.join(&path);
            }
        }
    }
}

/// Why TOML was not understood, in the words of this house.
pub(super) enum Refusal {
    /// A key that means nothing, and the keys that would.
    Unknown {
        key: String,
        known: Vec<String>,
        span: std::ops::Range<usize>,
    },
    /// Anything else.
    Other {
        message: String,
        span: std::ops::Range<usize>,
    },
}

impl Refusal {
    /// serde says "unknown field `x`, expected one of `a`, `b`": every second part between backticks is a name.
    pub(super) fn new(error: &toml::de::Error) -> Refusal {
        let span = error.span().unwrap_or_default();
        let message = error.message();
        if !message.starts_with("unknown field") {
            let message = plain_words(message);
            return Refusal::Other { message, span };
        }
        let mut names = message.split('`').skip(1).step_by(2).map(str::to_owned);
        Refusal::Unknown {
            key: names.next().unwrap_or_default(),
            known: names.collect(),
            span,
        }
    }

    fn at(self, name: &str, text: &str) -> Error {
        let config = named(name, text);
        let help = self.help(text);
        match self {
            Refusal::Unknown { key, known, span } => Error::UnknownKey {
                config,
                span: span.into(),
                help: unknown_help(&key, &known),
                key,
            },
            Refusal::Other { message, span } => Error::Config {
                config,
                span: span.into(),
                message,
                help,
            },
        }
    }

    /// What to write where a usual slip was made.
    fn help(&self, text: &str) -> Option<String> {
        let Refusal::Other { span, .. } = self else { return None };
        let written = text.get(span.clone())?.trim_start();
        let is_events = written.starts_with("[events]");
        is_events.then(|| "write `[[events]]`: there may be several files of events".to_owned())
    }
}

/// What TOML and serde say, without the words of programmers.
fn plain_words(message: &str) -> String {
    let Some((found, expected)) = message
        .strip_prefix("invalid type: ")
        .and_then(|rest| rest.split_once(", expected "))
    else {
        return message.trim_end().replace('\n', ", ");
    };
    let expected = match expected {
        "a string" | "path string" => "a text",
        "a sequence" => "a list",
        "a map" => "a table",
        other if other.starts_with("struct") => "a table",
        other => other,
    };
    let found = found
        .replace("string", "text")
        .replace("sequence", "list")
        .replace("map", "table");
    format!("expected {expected}, found {found}")
}

/// The key that was meant, or all that there are.
pub(super) fn unknown_help(key: &str, known: &[String]) -> String {
    match suggest::nearest(key, known.iter().map(String::as_str)) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => format!("the keys here are `{}`", known.join("`, `")),
    }
}

fn named(name: &str, text: &str) -> Arc<NamedSource<String>> {
    Arc::new(NamedSource::new(name, text.to_owned()))
}
