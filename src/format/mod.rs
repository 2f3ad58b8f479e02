//! The tree as text in the one style: a statement a line, two blanks for each level, rows aligned, comments and single
//! blank lines where they stand.

mod expression;
mod layout;
mod literal;
mod statement;

use thiserror::Error;

use crate::source::{Source, Span, Spanned};
use crate::syntax::tree::{File, Statement};
use crate::syntax::{self, Parsed};
use layout::Layout;

/// Why a file was not formatted.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum Refused {
    /// The file has mistakes, which come first.
    #[error("the file has mistakes that must be mended first")]
    Mistakes(Vec<syntax::Error>),
    /// What would be written says something else.
    #[error("the formatted file would mean something else")]
    MeaningChanged,
    /// What would be written lacks a comment.
    #[error("the formatted file would lack a comment")]
    CommentsLost,
    /// What would be written would be formatted otherwise the next time.
    #[error("the formatted file would be formatted otherwise the next time")]
    NotSettled,
}

/// A file in the one style. The formatter reads again what it wrote, and refuses to hand over anything that says
/// something else, lacks a comment, or would be formatted otherwise the next time.
pub fn format_source(source: &Source) -> Result<String, Refused> {
    let Parsed { file, errors } = syntax::parse(source);
    if !errors.is_empty() {
        return Err(Refused::Mistakes(errors));
    }
    let formatted = format(&file, source);
    let again = Source::new(source.name(), &formatted);
    let reread = syntax::parse(&again);
    if !reread.errors.is_empty() || in_order(&reread.file).statements != in_order(&file).statements {
        return Err(Refused::MeaningChanged);
    }
    if reread.file.comments != file.comments {
        return Err(Refused::CommentsLost);
    }
    if format(&reread.file, &again) != formatted {
        return Err(Refused::NotSettled);
    }
    Ok(formatted)
}

/// A tree as text, with the comments, blank lines and groups of digits of the source that it was read from.
pub fn format(file: &File, source: &Source) -> String {
    let mut writer = Writer {
        source,
        comments: file.comments.iter().peekable(),
        written: String::new(),
        indentation: 0,
        position: 0,
        at_beginning: true,
    };
    for statement in &file.statements {
        writer.statement(statement);
    }
    writer.comments_before(source.text().len());
    if !writer.written.is_empty() {
        writer.written.push('\n');
    }
    writer.written
}

/// The tree with the limits of each rule as they are written.
fn in_order(file: &File) -> File {
    let mut ordered = file.clone();
    order_limits(&mut ordered.statements);
    ordered
}

fn order_limits(statements: &mut [Spanned<Statement>]) {
    for statement in statements {
        match &mut statement.node {
            Statement::Rule(rule) => rule.limits = statement::in_order(&rule.limits),
            Statement::Block(block) => order_limits(&mut block.statements),
            Statement::Model(_)
            | Statement::Timezone(_)
            | Statement::Field(_)
            | Statement::Event(_)
            | Statement::List(_)
            | Statement::Let(_)
            | Statement::Ignore(_)
            | Statement::Table(_)
            | Statement::Decay(_)
            | Statement::Band(_)
            | Statement::Score(_)
            | Statement::Classify(_)
            | Statement::Exclude(_)
            | Statement::Promise(_)
            | Statement::On(_)
            | Statement::Test(_) => {}
        }
    }
}

/// Writes line after line, each comment at its place.
struct Writer<'a> {
    source: &'a Source,
    comments: std::iter::Peekable<std::slice::Iter<'a, Spanned<String>>>,
    written: String,
    indentation: usize,
    /// Up to where the source is written.
    position: usize,
    /// Whether nothing is written yet in the file or in the block: no blank line goes before the first line.
    at_beginning: bool,
}

