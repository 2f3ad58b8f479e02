//! Formulas: scores made of other scores.

use std::collections::HashMap;

use crate::model::{Clamp, Definition, Formula, FormulaId, Operator, ScoreId, Term};
use crate::number::Number;
use crate::source::{Span, Spanned};
use crate::syntax::tree::{self, Additive, Expr, ExprKind, Literal, Multiplicative, Name, Statement};

use super::checker::{Checker, Entry, Named};
use super::error::{NameError, RuleError};
use super::expression::{literal_of, number_of};
use super::order::sort;
use super::reads::names_read;

/// A named formula as it is written.
#[derive(Clone, Copy)]
struct Written<'t> {
    name: &'t Name,
    formula: &'t Expr,
    clamp: &'t tree::Clamp,
    span: Span,
}

impl Checker<'_> {
    /// Understands the formulas of a file, the overall score's last.
    pub(super) fn formulas(&mut self, file: &tree::File) {
        let written: Vec<Written> = file.statements.iter().filter_map(written).collect();
        let terms = self.terms(&written);
        self.keep_formulas(&written, terms);
        let overall = file.statements.iter().find_map(|statement| match &statement.node {
            Statement::Score(score) if self.model.overall.span == Some(statement.span) => score.formula.as_ref(),
            _ => None,
        });
        if let Some(formula) = overall {
            self.model.overall.term = self.term(formula);
            self.beside_formula(file, formula.span);
        }
    }

    /// The terms of named formulas, in which a formula's id is its place among those that are written.
    fn terms(&mut self, written: &[Written]) -> Vec<Option<Term>> {
        let places: HashMap<&str, usize> = written
            .iter()
            .enumerate()
            .filter(|(_, formula)| self.is_declaration(formula.name))
            .map(|(place, formula)| (formula.name.node.as_str(), place))
            .collect();
        let needs_of = |formula: &Written| {
            let read = names_read(formula.formula, &|_| false);
            let mut needs: Vec<usize> = read.iter().filter_map(|name| places.get(name).copied()).collect();
            needs.sort_unstable();
            needs.dedup();
            needs
        };
        let needs: Vec<Vec<usize>> = written.iter().map(needs_of).collect();
        let sorted = sort(&needs);
        let names: Vec<&Name> = written.iter().map(|formula| formula.name).collect();
        self.circles(&sorted.circles, &names);
        let mut terms: Vec<Option<Term>> = vec![None; written.len()];
        for place in sorted.order {
            let Some(formula) = written.get(place) else {
                continue;
            };
            let term = self.term(formula.formula);
            if term.is_some() && self.is_declaration(formula.name) {
                self.name_formula(formula.name, FormulaId(place as u32));
            }
            if let Some(slot) = terms.get_mut(place) {
                *slot = term;
            }
        }
        terms
    }

    fn name_formula(&mut self, name: &Name, id: FormulaId) {
        let named = Named::Formula(Some(id));
        let span = Some(name.span);
        self.names.insert(name.node.clone(), Entry { named, span });
    }

    /// Puts the formulas that are understood into the model, in the order of the file.
    fn keep_formulas(&mut self, written: &[Written], terms: Vec<Option<Term>>) {
        let mut final_ids = Vec::with_capacity(written.len());
        let mut kept = 0;
        for (formula, term) in written.iter().zip(&terms) {
            let is_kept = term.is_some() && self.is_declaration(formula.name);
            final_ids.push(FormulaId(kept));
            kept += u32::from(is_kept);
        }
        for (formula, term) in written.iter().zip(terms) {
            let clamp = self.clamp(formula.clamp);
            let Some(term) = term.filter(|_| self.is_declaration(formula.name)) else {
                continue;
            };
            let id = FormulaId(self.model.formulas.len() as u32);
            self.name_formula(formula.name, id);
            self.model.formulas.push(Formula {
                name: formula.name.node.clone(),
                term: renumbered(term, &final_ids),
                clamp,
                span: formula.span,
            });
        }
        self.order_formulas();
    }

    /// Each formula after those that it reads.
    fn order_formulas(&mut self) {
        let mut needs = Vec::with_capacity(self.model.formulas.len());
        for formula in &self.model.formulas {
            let mut needed = Vec::new();
            formulas_read(&formula.term, &mut needed);
            needed.sort_unstable();
            needed.dedup();
            needs.push(needed);
        }
        let order = sort(&needs).order;
        let definitions = order
            .into_iter()
            .map(|place| Definition::Formula(FormulaId(place as u32)));
        self.model.order.extend(definitions);
    }

    /// With an overall formula, rules outside all blocks count nowhere. One word of it is enough.
    fn beside_formula(&mut self, file: &tree::File, formula: Span) {
        let first = file.statements.iter().find(|statement| {
            matches!(
                statement.node,
                Statement::Rule(_) | Statement::Table(_) | Statement::Decay(_)
            )
        });
        if let Some(first) = first {
            let span = first.span;
            self.errors.push(RuleError::BesideFormula { span, formula }.into());
        }
    }

    /// The ends to which a score is clamped.
    pub(super) fn clamp(&mut self, clamp: &tree::Clamp) -> Clamp {
        if let (Some(min), Some(max)) = (&clamp.min, &clamp.max)
            && min.node > max.node
        {
            self.errors.push(
                RuleError::MinAboveMax {
                    min: min.node.to_string(),
                    max: max.node.to_string(),
                    max_span: max.span,
                    min_span: min.span,
                }
                .into(),
            );
            return Clamp::default();
        }
        Clamp {
            min: clamp.min.as_ref().map(|min| min.node),
            max: clamp.max.as_ref().map(|max| max.node),
        }
    }

    fn term(&mut self, expr: &Expr) -> Option<Term> {
        if let Some(number) = number_of(expr) {
            return Some(Term::Number(number));
        }
        let what = match &expr.node {
            ExprKind::Name(name) => return self.score_term(name, expr.span),
            ExprKind::Parentheses(inner) => return self.term(inner),
            ExprKind::Negate(inner) => return Some(Term::Negate(Box::new(self.term(inner)?))),
            ExprKind::Sum(first, rest) => return self.sum_term(first, rest),
            ExprKind::Product(first, rest) => return self.product_term(first, rest),
            ExprKind::Score => "the overall score",
            ExprKind::Band | ExprKind::BandOf(_) => "a band",
            ExprKind::Literal(Literal::Text(_)) => "texts",
            ExprKind::Literal(Literal::Date(_)) => "dates",
            ExprKind::Literal(_) => "true and false",
            ExprKind::Elapsed { .. } | ExprKind::Call(..) => "functions",
            ExprKind::Excluded
            | ExprKind::Logic(..)
            | ExprKind::Not(_)
            | ExprKind::Compare(..)
            | ExprKind::Test { .. }
            | ExprKind::Quantity(..)
            | ExprKind::Events(..) => "conditions",
        };
        let span = expr.span;
        self.error(RuleError::FormulaPart { what, span })
    }

    fn score_term(&mut self, name: &str, span: Span) -> Option<Term> {
        let what = match self.named(name) {
            Some(Named::Block(id)) => return Some(Term::Score(ScoreId::Block(id))),
            Some(Named::Formula(id)) => return Some(Term::Score(ScoreId::Formula(id?))),
            Some(Named::Field(_) | Named::Conflicting) => "fields",
            Some(Named::Let(_)) => "`let`s",
            Some(Named::List(_)) => "lists",
            Some(Named::Class(_)) => "classifications",
            None => {
                let is_score = |named| matches!(named, Named::Block(_) | Named::Formula(_));
                let nearest = self.nearest_name(name, is_score);
                let unknown = NameError::UnknownScore {
                    name: name.to_owned(),
                    nearest,
                    span,
                };
                return self.name_error(name, unknown);
            }
        };
        self.use_name(name);
        self.error(RuleError::FormulaPart { what, span })
    }

    fn sum_term(&mut self, first: &Expr, rest: &[(Spanned<Additive>, Expr)]) -> Option<Term> {
        let first = self.term(first);
        let rest: Vec<Option<(Operator, Term)>> = rest
            .iter()
            .map(|(sign, operand)| {
                let operator = match sign.node {
                    Additive::Plus => Operator::Plus,
                    Additive::Minus => Operator::Minus,
                };
                Some((operator, self.term(operand)?))
            })
            .collect();
        let rest: Option<Vec<(Operator, Term)>> = rest.into_iter().collect();
        Some(Term::Arithmetic(Box::new(first?), rest?))
    }

    fn product_term(&mut self, first: &Expr, rest: &[(Spanned<Multiplicative>, Expr)]) -> Option<Term> {
        let first = self.term(first);
        let rest: Vec<Option<(Operator, Term)>> = rest
            .iter()
            .map(|(sign, operand)| match sign.node {
                Multiplicative::Times => Some((Operator::Times, self.term(operand)?)),
                Multiplicative::Over => Some((Operator::Over, self.divisor(operand)?)),
            })
            .collect();
        let rest: Option<Vec<(Operator, Term)>> = rest.into_iter().collect();
        Some(Term::Arithmetic(Box::new(first?), rest?))
    }

    /// A divisor is a literal other than zero, so that no score is ever missing.
    fn divisor(&mut self, expr: &Expr) -> Option<Term> {
        match number_of(expr).filter(|number| *number != Number::ZERO) {
            Some(number) => Some(Term::Number(number)),
            None => {
                let span = literal_of(expr).map_or(expr.span, |literal| literal.span);
                self.error(RuleError::WrongDivisor { span })
            }
        }
    }
}

