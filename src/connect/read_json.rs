//! JSON Lines, and JSON arrays of objects, an object at a time.

use std::borrow::Cow;
use std::io::{BufRead, Read};

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::Error;
use super::format::About;
use super::row::{MOST_ROW_BYTES, Raw, Row, TakeRows, Wanted, column_name};
use super::stream;

/// Reads the objects of a JSON Lines file, one a line.
pub(super) fn read_lines(
    mut text: Box<dyn BufRead>,
    about: About<'_>,
    wanted: &[Wanted],
    take: &mut dyn TakeRows,
) -> Result<(), Error> {
    let mut objects = Objects::new(about.file, "JSON Lines", wanted);
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let read = text.by_ref().take(MOST_ROW_BYTES).read_until(b'\n', &mut line);
        if read.map_err(|error| stream::failed(about.file, error))? == 0 {
            break;
        }
        if line.len() as u64 == MOST_ROW_BYTES {
            return Err(objects.too_long(number));
        }
        let object = line.trim_ascii_end();
        if !object.is_empty() {
            objects.give(object, number, take)?;
        }
    }
    Ok(())
}

/// Reads the objects of a JSON array.
pub(super) fn read_array(
    text: Box<dyn BufRead>,
    about: About<'_>,
    wanted: &[Wanted],
    take: &mut dyn TakeRows,
) -> Result<(), Error> {
    let mut objects = Objects::new(about.file, "JSON", wanted);
    let mut scan = Scan {
        text,
        file: about.file,
        line: 1,
    };
    match scan.next_visible()? {
        Some(b'[') => {}
        Some(_) => {
            let help = "a JSON file is an array of objects, `[{…}, {…}]`; one object a line is `--input-format jsonl`";
            return Err(objects.malformed(scan.line, "it begins with no `[`", Some(help)));
        }
        None => return Err(objects.malformed(1, "it is empty", Some("an array without objects is `[]`"))),
    }
    let mut element = Vec::new();
    loop {
        let line = scan.skip_blanks()?;
        let mark = scan.element(&mut element)?;
        let is_first_and_only_blank = objects.given == 0 && mark == Some(b']') && element.is_empty();
        if is_first_and_only_blank {
            break;
        }
        if element.len() as u64 >= MOST_ROW_BYTES {
            return Err(objects.too_long(line));
        }
        objects.give(&element, line, take)?;
        match mark {
            Some(b']') => break,
            Some(_) => {}
            None => return Err(objects.malformed(scan.line, "the array is never closed", None)),
        }
    }
    match scan.next_visible()? {
        None => Ok(()),
        Some(_) => Err(objects.malformed(scan.line, "something follows the end of the array", None)),
    }
}

/// The elements of a well-formed JSON array, as they are written.
pub(super) fn elements(array: &str) -> Vec<&RawValue> {
    serde_json::from_str(array).unwrap_or_default()
}

/// Objects become rows.
struct Objects<'a> {
    file: &'a str,
    format: &'static str,
    keys: Keys,
    given: u64,
    spare: JsonRow<'static>,
}

impl<'a> Objects<'a> {
    fn new(file: &'a str, format: &'static str, wanted: &[Wanted]) -> Self {
        Self {
            file,
            format,
            keys: Keys::new(wanted),
            given: 0,
            spare: JsonRow::default(),
        }
    }

    fn give(&mut self, bytes: &[u8], line: u64, take: &mut dyn TakeRows) -> Result<(), Error> {
        let text = std::str::from_utf8(bytes).map_err(|_| stream::not_utf8(self.file, line))?;
        if self.given == 0 {
            let names = keys_of(text);
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            take.columns(&names)?;
        }
        self.given += 1;
        let spare = std::mem::take(&mut self.spare);
        match self.keys.row(text, line, spare) {
            Ok(row) => {
                take.row(&row)?;
                self.spare = row.emptied();
                Ok(())
            }
            Err(NoRow::Repeated(column)) => Err(Error::RepeatedColumn {
                file: self.file.to_owned(),
                row: line,
                column,
            }),
            Err(NoRow::NoObject) => Err(self.refused(text, line)),
        }
    }

