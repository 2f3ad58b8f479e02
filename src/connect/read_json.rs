//! JSON Lines, and JSON arrays of objects.

use std::collections::BTreeMap;

use memchr::{memchr, memrchr};
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use super::Error;
use super::block::{Block, Held, Raw};
use super::chunks::{Chunk, Chunks, NoChunk};
use super::format::{Columns, FileToRead, Format, Opened, Parser, Pieces};
use super::json_array::{Elements, NoElement, first_end};
use super::json_events::{HeldEvents, Holder};
use super::json_rows::{Object, Objects, Rows};
use super::json_text::Json;
use super::lines::line_ends;
use super::stream;

/// An object a line.
pub(super) struct JsonLines;

/// An array of objects.
pub(super) struct JsonArray;

impl Format for JsonLines {
    type Piece = Chunk;
    type Pieces<'a> = JsonPieces<'a>;
    type Parser<'a> = JsonParser<'a>;

    fn open<'a>(file: FileToRead<'a>, wanted: Columns<'a>) -> Result<Opened<'a, Self>, Error> {
        let text = stream::open(file.path, file.encoding)?;
        let chunks = Chunks::new(text, file.name, b'\n', end_of_lines);
        let pieces = JsonPieces::new(file.name, Source::Lines(chunks))?;
        Ok(Opened {
            columns: pieces.keys(Layout::Lines),
            pieces,
            parser: JsonParser::new(file.name, Layout::Lines, wanted),
        })
    }
}

impl Format for JsonArray {
    type Piece = Chunk;
    type Pieces<'a> = JsonPieces<'a>;
    type Parser<'a> = JsonParser<'a>;

    fn open<'a>(file: FileToRead<'a>, wanted: Columns<'a>) -> Result<Opened<'a, Self>, Error> {
        let text = stream::open(file.path, file.encoding)?;
        let elements = Elements::new(text).map_err(|none| no_element(file.name, none))?;
        let pieces = JsonPieces::new(file.name, Source::Array(elements))?;
        Ok(Opened {
            columns: pieces.keys(Layout::Array),
            pieces,
            parser: JsonParser::new(file.name, Layout::Array, wanted),
        })
    }
}

/// How objects stand in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    Lines,
    Array,
}

impl Layout {
    fn name(self) -> &'static str {
        match self {
            Layout::Lines => "JSON Lines",
            Layout::Array => "JSON",
        }
    }

    /// Where the first row of some bytes ends.
    fn first_end(self, bytes: &[u8]) -> usize {
        match self {
            Layout::Lines => memchr(b'\n', bytes).unwrap_or(bytes.len()),
            Layout::Array => first_end(bytes),
        }
    }
}

/// Where the last whole line ends.
fn end_of_lines(bytes: &[u8], _delimiter: u8) -> Option<usize> {
    memrchr(b'\n', bytes).map(|at| at + 1)
}

/// The pieces of a file.
pub(super) struct JsonPieces<'a> {
    file: &'a str,
    source: Source<'a>,
    first: Option<Chunk>,
}

enum Source<'a> {
    Lines(Chunks<'a>),
    Array(Elements),
}

impl<'a> JsonPieces<'a> {
    fn new(file: &'a str, source: Source<'a>) -> Result<Self, Error> {
        let mut pieces = Self {
            file,
            source,
            first: None,
        };
        pieces.first = pieces.next()?;
        Ok(pieces)
    }

    /// The keys of the first object, for messages.
    fn keys(&self, layout: Layout) -> Vec<String> {
        let mut bytes = self
            .first
            .as_ref()
            .map_or(&[][..], |first| &first.bytes)
            .trim_ascii_start();
        bytes = bytes.get(..layout.first_end(bytes)).unwrap_or_default();
        let object: Result<BTreeMap<String, IgnoredAny>, _> = serde_json::from_slice(bytes.trim_ascii_end());
        object.map(|object| object.into_keys().collect()).unwrap_or_default()
    }
}

impl Pieces for JsonPieces<'_> {
    type Piece = Chunk;

    fn next(&mut self) -> Result<Option<Chunk>, Error> {
        if let Some(first) = self.first.take() {
            return Ok(Some(first));
        }
        match &mut self.source {
            Source::Lines(chunks) => chunks.next().map_err(|none| match none {
                NoChunk::Broken(error) => error,
                NoChunk::TooLong(line) => too_long(self.file, Layout::Lines, line),
            }),
            Source::Array(elements) => elements.next().map_err(|none| no_element(self.file, none)),
        }
    }
}

