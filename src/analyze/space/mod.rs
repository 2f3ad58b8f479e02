//! The space of all contacts: what can be one way or another independently of all else, and what follows from it.

pub(in crate::analyze) mod atoms;
pub(in crate::analyze) mod cells;
pub(in crate::analyze) mod columns;
pub(in crate::analyze) mod counts;
pub(in crate::analyze) mod kinds;
pub(in crate::analyze) mod leaves;
pub(in crate::analyze) mod making;
pub(in crate::analyze) mod pools;
pub(in crate::analyze) mod range;
pub(in crate::analyze) mod texts;

use std::collections::BTreeSet;

use crate::calendar::{Day, Period, Unit};
use crate::model::{Fading, FieldId, Given, Model};
use crate::plan::{DayPlan, Limits, NodeId, Operand, Operation, Plan, SignalId, WorthId};
use crate::score::{Scores, Trace, TracedRun};

use self::atoms::{Atom, Atoms};
use self::leaves::looks;
use self::making::{Style, events};
use self::pools::{Pools, drawn};
use self::range::Range;
use self::texts::TextCells;
use crate::analyze::example::{Example, tables};

/// So many options a choice has at most: they fit the bits of a domain.
pub(in crate::analyze) const MOST_OPTIONS: usize = 120;

/// So many draws of the values that no option tells are tried.
const DRAWS: u64 = 8;

/// So many days are tried on which something has faded.
const MOST_FADING: usize = 8;

/// All contacts that there can be, as far as a plan on a day tells them apart.
pub(in crate::analyze) struct Space<'p> {
    /// The model.
    pub(in crate::analyze) model: &'p Model,
    /// Its plan on the day of scoring.
    pub(in crate::analyze) day: &'p DayPlan<'p>,
    /// What can be one way or another, independently of all else.
    pub(in crate::analyze) choices: Vec<Choice<'p>>,
    /// The truth of each test of columns, by the place of its node.
    pub(in crate::analyze) leaves: Vec<Option<Leaf>>,
    /// The choices of the events that each signal picks.
    pub(in crate::analyze) picked: Vec<Vec<usize>>,
    /// Signals that may pick events of which no choice tells.
    pub(in crate::analyze) open: BTreeSet<SignalId>,
    /// Truths of guesses that no contact has together.
    pub(in crate::analyze) impossible: Vec<Vec<(usize, bool)>>,
    /// The choices on which each node depends, by its place.
    pub(in crate::analyze) scopes: Vec<Vec<usize>>,
    /// Values to try where no option tells which.
    pub(in crate::analyze) pools: Pools,
    /// Days on which events have lost some of their worth, or some inactivity shows.
    fading: Vec<i32>,
    /// For each worth, the first day on which an event is still worth something; `None` where there is none.
    worth_begins: Vec<Option<i32>>,
}

/// Something that can be one way or another.
pub(in crate::analyze) enum Choice<'p> {
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
    pub(in crate::analyze) fn options(&self) -> usize {
        match self {
            Choice::Column { options, .. } => options.len(),
            Choice::Guess => 2,
            Choice::Events(atom) => atom.counts.len(),
        }
    }
}

/// A value of a field that stands for all of which the same tests hold.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::analyze) enum Value {
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
pub(in crate::analyze) struct Leaf {
    /// The choice of its column with the truth for each option; `None` where it looks at several columns.
    pub(in crate::analyze) column: Option<(usize, Vec<Range>)>,
    /// The choice that tells its truth where the column does not.
    pub(in crate::analyze) guess: Option<usize>,
}

