//! Texts: every test runs once for each distinct text, and its results are kept as long as the dictionary lives.

use std::collections::HashMap;

use crate::builtins;
use crate::plan::{Graph, NodeId, Operation, TextTest};
use crate::table::{Column, Texts};
use crate::text;

use super::needles::Needles;

/// Where texts come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Origin {
    /// A column of texts or lists.
    Column(u32),
    /// A node that makes texts: a literal, or the domains of other texts.
    Node(NodeId),
}

/// The results for all texts that nodes read.
#[derive(Debug, Default)]
pub(super) struct TextResults {
    sources: Vec<Source>,
    places: HashMap<Origin, usize>,
    /// The source and the test of each node that tests texts.
    tests: HashMap<NodeId, (usize, usize)>,
    /// All folded texts that are compared with others, so that equal ones have one code.
    folded: Texts,
}

/// The texts of one origin, and what is known of each.
#[derive(Debug)]
struct Source {
    origin: Origin,
    makes: Makes,
    generation: u64,
    done: usize,
    tests: Vec<Tested>,
    /// The code of each text's folded form, where texts are compared with each other.
    folded: Option<Vec<u32>>,
}

/// How a source comes to its texts.
#[derive(Debug)]
enum Makes {
    /// It has those of a column.
    Nothing,
    /// It has one.
    Literal(Texts),
    /// It has the domains of another source's texts, by their codes.
    Domains { of: usize, codes: Vec<u32>, texts: Texts },
}

#[derive(Debug)]
struct Tested {
    test: TextTest,
    /// Where the test looks for many texts.
    needles: Option<Needles>,
    results: Vec<u8>,
}

impl TextResults {
    /// Nothing known yet of the texts that these nodes read, and of the columns whose texts are told apart.
    pub(super) fn new(graph: &Graph, steps: &[NodeId], told_apart: impl Iterator<Item = u32>) -> TextResults {
        let mut results = TextResults::default();
        for step in steps {
            if let Some(node) = graph.node(*step) {
                results.prepare(graph, *step, &node.operation);
            }
        }
        for column in told_apart {
            results.compare(Origin::Column(column));
        }
        results
    }

    fn prepare(&mut self, graph: &Graph, id: NodeId, operation: &Operation) {
        match operation {
            Operation::Text(literal) => self.add_literal(id, literal),
            Operation::Domain(of) => self.add_domains(graph, id, *of),
            Operation::TextIs(of, test) => self.add_test(id, origin(graph, *of), test.clone()),
            Operation::Holds(column, texts) => {
                self.add_test(id, Origin::Column(*column), TextTest::Is(texts.clone()));
            }
            Operation::SameText(one, two) => {
                self.compare(origin(graph, *one));
                self.compare(origin(graph, *two));
            }
            // All others leave texts alone, or take those of their operands as they are.
            _ => {}
        }
    }

    fn add_literal(&mut self, id: NodeId, literal: &str) {
        let mut texts = Texts::default();
        texts.code(literal);
        let place = self.source(Origin::Node(id));
        if let Some(source) = self.sources.get_mut(place) {
            source.makes = Makes::Literal(texts);
        }
    }

    fn add_domains(&mut self, graph: &Graph, id: NodeId, of: NodeId) {
        let of = self.source(origin(graph, of));
        let place = self.source(Origin::Node(id));
        if let Some(source) = self.sources.get_mut(place) {
            source.makes = Makes::Domains {
                of,
                codes: Vec::new(),
                texts: Texts::default(),
            };
        }
    }

    fn add_test(&mut self, id: NodeId, origin: Origin, test: TextTest) {
        let place = self.source(origin);
        if let Some(source) = self.sources.get_mut(place) {
            self.tests.insert(id, (place, source.tests.len()));
            source.tests.push(Tested::new(test));
        }
    }

    fn compare(&mut self, origin: Origin) {
        let place = self.source(origin);
        if let Some(source) = self.sources.get_mut(place) {
            source.folded.get_or_insert_default();
        }
    }

    fn source(&mut self, origin: Origin) -> usize {
        let next = self.sources.len();
        let place = *self.places.entry(origin).or_insert(next);
        if place == next {
            self.sources.push(Source {
                origin,
                makes: Makes::Nothing,
                generation: u64::MAX,
                done: 0,
                tests: Vec::new(),
                folded: None,
            });
        }
        place
    }

    /// Looks at the texts of these columns that are new since the last time.
    pub(super) fn refresh(&mut self, columns: &[Column]) {
        for place in 0..self.sources.len() {
            // INVARIANT: a source that makes texts from another's stands after it.
            let (before, rest) = self.sources.split_at_mut(place);
            if let Some(source) = rest.first_mut() {
                source.refresh(before, columns, &mut self.folded);
            }
        }
    }

    /// The result of a test, by the codes of the texts; 0 and 1.
    pub(super) fn results(&self, test: NodeId) -> &[u8] {
        let place = self.tests.get(&test);
        let tested = place.and_then(|(source, test)| self.sources.get(*source)?.tests.get(*test));
        tested.map_or(&[], |tested| &tested.results)
    }

    /// The codes of the domains, by the codes of the texts from which this node makes them.
    pub(super) fn domains(&self, node: NodeId) -> &[u32] {
        let source = self
            .places
            .get(&Origin::Node(node))
            .and_then(|place| self.sources.get(*place));
        match source.map(|source| &source.makes) {
            Some(Makes::Domains { codes, .. }) => codes,
            Some(Makes::Nothing | Makes::Literal(_)) | None => &[],
        }
    }

