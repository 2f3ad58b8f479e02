//! The space of all contacts: what can be one way or another independently of all else, and what follows from it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::model::{Amount, Fading, FieldId, Given, Model};
use crate::number::Number;
use crate::plan::{DayPlan, NodeId, Operand, Operation, Plan, SignalId};
use crate::score::{Scores, Trace, TracedRun};

use super::atoms::{Atom, Atoms};
use super::cells::{Asked, Values, holding, unasked};
use super::example::{Example, tables};
use super::leaves::{Looks, looks, tests_of_columns};
use super::making::{Style, events};
use super::pools::{Pools, drawn, pools};
use super::range::Range;
use super::texts::TextCells;

/// So many options a choice has at most: they fit the bits of a domain.
pub(super) const MOST_OPTIONS: usize = 120;

/// So many draws of the values that no option tells are tried.
const DRAWS: u64 = 8;

/// So many days are tried on which something has faded.
const MOST_FADING: usize = 8;

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
    /// Values to try where no option tells which.
    pools: Pools,
    /// Days on which events have lost some of their worth, or some inactivity shows.
    fading: Vec<i32>,
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
        /// Facts of its texts, or elements of its lists, with the choices that tell them.
        facts: Vec<(usize, usize)>,
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
    /// The choices that tell its truth where the column does not: one of them at least is so.
    pub(super) guesses: Vec<usize>,
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
            pools: Vec::new(),
            fading: fading(day),
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
        styles.extend(self.fading.iter().map(|day| Style {
            on: Some(*day),
            ..Style::default()
        }));
        let draws = if self.pools.is_empty() { 0 } else { DRAWS };
        styles.extend((1..=draws).map(|draw| Style {
            draw,
            ..Style::default()
        }));
        styles
    }

    /// The plan.
    pub(super) fn plan(&self) -> &'p Plan {
        self.day.plan()
    }

    fn add_columns(&mut self, looks: &[Looks]) {
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
                    self.put_leaf(test, None, vec![guess]);
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
        let is_opaque = |test: &NodeId| looks.get(test.index()).is_none_or(|looks| looks.opaque);
        let of_columns = columns.iter().flat_map(|(_, tests, _)| tests.iter().copied());
        guessed.extend(of_columns.filter(is_opaque));
        self.pools = pools(self.model, looks, &guessed, self.day.as_of());
        let truths = self.truths(&columns);
        for ((column, tests, values), truths) in columns.into_iter().zip(truths) {
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

    fn put_leaf(&mut self, test: NodeId, column: Option<(usize, Vec<Range>)>, guesses: Vec<usize>) {
        if let Some(leaf) = self.leaves.get_mut(test.index()) {
            *leaf = Some(Leaf { column, guesses });
        }
    }

    fn add_column(&mut self, tested: Tested, values: Values) {
        let plan = self.plan();
        let texts = TextCells::new(&plan.contacts, &plan.contact_texts, &tested.clear);
        let is_apart = |test: &NodeId| values.apart.iter().any(|(node, _)| node == test);
        let whole: Vec<NodeId> = (texts.tests().iter())
            .map(|test| test.node)
            .filter(|node| !is_apart(node))
            .collect();
        let mut options: Vec<(Value, Vec<Range>)> = Vec::new();
        let apart = !tested.opaque.is_empty();
        let all = std::iter::once(Value::Missing).chain(values.values.into_iter().map(Value::Known));
        for (value, truths) in all.zip(&tested.truths) {
            let holds = |test: &NodeId| truths.get(test) == Some(&true);
            let is_free = value != Value::Missing && !values.apart.is_empty() && !whole.iter().any(holds);
            let told = |test: &NodeId| match is_free && is_apart(test) {
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
            facts: Vec::new(),
        });
        let facts: BTreeSet<usize> = values
            .apart
            .iter()
            .flat_map(|(_, facts)| facts.iter().copied())
            .collect();
        let guesses: HashMap<usize, usize> = facts.into_iter().map(|fact| (fact, self.guess())).collect();
        for (place, test) in tested.clear.iter().enumerate() {
            let ranges: Vec<Range> = truths.iter().filter_map(|of| of.get(place).copied()).collect();
            let told = values
                .apart
                .iter()
                .filter(|(node, _)| node == test)
                .flat_map(|(_, facts)| facts);
            let of_test = told.filter_map(|fact| guesses.get(fact).copied()).collect();
            self.put_leaf(*test, Some((choice, ranges)), of_test);
        }
        for test in &tested.opaque {
            let of_missing = tested.truths.first().and_then(|truths| truths.get(test)) == Some(&true);
            let range = |value: &Value| match value {
                Value::Missing => Range::truth(of_missing),
                Value::Known(_) | Value::Unfound | Value::Free => Range::EITHER,
            };
            let ranges = values_of.iter().map(range).collect();
            let guess = self.guess();
            self.put_leaf(*test, Some((choice, ranges)), vec![guess]);
        }
        if let Some(Choice::Column { facts, .. }) = self.choices.get_mut(choice) {
            facts.extend(guesses.iter().map(|(fact, guess)| (*fact, *guess)));
            facts.sort_unstable();
        }
        for pair in &values.impossible {
            let of = |(fact, truth): &(usize, bool)| Some((*guesses.get(fact)?, *truth));
            if let [Some(one), Some(other)] = [of(&pair[0]), of(&pair[1])] {
                self.impossible.push([one, other]);
            }
        }
    }

    fn add_scopes(&mut self) {
        for (at, node) in self.plan().contacts.nodes().iter().enumerate() {
            let mut scope = BTreeSet::new();
            match self.leaves.get(at).and_then(Option::as_ref) {
                Some(leaf) => scope.extend(
                    leaf.column
                        .iter()
                        .map(|(choice, _)| *choice)
                        .chain(leaf.guesses.iter().copied()),
                ),
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
                    facts,
                } => {
                    let value = match values.get(*option) {
                        Some(Value::Known(given)) => Some(given.clone()),
                        Some(Value::Free) => self.free_value(*column, texts, facts, options),
                        Some(Value::Unfound) => None,
                        Some(Value::Missing) | None => None,
                    };
                    example.fields.extend(value.map(|value| (*column, value)));
                }
                Choice::Events(atom) => example.events.extend(events(atom, *option, style)),
                Choice::Guess => {}
            }
        }
        if style.draw > 0 {
            self.draw(&mut example, style.draw);
        }
        example.events.sort_by_key(|given| given.day);
        example
    }

    /// Gives fields values of their pools: half of the draws only those that have none.
    fn draw(&self, example: &mut Example, draw: u64) {
        for (field, pool) in &self.pools {
            let known = example.fields.iter_mut().find(|(of, _)| of == field);
            match (known, drawn(pool, *field, draw)) {
                (None, Some(value)) => example.fields.push((*field, value)),
                (Some((_, known)), Some(value)) if draw % 2 == 1 => *known = value,
                (Some(_), _) | (None, None) => {}
            }
        }
    }

    /// A value of which these facts are so as the guesses tell them; `None` where none is found.
    fn free_value(
        &self,
        column: FieldId,
        texts: &TextCells<'_>,
        facts: &[(usize, usize)],
        options: &[usize],
    ) -> Option<Given> {
        let so = facts.iter().filter(|(_, guess)| options.get(*guess) == Some(&1));
        let so: Vec<usize> = so.map(|(fact, _)| *fact).collect();
        if !texts.tests().is_empty() {
            let holds = |at: &usize| {
                let test = texts.tests().get(*at);
                test.is_some_and(|test| test.facts.iter().any(|fact| so.contains(fact)))
            };
            let truths: Vec<(usize, bool)> = texts.free().into_iter().map(|at| (at, holds(&at))).collect();
            return texts.text_with(&so, &truths).map(Given::Text);
        }
        let plan = self.plan();
        let of_column = plan.steps.iter().copied().filter(|step| {
            let operation = plan.contacts.node(*step).map(|node| &node.operation);
            matches!(operation, Some(Operation::Holds(of, _)) if *of == column.0)
        });
        let tests = holding(&plan.contacts, &of_column.collect::<Vec<_>>());
        let mut elements: Vec<&str> = tests.iter().flat_map(|(_, texts)| texts.iter().copied()).collect();
        elements.sort_unstable();
        elements.dedup();
        let found = so
            .iter()
            .filter_map(|fact| elements.get(*fact))
            .map(ToString::to_string);
        Some(Given::List(found.chain([unasked(&tests)]).collect()))
    }
}

/// Days, up to some, on which events are worth less than today or inactivity takes something.
fn fading(day: &DayPlan<'_>) -> Vec<i32> {
    let plan = day.plan();
    let as_of = day.as_of();
    let decays = plan.contacts.nodes().iter().filter_map(|node| match &node.operation {
        Operation::Decayed { period, .. } => Some(Fading::Per(Amount::Part(Number::ZERO), *period)),
        _ => None,
    });
    let fadings = decays.chain(plan.worths.iter().filter_map(|worth| worth.fading));
    let days = fadings.flat_map(|fading| match fading {
        Fading::Per(_, period) => [as_of.minus(1, period).number(), as_of.minus(2, period).number()],
        Fading::Over(period) => {
            let end = as_of.minus(1, period).number();
            [end + 1, i32::midpoint(end, as_of.number())]
        }
    });
    let days: BTreeSet<i32> = days.collect();
    days.into_iter().rev().take(MOST_FADING).collect()
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