impl<'p> Space<'p> {
    /// The space of a plan on a day.
    pub(in crate::analyze) fn new(model: &'p Model, day: &'p DayPlan<'p>) -> Space<'p> {
        let plan = day.plan();
        let looks = looks(&plan.contacts);
        let worth_begins = worth_begins(day);
        let atoms = Atoms::new(model, day, &looks, &worth_begins);
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
            worth_begins,
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
    pub(in crate::analyze) fn styles(&self, many: bool) -> Vec<Style> {
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

    /// What an event of today is worth, in ten-thousandths.
    pub(in crate::analyze) fn points(&self, worth: WorthId) -> i128 {
        let worth = self.plan().worths.get(worth.index());
        worth.map_or(0, |worth| i128::from(worth.points.units()))
    }

    /// Whether events are worth less with age.
    pub(in crate::analyze) fn fades(&self, worth: WorthId) -> bool {
        let worth = self.plan().worths.get(worth.index());
        worth.is_some_and(|worth| worth.fading.is_some())
    }

    /// How many events of a day count, and the first day of which one is still worth something: of events that fade over
    /// days, of which so many count a day. Of others it hangs on the day of scoring what they are worth together.
    pub(in crate::analyze) fn faded(&self, worth: WorthId, limits: Limits) -> Option<(u64, i32)> {
        let (per, _) = limits.per.filter(|(_, unit)| *unit == Unit::Day)?;
        let in_days = match self.plan().worths.get(worth.index())?.fading? {
            Fading::Over(_) => true,
            Fading::Per(_, period) => matches!(period.unit, Unit::Day | Unit::Week),
        };
        let begins = self.worth_begins.get(worth.index()).copied().flatten();
        begins.filter(|_| in_days).map(|begins| (per, begins))
    }

    /// The plan.
    pub(in crate::analyze) fn plan(&self) -> &'p Plan {
        self.day.plan()
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

    /// How much work it is to find out what nodes can come to: what looks at events looks at all their kinds.
    pub(in crate::analyze) fn weight(&self, nodes: &[NodeId]) -> u64 {
        let of = |node: &NodeId| {
            let operands = self
                .plan()
                .node(*node)
                .map(|node| node.operation.operands())
                .unwrap_or_default();
            let kinds = operands.into_iter().map(|operand| match operand {
                Operand::Node(_) => 0,
                Operand::Signal(signal) => self.picked.get(signal.index()).map_or(0, Vec::len),
            });
            1 + kinds.sum::<usize>() as u64
        };
        nodes.iter().map(of).sum()
    }

    /// The choices on which a node depends, in order.
    pub(in crate::analyze) fn scope(&self, node: NodeId) -> &[usize] {
        self.scopes.get(node.index()).map_or(&[], Vec::as_slice)
    }

    /// The scores of some examples, and what they come from.
    pub(in crate::analyze) fn run(&self, examples: &[Example]) -> (Scores, Trace<'p>) {
        let (contacts, events) = tables(self.model, examples);
        let mut run = TracedRun::without_picks(self.day);
        run.events(&events);
        run.finish(&contacts)
    }

    /// A contact with these options, as far as one is known.
    pub(in crate::analyze) fn example(&self, options: &[usize], style: Style) -> Example {
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
                        Some(Value::Free) => self.free_value(*column, texts, options),
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
}

/// Days, up to some, on which events are worth less than today or inactivity takes something.
fn fading(day: &DayPlan<'_>) -> Vec<i32> {
    let plan = day.plan();
    let as_of = day.as_of();
    let each = |period: Period| [as_of.minus(1, period).number(), as_of.minus(2, period).number()];
    let decays = plan.contacts.nodes().iter().filter_map(|node| match &node.operation {
        Operation::Decayed { period, .. } => Some(each(*period)),
        // Nothing else looks at inactivity.
        _ => None,
    });
    let of_worth = plan
        .worths
        .iter()
        .filter_map(|worth| worth.fading)
        .map(|fading| match fading {
            Fading::Per(_, period) => each(period),
            Fading::Over(period) => {
                let end = as_of.minus(1, period).number();
                [end + 1, i32::midpoint(end, as_of.number())]
            }
        });
    let days = decays.chain(of_worth).flatten();
    let days: BTreeSet<i32> = days.collect();
    days.into_iter().rev().take(MOST_FADING).collect()
}

/// For each worth, the first day on which an event is still worth something: worth never grows with age.
fn worth_begins(day: &DayPlan<'_>) -> Vec<Option<i32>> {
    let of = |worth: WorthId| {
        let is_worthless = |number: i32| Day::from_number(number).is_none_or(|on| day.worth(worth, on) == 0);
        let (mut worthless, mut begins) = (Day::MIN.number(), day.as_of().number() + 1);
        if !is_worthless(worthless) {
            return None;
        }
        while worthless + 1 < begins {
            let middle = i32::midpoint(worthless, begins);
            match is_worthless(middle) {
                true => worthless = middle,
                false => begins = middle,
            }
        }
        Some(begins)
    };
    (0..day.plan().worths.len() as u32).map(WorthId).map(of).collect()
}
