//! The changes of rules and of what erodes their points: points, limits, fading, decay.

use crate::calendar::{Period, Unit};
use crate::model::{Amount, Block, Condition, Decay, Fading, Limits, Rule, RuleKind};
use crate::number::Number;
use crate::reason::{amount_per, fading_words, percentage, times};
use crate::source::Span;

use super::super::written::neighbours;
use super::operator::Operator;
use super::values::near;
use super::walk::{Note, Walk};

/// The most points of a rule, either way.
const MOST_POINTS: i64 = 1_000_000;

impl Walk<'_> {
    /// The changes of some rules: each left out, and those of each.
    pub(super) fn rules(&mut self, rules: &mut Vec<Rule>) {
        self.removals(rules, |rule| match &rule.kind {
            RuleKind::Once { .. } | RuleKind::Each { .. } => Some(rule.span),
            // Its rows are left out one by one, but for a single one.
            RuleKind::Table { rows, .. } => Some(rule.span).filter(|_| rows.len() < 2),
        });
        for rule in rules {
            self.rule(rule);
        }
    }

    fn rule(&mut self, rule: &mut Rule) {
        let span = rule.span;
        match &mut rule.kind {
            RuleKind::Once { condition, points, .. } => {
                self.condition(condition);
                let adds = self.rest(condition.span, span);
                self.points(points, adds, false);
            }
            RuleKind::Each {
                pattern,
                condition,
                points,
                limits,
                fading,
                ..
            } => {
                let adds = condition.as_ref().map_or(pattern.span, |condition| condition.span);
                let adds = self.rest(adds, span);
                self.pattern(pattern);
                self.besides(condition);
                self.points(points, adds, false);
                self.limits(limits, adds);
                self.fading(fading, adds);
            }
            RuleKind::Table { value, rows } => {
                self.value(value);
                self.rows(value, rows);
            }
        }
    }

    /// What follows a condition in a rule: the points and what is said of them.
    fn rest(&self, condition: Span, rule: Span) -> Span {
        let rest = Span::new(condition.end, rule.end);
        let space = self.original().source.slice(rest);
        Span::new(rest.start + space.len() - space.trim_start().len(), rest.end)
    }

    /// What must hold beside a pattern.
    fn besides(&mut self, condition: &mut Option<Condition>) {
        if let Some(span) = condition.as_ref().map(|condition| condition.span) {
            self.replacement(Operator::Part, condition, None, |model| {
                Note::without(span, format!("and {}", model.written(span)))
            });
        }
        if let Some(condition) = condition {
            self.condition(condition);
        }
    }

    /// Points a step up and down, and with the other sign.
    pub(super) fn points(&mut self, points: &mut Number, span: Span, may_be_zero: bool) {
        let was = *points;
        let note = |other: Number| move |_: &_| Note::new(span, format!("add {was}"), format!("add {other}"));
        let most = Number::whole(MOST_POINTS);
        for other in neighbours(was, &was.to_string()) {
            let is_allowed = (may_be_zero || other != Number::ZERO) && other <= most && other >= most.negate();
            if is_allowed {
                self.replacement(Operator::Points, points, other, note(other));
            }
        }
        if was != Number::ZERO {
            self.replacement(Operator::Sign, points, was.negate(), note(was.negate()));
        }
    }

    fn limits(&mut self, limits: &mut Limits, span: Span) {
        if let Some((most, unit)) = limits.per {
            let words = move |most: u64, unit: Unit| format!("{} per {}", times(most), unit.word());
            let was = words(most, unit);
            self.replacement(Operator::Limit, &mut limits.per, None, |_| Note::without(span, &was));
            for other in counts_near(most) {
                self.replacement(Operator::Limit, &mut limits.per, Some((other, unit)), |_| {
                    Note::new(span, &was, words(other, unit))
                });
            }
        }
        if let Some(most) = limits.total {
            let was = times(most);
            self.replacement(Operator::Limit, &mut limits.total, None, |_| Note::without(span, &was));
            for other in counts_near(most) {
                self.replacement(Operator::Limit, &mut limits.total, Some(other), |_| {
                    Note::new(span, &was, times(other))
                });
            }
        }
    }

    fn fading(&mut self, fading: &mut Option<Fading>, span: Span) {
        let Some(was) = *fading else { return };
        self.replacement(Operator::Fading, fading, None, |_| {
            Note::without(span, fading_words(was))
        });
        let others: Vec<Fading> = match was {
            Fading::Over(period) => near(period).into_iter().map(Fading::Over).collect(),
            Fading::Per(amount, period) => {
                let paces = paces(amount, period).into_iter();
                paces.map(|(amount, period)| Fading::Per(amount, period)).collect()
            }
        };
        for other in others {
            self.replacement(Operator::Fading, fading, Some(other), |_| {
                Note::new(span, fading_words(was), fading_words(other))
            });
        }
    }

    /// Decay left out, faster, slower, by the events that the block rewards.
    pub(super) fn decay(&mut self, block: &mut Block) {
        let Some(decay) = &block.decay else { return };
        let span = decay.span;
        self.replacement(Operator::Removed, &mut block.decay, None, |model| {
            Note::without(span, model.written(span))
        });
        let Some(decay) = &mut block.decay else { return };
        let words = |amount: Amount, period: Period| format!("decay {}", amount_per(amount, period));
        let was = words(decay.amount, decay.period);
        for (amount, period) in paces(decay.amount, decay.period) {
            let change = |decay: &mut Decay| (decay.amount, decay.period) = (amount, period);
            self.offer(Operator::Decay, decay, change, |_| {
                Note::new(span, &was, words(amount, period))
            });
        }
        if let Some(since) = decay.since.as_ref().map(|since| since.span) {
            self.replacement(Operator::Decay, &mut decay.since, None, |model| {
                Note::without(since, format!("since {}", model.written(since)))
            });
        }
        if let Some(since) = &mut decay.since {
            self.pattern(since);
        }
    }
}

/// The numbers of a limit around another one.
fn counts_near(most: u64) -> impl Iterator<Item = u64> {
    let counts = [most.checked_sub(1), most.checked_add(1)];
    counts.into_iter().flatten().filter(|count| *count > 0)
}

/// How fast points go, a step slower or faster.
fn paces(amount: Amount, period: Period) -> Vec<(Amount, Period)> {
    let amounts: Vec<Amount> = match amount {
        Amount::Points(points) => {
            let numbers = neighbours(points, &points.to_string()).into_iter();
            numbers
                .filter(|number| *number > Number::ZERO)
                .map(Amount::Points)
                .collect()
        }
        Amount::Part(part) => {
            let numbers = neighbours(part, &percentage(part)).into_iter();
            let is_part = |part: &Number| *part > Number::ZERO && *part <= Number::whole(1);
            numbers.filter(is_part).map(Amount::Part).collect()
        }
    };
    let amounts = amounts.into_iter().map(|amount| (amount, period));
    amounts
        .chain(near(period).into_iter().map(|period| (amount, period)))
        .collect()
}
