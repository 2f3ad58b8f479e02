//! A contact for which two models differ, as both score it, and as a test to paste beside the new rules.

use serde::Serialize;

use crate::analyze::{self, Difference, Example};
use crate::model::{FieldId, Given, GivenEvents, Labelled, Model, PropertyId, ScoreId};
use crate::number::Number;
use crate::plan::{Holds, Plan};
use crate::score::{ResultCell, score};
use crate::syntax::written_name;
use crate::table::Type;
use crate::text::fold;

/// A contact for which two models differ, with only what it needs for that.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Counterexample {
    /// In what they differ: a column of the result.
    pub column: String,
    /// What the old rules give it.
    pub old: Judged,
    /// What the new rules give it.
    pub new: Judged,
    /// The contact as a test that expects what the new rules give, and tells in a comment what the old ones gave.
    pub test: String,
}

/// What a model gives a contact.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Judged {
    /// Its overall score; `None` where it is excluded.
    pub score: Option<Number>,
    /// Its band; `None` for none, and where it is excluded.
    pub band: Option<String>,
    /// Why it is excluded, where it is.
    pub excluded: Option<String>,
    /// What stands in the column in which the two differ, as a result is written; `None` for nothing.
    pub value: Option<String>,
}

/// The column that tells why a contact is excluded.
const EXCLUDED: &str = "excluded";

/// The contact that shows a difference, scored by both models; `None` where they give it the same.
pub(super) fn counterexample(old: &Model, new: &Model, difference: &Difference) -> Option<Counterexample> {
    let [was, is] = [old, new].map(|model| judged(model, difference));
    if was == is {
        return None;
    }
    let column = &difference.column;
    let example = said_to(new, difference);
    let mut test = format!("# before: {}\n", was.told(column));
    if example != difference.example {
        test += "# with something besides that only the old rules know\n";
    }
    let expected = expected(new, column, &was, &is);
    test += &example.test(&difference.model, &name(column, &was, &is), &expected);
    Some(Counterexample {
        column: column.clone(),
        old: was,
        new: is,
        test,
    })
}

/// What a model gives the contact.
fn judged(model: &Model, difference: &Difference) -> Judged {
    let (contacts, events) = analyze::tables(model, [&read_by(model, difference)]);
    let scores = score(&Plan::new(model), difference.example.as_of, &contacts, [&events]);
    let at = scores
        .columns()
        .iter()
        .position(|column| column.name == difference.column);
    Judged {
        score: scores.overall(0),
        band: scores.band(0).map(str::to_owned),
        excluded: scores.reason(0).map(str::to_owned),
        value: match at.map_or(ResultCell::Missing, |at| scores.cell(&contacts, at, 0)) {
            ResultCell::Number(number) => Some(number.to_string()),
            ResultCell::Text(text) => Some(text.to_owned()),
            ResultCell::Missing => None,
        },
    }
}

/// The contact as a model reads it: without what it does not know, under its own ids.
fn read_by(model: &Model, difference: &Difference) -> Example {
    let Difference {
        example, model: joint, ..
    } = difference;
    let events = example.events.iter().map(|given| GivenEvents {
        properties: (given.properties.iter())
            .filter_map(|(id, value)| Some((property(model, joint, *id, value)?, value.clone())))
            .collect(),
        ..given.clone()
    });
    Example {
        as_of: example.as_of,
        fields: (example.fields.iter())
            .filter_map(|(id, value)| Some((field(model, joint, *id, value)?, value.clone())))
            .collect(),
        events: events.collect(),
    }
}

/// The contact as a test of a model may give it: where that declares what there is, without what it does not know.
fn said_to(model: &Model, difference: &Difference) -> Example {
    let joint = &difference.model;
    let mut example = difference.example.clone();
    if model.fields_are_declared {
        example
            .fields
            .retain(|(id, value)| field(model, joint, *id, value).is_some());
    }
    if model.events_are_declared {
        example.events.retain(|given| model.event(&given.name).is_some());
        for given in &mut example.events {
            given
                .properties
                .retain(|(id, value)| property(model, joint, *id, value).is_some());
        }
    }
    example
}

fn field(model: &Model, joint: &Model, id: FieldId, value: &Given) -> Option<FieldId> {
    let own = model.field(&joint.fields.get(id.index())?.name)?;
    fits(value, &model.fields.get(own.index())?.of).then_some(own)
}

