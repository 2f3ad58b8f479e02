//! Meanings: what conditions, values and patterns say. What says the same has one meaning, in two models too, whatever
//! its layout, the order of its parts and the names of what it is made of.

use std::collections::HashMap;

use crate::model::{
    BlockId, Bound, Comparison, Condition, ConditionKind, Definition, EventSet, Labelled, LetValue, Model, Pattern,
    ScoreId, TextTest, Value, ValueKind,
};
use crate::number::Number;
use crate::text::fold;

/// What something says: equal where the same is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Meaning(u32);

/// What is said, in a few words and of other meanings.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Saying {
    word: &'static str,
    text: String,
    parts: Vec<Meaning>,
}

/// All meanings so far.
#[derive(Debug, Default)]
pub(super) struct Meanings {
    sayings: Vec<Saying>,
    known: HashMap<Saying, Meaning>,
}

/// A model, and what its names mean.
#[derive(Debug)]
pub(super) struct Side<'m> {
    pub(super) model: &'m Model,
    /// The names under which its blocks are compared: those of the other model where they were renamed.
    pub(super) blocks: Vec<String>,
    /// What each let means.
    pub(super) lets: Vec<Meaning>,
}

/// A chain of conditions within a chain of the same kind is taken into it, unless it has more parts than these: names
/// may stand for chains of names without end.
const MOST_TAKEN_IN: usize = 100;