    fn refused(&self, text: &str, line: u64) -> Error {
        match serde_json::from_str::<&RawValue>(text) {
            Err(error) => self.invalid(line, &error),
            Ok(_) => {
                let help = "an array of objects, `[{…}, {…}]`, is `--input-format json`";
                let is_array = self.format == "JSON Lines" && text.trim_start().starts_with('[');
                self.malformed(line, "it is no object", is_array.then_some(help))
            }
        }
    }

    /// The error's own line counts from the object's, and stands in its text.
    fn invalid(&self, line: u64, error: &serde_json::Error) -> Error {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        let row = line + (error.line() as u64).saturating_sub(1);
        match error.column() {
            0 => self.malformed(row, message, None),
            column => self.malformed(row, &format!("{message} (column {column})"), None),
        }
    }

    fn too_long(&self, line: u64) -> Error {
        self.malformed(line, "a row has more than 256 MB", None)
    }

    fn malformed(&self, row: u64, message: &str, help: Option<&str>) -> Error {
        Error::Malformed {
            file: self.file.to_owned(),
            row,
            format: self.format,
            message: message.to_owned(),
            help: help.map(str::to_owned),
        }
    }
}

/// A row of the values of an object.
#[derive(Default)]
pub(super) struct JsonRow<'a> {
    line: u64,
    values: Vec<Option<&'a str>>,
}

impl JsonRow<'_> {
    /// A row without values that keeps the memory of this one.
    pub(super) fn emptied<'b>(mut self) -> JsonRow<'b> {
        self.values.clear();
        JsonRow {
            line: 0,
            values: self.values.into_iter().map(|_| None).collect(),
        }
    }
}

impl Row for JsonRow<'_> {
    fn line(&self) -> u64 {
        self.line
    }

    fn value(&self, wanted: usize) -> Raw<'_> {
        self.values.get(wanted).copied().flatten().map_or(Raw::Missing, raw)
    }

    fn is_blank(&self) -> bool {
        false
    }

    fn unevenness(&self) -> Option<(usize, usize)> {
        None
    }
}

/// A well-formed JSON value as it stands.
pub(super) fn raw(json: &str) -> Raw<'_> {
    match json.as_bytes().first() {
        Some(b'"') => text(json),
        Some(b'[') => Raw::Array(json),
        Some(b'{') | None => Raw::Other(json),
        Some(b'n') => Raw::Missing,
        Some(_) => Raw::Literal(json),
    }
}

/// A JSON text. Half a character, such as `"\ud83d"`, is none.
fn text(json: &str) -> Raw<'_> {
    let plain = json.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    match plain {
        Some(plain) if !plain.contains('\\') => Raw::Text(Cow::Borrowed(plain)),
        _ => match serde_json::from_str(json) {
            Ok(text) => Raw::Text(Cow::Owned(text)),
            Err(_) => Raw::Other(json),
        },
    }
}

/// The keys of the first object, for messages.
fn keys_of(object: &str) -> Vec<String> {
    let object: Result<std::collections::BTreeMap<String, IgnoredAny>, _> = serde_json::from_str(object);
    object.map(|object| object.into_keys().collect()).unwrap_or_default()
}

/// The keys that are read.
pub(super) struct Keys {
    names: Vec<String>,
}

/// Why a JSON value is no row.
pub(super) enum NoRow {
    /// It is not JSON, or no object.
    NoObject,
    /// It has a key twice that is read.
    Repeated(String),
}

impl Keys {
    /// The keys of the columns that are wanted.
    pub(super) fn new(wanted: &[Wanted]) -> Self {
        Self {
            names: wanted.iter().map(|column| column_name(&column.name)).collect(),
        }
    }

    /// The row of an object on a line. `spare` gives its memory.
    pub(super) fn row<'a>(&self, object: &'a str, line: u64, spare: JsonRow<'_>) -> Result<JsonRow<'a>, NoRow> {
        let mut values = spare.emptied().values;
        values.resize(self.names.len(), None);
        let visit = ReadObject {
            keys: self,
            values,
            repeated: None,
        };
        let mut reading = serde_json::Deserializer::from_str(object);
        let read = reading
            .deserialize_map(visit)
            .and_then(|read| reading.end().map(|()| read));
        match read {
            Ok((values, None)) => Ok(JsonRow { line, values }),
            Ok((_, Some(repeated))) => Err(NoRow::Repeated(repeated.to_owned())),
            Err(_) => Err(NoRow::NoObject),
        }
    }
}

