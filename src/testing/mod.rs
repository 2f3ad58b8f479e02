//! The tests of a model: whether each holds, why not where it fails, what of the rules they cover, and which changes of
//! the rules they notice.
//!
//! A test is scored by the one engine, all tests of one day in one run.

mod coverage;
mod examples;
mod expected;
mod generate;
mod junit;
mod mutation;
mod report;
mod share;
mod text;
mod written;

pub use coverage::{Coverage, Covered, Kind, coverage};
pub use generate::{Proposal, generate};
pub use junit::{Beside, Finding, junit};
pub use mutation::{Change, Fate, Mutant, Mutation, Operator, Unnoticed, changed, changes, mutate};
pub use report::{Failure, Outcome, Report, Step};
pub use share::Share;
pub use text::{render, render_coverage, render_mutation};

use crate::model::{Expectation, Model, Test};
use crate::number::Number;
use crate::plan::Written;
use crate::reason::{Case, Reason, points};

use examples::Examples;

/// Runs all tests of a model, those of files of their own too. The outcomes stand in the order of the model.
pub fn run(model: &Model) -> Report {
    let mut outcomes: Vec<(usize, Outcome)> = Vec::with_capacity(model.tests.len());
    Examples::new(model).each_case(model, |place, test, case| {
        let expected = case.plan().expectations.get(place).map_or(&[][..], Vec::as_slice);
        outcomes.push((
            place,
            outcome(
                test,
                expected,
                &Case {
                    source: &test.source,
                    ..*case
                },
            ),
        ));
    });
    outcomes.sort_by_key(|(place, _)| *place);
    Report {
        outcomes: outcomes.into_iter().map(|(_, outcome)| outcome).collect(),
    }
}

fn outcome(test: &Test, expected: &[Written], case: &Case<'_>) -> Outcome {
    let expectations = test.expectations.iter().zip(expected);
    let failed = expectations.filter(|(_, written)| !case.holds(written.node));
    let failures: Vec<Failure> = failed
        .map(|(expectation, written)| failure(test, expectation, written, case))
        .collect();
    let exclusion = case.choice(case.plan().exclusion);
    let band = case.plan().band.and_then(|band| case.choice(band));
    let scored = exclusion.is_none();
    Outcome {
        name: test.name.clone(),
        source: test.source.clone(),
        span: test.span,
        line: test.source.line(test.span.start),
        as_of: test.as_of,
        passed: failures.is_empty(),
        failures,
        excluded: exclusion.and_then(|exclusion| case.plan().reasons.get(exclusion).cloned()),
        score: scored.then(|| case.number(case.plan().overall)),
        band: band.filter(|_| scored).and_then(|band| {
            case.model
                .labels(crate::model::Labelled::Band)
                .get(band)
                .map(|label| (*label).to_owned())
        }),
        steps: if scored { steps(case) } else { Vec::new() },
    }
}

fn failure(test: &Test, expectation: &Expectation, written: &Written, case: &Case<'_>) -> Failure {
    let reasons = case.reasons(&expectation.condition, written);
    Failure {
        expected: case.text(expectation.condition.span),
        line: test.source.line(expectation.span.start),
        span: expectation.span,
        found: reasons.iter().map(told).collect::<Vec<_>>().join("; "),
        reasons,
    }
}

/// A reason with those of its parts, on one line.
fn told(reason: &Reason) -> String {
    match reason.parts.as_slice() {
        [] => reason.says.clone(),
        parts => format!(
            "{} ({})",
            reason.says,
            parts.iter().map(told).collect::<Vec<_>>().join("; ")
        ),
    }
}

/// What gave or took points, in the order of the file.
fn steps(case: &Case<'_>) -> Vec<Step> {
    let all = points(case).into_iter().filter(|points| points.points != Number::ZERO);
    all.map(|points| Step {
        line: case.model.source.line(points.span.start),
        block: points.block,
        title: points.title,
        points: points.points,
    })
    .collect()
}
