//! What stands in the columns of a result, for people who look at a table of it.

use crate::model::{Band, Clamp, Labelled, Model, ScoreId};
use crate::plan::Holds;
use crate::syntax::written_name;

/// What stands in a column.
pub(super) fn description(model: &Model, holds: &Holds) -> String {
    match holds {
        Holds::Id => "The contact's id".to_owned(),
        Holds::Score { of, .. } => score(model, *of),
        Holds::Label { node: None, .. } => "Nothing: the rules name no bands of the score".to_owned(),
        Holds::Label { of, texts, .. } => labels(model, *of, texts),
        Holds::Exclusion => "Why the contact is excluded; missing where it is not".to_owned(),
    }
}

fn score(model: &Model, of: ScoreId) -> String {
    let (what, clamp) = match of {
        ScoreId::Overall => match model.overall.span.filter(|_| model.overall.term.is_some()) {
            Some(span) => return format!("The overall score, in points: {}", model.written(span)),
            None => ("The overall score, in points".to_owned(), model.overall.clamp),
        },
        ScoreId::Block(id) => {
            let block = model.blocks.get(id.index());
            let name = block.and_then(|block| block.name.as_deref()).unwrap_or("rules");
            let clamp = block.map_or_else(Clamp::default, |block| block.clamp);
            (format!("The score `{name}`, in points"), clamp)
        }
        ScoreId::Formula(id) => {
            let span = model
                .formulas
                .get(id.index())
                .map(|formula| formula.span)
                .unwrap_or_default();
            return format!("In points: {}", model.written(span));
        }
    };
    match (clamp.min, clamp.max) {
        (None, None) => what,
        (Some(min), None) => format!("{what}; {min} at least"),
        (None, Some(max)) => format!("{what}; {max} at most"),
        (Some(min), Some(max)) => format!("{what}; {min} at least, {max} at most"),
    }
}

fn labels(model: &Model, of: Labelled, texts: &[String]) -> String {
    let bands = |bands: &[Band]| {
        let bands = bands.iter().map(|band| match band.threshold {
            Some(threshold) => format!("{} from {threshold}", written_name(&band.label)),
            None => format!("{} otherwise", written_name(&band.label)),
        });
        bands.collect::<Vec<_>>().join(", ")
    };
    match of {
        Labelled::Band => {
            let excluded = texts.last().filter(|_| !model.exclusions.is_empty());
            let excluded =
                excluded.map_or_else(String::new, |text| format!("; `{text}` where the contact is excluded"));
            format!("The band of the score: {}{excluded}", bands(&model.overall.bands))
        }
        Labelled::BandOf(id) => {
            let block = model.blocks.get(id.index());
            let name = block.and_then(|block| block.name.as_deref()).unwrap_or("rules");
            format!(
                "The band of `{name}`: {}",
                bands(block.map_or(&[][..], |block| &block.bands))
            )
        }
        Labelled::Class(id) => {
            let rows = model.classes.get(id.index()).map_or(&[][..], |class| &class.rows);
            let rows: Vec<String> = rows.iter().map(|row| model.written(row.span)).collect();
            format!("The first of these that applies: {}", rows.join(", "))
        }
    }
}
