//! Cells: the values of one column, told apart only as far as the tests of a plan tell them apart.

use std::collections::BTreeSet;

use crate::calendar::{Day, Period, Unit};
use crate::model::Given;
use crate::number::Number;
use crate::plan::{Graph, NodeId, Operation, TextPlan};
use crate::table::Type;

use super::leaves::Looks;
use super::texts::{Test, TextCells, as_read};

/// So many tests that may hold together are taken in all their combinations.
const MOST_TOGETHER: usize = 5;

/// Values of a column: one at least for each way in which its tests can come out.
pub(in crate::analyze) struct Values {
    /// The values, all known.
    pub(in crate::analyze) values: Vec<Given>,
    /// Truths of tests for which no value was found, though nothing known speaks against them.
    pub(in crate::analyze) unfound: Vec<Vec<(NodeId, bool)>>,
    /// Tests that may each hold or fail of values that no equality names; too many for all their combinations.
    pub(in crate::analyze) apart: Vec<NodeId>,
    /// Truths of some of those that no value has together.
    pub(in crate::analyze) impossible: Vec<Vec<(NodeId, bool)>>,
}

impl Values {
    fn of(values: Vec<Given>) -> Values {
        Values {
            values,
            unfound: Vec::new(),
            apart: Vec::new(),
            impossible: Vec::new(),
        }
    }

    /// Whether the values stand for all there are.
    pub(in crate::analyze) fn are_complete(&self) -> bool {
        self.unfound.is_empty() && self.apart.is_empty()
    }
}

/// A column and what is asked of it.
#[derive(Clone, Copy)]
pub(in crate::analyze) struct Asked<'a> {
    /// The graph of the tests.
    pub(in crate::analyze) graph: &'a Graph,
    /// What is asked of texts there.
    pub(in crate::analyze) texts: &'a TextPlan,
    /// What each node looks at.
    pub(in crate::analyze) looks: &'a [Looks],
    /// The tests that look at this column.
    pub(in crate::analyze) tests: &'a [NodeId],
    /// The day of scoring.
    pub(in crate::analyze) as_of: Day,
}

impl Asked<'_> {
    /// Values of the column, whose type this is.
    pub(in crate::analyze) fn values(&self, of: &Type) -> Values {
        match of {
            Type::Boolean => Values::of(vec![Given::Boolean(true), Given::Boolean(false)]),
            Type::OneOf(values) => Values::of(values.iter().cloned().map(Given::Text).collect()),
            Type::Number => Values::of(self.numbers()),
            Type::Date => Values::of(self.dates()),
            Type::Text => self.all_texts(),
            Type::List => self.lists(),
        }
    }

    fn constants<T: Copy + Ord>(&self, of: impl Fn(&Looks) -> &BTreeSet<T>) -> BTreeSet<T> {
        let looks = self.tests.iter().filter_map(|test| self.looks.get(test.index()));
        looks.flat_map(|looks| of(looks).iter().copied()).collect()
    }

    /// The constants and their neighbours, whole numbers first, so that an example looks like one.
    fn numbers(&self) -> Vec<Given> {
        let constants = self.constants(|looks| &looks.numbers);
        let one = Number::whole(1).units();
        let mut units: Vec<i64> = vec![0, one];
        for constant in constants {
            for of in [constant, -constant] {
                units.extend([of, of - one, of + one, of - 1, of + 1]);
            }
        }
        units.sort_by_key(|units| (units % one != 0, *units < 0, units.abs()));
        units.dedup();
        let numbers = units.iter().filter_map(|units| Number::from_units(i128::from(*units)));
        numbers.map(Given::Number).collect()
    }

    /// The constants and the days so many units away, with their neighbours.
    fn dates(&self) -> Vec<Given> {
        let mut days: BTreeSet<Day> = self.constants(|looks| &looks.days);
        let far = Period::one(Unit::Year);
        days.extend([self.as_of, self.as_of.minus(50, far), self.as_of.minus(-10, far)]);
        let one = Number::whole(1).units();
        for unit in self.constants(|looks| &looks.units) {
            for constant in self.constants(|looks| &looks.numbers) {
                let whole = constant.div_euclid(one);
                for times in [whole - 1, whole, whole + 1, -whole - 1, -whole, -whole + 1] {
                    days.insert(self.as_of.minus(times, Period::one(unit)));
                }
            }
        }
        let beside = days
            .iter()
            .flat_map(|day| [-1, 0, 1].map(|step| Day::from_number(day.number() + step)));
        let mut days: Vec<Day> = beside.flatten().collect();
        days.sort_by_key(|day| (day.number() - self.as_of.number()).abs());
        days.dedup();
        days.into_iter().map(Given::Date).collect()
    }

    fn all_texts(&self) -> Values {
        let cells = TextCells::new(self.graph, self.texts, self.tests);
        let free = cells.free();
        let mut values = Values::of(Vec::new());
        let mut texts: Vec<String> = Vec::new();
        if free.len() > MOST_TOGETHER {
            let tests: Vec<&Test> = free.iter().filter_map(|at| cells.tests().get(*at)).collect();
            let facts: BTreeSet<usize> = tests.iter().flat_map(|test| test.facts.iter().copied()).collect();
            let alone = facts
                .iter()
                .flat_map(|fact| cells.attempts(&[*fact]).into_iter().take(6));
            texts.extend(alone.chain(cells.attempts(&[])));
            values.apart = tests.iter().map(|test| test.node).collect();
            let told: Vec<(NodeId, &[usize])> = tests.iter().map(|test| (test.node, test.facts.as_slice())).collect();
            let implies = |one: &usize, other: &usize| cells.implies(*one, *other);
            values.impossible = impossible(&told, implies, |one, other| cells.excludes(*one, *other));
        } else {
            for truths in combinations(&free) {
                if !cells.is_consistent(&truths) {
                    continue;
                }
                match cells.text(&truths) {
                    Some(text) => texts.push(text),
                    None => values.unfound.push(of_nodes(&cells, &truths)),
                }
            }
        }
        texts.extend(cells.whole_texts());
        values.values = texts.into_iter().map(Given::Text).collect();
        values
    }

    fn lists(&self) -> Values {
        let tests = holding(self.graph, self.tests);
        let list = |texts: Vec<String>| Given::List(texts);
        let mut values = Values::of(vec![list(vec![unasked(&tests)])]);
        if tests.len() > MOST_TOGETHER {
            let elements: BTreeSet<&str> = tests.iter().flat_map(|(_, texts)| texts.iter().copied()).collect();
            values
                .values
                .extend(elements.iter().map(|text| list(vec![as_read(text)])));
            values.apart = tests.iter().map(|(node, _)| *node).collect();
            let told: Vec<(NodeId, &[&str])> = tests.iter().map(|(node, texts)| (*node, texts.as_slice())).collect();
            values.impossible = impossible(&told, |one, other| one == other, |_, _| false);
            return values;
        }
        // An element belongs to the tests that look for it; a list has those whose tests are all wanted.
        for truths in combinations(&(0..tests.len()).collect::<Vec<_>>()) {
            let is_wanted = |at: usize| truths.iter().any(|(of, truth)| *of == at && *truth);
            let fits = |text: &str| {
                let mut asking = tests.iter().enumerate().filter(|(_, (_, texts))| texts.contains(&text));
                asking.all(|(at, _)| is_wanted(at))
            };
            let wanted = tests.iter().enumerate().filter(|(at, _)| is_wanted(*at));
            let firsts = wanted.filter_map(|(_, (_, texts))| texts.iter().find(|text| fits(text)));
            let mut elements: Vec<String> = firsts.map(|text| as_read(text)).collect();
            elements.sort();
            elements.dedup();
            if !elements.is_empty() {
                values.values.push(list(elements));
            }
        }
        values
    }
}

