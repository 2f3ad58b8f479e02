//! Which configuration holds: the `leadscore.toml` that is found, and what the command line puts in its place.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::config::{CONFIG_NAME, Config, EventsFile, Refusal, unknown_help};
use super::format::{InputFormat, known_inputs};
use super::{Error, files};

/// What the command line says of data.
#[derive(Clone, Debug, Default)]
pub struct DataArguments {
    /// `--contacts FILE`
    pub contacts: Option<PathBuf>,
    /// `--events FILE`
    pub events: Option<PathBuf>,
    /// `--set KEY=VALUE`, as often as it was given.
    pub set: Vec<String>,
    /// `--input-format NAME`
    pub input_format: Option<String>,
}

/// Finds the `leadscore.toml` of a rules file, or of the current folder where none is named: in its folder, or above.
pub fn find_config(rules: Option<&Path>) -> Option<PathBuf> {
    let start = match rules.filter(|rules| !files::is_standard(rules)) {
        Some(rules) => rules.parent()?.to_owned(),
        None => PathBuf::new(),
    };
    let absolute = std::path::absolute(if start.as_os_str().is_empty() {
        Path::new(".")
    } else {
        &start
    })
    .ok()?;
    let levels = absolute
        .ancestors()
        .position(|folder| folder.join(CONFIG_NAME).is_file())?;
    // The nearest one is named as people would name it: beside the rules, without the folders above the current one.
    match levels {
        0 => Some(start.join(CONFIG_NAME)),
        _ => Some(absolute.ancestors().nth(levels)?.join(CONFIG_NAME)),
    }
}

impl Config {
    /// The configuration for a rules file, or for the current folder where none is named; the usual names where there
    /// is no `leadscore.toml`. The command line's arguments take the place of what it says.
    pub fn load(rules: Option<&Path>, arguments: &DataArguments) -> Result<Config, Error> {
        let mut config = match find_config(rules) {
            Some(path) => Config::read_with(&path, &arguments.set)?,
            None => Config::with(&arguments.set)?,
        };
        config.apply(arguments)?;
        Ok(config)
    }

    /// The rules file that is named, or else the configuration's.
    pub fn rules_file(&self, named: Option<&Path>) -> Result<PathBuf, Error> {
        named
            .map(Path::to_owned)
            .or_else(|| self.rules.clone())
            .ok_or(Error::NoRules)
    }

    fn apply(&mut self, arguments: &DataArguments) -> Result<(), Error> {
        let format = arguments.input_format.as_deref().map(input_format).transpose()?;
        if let Some(path) = &arguments.contacts {
            self.contacts.path = Some(path.clone());
            self.contacts.format = None;
        }
        if let Some(path) = &arguments.events {
            let file = self.only_events()?;
            file.path = Some(path.clone());
            file.format = None;
        }
        self.assume(format, arguments);
        Ok(())
    }

    /// Takes `--input-format` for the files whose ending does not tell; where there are none, for those that are named
    /// on the command line, whose ending then tells wrong.
    fn assume(&mut self, format: Option<InputFormat>, arguments: &DataArguments) {
        let is_named = arguments.events.is_some();
        let events = self.events.iter_mut();
        let events = events.map(|file| (file.path.as_deref(), &mut file.format, is_named));
        let contacts = &mut self.contacts;
        let contacts = (
            contacts.path.as_deref(),
            &mut contacts.format,
            arguments.contacts.is_some(),
        );
        let unsaid = std::iter::once(contacts)
            .chain(events)
            .filter(|(_, known, _)| known.is_none());
        let (told, untold): (Vec<_>, Vec<_>) =
            unsaid.partition(|(path, ..)| path.is_some_and(|path| InputFormat::of(path).is_some()));
        let meant = match untold.is_empty() {
            true => told.into_iter().filter(|(.., is_named)| *is_named).collect(),
            false => untold,
        };
        for (_, known, _) in meant {
            *known = format;
        }
    }

    /// The one file of events, made where there is none.
    fn only_events(&mut self) -> Result<&mut EventsFile, Error> {
        if self.events.is_empty() {
            self.events.push(EventsFile::default());
        }
        match self.events.as_mut_slice() {
            [only] => Ok(only),
            several => Err(Error::ManyEvents {
                count: several.len(),
                key: "path",
                value: "FILE",
            }),
        }
    }
}

