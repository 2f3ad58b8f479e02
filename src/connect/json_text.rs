//! JSON as it is written: where a value ends, if it is one. What is no JSON here is none for `serde_json` either, which
//! words the mistake; a test holds the two together.

/// A text that may be JSON. A place in it is a number of bytes; behind the end stand zeros, which nothing in JSON is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Json<'a> {
    text: &'a str,
}

/// Where a text between quotes ends, and whether it has escapes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ending {
    /// The place behind it.
    pub(super) end: usize,
    /// Whether it is not to be read as it stands.
    pub(super) escaped: bool,
}

impl Ending {
    /// The end of what has no escapes.
    pub(super) fn plain(end: usize) -> Self {
        Self { end, escaped: false }
    }
}

impl<'a> Json<'a> {
    /// JSON, perhaps.
    pub(super) fn new(text: &'a str) -> Self {
        Self { text }
    }

    /// What is written between two places.
    #[inline]
    pub(super) fn slice(self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// Whether it goes on like this.
    #[inline]
    pub(super) fn continues(self, place: usize, with: &[u8]) -> bool {
        self.bytes().get(place..).is_some_and(|rest| rest.starts_with(with))
    }

    /// The byte at a place.
    #[inline]
    pub(super) fn at(self, place: usize) -> u8 {
        self.bytes().get(place).copied().unwrap_or(0)
    }

    /// The first place from here on with something visible.
    #[inline]
    pub(super) fn visible(self, mut place: usize) -> usize {
        while matches!(self.at(place), b' ' | b'\n' | b'\t' | b'\r') {
            place += 1;
        }
        place
    }

    /// The end of the value that begins here.
    #[inline]
    pub(super) fn value(self, place: usize) -> Option<Ending> {
        match self.at(place) {
            b'"' => self.text(place),
            b'[' | b'{' => self.nested(place).map(Ending::plain),
            _ => self.literal(place).map(Ending::plain),
        }
    }

    /// The end of a text, of which the quote stands here.
    #[inline]
    pub(super) fn text(self, place: usize) -> Option<Ending> {
        let mut escaped = false;
        let mut place = place + 1;
        loop {
            place = self.special(place);
            match self.at(place) {
                b'"' => {
                    let end = place + 1;
                    return Some(Ending { end, escaped });
                }
                b'\\' => place = self.escape(place)?,
                _ => return None,
            }
            escaped = true;
        }
    }

    /// The end of the key that begins here.
    pub(super) fn key(self, place: usize) -> Option<usize> {
        match self.at(place) {
            b'"' => Some(self.text(place)?.end),
            _ => None,
        }
    }

    /// The place of the value of a key that ends here.
    #[inline]
    pub(super) fn colon(self, place: usize) -> Option<usize> {
        let colon = self.visible(place);
        (self.at(colon) == b':').then(|| self.visible(colon + 1))
    }

    #[inline]
    fn bytes(self) -> &'a [u8] {
        self.text.as_bytes()
    }

    /// The first quote, backslash or control character of a text; the end where there is none.
    #[inline]
    fn special(self, mut place: usize) -> usize {
        while let Some(eight) = self.bytes().get(place..).and_then(|rest| rest.first_chunk()) {
            match first_special(u64::from_le_bytes(*eight)) {
                None => place += 8,
                Some(within) => return place + within,
            }
        }
        while let Some(byte) = self.bytes().get(place)
            && !matches!(byte, 0..0x20 | b'"' | b'\\')
        {
            place += 1;
        }
        place
    }

    /// The place behind an escape.
    fn escape(self, place: usize) -> Option<usize> {
        match self.at(place + 1) {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(place + 2),
            b'u' => {
                let digits = self.bytes().get(place + 2..place + 6)?;
                digits.iter().all(u8::is_ascii_hexdigit).then_some(place + 6)
            }
            _ => None,
        }
    }

    #[inline]
    fn literal(self, place: usize) -> Option<usize> {
        match self.at(place) {
            b'-' | b'0'..=b'9' => self.number(place),
            b'n' => self.word(place, "null"),
            b't' => self.word(place, "true"),
            b'f' => self.word(place, "false"),
            _ => None,
        }
    }

    #[inline]
    fn word(self, place: usize, word: &str) -> Option<usize> {
        let end = place + word.len();
        (self.bytes().get(place..end)? == word.as_bytes()).then_some(end)
    }

    #[inline]
    fn number(self, place: usize) -> Option<usize> {
        let start = place + usize::from(self.at(place) == b'-');
        let mut end = match self.at(start) {
            b'0' => start + 1,
            _ => self.digits(start)?,
        };
        if self.at(end) == b'.' {
            end = self.digits(end + 1)?;
        }
        if matches!(self.at(end), b'e' | b'E') {
            let signed = matches!(self.at(end + 1), b'+' | b'-');
            end = self.digits(end + 1 + usize::from(signed))?;
        }
        Some(end)
    }

    /// The place behind one digit or more.
    #[inline]
    fn digits(self, start: usize) -> Option<usize> {
        let mut end = start;
        while self.at(end).is_ascii_digit() {
            end += 1;
        }
        (end > start).then_some(end)
    }

