//! What a condition says of a contact, or of one of its events, and what a value is.

use leadscore::builtins::Aggregate;
use leadscore::calendar::Period;
use leadscore::model::{
    Bound, Comparison, Condition, ConditionKind, LetValue, Operator, Pattern, PropertyId, TextTest, Value, ValueKind,
};
use leadscore::number::Number;

use super::folding::{contains_word, fold, same};
use super::{Datum, OracleEvent, World, calendar, decimal};

impl World<'_> {
    /// "Every condition is true or false; there is no third value. A positive test with a missing operand is false."
    pub(crate) fn holds(&self, condition: &Condition, event: Option<&OracleEvent>) -> bool {
        let value = |value: &Value| self.value(value, event);
        match &condition.node {
            ConditionKind::Constant(constant) => *constant,
            ConditionKind::Not(opposite) => !self.holds(opposite, event),
            ConditionKind::All(parts) => parts.iter().all(|part| self.holds(part, event)),
            ConditionKind::Any(parts) => parts.iter().any(|part| self.holds(part, event)),
            ConditionKind::Quantity(bound, parts) => {
                so_many(*bound, parts.iter().filter(|part| self.holds(part, event)).count())
            }
            ConditionKind::Compare(left, comparison, right) => compare(value(left), *comparison, value(right)),
            ConditionKind::Between(x, least, greatest) => {
                // "both ends included"
                compare(value(least), Comparison::LessOrEqual, value(x))
                    && compare(value(x), Comparison::LessOrEqual, value(greatest))
            }
            ConditionKind::OneOf(x, numbers) => numbers.iter().any(|number| value(x) == Some(Datum::Number(*number))),
            ConditionKind::OneOfDays(x, days) => days.iter().any(|day| value(x) == Some(Datum::Date(*day))),
            ConditionKind::Text(x, test) => match value(x) {
                Some(Datum::Text(text)) => text_passes(&text, test),
                None => false,
                other => panic!("a test of a text for {other:?}"),
            },
            // "an element equals x (one of them), folded"
            ConditionKind::Holds(x, texts) => match value(x) {
                Some(Datum::List(elements)) => texts
                    .iter()
                    .any(|text| elements.iter().any(|element| same(element, text))),
                None => false,
                other => panic!("a test of a list for {other:?}"),
            },
            // "not missing"
            ConditionKind::Known(Value {
                kind: ValueKind::Label(of),
                ..
            }) => self.label(*of).is_some(),
            ConditionKind::Known(x) => value(x).is_some(),
            // "A boolean field or let alone is a condition; missing, it is false."
            ConditionKind::True(x) => value(x) == Some(Datum::Boolean(true)),
            ConditionKind::Events(bound, pattern) => so_many(*bound, self.picks(pattern).len()),
            ConditionKind::Label(of, labels) => self.label(*of).is_some_and(|label| labels.contains(&(label as u16))),
            ConditionKind::Let(id) => match &self.model.lets[id.index()].value {
                LetValue::Condition(condition) => self.holds(condition, event),
                LetValue::Value(value) => self.value(value, event) == Some(Datum::Boolean(true)),
            },
            ConditionKind::Excluded => self.excluded,
        }
    }

    /// "Any value may be missing."
    pub(crate) fn value(&self, value: &Value, event: Option<&OracleEvent>) -> Option<Datum> {
        match &value.kind {
            ValueKind::Number(number) => Some(Datum::Number(*number)),
            ValueKind::Text(text) => Some(Datum::Text(text.clone())),
            ValueKind::Date(day) => Some(Datum::Date(*day)),
            ValueKind::Field(field) => self.contact.fields[field.index()].clone(),
            ValueKind::Property(property) => property_of(event.expect("a property inside `where`"), *property),
            ValueKind::Let(id) => match &self.model.lets[id.index()].value {
                LetValue::Condition(condition) => Some(Datum::Boolean(self.holds(condition, event))),
                LetValue::Value(value) => self.value(value, event),
            },
            ValueKind::Condition(condition) => Some(Datum::Boolean(self.holds(condition, event))),
            ValueKind::Arithmetic(first, rest) => self.arithmetic(first, rest, event),
            ValueKind::Negate(value) => {
                let units = i128::from(number(self.value(value, event)?).units());
                decimal::in_range(-units).map(Datum::Number)
            }
            // "number: full units (§2) since the date V; missing if V is"; "minus `days since V`"
            ValueKind::Elapsed { unit, until, date } => {
                let Datum::Date(day) = self.value(date, event)? else {
                    panic!("units since what is no date");
                };
                let since = calendar::full_periods(day, Period::one(*unit), self.as_of);
                Some(Datum::Number(Number::whole(if *until { -since } else { since })))
            }
            // "text: what follows the last `@` of the text V; missing without one, or with nothing after it". A text is
            // "trimmed of white space".
            ValueKind::Domain(value) => {
                let text = text(self.value(value, event)?);
                let after = text[text.rfind('@')? + 1..].trim().to_owned();
                (!after.is_empty()).then_some(Datum::Text(after))
            }
            ValueKind::Aggregate {
                function,
                property,
                pattern,
            } => self.aggregate(*function, *property, pattern),
            ValueKind::Score(_) if self.excluded => None,
            ValueKind::Score(score) => Some(Datum::Number(self.score(*score))),
            ValueKind::Label(of) => panic!("the value of a label: {of:?}"),
        }
    }

    /// "Division by zero, a missing operand, or a result outside the number range gives missing."
    fn arithmetic(&self, first: &Value, rest: &[(Operator, Value)], event: Option<&OracleEvent>) -> Option<Datum> {
        let mut result = number(self.value(first, event)?);
        for (operator, right) in rest {
            let right = number(self.value(right, event)?);
            result = decimal::in_range(decimal::operate(result, *operator, right)?)?;
        }
        Some(Datum::Number(result))
    }

    fn aggregate(&self, function: Aggregate, property: Option<PropertyId>, pattern: &Pattern) -> Option<Datum> {
        let picked = self.picks(pattern);
        let values = || {
            picked
                .iter()
                .filter_map(|event| property_of(event, property.expect("a property to look at")))
        };
        let units = || values().map(|value| i128::from(number(value).units()));
        let whole = |count: usize| Some(Datum::Number(Number::whole(count as i64)));
        match function {
            // "events picked"
            Aggregate::Count => whole(picked.len()),
            // "different known values of their property p (texts folded)"
            Aggregate::Distinct => {
                let mut different: Vec<Datum> = Vec::new();
                for value in values().map(folded) {
                    if !different.contains(&value) {
                        different.push(value);
                    }
                }
                whole(different.len())
            }
            // "number; missing properties are skipped; 0 for none"
            Aggregate::Sum => decimal::in_range(units().sum()).map(Datum::Number),
            // "number, rounded once; missing for none"
            Aggregate::Average => match units().count() {
                0 => None,
                count => decimal::in_range(decimal::round(units().sum(), count as i128)).map(Datum::Number),
            },
            Aggregate::Smallest => decimal::in_range(units().min()?).map(Datum::Number),
            Aggregate::Largest => decimal::in_range(units().max()?).map(Datum::Number),
            // "date: the earliest, latest; missing for none"
            Aggregate::First => picked.iter().map(|event| event.day).min().map(Datum::Date),
            Aggregate::Last => picked.iter().map(|event| event.day).max().map(Datum::Date),
        }
    }
}

