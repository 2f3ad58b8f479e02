//! A row of a table as a test gives it: each value in the way in which its column can hold it.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::{Day, Zone};
use crate::model::Given;
use crate::number::Number;

use super::super::tables::ColumnType;
use super::WhyLeftOut;
use super::yaml::Yaml;

/// Columns with what stands in them.
pub(super) type Row = Vec<(String, Yaml)>;

/// A row to which cells are added.
#[derive(Clone, Debug)]
pub(super) struct Cells<'a> {
    /// The columns that are read; others are left out.
    read: Option<&'a BTreeSet<String>>,
    types: &'a BTreeMap<String, ColumnType>,
    missing: &'a [String],
    zone: Zone,
    cells: Row,
}

impl<'a> Cells<'a> {
    /// A row of a table of which these columns are read, with what is known of them, and the texts that mean missing
    /// in it.
    pub(super) fn new(
        read: Option<&'a BTreeSet<String>>,
        types: &'a BTreeMap<String, ColumnType>,
        missing: &'a [String],
        zone: Zone,
    ) -> Cells<'a> {
        let cells = Row::new();
        Cells {
            read,
            types,
            missing,
            zone,
            cells,
        }
    }

    /// Puts something into a column, which can hold one thing only.
    pub(super) fn put(&mut self, column: &str, cell: Yaml) -> Result<(), WhyLeftOut> {
        if self.read.is_none_or(|read| !read.contains(column)) {
            return Ok(());
        }
        match self.cells.iter().find(|(known, _)| known == column) {
            Some((_, known)) if *known == cell => {}
            Some(_) => return Err(WhyLeftOut::Value(column.to_owned())),
            None => self.cells.push((column.to_owned(), cell)),
        }
        Ok(())
    }

    /// Puts a value that a test gives, or that it does not give, into a column.
    pub(super) fn put_given(&mut self, column: &str, given: Option<&Given>) -> Result<(), WhyLeftOut> {
        let cell = match given {
            None => Some(Yaml::Null),
            Some(Given::Text(text)) => self.text(text),
            Some(Given::List(parts)) => self.list(parts),
            Some(Given::Number(number)) => self.unless_missing(&number.to_string(), exact(*number)),
            Some(Given::Boolean(value)) => self.unless_missing(&value.to_string(), Yaml::Boolean(*value)),
            Some(Given::Date(day)) => return self.put_day(column, *day),
        };
        self.put(column, cell.ok_or_else(|| WhyLeftOut::Value(column.to_owned()))?)
    }

    /// Puts a day into a column: where moments stand, one of that day.
    pub(super) fn put_day(&mut self, column: &str, day: Day) -> Result<(), WhyLeftOut> {
        let written = match self.types.get(column) {
            Some(ColumnType::Instant) => moment(day, self.zone),
            Some(ColumnType::UtcInstant) => moment(day, Zone::UTC),
            Some(ColumnType::Integer | ColumnType::Decimal) | None => Some(day.to_string()),
        };
        self.put(
            column,
            Yaml::text(written.ok_or_else(|| WhyLeftOut::Value(column.to_owned()))?),
        )
    }

    /// The row, missing what is in none of its columns yet.
    pub(super) fn finish(mut self) -> Row {
        for column in self.read.into_iter().flatten() {
            if self.cells.iter().all(|(known, _)| known != column) {
                self.cells.push((column.clone(), Yaml::Null));
            }
        }
        self.cells
    }

    /// A text, which not every engine can hold with a character zero in it.
    fn text(&self, text: &str) -> Option<Yaml> {
        let cell = self.unless_missing(text, Yaml::text(text));
        cell.filter(|_| !text.contains('\0'))
    }

    /// A list as text, which its parts must not divide.
    fn list(&self, parts: &[String]) -> Option<Yaml> {
        let is_one = |part: &String| !part.contains(';');
        if parts.iter().all(is_one) {
            self.text(&parts.join("; "))
        } else {
            None
        }
    }

    fn unless_missing(&self, written: &str, cell: Yaml) -> Option<Yaml> {
        let means_missing = self.missing.iter().any(|missing| missing.trim() == written);
        (!means_missing).then_some(cell)
    }
}

/// A number, to its last digit.
pub(super) fn exact(number: Number) -> Yaml {
    let written = number.to_string();
    match written.parse() {
        Ok(whole) => Yaml::Whole(whole),
        Err(_) => Yaml::Text(written),
    }
}

/// A moment of a day in a zone, as far as possible from other days.
fn moment(day: Day, zone: Zone) -> Option<String> {
    let at = |hour: u32| format!("{day} {hour:02}:00:00+00:00");
    let hours = [12, 0, 23].into_iter().map(at);
    hours.into_iter().find(|moment| zone.read_day(moment) == Some(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_falls_on_its_day() {
        let day = Day::new(2026, 11, 1).unwrap();
        let in_zone = |name: &str| moment(day, Zone::named(name).unwrap());
        assert_eq!(in_zone("Europe/Paris").as_deref(), Some("2026-11-01 12:00:00+00:00"));
        assert_eq!(
            in_zone("Pacific/Kiritimati").as_deref(),
            Some("2026-11-01 00:00:00+00:00")
        );
        for name in Zone::names() {
            assert!(in_zone(name).is_some(), "{name}");
        }
    }
}
