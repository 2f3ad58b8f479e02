//! Contacts and events as typed columns, texts as codes of a dictionary. What the engine reads, whoever filled it.

mod column;
mod texts;

pub use column::Column;
pub use texts::Texts;

use std::sync::Arc;

use crate::calendar::Day;
use crate::number::Number;

/// The type of a field, a property or a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// Unicode text.
    Text,
    /// An exact decimal.
    Number,
    /// True or false.
    Boolean,
    /// A calendar day.
    Date,
    /// A set of texts.
    List,
    /// A text, one of these, in this spelling.
    OneOf(Arc<[String]>),
}

impl Type {
    /// Whether its values are single texts.
    pub fn is_text(&self) -> bool {
        matches!(self, Type::Text | Type::OneOf(_))
    }
}

impl std::fmt::Display for Type {
    /// As a declaration writes it: `list of text`, `one of "a", "b"`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Type::Text => f.write_str("text"),
            Type::Number => f.write_str("number"),
            Type::Boolean => f.write_str("boolean"),
            Type::Date => f.write_str("date"),
            Type::List => f.write_str("list of text"),
            Type::OneOf(values) => {
                let quoted: Vec<String> = values.iter().map(|value| format!("{value:?}")).collect();
                write!(f, "one of {}", quoted.join(", "))
            }
        }
    }
}

/// One value of a contact or an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell<'a> {
    /// No value.
    Missing,
    /// A text, trimmed and not empty.
    Text(&'a str),
    /// A number.
    Number(Number),
    /// A boolean.
    Boolean(bool),
    /// A day.
    Date(Day),
    /// A set of texts, not empty, each trimmed and not empty.
    List(&'a [&'a str]),
}

/// The contacts: their ids, and a column for each field of the model, in the order of its field ids.
#[derive(Clone, Debug, Default)]
pub struct Contacts {
    ids: Texts,
    columns: Vec<Column>,
}

impl Contacts {
    /// No contacts yet, with a column for each type.
    pub fn new<'a>(types: impl IntoIterator<Item = &'a Type>) -> Contacts {
        Contacts {
            ids: Texts::default(),
            columns: types.into_iter().map(Column::new).collect(),
        }
    }

    /// Adds a contact with a cell for each column; cells left out are missing. Returns its row, or the row of
    /// the contact that has this id already, which stays as it is.
    pub fn push(&mut self, id: &str, cells: &[Cell<'_>]) -> Result<u32, u32> {
        if let Some(row) = self.ids.find(id) {
            return Err(row);
        }
        for (at, column) in self.columns.iter_mut().enumerate() {
            column.push(cells.get(at).copied().unwrap_or(Cell::Missing));
        }
        Ok(self.ids.code(id))
    }

    /// Adds a contact as [`push`](Self::push) does, its cells pushed by `fill`, which is given the place of each
    /// column and the column. What `fill` leaves out is missing.
    pub fn push_each(&mut self, id: &str, mut fill: impl FnMut(usize, &mut Column)) -> Result<u32, u32> {
        if let Some(row) = self.ids.find(id) {
            return Err(row);
        }
        let row = self.ids.code(id);
        fill_row(&mut self.columns, row as usize, &mut fill);
        Ok(row)
    }

    /// The contact of a row alone; none where there is no such row.
    pub fn only(&self, row: usize) -> Contacts {
        let mut ids = Texts::default();
        let rows = if row < self.len() { vec![row] } else { Vec::new() };
        for row in &rows {
            ids.code(self.id(*row));
        }
        Contacts {
            ids,
            columns: self.columns.iter().map(|column| column.chosen(&rows)).collect(),
        }
    }

    /// The row of the contact with an id.
    pub fn row(&self, id: &str) -> Option<u32> {
        self.ids.find(id)
    }

    /// The id of the contact in a row.
    pub fn id(&self, row: usize) -> &str {
        self.ids.text(row as u32)
    }

    /// How many contacts there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The columns.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }
}

/// A batch of events: of which contact, what, on which day, and a column for each property of the model, in the
/// order of its property ids.
#[derive(Clone, Debug)]
pub struct Events {
    contacts: Vec<u32>,
    names: Vec<u32>,
    vocabulary: Texts,
    days: Vec<i32>,
    columns: Vec<Column>,
}

