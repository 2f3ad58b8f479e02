//! Laws of the formatter: a formatted file says the same, and is formatted already.

use leadscore::format::format_source;
use leadscore::source::{Source, Spanned};
use leadscore::syntax::{
    self,
    tree::{File, Limit, Statement},
};
use proptest::prelude::*;

use super::cases;
use super::files::{RulesText, rules_file};
use super::mutation::{mistaken_file, word_salad};

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn formatting_changes_no_meaning_and_settles(rules in rules_file()) {
        let formatted = format_source(&source(&rules.0));
        prop_assert!(formatted.is_ok(), "{formatted:?}");
        is_settled(&rules, &formatted.unwrap())?;
    }

    /// A file may say what the checker refuses, and is formatted all the same.
    #[test]
    fn whatever_is_read_can_be_formatted(rules in prop_oneof![mistaken_file(), word_salad()]) {
        if syntax::parse(&source(&rules.0)).errors.is_empty() {
            let formatted = format_source(&source(&rules.0));
            prop_assert!(formatted.is_ok(), "{formatted:?}");
            is_settled(&rules, &formatted.unwrap())?;
        }
    }
}

fn source(text: &str) -> Source {
    Source::new("rules.ls", text)
}

fn is_settled(rules: &RulesText, formatted: &str) -> Result<(), TestCaseError> {
    let again = format_source(&source(formatted)).ok();
    prop_assert_eq!(again.as_deref(), Some(formatted));
    let (before, after) = (tree(&rules.0), tree(formatted));
    prop_assert_eq!(before.comments, after.comments);
    prop_assert_eq!(before.statements.len(), after.statements.len());
    for statement in &after.statements {
        prop_assert!(
            before.statements.contains(statement),
            "{statement:?} is new in\n{formatted}"
        );
    }
    for line in formatted.lines() {
        prop_assert!(!line.ends_with([' ', '\t', '\r']), "white space ends {line:?}");
    }
    Ok(())
}

/// The tree, with limits in the order in which the formatter writes them: they may stand in either.
fn tree(text: &str) -> File {
    let mut file = syntax::parse(&source(text)).file;
    put_limits_in_order(&mut file.statements);
    file
}

fn put_limits_in_order(statements: &mut [Spanned<Statement>]) {
    for statement in statements {
        match &mut statement.node {
            Statement::Rule(rule) => rule
                .limits
                .sort_by_key(|limit| matches!(limit.node, Limit::AtMost { per: None, .. })),
            Statement::Block(block) => put_limits_in_order(&mut block.statements),
            _ => {}
        }
    }
}
