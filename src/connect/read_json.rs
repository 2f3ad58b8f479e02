//! JSON Lines, and JSON arrays of objects, an object at a time.

use std::borrow::Cow;
use std::io::BufRead;

use memchr::memrchr;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::Error;
use super::block::{Block, Fault, Held, MOST_ROW_BYTES, NoEvents, Raw, Wanted, column_name};
use super::chunks::{Chunk, Chunks, NoChunk};
use super::format::{Columns, FileToRead, Format, Opened, Parser, Pieces};
use super::stream;

/// Objects, one a line.
pub(super) struct JsonLines;

/// An array of objects.
pub(super) struct JsonArray;

impl Format for JsonLines {
    type Piece = Objects;
    type Pieces<'a> = LinePieces<'a>;
    type Parser<'a> = JsonParser<'a>;

    fn open<'a>(file: FileToRead<'a>, wanted: Columns<'a>) -> Result<Opened<'a, Self>, Error> {
        let text = stream::open(file.path, file.encoding)?;
        let mut pieces = LinePieces {
            of: Of {
                file: file.name,
                format: "JSON Lines",
            },
            chunks: Chunks::new(text, file.name, b'\n', |bytes, end| {
                memrchr(end, bytes).map(|end| end + 1)
            }),
            first: None,
        };
        pieces.first = pieces.next()?;
        Ok(Opened {
            columns: first_keys(pieces.first.as_ref()),
            parser: JsonParser::new(pieces.of, wanted),
            pieces,
        })
    }
}

impl Format for JsonArray {
    type Piece = Objects;
    type Pieces<'a> = ArrayPieces<'a>;
    type Parser<'a> = JsonParser<'a>;

    fn open<'a>(file: FileToRead<'a>, wanted: Columns<'a>) -> Result<Opened<'a, Self>, Error> {
        let of = Of {
            file: file.name,
            format: "JSON",
        };
        let mut pieces = ArrayPieces {
            of,
            scan: Scan {
                text: stream::open(file.path, file.encoding)?,
                file: file.name,
                line: 1,
            },
            first: None,
            given: 0,
            ended: false,
        };
        pieces.begin()?;
        pieces.first = pieces.next()?;
        Ok(Opened {
            columns: first_keys(pieces.first.as_ref()),
            parser: JsonParser::new(of, wanted),
            pieces,
        })
    }
}

/// Which file in which format, for messages.
#[derive(Clone, Copy)]
struct Of<'a> {
    file: &'a str,
    format: &'static str,
}

/// Some objects of a file.
pub(super) struct Objects {
    bytes: Vec<u8>,
    /// Where each begins and ends, and on which line it begins.
    spans: Vec<(usize, usize, u64)>,
}

impl Objects {
    fn get(&self, (start, end, _): (usize, usize, u64)) -> &[u8] {
        self.bytes.get(start..end).unwrap_or_default()
    }
}

/// Hands out the lines of a file.
pub(super) struct LinePieces<'a> {
    of: Of<'a>,
    chunks: Chunks<'a>,
    first: Option<Objects>,
}

impl Pieces for LinePieces<'_> {
    type Piece = Objects;

    fn next(&mut self) -> Result<Option<Objects>, Error> {
        if let Some(first) = self.first.take() {
            return Ok(Some(first));
        }
        match self.chunks.next() {
            Ok(chunk) => Ok(chunk.map(of_lines)),
            Err(NoChunk::Broken(error)) => Err(error),
            Err(NoChunk::TooLong(line)) => Err(self.of.too_long(line)),
        }
    }
}

/// The objects of the lines of a chunk.
fn of_lines(chunk: Chunk) -> Objects {
    let (mut spans, mut start) = (Vec::new(), 0);
    for (line, text) in (chunk.line..).zip(chunk.bytes.split(|byte| *byte == b'\n')) {
        let object = text.trim_ascii_end();
        if !object.is_empty() {
            spans.push((start, start + object.len(), line));
        }
        start += text.len() + 1;
    }
    Objects {
        bytes: chunk.bytes,
        spans,
    }
}

/// Hands out the elements of an array.
pub(super) struct ArrayPieces<'a> {
    of: Of<'a>,
    scan: Scan<'a>,
    first: Option<Objects>,
    /// How many elements were given.
    given: u64,
    ended: bool,
}

/// So many bytes of elements are given at once, at least.
const AT_ONCE: usize = 1 << 20;

