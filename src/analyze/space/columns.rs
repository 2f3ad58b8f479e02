//! The choices of fields: a value of each, as far as tests tell them apart, and guesses where no value tells.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::model::{FieldId, Given};
use crate::plan::{NodeId, Operation};

use super::cells::{Asked, Values, holding, unasked};
use super::leaves::{Looks, tests_of_columns};
use super::pools::pools;
use super::range::Range;
use super::texts::{TextCells, as_read};
use super::{Choice, Leaf, MOST_OPTIONS, Space, Value};
use crate::analyze::example::Example;

/// A value that stands for others, with the truth of each clear test.
type Opt = (Value, Vec<Range>);

/// The tests of a column.
struct Tested {
    column: u32,
    /// Those whose truth follows from constants.
    clear: Vec<NodeId>,
    /// Those whose truth does not.
    opaque: Vec<NodeId>,
    /// The truths where it is missing, then for each value.
    truths: Vec<HashMap<NodeId, bool>>,
}

impl Space<'_> {
    /// Adds the choices of all fields.
    pub(in crate::analyze) fn add_columns(&mut self, looks: &[Looks]) {
        let plan = self.plan();
        let tests = tests_of_columns(&plan.contacts, looks, &plan.steps);
        let mut guessed: Vec<NodeId> = Vec::new();
        let mut by_column: BTreeMap<u32, Vec<NodeId>> = BTreeMap::new();
        for test in tests {
            match looks.get(test.index()).and_then(Looks::only_column) {
                Some(column) => by_column.entry(column).or_default().push(test),
                None => {
                    guessed.push(test);
                    let guess = self.guess();
                    self.put_leaf(test, None, Some(guess));
                }
            }
        }
        let values = by_column.into_iter().filter_map(|(column, tests)| {
            let asked = Asked {
                graph: &plan.contacts,
                texts: &plan.contact_texts,
                looks,
                tests: &tests,
                as_of: self.day.as_of(),
            };
            let values = asked.values(&self.model.fields.get(column as usize)?.of);
            Some((column, tests, values))
        });
        let columns: Vec<(u32, Vec<NodeId>, Values)> = values.collect();
        let is_opaque = |test: &NodeId| looks.get(test.index()).is_none_or(|looks| looks.opaque);
        let of_columns = columns.iter().flat_map(|(_, tests, _)| tests.iter().copied());
        guessed.extend(of_columns.filter(is_opaque));
        self.pools = pools(self.model, looks, &guessed, self.day.as_of());
        let truths = self.truths(&columns);
        for ((column, tests, values), truths) in columns.into_iter().zip(truths) {
            let (opaque, clear) = tests.into_iter().partition(is_opaque);
            let tested = Tested {
                column,
                clear,
                opaque,
                truths,
            };
            self.add_column(&tested, values);
        }
    }

    /// The truths of the tests of each column, where it is missing and then for each value, as the engine finds them.
    fn truths(&self, columns: &[(u32, Vec<NodeId>, Values)]) -> Vec<Vec<HashMap<NodeId, bool>>> {
        let example = |fields: Vec<(FieldId, Given)>| Example {
            as_of: self.day.as_of(),
            fields,
            events: Vec::new(),
        };
        let mut examples = Vec::new();
        for (column, _, values) in columns {
            examples.push(example(Vec::new()));
            let each = values.values.iter();
            examples.extend(each.map(|value| example(vec![(FieldId(*column), value.clone())])));
        }
        let (_, trace) = self.run(&examples);
        let mut row = 0;
        let mut all = Vec::new();
        for (_, tests, values) in columns {
            let mut of_column = Vec::new();
            for _ in 0..=values.values.len() {
                let truths = tests.iter().map(|test| (*test, trace.holds(*test, row) == Some(true)));
                of_column.push(truths.collect());
                row += 1;
            }
            all.push(of_column);
        }
        all
    }

    fn guess(&mut self) -> usize {
        self.choices.push(Choice::Guess);
        self.choices.len() - 1
    }

    fn put_leaf(&mut self, test: NodeId, column: Option<(usize, Vec<Range>)>, guess: Option<usize>) {
        if let Some(leaf) = self.leaves.get_mut(test.index()) {
            *leaf = Some(Leaf { column, guess });
        }
    }

    fn add_column(&mut self, tested: &Tested, mut values: Values) {
        let plan = self.plan();
        let texts = TextCells::new(&plan.contacts, &plan.contact_texts, &tested.clear);
        let of_texts = texts.tests().iter().map(|test| test.node);
        let apart: HashSet<NodeId> = values.apart.iter().copied().collect();
        let whole: HashSet<NodeId> = of_texts.filter(|node| !apart.contains(node)).collect();
        let known = std::mem::take(&mut values.values);
        let options = options(tested, known, &values, &whole);
        let choice = self.choices.len();
        let (values_of, truths): (Vec<Value>, Vec<Vec<Range>>) = options.into_iter().unzip();
        self.choices.push(Choice::Column {
            column: FieldId(tested.column),
            options: values_of.clone(),
            texts,
        });
        for (place, test) in tested.clear.iter().enumerate() {
            let ranges: Vec<Range> = truths.iter().filter_map(|of| of.get(place).copied()).collect();
            let guess = apart.contains(test).then(|| self.guess());
            self.put_leaf(*test, Some((choice, ranges)), guess);
        }
        for test in &tested.opaque {
            let of_missing = tested.truths.first().and_then(|truths| truths.get(test)) == Some(&true);
            let range = |value: &Value| match value {
                Value::Missing => Range::truth(of_missing),
                Value::Known(_) | Value::Unfound | Value::Free => Range::EITHER,
            };
            let ranges = values_of.iter().map(range).collect();
            let guess = self.guess();
            self.put_leaf(*test, Some((choice, ranges)), Some(guess));
        }
        for together in &values.impossible {
            let of = |(test, truth): &(NodeId, bool)| Some((self.leaves.get(test.index())?.as_ref()?.guess?, *truth));
            let guesses: Option<Vec<(usize, bool)>> = together.iter().map(of).collect();
            self.impossible.extend(guesses);
        }
    }

    /// A value of which the guesses hold; `None` where none is found.
    pub(in crate::analyze) fn free_value(
        &self,
        column: FieldId,
        texts: &TextCells<'_>,
        options: &[usize],
    ) -> Option<Given> {
        let holds = |test: NodeId| {
            let guess = self.leaves.get(test.index()).and_then(|leaf| leaf.as_ref()?.guess);
            guess.is_some_and(|guess| options.get(guess) == Some(&1))
        };
        if !texts.tests().is_empty() {
            let truth = |at: usize| texts.tests().get(at).is_some_and(|test| holds(test.node));
            let truths: Vec<(usize, bool)> = texts.free().into_iter().map(|at| (at, truth(at))).collect();
            return texts.text(&truths).map(Given::Text);
        }
        let plan = self.plan();
        let of_column = plan.steps.iter().copied().filter(|step| {
            let operation = plan.contacts.node(*step).map(|node| &node.operation);
            matches!(operation, Some(Operation::Holds(of, _)) if *of == column.0)
        });
        let tests = holding(&plan.contacts, &of_column.collect::<Vec<_>>());
        let (held, failing): (Vec<_>, Vec<_>) = tests.iter().partition(|(test, _)| holds(*test));
        let fits = |text: &&&str| failing.iter().all(|(_, texts)| !texts.contains(*text));
        let found = held.iter().filter_map(|(_, texts)| texts.iter().find(fits));
        let elements: BTreeSet<String> = found.map(|text| as_read(text)).chain([unasked(&tests)]).collect();
        Some(Given::List(elements.into_iter().collect()))
    }
}

