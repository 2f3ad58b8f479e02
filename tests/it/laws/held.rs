//! Random contacts with values, lists, structures and maps, and with events that have such, as JSON Lines and as Parquet.

use std::sync::Arc;

use leadscore::calendar::Day;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, Int32Type, Int64Type};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use super::tables::Settings;

/// Contacts, with the columns that they have.
#[derive(Clone, Debug)]
pub(crate) struct Contacts {
    columns: Vec<(&'static str, Node)>,
    contacts: Vec<Value>,
}

/// What a column or a field of events holds.
#[derive(Clone, Debug)]
enum Node {
    Single(Of, Presence),
    List(Box<Node>, Style),
    Structure(Vec<(&'static str, Node)>, Presence),
}

#[derive(Clone, Copy, Debug)]
enum Of {
    Text,
    Whole,
    Boolean,
    Day,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Presence {
    Optional,
    Always,
}

/// How a list lies in a file.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Style {
    /// A list of a group of an element.
    Usual,
    /// A list of what is repeated itself.
    Old,
    /// What is repeated, without a list around it.
    Bare,
    /// A list of keys and values, which is an object in JSON.
    Map,
}

const PROPERTIES: [&str; 7] = ["page", "value", "seen", "due", "tags", "stage", "unread"];

/// Contacts of any kind.
pub(crate) fn contacts() -> impl Strategy<Value = Contacts> {
    let columns = ("title", "tags", "active");
    let shape = (node(), node(), node(), events()).prop_map(move |(title, tags, active, events)| {
        let id = Node::Single(Of::Text, Presence::Always);
        vec![
            ("id", id),
            (columns.0, title),
            (columns.1, tags),
            (columns.2, active),
            ("events", events),
        ]
    });
    shape.prop_shuffle().prop_flat_map(|columns| {
        let contact = Node::Structure(columns.clone(), Presence::Always);
        vec(value(&contact), 1..40).prop_map(move |mut contacts| {
            for (row, contact) in contacts.iter_mut().enumerate() {
                contact["id"] = json!(format!("c{row}"));
            }
            Contacts {
                columns: columns.clone(),
                contacts,
            }
        })
    })
}

/// The column of events: mostly such, else anything else.
fn events() -> impl Strategy<Value = Node> {
    let property = |name| node().prop_map(move |node| (name, node));
    let name = prop_oneof![9 => Just(single(Of::Text)), 1 => node()];
    let at = prop_oneof![6 => Just(single(Of::Text)), 3 => Just(single(Of::Day)), 1 => node()];
    let fields: Vec<_> = PROPERTIES.into_iter().map(property).collect();
    let fields = (name, at, fields).prop_map(|(name, at, mut fields)| {
        fields.extend([("event", name), ("at", at)]);
        fields
    });
    let style = select(vec![Style::Usual, Style::Usual, Style::Old, Style::Bare]);
    let events = (fields.prop_shuffle(), style).prop_map(|(fields, style)| {
        let presence = match style {
            Style::Usual => Presence::Optional,
            _ => Presence::Always,
        };
        Node::List(Box::new(Node::Structure(fields, presence)), style)
    });
    prop_oneof![8 => events, 1 => node()]
}

fn single(of: Of) -> Node {
    Node::Single(of, Presence::Optional)
}

/// Single values mostly, and lists of them.
fn node() -> impl Strategy<Value = Node> {
    let of = || select(vec![Of::Text, Of::Text, Of::Whole, Of::Boolean, Of::Day]);
    let list = |element, style| Node::List(Box::new(element), style);
    let structure = |presence| {
        let fields = vec![("q", list(single(Of::Text), Style::Usual)), ("r", single(Of::Whole))];
        Node::Structure(fields, presence)
    };
    let map = || {
        let fields = vec![
            ("key", Node::Single(Of::Text, Presence::Always)),
            ("value", single(Of::Text)),
        ];
        list(Node::Structure(fields, Presence::Always), Style::Map)
    };
    prop_oneof![
        6 => of().prop_map(single),
        3 => of().prop_map(move |of| list(single(of), Style::Usual)),
        1 => of().prop_map(move |of| list(Node::Single(of, Presence::Always), Style::Old)),
        1 => select(vec![
            structure(Presence::Optional),
            Node::Structure(vec![("q", Node::Single(Of::Whole, Presence::Always))], Presence::Always),
            map(),
            list(list(single(Of::Text), Style::Usual), Style::Usual),
            list(structure(Presence::Always), Style::Usual),
        ]),
    ]
}

/// The values of a node, as they are in JSON.
fn value(node: &Node) -> BoxedStrategy<Value> {
    let (value, presence) = match node {
        Node::Single(of, presence) => (single_value(*of), *presence),
        Node::List(_, Style::Map) => {
            let entry = (select(vec!["a", "b", "c"]), option::of(select(vec!["1", "2"])));
            let object = |entries: Vec<(&str, Option<&str>)>| {
                let entries = entries.into_iter();
                Value::Object(entries.map(|(key, value)| (key.to_owned(), json!(value))).collect())
            };
            (vec(entry, 0..3).prop_map(object).boxed(), Presence::Optional)
        }
        Node::List(element, _) => {
            // A list without any inner list but null ones is one of no texts in JSON, which does not know more.
            let element = match &**element {
                Node::List(..) => value(element).prop_filter("no null", |value| !value.is_null()).boxed(),
                element => value(element),
            };
            (vec(element, 0..4).prop_map(Value::Array).boxed(), Presence::Optional)
        }
        Node::Structure(fields, presence) => {
            let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
            let values: Vec<_> = fields.iter().map(|(_, field)| value(field)).collect();
            let object = move |values: Vec<Value>| {
                let names = names.iter().map(|name| (*name).to_owned());
                Value::Object(names.zip(values).collect::<Map<_, _>>())
            };
            (values.prop_map(object).boxed(), *presence)
        }
    };
    match presence {
        Presence::Always => value,
        Presence::Optional => prop_oneof![7 => value, 1 => Just(Value::Null)].boxed(),
    }
}

fn single_value(of: Of) -> BoxedStrategy<Value> {
    let texts = [
        "a",
        "é",
        "visit",
        "visit",
        "open",
        "lead",
        "12",
        "true",
        "2026-11-01",
        "",
        " x ",
    ];
    match of {
        Of::Text => select(texts.to_vec()).prop_map(Value::from).boxed(),
        Of::Whole => (-3i64..100).prop_map(Value::from).boxed(),
        Of::Boolean => any::<bool>().prop_map(Value::from).boxed(),
        Of::Day => (20_000i32..20_900)
            .prop_map(|day| Value::from(Day::from_number(day).unwrap().to_string()))
            .boxed(),
    }
}

impl Contacts {
    /// The contacts as JSON Lines.
    pub(crate) fn json_lines(&self) -> Vec<u8> {
        let lines = self.contacts.iter().map(|contact| format!("{contact}\n"));
        lines.collect::<String>().into_bytes()
    }

    /// The contacts as Parquet.
    pub(crate) fn parquet(&self, settings: &Settings) -> Vec<u8> {
        let columns = self.columns.iter().map(|(name, node)| node.schema(name));
        let schema = format!("message contacts {{ {} }}", columns.collect::<String>());
        let schema = Arc::new(parse_message_type(&schema).unwrap());
        let properties = Arc::new(settings.properties().build());
        let mut writer = SerializedFileWriter::new(Vec::new(), schema, properties).unwrap();
        for some in self.contacts.chunks(settings.rows_of_group) {
            let mut group = writer.next_row_group().unwrap();
            for (name, node) in &self.columns {
                let mut leaves = node.leaves();
                for contact in some {
                    node.shred(&contact[*name], Levels::default(), &mut leaves);
                }
                for leaf in leaves {
                    let mut into = group.next_column().unwrap().unwrap();
                    leaf.write(&mut into);
                    into.close().unwrap();
                }
            }
            group.close().unwrap();
        }
        writer.into_inner().unwrap()
    }
}

impl Node {
    /// The node as a schema writes it.
    fn schema(&self, name: &str) -> String {
        let of_fields = |fields: &[(&str, Node)]| {
            let fields = fields.iter().map(|(name, field)| field.schema(name));
            fields.collect::<String>()
        };
        match self {
            Node::Single(of, presence) => of.schema(presence.word(), name),
            Node::Structure(fields, presence) => {
                format!("{} group {name} {{ {} }}", presence.word(), of_fields(fields))
            }
            Node::List(element, Style::Usual) => {
                let element = element.schema("element");
                format!("optional group {name} (LIST) {{ repeated group list {{ {element} }} }}")
            }
            Node::List(element, style) => {
                let (around, inner) = match style {
                    Style::Bare => ("", name),
                    Style::Map => ("MAP", "key_value"),
                    Style::Usual | Style::Old => ("LIST", "array"),
                };
                let repeated = match &**element {
                    Node::Single(of, _) => of.schema("repeated", inner),
                    Node::Structure(fields, _) => format!("repeated group {inner} {{ {} }}", of_fields(fields)),
                    Node::List(..) => panic!("a list in an old list"),
                };
                match around {
                    "" => repeated,
                    around => format!("optional group {name} ({around}) {{ {repeated} }}"),
                }
            }
        }
    }

    /// The columns of values below it, empty.
    fn leaves(&self) -> Vec<Leaf> {
        match self {
            Node::Single(of, _) => vec![Leaf::new(*of)],
            Node::List(element, _) => element.leaves(),
            Node::Structure(fields, _) => fields.iter().flat_map(|(_, field)| field.leaves()).collect(),
        }
    }

    /// Adds a value to the columns below.
    fn shred(&self, value: &Value, at: Levels, leaves: &mut [Leaf]) {
        match self {
            Node::Single(_, presence) => {
                let there = *presence == Presence::Optional && !value.is_null();
                leaves[0].push(at.deeper(i16::from(there)), value);
            }
            Node::Structure(fields, presence) => {
                if value.is_null() {
                    return push_null(leaves, at);
                }
                let at = at.deeper(i16::from(*presence == Presence::Optional));
                let mut rest = leaves;
                for (name, field) in fields {
                    let (of_field, after) = rest.split_at_mut(field.leaves().len());
                    field.shred(&value[*name], at, of_field);
                    rest = after;
                }
            }
            Node::List(element, style) => {
                let elements = match value {
                    Value::Object(entries) => entries
                        .iter()
                        .map(|(key, value)| json!({"key": key, "value": value}))
                        .collect(),
                    Value::Array(elements) => elements.clone(),
                    _ => Vec::new(),
                };
                let itself = i16::from(*style != Style::Bare);
                if elements.is_empty() {
                    return push_null(leaves, at.deeper(if value.is_null() { 0 } else { itself }));
                }
                let mut at = at.deeper(itself + 1);
                at.depth += 1;
                for value in &elements {
                    element.shred(value, at, leaves);
                    at.repetition = at.depth;
                }
            }
        }
    }
}

fn push_null(leaves: &mut [Leaf], at: Levels) {
    for leaf in leaves {
        leaf.push(at, &Value::Null);
    }
}

impl Of {
    fn schema(self, repetition: &str, name: &str) -> String {
        match self {
            Of::Text => format!("{repetition} binary {name} (STRING);"),
            Of::Whole => format!("{repetition} int64 {name};"),
            Of::Boolean => format!("{repetition} boolean {name};"),
            Of::Day => format!("{repetition} int32 {name} (DATE);"),
        }
    }
}

impl Presence {
    fn word(self) -> &'static str {
        match self {
            Presence::Optional => "optional",
            Presence::Always => "required",
        }
    }
}

/// Where in a row a value stands.
#[derive(Clone, Copy, Debug, Default)]
struct Levels {
    definition: i16,
    repetition: i16,
    /// In how many lists.
    depth: i16,
}

impl Levels {
    fn deeper(self, levels: i16) -> Levels {
        Levels {
            definition: self.definition + levels,
            ..self
        }
    }
}

/// A column of values.
struct Leaf {
    of: Of,
    definition: Vec<i16>,
    repetition: Vec<i16>,
    values: Vec<Value>,
}

impl Leaf {
    fn new(of: Of) -> Leaf {
        Leaf {
            of,
            definition: Vec::new(),
            repetition: Vec::new(),
            values: Vec::new(),
        }
    }

    fn push(&mut self, at: Levels, value: &Value) {
        self.definition.push(at.definition);
        self.repetition.push(at.repetition);
        if !value.is_null() {
            self.values.push(value.clone());
        }
    }

    fn write(&self, into: &mut SerializedColumnWriter<'_>) {
        match self.of {
            Of::Text => self.put::<ByteArrayType>(into, |value| ByteArray::from(value.as_str().unwrap())),
            Of::Whole => self.put::<Int64Type>(into, |value| value.as_i64().unwrap()),
            Of::Boolean => self.put::<BoolType>(into, |value| value.as_bool().unwrap()),
            Of::Day => self.put::<Int32Type>(into, |value| Day::parse(value.as_str().unwrap()).unwrap().number()),
        }
    }

    fn put<T: DataType>(&self, into: &mut SerializedColumnWriter<'_>, value: impl Fn(&Value) -> T::T) {
        let values: Vec<T::T> = self.values.iter().map(value).collect();
        let (definition, repetition) = (Some(self.definition.as_slice()), Some(self.repetition.as_slice()));
        into.typed::<T>().write_batch(&values, definition, repetition).unwrap();
    }
}