/// Takes pieces apart.
#[derive(Clone)]
pub(super) struct JsonParser<'a> {
    file: &'a str,
    layout: Layout,
    objects: Objects,
    /// The events that objects hold, where such are wanted.
    events: Option<HeldEvents>,
}

impl Parser for JsonParser<'_> {
    type Piece = Chunk;
    type Block<'b> = JsonBlock<'b>;

    fn read(&mut self, piece: Chunk, show: &mut impl FnMut(&JsonBlock<'_>) -> Result<(), Error>) -> Result<(), Error> {
        self.clear();
        let (text, not_text) = self.text_of(&piece);
        let read = match (self.layout, text) {
            (_, None) => Ok(()),
            (Layout::Lines, Some(text)) => self.lines(text, piece.line),
            (Layout::Array, Some(text)) => self.elements(text, piece.line),
        };
        // What stands before a mistake comes first: it may have a mistake of its own.
        show(&self.block(Json::new(text.unwrap_or_default())))?;
        read?;
        not_text.map_or(Ok(()), Err)
    }
}

impl<'a> JsonParser<'a> {
    fn new(file: &'a str, layout: Layout, wanted: Columns<'_>) -> Self {
        let (objects, events) = match wanted.held {
            None => (Objects::new(wanted.rows), None),
            Some((column, held)) => (Objects::with_arrays(wanted.rows, column), Some(HeldEvents::new(held))),
        };
        Self {
            file,
            layout,
            objects,
            events,
        }
    }

    fn clear(&mut self) {
        self.objects.truncate(0);
        if let Some(events) = &mut self.events {
            events.clear();
        }
    }

    fn block<'b>(&'b self, json: Json<'b>) -> JsonBlock<'b> {
        let objects = &self.objects;
        JsonBlock {
            rows: Rows { json, objects },
            events: self.events.as_ref().map(|events| (events, events.rows(json))),
        }
    }

    /// The text of a piece up to the first row that is none, and what is wrong with that.
    fn text_of<'c>(&self, piece: &'c Chunk) -> (Option<&'c str>, Option<Error>) {
        let bytes = &piece.bytes;
        let valid = match std::str::from_utf8(bytes) {
            Ok(text) => return (Some(text), None),
            Err(error) => error.valid_up_to(),
        };
        let mut start = 0;
        loop {
            let rest = bytes.get(start..).unwrap_or_default();
            let end = start + self.layout.first_end(rest);
            if end >= valid {
                let blank = rest.len() - rest.trim_ascii_start().len();
                let line = piece.line + line_ends(bytes, 0, start + blank);
                let before = start.checked_sub(1).and_then(|before| bytes.get(..before));
                let text = before.and_then(|before| std::str::from_utf8(before).ok());
                return (text, Some(stream::not_utf8(self.file, line)));
            }
            start = end + 1;
        }
    }

    fn lines(&mut self, text: &str, first_line: u64) -> Result<(), Error> {
        let (mut start, mut line) = (0, first_line);
        // Hardly ever does a line hold others that end at a carriage return alone.
        let has_returns = memchr(b'\r', text.as_bytes()).is_some();
        while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
            let end = start + Layout::Lines.first_end(rest.as_bytes());
            let json = Json::new(text.get(..end).unwrap_or_default());
            self.line(json, start, end, line)?;
            line += match has_returns {
                true => line_ends(text.as_bytes(), start, end + 1),
                false => 1,
            };
            start = end + 1;
        }
        Ok(())
    }

    fn line(&mut self, json: Json<'_>, start: usize, end: usize, line: u64) -> Result<(), Error> {
        let place = json.visible(start);
        let is_last = |object: &Object| json.slice(object.end, end).trim_ascii().is_empty();
        if self.add(json, place, line, is_last)?.is_some() {
            return Ok(());
        }
        match json.slice(start, end).trim_ascii_end() {
            "" => Ok(()),
            object => Err(self.refused(object, line)),
        }
    }

    fn elements(&mut self, text: &str, first_line: u64) -> Result<(), Error> {
        let json = Json::new(text);
        let (mut start, mut line) = (0, first_line);
        loop {
            let rest = text.get(start..).unwrap_or_default();
            let place = text.len() - rest.trim_ascii_start().len();
            line += line_ends(text.as_bytes(), start, place);
            let is_whole = |object: &Object| {
                let next = json.visible(object.end);
                next == text.len() || json.at(next) == b','
            };
            let Some(object) = self.add(json, place, line, is_whole)? else {
                let rest = text.get(place..).unwrap_or_default();
                let element = rest.get(..first_end(rest.as_bytes())).unwrap_or_default();
                return Err(self.refused(element, line));
            };
            let next = json.visible(object.end);
            if next == text.len() {
                return Ok(());
            }
            line += line_ends(text.as_bytes(), place, next);
            start = next + 1;
        }
    }

    /// Adds the object that begins at a place as the next row, if it is one and well placed.
    fn add(
        &mut self,
        json: Json<'_>,
        place: usize,
        line: u64,
        is_well_placed: impl Fn(&Object) -> bool,
    ) -> Result<Option<Object>, Error> {
        let row = self.objects.len();
        let holder = Holder { row, line };
        let mark = self.events.as_ref().map(HeldEvents::mark);
        let events = &mut self.events;
        let array = |array| events.as_mut()?.add(json, array, holder);
        let object = self.objects.add(json, place, line, array).filter(is_well_placed);
        let repeated = object.and_then(|object| object.repeated);
        if object.is_none() || repeated.is_some() {
            self.objects.truncate(row);
            if let (Some(events), Some(mark)) = (&mut self.events, mark) {
                events.forget_since(mark);
            }
        }
        if let Some(column) = repeated {
            return Err(repeated_column(self.file, line, self.objects.name(column)));
        }
        if let Some(column) = self.events.as_ref().and_then(HeldEvents::repeated) {
            return Err(repeated_column(self.file, line, column));
        }
        Ok(object)
    }

    /// What is wrong with a text that is no object.
    fn refused(&self, text: &str, line: u64) -> Error {
        let malformed = |row, message: &str, help| malformed(self.file, self.layout, row, message, help);
        let Err(error) = serde_json::from_str::<&RawValue>(text) else {
            let help = "an array of objects, `[{…}, {…}]`, is `--input-format json`";
            let is_array = self.layout == Layout::Lines && text.trim_start().starts_with('[');
            return malformed(line, "it is no object", is_array.then_some(help));
        };
        // The error's own line counts from the object's, and stands in its text.
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        let row = line + (error.line() as u64).saturating_sub(1);
        match error.column() {
            0 => malformed(row, message, None),
            column => malformed(row, &format!("{message} (column {column})"), None),
        }
    }
}

