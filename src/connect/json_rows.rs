//! Objects become rows: where the value of each column stands in the text, and nothing else. Values are read from there.

use std::borrow::Cow;

use super::block::{Block, NoEvents, Raw, Wanted};
use super::json_keys::{Column, Keys};
use super::json_text::{Ending, Json};

/// Takes objects of one kind apart.
#[derive(Clone, Debug)]
pub(super) struct Objects {
    keys: Keys,
    /// The column whose arrays somebody else takes apart.
    apart: Option<Column>,
    spans: Vec<Span>,
    /// The line of each row.
    lines: Vec<u64>,
}

/// An object that was taken apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Object {
    /// The place behind it.
    pub(super) end: usize,
    /// A column whose key it has twice.
    pub(super) repeated: Option<Column>,
}

impl Objects {
    /// Objects of which these columns are wanted.
    pub(super) fn new(wanted: &[Wanted]) -> Self {
        Self {
            keys: Keys::new(wanted),
            apart: None,
            spans: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// Such objects, and the arrays in one of the columns are taken apart by whoever [adds](Self::add) an object.
    pub(super) fn with_arrays(wanted: &[Wanted], column: Column) -> Self {
        let mut objects = Self::new(wanted);
        objects.apart = Some(objects.keys.first_of(column));
        objects
    }

    /// The name of a column, as names are compared.
    pub(super) fn name(&self, column: Column) -> &str {
        self.keys.name(column)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// Keeps the first of them alone.
    pub(super) fn truncate(&mut self, rows: usize) {
        self.lines.truncate(rows);
        self.spans.truncate(rows * self.keys.width());
    }

    /// A value as it stands in the text that was taken apart.
    #[inline]
    pub(super) fn value<'t>(&self, json: Json<'t>, row: usize, column: Column) -> Raw<'t> {
        let span = self.spans.get(row * self.keys.width() + column);
        span.map_or(Raw::Missing, |span| span.read(json))
    }

    /// Adds the object that begins here and its line; `None`, and nothing added, where there is none. `array` takes
    /// apart the array that begins at a place, and says where it ends.
    #[inline]
    pub(super) fn add(
        &mut self,
        json: Json<'_>,
        start: usize,
        line: u64,
        array: impl FnMut(usize) -> Option<usize>,
    ) -> Option<Object> {
        if json.at(start) != b'{' {
            return None;
        }
        let row = self.spans.len();
        self.spans.resize(row + self.keys.width(), Span::default());
        let object = self.members(json, start + 1, row, array);
        match object {
            Some(_) => self.lines.push(line),
            None => self.spans.truncate(row),
        }
        object
    }

    #[inline]
    fn members(
        &mut self,
        json: Json<'_>,
        inside: usize,
        row: usize,
        mut array: impl FnMut(usize) -> Option<usize>,
    ) -> Option<Object> {
        let (mut repeated, mut before) = (None, None);
        let mut place = json.visible(inside);
        if json.at(place) == b'}' {
            return Some(Object {
                end: place + 1,
                repeated,
            });
        }
        loop {
            let key = self.keys.find(json, place, before)?;
            let start = json.colon(key.end)?;
            let is_apart = key.column.is_some() && key.column == self.apart && json.at(start) == b'[';
            let ending = if is_apart {
                Ending::plain(array(start)?)
            } else {
                json.value(start)?
            };
            if let Some(column) = key.column {
                let span = self.spans.get_mut(row + column)?;
                if !span.is_missing() {
                    repeated = Some(column);
                }
                *span = Span::new(start, ending);
            }
            before = key.place;
            place = json.visible(ending.end);
            match json.at(place) {
                b',' => place = json.visible(place + 1),
                b'}' => break,
                _ => return None,
            }
        }
        for (first, twin) in self.keys.twins() {
            let span = self.spans.get(row + first).copied()?;
            *self.spans.get_mut(row + twin)? = span;
        }
        Some(Object {
            end: place + 1,
            repeated,
        })
    }
}

/// Where a value stands.
#[derive(Clone, Copy, Debug, Default)]
struct Span {
    start: u32,
    /// How many bytes it has; none has none. The highest bit is set for a text with escapes.
    length: u32,
}

impl Span {
    const ESCAPED: u32 = 1 << 31;

    // INVARIANT: what is taken apart at once is a row, which has its most bytes, or smaller: its places fit.
    #[inline]
    fn new(start: usize, Ending { end, escaped }: Ending) -> Self {
        let escaped = if escaped { Self::ESCAPED } else { 0 };
        Self {
            start: start as u32,
            length: (end - start) as u32 | escaped,
        }
    }

    #[inline]
    fn is_missing(self) -> bool {
        self.length == 0
    }