fn input_format(name: &str) -> Result<InputFormat, Error> {
    InputFormat::named(name).ok_or_else(|| Error::UnknownFormat {
        file: format!("--input-format {name}"),
        help: format!("the formats that are read are {}", known_inputs()),
    })
}

/// Puts the values of `--set` into a table.
pub(super) fn set_all(table: &mut toml::Table, set: &[String]) -> Result<(), Error> {
    for argument in set {
        let (key, text) = argument
            .split_once('=')
            .ok_or_else(|| refused(argument, "no `=`", USAGE))?;
        let path: Vec<&str> = key.split('.').map(str::trim).collect();
        if path.iter().any(|part| part.is_empty()) {
            return Err(refused(argument, "no key", USAGE));
        }
        if path.len() > MOST_KEYS {
            return Err(refused(argument, "more keys than any value has", USAGE));
        }
        let changed = candidates(text).into_iter().map(|value| {
            let mut changed = table.clone();
            put(&mut changed, &path, value).map(|()| changed)
        });
        *table = first_that_fits(argument, changed)?;
    }
    Ok(())
}

/// No value of a configuration stands so deep. Each key is a level of the table, and of the stack.
const MOST_KEYS: usize = 8;

const USAGE: &str = "write `--set KEY=VALUE`, such as `--set contacts.delimiter=;` or `--set events.0.path=opens.csv`";

/// What a value may be: what it says in TOML, else a text, else a list of one text.
fn candidates(text: &str) -> Vec<toml::Value> {
    let in_toml = toml::from_str::<toml::Table>(&format!("value = {text}"));
    let value = in_toml.ok().and_then(|mut table| table.remove("value"));
    let as_text = toml::Value::String(text.to_owned());
    let as_list = toml::Value::Array(vec![as_text.clone()]);
    value.into_iter().chain([as_text, as_list]).collect()
}

/// The first table that is a configuration, or why the one with the plain value isn't.
fn first_that_fits(
    argument: &str,
    tables: impl Iterator<Item = Result<toml::Table, String>>,
) -> Result<toml::Table, Error> {
    let mut refusal = None;
    for table in tables {
        let table = table.map_err(|message| refused(argument, &message, USAGE))?;
        match Config::deserialize(table.clone()) {
            Ok(_) => return Ok(table),
            Err(error) => refusal = refusal.or(Some(Refusal::new(&error))),
        }
    }
    Err(match refusal {
        Some(Refusal::Unknown { key, known, .. }) => {
            refused(argument, &format!("unknown key `{key}`"), &unknown_help(&key, &known))
        }
        Some(Refusal::Other { message, .. }) => refused(argument, &message, USAGE),
        None => refused(argument, "no value", USAGE),
    })
}

fn refused(argument: &str, message: &str, help: &str) -> Error {
    Error::Set {
        argument: argument.to_owned(),
        message: message.to_owned(),
        help: help.to_owned(),
    }
}

/// Puts a value at a path of keys and, in lists, of places counted from 0.
fn put(table: &mut toml::Table, path: &[&str], value: toml::Value) -> Result<(), String> {
    match path {
        [] => Ok(()),
        [key] => {
            table.insert((*key).to_owned(), value);
            Ok(())
        }
        [key, rest @ ..] => {
            let is_place = rest
                .first()
                .is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
            let empty = match is_place {
                true => toml::Value::Array(Vec::new()),
                false => toml::Value::Table(toml::Table::new()),
            };
            match table.entry(*key).or_insert(empty) {
                toml::Value::Table(inner) => put(inner, rest, value),
                toml::Value::Array(items) => put_in_list(items, rest, value),
                _ => Err(format!("`{key}` holds no keys")),
            }
        }
    }
}

fn put_in_list(items: &mut Vec<toml::Value>, path: &[&str], value: toml::Value) -> Result<(), String> {
    let [place, rest @ ..] = path else {
        return Ok(());
    };
    let count = items.len();
    let at: usize = place
        .parse()
        .map_err(|_| format!("`{place}` is no place in a list: write 0 for the first"))?;
    if at == count {
        items.push(toml::Value::Table(toml::Table::new()));
    }
    match (items.get_mut(at), rest) {
        (None, _) => Err(format!("there is no number {at}: {count} are there, counted from 0")),
        (Some(item), []) => {
            *item = value;
            Ok(())
        }
        (Some(toml::Value::Table(inner)), rest) => put(inner, rest, value),
        (Some(_), _) => Err(format!("number {at} holds no keys")),
    }
}
