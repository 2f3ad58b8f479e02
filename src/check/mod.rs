//! Tree to model, or problems: names, types, rules; one file a pass.
//!
//! Declarations come first, then the types of what is not declared, then every expression once. What is wrong is
//! noted and left out, and the walk goes on, so that one run finds all mistakes and still gives all that was
//! understood.

mod checker;
mod comparison;
mod compile;
mod declarations;
mod definition;
mod error;
mod example;
mod expression;
mod formula;
mod inference;
mod kind;
mod lists;
mod logic;
mod loose;
mod order;
mod pattern;
mod reads;
mod rule;
mod scoring;
mod unused;
mod uses;
mod value_test;

use std::collections::HashSet;

pub use compile::{Compiled, Problem, compile};
pub use error::{Error, NameError, RuleError, TypeError};
pub use unused::{Declared, Unused};

use crate::calendar::Zone;
use crate::model::{Model, Overall};
use crate::source::Source;
use crate::syntax::tree;

use checker::Checker;

/// Gives the text of a list file, its path as the rules file writes it, or why it can't be read.
pub type ReadList<'a> = &'a dyn Fn(&str) -> Result<String, String>;

/// What the checker found out about a file.
#[derive(Clone, Debug)]
pub struct Checked {
    model: Model,
    errors: Vec<Error>,
    unused: Vec<Unused>,
}

impl Checked {
    /// All mistakes, from the top of the file down.
    pub fn errors(&self) -> &[Error] {
        &self.errors
    }

    /// What was understood: statements with mistakes are left out. It is a model to trust only where there are no
    /// errors.
    pub fn understood(&self) -> &Model {
        &self.model
    }

    /// The names that the file declares and nothing uses, in the order of their declarations.
    pub fn unused(&self) -> &[Unused] {
        &self.unused
    }

    /// The model, or all mistakes where there are any.
    pub fn into_model(self) -> Result<Model, Vec<Error>> {
        if self.errors.is_empty() {
            Ok(self.model)
        } else {
            Err(self.errors)
        }
    }
}

/// Checks a file that was read from a source.
pub fn check(source: &Source, file: &tree::File, read_list: ReadList) -> Checked {
    check_excusing(source, file, read_list, &HashSet::new())
}

/// Checks a file of which some statements could not be read: names that stand in those may be declared there, and
/// are not unknown.
fn check_excusing(source: &Source, file: &tree::File, read_list: ReadList, excused: &HashSet<String>) -> Checked {
    let mut model = empty_model(source, file);
    let mut checker = Checker::new(source, &mut model, excused);
    checker.declare(file, read_list);
    checker.infer(&file.statements);
    checker.formulas(file);
    checker.define(file);
    checker.order_definitions();
    checker.blocks(file);
    checker.outcomes(file);
    checker.tests(&file.statements);
    checker.columns();
    let unused = checker.unused(file);
    let errors = sorted(checker.errors);
    Checked { model, errors, unused }
}

/// Adds the tests of a file of their own to a model, and gives the mistakes in that file, which leave out what they
/// are in. Without declared fields or events, names that the rules don't use are added, in the types that the tests
/// give them.
pub fn check_tests(model: &mut Model, source: &Source, file: &tree::File) -> Vec<Error> {
    let excused = HashSet::new();
    let mut checker = Checker::new(source, model, &excused);
    checker.know_model();
    for statement in &file.statements {
        if !matches!(statement.node, tree::Statement::Test(_)) {
            let what = scoring::statement_noun(&statement.node);
            let span = statement.span;
            checker.errors.push(RuleError::OnlyTests { what, span }.into());
        }
    }
    checker.infer_tests(&file.statements);
    checker.tests(&file.statements);
    sorted(checker.errors)
}

fn sorted(mut errors: Vec<Error>) -> Vec<Error> {
    errors.sort_by_key(|error| error::place(error));
    errors
}

fn empty_model(source: &Source, file: &tree::File) -> Model {
    Model {
        source: source.clone(),
        comments: file.comments.iter().map(|comment| comment.span).collect(),
        name: None,
        zone: Zone::UTC,
        zone_span: None,
        fields: Vec::new(),
        fields_are_declared: false,
        events: Vec::new(),
        events_are_declared: false,
        properties: Vec::new(),
        lists: Vec::new(),
        lets: Vec::new(),
        order: Vec::new(),
        ignored: Vec::new(),
        blocks: Vec::new(),
        formulas: Vec::new(),
        overall: Overall::default(),
        classes: Vec::new(),
        exclusions: Vec::new(),
        promises: Vec::new(),
        actions: Vec::new(),
        tests: Vec::new(),
    }
}
