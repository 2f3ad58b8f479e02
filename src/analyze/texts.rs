//! Texts that pass some tests and fail others: which combinations there can be, and a text for each.

use std::collections::HashSet;

use crate::plan::{Graph, NodeId, Operation, TextPlan, TextTest};
use crate::text;

/// The tests of one column's texts.
pub(super) struct TextCells<'p> {
    plan: &'p TextPlan,
    tests: Vec<Test<'p>>,
    /// The source of each test and its number there.
    asked: Vec<Option<(usize, usize)>>,
}

/// A test of a text, or of its domain.
#[derive(Clone, Copy)]
pub(super) struct Test<'p> {
    /// The node whose truth it is.
    pub(super) node: NodeId,
    /// How often `domain` is taken first.
    domains: u32,
    /// `None` asks only whether there is a text: a domain.
    test: Option<&'p TextTest>,
}

impl Test<'_> {
    /// Whether it asks for one of several whole texts.
    pub(super) fn is_equality(&self) -> bool {
        matches!(self.test, Some(TextTest::Is(_)))
    }

    /// Whether whole texts do not decide it: it looks for a part, or at a domain.
    fn is_free(&self) -> bool {
        match self.test {
            Some(TextTest::Is(_)) => self.domains > 0,
            Some(TextTest::Matches(_)) => false,
            Some(
                TextTest::Contains(_) | TextTest::ContainsWord(_) | TextTest::StartsWith(_) | TextTest::EndsWith(_),
            )
            | None => true,
        }
    }

    fn literals(&self) -> Vec<&str> {
        match self.test {
            Some(TextTest::Is(all) | TextTest::Contains(all) | TextTest::ContainsWord(all)) => {
                all.iter().map(|literal| &**literal).collect()
            }
            Some(TextTest::StartsWith(one) | TextTest::EndsWith(one)) => vec![one],
            Some(TextTest::Matches(_)) | None => Vec::new(),
        }
    }

    /// Whether a folded text passes it.
    fn accepts(&self, folded: &str) -> bool {
        match self.test {
            Some(TextTest::Is(all)) => all.iter().any(|literal| folded == &**literal),
            Some(TextTest::Contains(all)) => all.iter().any(|literal| folded.contains(&**literal)),
            Some(TextTest::ContainsWord(all)) => all.iter().any(|literal| text::contains_word(folded, literal)),
            Some(TextTest::StartsWith(literal)) => folded.starts_with(&**literal),
            Some(TextTest::EndsWith(literal)) => folded.ends_with(&**literal),
            Some(TextTest::Matches(regex)) => regex.0.is_match(folded),
            None => true,
        }
    }

    /// Whether every text that passes this test passes the other.
    fn implies(&self, other: &Test<'_>) -> bool {
        if other.test.is_none() {
            // What has a domain of a domain has a domain.
            return self.domains >= other.domains;
        }
        let each = |one: &str| match self.is_equality() {
            true => other.accepts(one),
            false => other
                .literals()
                .into_iter()
                .any(|of| holds_in(self.test, one, other.test, of)),
        };
        self.domains == other.domains && !self.literals().is_empty() && self.literals().into_iter().all(each)
    }

    /// Whether no text passes both.
    fn excludes(&self, other: &Test<'_>) -> bool {
        let apart = |one: &str, of: &str| match (self.test, other.test) {
            (Some(TextTest::StartsWith(_)), Some(TextTest::StartsWith(_))) => {
                !one.starts_with(of) && !of.starts_with(one)
            }
            (Some(TextTest::EndsWith(_)), Some(TextTest::EndsWith(_))) => !one.ends_with(of) && !of.ends_with(one),
            _ => false,
        };
        let all = |one: &str| match self.is_equality() {
            true => !other.accepts(one),
            false => !other.literals().is_empty() && other.literals().into_iter().all(|of| apart(one, of)),
        };
        self.domains == other.domains && !self.literals().is_empty() && self.literals().into_iter().all(all)
    }
}

/// Whether a text in which one literal stands as a test wants it passes another test by another literal.
fn holds_in(test: Option<&TextTest>, literal: &str, other: Option<&TextTest>, of: &str) -> bool {
    match (test, other) {
        (_, Some(TextTest::Contains(_))) => literal.contains(of),
        (Some(TextTest::ContainsWord(_)), Some(TextTest::ContainsWord(_))) => text::contains_word(literal, of),
        (Some(TextTest::StartsWith(_)), Some(TextTest::StartsWith(_))) => literal.starts_with(of),
        (Some(TextTest::EndsWith(_)), Some(TextTest::EndsWith(_))) => literal.ends_with(of),
        _ => false,
    }
}

/// Words that are looked for by few rules.
const OTHER: [&str; 6] = ["other", "autre", "zzz", "q", "42", "-"];

/// What stands between the parts of a text.
const BETWEEN: [&str; 6] = [" ", ", ", " / ", " - ", "_", "zz"];

