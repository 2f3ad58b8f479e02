//! Texts that pass some tests and fail others: which combinations there can be, and a text for each.

use std::collections::HashSet;

use crate::plan::{Graph, NodeId, Operation, TextPlan, TextTest};
use crate::text;

/// The tests of one column's texts.
pub(in crate::analyze) struct TextCells<'p> {
    plan: &'p TextPlan,
    tests: Vec<Test>,
    facts: Vec<Fact<'p>>,
    /// The source of each test and its number there.
    asked: Vec<Option<(usize, usize)>>,
}

/// A test of a text, or of its domain: one of some facts at least is so.
pub(in crate::analyze) struct Test {
    /// The node whose truth it is.
    pub(in crate::analyze) node: NodeId,
    /// The places of the facts.
    pub(in crate::analyze) facts: Vec<usize>,
    /// Whether they are all told by the text as a whole; a regex asks for no facts at all.
    is_whole: bool,
}

/// Something that is so of a text or not: a literal stands in it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Fact<'p> {
    /// How often `domain` is taken first.
    domains: u32,
    place: Place,
    literal: &'p str,
}

/// Where a literal stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// It is the whole text.
    Whole,
    /// Anywhere.
    Inside,
    /// Anywhere, as a word.
    Word,
    Start,
    End,
    /// There only has to be a text: a domain.
    Any,
}

impl<'p> Fact<'p> {
    /// Whether it is so of a folded text.
    fn holds(&self, folded: &str) -> bool {
        match self.place {
            Place::Whole => folded == self.literal,
            Place::Inside => folded.contains(self.literal),
            Place::Word => text::contains_word(folded, self.literal),
            Place::Start => folded.starts_with(self.literal),
            Place::End => folded.ends_with(self.literal),
            Place::Any => true,
        }
    }

    /// Whether another is so wherever this one is.
    fn implies(&self, other: &Fact<'_>) -> bool {
        if other.place == Place::Any {
            // What has a domain of a domain has a domain.
            return self.domains >= other.domains;
        }
        let told = match (self.place, other.place) {
            (Place::Whole, _) | (_, Place::Inside) => true,
            (Place::Word, Place::Word) | (Place::Start, Place::Start) | (Place::End, Place::End) => true,
            (Place::Any | Place::Inside | Place::Word | Place::Start | Place::End, _) => false,
        };
        self.domains == other.domains && self.place != Place::Any && told && other.holds(self.literal)
    }

    /// Whether no text has both.
    fn excludes(&self, other: &Fact<'_>) -> bool {
        let (one, of) = (self.literal, other.literal);
        let apart = match (self.place, other.place) {
            (Place::Whole, _) => !other.holds(one),
            (Place::Start, Place::Start) => !one.starts_with(of) && !of.starts_with(one),
            (Place::End, Place::End) => !one.ends_with(of) && !of.ends_with(one),
            (Place::Any | Place::Inside | Place::Word | Place::Start | Place::End, _) => false,
        };
        self.domains == other.domains && apart
    }
}

/// The facts of which one at least has to be so for a test.
fn facts_of<'p>(domains: u32, test: Option<&'p TextTest>) -> Vec<Fact<'p>> {
    let fact = |place: Place, literal: &'p str| Fact {
        domains,
        place,
        literal,
    };
    let each = |place: Place, all: &'p [Box<str>]| all.iter().map(|literal| fact(place, literal)).collect();
    match test {
        Some(TextTest::Is(all)) => each(Place::Whole, all),
        Some(TextTest::Contains(all)) => each(Place::Inside, all),
        Some(TextTest::ContainsWord(all)) => each(Place::Word, all),
        Some(TextTest::StartsWith(one)) => vec![fact(Place::Start, one)],
        Some(TextTest::EndsWith(one)) => vec![fact(Place::End, one)],
        Some(TextTest::Matches(_)) => Vec::new(),
        None => vec![fact(Place::Any, "")],
    }
}

