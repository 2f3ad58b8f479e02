//! Some events of one name, and which of them a signal collects.

use crate::plan::{Collect, DayPlan, Days, Signal, SignalId};
use crate::table::Column;

use super::evaluate::Evaluator;
use super::selection::Chosen;
use super::texts::TextResults;

/// Some events of one name, column by column, of which the filters have been evaluated.
pub(super) struct Batch<'a> {
    /// The plan on its day.
    pub(super) day: &'a DayPlan<'a>,
    /// The events.
    pub(super) events: Chosen<'a>,
    /// The columns of properties.
    pub(super) columns: &'a [Column],
    /// What the filters have found.
    pub(super) filters: &'a Evaluator<'a>,
    /// What is known of the texts.
    pub(super) texts: &'a TextResults<'a>,
    /// The earliest and the latest day.
    days: Days,
}

/// Which events of a batch a signal collects.
#[derive(Clone, Copy, Debug)]
pub(super) enum Pass<'a> {
    /// None.
    None,
    /// All.
    All,
    /// Those with a 1; the others have a 0.
    Some(&'a [u8]),
}

impl<'a> Batch<'a> {
    pub(super) fn new(
        day: &'a DayPlan<'a>,
        events: Chosen<'a>,
        columns: &'a [Column],
        filters: &'a Evaluator<'a>,
        texts: &'a TextResults<'a>,
    ) -> Batch<'a> {
        let days = Days {
            // Folds, which the compiler does several days at once.
            first: events.days.iter().fold(i32::MAX, |first, day| first.min(*day)),
            last: events.days.iter().fold(i32::MIN, |last, day| last.max(*day)),
        };
        Batch {
            day,
            events,
            columns,
            filters,
            texts,
            days,
        }
    }

    /// Which events a signal collects.
    pub(super) fn pass<'b>(&'b self, signal: SignalId, buffer: &'b mut Vec<u8>) -> Pass<'b> {
        let Some(planned) = self.day.plan().signal(signal) else {
            return Pass::None;
        };
        let Collect::Known(property) = planned.collect else {
            return self.inside(signal, buffer);
        };
        let Some(Column::Number(numbers)) = self.columns.get(property as usize) else {
            return Pass::None;
        };
        self.fill(buffer, planned);
        self.keep_days(buffer, self.day.window(signal));
        for (pass, row) in buffer.iter_mut().zip(self.events.rows) {
            let number = numbers.get(*row as usize).copied().unwrap_or(Column::NO_NUMBER);
            *pass &= u8::from(number != Column::NO_NUMBER);
        }
        Pass::Some(buffer)
    }

    /// Which events a signal's filter and window let through. Many a log is in the order of time, so that all days of
    /// a batch lie in a window, or none does.
    pub(super) fn inside<'b>(&'b self, signal: SignalId, buffer: &'b mut Vec<u8>) -> Pass<'b> {
        let Some(planned) = self.day.plan().signal(signal) else {
            return Pass::None;
        };
        let window = self.day.window(signal);
        if self.days.last < window.first || self.days.first > window.last {
            return Pass::None;
        }
        if window.contain(self.days.first) && window.contain(self.days.last) {
            return self.flags(planned).map_or(Pass::All, Pass::Some);
        }
        self.fill(buffer, planned);
        self.keep_days(buffer, window);
        Pass::Some(buffer)
    }

    /// Which events a signal's filter lets through, but not its window.
    pub(super) fn outside<'b>(&'b self, signal: SignalId, buffer: &'b mut Vec<u8>) -> Pass<'b> {
        let Some(planned) = self.day.plan().signal(signal) else {
            return Pass::None;
        };
        let window = self.day.window(signal);
        self.fill(buffer, planned);
        for (pass, day) in buffer.iter_mut().zip(self.events.days) {
            *pass &= u8::from(!window.contain(*day));
        }
        Pass::Some(buffer)
    }

    /// The places of the events that pass.
    pub(super) fn picked<'p>(&self, pass: Pass<'p>) -> impl Iterator<Item = usize> + use<'p> {
        let passes = move |at: &usize| match pass {
            Pass::None => false,
            Pass::All => true,
            Pass::Some(flags) => flags.get(*at) == Some(&1),
        };
        (0..self.events.rows.len()).filter(passes)
    }

    fn flags(&self, signal: &Signal) -> Option<&[u8]> {
        let filter = signal.filter?;
        Some(
            self.filters
                .values
                .get(filter.index())
                .map_or(&[], |values| &values.flags),
        )
    }

    fn fill(&self, buffer: &mut Vec<u8>, signal: &Signal) {
        buffer.clear();
        match self.flags(signal) {
            Some(flags) => buffer.extend_from_slice(flags),
            None => buffer.resize(self.events.rows.len(), 1),
        }
    }

    fn keep_days(&self, passes: &mut [u8], window: Days) {
        for (pass, day) in passes.iter_mut().zip(self.events.days) {
            *pass &= u8::from(window.contain(*day));
        }
    }
}
