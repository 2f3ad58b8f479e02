//! Scores a few contacts at a time, again and again: what a service does.

use std::num::NonZeroUsize;

use crate::plan::DayPlan;
use crate::table::{Contacts, Events};

use super::Run;
use super::finish::Finish;
use super::result::Scores;

/// Scores a few contacts at a time, as they come: each time some contacts and all their events, nothing of which is
/// left afterwards. What takes time to make is kept: memory for what is computed, and, as long as the dictionaries of
/// the tables live, what the rules say of their texts. So it pays to keep the tables, too, and to clear them.
///
/// A scorer is for one thread and one day; another thread or day wants another, which is cheap.
///
/// ```
/// use leadscore::score::Scorer;
/// use leadscore::table::Cell;
/// use leadscore::{Contacts, Day, Events, Number, Plan, Source, compile};
///
/// let rules = "
/// when title contains word \"DRH\" add 40
/// when event download_whitepaper add 10 at most 3 times
/// hot >= 50
/// ";
/// let compiled = compile(&Source::new("rules.ls", rules), &|path| Err(format!("there is no file {path}")));
/// let model = compiled.into_model().expect("the rules have no mistakes");
/// let plan = Plan::new(&model);
/// let today = plan.on(Day::new(2026, 11, 1).expect("a day of the calendar"));
/// let mut scorer = Scorer::new(&today);
///
/// let mut contacts = Contacts::new(model.field_types());
/// let mut events = Events::new(model.property_types());
/// for (title, downloads, score) in [("DRH France", 2, 60), ("Analyste", 5, 30), ("DRH France", 0, 40)] {
///     // Dictionaries are kept up to a megabyte.
///     contacts.clear(1 << 20);
///     events.clear(1 << 20);
///     let row = contacts.push("martino", &[Cell::Text(title)]).expect("there is no other contact");
///     for _ in 0..downloads {
///         events.push(row, "download_whitepaper", Day::new(2026, 9, 20).expect("a day of the calendar"), &[]);
///     }
///     let scores = scorer.score(&contacts, &events);
///     assert_eq!(scores.overall(0), Some(Number::whole(score)));
/// }
/// ```
#[derive(Debug)]
pub struct Scorer<'a> {
    run: Run<'a>,
    finish: Finish<'a>,
}

impl<'a> Scorer<'a> {
    /// A scorer of a day.
    pub fn new(day: &'a DayPlan<'a>) -> Scorer<'a> {
        Scorer {
            run: Run::with_contacts(day, 0),
            finish: Finish::new(day),
        }
    }

    /// The scores of these contacts by these events, the contact of each of which is a row of them; events of other
    /// rows are nobody's.
    pub fn score(&mut self, contacts: &Contacts, events: &Events) -> Scores {
        self.run.forget(contacts.len());
        self.run.events(events);
        self.finish
            .scores(self.run.following.settled(contacts), NonZeroUsize::MIN)
    }
}
