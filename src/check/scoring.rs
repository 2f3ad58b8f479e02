//! The statements of a file and of its blocks: rules into scores, and what is made of the scores.

use crate::model::{Action, BlockId, Condition, ConditionKind, Exclusion, Labelled, Promise, Rule, Transition};
use crate::source::{Edit, Span, Spanned};
use crate::syntax::tree::{self, Expr, LabelOwner, Statement};

use super::checker::{Checker, Named};
use super::error::{NameError, RuleError};
use super::expression::{Scope, Scores};

/// What is understood of a block.
#[derive(Default)]
struct Contents {
    rules: Vec<Rule>,
    decay: Option<crate::model::Decay>,
    decay_at: Option<Span>,
    /// Whether a rule is not understood, so that nothing can be said of what the block lacks.
    has_wrong_rule: bool,
}

impl Checker<'_> {
    /// Understands the rules of a file, in their blocks.
    pub(super) fn blocks(&mut self, file: &tree::File) {
        let top_level = self.contents(&file.statements);
        let has_top_level = self.model.blocks.first().is_some_and(|block| block.name.is_none());
        if has_top_level {
            self.fill(BlockId(0), top_level);
        }
        for statement in &file.statements {
            if let Statement::Block(block) = &statement.node {
                self.block(block);
            }
        }
    }

    fn block(&mut self, block: &tree::Block) {
        for statement in &block.statements {
            let stands_here = matches!(
                statement.node,
                Statement::Rule(_) | Statement::Table(_) | Statement::Decay(_) | Statement::Band(_)
            );
            if !stands_here {
                let (what, span) = (statement_noun(&statement.node), statement.span);
                self.errors.push(RuleError::Misplaced { what, span }.into());
            }
        }
        let contents = self.contents(&block.statements);
        if let Some(Named::Block(id)) = self.named(&block.name.node)
            && self.is_declaration(&block.name)
        {
            self.fill(id, contents);
        }
    }

    fn fill(&mut self, id: BlockId, contents: Contents) {
        if let Some(block) = self.model.blocks.get_mut(id.index()) {
            block.rules = contents.rules;
            block.decay = contents.decay;
        }
    }

    /// The rules and the decay among some statements.
    fn contents(&mut self, statements: &[Spanned<Statement>]) -> Contents {
        let mut contents = Contents::default();
        for statement in statements {
            match &statement.node {
                Statement::Rule(rule) => {
                    let rule = self.rule(rule, statement.span);
                    contents.add(rule);
                }
                Statement::Table(table) => {
                    let table = self.table(table, statement.span);
                    contents.add(table);
                }
                Statement::Decay(decay) => {
                    let understood = self.decay(decay, statement.span);
                    match contents.decay_at {
                        None => (contents.decay, contents.decay_at) = (understood, Some(statement.span)),
                        Some(first) => {
                            let second = statement.span;
                            self.errors.push(RuleError::SecondDecay { second, first }.into());
                        }
                    }
                }
                _ => {}
            }
        }
        let reads_events = contents.rules.iter().any(|rule| rule.reads_events);
        if let Some(span) = contents.decay_at
            && !(reads_events || contents.has_wrong_rule || !self.excused.is_empty())
        {
            self.errors.push(RuleError::NothingToDecay { span }.into());
        }
        contents
    }

    /// Understands what is made of scores: exclusions, promises and actions; and what does not exist.
    pub(super) fn outcomes(&mut self, file: &tree::File) {
        for statement in &file.statements {
            let span = statement.span;
            match &statement.node {
                Statement::Ignore(ignore) => self.ignore(ignore, span),
                Statement::Exclude(exclude) => self.exclude(exclude, span),
                Statement::Promise(promise) => self.promise(promise, span),
                Statement::On(on) => {
                    let action = self.action(on, span);
                    self.model.actions.extend(action);
                }
                _ => {}
            }
        }
    }

    fn ignore(&mut self, ignore: &tree::Ignore, span: Span) {
        let pattern = self.pattern(&ignore.pattern);
        if let Some(window) = &ignore.pattern.node.window {
            let before = self.source.slice(Span::new(0, window.span.start)).trim_end().len();
            let edit = Some(Edit::replace(Span::new(before, window.span.end), ""));
            let span = window.span;
            return self.errors.push(RuleError::IgnoreWindow { span, edit }.into());
        }
        let because = ignore.because.as_ref().map(|because| because.node.clone());
        self.model
            .ignored
            .extend(pattern.map(|pattern| crate::model::Ignore { pattern, because, span }));
    }

    fn exclude(&mut self, exclude: &tree::Exclude, span: Span) {
        let scope = Scope::contact(Scores::Forbidden("an exclusion"));
        let Some(condition) = self.condition(&exclude.condition, scope) else {
            return;
        };
        let reason = match &exclude.because {
            Some(because) => because.node.clone(),
            None => self.model.written(exclude.condition.span),
        };
        self.model.exclusions.push(Exclusion {
            condition,
            reason,
            span,
        });
    }

    /// A promise with a condition of its own says nothing of those for whom that does not hold.
    fn promise(&mut self, promise: &tree::Promise, span: Span) {
        let scope = Scope::contact(Scores::Allowed);
        let claim = self.condition(&promise.claim, scope);
        let premise = promise.condition.as_ref().map(|premise| self.condition(premise, scope));
        let condition = match (claim, premise) {
            (Some(claim), None) => claim,
            (Some(claim), Some(Some(premise))) => implication(premise, claim, &promise.claim),
            (None, _) | (_, Some(None)) => return,
        };
        self.model.promises.push(Promise { condition, span });
    }

    fn action(&mut self, on: &tree::On, span: Span) -> Option<Action> {
        let of = match &on.of {
            None => self.overall_bands(on.label.span)?,
            Some(LabelOwner::BandOf(name)) => self.block_bands(name)?,
            Some(LabelOwner::Class(name)) => self.class_of(name)?,
        };
        let label = self.label_named(of, &on.label.node, on.label.span)?;
        let transition = match &on.transition.node {
            tree::Transition::Enter => Transition::Enter,
            tree::Transition::Leave => Transition::Leave,
            tree::Transition::Stay(period) => Transition::Stay(period.node),
        };
        Some(Action {
            transition,
            of,
            label,
            notify: on.notify.node.clone(),
            within: on.within.as_ref().map(|within| within.node),
            action: on.action.as_ref().map(|action| action.node.clone()),
            span,
        })
    }

    fn overall_bands(&mut self, span: Span) -> Option<Labelled> {
        if self.labels.contains_key(&Labelled::Band) {
            return Some(Labelled::Band);
        }
        self.without_bands("the overall score".to_owned(), span)
    }

    fn block_bands(&mut self, name: &tree::Name) -> Option<Labelled> {
        let of = self.banded(name)?;
        self.use_name(&name.node);
        if self.labels.contains_key(&of) {
            return Some(of);
        }
        self.without_bands(format!("the score `{}`", name.node), name.span)
    }

    /// Notes columns of the result that would have one name.
    pub(super) fn columns(&mut self) {
        let mut columns: std::collections::HashMap<String, Option<Span>> = ["id", "score", "band", "excluded"]
            .map(|column| (column.to_owned(), None))
            .into();
        let mut made: Vec<(String, &str)> = Vec::new();
        for block in &self.model.blocks {
            let Some(name) = &block.name else {
                continue;
            };
            made.push((name.clone(), name));
            if !block.bands.is_empty() {
                made.push((format!("{name}_band"), name));
            }
        }
        let formulas = self.model.formulas.iter().map(|formula| &formula.name);
        let classes = self.model.classes.iter().map(|class| &class.name);
        made.extend(formulas.chain(classes).map(|name| (name.clone(), name.as_str())));
        for (column, name) in made {
            let Some(second) = self.names.get(name).and_then(|entry| entry.span) else {
                continue;
            };
            if let Some(first) = columns.insert(column.clone(), Some(second)) {
                self.errors
                    .push(NameError::DuplicateColumn { column, second, first }.into());
            }
        }
    }
}

