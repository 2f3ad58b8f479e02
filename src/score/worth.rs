//! What events are worth by their age: found once for each age, then looked up.

use crate::calendar::Day;
use crate::plan::{DayPlan, WorthId};

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

    /// Puts what an event of each day is worth in the place of what was there.
    pub(super) fn values(&mut self, plan: &DayPlan<'_>, days: &[i32], values: &mut Vec<i64>) {
        let as_of = plan.as_of().number();
        let many = days.len() > FEW;
        if let (true, Some(oldest)) = (many, days.iter().min()) {
            self.reach(plan, as_of.saturating_sub(*oldest));
        }
        let known = self.ended || many;
        values.clear();
        values.extend(days.iter().map(|day| {
            let age = as_of.saturating_sub(*day) as usize;
            match self.by_age.get(age) {
                Some(value) => *value,
                None if known => 0,
                None => self.of_day(plan, *day),
            }
        }));
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