struct ReadObject<'k, 'a> {
    keys: &'k Keys,
    values: Vec<Option<&'a str>>,
    repeated: Option<&'k str>,
}

impl<'k, 'a> Visitor<'a> for ReadObject<'k, 'a> {
    type Value = (Vec<Option<&'a str>>, Option<&'k str>);

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'a>>(mut self, mut map: M) -> Result<Self::Value, M::Error> {
        while let Some(Key(key)) = map.next_key()? {
            let key = if key.is_ascii() {
                Cow::Borrowed(key.trim())
            } else {
                Cow::Owned(column_name(&key))
            };
            // Two fields may be mapped to one key, so all places are looked at.
            if !self.keys.names.iter().any(|name| *name == key) {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let value = map.next_value::<&RawValue>()?.get();
            for (name, place) in self.keys.names.iter().zip(&mut self.values) {
                if *name == key && place.replace(value).is_some() {
                    self.repeated = Some(name);
                }
            }
        }
        Ok((self.values, self.repeated))
    }
}

/// A key, borrowed where it has no escapes.
#[derive(serde::Deserialize)]
#[serde(transparent)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

/// Finds where the elements of an array end, whatever is in them.
struct Scan<'a> {
    text: Box<dyn BufRead>,
    file: &'a str,
    line: u64,
}

impl Scan<'_> {
    /// Takes the next byte that is no white space.
    fn next_visible(&mut self) -> Result<Option<u8>, Error> {
        self.skip_blanks()?;
        let next = self.buffered()?.first().copied();
        self.text.consume(usize::from(next.is_some()));
        Ok(next)
    }

    /// Skips white space. Returns the line of what follows.
    fn skip_blanks(&mut self) -> Result<u64, Error> {
        loop {
            let bytes = self.buffered()?;
            let blank = bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            let lines = count_lines(bytes.get(..blank).unwrap_or_default());
            let goes_on = blank > 0 && blank == bytes.len();
            self.line += lines;
            self.text.consume(blank);
            if !goes_on {
                return Ok(self.line);
            }
        }
    }

    /// Takes an element and the comma or bracket after it, which is returned; `None` at the end of the file.
    fn element(&mut self, element: &mut Vec<u8>) -> Result<Option<u8>, Error> {
        element.clear();
        let mut nesting = Nesting::default();
        while (element.len() as u64) < MOST_ROW_BYTES {
            let bytes = self.buffered()?;
            if bytes.is_empty() {
                return Ok(None);
            }
            let end = bytes.iter().position(|byte| nesting.ends_at(*byte));
            let taken = bytes.get(..end.unwrap_or(bytes.len())).unwrap_or_default();
            let mark = end.and_then(|end| bytes.get(end).copied());
            let (length, lines) = (taken.len(), count_lines(taken));
            element.extend_from_slice(taken);
            self.line += lines;
            self.text.consume(length + usize::from(mark.is_some()));
            if mark.is_some() {
                return Ok(mark);
            }
        }
        Ok(None)
    }

    fn buffered(&mut self) -> Result<&[u8], Error> {
        let file = self.file;
        self.text.fill_buf().map_err(|error| stream::failed(file, error))
    }
}

fn count_lines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte == b'\n').count() as u64
}

/// How deep a byte stands in an element.
#[derive(Default)]
struct Nesting {
    depth: u64,
    in_text: bool,
    escaped: bool,
}

impl Nesting {
    /// Whether the element ends before this byte.
    fn ends_at(&mut self, byte: u8) -> bool {
        if self.in_text {
            let closes = byte == b'"' && !self.escaped;
            self.escaped = byte == b'\\' && !self.escaped;
            self.in_text = !closes;
            return false;
        }
        match byte {
            b'"' => self.in_text = true,
            b'[' | b'{' => self.depth += 1,
            b',' | b']' if self.depth == 0 => return true,
            b']' | b'}' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        false
    }
}