/// Rows of a file, and the events that they hold where such are wanted.
pub(super) struct JsonBlock<'a> {
    rows: Rows<'a>,
    events: Option<(&'a HeldEvents, Rows<'a>)>,
}

impl<'a> Block for JsonBlock<'a> {
    type Events = Rows<'a>;

    fn rows(&self) -> usize {
        self.rows.rows()
    }

    #[inline]
    fn value(&self, row: usize, wanted: usize) -> Raw<'_> {
        self.rows.value(row, wanted)
    }

    fn line(&self, row: usize) -> u64 {
        self.rows.line(row)
    }

    fn held(&self) -> Option<Held<'_, Rows<'a>>> {
        self.events.as_ref().map(|(events, rows)| events.held(rows))
    }
}

fn no_element(file: &str, none: NoElement) -> Error {
    let malformed = |row, message, help| malformed(file, Layout::Array, row, message, help);
    match none {
        NoElement::Failed(error) => stream::failed(file, error),
        NoElement::NoArray(_, None) => malformed(1, "it is empty", Some("an array without objects is `[]`")),
        NoElement::NoArray(line, Some(_)) => {
            let help = "a JSON file is an array of objects, `[{…}, {…}]`; one object a line is `--input-format jsonl`";
            malformed(line, "it begins with no `[`", Some(help))
        }
        NoElement::TooLong(line) => too_long(file, Layout::Array, line),
        NoElement::NeverClosed(line) => malformed(line, "the array is never closed", None),
        NoElement::Followed(line) => malformed(line, "something follows the end of the array", None),
    }
}

fn repeated_column(file: &str, line: u64, column: &str) -> Error {
    Error::RepeatedColumn {
        file: file.to_owned(),
        row: line,
        column: column.to_owned(),
    }
}

fn too_long(file: &str, layout: Layout, line: u64) -> Error {
    malformed(file, layout, line, "a row has more than 256 MB", None)
}

fn malformed(file: &str, layout: Layout, row: u64, message: &str, help: Option<&str>) -> Error {
    Error::Malformed {
        file: file.to_owned(),
        row,
        format: layout.name(),
        message: message.to_owned(),
        help: help.map(str::to_owned),
    }
}