    /// The end of an array or an object, however deep.
    fn nested(self, mut place: usize) -> Option<usize> {
        // What closes each array and object that is open.
        let mut open = Vec::new();
        'values: loop {
            match self.at(place) {
                b'[' => {
                    open.push(b']');
                    place = self.visible(place + 1);
                    if self.at(place) != b']' {
                        continue;
                    }
                }
                b'{' => {
                    open.push(b'}');
                    place = self.visible(place + 1);
                    if self.at(place) != b'}' {
                        place = self.colon(self.key(place)?)?;
                        continue;
                    }
                }
                b'"' => place = self.text(place)?.end,
                _ => place = self.literal(place)?,
            }
            while let Some(closing) = open.last() {
                place = self.visible(place);
                match self.at(place) {
                    byte if byte == *closing => {
                        open.pop();
                        place += 1;
                    }
                    b',' => {
                        place = self.visible(place + 1);
                        if *closing == b'}' {
                            place = self.colon(self.key(place)?)?;
                        }
                        continue 'values;
                    }
                    _ => return None,
                }
            }
            return Some(place);
        }
    }
}

/// The first of eight bytes of a text that is a quote, a backslash or a control character.
#[inline]
fn first_special(eight: u64) -> Option<usize> {
    /// In each byte the value 1.
    const ONES: u64 = u64::MAX / 255;
    // Taking 1 from a zero byte borrows into its highest bit, and into those of the bytes above alone. So the lowest
    // bit is right, whatever stands in the others. Bytes beyond ASCII have the bit set from the start.
    let below = |bytes: u64, limit: u64| bytes.wrapping_sub(ONES * limit) & !bytes;
    let quotes = below(eight ^ (ONES * b'"' as u64), 1);
    let backslashes = below(eight ^ (ONES * b'\\' as u64), 1);
    let found = (quotes | backslashes | below(eight, 0x20)) & (ONES << 7);
    (found != 0).then(|| found.trailing_zeros() as usize / 8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::value::RawValue;

    /// Whether all of a text is one value.
    fn is_value(text: &str) -> bool {
        let json = Json::new(text);
        let value = json.value(json.visible(0));
        value.is_some_and(|value| json.visible(value.end) == text.len())
    }

    fn is_value_to_serde(text: &str) -> bool {
        serde_json::from_str::<&RawValue>(text).is_ok()
    }

    #[test]
    fn values_end_where_they_end() {
        for (text, end) in [
            ("1,", 1),
            ("-0.50e+1]", 8),
            ("0 ", 1),
            ("true}", 4),
            ("null", 4),
            ("\"a, b\",", 6),
            ("\"a\\\"b, and so on\" ", 17),
            ("[1, {\"a\": []}, \"]\"] ]", 19),
            ("{}}", 2),
        ] {
            assert_eq!(Json::new(text).value(0).map(|value| value.end), Some(end), "{text}");
        }
    }

    #[test]
    fn what_is_no_json_is_no_value() {
        for text in [
            "",
            " ",
            "01",
            "-",
            "1.",
            ".5",
            "1e",
            "1e+",
            "+1",
            "0x1",
            "NaN",
            "tru",
            "True",
            "nul",
            "\"",
            "\"a",
            "\"\\\"",
            "\"\\x\"",
            "\"\\u12g4\"",
            "\"\\u12",
            "\"a\tb\"",
            "\"a\0\"",
            "'a'",
            "[",
            "[1",
            "[1,",
            "[1,]",
            "[,1]",
            "[1 2]",
            "[1}",
            "{",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":1",
            "{\"a\":1,",
            "{\"a\":1,}",
            "{a:1}",
            "{\"a\" 1}",
            "{\"a\":1]",
            "{1:1}",
            "{\"a\":1 \"b\":2}",
            "{,}",
            "]",
            "}",
            ",",
            ":",
            "//",
            "\u{a0}1",
            "\u{feff}1",
            "1 1",
        ] {
            assert!(!is_value_to_serde(text), "{text}");
            assert!(!is_value(text), "{text}");
        }
    }

    #[test]
    fn depth_has_no_end() {
        let deep = 200_000;
        assert!(is_value(&format!("{}{}", "[".repeat(deep), "]".repeat(deep))));
        assert!(!is_value(&format!("{}{}", "[".repeat(deep), "]".repeat(deep - 1))));
        assert!(is_value(&format!("{}1{}", "{\"a\":[".repeat(deep), "]}".repeat(deep))));
        assert!(!is_value(&"{\"a\":".repeat(deep)));
    }

    /// Bytes of which JSON is made, and some others, so that many texts are nearly JSON.
    fn pieces() -> impl Strategy<Value = String> {
        let pieces = [
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\"a\"",
            "\"a\":",
            "\\",
            "\\u00e9",
            "\\ud83d",
            "\\n",
            " ",
            "\n",
            "0",
            "1",
            "-",
            ".",
            "e",
            "E+",
            "12.5",
            "true",
            "false",
            "null",
            "é",
            "\u{1}",
            "\u{7f}",
            "a",
            "{}",
            "[]",
            "longer than eight",
        ];
        proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4_000) })]

        #[test]
        fn a_text_is_a_value_to_this_and_to_serde_alike(text in pieces()) {
            prop_assert_eq!(is_value(&text), is_value_to_serde(&text));
            let array = format!("[{text}]");
            prop_assert_eq!(is_value(&array), is_value_to_serde(&array));
            let object = format!("{{\"{text}\": {text}}}");
            prop_assert_eq!(is_value(&object), is_value_to_serde(&object));
        }

        #[test]
        fn the_first_special_byte_is_found(bytes in proptest::array::uniform8(prop_oneof![any::<u8>(), 0x1eu8..0x24, 0x5bu8..0x5e, Just(0x80)])) {
            let expected = bytes.iter().position(|byte| matches!(byte, 0..0x20 | b'"' | b'\\'));
            prop_assert_eq!(first_special(u64::from_le_bytes(bytes)), expected);
        }
    }
}
