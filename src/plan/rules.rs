//! Rules, tables and blocks to nodes: what each adds, what profile and behaviour come to, decay and clamp.

use crate::model::{self, Fits, RuleKind};
use crate::number::Number;

use super::build::{Builder, Scope};
use super::conditions::folded;
use super::graph::{NodeId, Operation, Shape};
use super::signal::{Collect, SignalId, TextTest, Worth, WorthId};
use super::{Limits, Written};

/// A score block: the nodes of its parts, each a number.
#[derive(Clone, Debug)]
pub struct Block {
    /// Its rules, in the order of the model.
    pub rules: Vec<Rule>,
    /// The sum of the rules that read no events.
    pub profile: NodeId,
    /// The sum of those that do.
    pub behaviour: NodeId,
    /// The day of the last activity, where the block has a decay.
    pub activity: Option<NodeId>,
    /// What decay leaves of the behaviour.
    pub decayed: NodeId,
    /// Profile and what is left of the behaviour together, not yet clamped.
    pub sum: NodeId,
    /// The block's value.
    pub value: NodeId,
    /// The choice among its bands, where it has any.
    pub band: Option<NodeId>,
}

/// A rule or table.
#[derive(Clone, Debug)]
pub struct Rule {
    /// What it adds: a number.
    pub points: NodeId,
    /// What that is made of.
    pub parts: RuleParts,
}

/// What the points of a rule are made of.
#[derive(Clone, Debug)]
pub enum RuleParts {
    /// Points, once, if a condition holds.
    Once {
        /// The condition.
        condition: Written,
    },
    /// Points for each event.
    Each {
        /// The events that the pattern picks, before limits.
        signal: SignalId,
        /// What must hold besides.
        condition: Option<Written>,
        /// What each event is worth.
        worth: WorthId,
        /// How many count.
        limits: Limits,
        /// What the events that count are worth together, whether the condition holds or not: a number.
        amount: NodeId,
    },
    /// The points of the first row that fits.
    Table {
        /// The value that decides.
        value: Written,
        /// Whether each row fits, in the order of the model.
        rows: Vec<NodeId>,
        /// The choice among the rows.
        row: NodeId,
    },
}

impl Block {
    /// All that an explanation shows of it.
    pub(super) fn nodes(&self) -> impl Iterator<Item = NodeId> {
        let sums = [self.profile, self.behaviour, self.decayed, self.sum, self.value];
        let rules = self.rules.iter().map(|rule| rule.points);
        rules.chain(sums).chain(self.activity)
    }
}

impl<'m> Builder<'m> {
    /// The nodes of a block; its band is left to those who know all scores.
    pub(super) fn block(&mut self, block: &'m model::Block) -> Block {
        let rules: Vec<Rule> = block.rules.iter().map(|rule| self.rule(&rule.kind)).collect();
        let points_of = |reads_events: bool| {
            let chosen = block
                .rules
                .iter()
                .zip(&rules)
                .filter(|(rule, _)| rule.reads_events == reads_events);
            chosen.map(|(_, rule)| rule.points).collect()
        };
        let (profile, behaviour) = (points_of(false), points_of(true));
        let (profile, behaviour) = (self.sum(profile), self.sum(behaviour));
        let activity = block.decay.as_ref().map(|decay| self.activity(block, decay));
        let decayed = match (&block.decay, activity) {
            (Some(decay), Some(activity)) => self.decayed(behaviour, activity, decay),
            (None, _) | (_, None) => behaviour,
        };
        let sum = self.sum(vec![profile, decayed]);
        let value = self.clamped(sum, block.clamp);
        Block {
            rules,
            profile,
            behaviour,
            activity,
            decayed,
            sum,
            value,
            band: None,
        }
    }

    /// The sum of several numbers.
    pub(super) fn sum(&mut self, mut parts: Vec<NodeId>) -> NodeId {
        let nothing = Operation::Sum(Box::default());
        parts.retain(|part| self.contacts.node(*part).is_none_or(|node| node.operation != nothing));
        match parts.as_slice() {
            [one] => *one,
            several => self.contact(Shape::Number, Operation::Sum(several.into())),
        }
    }

    fn decayed(&mut self, value: NodeId, activity: NodeId, decay: &model::Decay) -> NodeId {
        let operation = Operation::Decayed {
            value,
            activity,
            amount: decay.amount,
            period: decay.period,
        };
        self.contact(Shape::Number, operation)
    }

    /// A score between the ends that the file gives.
    pub(super) fn clamped(&mut self, value: NodeId, clamp: model::Clamp) -> NodeId {
        let model::Clamp { min, max } = clamp;
        if min.is_none() && max.is_none() {
            return value;
        }
        self.contact(Shape::Number, Operation::Clamped { value, min, max })
    }

