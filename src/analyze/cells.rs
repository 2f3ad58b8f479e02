//! Cells: the values of one column, told apart only as far as the tests of a plan tell them apart.

use std::collections::BTreeSet;

use crate::calendar::{Day, Period, Unit};
use crate::model::Given;
use crate::number::Number;
use crate::plan::{Graph, NodeId, Operation, TextPlan};
use crate::table::Type;

use super::leaves::Looks;
use super::texts::TextCells;

/// So many tests that may hold together are taken in all their combinations.
const MOST_TOGETHER: usize = 5;

/// Values of a column: one at least for each way in which its tests can come out.
pub(super) struct Values {
    /// The values, all known.
    pub(super) values: Vec<Given>,
    /// Truths of tests for which no value was found, though nothing known speaks against them.
    pub(super) unfound: Vec<Vec<(NodeId, bool)>>,
    /// Tests that may each hold or fail of values that no equality names; too many for all their combinations.
    pub(super) apart: Vec<NodeId>,
    /// Truths of two of those that no value has together.
    pub(super) impossible: Vec<[(NodeId, bool); 2]>,
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
    pub(super) fn are_complete(&self) -> bool {
        self.unfound.is_empty() && self.apart.is_empty()
    }
}

/// A column and what is asked of it.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    /// The graph of the tests.
    pub(super) graph: &'a Graph,
    /// What is asked of texts there.
    pub(super) texts: &'a TextPlan,
    /// What each node looks at.
    pub(super) looks: &'a [Looks],
    /// The tests that look at this column.
    pub(super) tests: &'a [NodeId],
    /// The day of scoring.
    pub(super) as_of: Day,
}

impl Asked<'_> {
    /// Values of the column, whose type this is.
    pub(super) fn values(&self, of: &Type) -> Values {
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
            let alone = free.iter().flat_map(|at| cells.attempts(&[*at]).into_iter().take(6));
            texts.extend(alone.chain(cells.attempts(&[])));
            values.apart = free
                .iter()
                .filter_map(|at| Some(cells.tests().get(*at)?.node))
                .collect();
            values.impossible = pairs(&free)
                .filter(|pair| !cells.is_consistent(pair))
                .filter_map(|pair| <[(NodeId, bool); 2]>::try_from(of_nodes(&cells, &pair)).ok())
                .collect();
        } else {
            for truths in combinations(&free) {
                if !cells.is_consistent(&truths) {
                    continue;
                }
                let text = self.text_of(&cells, &truths);
                match text {
                    Some(text) => texts.push(text),
                    None => values.unfound.push(of_nodes(&cells, &truths)),
                }
            }
        }
        texts.extend(cells.whole_texts());
        values.values = texts.into_iter().map(Given::Text).collect();
        values
    }

    /// A text that no equality names, with these truths of the free tests.
    fn text_of(&self, cells: &TextCells<'_>, truths: &[(usize, bool)]) -> Option<String> {
        let mut all = vec![false; cells.tests().len()];
        for (at, truth) in truths {
            all.iter_mut().skip(*at).take(1).for_each(|slot| *slot = *truth);
        }
        cells.text(&all)
    }

    fn lists(&self) -> Values {
        let literals = |node: &NodeId| match self.graph.node(*node).map(|node| &node.operation) {
            Some(Operation::Holds(_, texts)) => Some((*node, texts)),
            _ => None,
        };
        let tests: Vec<_> = self.tests.iter().filter_map(literals).collect();
        let list = |texts: Vec<String>| Given::List(texts);
        let mut values = Values::of(vec![list(vec![unasked(
            tests.iter().flat_map(|(_, texts)| texts.iter()),
        )])]);
        if tests.len() > MOST_TOGETHER {
            let each = tests.iter().flat_map(|(_, texts)| texts.iter());
            values.values.extend(each.map(|text| list(vec![text.to_string()])));
            values.apart = tests.iter().map(|(node, _)| *node).collect();
            for (one, texts) in &tests {
                let others = tests
                    .iter()
                    .filter(|(other, all)| other != one && texts.iter().all(|text| all.contains(text)));
                values
                    .impossible
                    .extend(others.map(|(other, _)| [(*one, true), (*other, false)]));
            }
            return values;
        }
        // An element belongs to the tests that look for it; a list has those whose tests are all wanted.
        for truths in combinations(&(0..tests.len()).collect::<Vec<_>>()) {
            let is_wanted = |at: usize| truths.iter().any(|(of, truth)| *of == at && *truth);
            let fits = |text: &str| {
                let mut asking = tests
                    .iter()
                    .enumerate()
                    .filter(|(_, (_, texts))| texts.iter().any(|of| **of == *text));
                asking.all(|(at, _)| is_wanted(at))
            };
            let wanted = tests.iter().enumerate().filter(|(at, _)| is_wanted(*at));
            let firsts = wanted.filter_map(|(_, (_, texts))| texts.iter().find(|text| fits(text)));
            let mut elements: Vec<String> = firsts.map(|text| text.to_string()).collect();
            elements.sort();
            elements.dedup();
            if !elements.is_empty() {
                values.values.push(list(elements));
            }
        }
        values
    }
}

/// A text that is none of these.
pub(super) fn unasked<'t>(texts: impl Iterator<Item = &'t Box<str>> + Clone) -> String {
    let mut other = "other".to_owned();
    while texts.clone().any(|text| **text == *other) {
        other.push('_');
    }
    other
}

/// The truths of the nodes that have these tests.
fn of_nodes(cells: &TextCells<'_>, truths: &[(usize, bool)]) -> Vec<(NodeId, bool)> {
    let of = |(at, truth): &(usize, bool)| Some((cells.tests().get(*at)?.node, *truth));
    truths.iter().filter_map(of).collect()
}

/// All combinations of truths of any two of these.
fn pairs(of: &[usize]) -> impl Iterator<Item = [(usize, bool); 2]> {
    let pairs = of
        .iter()
        .enumerate()
        .flat_map(|(place, one)| of.iter().skip(place + 1).map(move |other| (*one, *other)));
    pairs.flat_map(|(one, other)| {
        [(true, true), (true, false), (false, true)].map(|(of_one, of_other)| [(one, of_one), (other, of_other)])
    })
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
