//! The interpreter: what a model gives a contact, read off the definition of the language sentence by sentence.
//!
//! It is slow and obvious on purpose, and shares nothing with the engine but the model, so that the two can be held
//! against each other. Each function stands under the sentence that it carries out.

mod blocks;
pub(crate) mod calendar;
mod conditions;
pub(crate) mod decimal;
pub(crate) mod folding;
mod patterns;
mod rules;

use leadscore::calendar::Day;
use leadscore::model::{Band, Given, Labelled, LetValue, Model, RuleKind, ScoreId, Term, Test};
use leadscore::number::Number;

/// A value of a contact or an event; `None` of it is a missing one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Datum {
    Text(String),
    Number(Number),
    Boolean(bool),
    Date(Day),
    List(Vec<String>),
}

/// A contact: its fields in the order of the model's, and its events in the order of the data.
#[derive(Clone, Debug, Default)]
pub(crate) struct OracleContact {
    pub(crate) fields: Vec<Option<Datum>>,
    pub(crate) events: Vec<OracleEvent>,
}

/// An event: its name, its day, and its properties in the order of the model's.
#[derive(Clone, Debug)]
pub(crate) struct OracleEvent {
    pub(crate) name: String,
    pub(crate) day: Day,
    pub(crate) properties: Vec<Option<Datum>>,
}

/// What a contact gets. Labels are places in the model's list of them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    /// Taken out by this exclusion.
    Excluded(usize),
    /// Scored.
    Scored(Scored),
}

/// The scores and labels of a contact that is not excluded.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scored {
    pub(crate) overall: Number,
    pub(crate) band: Option<usize>,
    pub(crate) blocks: Vec<BlockOutcome>,
    pub(crate) formulas: Vec<Number>,
    pub(crate) classes: Vec<Option<usize>>,
    /// The promises that do not hold.
    pub(crate) broken: Vec<usize>,
}

/// A block's value and what it is made of.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BlockOutcome {
    /// What each rule gave.
    pub(crate) rules: Vec<Number>,
    /// The sum over the rules that read no events.
    pub(crate) profile: Number,
    /// The sum over the rules that read events.
    pub(crate) behaviour: Number,
    /// What decay left of it.
    pub(crate) left: Number,
    pub(crate) value: Number,
    pub(crate) band: Option<usize>,
}

/// Everything that a score is a function of: "the rules, the contact, its events and a day".
struct World<'a> {
    model: &'a Model,
    as_of: Day,
    contact: &'a OracleContact,
    /// "of an excluded contact, scores, bands and classes are missing"
    excluded: bool,
}

/// What the model gives the contact as of a day.
pub(crate) fn score(model: &Model, as_of: Day, contact: &OracleContact) -> Outcome {
    let world = World {
        model,
        as_of,
        contact,
        excluded: false,
    };
    match world.exclusion() {
        Some(exclusion) => Outcome::Excluded(exclusion),
        None => Outcome::Scored(world.scored()),
    }
}

/// The values by which the tables decide, in the order of the file, and then those of the lets; `None` for a let that
/// is a condition or reads scores.
pub(crate) fn values(model: &Model, as_of: Day, contact: &OracleContact) -> Vec<Option<Option<Datum>>> {
    let world = World {
        model,
        as_of,
        contact,
        excluded: false,
    };
    let rules = model.blocks.iter().flat_map(|block| &block.rules);
    let tables = rules.filter_map(|rule| match &rule.kind {
        RuleKind::Table { value, .. } => Some(Some(world.value(value, None))),
        RuleKind::Once { .. } | RuleKind::Each { .. } => None,
    });
    let lets = model.lets.iter().map(|binding| match &binding.value {
        LetValue::Value(value) if !binding.reads_scores => Some(world.value(value, None)),
        LetValue::Value(_) | LetValue::Condition(_) => None,
    });
    tables.chain(lets).collect()
}

/// Which of a test's expectations hold.
pub(crate) fn expectations(model: &Model, test: &Test) -> Vec<bool> {
    let contact = &given_contact(model, test);
    let world = World {
        model,
        as_of: test.as_of,
        contact,
        excluded: false,
    };
    let world = World {
        excluded: world.exclusion().is_some(),
        ..world
    };
    test.expectations
        .iter()
        .map(|expectation| world.holds(&expectation.condition, None))
        .collect()
}

