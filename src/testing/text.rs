//! The pages of a test run, of its coverage and of its mutation.

use crate::number::Number;
use crate::page::{Entry, Page, Segment, Style, plain, styled};

use crate::source::Source;

use super::coverage::Coverage;
use super::mutation::{Fate, Mutant, Mutation};
use super::report::{Failure, Outcome, Report};
use super::share::Share;

/// The page of a report, so many columns wide: a line for each test, what failed and what its score is made of.
pub fn render(report: &Report, width: usize) -> Page {
    let mut page = Page::new(width);
    for outcome in &report.outcomes {
        test(&mut page, outcome);
    }
    page.gap();
    let (passed, failed) = (report.passed(), report.failed());
    let mut text = vec![styled(Style::Good, format!("{passed} passed"))];
    if failed > 0 {
        text.push(plain(", "));
        text.push(styled(Style::Bad, format!("{failed} failed")));
    }
    page.entry(Entry {
        text,
        ..Entry::default()
    });
    page
}

fn test(page: &mut Page, outcome: &Outcome) {
    let verdict = if outcome.passed {
        styled(Style::Good, "passed")
    } else {
        styled(Style::Bad, "failed")
    };
    page.entry(Entry {
        lead: vec![verdict, plain("  ")],
        text: vec![plain(&outcome.name)],
        right: Some(place(outcome, outcome.line)),
    });
    if outcome.passed {
        return;
    }
    for failure in &outcome.failures {
        expectation(page, outcome, failure);
    }
    made_of(page, outcome);
    page.gap();
}

fn expectation(page: &mut Page, outcome: &Outcome, failure: &Failure) {
    page.entry(Entry {
        lead: vec![plain("  ")],
        text: vec![
            plain(format!("expect {}", failure.expected)),
            plain(": "),
            styled(Style::Bad, &failure.found),
        ],
        right: Some(place(outcome, failure.line)),
    });
}

/// What the score of a failed test is made of.
fn made_of(page: &mut Page, outcome: &Outcome) {
    let found = match (&outcome.excluded, outcome.score) {
        (Some(reason), _) => format!("The contact is excluded: {reason}."),
        (None, Some(score)) => {
            let band = outcome.band.iter().map(|band| format!(", {band}"));
            let of = match outcome.steps.as_slice() {
                [] => "; nothing gave or took points.",
                _ => ":",
            };
            format!("The score is {score}{}{of}", band.collect::<String>())
        }
        (None, None) => return,
    };
    page.entry(Entry {
        lead: vec![plain("  ")],
        text: vec![styled(Style::Faint, found)],
        right: None,
    });
    let width = outcome
        .steps
        .iter()
        .map(|step| step.points.signed().len())
        .max()
        .unwrap_or(0);
    for step in &outcome.steps {
        let block = step
            .block
            .as_ref()
            .map(|block| format!("{block}: "))
            .unwrap_or_default();
        page.entry(Entry {
            lead: vec![
                plain("    "),
                styled(
                    Style::of(step.points.cmp(&Number::ZERO)),
                    format!("{:>width$}", step.points.signed()),
                ),
                plain("  "),
            ],
            text: vec![styled(Style::Faint, block), plain(&step.title)],
            right: Some(styled(Style::Faint, format!("line {}", step.line))),
        });
    }
}

fn place(outcome: &Outcome, line: usize) -> Segment {
    styled(Style::Faint, format!("{}:{line}", outcome.source.name()))
}

/// The page of a coverage, so many columns wide: what no test covers, and the part that is covered.
pub fn render_coverage(coverage: &Coverage, width: usize) -> Page {
    let mut page = Page::new(width);
    for item in coverage.items.iter().filter(|item| item.tests == 0) {
        let of = item.of.as_ref().map(|of| format!("{of}: ")).unwrap_or_default();
        page.entry(Entry {
            lead: vec![styled(Style::Bad, format!("{:<9}", item.kind.word())), plain("  ")],
            text: vec![styled(Style::Faint, of), plain(&item.title)],
            right: Some(styled(Style::Faint, format!("line {}", item.line))),
        });
    }
    page.gap();
    share(&mut page, coverage.covered(), "covered");
    page
}

