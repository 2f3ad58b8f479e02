//! Which of a contact's events there are, and which of them a pattern picks.

use leadscore::model::{EventSet, Pattern};

use super::{OracleEvent, World, calendar};

impl World<'_> {
    /// "An event that an `ignore` pattern (without a window) picks does not exist for anything else in the file."
    pub(crate) fn events(&self) -> Vec<&OracleEvent> {
        let seen = self.contact.events.iter().filter(|event| self.is_seen(event));
        seen.filter(|event| !self.is_ignored(event)).collect()
    }

    /// "Events after that day don't exist." "With at least one [declared], undeclared event names in the data are
    /// counted and left out; with none, every event in the data counts."
    fn is_seen(&self, event: &OracleEvent) -> bool {
        let declared = self.model.events.iter().any(|declared| declared.name == event.name);
        event.day <= self.as_of && (declared || !self.model.events_are_declared)
    }

    fn is_ignored(&self, event: &OracleEvent) -> bool {
        self.model
            .ignored
            .iter()
            .any(|ignore| self.fits(&ignore.pattern, event))
    }

    /// "A pattern picks some of a contact's events up to the as-of day."
    pub(crate) fn picks(&self, pattern: &Pattern) -> Vec<&OracleEvent> {
        let mut picked = self.events();
        picked.retain(|event| self.fits(pattern, event) && self.is_in_window(pattern, event));
        picked
    }

    /// The events that a pattern picks, its window left out.
    pub(crate) fn picks_at_any_time(&self, pattern: &Pattern) -> Vec<&OracleEvent> {
        let mut picked = self.events();
        picked.retain(|event| self.fits(pattern, event));
        picked
    }

    fn fits(&self, pattern: &Pattern, event: &OracleEvent) -> bool {
        let filter = pattern.filter.as_deref();
        self.is_among(&pattern.events, event) && filter.is_none_or(|filter| self.holds(filter, Some(event)))
    }

    /// "Without a name: every event that is not declared `passive`."
    fn is_among(&self, events: &EventSet, event: &OracleEvent) -> bool {
        match events {
            EventSet::Active => !self.is_passive(event),
            EventSet::Named(ids) => ids.iter().any(|id| self.model.events[id.index()].name == event.name),
        }
    }

    pub(crate) fn is_passive(&self, event: &OracleEvent) -> bool {
        let mut declared = self.model.events.iter();
        declared.any(|declared| declared.name == event.name && declared.passive)
    }

    /// "`within 30 days` keeps the days within 30 days; `not within 30 days` the earlier ones."
    fn is_in_window(&self, pattern: &Pattern, event: &OracleEvent) -> bool {
        let Some(window) = pattern.window else {
            return true;
        };
        calendar::is_within(event.day, window.period, self.as_of) != window.earlier
    }
}