impl Contents {
    fn add(&mut self, rule: Option<Rule>) {
        self.has_wrong_rule |= rule.is_none();
        self.rules.extend(rule);
    }
}

/// The claim, for those for whom the premise holds.
fn implication(premise: Condition, claim: Condition, written: &Expr) -> Condition {
    let span = written.span.to(premise.span);
    let place = premise.span;
    let otherwise = Spanned::new(ConditionKind::Not(Box::new(premise)), place);
    Spanned::new(ConditionKind::Any(vec![otherwise, claim]), span)
}

/// What people call a statement.
pub(super) fn statement_noun(statement: &Statement) -> &'static str {
    match statement {
        Statement::Model(_) => "the name of the model",
        Statement::Timezone(_) => "a time zone",
        Statement::Field(_) => "a field",
        Statement::Event(_) => "an event",
        Statement::List(_) => "a list",
        Statement::Let(_) => "a `let`",
        Statement::Ignore(_) => "an `ignore`",
        Statement::Rule(_) => "a rule",
        Statement::Table(_) => "a table",
        Statement::Decay(_) => "a decay",
        Statement::Band(_) => "a band",
        Statement::Block(_) | Statement::Score(_) => "a score",
        Statement::Classify(_) => "a classification",
        Statement::Exclude(_) => "an exclusion",
        Statement::Promise(_) => "a promise",
        Statement::On(_) => "an action",
        Statement::Test(_) => "a test",
    }
}
