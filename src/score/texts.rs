//! Texts: every test runs once for each distinct text, and its results are kept as long as the dictionary lives.

use std::num::NonZeroUsize;
use std::ops::Range;

use crate::plan::{NodeId, TextBase, TextPlan, TextSource};
use crate::table::{Column, Texts};
use crate::text;
use crate::threads::in_ranges;

/// What is known of the texts that nodes read, by their codes in the dictionaries of their columns. A domain goes by
/// the code of the text whose domain it is.
#[derive(Debug)]
pub(super) struct TextResults<'a> {
    plan: &'a TextPlan,
    known: Vec<Known>,
    /// All folded texts that are compared with others, so that equal ones have one code.
    folded: Texts,
}

/// What is known of the texts of one source.
#[derive(Debug, Default)]
struct Known {
    generation: Option<u64>,
    done: usize,
    /// For each test the result of each text, 0 or 1, and behind them a 0 for what is missing.
    results: Vec<Vec<u8>>,
    /// The code of each text's folded form, where texts are compared; missing where the text has no domain.
    folded: Vec<u32>,
}

/// So many texts are looked at by a thread at once.
const AT_ONCE: usize = 1 << 14;

impl<'a> TextResults<'a> {
    /// Nothing known yet.
    pub(super) fn new(plan: &'a TextPlan) -> TextResults<'a> {
        TextResults {
            plan,
            known: plan.sources().iter().map(|_| Known::default()).collect(),
            folded: Texts::default(),
        }
    }

    /// Looks at the texts of these columns that are new since the last time, on so many threads.
    pub(super) fn refresh(&mut self, columns: &[Column], threads: NonZeroUsize) {
        for (source, known) in self.plan.sources().iter().zip(&mut self.known) {
            match &source.base {
                TextBase::Column(column) => {
                    if let Some(texts) = column_texts(columns, *column) {
                        known.refresh(source, texts, &mut self.folded, threads);
                    }
                }
                TextBase::Literal(literal) if known.generation.is_none() => {
                    let mut texts = Texts::default();
                    texts.code(literal);
                    known.refresh(source, &texts, &mut self.folded, threads);
                }
                TextBase::Literal(_) => {}
            }
        }
    }

    /// The results of a node's test.
    pub(super) fn results(&self, node: NodeId) -> Results<'_> {
        let tested = self.plan.test_of(node);
        let results = tested.and_then(|(source, test)| self.known.get(source)?.results.get(test));
        Results(results.map_or(&[], Vec::as_slice))
    }

    /// How many bytes the folded texts take that are kept whatever becomes of the dictionaries.
    pub(super) fn bytes(&self) -> usize {
        self.folded.bytes()
    }

    /// The codes here of another run's folded texts, by their codes there.
    pub(super) fn learn_folded(&mut self, other: &TextResults<'_>) -> Vec<u32> {
        other.folded.iter().map(|text| self.folded.code(text)).collect()
    }

    /// Whether a node tests texts.
    pub(super) fn is_tested(&self, node: NodeId) -> bool {
        self.plan.test_of(node).is_some()
    }

    /// The codes of the folded texts, by the codes of a node's texts.
    pub(super) fn folded(&self, node: NodeId) -> &[u32] {
        self.folded_of(self.plan.source_of(node))
    }

    /// The codes of the folded texts, by the codes of a column's texts.
    pub(super) fn folded_column(&self, column: u32) -> &[u32] {
        self.folded_of(self.plan.source_of_column(column))
    }

    fn folded_of(&self, source: Option<usize>) -> &[u32] {
        let known = source.and_then(|place| self.known.get(place));
        known.map_or(&[], |known| &known.folded)
    }

    /// The text of a node that goes by a code; `None` where it is missing.
    pub(super) fn text<'t>(&'t self, columns: &'t [Column], node: NodeId, code: u32) -> Option<&'t str> {
        let source = self.plan.sources().get(self.plan.source_of(node)?)?;
        match &source.base {
            _ if code == Column::NO_TEXT => None,
            TextBase::Column(column) => source.text(column_texts(columns, *column)?.text(code)),
            TextBase::Literal(literal) => source.text(literal),
        }
    }
}

/// The results of a test by the codes of texts.
#[derive(Clone, Copy)]
pub(super) struct Results<'a>(&'a [u8]);

impl Results<'_> {
    /// 1 where the text of a code passes, 0 where it does not or is missing.
    #[inline]
    pub(super) fn of(self, code: u32) -> u8 {
        // All codes past the texts are taken for the last place, which says no: without a branch on what is missing.
        let place = (code as usize).min(self.0.len().saturating_sub(1));
        self.0.get(place).copied().unwrap_or(0)
    }
}

/// The dictionary of a column of texts or lists.
fn column_texts(columns: &[Column], column: u32) -> Option<&Texts> {
    match columns.get(column as usize)? {
        Column::Text { texts, .. } | Column::List { texts, .. } => Some(texts),
        Column::Number(_) | Column::Boolean(_) | Column::Date(_) => None,
    }
}

impl Known {
    fn refresh(&mut self, source: &TextSource, texts: &Texts, all_folded: &mut Texts, threads: NonZeroUsize) {
        if self.generation != Some(texts.generation()) {
            self.generation = Some(texts.generation());
            self.done = 0;
            self.results.resize_with(source.tests.len(), Vec::new);
            self.results.iter_mut().for_each(Vec::clear);
            self.folded.clear();
        }
        if self.done < texts.len() {
            self.test(source, texts, threads);
            self.compare(source, texts, all_folded);
            self.done = texts.len();
        }
    }

    /// Tests the texts that are new.
    fn test(&mut self, source: &TextSource, texts: &Texts, threads: NonZeroUsize) {
        if source.tests.is_empty() {
            return;
        }
        for results in &mut self.results {
            results.resize(texts.len() + 1, 0);
        }
        let (done, new) = (self.done, texts.len() - self.done);
        let mut buffers = vec![String::new(); threads.get().min(new.div_ceil(AT_ONCE)).max(1)];
        let passed = in_ranges(&mut buffers, new, AT_ONCE, |buffer, range| {
            test_texts(source, texts, done + range.start..done + range.end, buffer)
        });
        for (test, code) in passed.into_iter().flatten() {
            let results = self.results.get_mut(test as usize);
            if let Some(result) = results.and_then(|results| results.get_mut(code as usize)) {
                *result = 1;
            }
        }
    }

    /// Finds the codes of the new texts' folded forms.
    fn compare(&mut self, source: &TextSource, texts: &Texts, all_folded: &mut Texts) {
        if source.compared {
            let mut folded = String::new();
            for code in self.done..texts.len() {
                self.folded.push(match source.text(texts.text(code as u32)) {
                    Some(text) => {
                        text::fold_into(text, &mut folded);
                        all_folded.code(&folded)
                    }
                    None => Column::NO_TEXT,
                });
            }
        }
    }
}

/// The tests that texts pass, and their codes.
fn test_texts(source: &TextSource, texts: &Texts, codes: Range<usize>, folded: &mut String) -> Vec<(u32, u32)> {
    let mut passed = Vec::new();
    let read_folded = source.tests.read_folded();
    for code in codes {
        let code = code as u32;
        if let Some(text) = source.text(texts.text(code))
            && source.tests.may_pass(text)
        {
            if read_folded {
                text::fold_into(text, folded);
            }
            source.tests.each_passed(text, folded, |test| passed.push((test, code)));
        }
    }
    passed
}
