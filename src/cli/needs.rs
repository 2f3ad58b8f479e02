//! What is needed to come to a band: the fewest rules, and those without which nobody is there; for people and as JSON.

use serde::Serialize;

use crate::analyze::{Needs, RuleOrRow};
use crate::model::Model;
use crate::page::{Entry, Page, Style, plain, styled};
use crate::reason::{row_title, title};

/// So many lots of rules, of which each contact has one, are told to people.
const MOST_TOLD: usize = 4;

/// What is needed to come to a band, or above it.
#[derive(Serialize)]
pub(super) struct Needed {
    /// Rules that suffice.
    with: Vec<Rule>,
    /// Whether no contact comes there with fewer of them.
    are_fewest: bool,
    /// Rules of which each contact there has one.
    always: Vec<Vec<Rule>>,
}

/// A rule that adds points, or a row of a table.
#[derive(Serialize)]
struct Rule {
    title: String,
    line: usize,
}

impl Needed {
    pub(super) fn new(model: &Model, needs: &Needs<'_>) -> Needed {
        let rules = |several: &[RuleOrRow<'_>]| several.iter().map(|one| Rule::new(model, one)).collect();
        Needed {
            with: rules(&needs.with),
            are_fewest: needs.are_fewest,
            always: needs.always.iter().map(|barrier| rules(barrier)).collect(),
        }
    }

    /// Tells it for people.
    pub(super) fn tell(&self, band: &str, page: &mut Page) {
        page.line(Vec::new());
        let rules = match self.with.len() {
            0 => return page.line(vec![plain(format!("{band} needs no rule that adds points"))]),
            1 => "a rule".to_owned(),
            many => format!("{many} rules"),
        };
        let few = match self.are_fewest {
            true => format!("{band} needs {rules} at least, such as"),
            false => format!("{band} needs {rules} or fewer (not decided), such as"),
        };
        page.line(vec![plain(few)]);
        self.with.iter().for_each(|rule| rule.tell(page));
        let (alone, together): (Vec<&Vec<Rule>>, Vec<&Vec<Rule>>) =
            self.always.iter().partition(|rules| rules.len() == 1);
        if !alone.is_empty() {
            page.line(vec![plain(format!("never {band} without"))]);
            alone.into_iter().flatten().for_each(|rule| rule.tell(page));
        }
        let more = together.len().saturating_sub(MOST_TOLD);
        for rules in together.into_iter().take(MOST_TOLD) {
            page.line(vec![plain(format!("never {band} without one of"))]);
            rules.iter().for_each(|rule| rule.tell(page));
        }
        if more > 0 {
            let more = format!("… and {more} more such: `--format json` tells them all");
            page.line(vec![styled(Style::Faint, more)]);
        }
    }

    /// Tells people that it is not known.
    pub(super) fn tell_unknown(band: &str, page: &mut Page) {
        page.line(Vec::new());
        page.line(vec![plain(format!("what {band} needs is not decided"))]);
    }
}

impl Rule {
    fn new(model: &Model, one: &RuleOrRow<'_>) -> Rule {
        let RuleOrRow { rule, row } = one;
        let (title, span) = match row {
            Some(row) => (row_title(model, rule, row), row.span),
            None => (title(model, rule), rule.span),
        };
        let line = model.source.line(span.start);
        Rule { title, line }
    }

    fn tell(&self, page: &mut Page) {
        page.entry(Entry {
            lead: vec![plain("  ")],
            text: vec![plain(&self.title)],
            right: Some(styled(Style::Faint, format!("line {}", self.line))),
        });
    }
}