impl Events {
    /// No events yet, with a column for each type.
    pub fn new<'a>(types: impl IntoIterator<Item = &'a Type>) -> Events {
        Events {
            contacts: Vec::new(),
            names: Vec::new(),
            vocabulary: Texts::default(),
            days: Vec::new(),
            columns: types.into_iter().map(Column::new).collect(),
        }
    }

    /// Adds an event with a cell for each column; cells left out are missing.
    pub fn push(&mut self, contact: u32, name: &str, day: Day, cells: &[Cell<'_>]) {
        self.contacts.push(contact);
        self.names.push(self.vocabulary.code(name));
        self.days.push(day.number());
        for (at, column) in self.columns.iter_mut().enumerate() {
            column.push(cells.get(at).copied().unwrap_or(Cell::Missing));
        }
    }

    /// The code of a name in the [vocabulary](Self::vocabulary), a new one where the name is new. It lasts as long as
    /// these batches do.
    pub fn name_code(&mut self, name: &str) -> u32 {
        self.vocabulary.code(name)
    }

    /// Adds an event of a [name's code](Self::name_code), its cells pushed by `fill`, which is given the place of
    /// each column and the column. What `fill` leaves out is missing.
    pub fn push_each(&mut self, contact: u32, name: u32, day: Day, mut fill: impl FnMut(usize, &mut Column)) {
        let row = self.days.len();
        self.contacts.push(contact);
        self.names.push(name);
        self.days.push(day.number());
        fill_row(&mut self.columns, row, &mut fill);
    }

    /// Adds the events of another batch, whose columns are of the same types, after those that are there.
    pub fn append(&mut self, other: &Events) {
        let names: Vec<u32> = other.vocabulary.iter().map(|name| self.vocabulary.code(name)).collect();
        let codes = other.names.iter().filter_map(|name| names.get(*name as usize).copied());
        self.names.extend(codes);
        self.contacts.extend(&other.contacts);
        self.days.extend(&other.days);
        for (column, more) in self.columns.iter_mut().zip(&other.columns) {
            column.append(more);
        }
    }

    /// The events of one contact up to a day, in their order; the contact becomes that of row 0.
    pub fn only(&self, contact: usize, up_to: Day) -> Events {
        let all = self.contacts.iter().zip(&self.days).enumerate();
        let chosen = all.filter(|(_, (of, day))| **of as usize == contact && **day <= up_to.number());
        let rows: Vec<usize> = chosen.map(|(row, _)| row).collect();
        let mut vocabulary = Texts::default();
        let name = |row: &usize| self.names.get(*row).map_or("", |name| self.vocabulary.text(*name));
        Events {
            contacts: vec![0; rows.len()],
            names: rows.iter().map(|row| vocabulary.code(name(row))).collect(),
            vocabulary,
            days: rows.iter().filter_map(|row| self.days.get(*row).copied()).collect(),
            columns: self.columns.iter().map(|column| column.chosen(&rows)).collect(),
        }
    }

    /// Forgets the events and keeps the dictionaries, unless one has outgrown `most_bytes`.
    pub fn clear(&mut self, most_bytes: usize) {
        self.contacts.clear();
        self.names.clear();
        self.days.clear();
        for column in &mut self.columns {
            column.clear_rows(most_bytes);
        }
    }

    /// How many events there are.
    pub fn len(&self) -> usize {
        self.days.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    /// The row of each event's contact.
    pub fn contacts(&self) -> &[u32] {
        &self.contacts
    }

    /// The code of each event's name in the [vocabulary](Self::vocabulary).
    pub fn names(&self) -> &[u32] {
        &self.names
    }

    /// The names that occur.
    pub fn vocabulary(&self) -> &Texts {
        &self.vocabulary
    }

    /// Each event's day, as [`Day::number`].
    pub fn days(&self) -> &[i32] {
        &self.days
    }

    /// The columns of properties.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }
}

/// Lets `fill` push a row's cells, and pushes those that it left out.
fn fill_row(columns: &mut [Column], row: usize, fill: &mut impl FnMut(usize, &mut Column)) {
    for (at, column) in columns.iter_mut().enumerate() {
        fill(at, column);
        if column.len() <= row {
            column.push(Cell::Missing);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dictionary_gives_each_text_one_code() {
        let mut texts = Texts::default();
        assert_eq!(
            (texts.code("a"), texts.code(""), texts.code("a"), texts.code("b")),
            (0, 1, 0, 2)
        );
        assert_eq!(
            (texts.text(0), texts.text(1), texts.text(2), texts.text(9)),
            ("a", "", "b", "")
        );
        assert_eq!(texts.find("z"), None);
    }

    #[test]
    fn a_contact_is_added_once() {
        let mut contacts = Contacts::new(&[Type::Number, Type::List]);
        assert_eq!(
            contacts.push("x", &[Cell::Number(Number::whole(2)), Cell::List(&["a", "b"])]),
            Ok(0)
        );
        assert_eq!(contacts.push("x", &[]), Err(0));
        assert_eq!(contacts.push("y", &[]), Ok(1));
        let shown: Vec<_> = contacts
            .columns()
            .iter()
            .map(|column| (column.display(0), column.display(1)))
            .collect();
        assert_eq!(shown, [(Some("2".to_owned()), None), (Some("a; b".to_owned()), None)]);
    }

    #[test]
    fn one_contact_can_be_taken_out_with_its_events_up_to_a_day() {
        let mut contacts = Contacts::new(&[Type::Text, Type::List]);
        contacts.push("x", &[Cell::Text("one"), Cell::Missing]).unwrap();
        contacts
            .push("y", &[Cell::Text("two"), Cell::List(&["a", "b"])])
            .unwrap();
        let only = contacts.only(1);
        assert_eq!((only.len(), only.id(0)), (1, "y"));
        let shown: Vec<_> = only.columns().iter().map(|column| column.display(0)).collect();
        assert_eq!(shown, [Some("two".to_owned()), Some("a; b".to_owned())]);
        assert!(contacts.only(2).is_empty());

        let mut events = Events::new(&[Type::Number]);
        let day = |text| Day::parse(text).unwrap();
        for (contact, name, on) in [(0, "a", "2026-01-01"), (1, "b", "2026-01-01"), (1, "c", "2026-01-02")] {
            events.push(contact, name, day(on), &[Cell::Number(Number::whole(7))]);
        }
        let only = events.only(1, day("2026-01-01"));
        assert_eq!(
            (only.len(), only.contacts(), only.vocabulary().text(0)),
            (1, &[0][..], "b")
        );
        assert_eq!(
            only.columns().first().and_then(|column| column.display(0)),
            Some("7".to_owned())
        );
    }
}
