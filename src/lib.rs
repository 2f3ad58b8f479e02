//! leadscore: a small language in which marketing and sales write down, together, what makes a lead hot; its checker;
//! and the engine that scores contacts by it.
//!
//! A rules file is [compiled](compile) to a [`Model`], in which nothing is wrong any more; the model to a [`Plan`],
//! which depends on neither day nor data; and the plan [scores](score()) contacts as of a day, or
//! [explains](explain()) the score of one.
//!
//! ```
//! use leadscore::{Contacts, Day, Events, Number, Plan, Source, compile, score};
//! use leadscore::table::Cell;
//!
//! let rules = "
//! when title contains word \"DRH\" add 40
//! when event download_whitepaper add 10 at most 3 times
//! decay 5 per month
//! hot >= 50
//! ";
//! let compiled = compile(&Source::new("rules.ls", rules), &|path| Err(format!("there is no file {path}")));
//! let model = compiled.into_model().expect("the rules have no mistakes");
//! let plan = Plan::new(&model);
//!
//! let mut contacts = Contacts::new(model.field_types());
//! let martino = contacts.push("martino", &[Cell::Text("DRH France")]).expect("each id comes once");
//! let mut events = Events::new(model.property_types());
//! let day = Day::new(2026, 9, 20).expect("a day of the calendar");
//! events.push(martino, "download_whitepaper", day, &[]);
//! events.push(martino, "download_whitepaper", day, &[]);
//!
//! let scores = score(&plan, Day::new(2026, 11, 1).expect("a day of the calendar"), &contacts, [&events]);
//! // 40 for the title and 20 for the downloads, of which one full month without activity has taken 5.
//! assert_eq!(scores.overall(0), Some(Number::whole(55)));
//! assert_eq!(scores.band(0), Some("hot"));
//! ```
//!
//! The rooms of the house, from the ground up, are told in `docs/ARCHITECTURE.md`; the language in `docs/language/`.

pub mod calendar;
pub mod number;
pub mod page;
pub mod source;
pub mod suggest;
pub mod table;
pub mod text;
pub mod threads;

pub mod builtins;
pub mod syntax;

pub mod check;
pub mod model;

pub mod analyze;
pub mod plan;
pub mod reason;
pub mod score;

pub mod diagnostic;
pub mod diff;
pub mod explain;
pub mod format;
pub mod lint;
pub mod snapshot;
pub mod sql;
pub mod testing;

pub mod connect;

#[cfg(feature = "cli")]
pub mod cli;

pub use calendar::Day;
pub use check::compile;
pub use explain::explain;
pub use model::Model;
pub use number::Number;
pub use plan::Plan;
pub use score::{Scorer, Scores, score};
pub use source::Source;
pub use table::{Contacts, Events};
