//! Two models as one, so that both judge the same contact: what they share has one name, and what differs is told apart.
//!
//! The overall scores become formulas, bands become comparisons with their thresholds, and exclusions classifications,
//! so that both models fit beside each other, and no contact is excluded from either.

use std::collections::BTreeSet;

use crate::model::{
    BlockId, ClassId, Event, EventId, EventSet, Field, FieldId, FormulaId, Ignore, Model, Overall, Property,
    PropertyId, Rule, RuleKind, Term,
};
use crate::number::Number;
use crate::table::Type;

use super::reason::Reason;
use super::renaming::Renaming;

/// Two models as one.
pub(in crate::analyze) struct Joint {
    /// The model of both.
    pub(in crate::analyze) model: Model,
    /// Where the parts of each stand in it: those of the old model, then those of the new one.
    pub(in crate::analyze) sides: [Side; 2],
}

/// Where the parts of a model stand in the joint one.
pub(in crate::analyze) struct Side {
    /// Its blocks.
    pub(in crate::analyze) blocks: Vec<BlockId>,
    /// Its formulas.
    pub(in crate::analyze) formulas: Vec<FormulaId>,
    /// Its overall score.
    pub(in crate::analyze) overall: FormulaId,
    /// Its classifications.
    pub(in crate::analyze) classes: Vec<ClassId>,
    /// Its exclusions, as a classification: a label each.
    pub(in crate::analyze) exclusions: ClassId,
}

/// Puts two models together; why they can't be compared, where they can't.
pub(in crate::analyze) fn join(old: &Model, new: &Model) -> Result<Joint, Reason> {
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
    if old.zone.name() != new.zone.name() {
        return Err(Reason::Zones {
            old: old.zone.name(),
            new: new.zone.name(),
        });
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
    let properties: Vec<PropertyId> = properties.collect::<Result<_, _>>()?;
    let events = old.events.iter();
    let events = events.map(|event| same_event(&mut model, event, &properties));
    let events = events.collect::<Result<_, _>>()?;
    if let Some(event) = other_properties(old, new) {
        return Err(Reason::EventProperties(event.to_owned()));
    }
    if events_of(old) != events_of(new) && [old, new].into_iter().any(reads_all_events) {
        return Err(Reason::Events);
    }
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
        return Err(Reason::Ignored);
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
fn same_field(joint: &mut Model, field: &Field) -> Result<FieldId, Reason> {
    let Some(known) = joint.fields.iter().position(|known| known.name == field.name) else {
        joint.fields.push(field.clone());
        return Ok(FieldId(joint.fields.len() as u32 - 1));
    };
    if let Some(of_joint) = joint.fields.get_mut(known) {
        let (one, other) = (of_joint.of.clone(), &field.of);
        of_joint.of = together(&one, other).ok_or_else(|| Reason::Field {
            name: field.name.clone(),
            old: other.clone(),
            new: one,
        })?;
    }
    Ok(FieldId(known as u32))
}

/// The type that both have. A value that is not one of a list is missing, so that another list is another type.
fn together(one: &Type, other: &Type) -> Option<Type> {
    let sorted = |values: &[String]| values.iter().cloned().collect::<BTreeSet<_>>();
    let is_same = match (one, other) {
        (Type::OneOf(of_one), Type::OneOf(of_other)) => sorted(of_one) == sorted(of_other),
        _ => one == other,
    };
    is_same.then(|| one.clone())
}

/// The names of the events that a model knows, with whether each is passive, and whether there are no others.
fn events_of(model: &Model) -> (bool, BTreeSet<(&str, bool)>) {
    let events = model.events.iter().map(|event| (event.name.as_str(), event.passive));
    let events = events.filter(|_| model.events_are_declared).collect();
    (model.events_are_declared, events)
}

/// Whether something in a model reads all events, and not those of a name: what it ignores, or a decay.
fn reads_all_events(model: &Model) -> bool {
    let ignores = |ignored: &Ignore| matches!(ignored.pattern.events, EventSet::Active);
    let rewards = |rule: &Rule| matches!(&rule.kind, RuleKind::Each { points, .. } if *points > Number::ZERO);
    // A decay of a block that rewards no event looks at the newest of all.
    let mut decaying = model.blocks.iter().filter(|block| block.decay.is_some());
    model.ignored.iter().any(ignores) || decaying.any(|block| !block.rules.iter().any(rewards))
}

/// An event of both models that has a property by one of them only, though the other knows it.
fn other_properties<'m>(old: &'m Model, new: &'m Model) -> Option<&'m str> {
    let only = |one: &'m Model, other: &'m Model| {
        let differs = |event: &&'m Event| {
            let twin = other.events.iter().find(|twin| twin.name == event.name);
            twin.is_some_and(|twin| {
                let [own, others] = [names(one, event), names(other, twin)];
                let knows = |name: &&str| other.properties.iter().any(|known| known.name == **name);
                own.difference(&others).any(knows)
            })
        };
        one.events.iter().find(differs).map(|event| event.name.as_str())
    };
    only(old, new).or_else(|| only(new, old))
}

/// The names of an event's properties.
fn names<'m>(model: &'m Model, event: &Event) -> BTreeSet<&'m str> {
    let properties = event
        .properties
        .iter()
        .filter_map(|id| model.properties.get(id.index()));
    properties.map(|property| property.name.as_str()).collect()
}

fn same_property(joint: &mut Model, property: &Property) -> Result<PropertyId, Reason> {
    let same = |known: &Property| known.name == property.name && known.of == property.of;
    match joint.properties.iter().position(same) {
        Some(known) => Ok(PropertyId(known as u32)),
        None if joint.properties.iter().any(|known| known.name == property.name) => {
            Err(Reason::Property(property.name.clone()))
        }
        None => {
            joint.properties.push(property.clone());
            Ok(PropertyId(joint.properties.len() as u32 - 1))
        }
    }
}

/// The event of a name in the joint model, with the properties of both.
fn same_event(joint: &mut Model, event: &Event, properties: &[PropertyId]) -> Result<EventId, Reason> {
    let own = event
        .properties
        .iter()
        .filter_map(|id| properties.get(id.index()).copied());
    let Some(place) = joint.events.iter().position(|known| known.name == event.name) else {
        joint.events.push(Event {
            properties: own.collect(),
            ..event.clone()
        });
        return Ok(EventId(joint.events.len() as u32 - 1));
    };
    if let Some(known) = joint.events.get_mut(place) {
        if known.passive != event.passive {
            return Err(Reason::Passive(event.name.clone()));
        }
        let of_both: BTreeSet<PropertyId> = known.properties.iter().copied().chain(own).collect();
        known.properties = of_both.into_iter().collect();
    }
    Ok(EventId(place as u32))
}
