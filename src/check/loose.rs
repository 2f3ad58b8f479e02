//! Literals that stand where a condition should, behind a test that was meant for them too: the `"b"` of
//! `title contains "a" or "b"`.

use crate::source::Span;
use crate::syntax::tree::{Comparison, Connective, Expr, ExprKind, Literal, Needles, ValueTest};

use super::checker::Checker;
use super::error::TypeError;
use super::expression::literal_of;
use super::logic::{connective_word, shortened};

/// A test that looks for one value.
struct Search<'e> {
    value: &'e Expr,
    negated: bool,
    sought: &'e Expr,
    /// The words with which it looks for one of several, where there are such.
    for_several: Option<&'static str>,
}

/// Whether a part of a chain is a literal that nothing tests.
pub(super) fn is_loose(part: &Expr) -> bool {
    let literal = literal_of(part);
    literal.is_some_and(|literal| {
        matches!(
            literal.node,
            Literal::Text(_) | Literal::Number(_) | Literal::Percent(_)
        )
    })
}

impl Checker<'_> {
    /// Notes a literal without its test, and what to write.
    pub(super) fn loose_literal<T>(&mut self, literal: &Expr, write: &str) -> Option<T> {
        let is_text = matches!(literal_of(literal)?.node, Literal::Text(_));
        self.error(TypeError::ExpectedCondition {
            found: if is_text { "a text" } else { "a number" },
            advice: format!("each side of `and` and `or` is a whole condition: write `{write}`"),
            span: literal.span,
        })
    }

    /// How a test is written that looks for further literals too; `None` where nobody can say what they are.
    pub(super) fn with_literals(&self, test: &Expr, connective: Connective, literals: &[&Expr]) -> Option<String> {
        let search = Search::of(test)?;
        // `and` asks for all of them, which is no list; after a `not`, people mean none of them, whatever they write.
        let as_list = search.negated || connective == Connective::Or;
        let write = match search.for_several {
            Some(words) if as_list => self.one_of_several(&search, words, literals),
            _ if search.negated => return None,
            _ => self.repeated(test, search.sought, connective, literals),
        };
        Some(shortened(write))
    }

    fn one_of_several(&self, search: &Search, words: &str, literals: &[&Expr]) -> String {
        let all = std::iter::once(search.sought).chain(literals.iter().copied());
        let all: Vec<String> = all.map(|literal| self.written(literal.span)).collect();
        let not = if search.negated { "not " } else { "" };
        let value = self.written(search.value.span);
        format!("{value} {not}{words} ({})", all.join(", "))
    }

    fn repeated(&self, test: &Expr, sought: &Expr, connective: Connective, literals: &[&Expr]) -> String {
        let before = self.written(Span::new(test.span.start, sought.span.start));
        let word = connective_word(connective);
        let mut repeated = self.written(test.span);
        for literal in literals {
            repeated.push_str(&format!(" {word} {before} {}", self.written(literal.span)));
        }
        repeated
    }
}

impl<'e> Search<'e> {
    fn of(test: &'e Expr) -> Option<Self> {
        match &test.node {
            ExprKind::Compare(value, compared) => match compared.as_slice() {
                [(sign, sought)] => Some(Self::by_comparison(value, sign.node, sought)),
                _ => None,
            },
            ExprKind::Test { value, negated, test } => Self::by_test(value, *negated, &test.node),
            _ => None,
        }
    }

    fn by_comparison(value: &'e Expr, sign: Comparison, sought: &'e Expr) -> Self {
        let for_several = match sign {
            Comparison::Equal | Comparison::NotEqual => Some("in"),
            Comparison::Less | Comparison::LessOrEqual | Comparison::Greater | Comparison::GreaterOrEqual => None,
        };
        Search {
            value,
            negated: sign == Comparison::NotEqual,
            sought,
            for_several,
        }
    }

    fn by_test(value: &'e Expr, negated: bool, test: &'e ValueTest) -> Option<Self> {
        let (sought, for_several) = match test {
            ValueTest::Contains {
                word,
                needles: Needles::One(sought),
            } => (
                sought,
                Some(if *word {
                    "contains word any of"
                } else {
                    "contains any of"
                }),
            ),
            ValueTest::StartsWith(sought) | ValueTest::EndsWith(sought) | ValueTest::Matches(sought) => (sought, None),
            ValueTest::Contains { .. }
            | ValueTest::Between(..)
            | ValueTest::In(_)
            | ValueTest::InList(_)
            | ValueTest::IsKnown
            | ValueTest::IsUnknown => return None,
        };
        Some(Search {
            value,
            negated,
            sought,
            for_several,
        })
    }
}
