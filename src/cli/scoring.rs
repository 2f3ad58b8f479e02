//! Reads data, scores it, and tells what people should know before they trust the scores.

use std::num::NonZeroUsize;
use std::sync::Mutex;

use crate::connect::{self, Config, Intake, Output, Results, TextFormat};
use crate::model::Model;
use crate::plan::DayPlan;
use crate::score::{EventCounts, Run, Scorer, Scores};
use crate::table::{Contacts, Events};

use super::console::Console;
use super::failure::Failure;
use super::findings::counted;
use super::memory::runs_with_room;
use super::progress::Progress;

/// A scoring of the data of a configuration.
pub(crate) struct Scoring<'a> {
    pub(crate) model: &'a Model,
    pub(crate) config: &'a Config,
    pub(crate) day: &'a DayPlan<'a>,
    pub(crate) threads: NonZeroUsize,
    pub(crate) intake: Intake,
    pub(crate) console: &'a Console,
    /// What is to be told of the scores.
    pub(crate) findings: Findings,
}

/// What people should know of scores: events that did not count, and promises that do not hold.
#[derive(Default)]
pub(crate) struct Findings {
    events: EventCounts,
    /// For each promise, how many contacts break it, and the first.
    broken: Vec<(usize, String)>,
}

/// The most bytes that all states of the contacts may take together, where each thread has its own.
const MOST_STATE_BYTES: usize = 2 << 30;

impl<'a> Scoring<'a> {
    /// Scores contacts that hold all of their events, a part at a time, and writes each part.
    pub(crate) fn in_parts(&mut self, text: TextFormat, output: &mut Output) -> Result<(), Failure> {
        let (day, findings) = (self.day, &mut self.findings);
        let progress = Mutex::new(Progress::new(self.console));
        let mut scorers: Vec<Scorer<'_>> = (0..self.threads.get()).map(|_| Scorer::new(day)).collect();
        let name = output.name().to_owned();
        let failed = |cause| connect::Error::Write {
            file: name.clone(),
            cause,
        };
        let mut parts = text.begin(&day.plan().columns, output).map_err(&failed)?;
        connect::read_in_parts(
            self.model,
            self.config,
            &mut self.intake,
            &mut scorers,
            |scorer, part| {
                let scores = scorer.score(part.contacts(), part.events());
                let results = Results {
                    scores: &scores,
                    contacts: part.contacts(),
                };
                let rows = text.rows(results, &mut (0..scores.len()));
                (rows, Findings::of(results), part.events().len())
            },
            |(rows, of_part, events): (Vec<u8>, _, _)| {
                findings.add(of_part);
                count(&progress, events);
                parts.part(&rows).map_err(&failed)
            },
        )?;
        parts.end().map_err(&failed)?;
        finish(progress);
        Ok(())
    }

    /// Scores all contacts.
    pub(crate) fn at_once(&mut self) -> Result<(Contacts, Scores), Failure> {
        let (day, threads) = (self.day, self.threads);
        let (model, config, intake) = (self.model, self.config, &mut self.intake);
        let progress = Mutex::new(Progress::new(self.console));
        let mut held = None;
        let contacts = connect::read_contacts(model, config, intake, threads, |events| {
            held.get_or_insert_with(|| Run::new(day)).events(events);
            count(&progress, events.len());
        })?;
        let bytes = (Run::bytes_per_contact(day.plan()) * contacts.len()).max(1);
        let most = (MOST_STATE_BYTES / bytes).saturating_sub(usize::from(held.is_some()));
        let runs = runs_with_room(contacts.len(), bytes, threads.get().min(most).max(1))?;
        // A thread that is never given events needs no states.
        let mut runs: Vec<Option<Run<'_>>> = (0..runs).map(|_| None).collect();
        let mut takers: Vec<_> = runs
            .iter_mut()
            .map(|run| {
                |events: &Events| {
                    run.get_or_insert_with(|| Run::with_contacts(day, contacts.len()))
                        .events(events);
                    count(&progress, events.len());
                }
            })
            .collect();
        connect::read_events(model, config, intake, &contacts, &mut takers)?;
        drop(takers);
        finish(progress);
        let mut runs = runs.into_iter().flatten().chain(held);
        let mut whole = runs.next().unwrap_or_else(|| Run::new(day));
        runs.for_each(|run| whole.merge_on(run, threads));
        let scores = whole.finish_on(&contacts, threads);
        let results = Results {
            scores: &scores,
            contacts: &contacts,
        };
        self.findings.add(Findings::of(results));
        Ok((contacts, scores))
    }

    /// Tells what is to be told; fails where the data had to be perfect and isn't.
    pub(crate) fn end(&mut self, strict: bool) -> Result<(), Failure> {
        self.intake.finish_list()?;
        for line in self.intake.lines() {
            self.console.warn(&line);
        }
        for note in self.intake.notes() {
            self.console.note(&format!("note: {note}"));
        }
        if strict {
            self.intake.strict()?;
        }
        self.findings.warn(self.model, self.day, self.console);
        Ok(())
    }
}

fn count(progress: &Mutex<Progress>, events: usize) {
    // Progress that a thread left when it panicked is nobody's business any more.
    if let Ok(mut progress) = progress.lock() {
        progress.add(events);
    }
}

fn finish(progress: Mutex<Progress>) {
    if let Ok(progress) = progress.into_inner() {
        progress.finish();
    }
}

impl Findings {
    /// What is to be told of some scores.
    fn of(results: Results<'_>) -> Findings {
        let first = |rows: &Vec<u32>| rows.first().map(|row| results.contacts.id(*row as usize).to_owned());
        let broken = results.scores.broken_promises().iter();
        Findings {
            events: results.scores.events(),
            broken: broken
                .map(|rows| (rows.len(), first(rows).unwrap_or_default()))
                .collect(),
        }
    }

    /// Adds what is to be told of later scores.
    fn add(&mut self, later: Findings) {
        self.events.add(later.events);
        if self.broken.is_empty() {
            self.broken = later.broken;
            return;
        }
        for ((count, first), (more, first_of_more)) in self.broken.iter_mut().zip(later.broken) {
            if *count == 0 {
                *first = first_of_more;
            }
            *count += more;
        }
    }

    fn warn(&self, model: &Model, day: &DayPlan<'_>, console: &Console) {
        let future = self.events.future;
        if future > 0 {
            let events = counted(future as usize, "event");
            console.warn(&format!("{events} after {}, the day of scoring, left out", day.as_of()));
        }
        for (promise, (count, first)) in model.promises.iter().zip(&self.broken) {
            if *count == 0 {
                continue;
            }
            let (file, line) = (model.source.name(), model.source.line(promise.span.start));
            let (who, written) = (counted(*count, "contact"), model.written(promise.span));
            console.warn(&format!(
                "{who} broke a promise, first `{first}`: {file}:{line}: {written}"
            ));
        }
    }
}
