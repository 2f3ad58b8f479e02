//! One of several declared texts, in whatever spelling.

use std::collections::HashMap;
use std::sync::Arc;

use crate::table::Texts;
use crate::text::fold;

/// Finds the declared spelling of a text.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    /// The texts.
    pub(super) declared: Arc<[String]>,
    /// Which declared one each folded text is.
    folded: HashMap<String, usize>,
    /// Texts in any spelling, and which declared one each of them is.
    seen: Texts,
    seen_as: Vec<Option<usize>>,
}

impl Choice {
    /// The most bytes of spellings that are remembered.
    const MOST_SEEN: usize = 1 << 20;

    /// The declared texts.
    pub(super) fn new(declared: &Arc<[String]>) -> Choice {
        let mut folded = HashMap::new();
        for (place, value) in declared.iter().enumerate() {
            folded.entry(fold(value)).or_insert(place);
        }
        Choice {
            declared: Arc::clone(declared),
            folded,
            seen: Texts::default(),
            seen_as: Vec::new(),
        }
    }

    /// The declared spelling of a text; `None` where none is declared.
    pub(super) fn declared(&mut self, text: &str) -> Option<&str> {
        let place = match self.seen.find(text) {
            Some(code) => self.seen_as.get(code as usize).copied().flatten(),
            None => self.meet(text),
        };
        self.declared.get(place?).map(String::as_str)
    }

    /// Two declared texts are never one when they are folded, so that folding finds each of them too.
    fn meet(&mut self, text: &str) -> Option<usize> {
        let place = self.folded.get(&fold(text)).copied();
        if self.seen.bytes() + text.len() > Self::MOST_SEEN {
            self.seen.clear();
            self.seen_as.clear();
        }
        self.seen.code(text);
        self.seen_as.push(place);
        place
    }
}
