//! Ids of contacts, and where each stands: a table that is looked up for every event.

use std::hash::BuildHasher;

use hashbrown::DefaultHashBuilder;

use super::Texts;
use super::numbered::Numbered;
use super::slots::Slots;
use super::uuids::Uuids;

/// Distinct ids in rows. Those that were [added](Self::add) are found at once; those that were only
/// [put](Self::put) there are looked for one after the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Ids {
    texts: Texts,
    index: Index,
    /// How many of the first ids are in the index.
    indexed: usize,
}

/// How ids are found: by their numbers or as UUIDs as long as all are such, else by tags.
#[derive(Clone, Debug)]
enum Index {
    Numbered(Numbered),
    Uuids(Uuids),
    Tagged(Tagged),
}

impl Default for Index {
    fn default() -> Self {
        Index::Numbered(Numbered::default())
    }
}

/// So many ids are looked up together, so that the processor waits for their memory together.
pub(super) const AT_ONCE: usize = 64;

impl Ids {
    /// Adds an id, and returns its row, or the row of the same id that was there.
    pub(super) fn add(&mut self, id: &str) -> Result<u32, u32> {
        self.index_all();
        let row = self.texts.put(id);
        self.index_next()
            .map(|()| row)
            .inspect_err(|_| self.texts.truncate(row as usize))
    }

    /// Adds the ids of others, in their order. Where one was there, returns its row among the others and the row of the one
    /// that was there; those before it are added.
    pub(super) fn append(&mut self, others: &Ids) -> Result<(), (usize, u32)> {
        self.index_all();
        let first = self.texts.len();
        self.texts.append(&others.texts);
        for row in 0..others.len() {
            if let Err(known) = self.index_next() {
                self.texts.truncate(first + row);
                return Err((row, known));
            }
        }
        Ok(())
    }

    /// Puts all ids into the index. Of those that were only put there and come twice, the first is found.
    fn index_all(&mut self) {
        while self.indexed < self.texts.len() {
            if self.index_next().is_err() {
                self.indexed += 1;
            }
        }
    }

    /// Puts the first id into the index that is not there yet, unless the same one is, whose row is returned.
    fn index_next(&mut self) -> Result<(), u32> {
        let row = self.indexed as u32;
        let added = self.index.add(row, &self.texts).unwrap_or_else(|| {
            self.index = Index::of(&self.texts, row);
            Ok(())
        });
        self.indexed += usize::from(added.is_ok());
        added
    }

    /// Puts an id in the next row, which is not to be looked for.
    pub(super) fn put(&mut self, id: &str) {
        self.texts.put(id);
    }

    /// The row of an id.
    pub(super) fn find(&self, id: &str) -> Option<u32> {
        let of_indexed = self.index.find(id, &self.texts);
        of_indexed.or_else(|| (self.indexed as u32..self.texts.len() as u32).find(|row| self.texts.is(*row, id)))
    }

    /// Adds the row of each of these ids, [`u32::MAX`] where there is none.
    pub(super) fn find_all(&self, ids: &[impl AsRef<str>], rows: &mut Vec<u32>) {
        match &self.index {
            _ if self.indexed < self.texts.len() => {
                rows.extend(ids.iter().map(|id| self.find(id.as_ref()).unwrap_or(u32::MAX)));
            }
            Index::Numbered(numbered) => numbered.find_all(ids, rows),
            Index::Uuids(uuids) => uuids.find_all(ids, rows),
            Index::Tagged(tagged) => tagged.find_all(ids, &self.texts, rows),
        }
    }

    /// The id of a row.
    pub(super) fn text(&self, row: usize) -> &str {
        self.texts.text(row as u32)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }
}

impl Index {
    /// The index of ids up to a row that have no numbers.
    fn of(ids: &Texts, last: u32) -> Index {
        let mut uuids = Uuids::default();
        if (0..=last).all(|row| uuids.add(ids.text(row), row) == Some(Ok(()))) {
            return Index::Uuids(uuids);
        }
        let mut tagged = Tagged::default();
        for row in 0..=last {
            tagged.insert(ids.text(row), row);
        }
        Index::Tagged(tagged)
    }

    /// Adds the id of a row, or finds the row of the same id that is there; `None`, and nothing added, where the id is of
    /// another kind.
    fn add(&mut self, row: u32, texts: &Texts) -> Option<Result<(), u32>> {
        let id = texts.text(row);
        match self {
            Index::Numbered(numbered) => numbered.add(id, row),
            Index::Uuids(uuids) => uuids.add(id, row),
            Index::Tagged(tagged) => Some(match tagged.find(id, texts) {
                Some(known) => Err(known),
                None => {
                    tagged.insert(id, row);
                    Ok(())
                }
            }),
        }
    }