/// Words that are looked for by few rules.
const OTHER: [&str; 6] = ["other", "autre", "zzz", "q", "42", "-"];

/// What stands between the parts of a text.
const BETWEEN: [&str; 6] = [" ", ", ", " / ", " - ", "_", "zz"];

/// So many literals of one test are tried.
const MOST_TRIED: usize = 4;

impl<'p> TextCells<'p> {
    /// The tests of texts among these nodes.
    pub(in crate::analyze) fn new(graph: &'p Graph, plan: &'p TextPlan, nodes: &[NodeId]) -> TextCells<'p> {
        let mut cells = TextCells {
            plan,
            tests: Vec::new(),
            facts: Vec::new(),
            asked: Vec::new(),
        };
        for node in nodes {
            let (base, test) = match graph.node(*node).map(|node| &node.operation) {
                Some(Operation::TextIs(of, test)) => (*of, Some(test)),
                Some(Operation::Known(of)) if is_domain(graph, *of) => (*of, None),
                // All others do not look into texts.
                _ => continue,
            };
            let domains = domains(graph, base);
            let facts = facts_of(domains, test).into_iter().map(|fact| cells.place_of(fact));
            let facts: Vec<usize> = facts.collect();
            cells.asked.push(plan.test_of(*node));
            cells.tests.push(Test {
                node: *node,
                is_whole: matches!(test, Some(TextTest::Is(_))) && domains == 0 || facts.is_empty(),
                facts,
            });
        }
        cells
    }

    fn place_of(&mut self, fact: Fact<'p>) -> usize {
        let known = self.facts.iter().position(|known| *known == fact);
        known.unwrap_or_else(|| {
            self.facts.push(fact);
            self.facts.len() - 1
        })
    }

    /// The tests.
    pub(in crate::analyze) fn tests(&self) -> &[Test] {
        &self.tests
    }

    /// The places of the tests that may hold of a text that no equality names.
    pub(in crate::analyze) fn free(&self) -> Vec<usize> {
        let is_free = |at: &usize| self.tests.get(*at).is_some_and(|test| !test.is_whole);
        (0..self.tests.len()).filter(is_free).collect()
    }

    /// The texts for which the tests ask, each as a whole: they decide all tests.
    pub(in crate::analyze) fn whole_texts(&self) -> Vec<String> {
        let whole = self.facts.iter().filter(|fact| fact.place == Place::Whole);
        let texts = whole.flat_map(|fact| {
            let text = "x@".repeat(fact.domains as usize) + fact.literal;
            // What folds to nothing is a domain too.
            let marked = text.ends_with('@').then(|| format!("{text}\u{301}"));
            [Some(text), marked].into_iter().flatten()
        });
        texts
            .chain(["other".to_owned(), "other@other.example".to_owned()])
            .map(|text| as_read(&text))
            .collect()
    }

    /// Whether a text passes each test, as the engine finds it.
    pub(in crate::analyze) fn holds(&self, text: &str) -> Vec<bool> {
        let mut passed: HashSet<(usize, usize)> = HashSet::new();
        for (place, source) in self.plan.sources().iter().enumerate() {
            let is_asked = self.asked.iter().flatten().any(|(asked, _)| *asked == place);
            if let Some(text) = source.text(text).filter(|_| is_asked) {
                let pass = |test: u32| {
                    passed.insert((place, test as usize));
                };
                source.tests.each_passed(text, &text::fold(text), pass);
            }
        }
        let passes = |asked: &Option<(usize, usize)>| asked.is_some_and(|asked| passed.contains(&asked));
        self.asked.iter().map(passes).collect()
    }

    /// Of the facts of a test, those that do not make a test pass that has to fail.
    fn allowed(&self, test: usize, failing: &[usize]) -> Vec<usize> {
        let facts = |test: &usize| self.tests.get(*test).map_or(&[][..], |test| test.facts.as_slice());
        let breaks = |fact: &usize| {
            let mut forbidden = failing.iter().flat_map(facts);
            forbidden.any(|other| self.implies(*fact, *other))
        };
        facts(&test).iter().copied().filter(|fact| !breaks(fact)).collect()
    }

    /// Whether nothing is known that speaks against these truths of the free tests.
    pub(in crate::analyze) fn is_consistent(&self, truths: &[(usize, bool)]) -> bool {
        let that = |wanted: bool| {
            truths
                .iter()
                .filter(move |(_, truth)| *truth == wanted)
                .map(|(at, _)| *at)
        };
        let failing: Vec<usize> = that(false).collect();
        let allowed: Vec<Vec<usize>> = that(true).map(|test| self.allowed(test, &failing)).collect();
        allowed.iter().enumerate().all(|(at, facts)| {
            let together = |fact: &usize| {
                let others = allowed.iter().skip(at + 1);
                others
                    .clone()
                    .all(|others| others.iter().any(|other| !self.excludes(*fact, *other)))
            };
            facts.iter().any(together)
        })
    }

    /// Whether one fact is so wherever another is.
    pub(in crate::analyze) fn implies(&self, one: usize, other: usize) -> bool {
        let facts = self.facts.get(one).zip(self.facts.get(other));
        facts.is_some_and(|(one, other)| one.implies(other))
    }

    /// Whether no text has both facts.
    pub(in crate::analyze) fn excludes(&self, one: usize, other: usize) -> bool {
        let facts = self.facts.get(one).zip(self.facts.get(other));
        facts.is_some_and(|(one, other)| one.excludes(other) || other.excludes(one))
    }

    /// A text with these truths of the free tests that no equality names; `None` where none was found.
    pub(in crate::analyze) fn text(&self, truths: &[(usize, bool)]) -> Option<String> {
        let holding = truths.iter().filter(|(_, truth)| *truth).map(|(at, _)| *at);
        let failing: Vec<usize> = truths.iter().filter(|(_, truth)| !truth).map(|(at, _)| *at).collect();
        let allowed: Vec<Vec<usize>> = holding.map(|test| self.allowed(test, &failing)).collect();
        let most = allowed.iter().map(Vec::len).max().unwrap_or(1).clamp(1, MOST_TRIED);
        (0..most).find_map(|place| {
            let pick = |facts: &Vec<usize>| facts.get(place.min(facts.len().saturating_sub(1))).copied();
            self.text_with(&allowed.iter().filter_map(pick).collect::<Vec<_>>(), truths)
        })
    }

    /// A text of which these facts are so, with these truths of the free tests, that no equality names.
    fn text_with(&self, facts: &[usize], truths: &[(usize, bool)]) -> Option<String> {
        let mut wanted = vec![false; self.tests.len()];
        for (at, truth) in truths {
            if let Some(slot) = wanted.get_mut(*at) {
                *slot = *truth;
            }
        }
        let attempts = self.attempts(facts).into_iter().chain(self.whole_texts());
        attempts.into_iter().find(|text| self.holds(text) == wanted)
    }

    /// Texts of which these facts may be so, and no others.
    pub(in crate::analyze) fn attempts(&self, facts: &[usize]) -> Vec<String> {
        let wanted: Vec<&Fact<'_>> = facts.iter().filter_map(|at| self.facts.get(*at)).collect();
        let deepest = self.facts.iter().map(|fact| fact.domains).max().unwrap_or(0);
        let at_depth = |depth: u32| wanted.iter().copied().filter(move |fact| fact.domains == depth);
        let heads = parts(&at_depth(0).collect::<Vec<_>>());
        if deepest == 0 {
            return heads;
        }
        let tails = parts(&at_depth(1).collect::<Vec<_>>());
        let few = heads.iter().take(24);
        let with_tails = (few.clone()).flat_map(|head| {
            let tails = tails.iter().take(12);
            // The white space before a domain is no part of it.
            tails.flat_map(move |tail| [format!("{head}@{tail}"), format!("{head}@ {tail}")])
        });
        let without = few.clone().map(|head| format!("{head}@"));
        heads.iter().cloned().chain(with_tails).chain(without).collect()
    }
}

