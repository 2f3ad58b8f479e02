//! Texts: what a graph asks of each column's texts, put together so that one look at a text answers all of it.

use aho_corasick::AhoCorasick;

use crate::builtins;
use crate::model::Regex;
use crate::table::Texts;
use crate::text;

use super::TextTest;
use super::graph::{Graph, NodeId, Operation, Shape};

/// What the nodes of a graph ask of texts.
#[derive(Clone, Debug, Default)]
pub struct TextPlan {
    sources: Vec<TextSource>,
    /// The source of each node that is a text, by its place in the graph.
    texts: Vec<Option<u32>>,
    /// The source and the test of each node that tests texts, by its place in the graph.
    tests: Vec<Option<(u32, u32)>>,
}

/// Texts of one origin, and what is asked of each.
#[derive(Clone, Debug)]
pub struct TextSource {
    /// Where they come from.
    pub base: TextBase,
    /// How often not they, but what [`domain`](builtins::domain) makes of them is meant.
    pub domains: u32,
    /// The tests.
    pub tests: TextTests,
    /// Whether they are compared with other texts.
    pub compared: bool,
}

/// Where texts come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextBase {
    /// A column of texts or lists.
    Column(u32),
    /// The file: one text.
    Literal(Box<str>),
}

impl TextPlan {
    /// What these nodes ask, of which some may also tell the texts of columns apart.
    pub(super) fn new(graph: &Graph, steps: &[NodeId], told_apart: impl Iterator<Item = u32>) -> TextPlan {
        let nodes = graph.nodes().len();
        let mut plan = TextPlan {
            sources: Vec::new(),
            texts: vec![None; nodes],
            tests: vec![None; nodes],
        };
        for step in steps {
            if let Some(node) = graph.node(*step) {
                plan.add(graph, *step, &node.operation);
            }
        }
        for column in told_apart {
            let place = plan.source(TextBase::Column(column), 0);
            plan.compare(place);
        }
        for source in &mut plan.sources {
            source.tests.settle();
        }
        plan
    }

    /// The sources.
    pub fn sources(&self) -> &[TextSource] {
        &self.sources
    }

    /// The place of the source of a node's texts.
    pub fn source_of(&self, node: NodeId) -> Option<usize> {
        let place = self.texts.get(node.index()).copied().flatten()?;
        Some(place as usize)
    }

    /// The places of the source that a node tests, and of its test there.
    pub fn test_of(&self, node: NodeId) -> Option<(usize, usize)> {
        let (source, test) = self.tests.get(node.index()).copied().flatten()?;
        Some((source as usize, test as usize))
    }

    /// The place of the source of a column's texts.
    pub fn source_of_column(&self, column: u32) -> Option<usize> {
        let is_it = |source: &TextSource| source.domains == 0 && source.base == TextBase::Column(column);
        self.sources.iter().position(is_it)
    }

    fn add(&mut self, graph: &Graph, id: NodeId, operation: &Operation) {
        match operation {
            Operation::Text(_) | Operation::Domain(_) => {
                self.node_source(graph, id);
            }
            Operation::Column(_) if graph.shape(id) == Shape::Text => {
                self.node_source(graph, id);
            }
            Operation::TextIs(of, test) => {
                let source = self.node_source(graph, *of);
                self.test(id, source, |tests| tests.add(test));
            }
            Operation::Holds(column, texts) => {
                let source = self.source(TextBase::Column(*column), 0);
                self.test(id, Some(source), |tests| tests.add_equal(texts));
            }
            Operation::Known(of) if is_domain(graph, *of) => {
                let source = self.node_source(graph, *of);
                self.test(id, source, TextTests::add_any);
            }
            Operation::SameText(one, two) => {
                for of in [one, two] {
                    if let Some(place) = self.node_source(graph, *of) {
                        self.compare(place);
                    }
                }
            }
            // All others leave texts alone.
            _ => {}
        }
    }

