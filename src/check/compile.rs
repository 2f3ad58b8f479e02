//! From a source to a model in one step, with all problems of reading and checking together.

use std::collections::HashSet;

use miette::Diagnostic;
use thiserror::Error;

use crate::model::Model;
use crate::source::{Edit, Source, Span};
use crate::syntax::{self, Parsed, tree};
use crate::text::canonical_name;

use super::error::place;
use super::{Checked, Error, ReadList, check_excusing};

/// A rules file, read and checked.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The tree of all statements that could be read.
    pub file: tree::File,
    /// What the checker found out about them.
    pub checked: Checked,
    /// Everything that is wrong, from the top of the file down.
    pub problems: Vec<Problem>,
}

impl Compiled {
    /// The model, or all problems where there are any.
    pub fn into_model(self) -> Result<Model, Vec<Problem>> {
        if self.problems.is_empty() {
            Ok(self.checked.model)
        } else {
            Err(self.problems)
        }
    }
}

/// Something that is wrong with a rules file.
#[derive(Clone, Debug, PartialEq, Error, Diagnostic)]
pub enum Problem {
    /// With its writing.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Syntax(#[from] syntax::Error),
    /// With its meaning.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Meaning(#[from] Error),
}

impl Problem {
    /// The replacement that mends it, where there is one that surely does.
    pub fn edit(&self) -> Option<Edit> {
        match self {
            Problem::Syntax(error) => error.edit(),
            Problem::Meaning(error) => error.edit(),
        }
    }
}

/// Reads and checks a rules file. A name that nothing declares is no problem where a statement that could not be read
/// may declare it: one mistake, one message.
pub fn compile(source: &Source, read_list: ReadList) -> Compiled {
    let Parsed { file, errors } = syntax::parse(source);
    let excused = names_of_bad_statements(source, &file, &errors);
    let checked = check_excusing(source, &file, read_list, &excused);
    let meaning = checked.errors.iter().cloned().map(Problem::Meaning);
    let mut problems: Vec<Problem> = errors.into_iter().map(Problem::Syntax).chain(meaning).collect();
    problems.sort_by_key(|problem| place(problem));
    Compiled {
        file,
        checked,
        problems,
    }
}

/// The names in what could not be read: between the statements, and on the lines of mistakes inside of them.
fn names_of_bad_statements(source: &Source, file: &tree::File, errors: &[syntax::Error]) -> HashSet<String> {
    let mut names = HashSet::new();
    // Where no statement was read, nothing uses a name.
    if errors.is_empty() || file.statements.is_empty() {
        return names;
    }
    let end = Span::new(source.text().len(), source.text().len());
    let mut from = 0;
    for span in file.statements.iter().map(|statement| statement.span).chain([end]) {
        collect_names(source.slice(Span::new(from, span.start.max(from))), &mut names);
        from = span.end;
    }
    // Mistakes are in the order of their places: a line of many is read once.
    let mut read = 0;
    for span in errors.iter().map(syntax::Error::span) {
        if span.end >= read {
            let lines = lines_around(source.text(), span);
            collect_names(source.slice(lines), &mut names);
            read = lines.end;
        }
    }
    names
}

/// A span with the rest of the lines on which it begins and ends.
fn lines_around(text: &str, span: Span) -> Span {
    let start = text
        .get(..span.start)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |newline| newline + 1);
    let after = text.get(span.end..).and_then(|after| after.find('\n'));
    Span::new(start, after.map_or(text.len(), |newline| span.end + newline))
}

/// All that may be a name: words, and what stands between backticks.
fn collect_names(text: &str, names: &mut HashSet<String>) {
    for line in text.lines() {
        for quoted in line.split('`').skip(1).step_by(2) {
            names.insert(canonical_name(quoted));
        }
        let words = line.split(|character: char| !(character.is_alphanumeric() || character == '_'));
        names.extend(words.filter(|word| !word.is_empty()).map(canonical_name));
    }
}