/// How often `domain` is taken of a text.
fn domains(graph: &Graph, mut node: NodeId) -> u32 {
    let mut domains = 0;
    while let Some(Operation::Domain(of)) = graph.node(node).map(|node| &node.operation) {
        (node, domains) = (*of, domains + 1);
    }
    domains
}

fn is_domain(graph: &Graph, node: NodeId) -> bool {
    domains(graph, node) > 0
}

/// Texts in which literals stand where these facts want them.
fn parts(wanted: &[&Fact<'_>]) -> Vec<String> {
    let (mut first, mut last, mut middle) = ("", "", Vec::new());
    for fact in wanted {
        match fact.place {
            Place::Start if fact.literal.len() > first.len() => first = fact.literal,
            Place::End if fact.literal.len() > last.len() => last = fact.literal,
            Place::Start | Place::End | Place::Any => {}
            Place::Inside => middle.push((fact.literal, true)),
            Place::Whole | Place::Word => middle.push((fact.literal, false)),
        }
    }
    if first.is_empty() && last.is_empty() && middle.is_empty() {
        return OTHER.map(str::to_owned).to_vec();
    }
    joined(first, last, &middle)
}

/// Parts put together in several ways: with words apart or not, in either order.
fn joined(first: &str, last: &str, middle: &[(&str, bool)]) -> Vec<String> {
    let is_needed = |at: usize, literal: &str, is_part: bool| {
        let covers = |other: &(&str, bool)| is_part && other.0 != literal && other.0.contains(literal);
        let again = middle.iter().take(at).any(|other| other.0 == literal);
        !middle.iter().any(covers) && !again
    };
    let numbered = middle.iter().enumerate();
    let needed = numbered.filter(|(at, (literal, is_part))| is_needed(*at, literal, *is_part));
    let middle: Vec<(&str, bool)> = needed.map(|(_, part)| *part).collect();
    let mut attempts = Vec::new();
    for hidden in [false, true] {
        let shown = |(literal, is_part): &(&str, bool)| match hidden && *is_part {
            true => format!("q{literal}q"),
            false => (*literal).to_owned(),
        };
        let mut inner: Vec<String> = middle.iter().map(shown).collect();
        for _ in 0..2 {
            let ends = |inner: &[String]| {
                let all = std::iter::once(first.to_owned())
                    .chain(inner.iter().cloned())
                    .chain([last.to_owned()]);
                all.filter(|part| !part.is_empty()).collect::<Vec<_>>()
            };
            attempts.extend(BETWEEN.iter().map(|between| ends(&inner).join(between)));
            inner.reverse();
        }
        // With something before and behind, that neither begins nor ends with what is looked for.
        if first.is_empty() || last.is_empty() {
            let inner = inner.join(" ");
            let head = if first.is_empty() { "zz " } else { first };
            let tail = if last.is_empty() { " zz" } else { last };
            attempts.push(format!("{head}{inner}{tail}"));
            attempts.push(format!("{head} {inner} {tail}").trim().to_owned());
        }
    }
    attempts.retain(|text| !text.is_empty());
    // What needs no marks comes first.
    attempts.sort_by_key(|text| text.trim() != text);
    attempts.iter().map(|text| as_read(text)).collect()
}

/// The text, or one that folds to the same where reading would take white space off its ends: with marks there, which
/// folding removes.
pub(in crate::analyze) fn as_read(text: &str) -> String {
    let mark = |cut: bool| if cut { "\u{301}" } else { "" };
    let (before, behind) = (text.trim_start() != text, text.trim_end() != text);
    format!("{}{text}{}", mark(before), mark(behind))
}
