//! Two models as one, so that both judge the same contact: what they share has one name, and what differs is told apart.
//!
//! The overall scores become formulas, bands become comparisons with their thresholds, and exclusions classifications,
//! so that both models fit beside each other, and no contact is excluded from either.

use std::sync::Arc;

use crate::model::{
    BlockId, ClassId, Event, EventId, Field, FieldId, FormulaId, Model, Overall, Property, PropertyId, Term,
};
use crate::number::Number;
use crate::table::Type;

use super::renaming::Renaming;

/// Two models as one.
pub(super) struct Joint {
    /// The model of both.
    pub(super) model: Model,
    /// Where the parts of each stand in it: those of the old model, then those of the new one.
    pub(super) sides: [Side; 2],
}

/// Where the parts of a model stand in the joint one.
pub(super) struct Side {
    /// Its blocks.
    pub(super) blocks: Vec<BlockId>,
    /// Its formulas.
    pub(super) formulas: Vec<FormulaId>,
    /// Its overall score.
    pub(super) overall: FormulaId,
    /// Its classifications.
    pub(super) classes: Vec<ClassId>,
    /// Its exclusions, as a classification: a label each.
    pub(super) exclusions: ClassId,
}

/// Puts two models together; why they can't be compared, where they can't.
pub(super) fn join(old: &Model, new: &Model) -> Result<Joint, String> {
    let mut model = Model {
        ignored: Vec::new(),
        lets: Vec::new(),
        order: Vec::new(),
        blocks: Vec::new(),
        formulas: Vec::new(),
        overall: Overall {
            term: Some(Term::Number(Number::ZERO)),
            ..Overall::default()
        },
        classes: Vec::new(),
        exclusions: Vec::new(),
        promises: Vec::new(),
        actions: Vec::new(),
        tests: Vec::new(),
        fields_are_declared: old.fields_are_declared && new.fields_are_declared,
        events_are_declared: old.events_are_declared && new.events_are_declared,
        ..new.clone()
    };
    // Which events are passive, each model says of its own patterns.
    model.events.iter_mut().for_each(|event| event.passive = false);
    if old.zone.name() != new.zone.name() {
        return Err(format!(
            "their time zones differ: {} and {}",
            old.zone.name(),
            new.zone.name()
        ));
    }
    let fields = old
        .fields
        .iter()
        .map(|field| same_field(&mut model, field))
        .collect::<Result<_, _>>()?;
    let properties = old
        .properties
        .iter()
        .map(|property| same_property(&mut model, property));
    let properties = properties.collect::<Result<_, _>>()?;
    let events = old.events.iter().map(|event| same_event(&mut model, event)).collect();
    let of_new = Renaming {
        fields: (0..new.fields.len() as u32).map(FieldId).collect(),
        events: (0..new.events.len() as u32).map(EventId).collect(),
        properties: (0..new.properties.len() as u32).map(PropertyId).collect(),
        ..Renaming::default()
    };
    let of_old = Renaming {
        fields,
        events,
        properties,
        ..Renaming::default()
    };
    let [ignored_by_old, ignored_by_new] = [(&of_old, old), (&of_new, new)].map(|(renaming, of)| renaming.ignored(of));
    if ignored_by_old != ignored_by_new {
        return Err("they ignore different events".to_owned());
    }
    model.ignored.clone_from(&new.ignored);
    let one = of_old.add(old, &mut model);
    let other = of_new.add(new, &mut model);
    Ok(Joint {
        model,
        sides: [one, other],
    })
}

/// The field of a name in the joint model.
fn same_field(joint: &mut Model, field: &Field) -> Result<FieldId, String> {
    let Some(known) = joint.fields.iter().position(|known| known.name == field.name) else {
        joint.fields.push(field.clone());
        return Ok(FieldId(joint.fields.len() as u32 - 1));
    };
    if let Some(of_joint) = joint.fields.get_mut(known) {
        let (one, other) = (of_joint.of.clone(), &field.of);
        of_joint.of = together(&one, other).ok_or_else(|| {
            format!(
                "the field `{}` is {other} in the old rules, and {one} in the new",
                field.name
            )
        })?;
    }
    Ok(FieldId(known as u32))
}

/// A type that holds the values of both.
fn together(one: &Type, other: &Type) -> Option<Type> {
    match (one, other) {
        (Type::OneOf(of_one), Type::OneOf(of_other)) => {
            let more = of_other.iter().filter(|value| !of_one.contains(value));
            let all: Vec<String> = of_one.iter().chain(more).cloned().collect();
            Some(Type::OneOf(Arc::from(all)))
        }
        (Type::OneOf(_), Type::Text) | (Type::Text, Type::OneOf(_)) => Some(Type::Text),
        _ => (one == other).then(|| one.clone()),
    }
}

fn same_property(joint: &mut Model, property: &Property) -> Result<PropertyId, String> {
    match joint.properties.iter().position(|known| known.name == property.name) {
        Some(known) => match joint.properties.get(known) {
            Some(of_joint) if of_joint.of == property.of => Ok(PropertyId(known as u32)),
            _ => Err(format!("the property `{}` has another type", property.name)),
        },
        None => {
            joint.properties.push(property.clone());
            Ok(PropertyId(joint.properties.len() as u32 - 1))
        }
    }
}

fn same_event(joint: &mut Model, event: &Event) -> EventId {
    let known = joint.events.iter().position(|known| known.name == event.name);
    let place = known.unwrap_or_else(|| {
        joint.events.push(Event {
            passive: false,
            ..event.clone()
        });
        joint.events.len() - 1
    });
    EventId(place as u32)
}
