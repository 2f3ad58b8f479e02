//! The walk through a model that comes to every small change: it lists them all, or makes one of them.
//!
//! A change is known by its place in the walk. Both ways go through the same code, so that what is listed is what is
//! made.

use crate::model::{Model, Part};
use crate::source::Span;

use super::change::Change;
use super::operator::Operator;

/// Every small change of a model, in the order of the walk.
pub fn changes(model: &Model) -> Vec<Change> {
    let mut walk = Walk {
        original: model,
        mode: Mode::List(Vec::new()),
    };
    walk.model(&mut model.clone());
    match walk.mode {
        Mode::List(changes) => changes,
        Mode::Make(_) | Mode::Made => Vec::new(),
    }
}

/// The model with the change that stands at such a place among its [`changes`]; as it is, where none does.
pub fn changed(model: &Model, place: usize) -> Model {
    let mut mutant = model.clone();
    let mut walk = Walk {
        original: model,
        mode: Mode::Make(place),
    };
    walk.model(&mut mutant);
    settle(&mut mutant);
    mutant
}

/// A walk through a model.
pub(super) struct Walk<'m> {
    original: &'m Model,
    mode: Mode,
}

/// What a walk is for.
enum Mode {
    /// To list the changes.
    List(Vec<Change>),
    /// To make the change that comes after so many others.
    Make(usize),
    /// It has made its change.
    Made,
}

/// Where a change is, and what it does, in words.
pub(super) struct Note {
    /// The place.
    pub(super) span: Span,
    /// What stands there.
    pub(super) was: String,
    /// What it becomes; nothing where it is left out.
    pub(super) becomes: String,
}

impl Note {
    /// Something that becomes something else.
    pub(super) fn new(span: Span, was: impl Into<String>, becomes: impl Into<String>) -> Note {
        Note {
            span,
            was: was.into(),
            becomes: becomes.into(),
        }
    }

    /// Something that is left out.
    pub(super) fn without(span: Span, was: impl Into<String>) -> Note {
        Note::new(span, was, "")
    }
}

impl Walk<'_> {
    /// Lists a change or makes it, as the walk is meant. `note` is given the model as it was.
    pub(super) fn offer<T>(
        &mut self,
        operator: Operator,
        target: &mut T,
        change: impl FnOnce(&mut T),
        note: impl FnOnce(&Model) -> Note,
    ) {
        match &mut self.mode {
            Mode::List(changes) => changes.push(Change::new(self.original, operator, note(self.original))),
            Mode::Make(0) => {
                change(target);
                self.mode = Mode::Made;
            }
            Mode::Make(before) => *before -= 1,
            Mode::Made => {}
        }
    }

    /// The model as it was.
    pub(super) fn original(&self) -> &Model {
        self.original
    }

    /// Something that becomes something else.
    pub(super) fn replacement<T>(
        &mut self,
        operator: Operator,
        target: &mut T,
        other: T,
        note: impl FnOnce(&Model) -> Note,
    ) {
        self.offer(operator, target, |target| *target = other, note);
    }

    /// Leaves out each of some statements.
    pub(super) fn removals<T>(&mut self, statements: &mut Vec<T>, span: fn(&T) -> Option<Span>) {
        for place in 0..statements.len() {
            let Some(span) = statements.get(place).and_then(span) else {
                continue;
            };
            self.offer(
                Operator::Removed,
                statements,
                |statements| leave_out(statements, place),
                |model| Note::without(span, model.written(span)),
            );
        }
    }
}

/// Leaves out what stands at a place.
pub(super) fn leave_out<T>(things: &mut Vec<T>, place: usize) {
    if place < things.len() {
        things.remove(place);
    }
}

/// Says anew which lets and rules read events: one that no longer does gives points for the profile, not for behaviour.
fn settle(model: &mut Model) {
    let mut reading = vec![false; model.lets.len()];
    for definition in &model.order {
        if let crate::model::Definition::Let(id) = definition
            && let Some(named) = model.lets.get(id.index())
        {
            let reads = reads_events([named.value.part()], &reading);
            if let Some(slot) = reading.get_mut(id.index()) {
                *slot = reads;
            }
        }
    }
    for (named, reads) in model.lets.iter_mut().zip(&reading) {
        named.reads_events = *reads;
    }
    for rule in model.blocks.iter_mut().flat_map(|block| &mut block.rules) {
        rule.reads_events = reads_events(rule.kind.parts(), &reading);
    }
}

fn reads_events<'a>(parts: impl IntoIterator<Item = Part<'a>>, reading: &[bool]) -> bool {
    let mut reads = false;
    for part in parts {
        part.walk(&mut |part| {
            reads |= match part {
                Part::Pattern(_) => true,
                Part::Condition(_) | Part::Value(_) => {
                    part.named().is_some_and(|id| reading.get(id.index()) == Some(&true))
                }
            };
        });
    }
    reads
}
