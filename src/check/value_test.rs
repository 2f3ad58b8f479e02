//! The tests that stand behind a value: `between`, `in`, `contains`, `matches`, `is known` and the like.

use crate::model::{Condition, ConditionKind, Items, Labelled, Regex, TextTest, Value, ValueKind};
use crate::source::{Span, Spanned};
use crate::syntax::tree::{Expr, Literal, Name, Needles, ValueTest};

use super::checker::{Checker, folds_to_nothing};
use super::declarations::is_blank;
use super::error::{RuleError, TypeError};
use super::expression::{Scope, literal_of};
use super::kind::Kind;
use super::lists::{literals_of, text_of};

impl Checker<'_> {
    /// A value with the test behind it, without the `not` that may stand between them.
    pub(super) fn test(
        &mut self,
        value: &Expr,
        test: &Spanned<ValueTest>,
        span: Span,
        scope: Scope,
    ) -> Option<Condition> {
        let Some(value) = self.value(value, scope) else {
            return self.test_of_nothing(&test.node, scope);
        };
        let kind = match &test.node {
            ValueTest::Between(low, high) => self.between(value, low, high, scope),
            ValueTest::In(items) => self.in_literals(value, items),
            ValueTest::InList(name) => self.in_list(value, name),
            ValueTest::Contains { word, needles } => self.contains(value, *word, needles),
            ValueTest::StartsWith(text) => self.affix(value, "`starts with`", text, TextTest::StartsWith),
            ValueTest::EndsWith(text) => self.affix(value, "`ends with`", text, TextTest::EndsWith),
            ValueTest::Matches(text) => self.matches(value, text),
            ValueTest::IsKnown => Some(ConditionKind::Known(value)),
            ValueTest::IsUnknown => {
                let known = Spanned::new(ConditionKind::Known(value), span);
                Some(ConditionKind::Not(Box::new(known)))
            }
        };
        Some(Spanned::new(kind?, span))
    }

    /// The test behind a value that is not understood has mistakes of its own.
    fn test_of_nothing(&mut self, test: &ValueTest, scope: Scope) -> Option<Condition> {
        match test {
            ValueTest::Between(low, high) => {
                self.value(low, scope);
                self.value(high, scope);
            }
            ValueTest::InList(name) => {
                self.list(name);
            }
            ValueTest::Contains { word, needles } => {
                let operator = if *word { "`contains word`" } else { "`contains`" };
                self.needles(operator, false, needles);
            }
            ValueTest::StartsWith(text) => {
                self.needle("`starts with`", false, text);
            }
            ValueTest::EndsWith(text) => {
                self.needle("`ends with`", false, text);
            }
            ValueTest::Matches(text) => {
                self.text_literal("`matches`", text)
                    .and_then(|pattern| self.regex(pattern, text.span));
            }
            ValueTest::In(_) | ValueTest::IsKnown | ValueTest::IsUnknown => {}
        }
        None
    }

    fn between(&mut self, value: Value, low: &Expr, high: &Expr, scope: Scope) -> Option<ConditionKind> {
        let (low_value, high_value) = (self.value(low, scope), self.value(high, scope));
        let kind = Kind::of(&value);
        if !kind.is_ordered() {
            return self.wrong_operand(&value, "`between`", "numbers and dates");
        }
        let (low_value, high_value) = (low_value?, high_value?);
        for (expr, end) in [(low, &low_value), (high, &high_value)] {
            if Kind::of(end) != kind {
                return self.cannot_compare(&value, Kind::of(end).noun(), end.span, literal_of(expr).as_ref());
            }
        }
        Some(ConditionKind::Between(value, low_value, high_value))
    }

    /// `in ("a", "b")`, `in (hot, warm)`
    fn in_literals(&mut self, value: Value, items: &[Expr]) -> Option<ConditionKind> {
        if let ValueKind::Label(of) = value.kind {
            return self.in_labels(of, items);
        }
        let kind = self.kind_for_in(&value)?;
        let literals: Vec<Option<Spanned<Literal>>> = items
            .iter()
            .map(|item| {
                let literal = self.literal(item, "`in`", "literals in parentheses", "`(\"a\", \"b\")`")?;
                self.of_kind(&value, kind, literal)
            })
            .collect();
        let literals: Vec<Spanned<Literal>> = literals.into_iter().collect::<Option<_>>()?;
        let items = literals_of(&literals, kind)?;
        Some(one_of(value, items))
    }

    /// A literal that a value of a kind can be equal to.
    fn of_kind(&mut self, value: &Value, kind: Kind, literal: Spanned<Literal>) -> Option<Spanned<Literal>> {
        let found = Kind::of_literal(&literal.node);
        if found != kind {
            return self.cannot_compare(value, found.noun(), literal.span, Some(&literal));
        }
        if let Some(text) = text_of(&literal) {
            self.possible_text(value, text, literal.span)?;
        }
        Some(literal)
    }

    fn in_labels(&mut self, of: Labelled, items: &[Expr]) -> Option<ConditionKind> {
        let labels: Vec<Option<u16>> = items.iter().map(|item| self.label(of, item)).collect();
        let labels: Vec<u16> = labels.into_iter().collect::<Option<_>>()?;
        Some(ConditionKind::Label(of, labels))
    }

    /// `in competitors`
    fn in_list(&mut self, value: Value, name: &Name) -> Option<ConditionKind> {
        if let ValueKind::Label(of) = value.kind {
            return self.expected_label(of, name.span, None);
        }
        let items = self.list(name);
        let kind = self.kind_for_in(&value)?;
        let items = items?;
        let found = items_kind(&items);
        if found != kind {
            return self.cannot_compare(&value, items_noun(&items), name.span, None);
        }
        Some(one_of(value, items))
    }

    /// The kind of a value that may stand before `in`.
    fn kind_for_in(&mut self, value: &Value) -> Option<Kind> {
        let kind = Kind::of(value);
        match kind {
            Kind::Text | Kind::Number | Kind::Date => Some(kind),
            Kind::Boolean | Kind::List | Kind::Band | Kind::Class => {
                self.wrong_operand(value, "`in`", "texts, numbers and dates")
            }
        }
    }

    fn contains(&mut self, value: Value, word: bool, needles: &Needles) -> Option<ConditionKind> {
        let operator = if word { "`contains word`" } else { "`contains`" };
        let in_list = match (Kind::of(&value), word) {
            (Kind::Text, _) => false,
            (Kind::List, false) => true,
            (Kind::List, true) => return self.wrong_operand(&value, operator, "texts"),
            (Kind::Number | Kind::Boolean | Kind::Date | Kind::Band | Kind::Class, _) => {
                return self.wrong_operand(&value, operator, "texts and lists of texts");
            }
        };
        let needles = self.needles(operator, in_list, needles)?;
        Some(match (in_list, word) {
            (true, _) => ConditionKind::Holds(value, needles),
            (false, true) => ConditionKind::Text(value, TextTest::ContainsWord(needles)),
            (false, false) => ConditionKind::Text(value, TextTest::Contains(needles)),
        })
    }

    /// What `contains` looks for.
    fn needles(&mut self, operator: &'static str, in_list: bool, needles: &Needles) -> Option<Vec<String>> {
        match needles {
            Needles::One(needle) => Some(vec![self.needle(operator, in_list, needle)?]),
            Needles::AnyOf(needles) => {
                let found: Vec<Option<String>> = needles
                    .iter()
                    .map(|needle| self.needle(operator, in_list, needle))
                    .collect();
                found.into_iter().collect()
            }
            Needles::List(name) => match self.list(name)? {
                Items::Texts(texts) => Some(texts),
                Items::Numbers(_) | Items::Days(_) => self.error(TypeError::ExpectedLiteral {
                    operator,
                    wanted: "a list of texts",
                    example: "`any of (\"a\", \"b\")`",
                    span: name.span,
                }),
            },
        }
    }

    fn needle(&mut self, operator: &'static str, in_list: bool, expr: &Expr) -> Option<String> {
        let text = self.text_literal(operator, expr)?;
        let nothing = if in_list {
            is_blank(&text)
        } else {
            folds_to_nothing(&text)
        };
        if nothing {
            return self.nothing_to_find(&text, expr.span);
        }
        Some(text)
    }

    fn affix(
        &mut self,
        value: Value,
        operator: &'static str,
        text: &Expr,
        test: fn(String) -> TextTest,
    ) -> Option<ConditionKind> {
        let text = self.needle(operator, false, text);
        let value = self.tested_text(value, operator)?;
        Some(ConditionKind::Text(value, test(text?)))
    }

    fn matches(&mut self, value: Value, text: &Expr) -> Option<ConditionKind> {
        let regex = self
            .text_literal("`matches`", text)
            .and_then(|pattern| self.regex(pattern, text.span));
        let value = self.tested_text(value, "`matches`")?;
        Some(ConditionKind::Text(value, TextTest::Matches(Regex(regex?))))
    }

    /// A value that is a text, before an operator that needs one.
    fn tested_text(&mut self, value: Value, operator: &str) -> Option<Value> {
        if Kind::of(&value) == Kind::Text {
            return Some(value);
        }
        self.wrong_operand(&value, operator, "texts")
    }

    /// A regular expression, found in whatever case.
    fn regex(&mut self, pattern: String, span: Span) -> Option<regex::Regex> {
        if pattern.is_empty() {
            return self.nothing_to_find(&pattern, span);
        }
        if let Some(regex) = self.regexes.get(&pattern) {
            return Some(regex.clone());
        }
        match regex::RegexBuilder::new(&pattern).case_insensitive(true).build() {
            Ok(regex) => {
                self.regexes.insert(pattern, regex.clone());
                Some(regex)
            }
            Err(error) => self.error(RuleError::InvalidRegex {
                reason: regex_reason(&error),
                span,
            }),
        }
    }

    fn text_literal(&mut self, operator: &'static str, expr: &Expr) -> Option<String> {
        let literal = literal_of(expr);
        if let Some(text) = literal.as_ref().and_then(text_of) {
            return Some(text);
        }
        self.error(TypeError::ExpectedLiteral {
            operator,
            wanted: "a text between quotes",
            example: "`\"marketing\"`",
            span: expr.span,
        })
    }

    fn literal(
        &mut self,
        expr: &Expr,
        operator: &'static str,
        wanted: &'static str,
        example: &'static str,
    ) -> Option<Spanned<Literal>> {
        let literal = literal_of(expr);
        if literal.is_some() {
            return literal;
        }
        let span = expr.span;
        self.error(TypeError::ExpectedLiteral {
            operator,
            wanted,
            example,
            span,
        })
    }
}

/// A value that is one of some literals of its kind.
fn one_of(value: Value, items: Items) -> ConditionKind {
    match items {
        Items::Texts(texts) => ConditionKind::Text(value, TextTest::Is(texts)),
        Items::Numbers(numbers) => ConditionKind::OneOf(value, numbers),
        Items::Days(days) => ConditionKind::OneOfDays(value, days),
    }
}

/// The kind of a list's elements.
pub(super) fn items_kind(items: &Items) -> Kind {
    match items {
        Items::Texts(_) => Kind::Text,
        Items::Numbers(_) => Kind::Number,
        Items::Days(_) => Kind::Date,
    }
}

fn items_noun(items: &Items) -> &'static str {
    match items {
        Items::Texts(_) => "a list of texts",
        Items::Numbers(_) => "a list of numbers",
        Items::Days(_) => "a list of dates",
    }
}

/// Why a regular expression can't be read, in one line.
fn regex_reason(error: &regex::Error) -> String {
    match error {
        regex::Error::Syntax(message) => {
            let line = message.lines().last().unwrap_or_default();
            line.trim_start_matches("error: ").to_owned()
        }
        regex::Error::CompiledTooBig(_) => "it stands for too many texts".to_owned(),
        _ => error.to_string(),
    }
}
