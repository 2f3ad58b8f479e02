//! Some events of one name, and what signals read of those that pass.

use std::collections::HashMap;

use crate::plan::DayPlan;
use crate::table::Column;

use super::tally::Tally;
use super::texts::TextResults;

/// Some events of one name, column by column.
pub(super) struct Batch<'a> {
    /// The plan on its day.
    pub(super) day: &'a DayPlan<'a>,
    /// Their places in the columns.
    pub(super) rows: &'a [u32],
    /// Whose they are.
    pub(super) contacts: &'a [u32],
    /// When they happened.
    pub(super) days: &'a [i32],
    /// The columns of properties.
    pub(super) columns: &'a [Column],
    /// What is known of the texts.
    pub(super) texts: &'a TextResults,
}

/// Sets of texts, each with a number.
pub(super) type Sets = HashMap<Box<[u32]>, i64>;

impl Batch<'_> {
    /// Shows the contact and day of each event, and whether it passes.
    pub(super) fn each(&self, passes: &[u8], mut show: impl FnMut(u32, i32, bool)) {
        for ((contact, day), pass) in self.contacts.iter().zip(self.days).zip(passes) {
            show(*contact, *day, *pass == 1);
        }
    }

    /// The contacts and days of the events that pass.
    pub(super) fn days_picked(&self, passes: &[u8]) -> impl Iterator<Item = (u32, i32)> {
        let events = self.contacts.iter().zip(self.days).zip(passes);
        events
            .filter(|(_, pass)| **pass == 1)
            .map(|((contact, day), _)| (*contact, *day))
    }

    /// The contacts and rows of the events that pass.
    fn rows_picked(&self, passes: &[u8]) -> impl Iterator<Item = (u32, usize)> {
        let events = self.contacts.iter().zip(self.rows).zip(passes);
        events
            .filter(|(_, pass)| **pass == 1)
            .map(|((contact, row), _)| (*contact, *row as usize))
    }

    /// Shows the contact and the number of each event that passes and has this property.
    pub(super) fn numbers(&self, property: u32, passes: &[u8], mut show: impl FnMut(u32, i64)) {
        let Some(Column::Number(numbers)) = self.columns.get(property as usize) else {
            return;
        };
        for (contact, row) in self.rows_picked(passes) {
            match numbers.get(row) {
                Some(number) if *number != Column::NO_NUMBER => show(contact, *number),
                Some(_) | None => {}
            }
        }
    }

    /// Tallies the values of a property, equal ones by one number.
    pub(super) fn distinct(&self, property: u32, passes: &[u8], tally: &mut Tally<(u32, i64)>, sets: &mut Sets) {
        let picked = self.rows_picked(passes);
        match self.columns.get(property as usize) {
            Some(Column::Text { codes, .. }) => {
                let folded = self.texts.folded_column(property);
                let of_row = |row: usize| folded.get(*codes.get(row)? as usize).map(|code| i64::from(*code));
                tally.extend(picked.filter_map(|(contact, row)| Some((contact, of_row(row)?))));
            }
            Some(Column::Number(numbers)) => {
                let of_row = |row: usize| numbers.get(row).copied().filter(|number| *number != Column::NO_NUMBER);
                tally.extend(picked.filter_map(|(contact, row)| Some((contact, of_row(row)?))));
            }
            Some(Column::Boolean(flags)) => {
                let of_row = |row: usize| flags.get(row).copied().filter(|flag| *flag != Column::NO_BOOLEAN);
                tally.extend(picked.filter_map(|(contact, row)| Some((contact, i64::from(of_row(row)?)))));
            }
            Some(Column::Date(days)) => {
                let of_row = |row: usize| days.get(row).copied().filter(|day| *day != Column::NO_DAY);
                tally.extend(picked.filter_map(|(contact, row)| Some((contact, i64::from(of_row(row)?)))));
            }
            Some(list @ Column::List { .. }) => {
                let folded = self.texts.folded_column(property);
                let mut of_row = |row: usize| set_number(list.list(row), folded, sets);
                tally.extend(picked.filter_map(|(contact, row)| Some((contact, of_row(row)?))));
            }
            None => {}
        }
    }
}

/// The number of a set of texts; `None` for the empty one, which is missing. Sets are equal that hold, folded, the
/// same elements.
fn set_number(codes: &[u32], folded: &[u32], sets: &mut Sets) -> Option<i64> {
    let mut elements: Vec<u32> = codes
        .iter()
        .filter_map(|code| folded.get(*code as usize).copied())
        .collect();
    elements.sort_unstable();
    elements.dedup();
    if elements.is_empty() {
        return None;
    }
    let next = sets.len() as i64;
    Some(*sets.entry(elements.into()).or_insert(next))
}
