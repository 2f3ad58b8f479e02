//! What a node can come to, where each choice is left some of its options: never too little, sometimes too much.

use crate::calendar::{Day, Period};
use crate::model::{Amount, Bound, Comparison};
use crate::number::Number;
use crate::plan::{NodeId, Operation};

use super::combine::{arithmetic, band, bounded, clamped, compared, first_known, one_of, saturating};
use super::{Wanted, allows};
use crate::analyze::space::range::{Range, saturated};
use crate::analyze::space::{Leaf, Space};

/// The options that each choice is left, a bit each.
pub(in crate::analyze) type Domains = Vec<u128>;

/// All options of all choices.
pub(in crate::analyze) fn all_options(space: &Space<'_>) -> Domains {
    // No choice has more options than `MOST_OPTIONS`, which fit.
    let bits = |options: usize| (1 << options.min(127)) - 1;
    space.choices.iter().map(|choice| bits(choice.options())).collect()
}

/// The options of a set.
pub(in crate::analyze) fn options(mut domain: u128) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let next = domain.trailing_zeros();
        domain &= domain.wrapping_sub(1);
        (next < 128).then_some(next as usize)
    })
}

/// What nodes can come to.
pub(in crate::analyze) struct Possible<'a> {
    pub(in crate::analyze) space: &'a Space<'a>,
    domains: Domains,
    values: Vec<Range>,
    /// Conditions that are taken to come out so.
    assumed: &'a [Wanted],
    /// Whether one of those cannot.
    contradicts: bool,
}

