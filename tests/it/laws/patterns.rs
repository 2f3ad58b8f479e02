//! Random patterns, and the functions of the events that they pick.

use proptest::prelude::*;
use proptest::sample::select;

use super::expressions::{Piece, Scope, Tightness, not};
use super::vocabulary::{DURATIONS, EVENTS, PLANS};

/// A number that comes from events.
pub(super) fn aggregate(depth: u32) -> BoxedStrategy<String> {
    let count = pattern(depth, false).prop_map(|pattern| format!("count({})", pattern.text));
    let distinct = (select(GROUPS), any::<u8>(), window()).prop_map(|(group, at, window)| {
        let properties = properties_of(group);
        let (name, _) = properties[usize::from(at) % properties.len()];
        format!("distinct({name} of {}{window})", written(group))
    });
    let functions = select(&["sum", "average", "smallest", "largest"][..]);
    let of_number = (functions, select(GROUPS), any::<u8>(), window()).prop_map(|(function, group, at, window)| {
        let mut properties = properties_of(group);
        properties.retain(|(_, of)| *of == "number");
        match properties.get(usize::from(at) % properties.len().max(1)) {
            Some((name, _)) => format!("{function}({name} of {}{window})", written(group)),
            None => format!("count({}{window})", written(group)),
        }
    });
    prop_oneof![2 => count, 2 => distinct, 2 => of_number].boxed()
}

/// The sets of events of which patterns speak, by their place among the events; none for all that are not passive.
const GROUPS: &[&[usize]] = &[&[0], &[1], &[0, 1], &[], &[4], &[5], &[0, 3], &[3], &[1, 5, 0]];
/// Sets of events that need no properties, besides.
const PLAIN_GROUPS: &[&[usize]] = &[&[2], &[0], &[], &[1], &[2, 4], &[3], &[0, 1, 2], &[4], &[5]];

fn written(group: &[usize]) -> String {
    let names: Vec<&str> = group.iter().map(|at| EVENTS[*at].name).collect();
    match names.as_slice() {
        [] => "event".to_owned(),
        [name] => format!("event {name}"),
        names => format!("event in ({})", names.join(", ")),
    }
}

/// The properties that a pattern over these events may use: those that two events declare with two types are left out.
fn properties_of(group: &[usize]) -> Vec<(&'static str, &'static str)> {
    let all = [0, 1, 2, 4, 5];
    let events = if group.is_empty() { &all[..] } else { group };
    let mut properties: Vec<(&str, &str)> = events.iter().flat_map(|at| EVENTS[*at].properties).copied().collect();
    if group.is_empty() {
        properties.retain(|(name, _)| !name.contains("note"));
    }
    properties.sort_unstable();
    properties.dedup();
    properties
}

/// A pattern; a closed one may be followed by `and`.
pub(crate) fn pattern(depth: u32, closed: bool) -> BoxedStrategy<Piece> {
    let plain = (select(PLAIN_GROUPS), window())
        .prop_map(|(group, window)| Piece::new(format!("{}{window}", written(group)), Tightness::Primary));
    if depth == 0 {
        return plain.boxed();
    }
    let filtered: Vec<BoxedStrategy<Piece>> = GROUPS
        .iter()
        .map(|group| {
            let test = Scope::of(&properties_of(group), PLANS).condition(depth - 1);
            (test, window(), any::<bool>())
                .prop_map(move |(test, window, parentheses)| filter(group, &test, window, parentheses || closed))
                .boxed()
        })
        .collect();
    prop_oneof![3 => plain, 2 => proptest::strategy::Union::new(filtered)].boxed()
}

fn filter(group: &[usize], test: &Piece, window: String, parentheses: bool) -> Piece {
    let bare = !parentheses && test.tightness >= Tightness::Not;
    let test = if bare {
        test.text.clone()
    } else {
        format!("({})", test.text)
    };
    let open = bare && window.is_empty();
    Piece {
        text: format!("{} where {test}{window}", written(group)),
        tightness: Tightness::Primary,
        open,
    }
}

fn window() -> BoxedStrategy<String> {
    let windows = (not(), select(DURATIONS)).prop_map(|(not, duration)| format!(" {not}within {duration}"));
    prop_oneof![2 => Just(String::new()), 3 => windows].boxed()
}