    fn test(&mut self, id: NodeId, source: Option<usize>, add: impl FnOnce(&mut TextTests) -> u32) {
        let found = source.and_then(|place| Some((place, self.sources.get_mut(place)?)));
        if let (Some((place, source)), Some(test)) = (found, self.tests.get_mut(id.index())) {
            *test = Some((place as u32, add(&mut source.tests)));
        }
    }

    fn compare(&mut self, place: usize) {
        if let Some(source) = self.sources.get_mut(place) {
            source.compared = true;
        }
    }

    /// The place of the source of a node's texts, which is made where there is none yet.
    fn node_source(&mut self, graph: &Graph, node: NodeId) -> Option<usize> {
        let (mut base, mut domains) = (node, 0);
        while let Some(Operation::Domain(of)) = graph.node(base).map(|node| &node.operation) {
            (base, domains) = (*of, domains + 1);
        }
        let base = match &graph.node(base)?.operation {
            Operation::Column(column) => TextBase::Column(*column),
            Operation::Text(literal) => TextBase::Literal(literal.clone()),
            // No other operation makes a text.
            _ => return None,
        };
        let place = self.source(base, domains);
        if let Some(text) = self.texts.get_mut(node.index()) {
            *text = Some(place as u32);
        }
        Some(place)
    }

    fn source(&mut self, base: TextBase, domains: u32) -> usize {
        let is_it = |source: &TextSource| source.domains == domains && source.base == base;
        match self.sources.iter().position(is_it) {
            Some(place) => place,
            None => {
                self.sources.push(TextSource {
                    base,
                    domains,
                    tests: TextTests::default(),
                    compared: false,
                });
                self.sources.len() - 1
            }
        }
    }
}

fn is_domain(graph: &Graph, node: NodeId) -> bool {
    matches!(graph.node(node).map(|node| &node.operation), Some(Operation::Domain(_)))
}

impl TextSource {
    /// The text that is meant where a base text stands; `None` where it has no domain.
    pub fn text<'t>(&self, base: &'t str) -> Option<&'t str> {
        (0..self.domains).try_fold(base, |text, _| builtins::domain(text))
    }
}

/// Tests of the same texts. Each has a number: 0, 1, 2, …
#[derive(Clone, Debug, Default)]
pub struct TextTests {
    count: u32,
    /// How many of them a text passes that equals another.
    equal_tests: u32,
    /// Those that every text passes.
    any: Vec<u32>,
    /// Texts, and the tests that they pass.
    equal: Texts,
    by_equal: Vec<Vec<u32>>,
    /// The [glances](glance) at those texts, a bit each.
    glances: [u64; 4],
    /// Texts, and the tests that are passed where they stand in a text.
    sought: Texts,
    by_sought: Vec<Vec<Sought>>,
    /// Finds the sought texts; `None` where they are few.
    automaton: Option<AhoCorasick>,
    starts: Vec<(Box<str>, u32)>,
    ends: Vec<(Box<str>, u32)>,
    matches: Vec<(Regex, u32)>,
}

#[derive(Clone, Copy, Debug)]
struct Sought {
    test: u32,
    /// Whether the text has to stand there as a word.
    word: bool,
}

/// So few texts are looked for one after the other: that is faster.
const FEW: usize = 8;

impl TextTests {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.count as usize
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whether one of them looks at folded texts.
    pub fn read_folded(&self) -> bool {
        !(self.equal.is_empty() && self.sought.is_empty() && self.starts.is_empty() && self.ends.is_empty())
    }

    /// Whether a text may pass one of them; where it is plain at a glance that it passes none, it need not be folded.
    pub fn may_pass(&self, text: &str) -> bool {
        let only_equal = self.count == self.equal_tests;
        let (word, bit) = glance(text);
        let seen = self.glances.get(word).is_some_and(|bits| bits & bit != 0);
        seen || !only_equal || !text.is_ascii()
    }