impl<'a> Possible<'a> {
    /// Nothing is known yet.
    pub(in crate::analyze) fn new(space: &'a Space<'a>, domains: Domains) -> Possible<'a> {
        Possible {
            space,
            domains,
            values: vec![Range::ANY; space.leaves.len()],
            assumed: &[],
            contradicts: false,
        }
    }

    /// Nothing is known yet but how these conditions come out, which stand in the order of their nodes.
    pub(in crate::analyze) fn assuming(space: &'a Space<'a>, domains: Domains, assumed: &'a [Wanted]) -> Possible<'a> {
        Possible {
            assumed,
            ..Possible::new(space, domains)
        }
    }

    /// Whether a condition that was evaluated cannot come out as was assumed.
    pub(in crate::analyze) fn contradicts(&self) -> bool {
        self.contradicts
    }

    /// Leaves a choice one option.
    pub(in crate::analyze) fn choose(&mut self, choice: usize, option: usize) {
        self.leave(choice, 1 << option);
    }

    /// Leaves a choice some options.
    pub(in crate::analyze) fn leave(&mut self, choice: usize, left: u128) {
        if let Some(domain) = self.domains.get_mut(choice) {
            *domain = left;
        }
    }

    /// Finds out what these nodes can come to; operands stand before those that are made of them.
    pub(in crate::analyze) fn evaluate(&mut self, steps: &[NodeId]) {
        for step in steps {
            let value = match self.space.leaves.get(step.index()).and_then(Option::as_ref) {
                Some(leaf) => self.leaf(leaf),
                None => match self.space.plan().contacts.node(*step) {
                    Some(node) => self.operation(&node.operation),
                    None => Range::ANY,
                },
            };
            let value = self.assumed_of(*step, value);
            if let Some(slot) = self.values.get_mut(step.index()) {
                *slot = value;
            }
        }
    }

    /// What a node can come to, as it is assumed.
    fn assumed_of(&mut self, node: NodeId, value: Range) -> Range {
        let from = self.assumed.partition_point(|(known, _)| *known < node);
        match self.assumed.get(from) {
            Some((known, truth)) if *known == node => {
                self.contradicts |= !allows(value, *truth);
                Range::truth(*truth)
            }
            _ => value,
        }
    }

    /// What a node can come to.
    pub(in crate::analyze) fn of(&self, node: NodeId) -> Range {
        self.values.get(node.index()).copied().unwrap_or(Range::ANY)
    }

    pub(in crate::analyze) fn left(&self, choice: usize) -> u128 {
        self.domains.get(choice).copied().unwrap_or(0)
    }

    fn leaf(&self, leaf: &Leaf) -> Range {
        let guess = leaf.guess.map(|guess| self.left(guess));
        let guessed = guess.map_or(Range::EITHER, |left| Range::of_truths(left & 2 != 0, left & 1 != 0));
        let Some((choice, ranges)) = &leaf.column else {
            return guessed;
        };
        let told = options(self.left(*choice)).filter_map(|option| ranges.get(option).copied());
        let all = told.map(|range| if range == Range::EITHER { guessed } else { range });
        all.reduce(Range::or).unwrap_or(Range::EITHER)
    }

    fn operation(&self, operation: &Operation) -> Range {
        match operation {
            Operation::Constant(holds) => Range::truth(*holds),
            Operation::Number(number) => Range::number(*number),
            Operation::Date(day) => Range::exactly(i128::from(day.number())),
            Operation::Text(_) => Range::exactly(0),
            Operation::Not(one) => self.not(*one),
            Operation::All(many) => self.quantity(Bound::AtLeast(many.len() as u64), many),
            Operation::Any(many) => self.quantity(Bound::AtLeast(1), many),
            Operation::Quantity(bound, many) => self.quantity(*bound, many),
            Operation::Compare(one, comparison, other) => compared(self.of(*one), *comparison, self.of(*other)),
            Operation::Between(one, low, high) => self.between(*one, *low, *high),
            Operation::OneOf(one, constants) => one_of(self.of(*one), constants),
            Operation::Known(one) => self.known(*one),
            Operation::Chosen(one, places) => self.chosen(*one, places),
            Operation::Events(bound, signal) => bounded(self.count(*signal), *bound),
            Operation::Arithmetic(operator, one, other) => arithmetic(*operator, self.of(*one), self.of(*other)),
            Operation::Saturating(operator, one, other) => saturating(*operator, self.of(*one), self.of(*other)),
            Operation::Negate(one) => self.of(*one).map(|units| -units),
            Operation::Elapsed { unit, until, date } => self.elapsed(Period::one(*unit), *until, *date),
            Operation::Collected(signal) => self.collected(*signal),
            Operation::Average { known, .. } => self.average(*known),
            Operation::Newest(many) => self.newest(many),
            Operation::Or(one, other) => first_known(self.of(*one), self.of(*other)),
            Operation::When(condition, number) => self.when(*condition, *number),
            Operation::Times { count, worth, most } => self.times(*count, *worth, *most),
            Operation::Kept { days, worth, limits } => self.kept(*days, *worth, *limits),
            Operation::Sum(many) => self.sum(many),
            Operation::Decayed {
                value,
                activity,
                amount,
                period,
            } => self.decayed(*value, *activity, (*amount, *period)),
            Operation::Clamped { value, min, max } => clamped(self.of(*value), *min, *max),
            Operation::First(many) => self.first(many),
            Operation::Points(choice, points) => self.points(*choice, points),
            Operation::Band {
                score,
                thresholds,
                otherwise,
            } => band(self.of(*score), thresholds, *otherwise),
            Operation::Unless { chosen, value } => self.unless(*chosen, *value),
            // Values of columns are told by the tests that look at them.
            Operation::Column(_) | Operation::Domain(_) => Range::ANY,
            Operation::SameText(..) | Operation::TextIs(..) | Operation::Holds(..) | Operation::True(_) => {
                Range::EITHER
            }
        }
    }

    fn not(&self, one: NodeId) -> Range {
        let one = self.of(one);
        Range::of_truths(one.may_fail(), one.may_hold())
    }

    fn quantity(&self, bound: Bound, many: &[NodeId]) -> Range {
        let least = many.iter().filter(|one| !self.of(**one).may_fail()).count();
        let most = many.iter().filter(|one| self.of(**one).may_hold()).count();
        bounded((least as u64, most as u64), bound)
    }

    fn between(&self, one: NodeId, low: NodeId, high: NodeId) -> Range {
        let from = compared(self.of(one), Comparison::GreaterOrEqual, self.of(low));
        let to = compared(self.of(one), Comparison::LessOrEqual, self.of(high));
        Range::of_truths(from.may_hold() && to.may_hold(), from.may_fail() || to.may_fail())
    }

    fn known(&self, one: NodeId) -> Range {
        let one = self.of(one);
        Range::of_truths(one.may_be_known(), one.missing)
    }

    fn chosen(&self, choice: NodeId, places: &[u16]) -> Range {
        let choice = self.of(choice);
        let is_one = |place: i128| places.iter().any(|of| i128::from(*of) == place);
        let inside = places.iter().map(|place| i128::from(*place));
        let some = inside.clone().any(|place| choice.low <= place && place <= choice.high);
        let settled = choice.is_settled() && choice.may_be_known() && is_one(choice.low);
        let width = choice.high.saturating_sub(choice.low);
        let all = settled || width < places.len() as i128 && (choice.low..=choice.high).all(is_one);
        Range::of_truths(some, choice.missing || !choice.may_be_known() || !all)
    }

    fn elapsed(&self, period: Period, until: bool, date: NodeId) -> Range {
        let date = self.of(date);
        let ages = self.space.day.ages(period, 1);
        let one = i128::from(Number::whole(1).units());
        let full = |day: i128| {
            let full = ages.full_periods(nearest_day(day))?;
            Some(i128::from(if until { -full } else { full }) * one)
        };
        if !date.may_be_known() {
            return date;
        }
        match (full(date.low), full(date.high)) {
            (Some(one), Some(other)) => Range::of(one.min(other), one.max(other), date.missing),
            (None, _) | (_, None) => Range::ANY,
        }
    }

    fn newest(&self, many: &[NodeId]) -> Range {
        let mut range = Range::MISSING;
        for one in many {
            let one = self.of(*one);
            let sure = [range, one].into_iter().filter(|of| !of.missing && of.may_be_known());
            let least = sure.map(|of| of.low).max();
            let missing = range.missing && one.missing;
            range = Range {
                missing,
                ..range.or(one)
            };
            if let Some(least) = least {
                range.low = range.low.max(least);
            }
        }
        range
    }

    fn when(&self, condition: NodeId, number: NodeId) -> Range {
        let (condition, number) = (self.of(condition), self.of(number));
        match (condition.may_hold(), condition.may_fail()) {
            (true, false) => number,
            (true, true) => number.or(Range::exactly(0)),
            (false, _) => Range::exactly(0),
        }
    }

    fn sum(&self, many: &[NodeId]) -> Range {
        let (mut low, mut high) = (0i128, 0i128);
        for one in many {
            let one = self.of(*one);
            (low, high) = (low + one.low, high + one.high);
        }
        Range::of(saturated(low), saturated(high), false)
    }

    fn decayed(&self, value: NodeId, activity: NodeId, by: (Amount, Period)) -> Range {
        let (value, activity) = (self.of(value), self.of(activity));
        let decay = self.space.day.decay(by.0, by.1, 1);
        let low = match (activity.may_be_known(), i64::try_from(value.low)) {
            (false, _) => value.low,
            (true, Ok(units)) => i128::from(decay.left(units, nearest_day(activity.low))),
            // What no decay leaves little of has no limit; decay moves toward zero, and only what is above it.
            (true, Err(_)) => value.low.min(0),
        };
        let high = match (activity.may_be_known() && !activity.missing, i64::try_from(value.high)) {
            (true, Ok(units)) => i128::from(decay.left(units, nearest_day(activity.high))),
            (false, _) | (true, Err(_)) => value.high,
        };
        Range::of(low, high, false)
    }

    fn first(&self, many: &[NodeId]) -> Range {
        let mut range = Range::MISSING;
        let mut may_be_none = true;
        for (one, place) in many.iter().zip(0i128..) {
            let one = self.of(*one);
            if one.may_hold() {
                range = range.or(Range::exactly(place));
            }
            if !one.may_fail() {
                may_be_none = false;
                break;
            }
        }
        Range {
            missing: may_be_none,
            ..range
        }
    }

    fn points(&self, choice: NodeId, points: &[Number]) -> Range {
        let choice = self.of(choice);
        let none = choice.missing.then(|| Range::exactly(0));
        let rows = (0i128..)
            .zip(points)
            .filter(|(place, _)| choice.low <= *place && *place <= choice.high);
        let all = rows.map(|(_, points)| Range::number(*points)).chain(none);
        all.reduce(Range::or).unwrap_or(Range::exactly(0))
    }

    fn unless(&self, chosen: NodeId, value: NodeId) -> Range {
        let (chosen, value) = (self.of(chosen), self.of(value));
        match (chosen.missing, chosen.may_be_known()) {
            (true, false) => value,
            (true, true) => value.or(Range::MISSING),
            (false, _) => Range::MISSING,
        }
    }
}

/// The day nearest to a number.
fn nearest_day(number: i128) -> i32 {
    let (first, last) = (Day::MIN.number(), Day::MAX.number());
    // INVARIANT: what lies between two of these numbers is one.
    i32::try_from(number.clamp(i128::from(first), i128::from(last))).unwrap_or(first)
}
