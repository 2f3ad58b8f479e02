//! Contacts and events as typed columns, texts as codes of a dictionary. What the engine reads, whoever filled it.

mod column;
mod ids;
mod numbered;
mod slots;
mod texts;
mod uuids;

pub use column::Column;
pub use texts::Texts;

use ids::Ids;

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
    ids: Ids,
    columns: Vec<Column>,
}

impl Contacts {
    /// No contacts yet, with a column for each type.
    pub fn new<'a>(types: impl IntoIterator<Item = &'a Type>) -> Contacts {
        Contacts {
            ids: Ids::default(),
            columns: types.into_iter().map(Column::new).collect(),
        }
    }

    /// Adds a contact with a cell for each column; cells left out are missing. Returns its row, or the row of
    /// the contact that has this id already, which stays as it is.
    pub fn push(&mut self, id: &str, cells: &[Cell<'_>]) -> Result<u32, u32> {
        let row = self.ids.add(id)?;
        for (at, column) in self.columns.iter_mut().enumerate() {
            column.push(cells.get(at).copied().unwrap_or(Cell::Missing));
        }
        Ok(row)
    }

    /// Puts the id of a contact in the next row, whose cells are [filled](Self::fill) in later. Nobody checks that the
    /// id is new. Until the contacts are [appended](Self::append) to others, the row is found slowly.
    pub fn put(&mut self, id: &str) {
        self.ids.put(id);
    }

    /// Fills in the cells of the rows that have none yet: `fill` is given the place of each column and the column; what
    /// it leaves out is missing.
    pub fn fill(&mut self, fill: impl FnMut(usize, &mut Column)) {
        fill_columns(&mut self.columns, self.ids.len(), fill);
    }

    /// Forgets the contacts and keeps the dictionaries of their texts, unless one has outgrown `most_bytes`.
    pub fn clear(&mut self, most_bytes: usize) {
        self.ids = Ids::default();
        for column in &mut self.columns {
            column.clear_rows(most_bytes);
        }
    }

    /// No contacts, with the same columns.
    pub fn emptied(&self) -> Contacts {
        Contacts {
            ids: Ids::default(),
            columns: self.columns.iter().map(Column::emptied).collect(),
        }
    }

    /// Adds other contacts with the same columns. Where one has the id of one that is there, returns its row among the
    /// others and the row of the one that was there; those before it are added.
    pub fn append(&mut self, others: &Contacts) -> Result<(), (usize, u32)> {
        let repeated = self.ids.append(&others.ids).err();
        let count = repeated.map_or(others.len(), |(row, _)| row);
        for (column, more) in self.columns.iter_mut().zip(&others.columns) {
            column.append(more, count);
        }
        repeated.map_or(Ok(()), Err)
    }

    /// The ids alone, without columns.
    pub fn ids(&self) -> Contacts {
        Contacts {
            ids: self.ids.clone(),
            columns: Vec::new(),
        }
    }

    /// The contact of a row alone; none where there is no such row.
    pub fn only(&self, row: usize) -> Contacts {
        let mut ids = Ids::default();
        let rows = if row < self.len() { vec![row] } else { Vec::new() };
        for row in &rows {
            ids.put(self.id(*row));
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

    /// Adds the row of the contact with each of these ids, [`u32::MAX`] where there is none.
    pub fn rows(&self, ids: &[impl AsRef<str>], rows: &mut Vec<u32>) {
        self.ids.find_all(ids, rows);
    }

    /// The id of the contact in a row.
    pub fn id(&self, row: usize) -> &str {
        self.ids.text(row)
    }

    /// How many contacts there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
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

    /// The code of a name in the [vocabulary](Self::vocabulary), a new one where the name is new. It lasts as
    /// long as the vocabulary stays the same.
    pub fn name_code(&mut self, name: &str) -> u32 {
        self.vocabulary.code(name)
    }

    /// Adds events: the row of each one's contact, its [name's code](Self::name_code) and its day, as many of each. Their
    /// cells are pushed by `fill`, which is given the place of each column and the column; what it leaves out is missing.
    pub fn extend(
        &mut self,
        contacts: &[u32],
        names: impl Iterator<Item = u32>,
        days: &[i32],
        fill: impl FnMut(usize, &mut Column),
    ) {
        self.contacts.extend_from_slice(contacts);
        self.names.extend(names);
        self.days.extend_from_slice(days);
        fill_columns(&mut self.columns, self.days.len(), fill);
    }

    /// Moves the contacts by so many rows.
    pub fn shift(&mut self, rows: u32) {
        for contact in &mut self.contacts {
            *contact += rows;
        }
    }

    /// Adds the events of another batch, whose columns are of the same types, after those that are there.
    pub fn append(&mut self, other: &Events) {
        self.add_rows(other, &(0..other.len()).collect::<Vec<_>>());
    }

    /// The events of the contact in a row, in their order.
    pub fn of(&self, contact: u32) -> Events {
        self.of_those(|row| row == contact)
    }

    /// The events of the contacts in some rows, in their order.
    pub fn of_those(&self, is_one: impl Fn(u32) -> bool) -> Events {
        let mut events = self.emptied();
        let contacts = self.contacts.iter().enumerate();
        let chosen = contacts.filter(|(_, contact)| is_one(**contact)).map(|(row, _)| row);
        events.add_rows(self, &chosen.collect::<Vec<_>>());
        events
    }

    /// No events, with the same columns.
    pub fn emptied(&self) -> Events {
        Events {
            contacts: Vec::new(),
            names: Vec::new(),
            vocabulary: Texts::default(),
            days: Vec::new(),
            columns: self.columns.iter().map(Column::emptied).collect(),
        }
    }

    /// Adds rows of another batch.
    fn add_rows(&mut self, other: &Events, rows: &[usize]) {
        let mut names = vec![None; other.vocabulary.len()];
        for row in rows {
            let head = (other.contacts.get(*row), other.names.get(*row), other.days.get(*row));
            if let (Some(contact), Some(name), Some(day)) = head
                && let Some(known) = names.get_mut(*name as usize)
            {
                let name = known.get_or_insert_with(|| self.vocabulary.code(other.vocabulary.text(*name)));
                self.contacts.push(*contact);
                self.names.push(*name);
                self.days.push(*day);
            }
        }
        for (column, more) in self.columns.iter_mut().zip(&other.columns) {
            column.extend(more, rows.iter().copied());
        }
    }

    /// The events of one contact up to a day, in their order; the contact becomes that of row 0.
    pub fn only(&self, contact: usize, up_to: Day) -> Events {
        let mut events = self.emptied();
        let all = self.contacts.iter().zip(&self.days).enumerate();
        let chosen = all.filter(|(_, (of, day))| **of as usize == contact && **day <= up_to.number());
        events.add_rows(self, &chosen.map(|(row, _)| row).collect::<Vec<_>>());
        events.contacts.fill(0);
        events
    }

    /// Forgets the events and keeps the dictionaries, unless one has outgrown `most_bytes`.
    pub fn clear(&mut self, most_bytes: usize) {
        self.contacts.clear();
        self.names.clear();
        self.days.clear();
        if self.vocabulary.bytes() > most_bytes {
            self.vocabulary.clear();
        }
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

/// Lets `fill` push the cells of new rows, up to so many in all, and pushes those that it left out.
fn fill_columns(columns: &mut [Column], rows: usize, mut fill: impl FnMut(usize, &mut Column)) {
    for (at, column) in columns.iter_mut().enumerate() {
        fill(at, column);
        column.push_missing(rows.saturating_sub(column.len()));
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