    fn rule(&mut self, kind: &RuleKind) -> Rule {
        match kind {
            RuleKind::Once { condition, points, .. } => self.once(condition, *points),
            RuleKind::Each {
                pattern,
                condition,
                points,
                limits,
                fading,
                ..
            } => {
                let worth = Worth {
                    points: *points,
                    fading: *fading,
                };
                self.each(pattern, condition.as_ref(), worth, (*limits).into())
            }
            RuleKind::Table { value, rows } => self.table(value, rows),
        }
    }

    fn once(&mut self, condition: &model::Condition, points: Number) -> Rule {
        let condition = self.condition(Scope::Contact, condition);
        let points = self.contact(Shape::Number, Operation::Number(points));
        let points = self.contact(Shape::Number, Operation::When(condition.node, points));
        Rule {
            points,
            parts: RuleParts::Once { condition },
        }
    }

    fn each(
        &mut self,
        pattern: &model::Pattern,
        condition: Option<&model::Condition>,
        worth: Worth,
        limits: Limits,
    ) -> Rule {
        let fades = worth.fading.is_some();
        let worth = self.worth(worth);
        let (signal, operation) = match limits {
            Limits { per: None, total: None } if fades => {
                let signal = self.signal(pattern, Collect::Worth(worth));
                (signal, Operation::Collected(signal))
            }
            Limits { per: None, total: most } if !fades => {
                // INVARIANT: what each event of `Times` is worth never fades. Bounds rest on it.
                let count = self.signal(pattern, Collect::Count);
                (count, Operation::Times { count, worth, most })
            }
            Limits { .. } => {
                let days = self.signal(pattern, Collect::Days);
                (days, Operation::Kept { days, worth, limits })
            }
        };
        let amount = self.contact(Shape::Number, operation);
        let condition = condition.map(|condition| self.condition(Scope::Contact, condition));
        let points = match &condition {
            Some(condition) => self.contact(Shape::Number, Operation::When(condition.node, amount)),
            None => amount,
        };
        Rule {
            points,
            parts: RuleParts::Each {
                signal,
                condition,
                worth,
                limits,
                amount,
            },
        }
    }

    fn table(&mut self, value: &model::Value, rows: &[model::Row]) -> Rule {
        let value = self.value(Scope::Contact, value);
        let fits: Vec<NodeId> = rows.iter().map(|row| self.fits(value.node, &row.fits)).collect();
        let row = self.contact(Shape::Choice, Operation::First(fits.as_slice().into()));
        let points = rows.iter().map(|row| row.points).collect();
        let points = self.contact(Shape::Number, Operation::Points(row, points));
        Rule {
            points,
            parts: RuleParts::Table { value, rows: fits, row },
        }
    }

    /// Whether a value fits a row.
    fn fits(&mut self, value: NodeId, fits: &Fits) -> NodeId {
        match fits {
            Fits::Texts(texts) => self.fits_texts(value, texts),
            Fits::Numbers(numbers) => self.fits_numbers(value, numbers),
            Fits::Booleans(booleans) => self.fits_booleans(value, booleans),
            Fits::Range(low, high) => {
                let [low, high] = [low, high].map(|end| self.contact(Shape::Number, Operation::Number(*end)));
                self.contact(Shape::Condition, Operation::Between(value, low, high))
            }
            Fits::Compared(order, number) => {
                let number = self.contact(Shape::Number, Operation::Number(*number));
                self.contact(Shape::Condition, Operation::Compare(value, *order, number))
            }
            Fits::Unknown => {
                let known = self.contact(Shape::Condition, Operation::Known(value));
                self.contact(Shape::Condition, Operation::Not(known))
            }
            Fits::Otherwise => self.contact(Shape::Condition, Operation::Known(value)),
        }
    }

    fn fits_texts(&mut self, value: NodeId, texts: &[String]) -> NodeId {
        if self.contacts.shape(value) == Shape::List {
            return self.holds_one_of(Scope::Contact, value, texts);
        }
        let test = TextTest::Is(folded(texts));
        self.contact(Shape::Condition, Operation::TextIs(value, test))
    }

    fn fits_numbers(&mut self, value: NodeId, numbers: &[Number]) -> NodeId {
        let mut units: Vec<i64> = numbers.iter().map(|number| number.units()).collect();
        units.sort_unstable();
        units.dedup();
        self.contact(Shape::Condition, Operation::OneOf(value, units.into()))
    }

    fn fits_booleans(&mut self, value: NodeId, booleans: &[bool]) -> NodeId {
        let is_true = self.contact(Shape::Condition, Operation::True(value));
        match (booleans.contains(&true), booleans.contains(&false)) {
            (true, true) => self.contact(Shape::Condition, Operation::Known(value)),
            (true, false) => is_true,
            (false, true) => {
                let known = self.contact(Shape::Condition, Operation::Known(value));
                let not_true = self.contact(Shape::Condition, Operation::Not(is_true));
                self.contact(Shape::Condition, Operation::All(Box::new([known, not_true])))
            }
            (false, false) => self.contact(Shape::Condition, Operation::Constant(false)),
        }
    }
}