fn property_of(event: &OracleEvent, property: PropertyId) -> Option<Datum> {
    event.properties[property.index()].clone()
}

/// "texts folded"; a list is a set of texts, in which neither order nor repetition counts.
fn folded(value: Datum) -> Datum {
    match value {
        Datum::Text(text) => Datum::Text(fold(&text)),
        Datum::List(elements) => {
            let set: std::collections::BTreeSet<String> = elements.iter().map(|element| fold(element)).collect();
            Datum::List(set.into_iter().collect())
        }
        other => other,
    }
}

fn so_many(bound: Bound, count: usize) -> bool {
    match bound {
        Bound::AtLeast(least) => count as u64 >= least,
        Bound::AtMost(most) => count as u64 <= most,
        Bound::Exactly(exact) => count as u64 == exact,
    }
}

/// "two values of one type"; "texts are compared folded; lists can't be compared"
fn compare(left: Option<Datum>, comparison: Comparison, right: Option<Datum>) -> bool {
    match (left, right) {
        (None, _) | (_, None) => false,
        (Some(Datum::Number(left)), Some(Datum::Number(right))) => stands(&left, comparison, &right),
        (Some(Datum::Date(left)), Some(Datum::Date(right))) => stands(&left, comparison, &right),
        (Some(Datum::Text(left)), Some(Datum::Text(right))) if comparison == Comparison::Equal => same(&left, &right),
        (Some(Datum::Boolean(left)), Some(Datum::Boolean(right))) if comparison == Comparison::Equal => left == right,
        (left, right) => panic!("{left:?} {comparison:?} {right:?}"),
    }
}

/// Whether two things stand in this order.
pub(crate) fn stands<T: PartialOrd>(left: &T, comparison: Comparison, right: &T) -> bool {
    match comparison {
        Comparison::Equal => left == right,
        Comparison::Less => left < right,
        Comparison::LessOrEqual => left <= right,
        Comparison::Greater => left > right,
        Comparison::GreaterOrEqual => left >= right,
    }
}

fn text_passes(text: &str, test: &TextTest) -> bool {
    match test {
        TextTest::Is(others) => others.iter().any(|other| same(text, other)),
        // "the folded text holds the folded x (one of them)"
        TextTest::Contains(parts) => parts.iter().any(|part| fold(text).contains(&fold(part))),
        TextTest::ContainsWord(words) => words.iter().any(|word| contains_word(text, word)),
        TextTest::StartsWith(start) => fold(text).starts_with(&fold(start)),
        TextTest::EndsWith(end) => fold(text).ends_with(&fold(end)),
        // "is found in the text itself, not folded"
        TextTest::Matches(regex) => regex.0.is_match(text),
    }
}

fn number(value: Datum) -> Number {
    match value {
        Datum::Number(number) => number,
        other => panic!("{other:?} for a number"),
    }
}

fn text(value: Datum) -> String {
    match value {
        Datum::Text(text) => text,
        other => panic!("{other:?} for a text"),
    }
}