impl ArrayPieces<'_> {
    fn begin(&mut self) -> Result<(), Error> {
        match self.scan.next_visible()? {
            Some(b'[') => Ok(()),
            Some(_) => {
                let help =
                    "a JSON file is an array of objects, `[{…}, {…}]`; one object a line is `--input-format jsonl`";
                Err(self.of.malformed(self.scan.line, "it begins with no `[`", Some(help)))
            }
            None => Err(self
                .of
                .malformed(1, "it is empty", Some("an array without objects is `[]`"))),
        }
    }

    /// Adds the next element; false after the last.
    fn element(&mut self, objects: &mut Objects) -> Result<bool, Error> {
        let line = self.scan.skip_blanks()?;
        let start = objects.bytes.len();
        let mark = self.scan.element(&mut objects.bytes)?;
        let length = objects.bytes.len() - start;
        if self.given == 0 && mark == Some(b']') && length == 0 {
            return Ok(false);
        }
        if length as u64 >= MOST_ROW_BYTES {
            return Err(self.of.too_long(line));
        }
        self.given += 1;
        objects.spans.push((start, start + length, line));
        match mark {
            Some(b']') => Ok(false),
            Some(_) => Ok(true),
            None => Err(self.of.malformed(self.scan.line, "the array is never closed", None)),
        }
    }
}

impl Pieces for ArrayPieces<'_> {
    type Piece = Objects;

    fn next(&mut self) -> Result<Option<Objects>, Error> {
        if self.first.is_some() {
            return Ok(self.first.take());
        }
        let mut objects = Objects {
            bytes: Vec::new(),
            spans: Vec::new(),
        };
        while !self.ended && objects.bytes.len() < AT_ONCE {
            self.ended = !self.element(&mut objects)?;
            if self.ended && self.scan.next_visible()?.is_some() {
                return Err(self
                    .of
                    .malformed(self.scan.line, "something follows the end of the array", None));
            }
        }
        Ok((!objects.spans.is_empty()).then_some(objects))
    }
}

impl Of<'_> {
    /// Why a text is no row.
    fn refused(&self, text: &str, line: u64, no_row: NoRow) -> Error {
        if let NoRow::Repeated(column) = no_row {
            return Error::RepeatedColumn {
                file: self.file.to_owned(),
                row: line,
                column,
            };
        }
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

/// Takes objects apart.
#[derive(Clone)]
pub(super) struct JsonParser<'a> {
    of: Of<'a>,
    /// The keys of the rows, then the one that holds events, where such are wanted.
    keys: Keys,
    held: Option<Keys>,
}

impl<'a> JsonParser<'a> {
    fn new(of: Of<'a>, wanted: Columns<'_>) -> Self {
        let mut keys = Keys::new(wanted.rows);
        keys.names.extend(wanted.held.map(|(holder, _)| holder.to_owned()));
        Self {
            of,
            keys,
            held: wanted.held.map(|(_, held)| Keys::new(held)),
        }
    }
}

impl Parser for JsonParser<'_> {
    type Piece = Objects;
    type Block<'b> = JsonBlock<'b>;

    fn read(
        &mut self,
        piece: Objects,
        show: &mut impl FnMut(&JsonBlock<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut block = JsonBlock::new(&self.keys, self.held.as_ref());
        for span in &piece.spans {
            let line = span.2;
            let text = std::str::from_utf8(piece.get(*span)).map_err(|_| stream::not_utf8(self.of.file, line))?;
            let added = block.rows.add(&self.keys, text, line);
            added.map_err(|no_row| self.of.refused(text, line, no_row))?;
            if let Some(held) = &self.held {
                block
                    .add_held(held, line)
                    .map_err(|no_row| self.of.refused(text, line, no_row))?;
            }
        }
        show(&block)
    }
}

/// Rows, with the events that they hold.
pub(super) struct JsonBlock<'a> {
    rows: JsonRows<'a>,
    events: JsonRows<'a>,
    holders: Vec<u32>,
    faults: Vec<Fault>,
    holds: bool,
}

impl<'a> JsonBlock<'a> {
    fn new(keys: &Keys, held: Option<&Keys>) -> Self {
        Self {
            rows: JsonRows::new(keys),
            events: JsonRows::new(held.unwrap_or(keys)),
            holders: Vec::new(),
            faults: Vec::new(),
            holds: held.is_some(),
        }
    }

    /// Adds the events that the last row holds.
    fn add_held(&mut self, keys: &Keys, line: u64) -> Result<(), NoRow> {
        let holder = self.rows.len().saturating_sub(1);
        let array = match self.rows.raw(holder, self.rows.width - 1) {
            Raw::Missing => return Ok(()),
            Raw::Array(array) => array,
            other => {
                let written = other.written().into_owned();
                self.fault(holder, written, "not an array of events");
                return Ok(());
            }
        };
        let elements: Vec<&'a RawValue> = serde_json::from_str(array).unwrap_or_default();
        for element in elements {
            match self.events.add(keys, element.get(), line) {
                Ok(()) => self.holders.push(holder as u32),
                Err(NoRow::NoObject) => self.fault(holder, element.get().to_owned(), "not an event"),
                Err(repeated) => return Err(repeated),
            }
        }
        Ok(())
    }

