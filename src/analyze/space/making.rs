//! Makes events: so many as an option says, on days that it allows.

use crate::calendar::Day;
use crate::model::GivenEvents;
use crate::source::Span;

use super::atoms::Atom;

/// How events are made of counts and days that a range allows.
#[derive(Clone, Copy, Debug)]
pub(in crate::analyze) struct Style {
    /// So many more than needed, where there may be more.
    pub(in crate::analyze) more: u64,
    /// So many times as many, where there may be more.
    pub(in crate::analyze) times: u64,
    /// In as many different calendar periods as there can be: those that stand at this place among the ones by which
    /// limits count the events, or else the last; on one day without.
    pub(in crate::analyze) apart: Option<usize>,
    /// As long ago as possible.
    pub(in crate::analyze) old: bool,
    /// On this day, or the next to it on which they can have happened.
    pub(in crate::analyze) on: Option<i32>,
    /// Which values fields have that are told by no option; none with 0.
    pub(in crate::analyze) draw: u64,
}

impl Default for Style {
    /// As few and as new as an option allows, on one day.
    fn default() -> Style {
        Style {
            more: 0,
            times: 1,
            apart: None,
            old: false,
            on: None,
            draw: 0,
        }
    }
}

/// An example has at most so many events of a kind: rules that want more are not shown.
const MOST_SHOWN: u64 = 400;

/// The events of an atom, so many as an option says.
pub(in crate::analyze) fn events(atom: &Atom, option: usize, style: Style) -> Vec<GivenEvents> {
    let Some((least, most)) = atom.counts.get(option) else {
        return Vec::new();
    };
    let wanted = least.saturating_add(style.more).saturating_mul(style.times);
    let count = wanted.min(*most).min(MOST_SHOWN);
    if count == 0 {
        return Vec::new();
    }
    let days = days(atom, count, style);
    let each = count / (days.len() as u64).max(1);
    let besides = count - each * days.len() as u64;
    let of = |(day, place): (Day, u64)| GivenEvents {
        count: each + u64::from(place < besides),
        name: atom.name.clone(),
        properties: atom.properties.clone(),
        day,
        span: Span::default(),
    };
    days.into_iter().zip(0..).map(of).collect()
}

/// At most so many days of an atom, the first of them as its style wants it.
fn days(atom: &Atom, most: u64, style: Style) -> Vec<Day> {
    // An event of long ago is ten years older than what is near.
    let oldest = atom.first.max(atom.last.saturating_sub(3_652));
    let Some((oldest, last)) = Day::from_number(oldest).zip(Day::from_number(atom.last)) else {
        return Vec::new();
    };
    let wanted = style.on.and_then(Day::from_number).map(|day| day.clamp(oldest, last));
    let first = wanted.unwrap_or(if style.old { oldest } else { last });
    let unit = |place: usize| atom.limited_by.get(place).or(atom.limited_by.last()).copied();
    let Some(unit) = style.apart.and_then(unit) else {
        return std::iter::once(first).take(most as usize).collect();
    };
    let next = |day: &Day| {
        let period = day.calendar_period(unit);
        let step = if style.old { 1 } else { -1 };
        let mut day = *day;
        while day.calendar_period(unit) == period {
            day = Day::from_number(day.number() + step)?;
        }
        (oldest <= day && day <= last).then_some(day)
    };
    std::iter::successors(Some(first), next).take(most as usize).collect()
}
