//! Whose events are: the contacts that they name in a column.

use std::borrow::Cow;

use super::block::{Block, OfDistinct, Raw};
use super::habits::Habits;
use crate::table::Contacts;

/// Whose the events of a block are.
pub(super) trait Holders {
    /// Adds the row of the contact of each of these events, [`u32::MAX`] where it has none that is known. `known` are the
    /// rows of the ids that came before.
    fn contacts<B: Block>(&self, block: &B, events: &[u32], known: &mut OfDistinct<u32>, contacts: &mut Vec<u32>);

    /// The id of an event's contact as it is written; `None` where none is.
    fn id<B: Block>(&self, block: &B, event: u32) -> Option<String>;
}

/// The contacts of events that name them in a column.
pub(super) struct Named<'a> {
    pub(super) contacts: &'a Contacts,
    pub(super) column: Option<usize>,
    pub(super) habits: &'a Habits,
}

/// So many ids are looked up together.
const IDS_AT_ONCE: usize = 64;

impl Holders for Named<'_> {
    fn contacts<B: Block>(&self, block: &B, events: &[u32], known: &mut OfDistinct<u32>, contacts: &mut Vec<u32>) {
        let Some(column) = self.column else {
            contacts.resize(events.len(), u32::MAX);
            return;
        };
        let Some(coded) = block.coded(column) else {
            let text = |event| block.text(event as usize, column);
            let value = |event| block.value(event as usize, column);
            return self.look_up(events.iter().copied(), text, value, contacts);
        };
        if !known.renew(coded) {
            // All at once, since each of them occurs: they lie one after the other, and are waited for together.
            let text = |code| match block.distinct(column, code) {
                Raw::Text(Cow::Borrowed(text)) => Some(text),
                _ => None,
            };
            let mut rows = Vec::with_capacity(coded.distinct);
            self.look_up(
                0..coded.distinct as u32,
                text,
                |code| block.distinct(column, code),
                &mut rows,
            );
            known.learn(rows.into_iter());
        }
        let row = |event: &u32| known.of(coded, *event, || u32::MAX).unwrap_or(u32::MAX);
        contacts.extend(events.iter().map(row));
    }

    fn id<B: Block>(&self, block: &B, event: u32) -> Option<String> {
        let value = block.value(event as usize, self.column?);
        Some(self.habits.name(&value)?.into_owned())
    }
}

impl Named<'_> {
    /// Adds the row of each of these ids, which is had at once where it is a text.
    fn look_up<'b>(
        &self,
        mut ids: impl Iterator<Item = u32>,
        text: impl Fn(u32) -> Option<&'b str>,
        value: impl Fn(u32) -> Raw<'b>,
        contacts: &mut Vec<u32>,
    ) {
        let (mut some, mut texts) = ([0; IDS_AT_ONCE], [""; IDS_AT_ONCE]);
        loop {
            let (mut count, mut are_texts) = (0, true);
            for ((own, own_text), id) in some.iter_mut().zip(&mut texts).zip(ids.by_ref()) {
                let text = text(id).and_then(|text| self.habits.name_text(text));
                are_texts &= text.is_some();
                (*own, *own_text) = (id, text.unwrap_or_default());
                count += 1;
            }
            if count == 0 {
                return;
            }
            if are_texts {
                self.contacts.rows(texts.get(..count).unwrap_or_default(), contacts);
                continue;
            }
            // No contact has an empty id.
            let others = some.iter().take(count).map(|id| {
                let value = value(*id);
                self.habits.name(&value).map(Cow::into_owned).unwrap_or_default()
            });
            self.contacts.rows(&others.collect::<Vec<String>>(), contacts);
        }
    }
}
