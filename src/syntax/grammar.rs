//! The parser that pest makes of the grammar, and a total way to walk what it gives.

use pest::iterators::Pair;

use crate::source::Span;

/// The parser of `grammar/leadscore.pest`.
#[derive(pest_derive::Parser)]
#[grammar = "../grammar/leadscore.pest"]
pub(super) struct Grammar;

/// What a rule of the grammar has read, of a text that stands for the source byte by byte.
#[derive(Clone, Debug)]
pub(super) struct Node<'i> {
    pair: Pair<'i, Rule>,
    source: &'i str,
}

impl<'i> Node<'i> {
    pub(super) fn new(pair: Pair<'i, Rule>, source: &'i str) -> Self {
        Self { pair, source }
    }

    pub(super) fn rule(&self) -> Rule {
        self.pair.as_rule()
    }

    pub(super) fn text(&self) -> &'i str {
        self.pair.as_str()
    }

    /// The place, with the white space that pest may have read behind the last part. The grammar reads `/` for `÷`,
    /// which is longer: a place inside a character is widened to the whole of it.
    pub(super) fn span(&self) -> Span {
        let span = self.pair.as_span();
        Span::new(span.start(), span.end()).widened(self.source)
    }

    pub(super) fn children(&self) -> impl Iterator<Item = Node<'i>> + use<'i> {
        let source = self.source;
        self.pair.clone().into_inner().map(move |pair| Node::new(pair, source))
    }

    /// The first child.
    pub(super) fn first(&self) -> Option<Node<'i>> {
        self.children().next()
    }

    /// The first child that a rule has read.
    pub(super) fn child(&self, rule: Rule) -> Option<Node<'i>> {
        self.children().find(|child| child.rule() == rule)
    }

    /// Whether a rule has read a child.
    pub(super) fn has(&self, rule: Rule) -> bool {
        self.child(rule).is_some()
    }

    /// The children that a rule has read.
    pub(super) fn all(&self, rule: Rule) -> impl Iterator<Item = Node<'i>> + use<'i> {
        self.children().filter(move |child| child.rule() == rule)
    }
}