    fn fault(&mut self, holder: usize, written: String, reason: &'static str) {
        self.faults.push(Fault {
            holder: holder as u32,
            written,
            reason,
        });
    }
}

impl<'a> Block for JsonBlock<'a> {
    type Events = JsonRows<'a>;

    fn rows(&self) -> usize {
        self.rows.len()
    }

    fn value(&self, row: usize, wanted: usize) -> Raw<'_> {
        self.rows.value(row, wanted)
    }

    fn line(&self, row: usize) -> u64 {
        self.rows.line(row)
    }

    fn held(&self) -> Option<Held<'_, JsonRows<'a>>> {
        self.holds.then_some(Held {
            events: &self.events,
            holders: &self.holders,
            faults: &self.faults,
        })
    }
}

/// The values of some objects.
pub(super) struct JsonRows<'a> {
    width: usize,
    values: Vec<Option<&'a str>>,
    lines: Vec<u64>,
}

impl<'a> JsonRows<'a> {
    fn new(keys: &Keys) -> Self {
        Self {
            width: keys.names.len(),
            values: Vec::new(),
            lines: Vec::new(),
        }
    }

    fn len(&self) -> usize {
        self.lines.len()
    }

    fn raw(&self, row: usize, wanted: usize) -> Raw<'a> {
        self.values
            .get(row * self.width + wanted)
            .copied()
            .flatten()
            .map_or(Raw::Missing, raw)
    }

    /// Adds the row of an object on a line.
    fn add(&mut self, keys: &Keys, object: &'a str, line: u64) -> Result<(), NoRow> {
        let first = self.values.len();
        self.values.resize(first + self.width, None);
        let visit = ReadObject {
            keys,
            values: self.values.get_mut(first..).unwrap_or_default(),
            repeated: None,
        };
        let mut reading = serde_json::Deserializer::from_str(object);
        let read = reading
            .deserialize_map(visit)
            .and_then(|read| reading.end().map(|()| read));
        match read {
            Ok(None) => {
                self.lines.push(line);
                Ok(())
            }
            Ok(Some(repeated)) => Err(NoRow::Repeated(repeated.to_owned())),
            Err(_) => {
                self.values.truncate(first);
                Err(NoRow::NoObject)
            }
        }
    }
}

impl Block for JsonRows<'_> {
    type Events = NoEvents;

    fn rows(&self) -> usize {
        self.len()
    }

    fn value(&self, row: usize, wanted: usize) -> Raw<'_> {
        self.raw(row, wanted)
    }

    fn line(&self, row: usize) -> u64 {
        self.lines.get(row).copied().unwrap_or(0)
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
fn first_keys(objects: Option<&Objects>) -> Vec<String> {
    let first = objects.and_then(|objects| Some(objects.get(*objects.spans.first()?)));
    let object = first
        .and_then(|bytes| std::str::from_utf8(bytes).ok())
        .unwrap_or_default();
    let object: Result<std::collections::BTreeMap<String, IgnoredAny>, _> = serde_json::from_str(object);
    object.map(|object| object.into_keys().collect()).unwrap_or_default()
}

/// The keys that are read.
#[derive(Clone)]
struct Keys {
    names: Vec<String>,
}

/// Why a JSON value is no row.
enum NoRow {
    /// It is not JSON, or no object.
    NoObject,
    /// It has a key twice that is read.
    Repeated(String),
}

impl Keys {
    /// The keys of the columns that are wanted.
    fn new(wanted: &[Wanted]) -> Self {
        Self {
            names: wanted.iter().map(|column| column_name(&column.name)).collect(),
        }
    }
}

struct ReadObject<'k, 'v, 'a> {
    keys: &'k Keys,
    values: &'v mut [Option<&'a str>],
    repeated: Option<&'k str>,
}

impl<'k, 'a> Visitor<'a> for ReadObject<'k, '_, 'a> {
    type Value = Option<&'k str>;

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
            for (name, place) in self.keys.names.iter().zip(self.values.iter_mut()) {
                if *name == key && place.replace(value).is_some() {
                    self.repeated = Some(name);
                }
            }
        }
        Ok(self.repeated)
    }
}

/// A key, borrowed where it has no escapes.
#[derive(serde::Deserialize)]
#[serde(transparent)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

/// Finds where the elements of an array end, whatever is in them.
struct Scan<'a> {
    text: Box<dyn BufRead + Send>,
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

    /// Adds an element, and takes the comma or bracket after it, which is returned; `None` at the end of the file.
    fn element(&mut self, element: &mut Vec<u8>) -> Result<Option<u8>, Error> {
        let start = element.len();
        let mut nesting = Nesting::default();
        while ((element.len() - start) as u64) < MOST_ROW_BYTES {
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