/// The values of a column that stand for all, and the truths of its clear tests.
fn options(tested: &Tested, known: Vec<Given>, values: &Values, whole: &HashSet<NodeId>) -> Vec<Opt> {
    let is_apart: HashSet<NodeId> = values.apart.iter().copied().collect();
    let mut options = Options {
        missing_apart: !tested.opaque.is_empty(),
        known: HashSet::new(),
        options: Vec::new(),
    };
    let all = std::iter::once(Value::Missing).chain(known.into_iter().map(Value::Known));
    for (value, truths) in all.zip(&tested.truths) {
        let holds = |test: &NodeId| truths.get(test) == Some(&true);
        let is_free = value != Value::Missing && !is_apart.is_empty() && !whole.iter().any(holds);
        let told = |test: &NodeId| match is_free && is_apart.contains(test) {
            true => Range::EITHER,
            false => Range::truth(holds(test)),
        };
        let value = if is_free { Value::Free } else { value };
        options.add(value, tested.clear.iter().map(told).collect());
    }
    for unfound in &values.unfound {
        let unfound: HashMap<NodeId, bool> = unfound.iter().copied().collect();
        let told = |test: &NodeId| match unfound.get(test) {
            Some(truth) => Range::truth(*truth),
            None if whole.contains(test) => Range::truth(false),
            None => Range::EITHER,
        };
        options.add(Value::Unfound, tested.clear.iter().map(told).collect());
    }
    let mut options = options.options;
    if options.len() > MOST_OPTIONS {
        // INVARIANT: the last one stands for all that are left out, of which every truth may be.
        options.truncate(MOST_OPTIONS - 1);
        options.push((Value::Unfound, vec![Range::EITHER; tested.clear.len()]));
    }
    options
}

/// Options that are told apart by the truths of their tests.
struct Options {
    /// Whether a missing value stands apart from all others, because more is known of it.
    missing_apart: bool,
    known: HashSet<(bool, Vec<Range>)>,
    options: Vec<Opt>,
}

impl Options {
    /// Adds an option, unless another has the same truths already. One more than fit tells that there are too many.
    fn add(&mut self, value: Value, truths: Vec<Range>) {
        let stands_apart = self.missing_apart && value == Value::Missing;
        if self.options.len() <= MOST_OPTIONS && self.known.insert((stands_apart, truths.clone())) {
            self.options.push((value, truths));
        }
    }
}