    /// Tells the tests that a text passes, given with its folded form, which may be left out where
    /// [none looks at it](Self::read_folded). One may be told several times.
    pub fn each_passed(&self, text: &str, folded: &str, mut pass: impl FnMut(u32)) {
        self.any.iter().for_each(|test| pass(*test));
        if self.equal_tests > 0
            && let Some(code) = self.equal.find(folded)
        {
            let tests = self.by_equal.get(code as usize).into_iter().flatten();
            tests.for_each(|test| pass(*test));
        }
        match &self.automaton {
            Some(automaton) => self.find_together(automaton, folded, &mut pass),
            None => self.find_one_by_one(folded, &mut pass),
        }
        let starts = self.starts.iter().filter(|(literal, _)| folded.starts_with(&**literal));
        starts.for_each(|(_, test)| pass(*test));
        let ends = self.ends.iter().filter(|(literal, _)| folded.ends_with(&**literal));
        ends.for_each(|(_, test)| pass(*test));
        let matches = self.matches.iter().filter(|(regex, _)| regex.0.is_match(text));
        matches.for_each(|(_, test)| pass(*test));
    }

    fn find_together(&self, automaton: &AhoCorasick, folded: &str, pass: &mut impl FnMut(u32)) {
        let all = automaton.try_find_overlapping_iter(folded).into_iter().flatten();
        for found in all {
            for sought in self.by_sought.get(found.pattern().as_usize()).into_iter().flatten() {
                if !sought.word || text::is_word(folded, found.start(), found.end()) {
                    pass(sought.test);
                }
            }
        }
    }

    fn find_one_by_one(&self, folded: &str, pass: &mut impl FnMut(u32)) {
        for (literal, tests) in self.sought.iter().zip(&self.by_sought) {
            if folded.contains(literal) {
                for sought in tests {
                    if !sought.word || text::contains_word(folded, literal) {
                        pass(sought.test);
                    }
                }
            }
        }
    }

    fn add(&mut self, test: &TextTest) -> u32 {
        match test {
            TextTest::Is(literals) => self.add_equal(literals),
            TextTest::Contains(literals) => self.add_sought(literals, false),
            TextTest::ContainsWord(literals) => self.add_sought(literals, true),
            TextTest::StartsWith(literal) => {
                self.starts.push((literal.clone(), self.count));
                self.next()
            }
            TextTest::EndsWith(literal) => {
                self.ends.push((literal.clone(), self.count));
                self.next()
            }
            TextTest::Matches(regex) => {
                self.matches.push((regex.clone(), self.count));
                self.next()
            }
        }
    }

    /// Adds the test that every text passes.
    fn add_any(&mut self) -> u32 {
        self.any.push(self.count);
        self.next()
    }

    fn add_equal(&mut self, literals: &[Box<str>]) -> u32 {
        for literal in literals {
            let code = self.equal.code(literal);
            push(&mut self.by_equal, code, self.count);
            let (word, bit) = glance(literal);
            if let Some(bits) = self.glances.get_mut(word) {
                *bits |= bit;
            }
        }
        self.equal_tests += 1;
        self.next()
    }

    fn add_sought(&mut self, literals: &[Box<str>], word: bool) -> u32 {
        let test = self.count;
        for literal in literals {
            let code = self.sought.code(literal);
            push(&mut self.by_sought, code, Sought { test, word });
        }
        self.next()
    }

    fn next(&mut self) -> u32 {
        self.count += 1;
        self.count - 1
    }

    /// Prepares what looks for many texts at once. An empty text, which stands everywhere, is none of them.
    fn settle(&mut self) {
        let are_texts = self.sought.iter().all(|literal| !literal.is_empty());
        if self.sought.len() > FEW && are_texts {
            self.automaton = AhoCorasick::new(self.sought.iter()).ok();
        }
    }
}

/// A bit of one of four words, which a text of ASCII shares with its folded form, and hardly with other texts: it is
/// made of its length and its ends.
fn glance(text: &str) -> (usize, u64) {
    let of_end = |byte: Option<&u8>| byte.map_or(0, |byte| byte | 0x20);
    let (first, last) = (of_end(text.as_bytes().first()), of_end(text.as_bytes().last()));
    let mixed = (text.len() as u8).wrapping_mul(37) ^ first.wrapping_mul(11) ^ last.wrapping_mul(59);
    (usize::from(mixed / 64), 1 << (mixed % 64))
}