    /// The codes of the folded texts, by the codes of a node's texts.
    pub(super) fn folded(&self, graph: &Graph, node: NodeId) -> &[u32] {
        self.folded_of(origin(graph, node))
    }

    /// The codes of the folded texts, by the codes of a column's texts.
    pub(super) fn folded_column(&self, column: u32) -> &[u32] {
        self.folded_of(Origin::Column(column))
    }

    fn folded_of(&self, origin: Origin) -> &[u32] {
        let source = self.places.get(&origin).and_then(|place| self.sources.get(*place));
        source.and_then(|source| source.folded.as_deref()).unwrap_or_default()
    }

    /// The codes here of another run's folded texts, by their codes there.
    pub(super) fn learn_folded(&mut self, other: &TextResults) -> Vec<u32> {
        other.folded.iter().map(|text| self.folded.code(text)).collect()
    }

    /// A text of a node that makes texts.
    pub(super) fn made_text(&self, node: NodeId, code: u32) -> Option<&str> {
        let source = self
            .places
            .get(&Origin::Node(node))
            .and_then(|place| self.sources.get(*place))?;
        source.made().map(|texts| texts.text(code))
    }
}

fn origin(graph: &Graph, node: NodeId) -> Origin {
    if let Some(Operation::Column(column)) = graph.node(node).map(|node| &node.operation) {
        return Origin::Column(*column);
    }
    Origin::Node(node)
}

impl Source {
    fn made(&self) -> Option<&Texts> {
        match &self.makes {
            Makes::Nothing => None,
            Makes::Literal(texts) | Makes::Domains { texts, .. } => Some(texts),
        }
    }

    fn refresh(&mut self, before: &[Source], columns: &[Column], folded: &mut Texts) {
        if let Makes::Domains { of, codes, texts } = &mut self.makes
            && let Some(other) = before.get(*of)
            && let Some(origin) = other.made().or_else(|| column_texts(other.origin, columns))
        {
            make_domains(origin, codes, texts, other.generation != self.generation);
            self.generation = other.generation;
        }
        match &self.makes {
            Makes::Nothing => {
                let Some(texts) = column_texts(self.origin, columns) else {
                    return;
                };
                if texts.generation() != self.generation {
                    self.generation = texts.generation();
                    self.forget();
                }
                look_at(texts, self.done, &mut self.tests, self.folded.as_mut(), folded);
                self.done = texts.len();
            }
            Makes::Literal(texts) | Makes::Domains { texts, .. } => {
                look_at(texts, self.done, &mut self.tests, self.folded.as_mut(), folded);
                self.done = texts.len();
            }
        }
    }

    fn forget(&mut self) {
        self.done = 0;
        for tested in &mut self.tests {
            tested.results.clear();
        }
        if let Some(codes) = &mut self.folded {
            codes.clear();
        }
    }
}

fn column_texts(origin: Origin, columns: &[Column]) -> Option<&Texts> {
    let Origin::Column(column) = origin else { return None };
    match columns.get(column as usize)? {
        Column::Text { texts, .. } | Column::List { texts, .. } => Some(texts),
        Column::Number(_) | Column::Boolean(_) | Column::Date(_) => None,
    }
}

/// Adds the codes of the domains of the texts that have none yet; of all where the dictionary is another one.
fn make_domains(origin: &Texts, codes: &mut Vec<u32>, texts: &mut Texts, is_new: bool) {
    if is_new {
        codes.clear();
    }
    for code in codes.len()..origin.len() {
        let domain = builtins::domain(origin.text(code as u32));
        codes.push(domain.map_or(Column::NO_TEXT, |domain| texts.code(domain)));
    }
}

/// Tests the texts from a code on, each folded once.
fn look_at(texts: &Texts, from: usize, tests: &mut [Tested], codes: Option<&mut Vec<u32>>, all_folded: &mut Texts) {
    let mut codes = codes;
    for code in from..texts.len() {
        let text = texts.text(code as u32);
        let folded = text::fold(text);
        for tested in tests.iter_mut() {
            tested.results.push(u8::from(tested.passes(text, &folded)));
        }
        if let Some(codes) = &mut codes {
            codes.push(all_folded.code(&folded));
        }
    }
}

impl Tested {
    fn new(test: TextTest) -> Tested {
        let needles = match &test {
            TextTest::Contains(literals) | TextTest::ContainsWord(literals) => Needles::of(literals),
            TextTest::Is(_) | TextTest::StartsWith(_) | TextTest::EndsWith(_) | TextTest::Matches(_) => None,
        };
        Tested {
            test,
            needles,
            results: Vec::new(),
        }
    }

    fn passes(&self, text: &str, folded: &str) -> bool {
        match (&self.test, &self.needles) {
            (TextTest::Is(literals), _) => literals.binary_search_by(|literal| (**literal).cmp(folded)).is_ok(),
            (TextTest::Contains(literals), Some(needles)) => needles.are_in(folded, literals, |_, _| true),
            (TextTest::Contains(literals), None) => literals.iter().any(|literal| folded.contains(&**literal)),
            (TextTest::ContainsWord(literals), Some(needles)) => {
                needles.are_in(folded, literals, |start, end| text::is_word(folded, start, end))
            }
            (TextTest::ContainsWord(literals), None) => {
                literals.iter().any(|literal| text::contains_word(folded, literal))
            }
            (TextTest::StartsWith(literal), _) => folded.starts_with(&**literal),
            (TextTest::EndsWith(literal), _) => folded.ends_with(&**literal),
            (TextTest::Matches(regex), _) => regex.0.is_match(text),
        }
    }
}
