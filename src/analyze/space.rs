//! The space of all contacts: what can be one way or another independently of all else, and what follows from it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::model::{FieldId, Given, Model};
use crate::plan::{DayPlan, NodeId, Operand, Operation, Plan, SignalId};
use crate::score::{Scores, Trace, TracedRun};

use super::atoms::{Atom, Atoms};
use super::cells::{Asked, Values, unasked};
use super::example::{Example, tables};
use super::leaves::{Looks, looks, tests_of_columns};
use super::making::{Style, events};
use super::range::Range;
use super::texts::TextCells;

/// So many options a choice has at most: they fit the bits of a domain.
pub(super) const MOST_OPTIONS: usize = 120;

/// All contacts that there can be, as far as a plan on a day tells them apart.
pub(super) struct Space<'p> {
    /// The model.
    pub(super) model: &'p Model,
    /// Its plan on the day of scoring.
    pub(super) day: &'p DayPlan<'p>,
    /// What can be one way or another, independently of all else.
    pub(super) choices: Vec<Choice<'p>>,
    /// The truth of each test of columns, by the place of its node.
    pub(super) leaves: Vec<Option<Leaf>>,
    /// The choices of the events that each signal picks.
    pub(super) picked: Vec<Vec<usize>>,
    /// Signals that may pick events of which no choice tells.
    pub(super) open: BTreeSet<SignalId>,
    /// Truths of two guesses that no contact has together.
    pub(super) impossible: Vec<[(usize, bool); 2]>,
    /// The choices on which each node depends, by its place.
    pub(super) scopes: Vec<Vec<usize>>,
}

/// Something that can be one way or another.
pub(super) enum Choice<'p> {
    /// The value of a field.
    Column {
        /// The field.
        column: FieldId,
        /// The values that are told apart.
        options: Vec<Value>,
        /// The tests of its texts, where it has some.
        texts: TextCells<'p>,
    },
    /// Whether a test holds of which nobody knows how it hangs together with others.
    Guess,
    /// How many events of a kind there are.
    Events(Atom),
}

impl Choice<'_> {
    /// How many ways there are.
    pub(super) fn options(&self) -> usize {
        match self {
            Choice::Column { options, .. } => options.len(),
            Choice::Guess => 2,
            Choice::Events(atom) => atom.counts.len(),
        }
    }
}

/// A value of a field that stands for all of which the same tests hold.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// None.
    Missing,
    /// This one.
    Known(Given),
    /// One of which these truths are told, though none was found.
    Unfound,
    /// One of which the guesses tell more.
    Free,
}

/// The truth of a test of columns.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    /// The choice of its column with the truth for each option; `None` where it looks at several columns.
    pub(super) column: Option<(usize, Vec<Range>)>,
    /// The choice that tells its truth where the column does not.
    pub(super) guess: Option<usize>,
}

impl<'p> Space<'p> {
    /// The space of a plan on a day.
    pub(super) fn new(model: &'p Model, day: &'p DayPlan<'p>) -> Space<'p> {
        let plan = day.plan();
        let looks = looks(&plan.contacts);
        let atoms = Atoms::new(model, day, &looks);
        let mut space = Space {
            model,
            day,
            choices: Vec::new(),
            leaves: vec![None; plan.contacts.nodes().len()],
            picked: vec![Vec::new(); plan.signals.len()],
            open: atoms.open,
            impossible: Vec::new(),
            scopes: Vec::new(),
        };
        space.add_columns(&looks);
        for atom in atoms.atoms {
            for signal in &atom.signals {
                if let Some(picked) = space.picked.get_mut(signal.index()) {
                    picked.push(space.choices.len());
                }
            }
            space.choices.push(Choice::Events(atom));
        }
        space.add_scopes();
        space
    }

    /// All styles in which events can be made, the simplest first; with many of them, where that is meant.
    pub(super) fn styles(&self, many: bool) -> Vec<Style> {
        let more: &[u64] = if many { &[0, 2, 20, 200] } else { &[0, 2] };
        let limited_by = self.choices.iter().map(|choice| match choice {
            Choice::Events(atom) => atom.limited_by.len(),
            Choice::Column { .. } | Choice::Guess => 0,
        });
        let places = limited_by.max().unwrap_or(0);
        let mut styles = Vec::new();
        for more in more.iter().copied() {
            for apart in std::iter::once(None).chain((0..places).map(Some)) {
                styles.extend([false, true].map(|old| Style {
                    more,
                    apart,
                    old,
                    ..Style::default()
                }));
            }
        }
        styles
    }

    /// The plan.
    pub(super) fn plan(&self) -> &'p Plan {
        self.day.plan()
    }

