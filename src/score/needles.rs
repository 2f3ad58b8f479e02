//! Many texts looked for in one text at once, so that a list of ten thousand costs little more than one of ten.

/// So few are looked for one after the other: that is faster.
const FEW: usize = 8;

/// What is known of some texts, folded and sorted, that are looked for together.
#[derive(Debug)]
pub(super) struct Needles {
    /// For each of them, the place of the longest other one with which it begins.
    shorter: Vec<Option<usize>>,
}

impl Needles {
    /// Looks at some texts; `None` where they are few.
    pub(super) fn of(texts: &[Box<str>]) -> Option<Needles> {
        if texts.len() <= FEW {
            return None;
        }
        let mut shorter: Vec<Option<usize>> = Vec::with_capacity(texts.len());
        for (place, text) in texts.iter().enumerate() {
            let begins = |at: &usize| texts.get(*at).is_some_and(|other| text.starts_with(&**other));
            // In order, a text stands behind those with which it begins, and only such stand between that begin alike.
            let mut at = place.checked_sub(1);
            while let Some(other) = at.filter(|at| !begins(at)) {
                at = shorter.get(other).copied().flatten();
            }
            shorter.push(at);
        }
        Some(Needles { shorter })
    }

    /// Whether one of the texts stands in another text at a place that is right: from a byte up to, not including,
    /// another.
    pub(super) fn are_in(&self, folded: &str, texts: &[Box<str>], is_right: impl Fn(usize, usize) -> bool) -> bool {
        folded.char_indices().any(|(start, _)| {
            let rest = folded.get(start..).unwrap_or_default();
            // INVARIANT: all with which the rest begins are the last that is not behind it, in order, and those with
            // which that one begins.
            let mut at = texts.partition_point(|text| **text <= *rest).checked_sub(1);
            while let Some((place, text)) = at.and_then(|place| Some((place, texts.get(place)?))) {
                if rest.starts_with(&**text) && is_right(start, start + text.len()) {
                    return true;
                }
                at = self.shorter.get(place).copied().flatten();
            }
            false
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    /// Texts of up to five letters, and some of the short ones as needles.
    #[test]
    fn what_is_found_is_what_each_of_them_finds() {
        let letters = ["a", "b", " ", "é"];
        let mut all: Vec<String> = vec![String::new()];
        for _ in 0..5 {
            let longer = all
                .iter()
                .flat_map(|text| letters.map(|letter| format!("{text}{letter}")));
            all = all.iter().cloned().chain(longer).collect();
            all.sort_unstable();
            all.dedup();
        }
        let short: Vec<&String> = all.iter().filter(|text| (1..=4).contains(&text.len())).collect();
        for step in [7, 11, 13, 17] {
            let needles: Vec<Box<str>> = short.iter().step_by(step).map(|text| text.as_str().into()).collect();
            let found = Needles::of(&needles).unwrap();
            for text in &all {
                let one_by_one = needles.iter().any(|needle| text.contains(&**needle));
                assert_eq!(found.are_in(text, &needles, |_, _| true), one_by_one, "{text:?}");
                let one_by_one = needles.iter().any(|needle| text::contains_word(text, needle));
                let is_word = |start, end| text::is_word(text, start, end);
                assert_eq!(found.are_in(text, &needles, is_word), one_by_one, "{text:?}");
            }
        }
    }

    #[test]
    fn few_are_looked_for_one_after_the_other() {
        assert!(Needles::of(&["a".into(), "b".into()]).is_none());
    }
}
