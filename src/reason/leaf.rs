//! The reasons of single tests: what was read, and what was wanted.

use crate::model::{Comparison, Condition, ConditionKind, Labelled, LetId, LetValue, Part, Pattern, Value, ValueKind};
use crate::plan::{Operation, SignalId, Written};

use super::fact::{Fact, Reading};
use super::wording::{self, Picked, Seen, Telling, Test};
use super::{Case, Search};

/// The sources of a value are looked for through so many names.
const MOST_NAMES: usize = 32;

impl Case<'_> {
    /// Adds the reason of a condition without parts that are conditions.
    pub(super) fn leaf(&self, condition: &Condition, written: &Written, search: &mut Search) {
        if self.named_boolean(condition, written, search) {
            return;
        }
        let holds = self.holds(written.node);
        let telling = match (holds, search.wanted) {
            (false, _) => Telling::Fails,
            (true, true) => Telling::Holds,
            (true, false) => Telling::HoldsAmiss,
        };
        let says = self.says(&condition.node, written, telling);
        let values = Part::Condition(condition).parts().into_iter().zip(&written.parts);
        let reads = values.flat_map(|(part, written)| match part {
            Part::Value(value) => self.readings(value, written),
            Part::Condition(_) | Part::Pattern(_) => Vec::new(),
        });
        search.push(self.text(condition.span), holds, says, reads.collect());
    }

    fn says(&self, condition: &ConditionKind, written: &Written, telling: Telling) -> String {
        match condition {
            ConditionKind::Compare(left, order, right) => self.compared([left, right], *order, written, telling),
            ConditionKind::Between(value, low, high) => self.between([value, low, high], written, telling),
            ConditionKind::OneOf(value, numbers) => {
                let literals: Vec<String> = numbers.iter().map(ToString::to_string).collect();
                self.tested(value, written, telling, &Test::one_of(&literals))
            }
            ConditionKind::OneOfDays(value, days) => {
                let literals: Vec<String> = days.iter().map(ToString::to_string).collect();
                self.tested(value, written, telling, &Test::one_of(&literals))
            }
            ConditionKind::Text(value, test) => self.tested(value, written, telling, &Test::text(test)),
            ConditionKind::Holds(value, texts) => self.tested(value, written, telling, &Test::holding(texts)),
            ConditionKind::Known(value) | ConditionKind::True(value) => {
                self.tested(value, written, Telling::Holds, &Test::one_of(&[]))
            }
            ConditionKind::Events(bound, pattern) => {
                wording::events(*bound, &self.picked(pattern, self.signal(written)), telling)
            }
            ConditionKind::Label(of, labels) => self.label_says(*of, labels, written, telling),
            ConditionKind::Constant(true) => "it always holds".to_owned(),
            ConditionKind::Constant(false) => "it never holds".to_owned(),
            ConditionKind::Excluded if telling == Telling::Fails => "the contact is not excluded".to_owned(),
            ConditionKind::Excluded => "the contact is excluded".to_owned(),
            ConditionKind::Not(_)
            | ConditionKind::All(_)
            | ConditionKind::Any(_)
            | ConditionKind::Quantity(..)
            | ConditionKind::Let(_) => String::new(),
        }
    }

    /// Adds the reasons of a boolean that names or is a condition; whether it does.
    fn named_boolean(&self, condition: &Condition, written: &Written, search: &mut Search) -> bool {
        let ConditionKind::True(value) = &condition.node else {
            return false;
        };
        match (&value.kind, written.parts.first().and_then(|value| value.parts.first())) {
            (ValueKind::Let(id), _) if self.names_a_condition(*id) => self.named(*id, search),
            (ValueKind::Condition(inner), Some(written)) => self.collect(inner, written, search),
            _ => return false,
        }
        true
    }

    fn names_a_condition(&self, id: LetId) -> bool {
        let named = self.model.lets.get(id.index()).map(|named| &named.value);
        matches!(named, Some(LetValue::Condition(_)))
    }

    /// A test of one value against literals.
    fn tested(&self, value: &Value, written: &Written, telling: Telling, test: &Test) -> String {
        match written.parts.first() {
            Some(written) => wording::tested(&self.seen(value, written), telling, test),
            None => String::new(),
        }
    }

    fn compared(&self, sides: [&Value; 2], order: Comparison, written: &Written, telling: Telling) -> String {
        let [left, right] = sides;
        let [of_left, of_right] = written.parts.as_slice() else {
            return String::new();
        };
        let (left, right) = (self.seen(left, of_left), self.seen(right, of_right));
        if left.literal {
            return wording::tested(&right, telling, &Test::compared(turned(order), &left));
        }
        wording::tested(&left, telling, &Test::compared(order, &right))
    }

    fn between(&self, values: [&Value; 3], written: &Written, telling: Telling) -> String {
        let [of_value, of_low, of_high] = written.parts.as_slice() else {
            return String::new();
        };
        let [value, low, high] = values;
        let test = Test::between(&self.seen(low, of_low), &self.seen(high, of_high));
        wording::tested(&self.seen(value, of_value), telling, &test)
    }

    pub(super) fn seen(&self, value: &Value, written: &Written) -> Seen {
        let mut sources = self.readings(value, written);
        // The first reading is the value's own.
        let sources = sources.split_off(sources.len().min(1));
        Seen {
            of: self.text(value.span),
            literal: is_literal(value),
            value: self.value(value, written),
            sources,
        }
    }

    /// A value: a literal and a field from where they stand, since not every test has a node for them.
    fn value(&self, value: &Value, written: &Written) -> Option<Fact> {
        match &value.kind {
            ValueKind::Number(number) => Some(Fact::Number(*number)),
            ValueKind::Text(text) => Some(Fact::Text(text.clone())),
            ValueKind::Date(day) => Some(Fact::Date(*day)),
            ValueKind::Field(field) => {
                let column = self.subject.contacts.columns().get(field.index())?;
                Fact::of(column, self.subject.row)
            }
            ValueKind::Label(of) => {
                let label = self.choice(written.node)?;
                self.model
                    .labels(*of)
                    .get(label)
                    .map(|label| Fact::Text((*label).to_owned()))
            }
            ValueKind::Property(_)
            | ValueKind::Let(_)
            | ValueKind::Condition(_)
            | ValueKind::Arithmetic(..)
            | ValueKind::Negate(_)
            | ValueKind::Elapsed { .. }
            | ValueKind::Domain(_)
            | ValueKind::Aggregate { .. }
            | ValueKind::Score(_) => self.fact(written.node),
        }
    }

    /// The signal of a test of events.
    fn signal(&self, written: &Written) -> Option<SignalId> {
        match self.plan().node(written.node).map(|node| &node.operation) {
            Some(Operation::Events(_, signal)) => Some(*signal),
            _ => None,
        }
    }

    pub(super) fn picked(&self, pattern: &Pattern, signal: Option<SignalId>) -> Picked {
        let row = self.subject.row;
        let picked = signal.map_or(&[][..], |signal| self.trace.picked(signal, row));
        let outside = signal.map_or(&[][..], |signal| self.trace.outside(signal, row));
        let of = self.text(pattern.span);
        let of = of
            .split_once("event")
            .map_or(of.as_str(), |(_, after)| after.trim_start_matches('s'));
        Picked {
            of: of.trim().to_owned(),
            count: picked.len() as u64,
            last: picked.last().map(|event| event.day),
            last_outside: outside.last().map(|event| event.day),
        }
    }

    fn label_says(&self, of: Labelled, labels: &[u16], written: &Written, telling: Telling) -> String {
        let found = match self.plan().node(written.node).map(|node| &node.operation) {
            Some(Operation::Chosen(label, _)) => self.choice(*label),
            _ => None,
        };
        let names = self.model.labels(of);
        let wanted = labels.iter().filter_map(|label| names.get(usize::from(*label)));
        let wanted: Vec<String> = wanted.map(|name| (*name).to_owned()).collect();
        let found = found.and_then(|label| names.get(label)).copied();
        wording::label(&self.name_of(of), found, &wanted, telling)
    }

    fn name_of(&self, of: Labelled) -> String {
        match of {
            Labelled::Band => "band".to_owned(),
            Labelled::BandOf(block) => {
                let name = self
                    .model
                    .blocks
                    .get(block.index())
                    .and_then(|block| block.name.as_deref());
                name.map_or("band".to_owned(), |name| format!("{name}.band"))
            }
            Labelled::Class(class) => {
                let class = self.model.classes.get(class.index());
                class.map_or(String::new(), |class| class.name.clone())
            }
        }
    }

    /// A value and the fields, scores and functions of events that it is computed from, each once; none for a literal.
    pub(super) fn readings(&self, value: &Value, written: &Written) -> Vec<Reading> {
        let mut readings = Vec::new();
        if !is_literal(value) {
            readings.push(self.reading(value, written));
            self.read_sources(value, written, &mut readings, &mut Vec::new());
        }
        readings
    }

    fn reading(&self, value: &Value, written: &Written) -> Reading {
        Reading {
            of: self.text(value.span),
            value: self.value(value, written),
        }
    }

    /// Adds what a value is computed from. Each name is `entered` once.
    fn read_sources(&self, value: &Value, written: &Written, readings: &mut Vec<Reading>, entered: &mut Vec<LetId>) {
        if let ValueKind::Let(id) = &value.kind {
            if let Some(LetValue::Value(meant)) = self.model.lets.get(id.index()).map(|named| &named.value)
                && let Some(written) = self.plan().lets.get(id.index())
                && entered.len() < MOST_NAMES
                && !entered.contains(id)
            {
                entered.push(*id);
                self.in_model().read_source(meant, written, readings, entered);
            }
            return;
        }
        for (part, written) in Part::Value(value).parts().into_iter().zip(&written.parts) {
            if let Part::Value(value) = part {
                self.read_source(value, written, readings, entered);
            }
        }
    }

    /// Adds a value that is read as it is, or what one that is computed is computed from.
    fn read_source(&self, value: &Value, written: &Written, readings: &mut Vec<Reading>, entered: &mut Vec<LetId>) {
        match &value.kind {
            ValueKind::Field(_) | ValueKind::Aggregate { .. } | ValueKind::Score(_) | ValueKind::Label(_) => {
                let reading = self.reading(value, written);
                if !readings.contains(&reading) {
                    readings.push(reading);
                }
            }
            ValueKind::Number(_) | ValueKind::Text(_) | ValueKind::Date(_) | ValueKind::Property(_) => {}
            ValueKind::Let(_)
            | ValueKind::Condition(_)
            | ValueKind::Arithmetic(..)
            | ValueKind::Negate(_)
            | ValueKind::Domain(_)
            | ValueKind::Elapsed { .. } => self.read_sources(value, written, readings, entered),
        }
    }
}

/// The same comparison with the sides exchanged.
fn turned(order: Comparison) -> Comparison {
    match order {
        Comparison::Equal => Comparison::Equal,
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
    }
}

/// Whether a value is written where it is read.
fn is_literal(value: &Value) -> bool {
    match &value.kind {
        ValueKind::Number(_) | ValueKind::Text(_) | ValueKind::Date(_) => true,
        ValueKind::Negate(inner) => is_literal(inner),
        ValueKind::Field(_)
        | ValueKind::Property(_)
        | ValueKind::Let(_)
        | ValueKind::Condition(_)
        | ValueKind::Arithmetic(..)
        | ValueKind::Elapsed { .. }
        | ValueKind::Domain(_)
        | ValueKind::Aggregate { .. }
        | ValueKind::Score(_)
        | ValueKind::Label(_) => false,
    }
}