impl Writer<'_> {
    fn statement(&mut self, statement: &Spanned<Statement>) {
        let layout = statement::statement(self.source, &statement.node);
        match &statement.node {
            Statement::Block(block) => {
                let header_end = self.end_of([
                    Some(block.name.span),
                    span_of(&block.clamp.min),
                    span_of(&block.clamp.max),
                ]);
                self.braces(statement.span, header_end, &layout, |writer| {
                    block.statements.iter().for_each(|inner| writer.statement(inner));
                });
            }
            Statement::Table(table) => {
                let rows = statement::rows(self.source, &table.rows);
                let spans = table.rows.iter().map(|row| row.span);
                self.braces(statement.span, table.value.span.end, &layout, |writer| {
                    writer.lines(spans, &rows)
                });
            }
            Statement::Classify(classify) => {
                let rows = statement::classes(self.source, &classify.rows);
                let spans = classify.rows.iter().map(|row| row.span);
                self.braces(statement.span, classify.name.span.end, &layout, |writer| {
                    writer.lines(spans, &rows)
                });
            }
            Statement::Test(test) => {
                let source = self.source;
                let lines = test.lines.iter().map(|line| statement::test_line(source, &line.node));
                let lines: Vec<Layout> = lines.collect();
                let spans = test.lines.iter().map(|line| line.span);
                self.braces(statement.span, test.name.span.end, &layout, |writer| {
                    writer.lines(spans, &lines)
                });
            }
            _ => self.line(statement.span, &layout),
        }
    }

    fn end_of<const N: usize>(&self, spans: [Option<Span>; N]) -> usize {
        spans
            .into_iter()
            .flatten()
            .map(|span| span.end)
            .max()
            .unwrap_or_default()
    }

    fn lines(&mut self, spans: impl Iterator<Item = Span>, layouts: &[Layout]) {
        for (span, layout) in spans.zip(layouts) {
            self.line(span, layout);
        }
    }

    /// A first line, what stands between its braces, and the closing brace.
    fn braces(&mut self, span: Span, header_end: usize, header: &Layout, inner: impl FnOnce(&mut Self)) {
        let opening = self.opening_brace(header_end);
        self.line(Span::new(span.start, opening), header);
        self.indentation += 2;
        self.at_beginning = true;
        inner(self);
        self.comments_before(span.end);
        self.indentation -= 2;
        self.at_beginning = true;
        self.begin_line(self.position);
        self.written.push('}');
        self.position = span.end;
    }

    /// The place behind the brace that follows a place, comments left out.
    fn opening_brace(&self, from: usize) -> usize {
        let mut at = from;
        for comment in self.comments.clone().skip_while(|comment| comment.span.start < from) {
            let between = self.source.slice(Span::new(at, comment.span.start));
            if between.contains('{') {
                break;
            }
            at = comment.span.end;
        }
        let rest = self.source.text().get(at..).unwrap_or_default();
        at + rest.find('{').map_or(0, |brace| brace + 1)
    }

    /// A line, or several of one statement. Comments in its middle go above it.
    fn line(&mut self, span: Span, layout: &Layout) {
        self.comments_before(span.start);
        self.begin_line(span.start);
        while let Some(comment) = self.comments.next_if(|comment| comment.span.start < span.end) {
            self.written.push_str(&comment.node);
            self.new_line();
        }
        self.written.push_str(&layout::write(layout, self.indentation));
        self.position = span.end;
    }

    /// The comments before a place: behind the line before, or on lines of their own.
    fn comments_before(&mut self, place: usize) {
        while let Some(comment) = self.comments.next_if(|comment| comment.span.start < place) {
            let between = self.source.slice(Span::new(self.position, comment.span.start));
            if between.contains('\n') || self.written.is_empty() {
                self.begin_line(comment.span.start);
            } else {
                self.written.push_str("  ");
            }
            self.written.push_str(&comment.node);
            self.position = comment.span.end;
        }
    }

    /// A new line, behind a blank one where the source has some before this place.
    fn begin_line(&mut self, place: usize) {
        let between = self.source.slice(Span::new(self.position, place));
        if between.matches('\n').count() > 1 && !self.at_beginning {
            self.written.push('\n');
        }
        if !self.written.is_empty() {
            self.new_line();
        }
        self.at_beginning = false;
    }

    fn new_line(&mut self) {
        self.written.push('\n');
        self.written.extend(std::iter::repeat_n(' ', self.indentation));
    }
}

fn span_of<T>(part: &Option<Spanned<T>>) -> Option<Span> {
    part.as_ref().map(|part| part.span)
}
