//! From what the grammar has read to the tree, with recovery.
//!
//! Building is total: a part that is out of range is reported and something in range stands in its place, and what
//! no grammar rule promises is left out, never assumed.

mod expression;
mod literal;
mod statement;

use super::error::Error;
use super::grammar::{Node, Rule};
use super::recover::{self, Kind};
use super::scan::Scan;
use super::{foreign, tree};
use crate::source::{Span, Spanned};

/// Builds the tree of one source and collects what is wrong on the way.
pub(super) struct Builder<'a> {
    source: &'a str,
    scan: &'a Scan<'a>,
    errors: Vec<Error>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(source: &'a str, scan: &'a Scan<'a>) -> Self {
        let errors = Vec::new();
        Self { source, scan, errors }
    }

    /// The statements of a whole file, and the errors.
    pub(super) fn file(mut self, file: &Node<'_>) -> (Vec<Spanned<tree::Statement>>, Vec<Error>) {
        let statements = self.items(file, Kind::Statement, Self::statement);
        (statements, self.errors)
    }

    /// The items of a file or of what stands between braces: those that could be read are built, each of the others
    /// is explained.
    fn items<T>(
        &mut self,
        parent: &Node<'_>,
        kind: Kind,
        build: fn(&mut Self, &Node<'_>) -> Option<T>,
    ) -> Vec<Spanned<T>> {
        let mut items = Vec::new();
        let mut bad = recover::BadLines::default();
        let mut previous: Option<Span> = parent.child(Rule::open_brace).map(|brace| brace.span());
        for node in parent.children().filter(|child| kind.reads(child.rule())) {
            let span = self.span(&node);
            let shares_line = previous.is_some_and(|previous| self.shares_line(previous, span));
            if node.rule() == Rule::bad_line {
                let begins = previous.filter(|_| shares_line).unwrap_or(span).to(span);
                self.bad_line(&node, begins, kind, &mut bad);
            } else {
                self.explain(bad.take(), kind);
                if shares_line {
                    let what = kind.word();
                    self.errors.push(Error::NotOnItsOwnLine { what, span });
                }
                items.extend(self.build_item(&node, span, build));
            }
            previous = Some(span);
        }
        self.explain(bad.take(), kind);
        items
    }

    fn build_item<T>(
        &mut self,
        node: &Node<'_>,
        span: Span,
        build: fn(&mut Self, &Node<'_>) -> Option<T>,
    ) -> Option<Spanned<T>> {
        let told = self.errors.len();
        let item = build(self, node);
        if item.is_none() && self.errors.len() == told {
            let found = self.scan.text.get(span.range()).unwrap_or_default().to_owned();
            let expected = "a statement".to_owned();
            self.errors.push(Error::Unexpected {
                expected,
                found,
                advice: None,
                span,
            });
        }
        item.map(|item| Spanned::new(item, span))
    }

    /// A line that is no item: it goes on what is bad already, or begins something bad of its own.
    fn bad_line(&mut self, node: &Node<'_>, span: Span, kind: Kind, bad: &mut recover::BadLines) {
        let body = node.child(Rule::bad_body);
        let end = body.as_ref().map_or(span.end, |body| body.span().start + 1);
        let line = Span::new(span.start, end.max(span.start));
        if !bad.goes_on(&self.scan.text, line) {
            self.explain(bad.take(), kind);
        }
        bad.add(&self.scan.text, line);
        if let Some(body) = body {
            let header = bad.take();
            let inner = header.and_then(|header| recover::body_kind(&self.scan.text, header));
            self.explain(header, kind);
            if let Some(inner) = inner {
                self.items(&body, inner, Self::discarded);
            }
        }
    }

    /// What stands in a block whose first line is bad: built for its errors alone.
    fn discarded(&mut self, node: &Node<'_>) -> Option<()> {
        match node.rule() {
            Rule::row => self.row(node).map(drop),
            Rule::class => self.class(node).map(drop),
            Rule::as_of | Rule::given | Rule::given_events | Rule::expect => self.test_line(node).map(drop),
            _ => self.statement(node).map(drop),
        }
    }

    fn explain(&mut self, bad: Option<Span>, kind: Kind) {
        let Some(span) = bad else { return };
        let refused = &self.scan.refused;
        let next = refused.partition_point(|place| place.end <= span.start);
        let told_already = refused.get(next).is_some_and(|place| place.start < span.end);
        if !told_already {
            self.errors
                .push(recover::explain(self.source, &self.scan.text, span, kind));
        }
    }

    /// Whether one thing begins on the line on which another one ends. The byte before the end counts: a missing
    /// brace may stand in the place of a line end.
    fn shares_line(&self, previous: Span, next: Span) -> bool {
        let from = previous.end.saturating_sub(1);
        let between = self.source.as_bytes().get(from..next.start.max(from));
        !between.is_some_and(|bytes| bytes.contains(&b'\n'))
    }

    /// The place of a node, without the white space and comments behind its last part.
    fn span(&self, node: &Node<'_>) -> Span {
        let Span { start, mut end } = node.span();
        let comments = &self.scan.comments;
        loop {
            let text = self.scan.text.get(start..end).unwrap_or_default();
            end = start + text.trim_end().len();
            let index = comments.partition_point(|comment| comment.span.end < end);
            match comments.get(index) {
                Some(comment) if comment.span.end == end && comment.span.start >= start => end = comment.span.start,
                _ => return Span::new(start, end).widened(self.source),
            }
        }
    }

    /// Reports a word of another language.
    fn foreign(&mut self, node: &Node<'_>, write: &'static str) {
        self.errors.push(foreign::error(self.source, node.span(), write));
    }

    /// Reports what is not needed, among the children of a node.
    fn superfluous(&mut self, node: &Node<'_>) {
        for child in node.children() {
            let span = match child.rule() {
                Rule::superfluous_colon | Rule::superfluous_then | Rule::trailing_comma | Rule::points_word => {
                    child.span()
                }
                Rule::superfluous_points => child.child(Rule::points_word).unwrap_or(child).span(),
                _ => continue,
            };
            let written = self.source.get(span.range()).unwrap_or_default().to_owned();
            self.errors.push(Error::Superfluous { written, span });
        }
    }
}