impl<'p> TextCells<'p> {
    /// The tests of texts among these nodes.
    pub(super) fn new(graph: &'p Graph, plan: &'p TextPlan, nodes: &[NodeId]) -> TextCells<'p> {
        let tests = nodes.iter().filter_map(|node| {
            let (of, test) = match &graph.node(*node)?.operation {
                Operation::TextIs(of, test) => (of, Some(test)),
                Operation::Known(of) if matches!(graph.node(*of)?.operation, Operation::Domain(_)) => (of, None),
                // All others do not look into texts.
                _ => return None,
            };
            let mut domains = 0;
            let mut base = *of;
            while let Operation::Domain(inner) = &graph.node(base)?.operation {
                (base, domains) = (*inner, domains + 1);
            }
            Some(Test {
                node: *node,
                domains,
                test,
            })
        });
        let tests: Vec<Test<'p>> = tests.collect();
        TextCells {
            plan,
            asked: tests.iter().map(|test| plan.test_of(test.node)).collect(),
            tests,
        }
    }

    /// The tests.
    pub(super) fn tests(&self) -> &[Test<'p>] {
        &self.tests
    }

    /// The places of the tests that may hold of a text that no equality names.
    pub(super) fn free(&self) -> Vec<usize> {
        let is_free = |at: &usize| self.tests.get(*at).is_some_and(Test::is_free);
        (0..self.tests.len()).filter(is_free).collect()
    }

    /// The texts for which the tests ask, each as a whole: they decide all tests.
    pub(super) fn whole_texts(&self) -> Vec<String> {
        let of = |test: &Test<'_>| {
            let domains = test.domains as usize;
            let literals = test.literals().into_iter();
            // What folds to nothing is a domain too.
            let whole = literals.flat_map(move |literal| {
                let text = "x@".repeat(domains) + literal;
                let marked = text.ends_with('@').then(|| format!("{text}\u{301}"));
                [Some(text), marked].into_iter().flatten()
            });
            whole.collect::<Vec<String>>()
        };
        let equalities = self.tests.iter().filter(|test| test.is_equality());
        equalities
            .flat_map(of)
            .chain(["other".to_owned(), "other@other.example".to_owned()])
            .collect()
    }

    /// Whether a text passes each test, as the engine finds it.
    pub(super) fn holds(&self, text: &str) -> Vec<bool> {
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

    /// Whether nothing is known that speaks against these truths of the free tests.
    pub(super) fn is_consistent(&self, truths: &[(usize, bool)]) -> bool {
        let tests = || {
            truths
                .iter()
                .filter_map(|(at, truth)| Some((self.tests.get(*at)?, *truth)))
        };
        let speaks_against = |one: &Test<'_>, other: &Test<'_>, truth: bool| match truth {
            true => one.excludes(other),
            false => one.implies(other),
        };
        let holding = || tests().filter(|(_, truth)| *truth).map(|(test, _)| test);
        holding().all(|one| {
            let others = || tests().filter(|(other, _)| other.node != one.node);
            others().all(|(other, truth)| !speaks_against(one, other, truth))
        })
    }

    /// Texts that may pass these of the free tests, and no others.
    pub(super) fn attempts(&self, wanted: &[usize]) -> Vec<String> {
        let wanted: Vec<&Test<'_>> = wanted.iter().filter_map(|at| self.tests.get(*at)).collect();
        let deepest = self.tests.iter().map(|test| test.domains).max().unwrap_or(0);
        let at_depth = |depth: u32| wanted.iter().copied().filter(move |test| test.domains == depth);
        let heads = parts(&at_depth(0).collect::<Vec<_>>());
        if deepest == 0 {
            return heads;
        }
        let tails = parts(&at_depth(1).collect::<Vec<_>>());
        let whole_domains = self.tests.iter().filter(|test| test.is_equality() && test.domains == 1);
        let literals = whole_domains.filter_map(|test| test.literals().first().map(|literal| (*literal).to_owned()));
        let tails: Vec<String> = tails.into_iter().take(12).chain(literals).collect();
        let few = heads.iter().take(24);
        let with_tails = few
            .clone()
            .flat_map(|head| tails.iter().map(move |tail| format!("{head}@{tail}")));
        let without = few.clone().map(|head| format!("{head}@"));
        heads.iter().cloned().chain(with_tails).chain(without).collect()
    }

    /// A text that has these truths for all tests; `None` where none was found.
    pub(super) fn text(&self, truths: &[bool]) -> Option<String> {
        let free = self.free();
        let wanted: Vec<usize> = free.into_iter().filter(|at| truths.get(*at) == Some(&true)).collect();
        let attempts = self.attempts(&wanted).into_iter().chain(self.whole_texts());
        attempts.into_iter().find(|text| self.holds(text) == truths)
    }
}

/// Texts in which what these tests look for stands as they want it.
fn parts(wanted: &[&Test<'_>]) -> Vec<String> {
    if wanted.iter().all(|test| test.literals().is_empty()) {
        return OTHER.map(str::to_owned).to_vec();
    }
    let literals = wanted.iter().map(|test| test.literals().len());
    let most = literals.max().unwrap_or(0).min(4);
    let mut attempts = Vec::new();
    for place in 0..most {
        let (mut first, mut last, mut middle) = ("", "", Vec::new());
        for test in wanted {
            let literals = test.literals();
            let Some(literal) = literals.get(place.min(literals.len().saturating_sub(1))).copied() else {
                continue;
            };
            match test.test {
                Some(TextTest::StartsWith(_)) if literal.len() > first.len() => first = literal,
                Some(TextTest::EndsWith(_)) if literal.len() > last.len() => last = literal,
                Some(TextTest::StartsWith(_) | TextTest::EndsWith(_)) => {}
                Some(TextTest::Contains(_)) => middle.push((literal, true)),
                Some(TextTest::Is(_) | TextTest::ContainsWord(_) | TextTest::Matches(_)) | None => {
                    middle.push((literal, false));
                }
            }
        }
        attempts.extend(joined(first, last, &middle));
    }
    attempts
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
    attempts.retain(|text| text.trim() == text && !text.is_empty());
    attempts
}