/// The tests of a list among these nodes, with the elements for which they look.
pub(in crate::analyze) fn holding<'p>(graph: &'p Graph, nodes: &[NodeId]) -> Vec<(NodeId, Vec<&'p str>)> {
    let of = |node: &NodeId| match graph.node(*node).map(|node| &node.operation) {
        Some(Operation::Holds(_, texts)) => Some((*node, texts.iter().map(|text| &**text).collect())),
        // Nothing else looks into a list.
        _ => None,
    };
    nodes.iter().filter_map(of).collect()
}

/// An element for which none of these tests looks.
pub(in crate::analyze) fn unasked(tests: &[(NodeId, Vec<&str>)]) -> String {
    let mut other = "other".to_owned();
    while tests.iter().any(|(_, texts)| texts.contains(&other.as_str())) {
        other.push('_');
    }
    other
}

/// So many tests of one column are compared with each other.
const MOST_COMPARED: usize = 400;

/// So many tests together are known to leave out nothing of what another one asks.
const MOST_COVERING: usize = 10;

/// Truths that no value has together of tests that hold where one at least of their facts is so.
fn impossible<F>(
    tests: &[(NodeId, &[F])],
    implies: impl Fn(&F, &F) -> bool,
    excludes: impl Fn(&F, &F) -> bool,
) -> Vec<Vec<(NodeId, bool)>> {
    let tests = tests.get(..MOST_COMPARED).unwrap_or(tests);
    let is_implied = |one: &F, by: &[F]| by.iter().any(|other| implies(one, other));
    let mut impossible = Vec::new();
    for (place, (one, facts)) in tests.iter().enumerate() {
        for (other_place, (other, others)) in tests.iter().enumerate().filter(|(at, _)| *at != place) {
            if facts.iter().all(|fact| is_implied(fact, others)) {
                impossible.push(vec![(*one, true), (*other, false)]);
            }
            let apart = |fact: &F| others.iter().all(|other| excludes(fact, other));
            if place < other_place && facts.iter().all(apart) {
                impossible.push(vec![(*one, true), (*other, true)]);
            }
        }
        // Where each fact makes another test hold, one of those does.
        let others = tests.iter().filter(|(other, _)| other != one);
        let cover = |fact: &F| {
            others
                .clone()
                .find(|(_, others)| is_implied(fact, others))
                .map(|(other, _)| *other)
        };
        let covering: Option<BTreeSet<NodeId>> = facts.iter().map(cover).collect();
        if let Some(covering) = covering.filter(|covering| (2..=MOST_COVERING).contains(&covering.len())) {
            impossible.push(
                covering
                    .into_iter()
                    .map(|other| (other, false))
                    .chain([(*one, true)])
                    .collect(),
            );
        }
    }
    impossible
}

/// The truths of the nodes that have these tests.
fn of_nodes(cells: &TextCells<'_>, truths: &[(usize, bool)]) -> Vec<(NodeId, bool)> {
    let of = |(at, truth): &(usize, bool)| Some((cells.tests().get(*at)?.node, *truth));
    truths.iter().filter_map(of).collect()
}

/// All combinations of truths of these.
fn combinations(of: &[usize]) -> impl Iterator<Item = Vec<(usize, bool)>> {
    let count = 1usize << of.len().min(MOST_TOGETHER);
    let of = of.to_vec();
    (0..count).map(move |bits| {
        let truths = of.iter().enumerate().map(|(place, at)| (*at, bits >> place & 1 == 1));
        truths.collect()
    })
}
