//! The changes of values and patterns: literals, arithmetic, functions, filters, windows.

use crate::builtins::Aggregate;
use crate::calendar::{Day, Period};
use crate::model::{EventSet, Model, Operator as Sign, Pattern, Value, ValueKind, Window};
use crate::number::Number;
use crate::source::Span;

use super::super::written::{in_the_way_of, neighbours, spliced};
use super::operator::Operator;
use super::walk::{Note, Walk, leave_out};

impl Walk<'_> {
    /// The changes of a value that stands in a larger whole: a step up and down, where it is a literal.
    pub(super) fn operand(&mut self, operator: Operator, value: &mut Value, whole: Span) {
        let at = value.span;
        match &mut value.kind {
            ValueKind::Number(number) => self.number(operator, number, at, whole),
            ValueKind::Date(day) => self.day(day, at, whole),
            ValueKind::Negate(inner) => self.operand(operator, inner, whole),
            ValueKind::Text(_)
            | ValueKind::Field(_)
            | ValueKind::Property(_)
            | ValueKind::Let(_)
            | ValueKind::Condition(_)
            | ValueKind::Arithmetic(..)
            | ValueKind::Elapsed { .. }
            | ValueKind::Domain(_)
            | ValueKind::Aggregate { .. }
            | ValueKind::Score(_)
            | ValueKind::Label(_) => self.value(value),
        }
    }

    /// The changes of what a value is made of.
    pub(super) fn value(&mut self, value: &mut Value) {
        let span = value.span;
        match &mut value.kind {
            ValueKind::Condition(condition) => self.condition(condition),
            ValueKind::Arithmetic(first, rest) => self.arithmetic(first, rest, span),
            ValueKind::Negate(inner) | ValueKind::Domain(inner) | ValueKind::Elapsed { date: inner, .. } => {
                self.value(inner);
            }
            ValueKind::Aggregate { function, pattern, .. } => {
                self.function(function, span);
                self.pattern(pattern);
            }
            ValueKind::Number(_)
            | ValueKind::Text(_)
            | ValueKind::Date(_)
            | ValueKind::Field(_)
            | ValueKind::Property(_)
            | ValueKind::Let(_)
            | ValueKind::Score(_)
            | ValueKind::Label(_) => {}
        }
    }

    fn number(&mut self, operator: Operator, number: &mut Number, at: Span, whole: Span) {
        let written = self.original().source.slice(at).to_owned();
        for other in neighbours(*number, &written) {
            self.replacement(operator, number, other, |model| {
                let becomes = spliced(model, whole, at, &in_the_way_of(&written, other));
                Note::new(whole, model.written(whole), becomes)
            });
        }
    }

    fn day(&mut self, day: &mut Day, at: Span, whole: Span) {
        let near = [day.number().checked_sub(1), day.number().checked_add(1)];
        for other in near.into_iter().flatten().filter_map(Day::from_number) {
            self.replacement(Operator::Threshold, day, other, |model| {
                let becomes = spliced(model, whole, at, &other.to_string());
                Note::new(whole, model.written(whole), becomes)
            });
        }
    }

    fn arithmetic(&mut self, first: &mut Value, rest: &mut [(Sign, Value)], whole: Span) {
        let mut before = first.span;
        self.operand(Operator::Formula, first, whole);
        for (sign, value) in rest {
            let (was, other) = (*sign, opposite(*sign));
            let place = Span::new(before.end, value.span.start);
            self.replacement(Operator::Formula, sign, other, |model| {
                let sign = model.written(place).replacen(was.sign(), other.sign(), 1);
                let becomes = spliced(model, whole, place, &format!(" {sign} "));
                Note::new(whole, model.written(whole), becomes)
            });
            before = value.span;
            self.operand(Operator::Formula, value, whole);
        }
    }

    /// `first` and `last`, `smallest` and `largest`.
    fn function(&mut self, function: &mut Aggregate, span: Span) {
        let (was, becomes, other) = match function {
            Aggregate::First => ("first", "last", Aggregate::Last),
            Aggregate::Last => ("last", "first", Aggregate::First),
            Aggregate::Smallest => ("smallest", "largest", Aggregate::Largest),
            Aggregate::Largest => ("largest", "smallest", Aggregate::Smallest),
            Aggregate::Count | Aggregate::Distinct | Aggregate::Sum | Aggregate::Average => return,
        };
        self.replacement(Operator::Function, function, other, |model| {
            let written = model.written(span);
            let becomes = written.replacen(was, becomes, 1);
            Note::new(span, written, becomes)
        });
    }

    /// The changes of a pattern: each of several events left out, the `where`, the window.
    pub(super) fn pattern(&mut self, pattern: &mut Pattern) {
        let span = pattern.span;
        if let EventSet::Named(names) = &mut pattern.events {
            let ids = names.clone();
            for (place, id) in ids.iter().enumerate().filter(|_| ids.len() > 1) {
                let leave_out = |names: &mut Vec<_>| leave_out(names, place);
                self.offer(Operator::Part, names, leave_out, |model| {
                    let name = model.events.get(id.index()).map_or("", |event| &event.name);
                    Note::without(span, format!("event {name}"))
                });
            }
        }
        if let Some(filter) = &pattern.filter {
            let place = filter.span;
            self.replacement(Operator::Part, &mut pattern.filter, None, |model| {
                Note::without(place, format!("where {}", model.written(place)))
            });
        }
        if let Some(filter) = &mut pattern.filter {
            self.condition(filter);
        }
        self.window(&mut pattern.window, span);
    }

    /// A window left out, a unit longer, a unit shorter, and the days outside it.
    fn window(&mut self, window: &mut Option<Window>, span: Span) {
        let Some(was) = *window else { return };
        let note = |other: Option<Window>| {
            move |model: &Model| {
                let written = model.written(span);
                let picked = without_window(&written);
                let becomes = other.map_or(picked.to_owned(), |other| format!("{picked} {}", words(other)));
                Note::new(span, written, becomes)
            }
        };
        self.replacement(Operator::Window, window, None, note(None));
        for period in near(was.period) {
            let other = Some(Window { period, ..was });
            self.replacement(Operator::Window, window, other, note(other));
        }
        let earlier = !was.earlier;
        let other = Some(Window { earlier, ..was });
        self.replacement(Operator::Negation, window, other, note(other));
    }
}

/// What is written of a pattern before its window.
fn without_window(pattern: &str) -> &str {
    let before = pattern
        .rsplit_once("within")
        .map_or(pattern, |(before, _)| before.trim_end());
    before.strip_suffix("not").map_or(before, str::trim_end)
}

/// `within 90 days`.
fn words(window: Window) -> String {
    let not = if window.earlier { "not " } else { "" };
    format!("{not}within {}", window.period)
}

/// The periods a unit shorter and longer, where there are such.
pub(super) fn near(period: Period) -> Vec<Period> {
    let counts = [period.count.checked_sub(1), period.count.checked_add(1)];
    let counts = counts.into_iter().flatten();
    let counts = counts.filter(|count| (1..=period.unit.most()).contains(count));
    counts.map(|count| Period { count, ..period }).collect()
}

/// The operation that undoes another one.
pub(super) fn opposite(sign: Sign) -> Sign {
    match sign {
        Sign::Plus => Sign::Minus,
        Sign::Minus => Sign::Plus,
        Sign::Times => Sign::Over,
        Sign::Over => Sign::Times,
    }
}
