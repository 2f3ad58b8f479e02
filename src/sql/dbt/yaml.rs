//! A document of YAML, which every reader of YAML understands alike: texts stand between quotes wherever they could be
//! taken for something else.

/// A value of a document.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Yaml {
    /// Nothing.
    Null,
    /// True or false.
    Boolean(bool),
    /// A whole number.
    Whole(i64),
    /// A text.
    Text(String),
    /// A list on a line.
    Short(Vec<Yaml>),
    /// Keys with their values on a line.
    Row(Vec<(String, Yaml)>),
    /// A list, a value below the other.
    List(Vec<Yaml>),
    /// Keys with their values, one below the other.
    Map(Vec<(String, Yaml)>),
}

impl Yaml {
    /// A text.
    pub(super) fn text(text: impl Into<String>) -> Yaml {
        Yaml::Text(text.into())
    }

    /// Keys with their values, one below the other.
    pub(super) fn map<const N: usize>(entries: [(&str, Yaml); N]) -> Yaml {
        Yaml::Map(entries.map(|(key, value)| (key.to_owned(), value)).into())
    }

    /// The same value with other texts in it; keys stay as they are.
    pub(super) fn with_texts(self, other: fn(&str) -> String) -> Yaml {
        let of_list = |list: Vec<Yaml>| list.into_iter().map(|value| value.with_texts(other)).collect();
        let of_map = |entries: Vec<(String, Yaml)>| {
            let entries = entries.into_iter().map(|(key, value)| (key, value.with_texts(other)));
            entries.collect()
        };
        match self {
            Yaml::Text(text) => Yaml::Text(other(&text)),
            Yaml::Short(list) => Yaml::Short(of_list(list)),
            Yaml::List(list) => Yaml::List(of_list(list)),
            Yaml::Row(entries) => Yaml::Row(of_map(entries)),
            Yaml::Map(entries) => Yaml::Map(of_map(entries)),
            Yaml::Null | Yaml::Boolean(_) | Yaml::Whole(_) => self,
        }
    }

    /// The value as it is written, in lines that all end.
    pub(super) fn written(&self) -> String {
        match self {
            Yaml::List(list) if !list.is_empty() => list.iter().map(|value| item(&value.written())).collect(),
            Yaml::Map(entries) if !entries.is_empty() => entries.iter().map(|(key, value)| entry(key, value)).collect(),
            short => format!("{}\n", short.short()),
        }
    }

    /// The value on a line.
    fn short(&self) -> String {
        match self {
            Yaml::Null => "null".to_owned(),
            Yaml::Boolean(value) => value.to_string(),
            Yaml::Whole(number) => number.to_string(),
            Yaml::Text(text) => scalar(text),
            Yaml::Short(list) | Yaml::List(list) => {
                let list: Vec<String> = list.iter().map(Yaml::short).collect();
                format!("[{}]", list.join(", "))
            }
            Yaml::Row(entries) | Yaml::Map(entries) => {
                let entries: Vec<String> = entries
                    .iter()
                    .map(|(key, value)| format!("{}: {}", scalar(key), value.short()))
                    .collect();
                format!("{{{}}}", entries.join(", "))
            }
        }
    }
}

fn item(written: &str) -> String {
    format!("- {}\n", written.trim_end_matches('\n').replace('\n', "\n  "))
}

fn entry(key: &str, value: &Yaml) -> String {
    let (key, written) = (scalar(key), value.written());
    match value {
        Yaml::List(list) if !list.is_empty() => below(&key, &written),
        Yaml::Map(entries) if !entries.is_empty() => below(&key, &written),
        _ => format!("{key}: {written}"),
    }
}

fn below(key: &str, written: &str) -> String {
    format!("{key}:\n  {}\n", written.trim_end_matches('\n').replace('\n', "\n  "))
}

/// A text; without quotes where every reader of YAML takes it for that text.
fn scalar(text: &str) -> String {
    let is_name = |character: char| character.is_ascii_lowercase() || character == '_';
    let goes_on = |character: char| is_name(character) || character.is_ascii_digit();
    let is_plain = text.starts_with(is_name) && text.chars().all(goes_on) && !VALUES.contains(&text);
    if is_plain { text.to_owned() } else { quoted(text) }
}

/// Names that some reader of YAML takes for a value.
const VALUES: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];

/// A text as JSON has it. Of what JSON leaves as it is, YAML does not take everything.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            hidden if hidden.is_control() || is_hidden(hidden) => {
                quoted.push_str(&format!("\\u{:04X}", u32::from(hidden)));
            }
            plain => quoted.push(plain),
        }
    }
    quoted + "\""
}

/// Characters of the basic plane that end lines, or that YAML does not allow.
fn is_hidden(character: char) -> bool {
    matches!(
        character,
        '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_as_it_was() {
        let strange = "yes: no\n\"it's\" \\ # {{ x }}\u{1}\u{85}\u{2028}\u{FEFF} é 🎉";
        let row = Yaml::Row(vec![
            ("id".to_owned(), Yaml::Whole(-7)),
            (strange.to_owned(), Yaml::text(strange)),
        ]);
        let list = Yaml::List(vec![
            Yaml::List(vec![Yaml::Null, row]),
            Yaml::List(Vec::new()),
            Yaml::text(""),
        ]);
        let short = Yaml::Short(vec![
            Yaml::text("no"),
            Yaml::text("12"),
            Yaml::text("12"),
            Yaml::Boolean(true),
        ]);
        let document = Yaml::map([
            ("a", list),
            ("on", Yaml::map([("b", short), ("c", Yaml::text("1.50"))])),
        ]);
        let read: serde_json::Value = serde_yaml_ng::from_str(&document.written()).unwrap();
        let expected = serde_json::json!({
            "a": [[null, {"id": -7, strange: strange}], [], ""],
            "on": {"b": ["no", "12", "12", true], "c": "1.50"},
        });
        assert_eq!(read, expected, "{}", document.written());
    }

    #[test]
    fn texts_change_and_keys_stay() {
        let row = Yaml::Row(vec![("a".to_owned(), Yaml::text("a"))]);
        let changed = row.with_texts(|text| text.to_uppercase());
        assert_eq!(changed.written(), "{a: \"A\"}\n");
    }
}