/// Adds to the list of a code.
fn push<T>(lists: &mut Vec<Vec<T>>, code: u32, thing: T) {
    let at = code as usize;
    if lists.len() <= at {
        lists.resize_with(at + 1, Vec::new);
    }
    if let Some(list) = lists.get_mut(at) {
        list.push(thing);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passed(tests: &TextTests, folded: &str) -> Vec<u32> {
        let mut passed = Vec::new();
        tests.each_passed(folded, folded, |test| passed.push(test));
        passed.sort_unstable();
        passed.dedup();
        passed
    }

    /// Whether a text passes a test, as the language says it.
    fn passes(test: &TextTest, folded: &str) -> bool {
        let one_of =
            |literals: &[Box<str>], holds: &dyn Fn(&str) -> bool| literals.iter().any(|literal| holds(literal));
        match test {
            TextTest::Is(literals) => one_of(literals, &|literal| folded == literal),
            TextTest::Contains(literals) => one_of(literals, &|literal| folded.contains(literal)),
            TextTest::ContainsWord(literals) => one_of(literals, &|literal| text::contains_word(folded, literal)),
            TextTest::StartsWith(literal) => folded.starts_with(&**literal),
            TextTest::EndsWith(literal) => folded.ends_with(&**literal),
            TextTest::Matches(regex) => regex.0.is_match(folded),
        }
    }

    /// All texts of up to five of some letters.
    fn texts() -> Vec<String> {
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
        all
    }

    #[test]
    fn together_tests_find_what_each_of_them_finds() {
        let all = texts();
        let short: Vec<Box<str>> = all
            .iter()
            .filter(|text| (1..=4).contains(&text.len()))
            .map(|text| text.as_str().into())
            .collect();
        for step in [1, 7, 13, 61, 97] {
            let of = |from: usize| short.iter().skip(from).step_by(step).cloned().collect::<Box<[_]>>();
            let mut alone = vec![
                TextTest::Contains(of(0)),
                TextTest::ContainsWord(of(0)),
                TextTest::ContainsWord(of(1)),
                TextTest::Contains(of(2)),
                TextTest::Is(of(0)),
                TextTest::Is(of(3)),
            ];
            alone.extend(short.iter().step_by(step).cloned().map(TextTest::StartsWith));
            alone.extend(short.iter().step_by(step).cloned().map(TextTest::EndsWith));
            let mut together = TextTests::default();
            for (test, number) in alone.iter().zip(0..) {
                assert_eq!(together.add(test), number);
            }
            together.settle();
            for text in &all {
                let numbered = alone.iter().zip(0..);
                let right: Vec<u32> = numbered
                    .filter(|(test, _)| passes(test, text))
                    .map(|(_, number)| number)
                    .collect();
                assert_eq!(passed(&together, text), right, "{text:?} in steps of {step}");
            }
        }
    }

    #[test]
    fn what_passes_shows_at_a_glance() {
        let mut tests = TextTests::default();
        let literals: Box<[Box<str>]> = ["gmail.com", "elysee.fr", "a", "[x]"].map(Box::from).into();
        tests.add(&TextTest::Is(literals.clone()));
        tests.settle();
        for text in ["gmail.com", "GMail.COM", "A", "[X]", "\u{c9}lys\u{e9}e.FR"] {
            assert!(
                literals.contains(&text::fold(text).into()) && tests.may_pass(text),
                "{text}"
            );
        }
        for text in ["", "acme.com", "gmail.co", "societe1212.example"] {
            assert!(!tests.may_pass(text), "{text}");
        }
        tests.add(&TextTest::Contains(["acme".into()].into()));
        assert!(tests.may_pass("societe1212.example"));
    }

    #[test]
    fn one_text_is_looked_for_by_itself() {
        let mut tests = TextTests::default();
        tests.add(&TextTest::Contains(["".into()].into()));
        tests.add(&TextTest::ContainsWord(["b".into()].into()));
        tests.settle();
        assert!(tests.automaton.is_none());
        assert_eq!(passed(&tests, "ab b"), [0, 1]);
        assert_eq!(passed(&tests, "ab"), [0]);
    }
}