/// "What is not given is missing."
fn given_contact(model: &Model, test: &Test) -> OracleContact {
    let mut contact = OracleContact {
        fields: vec![None; model.fields.len()],
        events: Vec::new(),
    };
    for (field, given) in &test.fields {
        contact.fields[field.index()] = Some(datum(given));
    }
    for events in &test.events {
        let mut properties = vec![None; model.properties.len()];
        for (property, given) in &events.properties {
            properties[property.index()] = Some(datum(given));
        }
        let event = OracleEvent {
            name: events.name.clone(),
            day: events.day,
            properties,
        };
        contact.events.extend(std::iter::repeat_n(event, events.count as usize));
    }
    contact
}

fn datum(given: &Given) -> Datum {
    match given {
        Given::Text(text) => Datum::Text(text.clone()),
        Given::Number(number) => Datum::Number(*number),
        Given::Boolean(boolean) => Datum::Boolean(*boolean),
        Given::Date(day) => Datum::Date(*day),
        Given::List(elements) => Datum::List(elements.clone()),
    }
}

impl World<'_> {
    /// "The first exclusion that holds takes a contact out: no scores, bands or classes."
    fn exclusion(&self) -> Option<usize> {
        (self.model.exclusions.iter()).position(|exclusion| self.holds(&exclusion.condition, None))
    }

    fn scored(&self) -> Scored {
        let model = self.model;
        Scored {
            overall: self.score(ScoreId::Overall),
            band: self.label(Labelled::Band),
            blocks: model.blocks.iter().map(|block| self.block(block)).collect(),
            formulas: (0..model.formulas.len() as u32)
                .map(|at| self.score(ScoreId::Formula(leadscore::model::FormulaId(at))))
                .collect(),
            classes: (0..model.classes.len() as u32)
                .map(|at| self.label(Labelled::Class(leadscore::model::ClassId(at))))
                .collect(),
            broken: self.broken_promises(),
        }
    }

    /// "A promise must hold for every contact that could exist and is not excluded. … scoring reports the contacts
    /// that break it."
    fn broken_promises(&self) -> Vec<usize> {
        let promises = self.model.promises.iter().enumerate();
        promises
            .filter(|(_, promise)| !self.holds(&promise.condition, None))
            .map(|(at, _)| at)
            .collect()
    }

    fn score(&self, of: ScoreId) -> Number {
        match of {
            ScoreId::Overall => self.overall(),
            ScoreId::Block(block) => self.block(&self.model.blocks[block.index()]).value,
            ScoreId::Formula(formula) => {
                let formula = &self.model.formulas[formula.index()];
                decimal::clamp(self.term(&formula.term), formula.clamp)
            }
        }
    }

    /// "The overall score is the formula that the file gives, else the sum of the top-level block and all named
    /// blocks, clamped where the file has `score [min N] [max N]` alone."
    fn overall(&self) -> Number {
        let overall = &self.model.overall;
        let value = match &overall.term {
            Some(term) => self.term(term),
            None => decimal::sum(self.model.blocks.iter().map(|block| self.block(block).value)),
        };
        decimal::clamp(value, overall.clamp)
    }

    /// "A formula is made of numbers, names of blocks and of other formulas, + - * /, parentheses; exact as in §4, but
    /// an operation that leaves the number range gives its end."
    fn term(&self, term: &Term) -> Number {
        match term {
            Term::Number(number) => *number,
            Term::Score(score) => self.score(*score),
            Term::Negate(term) => Number::from_units(-i128::from(self.term(term).units())).unwrap(),
            Term::Arithmetic(first, rest) => rest.iter().fold(self.term(first), |left, (operator, right)| {
                let exact = decimal::operate(left, *operator, self.term(right));
                decimal::nearest_in_range(exact.expect("a divisor is a literal other than zero"))
            }),
        }
    }

    fn label(&self, of: Labelled) -> Option<usize> {
        if self.excluded {
            return None;
        }
        match of {
            Labelled::Band => band(&self.model.overall.bands, self.score(ScoreId::Overall)),
            Labelled::BandOf(block) => band(
                &self.model.blocks[block.index()].bands,
                self.score(ScoreId::Block(block)),
            ),
            // "A class is the first label whose condition holds, else none."
            Labelled::Class(class) => {
                let rows = &self.model.classes[class.index()].rows;
                rows.iter().position(|row| match &row.condition {
                    Some(condition) => self.holds(condition, None),
                    None => true,
                })
            }
        }
    }
}

/// "The band is the label with the highest threshold that the score reaches, else the `otherwise` label, else none."
fn band(bands: &[Band], score: Number) -> Option<usize> {
    let reached = (0..bands.len()).filter(|at| bands[*at].threshold.is_some_and(|threshold| score >= threshold));
    let highest = reached.max_by_key(|at| bands[*at].threshold);
    highest.or_else(|| bands.iter().position(|band| band.threshold.is_none()))
}
