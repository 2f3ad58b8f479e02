//! The changes of a whole model, statement by statement, and of scores and what is made of them.

use crate::model::{Band, Clamp, Class, ClassRow, Condition, ConditionKind, LetValue, Model, Operator as Sign, Term};
use crate::number::Number;
use crate::source::{Span, Spanned};

use super::super::written::neighbours;
use super::operator::Operator;
use super::values::opposite;
use super::walk::{Note, Walk};

impl Walk<'_> {
    /// The changes of a model. What its promises say, its actions and its tests change nothing of a score.
    pub(super) fn model(&mut self, model: &mut Model) {
        for named in &mut model.lets {
            match &mut named.value {
                LetValue::Condition(condition) => self.condition(condition),
                LetValue::Value(value) => {
                    let whole = value.span;
                    self.operand(Operator::Threshold, value, whole);
                }
            }
        }
        self.removals(&mut model.ignored, |ignore| Some(ignore.span));
        for ignore in &mut model.ignored {
            self.pattern(&mut ignore.pattern);
        }
        self.removals(&mut model.exclusions, |exclusion| Some(exclusion.span));
        for exclusion in &mut model.exclusions {
            self.condition(&mut exclusion.condition);
        }
        for block in &mut model.blocks {
            self.rules(&mut block.rules);
            self.decay(block);
            self.clamp(&mut block.clamp, block.span);
            self.bands(&mut block.bands);
        }
        for formula in &mut model.formulas {
            self.term(&mut formula.term, formula.span);
            self.clamp(&mut formula.clamp, formula.span);
        }
        let overall = &mut model.overall;
        if let Some(span) = overall.span {
            overall.term.iter_mut().for_each(|term| self.term(term, span));
            self.clamp(&mut overall.clamp, span);
        }
        self.bands(&mut overall.bands);
        for class in &mut model.classes {
            self.class(class);
        }
    }

    /// The ends of a score left out, a step up, a step down.
    fn clamp(&mut self, clamp: &mut Clamp, span: Span) {
        let before = *clamp;
        self.end(&mut clamp.min, "min", span, |min| {
            before.max.is_none_or(|max| min <= max)
        });
        self.end(&mut clamp.max, "max", span, |max| {
            before.min.is_none_or(|min| min <= max)
        });
    }

    fn end(&mut self, end: &mut Option<Number>, word: &str, span: Span, is_allowed: impl Fn(Number) -> bool) {
        let Some(was) = *end else { return };
        let words = |number: Number| format!("{word} {number}");
        self.replacement(Operator::Clamp, end, None, |_| Note::without(span, words(was)));
        let near = neighbours(was, &was.to_string()).into_iter();
        for other in near.filter(|other| is_allowed(*other)) {
            self.replacement(Operator::Clamp, end, Some(other), |_| {
                Note::new(span, words(was), words(other))
            });
        }
    }

    /// The threshold of each band a step up and down, where no other band begins there.
    fn bands(&mut self, bands: &mut [Band]) {
        let taken: Vec<Number> = bands.iter().filter_map(|band| band.threshold).collect();
        for band in bands {
            let (Some(was), span) = (band.threshold, band.span) else {
                continue;
            };
            let label = band.label.clone();
            let near = neighbours(was, &was.to_string()).into_iter();
            for other in near.filter(|other| !taken.contains(other)) {
                self.replacement(Operator::Threshold, &mut band.threshold, Some(other), |_| {
                    Note::new(span, format!("{label} >= {was}"), format!("{label} >= {other}"))
                });
            }
        }
    }

    /// The numbers of a formula a step away, its sums and differences, products and quotients exchanged. A divisor stays
    /// a literal other than zero.
    fn term(&mut self, term: &mut Term, span: Span) {
        match term {
            Term::Number(number) => self.coefficient(number, span, |_| true),
            Term::Score(_) => {}
            Term::Negate(inner) => self.term(inner, span),
            Term::Arithmetic(first, rest) => {
                self.term(first, span);
                for (sign, operand) in rest {
                    let divisor = literal(operand);
                    match (*sign, divisor) {
                        (Sign::Times, None | Some(Number::ZERO)) => {}
                        _ => self.sign(sign, span),
                    }
                    match (*sign, operand) {
                        (Sign::Over, Term::Number(number)) => {
                            self.coefficient(number, span, |other| other != Number::ZERO);
                        }
                        (Sign::Over, _) => {}
                        (_, operand) => self.term(operand, span),
                    }
                }
            }
        }
    }

    fn sign(&mut self, sign: &mut Sign, span: Span) {
        let (was, other) = (*sign, opposite(*sign));
        self.replacement(Operator::Formula, sign, other, |_| {
            Note::new(span, was.sign(), other.sign())
        });
    }

    fn coefficient(&mut self, number: &mut Number, span: Span, is_allowed: impl Fn(Number) -> bool) {
        let was = *number;
        let near = neighbours(was, &was.to_string()).into_iter();
        for other in near.filter(|other| is_allowed(*other)) {
            self.replacement(Operator::Formula, number, other, |_| {
                Note::new(span, was.to_string(), other.to_string())
            });
        }
    }

    /// The changes of a classification: each label left out, tried after the next one, and those of its conditions. The
    /// labels stay, since others name them by their places; one that is left out never holds.
    fn class(&mut self, class: &mut Class) {
        for row in &mut class.rows {
            let (span, never) = (row.span, Spanned::new(ConditionKind::Constant(false), row.span));
            self.replacement(Operator::Removed, &mut row.condition, Some(never), |model| {
                Note::without(span, model.written(span))
            });
        }
        for place in 1..class.rows.len() {
            self.later(&mut class.rows, place);
        }
        for row in &mut class.rows {
            row.condition.iter_mut().for_each(|condition| self.condition(condition));
        }
    }

    /// A label tried after the next one: it holds where that one does not.
    fn later(&mut self, rows: &mut [ClassRow], place: usize) {
        let (Some(next), Some(row)) = (rows.get(place).cloned(), rows.get_mut(place - 1)) else {
            return;
        };
        let (Some(own), Some(other)) = (&row.condition, next.condition) else {
            return;
        };
        let both = vec![own.clone(), negated(other)];
        let (span, labels) = (row.span, [row.label.clone(), next.label]);
        let after = Some(Spanned::new(ConditionKind::All(both), own.span));
        self.replacement(Operator::Swapped, &mut row.condition, after, |_| {
            let [own, next] = labels;
            Note::new(span, format!("{own} before {next}"), format!("{next} before {own}"))
        });
    }
}

fn negated(condition: Condition) -> Condition {
    let span = condition.span;
    Spanned::new(ConditionKind::Not(Box::new(condition)), span)
}

/// The number that a term is, whatever its sign.
fn literal(term: &Term) -> Option<Number> {
    match term {
        Term::Number(number) => Some(*number),
        Term::Negate(inner) => literal(inner),
        Term::Score(_) | Term::Arithmetic(..) => None,
    }
}