/// The page of a mutation, so many columns wide: below each line of the rules, the changes of it that no test notices;
/// and the part that is noticed.
pub fn render_mutation(mutation: &Mutation, rules: &Source, width: usize) -> Page {
    let mut page = Page::new(width);
    let survivors: Vec<&Mutant> = mutation.survivors().collect();
    for of_line in survivors.chunk_by(|one, two| one.change.line == two.change.line) {
        let Some(line) = of_line.first().map(|mutant| mutant.change.line) else {
            continue;
        };
        let written = rules.text().lines().nth(line - 1).unwrap_or_default();
        page.gap();
        page.entry(Entry {
            text: vec![styled(Style::Strong, written.trim())],
            right: Some(styled(Style::Faint, format!("{}:{line}", rules.name()))),
            ..Entry::default()
        });
        for (fate, alike) in by_fate(of_line) {
            for of_thing in alike.chunk_by(|one, two| one.change.is_of_thing(&two.change)) {
                page.entry(Entry {
                    lead: vec![plain("  "), styled(Style::Bad, "survived"), plain("  ")],
                    text: vec![plain(changes(of_thing))],
                    right: None,
                });
            }
            told(&mut page, fate);
        }
    }
    page.gap();
    share(&mut page, mutation.killed(), "small changes of the rules noticed");
    left_out(&mut page, mutation.equivalent());
    page
}

/// Changes of one line by what came of them: those that one test would notice stand together.
fn by_fate<'a>(of_line: &[&'a Mutant]) -> Vec<(&'a Fate, Vec<&'a Mutant>)> {
    let mut fates: Vec<(&Fate, Vec<&Mutant>)> = Vec::new();
    for mutant in of_line {
        match fates.iter_mut().find(|(fate, _)| **fate == mutant.fate) {
            Some((_, alike)) => alike.push(mutant),
            None => fates.push((&mutant.fate, vec![mutant])),
        }
    }
    fates
}

/// The test that would notice each of some changes, or why there is none.
fn told(page: &mut Page, fate: &Fate) {
    match fate {
        Fate::Survived { test } => {
            for line in test.lines() {
                page.line(vec![plain(format!("    {line}"))]);
            }
        }
        Fate::Undecided { why } => page.entry(Entry {
            lead: vec![plain("    ")],
            text: vec![styled(Style::Faint, format!("not decided: {why}"))],
            right: None,
        }),
        Fate::Killed { .. } | Fate::Equivalent => {}
    }
}

/// How many changes were left out because they change nothing.
fn left_out(page: &mut Page, equivalent: usize) {
    if equivalent > 0 {
        page.entry(Entry {
            text: vec![styled(
                Style::Faint,
                format!("{equivalent} equivalent left out: no contact could tell them apart"),
            )],
            ..Entry::default()
        });
    }
}

/// Changes of one thing: `` `once` is left out, or becomes `at most 2 times` ``.
fn changes(of_thing: &[&Mutant]) -> String {
    let is_left_out = of_thing.iter().any(|mutant| mutant.change.becomes.is_none());
    let others = of_thing.iter().filter_map(|mutant| mutant.change.becomes.as_ref());
    let others: Vec<String> = others.map(|other| format!("`{other}`")).collect();
    let mut verbs = Vec::new();
    if is_left_out {
        verbs.push("is left out".to_owned());
    }
    if !others.is_empty() {
        verbs.push(format!("becomes {}", others.join(" or ")));
    }
    let was = of_thing.first().map_or("", |mutant| &mutant.change.was);
    format!("`{was}` {}", verbs.join(", or "))
}

/// So many of so many things, by the tests.
fn share(page: &mut Page, share: Share, what: &str) {
    let style = if share.is_whole() { Style::Good } else { Style::Bad };
    let words = format!(
        "{} of {} {what} by a test, {} %",
        share.part,
        share.whole,
        share.percent()
    );
    page.entry(Entry {
        text: vec![styled(style, words)],
        ..Entry::default()
    });
}