    fn add_columns(&mut self, looks: &[Looks]) {
        let plan = self.plan();
        let tests = tests_of_columns(&plan.contacts, looks, &plan.steps);
        let mut by_column: BTreeMap<u32, Vec<NodeId>> = BTreeMap::new();
        for test in tests {
            match looks.get(test.index()).and_then(Looks::only_column) {
                Some(column) => by_column.entry(column).or_default().push(test),
                None => {
                    let guess = self.guess();
                    self.put_leaf(test, None, Some(guess));
                }
            }
        }
        let columns: Vec<(u32, Vec<NodeId>, Values)> = by_column
            .into_iter()
            .filter_map(|(column, tests)| {
                let asked = Asked {
                    graph: &plan.contacts,
                    texts: &plan.contact_texts,
                    looks,
                    tests: &tests,
                    as_of: self.day.as_of(),
                };
                let values = asked.values(&self.model.fields.get(column as usize)?.of);
                Some((column, tests, values))
            })
            .collect();
        let truths = self.truths(&columns);
        for ((column, tests, values), truths) in columns.into_iter().zip(truths) {
            let is_opaque = |test: &NodeId| looks.get(test.index()).is_none_or(|looks| looks.opaque);
            let (opaque, clear) = tests.into_iter().partition(is_opaque);
            self.add_column(
                Tested {
                    column,
                    clear,
                    opaque,
                    truths,
                },
                values,
            );
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

    fn add_column(&mut self, tested: Tested, values: Values) {
        let plan = self.plan();
        let texts = TextCells::new(&plan.contacts, &plan.contact_texts, &tested.clear);
        let whole: Vec<NodeId> = (texts.tests().iter())
            .map(|test| test.node)
            .filter(|node| !values.apart.contains(node))
            .collect();
        let mut options: Vec<(Value, Vec<Range>)> = Vec::new();
        let apart = !tested.opaque.is_empty();
        let all = std::iter::once(Value::Missing).chain(values.values.into_iter().map(Value::Known));
        for (value, truths) in all.zip(&tested.truths) {
            let holds = |test: &NodeId| truths.get(test) == Some(&true);
            let is_free = value != Value::Missing && !values.apart.is_empty() && !whole.iter().any(holds);
            let told = |test: &NodeId| match is_free && values.apart.contains(test) {
                true => Range::EITHER,
                false => Range::truth(holds(test)),
            };
            let value = if is_free { Value::Free } else { value };
            add_option(&mut options, value, tested.clear.iter().map(told).collect(), apart);
        }
        for unfound in &values.unfound {
            let told = |test: &NodeId| match unfound.iter().find(|(of, _)| of == test) {
                Some((_, truth)) => Range::truth(*truth),
                None if whole.contains(test) => Range::truth(false),
                None => Range::EITHER,
            };
            add_option(
                &mut options,
                Value::Unfound,
                tested.clear.iter().map(told).collect(),
                apart,
            );
        }
        if options.len() > MOST_OPTIONS {
            options.truncate(MOST_OPTIONS - 1);
            options.push((Value::Unfound, vec![Range::EITHER; tested.clear.len()]));
        }
        let choice = self.choices.len();
        let (values_of, truths): (Vec<Value>, Vec<Vec<Range>>) = options.into_iter().unzip();
        self.choices.push(Choice::Column {
            column: FieldId(tested.column),
            options: values_of.clone(),
            texts,
        });
        for (place, test) in tested.clear.iter().enumerate() {
            let ranges: Vec<Range> = truths.iter().filter_map(|of| of.get(place).copied()).collect();
            let guess = values.apart.contains(test).then(|| self.guess());
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
        for pair in &values.impossible {
            let of = |(test, truth): &(NodeId, bool)| Some((self.leaves.get(test.index())?.as_ref()?.guess?, *truth));
            if let [Some(one), Some(other)] = [of(&pair[0]), of(&pair[1])] {
                self.impossible.push([one, other]);
            }
        }
    }

    fn add_scopes(&mut self) {
        for (at, node) in self.plan().contacts.nodes().iter().enumerate() {
            let mut scope = BTreeSet::new();
            match self.leaves.get(at).and_then(Option::as_ref) {
                Some(leaf) => scope.extend(leaf.column.iter().map(|(choice, _)| *choice).chain(leaf.guess)),
                None => {
                    for operand in node.operation.operands() {
                        scope.extend(self.scope_of(operand));
                    }
                }
            }
            self.scopes.push(scope.into_iter().collect());
        }
    }

    fn scope_of(&self, operand: Operand) -> &[usize] {
        let scope = match operand {
            Operand::Node(id) => self.scopes.get(id.index()),
            Operand::Signal(id) => self.picked.get(id.index()),
        };
        scope.map_or(&[], Vec::as_slice)
    }

    /// The choices on which a node depends, in order.
    pub(super) fn scope(&self, node: NodeId) -> &[usize] {
        self.scopes.get(node.index()).map_or(&[], Vec::as_slice)
    }

    /// The scores of some examples, and what they come from.
    pub(super) fn run(&self, examples: &[Example]) -> (Scores, Trace<'p>) {
        let (contacts, events) = tables(self.model, examples);
        let mut run = TracedRun::without_picks(self.day);
        run.events(&events);
        run.finish(&contacts)
    }

    /// A contact with these options, as far as one is known.
    pub(super) fn example(&self, options: &[usize], style: Style) -> Example {
        let mut example = Example {
            as_of: self.day.as_of(),
            fields: Vec::new(),
            events: Vec::new(),
        };
        for (choice, option) in self.choices.iter().zip(options) {
            match choice {
                Choice::Column {
                    column,
                    options: values,
                    texts,
                } => {
                    let value = match values.get(*option) {
                        Some(Value::Known(given)) => Some(given.clone()),
                        Some(Value::Free | Value::Unfound) => self.free_value(*column, texts, *option, options),
                        Some(Value::Missing) | None => None,
                    };
                    example.fields.extend(value.map(|value| (*column, value)));
                }
                Choice::Events(atom) => example.events.extend(events(atom, *option, style)),
                Choice::Guess => {}
            }
        }
        example.events.sort_by_key(|given| given.day);
        example
    }

    /// A value of which the guesses hold; `None` where none is found.
    fn free_value(&self, column: FieldId, texts: &TextCells<'_>, option: usize, options: &[usize]) -> Option<Given> {
        let truth = |test: NodeId| {
            let Some(leaf) = self.leaves.get(test.index()).and_then(Option::as_ref) else {
                return false;
            };
            let told = leaf.column.as_ref().and_then(|(_, ranges)| ranges.get(option).copied());
            let told = told.unwrap_or(Range::EITHER);
            match (told.may_hold(), told.may_fail(), leaf.guess) {
                (true, true, Some(guess)) => options.get(guess) == Some(&1),
                (holds, fails, _) => holds && !fails,
            }
        };
        if !texts.tests().is_empty() {
            let truths: Vec<bool> = texts.tests().iter().map(|test| truth(test.node)).collect();
            return texts.text(&truths).map(Given::Text);
        }
        let plan = self.plan();
        let tests = plan
            .steps
            .iter()
            .filter_map(|step| match &plan.contacts.node(*step)?.operation {
                Operation::Holds(of, texts) if *of == column.0 => Some((*step, texts)),
                _ => None,
            });
        let tests: Vec<_> = tests.collect();
        let holding = tests.iter().filter(|(test, _)| truth(*test));
        let firsts = holding.filter_map(|(_, texts)| texts.first().map(ToString::to_string));
        let mut elements: Vec<String> = firsts.collect();
        elements.push(unasked(tests.iter().flat_map(|(_, texts)| texts.iter())));
        elements.sort();
        elements.dedup();
        Some(Given::List(elements))
    }
}

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

/// Adds an option, unless another has the same truths already; a missing one may have to stand apart from all others,
/// because more is known of it.
fn add_option(options: &mut Vec<(Value, Vec<Range>)>, value: Value, truths: Vec<Range>, apart: bool) {
    let is_same = |of: &Value| !apart || (*of == Value::Missing) == (value == Value::Missing);
    if !options.iter().any(|(of, known)| is_same(of) && *known == truths) {
        options.push((value, truths));
    }
}
