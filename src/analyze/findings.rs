//! What an analysis finds: bounds, what can apply, verdicts.

use crate::model::{Labelled, ScoreId};
use crate::number::Number;
use crate::source::Span;

use super::example::Example;

/// What can be of all contacts that could exist, on a day.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// How far each score goes: the overall score, then each named block and formula.
    pub scores: Vec<ScoreBounds>,
    /// What of the model can apply, in the order of the model.
    pub parts: Vec<Part>,
    /// Whether each promise holds, in the order of the model.
    pub promises: Vec<Verdict>,
    /// The ends of scores that no contact reaches.
    pub unbinding: Vec<Unbinding>,
    /// For each band of the overall score, in the order of the file, a contact that is in it with little.
    pub reaching: Vec<Option<Example>>,
    /// Rules that always take what another one gives: the earlier rule, then the later.
    pub cancelled: Vec<(Span, Span)>,
    /// Whether this is so on every day of scoring.
    pub on_every_day: bool,
    /// Whether every contact is excluded, so that there is no score at all. Then all but the exclusions is left open.
    pub excludes_all: bool,
}

impl Analysis {
    /// What surely is so on all days, of what is so on some.
    pub(super) fn on_some_days(mut self) -> Analysis {
        for limit in self
            .scores
            .iter_mut()
            .flat_map(|score| [&mut score.least, &mut score.greatest])
        {
            limit.exact &= limit.number.is_none();
            limit.number = None;
        }
        for part in &mut self.parts {
            part.applies = Applies::Sometimes;
        }
        for promise in &mut self.promises {
            if matches!(promise, Verdict::Proved) {
                *promise = Verdict::Undecided;
            }
        }
        self.unbinding.clear();
        self.cancelled.clear();
        self.excludes_all = false;
        self
    }

    /// What can be on one day or another, of which the other was asked only what this one leaves open.
    pub(super) fn or(mut self, mut other: Analysis) -> Analysis {
        if self.excludes_all && !other.excludes_all {
            std::mem::swap(&mut self, &mut other);
        }
        let only_exclusions = other.excludes_all && !self.excludes_all;
        let told = |part: &Part| part.kind == PartKind::Exclusion || !only_exclusions;
        for (own, others) in self.parts.iter_mut().zip(other.parts.iter().filter(|part| told(part))) {
            if own.applies != others.applies {
                own.applies = Applies::Sometimes;
            }
        }
        if only_exclusions {
            return self;
        }
        for (own, others) in self.scores.iter_mut().zip(other.scores) {
            own.least.extend(others.least, |number, other| number > other);
            own.greatest.extend(others.greatest, |number, other| number < other);
        }
        for (own, others) in self.promises.iter_mut().zip(other.promises) {
            if !matches!(own, Verdict::Refuted(_)) && !matches!(others, Verdict::Proved) {
                *own = others;
            }
        }
        let still = |own: &Unbinding| other.unbinding.iter().any(|others| own.is_same(others));
        self.unbinding.retain(still);
        for (own, others) in self.reaching.iter_mut().zip(other.reaching) {
            if own.is_none() {
                *own = others;
            }
        }
        self.cancelled.retain(|pair| other.cancelled.contains(pair));
        self.excludes_all &= other.excludes_all;
        self
    }
}

impl Limit {
    /// Takes over another end, where it lies further out, and what comes nearest to it.
    fn extend(&mut self, mut other: Limit, is_inside: impl Fn(Number, Number) -> bool) {
        let lies_inside = match (self.number, other.number) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(number), Some(other)) => is_inside(number, other),
        };
        if !lies_inside {
            return;
        }
        let is_nearer = |(known, _): &(Number, Example), (other, _): &(Number, Example)| !is_inside(*known, *other);
        let nearer = match (&self.attained, &other.attained) {
            (Some(known), Some(found)) => is_nearer(known, found),
            (known, None) => known.is_some(),
            (None, Some(_)) => false,
        };
        if nearer {
            other.attained = self.attained.take();
        }
        *self = other;
    }
}

/// A `min` or `max` that no contact reaches.
#[derive(Clone, Debug, PartialEq)]
pub struct Unbinding {
    /// The name of the score; `score` for the overall one.
    pub name: String,
    /// Whether it is a `max`.
    pub is_max: bool,
    /// The end that the file gives.
    pub end: Number,
    /// The least or greatest number that a contact comes to without it, as far as it is known.
    pub reached: Number,
    /// Where the score stands.
    pub span: Span,
}

impl Unbinding {
    fn is_same(&self, other: &Unbinding) -> bool {
        (self.span, self.is_max) == (other.span, other.is_max)
    }
}

/// How far a score goes.
#[derive(Clone, Debug)]
pub struct ScoreBounds {
    /// Which score.
    pub of: ScoreId,
    /// Its name; `score` for the overall one.
    pub name: String,
    /// The least that a contact can have.
    pub least: Limit,
    /// The greatest.
    pub greatest: Limit,
}

/// An end of what a score can be.
#[derive(Clone, Debug)]
pub struct Limit {
    /// No contact has less, or more, on any day; `None` where there is no limit, or none is known.
    pub number: Option<Number>,
    /// Whether a contact has exactly this; where there is no limit, whether that is sure. Otherwise no contact has
    /// less, or more, but perhaps none has this.
    pub exact: bool,
    /// The contact that comes nearest, with what it has.
    pub attained: Option<(Number, Example)>,
}

/// Something in a model that applies to a contact or not.
#[derive(Clone, Debug)]
pub struct Part {
    /// What kind of thing it is.
    pub kind: PartKind,
    /// Where it stands.
    pub span: Span,
    /// Whether it ever applies, and ever not.
    pub applies: Applies,
}

/// A kind of thing that applies or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// A rule that adds its points once.
    Rule,
    /// A rule that adds points for each event.
    EventRule,
    /// A row of a table.
    Row,
    /// A band.
    Band(Labelled),
    /// A label of a classification.
    Class,
    /// An exclusion.
    Exclusion,
}

/// Whether something ever applies to a contact that is not excluded; of an exclusion, to any contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applies {
    /// To none.
    Never,
    /// It does not fail by its own condition, of any contact; what stands before it may take a contact first.
    Always,
    /// To some and not to others, or it is not decided.
    Sometimes,
}

/// Whether something holds for every contact that could exist and is not excluded.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// It does.
    Proved,
    /// Not for this one.
    Refuted(Example),
    /// It could not be decided.
    Undecided,
}