fn written(statement: &Spanned<Statement>) -> Option<Written<'_>> {
    let Statement::Score(score) = &statement.node else {
        return None;
    };
    Some(Written {
        name: score.name.as_ref()?,
        formula: score.formula.as_ref()?,
        clamp: &score.clamp,
        span: statement.span,
    })
}

/// A term with the final ids of formulas.
fn renumbered(term: Term, final_ids: &[FormulaId]) -> Term {
    match term {
        Term::Number(number) => Term::Number(number),
        Term::Score(ScoreId::Formula(id)) => {
            Term::Score(ScoreId::Formula(final_ids.get(id.index()).copied().unwrap_or(id)))
        }
        Term::Score(other) => Term::Score(other),
        Term::Negate(inner) => Term::Negate(Box::new(renumbered(*inner, final_ids))),
        Term::Arithmetic(first, rest) => {
            let rest = rest.into_iter();
            let rest = rest.map(|(operator, term)| (operator, renumbered(term, final_ids)));
            Term::Arithmetic(Box::new(renumbered(*first, final_ids)), rest.collect())
        }
    }
}

fn formulas_read(term: &Term, read: &mut Vec<usize>) {
    match term {
        Term::Score(ScoreId::Formula(id)) => read.push(id.index()),
        Term::Number(_) | Term::Score(ScoreId::Overall | ScoreId::Block(_)) => {}
        Term::Negate(inner) => formulas_read(inner, read),
        Term::Arithmetic(first, rest) => {
            formulas_read(first, read);
            rest.iter().for_each(|(_, term)| formulas_read(term, read));
        }
    }
}