fn property(model: &Model, joint: &Model, id: PropertyId, value: &Given) -> Option<PropertyId> {
    let name = &joint.properties.get(id.index())?.name;
    let own = model.properties.iter().position(|property| property.name == *name)?;
    fits(value, &model.properties.get(own)?.of).then_some(PropertyId(own as u32))
}

/// Whether a value is one of those that a type lists, where it does.
fn fits(value: &Given, of: &Type) -> bool {
    match (value, of) {
        (Given::Text(text), Type::OneOf(texts)) => texts.iter().any(|listed| fold(listed) == fold(text)),
        _ => true,
    }
}

/// What a test is called.
fn name(column: &str, was: &Judged, is: &Judged) -> String {
    match (&was.excluded, &is.excluded) {
        (None, Some(_)) => "excluded now".to_owned(),
        (Some(_), None) => "no longer excluded".to_owned(),
        (Some(_), Some(_)) | (None, None) => {
            let said = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
            format!("{column} {} → {}", said(&was.value), said(&is.value))
        }
    }
}

/// What a test expects of the contact, by what the new rules give it.
fn expected(new: &Model, column: &str, was: &Judged, is: &Judged) -> Vec<String> {
    if is.excluded.is_some() {
        return vec![EXCLUDED.to_owned()];
    }
    let mut expected = Vec::new();
    if column == EXCLUDED {
        expected.push(format!("not {EXCLUDED}"));
    }
    expected.extend(is.score.map(|score| format!("score = {score}")));
    let bands = new.labels(Labelled::Band);
    expected.extend(label("band", &bands, &was.band, &is.band));
    let columns = Plan::new(new).columns;
    match columns
        .iter()
        .find(|known| known.name == column)
        .map(|known| &known.holds)
    {
        Some(Holds::Score {
            of: ScoreId::Block(_) | ScoreId::Formula(_),
            ..
        }) => expected.extend(
            is.value
                .as_ref()
                .map(|value| format!("{} = {value}", written_name(column))),
        ),
        Some(Holds::Label {
            of: of @ (Labelled::BandOf(_) | Labelled::Class(_)),
            ..
        }) => expected.extend(label(&labelled(new, *of), &new.labels(*of), &was.value, &is.value)),
        _ => {}
    }
    expected
}

/// How a condition names what has labels.
fn labelled(model: &Model, of: Labelled) -> String {
    let name = |name: Option<&String>| name.map(|name| written_name(name)).unwrap_or_default();
    match of {
        Labelled::Band => "band".to_owned(),
        Labelled::BandOf(block) => {
            let block = model.blocks.get(block.index());
            format!("{}.band", name(block.and_then(|block| block.name.as_ref())))
        }
        Labelled::Class(class) => name(model.classes.get(class.index()).map(|class| &class.name)),
    }
}

/// That something has its label; where it has none, that it has not the one that it had.
fn label(of: &str, labels: &[&str], was: &Option<String>, is: &Option<String>) -> Option<String> {
    match (was, is) {
        (_, Some(is)) => Some(format!("{of} = {}", written_name(is))),
        (Some(was), None) if labels.contains(&was.as_str()) => Some(format!("{of} != {}", written_name(was))),
        (Some(_), None) | (None, None) => None,
    }
}

impl Counterexample {
    /// Whether one of the two excludes the contact, and the other does not.
    pub(super) fn is_exclusion(&self) -> bool {
        self.column == EXCLUDED
    }
}

impl Judged {
    /// `40, warm`, `excluded: no mail`, or `80, fit 30`: on one line.
    pub(super) fn told(&self, column: &str) -> String {
        if let Some(reason) = &self.excluded {
            return on_one_line(&format!("{EXCLUDED}: {reason}"));
        }
        let score = self.score.map(|score| score.to_string());
        let own = !["score", "band", EXCLUDED].contains(&column);
        let value = own.then(|| format!("{column} {}", self.value.as_deref().unwrap_or("none")));
        let parts: Vec<String> = [score, self.band.clone(), value].into_iter().flatten().collect();
        on_one_line(&parts.join(", "))
    }
}

fn on_one_line(text: &str) -> String {
    let pieces: Vec<&str> = text.split(char::is_control).collect();
    pieces.join(" ")
}
