//! What events are worth by their age: found once for each age, then looked up.

use crate::calendar::Day;
use crate::plan::{DayPlan, WorthId};

use super::batch::Batch;

/// What an event is worth by its age in days, as far as it was asked; the last entry is zero where all older events
/// are worth nothing.
#[derive(Debug)]
pub(super) struct ValueTable {
    worth: WorthId,
    by_age: Vec<i64>,
    ended: bool,
}

/// So few events do not pay for a table.
const FEW: usize = 64;

impl ValueTable {
    pub(super) fn new(worth: WorthId) -> ValueTable {
        ValueTable {
            worth,
            by_age: Vec::new(),
            ended: false,
        }
    }

    /// Adds to each contact's sum what its events that pass are worth.
    pub(super) fn add(&mut self, sums: &mut [i64], batch: &Batch<'_>, passes: &[u8]) {
        let as_of = batch.day.as_of().number();
        if batch.rows.len() > FEW {
            let oldest = batch
                .days_picked(passes)
                .map(|(_, day)| as_of.saturating_sub(day))
                .max();
            self.reach(batch.day, oldest.unwrap_or(0));
        }
        let known = self.ended || batch.rows.len() > FEW;
        for (contact, day) in batch.days_picked(passes) {
            let age = as_of.saturating_sub(day) as usize;
            let value = match self.by_age.get(age) {
                Some(value) => *value,
                None if known => 0,
                None => self.of_day(batch.day, day),
            };
            if let Some(sum) = sums.get_mut(contact as usize) {
                *sum = sum.saturating_add(value);
            }
        }
    }

    fn of_day(&self, plan: &DayPlan<'_>, day: i32) -> i64 {
        Day::from_number(day).map_or(0, |day| plan.worth(self.worth, day))
    }

    /// Fills the table up to an age, or up to where events are worth nothing any more.
    fn reach(&mut self, plan: &DayPlan<'_>, age: i32) {
        let as_of = plan.as_of().number();
        while !self.ended && self.by_age.len() <= age.max(0) as usize {
            let value = self.of_day(plan, as_of.saturating_sub(self.by_age.len() as i32));
            self.by_age.push(value);
            self.ended = value == 0;
        }
    }
}