impl Meanings {
    /// A model whose blocks are compared under these names.
    pub(super) fn side<'m>(&mut self, model: &'m Model, blocks: Vec<String>) -> Side<'m> {
        let unknown = self.say("unknown", "", Vec::new());
        let lets = vec![unknown; model.lets.len()];
        let mut side = Side { model, blocks, lets };
        for definition in &model.order {
            let Definition::Let(id) = definition else { continue };
            let Some(named) = model.lets.get(id.index()) else {
                continue;
            };
            let meaning = match &named.value {
                LetValue::Condition(condition) => self.condition(&side, condition),
                LetValue::Value(value) => self.value(&side, value),
            };
            if let Some(place) = side.lets.get_mut(id.index()) {
                *place = meaning;
            }
        }
        side
    }

    /// The meaning of something said.
    pub(super) fn say(&mut self, word: &'static str, text: impl Into<String>, parts: Vec<Meaning>) -> Meaning {
        let saying = Saying {
            word,
            text: text.into(),
            parts,
        };
        if let Some(meaning) = self.known.get(&saying) {
            return *meaning;
        }
        let meaning = Meaning(self.sayings.len() as u32);
        self.sayings.push(saying.clone());
        self.known.insert(saying, meaning);
        meaning
    }

    /// The parts of a meaning, if it says this.
    fn parts_of(&self, meaning: Meaning, word: &str) -> Option<&[Meaning]> {
        let saying = self.sayings.get(meaning.0 as usize)?;
        (saying.word == word).then_some(&saying.parts)
    }

    /// What a condition says.
    pub(super) fn condition(&mut self, side: &Side<'_>, condition: &Condition) -> Meaning {
        match &condition.node {
            ConditionKind::Constant(constant) => self.say("constant", constant.to_string(), Vec::new()),
            ConditionKind::Not(inner) => {
                let inner = self.condition(side, inner);
                self.not(inner)
            }
            ConditionKind::All(parts) => self.chain("all", side, parts),
            ConditionKind::Any(parts) => self.chain("any", side, parts),
            ConditionKind::Quantity(bound, parts) => self.quantity(side, *bound, parts),
            ConditionKind::Compare(left, order, right) => self.compare(side, [left, right], *order),
            ConditionKind::Between(value, low, high) => {
                let value = self.value(side, value);
                let (low, high) = (self.value(side, low), self.value(side, high));
                let ends = [
                    self.say("at most", "", vec![low, value]),
                    self.say("at most", "", vec![value, high]),
                ];
                self.joined("all", ends.to_vec())
            }
            ConditionKind::OneOf(value, numbers) => {
                let numbers = numbers.iter().map(Number::to_string).collect();
                self.one_of(side, value, numbers)
            }
            ConditionKind::OneOfDays(value, days) => {
                let days = days.iter().map(ToString::to_string).collect();
                self.one_of(side, value, days)
            }
            ConditionKind::Text(value, test) => self.text(side, value, test),
            ConditionKind::Holds(value, texts) => {
                let value = self.value(side, value);
                self.say("holds", listed(folded(texts)), vec![value])
            }
            ConditionKind::Known(value) => {
                let value = self.value(side, value);
                self.say("known", "", vec![value])
            }
            ConditionKind::True(value) => {
                let value = self.value(side, value);
                // The truth of a condition is the condition.
                let condition = self.parts_of(value, "truth").and_then(|parts| parts.first()).copied();
                condition.unwrap_or_else(|| self.say("true", "", vec![value]))
            }
            ConditionKind::Events(bound, pattern) => self.events(side, *bound, pattern),
            ConditionKind::Label(of, labels) => self.label(side, *of, labels),
            ConditionKind::Let(id) => self.named(side, id.index()),
            ConditionKind::Excluded => self.say("excluded", "", Vec::new()),
        }
    }

    fn named(&mut self, side: &Side<'_>, at: usize) -> Meaning {
        match side.lets.get(at) {
            Some(meaning) => *meaning,
            None => self.say("unknown", "", Vec::new()),
        }
    }

    fn not(&mut self, inner: Meaning) -> Meaning {
        match self.parts_of(inner, "not").and_then(|parts| parts.first()).copied() {
            Some(twice) => twice,
            None => self.say("not", "", vec![inner]),
        }
    }

    fn chain(&mut self, word: &'static str, side: &Side<'_>, conditions: &[Condition]) -> Meaning {
        let parts = conditions
            .iter()
            .map(|condition| self.condition(side, condition))
            .collect();
        self.joined(word, parts)
    }

    /// Conditions of which all, or any, must hold: in whatever order, each once.
    fn joined(&mut self, word: &'static str, conditions: Vec<Meaning>) -> Meaning {
        let mut parts = Vec::with_capacity(conditions.len());
        for condition in conditions {
            match self.parts_of(condition, word) {
                Some(inner) if inner.len() <= MOST_TAKEN_IN => parts.extend_from_slice(inner),
                Some(_) | None => parts.push(condition),
            }
        }
        parts.sort_unstable();
        parts.dedup();
        match parts.as_slice() {
            [one] => *one,
            _ => self.say(word, "", parts),
        }
    }

    fn quantity(&mut self, side: &Side<'_>, bound: Bound, conditions: &[Condition]) -> Meaning {
        let all = conditions.len() as u64;
        match bound {
            Bound::AtLeast(1) => self.chain("any", side, conditions),
            Bound::AtLeast(least) if least == all => self.chain("all", side, conditions),
            Bound::Exactly(exact) if exact == all => self.chain("all", side, conditions),
            Bound::AtLeast(_) | Bound::AtMost(_) | Bound::Exactly(_) => {
                let mut parts: Vec<Meaning> = Vec::with_capacity(conditions.len());
                parts.extend(conditions.iter().map(|condition| self.condition(side, condition)));
                parts.sort_unstable();
                self.say("quantity", format!("{bound:?}"), parts)
            }
        }
    }

    fn compare(&mut self, side: &Side<'_>, values: [&Value; 2], order: Comparison) -> Meaning {
        if order == Comparison::Equal {
            let [left, right] = values;
            match (literal(left), literal(right)) {
                (None, Some(one)) => return self.one_of(side, left, vec![one]),
                (Some(one), None) => return self.one_of(side, right, vec![one]),
                (None, None) | (Some(_), Some(_)) => {}
            }
        }
        let mut values = values.map(|value| self.value(side, value));
        match order {
            Comparison::Equal => {
                values.sort_unstable();
                self.say("equal", "", values.to_vec())
            }
            Comparison::Less => self.say("less", "", values.to_vec()),
            Comparison::LessOrEqual => self.say("at most", "", values.to_vec()),
            Comparison::Greater => {
                values.reverse();
                self.say("less", "", values.to_vec())
            }
            Comparison::GreaterOrEqual => {
                values.reverse();
                self.say("at most", "", values.to_vec())
            }
        }
    }

    fn one_of(&mut self, side: &Side<'_>, value: &Value, literals: Vec<String>) -> Meaning {
        let value = self.value(side, value);
        self.say("one of", listed(literals), vec![value])
    }

    fn text(&mut self, side: &Side<'_>, value: &Value, test: &TextTest) -> Meaning {
        let value = vec![self.value(side, value)];
        match test {
            TextTest::Is(texts) => self.say("is", listed(folded(texts)), value),
            TextTest::Contains(texts) => self.say("contains", listed(folded(texts)), value),
            TextTest::ContainsWord(texts) => self.say("contains word", listed(folded(texts)), value),
            TextTest::StartsWith(text) => self.say("starts with", fold(text), value),
            TextTest::EndsWith(text) => self.say("ends with", fold(text), value),
            TextTest::Matches(regex) => self.say("matches", regex.0.as_str(), value),
        }
    }

    fn events(&mut self, side: &Side<'_>, bound: Bound, pattern: &Pattern) -> Meaning {
        let pattern = self.pattern(side, pattern);
        match bound {
            Bound::AtLeast(least) => self.say("events", least.to_string(), vec![pattern]),
            Bound::AtMost(most) => {
                let more = self.say("events", u128::from(most).saturating_add(1).to_string(), vec![pattern]);
                self.not(more)
            }
            Bound::Exactly(exact) => self.say("events exactly", exact.to_string(), vec![pattern]),
        }
    }

    fn label(&mut self, side: &Side<'_>, of: Labelled, labels: &[u16]) -> Meaning {
        let names = side.model.labels(of);
        let wanted = labels.iter().filter_map(|label| names.get(usize::from(*label)));
        let wanted = listed(wanted.map(|name| (*name).to_owned()).collect());
        let of = self.labelled(side, of);
        self.say("label", wanted, vec![of])
    }

    fn labelled(&mut self, side: &Side<'_>, of: Labelled) -> Meaning {
        let class = |at: usize| side.model.classes.get(at).map(|class| class.name.clone());
        match of {
            Labelled::Band => self.say("band", "", Vec::new()),
            Labelled::BandOf(block) => self.say("band of", side.block(block), Vec::new()),
            Labelled::Class(id) => self.say("class", class(id.index()).unwrap_or_default(), Vec::new()),
        }
    }

    /// What a value is.
    pub(super) fn value(&mut self, side: &Side<'_>, value: &Value) -> Meaning {
        match &value.kind {
            ValueKind::Number(number) => self.say("number", number.to_string(), Vec::new()),
            ValueKind::Text(text) => self.say("text", text, Vec::new()),
            ValueKind::Date(day) => self.say("date", day.to_string(), Vec::new()),
            ValueKind::Field(id) => {
                let field = side.model.fields.get(id.index());
                self.say("field", field.map_or("", |field| &field.name), Vec::new())
            }
            ValueKind::Property(id) => {
                let property = side.model.properties.get(id.index());
                let text = property.map_or_else(String::new, |property| format!("{}: {}", property.name, property.of));
                self.say("property", text, Vec::new())
            }
            ValueKind::Let(id) => {
                let meaning = self.named(side, id.index());
                match side.model.lets.get(id.index()).map(|named| &named.value) {
                    Some(LetValue::Condition(_)) => self.say("truth", "", vec![meaning]),
                    Some(LetValue::Value(_)) | None => meaning,
                }
            }
            ValueKind::Condition(condition) => {
                let condition = self.condition(side, condition);
                self.say("truth", "", vec![condition])
            }
            ValueKind::Arithmetic(first, rest) => {
                let signs: String = rest.iter().map(|(operator, _)| operator.sign()).collect();
                let mut parts = vec![self.value(side, first)];
                parts.extend(rest.iter().map(|(_, operand)| self.value(side, operand)));
                self.say("arithmetic", signs, parts)
            }
            ValueKind::Negate(inner) => {
                let inner = self.value(side, inner);
                self.say("minus", "", vec![inner])
            }
            ValueKind::Elapsed { unit, until, date } => {
                let date = self.value(side, date);
                let word = if *until { "until" } else { "since" };
                self.say(word, unit.word(), vec![date])
            }
            ValueKind::Domain(inner) => {
                let inner = self.value(side, inner);
                self.say("domain", "", vec![inner])
            }
            ValueKind::Aggregate {
                function,
                property,
                pattern,
            } => {
                let property = property.and_then(|id| side.model.properties.get(id.index()));
                let of = property.map_or_else(String::new, |property| format!(" {}: {}", property.name, property.of));
                let pattern = self.pattern(side, pattern);
                self.say("aggregate", format!("{function:?}{of}"), vec![pattern])
            }
            ValueKind::Score(score) => self.say("score", side.score(*score), Vec::new()),
            ValueKind::Label(of) => self.labelled(side, *of),
        }
    }

    /// What a pattern picks.
    pub(super) fn pattern(&mut self, side: &Side<'_>, pattern: &Pattern) -> Meaning {
        let filter = pattern.filter.as_ref().map(|filter| self.condition(side, filter));
        let window = pattern.window.map(|window| {
            let earlier = if window.earlier { "not " } else { "" };
            format!("{earlier}within {}", window.period)
        });
        let events = match &pattern.events {
            EventSet::Active => "active".to_owned(),
            EventSet::Named(ids) => {
                let names = ids.iter().filter_map(|id| side.model.events.get(id.index()));
                listed(names.map(|event| event.name.clone()).collect())
            }
        };
        let text = format!("{events} {}", window.unwrap_or_default());
        self.say("pattern", text, filter.into_iter().collect())
    }
}

impl Side<'_> {
    /// The name under which a block is compared.
    pub(super) fn block(&self, block: BlockId) -> String {
        self.blocks.get(block.index()).cloned().unwrap_or_default()
    }

    /// The name under which a score is compared.
    pub(super) fn score(&self, score: ScoreId) -> String {
        match score {
            ScoreId::Overall => "score".to_owned(),
            ScoreId::Block(block) => format!("block {}", self.block(block)),
            ScoreId::Formula(id) => {
                let formula = self.model.formulas.get(id.index());
                format!("formula {}", formula.map_or("", |formula| &formula.name))
            }
        }
    }
}

/// A number or day as it is compared with.
fn literal(value: &Value) -> Option<String> {
    match &value.kind {
        ValueKind::Number(number) => Some(number.to_string()),
        ValueKind::Date(day) => Some(day.to_string()),
        _ => None,
    }
}

pub(super) fn folded(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| fold(text)).collect()
}

/// Texts as one, in whatever order, each once.
pub(super) fn listed(mut texts: Vec<String>) -> String {
    texts.sort_unstable();
    texts.dedup();
    format!("{texts:?}")
}
