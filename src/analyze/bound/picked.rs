//! What signals can collect of events, where each choice is left some of its options.

use crate::calendar::{Day, Unit};
use crate::number::Number;
use crate::plan::{Collect, Limits, SignalId, WorthId};

use super::combine::count_of;
use super::possible::{Possible, options};
use crate::analyze::space::Choice;
use crate::analyze::space::atoms::{Atom, MOST_EVENTS};
use crate::analyze::space::range::{ENDLESS, Range, saturated, times};

/// So many days are looked at on which events are worth something.
const MOST_DAYS: usize = 4_000;

impl<'a> Possible<'a> {
    fn atoms(&self, signal: SignalId) -> impl Iterator<Item = (&'a Atom, (u64, u64))> + '_ {
        let choices = self.space.picked.get(signal.index()).map_or(&[][..], Vec::as_slice);
        choices.iter().filter_map(|choice| {
            let Some(Choice::Events(atom)) = self.space.choices.get(*choice) else {
                return None;
            };
            let mut counts = options(self.left(*choice)).filter_map(|option| atom.counts.get(option).copied());
            let first = counts.next()?;
            let all = counts.fold(first, |(low, high), (least, most)| (low.min(least), high.max(most)));
            Some((atom, all))
        })
    }

    /// How many events a signal picks, both ends included.
    pub(in crate::analyze) fn count(&self, signal: SignalId) -> (u64, u64) {
        if self.space.open.contains(&signal) {
            return (0, MOST_EVENTS);
        }
        let each = self.atoms(signal).map(|(_, counts)| counts);
        each.fold((0, 0), |(low, high), (least, most)| {
            (low.saturating_add(least), high.saturating_add(most))
        })
    }

    pub(in crate::analyze) fn collected(&self, signal: SignalId) -> Range {
        let Some(collect) = self.space.plan().signal(signal).map(|signal| signal.collect) else {
            return Range::ANY;
        };
        let (least, most) = self.count(signal);
        let one = i128::from(Number::whole(1).units());
        let units = |count: u64| times(one, count_of(count)).min(i128::from(Number::MAX.units()));
        match collect {
            Collect::Count => Range::of(units(least), units(most), false),
            Collect::Known(_) | Collect::Distinct(_) => Range::of(0, units(most), false),
            Collect::Sum(_) if most == 0 => Range::exactly(0),
            Collect::Sum(_) => Range::of(-ENDLESS, ENDLESS, true),
            Collect::Smallest(_) | Collect::Largest(_) if most == 0 => Range::MISSING,
            Collect::Smallest(_) | Collect::Largest(_) => Range::ANY,
            Collect::First | Collect::Last => self.end(signal, collect == Collect::Last),
            Collect::Days => {
                let days = Limits {
                    per: Some((1, Unit::Day)),
                    total: None,
                };
                let most = most.min(self.most_by_calendar(signal, days));
                Range::of(units(least.min(1)), units(most), false)
            }
            Collect::Worth(worth) => self.worth_of_all(signal, worth),
        }
    }

    /// The first or last day on which a signal picks an event.
    fn end(&self, signal: SignalId, last: bool) -> Range {
        if self.space.open.contains(&signal) {
            return Range::of(
                i128::from(Day::MIN.number()),
                i128::from(self.space.day.as_of().number()),
                true,
            );
        }
        let mut range = Range::MISSING;
        let mut sure: Option<(i32, i32)> = None;
        for (atom, (least, most)) in self.atoms(signal).filter(|(_, (_, most))| *most > 0) {
            range = range.or(Range::of(i128::from(atom.first), i128::from(atom.last), most == 0));
            if least > 0 {
                let (first, end) = sure.unwrap_or((atom.first, atom.last));
                sure = Some(match last {
                    true => (first.max(atom.first), end.max(atom.last)),
                    false => (first.min(atom.first), end.min(atom.last)),
                });
            }
        }
        if let Some((first, end)) = sure {
            // An event that is surely there is never older than the last, nor newer than the first.
            match last {
                true => range.low = range.low.max(i128::from(first)),
                false => range.high = range.high.min(i128::from(end)),
            }
            range.missing = false;
        }
        range
    }

    pub(in crate::analyze) fn average(&self, known: SignalId) -> Range {
        match self.count(known) {
            (_, 0) => Range::MISSING,
            _ => Range::ANY,
        }
    }

    // INVARIANT: what each event of `Times` is worth never fades: it is as much as today, whenever the event was.
    pub(in crate::analyze) fn times(&self, count: SignalId, worth: WorthId, most: Option<u64>) -> Range {
        let points = self.space.points(worth);
        let (least, greatest) = self.count(count);
        let limited = |count: u64| count_of(most.map_or(count, |most| count.min(most)));
        let (one, other) = (times(points, limited(least)), times(points, limited(greatest)));
        settled(one.min(other), one.max(other))
    }

    /// What an event of these days is worth: worth moves toward zero with age.
    fn worth(&self, worth: WorthId, first: i32, last: i32) -> (i128, i128) {
        let of = |day: i32| Some(i128::from(self.space.day.worth(worth, Day::from_number(day)?)));
        // Of what is no day it may be anything that is left of today's.
        let today = self.space.points(worth);
        let (one, other) = of(first).zip(of(last)).unwrap_or((0, today));
        (one.min(other), one.max(other))
    }

    fn worth_of_all(&self, signal: SignalId, worth: WorthId) -> Range {
        if self.space.open.contains(&signal) {
            return Range::of(-ENDLESS, ENDLESS, false);
        }
        let (mut low, mut high) = (0i128, 0i128);
        for (atom, (least, most)) in self.atoms(signal) {
            let (lowest, highest) = self.worth(worth, atom.first, atom.last);
            let ends = |worth: i128| [times(worth, count_of(least)), times(worth, count_of(most))];
            low += ends(lowest).into_iter().min().unwrap_or(0);
            high += ends(highest).into_iter().max().unwrap_or(0);
        }
        settled(low, high)
    }

    /// How many events a limit by calendar periods leaves at most: so many in each that the signal's events can lie in.
    fn most_by_calendar(&self, signal: SignalId, limits: Limits) -> u64 {
        let Some((most, unit)) = limits.per.filter(|_| !self.space.open.contains(&signal)) else {
            return u64::MAX;
        };
        let atoms = self.atoms(signal).filter(|(_, (_, count))| *count > 0);
        let mut periods: Vec<_> = atoms.map(|(atom, _)| atom.periods(unit)).collect();
        periods.sort_unstable();
        let mut counted: u64 = 0;
        let mut next = i32::MIN;
        for (first, last) in periods {
            let fresh = first.max(next);
            counted += u64::from(last.saturating_add(1).saturating_sub(fresh).max(0).unsigned_abs());
            next = next.max(last.saturating_add(1));
        }
        let is_endless = self
            .atoms(signal)
            .any(|(atom, (_, count))| count > 0 && atom.is_endless());
        if is_endless {
            u64::MAX
        } else {
            counted.saturating_mul(most)
        }
    }

    pub(in crate::analyze) fn kept(&self, signal: SignalId, worth: WorthId, limits: Limits) -> Range {
        let (least, most) = self.count(signal);
        let most = most.min(self.most_by_calendar(signal, limits));
        let kept = count_of(limits.total.map_or(most, |total| most.min(total)));
        // Of events in one calendar period as few are kept as its limit says; one at least.
        let per = limits.per.map_or(u64::MAX, |(most, _)| most).max(1);
        let surely = count_of(least.min(per).min(limits.total.unwrap_or(u64::MAX)));
        let mut worths = Range::MISSING;
        for (atom, _) in self.atoms(signal).filter(|(_, (_, most))| *most > 0) {
            let (low, high) = self.worth(worth, atom.first, atom.last);
            worths = worths.or(Range::of(low, high, false));
        }
        if self.space.open.contains(&signal) {
            let as_of = self.space.day.as_of().number();
            let (low, high) = self.worth(worth, Day::MIN.number(), as_of);
            worths = Range::of(low, high, false);
        }
        if !worths.may_be_known() {
            return Range::exactly(0);
        }
        let ends = [
            times(worths.low, kept),
            times(worths.low, surely),
            times(worths.high, kept),
            times(worths.high, surely),
        ];
        let (low, high) = (ends.iter().copied().min(), ends.iter().copied().max());
        let (low, high) = (low.unwrap_or(0), high.unwrap_or(0));
        match self.most_worth(signal, worth, limits, kept) {
            Some(of_newest) => settled(low.max(of_newest.min(0)), high.min(of_newest.max(0))),
            None => settled(low, high),
        }
    }

    /// What events of which so many count a day are worth together at most, where their worth fades: so many of each
    /// day, as far back as they are worth something. `None` where that does not hold as of every day, or is too far.
    fn most_worth(&self, signal: SignalId, worth: WorthId, limits: Limits, most: i128) -> Option<i128> {
        let (per, begins) = self
            .space
            .faded(worth, limits)
            .filter(|_| !self.space.open.contains(&signal))?;
        let atoms = self.atoms(signal).filter(|(_, (_, count))| *count > 0);
        let spans: Vec<(i32, i32)> = atoms.map(|(atom, _)| (atom.first.max(begins), atom.last)).collect();
        let newest = |until: i32| {
            let last = |(first, last): &(i32, i32)| (*first <= until && first <= last).then_some(until.min(*last));
            spans.iter().filter_map(last).max()
        };
        let (mut sum, mut left, mut days) = (0, most, 0);
        let mut next = newest(i32::MAX);
        while let Some(number) = next.filter(|_| left > 0) {
            days += 1;
            let day = Day::from_number(number).filter(|_| days <= MOST_DAYS)?;
            let kept = left.min(count_of(per));
            sum += times(i128::from(self.space.day.worth(worth, day)), kept);
            left -= kept;
            next = newest(number - 1);
        }
        Some(sum)
    }
}

/// The numbers between two ends: a number that grows out of its range stays at its end.
fn settled(low: i128, high: i128) -> Range {
    Range::of(saturated(low), saturated(high), false)
}
