//! Text to tree: the only place that knows pest.
//!
//! A text is scanned for what no grammar says well, read by the grammar in `grammar/leadscore.pest`, and built into a
//! [`tree::File`]. What cannot be read is left out and explained; the rest is always there.

mod build;
mod error;
mod expected;
mod foreign;
mod grammar;
mod recover;
mod scan;
pub mod tree;
mod words;

use pest::Parser;

pub use error::Error;
pub use words::{begins_statement, is_plain_name, written_name, written_regex, written_text};

use crate::source::{Source, Span};
use grammar::{Grammar, Node, Rule};

/// How long a rules file may be, in bytes: a hundred thousand rules fit.
const MOST_BYTES: usize = 8 << 20;

/// A file as it was read.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// All statements that could be read.
    pub file: tree::File,
    /// Everything that is wrong with the writing, from the top of the file down.
    pub errors: Vec<Error>,
}

/// Reads a rules file. Whatever it holds, the tree of all its good statements comes back, with all its errors.
pub fn parse(source: &Source) -> Parsed {
    let text = source.text();
    if text.len() > MOST_BYTES {
        return too_long(text);
    }
    let scan = scan::scan(text);
    let (statements, errors) = match read_file(&scan.text, text) {
        Ok(file) => build::Builder::new(text, &scan).file(&file),
        Err(at) => (
            Vec::new(),
            vec![expected::error(text, Span::new(0, text.len()), at, &[])],
        ),
    };
    let mut errors: Vec<Error> = scan.errors.into_iter().chain(errors).collect();
    errors.sort_by_key(Error::span);
    let comments = scan.comments;
    let file = tree::File { statements, comments };
    Parsed { file, errors }
}

/// What the grammar reads of a scanned text, or the place where it gives up. It takes every text: what is no
/// statement is a bad line.
fn read_file<'a>(text: &'a str, source: &'a str) -> Result<Node<'a>, usize> {
    let mut pairs = Grammar::parse(Rule::file, text).map_err(|refusal| match refusal.location {
        pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at,
    })?;
    pairs.next().map(|pair| Node::new(pair, source)).ok_or(0)
}

fn too_long(text: &str) -> Parsed {
    let error = Error::TooLong {
        megabytes: text.len().div_ceil(1 << 20),
        most: MOST_BYTES >> 20,
        span: Span::new(0, 0),
    };
    Parsed {
        file: tree::File::default(),
        errors: vec![error],
    }
}