    fn find(&self, id: &str, texts: &Texts) -> Option<u32> {
        match self {
            Index::Numbered(numbered) => numbered.find(id),
            Index::Uuids(uuids) => uuids.find(id),
            Index::Tagged(tagged) => tagged.find(id, texts),
        }
    }
}

/// Rows by the tags of their ids.
#[derive(Clone, Debug, Default)]
struct Tagged {
    slots: Slots,
    hasher: DefaultHashBuilder,
}

impl Tagged {
    fn insert(&mut self, id: &str, row: u32) {
        self.slots.insert(self.tag(id), row);
    }

    fn find(&self, id: &str, texts: &Texts) -> Option<u32> {
        self.slots.rows(self.tag(id)).find(|row| texts.is(*row, id))
    }

    fn find_all(&self, ids: &[impl AsRef<str>], texts: &Texts, rows: &mut Vec<u32>) {
        let mut found = [(0, 0, u32::MAX); AT_ONCE];
        for ids in ids.chunks(AT_ONCE) {
            // Each loop reads memory at places that do not depend on each other.
            for (id, (tag, slot, _)) in ids.iter().zip(&mut found) {
                *tag = self.tag(id.as_ref());
                *slot = self.slots.first(*tag);
            }
            for (id, (tag, slot, row)) in ids.iter().zip(&mut found) {
                let first = Slots::row_in(*slot, *tag).filter(|row| texts.is(*row, id.as_ref()));
                *row = first.unwrap_or(u32::MAX);
            }
            for (id, (_, slot, row)) in ids.iter().zip(&found) {
                let is_settled = *row != u32::MAX || *slot == 0;
                rows.push(if is_settled {
                    *row
                } else {
                    self.find(id.as_ref(), texts).unwrap_or(u32::MAX)
                });
            }
        }
    }

    fn tag(&self, id: &str) -> u32 {
        (self.hasher.hash_one(id) >> 32) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_found_in_its_row_and_no_other() {
        let mut ids = Ids::default();
        for row in 0..5_000u32 {
            assert_eq!(ids.add(&format!("c{row}")), Ok(row));
        }
        assert_eq!(
            (ids.find("c17"), ids.find("c017"), ids.find("c5000")),
            (Some(17), None, None)
        );
        assert!(matches!(ids.index, Index::Numbered(_)));
        assert_eq!(ids.add("c17"), Err(17));
        assert_eq!(ids.add(""), Ok(5_000));
        assert!(matches!(ids.index, Index::Tagged(_)));
        let wanted: Vec<String> = (0..6_000).map(|row| format!("c{row}")).collect();
        let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
        let mut rows = Vec::new();
        ids.find_all(&wanted, &mut rows);
        let expected: Vec<u32> = (0..6_000).map(|row| if row < 5_000 { row } else { u32::MAX }).collect();
        assert_eq!(rows, expected);
        assert_eq!(
            (ids.find("c4999"), ids.find(""), ids.find("c5000")),
            (Some(4_999), Some(5_000), None)
        );
    }

    #[test]
    fn an_index_of_uuids_lasts_until_another_id_comes() {
        let uuid = |row: u32| format!("{:08x}-0000-4000-8000-{row:012x}", row.wrapping_mul(0x9E37_79B9));
        let mut ids = Ids::default();
        for row in 0..3_000 {
            assert_eq!(ids.add(&uuid(row)), Ok(row));
        }
        assert!(matches!(ids.index, Index::Uuids(_)));
        let mut rows = Vec::new();
        ids.find_all(&[uuid(7), uuid(3_000), "x".to_owned(), uuid(2_999)], &mut rows);
        assert_eq!(rows, [7, u32::MAX, u32::MAX, 2_999]);
        assert_eq!((ids.add(&uuid(17)), ids.add("x")), (Err(17), Ok(3_000)));
        assert!(matches!(ids.index, Index::Tagged(_)));
        assert_eq!(
            (ids.find(&uuid(17)), ids.find("x"), ids.find("y")),
            (Some(17), Some(3_000), None)
        );
    }

    #[test]
    fn ids_that_are_only_put_there_are_found_too() {
        let mut ids = Ids::default();
        ids.put("a");
        ids.put("b");
        let mut rows = Vec::new();
        ids.find_all(&["b", "c"], &mut rows);
        assert_eq!((ids.find("a"), rows), (Some(0), vec![1, u32::MAX]));
        assert_eq!((ids.add("b"), ids.add("c"), ids.find("b")), (Err(1), Ok(2), Some(1)));
        assert_eq!(Ids::default().find("a"), None);
    }
}
