//! What a model makes of an example, as the expectations of a test.

use crate::analyze::{Example, tables};
use crate::model::{Labelled, Model, ScoreId};
use crate::plan::Plan;
use crate::score::{Scores, score};
use crate::syntax::written_name;

/// What holds of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Expected {
    /// Of which part of the result.
    pub(super) of: Of,
    /// The condition, as a file writes it.
    pub(super) condition: String,
}

/// A part of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    /// Whether the contact is excluded.
    Exclusion,
    /// A score.
    Score(ScoreId),
    /// A band or a class.
    Label(Labelled),
}

impl Of {
    /// Whether every test should tell it: it is what comes out in the end.
    pub(super) fn is_outcome(self) -> bool {
        matches!(
            self,
            Of::Score(ScoreId::Overall) | Of::Label(Labelled::Band | Labelled::Class(_))
        )
    }
}

/// All that a test can expect of an example: that it is excluded, or that it is not, with its scores, bands and classes.
pub(super) fn expected(model: &Model, example: &Example) -> Vec<Expected> {
    let (contacts, events) = tables(model, [example]);
    let scores = score(&Plan::new(model), example.as_of, &contacts, [&events]);
    if scores.exclusion(0).is_some() {
        return vec![Expected {
            of: Of::Exclusion,
            condition: "excluded".to_owned(),
        }];
    }
    let mut all = vec![number(&scores, ScoreId::Overall, "score")];
    all.extend(label(model, &scores, Labelled::Band, "band"));
    for (block, id) in model.blocks.iter().zip((0..).map(crate::model::BlockId)) {
        if let Some(name) = block.name.as_deref().map(written_name) {
            all.push(number(&scores, ScoreId::Block(id), &name));
            all.extend(label(model, &scores, Labelled::BandOf(id), &format!("{name}.band")));
        }
    }
    for (formula, id) in model.formulas.iter().zip((0..).map(crate::model::FormulaId)) {
        all.push(number(&scores, ScoreId::Formula(id), &written_name(&formula.name)));
    }
    for (class, id) in model.classes.iter().zip((0..).map(crate::model::ClassId)) {
        all.extend(label(model, &scores, Labelled::Class(id), &written_name(&class.name)));
    }
    all.push(Expected {
        of: Of::Exclusion,
        condition: "not excluded".to_owned(),
    });
    all
}

fn number(scores: &Scores, of: ScoreId, name: &str) -> Expected {
    Expected {
        of: Of::Score(of),
        condition: format!("{name} = {}", scores.score(of, 0).unwrap_or_default()),
    }
}

/// The label, where the thing has any.
fn label(model: &Model, scores: &Scores, of: Labelled, name: &str) -> Option<Expected> {
    let labels = model.labels(of);
    let own = scores
        .label(of, 0)
        .and_then(|place| labels.get(usize::from(place)).copied());
    let condition = match own {
        Some(label) => format!("{name} = {}", written_name(label)),
        None => format!("{name} is unknown"),
    };
    (!labels.is_empty()).then_some(Expected {
        of: Of::Label(of),
        condition,
    })
}