    #[inline]
    fn read(self, json: Json<'_>) -> Raw<'_> {
        let start = self.start as usize;
        let end = start + (self.length & !Self::ESCAPED) as usize;
        match json.at(start) {
            _ if self.is_missing() => Raw::Missing,
            b'"' if self.length & Self::ESCAPED == 0 => Raw::Text(Cow::Borrowed(json.slice(start + 1, end - 1))),
            _ => raw(json.slice(start, end)),
        }
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

/// Objects and the text that they stand in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows<'a> {
    pub(super) json: Json<'a>,
    pub(super) objects: &'a Objects,
}

impl Block for Rows<'_> {
    type Events = NoEvents;

    fn rows(&self) -> usize {
        self.objects.len()
    }

    #[inline]
    fn value(&self, row: usize, wanted: usize) -> Raw<'_> {
        self.objects.value(self.json, row, wanted)
    }

    #[inline]
    fn text(&self, row: usize, wanted: usize) -> Option<&str> {
        match self.objects.value(self.json, row, wanted) {
            Raw::Text(Cow::Borrowed(text)) => Some(text),
            _ => None,
        }
    }

    fn line(&self, row: usize) -> u64 {
        self.objects.lines.get(row).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde::de::{Deserializer, MapAccess, Visitor};
    use serde_json::value::RawValue;

    const COLUMNS: [&str; 4] = ["id", "é", "long column name", "id"];

    fn objects() -> Objects {
        let wanted = COLUMNS.map(|name| Wanted {
            name: name.to_owned(),
            holds: None,
        });
        Objects::new(&wanted)
    }

    /// What a text is when it should be an object: its values as they are written, and whether a key is there twice.
    type Read = Option<(Vec<Option<String>>, bool)>;

    fn read(objects: &mut Objects, text: &str) -> Read {
        let json = Json::new(text);
        let row = objects.len();
        let object = objects.add(json, json.visible(0), 1, |_| None);
        let object = object.filter(|object| json.visible(object.end) == text.len())?;
        let width = objects.keys.width();
        let spans = objects.spans.iter().skip(row * width).take(width);
        let values = spans.map(|span| {
            let start = span.start as usize;
            let end = start + (span.length & !Span::ESCAPED) as usize;
            (!span.is_missing()).then(|| json.slice(start, end).to_owned())
        });
        Some((values.collect(), object.repeated.is_some()))
    }

    /// All keys and values of an object, as `serde_json` reads it.
    struct Members;

    impl<'a> Visitor<'a> for Members {
        type Value = Vec<(String, &'a RawValue)>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<M: MapAccess<'a>>(self, mut map: M) -> Result<Self::Value, M::Error> {
            let mut members = Vec::new();
            while let Some(member) = map.next_entry()? {
                members.push(member);
            }
            Ok(members)
        }
    }

    fn read_by_serde(text: &str) -> Read {
        let mut reading = serde_json::Deserializer::from_str(text);
        let members = reading.deserialize_map(Members).ok()?;
        reading.end().ok()?;
        let of = |name: &str| {
            let named = members
                .iter()
                .filter(|(key, _)| super::super::block::column_name(key) == name);
            named.map(|(_, value)| value.get().to_owned()).collect::<Vec<_>>()
        };
        let values = COLUMNS.map(|name| of(name).last().cloned());
        Some((values.to_vec(), COLUMNS.iter().any(|name| of(name).len() > 1)))
    }

    #[test]
    fn keys_are_found_in_any_order_and_spelling() {
        let mut objects = objects();
        for (text, id, e) in [
            ("{\"id\":1,\"\u{e9}\":2}", "1", "2"),
            ("{\"id\":1,\"\u{e9}\":2}", "1", "2"),
            ("{\"\u{e9}\":2,\"id\":1}", "1", "2"),
            ("{ \"i\\u0064\" : 3 , \"e\u{301}\" : \"4\" }", "3", "\"4\""),
            (
                "{\" id\\n\":{\"id\":1},\"x\":[],\"\\u00e9 \":\"\\\"\"}",
                "{\"id\":1}",
                "\"\\\"\"",
            ),
        ] {
            let (values, repeated) = read(&mut objects, text).unwrap();
            let values: Vec<_> = values.iter().map(Option::as_deref).collect();
            assert_eq!(values, [Some(id), Some(e), None, Some(id)], "{text}");
            assert!(!repeated);
            assert_eq!(read(&mut objects, text), read_by_serde(text));
        }
        for text in ["{\"id\":1,\"id\":1}", "{\"id\":null,\" id\":1}"] {
            assert!(read(&mut objects, text).unwrap().1, "{text}");
        }
        assert!(!read(&mut objects, "{\"x\":1,\"x\":1}").unwrap().1);
    }

    #[test]
    fn a_key_with_half_a_character_is_none() {
        for text in ["{\"\\ud83d\":1}", "{\"id\":1,\"\\udc00\":2}", "{\"\\ud83d\\u0020\":1}"] {
            assert_eq!(read(&mut objects(), text), None, "{text}");
            assert_eq!(read_by_serde(text), None, "{text}");
        }
        assert!(read(&mut objects(), "{\"\\ud83d\\ude00\":1, \"id\":\"\\ud83d\"}").is_some());
    }

    #[test]
    fn many_keys_are_not_all_remembered() {
        let mut objects = objects();
        for number in 0..10_000 {
            let text = format!(
                "{{\"key {number}\": 1, \"id\": {number}, \"{}\": 2}}",
                "k".repeat(number % 600)
            );
            assert_eq!(read(&mut objects, &text), read_by_serde(&text));
            objects.truncate(0);
        }
    }

    #[test]
    fn values_are_read_from_where_they_stand() {
        let text = "{\"id\":\"caf\u{e9}\",\"\u{e9}\":\"\\u00e9\\ud83d\\ude00\",\"long column name\":\"\\ud83d\"}";
        let (mut objects, json) = (objects(), Json::new(text));
        objects.add(json, 0, 7, |_| None).unwrap();
        let rows = Rows {
            json,
            objects: &objects,
        };
        assert_eq!((rows.rows(), rows.line(0)), (1, 7));
        assert_eq!(rows.value(0, 0), Raw::Text("caf\u{e9}".into()));
        assert_eq!(rows.value(0, 1), Raw::Text("\u{e9}\u{1f600}".into()));
        assert_eq!(rows.value(0, 2), Raw::Other("\"\\ud83d\""));
        assert_eq!(rows.value(1, 0), Raw::Missing);
        assert_eq!(
            [raw("1e5"), raw("true"), raw("null")],
            [Raw::Literal("1e5"), Raw::Literal("true"), Raw::Missing]
        );
        assert_eq!([raw("[1]"), raw("{}")], [Raw::Array("[1]"), Raw::Other("{}")]);
    }

    fn blank() -> impl Strategy<Value = String> {
        prop_oneof![4 => Just(String::new()), 1 => "[ \t\r\n]{1,3}"]
    }

    fn text() -> impl Strategy<Value = String> {
        let special = [
            "\\\"",
            "\\\\",
            "\\/",
            "\\n",
            "\\u00E9",
            "\\ud83d\\ude00",
            "\\ud83d",
            "\u{e9}",
            "\u{1f600}",
            "{",
            "]",
            ",",
        ];
        let part = prop_oneof![3 => "[a-z ]{0,9}".boxed(), 1 => proptest::sample::select(special.to_vec()).prop_map(str::to_owned).boxed()];
        proptest::collection::vec(part, 0..4).prop_map(|parts| format!("\"{}\"", parts.concat()))
    }

    fn value() -> impl Strategy<Value = String> {
        let number = "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,20})?([eE][-+]?[0-9]{1,4})?";
        let single = prop_oneof![3 => text().boxed(), 2 => number.boxed(), 1 => "true|false|null".boxed()];
        single.prop_recursive(4, 12, 3, |inner| {
            let elements = proptest::collection::vec((blank(), inner.clone(), blank()), 0..3);
            let array = elements.prop_map(|elements| {
                let elements: Vec<_> = elements.iter().map(|(a, b, c)| format!("{a}{b}{c}")).collect();
                format!("[{}]", elements.join(","))
            });
            prop_oneof![array.boxed(), object_of(inner).boxed()]
        })
    }

    fn key() -> impl Strategy<Value = String> {
        let wanted = [
            "\"id\"",
            "\" id\"",
            "\"\u{e9}\"",
            "\"e\u{301}\"",
            "\"\\u00e9\"",
            "\"long column name\"",
            "\"long column nam\"",
        ];
        prop_oneof![3 => proptest::sample::select(wanted.to_vec()).prop_map(str::to_owned).boxed(), 1 => text().boxed()]
    }

    fn object_of(value: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
        let member = (blank(), key(), blank(), blank(), value, blank());
        let member = member.prop_map(|(a, key, b, c, value, d)| format!("{a}{key}{b}:{c}{value}{d}"));
        let members = proptest::collection::vec(member, 0..6);
        (members, blank()).prop_map(|(members, inside)| format!("{{{inside}{}}}", members.join(",")))
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

        #[test]
        fn objects_are_read_as_serde_reads_them(texts in proptest::collection::vec((blank(), object_of(value()), blank()), 1..6)) {
            let mut objects = objects();
            for (before, text, after) in texts {
                let text = format!("{before}{text}{after}");
                let expected = read_by_serde(&text);
                prop_assert_eq!(read(&mut objects, &text), expected, "{}", text);
            }
        }

        #[test]
        fn broken_objects_are_none_where_they_are_none_to_serde(
            text in object_of(value()),
            place in any::<proptest::sample::Index>(),
            other in prop_oneof![Just(None), proptest::sample::select("{}[],:\"\\ \n0.-eEtn\u{0}\u{e9}".chars().collect::<Vec<_>>()).prop_map(Some)],
            inserted in any::<bool>(),
        ) {
            let mut broken: Vec<char> = text.chars().collect();
            let place = place.index(broken.len());
            match other {
                None => { broken.remove(place); }
                Some(other) if inserted => broken.insert(place, other),
                Some(other) => broken[place] = other,
            }
            let broken: String = broken.into_iter().collect();
            let mut objects = objects();
            // Keys are remembered, and must be found again.
            read(&mut objects, &text);
            prop_assert_eq!(read(&mut objects, &broken), read_by_serde(&broken), "{}", broken);
        }
    }
}
